/**
 * `THOROUGH=1 npm test` tries every case that a test samples from; otherwise a part of them, an eighth unless the test says
 * which, is enough to notice what breaks a property, and the tests stay quick.
 */
export const isThorough = process.env.THOROUGH !== undefined;
const SHARE = 8;

/** How many cases to generate, of the given number in a thorough run. */
export function runs(all: number, share = SHARE): number {
  return isThorough ? all : Math.ceil(all / share);
}

/** Each how manieth case to take, which is the given number in a thorough run. Odd, so that even lists are mixed. */
export function step(smallest: number, share = SHARE): number {
  return isThorough ? smallest : smallest * share + 1;
}

/** The seed of generated cases: the test's own, or another one for each number in `SEED`, which makes cases that nobody has seen. */
export function seedOf(own: number): number {
  return own + Number(process.env.SEED ?? 0) * 1_000_003;
}
