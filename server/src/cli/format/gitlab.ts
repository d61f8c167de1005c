import type { Severity } from '../../core/index';
import { fingerprints } from './fingerprint';
import { type RunReport, rangeOf } from './report';

/** The findings as a Code Quality report (GitLab Docs, "Code Quality", "Code Quality report format"). */
export function renderGitLab({ reports, pathOf }: RunReport): string {
  const fingerprint = fingerprints(pathOf);
  const rows = reports.flatMap((report) =>
    report.findings.map((finding) => {
      const { line, endLine } = rangeOf(report.lines, finding);
      return JSON.stringify({
        description: finding.message,
        check_name: finding.rule,
        fingerprint: fingerprint(report, finding),
        severity: SEVERITIES[finding.severity],
        location: { path: pathOf(report.file), lines: { begin: line, end: endLine } },
      });
    }),
  );
  return rows.length === 0 ? '[]\n' : `[\n  ${rows.join(',\n  ')}\n]\n`;
}

/** Of info, minor, major, critical and blocker. */
const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };
