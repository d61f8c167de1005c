/** Texts are one line of Markdown each, with no more in it than back quotes around what is code. */
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

/** The segment that an index into the ARN falls on; a separator belongs to what stands before it. */
export function segmentAt(explanation: ArnExplanation, index: number): SegmentExplanation | undefined {
  return explanation.segments.find((segment) => index <= segment.to) ?? explanation.segments.at(-1);
}
