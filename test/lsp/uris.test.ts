import assert from 'node:assert/strict';
import { canonicalUri } from '../../server/src/lsp/uris';

describe('URIs of the same file', () => {
  for (const same of [
    [
      'file:///w/a+b.json',
      'file:///w/a%2Bb.json',
      'file:///w/a%2bb.json',
      'file:/w/a+b.json',
      'FILE:///w/a+b.json',
    ],
    [
      'file:///c%3A/Users/p.json',
      'file:///C:/Users/p.json',
      'file:///c:/Users/p.json',
      'file:///C%3a/Users/p.json',
    ],
    ['file:///w/%C3%BC(1).json', 'file:///w/\u00fc%281%29.json', 'file:///w/%c3%bc(1).json'],
    ['file://server/share/a b', 'file://server/share/a%20b'],
    ['file:///w/(a)-b_c.~!*.json', 'file:///w/%28a%29-b%5fc%2e%7E%21%2A.json'],
    ['file:///', 'file:/'],
  ]) {
    it(`are compared as one: ${same.join(', ')}`, () => {
      assert.equal(new Set(same.map(canonicalUri)).size, 1, same.map(canonicalUri).join());
    });
  }

  it('stay different where they name different files, or nobody knows what they name', () => {
    const different = [
      'file:///w/a%252Bb.json',
      'file:///w/a%2Bb.json',
      'file:///w/a%2Fb.json',
      'file:///w/a/b.json',
      'file:///W/a/b.json',
      'file:///w/%zz',
      'untitled:a+b',
      'untitled:a%2Bb',
      'vscode-notebook-cell:/w/a.ipynb#W0',
      'vscode-notebook-cell:/w/a.ipynb#W1',
      '',
      'file:',
    ];
    assert.equal(new Set(different.map(canonicalUri)).size, different.length);
  });
});
