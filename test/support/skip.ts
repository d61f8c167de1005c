/**
 * Skips the running test and says why: the reporter prints the reason, because a test that silently does
 * nothing looks like one that passed. Throws, as mocha's own `skip` does, so nothing after it runs.
 */
export function skip(context: Mocha.Context, reason: string): never {
  const test = context.currentTest ?? context.test;
  if (test !== undefined) Object.assign(test, { skipReason: reason });
  return context.skip();
}
