import {
  type Finding,
  type LanguageService,
  type LintResult,
  type PolicyType,
  type RuleSetting,
  SEVERITY_RANK,
  type Severity,
} from '../core/index';
import { readSource, type SourceFile, writeSource } from './files';
import { applySafeFixes } from './fix';
import { renderJson } from './format/json';
import { printable } from './format/printable';
import { createStyle } from './format/style';
import { renderText } from './format/text';
import { type CliIo, complain, type ExitCode } from './io';
import { type Lines, splitLines } from './lines';
import { notFoundFinding } from './rules';

export interface LintRequest {
  /** As given; `-` is standard input. */
  readonly files: readonly string[];
  readonly format: 'text' | 'json';
  readonly policyType: PolicyType | undefined;
  /** As CloudFormation names it: `AWS::S3::Bucket`. */
  readonly resourceType: string | undefined;
  readonly rules: readonly RuleSetting[];
  /** The least severity that makes the exit code 1. */
  readonly failOn: Severity;
  readonly fixing: 'none' | 'safe';
}

/** What was found in one file. */
export interface FileReport {
  readonly file: string;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
  /** How many fixes were applied; the findings are those that remain. */
  readonly fixed: number;
}

/** Lints the files and prints the findings. A file that cannot be read does not keep the others from being linted. */
export async function lintFiles(
  io: CliIo,
  service: LanguageService,
  request: LintRequest,
): Promise<ExitCode> {
  const reports: FileReport[] = [];
  let isComplete = true;
  for (const name of new Set(request.files)) {
    const outcome = await readSource(io, name);
    if ('problem' in outcome) {
      complain(io, `cannot read ${printable(name)}: ${outcome.problem}`);
      isComplete = false;
      continue;
    }
    const { report, problems } = await lintFile(io, service, request, outcome.file);
    for (const problem of problems) {
      complain(io, problem);
      isComplete = false;
    }
    reports.push(report);
  }
  io.stdout.write(
    request.format === 'json' ? renderJson(reports) : renderText(reports, createStyle(io.stdout, io.env)),
  );
  if (!isComplete) {
    return 2;
  }
  const threshold = SEVERITY_RANK[request.failOn];
  const fails = (finding: Finding) => SEVERITY_RANK[finding.severity] >= threshold;
  return reports.some((report) => report.findings.some(fails)) ? 1 : 0;
}

async function lintFile(
  io: CliIo,
  service: LanguageService,
  request: LintRequest,
  file: SourceFile,
): Promise<{ readonly report: FileReport; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const lint = (text: string): LintResult => lintText(service, request, { ...file, text });
  let { text } = file;
  let fixed = 0;
  if (request.fixing === 'safe') {
    const outcome = applySafeFixes(file.text, lint);
    const problem = outcome.text === file.text ? undefined : await writeSource(io, file, outcome.text);
    if (problem === undefined) {
      ({ text } = outcome);
      fixed = outcome.applied;
    } else {
      problems.push(`cannot write ${printable(file.name)}: ${problem}`);
    }
  }
  const { findings, failures } = lint(text);
  for (const { rule, error } of failures) {
    // The rule's findings are lost, so that silence would pass for a clean file.
    problems.push(`rule ${rule} failed on ${printable(file.name)}: ${printable(String(error))}`);
  }
  return { report: { file: file.name, lines: splitLines(text), findings, fixed }, problems };
}

function lintText(service: LanguageService, request: LintRequest, file: SourceFile): LintResult {
  const { policyType, resourceType, rules } = request;
  const document = service.open({
    text: file.text,
    language: file.language,
    override: { policyType, resourceType },
  });
  if (document.located.length === 0) {
    const finding = notFoundFinding(
      rules,
      policyType ?? (resourceType === undefined ? undefined : 'resource'),
    );
    return { findings: finding === undefined ? [] : [finding], failures: [] };
  }
  return service.lint(document, { rules });
}
