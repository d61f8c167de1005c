import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPolicyType } from '../../server/src/core/index';
import { sharedCorpus } from '../support/repository';
import { lintAs, type Marked } from './lintAs';

/** A policy of a public repository, and what the linter says of it. */
export interface RealFile {
  /** The folder, which tells what the files in it are, and the file. */
  readonly name: string;
  readonly findings: readonly Marked[];
}

/**
 * Lints the policies beside the repository, each as what its folder says; `undefined` where there are none.
 *
 * @param step of each folder the files whose index is a multiple of it
 */
export function lintRealPolicies(step = 1): readonly RealFile[] | undefined {
  const root = sharedCorpus('real-policies');
  if (root === undefined) {
    return undefined;
  }
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: folder }) => {
    const override = isPolicyType(folder) ? { policyType: folder } : {};
    const files = readdirSync(join(root, folder))
      .sort()
      .filter((_, index) => index % step === 0);
    return files.map((file) => {
      const text = new TextDecoder().decode(readFileSync(join(root, folder, file)));
      return { name: `${folder}/${file}`, findings: lintAs(text, override) };
    });
  });
}

/** The findings by rule, the commonest first, and for each severity its sum. */
export function findingsTable(files: readonly RealFile[]): string {
  const severities = ['error', 'warning', 'info'] as const;
  const counts = new Map<string, { finding: Marked; findings: number; files: Set<string> }>();
  for (const { name, findings } of files) {
    for (const finding of findings) {
      const key = `${finding.severity} ${finding.rule}`;
      const count = counts.get(key) ?? { finding, findings: 0, files: new Set() };
      count.findings += 1;
      count.files.add(name);
      counts.set(key, count);
    }
  }
  const lines = severities.flatMap((severity) => {
    const rows = [...counts.values()]
      .filter(({ finding }) => finding.severity === severity)
      .sort((a, b) => b.findings - a.findings || (a.finding.rule < b.finding.rule ? -1 : 1));
    const sum = rows.reduce((all, row) => all + row.findings, 0);
    return [
      `${severity}: ${sum}`,
      ...rows.map(
        (row) =>
          `  ${row.finding.rule.padEnd(48)}${String(row.findings).padStart(6)} in ${row.files.size} files`,
      ),
    ];
  });
  return [`${files.length} files`, ...lines].join('\n');
}
