import { type Finding, undated } from '../core/index';
import type { FileReport } from './format/report';

/** Findings that are known, each as often as it was found. */
export type Baseline = ReadonlyMap<string, number>;

/**
 * Reads what `lint --format json` printed in an earlier run.
 *
 * @param pathOf the path of a file from the working folder
 * @returns in one sentence what is wrong where it is something else
 */
export function readBaseline(
  text: string,
  pathOf: (file: string) => string,
): Baseline | { readonly problem: string } {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (!Array.isArray(rows) || !rows.every(isRow)) {
    return { problem: 'it is not what "lint --format json" prints' };
  }
  const known = new Map<string, number>();
  for (const { file, rule, message } of rows) {
    const key = keyOf(pathOf(file), rule, message);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return known;
}

interface Row {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
}

function isRow(row: unknown): row is Row {
  const { file, rule, message } = (row ?? {}) as Readonly<Partial<Record<keyof Row, unknown>>>;
  return [file, rule, message].every((text) => typeof text === 'string');
}

/**
 * Takes out what is known. A finding is the same one wherever in the file it has moved to; of several that are alike only as
 * many are taken out as there were, the first ones.
 */
export function withoutKnown(
  reports: readonly FileReport[],
  baseline: Baseline,
  pathOf: (file: string) => string,
): readonly FileReport[] {
  const left = new Map(baseline);
  const isKnown = (path: string, { rule, message }: Finding): boolean => {
    const key = keyOf(path, rule, message);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0;
  };
  return reports.map((report) => {
    const path = pathOf(report.file);
    return { ...report, findings: report.findings.filter((finding) => !isKnown(path, finding)) };
  });
}

function keyOf(path: string, rule: string, message: string): string {
  return JSON.stringify([path, rule, undated(message)]);
}
