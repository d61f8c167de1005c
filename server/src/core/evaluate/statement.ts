import { splitArn } from '../arn/arn';
import { SHORTHAND_PREFIX } from '../arn/executeApi';
import type { PolicyKind, PolicyType } from '../locate/policyType';
import { isTooLong } from '../model/lower';
import type { ActionElement, ActionEntry, ResourceElement, ResourceEntry, Statement } from '../model/policy';
import { compilePattern, covers, intersects, type Pattern, type PatternOptions } from '../pattern/pattern';
import { masked, templatesIn } from '../pattern/templates';
import { textNodeOf } from '../syntax/functions';
import { memberOf, type ObjectNode, type SyntaxNode } from '../syntax/nodes';
import { ALWAYS, type Application, allOf, anyOf, type Hinge, inverse, NEVER, perhaps } from './application';
import { type Caller, type PrincipalApplication, principalApplies } from './principal';

/** Whether a statement applies to an action on a resource by a caller, and how it speaks of the caller. */
export function statementApplies(
  statement: Statement,
  request: { readonly action: string; readonly resource: string },
  caller: Caller,
): PrincipalApplication {
  const { kind, version } = statement.policy;
  const principal = principalApplies(statement, caller);
  const all = allOf([
    // Actions have no variables of IAM: what looks like one is a template's.
    elementsApply(statement.actions, request.action, { case: 'ignore', variables: 'substitute' }),
    // Trust policies have no Resource; in any other policy a statement without one is not finished.
    kind.type === 'trust' && statement.resources.length === 0
      ? ALWAYS
      : elementsApply(
          statement.resources,
          fullArn(request.resource),
          { variables: version === '2012-10-17' ? 'substitute' : 'literal' },
          (text) => writtenInFull(text, kind),
        ),
    conditionsApply(statement),
    // These are attached to what is called, so that a statement without a Principal is not finished either.
    NAMES_CALLER.has(kind.type) && statement.principals.length === 0 ? NEVER : principal,
  ]);
  return { ...all, reach: principal.reach };
}

const NAMES_CALLER: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

function elementsApply(
  elements: readonly (ActionElement | ResourceElement)[],
  wanted: string,
  options: PatternOptions,
  written: (text: string) => string = (text) => text,
): Application {
  if (elements.length === 0) {
    return NEVER;
  }
  // What a variable of the request holds is not known, whatever the policy's version makes of its own.
  const wantedPattern = compilePattern(withoutTemplates(wanted, 'substitute'), {
    ...options,
    variables: 'substitute',
  });
  return allOf(
    elements.map((element) => {
      const any = anyOf([
        ...element.entries.map((entry: ActionEntry | ResourceEntry) =>
          patternApplies(entry, written(entry.text), wanted, wantedPattern, options),
        ),
        ...unknownParts(element.member.value, element.member.name, element.statement),
      ]);
      return element.negated ? inverse(any) : any;
    }),
  );
}

function patternApplies(
  entry: ActionEntry | ResourceEntry,
  text: string,
  wanted: string,
  wantedPattern: Pattern,
  options: PatternOptions,
): Application {
  const plain = withoutTemplates(text, options.variables);
  const pattern = compilePattern(plain, plain === text ? options : { ...options, variables: 'substitute' });
  if (covers(pattern, wantedPattern, text, wanted)) {
    return ALWAYS;
  }
  if (!intersects(pattern, wantedPattern)) {
    return NEVER;
  }
  const { node, element } = entry;
  const { statement } = element;
  const variables = pattern.tokens.filter((token) => token.kind === 'unknown');
  return perhaps(
    variables.length === 0
      ? [{ kind: 'wildcard', text: entry.text, node, statement }]
      : variables.map(({ start, end }) => ({
          kind: 'variable',
          text: text.slice(start, end),
          node,
          statement,
        })),
  );
}

/**
 * A text in which each expression of a template reads as a variable, as long and with the same indexes: what a tool fills in
 * is not known. `${…}` is left as it is where the policy's version makes plain text of it.
 */
function withoutTemplates(text: string, variables: PatternOptions['variables']): string {
  const expressions = templatesIn(text).filter(
    ({ from }) => variables === 'substitute' || !text.startsWith('${', from),
  );
  return expressions.length === 0 ? text : masked(text, expressions);
}

/** A template function stands where a string should, or what is too long to be read: it may come to be anything. */
function unknownParts(
  value: SyntaxNode | undefined,
  text: string,
  statement: Statement,
): readonly Application[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) =>
    (node?.kind === 'object' && !isKnownCall(node, statement)) ||
    node?.kind === 'opaque' ||
    (node?.kind === 'string' && isTooLong(node))
      ? [perhaps([{ kind: 'template', text, node, statement }])]
      : [],
  );
}

/** Whether what a function gives is among the entries, its holes as variables. */
function isKnownCall(node: ObjectNode, { policy: { version } }: Statement): boolean {
  const text = textNodeOf(node)?.value;
  return text !== undefined && (version === '2012-10-17' || !text.includes('${'));
}

/** IAM User Guide, "Grammar of the IAM JSON policy language": identity policies fill short ARNs up with `*`. */
function writtenInFull(text: string, kind: PolicyKind): string {
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  if (
    kind.type !== 'identity' ||
    prefix.text !== 'arn' ||
    partition === undefined ||
    resource !== undefined
  ) {
    return fullArn(text);
  }
  const missing = [service, region, account, resource].filter((field) => field === undefined).length;
  return text + ':*'.repeat(missing);
}

/** The shorthand leaves out the API that a resource policy belongs to, which is the one the question is about. */
function fullArn(text: string): string {
  return text.startsWith(SHORTHAND_PREFIX)
    ? `arn:*:execute-api:*:*:*/${text.slice(SHORTHAND_PREFIX.length)}`
    : text;
}

/** Conditions may hold or not, and so may what should be conditions and cannot be read. */
function conditionsApply(statement: Statement): Application {
  const value = memberOf(statement.node, 'Condition')?.value;
  const isEmpty = value === undefined || hasOnlyEmptyOperators(value);
  const named = statement.conditions.map(
    ({ operator, key }): Hinge => ({
      kind: 'condition',
      text: `${operator.node.value} ${key.value}`,
      node: key,
      statement,
    }),
  );
  if (isEmpty && named.length === 0) {
    return ALWAYS;
  }
  return perhaps(
    named.length > 0 || value === undefined
      ? named
      : [{ kind: 'template', text: 'Condition', node: value, statement }],
  );
}

/** An operator with no key conditions nothing (Access Analyzer, EMPTY_OBJECT_CONDITION). */
function hasOnlyEmptyOperators(value: SyntaxNode): boolean {
  return value.kind === 'object' && value.members.every((member) => isEmptyObject(member.value));
}

function isEmptyObject(value: SyntaxNode | undefined): boolean {
  return value?.kind === 'object' && value.members.length === 0;
}
