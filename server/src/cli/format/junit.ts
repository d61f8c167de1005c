import { type Finding, SEVERITY_RANK, type Severity } from '../../core/index';
import { type FileReport, type RunReport, rangeOf } from './report';

/**
 * The findings as JUnit's XML, a suite a file, for whatever shows test results. A finding that makes the exit code 1 is a
 * failed test; a milder one is a passed test with the message as its output, and a file without any is one passed test. What
 * else makes the exit code another one than 0 is a test of the run.
 */
export function renderJUnit({ reports, problems, excess, pathOf }: RunReport, failOn: Severity): string {
  const suites = reports.map((report) => suiteOf(report, pathOf(report.file), failOn));
  const ofRun = (name: string, result: 'error' | 'failure', message: string): string =>
    `<testcase name="${name}" classname="iam-policy"><${result} message=${quoted(message)}></${result}></testcase>`;
  const cases = [
    ...problems.map((problem) => ofRun('run', 'error', problem)),
    ...(excess === undefined ? [] : [ofRun('warnings', 'failure', excess)]),
  ];
  const counts = { failures: excess === undefined ? 0 : 1, errors: problems.length };
  const failed = cases.length === 0 ? [] : [suite('iam-policy', cases, counts)];
  const failures = reports.reduce(
    (sum, { findings }) => sum + countFailures(findings, failOn),
    counts.failures,
  );
  const tests = reports.reduce((sum, { findings }) => sum + Math.max(1, findings.length), cases.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="iam-policy" tests="${tests}" failures="${failures}" errors="${problems.length}">`,
    ...suites,
    ...failed,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf({ lines, findings }: FileReport, path: string, failOn: Severity): string {
  const cases =
    findings.length === 0
      ? [`<testcase name="policies" classname=${quoted(path)}></testcase>`]
      : findings.map((finding) => {
          const { line, column } = rangeOf(lines, finding);
          const name = quoted(`${finding.rule} at ${line}:${column}`);
          const text = `${path}:${line}:${column} ${finding.severity} ${finding.rule} ${finding.message}`;
          const result = fails(finding, failOn)
            ? `<failure type=${quoted(finding.severity)} message=${quoted(finding.message)}>${escaped(text)}</failure>`
            : `<system-out>${escaped(text)}</system-out>`;
          return `<testcase name=${name} classname=${quoted(path)}>${result}</testcase>`;
        });
  return suite(path, cases, { failures: countFailures(findings, failOn), errors: 0 });
}

function suite(
  name: string,
  cases: readonly string[],
  { failures, errors }: { readonly failures: number; readonly errors: number },
): string {
  const head = `  <testsuite name=${quoted(name)} tests="${cases.length}" failures="${failures}" errors="${errors}">`;
  return [head, ...cases.map((each) => `    ${each}`), '  </testsuite>'].join('\n');
}

function countFailures(findings: readonly Finding[], failOn: Severity): number {
  return findings.filter((finding) => fails(finding, failOn)).length;
}

function fails({ severity }: Finding, failOn: Severity): boolean {
  return SEVERITY_RANK[severity] >= SEVERITY_RANK[failOn];
}

function quoted(text: string): string {
  return `"${escaped(text).replaceAll(/[\t\n\r]/g, (letter) => `&#${letter.charCodeAt(0)};`)}"`;
}

/** Extensible Markup Language (XML) 1.0, chapter 2.2: what is no character there cannot be written in any way. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter as keyof typeof ENTITIES]);
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const;
