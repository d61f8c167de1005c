import { type Slice, splitArn } from '../arn/arn';
import {
  type ExecuteApiArn,
  isExecuteApiArn,
  readExecuteApiArn,
  type SegmentRole,
  SHORTHAND_PREFIX,
} from '../arn/executeApi';
import type { KnownMistake } from '../arn/mistakes/mistake';
import type { PolicyDocument } from '../document';
import { mistakesOf } from '../lint/mistakes';
import type { ActionEntry, Condition, Statement } from '../model/policy';
import { reachableArnOf } from '../rules/support/executeApiUse';
import type { SourceText, Span, StringNode } from '../syntax/nodes';
import { nestedSource, spanOfValue } from '../syntax/stringSpans';
import { segmentsByRole } from './explain/executeApiSegments';

/** Our own token types, declared in package.json with a standard super type each. */
export const semanticTokenTypes = [
  'iamAction',
  'iamService',
  'arnPrefix',
  'arnPartition',
  'arnService',
  'arnRegion',
  'arnAccount',
  'arnResource',
  'arnApiId',
  'arnStage',
  'arnMethod',
  'arnPath',
  'arnMalformed',
  'iamWildcard',
  'iamVariable',
] as const;

export type SemanticTokenType = (typeof semanticTokenTypes)[number];

export interface SemanticToken {
  readonly span: Span;
  readonly type: SemanticTokenType;
}

/** Tokens in source order, not overlapping, each within a line. Linear in the document's length. */
export function semanticTokens(document: PolicyDocument): readonly SemanticToken[] {
  return document.policies
    .flatMap((policy) => policy.statements.flatMap((statement) => tokensOfStatement(statement)))
    .sort((a, b) => a.span.start - b.span.start);
}

function tokensOfStatement(statement: Statement): readonly SemanticToken[] {
  const variables = statement.policy.version === '2012-10-17' ? 'substituted' : 'plain';
  const actions = statement.actions.flatMap(({ entries }) => entries);
  const resources = statement.resources.flatMap(({ entries }) => entries);
  const principals = statement.principals.flatMap(({ entries }) => entries);
  return [
    ...actions.flatMap((entry) => tokensOf(entry.node, actionSlices(entry), variables, '*?')),
    ...resources.flatMap((entry) =>
      tokensOf(
        entry.node,
        [...arnSlices(entry.text, reachableArnOf(entry)), ...mistakesOf(entry).map(malformed)],
        variables,
        '*?',
      ),
    ),
    ...principals.flatMap(({ node, text }) => tokensOf(node, arnSlices(text), variables, '*')),
    ...statement.conditions.flatMap((condition) => conditionTokens(condition, variables)),
  ];
}

/** An ARN in a condition is never marked as malformed: a source's ARN holds `{id}` rightly. */
function conditionTokens(condition: Condition, variables: Variables): readonly SemanticToken[] {
  const { base } = condition.operator;
  // IAM User Guide, "IAM JSON policy elements: Condition operators": elsewhere `*` is a character like any other.
  const wildcards = /^(String(Not)?Like|Arn(Not)?(Like|Equals))$/.test(base) ? '*?' : '';
  const filledIn = /^(String|Arn)/.test(base) ? variables : 'plain';
  return condition.values.flatMap(({ node, text }) =>
    node.kind === 'string' ? tokensOf(node, arnSlices(text), filledIn, wildcards) : [],
  );
}

/** A part of a string's value and what it is; a later one wins where two overlap. */
interface TypedSlice {
  readonly from: number;
  readonly to: number;
  readonly type: SemanticTokenType;
}

type Variables = 'substituted' | 'plain';

function actionSlices({ service, text }: ActionEntry): readonly TypedSlice[] {
  return service === undefined
    ? []
    : [
        { from: 0, to: service.length, type: 'iamService' },
        { from: service.length + 1, to: text.length, type: 'iamAction' },
      ];
}

function arnSlices(text: string, known?: ExecuteApiArn): readonly TypedSlice[] {
  if (isExecuteApiArn(text)) {
    return executeApiSlices(known ?? readExecuteApiArn(text));
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
 * The tokens of one string: the slices, with variables and wildcards cut out of them where they are not part of
 * something malformed.
 */
function tokensOf(
  node: StringNode,
  slices: readonly TypedSlice[],
  variables: Variables,
  wildcards: string,
): readonly SemanticToken[] {
  const { value } = node;
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
  // Parts of what an expression gives have no place of their own.
  return runsOf(painted)
    .map(({ from, to, type }) => ({ span: spanIn(node, from, to), type }))
    .filter(({ span }) => span.start < span.end);
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

function spanIn(node: StringNode, from: number, to: number): Span {
  const isPlain = node.content.end - node.content.start === node.value.length;
  if (isPlain) {
    return spanOfValue(node, from, to);
  }
  const map = maps.get(node) ?? nestedSource(node, node.source.syntax);
  maps.set(node, map);
  return { start: map.offsetAt(from), end: map.offsetAt(to) };
}
