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
import { rememberLast } from '../pattern/memo';
import { compilePattern, covers, differAtEnds, intersects, type Pattern } from '../pattern/pattern';
import { holdsTemplate } from '../pattern/templates';
import { isInBranch, textNodeOf } from '../syntax/functions';
import type { SyntaxNode } from '../syntax/nodes';
import { ALWAYS, type Application, allOf, anyOf, type Hinge, inverse, NEVER, perhaps } from './application';
import type { Caller } from './caller';
import { conditionsHold } from './conditions/condition';
import { operandOf } from './conditions/operand';
import type { RequestKeys } from './conditions/requestKeys';
import { type PrincipalApplication, principalApplies } from './principal';
import { hasDirectives, hasUnseenMembers, isLoose } from './unfinished';

/**
 * Whether a statement applies to an action on a resource by a caller, and how it speaks of the caller. The cheapest part
 * that tells is asked first: of most statements it is the action.
 */
export function statementApplies(
  statement: Statement,
  request: { readonly action: string; readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): PrincipalApplication {
  const action = actionsApply(statement.actions, request.action);
  if (action.applies === 'never') {
    return NEVER_AT_ALL;
  }
  const parts = partsApply(statement, request, caller, keys);
  return parts.applies === 'never' ? parts : { ...allOf([action, parts]), reach: parts.reach };
}

const NEVER_AT_ALL: PrincipalApplication = { ...NEVER, reach: 'other' };

/** Whether a statement would apply to a request, perhaps, if it had the action. */
export function mayApplyWithAction(
  statement: Statement,
  request: { readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): boolean {
  return partsApply(statement, request, caller, keys).applies !== 'never';
}

/** Everything but the action. */
function partsApply(
  statement: Statement,
  request: { readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): PrincipalApplication {
  const { kind } = statement.policy;
  // Trust policies have no Resource; in any other policy a statement without one is not finished.
  const resource =
    kind.type === 'trust' && statement.resources.length === 0
      ? ALWAYS
      : resourcesApply(statement.resources, fullArn(request.resource), keys);
  if (resource.applies === 'never') {
    return NEVER_AT_ALL;
  }
  // These are attached to what is called, so that a statement without a Principal is not finished either.
  if (NAMES_CALLER.has(kind.type) && statement.principals.length === 0) {
    return NEVER_AT_ALL;
  }
  const principal = principalApplies(statement, caller);
  if (principal.applies === 'never') {
    return NEVER_AT_ALL;
  }
  const all = allOf([resource, conditionsHold(statement, keys), principal, branchTaken(statement)]);
  return { ...all, reach: principal.reach };
}

const NAMES_CALLER: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

/**
 * A statement in a branch of a template may be there or not, and so may a policy; what is merged into a statement may
 * change it.
 */
export function branchTaken(statement: Statement): Application {
  const { node, policy } = statement;
  const open = (text: string): Application => perhaps([{ kind: 'template', text, node, statement }]);
  if (isInBranch(node, undefined)) {
    return open('Fn::If');
  }
  return hasUnseenMembers(node) || hasDirectives(policy.node) || isLoose(node) ? open('Statement') : ALWAYS;
}

function actionsApply(elements: readonly ActionElement[], wanted: string): Application {
  const asked = askedAction(wanted);
  return elementsApply(
    elements,
    (entry) =>
      asked.isPlain && isPlain(entry.text) && differAtEnds(entry.text.toLowerCase(), asked.folded)
        ? NEVER
        : patternApplies(entry, entry.text, () => compilePattern(entry.text, IGNORING_CASE), asked),
    (element) => entriesFor(element, asked),
  );
}

/** The entries of a list that may name an action: of a long list of names no more than one does. */
function entriesFor(
  element: ActionElement,
  { folded, isPlain: isWhole }: AskedPattern,
): readonly ActionEntry[] {
  const { entries } = element;
  if (entries.length < MANY || !isWhole || /[*?]/.test(folded)) {
    return entries;
  }
  let known = NAMED_ACTIONS.get(element);
  if (known === undefined) {
    const open = entries.filter(({ text }) => !isPlain(text) || /[*?]/.test(text));
    const names = new Map<string, ActionEntry>();
    for (const entry of entries) {
      const name = entry.text.toLowerCase();
      // One of several that say the same in a branch of a template may not be there.
      if (names.has(name)) {
        open.push(entry);
      } else {
        names.set(name, entry);
      }
    }
    known = { open, names };
    NAMED_ACTIONS.set(element, known);
  }
  const named = known.names.get(folded);
  return named === undefined ? known.open : [named, ...known.open];
}

const NAMED_ACTIONS = new WeakMap<
  ActionElement,
  { readonly open: readonly ActionEntry[]; readonly names: ReadonlyMap<string, ActionEntry> }
>();

/** Shorter lists are looked through. */
const MANY = 24;

const IGNORING_CASE = { case: 'ignore' } as const;
const SUBSTITUTING = { variables: 'substitute' } as const;

/** Every statement is asked about the same action and the same resource. */
const askedAction = rememberLast((text: string) =>
  askedPattern(text, compilePattern(text, { ...IGNORING_CASE, ...SUBSTITUTING })),
);

const askedResource = rememberLast((text: string) => askedPattern(text, compilePattern(text, SUBSTITUTING)));

function askedPattern(text: string, pattern: Pattern): AskedPattern {
  return { text, folded: text.toLowerCase(), isPlain: isPlain(text), pattern };
}

/** Whether what is written is all there is: neither a variable nor a template's expression is in it. */
function isPlain(text: string): boolean {
  return !holdsTemplate(text);
}

function resourcesApply(
  elements: readonly ResourceElement[],
  wanted: string,
  keys: RequestKeys,
): Application {
  const asked = askedResource(wanted);
  return elementsApply(elements, (entry) => {
    const { node, element } = entry;
    const { policy } = element.statement;
    const full = writtenInFull(entry.text, policy.kind);
    if (asked.isPlain && isPlain(full) && differAtEnds(full, asked.text)) {
      return NEVER;
    }
    const { pattern } = operandOf(full, { version: policy.version, wildcards: true, keys });
    if (pattern !== undefined) {
      return patternApplies(entry, pattern, () => compilePattern(pattern, SUBSTITUTING), asked);
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
  entriesOf: (element: ListElement<Entry>) => readonly Entry[] = ({ entries }) => entries,
): Application {
  if (elements.length === 0) {
    return NEVER;
  }
  const [only, ...others] = elements;
  return only !== undefined && others.length === 0
    ? elementApplies(only, entryApplies, entriesOf)
    : allOf(elements.map((element) => elementApplies(element, entryApplies, entriesOf)));
}

function elementApplies<Entry extends ActionEntry | ResourceEntry>(
  element: ListElement<Entry>,
  entryApplies: (entry: Entry) => Application,
  entriesOf: (element: ListElement<Entry>) => readonly Entry[],
): Application {
  const any = oneOfEntries(element, entriesOf(element), entryApplies);
  return element.negated ? inverse(any) : any;
}

function oneOfEntries<Entry extends ActionEntry | ResourceEntry>(
  element: ListElement<Entry>,
  entries: readonly Entry[],
  entryApplies: (entry: Entry) => Application,
): Application {
  let open: Application[] | undefined;
  for (const entry of entries) {
    const application = entryApplies(entry);
    if (application.applies === 'always' && !isInBranch(entry.node, element.member)) {
      return ALWAYS;
    }
    if (application.applies !== 'never') {
      open ??= [];
      open.push(
        application.applies === 'always'
          ? perhaps([{ ...templateHinge(element, entry.node), text: 'Fn::If' }])
          : application,
      );
    }
  }
  const unknown = unknownParts(element);
  return open === undefined && unknown.length === 0 ? NEVER : anyOf([...(open ?? []), ...unknown]);
}

interface AskedPattern {
  readonly text: string;
  readonly folded: string;
  readonly isPlain: boolean;
  readonly pattern: Pattern;
}

function patternApplies(
  entry: ActionEntry | ResourceEntry,
  text: string,
  compile: () => Pattern,
  asked: AskedPattern,
): Application {
  if (text === asked.text && asked.isPlain) {
    return ALWAYS;
  }
  const pattern = compile();
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
  // Mostly there are strings, and nothing to be told of them.
  if (value?.kind === 'string' && !isTooLong(value)) {
    return NO_PARTS;
  }
  const known = UNKNOWN_PARTS.get(element);
  if (known !== undefined) {
    return known;
  }
  const nodes = value?.kind === 'array' ? value.items : [value];
  const parts = nodes.flatMap((node) =>
    (node?.kind === 'object' && textNodeOf(node) === undefined) ||
    node?.kind === 'opaque' ||
    (node?.kind === 'string' && isTooLong(node))
      ? [perhaps([templateHinge(element, node)])]
      : [],
  );
  UNKNOWN_PARTS.set(element, parts);
  return parts;
}

const UNKNOWN_PARTS = new WeakMap<ListElement<unknown>, readonly Application[]>();

const NO_PARTS: readonly Application[] = [];

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
