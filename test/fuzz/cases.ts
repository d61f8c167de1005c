import type { DocumentInput, LanguageService } from '../../server/src/core/index';
import { threadTime } from '../support/patience';
import { check, Failure } from './check';
import { minimize } from './minimize';
import { mutated } from './mutate';
import { type Random, randomOf } from './random';
import type { Seeds } from './seeds';

/** A case: the same numbers and the same seeds make the same document, asked at the same offsets. */
export interface CaseId {
  readonly seed: number;
  readonly index: number;
}

/** A document that failed, as short as it could be made. */
export interface FailedCase extends CaseId {
  readonly failure: Failure;
  readonly input: DocumentInput;
}

/**
 * Every third case is a document cut off: in turn one of each form, so that some tens of thousands of cases cut each at each
 * of its offsets, and any other somewhere. The others are mutated in other ways too.
 */
export function documentOf({ seed, index }: CaseId, { forms, all }: Seeds): DocumentInput {
  const random = randomOf(seed, index);
  if (index % 3 > 0) {
    return mutated(all, random);
  }
  if (index % 6 > 0) {
    const input = random.pick(all);
    return { ...input, text: input.text.slice(0, random.below(input.text.length + 1)) };
  }
  const offsets = forms.reduce((sum, { text }) => sum + text.length + 1, 0);
  // A prime that divides no such sum leads through all offsets, and soon to each of the forms.
  let left = ((index / 6 + seed * 7919) * 7919) % offsets;
  for (const form of forms) {
    if (left <= form.text.length) {
      return { ...form, text: form.text.slice(0, left) };
    }
    left -= form.text.length + 1;
  }
  throw new Error('There are no forms.');
}

/** So long a shorter text is looked for, in milliseconds of processor time: a large one takes seconds to show that it fails. */
const LONGEST_SEARCH_MS = 60_000;

/** Checks a case, and gives what is wrong with it as a short document. `onTry` is called with each try to shorten it. */
export function runCase(
  service: LanguageService,
  id: CaseId,
  seeds: Seeds,
  onTry: () => void = () => undefined,
): FailedCase | undefined {
  const input = documentOf(id, seeds);
  const other = documentOf({ ...id, index: id.index + 1 }, seeds);
  const failure = failureOf(service, input, other, offsetsOf(id));
  if (failure === undefined) {
    return undefined;
  }
  const begun = threadTime();
  // The offsets of a shorter text are others: whatever of the same kind some of them show is as good.
  const isSame = (text: string): boolean =>
    threadTime() - begun < LONGEST_SEARCH_MS &&
    [0, 1, 2].some((turn) => {
      onTry();
      const random = turn === 0 ? offsetsOf(id) : randomOf(id.seed, id.index, turn);
      return failureOf(service, { ...input, text }, other, random)?.kind === failure.kind;
    });
  const text = isSame(input.text) ? minimize(input.text, isSame) : input.text;
  return { ...id, failure, input: { ...input, text } };
}

function offsetsOf({ seed, index }: CaseId): Random {
  return randomOf(index, seed);
}

/** What is wrong with the answers about a document, if something is. */
export function failureOf(
  service: LanguageService,
  input: DocumentInput,
  other: DocumentInput,
  random: Random,
): Failure | undefined {
  try {
    check(service, input, other, random);
    return undefined;
  } catch (error) {
    return error instanceof Failure ? error : new Failure('the check itself', String(error), error);
  }
}

/** For people: what failed, the text, and how to make it again. */
export function report({ seed, index, failure, input }: FailedCase): string {
  const cause = failure.cause instanceof Error ? (failure.cause.stack ?? '') : '';
  return [
    `FAILED ${failure.message.slice(0, 1500)}`,
    ...(cause === '' ? [] : [cause.split('\n').slice(0, 8).join('\n')]),
    `in ${input.language}: ${JSON.stringify(input.text.slice(0, 4000))}`,
    `again: npm run fuzz -- --seed ${seed} --case ${index}`,
  ].join('\n');
}
