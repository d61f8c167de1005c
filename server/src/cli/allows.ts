import {
  contextDoubts,
  type EvaluationRequest,
  type Expectation,
  isAsExpected,
  type LanguageService,
} from '../core/index';
import { answerToJson, COLOURS, type Report, renderDetails } from './allowsReport';
import { printable } from './format/printable';
import { createStyle } from './format/style';
import { type CliIo, complain, type ExitCode } from './io';
import { type LoadedPolicies, loadPolicies, type PolicyFile } from './policyDocuments';

export interface AllowsRequest {
  /** As given; `-` is standard input. */
  readonly files: readonly PolicyFile[];
  readonly format: 'text' | 'json';
  readonly question: EvaluationRequest;
  /** The answer for which the exit code is 0. */
  readonly expect: Expectation | undefined;
}

/**
 * Answers whether the policies of the files together would allow a request: 0 if they do, or if the answer is the
 * expected one, else 1. Doubts about the request are reported on standard error and change neither.
 */
export async function answerAllows(
  io: CliIo,
  service: LanguageService,
  { files, format, question, expect }: AllowsRequest,
): Promise<ExitCode> {
  const loaded = await loadPolicies(io, service, files);
  if (loaded.problems.length > 0) {
    for (const problem of loaded.problems) {
      complain(io, problem);
    }
    return 2;
  }
  for (const doubt of service.questionDoubts(question)) {
    complain(io, printable(doubt));
  }
  const report = reportOn(service, loaded, question);
  for (const doubt of contextDoubts(report.evaluation, question)) {
    complain(io, printable(doubt));
  }
  const { outcome } = report.evaluation;
  const isFine = isAsExpected(outcome, expect ?? 'allow');
  if (format === 'json') {
    const expected = expect === undefined ? {} : { expected: expect, asExpected: isFine };
    io.stdout.write(`${JSON.stringify({ ...answerToJson(report), ...expected }, undefined, 2)}\n`);
  } else {
    const style = createStyle(io.stdout, io.env);
    const answer = style(COLOURS[outcome], outcome);
    const remark = expect === undefined || isFine ? [] : [`  ${style('red', `expected ${expect}`)}`];
    io.stdout.write(`${[answer, ...remark, ...renderDetails(report, style)].join('\n')}\n`);
  }
  return isFine ? 0 : 1;
}

/** The answer to a question, with what would grant what is not allowed. */
export function reportOn(
  service: LanguageService,
  { documents, sources, levels }: LoadedPolicies,
  asked: EvaluationRequest,
): Report {
  const question = { ...asked, levels };
  const { evaluation, sides } = service.allowsEachWay(documents, question);
  const grants = evaluation.outcome === 'implicit-deny' ? service.grants(documents, question) : [];
  return { question, evaluation, sides, sources, grants };
}
