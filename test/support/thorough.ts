/**
 * `THOROUGH=1 npm test` tries every case that a test samples from; otherwise an eighth of them is enough to notice what
 * breaks a property, and the tests stay quick.
 */
const thorough = process.env.THOROUGH !== undefined;
const SHARE = 8;

/** How many cases to generate, of the given number in a thorough run. */
export function runs(all: number): number {
  return thorough ? all : Math.ceil(all / SHARE);
}

/** Each how manieth case to take, which is the given number in a thorough run. Odd, so that even lists are mixed. */
export function step(smallest: number): number {
  return thorough ? smallest : smallest * SHARE + 1;
}
