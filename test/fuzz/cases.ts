import type { DocumentInput, LanguageService } from '../../server/src/core/index';
import { check, Failure } from './check';
import { minimize } from './minimize';
import { mutated } from './mutate';
import { type Random, randomOf } from './random';

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

/** Every third case is a seed cut off, another one and elsewhere each time; the others are mutated in other ways too. */
export function documentOf({ seed, index }: CaseId, seeds: readonly DocumentInput[]): DocumentInput {
  const random = randomOf(seed, index);
  if (index % 3 > 0) {
    return mutated(seeds, random);
  }
  const input = random.pick(seeds);
  return { ...input, text: input.text.slice(0, random.below(input.text.length + 1)) };
}

/** Checks a case, and gives what is wrong with it as a short document. `onTry` is called with each try to shorten it. */
export function runCase(
  service: LanguageService,
  id: CaseId,
  seeds: readonly DocumentInput[],
  onTry: () => void = () => undefined,
): FailedCase | undefined {
  const input = documentOf(id, seeds);
  const failure = failureOf(service, input, offsetsOf(id));
  if (failure === undefined) {
    return undefined;
  }
  // The offsets of a shorter text are others: whatever of the same kind some of them show is as good.
  const isSame = (text: string): boolean =>
    [0, 1, 2].some((turn) => {
      onTry();
      const random = randomOf(id.seed, id.index, turn);
      return failureOf(service, { ...input, text }, random)?.kind === failure.kind;
    });
  const text = isSame(input.text) ? minimize(input.text, isSame) : input.text;
  return { ...id, failure, input: { ...input, text } };
}

function offsetsOf({ seed, index }: CaseId): Random {
  return randomOf(index, seed);
}

function failureOf(service: LanguageService, input: DocumentInput, random: Random): Failure | undefined {
  try {
    check(service, input, random);
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
