import {
  contextDoubts,
  counted,
  type ExpectedAnswer,
  isAsExpected,
  type LanguageService,
  type QuestionPolicy,
  readQuestions,
} from '../core/index';
import { reportOn } from './allows';
import { answerToJson, COLOURS, type Report, renderDetails } from './allowsReport';
import { readSource } from './files';
import { printable } from './format/printable';
import { createStyle, type Style } from './format/style';
import { type CliIo, complain, type ExitCode } from './io';
import { splitLines } from './lines';
import { type LoadedPolicies, loadPolicies, type PolicyFile } from './policyDocuments';

/**
 * Answers the questions of files: 0 if every answer is the expected one, 1 if one is not, 2 if a file cannot be read or
 * understood, or names policies that cannot be asked; then no question of it is answered.
 */
export async function answerQuestions(
  io: CliIo,
  service: LanguageService,
  { files, format }: { readonly files: readonly string[]; readonly format: 'text' | 'json' },
): Promise<ExitCode> {
  const answered: Answered[] = [];
  let isComplete = true;
  for (const name of files) {
    const outcome = await answersOf(io, service, name);
    for (const problem of outcome.problems) {
      complain(io, problem);
      isComplete = false;
    }
    for (const doubt of outcome.doubts) {
      complain(io, doubt);
    }
    answered.push(...outcome.answers);
  }
  if (!isComplete) {
    return 2;
  }
  io.stdout.write(
    format === 'json' ? renderJson(answered) : renderTable(answered, createStyle(io.stdout, io.env)),
  );
  return answered.every(({ isFine }) => isFine) ? 0 : 1;
}

interface Answered {
  readonly file: string;
  readonly line: number;
  readonly asked: ExpectedAnswer;
  readonly report: Report;
  readonly isFine: boolean;
}

interface Outcome {
  readonly answers: readonly Answered[];
  readonly problems: readonly string[];
  /** Why AWS may never ask what is asked, as where an action is misspelt; these change no exit code. */
  readonly doubts: readonly string[];
}

async function answersOf(io: CliIo, service: LanguageService, name: string): Promise<Outcome> {
  const read = await readSource(io, name);
  if ('problem' in read) {
    return { answers: [], doubts: [], problems: [`cannot read ${printable(name)}: ${read.problem}`] };
  }
  const { text, language } = read.file;
  const { questions, problems } = readQuestions(text, language);
  const lines = splitLines(text);
  const placed = (offset: number, problem: string): string => {
    const { line, column } = lines.positionAt(offset);
    return `${printable(name)}:${line}:${column}: ${printable(problem)}`;
  };
  if (problems.length > 0) {
    const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ offset, problem }) => placed(offset, problem));
    const more = problems.length - shown.length;
    return {
      answers: [],
      doubts: [],
      problems: more > 0 ? [...shown, `${printable(name)}: and ${more} further problems`] : shown,
    };
  }
  const loads = new Map<string, Promise<LoadedPolicies>>();
  const answers: Answered[] = [];
  const failures = new Set<string>();
  const doubts = new Set<string>();
  for (const asked of questions) {
    const loaded = await policiesOf(io, service, name, asked.policies, loads);
    if (loaded.problems.length > 0) {
      for (const problem of loaded.problems) {
        failures.add(`${placed(asked.offset, '')}${problem}`);
      }
      continue;
    }
    const report = reportOn(service, loaded, asked);
    for (const doubt of [...service.questionDoubts(asked), ...contextDoubts(report.evaluation, asked)]) {
      doubts.add(placed(asked.offset, doubt));
    }
    const isFine = isAsExpected(report.evaluation.outcome, asked.expect);
    answers.push({ file: name, line: lines.positionAt(asked.offset).line, asked, report, isFine });
  }
  return { answers, problems: [...failures], doubts: [...doubts] };
}

const SHOWN_PROBLEMS = 20;

/** The policies of a question, those of several read once. */
function policiesOf(
  io: CliIo,
  service: LanguageService,
  from: string,
  policies: readonly QuestionPolicy[],
  loads: Map<string, Promise<LoadedPolicies>>,
): Promise<LoadedPolicies> {
  const files = policies.map(
    ({ file, type, level }): PolicyFile => ({ name: beside(from, file), policyType: type, level }),
  );
  const key = JSON.stringify(files);
  const loading = loads.get(key) ?? loadPolicies(io, service, files, 'found');
  loads.set(key, loading);
  return loading;
}

/** A name in a file of questions is relative to the file; in standard input to the working folder. */
function beside(file: string, name: string): string {
  const folder = /^.*[\\/]/s.exec(file)?.[0] ?? '';
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(name) ? name : folder + name;
}

function nameOf({ name, action, resource, principal }: ExpectedAnswer): string {
  return name ?? `${action} on ${resource}${principal === undefined ? '' : ` by ${principal}`}`;
}

/** A row for each question, and below one that is not answered as expected why. */
function renderTable(answered: readonly Answered[], style: Style): string {
  const out: string[] = [];
  let file: string | undefined;
  for (const each of answered) {
    if (each.file !== file) {
      file = each.file;
      out.push(style('bold', printable(file)));
    }
    const { asked, report, isFine, line } = each;
    const { outcome } = report.evaluation;
    const verdict = isFine ? style('green', 'ok  ') : style('red', 'FAIL');
    const answer = style(COLOURS[outcome], outcome.padEnd(ANSWER_WIDTH));
    const name = `${printable(nameOf(asked))} (line ${line})`;
    out.push(`  ${verdict}  ${answer}  ${isFine ? name : `${name}: expected ${asked.expect}`}`);
    if (!isFine) {
      out.push(...renderDetails(report, style).map((detail) => `          ${detail}`));
    }
  }
  const failed = answered.filter(({ isFine }) => !isFine).length;
  const count = counted(answered.length, 'question');
  out.push(
    failed === 0 ? `${count}, all answered as expected` : `${count}, ${failed} not answered as expected`,
  );
  return `${out.join('\n')}\n`;
}

const ANSWER_WIDTH = 'implicit-deny'.length;

/** Names and order of the members are a contract with those who read it, told in server/docs/allows.md. */
function renderJson(answered: readonly Answered[]): string {
  const failed = answered.filter(({ isFine }) => !isFine).length;
  const report = {
    questions: answered.map(({ file, line, asked, report: of, isFine }) => ({
      file,
      line,
      name: asked.name ?? null,
      expected: asked.expect,
      asExpected: isFine,
      answer: answerToJson(of),
    })),
    summary: { questions: answered.length, failed },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
