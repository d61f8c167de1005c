import assert from 'node:assert/strict';
import { isStream, parseYaml } from '../../../server/src/core/syntax/yaml/yaml';
import { YamlArray, YamlObject } from '../../../server/src/core/syntax/yaml/yamlNodes';
import { encodeScalar, scalarText } from '../../../server/src/core/syntax/yaml/yamlScalars';
import { misplacedIn, placesIn, shown } from '../../support/shownTree';

/** What is written, and what it reads as. */
const DOCUMENTS: readonly (readonly [written: string, read: string])[] = [
  ['a: b', '{a: "b"}'],
  ['a:', '{a: ∅, …}'],
  ['a', '"a"'],
  ['a: b\nc', '{a: "b", c: ∅, …}'],
  ['a:\n  b: c\n  d', '{a: {b: "c", d: ∅, …}}'],
  ['- a\n- b', '["a", "b"]'],
  ['- a\n-\n- ', '["a"]'],
  ['-', '[]'],
  ['- - a\n  - b\n- c: d\n  e: f', '[["a", "b"], {c: "d", e: "f"}]'],
  ['a: [b, c]', '{a: ["b", "c"]}'],
  ['a: [b, c', '{a: ["b", "c", …]}'],
  ['a: [b,, c]', '{a: ["b", "c"]}'],
  ['a: [b: c, d]', '{a: [{b: "c"}, "d"]}'],
  ['a: [b: c\n', '{a: [{b: "c"}, …]}'],
  ['a: {b: c, d}', '{a: {b: "c", d: ∅}}'],
  ['a: {b: c', '{a: {b: "c", …}}'],
  ['a: {b}', '{a: {b: ∅}}'],
  ['a: {b: c, b: d}', '{a: {b: "c", b: "d"}}'],
  ['{a: b}', '{a: "b"}'],
  ['[a]', '["a"]'],
  ['[a, [b], {c: d}]', '["a", ["b"], {c: "d"}]'],
  ['? a\n: b', '{a: "b"}'],
  ['? [a]\n: b', '{}'],
  ['? a', '{a: ∅, …}'],
  ['a: ? b', '{a: {b: ∅, …}}'],
  [
    'a: true\nb: False\nc: "true"\nd: null\ne: ~\nf: NULL\ng: nUll\nh: 12\ni: 1.5\nj: 0x1',
    '{a: true, b: false, c: "true", d: null, e: null, f: null, g: "nUll", h: "12", i: "1.5", j: "0x1"}',
  ],
  ['a: !!str true\nb: ! true\nc: !!int 5\nd: !!bool true', '{a: "true", b: "true", c: "5", d: true}'],
  [
    'a: !Ref B\nb: !Sub "x"\nc: !GetAtt A.B\nd: !Condition C\ne: !If [a, b]\nf: !Sub\n  - x\n  - {y: z}\ng: !lower x\nh: !Ref\ni: !Foo::Bar x',
    '{a: {Ref: "B"}, b: {Fn::Sub: "x"}, c: {Fn::GetAtt: "A.B"}, d: {Condition: "C"}, e: {Fn::If: ["a", "b"]}, f: {Fn::Sub: ["x", {y: "z"}]}, g: ?, h: {Ref: ∅}, i: ?}',
  ],
  ['!Ref A', '{Ref: "A"}'],
  ['- !Ref A\n- !lower b\n- !Sub', '[{Ref: "A"}, ?, {Fn::Sub: ∅}]'],
  ['a: !If\n  - c\n  - b: d\n  - !Ref AWS::NoValue', '{a: {Fn::If: ["c", {b: "d"}, {Ref: "AWS::NoValue"}]}}'],
  ['a: !Join ["", [b, !Ref C]]', '{a: {Fn::Join: ["", ["b", {Ref: "C"}]]}}'],
  ['a: &x b\nc: *x', '{a: "b", c: "b"}'],
  ['a: &x [b]\nc: *x\nd: *x', '{a: ["b"], c: ["b"], d: ["b"]}'],
  ['a: *x', '{a: ?}'],
  ['a: &x\n  b: c\nd:\n  <<: *x\n  e: f', '{a: {b: "c"}, d: {<<: {b: "c"}, e: "f"}}'],
  ['- &a b\n- *a', '["b", "b"]'],
  ['&x a: b', '{a: "b"}'],
  ['a: &x !Ref B\nc: *x', '{a: {Ref: "B"}, c: {Ref: "B"}}'],
  ['a: &x b\na2: &x c\nd: *x', '{a: "b", a2: "c", d: "b"}'],
  ['a: {b: &x c, d: *x}', '{a: {b: "c", d: "c"}}'],
  ['a: &x |\n  b\nc: *x', '{a: "b\\n", c: "b\\n"}'],
  ['a: !Sub |-\n  b\nc: d', '{a: {Fn::Sub: "b"}, c: "d"}'],
  ['a: !Sub &x |-\n  b\nc: *x', '{a: {Fn::Sub: "b"}, c: {Fn::Sub: "b"}}'],
  ['a: !lower |-\n  b\nc: d', '{a: ?, c: "d"}'],
  ['a: !!str |-\n  true\nc: d', '{a: "true", c: "d"}'],
  ['a: ! true\nb: true', '{a: "true", b: true}'],
  ['a: !lower\nb: c', '{a: ?, b: "c"}'],
  ['a: &x\nb: *x', '{a: ∅, b: ?}'],
  ['a: !Ref\nb: c', '{a: {Ref: ∅}, b: "c"}'],
  ['a: !ref b', '{a: ?}'],
  ['a: !Ref"b"\nc: !Sub[d]', '{a: ?, c: ?}'],
  ['a: !Re-f b', '{a: ?}'],
  ['a: !ConditionX b\nc: !RefX d', '{a: {Fn::ConditionX: "b"}, c: {Fn::RefX: "d"}}'],
  ['a: !<tag:yaml.org,2002:str> b', '{a: ?}'],
  ['&x !Ref a: b\nc: *x', '{a: "b", c: ?}'],
  ['? - a\n: b\nc: d', '{c: "d"}'],
  ['? a\n: b\n? c\n', '{a: "b", c: ∅, …}'],
  ['[? a : b, c]', '[{a: "b"}, "c"]'],
  ['{? a : b, c: }', '{a: "b", c: ∅}'],
  ['[a: , b]', '[{a: ∅}, "b"]'],
  ['[a:, b]', '[{a: ∅}, "b"]'],
  ['["a": , b]', '[{a: ∅}, "b"]'],
  ['{a: , b: c}', '{a: ∅, b: "c"}'],
  ['{"a":, b: c}', '{a: ∅, b: "c"}'],
  ['{a: !Ref , b: "", c: &x , d: *x}', '{a: {Ref: ∅}, b: "", c: ∅, d: ?}'],
  ['{a: \n, b: c}', '{a: ∅, b: "c"}'],
  ['{[a]: b, c: d}', '{c: "d"}'],
  ['[[a]: b, c]', '[{}, "c"]'],
  ['a: "\\q\\x4\\uZZZZ\\U00110000\\U0010FFFF"', String.raw`{a: "\\q\\x4\\uZZZZ\\U00110000${'\u{10ffff}'}"}`],
  ['a: "b\\ \n  c"', '{a: "b  c"}'],
  ['a: "b\\\\\n  c"', String.raw`{a: "b\\ c"}`],
  ['a: "b \t\n\n \t c"', String.raw`{a: "b\nc"}`],
  ["a: 'b \n c '", '{a: "b c "}'],
  ['a: "\\\n b"', '{a: "b"}'],
  ['a: b\t# c', '{a: "b"}'],
  ['a: |+\n  b\n ', '{a: "b\\n"}'],
  ['a: |+\n  b\n \n', '{a: "b\\n\\n"}'],
  // A quote that takes keys or items at its own indentation along has no partner; three of them are read.
  ['a: "\nb: c', '{a: ""…, b: "c"}'],
  ['x:\n  a: "\n    b: c"\n', '{x: {a: " b: c"}}'],
  ['--- "a\n  b: c"', '"a b: c"'],
  ['x:\n  a: "y\n  b: c"\n', '{x: {a: "y"…, b: "c\\""}}'],
  ['x:\n  a: "y\n  - c"\n', '{x: {a: "y"…}}'],
  ['- "a\n- "b\n- "c\n- d', '["a"…, "b"…, "c"…, "d"]'],
  ['- "a\n- "b\n- "c\n- "d\n- e\n- f', '["a - \\"b - \\"c - \\"d - e - f"…]'],
  ["a: [b's, 'c]\nd: e", '{a: ["b\'s", "c"…], d: "e"}'],
  // Nor has one behind which the names of JSON stand.
  ['x:\n  a: \'{\n  "b": c\n', '{x: {a: "{"…, b: "c"}}'],
  // Values of which a line stands no further in than their key; between them lines of text, which may have quotes.
  ["a: 'b\n'\nc: d", '{a: "b ", c: "d"}'],
  ["a: 'b\n'", '{a: "b "}'],
  ['- p: \'{\n  }\'\n- a: "x\n  b: "y"', '[{p: "{ }"}, {a: "x"…, b: "y"}]'],
  [`${"- ''\n".repeat(12)}- a: '\nb'`, `[${'"", '.repeat(12)}{a: " b"}]`],
  ["a: '\nb'\nc: d", '{a: " b", c: "d"}'],
  ["- [\n- p: '{\n  }'\n".repeat(6), `[${Array(6).fill('[…], {p: "{ }"}').join(', ')}]`],
  ['x:\n  a: {\n    b: c\n}\n  d: e', '{x: {a: {b: "c"}, d: "e"}}'],
  ["- p: '{\n  }'\n- \"n\": |-\n    'tis\n  \"e\": 'd'\n", '[{p: "{ }"}, {n: "\'tis", e: "d"}]'],
  [
    "- p: '{\n  }'\n- n: |-\n    it\n\n    'tis\n  \"e\": 'd'\n",
    String.raw`[{p: "{ }"}, {n: "it\n\n'tis", e: "d"}]`,
  ],
  ["- p: '{\n  }'\n- |-\n  'tis\n- \"d'\"\n", '[{p: "{ }"}, "\'tis", "d\'"]'],
  // `s3:` is text that is being typed.
  ['a: b:', '{a: "b:"}'],
  ['a: b:\nc: d', '{a: "b:", c: "d"}'],
  ['x: y\na: b:\nc: d', '{x: "y", a: "b:", c: "d"}'],
  ['- a: b:\n  c: d', '[{a: "b:", c: "d"}]'],
  ['a: "b":\nc: d', '{a: {b: ∅, c: "d", …}}'],
  ['a: [b]:\nc: d', '{a: ["b"], c: "d"}'],
  ['a:\n  b:\nc: d', '{a: {b: ∅, …}, c: "d"}'],
  ['a: b: c\nd: e', '{a: {b: "c", d: "e"}}'],
  ['a: &x\n  b:\n', '{a: {b: ∅, …}}'],
  ['a: # b\n  c:\n', '{a: {c: ∅, …}}'],
  ['"a\n  b": c', '{a b: "c"}'],
  ["'a\n  b': c\nd: e", '{a b: "c", d: "e"}'],
  ['[: b]', '["b"]'],
  ['[? a]', '[{a: ∅, …}]'],
  [': b', '{}'],
  ['a: |+\n \n   ', '{a: "\\n"}'],
  ['a: |+\n  b\n    ', '{a: "b\\n  "}'],
  ['|1\n  b\n', '" b\\n"'],
  ['--- |2\n   b\n', '" b\\n"'],
  ['- a: |1\n     b\n', '[{a: "  b\\n"}]'],
  ['- |1\n   b\n', '["  b\\n"]'],
  ['a:\n  b: |1\n    c\n', '{a: {b: " c\\n"}}'],
  ['a: "b\\\\ \n  c"', String.raw`{a: "b\\ c"}`],
  ['a: "b\\\\\\ \n  c"', String.raw`{a: "b\\  c"}`],
  ['a: "   \n  b"', '{a: " b"}'],
  ['a: "b\n  "', '{a: "b "}'],
  ['a: "b\n\n', String.raw`{a: "b\n"…}`],
  ['a: "b\n  ', '{a: "b "…}'],
  ['a: | # x\n  b\nc: d', '{a: "b\\n", c: "d"}'],
  ['a: >-   \n  b\nc: d', '{a: "b", c: "d"}'],
  ['a: "b\\', '{a: "b"…}'],
  ["a: 'b'''", '{a: "b\'"}'],
  ["a: ''''", '{a: "\'"}'],
  ["a: ''", '{a: ""}'],
  ["a: '''", '{a: "\'"…}'],
  ['a: "b\\\\"', String.raw`{a: "b\\"}`],
  ["a: '", '{a: ""…}'],
  ["a: 'b''", '{a: "b\'"…}'],
  ['a: "b\\"', '{a: "b\\""…}'],
  ['a: b # c', '{a: "b"}'],
  ['a: b#c', '{a: "b#c"}'],
  ['# a: b\nc: d', '{c: "d"}'],
  ['a: # b\n  c', '{a: "c"}'],
  ['a: "b" # c', '{a: "b"}'],
  ['a: [b, # c\n  d]', '{a: ["b", "d"]}'],
  ["a: 'b''c'", '{a: "b\'c"}'],
  [
    String.raw`a: "b\tc\u00e9\x41\U0001F600\N\_\L\P\e\0\/\"\\"`,
    '{a: "b\\tcéA😀\u0085\u00a0\u2028\u2029\\u001b\\u0000/\\"\\\\"}',
  ],
  ['a: "b\\\n  c"', '{a: "bc"}'],
  ['a: "b\n  c\n\n  d"', String.raw`{a: "b c\nd"}`],
  ["a: 'b\n  c\n\n  d'", String.raw`{a: "b c\nd"}`],
  ['a: b\n  c\n\n  d', String.raw`{a: "b c\nd"}`],
  ['a: |\n  b\n  c\n', String.raw`{a: "b\nc\n"}`],
  ['a: |-\n  b\n  c\n', String.raw`{a: "b\nc"}`],
  ['a: |+\n  b\n\n', String.raw`{a: "b\n\n"}`],
  ['a: >\n  b\n  c\n\n  d\n    e\n  f\n', String.raw`{a: "b c\nd\n  e\nf\n"}`],
  ['a: >-\n  b\n  c', '{a: "b c"}'],
  ['a: |2\n   b\n  c', String.raw`{a: " b\nc"}`],
  ['a: |\n\n  b', String.raw`{a: "\nb"}`],
  ['a: |\n', '{a: ""}'],
  ['a: >+\n  b\n\nc: d', String.raw`{a: "b\n\n", c: "d"}`],
  ['a: |\n  b\n c: d', String.raw`{a: "b\n", c: "d"}`],
  ['a: "b', '{a: "b"…}'],
  ['a: "b\nc: d\ne: "f"', '{a: "b"…, c: "d", e: "f"}'],
  ["a: 'b\n- c", '{a: "b"…}'],
  ["a:\n  - 'b\n  - c", '{a: ["b"…, "c"]}'],
  ['a: "b" c', '{a: "b"}'],
  ['"a": b', '{a: "b"}'],
  ["'a': b", '{a: "b"}'],
  ['"a b": c', '{a b: "c"}'],
  ['a b: c', '{a b: "c"}'],
  ['a:b: c', '{a:b: "c"}'],
  ['a: b: c', '{a: {b: "c"}}'],
  ['"a":b', '"a"'],
  ['a : b', '{a: "b"}'],
  ['---\na: b', '{a: "b"}'],
  ['---\na: b\n...\n', '{a: "b"}'],
  ['---\na: b\n---\nc: d', '[{a: "b"}, {c: "d"}]'],
  ['--- a\n--- b', '["a", "b"]'],
  ['---\n---\na: b', '{a: "b"}'],
  ['%YAML 1.2\n---\na: b', '{a: "b"}'],
  ['a: b\n---\n', '{a: "b"}'],
  ['', '∅'],
  [' ', '∅'],
  ['# a', '∅'],
  ['\n\n', '∅'],
  ['\ta: b', '{a: "b"}'],
  ['a:\n\tb: c', '{a: {b: "c"}}'],
  ['a:\n\t- b', '{a: ["b"]}'],
  ['a: b\n  c: d', '{a: {b: ∅, c: "d", …}}'],
  ['a:\n- b\n- c\nd: e', '{a: ["b", "c"], d: "e"}'],
  ['a:\n   b: c\n  d: e', '{a: {b: "c"}, d: "e"}'],
  ['a: [\nb,\nc\n]\nd: e', '{a: ["b", "c"], d: "e"}'],
  ['a: {\n b: c\n}', '{a: {b: "c"}}'],
  ['- a\n b: c', '[{a: ∅, b: "c", …}]'],
  ['a: b\r\nc:\r\n  - d\r\n', '{a: "b", c: ["d"]}'],
  ['a: "b"c: d', '{a: {b: "d"}}'],
  ['a: [b]c', '{a: ["b"]}'],
  ['a: @b', '{a: "@b"}'],
  ['a: `b', '{a: "`b"}'],
  ['a: %b', '{a: "%b"}'],
  ['a: -b', '{a: "-b"}'],
  ['a: - b', '{a: ∅, b: ∅, …}'],
  ['a: ?b', '{a: "?b"}'],
  ['a: :b', '{a: ":b"}'],
  ['a: ,b', '{a: ",b"}'],
  ['{{- if x }}\na: b\n{{- end }}\nc: {{ y }}', '{a: "b", c: "{{ y }}", …}'],
  ['a: {{ x }}\nb: "{{ y }}"\nc: {{ x }}-{{ y }}', '{a: "{{ x }}", b: "{{ y }}", c: "{{ x }}-{{ y }}"}'],
  ['{% if x %}\na:\n  - b\n{% endif %}', '{a: ["b", …], …}'],
  ['a: <%= x %>', '{a: "<%= x %>"}'],
  ['%{ if x }\na: b\n%{ endif }', '{a: "b", …}'],
  ['a: {{ "x" | quote }}\nb: c', String.raw`{a: "{{ \"x\" | quote }}", b: "c"}`],
  ['a: ${x}\nb: "${y}"', '{a: "${x}", b: "${y}"}'],
  ['  {{ x }}\na: b', '{a: "b", …}'],
];

/** What is written, and where each node and each member of it stands, from the outside to the inside. */
const PLACES: readonly (readonly [written: string, places: readonly string[]])[] = [
  [
    'a: b\nc: # d\n  - e # f\n  - g\n\nh: !Ref i # j\n',
    [
      'a: b\nc: # d\n  - e # f\n  - g\n\nh: !Ref i',
      'a: b',
      'b',
      'c: # d\n  - e # f\n  - g',
      '- e # f\n  - g',
      'e',
      'g',
      'h: !Ref i',
      '!Ref i',
      '!Ref i',
      'i',
    ],
  ],
  [
    'a: {b: c, "d": [e, f]}\ng:\n  h: |\n    i\n\n  j: k\n',
    [
      'a: {b: c, "d": [e, f]}\ng:\n  h: |\n    i\n\n  j: k',
      'a: {b: c, "d": [e, f]}',
      '{b: c, "d": [e, f]}',
      'b: c',
      'c',
      '"d": [e, f]',
      '[e, f]',
      'e',
      'f',
      'g:\n  h: |\n    i\n\n  j: k',
      'h: |\n    i\n\n  j: k',
      'h: |\n    i',
      '|\n    i',
      'j: k',
      'k',
    ],
  ],
  [
    '- a: b\n  c:\n- d\n-\n- !If [e, f]\n',
    [
      '- a: b\n  c:\n- d\n-\n- !If [e, f]',
      'a: b\n  c:',
      'a: b',
      'b',
      'c:',
      'd',
      '!If [e, f]',
      '!If [e, f]',
      '[e, f]',
      'e',
      'f',
    ],
  ],
  [
    'a: &x\n  b: c\nd: *x\n',
    ['a: &x\n  b: c\nd: *x', 'a: &x\n  b: c', 'b: c', 'b: c', 'c', 'd: *x', 'b: c', 'b: c', 'c'],
  ],
  ['---\na\n---\nb\n---\nc\n', ['a\n---\nb\n---\nc', 'a', 'b', 'c']],
  ['---\na: b\n---\n- c\n', ['a: b\n---\n- c', 'a: b', 'a: b', 'b', '- c', 'c']],
  ['? a\n: b\n', ['? a\n: b', 'a\n: b', 'b']],
  ['a: [b, c', ['a: [b, c', 'a: [b, c', '[b, c', 'b', 'c']],
  ['a: [', ['a: [', 'a: [', '[']],
  ['a: {b: c', ['a: {b: c', 'a: {b: c', '{b: c', 'b: c', 'c']],
  ['a: {', ['a: {', 'a: {', '{']],
  ['a: {b: [c\n', ['a: {b: [c', 'a: {b: [c', '{b: [c', 'b: [c', '[c', 'c']],
  ['a: |\nb: c\n', ['a: |\nb: c', 'a: |', '|', 'b: c', 'c']],
  ['a: | # x\n\n', ['a: |', 'a: |', '|']],
  ['a: |+\n  b\n\n\nc: d', ['a: |+\n  b\n\n\nc: d', 'a: |+\n  b', '|+\n  b', 'c: d', 'd']],
  ['a: >-\n  b\n  \n', ['a: >-\n  b', 'a: >-\n  b', '>-\n  b']],
  ['a:\n  b:\n', ['a:\n  b:', 'a:\n  b:', 'b:', 'b:']],
  [
    'a:\n  b:\n  - c\n  -\n',
    ['a:\n  b:\n  - c\n  -', 'a:\n  b:\n  - c\n  -', 'b:\n  - c\n  -', 'b:\n  - c\n  -', '- c\n  -', 'c'],
  ],
  [
    '- a:\n- b: |\n    c\n\n-\n',
    ['- a:\n- b: |\n    c\n\n-', 'a:', 'a:', 'b: |\n    c', 'b: |\n    c', '|\n    c'],
  ],
  ['{a: , b: !Ref , c: d}', ['{a: , b: !Ref , c: d}', 'a:', 'b: !Ref', '!Ref', '!Ref', 'c: d', 'd']],
  ['a: !lower\nb: !x c\n', ['a: !lower\nb: !x c', 'a: !lower', '!lower', 'b: !x c', '!x c']],
  ['a: [b, ', ['a: [b', 'a: [b', '[b', 'b']],
  ['a: [b,,\n', ['a: [b', 'a: [b', '[b', 'b']],
  ['a: [b,#c\n,', ['a: [b,#c\n,', 'a: [b', '[b', 'b', ',']],
  ['a: {,,', ['a: {', 'a: {', '{']],
  ['a: {b: c, # d', ['a: {b: c', 'a: {b: c', '{b: c', 'b: c', 'c']],
  ['a: b\n? ', ['a: b\n?', 'a: b', 'b']],
  // Comments behind the last entry are none of it.
  ['a:\n  b: c\n  # d\ne: f\n', ['a:\n  b: c\n  # d\ne: f', 'a:\n  b: c', 'b: c', 'b: c', 'c', 'e: f', 'f']],
  [
    'a:\n  - b\n  # c\n\n  # d\ne: f\n',
    ['a:\n  - b\n  # c\n\n  # d\ne: f', 'a:\n  - b', '- b', 'b', 'e: f', 'f'],
  ],
  ['a: b\n? c\n', ['a: b\n? c', 'a: b', 'b', 'c']],
  [': b\nc: d', [': b\nc: d', 'c: d', 'd']],
  ['- - ', ['- -', '-']],
  [
    'a: | # b\n  c\nd: > \n  e\n',
    ['a: | # b\n  c\nd: > \n  e', 'a: | # b\n  c', '| # b\n  c', 'd: > \n  e', '> \n  e'],
  ],
  ['a: &x | # b\n  c\n', ['a: &x | # b\n  c', 'a: &x | # b\n  c', '| # b\n  c']],
  ['? a\n: - b\n', ['? a\n: - b', 'a\n: - b', '- b', 'b']],
  ['a: &x\n', ['a: &x', 'a: &x']],
  ['a: !Ref\n', ['a: !Ref', 'a: !Ref', '!Ref', '!Ref']],
  ['a: [b # c\n]\n', ['a: [b # c\n]', 'a: [b # c\n]', '[b # c\n]', 'b']],
  ['a: "b\nc: d\n', ['a: "b\nc: d', 'a: "b', '"b', 'c: d', 'd']],
  ['  a: b\n  c: d\n', ['a: b\n  c: d', 'a: b', 'b', 'c: d', 'd']],
  ['- - a\n  - b\n', ['- - a\n  - b', '- a\n  - b', 'a', 'b']],
  ['a: "b\n  c"\nd: e\n', ['a: "b\n  c"\nd: e', 'a: "b\n  c"', '"b\n  c"', 'd: e', 'e']],
  ['a: b\n  c\n\nd: e\n', ['a: b\n  c\n\nd: e', 'a: b\n  c', 'b\n  c', 'd: e', 'e']],
];

describe('YAML, whole and half-typed', () => {
  for (const [written, read] of DOCUMENTS) {
    it(`reads ${JSON.stringify(written)}`, () => {
      const { root } = parseYaml(written);
      assert.equal(shown(root), read);
      // The line breaks that a block scalar keeps, or that are all of it, lie behind what is shown of it.
      if (!/[|>]\+|\|\n$/.test(written)) {
        assert.deepEqual(misplacedIn(root), []);
      }
    });
  }

  for (const [written, places] of PLACES) {
    it(`knows where the parts of ${JSON.stringify(written)} stand`, () => {
      assert.deepEqual(placesIn(parseYaml(written).root, written), places);
    });
  }

  it('has lines that end with a carriage return, with a line feed, or with both', () => {
    for (const [written, read] of DOCUMENTS) {
      const text = written.replaceAll(/\r?\n/g, '\r');
      assert.equal(shown(parseYaml(text).root), read, JSON.stringify(text));
    }
    for (const [written, places] of PLACES) {
      const text = written.replaceAll('\n', '\r');
      const expected = places.map((place) => place.replaceAll('\n', '\r'));
      assert.deepEqual(placesIn(parseYaml(text).root, text), expected);
    }
  });

  it('has the text of a mapping, unless what it stands for is written elsewhere', () => {
    for (const [written, text] of [
      ['a: b\nc: d # e\n', 'a: b\nc: d'],
      ['{a: s3:*, b: "* c", d: x*y}', '{a: s3:*, b: "* c", d: x*y}'],
      ['!Sub "x*"', '!Sub "x*"'],
      ['a: &b c\nd: *b', undefined],
      ['{a: [*b]}', undefined],
      ['{a: [c,*b,d]}', undefined],
      ['a:\n  - *b\n', undefined],
      ['!If [*b]', undefined],
    ] as const) {
      const { root } = parseYaml(written);
      assert.ok(root?.kind === 'object');
      assert.equal(root.text, text, written);
    }
  });

  it('tells what stands in brackets from what stands on lines', () => {
    const { root } = parseYaml('a: [b]\nc: {d: e}\nf:\n  - g\nh:\n  i: j\n');
    assert.ok(root instanceof YamlObject);
    const isFlow = (node: unknown) =>
      (node instanceof YamlObject || node instanceof YamlArray) && node.isFlow;
    assert.deepEqual([root, ...root.members.map(({ value }) => value)].map(isFlow), [
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('tells the documents of a stream from a list', () => {
    for (const [written, isOne] of [
      ['---\na: b\n---\nc: d\n', true],
      ['- a\n- b\n', false],
      ['---\n- a\n- b\n...\n', false],
    ] as const) {
      const { root } = parseYaml(written);
      assert.ok(root?.kind === 'array');
      assert.equal(isStream(root), isOne);
    }
  });

  it('has a tag for the name of a function, all of it or nothing', () => {
    const { root } = parseYaml('a: !Sub b\n');
    const call = root?.kind === 'object' ? root.members[0]?.value : undefined;
    const key = call?.kind === 'object' ? call.members[0]?.key : undefined;
    assert.ok(key);
    assert.deepEqual(key.span, { start: 3, end: 7 });
    assert.deepEqual(
      [0, 1, 6, 7, 8].map((index) => key.offsetAt(index)),
      [3, 3, 3, 7, 7],
    );
    assert.deepEqual(
      [0, 3, 6, 7, 9].map((offset) => key.indexAt(offset)),
      [0, 0, 0, 7, 7],
    );
  });

  it('is written in the quotes of the file where it needs any and they can hold it', () => {
    for (const [text, quote, written] of [
      ['a: b', '"', '"a: b"'],
      ['a: b', "'", "'a: b'"],
      ["it's: b", "'", "'it''s: b'"],
      ['a\nb', "'", '"a\\nb"'],
      ['a', "'", 'a'],
    ] as const) {
      assert.equal(scalarText(text, { inFlow: false, quote }), written);
    }
    assert.equal(scalarText('a${b}', { inFlow: false, quote: '"' }), 'a${b}');
    assert.equal(scalarText('a${b}', { inFlow: true, quote: '"' }), '"a${b}"');
  });

  const NEEDS_QUOTES = [
    ...[
      'a: b',
      'a #b',
      '- a',
      '*a',
      '&a',
      '!a',
      '',
      'true',
      'null',
      '~',
      '? a',
      '-',
      'a:',
      ' a',
      'a ',
      '[a',
      '{a',
    ],
    ...['a,b', '%a', '@a', '`a', '|', '>', '2012-10-17'],
  ];
  const NEEDS_NONE = ['a', 'a b', 'a#b', "a'b", 'a"b', 'a\\b', 's3:Get*', 'arn:aws:s3:::b/*'];

  it('is written without quotes where it reads the same, and never in a style that cannot hold it', () => {
    for (const text of NEEDS_NONE) {
      assert.equal(encodeScalar(text, 'plain', 0), text);
      assert.equal(textOf(`'${encodeScalar(text, 'single', 0)}'`), text);
      assert.equal(textOf(text), text);
    }
    for (const text of NEEDS_QUOTES) {
      assert.equal(encodeScalar(text, 'plain', 0), undefined, text);
      assert.equal(textOf(`'${encodeScalar(text, 'single', 0)}'`), text);
      assert.equal(textOf(`"${encodeScalar(text, 'double', 0)}"`), text);
    }
    for (const text of ['a\nb', 'a\rb', '\n']) {
      assert.equal(encodeScalar(text, 'plain', 0), undefined);
      assert.equal(encodeScalar(text, 'single', 0), undefined);
      assert.equal(textOf(`"${encodeScalar(text, 'double', 0)}"`), text);
    }
    assert.equal(textOf(`|-\n  ${encodeScalar('a\nb: c', 'block', 2)}`), 'a\nb: c');
  });
});

/** What a scalar reads as that is the value of a key. */
function textOf(scalar: string): unknown {
  const { root } = parseYaml(`key: ${scalar}\n`);
  const value = root?.kind === 'object' ? root.members[0]?.value : undefined;
  return value?.kind === 'string' ? value.value : undefined;
}
