import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { ExpandedText } from '../../server/src/core/syntax/expandedText';
import { firstFrom } from '../../server/src/core/syntax/firstFrom';
import { parseJson } from '../../server/src/core/syntax/json';
import type { SourceText, StringNode } from '../../server/src/core/syntax/nodes';
import { documentSource, indexAt, nestedSource, spanOfValue } from '../../server/src/core/syntax/stringSpans';
import { decodedSource, isUrlEncoded } from '../../server/src/core/syntax/urlEncoded';

describe('the text of a string', () => {
  const FLAGS = ['hasHoles', 'hasDirectives', 'isPartial'] as const;
  const stringOf = (flags: Partial<Record<(typeof FLAGS)[number], boolean>>, isReadOnly?: boolean) => {
    const { root } = parseJson('{"a": "b\\n\\"c"}', 'json');
    const value = root?.kind === 'object' ? root.members[0]?.value : undefined;
    assert.ok(value?.kind === 'string');
    const { value: text, source } = value;
    const node: StringNode = {
      kind: 'string',
      value: text,
      span: value.span,
      content: value.content,
      closed: true,
      parent: undefined,
      source: { ...source, ...(isReadOnly !== undefined && { isReadOnly }) },
      offsetAt: (index) => value.offsetAt(index),
      indexAt: (offset) => value.indexAt(offset),
      offsetTable: () => value.offsetTable(),
      encode: (plain) => value.encode(plain),
      ...flags,
    };
    return nestedSource(node, 'yaml');
  };

  it('is read by itself, and stands where the string does', () => {
    const source = stringOf({});
    assert.deepEqual([source.text, source.syntax], ['b\n"c', 'yaml']);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 9].map((index) => source.offsetAt(index)),
      [7, 8, 10, 12, 13, 13],
    );
    assert.equal(source.encode('"'), '\\"');
    assert.deepEqual(
      [0, 8, 9, 10, 11, 12, 13, 99].map((offset) => indexAt(source, offset)),
      [0, 1, 2, 2, 3, 3, 4, 4],
    );
  });

  it('keeps what expressions write in it, and that nobody writes into it', () => {
    const told = (source: SourceText) =>
      [...FLAGS, 'isReadOnly' as const].filter((flag) => source[flag] !== undefined);
    assert.deepEqual(told(stringOf({})), []);
    assert.deepEqual(told(stringOf({ hasHoles: false }, false)), []);
    for (const flag of FLAGS) {
      assert.deepEqual(told(stringOf({ [flag]: true })), [flag]);
      assert.equal(stringOf({ [flag]: true })[flag], true);
    }
    assert.deepEqual(told(stringOf({}, true)), ['isReadOnly']);
    assert.equal(stringOf({}, true).isReadOnly, true);
  });
});

describe('a text that is encoded for a URL', () => {
  /** Each text with what it reads as, and where each code unit of that begins. */
  const TEXTS: readonly (readonly [encoded: string, text: string, starts: readonly number[]])[] = [
    ['', '', [0]],
    ['ab', 'ab', [0, 1, 2]],
    ['%7B%22a', '{"a', [0, 3, 6, 7]],
    ['a%20b', 'a b', [0, 1, 4, 5]],
    // Two, three and four bytes, the last of them two code units.
    ['%C3%BCx', 'üx', [0, 6, 7]],
    ['%E6%97%A5x', '日x', [0, 9, 10]],
    ['%F0%9F%90%95x', '🐕x', [0, 0, 12, 13]],
    ['%7f%df%bf', '\u007f\u07ff', [0, 3, 9]],
    ['%e0%a0%80%ef%bf%bf', '\u0800\uffff', [0, 9, 18]],
    // What is no character stays as it is.
    ['%', '%', [0, 1]],
    ['%4', '%4', [0, 1, 2]],
    ['%zzx', '%zzx', [0, 1, 2, 3, 4]],
    ['%C3x', '%C3x', [0, 1, 2, 3, 4]],
    ['%C3%', '%C3%', [0, 1, 2, 3, 4]],
    ['%E6%97x', '%E6%97x', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['%80%41', '%80%41', [0, 0, 0, 0, 0, 0, 6]],
  ];
  for (const [encoded, text, starts] of TEXTS) {
    it(`reads ${JSON.stringify(encoded)} as ${JSON.stringify(text)}`, () => {
      const source = decodedSource(documentSource(encoded, 'json'));
      assert.equal(source.text, text);
      assert.deepEqual(
        starts.map((_, index) => source.offsetAt(index)),
        starts,
      );
      assert.equal(starts.length, text.length + 1);
      assert.equal(source.offsetAt(text.length + 9), encoded.length);
      assert.equal(source.isReadOnly, true);
    });
  }

  it('takes what is written into it encoded', () => {
    assert.equal(decodedSource(documentSource('%7B', 'json')).encode('a "ü'), 'a%20%22%C3%BC');
  });

  it('is told by its beginning', () => {
    for (const text of ['%7B%22', '%7b%0A%20%22', ' %7B %09%22', '%7B%7B%22']) {
      assert.equal(isUrlEncoded(text), true, text);
    }
    for (const text of ['', '{"', '%7B', '%7Bx%22', '%7B%2', 'x%7B%22', '%5B%22']) {
      assert.equal(isUrlEncoded(text), false, text);
    }
  });
});

describe('a string that begins with an expression whose text is known', () => {
  const text = '{"a":"${x.arn}/b*"}';
  const { root } = openDocument({ text, language: 'json' }).tree;
  const written = root?.kind === 'object' ? root.members[0]?.value : undefined;
  assert.ok(written?.kind === 'string');
  const node: StringNode = written;
  // Behind `{"a":"`.
  const start = 6;
  const expanded = new ExpandedText(node, '${x.arn}'.length, 'arn:x');

  it('reads with that text in front', () => {
    assert.equal(expanded.value, 'arn:x/b*');
    assert.equal(expanded.written, '${x.arn}/b*');
    assert.equal(expanded.call, node);
    assert.equal(new ExpandedText(expanded, 3, 'y').call, node);
  });

  it('stands where the expression stands, and behind it letter by letter', () => {
    const offsets = [0, 0, 0, 0, 0, 8, 9, 10, 11].map((offset) => start + offset);
    assert.deepEqual([...expanded.offsetTable()], offsets);
    assert.deepEqual(
      offsets.map((_, index) => expanded.offsetAt(index)),
      offsets,
    );
    // Any part of the expression is all of it.
    assert.deepEqual(
      [1, 4, 5, 6, 8].map((index) => expanded.endAt(index)),
      [8, 8, 8, 9, 11].map((offset) => start + offset),
    );
    assert.deepEqual(spanOfValue(expanded, 0, 3), { start, end: start + 8 });
    assert.deepEqual(spanOfValue(expanded, 5, 7), { start: start + 8, end: start + 10 });
    assert.deepEqual(spanOfValue(expanded, 5, 5), { start: start + 8, end: start + 8 });
    assert.deepEqual(
      [0, 7, 8, 9, 11].map((offset) => expanded.indexAt(start + offset)),
      [4, 4, 5, 6, 8],
    );
  });

  it('can be written to behind the expression, and as a whole', () => {
    const slice = (from: number, to: number) => {
      const found = expanded.writtenSlice(from, to);
      return found && [found.from, found.to, found.node === node, found.escaped('"')];
    };
    assert.deepEqual(slice(5, 7), [8, 10, true, '"']);
    assert.deepEqual(slice(8, 8), [11, 11, true, '"']);
    assert.deepEqual(slice(0, 8), [0, 11, true, '"']);
    assert.deepEqual(
      [slice(0, 5), slice(4, 6), slice(1, 8), slice(0, 7)],
      [undefined, undefined, undefined, undefined],
    );
    assert.equal(expanded.encode('"'), '\\"');
  });
});

describe('what begins at an offset or behind it', () => {
  it('is the first of a list', () => {
    const list = [0, 3, 3, 7, 20].map((start) => ({ span: { start, end: start + 1 } }));
    for (let count = 0; count <= list.length; count += 1) {
      const some = list.slice(0, count);
      for (let offset = -1; offset < 23; offset += 1) {
        const found = some.findIndex(({ span }) => span.start >= offset);
        assert.equal(firstFrom(some, offset), found < 0 ? count : found, `${offset} among ${count}`);
      }
    }
  });

  it('is an index into a text, wherever that stands', () => {
    const source = {
      ...documentSource('abcd', 'json'),
      offsetAt: (index: number) => [4, 6, 6, 10, 12][index] ?? 12,
    };
    const found = Array.from({ length: 14 }, (_, offset) => indexAt(source, offset));
    assert.deepEqual(found, [0, 0, 0, 0, 0, 1, 1, 3, 3, 3, 3, 4, 4, 4]);
  });
});
