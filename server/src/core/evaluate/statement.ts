import { splitArn } from '../arn/arn';
import { SHORTHAND_PREFIX } from '../arn/executeApi';
import type { PolicyKind, PolicyType } from '../locate/policyType';
import { isTooLong } from '../model/lower';
import type { ActionElement, ActionEntry, ResourceElement, ResourceEntry, Statement } from '../model/policy';
import { compilePattern, covers, intersects, type Pattern, type PatternOptions } from '../pattern/pattern';
import { isInBranch, textNodeOf } from '../syntax/functions';
import { memberOf, type SyntaxNode } from '../syntax/nodes';
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
    elementsApply(statement.actions, request.action, { case: 'ignore' }),
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
    branchApplies(statement),
    // These are attached to what is called, so that a statement without a Principal is not finished either.
    NAMES_CALLER.has(kind.type) && statement.principals.length === 0 ? NEVER : principal,
  ]);
  return { ...all, reach: principal.reach };
}

/** A statement in a branch of a template's condition is there or not. */
function branchApplies(statement: Statement): Application {
  const { node } = statement;
  return isInBranch(node, memberOf(statement.policy.node, 'Statement'))
    ? perhaps([{ kind: 'template', text: 'Fn::If', node, statement }])
    : ALWAYS;
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
  const wantedPattern = compilePattern(wanted, { ...options, variables: 'substitute' });
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
  const pattern = compilePattern(text, options);
  if (covers(pattern, wantedPattern, text, wanted)) {
    // A branch of a template's condition may not be the one that is taken.
    return isInBranch(entry.node, entry.element.member)
      ? perhaps([{ kind: 'template', text: 'Fn::If', node: entry.node, statement: entry.element.statement }])
      : ALWAYS;
  }
  if (!intersects(pattern, wantedPattern)) {
    return NEVER;
  }
  const { node, element } = entry;
  const { statement } = element;
  const unknown = pattern.tokens.filter(({ kind }) => kind === 'unknown' || kind === 'hole');
  return perhaps(
    unknown.length === 0
      ? [{ kind: 'wildcard', text: entry.text, node, statement }]
      : unknown.map(({ kind, start, end }) => ({
          kind: kind === 'hole' ? 'template' : 'variable',
          text: text.slice(start, end),
          node,
          statement,
        })),
  );
}

/** A template function stands where a string should: it may come to be anything. */
function unknownParts(
  value: SyntaxNode | undefined,
  text: string,
  statement: Statement,
): readonly Application[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) =>
    (node?.kind === 'object' && textNodeOf(node) === undefined) ||
    node?.kind === 'opaque' ||
    (node?.kind === 'string' && isTooLong(node))
      ? [perhaps([{ kind: 'template', text, node, statement }])]
      : [],
  );
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
