import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ignoredBy, readGitignore } from '../../server/src/lsp/gitignore';
import { limit, processorTime } from '../support/patience';
import { runs } from '../support/thorough';

/** Which of the paths remain under an ignore file. */
function kept(ignore: string, paths: readonly string[]): readonly string[] {
  const uris = paths.map((path) => `file:///w/${path.split('/').map(encodeURIComponent).join('/')}`);
  const isLeftOut = ignoredBy(new Map([['file:///w', readGitignore(ignore)]]));
  return paths.filter((_, index) => !isLeftOut(uris[index] ?? ''));
}

const SEGMENTS = ['a', 'b', 'ab', 'a.b', '.a', 'é', 'a b', 'A', '1', '[a]', 'a\\', '!a', '#a', 'a*'];
const path = fc
  .array(fc.constantFrom(...SEGMENTS), { minLength: 1, maxLength: 5 })
  .map((segments) => segments.join('/'));
const piece = fc.constantFrom(
  'a',
  'b',
  'ab',
  '.',
  '*',
  '**',
  '***',
  '?',
  '/',
  '/',
  '\\',
  '\\*',
  '\\[',
  '[ab]',
  '[!a]',
  '[^b]',
  '[a-b]',
  '[]a]',
  '[[:alpha:]]',
  '[[:digit:][:space:]]',
  '[[:x:]]',
  '[',
  ']',
  '!',
  '#',
  ' ',
  '\\ ',
  'é',
  '**/',
  '/**',
  '**/**/',
  'A',
  '[\\]]',
  '[a-',
  '[--b]',
  '[!]a]',
  '\t',
);
const line = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
const file = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.join(end));

describe('.gitignore beside git', function () {
  this.timeout(limit(60_000));
  let folder = '';

  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
    if (spawnSync('git', ['init', '-q', folder]).status !== 0) {
      console.log('      git is not here: nothing is compared with it');
      this.skip();
    }
    execFileSync('git', ['-C', folder, 'config', 'core.ignorecase', 'false']);
    execFileSync('git', ['-C', folder, 'config', 'core.excludesFile', '/dev/null']);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What git says, which takes a process, so many paths are asked about at once. */
  function keptByGit(ignore: string, paths: readonly string[]): readonly string[] {
    writeFileSync(join(folder, '.gitignore'), ignore);
    const { stdout } = spawnSync('git', ['-C', folder, 'check-ignore', '--no-index', '--stdin', '-z'], {
      input: paths.join('\0'),
      encoding: 'utf8',
    });
    const ignored = new Set(stdout.split('\0'));
    return paths.filter((each) => !ignored.has(each));
  }

  it('says what git says', () => {
    const paths = fc.sample(path, { numRuns: 250, seed: 3 });
    const distinct = [...new Set(paths)];
    fc.assert(
      fc.property(file, (ignore) => {
        assert.deepEqual(kept(ignore, distinct), keptByGit(ignore, distinct), JSON.stringify(ignore));
      }),
      { seed: 7, numRuns: runs(200) },
    );
  });

  it('says so of the files that people write', () => {
    const ignore =
      '# build\n/out/\nnode_modules\n*.log\n!keep.log\ndocs/**/*.json\n**/cache/\ntemp/*\n!temp/keep\na/**/b\ntrailing   \nspace\\ \n\\#hash\n\\!bang\n';
    const paths = [
      'out/a',
      'x/out/a',
      'node_modules/a/b',
      'x/node_modules',
      'a.log',
      'keep.log',
      'docs/a.json',
      'docs/x/y/a.json',
      'x/cache/y',
      'cache',
      'temp/x',
      'temp/keep',
      'a/b',
      'a/x/y/b',
      'a/xb',
      'trailing',
      'space ',
      '#hash',
      '!bang',
    ];
    assert.deepEqual(kept(ignore, paths), keptByGit(ignore, paths));
    assert.equal(kept(ignore, paths).length, 5);
  });
});

describe('hostile ignore files', function () {
  this.timeout(limit(30_000));

  const HOSTILE: readonly (readonly [title: string, ignore: string, path: string])[] = [
    ['many folders of any depth', `${'a/**/'.repeat(12)}b`, `${'a/'.repeat(40)}c.json`],
    ['many asterisks', `${'*a'.repeat(60)}*b`, 'a'.repeat(200)],
    [
      'many asterisks in many lines',
      `${'*a'.repeat(200)}b\n`.repeat(160),
      `${'a'.repeat(250)}/${'a'.repeat(250)}`,
    ],
    ['nothing but asterisks', '**/'.repeat(20_000), 'a/'.repeat(500)],
    ['a megabyte', 'a*b*c*d\n'.repeat(131_072), 'a/b/c'],
    ['a long bracket', `[${'a-z'.repeat(20_000)}]`, 'x'.repeat(200)],
    ['an open bracket', '['.repeat(60_000), 'x'.repeat(200)],
    ['named classes', '[[:alpha:]'.repeat(6_000), 'x'.repeat(200)],
    ['negations', '*\n!*\n'.repeat(10_000), 'x/y'],
  ];
  for (const [title, ignore, path] of HOSTILE) {
    it(`take no time: ${title}`, () => {
      const uris = Array.from({ length: 500 }, (_, index) => `file:///w/${path}${index}/x.json`);
      const took = processorTime(() =>
        uris.forEach(ignoredBy(new Map([['file:///w', readGitignore(ignore)]]))),
      );
      assert.ok(took < 5_000, `${took} ms`);
    });
  }
});
