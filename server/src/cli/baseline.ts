import { type Finding, undated } from '../core/index';
import type { FileReport } from './format/report';

/** Findings that are known. */
export interface Baseline {
  /** The earlier run may have been in one of several folders, or on Windows: what its file names mean then. */
  readonly readings: readonly Reading[];
}

interface Reading {
  readonly files: ReadonlySet<string>;
  /** How often each finding was found. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Reads what `lint --format json` printed in an earlier run.
 *
 * @param pathsOf the paths of a file from the working folder, one for each folder that the earlier run may have been in
 * @returns in one sentence what is wrong where it is something else
 */
export function readBaseline(
  text: string,
  pathsOf: readonly ((file: string) => string)[],
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
  return { readings: pathsOf.map((pathOf) => readingOf(rows, pathOf)) };
}

function readingOf(rows: readonly Row[], pathOf: (file: string) => string): Reading {
  const files = new Set<string>();
  const counts = new Map<string, number>();
  for (const { file, rule, message } of rows) {
    const path = pathOf(file);
    files.add(path);
    const key = keyOf(path, rule, message);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { files, counts };
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
 * many are taken out as there were, the first ones. The baseline is read by the folder from which it knows most of the
 * files, the first of them where several do.
 */
export function withoutKnown(
  reports: readonly FileReport[],
  baseline: Baseline,
  pathOf: (file: string) => string,
): readonly FileReport[] {
  const paths = reports.map(({ file }) => pathOf(file));
  const fitting = ({ files }: Reading): number => paths.filter((path) => files.has(path)).length;
  const [reading] = [...baseline.readings].sort((a, b) => fitting(b) - fitting(a));
  const left = new Map(reading?.counts);
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
