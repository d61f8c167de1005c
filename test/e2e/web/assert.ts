/** What the suites use of `node:assert/strict`, for a browser, which has none. */

class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    Object.getPrototypeOf(a) === Object.getPrototypeOf(b) &&
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, undefined, 1) ?? String(value));
}

function check(isRight: boolean, message: string | undefined, otherwise: () => string): void {
  if (!isRight) {
    throw new AssertionError(message ?? otherwise());
  }
}

export const strict = Object.assign(
  (value: unknown, message?: string) => check(Boolean(value), message, () => `${shown(value)} is not true`),
  {
    ok: (value: unknown, message?: string) =>
      check(Boolean(value), message, () => `${shown(value)} is not true`),
    equal: (a: unknown, b: unknown, message?: string) =>
      check(Object.is(a, b), message, () => `${shown(a)} is not ${shown(b)}`),
    notEqual: (a: unknown, b: unknown, message?: string) =>
      check(!Object.is(a, b), message, () => `is ${shown(b)}`),
    deepEqual: (a: unknown, b: unknown, message?: string) =>
      check(same(a, b), message, () => `${shown(a)} is not ${shown(b)}`),
    match: (text: string, pattern: RegExp, message?: string) =>
      check(pattern.test(text), message, () => `${shown(text)} does not match ${pattern}`),
    fail: (message?: string) => check(false, message, () => 'failed'),
  },
);

export default strict;
