import { strict as assert } from 'node:assert';
import {
  createIgnoreBudget,
  type IgnoreFiles,
  ignoredBy,
  readGitignore,
} from '../../server/src/lsp/gitignore';

function withoutIgnored(uris: readonly string[], ignoreFiles: IgnoreFiles): readonly string[] {
  const isLeftOut = ignoredBy(ignoreFiles);
  return uris.filter((uri) => !isLeftOut(uri));
}

describe('.gitignore', () => {
  const cases: readonly (readonly [title: string, ignore: string, path: string, isKept: boolean])[] = [
    ['a name anywhere', 'out', 'a/out/b.json', false],
    ['a folder by its slash', 'out/', 'out/b.json', false],
    ['a folder by its slash, which is no file', 'b.json/', 'out/b.json', true],
    ['a path from the top', '/out', 'a/out/b.json', true],
    ['a path with a slash in the middle', 'a/out', 'b/a/out/c.json', true],
    ['a wildcard within a folder', '*.gen.json', 'a/b.gen.json', false],
    ['any folders', 'a/**/b.json', 'a/x/y/b.json', false],
    ['one folder of any name', 'a/*/b.json', 'a/x/b.json', false],
    ['one folder of any name, which is not two', '?/*/b.json', 'a/x/y/b.json', true],
    ['what is taken back', '*.json\n!b.json', 'a/b.json', true],
    ['nothing below an ignored folder', 'a/\n!b.json', 'a/b.json', false],
    ['a class of characters', '[Bb]in/', 'bin/b.json', false],
    ['a comment, a blank line and blanks at the end', '# b.json\n\nx  ', 'b.json', true],
    ['an escaped exclamation mark', '\\!b.json', '!b.json', false],
    ['a space in a name', 'a b', 'a%20b/c.json', false],
  ];
  for (const [title, ignore, path, isKept] of cases) {
    it(title, () => {
      const uri = `file:///w/${path}`;
      const kept = withoutIgnored([uri], new Map([['file:///w', readGitignore(ignore)]]));
      assert.deepEqual(kept, isKept ? [uri] : []);
    });
  }

  it('gives the file nearest to a path the last word', () => {
    const rules = new Map([
      ['file:///w', readGitignore('*.json')],
      ['file:///w/a', readGitignore('!b.json')],
    ]);
    const uris = ['file:///w/a/b.json', 'file:///w/b.json', 'file:///x/b.json'];
    assert.deepEqual(withoutIgnored(uris, rules), ['file:///w/a/b.json', 'file:///x/b.json']);
  });

  it('spends no more on one path than passes unnoticed, and something on the next', () => {
    const budget = createIgnoreBudget();
    const rules = readGitignore(`kept.json\n${`${'*a'.repeat(200)}b\n`.repeat(100)}`, budget);
    for (let path = 0; path < 3; path += 1) {
      const before = budget.steps;
      assert.equal(rules.verdict('a'.repeat(250), 'file'), undefined);
      assert.ok(before - budget.steps < 110_000, `${before - budget.steps} steps`);
    }
    assert.equal(readGitignore('*.json', budget).verdict('x.json', 'file'), 'ignored');
  });
});
