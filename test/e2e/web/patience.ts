/** As in `test/support/patience`, which measures the processor by what Node alone tells: enough for a slow machine. */
export const limit = (ms: number): number => ms * 3;
