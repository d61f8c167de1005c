import type { FileReport } from '../lint';

/**
 * The findings as one JSON array, a finding a line. Names and order of the members are a contract with those who
 * read it: lines and columns are 1-based, columns UTF-16, ends exclusive.
 */
export function renderJson(reports: readonly FileReport[]): string {
  const rows = reports.flatMap(({ file, lines, findings }) =>
    findings.map((finding) => {
      const start = lines.positionAt(finding.span.start);
      const end = lines.positionAt(finding.span.end);
      return JSON.stringify({
        file,
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        rule: finding.rule,
        accessAnalyzer: finding.accessAnalyzer ?? null,
        category: finding.category,
        severity: finding.severity,
        message: finding.message,
        path: finding.path,
        policyType: finding.policyType,
      });
    }),
  );
  return rows.length === 0 ? '[]\n' : `[\n  ${rows.join(',\n  ')}\n]\n`;
}
