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
import { answer, probesOf } from '../support/probes';
import type { Random } from './random';

/** So many lists of edits of one answer are applied, from all over it. */
const MOST_EDITS = 6;
/** So many requests are asked about each policy before and after an edit that is to change no grant. */
const MOST_PROBES = 12;
/** Milliseconds of processor time for a character: one second for 100 KB. */
const MS_PER_CHARACTER = 1000 / 100_000;
/** Below this a collection of garbage decides. */
const LEAST_MS = 400;

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
 */
export function check(service: LanguageService, input: DocumentInput, random: Random): void {
  const offsets = Array.from({ length: 3 }, () => random.below(input.text.length + 1));
  const slow = checkAnswers(service, input, offsets);
  // A compilation or a collection of garbage is no slowness of ours: what is slow is so each time.
  if (slow !== undefined && checkAnswers(service, input, offsets)?.kind === slow.kind) {
    const again = checkAnswers(service, input, offsets);
    if (again?.kind === slow.kind) {
      throw again;
    }
  }
  checkSafeFixes(service, input);
  checkRefactorings(service, input, random);
}

/** Gives what was slow; throws whatever else is wrong. */
function checkAnswers(
  service: LanguageService,
  input: DocumentInput,
  offsets: readonly number[],
): Failure | undefined {
  const limit = Math.max(LEAST_MS, input.text.length * MS_PER_CHARACTER);
  const answers = everyFeature(service, input, offsets, WORKSPACE);
  let slow: Failure | undefined;
  for (;;) {
    const before = process.cpuUsage();
    let next: ReturnType<typeof answers.next>;
    try {
      next = answers.next();
    } catch (error) {
      throw failureOf(error);
    }
    if (next.done === true) {
      return slow;
    }
    const { feature, spans, edits } = next.value;
    const milliseconds = process.cpuUsage(before).user / 1000;
    if (milliseconds > limit) {
      slow ??= new Failure(
        `slow ${feature}`,
        `${Math.round(milliseconds)} ms for ${input.text.length} characters`,
      );
    }
    for (const span of spans) {
      if (!isInside(span, input.text)) {
        throw new Failure(`span of ${feature}`, `${span.start} to ${span.end} of ${input.text.length}`);
      }
    }
    for (const list of some(edits)) {
      edited(service, input, feature, list);
    }
  }
}

/** The text after edits, of which nothing is outside of the text or on another, and whose rules all work. */
function edited(
  service: LanguageService,
  input: DocumentInput,
  feature: string,
  edits: readonly Edit[],
): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const [index, { span }] of ordered.entries()) {
    const before = ordered[index - 1]?.span;
    if (!isInside(span, input.text) || (before !== undefined && before.end > span.start)) {
      throw new Failure(`edit of ${feature}`, `${span.start} to ${span.end} of ${input.text.length}`);
    }
  }
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

/** Safe fixes come to an end, parse no worse than before, and change no grant. */
function checkSafeFixes(service: LanguageService, input: DocumentInput): void {
  const fix = (text: string) =>
    applySafeFixes(text, (each) => service.lint(service.open({ ...input, text: each })));
  const { applied, text } = fix(input.text);
  if (applied === 0) {
    return;
  }
  if (fix(text).applied > 0) {
    throw new Failure('endless safe fixes', text);
  }
  checkGrants(service, input, text, 'safe fixes');
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
      checkGrants(service, input, text, name);
    }
  }
}

function checkGrants(service: LanguageService, input: DocumentInput, text: string, by: string): void {
  const before = service.open(input);
  const after = service.open({ ...input, text });
  if (after.tree.faults.length > before.tree.faults.length) {
    throw new Failure(`faults after ${by}`, text);
  }
  // Behind a fault, what was read is a guess.
  if (before.tree.faults.length > 0 || before.policies.some(({ faults }) => faults.length > 0)) {
    return;
  }
  if (after.policies.length !== before.policies.length) {
    throw new Failure(`number of policies after ${by}`, text);
  }
  for (const [index, policy] of before.policies.entries()) {
    const now = after.policies[index];
    const probes = probesOf(policy);
    const step = Math.max(1, Math.floor(probes.length / MOST_PROBES));
    for (const probe of probes.filter((_, at) => at % step === 0)) {
      const then = JSON.stringify(answer(policy, probe));
      const since = now === undefined ? '' : JSON.stringify(answer(now, probe));
      if (since !== then) {
        throw new Failure(`grants after ${by}`, `${JSON.stringify(probe)} ${then} is ${since}\n${text}`);
      }
    }
  }
}

function isInside({ start, end }: Span, text: string): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length;
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
