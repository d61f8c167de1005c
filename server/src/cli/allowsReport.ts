import {
  answerSentence,
  applyEdits,
  askedPhrase,
  deniesPart,
  doubtSentence,
  type Evaluation,
  type EvaluationRequest,
  type Grant,
  type Hinge,
  hingeSentence,
  hingesByStatement,
  lackSentence,
  type PolicyDocument,
  type PolicyTraits,
  type Side,
  type Span,
  type Statement,
  sideSentences,
} from '../core/index';
import { excerptOf } from './format/excerpt';
import { printable } from './format/printable';
import { rangeOf } from './format/report';
import type { Colour, Style } from './format/style';
import type { Source } from './policyDocuments';

/** An answer, and all that it takes to say where it comes from. */
export interface Report {
  readonly question: EvaluationRequest;
  readonly evaluation: Evaluation;
  /** What follows from the values of the keys that the answer asks for. */
  readonly sides: readonly Side[];
  readonly sources: ReadonlyMap<PolicyTraits, Source>;
  /** What would grant what is not allowed, the smallest change first. */
  readonly grants: readonly Grant[];
}

export const COLOURS: Readonly<Record<Evaluation['outcome'], Colour>> = {
  allow: 'green',
  depends: 'yellow',
  deny: 'red',
  'implicit-deny': 'red',
};

/** What stands below the answer, in lines. */
export function renderDetails(
  { evaluation, sides, sources, grants }: Report,
  style: Style,
): readonly string[] {
  const { deciding, lacks, doubts } = evaluation;
  const hingesOf = hingesByStatement(evaluation.hinges);
  // Of an answer that hangs on nothing the statement says as much, if there is one.
  const isTold = evaluation.outcome === 'depends' || deciding.length === 0;
  const sentence = isTold ? answerSentence(evaluation, printable) : undefined;
  return [
    ...(sentence === undefined ? [] : [`  ${sentence}`]),
    ...certainOf(evaluation).map((statement) => renderStatement(statement, hingesOf, sources, style)),
    ...deciding.map((statement) => renderStatement(statement, hingesOf, sources, style)),
    ...lacks.map((lack) => `  ${lackSentence(lack)}`),
    ...doubts.map((doubt) => `  ${doubtSentence(doubt)}`),
    ...settlement(evaluation),
    ...sideSentences(sides, printable).map((side) => `    ${side}`),
    ...renderGrants(grants, sources, style),
  ].flatMap((block) => block.split('\n'));
}

/** The statements that certainly allow, beside those that the answer still depends on; at most a few for each need. */
function certainOf({ outcome, deciding, formula }: Evaluation): readonly Statement[] {
  const certain = (formula?.needs ?? []).flatMap((need) => need.certain.slice(0, SHOWN_CERTAIN));
  return outcome === 'depends'
    ? [...new Set(certain)].filter((statement) => !deciding.includes(statement))
    : [];
}

const SHOWN_CERTAIN = 3;

/** The condition keys to tell with `--context`; whether they settle all of it depends on what else is not known. */
function settlement({ asks, hinges, doubts }: Evaluation): readonly string[] {
  const isWhole = doubts.length === 0 && hinges.every(({ unknownKeys = [] }) => unknownKeys.length > 0);
  const keys = asks.map((asked) => askedPhrase(asked, printable)).join(', ');
  return keys === '' ? [] : [`  ${isWhole ? 'settled by' : 'settled in part by'}: ${keys}`];
}

function renderStatement(
  statement: Statement,
  hingesOf: (statement: Statement) => readonly Hinge[],
  sources: Report['sources'],
  style: Style,
): string {
  const source = sources.get(statement.policy);
  if (source === undefined) {
    return '';
  }
  const { node, effect, sid, policy } = statement;
  const { line, column } = source.lines.positionAt(node.span.start);
  const place = style('bold', `${printable(source.name)}:${line}:${column}`);
  const name = sid === undefined ? `statement ${statement.index + 1}` : `"${printable(sid.value)}"`;
  return [
    `  ${place} ${effect?.value ?? ''} ${name} (${policy.kind.type} policy)`,
    `    ${style('grey', excerptOf(textOn(node.span, source), 0, 0).source)}`,
    ...hingesOf(statement).map(
      (hinge) =>
        `    ${hingeSentence(hinge, printable)} (line ${source.lines.positionAt(hinge.node.span.start).line})`,
    ),
  ].join('\n');
}

/** A statement on one line. */
function textOn({ start, end }: Span, { text }: Source): string {
  return text.slice(start, end).replace(/\s+/g, ' ');
}

/** The smallest change as lines that go and lines that come; the others by their titles. */
function renderGrants(
  [smallest, ...others]: readonly Grant[],
  sources: Report['sources'],
  style: Style,
): readonly string[] {
  if (smallest === undefined) {
    return [];
  }
  return [
    `  smallest change that allows it: ${printable(smallest.title)}`,
    ...(smallest.note === undefined ? [] : [`    ${printable(smallest.note)}`]),
    ...smallest.changes.flatMap(({ document, edits }) => {
      const source = sourceOf(document, sources);
      return source === undefined ? [] : renderChange(source, applyEdits(document.text, edits), style);
    }),
    ...others.slice(0, SHOWN_GRANTS).map(({ title }) => `  or: ${printable(title)}`),
    ...(others.length > SHOWN_GRANTS ? [`  and ${others.length - SHOWN_GRANTS} other changes`] : []),
  ];
}

const SHOWN_GRANTS = 3;

/** One run of lines, which all edits lie in. */
function renderChange({ name, text }: Source, after: string, style: Style): readonly string[] {
  const [old, fresh] = [text.split(/\r\n|\n|\r/), after.split(/\r\n|\n|\r/)];
  const least = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < least && old[start] === fresh[start]) {
    start += 1;
  }
  let end = 0;
  while (end < least - start && old.at(-1 - end) === fresh.at(-1 - end)) {
    end += 1;
  }
  const lines = (sign: '-' | '+', colour: Colour, all: readonly string[], other: readonly string[]) => {
    const changed = all.slice(start, all.length - end);
    const shown = changed.slice(0, SHOWN_LINES).map((line, index) => {
      const from = firstDifference(line, other[start + index] ?? '');
      return `    ${style(colour, `${sign} ${excerptOf(line, from, from).source}`)}`;
    });
    const more = changed.length - shown.length;
    return more > 0 ? [...shown, `    ${sign} and ${more} more lines`] : shown;
  };
  return [
    `    ${style('bold', `${printable(name)}:${start + 1}`)}`,
    ...lines('-', 'red', old, fresh),
    ...lines('+', 'green', fresh, old),
  ];
}

const SHOWN_LINES = 20;

/** Of a long line, as of a minified policy, the part is shown where the change begins. */
function firstDifference(line: string, other: string): number {
  let at = 0;
  while (at < line.length && line[at] === other[at]) {
    at += 1;
  }
  return at;
}

function sourceOf({ policies }: PolicyDocument, sources: Report['sources']): Source | undefined {
  const [policy] = policies;
  return policy && sources.get(policy);
}

/**
 * An answer as JSON has it. Names and order of the members are a contract with those who read it, told in
 * server/docs/allows.md: lines and columns are 1-based, columns UTF-16, ends exclusive.
 */
export function answerToJson({ question, evaluation, sides, sources, grants }: Report): object {
  const { outcome, deciding, lacks, doubts, asks } = evaluation;
  const hingesOf = hingesByStatement(evaluation.hinges);
  const place = (policy: PolicyTraits, span: Span) => placeIn(sources.get(policy), span);
  const { action, resource, principal, auth, api } = question;
  return {
    outcome,
    action,
    resource,
    principal: principal ?? null,
    auth: auth ?? null,
    api: api ?? null,
    deciding: deciding.map((statement) => ({
      ...place(statement.policy, statement.node.span),
      sid: statement.sid?.value ?? null,
      effect: statement.effect?.value ?? null,
      policyType: statement.policy.kind.type,
      dependsOn: hingesOf(statement).map((hinge) => ({
        kind: hinge.kind,
        text: hinge.text,
        clause: hingeSentence(hinge),
        ...place(statement.policy, hinge.node.span),
      })),
    })),
    lacks,
    doubts,
    asks: asks.map(({ key, values }) => ({ key, values })),
    sentence: answerSentence(evaluation) ?? null,
    deniesPart: deniesPart(evaluation),
    certain: certainOf(evaluation).map((statement) => ({
      ...place(statement.policy, statement.node.span),
      sid: statement.sid?.value ?? null,
      effect: statement.effect?.value ?? null,
      policyType: statement.policy.kind.type,
    })),
    sides: sides.map((side) => ({
      outcome: side.outcome,
      told: side.told.map(({ key, value, isOther }) => ({ key, value: value ?? null, isOther })),
    })),
    grants: grants.map(({ title, note, changes }) => ({
      title,
      note: note ?? null,
      edits: changes.flatMap(({ document, edits }) =>
        edits.map(({ span, text }) => ({ ...placeIn(sourceOf(document, sources), span), newText: text })),
      ),
    })),
  };
}

function placeIn(source: Source | undefined, span: Span) {
  return source === undefined ? {} : { file: source.name, ...rangeOf(source.lines, { span }) };
}
