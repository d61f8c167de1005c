import assert from 'node:assert/strict';
import {
  appendItem,
  appendMember,
  fillObject,
  insertItemAfter,
  insertMemberAfter,
  insertMemberBefore,
  removeComment,
  removeItems,
  removeMember,
  removeMembers,
  removeValue,
  renameKey,
  reorderItems,
  replaceString,
  replaceValue,
  replaceValueSlice,
  unwrapArray,
  wrapInArray,
} from '../../server/src/core/lint/edits';
import type { JsonValue } from '../../server/src/core/lint/layout';
import type { Edit } from '../../server/src/core/lint/rule';
import { parseJson, parseJsonSource } from '../../server/src/core/syntax/json';
import type {
  ArrayNode,
  MemberNode,
  ObjectNode,
  StringNode,
  SyntaxNode,
} from '../../server/src/core/syntax/nodes';
import { nestedSource } from '../../server/src/core/syntax/stringSpans';
import { applyEdits } from '../support/rulePages';

type EditsOf = (root: SyntaxNode) => Edit | readonly Edit[];

/** Edits a document, and once more as a string inside a document: what that string holds must be the same. */
function edited(text: string, edits: EditsOf): string {
  const { root } = parseJson(text, 'jsonc');
  assert.ok(root !== undefined);
  const result = applyEdits(text, [edits(root)].flat());
  const outer = JSON.stringify([text]);
  const string = items(parseJson(outer, 'json').root).items[0];
  assert.equal(string?.kind, 'string');
  const inner = parseJsonSource(nestedSource(string, 'json'), 'jsonc').root;
  assert.ok(inner !== undefined);
  assert.deepEqual(JSON.parse(applyEdits(outer, [edits(inner)].flat())), [result], 'inside a string');
  return result;
}

function items(node: SyntaxNode | undefined): ArrayNode {
  assert.equal(node?.kind, 'array');
  return node;
}

function object(node: SyntaxNode | undefined): ObjectNode {
  assert.equal(node?.kind, 'object');
  return node;
}

function member(node: SyntaxNode | undefined, name: string): MemberNode {
  const found = object(node).members.find(({ key }) => key.value === name);
  assert.ok(found !== undefined);
  return found;
}

function string(node: SyntaxNode | undefined): StringNode {
  assert.equal(node?.kind, 'string');
  return node;
}

describe('edits', () => {
  it('replace a slice of a string, between escapes', () => {
    assert.equal(
      edited('"a\\u0041\\n\\"bc"', (root) => replaceValueSlice(string(root), 3, 5, 'x"\\')),
      '"a\\u0041\\nx\\"\\\\c"',
    );
  });

  it('replace a string and a key', () => {
    assert.equal(
      edited('{ "a": "b" }', (root) => replaceString(string(member(root, 'a').value), 'c')),
      '{ "a": "c" }',
    );
    assert.equal(
      edited('{ "a": "b" }', (root) => renameKey(member(root, 'a'), 'c"')),
      '{ "c\\"": "b" }',
    );
  });

  it('replace any value, and wrap one', () => {
    assert.equal(
      edited('{ "a": true }', (root) => replaceValue(member(root, 'a').value ?? root, 'true')),
      '{ "a": "true" }',
    );
    assert.equal(
      edited('{ "a": {} }', (root) => wrapInArray(member(root, 'a').value ?? root)),
      '{ "a": [{}] }',
    );
  });

  const removals: readonly (readonly [
    name: string,
    text: string,
    indexes: readonly number[],
    result: string,
  ])[] = [
    ['the first of a line', '[1, 2, 3]', [0], '[2, 3]'],
    ['one in the middle', '[1, 2, 3]', [1], '[1, 3]'],
    ['the last of a line', '[1, 2, 3]', [2], '[1, 2]'],
    ['neighbours up to the end', '[1, 2, 3]', [1, 2], '[1]'],
    ['both ends', '[1, 2, 3]', [0, 2], '[2]'],
    ['all', '[\n  1,\n  2\n]', [0, 1], '[]'],
    ['a line', '[\n  1,\n  2,\n  3\n]', [1], '[\n  1,\n  3\n]'],
    ['the last line', '[\n  1,\n  2\n]', [1], '[\n  1\n]'],
    ['lines with CRLF', '[\r\n  1,\r\n  2,\r\n  3\r\n]', [0, 2], '[\r\n  2\r\n]'],
    ['a line with what is said about it', '[\n  1, // one\n  2 // two\n]', [0], '[\n  2 // two\n]'],
    [
      'a line, and keep what stands above it',
      '[\n  // one\n  1,\n  // two\n  2\n]',
      [1],
      '[\n  // one\n  1\n  // two\n]',
    ],
    ['with a trailing comma', '[\n  1,\n  2,\n]', [1], '[\n  1,\n]'],
    ['where a comma is missing', '[1 2, 3]', [0], '[2, 3]'],
    ['in a list that is not closed', '[1, 2', [1], '[1'],
    ['with a comma in a comment', '[1 /* , */, 2]', [1], '[1 /* , */]'],
  ];
  for (const [name, text, indexes, result] of removals) {
    it(`remove items: ${name}`, () => {
      assert.equal(
        edited(text, (root) => removeItems(items(root), indexes)),
        result,
      );
    });
  }

  it('remove members', () => {
    const text = '{\n  "a": 1,\n  "b": {\n    "c": 2\n  },\n  "d": 3\n}';
    assert.equal(
      edited(text, (root) => removeMember(member(root, 'b'))),
      '{\n  "a": 1,\n  "d": 3\n}',
    );
    assert.equal(
      edited(text, (root) => removeMembers(object(root), [member(root, 'b'), member(root, 'd')])),
      '{\n  "a": 1\n}',
    );
    assert.equal(
      edited(text, (root) => removeValue(member(root, 'd').value ?? root)),
      '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}',
    );
  });

  it('insert members on a line of their own where the neighbour has one', () => {
    const text = '{\r\n\t"a": 1\r\n}';
    assert.equal(
      edited(text, (root) => insertMemberAfter(member(root, 'a'), 'b', ['x'])),
      '{\r\n\t"a": 1,\r\n\t"b": [\r\n\t\t"x"\r\n\t]\r\n}',
    );
    assert.equal(
      edited(text, (root) => insertMemberBefore(member(root, 'a'), 'b', 'x')),
      '{\r\n\t"b": "x",\r\n\t"a": 1\r\n}',
    );
  });

  it('insert members on one line where the neighbours stand on one', () => {
    assert.equal(
      edited('{ "a": 1, "c": 3 }', (root) => insertMemberAfter(member(root, 'a'), 'b', { x: ['y', 2] })),
      '{ "a": 1, "b": { "x": ["y", 2] }, "c": 3 }',
    );
    assert.equal(
      edited('{"a":1}', (root) => appendMember(object(root), 'b', null)),
      '{"a":1,"b":null}',
    );
    assert.equal(
      edited('{}', (root) => appendMember(object(root), 'b', {})),
      '{ "b": {} }',
    );
    assert.equal(
      edited('{\n}', (root) => appendMember(object(root), 'b', 1)),
      '{ "b": 1 }',
    );
  });

  it('insert items', () => {
    assert.equal(
      edited('["a"]', (root) => appendItem(items(root), 'b')),
      '["a", "b"]',
    );
    assert.equal(
      edited('[]', (root) => appendItem(items(root), 'b')),
      '["b"]',
    );
    assert.equal(
      edited('[\n    {\n        "a": 1\n    }\n]', (root) => appendItem(items(root), { b: 'c' })),
      '[\n    {\n        "a": 1\n    },\n    {\n        "b": "c"\n    }\n]',
    );
    assert.equal(
      edited('["a" // one\n]', (root) => appendItem(items(root), 'b')),
      '["a", "b" // one\n]',
    );
  });

  it('insert an item behind the comment that ends the line of another', () => {
    assert.equal(
      edited('[\n  "a", // one\n  "b"\n]', (root) => insertItemAfter(items(root), 0, 'c')),
      '[\n  "a", // one\n  "c",\n  "b"\n]',
    );
  });

  it('insert into an empty list as its surroundings are laid out', () => {
    const row = (text: string, value: JsonValue): string =>
      edited(text, (root) => appendItem(items(member(root, 'a').value), value));
    assert.equal(row('{\n  "a": []\n}', { b: 1 }), '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}');
    assert.equal(row('{\n  "a": []\n}', 'b'), '{\n  "a": ["b"]\n}');
    assert.equal(row('{ "a": [] }', { b: [1, 2] }), '{ "a": [{ "b": [1, 2] }] }');
    assert.equal(row('{"a":[]}', { b: [1, 2] }), '{"a":[{"b":[1,2]}]}');
  });

  it('insert with an indentation of their own where the text shows none', () => {
    const add = (text: string): string => edited(text, (root) => appendMember(object(root), 'b', ['c']));
    assert.equal(add('{\n"a": 1\n}'), '{\n"a": 1,\n"b": [\n  "c"\n]\n}');
    assert.equal(
      edited('{\n\t"x": {\n  "a": 1\n  }\n}', (root) =>
        appendMember(object(member(root, 'x').value), 'b', ['c']),
      ),
      '{\n\t"x": {\n  "a": 1,\n  "b": [\n    "c"\n  ]\n  }\n}',
    );
  });

  it('fill an empty object with a comment, which stays', () => {
    assert.equal(
      edited('{ /* c */ }', (root) => fillObject(object(root), { a: [1, 2] })),
      '{ "a": [1, 2] /* c */ }',
    );
  });

  it('remove a comment with its line, and nothing else of it', () => {
    const without = (text: string, comment: string): string => {
      const { root } = parseJson(text, 'jsonc');
      const start = text.indexOf(comment);
      return applyEdits(text, [removeComment(object(root).source, { start, end: start + comment.length })]);
    };
    assert.equal(without('// one\n{ "a": 1 }', '// one'), '{ "a": 1 }');
    assert.equal(without('{\n  // one\n  "a": 1\n}', '// one'), '{\n  "a": 1\n}');
    assert.equal(without('{\n  "a": 1, // one\n}', '// one'), '{\n  "a": 1, \n}');
    assert.equal(without('{ /* one */ "a": 1 }', '/* one */'), '{ "a": 1 }');
  });

  it('leave the brackets of what is not one whole item', () => {
    const unwrapped = (text: string): readonly Edit[] | undefined =>
      unwrapArray(items(parseJson(text, 'jsonc').root));
    for (const text of ['[]', '["a", "b"]', '["a"', '[/* a */ "a"]', '["a" /* a */]', '["a" "b"]']) {
      assert.equal(unwrapped(text), undefined, text);
    }
    assert.notEqual(unwrapped('["a",]'), undefined);
  });

  it('leave the order of items with comments that share a line', () => {
    const reordered = (text: string): readonly Edit[] | undefined =>
      reorderItems(items(parseJson(text, 'jsonc').root), [1, 0]);
    assert.equal(reordered('["a", // a\n  "b"\n]'), undefined);
    assert.equal(reordered('[\n  "a", // a\n  "b"]'), undefined);
    assert.equal(reordered('[\n  "a" /* a */,\n  "b"\n]'), undefined);
    assert.equal(reordered('[\n  "a" // a\n  "b"\n]'), undefined);
    const text = '[\n  "a", // a\n  "b"\n]';
    assert.equal(applyEdits(text, reordered(text) ?? []), '[\n  "b",\n  "a" // a\n]');
  });
});
