import assert from 'node:assert/strict';
import { parseHcl } from '../../../server/src/core/syntax/hcl/hcl';
import type { SyntaxNode } from '../../../server/src/core/syntax/nodes';
import { limit, processorTime } from '../../support/patience';
import { step } from '../../support/thorough';
import { MODULE } from './module';

/** What a tree says, as plain data: functions as objects, what is unknown as `?`. Of members with one name the list. */
function plain(node: SyntaxNode | undefined): unknown {
  if (node === undefined) {
    return '(missing)';
  }
  switch (node.kind) {
    case 'object': {
      const result: Record<string, unknown> = {};
      for (const { name, value } of node.members) {
        const said = plain(value);
        result[name] = name in result ? [result[name], said] : said;
      }
      return result;
    }
    case 'array':
      return node.items.map(plain);
    case 'null':
      return null;
    case 'opaque':
      return '?';
    default:
      return node.value;
  }
}

function read(text: string): unknown {
  const { root, faults } = parseHcl(text);
  assert.deepEqual(faults, []);
  return plain(root);
}

describe('HCL', function () {
  this.timeout(limit(20_000));

  for (const [title, text, expected] of [
    ['attributes', 'a = 1\nb="x" # c\nc = true // d\n/* e */ d = null', { a: 1, b: 'x', c: true, d: null }],
    ['blocks and labels', 'a "b" c {\n x = 1\n}\nd {}\n', { a: { b: { c: { x: 1 } } }, d: {} }],
    ['blocks of one name', 'a {\n x = 1\n}\na {\n x = 2\n}', { a: [{ x: 1 }, { x: 2 }] }],
    [
      'objects with either mark, on lines or with commas',
      'a = { b = 1, "c" : 2\n d = { e = 3 } }',
      { a: { b: 1, c: 2, d: { e: 3 } } },
    ],
    ['lists', 'a = [\n 1, # one\n "b",\n [true],\n]', { a: [1, 'b', [true]] }],
    ['numbers', 'a = [0, -1, 2.5, 1e3, 1.5E-1]', { a: [0, -1, 2.5, 1000, 0.15] }],
    ['escapes', 'a = "q\\"b\\\\n\\n\\u00e9\\U0001F600"', { a: 'q"b\\n\né😀' }],
    ['holes', 'a = "x-${var.b}/y"', { a: 'x-${var.b}/y' }],
    ['a hole with quotes and braces', 'a = "${"x"}y" \nb = 1', { b: 1 }],
    ['what is no hole', 'a = "$${aws:username} 100%% %%{x}"', { a: '${aws:username} 100%% %{x}' }],
    [
      'references',
      'a = var.b.c[0].d\nb = "${local.c}"',
      { a: { Ref: 'var.b.c[0].d' }, b: { Ref: 'local.c' } },
    ],
    ['a heredoc', 'a = <<EOF\n x\n  y ${z}\nEOF\nb = 1', { a: ' x\n  y ${z}\n', b: 1 }],
    ['one that is moved in', 'a = <<-EOF\n    x\n      y\n\n  EOF\nb = 1', { a: 'x\n  y\n\n', b: 1 }],
    ['jsonencode', 'a = jsonencode({ b = [1] })', { a: { b: [1] } }],
    ['parentheses', 'a = ("x")', { a: 'x' }],
    ['concat', 'a = concat(["x"], var.b, [["y"]])', { a: ['x', { Ref: 'var.b' }, 'y'] }],
    ['compact', 'a = compact(["x", "", var.b ? "y" : ""])', { a: ['x', { 'Fn::If': ['?', 'y'] }] }],
    ['merge', 'a = merge({ b = 1, c = 2 }, { b = 3 }, var.d)', { a: { b: 3, c: 2 } }],
    ['a conditional', 'a = var.b ? "x" : null', { a: { 'Fn::If': ['?', 'x'] } }],
    [
      'a conditional over comparisons',
      'a = b == 1 && !c ? ["x"] : ["y"]',
      { a: { 'Fn::If': ['?', ['x'], ['y']] } },
    ],
    [
      'for',
      'a = [for k, v in var.b : { c = v.d } if v.e]',
      { a: [{ 'Fn::If': ['?', { c: { Ref: 'v.d' } }] }] },
    ],
    [
      'an operation',
      'a = 1 + length("x")',
      { a: { 'Fn::expression': ['?', 1, { 'Fn::length': ['?', 'x'] }] } },
    ],
    [
      'keys that are expressions',
      'a = { (var.b) = 1, "${var.c}:sub" = 2 }',
      { a: { '${var.b}': 1, '${var.c}:sub': 2 } },
    ],
    ['names of other scripts', 'größe = 1\na-b = 2', { größe: 1, 'a-b': 2 }],
    [
      'line ends of Windows',
      'a = 1\r\nb {\r\n  c = [\r\n    "d",\r\n  ]\r\n}\r\n',
      { a: 1, b: { c: ['d'] } },
    ],
    [
      'a call of a function of a provider',
      'a = provider::aws::arn_parse("x").y',
      { a: { 'Fn::expression': ['?', { 'Fn::provider_aws_arn_parse': ['?', 'x'] }] } },
    ],
  ] as const) {
    it(`is read: ${title}`, () => {
      const said = read(text);
      if (title === 'a hole with quotes and braces') {
        assert.match(JSON.stringify(said), /"a":"\$\{[^:"]*\}y","b":1/);
      } else {
        assert.deepEqual(said, expected);
      }
    });
  }

  for (const [title, text, expected] of [
    ['a quote', 'a {\n  b = "x\n  c = 1\n}\nd {\n  e = 2\n}', { a: { b: 'x', c: 1 }, d: { e: 2 } }],
    ['a quote behind a backslash', 'a {\n  b = "x\\\n  c = "y"\n}\nd = 1', { a: { b: 'x\\', c: 'y' }, d: 1 }],
    ['a quote behind a backslash in a list', 'a = ["x", "y\\]\nb = 1', { a: ['x', 'y\\'], b: 1 }],
    ['a quote in a list', 'a = ["x", "y]\nb = 1', { a: ['x', 'y'], b: 1 }],
    ['a hole', 'a {\n  b = "x-${var.y\n  c = "z"\n}\nd = 1', undefined],
    ['a list', 'a {\n  b = ["x",\n  c = 1\n}\nd = 1', { a: { b: ['x'], c: 1 }, d: 1 }],
    [
      'an object',
      'a {\n  b = {\n    c = 1\n  d = 2\n}\ne {\n  f = 3\n}',
      { a: { b: { c: 1 }, d: 2 }, e: { f: 3 } },
    ],
    [
      'a call',
      'a {\n  b = f([\n    "c"\n  d = 2\n}\ne = 3',
      { a: { b: { 'Fn::f': ['?', ['c']] }, d: 2 }, e: 3 },
    ],
    ['a block', 'a "b" {\n  c = 1\n\na "d" {\n  e = 2\n}', { a: [{ b: { c: 1 } }, { d: { e: 2 } }] }],
    [
      'a heredoc',
      'resource "a" "b" {\n  c = <<EOF\n  {}\n}\nresource "a" "d" {\n  c = <<EOF\n  x\nEOF\n}',
      { resource: [{ a: { b: { c: '  {}\n' } } }, { a: { d: { c: '  x\n' } } }] },
    ],
    ['a value', 'a {\n  b =\n  c = 1\n}', { a: { b: '(missing)', c: 1 } }],
    [
      'the mark',
      'a {\n  b = { Acti\n    c = 1\n  }\n  d = 2\n}',
      { a: { b: { Acti: '(missing)', c: 1 }, d: 2 } },
    ],
    ['brackets of another kind', 'a = f({\n  b = [\n    1,\n  }\n)\nc = 2', undefined],
  ] as const) {
    it(`takes no neighbour along where this is missing: ${title}`, () => {
      const said = read(text);
      if (expected === undefined) {
        assert.match(JSON.stringify(said), /\b[cd]":[12]/);
      } else {
        assert.deepEqual(said, expected);
      }
    });
  }

  it('is read as far as it goes, wherever it ends', () => {
    for (let end = 0; end <= MODULE.length; end += step(1, 4)) {
      const { root, faults } = parseHcl(MODULE.slice(0, end));
      assert.deepEqual(faults, []);
      walk(root, end);
    }
  });

  it('keeps the blocks in front of what is missing, and those behind', () => {
    const blocks = MODULE.split(/\n(?=resource|data|locals)/).slice(1);
    for (const [index, block] of blocks.entries()) {
      const others = blocks.filter((_, at) => at !== index).map((each) => plain(parseHcl(each).root));
      for (let end = 0; end < block.length; end += step(3, 4)) {
        const text = [...blocks.slice(0, index), block.slice(0, end), ...blocks.slice(index + 1)].join('\n');
        const { root } = parseHcl(text);
        const members = root?.kind === 'object' ? root.members : [];
        const said = members.map((member) => JSON.stringify({ [member.name]: plain(member.value) }));
        const kept = others.filter((other) => said.includes(JSON.stringify(other)));
        assert.equal(kept.length, others.length, `${index} ${end}: ${block.slice(0, end).slice(-60)}`);
      }
    }
  });

  it('is read in time that grows with its length, whatever it holds', () => {
    for (const piece of [
      '"${',
      '[',
      '{',
      '(',
      'a = "${(\n',
      '<<A\n',
      'x ? ',
      '"',
      '!',
      'a {\n',
      '%{if ',
      '/*',
      'a.',
    ]) {
      const text = `a = ${piece.repeat(15_000)}`;
      const took = processorTime(() => walk(parseHcl(text).root, text.length));
      assert.ok(took < 1_500, `${piece}: ${took} ms`);
    }
  });
});

/** Every node lies in the text, its value maps to it and back, and what it holds lies in it. */
function walk(root: SyntaxNode | undefined, length: number): void {
  const open: SyntaxNode[] = root === undefined ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { start, end } = node.span;
    assert.ok(start >= 0 && start <= end && end <= length);
    if (node.kind === 'string') {
      const { value } = node;
      const table = node.offsetTable();
      assert.equal(table.length, value.length + 1);
      for (let index = 1; index < table.length; index += 1) {
        assert.ok((table[index - 1] ?? 0) <= (table[index] ?? 0));
      }
      assert.ok((table[0] ?? start) >= start && (table[value.length] ?? end) <= end, value);
    } else if (node.kind === 'object') {
      for (const member of node.members) {
        open.push(member.key, ...(member.value === undefined ? [] : [member.value]));
      }
    } else if (node.kind === 'array') {
      open.push(...node.items);
    }
  }
}
