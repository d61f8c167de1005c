import type { Finding } from '../../core/index';
import type { Lines } from '../lines';

/** What was found in one file. */
export interface FileReport {
  readonly file: string;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
  /** How many fixes were applied; the findings are those that remain. */
  readonly fixed: number;
  readonly holdsPolicy?: boolean;
}
