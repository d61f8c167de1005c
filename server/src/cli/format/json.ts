import { type FileReport, rangeOf } from './report';

/**
 * The findings as one JSON array, a finding a line. Names and order of the members are a contract with those who
 * read it: lines and columns are 1-based, columns UTF-16, ends exclusive. `also`, of few findings, has the other places of
 * the same problem.
 */
export function renderJson(reports: readonly FileReport[]): string {
  const rows = reports.flatMap(({ file, lines, findings }) =>
    findings.map((finding) =>
      JSON.stringify({
        file,
        ...rangeOf(lines, finding),
        rule: finding.rule,
        accessAnalyzer: finding.accessAnalyzer ?? null,
        category: finding.category,
        severity: finding.severity,
        message: finding.message,
        path: finding.path,
        policyType: finding.policyType,
        ...(finding.also === undefined
          ? {}
          : {
              also: finding.also.map((place) => ({
                ...rangeOf(lines, place),
                message: place.message,
                path: place.path,
              })),
            }),
      }),
    ),
  );
  return rows.length === 0 ? '[]\n' : `[\n  ${rows.join(',\n  ')}\n]\n`;
}
