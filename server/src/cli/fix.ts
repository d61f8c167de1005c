import { applyEdits, type Edit, type Finding, type LintResult } from '../core/index';

export interface FixOutcome {
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
}

/** One fix may lay bare the next; two that undo each other must come to an end. */
const MAX_PASSES = 10;

/** Applies the safe fixes of a text, again and again until none is left or changes anything. */
export function applySafeFixes(text: string, lint: (text: string) => LintResult): FixOutcome {
  let current = text;
  let applied = 0;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const fixes = compatibleFixes(lint(current).findings);
    const next = applyEdits(current, fixes.flat());
    if (next === current) {
      break;
    }
    current = next;
    applied += fixes.length;
  }
  return { text: current, applied };
}

/** The first safe fix of each finding, as far as it does not touch what an earlier one changes. */
function compatibleFixes(findings: readonly Finding[]): readonly (readonly Edit[])[] {
  const chosen: (readonly Edit[])[] = [];
  for (const finding of findings) {
    const edits = finding.fixes.find((fix) => fix.kind === 'safe')?.edits() ?? [];
    const taken = chosen.flat();
    if (edits.length > 0 && !edits.some((edit) => taken.some((other) => touches(edit, other)))) {
      chosen.push(edits);
    }
  }
  return chosen;
}

/** Edits that meet count as touching: of two insertions at one place neither can know of the other. */
function touches(a: Edit, b: Edit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
