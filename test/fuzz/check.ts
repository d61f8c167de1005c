import { applySafeFixes } from '../../server/src/cli/fix';
import {
  applyEdits,
  type DocumentInput,
  type Edit,
  type HoverWorkspace,
  type LanguageService,
  type Span,
} from '../../server/src/core/index';
import { everyFeature } from '../support/everyFeature';
import { workspaceWith } from '../support/hostileDocuments';
import { slowness, threadTime } from '../support/patience';
import { checkGrants } from './grants';
import { COMPARING, type OtherAnswer, otherFeatures } from './otherFeatures';
import { type Random, randomOf } from './random';

/** So many lists of edits of one answer are applied, from all over it. */
const MOST_EDITS = 6;
/** Milliseconds of processor time for a character: one second for 100 KB. */
const MS_PER_CHARACTER = 1000 / 100_000;
/** Below this a collection of garbage decides. */
const LEAST_MS = 400;
/** As much as `compare/effort.ts` lets it take. */
const COMPARING_MS = 5_000;
/** The fixes of so many rules are taken one after the other until none is left. */
const MOST_FIXED_RULES = 2;
/** In all rounds together. */
const MOST_FIXED_CHARACTERS = 100_000;

const WORKSPACE: HoverWorkspace = workspaceWith('pets');

/** What is wrong with an answer about a document. */
export class Failure extends Error {
  readonly kind: string;

  /** @param kind tells failures of one cause from others, in a few words */
  constructor(kind: string, detail: string, cause?: unknown) {
    super(`${kind}: ${detail}`, { cause });
    this.kind = kind;
  }
}

/**
 * Asks every feature about a document, at some offsets, and holds the answers to what must be true of any. Throws a
 * `Failure` if it is not.
 *
 * @param other a document to compare it with
 */
export function check(
  service: LanguageService,
  input: DocumentInput,
  other: DocumentInput,
  random: Random,
): void {
  const offsets = Array.from({ length: 3 }, () => offsetIn(input.text, random));
  const answers = () => everyFeature(service, input, offsets, WORKSPACE);
  checkTwice(() => checkAnswers(service, input, answers()));
  const turn = random.below(1_000_000);
  checkTwice(() => checkAnswers(service, input, otherFeatures(service, input, other, randomOf(turn))));
  checkSafeFixes(service, input);
  checkFixpoints(service, input, random);
  checkRefactorings(service, input, random);
}

/** A compilation or a collection of garbage is no slowness of ours: what is slow is so each time. */
function checkTwice(findSlow: () => Failure | undefined): void {
  const slow = findSlow();
  if (slow !== undefined && findSlow()?.kind === slow.kind) {
    const again = findSlow();
    if (again?.kind === slow.kind) {
      throw again;
    }
  }
}

/** Gives what was slow; throws whatever else is wrong. */
function checkAnswers(
  service: LanguageService,
  input: DocumentInput,
  answers: Iterator<OtherAnswer>,
): Failure | undefined {
  const limit = Math.max(LEAST_MS, input.text.length * MS_PER_CHARACTER) * slowness();
  let slow: Failure | undefined;
  for (;;) {
    const before = threadTime();
    let next: IteratorResult<OtherAnswer>;
    try {
      next = answers.next();
    } catch (error) {
      throw failureOf(error);
    }
    const milliseconds = threadTime() - before;
    const feature = next.done === true ? 'the last feature' : next.value.feature;
    if (milliseconds > (feature === COMPARING ? COMPARING_MS * slowness() : limit)) {
      slow ??= new Failure(
        `slow ${feature}`,
        `${Math.round(milliseconds)} ms for ${input.text.length} characters`,
      );
    }
    if (next.done === true) {
      return slow;
    }
    checkAnswer(service, input, next.value);
  }
}

function checkAnswer(service: LanguageService, input: DocumentInput, answer: OtherAnswer): void {
  const { feature } = answer;
  if ('text' in answer) {
    checkEdits(answer.text, feature, answer.edits);
    return;
  }
  for (const span of answer.spans) {
    if (!isInside(span, input.text)) {
      throw new Failure(`span of ${feature}`, `${span.start} to ${span.end} of ${input.text.length}`);
    }
  }
  for (const list of some(answer.edits)) {
    edited(service, input, feature, list);
  }
}

/** The text after edits, whose rules all work. */
function edited(
  service: LanguageService,
  input: DocumentInput,
  feature: string,
  edits: readonly Edit[],
): string {
  checkEdits(input.text, feature, edits);
  const text = applyEdits(input.text, edits);
  try {
    for (const { rule, error } of service.lint(service.open({ ...input, text })).failures) {
      throw new Failure(`rule ${rule} after ${feature}`, String(error), error);
    }
  } catch (error) {
    throw failureOf(error, ` after ${feature}`);
  }
  return text;
}

/** No edit is outside of the text or on another. */
function checkEdits(text: string, feature: string, edits: readonly Edit[]): void {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const [index, { span }] of ordered.entries()) {
    const before = ordered[index - 1]?.span;
    if (!isInside(span, text) || (before !== undefined && before.end > span.start)) {
      throw new Failure(`edit of ${feature}`, `${span.start} to ${span.end} of ${text.length}`);
    }
  }
}

const MOST_FIX_TURNS = 20;

/** Safe fixes come to an end, parse no worse than before, and change no grant. */
function checkSafeFixes(service: LanguageService, input: DocumentInput): void {
  const fix = (text: string) =>
    applySafeFixes(text, (each) => service.lint(service.open({ ...input, text: each })));
  const { applied, text } = fix(input.text);
  if (applied === 0) {
    return;
  }
  // `--fix` takes ten passes; where entries stand beside each other without a comma each takes out one, as often as there
  // are entries.
  let again = text;
  for (let turn = 0; ; turn += 1) {
    const next = fix(again);
    if (next.applied === 0) {
      break;
    }
    if (turn >= MOST_FIX_TURNS && next.text.length >= again.length) {
      throw new Failure('endless safe fixes', next.text);
    }
    again = next.text;
  }
  checkChange(service, input, text, 'safe fixes');
}

/**
 * Who takes the first fix of one rule's first finding again and again has none left some time. There is more to fix behind
 * what was fixed, but not more often than there are characters; of a long text the first rounds must do.
 */
function checkFixpoints(service: LanguageService, input: DocumentInput, random: Random): void {
  const fixable = (text: string) =>
    service.lint(service.open({ ...input, text })).findings.filter(({ fixes }) => fixes.length > 0);
  const first = fixable(input.text);
  for (let left = Math.min(MOST_FIXED_RULES, first.length); left > 0; left -= 1) {
    const { rule } = random.pick(first);
    const seen = new Set<string>();
    let { text } = input;
    const most = input.text.length + 20;
    for (let round = 0; round < MOST_FIXED_CHARACTERS / (text.length + 1); round += 1) {
      const [fix] = fixable(text).find((finding) => finding.rule === rule)?.fixes ?? [];
      const edits = fix?.edits() ?? [];
      // One without edits is what cannot be written there: it is not offered.
      if (edits.length === 0) {
        break;
      }
      if (seen.has(text) || round === most) {
        throw new Failure(`endless fix of ${rule}`, text);
      }
      seen.add(text);
      text = edited(service, { ...input, text }, `the fix of ${rule}`, edits);
    }
  }
}

/** What a refactoring at some key makes of a document grants what it did. */
function checkRefactorings(service: LanguageService, input: DocumentInput, random: Random): void {
  const document = service.open(input);
  const keys = document.policies.flatMap(({ members, statements }) => [
    ...members.map(({ key }) => key),
    ...statements.flatMap((statement) => statement.members.map(({ key }) => key)),
  ]);
  if (keys.length === 0) {
    return;
  }
  const { start } = random.pick(keys).span;
  const actions = service
    .codeActions(document, { start, end: start }, [], () => true)
    .filter(({ kind }) => kind.startsWith('refactor'));
  for (const action of some(actions)) {
    const name = `the refactoring "${action.title.replaceAll(/\d+/g, 'N').slice(0, 12)}"`;
    const text = edited(service, input, name, action.edits());
    // A wildcard stands for today's actions, and the statement that grants an invalidation is meant to grant.
    if (!/InvalidateCache|wildcard|Collapse|Expand/i.test(action.title)) {
      checkChange(service, input, text, name);
    }
  }
}

function checkChange(service: LanguageService, input: DocumentInput, text: string, by: string): void {
  const wrong = checkGrants(service.open(input), service.open({ ...input, text }));
  if (wrong !== undefined) {
    throw new Failure(`${wrong.what} after ${by}`, `${wrong.detail}\n${text}`);
  }
}

/** An offset at which a cursor may stand: not within a character, be it of two units. */
function offsetIn(text: string, random: Random): number {
  const offset = random.below(text.length + 1);
  return isWithinCharacter(text, offset) ? offset + 1 : offset;
}

/** Whether a span lies in the text and cuts no character in two. */
function isInside({ start, end }: Span, text: string): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start <= end &&
    end <= text.length &&
    !isWithinCharacter(text, start) &&
    !isWithinCharacter(text, end)
  );
}

function isWithinCharacter(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}

function some<T>(items: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / MOST_EDITS));
  return items.filter((_, index) => index % step === 0);
}

/** Named by the place in our own code where it was thrown. */
function failureOf(error: unknown, where = ''): Failure {
  if (error instanceof Failure) {
    return error;
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const stack = cause instanceof Error ? (cause.stack ?? '') : String(cause);
  const place = /\/server\/src\/core\/([^\n:)]*):\d+/.exec(stack)?.[0] ?? '';
  const [first = ''] = stack.split('\n');
  return new Failure(`throws${where} at ${place}`, first.slice(0, 200), cause);
}
