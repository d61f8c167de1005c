/**
 * Work in parts. Between two of them whoever drives it may do something else, or give it up: a document of megabytes takes
 * longer than anybody waits for an answer about another one.
 */
export type Steps<T> = Generator<void, T, void>;

/** Work that is done in one part, before which it can be given up. */
export function* inOneStep<T>(make: () => T): Steps<T> {
  yield;
  return make();
}

/** Does all the work at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      return value;
    }
  }
}
