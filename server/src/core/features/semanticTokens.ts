import { type Slice, splitArn } from '../arn/arn';
import {
  type ExecuteApiArn,
  isExecuteApiArn,
  readExecuteApiArn,
  type SegmentRole,
  SHORTHAND_PREFIX,
} from '../arn/executeApi';
import type { KnownMistake } from '../arn/mistakes/mistake';
import { type PolicyDocument, standsAsJson } from '../document';
import { mistakeContextOf, mistakesOf } from '../lint/mistakes';
import type { Condition, Statement } from '../model/policy';
import { internText, noted, notedFor, notedOf } from '../pattern/internedText';
import { reachableArnIn } from '../rules/support/executeApiUse';
import { touches } from '../spans';
import { atOnce, type Steps } from '../steps';
import type { SourceText, Span, StringNode } from '../syntax/nodes';
import { nestedSource, spanOfValue } from '../syntax/stringSpans';
import { segmentsByRole } from './explain/executeApiSegments';
import { type SemanticTokenType, semanticTokenTypes } from './semanticTokenTypes';

export interface SemanticToken {
  readonly span: Span;
  readonly type: SemanticTokenType;
}

/**
 * Tokens in source order, not overlapping, each within a line. Linear in the document's length.
 *
 * @param span leaves out all but the tokens of statements that it touches
 */
export function semanticTokens(document: PolicyDocument, span?: Span): readonly SemanticToken[] {
  return atOnce(semanticTokenSteps(document, span));
}

/** The same in parts. */
export function* semanticTokenSteps(document: PolicyDocument, span?: Span): Steps<readonly SemanticToken[]> {
  let made = 0;
  const tokens: SemanticToken[] = [];
  for (const { statements } of document.policies) {
    for (const statement of statements) {
      if (span === undefined || touches(statement.node.span, span)) {
        if (standsAsJson(document, statement.node)) {
          addKnownTokens(statement, tokens);
        } else {
          addTokensOfStatement(statement, tokens);
        }
        if (tokens.length - made >= MADE_AT_ONCE) {
          made = tokens.length;
          yield;
        }
      }
    }
  }
  return tokens.sort((a, b) => a.span.start - b.span.start);
}

/** So many tokens take some milliseconds at most. */
const MADE_AT_ONCE = 250;

/** The tokens of a statement as they were worked out for its text, moved to where it stands. */
function addKnownTokens(statement: Statement, tokens: SemanticToken[]): void {
  const { shorthand, shortArn } = mistakeContextOf(statement.policy.kind);
  const { start } = statement.node.span;
  const known = knownTokens[variablesIn(statement)][shorthand][shortArn](statement);
  forEachRun(known, (from, to, type) => {
    tokens.push({ span: { start: start + from, end: start + to }, type });
  });
}

/** By all that decides beside the text; from the brace of the statement on. */
const knownTokens = {
  substituted: {
    expanded: { padded: knownWith(), refused: knownWith() },
    refused: { padded: knownWith(), refused: knownWith() },
  },
  plain: {
    expanded: { padded: knownWith(), refused: knownWith() },
    refused: { padded: knownWith(), refused: knownWith() },
  },
};

function knownWith(): (statement: Statement) => Runs {
  return notedOf((statement: Statement): Runs => {
    const tokens: SemanticToken[] = [];
    addTokensOfStatement(statement, tokens);
    const { start } = statement.node.span;
    return packed(tokens.map(({ span, type }) => ({ from: span.start - start, to: span.end - start, type })));
  });
}

/**
 * Parts of a text as they are kept for it: the start, the end and the number of the type of each. There are seven to an
 * ARN. As units of a string they take one or two bytes each, and eight as numbers, which only long texts need.
 */
type Runs = string | readonly number[];

function packed(slices: readonly TypedSlice[]): Runs {
  const numbers = slices.flatMap(({ from, to, type }) => [from, to, semanticTokenTypes.indexOf(type)]);
  return numbers.every((each) => each <= LARGEST_UNIT)
    ? numbers.map((each) => String.fromCharCode(each)).join('')
    : numbers;
}

const LARGEST_UNIT = 0xffff;

function forEachRun(runs: Runs, visit: (from: number, to: number, type: SemanticTokenType) => void): void {
  const numberAt = (at: number): number => (typeof runs === 'string' ? runs.charCodeAt(at) : (runs[at] ?? 0));
  for (let at = 0; at < runs.length; at += 3) {
    visit(numberAt(at), numberAt(at + 1), semanticTokenTypes[numberAt(at + 2)] ?? 'arnResource');
  }
}

function variablesIn({ policy }: Statement): Variables {
  return policy.version === '2012-10-17' ? 'substituted' : 'plain';
}

function addTokensOfStatement(statement: Statement, tokens: SemanticToken[]): void {
  const variables = variablesIn(statement);
  for (const { entries } of statement.actions) {
    for (const { node, interned } of entries) {
      addTokens(node, actionRuns[variables](interned), tokens);
    }
  }
  for (const { entries } of statement.resources) {
    for (const entry of entries) {
      addTokens(entry.node, arnRuns[variables]['*?'](entry.interned, mistakesOf(entry)), tokens);
    }
  }
  for (const { entries } of statement.principals) {
    for (const { node, text } of entries) {
      addTokens(node, arnRuns[variables]['*'](internText(text), NO_MISTAKES), tokens);
    }
  }
  for (const condition of statement.conditions) {
    addConditionTokens(condition, variables, tokens);
  }
}

/** An ARN in a condition is never marked as malformed: a source's ARN holds `{id}` rightly. */
function addConditionTokens(condition: Condition, variables: Variables, tokens: SemanticToken[]): void {
  const { base } = condition.operator;
  // IAM User Guide, "IAM JSON policy elements: Condition operators": elsewhere `*` is a character like any other.
  const wildcards = /^(String(Not)?Like|Arn(Not)?(Like|Equals))$/.test(base) ? '*?' : '';
  const filledIn = /^(String|Arn)/.test(base) ? variables : 'plain';
  for (const { node, text } of condition.values) {
    if (node.kind === 'string') {
      addTokens(node, arnRuns[filledIn][wildcards](internText(text), NO_MISTAKES), tokens);
    }
  }
}

/** Adds the tokens of one string, of the parts that its text has. */
function addTokens(node: StringNode, runs: Runs, tokens: SemanticToken[]): void {
  if (runs.length === 0) {
    return;
  }
  const { content, value } = node;
  const isPlain = content.end - content.start === value.length;
  forEachRun(runs, (from, to, type) => {
    const span = isPlain ? spanOfValue(node, from, to) : mappedSpan(node, from, to);
    // Parts of what an expression gives have no place of their own.
    if (span.start < span.end) {
      tokens.push({ span, type });
    }
  });
}

const NO_MISTAKES: readonly KnownMistake[] = [];

/** A part of a string's value and what it is; a later one wins where two overlap. */
interface TypedSlice {
  readonly from: number;
  readonly to: number;
  readonly type: SemanticTokenType;
}

type Variables = 'substituted' | 'plain';
type Wildcards = '*?' | '*' | '';

/** The parts of an action by its text, worked out once for each. */
const actionRuns = {
  substituted: noted((text) => runsIn(text, actionSlices(text), 'substituted', '*?')),
  plain: noted((text) => runsIn(text, actionSlices(text), 'plain', '*?')),
};

/** The parts of an ARN, or of any other text, by it and its mistakes; worked out once for each. */
const arnRuns = {
  substituted: {
    '*?': arnRunsWith('substituted', '*?'),
    '*': arnRunsWith('substituted', '*'),
    '': arnRunsWith('substituted', ''),
  },
  plain: { '*?': arnRunsWith('plain', '*?'), '*': arnRunsWith('plain', '*'), '': arnRunsWith('plain', '') },
};

function arnRunsWith(variables: Variables, wildcards: Wildcards) {
  return notedFor<readonly KnownMistake[], Runs>((text, mistakes) =>
    runsIn(text, [...arnSlices(text), ...mistakes.map(malformed)], variables, wildcards),
  );
}

function actionSlices(text: string): readonly TypedSlice[] {
  const colon = text.indexOf(':');
  return colon < 0
    ? []
    : [
        { from: 0, to: colon, type: 'iamService' },
        { from: colon + 1, to: text.length, type: 'iamAction' },
      ];
}

function arnSlices(text: string): readonly TypedSlice[] {
  if (isExecuteApiArn(text)) {
    return executeApiSlices(reachableArnIn(internText(text)) ?? readExecuteApiArn(text));
  }
  return text.startsWith('arn:') ? [...headerSlices(text), ...resourceSlice(text)] : [];
}

function headerSlices(text: string): readonly TypedSlice[] {
  const { prefix, partition, service, region, account } = splitArn(text);
  return [
    ...typed(prefix, 'arnPrefix'),
    ...typed(partition, 'arnPartition'),
    ...typed(service, 'arnService'),
    ...typed(region, 'arnRegion'),
    ...typed(account, 'arnAccount'),
  ];
}

function resourceSlice(text: string): readonly TypedSlice[] {
  return typed(splitArn(text).resource, 'arnResource');
}

const ROLE_TYPES: Partial<Record<SegmentRole, SemanticTokenType>> = {
  apiId: 'arnApiId',
  stage: 'arnStage',
  method: 'arnMethod',
  path: 'arnPath',
  route: 'arnMethod',
  connections: 'arnMethod',
  connectionId: 'arnPath',
};

function executeApiSlices(read: ExecuteApiArn): readonly TypedSlice[] {
  const header =
    read.form === 'shorthand'
      ? [{ from: 0, to: SHORTHAND_PREFIX.length - 2, type: 'arnService' as const }]
      : headerSlices(read.text);
  const segments = segmentsByRole(read).flatMap((part) =>
    typed(part, ROLE_TYPES[part.role] ?? 'arnResource'),
  );
  return [...header, ...segments];
}

function typed(slice: Slice | undefined, type: SemanticTokenType): readonly TypedSlice[] {
  return slice === undefined ? [] : [{ from: slice.from, to: slice.to, type }];
}

function malformed({ from, to }: KnownMistake): TypedSlice {
  return { from, to, type: 'arnMalformed' };
}

/**
 * The slices of a text, with variables and wildcards cut out of them where they are not part of something malformed.
 */
function runsIn(
  value: string,
  slices: readonly TypedSlice[],
  variables: Variables,
  wildcards: Wildcards,
): Runs {
  const painted: (TypedSlice | undefined)[] = new Array(value.length).fill(undefined);
  const paint = (slice: TypedSlice): void => {
    painted.fill(slice, slice.from, slice.to);
  };
  for (const slice of slices) {
    paint(slice);
  }
  for (const slice of openSlices(value, variables, wildcards)) {
    if (painted[slice.from]?.type !== 'arnMalformed') {
      paint(slice);
    }
  }
  return packed(runsOf(painted));
}

function openSlices(value: string, variables: Variables, wildcards: string): readonly TypedSlice[] {
  const slices: TypedSlice[] = [];
  for (const match of value.matchAll(/\$\{[^{}]*\}|[*?]/g)) {
    const [text] = match;
    const from = match.index;
    if (text.length > 1) {
      if (variables === 'substituted') {
        slices.push({ from, to: from + text.length, type: 'iamVariable' });
      }
    } else if (wildcards.includes(text)) {
      slices.push({ from, to: from + 1, type: 'iamWildcard' });
    }
  }
  return slices;
}

function runsOf(painted: readonly (TypedSlice | undefined)[]): readonly TypedSlice[] {
  const runs: TypedSlice[] = [];
  let from = 0;
  for (let at = 1; at <= painted.length; at += 1) {
    const slice = painted[from];
    if (at === painted.length || painted[at] !== slice) {
      if (slice !== undefined) {
        runs.push({ from, to: at, type: slice.type });
      }
      from = at;
    }
  }
  return runs;
}

/** The offset map of a string with escapes is made once for all its tokens. */
const maps = new WeakMap<StringNode, SourceText>();

function mappedSpan(node: StringNode, from: number, to: number): Span {
  const map = maps.get(node) ?? nestedSource(node, node.source.syntax);
  maps.set(node, map);
  return { start: map.offsetAt(from), end: map.offsetAt(to) };
}
