import assert from 'node:assert/strict';
import { openDocument } from '../../../server/src/core/document';
import { hclWriter } from '../../../server/src/core/lint/writers/hclWriter';
import { Unwritable } from '../../../server/src/core/lint/writers/writer';
import { parseHcl, parseHclSource } from '../../../server/src/core/syntax/hcl/hcl';
import type { SyntaxNode } from '../../../server/src/core/syntax/nodes';
import { documentSource } from '../../../server/src/core/syntax/stringSpans';
import { misplacedIn, placesIn, shown } from '../../support/shownTree';

function memberValues(node: SyntaxNode | undefined): readonly (SyntaxNode | undefined)[] {
  return node?.kind === 'object' ? node.members.map(({ value }) => value) : [];
}

/** What an attribute is given, and what it reads as; another attribute follows, and is still there. */
const EXPRESSIONS: readonly (readonly [written: string, read: string])[] = [
  ['[', '[…]'],
  ['[1', '[1, …]'],
  ['[1,', '[1, …]'],
  ['[1 2]', '[1, 2]'],
  ['["a" "b"]', '["a", "b"]'],
  ['{', '{…}'],
  ['{ a', '{a: ∅, …}'],
  ['{ a =', '{a: ∅, …}'],
  ['{ a = 1', '{a: 1, …}'],
  ['{ a = 1, }', '{a: 1}'],
  ['{ a = 1 b = 2 }', '{a: 1, b: 2}'],
  [
    '{ a : 1, "b" = 2, (c) = 3, d.e = 4, f[0] = 5, g() = 6, 7 = 8 }',
    '{a: 1, b: 2, ${c}: 3, ${d.e}: 4, ${f[0]}: 5, ${g()}: 6, ${7}: 8}',
  ],
  ['{ a == 1 }', '{a: ∅, ${1}: ∅, …}'],
  ['{ a => 1 }', '{a: ∅, ${1}: ∅, …}'],
  ['{ = 1 }', '{${1}: ∅, …}'],
  ['{ a\n= 1 }', '{a: ∅, ${1}: ∅, …}'],
  ['{ { } }', '{${ }: ∅, …}'],
  ['(', '{Fn::expression: [?]}'],
  ['()', '{Fn::expression: [?]}'],
  ['(1)', '1'],
  ['(a ? b : c)', '{Fn::If: [?, {Ref: "b"}, {Ref: "c"}]}'],
  ['-1', '-1'],
  ['!true', '{Fn::expression: [?, true]}'],
  ['!a', '{Fn::expression: [?, {Ref: "a"}]}'],
  ['- - 1', '{Fn::expression: [?, 1]}'],
  ['a != b', '{Fn::expression: [?, {Ref: "a"}, {Ref: "b"}]}'],
  ['a !b', '{Ref: "a"}, b: ∅'],
  ['1 +', '{Fn::expression: [?, 1]}'],
  ['a && b || c', '{Fn::expression: [?, {Ref: "a"}, {Ref: "b"}, {Ref: "c"}]}'],
  ['a < b', '{Fn::expression: [?, {Ref: "a"}, {Ref: "b"}]}'],
  ['a <= b', '{Fn::expression: [?, {Ref: "a"}, {Ref: "b"}]}'],
  ['1 - 2 * 3 / 4 % 5', '{Fn::expression: [?, 1, 2, 3, 4, 5]}'],
  ['--1', '{Fn::expression: [?, 1]}'],
  ['-a', '{Fn::expression: [?, {Ref: "a"}]}'],
  ['a ? "b" : "c"', '{Fn::If: [?, "b", "c"]}'],
  ['a ? "b" :', '{Fn::If: [?, "b"]}'],
  ['a ? "b"', '{Fn::If: [?, "b"]}'],
  ['a ? null : "c"', '{Fn::If: [?, "c"]}'],
  ['a ? b ? "x" : "y" : "z"', '{Fn::If: [?, {Fn::If: [?, "x", "y"]}, "z"]}'],
  ['true ? 1 : 2', '{Fn::If: [?, 1, 2]}'],
  ['a.b', '{Ref: "a.b"}'],
  ['a.0.b', '{Ref: "a.0.b"}'],
  ['a.*.b', '{Ref: "a.*.b"}'],
  ['a[*].b', '{Ref: "a[*].b"}'],
  ['a[0]', '{Ref: "a[0]"}'],
  ['a["b"]', String.raw`{Ref: "a[\"b\"]"}`],
  ['a[b.c]', '{Fn::expression: [?, {Ref: "a"}, {Ref: "b.c"}]}'],
  ['a[b + 1]', '{Fn::expression: [?, {Ref: "a"}, {Fn::expression: [?, {Ref: "b"}, 1]}]}'],
  ['a[', '{Ref: "a["}'],
  ['a.', '{Ref: "a."}'],
  ['a...', '{Ref: "a"}'],
  ['f().b', '{Fn::expression: [?, {Fn::f: [?]}]}'],
  ['[1, 2][0]', '{Fn::expression: [?, [1, 2], 0]}'],
  ['{ a = 1 }.a', '{Fn::expression: [?, {a: 1}]}'],
  ['"a".b', '{Fn::expression: [?, "a"]}'],
  ['each.value["x"].y', String.raw`{Ref: "each.value[\"x\"].y"}`],
  ['a[0', '{Ref: "a[0"}'],
  ['data.x.y[count.index].z', '{Fn::expression: [?, {Ref: "data"}, {Ref: "count.index"}]}'],
  ['f()', '{Fn::f: [?]}'],
  ['f(1, "a")', '{Fn::f: [?, 1, "a"]}'],
  ['f(1', '{Fn::f: [?, 1]}'],
  ['f(a...)', '{Fn::f: [?, {Ref: "a"}]}'],
  ['f([1]...)', '{Fn::f: [?, [1]]}'],
  ['f (1)', '{Ref: "f"}'],
  ['a::b()', '{Fn::a_b: [?]}'],
  ['f(,)', '{Fn::f: [?]}'],
  ['jsonencode("a")', '"a"'],
  ['jsonencode("a", "b")', '{Fn::jsonencode: [?, "a", "b"]}'],
  ['tomap({ a = 1 })', '{a: 1}'],
  ['sensitive("a")', '"a"'],
  ['jsondecode("a")', '{Fn::jsondecode: [?]}'],
  ['yamldecode(x)', '{Fn::yamldecode: [?]}'],
  ['concat(["a"], ["b"])', '["a", "b"]'],
  ['concat(a, b)', '{Fn::concat: [?, {Ref: "a"}, {Ref: "b"}]}'],
  ['flatten([["a", ["b"]], c])', '["a", "b", {Ref: "c"}]'],
  ['distinct(["a"])', '["a"]'],
  ['toset(["a", b])', '["a", {Ref: "b"}]'],
  ['sort(["b"])', '["b"]'],
  ['compact(["", "a", x ? "" : "b", ""])', '["a", {Fn::If: [?, "b"]}]'],
  ['concat(x ? ["a"] : [], ["b"])', '[{Fn::If: [?, "a"]}, "b"]'],
  ['concat([for a in b : "c"], ["d"])', '[{Fn::If: [?, "c"]}, "d"]'],
  ['concat(compact(["", "a"]), ["b"])', '["a", "b"]'],
  ['concat({ a = 1 }, ["b"])', '[{a: 1}, "b"]'],
  ['concat(f(x), ["d"])', '[{Fn::f: [?, {Ref: "x"}]}, "d"]'],
  ['concat({ for a in b : a => "c" }, ["d"])', '[{Fn::for: [?, "c"]}, "d"]'],
  ['concat(x ? ["a"] : y)', '[{Fn::If: [?, "a", {Ref: "y"}]}]'],
  ['concat(x ? y : z)', '{Fn::concat: [?, {Fn::If: [?, {Ref: "y"}, {Ref: "z"}]}]}'],
  ['concat({ for a in b : a => "c" })', '{Fn::concat: [?, {Fn::for: [?, "c"]}]}'],
  ['concat(f(["a"]))', '{Fn::concat: [?, {Fn::f: [?, ["a"]]}]}'],
  ['concat(concat(x))', '{Fn::concat: [?, {Fn::concat: [?, {Ref: "x"}]}]}'],
  ['concat(concat(x, ["a"]), y)', '[{Ref: "x"}, "a", {Ref: "y"}]'],
  ['f(["a"], concat(["b"]))', '{Fn::f: [?, ["a"], ["b"]]}'],
  ['(b ? [1] :', '{Fn::If: [?, [1]]}'],
  ['(', '{Fn::expression: [?]}'],
  ['flatten([for a in b : [for c in d : "e"]])', '[{Fn::If: [?, {Fn::If: [?, "e"]}]}]'],
  ['concat([for a in b :', '[{Fn::for: [?]}]'],
  ['merge({ a = 1 })', '{a: 1}'],
  ['merge({ a = 1, b = 2 }, { b = 3, c = 4 })', '{a: 1, b: 3, c: 4}'],
  ['merge({ a = 1 }, x)', '{a: 1, …}'],
  ['merge(x, y)', '{Fn::merge: [?, {Ref: "x"}, {Ref: "y"}]}'],
  ['merge({ a = 1 }, { b = ', '{a: 1, b: ∅, …}'],
  ['[for a in b : "c"]', '[{Fn::If: [?, "c"]}]'],
  ['[for a in b : "c" if d]', '[{Fn::If: [?, "c"]}]'],
  ['[for a, c in b : c...]', '[{Fn::If: [?, {Ref: "c"}]}]'],
  ['{ for a in b : a => "c" }', '{Fn::for: [?, "c"]}'],
  ['{ for a in b : a => "c"... if d }', '{Fn::for: [?, "c"]}'],
  ['[for a in ["x", "y"] : a]', '[{Fn::If: [?, {Ref: "a"}]}]'],
  ['[for a in b : ["c"]]', '[{Fn::If: [?, ["c"]]}]'],
  ['[for', '{Fn::for: [?]}'],
  ['[for a in b :', '{Fn::for: [?]}'],
  ['[for a in b : { c = 1 }', '[{Fn::If: [?, {c: 1}]}]'],
  ['[ for_x ]', '[{Ref: "for_x"}]'],
  ['[for]', '[{Ref: "for"}]'],
  ['{ for = 1 }', '{Fn::for: [?]}'],
  ['""', '""'],
  ['"a', '"a"…'],
  [String.raw`"a\n\t\r\"\\\u00e9\U0001F600\q\u12"`, String.raw`"a\n\t\r\"\\é😀qu12"`],
  ['"$${a} %%{b} $$ %% $a %a"', '"${a} %{b} $$ %% $a %a"'],
  ['"$$${a}"', '"$${a}"'],
  ['"a${b}c${"d"}e"', '"a${b}c${_d_.1tdde8z}e"'],
  ['"${a}"', '{Ref: "a"}'],
  ['"${a}${b}"', '"${a}${b}"'],
  ['"%${a["b"]}"', '"%${a.b}"'],
  ['"x${f({a={b=1}})}y"', '"x${f_a_b_1_.1hjrllq}y"'],
  ['"${"a"}"', '"${_a_.r37wmi}"'],
  ['"${f(1)}"', '{Fn::f: [?, 1]}'],
  ['"${[1]}"', '[1]'],
  ['"${ a }"', '{Ref: " a "}'],
  ['"${a', '"${a}"…'],
  ['"${a}', '"${a}"…'],
  ['"%{ if a }b%{ else }c%{ endif }"', '"${if_a_b_else_c_endif.61nz71}"'],
  ['"%{ if a }b%{ endif }d"', '"${if_a_b_endif.1iqg002}d"'],
  ['"%{ for a in b }${a},%{ endfor }"', '"${for_a_in_b_a_endfor.q5jehw}"'],
  ['"a%{ if b ~}  c  %{~ endif }d"', '"a${if_b_c_endif.6pdl16}d"'],
  ['"${~ a ~}"', '"${a}"'],
  ['"a ${~ b ~} c"', '"a ${b} c"'],
  ['"${a ? "b" : "c"}"', '{Fn::If: [?, "b", "c"]}'],
  ['"${{ a = 1 }}"', '{a: 1}'],
  ['"a${"}"}b"', '"a${_.ox8rvi}b"'],
  ['"\\${a}"', '"${a}"'],
  ['<<A\nx\nA', String.raw`"x\n"`],
  ['<<-A\n  x\n    y\n  A', String.raw`"x\n  y\n"`],
  ['<<A\n${a}\n$${b}\n\\n\nA', '"${a}\\n${b}\\n\\\\n\\n"'],
  ['<<-A\n\tx\n\t\ty\nA', String.raw`"x\n\ty\n"`],
  ['<<-A\n    x\n\n  y\n  A', String.raw`"  x\n\ny\n"`],
  // Lines of nothing but blanks do not tell how far the others are moved in, and blanks of either kind count alike.
  ['<<-A\n    x\n  \n    y\nA', String.raw`"x\n  \ny\n"`],
  ['<<-A\r\n    x\r\n  \r\n    y\r\nA', String.raw`"x\r\n  \r\ny\r\n"`],
  ['<<-A\n    x\n      \n    y\nA', String.raw`"x\n  \ny\n"`],
  ['<<-A\n\tx\n  y\nA', String.raw`"x\n y\n"`],
  ['<<-A\n \tx\n\t y\nA', String.raw`"x\ny\n"`],
  ['<<-A\n\nA', String.raw`"\n"`],
  ['<<A\nA', '""'],
  ['<<A\n  A\nA', '"", A: ∅'],
  ['<<-A\n  "a": ${jsonencode(b)}\n  A', '"\\"a\\": ${jsonencode_b_.17tcr46}\\n"'],
  ['<< A\nx\nA', '∅, A: ∅, x: ∅, A: ∅'],
  ['<<"A"\nx\nA', '∅, A: ∅, x: ∅, A: ∅'],
  ['<<A\n%{ if a }\nx\n%{ endif }\nA', String.raw`"\nx\n\n"`],
  ['<<-A\n  %{ for a in b ~}\n  x\n  %{ endfor ~}\n  A', String.raw`"\nx\n\n"`],
  // Line breaks mean nothing between brackets that are no braces.
  ['(\n1\n+\n2\n)', '{Fn::expression: [?, 1, 2]}'],
  ['(\na\n?\n"b"\n:\n"c"\n)', '{Fn::If: [?, "b", "c"]}'],
  ['[\n1\n+\n2\n,\n-\n3\n]', '[{Fn::expression: [?, 1, 2]}, {Fn::expression: [?, 3]}]'],
  ['f(\n1\n+\n2\n,\na\n...\n)', '{Fn::f: [?, {Fn::expression: [?, 1, 2]}, {Ref: "a"}]}'],
  ['a[\nb\n+\n1\n].c', '{Fn::expression: [?, {Ref: "a"}, {Fn::expression: [?, {Ref: "b"}, 1]}]}'],
  ['a[\n*\n].b', String.raw`{Ref: "a[\n*\n].b"}`],
  ['[\nfor a in b\n:\nc\n+\n1\nif\nd\n]', '[{Fn::If: [?, {Fn::expression: [?, {Ref: "c"}, 1]}]}]'],
  ['{\nfor a in b\n:\na\n=>\n"c"\n...\nif d\n}', '{Fn::for: [?, "c"]}'],
  ['{\na = (\n1\n)\nb = [\n2\n]\n}', '{a: 1, b: [2]}'],
  ['[\nf(1)\n? ["a"]\n: []\n]', '[{Fn::If: [?, ["a"], []]}]'],
  ['"${\na\n+\n1\n}"', '{Fn::expression: [?, {Ref: "a"}, 1]}'],
  ['"${\n[\n1\n]\n}"', '[1]'],
  ['{ a = 1\n+ 2 }', '{a: 1, ${2}: ∅, …}'],
  ['null', 'null'],
  ['true', 'true'],
  ['false', 'false'],
  ['1.5e-3', '0.0015'],
  ['007', '7'],
  ['0x1', '0, x1: ∅'],
  ['1_000', '1, _000: ∅'],
  ['.5', '∅'],
  ['1.', '{Fn::expression: [?, 1]}'],
  ['a-b', '{Ref: "a-b"}'],
  ['a_b', '{Ref: "a_b"}'],
  ['-', '∅'],
  ['@', '∅'],
  ['"a" + "b"', '{Fn::expression: [?, "a", "b"]}'],
];

/** What stands in a file. */
const BODIES: readonly (readonly [written: string, read: string])[] = [
  ['p = <<A\nx\nq = 0\n', String.raw`{p: "x\nq = 0\n"…}`],
  ['a = 1\nb = 2', '{a: 1, b: 2}'],
  ['a = 1 b = 2', '{a: 1, b: 2}'],
  ['a\nb = 1', '{a: ∅, b: 1}'],
  ['a =\nb = 1', '{a: ∅, b: 1}'],
  ['a {\n}', '{a: {}}'],
  ['a {}', '{a: {}}'],
  ['a { b = 1 }', '{a: {b: 1}}'],
  ['a "b" "c" {\n}', '{a: {b: {c: {}}}}'],
  ['a b c {\n}', '{a: {b: {c: {}}}}'],
  ['a "b {\n c = 1\n}', '{a: ∅, c: 1}'],
  ['a {', '{a: {…}}'],
  ['a {\n b = 1', '{a: {b: 1, …}}'],
  ['} a = 1', '{a: 1}'],
  ['a = 1\n}\nb = 2', '{a: 1, b: 2}'],
  ['a = (1)\n-b = 2', '{a: 1, b: 2}'],
  ['a == 1\nb = 2', '{a: ∅, b: 2}'],
  ['a == c\nb = 2', '{a: ∅, c: ∅, b: 2}'],
  // A bracket on a line of its own takes nothing along.
  ['a {\nb = 1\n[\nc = 2\n}\nd = 3', '{a: {b: 1, c: 2}, d: 3}'],
  ['data {\n a = 1\n}', '{data: {a: 1}}'],
  ['data "other" "d" {\n statement {\n }\n}', '{data: {other: {d: {statement: {}}}}}'],
  [
    'resource "aws_iam_policy_document" "d" {\n statement {\n }\n}',
    '{resource: {aws_iam_policy_document: {d: {statement: {}}}}}',
  ],
  // With a bracket too many in a block, the indentation tells what belongs where.
  ['a {\nb = 1\n}\n}\nc = 2', '{a: {b: 1}, c: 2}'],
  ['a {\nb = 1 [\nc = 2\n}\nd = 3', '{a: {…}, b: 1, c: 2, d: 3}'],
  ['a {\nb = 1 (\nc = 2\n}\nd = 3', '{a: {…}, b: 1, c: 2, d: 3}'],
  ['a {\nb = 1 {\nc = 2\n}\nd = 3', '{a: {…}, b: 1, c: 2, d: 3}'],
  ['a {\nb = 1 ]\nc = 2\n}\nd = 3', '{a: {…}, b: 1, c: 2, d: 3}'],
  ['a {\n  b = [\n    1\n  c = 2\n}\nd = 3', '{a: {b: [1, …], c: 2}, d: 3}'],
  ['a {\n\tb = [\n\t\t1\n\tc = 2\n}\nd = 3', '{a: {b: [1, …], c: 2}, d: 3}'],
  ['a {\n  b = f(\n    1\n  c = 2\n  }\nd = 3', '{a: {b: {Fn::f: [?, 1]}, c: 2}, d: 3}'],
  ['a {\nb = 1 @\nc = 2\n}\nd = 3', '{a: {b: 1, c: 2}, d: 3}'],
  ['a {\nb = [\n1\n]\n}\n]\nc = 2', '{a: {b: [1]}, c: 2}'],
  ['a "b" = 1', '{a: ∅}'],
  ['"a" = 1', '{a: 1}'],
  ['a = [\n1,\n2\n]\nb = 1', '{a: [1, 2], b: 1}'],
  ['a = [\n1\nb = 2\n', '{a: […], b: 2}'],
  ['a = {\n b = 1\nc {\n d = 1\n}', '{a: {b: 1, …}, c: {d: 1}}'],
  ['a = f(\n "b"\n)\nc = 1', '{a: {Fn::f: [?, "b"]}, c: 1}'],
  ['# a = 1\nb = 1 // c\n/* d = 2 */ e = 3', '{b: 1, e: 3}'],
  ['a = 1\nz = 2\nA = 3\nZ = 4\n_ = 5\na0-9_Z = 6', '{a: 1, z: 2, A: 3, Z: 4, _: 5, a0-9_Z: 6}'],
  [
    '\u0080a = 1\n\u007fb = 2\n@c = 3\n\u00a0d = 4\n\ufeffe = 5\n`f = 6',
    '{\u0080a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}',
  ],
  ['-a = 1\n0b = 2\n9c = 3', '{a: 1, b: 2, c: 3}'],
  [
    'a = 0.9e+09\nb = 9/0\nc = 0:1\nd = 1e123456\ne = 1e1234567',
    '{a: 900000000, b: {Fn::expression: [?, 9, 0]}, c: 0, d: Infinity, e: Infinity}',
  ],
  ['/* a = 1', '{}'],
  ['/* a = 1\nb = 2', '{b: 2}'],
  ['/* a = 1\n/* b = 2\nc = 3', '{c: 3}'],
  ['a = 1 /*/ b = 2 */ c = 3', '{a: 1, c: 3}'],
  ['a = 1 /**/ b = 2 /* c = 3\n*/ d = 4', '{a: 1, b: 2, d: 4}'],
  ['a = 1 / 2 // b = 3\nc = 4 /', '{a: {Fn::expression: [?, 1, 2]}, c: {Fn::expression: [?, 4]}}'],
  ['a = 1 # "', '{a: 1}'],
  ['a = "b" # c\n', '{a: "b"}'],
  ['a = "b\\\nc = 1', String.raw`{a: "b\\"…, c: 1}`],
  ['a:1', '{a: 1}'],
  ['a {\n b {\n c = 1\n }\n}\na {\n}', '{a: {b: {c: 1}}, a: {}}'],
  ['\ufeffa = 1', '{a: 1}'],
  ['a = 1;b = 2', '{a: 1, b: 2}'],
  ['a = "x\n${y}"\nb = 1', '{a: "x"…, y: ∅, : ∅, b: 1}'],
  ['a."b" = 1', '{a: ∅, b: 1}'],
  ['locals {\n a = <<A\nx\n}\nb = 1', String.raw`{locals: {a: "x\n}\nb = 1"…, …}}`],
  ['a = 1 [\nb = 2\nc {\n d = 3\n}', '{a: 1, b: 2, c: {d: 3}}'],
  ['a = 1 (\nb = 2', '{a: 1, b: 2}'],
  ['a = 1 {\nb = 2\n}', '{a: 1, b: 2}'],
  ['a = 1 ]\nb = 2', '{a: 1, b: 2}'],
  ['a = 1 }\nb = 2', '{a: 1, b: 2}'],
  ['a = 1 )\nb = 2', '{a: 1, b: 2}'],
  ['a {\n b = 1 ]\n c = 2\n}\nd = 3', '{a: {b: 1, c: 2}, d: 3}'],
  ['c {\n a = 1 [\n d = 3\n}\ne = 4', '{c: {a: 1, d: 3}, e: 4}'],
  ['c {\n a = 1 (\n d = 3\n}\ne = 4', '{c: {a: 1, d: 3}, e: 4}'],
  ['a = "x" + [\nb = 2', '{a: {Fn::expression: [?, "x", […]]}, b: 2}'],
  ['a = 1 "b" = 2', '{a: 1, b: 2}'],
  ['a = 1 @ # [\nb = 2', '{a: 1, b: 2}'],
  ['a = <<A\nx\n  A\nB\nA\nb = 1', '{a: "x\\n", B: ∅, A: ∅, b: 1}'],
  ['a = <<-A\nx\n  A\nb = 1', '{a: "x\\n", b: 1}'],
  ['a = <<A\nx\nA \nb = 1', '{a: "x\\n", b: 1}'],
  ['a = <<A\nx\nAB\nA\nb = 1', '{a: "x\\nAB\\n", b: 1}'],
  ['@}\nb = "x%{ if c }y"\nd = 1', '{b: "x${if_c_y.n9yaen}", d: 1}'],
  // A directive whose end is yet to be typed takes its line alone, whatever closes behind the heredoc.
  ['a {\n b = <<A\n[\n%{ if x\n1]\nA\n}\nc = 1', String.raw`{a: {b: "[\n\n1]\n"}, c: 1}`],
  ['a = "%{ if x }b"\nc = "%{ endif }d"', '{a: "${if_x_b.r6tfph}", c: "${endif}d"}'],
  [
    'a = "b\\u0000\\U00000000\\uFFFF\\U0010FFFF\\U00110000"',
    '{a: "b\\u0000\\u0000\uffff\u{10ffff}U00110000"}',
  ],
  ['a = "%{ if x ~}\n y\n%{ endif ~}"\nb = 1', '{a: "${if_x.1e7aopq}"…, y: ∅, endif: ∅, : ∅, b: 1}'],
  ['a = "x${"y${z}"}w"\nb = 1', '{a: "x${_y_z_.17c3rki}w", b: 1}'],
  ['a = "${a} ${b}"\nb = "${ "\nc = 1', '{a: "${a} ${b}", b: "${_.au1tph}"…, c: 1}'],
  ['a = "x\\"y${b["c"]}"\nd = 1', '{a: "x\\"y${b.c}", d: 1}'],
  ['a = "$"\nb = "%"\nc = "$${"\nd = "${}"', '{a: "$", b: "%", c: "${", d: "${.ztntfp}"}'],
  [
    'a = 1.e5\nb = 1e\nc = 1.5.6\nd = 1e+5',
    '{a: {Fn::expression: [?, 1]}, b: 1, e: ∅, c: {Fn::expression: [?, 1.5]}, d: 100000}',
  ],
  ['a =!b\nc = 1', '{a: {Fn::expression: [?, {Ref: "b"}]}, c: 1}'],
  ['a = !!b\nc = 1', '{a: {Fn::expression: [?, {Ref: "b"}]}, c: 1}'],
  ['a = { b = 1 [ }\nc = 2', '{a: {b: 1, ${[}: ∅, …}, c: 2}'],
  ['a = { [ b = 1 }\nc = 2', '{a: {${[ b = 1}: ∅, …}, c: 2}'],
  ['a = { b = 1\n[ c = 2\n}\nd {\n e = 3\n}', '{a: {Fn::expression: [?, {b: 1, …}, {Ref: "c"}]}, d: {e: 3}}'],
  ['a = { { b = 1 }\nc = 2\nd {\n e = 3\n}', '{a: {${ b = 1 }: ∅, …}, c: 2, d: {e: 3}}'],
  ['a = { b = 1\n (x) = 2\n f(y) = 3\n}\nc = 4', '{a: {b: 1, ${x}: 2, ${f(y)}: 3}, c: 4}'],
  [
    'a = 1 -2\nb = 1 - -2\nc = -(1)',
    '{a: {Fn::expression: [?, 1, 2]}, b: {Fn::expression: [?, 1, 2]}, c: {Fn::expression: [?, 1]}}',
  ],
];

/** In a text without faults brackets alone tell what belongs where, wherever its lines begin. */
const UNINDENTED: readonly (readonly [written: string, read: string])[] = [
  ['a {\nb = 1\n}\nc = 2', '{a: {b: 1}, c: 2}'],
  ['a {\nb = "x\\"${y}"\nc = 1\n}', '{a: {b: "x\\"${y}", c: 1}}'],
  ['a {\nb = <<A\nx\nA\nc = 1\n}', String.raw`{a: {b: "x\n", c: 1}}`],
  ['a {\n"b" = [\n1,\n2\n]\nc = f(\n3\n)\n}', '{a: {b: [1, 2], c: {Fn::f: [?, 3]}}}'],
  ['a {\nb = {\nc = 1\n"d" = 2\n(e) = 3\n}\nf = (\n4\n)\n}', '{a: {b: {c: 1, d: 2, ${e}: 3}, f: 4}}'],
  ['a {\nb = x[\n0\n]\nc = x[\n*\n]\n}', String.raw`{a: {b: {Ref: "x[\n0\n]"}, c: {Ref: "x[\n*\n]"}}}`],
  ['a {\nb = [\nfor c in d :\ne\n]\nf = 1\n}', '{a: {b: [{Fn::If: [?, {Ref: "e"}]}], f: 1}}'],
  [
    'a {\nb = x == 1 && y != 2 || !z\nc = 1\n}',
    '{a: {b: {Fn::expression: [?, {Ref: "x"}, 1, {Ref: "y"}, 2, {Ref: "z"}]}, c: 1}}',
  ],
  ['a "b" {\n"c" {\nd = 1\n}\ne = 2\n}', '{a: {b: {c: {d: 1}, e: 2}}}'],
];

/**
 * What is written, and where each member and each node of it stands, from the outside to the inside, each stretch once. Of
 * an expression in parentheses the parentheses are the part of whatever is around it.
 */
const PLACES: readonly (readonly [written: string, places: readonly string[]])[] = [
  ['a = "${f(1)}"\n', ['a = "${f(1)}"', 'f(1)', '1']],
  ['a = "${b + c}"\n', ['a = "${b + c}"', '"${b + c}"', 'b', 'c']],
  ['a = "${[1]}"\n', ['a = "${[1]}"', '[1]', '1']],
  ['a = "${b ? 1 : 2}"\n', ['a = "${b ? 1 : 2}"', 'b ? 1 : 2', '1', '2']],
  ['a = "${ {b = 1} }"\n', ['a = "${ {b = 1} }"', '{b = 1}', 'b = 1', '1']],
  ['a = [1, 2, (3)\nb = 1', ['a = [1, 2, (3)', '[1, 2, (3)', '1', '2', '3', 'b = 1', '1']],
  ['a = f(1, 2, (3)\nb = 1', ['a = f(1, 2, (3)', 'f(1, 2, (3)', '1', '2', '3', 'b = 1', '1']],
  [
    'a = {b = 1, c = 2, d = (3)\ne = 1',
    [
      'a = {b = 1, c = 2, d = (3)',
      '{b = 1, c = 2, d = (3)',
      'b = 1',
      '1',
      'c = 2',
      '2',
      'd = (3)',
      '3',
      'e = 1',
      '1',
    ],
  ],
  ['a = [(1)\nb = 1', ['a = [(1)', '[(1)', '1', 'b = 1', '1']],
  ['a = b ? 1 : (2) # c\n', ['a = b ? 1 : (2)', 'b ? 1 : (2)', '1', '2']],
  ['a = "b" "${c}" = 1', ['a = "b"', '"b"', '"${c}" = 1', '1']],
  ['a = b["c"].d[e.f] # g\n', ['a = b["c"].d[e.f]', 'b["c"].d[e.f]', 'b', '"c"', 'e.f']],
  ['a = (1) # b\nc = ( 2 )\n', ['a = (1)', '1', 'c = ( 2 )', '2']],
  ['a = ((1)\nb = 2\n', ['a = ((1)', '1', 'b = 2', '2']],
  ['a = b ? 1  \nc = 2', ['a = b ? 1', 'b ? 1', '1', 'c = 2', '2']],
  ['a = b ? 1 : 2 # c\n', ['a = b ? 1 : 2', 'b ? 1 : 2', '1', '2']],
  ['a = [1, 2,  \n# c\n]\nd = 1', ['a = [1, 2,  \n# c\n]', '[1, 2,  \n# c\n]', '1', '2', 'd = 1', '1']],
  ['a = [1, (2)\nb = 1', ['a = [1, (2)', '[1, (2)', '1', '2', 'b = 1', '1']],
  ['a = [ \n\nb = 1', ['a = [', '[', 'b = 1', '1']],
  [
    'a = {b = 1, c = (2) }\nd = 1',
    ['a = {b = 1, c = (2) }', '{b = 1, c = (2) }', 'b = 1', '1', 'c = (2)', '2', 'd = 1', '1'],
  ],
  ['a = { b\nc = 1 # d\n\ne = 2', ['a = { b', '{ b', 'b', 'c = 1', '1', 'e = 2', '2']],
  ['a = {  # b\nc = 1', ['a = {', '{', 'c = 1', '1']],
  [
    'a "b" c {\n  d = 1 # e\n}\nf = 2',
    [
      'a "b" c {\n  d = 1 # e\n}',
      '"b" c {\n  d = 1 # e\n}',
      'c {\n  d = 1 # e\n}',
      '{\n  d = 1 # e\n}',
      'd = 1',
      '1',
      'f = 2',
      '2',
    ],
  ],
  ['a {\n  b = 1 # c\n\nd {\n}\n', ['a {\n  b = 1', '{\n  b = 1', 'b = 1', '1', 'd {\n}', '{\n}']],
  ['a {\n\nb = 1', ['a {', '{', 'b = 1', '1']],
  ['a "b" "c"\nd = 1', ['a "b" "c"', 'd = 1', '1']],
  ['a "b" # c\n', ['a "b"']],
  ['a # b\nc =  # d\n', ['a', 'c']],
  [
    'a = "${b.c}"\nd = "${ b }"\ne = "x${b}"',
    ['a = "${b.c}"', '"${b.c}"', 'b.c', 'd = "${ b }"', '"${ b }"', ' b ', 'e = "x${b}"', '"x${b}"'],
  ],
  ['a = f( 1, [2] ) \nb = 1', ['a = f( 1, [2] )', 'f( 1, [2] )', '1', '[2]', '2', 'b = 1', '1']],
  ['a = f(1, 2, 3\nb = 1', ['a = f(1, 2, 3', 'f(1, 2, 3', '1', '2', '3', 'b = 1', '1']],
  ['a = f(1, (2)\nb = 1', ['a = f(1, (2)', 'f(1, (2)', '1', '2', 'b = 1', '1']],
  [
    'a = [for b in c : (d) ] \ne = 1',
    ['a = [for b in c : (d) ]', '[for b in c : (d) ]', 'd', 'd', 'e = 1', '1'],
  ],
  ['a = b.c[0].d \n', ['a = b.c[0].d', 'b.c[0].d']],
  ['a = b[c.d] + (1) \ne = 1', ['a = b[c.d] + (1)', 'b[c.d] + (1)', 'b[c.d]', 'b', 'c.d', '1', 'e = 1', '1']],
  ['a = -(1) \nb = 1', ['a = -(1)', '-(1)', '1', 'b = 1', '1']],
  ['a = <<B\n  x\nB\nc = 1', ['a = <<B\n  x\nB', '<<B\n  x\nB', 'c = 1', '1']],
  [
    'a = concat([1], x ? [2] : [3]) \n',
    ['a = concat([1], x ? [2] : [3])', 'concat([1], x ? [2] : [3])', '1', 'x ? [2] : [3]', '2', '3'],
  ],
  [
    'a = merge({ b = 1 }, { c = 2 }) \n',
    ['a = merge({ b = 1 }, { c = 2 })', 'merge({ b = 1 }, { c = 2 })', 'b = 1', '1', 'c = 2', '2'],
  ],
  ['a = "b" "c" = 1', ['a = "b"', '"b"', '"c" = 1', '1']],
  ['a = "b\n', ['a = "b', '"b']],
  ['a = ["b]\nc = 1', ['a = ["b]', '["b]', '"b', 'c = 1', '1']],
  ['a = { b = "c }\nd = 1', ['a = { b = "c }', '{ b = "c }', 'b = "c', '"c', 'd = 1', '1']],
  ['a = f("b)\nc = 1', ['a = f("b)', 'f("b)', '"b', 'c = 1', '1']],
  ['a = "${b\nc = 1', ['a = "${b', '"${b', 'c = 1', '1']],
  ['a = [for b in c\nd = 1', ['a = [', '[', 'd = 1', '1']],
  ['a = [for b in c : (d)\ne = 1', ['a = [for b in c : (d)', '[for b in c : (d)', 'd', 'd', 'e = 1', '1']],
  [
    'a = [for b in c : d if (e)\nf = 1',
    ['a = [for b in c : d if (e)', '[for b in c : d if (e)', 'd', 'd', 'f = 1', '1'],
  ],
  ['a = f(\nb = 1', ['a = f(', 'f(', 'b = 1', '1']],
  ['a = f( # b\nc = 1', ['a = f(', 'f(', 'c = 1', '1']],
  ['a = b[(1)\nc = 1', ['a = b[(1)', 'b[(1)', 'c = 1', '1']],
  ['a = b ? (1) : (2)\nc = 1', ['a = b ? (1) : (2)', 'b ? (1) : (2)', '1', '2', 'c = 1', '1']],
  ['a = (b ? c : d\ne = 1', ['a = (b ? c : d', 'b ? c : d', 'c', 'd', 'e = 1', '1']],
  ['a = {for b in c : b => (d) }\n', ['a = {for b in c : b => (d) }', '{for b in c : b => (d) }', 'd']],
  ['a = 1 +\nb = 1', ['a = 1 +', '1 +', '1', 'b = 1', '1']],
  ['a = "b" +  # c\nd = 1', ['a = "b" +', '"b" +', '"b"', 'd = 1', '1']],
  ['a = f([1, 2]...) \n', ['a = f([1, 2]...)', 'f([1, 2]...)', '[1, 2]', '1', '2']],
  ['a = (f(1)).b\n', ['a = (f(1)).b', '(f(1)).b', 'f(1)', '1']],
  ['a = (-1)\nb = -(1) + 2', ['a = (-1)', '-1', 'b = -(1) + 2', '-(1) + 2', '1', '2']],
  ['a = !(b) \nc = (1', ['a = !(b)', '!(b)', 'b', 'c = (1', '1']],
  ['a = b ? # c\nd = 1', ['a = b ?', 'b ?', 'd = 1', '1']],
  ['a = (b ? (c) :\nd = 1', ['a = (b ? (c)', 'b ? (c)', 'c', 'd = 1', '1']],
  ['a "b" {', ['a "b" {', '"b" {', '{']],
  ['a = [for b in c : d if e # f\ng = 1', ['a = [for b in c : d', '[for b in c : d', 'd', 'd', 'g = 1', '1']],
  ['a = x[0][*].y["z"] # b', ['a = x[0][*].y["z"]', 'x[0][*].y["z"]']],
  ['a = [1,,2] # c', ['a = [1,,2]', '[1,,2]', '1', '2']],
  ['a = (  1  )  +  2  # b', ['a = (  1  )  +  2', '(  1  )  +  2', '1', '2']],
];

/** What stands in the data source of policies. */
const DOCUMENTS: readonly (readonly [written: string, ...policies: readonly string[]])[] = [
  [''],
  ['  statement {\n  }', '{Statement: [{Effect: "Allow"}]}'],
  ['  version = "2008-10-17"\n  policy_id = "x"\n  other = 1'],
  ['  version = null'],
  [
    '  source_policy_documents = [x]\n  statement {\n    actions = ["a:b"]\n  }\n  override_json = null',
    '{Statement: [{Fn::statements: [?]}, {Effect: "Allow", Action: ["a:b"]}]}',
  ],
  ['  source_json = x'],
  [
    '  dynamic "statement" {\n    for_each = x\n    content {\n      actions = ["a:b"]\n    }\n  }',
    '{Statement: [{Fn::If: [?, {Effect: "Allow", Action: ["a:b"]}]}]}',
  ],
  ['  dynamic "other" {\n    content {\n      actions = ["a:b"]\n    }\n  }'],
  ['  dynamic "statement" {\n    for_each = x\n  }'],
  ['  statement "x" {\n    actions = ["a:b"]\n  }'],
  ['  other "statement" {\n    content {\n      actions = ["a:b"]\n    }\n  }'],
  ['  statement {\n    actions = ["a:b"]', '{Statement: [{Effect: "Allow", Action: ["a:b"], …}]}'],
  [
    '  statement {\ncondition {\n test = "Bool"\n variable = "k"\n  }',
    '{Statement: [{Effect: "Allow", …}], …}',
  ],
];

/** What stands in a statement of it. */
const STATEMENTS: readonly (readonly [written: string, read: string])[] = [
  [
    '    actions = ["a:b"]\n  }\n  statement {\n    effect = "Deny"',
    '{Effect: "Allow", Action: ["a:b"]}, {Effect: "Deny"}',
  ],
  [
    'sid = "x"\neffect = "Deny"\nactions = ["a:b"]\nnot_actions = ["c:d"]\nresources = ["*"]\nnot_resources = x',
    '{Sid: "x", Effect: "Deny", Action: ["a:b"], NotAction: ["c:d"], Resource: ["*"], NotResource: {Fn::If: [?, {Ref: "x"}]}}',
  ],
  ['actions = null\neffect = e', '{Effect: {Fn::If: [?, {Ref: "e"}]}}'],
  [
    'actions = concat(["a:b"], x)\nresources = f(x)',
    '{Effect: "Allow", Action: ["a:b", {Ref: "x"}], Resource: {Fn::If: [?, {Fn::f: [?, {Ref: "x"}]}]}}',
  ],
  [
    'actions = [1, true]\nresources = x ? ["a"] : ["b"]',
    '{Effect: "Allow", Action: ["1", "true"], Resource: {Fn::If: [?, ["a"], ["b"]]}}',
  ],
  ['act', '{Effect: "Allow", …}'],
  ['act = 1', '{Effect: "Allow", …}'],
  ['actions =', '{Effect: "Allow", Action: ∅, …}'],
  ['Effect = "Deny"', '{Effect: "Allow", …}'],
  ['principals {\n type = "*"\n identifiers = ["*"]\n}', '{Effect: "Allow", Principal: "*"}'],
  [
    'principals {\n type = "*"\n identifiers = ["*", "a"]\n}',
    '{Effect: "Allow", Principal: {*: ["*", "a"]}}',
  ],
  ['principals {\n type = "*"\n identifiers = "*"\n}', '{Effect: "Allow", Principal: "*"}'],
  [
    'principals {\n type = "*"\n identifiers = ["*"]\n}\ndynamic "principals" {\n for_each = x\n content {\n type = principals.value.type\n identifiers = principals.value.ids\n }\n}',
    '{Effect: "Allow", Principal: "*"}',
  ],
  ['principals {\n type = "AWS"\n identifiers = ["*"]\n}', '{Effect: "Allow", Principal: {AWS: ["*"]}}'],
  [
    'principals {\n type = "AWS"\n identifiers = ["a"]\n}\nprincipals {\n type = "AWS"\n identifiers = ["b"]\n}\nprincipals {\n type = "Service"\n identifiers = ["c"]\n}',
    '{Effect: "Allow", Principal: {AWS: ["a", "b"], Service: ["c"]}}',
  ],
  ['principals {\n type = "AWS"\n}', '{Effect: "Allow", Principal: {AWS: ∅, …}}'],
  [
    'principals {\n type = "AWS"\n identifiers = ["a"]\n}\nprincipals {\n type = "Service"\n}',
    '{Effect: "Allow", Principal: {AWS: ["a"], Service: ∅, …}}',
  ],
  ['principals {\n identifiers = ["a"]\n}', '{Effect: "Allow", Principal: {…}}'],
  ['not_principals {\n type = x\n identifiers = y\n}', '{Effect: "Allow", NotPrincipal: {${x}: {Ref: "y"}}}'],
  [
    'dynamic "principals" {\n for_each = x\n content {\n type = "AWS"\n identifiers = ["a"]\n }\n}',
    '{Effect: "Allow", Principal: {Fn::If: [?, {AWS: ["a"]}]}}',
  ],
  [
    'dynamic "principals" {\n for_each = x\n content {\n type = "AWS"\n identifiers = ["a"]\n }\n}\nprincipals {\n type = "AWS"\n identifiers = ["b"]\n}',
    '{Effect: "Allow", Principal: {AWS: [{Fn::If: [?, "a"]}, "b"]}}',
  ],
  [
    'dynamic "principals" {\n for_each = x\n content {\n type = "*"\n identifiers = ["*"]\n }\n}\nprincipals {\n}',
    '{Effect: "Allow", Principal: {Fn::If: [?, "*"]}}',
  ],
  [
    'condition {\n test = "Bool"\n variable = "k"\n values = ["v"]\n}',
    '{Effect: "Allow", Condition: {Bool: {k: ["v"]}}}',
  ],
  [
    'condition {\n test = "Bool"\n variable = "k"\n values = ["v"]\n}\ncondition {\n test = "Bool"\n variable = "k"\n values = ["w"]\n}\ncondition {\n test = "Bool"\n variable = "l"\n values = x\n}\ncondition {\n test = "Null"\n variable = "k"\n values = [true]\n}',
    '{Effect: "Allow", Condition: {Bool: {k: ["v", "w"], l: {Ref: "x"}}, Null: {k: ["true"]}}}',
  ],
  ['condition {\n test = "Bool"\n}', '{Effect: "Allow", Condition: {Bool: {…}}}'],
  ['condition {\n variable = "k"\n}', '{Effect: "Allow", Condition: {}}'],
  [
    'condition {\n test = x\n variable = y\n values = z\n}',
    '{Effect: "Allow", Condition: {${x}: {${y}: {Ref: "z"}}}}',
  ],
  [
    'dynamic "condition" {\n for_each = x\n content {\n test = "Bool"\n variable = "k"\n values = ["v"]\n }\n}\ncondition {\n test = "Bool"\n variable = "k"\n values = ["w"]\n}',
    '{Effect: "Allow", Condition: {Bool: {k: [{Fn::If: [?, "v"]}, "w"]}}}',
  ],
  [
    'resources = ["a&{aws:username}b", "$${x}", "&&{y}"]',
    '{Effect: "Allow", Resource: ["a${aws:username}b", "${x}", "&${y}"]}',
  ],
  [
    'dynamic "condition" {\n for_each = x\n content {\n test = "Bool"\n variable = "k"\n values = ["v"]\n }\n}',
    '{Effect: "Allow", Condition: {Fn::If: [?, {Bool: {k: ["v"]}}]}}',
  ],
  [
    'condition {\n test = "Bool"\n variable = "k"\n values = x\n}\ncondition {\n test = "Bool"\n variable = "k"\n values = ["w"]\n}',
    '{Effect: "Allow", Condition: {Bool: {k: [{Ref: "x"}, "w"]}}}',
  ],
  [
    'condition {\n test = "Bool"\n variable = "k"\n values = ["v"]\n}\ncondition {\n test = "Bool"\n variable = "k"\n}',
    '{Effect: "Allow", Condition: {Bool: {k: ["v"], …}}}',
  ],
  [
    'condition {\n test = "Bool"\n variable = "k"\n}\ncondition {\n test = "Bool"\n variable = "k"\n}',
    '{Effect: "Allow", Condition: {Bool: {k: ∅, …}}}',
  ],
  [
    'condition {\n test = "Bool"\n variable = "k"\n values = ["v"]\n}\ncondition {\n test = "Null"\n variable = "l"\n values\n}',
    '{Effect: "Allow", Condition: {Bool: {k: ["v"]}, Null: {l: ∅, …}, …}, …}',
  ],
  ['principals "x" {\n}\nother {\n}', '{Effect: "Allow", …}'],
];

/** The same data source in the JSON syntax of Terraform: what it holds, and what that reads as. */
const IN_JSON: readonly (readonly [body: unknown, ...policies: readonly string[]])[] = [
  [{}],
  [1],
  [{ statement: {} }, '{Statement: [{Effect: "Allow"}]}'],
  [{ statement: [{}, {}, 1] }, '{Statement: [{Effect: "Allow"}, {Effect: "Allow"}]}'],
  [
    [{ statement: { effect: 'Deny' } }, { statement: { sid: 'A' } }],
    '{Statement: [{Effect: "Deny"}]}',
    '{Statement: [{Effect: "Allow", Sid: "A"}]}',
  ],
  [
    { statement: { actions: ['a:b', 1, true, null, '${x}', '${x[0].y}', '${f(x)}', 'c${x}', {}] } },
    '{Statement: [{Effect: "Allow", Action: ["a:b", "1", "true", null, {Ref: "x"}, {Ref: "x[0].y"}, {Fn::expression: [?]}, "c${x}", {}]}]}',
  ],
  [
    { statement: { actions: '${concat(x, y)}', resources: null } },
    '{Statement: [{Effect: "Allow", Action: {Fn::If: [?, {Fn::expression: [?]}]}}]}',
  ],
  [
    { statement: { resources: ['a&{aws:userid}', '$${x}'] } },
    '{Statement: [{Effect: "Allow", Resource: ["a${aws:userid}", "${x}"]}]}',
  ],
  [
    {
      statement: {
        principals: { type: 'AWS', identifiers: ['a'] },
        not_principals: [{ type: '*', identifiers: ['*'] }],
      },
    },
    '{Statement: [{Effect: "Allow", Principal: {AWS: ["a"]}, NotPrincipal: "*"}]}',
  ],
  [
    { dynamic: { statement: { for_each: '${x}', content: { effect: 'Deny' } } } },
    '{Statement: [{Fn::If: [?, {Effect: "Deny"}]}]}',
  ],
  [
    { dynamic: [{ statement: [{ content: [{ sid: 'A' }] }, { content: { sid: 'B' } }] }] },
    '{Statement: [{Fn::If: [?, {Effect: "Allow", Sid: "A"}]}, {Fn::If: [?, {Effect: "Allow", Sid: "B"}]}]}',
  ],
  [{ dynamic: { other: { content: {} } } }],
];

const policiesIn = (body: string): readonly string[] =>
  openDocument({
    text: `data "aws_iam_policy_document" "d" {\n${body}\n}\n`,
    language: 'hcl',
  }).policies.map(({ node }) => {
    assert.deepEqual(misplacedIn(node), []);
    return shown(node);
  });

describe('HCL, whole and half-typed', () => {
  for (const [written, read] of EXPRESSIONS) {
    it(`reads the expression ${written}`, () => {
      const { root, faults } = parseHcl(`p = ${written}\nq = 0\n`);
      assert.equal(shown(root), `{p: ${read}, q: 0}`);
      assert.deepEqual(faults, []);
      assert.deepEqual(misplacedIn(root), []);
    });
  }

  for (const [written, read] of [...BODIES, ...UNINDENTED]) {
    it(`reads ${written}`, () => {
      const { root } = parseHcl(written);
      assert.equal(shown(root), read);
      assert.deepEqual(misplacedIn(root), []);
    });
  }

  for (const [written, places] of PLACES) {
    it(`knows where the parts of ${JSON.stringify(written)} stand`, () => {
      const [, ...all] = placesIn(parseHcl(written).root, written);
      const seen = all.filter((place, index) => place !== '' && place !== all[index - 1]);
      assert.deepEqual(seen, places);
    });
  }

  for (const [written, ...policies] of DOCUMENTS) {
    it(`reads the document of ${written}`, () => {
      assert.deepEqual(policiesIn(written), policies);
    });
  }

  it('writes nothing over a word that implies what it does not say', () => {
    const text = 'data "aws_iam_policy_document" "d" {\n  statement {\n    sid = "A"\n  }\n}\n';
    const [policy] = openDocument({ text, language: 'hcl' }).policies;
    const statements = policy?.node.members[0]?.value;
    const statement = statements?.kind === 'array' ? statements.items[0] : undefined;
    assert.ok(statement?.kind === 'object');
    const [effect, sid] = statement.members;
    assert.ok(effect?.value?.kind === 'string' && sid?.value?.kind === 'string');
    assert.deepEqual(
      [effect.name, effect.isImplied, sid.name, sid.isImplied],
      ['Effect', true, 'Sid', false],
    );
    for (const node of [effect.key, effect.value]) {
      assert.equal(text.slice(node.span.start, node.span.end), 'statement');
      assert.throws(() => hclWriter.replaceSlice(node, 0, node.value.length, 'Sid'), Unwritable);
    }
    assert.deepEqual(hclWriter.replaceSlice(sid.value, 0, 1, 'B').text, 'B');
  });

  it('writes nothing over an expression as if it were a name', () => {
    for (const written of ['f(1)', 'a + 1', 'a ? 1 : 2', 'var.a']) {
      const [value] = memberValues(parseHcl(`p = ${written}\n`).root);
      const [name] = value?.kind === 'object' ? value.members.map(({ key }) => key) : [];
      assert.ok(name !== undefined, written);
      assert.throws(() => hclWriter.replaceSlice(name, 0, name.value.length, 'x'), Unwritable, written);
    }
  });

  it('is read as deep as anybody writes, and no deeper', () => {
    for (const [open, close, innermost = '"seen"'] of [
      ['x ? ', ' : 0', '{Fn::If: [?, "seen", 0]}'],
      ['(', ')'],
      ['[', ']'],
      ['{ a = ', ' }'],
      ['f(', ')'],
    ] as const) {
      const holds = (depth: number) =>
        shown(parseHcl(`p = ${open.repeat(depth)}"seen"${close.repeat(depth)}\nq = 0\n`).root);
      assert.ok(holds(128).includes(innermost) && holds(128).endsWith(', q: 0}'), open);
      assert.ok(!holds(129).includes(innermost) && holds(129).endsWith(', q: 0}'), open);
    }
    const blocks = (depth: number) =>
      shown(parseHcl(`${'a {\n'.repeat(depth)}b = "seen"${'\n}'.repeat(depth)}`).root);
    assert.match(blocks(128), /^(?:\{a: ){128}\{b: "seen"\}/);
    assert.doesNotMatch(blocks(129), /^(?:\{a: ){129}/);
  });

  it('is read to the end, of however many parts it is', () => {
    const many = Array.from({ length: 400 }, (_, index) => index);
    const list = `[${many.join(', ')}]`;
    assert.equal(
      shown(parseHcl(`p = ${list}\nq = x ? ${list} : 0`).root),
      `{p: ${list}, q: {Fn::If: [?, ${list}, 0]}}`,
    );
    const text = many.map((index) => `a${index} = "\${b}"`).join('\n');
    assert.equal(shown(parseHcl(text).root), `{${many.map((index) => `a${index}: {Ref: "b"}`).join(', ')}}`);
  });

  it('keeps an argument that is typed, for whoever completes it', () => {
    const text = 'data "aws_iam_policy_document" "d" {\n  statement {\n    act\n    other = 1\n  }\n}\n';
    const read = (keepsUnknown: boolean) =>
      shown(parseHclSource(documentSource(text, 'hcl'), { keepsUnknown }).root).replace(
        /^.*Effect/,
        'Effect',
      );
    assert.equal(read(true), 'Effect: "Allow", act: ∅, other: "1", …}]}}}}');
    assert.equal(read(false), 'Effect: "Allow", …}]}}}}');
  });

  for (const [written, read] of STATEMENTS) {
    it(`reads the statement of ${written}`, () => {
      assert.deepEqual(policiesIn(`  statement {\n${written}\n  }`), [`{Statement: [${read}]}`]);
    });
  }

  for (const [body, ...policies] of IN_JSON) {
    it(`reads the document of ${JSON.stringify(body)}`, () => {
      const around = [
        { data: { aws_iam_policy_document: { d: body } } },
        { data: [{ aws_iam_policy_document: { d: body } }] },
      ];
      for (const each of around) {
        const document = openDocument({ text: JSON.stringify(each), language: 'json' });
        const read = document.policies.map(({ node }) => {
          assert.deepEqual(misplacedIn(node), []);
          return shown(node);
        });
        assert.deepEqual(read, policies);
      }
    });
  }

  it('is read where values are yet to come in JSON', () => {
    const text =
      '{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": {"a": , "b": 1}, "effect": , "sid": "x"}}}}}';
    const [policy] = openDocument({ text, language: 'json' }).policies;
    assert.equal(shown(policy?.node), '{Statement: [{Action: {a: ∅, b: "1"}, Effect: ∅, Sid: "x", …}]}');
  });

  it('knows where what blocks make together stands', () => {
    const principals = (type: string, id: string) =>
      `principals {\ntype = "${type}"\nidentifiers = ["${id}"]\n}`;
    const condition = (value: string) =>
      `condition {\ntest = "Bool"\nvariable = "k"\nvalues = ["${value}"]\n}`;
    const both = `${principals('AWS', 'a')}\n${principals('Service', 'b')}\n${principals('AWS', 'c')}`;
    const conditions = `${condition('v')}\nsid = "S"\n${condition('w')}`;
    const from = (all: string, start: string, end: string) =>
      all.slice(all.indexOf(start), all.lastIndexOf(end) + end.length);
    for (const [statement, ...expected] of [
      [
        both,
        both,
        from(both, '"AWS"', '["c"]'),
        from(both, '"AWS"', '}'),
        '"a"',
        '"c"',
        '"Service"\nidentifiers = ["b"]',
        '["b"]',
        '"b"',
      ],
      [
        conditions,
        conditions,
        from(conditions, '"Bool"', '}'),
        from(conditions, '"k"', '["w"]'),
        from(conditions, '"k"', '}'),
        '"v"',
        '"w"',
        'sid = "S"',
        '"S"',
      ],
    ] as const) {
      const text = `data "aws_iam_policy_document" "d" {\nstatement {\n${statement}\n}\n}\n`;
      const [policy] = openDocument({ text, language: 'hcl' }).policies;
      assert.ok(policy);
      const places = placesIn(policy.node, text).map((place) => place.trim());
      const behind = places.lastIndexOf('statement') + 1;
      assert.deepEqual(
        places.slice(behind).filter((place, index, all) => place !== '' && place !== all[index - 1]),
        expected,
      );
    }
  });

  it('reads no data source where the configuration in JSON has none', () => {
    const body = { aws_iam_policy_document: { d: { statement: { actions: ['a:b'] } } } };
    for (const value of [body, { resource: body }, { x: { data: body } }, { data: { x: body } }]) {
      const { policies } = openDocument({ text: JSON.stringify(value), language: 'json' });
      assert.deepEqual(policies, []);
    }
  });
});
