import { splitArn } from '../../arn/arn';
import type { PolicyDocument } from '../../document';
import type { PolicyType } from '../../locate/policyType';
import { hasWildcard } from '../../pattern/pattern';
import { isAt } from '../../spans';
import type { Span } from '../../syntax/nodes';

/** What can be asked about policies, each list in source order, and what is at the cursor. */
export interface QuestionChoices {
  /** Concrete actions of the policies, then those of execute-api. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Whether a policy speaks of principals, so that the answer may depend on who asks. */
  readonly asksPrincipal: boolean;
  /** Where the cursor leaves no doubt. */
  readonly here: { readonly action: string | undefined; readonly resource: string | undefined };
}

/** What people ask about first. Service Authorization Reference, "Actions defined by Amazon API Gateway Execution". */
const EXECUTE_API = ['execute-api:Invoke', 'execute-api:InvalidateCache', 'execute-api:ManageConnections'];

const NAMES_PRINCIPALS: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

/**
 * The questions that a document suggests.
 *
 * @param offset of the cursor, when there is one in the document
 */
export function questionChoices(
  documents: readonly PolicyDocument[],
  at?: { readonly document: PolicyDocument; readonly offset: number },
): QuestionChoices {
  const policies = documents.flatMap((document) => document.policies);
  const statements = policies.flatMap((policy) => policy.statements);
  const around = at?.document.policies
    .flatMap((policy) => policy.statements)
    .find(({ node }) => isAt(node.span, at.offset));
  const pick = <Entry extends { readonly text: string; readonly node: { readonly span: Span } }>(
    entries: readonly Entry[],
  ): string | undefined => {
    const under = at && entries.find(({ node }) => isAt(node.span, at.offset));
    return (under ?? (entries.length === 1 ? entries[0] : undefined))?.text;
  };
  const actionsHere = (around?.actions ?? []).flatMap(({ entries }) =>
    entries.filter(({ text }) => isConcreteAction(text)),
  );
  const resourcesHere = (around?.resources ?? []).flatMap(({ entries }) =>
    entries.filter(({ text }) => isArn(text)),
  );
  return {
    actions: distinct([
      ...statements.flatMap(({ actions }) =>
        actions.flatMap(({ entries }) => entries.map(({ text }) => text).filter(isConcreteAction)),
      ),
      ...EXECUTE_API,
    ]),
    resources: distinct(
      statements.flatMap(({ resources }) =>
        resources.flatMap(({ entries }) => entries.map(({ text }) => text).filter(isArn)),
      ),
    ),
    principals: distinct(
      statements.flatMap(({ principals }) =>
        principals.flatMap(({ entries }) =>
          entries
            .filter(({ type, text }) => isNamed(type?.value) && !hasWildcard(text))
            .map(({ text }) => text),
        ),
      ),
    ),
    asksPrincipal: policies.some(({ kind }) => NAMES_PRINCIPALS.has(kind.type)),
    here: { action: pick(actionsHere), resource: pick(resourcesHere) },
  };
}

function isConcreteAction(text: string): boolean {
  return text.includes(':') && !hasWildcard(text);
}

function isArn(text: string): boolean {
  return text.startsWith('execute-api:/') || splitArn(text).resource !== undefined;
}

/** The principal types whose entries identify the caller; the evaluation knows no others. */
function isNamed(type: string | undefined): boolean {
  return type === 'AWS' || type === 'Service';
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
