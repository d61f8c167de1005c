import type { TextPosition } from './text';

export interface ChangeReportParams {
  readonly uri: string;
  /** What the open document is compared with: the last commit of its repository, or the file as it is saved. */
  readonly against: 'commit' | 'saved';
  /** Within or before a statement, whose changes then come first. */
  readonly position?: TextPosition;
}

export interface ChangeReportResult {
  /** A Markdown page; absent where there is nothing to compare. */
  readonly report?: string;
  /** In how many ways something is newly granted. */
  readonly granted?: number;
  /** Why there is no report, half a sentence; absent where the document holds no policy either way. */
  readonly problem?: string;
}
