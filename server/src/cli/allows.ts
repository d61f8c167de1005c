import {
  askedPhrase,
  doubtSentence,
  type Evaluation,
  type EvaluationRequest,
  hingeSentence,
  type LanguageService,
  lackSentence,
  type PolicyDocument,
  type PolicyTraits,
  type PolicyType,
  type Span,
  type Statement,
} from '../core/index';
import { placeOf, readSource } from './files';
import { excerptOf } from './format/excerpt';
import { printable } from './format/printable';
import { type Colour, createStyle, type Style } from './format/style';
import { type CliIo, complain, type ExitCode } from './io';
import { type Lines, splitLines } from './lines';

export interface AllowsRequest {
  /** As given; `-` is standard input. */
  readonly files: readonly PolicyFile[];
  readonly format: 'text' | 'json';
  readonly question: EvaluationRequest;
}

export interface PolicyFile {
  readonly name: string;
  /** What its policies are, instead of what their content says. */
  readonly policyType: PolicyType | undefined;
  /** Of a service control policy the level of the organization that it is attached at. */
  readonly level: string | undefined;
}

/**
 * Answers whether the policies of the files together would allow a request: 0 if they do, 1 if they do not. What makes
 * the request a doubtful one is told on standard error and changes neither.
 */
export async function answerAllows(
  io: CliIo,
  service: LanguageService,
  request: AllowsRequest,
): Promise<ExitCode> {
  const documents = [];
  const sources = new Map<PolicyTraits, Source>();
  const levels = new Map<PolicyTraits, string>();
  let isComplete = true;
  for (const { name, policyType, level } of request.files) {
    const outcome = await readSource(io, name);
    if ('problem' in outcome) {
      complain(io, `cannot read ${printable(name)}: ${outcome.problem}`);
      isComplete = false;
      continue;
    }
    const { text, language } = outcome.file;
    const document = service.open({ text, language, override: { policyType, path: placeOf(io, name) } });
    const source = { name, text, lines: splitLines(text) };
    // A policy that is missing, or that AWS would not take, would make an answer that means nothing.
    const problem = problemOf(service, document, source);
    if (problem !== undefined) {
      complain(io, problem);
      isComplete = false;
    }
    for (const policy of document.policies) {
      sources.set(policy, source);
      if (level !== undefined) {
        levels.set(policy, level);
      }
    }
    documents.push(document);
  }
  if (!isComplete) {
    return 2;
  }
  for (const doubt of service.questionDoubts(request.question)) {
    complain(io, printable(doubt));
  }
  const evaluation = service.allows(documents, { ...request.question, levels });
  const report: Report = { question: request.question, evaluation, sources };
  io.stdout.write(
    request.format === 'json' ? renderJson(report) : renderText(report, createStyle(io.stdout, io.env)),
  );
  return evaluation.outcome === 'allow' ? 0 : 1;
}

interface Source {
  readonly name: string;
  readonly text: string;
  readonly lines: Lines;
}

interface Report {
  readonly question: EvaluationRequest;
  readonly evaluation: Evaluation;
  readonly sources: ReadonlyMap<PolicyTraits, Source>;
}

/** Only the first thing that is wrong: the others may follow from it, and `lint` tells all. */
function problemOf(
  service: LanguageService,
  document: PolicyDocument,
  { name, lines }: Source,
): string | undefined {
  if (document.policies.length === 0) {
    return `${printable(name)} holds no policy`;
  }
  const [refusal] = service.refusals(document);
  if (refusal === undefined) {
    return undefined;
  }
  const { line, column } = lines.positionAt(refusal.span.start);
  return `${printable(name)}:${line}:${column}: AWS would refuse this ${refusal.policyType} policy: ${printable(refusal.message)} (${refusal.rule})`;
}

const COLOURS: Readonly<Record<Evaluation['outcome'], Colour>> = {
  allow: 'green',
  depends: 'yellow',
  deny: 'red',
  'implicit-deny': 'red',
};

function renderText({ evaluation, sources }: Report, style: Style): string {
  const { outcome, deciding, lacks, doubts } = evaluation;
  const blocks = [
    ...deciding.map((statement) => renderStatement(statement, evaluation, sources, style)),
    ...lacks.map((lack) => `  ${lackSentence(lack)}`),
    ...doubts.map((doubt) => `  ${doubtSentence(doubt)}`),
    ...settlement(evaluation),
  ];
  return `${[style(COLOURS[outcome], outcome), ...blocks].join('\n')}\n`;
}

/** The condition keys to tell with `--context`; whether they settle all of it depends on what else is not known. */
function settlement({ asks, hinges, doubts }: Evaluation): readonly string[] {
  const isWhole = doubts.length === 0 && hinges.every(({ unknownKeys = [] }) => unknownKeys.length > 0);
  const keys = asks.map((asked) => askedPhrase(asked, printable)).join(', ');
  return keys === '' ? [] : [`  ${isWhole ? 'settled by' : 'settled in part by'}: ${keys}`];
}

function renderStatement(
  statement: Statement,
  { hinges }: Evaluation,
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
    ...hinges
      .filter((hinge) => hinge.statement === statement)
      .map(
        (hinge) =>
          `    ${hingeSentence(hinge, printable)} (line ${source.lines.positionAt(hinge.node.span.start).line})`,
      ),
  ].join('\n');
}

/** A statement on one line. */
function textOn({ start, end }: Span, { text }: Source): string {
  return text.slice(start, end).replace(/\s+/g, ' ');
}

/**
 * The answer as one JSON object. Names and order of the members are a contract with those who read it, told in
 * server/docs/allows.md: lines and columns are 1-based, columns UTF-16, ends exclusive.
 */
function renderJson({ question, evaluation, sources }: Report): string {
  const { outcome, deciding, hinges, lacks, doubts, asks } = evaluation;
  const place = (policy: PolicyTraits, span: Span) => {
    const source = sources.get(policy);
    const start = source?.lines.positionAt(span.start);
    const end = source?.lines.positionAt(span.end);
    return {
      file: source?.name,
      line: start?.line,
      column: start?.column,
      endLine: end?.line,
      endColumn: end?.column,
    };
  };
  const { action, resource, principal } = question;
  const answer = {
    outcome,
    action,
    resource,
    principal: principal ?? null,
    deciding: deciding.map((statement) => ({
      ...place(statement.policy, statement.node.span),
      sid: statement.sid?.value ?? null,
      effect: statement.effect?.value ?? null,
      policyType: statement.policy.kind.type,
      dependsOn: hinges
        .filter((hinge) => hinge.statement === statement)
        .map(({ kind, text, node }) => ({ kind, text, ...place(statement.policy, node.span) })),
    })),
    lacks,
    doubts,
    asks: asks.map(({ key, values }) => ({ key, values })),
  };
  return `${JSON.stringify(answer, undefined, 2)}\n`;
}
