import type { HclExpression, HclName } from './hclSyntax';

/** The words of Terraform's data source for policies, and those of IAM for the same. */

/** The type of the data source. */
export const DOCUMENT_TYPE = 'aws_iam_policy_document';

/** A name without its quotes. */
export function wordOf(text: string, { start, end, quoted }: HclName): string {
  return quoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
}

/** The arguments of a policy and what IAM calls them. */
export const POLICY_NAMES: ReadonlyMap<string, string> = new Map([
  ['version', 'Version'],
  ['policy_id', 'Id'],
]);

/** The arguments of a statement and what IAM calls them. */
export const STATEMENT_NAMES: ReadonlyMap<string, string> = new Map([
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
]);

/** The blocks of a statement and what IAM calls what they make together. */
export const STATEMENT_BLOCKS: ReadonlyMap<string, string> = new Map([
  ['principals', 'Principal'],
  ['not_principals', 'NotPrincipal'],
  ['condition', 'Condition'],
]);

/** The arguments of those blocks. Terraform requires each of them. */
export const BLOCK_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['principals', ['type', 'identifiers']],
  ['not_principals', ['type', 'identifiers']],
  ['condition', ['test', 'variable', 'values']],
]);

/** The arguments that Terraform takes a single text for. All others are sets of texts. */
export const SINGLE: ReadonlySet<string> = new Set(['version', 'policy_id', 'sid', 'effect']);

/**
 * The name of an argument, if it is given a text and takes nothing but a list. A text that is one expression has the value of
 * that, which may be a list.
 */
export function wantsList(text: string, name: string, value: HclExpression | undefined): string | undefined {
  if (value?.kind !== 'template' || SINGLE.has(name)) {
    return undefined;
  }
  return /^\$\{[\s\S]*\}$/.test(text.slice(value.from, value.to)) ? undefined : name;
}

/** The arguments that name other documents, which are merged into this one. */
export const MERGED: ReadonlySet<string> = new Set([
  'source_policy_documents',
  'override_policy_documents',
  'source_json',
  'override_json',
]);

/**
 * Whether a value is a list with nothing in it. Of lists of actions and resources Terraform writes none into the policy (AWS
 * provider, `dataSourcePolicyDocumentRead`).
 */
export function isEmptyList(value: HclExpression | undefined): boolean {
  return value?.kind === 'tuple' && value.closed && value.items.length === 0;
}
