import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

const PROJECTS = [
  'server/src/core',
  'server/src/gateway',
  'server/src/lsp',
  'server/src/node',
  'server/src/cli',
  'client',
];

/**
 * Long enough for a cube to show, which takes a second here, and short enough for a test of everything: a square takes
 * some milliseconds.
 */
const LENGTH = 1_500;
const MOST_MS = 150;

interface Expression {
  readonly at: string;
  readonly text: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that is written in the sources. */
function expressions(): readonly Expression[] {
  const compiler = new API({ cwd: repositoryRoot });
  try {
    return PROJECTS.flatMap((folder) => {
      const config = join(repositoryRoot, folder, 'tsconfig.json');
      const project = compiler.updateSnapshot({ openProjects: [config] }).getProject(config);
      assert.ok(project, `${folder} is no project`);
      return project.rootFiles.flatMap((name) => {
        const file = project.program.getSourceFile(name);
        assert.ok(file, name);
        const found: Expression[] = [];
        const visit = (node: Node): void => {
          if (node.kind === SyntaxKind.RegularExpressionLiteral) {
            const text = node.getText(file);
            const end = text.lastIndexOf('/');
            const line = file.text.slice(0, node.getStart(file)).split('\n').length;
            found.push({
              at: `${relative(repositoryRoot, name)}:${line}`,
              text,
              source: text.slice(1, end),
              flags: text.slice(end + 1),
            });
          }
          node.forEachChild(visit);
        };
        visit(file);
        return found;
      });
    });
  } finally {
    compiler.close();
  }
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

/** Texts that repeat one, two or three of the parts of an expression, behind those before them. */
function* attacks(source: string): Generator<string> {
  const pieces = piecesOf(source);
  const seen = new Set<string>();
  for (let from = 0; from < pieces.length; from += 1) {
    const before = pieces.slice(0, from).join('');
    for (let count = 1; count <= 3; count += 1) {
      const pump = pieces.slice(from, from + count).join('');
      const times = Math.ceil(LENGTH / pump.length);
      for (const prefix of [before, '']) {
        for (const suffix of ['\u0000', '\n\u0000', '']) {
          const key = `${prefix}\u0001${pump}\u0001${suffix}`;
          if (!seen.has(key)) {
            seen.add(key);
            yield prefix + pump.repeat(times) + suffix;
          }
        }
      }
    }
  }
}

/** The slowest time over the attacks, in milliseconds; the least of three tries, since other work goes on. */
function slowest({ source, flags }: Expression): { readonly ms: number; readonly text: string } {
  const expression = new RegExp(source, flags);
  let worst = { ms: 0, text: '' };
  for (const text of attacks(source)) {
    const take = (): number => {
      const begun = performance.now();
      text.replace(expression, '');
      return performance.now() - begun;
    };
    let ms = take();
    for (let again = 0; again < 2 && ms > MOST_MS; again += 1) {
      ms = Math.min(ms, take());
    }
    if (ms > worst.ms) {
      worst = { ms, text };
    }
  }
  return worst;
}

describe('regular expressions', function () {
  this.timeout(limit(300_000));

  it('take no more than the square of the length on whatever is made of their parts', () => {
    const all = new Map(expressions().map((expression) => [expression.text, expression]));
    assert.ok(all.size > 300, `only ${all.size}`);
    const slow = [...all.values()].flatMap((expression) => {
      const { ms, text } = slowest(expression);
      return ms > MOST_MS
        ? [
            `${expression.at} ${expression.text}: ${Math.round(ms)} ms on ${JSON.stringify(text.slice(0, 60))}…`,
          ]
        : [];
    });
    assert.deepEqual(slow, []);
  });
});
