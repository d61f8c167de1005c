import { splitArn } from '../arn/arn';
import { SHORTHAND_PREFIX } from '../arn/executeApi';
import type { PolicyKind } from '../locate/policyType';
import type {
  ActionElement,
  ActionEntry,
  ListElement,
  ResourceElement,
  ResourceEntry,
} from '../model/policy';
import { isTooLong } from '../model/values';
import { compilePattern, HOLE, type Pattern, type PatternOptions, UNKNOWN } from '../pattern/compiledPattern';
import { rememberLast } from '../pattern/memo';
import { covers, intersects } from '../pattern/pattern';
import { coversPlain, intersectsPlain, isPlainPattern } from '../pattern/plainPattern';
import { holdsTemplate } from '../pattern/templates';
import { isInBranch } from '../syntax/functions';
import { textNodeOf } from '../syntax/functionTexts';
import type { SyntaxNode } from '../syntax/nodes';
import {
  ALWAYS,
  type Application,
  type Applies,
  allOf,
  type Hinge,
  inverse,
  NEVER,
  perhaps,
  Together,
} from './application';
import { operandOf } from './conditions/operand';
import type { RequestKeys } from './conditions/requestKeys';

/** Whether the actions of a statement, perhaps, are the one that is asked for. */
export function actionsApply(elements: readonly ActionElement[], wanted: string): Application {
  const asked = askedAction(wanted);
  return elementsApply(
    elements,
    (entry) => {
      // The same few actions stand in thousands of statements.
      const known = asked.answers.get(entry.text) ?? actionAnswer(entry.text, asked);
      return known === 'perhaps'
        ? perhaps(hingesOf(entry, entry.text, IGNORING_CASE))
        : known === 'always'
          ? ALWAYS
          : NEVER;
    },
    (element) => entriesFor(element, asked),
  );
}

function actionAnswer(text: string, asked: AskedPattern): Applies {
  const answer = patternApplies(text, asked, IGNORING_CASE);
  if (asked.answers.size < MOST_ANSWERS) {
    asked.answers.set(text, answer);
  }
  return answer;
}

/** Of more different actions than AWS has, some are compared again. */
const MOST_ANSWERS = 20_000;

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
  const isWhole = isPlain(text);
  return {
    text,
    folded: text.toLowerCase(),
    isPlain: isWhole,
    isSimple: isWhole && isPlainPattern(text),
    pattern,
    answers: new Map(),
  };
}

/** Whether what is written is all there is: neither a variable nor a template's expression is in it. */
function isPlain(text: string): boolean {
  return !holdsTemplate(text);
}

/** Whether the resources of a statement, perhaps, are what is asked about, which is in full. */
export function resourcesApply(
  elements: readonly ResourceElement[],
  wanted: string,
  keys: RequestKeys,
): Application {
  const asked = askedResource(wanted);
  return elementsApply(elements, (entry) => {
    const { node, element } = entry;
    const { policy } = element.statement;
    const full = writtenInFull(entry.text, policy.kind);
    const { pattern } = operandOf(full, { version: policy.version, wildcards: true, keys });
    if (pattern !== undefined) {
      const answer = patternApplies(pattern, asked, SUBSTITUTING);
      return answer === 'perhaps'
        ? perhaps(hingesOf(entry, pattern, SUBSTITUTING))
        : answer === 'always'
          ? ALWAYS
          : NEVER;
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
  const any = new Together('always', NEVER);
  for (const entry of entries) {
    const application = entryApplies(entry);
    if (application.applies === 'always' && isInBranch(entry.node, element.member)) {
      any.isDecidedBy(perhaps([{ ...templateHinge(element, entry.node), kind: 'branch' }]));
    } else if (any.isDecidedBy(application)) {
      return ALWAYS;
    }
  }
  for (const part of unknownParts(element)) {
    any.isDecidedBy(part);
  }
  return any.result;
}

interface AskedPattern {
  readonly text: string;
  readonly folded: string;
  readonly isPlain: boolean;
  /** Whether the algebra on texts can tell. */
  readonly isSimple: boolean;
  readonly pattern: Pattern;
  /** What was found of entries, by their texts. */
  readonly answers: Map<string, Applies>;
}

/** Whether a pattern that a policy names stands for what was asked. */
function patternApplies(text: string, asked: AskedPattern, options: PatternOptions): Applies {
  if (asked.isSimple && isPlainPattern(text) && isPlain(text)) {
    const [wide, wanted] =
      options === IGNORING_CASE ? [text.toLowerCase(), asked.folded] : [text, asked.text];
    return coversPlain(wide, wanted) ? 'always' : intersectsPlain(wide, wanted) ? 'perhaps' : 'never';
  }
  const pattern = compilePattern(text, options);
  if (covers(pattern, asked.pattern, text, asked.text)) {
    return 'always';
  }
  return intersects(pattern, asked.pattern) ? 'perhaps' : 'never';
}

/** Why it is not certain that a pattern matches everything that was asked. */
function hingesOf(
  entry: ActionEntry | ResourceEntry,
  text: string,
  options: PatternOptions,
): readonly Hinge[] {
  const { node, element } = entry;
  const { statement } = element;
  const pattern = isPlain(text) ? undefined : compilePattern(text, options);
  if (!pattern?.codes.some((code) => code === UNKNOWN || code === HOLE)) {
    return [{ kind: 'wildcard', text: entry.text, node, statement }];
  }
  return pattern.codes.flatMap((code, index): readonly Hinge[] => {
    if (code !== UNKNOWN && code !== HOLE) {
      return [];
    }
    const written = {
      text: text.slice(pattern.startOf(index), pattern.startOf(index + 1)),
      node,
      statement,
    };
    return [
      code === HOLE
        ? { ...written, kind: 'template' }
        : { ...written, kind: 'variable', unknownKeys: keysIn(written.text) },
    ];
  });
}

/** The condition key of a variable; a hole of a template has none. */
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
  if (value?.kind !== 'array') {
    return isUnknownPart(value) ? [perhaps([templateHinge(element, value)])] : NO_PARTS;
  }
  let parts: Application[] | undefined;
  for (const node of value.items) {
    if (isUnknownPart(node)) {
      parts ??= [];
      parts.push(perhaps([templateHinge(element, node)]));
    }
  }
  return parts ?? NO_PARTS;
}

function isUnknownPart(node: SyntaxNode | undefined): node is SyntaxNode {
  switch (node?.kind) {
    case 'string':
      return isTooLong(node);
    case 'object':
      return textNodeOf(node) === undefined;
    default:
      return node?.kind === 'opaque';
  }
}

const NO_PARTS: readonly Application[] = [];

function templateHinge({ member, statement }: ListElement<unknown>, node: SyntaxNode): Hinge {
  return { kind: 'template', text: member.name, node, statement };
}

/** IAM User Guide, "Grammar of the IAM JSON policy language": identity policies fill short ARNs up with `*`. */
export function writtenInFull(text: string, kind: PolicyKind): string {
  if (kind.type !== 'identity' || hasAllFields(text)) {
    return fullArn(text);
  }
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  if (prefix.text !== 'arn' || partition === undefined || resource !== undefined) {
    return fullArn(text);
  }
  const missing = [service, region, account, resource].filter((field) => field === undefined).length;
  return text + ':*'.repeat(missing);
}

/** Whether an ARN has all its colons; of one with expressions in it that is not told here. */
function hasAllFields(text: string): boolean {
  let at = -1;
  for (let colons = 0; colons < 5; colons += 1) {
    at = text.indexOf(':', at + 1);
    if (at < 0) {
      return false;
    }
  }
  return isPlain(text);
}

/** The shorthand leaves out the API that a resource policy belongs to, which is the one the question is about. */
export function fullArn(text: string): string {
  return text.startsWith(SHORTHAND_PREFIX)
    ? `arn:*:execute-api:*:*:*/${text.slice(SHORTHAND_PREFIX.length)}`
    : text;
}
