import { type PolicyDocument, standsAsJson } from '../../document';
import type { Condition, Policy, Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { atOnce, type Steps } from '../../steps';
import { pathFrom, type Span, type StringNode } from '../../syntax/nodes';
import { actionName, oneLine, POLICY_NAMES, principalName, resourceName, statementSummary } from './names';

export type SymbolKind = 'policy' | 'statement' | 'action' | 'principal' | 'resource' | 'condition';

export interface DocumentSymbol {
  readonly kind: SymbolKind;
  /** Never empty, one line. */
  readonly name: string;
  readonly detail: string;
  /** All of it. */
  readonly span: Span;
  /** Where the cursor goes; within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/**
 * An outline has all policies and statements; what they speak of is in it from the beginning up to so many symbols. VS
 * Code's server for JSON ends its outlines there as well. An outline is sent whole with each key, and of what is longer
 * than any policy may be, nobody looks through the actions there.
 */
export const MOST_SYMBOLS = 5_000;

/** How many more symbols there may be. */
interface Room {
  left: number;
}

/**
 * The outline: the statements with what they speak of, under their policies where a document has several. What is
 * half typed is there as far as it goes.
 */
export function documentSymbols(document: PolicyDocument): readonly DocumentSymbol[] {
  return atOnce(documentSymbolSteps(document));
}

/** The same in parts. */
export function* documentSymbolSteps(document: PolicyDocument): Steps<readonly DocumentSymbol[]> {
  const { policies } = document;
  const holders = policies.reduce((sum, { statements }) => sum + statements.length, policies.length);
  const room = { left: Math.max(0, MOST_SYMBOLS - holders) };
  const [only] = policies;
  if (only !== undefined && policies.length === 1) {
    return yield* statementSymbols(document, only, room);
  }
  const symbols: DocumentSymbol[] = [];
  for (const policy of policies) {
    symbols.push(yield* policySymbol(document, policy, room));
    yield;
  }
  return symbols;
}

/** So many statements take some milliseconds at most. */
const STATEMENTS_AT_ONCE = 100;

function* policySymbol(document: PolicyDocument, policy: Policy, room: Room): Steps<DocumentSymbol> {
  const { root } = document.tree;
  const { node, kind } = policy;
  return {
    kind: 'policy',
    name: POLICY_NAMES[kind.type],
    detail: root === undefined ? '' : oneLine(pathFrom(root, node).filter(isTelling).join('.')),
    span: node.span,
    selection: selectionIn(node.span, undefined),
    children: yield* statementSymbols(document, policy, room),
  };
}

/** Not the words that every template has on the way to a policy. */
function isTelling(step: string | number): boolean {
  return step !== 'Resources' && step !== 'Properties';
}

function* statementSymbols(
  document: PolicyDocument,
  { statements }: Policy,
  room: Room,
): Steps<readonly DocumentSymbol[]> {
  const symbols: DocumentSymbol[] = [];
  for (const statement of statements) {
    const isMovable = standsAsJson(document, statement.node);
    const children =
      room.left === 0 ? NONE : taken(isMovable ? movedParts(statement) : partsOf(statement), room);
    const { start } = statement.node.span;
    symbols.push({ ...(isMovable ? movedTo(start, headOf(statement)) : symbolOf(statement)), children });
    if (symbols.length % STATEMENTS_AT_ONCE === 0) {
      yield;
    }
  }
  return symbols;
}

/** A statement alone. */
function symbolOf(statement: Statement): DocumentSymbol {
  const { node, sid, effect } = statement;
  return {
    kind: 'statement',
    name: statementSummary(statement),
    detail: oneLine(sid?.value ?? ''),
    span: node.span,
    selection: selectionIn(node.span, (sid ?? effect)?.span),
    children: NONE,
  };
}

/** As many as there is room for. */
function taken<T>(parts: readonly T[], room: Room): readonly T[] {
  const fitting = parts.length <= room.left ? parts : parts.slice(0, room.left);
  room.left -= fitting.length;
  return fitting;
}

/** A symbol without others in it, with its places by their distance from the beginning of its statement. */
type Outline = readonly [
  kind: SymbolKind,
  name: string,
  detail: string,
  start: number,
  end: number,
  selectionStart: number,
  selectionEnd: number,
];

/** Worked out once for each text of a statement. */
const headOf = notedOf(
  (statement: Statement): Outline => outlined(symbolOf(statement), statement.node.span.start),
);

/** The same; of a statement that nobody is shown the parts of, they are not kept either. */
const partOutlinesOf = notedOf((statement: Statement): readonly Outline[] =>
  partsOf(statement).map((part) => outlined(part, statement.node.span.start)),
);

function movedParts(statement: Statement): readonly DocumentSymbol[] {
  const { start } = statement.node.span;
  return partOutlinesOf(statement).map((part) => movedTo(start, part));
}

function outlined({ kind, name, detail, span, selection }: DocumentSymbol, from: number): Outline {
  return [
    kind,
    name,
    detail,
    span.start - from,
    span.end - from,
    selection.start - from,
    selection.end - from,
  ];
}

function movedTo(
  from: number,
  [kind, name, detail, start, end, selectionStart, selectionEnd]: Outline,
): DocumentSymbol {
  const span = { start: from + start, end: from + end };
  const isWhole = selectionStart === start && selectionEnd === end;
  return {
    kind,
    name,
    detail,
    span,
    selection: isWhole ? span : { start: from + selectionStart, end: from + selectionEnd },
    children: NONE,
  };
}

const NONE: readonly DocumentSymbol[] = [];

/**
 * The wanted span where it lies within the whole, else the beginning of the whole. A statement of Terraform that leaves
 * its effect out has one all the same, which stands at the word before the block; VS Code refuses an outline in which
 * one symbol is selected outside of itself.
 */
function selectionIn(whole: Span, wanted: Span | undefined): Span {
  return wanted !== undefined && whole.start <= wanted.start && wanted.end <= whole.end
    ? wanted
    : { start: whole.start, end: Math.min(whole.start + 1, whole.end) };
}

function partsOf({ principals, actions, resources, conditions }: Statement): readonly DocumentSymbol[] {
  return [
    ...principals.flatMap(({ member, entries }) =>
      entries.map((entry) =>
        leaf('principal', entry.node, principalName(entry), entry.type?.value ?? member.name),
      ),
    ),
    ...actions.flatMap(({ member, entries }) =>
      entries.map(({ node, text }) => leaf('action', node, actionName(text), member.name)),
    ),
    ...resources.flatMap(({ member, entries }) =>
      entries.map((entry) => leaf('resource', entry.node, resourceName(entry), member.name)),
    ),
    ...conditions.map(conditionSymbol),
  ].sort((a, b) => a.span.start - b.span.start);
}

function conditionSymbol({ key, member, operator, values }: Condition): DocumentSymbol {
  const compared = [operator.node.value, values.map(({ text }) => text).join(', ')].join(' ');
  return {
    ...leaf('condition', key, key.value, compared),
    span: member.span,
    selection: selectionIn(member.span, key.span),
  };
}

function leaf(kind: SymbolKind, { span }: StringNode, name: string, detail: string): DocumentSymbol {
  return { kind, name: oneLine(name) || '""', detail: oneLine(detail), span, selection: span, children: [] };
}
