import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parser } from '@lezer/javascript';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

const FOLDERS = ['server/src', 'client/src'];

/**
 * Lengths that are tried in turn, so that what is worse than a square shows before it takes minutes. On the last a linear
 * expression takes well below a millisecond, and a quadratic one some ten.
 */
const LENGTHS = [23, 400, 6_000];
const SUSPICIOUS_MS = 5;

/**
 * What is slow at first may have been kept waiting: it is measured again, and at a part of the length. Four times the length
 * costs a linear expression four times as much and a quadratic one sixteen times. Measured is the time of the processor.
 */
const PART = 4;
const MOST_GROWTH = 8;

interface Expression {
  readonly at: string;
  readonly text: string;
  readonly source: string;
  readonly flags: string;
}

/** What may hold no expression: comments that fill lines, and the paths of imports. */
const NO_EXPRESSION =
  /^\s*(?:\/\/|\/?\*(?!\/)).*$|^\s*\*\/\s*$|^(?:import\b|export\b|\}).*\bfrom '[^'\n]*';$/gm;

/** Every regular expression that is written in the sources. */
function expressions(): readonly Expression[] {
  const reader = parser.configure({ dialect: 'ts' });
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const path = join(repositoryRoot, folder, name);
        const file = readFileSync(path, 'utf8');
        const found: Expression[] = [];
        // Most files have no slash elsewhere, and need not be parsed.
        if (file.replaceAll(NO_EXPRESSION, '').includes('/')) {
          reader.parse(file).iterate({
            enter: (node) => {
              if (node.name === 'RegExp') {
                const text = file.slice(node.from, node.to);
                const end = text.lastIndexOf('/');
                const line = file.slice(0, node.from).split('\n').length;
                found.push({
                  at: `${relative(repositoryRoot, path)}:${line}`,
                  text,
                  source: text.slice(1, end),
                  flags: text.slice(end + 1),
                });
              }
            },
          });
        }
        return found;
      }),
  );
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['s', ' '],
  ['S', 'x'],
  ['w', 'a'],
  ['W', '-'],
  ['d', '1'],
  ['D', 'x'],
  ['b', ''],
  ['B', ''],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['p', 'x'],
  ['P', 'x'],
  ['u', 'x'],
  ['x', 'x'],
  ['c', 'x'],
  ['k', ''],
]);

/** Texts that the parts of an expression take, in the order in which they stand in it. */
function piecesOf(source: string): readonly string[] {
  const pieces: string[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') {
      pieces.push(literal);
      literal = '';
    }
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (character === '\\') {
      at += 1;
      const escaped = source[at] ?? '';
      const sample = ESCAPES.get(escaped);
      if (sample === undefined) {
        literal += escaped;
      } else {
        flush();
        pieces.push(sample);
      }
    } else if (character === '[') {
      flush();
      const end = closeOf(source, at);
      pieces.push(...samplesOf(source.slice(at + 1, end)));
      at = end;
    } else if (character === '{') {
      at = source.indexOf('}', at);
      flush();
    } else if (character === '(' && source[at + 1] === '?') {
      flush();
      at += /^\?(?:<\w+>|<?[=!]|:)/.exec(source.slice(at + 1))?.[0].length ?? 1;
    } else if ('()|^$*+?'.includes(character)) {
      flush();
    } else if (character === '.') {
      flush();
      pieces.push('x');
    } else {
      literal += character;
    }
  }
  flush();
  return pieces.filter((piece) => piece !== '');
}

function closeOf(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') {
      at += 1;
    } else if (source[at] === ']') {
      return at;
    }
  }
  return source.length;
}

/** One text for each kind of character in a class; for what a class leaves out, ordinary ones. */
function samplesOf(inside: string): readonly string[] {
  if (inside.startsWith('^')) {
    return ['x', ' ', '{', '/', '$'].filter((each) => !inside.includes(each));
  }
  const samples = inside.match(/\\.|[^\\]/g) ?? [];
  return [
    ...new Set(
      samples.map((each) => (each.length === 1 ? each : (ESCAPES.get(each[1] ?? '') ?? each[1] ?? ''))),
    ),
  ].slice(0, 6);
}

/** A text of any length, made by repeating a part of it. */
type Attack = (length: number) => string;

/** Texts that repeat one, two or three of the parts of an expression, behind those before them. */
function* attacks(source: string): Generator<Attack> {
  const pieces = piecesOf(source);
  const seen = new Set<string>();
  for (let from = 0; from < pieces.length; from += 1) {
    const before = pieces.slice(0, from).join('');
    for (let count = 1; count <= 3; count += 1) {
      const pump = pieces.slice(from, from + count).join('');
      for (const prefix of [before, '']) {
        for (const suffix of ['\u0000', '\n\u0000', '']) {
          const key = `${prefix}\u0001${pump}\u0001${suffix}`;
          if (!seen.has(key)) {
            seen.add(key);
            yield (length) => prefix + pump.repeat(Math.ceil(length / pump.length)) + suffix;
          }
        }
      }
    }
  }
}

/** A text on which the time of an expression grows with the square of the length; nothing where there is none. */
function slowOn({ source, flags }: Pick<Expression, 'source' | 'flags'>): string | undefined {
  const expression = new RegExp(source, flags);
  for (const attack of attacks(source)) {
    for (const length of LENGTHS) {
      const text = attack(length);
      const begun = performance.now();
      applyTo(text, expression);
      // To ask for the processor's time takes longer than most expressions do: only what was slow by the clock is measured.
      if (performance.now() - begun > SUSPICIOUS_MS && isSlow(expression, attack, length)) {
        return text.slice(0, 60);
      }
    }
  }
  return undefined;
}

function isSlow(expression: RegExp, attack: Attack, length: number): boolean {
  const whole = leastMs(expression, attack(length));
  return whole > SUSPICIOUS_MS && whole > MOST_GROWTH * leastMs(expression, attack(length / PART));
}

/** The least of three tries, since collecting garbage falls into some. */
function leastMs(expression: RegExp, text: string): number {
  return Math.min(...Array.from({ length: 3 }, () => msOf(expression, text)));
}

/** The time of the processor that an expression takes on all of a text. */
function msOf(expression: RegExp, text: string): number {
  const begun = process.cpuUsage();
  applyTo(text, expression);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function applyTo(text: string, expression: RegExp): void {
  if (expression.global) {
    text.replace(expression, '');
  } else {
    text.search(expression);
  }
}

describe('regular expressions', function () {
  this.timeout(limit(300_000));

  it('that take the square of the length are found', () => {
    for (const source of ['\\s+$', '[,;]+(?=arn:)', '^[^:]*[*?][^:]*:', '\\(.*\\)', '^(a+)+$', '(?:x|y)*z']) {
      assert.notEqual(slowOn({ source, flags: '' }), undefined, source);
    }
    for (const source of [
      '(?<!\\s)\\s+$',
      '^[^:*?]*[*?][^:]*:',
      '\\([^()]*\\)',
      '^(?:x|y)*z',
      'arn:aws:s3',
      '\\w',
    ]) {
      assert.equal(slowOn({ source, flags: 'g' }), undefined, source);
    }
  });

  it('take no more than some times the length, on whatever is made of their parts', () => {
    const all = new Map(expressions().map((expression) => [expression.text, expression]));
    assert.ok(all.size > 300, `only ${all.size}`);
    const slow = [...all.values()].flatMap((expression) => {
      const text = slowOn(expression);
      return text === undefined ? [] : [`${expression.at} ${expression.text}: ${JSON.stringify(text)}…`];
    });
    assert.deepEqual(slow, []);
  });
});
