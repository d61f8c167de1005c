import type { Finding, SuppressedFinding } from '../../core/index';
import type { Lines } from '../lines';

/** What was found in one file. */
export interface FileReport {
  /** As it was named, or as a folder has it. */
  readonly file: string;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
  /** What comments and the configuration took out. */
  readonly suppressed: readonly SuppressedFinding[];
  /** How many fixes were applied; the findings are those that remain. */
  readonly fixed: number;
  readonly holdsPolicy?: boolean;
}

/** A place in a file: 1-based, columns UTF-16, ends exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a finding is: lines and UTF-16 columns from 1, the end exclusive. */
export function rangeOf(lines: Lines, { span }: Pick<Finding, 'span'>): Range {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** A run as the programs see it that read a report: who ran, on what, and what went wrong. */
export interface RunReport {
  readonly reports: readonly FileReport[];
  /** What could not be read or checked, one sentence each. */
  readonly problems: readonly string[];
  /** That there are more warnings than are allowed; absent where there are not. */
  readonly excess?: string | undefined;
  readonly version: string;
  /** The path of a file from the root of the repository or the working folder, or else an absolute one; with forward slashes. */
  readonly pathOf: (file: string) => string;
}
