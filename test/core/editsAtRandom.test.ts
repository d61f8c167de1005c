import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'jsonc-parser';
import {
  appendItem,
  appendMember,
  fillObject,
  insertItemAfter,
  insertItemsAfter,
  insertMemberAfter,
  insertMemberBefore,
  removeItems,
  removeMembers,
  renameKey,
  reorderItems,
  replaceItem,
  replaceString,
  replaceValue,
  replaceValueSlice,
  unwrapArray,
  wrapInArray,
} from '../../server/src/core/lint/edits';
import type { JsonValue } from '../../server/src/core/lint/layout';
import type { Edit } from '../../server/src/core/lint/rule';
import { parseJson, parseJsonSource } from '../../server/src/core/syntax/json';
import type { SyntaxNode } from '../../server/src/core/syntax/nodes';
import { nestedSource } from '../../server/src/core/syntax/stringSpans';
import { limit } from '../support/patience';
import { applyEdits } from '../support/rulePages';
import { runs as cases } from '../support/thorough';

/** How a random policy is written down. */
interface Style {
  readonly indent: string;
  readonly end: string;
  readonly multiline: boolean;
  readonly trailingCommas: boolean;
  /** For each place where a comment may stand, which kind does, if any. */
  readonly comments: readonly number[];
}

/** JSON with blanks, and with numbered comments where the style has them. */
function write(
  value: JsonValue,
  style: Style,
): { readonly text: string; readonly comments: readonly string[] } {
  const comments: string[] = [];
  let place = 0;
  const remark = (kinds: 'line' | 'block'): string => {
    const kind = style.comments[place % Math.max(style.comments.length, 1)] ?? 0;
    place += 1;
    if (kind === 0) {
      return '';
    }
    const text = kind === 1 && kinds === 'line' ? `// ${comments.length}, [x]` : `/* ${comments.length} , */`;
    comments.push(text);
    return text;
  };
  const list = (open: string, close: string, entries: readonly string[], depth: number): string => {
    if (entries.length === 0) {
      const inside = remark(style.multiline ? 'line' : 'block');
      return inside === '' || !style.multiline
        ? open + inside + close
        : `${open}${style.end}${style.indent.repeat(depth + 1)}${inside}${style.end}${style.indent.repeat(depth)}${close}`;
    }
    if (!style.multiline) {
      const before = remark('block');
      return `${open}${before}${before === '' ? '' : ' '}${entries.join(', ')}${style.trailingCommas ? ',' : ''}${close}`;
    }
    const inner = style.end + style.indent.repeat(depth + 1);
    const lines = entries.map((entry, i) => {
      const above = remark('line');
      const comma = i < entries.length - 1 || style.trailingCommas ? ',' : '';
      const behind = remark('line');
      return `${above === '' ? '' : inner + above}${inner}${entry}${comma}${behind === '' ? '' : ` ${behind}`}`;
    });
    return `${open}${lines.join('')}${style.end}${style.indent.repeat(depth)}${close}`;
  };
  const put = (item: JsonValue, depth: number): string => {
    if (Array.isArray(item)) {
      return list(
        '[',
        ']',
        item.map((inner: JsonValue) => put(inner, depth + 1)),
        depth,
      );
    }
    if (typeof item === 'object' && item !== null) {
      const entries = Object.entries(item).map(
        ([name, inner]) => `${JSON.stringify(name)}: ${put(inner as JsonValue, depth + 1)}`,
      );
      return list('{', '}', entries, depth);
    }
    return JSON.stringify(item);
  };
  return { text: put(value, 0), comments };
}

const scalar = fc.oneof(
  fc.constantFrom('Allow', 's3:GetObject', 'arn:aws:s3:::b/*', 'a"b\\c\n\u00e9', ''),
  fc.constantFrom(true, null, 1.5),
);
const names = fc.constantFrom('Sid', 'Effect', 'Action', 'Resource', 'Condition', 'x"y');
const json = fc.letrec<{
  value: JsonValue;
  object: { readonly [name: string]: JsonValue };
  array: readonly JsonValue[];
}>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t'),
  end: fc.constantFrom('\n', '\r\n'),
  multiline: fc.boolean(),
  trailingCommas: fc.boolean(),
  comments: fc.oneof(fc.constant([]), fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: 1, maxLength: 7 })),
});
const added = fc.constantFrom<JsonValue>(
  'new',
  7,
  ['new', { a: 'b' }],
  { Effect: 'Allow', Action: ['new'] },
  {},
  [],
);

type Change = (root: SyntaxNode) => Edit | readonly Edit[];

/** Applies a change to a policy in a style, and holds the result to what it should be. */
function check(
  value: JsonValue,
  how: Style,
  change: Change,
  expected: JsonValue,
  keepsComments = true,
): void {
  const { text, comments } = write(value, how);
  const { root, faults } = parseJson(text, 'jsonc');
  assert.deepEqual(faults, [], text);
  assert.ok(root !== undefined);
  const result = applyEdits(text, [change(root)].flat());
  const shown = `${text}\n---\n${result}`;
  assert.deepEqual(parseJson(result, 'jsonc').faults, [], shown);
  assert.deepEqual(parse(result, [], { allowTrailingComma: true }), expected, shown);
  if (keepsComments) {
    for (const comment of comments) {
      assert.ok(result.includes(comment), `${comment} is lost\n${shown}`);
    }
  }
  const bare = (line: string): string => line.replace(/\r$/, '');
  const before = new Set(text.split('\n').map(bare));
  for (const line of result.split('\n').map(bare)) {
    assert.ok(
      !/[ \t]$/.test(line) || before.has(line),
      `blanks at the end of ${JSON.stringify(line)}\n${shown}`,
    );
  }
  if (how.end === '\r\n') {
    assert.doesNotMatch(result, /(?<!\r)\n/, shown);
  }
  // The same in a string of a document, where everything is escaped once more.
  const outer = JSON.stringify({ PolicyDocument: text });
  const holder = parseJson(outer, 'json').root;
  const string = holder?.kind === 'object' ? holder.members[0]?.value : undefined;
  assert.equal(string?.kind, 'string');
  const inner = parseJsonSource(nestedSource(string, 'json'), 'jsonc').root;
  assert.ok(inner !== undefined);
  const nested = JSON.parse(applyEdits(outer, [change(inner)].flat())) as { PolicyDocument: string };
  assert.equal(nested.PolicyDocument, result, 'in a string');
}

/** Puts the random value where policies have theirs, so that it has neighbours and depth. */
const around = (value: JsonValue): JsonValue => ({ Version: '2012-10-17', Statement: value });

function statementOf(root: SyntaxNode): SyntaxNode {
  const node = root.kind === 'object' ? root.members[1]?.value : undefined;
  assert.ok(node !== undefined);
  return node;
}

function arrayOf(root: SyntaxNode): Extract<SyntaxNode, { kind: 'array' }> {
  const node = statementOf(root);
  assert.equal(node.kind, 'array');
  return node;
}

function objectOf(root: SyntaxNode): Extract<SyntaxNode, { kind: 'object' }> {
  const node = statementOf(root);
  assert.equal(node.kind, 'object');
  return node;
}

describe('edits of random policies', function () {
  this.timeout(limit(60_000));
  const runs = { numRuns: cases(1_600) };

  it('append and insert items', () => {
    fc.assert(
      fc.property(
        json.array,
        style,
        added,
        fc.nat(),
        fc.constantFrom('append', 'after'),
        (list, how, item, at, where) => {
          const index = list.length === 0 ? 0 : at % list.length;
          const place = where === 'append' || list.length === 0 ? list.length : index + 1;
          check(
            around(list),
            how,
            (root) =>
              where === 'append'
                ? appendItem(arrayOf(root), item)
                : insertItemAfter(arrayOf(root), index, item),
            around([...list.slice(0, place), item, ...list.slice(place)]),
          );
        },
      ),
      runs,
    );
  });

  it('append and insert members', () => {
    fc.assert(
      fc.property(
        json.object,
        style,
        added,
        fc.nat(),
        fc.constantFrom('append', 'before', 'after'),
        (object, how, item, at, where) => {
          const entries = Object.entries(object);
          const index = entries.length === 0 ? 0 : at % entries.length;
          const place =
            where === 'append' || entries.length === 0
              ? entries.length
              : where === 'before'
                ? index
                : index + 1;
          check(
            around(object),
            how,
            (root) => {
              const node = objectOf(root);
              const member = node.members[index];
              return where === 'append' || member === undefined
                ? appendMember(node, 'New"', item)
                : where === 'before'
                  ? insertMemberBefore(member, 'New"', item)
                  : insertMemberAfter(member, 'New"', item);
            },
            around(Object.fromEntries([...entries.slice(0, place), ['New"', item], ...entries.slice(place)])),
          );
        },
      ),
      runs,
    );
  });

  it('remove items and members; the comments that go are those on their own lines', () => {
    fc.assert(
      fc.property(json.array, style, fc.array(fc.nat({ max: 3 }), { maxLength: 3 }), (list, how, indexes) => {
        check(
          around(list),
          how,
          (root) => removeItems(arrayOf(root), indexes),
          around(list.filter((_, i) => !indexes.includes(i))),
          false,
        );
      }),
      runs,
    );
    fc.assert(
      fc.property(
        json.object,
        style,
        fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
        (object, how, indexes) => {
          check(
            around(object),
            how,
            (root) =>
              removeMembers(
                objectOf(root),
                objectOf(root).members.filter((_, i) => indexes.includes(i)),
              ),
            around(Object.fromEntries(Object.entries(object).filter((_, i) => !indexes.includes(i)))),
            false,
          );
        },
      ),
      runs,
    );
  });

  it('replace a value, and make a list of one', () => {
    fc.assert(
      fc.property(json.value, style, added, (value, how, item) => {
        check(around(value), how, (root) => replaceValue(statementOf(root), item), around(item), false);
        check(around(value), how, (root) => wrapInArray(statementOf(root)), around([value]));
        check(around(value), how, (root) => wrapInArray(statementOf(root), [item]), around([value, item]));
      }),
      runs,
    );
  });

  it('put several items behind one or in its place', () => {
    fc.assert(
      fc.property(
        json.array,
        style,
        fc.array(added, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (list, how, more, at) => {
          fc.pre(list.length > 0);
          const index = at % list.length;
          const withItem =
            (change: (array: ReturnType<typeof arrayOf>, item: SyntaxNode) => Edit): Change =>
            (root) => {
              const array = arrayOf(root);
              const item = array.items[index];
              assert.ok(item !== undefined);
              return change(array, item);
            };
          check(
            around(list),
            how,
            withItem((array, item) => insertItemsAfter(array, item, more)),
            around(list.toSpliced(index + 1, 0, ...more)),
          );
          check(
            around(list),
            how,
            withItem((array, item) => replaceItem(array, item, more)),
            around(list.toSpliced(index, 1, ...more)),
            false,
          );
        },
      ),
      runs,
    );
  });

  it('take the brackets away that they have put around a value', () => {
    fc.assert(
      fc.property(json.value, style, (value, how) => {
        const { text } = write(around(value), how);
        const parsed = (source: string): SyntaxNode =>
          statementOf(parseJson(source, 'jsonc').root ?? assert.fail());
        const wrapped = applyEdits(text, wrapInArray(parsed(text)));
        const node = parsed(wrapped);
        assert.equal(node.kind, 'array');
        assert.equal(applyEdits(wrapped, unwrapArray(node) ?? []), text);
        check(
          around([value]),
          { ...how, comments: [] },
          (root) => unwrapArray(arrayOf(root)) ?? assert.fail(),
          around(value),
        );
      }),
      runs,
    );
  });

  it('put items into another order, with their comments', () => {
    const orders = json.array.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list.keys()], { minLength: Math.min(1, list.length) }),
      ),
    );
    let done = 0;
    fc.assert(
      fc.property(orders, style, ([list, order], how) => {
        const root = parseJson(write(around(list), how).text, 'jsonc').root ?? assert.fail();
        if (reorderItems(arrayOf(root), order) === undefined) {
          assert.notEqual(how.comments.length, 0, 'without comments any order can be had');
          return;
        }
        done += 1;
        const expected = order.map((index) => list[index] ?? null);
        check(
          around(list),
          how,
          (node) => reorderItems(arrayOf(node), order) ?? assert.fail(),
          around(expected),
        );
      }),
      runs,
    );
    assert.ok(done > runs.numRuns / 2, `only ${done} lists could be put in order`);
  });

  it('fill an empty object', () => {
    fc.assert(
      fc.property(style, fc.constantFrom(0, 1), (how, among) => {
        const value = { Effect: 'Allow', Action: ['new'] };
        const list = (item: JsonValue): JsonValue => around(among === 1 ? [{ a: 1 }, item] : item);
        check(
          list({}),
          how,
          (root) => {
            const node = among === 1 ? arrayOf(root).items[1] : objectOf(root);
            assert.equal(node?.kind, 'object');
            return fillObject(node, value);
          },
          list(value),
        );
      }),
      runs,
    );
  });

  it('replace strings, slices of them, and keys', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', '"', '\\', '\n', '\u00e9', '\ud83d\ude00', '/'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, words, words, words, style, (before, old, after, put, how) => {
        const string = (root: SyntaxNode): Extract<SyntaxNode, { kind: 'string' }> => {
          const node = statementOf(root);
          assert.equal(node.kind, 'string');
          return node;
        };
        const whole = before + old + after;
        check(around(whole), how, (root) => replaceString(string(root), put), around(put));
        check(
          around(whole),
          how,
          (root) => replaceValueSlice(string(root), before.length, before.length + old.length, put),
          around(before + put + after),
        );
        check(
          { Version: 1, [`k${old}`]: 2 },
          how,
          (root) => {
            const member = root.kind === 'object' ? root.members[1] : undefined;
            assert.ok(member !== undefined);
            return renameKey(member, `n${put}`);
          },
          { Version: 1, [`n${put}`]: 2 },
        );
      }),
      runs,
    );
  });
});
