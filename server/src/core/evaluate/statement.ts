import { splitArn } from '../arn/arn';
import { SHORTHAND_PREFIX } from '../arn/executeApi';
import type { PolicyKind, PolicyType } from '../locate/policyType';
import { isTooLong } from '../model/lower';
import type {
  ActionElement,
  ActionEntry,
  ListElement,
  ResourceElement,
  ResourceEntry,
  Statement,
} from '../model/policy';
import { compilePattern, covers, intersects, type Pattern } from '../pattern/pattern';
import { isInBranch, textNodeOf } from '../syntax/functions';
import type { MemberNode, SyntaxNode } from '../syntax/nodes';
import { ALWAYS, type Application, allOf, anyOf, type Hinge, inverse, NEVER, perhaps } from './application';
import { conditionsHold } from './conditions/condition';
import { operandOf } from './conditions/operand';
import type { RequestKeys } from './conditions/requestKeys';
import { type Caller, type PrincipalApplication, principalApplies } from './principal';

/** Whether a statement applies to an action on a resource by a caller, and how it speaks of the caller. */
export function statementApplies(
  statement: Statement,
  request: { readonly action: string; readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): PrincipalApplication {
  const principal = principalApplies(statement, caller);
  const all = allOf([
    actionsApply(statement.actions, request.action),
    ...partsApply(statement, request, keys, principal),
  ]);
  return { ...all, reach: principal.reach };
}

/** Whether a statement would apply to a request, perhaps, if it had the action. */
export function mayApplyWithAction(
  statement: Statement,
  request: { readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): boolean {
  const principal = principalApplies(statement, caller);
  return allOf(partsApply(statement, request, keys, principal)).applies !== 'never';
}

/** Everything but the action. */
function partsApply(
  statement: Statement,
  request: { readonly resource: string },
  keys: RequestKeys,
  principal: Application,
): readonly Application[] {
  const { kind } = statement.policy;
  return [
    // Trust policies have no Resource; in any other policy a statement without one is not finished.
    kind.type === 'trust' && statement.resources.length === 0
      ? ALWAYS
      : resourcesApply(statement.resources, fullArn(request.resource), keys),
    conditionsHold(statement, keys),
    // These are attached to what is called, so that a statement without a Principal is not finished either.
    NAMES_CALLER.has(kind.type) && statement.principals.length === 0 ? NEVER : principal,
    branchTaken(statement),
  ];
}

const NAMES_CALLER: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

/** A statement in a branch of a template may be there or not. */
export function branchTaken(statement: Statement): Application {
  const { node, policy } = statement;
  let at: SyntaxNode | MemberNode | undefined = node;
  while (at !== undefined && at !== policy.node) {
    if (at.kind === 'member' && at.name === 'Fn::If') {
      return perhaps([{ kind: 'template', text: 'Fn::If', node, statement }]);
    }
    at = at.parent;
  }
  return ALWAYS;
}

function actionsApply(elements: readonly ActionElement[], wanted: string): Application {
  const options = { case: 'ignore' } as const;
  const asked = { text: wanted, pattern: compilePattern(wanted, { ...options, variables: 'substitute' }) };
  return elementsApply(elements, (entry) =>
    patternApplies(entry, entry.text, compilePattern(entry.text, options), asked),
  );
}

function resourcesApply(
  elements: readonly ResourceElement[],
  wanted: string,
  keys: RequestKeys,
): Application {
  const asked = { text: wanted, pattern: compilePattern(wanted, { variables: 'substitute' }) };
  return elementsApply(elements, (entry) => {
    const { node, element } = entry;
    const { policy } = element.statement;
    const full = writtenInFull(entry.text, policy.kind);
    const { pattern } = operandOf(full, { version: policy.version, wildcards: true, keys });
    if (pattern !== undefined) {
      return patternApplies(entry, pattern, compilePattern(pattern, { variables: 'substitute' }), asked);
    }
    // Without a value for its variable the entry names nothing; AWS may take the whole statement for invalid then, so
    // that a NotResource does not certainly leave anything out.
    return element.negated
      ? perhaps([{ kind: 'variable', text: entry.text, node, statement: element.statement }])
      : NEVER;
  });
}

function elementsApply<Entry extends ActionEntry | ResourceEntry>(
  elements: readonly ListElement<Entry>[],
  entryApplies: (entry: Entry) => Application,
): Application {
  if (elements.length === 0) {
    return NEVER;
  }
  return allOf(
    elements.map((element) => {
      const any = anyOf([
        ...element.entries.map((entry) => {
          const application = entryApplies(entry);
          return application.applies === 'always' && isInBranch(entry.node, element.member)
            ? perhaps([{ ...templateHinge(element, entry.node), text: 'Fn::If' }])
            : application;
        }),
        ...unknownParts(element),
      ]);
      return element.negated ? inverse(any) : any;
    }),
  );
}

interface AskedPattern {
  readonly text: string;
  readonly pattern: Pattern;
}

function patternApplies(
  entry: ActionEntry | ResourceEntry,
  text: string,
  pattern: Pattern,
  asked: AskedPattern,
): Application {
  if (covers(pattern, asked.pattern, text, asked.text)) {
    return ALWAYS;
  }
  if (!intersects(pattern, asked.pattern)) {
    return NEVER;
  }
  const { node, element } = entry;
  const { statement } = element;
  const unknown = pattern.tokens.filter(({ kind }) => kind === 'unknown' || kind === 'hole');
  return perhaps(
    unknown.length === 0
      ? [{ kind: 'wildcard', text: entry.text, node, statement }]
      : unknown.map(({ kind, start, end }) => {
          const written = { text: text.slice(start, end), node, statement };
          return kind === 'hole'
            ? { ...written, kind: 'template' }
            : { ...written, kind: 'variable', unknownKeys: keysIn(written.text) };
        }),
  );
}

/** The condition key of a variable; a hole of a template is none. */
function keysIn(variable: string): readonly string[] {
  const name = /^\$\{([^,}]+)/.exec(variable)?.[1]?.trim() ?? '';
  return /^[a-z0-9-]+:[^:]/i.test(name) ? [name] : [];
}

/** Whether a template function stands in a list where a string should. */
export function hasUnknownParts(element: ListElement<ActionEntry> | ListElement<ResourceEntry>): boolean {
  return (
    unknownParts(element).length > 0 ||
    element.entries.some(({ node }: ActionEntry | ResourceEntry) => isInBranch(node, element.member))
  );
}

/** A template function stands where a string should: it may come to be anything. */
function unknownParts(element: ListElement<unknown>): readonly Application[] {
  const { value } = element.member;
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) =>
    (node?.kind === 'object' && textNodeOf(node) === undefined) ||
    node?.kind === 'opaque' ||
    (node?.kind === 'string' && isTooLong(node))
      ? [perhaps([templateHinge(element, node)])]
      : [],
  );
}

function templateHinge({ member, statement }: ListElement<unknown>, node: SyntaxNode): Hinge {
  return { kind: 'template', text: member.name, node, statement };
}

/** IAM User Guide, "Grammar of the IAM JSON policy language": identity policies fill short ARNs up with `*`. */
export function writtenInFull(text: string, kind: PolicyKind): string {
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
