import assert from 'node:assert/strict';
import { parseHcl } from '../../../server/src/core/syntax/hcl/hcl';
import { PLAIN_DIALECT } from '../../../server/src/core/syntax/hcl/hclStrings';
import { encodeTemplate } from '../../../server/src/core/syntax/hcl/hclTemplates';
import type { StringNode, SyntaxNode } from '../../../server/src/core/syntax/nodes';
import { shown } from '../../support/shownTree';

/*
 * Where the templates of HCL end, and how text is written into them (HCL native syntax specification, "Template
 * Expressions").
 */

/** What stands between quotes that end where the text does, whatever quotes and braces are in it. */
const WHOLE: readonly string[] = [
  '',
  'a',
  '$',
  '%',
  '$$',
  '{}',
  '\\\\',
  '\\"',
  '\\\\\\"x',
  '$${',
  '%%{',
  '$$${a}',
  '${a}',
  '${a}$',
  '${"}"}',
  '${"\\""}',
  '${"a" == "}" ? "{" : "b"}x',
  '${{ a = 1 }}x',
  '${{ a = "}" }}x',
  '${{ a = { b = "}" } }}x',
  '${a == b}x',
  '${a != b}x',
  '${a >= b}x',
  '${a <= b}x',
  '${[for a in b : a => c]}x',
  '${f("${g("x")}")}x',
  '${f("%{ if a }}%{ endif }")}x',
  '${"$${"}x',
  '%{ if a == "b" }c%{ endif }x',
  '%{ if a != "b" }c%{ else }d%{ endif }x',
];

/** What stands behind a quote that no other one closes; the next line is an attribute of its own. */
const OPEN: readonly (readonly [behind: string, content: string])[] = [
  ['a', 'a'],
  ['a ', 'a'],
  ['a\t', 'a'],
  ['a}', 'a'],
  ['a])', 'a'],
  ['a,', 'a'],
  ['a } ] )', 'a'],
  ['a]b', 'a]b'],
  ['', ''],
  [']', ''],
  ['${', '${'],
  ['${a', '${a'],
  ['${a}', '${a}'],
  ['${a},', '${a}'],
  ['%{ if a }', '%{ if a }'],
  ['${"a}', '${"a}'],
  ['${a = 1', '${a = 1'],
  ['${{ a = 1', '${{ a = 1'],
  ['a\\', 'a\\'],
  ['a\\"', 'a\\"'],
  ['$${a', '$${a'],
  ['a\r', 'a'],
  ['a}\r', 'a'],
];

const memberOf = (root: SyntaxNode | undefined, name: string): SyntaxNode | undefined =>
  root?.kind === 'object' ? root.members.find((member) => member.name === name)?.value : undefined;

/** The first string in a value. */
function stringIn(node: SyntaxNode | undefined): StringNode | undefined {
  return node?.kind === 'array' ? stringIn(node.items[0]) : node?.kind === 'string' ? node : undefined;
}

/** The string that an attribute is given. */
function textOf(written: string): StringNode {
  const node = stringIn(memberOf(parseHcl(`p = ${written}\nq = 0\n`).root, 'p'));
  assert.ok(node, written);
  return node;
}

describe('a template of HCL', () => {
  for (const inside of WHOLE) {
    it(`ends behind ${inside}`, () => {
      // With a letter in front, a template of one expression is a text as well.
      const text = `p = "_${inside}"\nq = 0\n`;
      const { root } = parseHcl(text);
      const node = stringIn(memberOf(root, 'p'));
      assert.equal(node && text.slice(node.content.start, node.content.end), `_${inside}`);
      assert.equal(node?.closed, true);
      assert.equal(shown(memberOf(root, 'q')), '0');
    });
  }

  it('ends where it does in other templates, as deep as anybody writes', () => {
    const nested = (depth: number) => {
      const text = `p = "_${'${"'.repeat(depth)}a${'"}'.repeat(depth)}"\nq = 0\n`;
      return stringIn(memberOf(parseHcl(text).root, 'p'))?.closed;
    };
    assert.deepEqual([1, 2, 33, 34].map(nested), [true, true, true, false]);
  });

  for (const [behind, content] of OPEN) {
    it(`that is not closed ends with its line: ${JSON.stringify(behind)}`, () => {
      const text = `p = ["_${behind}\nq = 0\n`;
      const { root } = parseHcl(text);
      const node = stringIn(memberOf(root, 'p'));
      assert.equal(node && text.slice(node.content.start, node.content.end), `_${content}`);
      assert.equal(node?.closed, false);
      assert.equal(shown(memberOf(root, 'q')), '0');
    });
  }

  it('has one hole for each expression, and for all between directives', () => {
    for (const [written, shape] of [
      ['"a${f("}")}b${c}d"', 'a_b_d'],
      ['"a%{ if b }c%{ if d }e%{ endif }f%{ endif }g"', 'a_g'],
      ['"a%{ for b in c }d%{ if e }f%{ endif }%{ endfor }g${h}"', 'a_g_'],
      ['"a%{~ if b ~}c%{~ endif ~}d"', 'a_d'],
      ['"a%{ if b }c"', 'a_'],
      ['"a%{ if b }c${d}e"', 'a_'],
      ['<<A\nx${ a # }\n}y\nA', 'x_y\n'],
      ['<<A\nx${ { b = "}" } }y\nA', 'x_y\n'],
      ['<<-A\n  x\n    ${y}\n  A', 'x\n  _\n'],
    ] as const) {
      assert.equal(textOf(written).value.replaceAll(/\$\{[^{}]*\}/g, '_'), shape, written);
    }
  });

  it('that is a document of JSON has a text in quotes for each value that an expression writes', () => {
    for (const [written, shape, isPartial] of [
      ['<<A\n{"a": ${b}, "c": "${d}", "e\\"${f}": 1}\nA', '{"a": "_", "c": "_", "e\\"_": 1}\n', true],
      ['<<A\n[${b}]\nA', '["_"]\n', true],
      ['<<A\n  {"c": "${d}"}\nA', '  {"c": "_"}\n', false],
      ['<<A\na ${b}\nA', 'a _\n', false],
      ['"{ ${b}"', '{ _', false],
      ['<<A\n{"a": "b\n"c": ${d}}\nA', '{"a": "b\n"c": "_"}\n', true],
      ['<<A\n{"a": "b\\\\", "c": ${d}}\nA', '{"a": "b\\\\", "c": "_"}\n', true],
      ['<<A\n{"a": "b\\${c}", "d": ${e}}\nA', '{"a": "b\\_", "d": "_"}\n', true],
    ] as const) {
      const node = textOf(written);
      assert.equal(node.value.replaceAll(/\$\{[^{}]*\}/g, '_'), shape, written);
      assert.equal(node.isPartial, isPartial, written);
      assert.equal(node.hasDirectives, false, written);
    }
    const directed = textOf('<<A\n{%{ if a }\n"b": 1\n%{ endif }}\nA');
    assert.deepEqual(
      [directed.value, directed.isPartial, directed.hasDirectives],
      ['{\n"b": 1\n}\n', true, true],
    );
  });

  it('tells two expressions from each other, and one from none', () => {
    const holes = ['a[0]', 'a[1]', 'a["b"]', 'a + b', 'a - b', 'f(a)', 'f(b)', 'a[*].b'].map(
      (expression) => textOf(`"_\${${expression}}"`).value,
    );
    assert.equal(new Set(holes).size, holes.length);
    for (const value of holes) {
      assert.match(value, /^_\$\{[\w.-]+\}$/);
    }
    assert.equal(textOf('"_${ a.b }"').value, textOf('"_${a.b}"').value);
    assert.equal(textOf('"_${f(a)}"').value, textOf('"_${~ f(a) ~}"').value);
  });
});

/** What is written, what it reads as, and where in what is written each character of that begins; holes as `_`. */
const OFFSETS: readonly (readonly [written: string, read: string, offsets: readonly number[]])[] = [
  ['"ab"', 'ab', [1, 2, 3]],
  [String.raw`"a\nb\u00e9c"`.replaceAll('\\\\', '\\'), 'a\nbéc', [1, 2, 4, 5, 11, 12]],
  ['"$${a}%%{b}"', '${a}%{b}', [1, 3, 4, 5, 6, 8, 9, 10, 11]],
  ['"a${b}c"', 'a${b}c', [1, 2, 3, 4, 5, 6, 7]],
  // A hole that reads shorter than it is written, and one that reads longer.
  ['"a${ b }c"', 'a${b}c', [1, 2, 3, 4, 7, 8, 9]],
  ['"a${!b}c"', 'a${_b.lkqf0q}c', [1, 2, 3, 4, 5, 6, ...Array(6).fill(6), 6, 7, 8]],
  ['<<A\nb\nA', 'b\n', [4, 5, 6]],
  ['<<-A\n  b\n   c\n A', 'b\n c\n', [7, 8, 11, 12, 13, 14]],
];

describe('each character of a template', () => {
  for (const [written, read, offsets] of OFFSETS) {
    it(`stands where it is written in ${JSON.stringify(written)}`, () => {
      const node = textOf(written);
      assert.equal(node.value, read);
      assert.deepEqual(
        [...node.offsetTable()].map((offset) => offset - node.span.start),
        offsets,
      );
    });
  }
});

describe('a text in a template of HCL', () => {
  const TEXTS = [
    '',
    'a',
    'a"b',
    '\\',
    '\\n',
    '\t',
    '${a}',
    '%{a}',
    '$${a}',
    '%%{a}',
    '${',
    '%{',
    '$',
    '%',
    'a${b}c%{d}e',
    '&{a}',
    '{{}}',
    '${a${b}',
    '😀é',
  ];

  it('is written to read the same between quotes, and in a heredoc', () => {
    for (const text of [...TEXTS, 'a\nb', 'a\r\nb']) {
      const written = encodeTemplate(text, 'quoted', PLAIN_DIALECT, new Map());
      assert.equal(textOf(`"${written}"`).value, text, JSON.stringify(text));
    }
    for (const text of [...TEXTS, 'a\nb', 'a\n\n  b']) {
      const written = encodeTemplate(text, 'heredoc', PLAIN_DIALECT, new Map());
      assert.equal(textOf(`<<A\n${written}\nA`).value, `${text}\n`, JSON.stringify(text));
    }
    for (const text of ['a', 'a\nb', 'a\n  b', '${a}\nb']) {
      const written = encodeTemplate(text, 'indented-heredoc', PLAIN_DIALECT, new Map(), '    ');
      assert.equal(textOf(`<<-A\n    ${written}\n  A`).value, `${text}\n`, JSON.stringify(text));
    }
  });

  it('is written with ampersands where the data source of policies reads them', () => {
    const encode = (text: string) => encodeTemplate(text, 'quoted', { hasAmpersands: true }, new Map());
    assert.equal(encode('a${aws:username}"'), 'a&{aws:username}\\"');
    assert.equal(encode('%{a}'), '%%{a}');
    assert.equal(encodeTemplate('${a}', 'quoted', PLAIN_DIALECT, new Map()), '$${a}');
  });

  it('keeps the expressions of the file as they were written', () => {
    const node = textOf('"x${f("}")}y"');
    assert.equal(node.encode(`"${node.value}$`), '\\"x${f("}")}y$');
    assert.equal(node.encode('${aws:username}'), '$${aws:username}');
    const indented = textOf('<<-A\n   x\n   A');
    assert.equal(indented.encode('a\nb"\\'), 'a\n   b"\\');
    assert.equal(textOf('<<A\n  x\nA').encode('a\nb'), 'a\nb');
    assert.equal(textOf('<<-A\n \tx\n\t y\n   z\nA').encode('a\nb'), 'a\n \tb');
  });
});
