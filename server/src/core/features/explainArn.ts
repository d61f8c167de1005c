export interface SegmentExplanation {
  /** What the segment is called, as in "Stage". */
  readonly name: string;
  readonly text: string;
  /** UTF-16 indexes into the ARN, half-open. */
  readonly from: number;
  readonly to: number;
  /** What the value means here. */
  readonly meaning: string;
  /** What may stand here. */
  readonly legal: string;
  /** What is wrong with it. */
  readonly problem?: string;
}

export interface ArnExplanation {
  readonly arn: string;
  /** One sentence on what the whole matches and what near misses it does not. */
  readonly summary: string;
  readonly segments: readonly SegmentExplanation[];
}

/** Takes an ARN apart. Any text is taken; what is wrong is said where it is. */
export function explainArn(text: string): ArnExplanation {
  return { arn: text, summary: '', segments: [] };
}
