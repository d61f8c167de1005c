/**
 * The work that a search may still do. It is counted in steps and not in time, so that the same policies have the same
 * answer on any machine. A step is about what one comparison of two characters takes.
 */
export class Effort {
  private left: number;

  constructor(steps = MOST_STEPS) {
    this.left = steps;
  }

  spend(steps: number): void {
    this.left -= steps;
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** What one part of the work may take of it. */
  share(most: number): number {
    return Math.max(0, Math.min(this.left, most));
  }
}

/** About a quarter of a second, for what a person waits for; both directions of a comparison have as much. */
export const MOST_STEPS = 2_500_000;
