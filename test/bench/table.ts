import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  /** `x` times something else, or the power `^` of the size with which it grows. */
  readonly result: string;
  readonly verdict: string;
}

const rows: Row[] = [];
const missed: string[] = [];

/** A time in milliseconds, as cells have it. */
export function ms(time: number): string {
  return `${time.toFixed(2)} ms`;
}

/** A time in milliseconds, in microseconds. */
export function us(time: number): string {
  return `${(time * 1000).toFixed(2)} µs`;
}

/** Prints a row of the table, and keeps it for the page. */
export function row(
  name: string,
  cells: readonly string[],
  ratio: number | undefined,
  target: number | undefined,
  sign: 'x' | '^' = 'x',
): void {
  const verdict =
    ratio === undefined || target === undefined
      ? ''
      : ratio <= target
        ? `at most ${target}: holds`
        : `at most ${target}: MISSED`;
  if (verdict.endsWith('MISSED')) {
    missed.push(name);
  }
  const result = ratio === undefined ? '' : `${sign} ${ratio.toFixed(2)}`;
  rows.push({ name, cells, result, verdict });
  console.log(
    [name.padEnd(44), ...cells.map((cell) => cell.padStart(20)), result.padStart(8), ` ${verdict}`]
      .join('')
      .trimEnd(),
  );
}

/** The rows whose target was missed, so far. */
export function missedRows(): readonly string[] {
  return missed;
}

/** What limits each row now; the first whose pattern fits. */
const LIMITS: readonly (readonly [name: RegExp, sentence: string])[] = [
  [/^pipeline, 6 KB/, 'The fixed cost of a document, however short it is.'],
  [
    /nothing known/,
    'The rules, which read each text for the first time; the search for placeholders and splitting ARNs are the largest parts. A third is garbage collection.',
  ],
  [
    /^pipeline|managed policies/,
    'Our own parse, which keeps what is around faults; the rules look at one statement only.',
  ],
  [/^time per statement/, 'Looking up each statement among the known ones.'],
  [/^edit to diagnostics/, 'The parse of the whole text; the rules look only at the statement that changed.'],
  [/^all that is asked/, 'The outline, which is sent whole, and the parse of the whole text.'],
  [/^YAML parse/, 'The concrete syntax of the library `yaml`, which takes most of the time.'],
  [/lint over parse/, 'The nodes that the rules ask for.'],
  [/^TypeScript with /, "Lezer's parse of the whole program."],
  [/^TypeScript/, 'One search for the letters of a policy.'],
  [/^HCL/, 'The parse of each expression.'],
  [/^start: --version/, 'The start of Node, and the table of commands.'],
  [
    /^start: lint/,
    'Loading forty files, and the first call of each function. The code that V8 compiled comes from a cache.',
  ],
  [
    /^the first start/,
    'Reading and compiling 0.6 MB of JavaScript, most of it the rules and their tables, and caching the result.',
  ],
  [
    /^command line/,
    'The rules, three quarters of the time, most of it before V8 has compiled them: the same files take a third of a second in a process that has checked them before. Reading the files takes a twentieth.',
  ],
  [
    /^first diagnostics.* as VS Code/,
    'The first check. The code that Node compiled the last time comes from the folder that VS Code has for the extension.',
  ],
  [
    /^first diagnostics/,
    'The first check, three fifths of the time, in code that V8 has not optimized yet. The other server waits 0.3 s before it looks, and parses only.',
  ],
  [
    /^activation/,
    "Loading our own part of the client and registering its commands. The client's library is loaded with the first policy.",
  ],
  [/^(?:answer|question): compare/, 'The number of steps that each direction of a comparison may take.'],
  [/^answer/, 'Each statement that the question matches: what it depends on is part of the answer.'],
  [
    /^memory: \d+ statements/,
    'What is cached for each statement, and the space for new objects, which V8 gives back late.',
  ],
  [
    /^others wait/,
    'What is done at once: reading JSON and the message that brings it, one rule that compares all statements, the outline. All else is done in turns of 15 ms.',
  ],
  [
    /^memory: .*closed/,
    'What the C library does not give back of its heap is nine tenths; the heap of V8 is as small as before.',
  ],
  [/^memory: .* edits/, 'What is cached for each version of the statement, until the cache is full.'],
  [/^memory/, 'What is cached for each statement, the texts, and the space for new objects.'],
  [/^growth: missing/, 'The findings: several for each statement, each with its range and its fixes.'],
  [/^growth: program/, "Lezer's parse of the whole program, a third of the time, and garbage collection."],
  [
    /^growth: data sources/,
    'The nodes of the blocks, all of which are searched for names of others, and garbage collection.',
  ],
  [/^growth: .*YAML/, 'The concrete syntax of the library `yaml`, and garbage collection.'],
  [/^growth: (?:equal|wildcards)/, 'The actions that are sent, several for each finding.'],
  [
    /^growth/,
    'Garbage collection, which takes more time per character in large documents and varies; no pairs are compared.',
  ],
];

/** Writes the table as a page, with what it was measured on. */
export function writePage(peers: Readonly<Record<string, string>>): void {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  const text = [
    '# Performance',
    '',
    'Measured by `npm run bench -- --document`. Ratios say more than times, since they hold on other machines too. The tests',
    'check ratios and the exponents with which time grows with the size, never times.',
    '',
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    `- Node: ${process.version}`,
    `- Compared with: ${versions.join(', ')}`,
    '',
    '`x` is the time divided by that of what it is compared with, or by the time that it may take. `^` is the exponent with which',
    'the time grows with the size, for the request of an editor whose time grows fastest; 0.00 if none takes longer than 60 ms',
    'at the larger size.',
    '',
    '| What | Measured | Result | Target | What limits it |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(({ name, cells, result, verdict }) => {
      const limit = LIMITS.find(([pattern]) => pattern.test(name.trim()))?.[1] ?? '';
      const measured = cells.filter((cell) => cell !== '').join(', ');
      return `| ${[name.trim(), measured, result, verdict, limit].join(' | ')} |`;
    }),
    '',
  ].join('\n');
  writeFileSync(join(repositoryRoot, 'server/docs/performance.md'), text);
}
