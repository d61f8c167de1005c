/**
 * How much longer than an idle machine this one takes, as `test/support/patience` measured it when the suite was
 * bundled.
 */
declare const SLOWNESS: number;

/** As in `test/support/patience`, which measures by what Node alone tells. */
export const limit = (ms: number): number => Math.round(ms * SLOWNESS);
