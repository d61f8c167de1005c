/** Precedes every line that a suite inside VS Code writes for the terminal. */
export const suiteMark = '[e2e] ';
