import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { type JsonDialect, parseJson, parseJsonSource } from '../../server/src/core/syntax/json';
import type { MemberNode, StringNode, SyntaxNode, SyntaxTree } from '../../server/src/core/syntax/nodes';
import {
  contentSpan,
  nestedSource,
  offsetInDocument,
  spanOfValue,
  valueIndexAt,
} from '../../server/src/core/syntax/stringSpans';
import { limit } from '../support/patience';
import { runs, step } from '../support/thorough';

/** A tree as plain data; members as pairs, so that duplicates show. */
type Plain =
  | { readonly members: readonly (readonly [string, Plain])[] }
  | readonly Plain[]
  | string
  | number
  | boolean
  | null
  | undefined;

function plain(node: SyntaxNode | undefined): Plain {
  switch (node?.kind) {
    case 'object':
      return { members: node.members.map((member) => [member.key.value, plain(member.value)]) };
    case 'array':
      return node.items.map(plain);
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    default:
      return undefined;
  }
}

/** The value as other readers see it: of members with one name the last counts. */
function valueIn(node: SyntaxNode | undefined): unknown {
  switch (node?.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.key.value, valueIn(member.value)]));
    case 'array':
      return node.items.map(valueIn);
    default:
      return plain(node);
  }
}

function lengthOf(node: SyntaxNode | undefined): number {
  return node?.kind === 'array' ? node.items.length : -1;
}

/** Spans are ordered, inside the text, inside those of their parents, and parents are what they say. */
function checkShape(tree: SyntaxTree, text: string): void {
  const check = (node: SyntaxNode | MemberNode, within: { start: number; end: number }): void => {
    const { span } = node;
    assert.ok(within.start <= span.start && span.start <= span.end && span.end <= within.end, 'span');
    let at = span.start;
    const children =
      node.kind === 'object'
        ? node.members
        : node.kind === 'array'
          ? node.items
          : node.kind === 'member'
            ? [node.key, ...(node.value === undefined ? [] : [node.value])]
            : [];
    for (const child of children) {
      assert.equal(child.parent, node);
      assert.ok(child.span.start >= at, 'order');
      at = child.span.end;
      check(child, span);
    }
  };
  if (tree.root !== undefined) {
    check(tree.root, { start: 0, end: text.length });
  }
  for (const { span } of tree.faults) {
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, 'span of a fault');
  }
}

const POLICY = `{
  "Version": "2012-10-17", // the newer one
  "Statement": [{
    "Sid": "a\\u0041\\n\\"",
    "Effect": "Allow",
    "Action": ["execute-api:Invoke", "execute-api:InvalidateCache",],
    "Resource": "arn:aws:execute-api:*:*:abc/\\u00e9/\\ud83d\\ude00/*",
    "Condition": { "Bool": { "aws:SecureTransport": true }, "NumericLessThan": { "x:y": [-1.5e3, null] } }
  } /* one */]
}
`;

describe('parseJson', function () {
  this.timeout(limit(30_000));

  it('reads what any JSON text says, duplicate keys and all', () => {
    const members = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<Plain>(null, true, false, 0, -0.5, 1e21),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .array(fc.tuple(fc.constantFrom('a', 'b', '', 'Statement', '"\\'), tie('value')), { maxLength: 4 })
          .map((pairs): Plain => ({ members: pairs })),
      ),
    })).value;
    const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r\n'), maxLength: 2 });
    const write = (value: Plain, gap: string): string => {
      if (typeof value === 'object' && value !== null) {
        return 'members' in value
          ? `{${gap}${value.members.map(([name, item]) => `${JSON.stringify(name)}${gap}:${gap}${write(item, gap)}`).join(`${gap},${gap}`)}${gap}}`
          : `[${gap}${(value as readonly Plain[]).map((item) => write(item, gap)).join(`${gap},${gap}`)}${gap}]`;
      }
      return JSON.stringify(value);
    };
    fc.assert(
      fc.property(members, blank, (value, gap) => {
        const text = gap + write(value, gap) + gap;
        const tree = parseJson(text, 'json');
        assert.deepEqual(tree.faults, []);
        assert.deepEqual(plain(tree.root), value);
        assert.deepEqual(valueIn(tree.root), parse(text));
        checkShape(tree, text);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('reads every beginning of a text, and of a text with a hole', () => {
    const texts = [POLICY, JSON.stringify([POLICY]), '{"a":[{"b":[1,{"c":"\\ud83d\\ude00"}]}],"d":-1.5e-3}'];
    for (const text of texts) {
      for (let cut = 0; cut <= text.length; cut += step(1, 4)) {
        for (const piece of [text.slice(0, cut), text.slice(cut), text.slice(0, cut) + text.slice(cut + 1)]) {
          for (const dialect of ['json', 'jsonc'] as const) {
            checkShape(parseJson(piece, dialect), piece);
          }
        }
      }
    }
  });

  it('reads arbitrary tokens in arbitrary order', () => {
    const tokens = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      'tru',
      'null',
      '//x\n',
      '/*',
      '\\',
      '\n',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 14 }), (picked) => {
        const text = picked.join('');
        const tree = parseJson(text, 'jsonc');
        checkShape(tree, text);
        if (tree.faults.length === 0 && tree.root !== undefined) {
          assert.deepEqual(valueIn(tree.root), parse(text, [], { allowTrailingComma: true }));
        }
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('has faults exactly where a strict reader refuses', () => {
    const tokens = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\n"',
      '"\\x"',
      '1',
      '-',
      '01',
      'true',
      'null',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 8 }), (picked) => {
        const text = picked.join('');
        const refused = (() => {
          try {
            JSON.parse(text);
            return false;
          } catch {
            return true;
          }
        })();
        const { root, faults } = parseJson(text, 'json');
        // An empty text is the empty document that somebody is about to fill.
        assert.equal(faults.length > 0 || root === undefined, refused, text);
      }),
      { numRuns: runs(20_000) },
    );
  });

  const faults: readonly (readonly [
    name: string,
    text: string,
    faults: readonly string[],
    value: unknown,
    dialect?: JsonDialect,
  ])[] = [
    ['nothing', '', [], undefined],
    ['a missing value', '{"a": }', ['value-expected@5-5'], { a: undefined }],
    ['a missing value before a comma', '{"a":, "b": 1}', ['value-expected@5-5'], { a: undefined, b: 1 }],
    [
      'a missing value before the next member',
      '{"a":\n"b": 1}',
      ['value-expected@5-5', 'comma-expected@6-9'],
      { a: undefined, b: 1 },
    ],
    [
      'a missing value before a member whose colon stands apart',
      '{"a":\n"b" \t\r\n: 1}',
      ['value-expected@5-5', 'comma-expected@6-9'],
      { a: undefined, b: 1 },
    ],
    ['a missing colon', '{"a" 1, "b": 2}', ['colon-expected@5-6'], { a: 1, b: 2 }],
    ['a missing comma', '{"a": 1 "b": 2}', ['comma-expected@8-11'], { a: 1, b: 2 }],
    ['a missing comma in a list', '[1 2]', ['comma-expected@3-4'], [1, 2]],
    ['a doubled comma', '[1,,2]', ['value-expected@3-4'], [1, 2]],
    ['a leading comma', '{, "a": 1}', ['property-name-expected@1-2'], { a: 1 }],
    ['a trailing comma', '[1, 2, ]', ['trailing-comma@5-6'], [1, 2]],
    ['a trailing comma where it is allowed', '{"a": [1,],}', [], { a: [1] }, 'jsonc'],
    ['a comment', '[1 /* one */]', ['comment-not-permitted@3-12'], [1]],
    ['a line comment', '[1] // one', ['comment-not-permitted@4-10'], [1]],
    ['comments where they are allowed', '// a\n[1 /* b */]', [], [1], 'jsonc'],
    ['a comment without an end', '[1] /* a', ['unterminated-comment@4-8'], [1], 'jsonc'],
    ['a brace that is not closed', '{"a": {"b": 1}', ['close-brace-expected@14-14'], { a: { b: 1 } }],
    ['a bracket that is not closed', '{"a": [1, 2}', ['close-bracket-expected@11-11'], { a: [1, 2] }],
    [
      'a bracket that is not closed before the next member',
      '{"a": [1, 2 "b": 3}',
      ['close-bracket-expected@11-11', 'comma-expected@12-15'],
      { a: [1, 2], b: 3 },
    ],
    [
      'a bracket that is not closed behind a comma',
      '{"a": ["x",\n"b": 3}',
      ['trailing-comma@10-11', 'close-bracket-expected@11-11', 'comma-expected@12-15'],
      { a: ['x'], b: 3 },
    ],
    [
      'a brace that is not closed in a list',
      '[{"a": 1, {"a": 2}]',
      ['property-name-expected@10-11'],
      [{ a: 2 }],
    ],
    ['a brace too many', '{"a": 1}}', ['end-of-file-expected@8-9'], { a: 1 }],
    ['a second value', '{} {}', ['end-of-file-expected@3-4'], {}],
    ['a stray bracket', '{"a": 1 ], "b": 2}', ['property-name-expected@8-9'], { a: 1, b: 2 }],
    [
      'a stray word',
      '{"a": 1, b: 2, "c": 3}',
      [
        'invalid-symbol@9-10',
        'property-name-expected@10-11',
        'property-name-expected@12-13',
        'property-name-expected@13-14',
      ],
      undefined,
    ],
    ['a string that is not closed', '{"a": "b\n, "c": 1}', ['unterminated-string@6-8'], { a: 'b', c: 1 }],
    ['a wrong escape', '["a\\xb"]', ['invalid-escape@1-7'], ['ab']],
    ['half an escape', '["\\u12"]', ['invalid-escape@1-7'], ['']],
    ['a raw tab in a string', '["a\tb"]', ['invalid-character@1-6'], ['a\tb']],
    ['a number with zeros before it', '[0123, 7]', ['invalid-number@1-5'], [123, 7]],
    ['a negative one', '{"a": -012, "b": 0}', ['invalid-number@6-10'], { a: -12, b: 0 }],
    ['a number like no other', '[-]', ['invalid-symbol@1-2'], []],
    ['a lone colon in a list', '["a": 1]', ['value-expected@4-5', 'comma-expected@6-7'], ['a', 1]],
    ['only a word', 'x', ['invalid-symbol@0-1'], undefined],
    ['only a bracket', ']', ['value-expected@0-1'], undefined],
  ];
  for (const [name, text, expected, value, dialect = 'json'] of faults) {
    it(`recovers from ${name}`, () => {
      const tree = parseJson(text, dialect);
      checkShape(tree, text);
      assert.deepEqual(
        tree.faults.map(({ code, span }) => `${code}@${span.start}-${span.end}`),
        expected,
      );
      if (value !== undefined) {
        assert.deepEqual(valueIn(tree.root), value);
      }
    });
  }

  it('keeps values that stand so dense that they take more room than their text', () => {
    for (const text of [
      `[${'1,'.repeat(5_000)}2]`,
      `[${'[],'.repeat(5_000)}{}]`,
      `{${'"":{},'.repeat(5_000)}"":""}`,
    ]) {
      const tree = parseJson(text, 'json');
      assert.deepEqual(tree.faults, []);
      assert.equal(tree.root?.kind === 'object' ? tree.root.members.length : lengthOf(tree.root), 5_001);
      checkShape(tree, text);
    }
  });

  it('gives the same node whenever it is asked for', () => {
    const { root } = parseJson('{"a": [{"b": null}, 1], "c": "d"}', 'json');
    assert.equal(root?.kind, 'object');
    const look = () => {
      const [a, c] = root.members;
      const list = a?.value?.kind === 'array' ? a.value : undefined;
      return [a, a?.key, list, list?.items[0], list?.items[1], c?.key, c?.value];
    };
    const again = look();
    for (const [index, node] of look().entries()) {
      assert.ok(node);
      assert.equal(node, again[index]);
    }
  });

  it('lists faults in source order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"\\x"', '1', 'x', ' '), {
          maxLength: 12,
        }),
        (picked) => {
          const starts = parseJson(picked.join(''), 'json').faults.map((fault) => fault.span.start);
          assert.deepEqual(
            starts,
            [...starts].sort((a, b) => a - b),
            picked.join(''),
          );
        },
      ),
      { numRuns: runs(5_000) },
    );
  });

  for (const [name, text] of [
    ['brackets', '['.repeat(100_000)],
    ['braces', '{"a":'.repeat(50_000)],
    ['brackets that close', '['.repeat(100_000) + ']'.repeat(100_000)],
  ] as const) {
    it(`says once that a hundred thousand ${name} are too deep`, () => {
      const { root, faults: found } = parseJson(text, 'json');
      assert.notEqual(root, undefined);
      assert.equal(found.filter(({ code }) => code === 'nested-too-deep').length, 1);
    });
  }

  it('keeps what stands behind a value that is too deep', () => {
    const deep = `${'['.repeat(300)}${']'.repeat(300)}`;
    const { root, faults: found } = parseJson(`{"a": ${deep}, "b": 1}`, 'json');
    assert.deepEqual(
      found.map(({ code }) => code),
      ['nested-too-deep'],
    );
    assert.equal(root?.kind === 'object' && plain(root.members[1]?.value), 1);
  });
});

/** The one string of a document that is nothing else. */
function stringOf(text: string): StringNode {
  const { root } = parseJson(text, 'json');
  assert.equal(root?.kind, 'string');
  return root;
}

const randomString = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      '\\',
      '/',
      '\n',
      '\t',
      '\u0000',
      '\ud83d\ude00',
      '\ud83d',
      '\ude00',
      '\u00e9',
      '\u2028',
      'a',
      '{',
      'u',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

/** As JSON, with each code unit written plainly or as a number. */
function written(value: string, asNumber: readonly boolean[]): string {
  const units = value.split('').map((unit, i) => {
    const code = `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return asNumber[i % Math.max(asNumber.length, 1)] === true || /[\ud800-\udfff]/.test(unit)
      ? code
      : JSON.stringify(unit).slice(1, -1);
  });
  return `"${units.join('')}"`;
}

describe('string spans', function () {
  this.timeout(limit(30_000));

  it('give each code unit its own place, which reads as that unit', () => {
    fc.assert(
      fc.property(randomString, fc.array(fc.boolean(), { maxLength: 5 }), (value, asNumber) => {
        const text = written(value, asNumber);
        const node = stringOf(text);
        assert.equal(node.value, value);
        let at = 1;
        for (let i = 0; i < value.length; i += 1) {
          const span = spanOfValue(node, i, i + 1);
          assert.equal(span.start, at);
          assert.equal(JSON.parse(`"${text.slice(span.start, span.end)}"`), value[i]);
          for (let offset = span.start; offset < span.end; offset += 1) {
            assert.equal(valueIndexAt(node, offset), i);
          }
          at = span.end;
        }
        assert.equal(at, text.length - 1);
        assert.deepEqual(contentSpan(node), { start: 1, end: text.length - 1 });
        assert.equal(valueIndexAt(node, text.length), value.length);
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('give each code unit its own place in a string in a string', () => {
    fc.assert(
      fc.property(randomString, fc.array(fc.boolean(), { maxLength: 5 }), (value, asNumber) => {
        const text = written(written(value, asNumber), asNumber);
        const inner = parseJsonSource(nestedSource(stringOf(text), 'json'), 'json').root;
        assert.equal(inner?.kind, 'string');
        assert.equal(inner.value, value);
        for (let i = 0; i < value.length; i += 1) {
          const { start, end } = spanOfValue(inner, i, i + 1);
          const once = JSON.parse(`"${text.slice(start, end)}"`) as string;
          assert.equal(JSON.parse(`"${once}"`), value[i]);
          assert.equal(valueIndexAt(inner, start), i);
          assert.equal(valueIndexAt(inner, end - 1), i);
        }
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('give every token of a policy in a string the place of its text', () => {
    const policy = '{"Statement":[{"Effect":"Allow","Sid":"a\\u0041\\n"}]}';
    for (const text of [JSON.stringify(policy), JSON.stringify({ x: ['\n', policy] })]) {
      const holder = parseJson(text, 'json').root;
      const string =
        holder?.kind === 'string'
          ? holder
          : holder?.kind === 'object' && holder.members[0]?.value?.kind === 'array'
            ? holder.members[0].value.items[1]
            : undefined;
      assert.equal(string?.kind, 'string');
      const tree = parseJsonSource(nestedSource(string, 'json'), 'json');
      checkShape(tree, text);
      const plainTree = parseJson(policy, 'json');
      const spans = (node: SyntaxNode | undefined): readonly SyntaxNode[] =>
        node === undefined
          ? []
          : node.kind === 'object'
            ? [node, ...node.members.flatMap((member) => [member.key, ...spans(member.value)])]
            : node.kind === 'array'
              ? [node, ...node.items.flatMap(spans)]
              : [node];
      const nested = spans(tree.root);
      for (const [i, node] of spans(plainTree.root).entries()) {
        const { start, end } = nested[i]?.span ?? { start: 0, end: 0 };
        assert.equal(JSON.parse(`"${text.slice(start, end)}"`), policy.slice(node.span.start, node.span.end));
      }
    }
  });

  const faulty: readonly (readonly [text: string, value: string, offsets: readonly number[]])[] = [
    ['"a\\xb"', 'ab', [1, 4, 5]],
    ['"\\u12z"', 'z', [5, 6]],
    ['"a\\u00zb"', 'azb', [1, 6, 7, 8]],
    ['"\\xab', 'ab', [3, 4, 5]],
    ['"ab\\', 'ab', [1, 2, 3]],
    ['"a\\u', 'a', [1, 2]],
    ['"', '', [1]],
    ['"\\x\\y"', '', [1]],
  ];
  for (const [text, value, offsets] of faulty) {
    it(`keep their place across the faulty escapes of ${text}`, () => {
      const node = stringOf(text);
      assert.equal(node.value, value);
      const found = offsets.map((_, i) => offsetInDocument(node, i));
      assert.deepEqual(found.slice(0, -1), offsets.slice(0, -1));
      const last = found.at(-1) ?? 0;
      assert.ok(last >= (offsets.at(-1) ?? 0) && last <= text.length, `end at ${last}`);
    });
  }

  it('stay inside the text and in order for any escapes, right or wrong', () => {
    const unit = fc.constantFrom('\\', '\\u', '\\u00', '\\u0041', '\\n', '\\x', 'a', '"', '\u00e9');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (content) => {
        const text = `"${content}`;
        const { root } = parseJson(text, 'json');
        assert.equal(root?.kind, 'string');
        let at = root.span.start;
        for (let i = 0; i <= root.value.length; i += 1) {
          const offset = offsetInDocument(root, i);
          assert.ok(offset >= at && offset <= root.span.end);
          at = offset;
          if (i < root.value.length) {
            assert.equal(valueIndexAt(root, offset), i);
            const source = text.slice(offset, spanOfValue(root, i, i + 1).end);
            assert.ok(source.startsWith('\\') || source.startsWith(root.value[i] ?? ''), source);
          }
        }
        parseJsonSource(nestedSource(root, 'json'), 'json');
      }),
      { numRuns: runs(5_000) },
    );
  });
});
