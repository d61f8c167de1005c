import { applyEdits, type Edit, type Finding, type LintResult, TakenSpans } from '../core/index';

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
  const taken = new TakenSpans();
  return findings
    .map((finding) => finding.fixes.find((fix) => fix.kind === 'safe')?.edits() ?? [])
    .filter((edits) => edits.length > 0 && taken.take(edits));
}
