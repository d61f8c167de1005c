/** What the suites use of Node, for a browser: tests that need more of it are among those that do not run there. */
export function execFileSync(): never {
  throw new Error('There are no processes in a browser.');
}

export function readdirSync(): never {
  throw new Error('There is no disk in a browser.');
}

export function readFileSync(): never {
  throw new Error('There is no disk in a browser.');
}
