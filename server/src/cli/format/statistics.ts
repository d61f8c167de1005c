import type { Severity } from '../../core/index';
import type { FileReport } from './report';

/** How many findings each rule has, the most first, as a table for people. */
export function renderStatistics(reports: readonly FileReport[]): string {
  const counts = new Map<string, { count: number; readonly rule: string; readonly severity: Severity }>();
  for (const { rule, severity } of reports.flatMap(({ findings }) => findings)) {
    const key = `${rule} ${severity}`;
    const row = counts.get(key) ?? { count: 0, rule, severity };
    row.count += 1;
    counts.set(key, row);
  }
  const rows = [...counts.values()].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const width = String(total).length;
  const suppressed = reports.reduce((sum, report) => sum + report.suppressed.length, 0);
  return [
    ...rows.map(
      ({ count, rule, severity }) => `${String(count).padStart(width)} ${severity.padEnd(7)} ${rule}`,
    ),
    `${String(total).padStart(width)} in total${suppressed === 0 ? '' : `, ${suppressed} suppressed`}`,
    '',
  ].join('\n');
}
