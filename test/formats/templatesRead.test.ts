import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { misplacedIn, shown } from '../support/shownTree';

/** What is written for a template engine, what it reads as, and the faults that are found. */
const TEMPLATES: readonly (readonly [written: string, read: string, faults?: string])[] = [
  ['{"a": ${b}}', '{a: ?}'],
  ['{"a": ${b}, "c": {{ d }}}', '{a: ?, c: ?}'],
  ['{"a": {{{ b }}}}', '{a: ?}'],
  ['{"a": <%= b %>}', '{a: ?}'],
  ['{"a": {{ "x" }}}', '{a: ?}'],
  ['{"a": {{ {"x": 1} }}}', '{a: ?}'],
  ['{"a": #{b}}', '{a: ?}'],
  ['{"a": {{}}, "b": {{{}}}, "c": ${}, "d": <%=%>}', '{a: ?, b: ?, c: ?, d: ?}'],
  ['{"a": {{ b }, "c": 1}', '{a: {}, c: 1}', 'property-name-expected invalid-symbol'],
  ['{"a": "{{ b }, \\"c\\": 1"}', '{a: "{{ b }, \\"c\\": 1"}'],
  [
    '{"a": "${b(\n"c")}"}',
    '{a: "${b("…, c: ∅}',
    'unterminated-string comma-expected invalid-symbol colon-expected unterminated-string end-of-file-expected',
  ],
  [
    '{"a": "${b + "c"}", "d": "${e ("f")}", "g": "#{h["i"]}"}',
    '{a: "${b + \\"c\\"}", d: "${e (\\"f\\")}", g: "#{h[\\"i\\"]}"}',
  ],
  [
    '{"a": "{{ b }}", "c": "{% d "e" %}", "f": "<%= g["h"] %>"}',
    '{a: "{{ b }}", c: "{% d \\"e\\" %}", f: "<%= g[\\"h\\"] %>"}',
  ],
  ['{%if a%}{"b": 1}{%endif%}', '{b: 1}'],
  ['{{#if a}}\n{"b": {{c}}}\n{{/if}}', '{b: ?}'],
  ['{{! a }}\n{{^b}}\n{"c": 1}\n{{~/b~}}', '{c: 1}'],
  ['{{ iffy }}\n{"a": {{ else_b }}, "c": {{ end.d }}, "e": {{-if f}}1{{end}}}', '{a: ?, c: ?, e: 1, …}'],
  ['{"a": {{ $b := 1 }}, "c": {{ $b }}, "d": {{ $b = 2 }}3}', '{a: ∅, c: ?, d: 3, …}', 'value-expected'],
  ['{"a": ${f({"x": "}"})}}', '{a: ?}'],
  ['{"a": ${b', '{a: {…}, …}', 'invalid-symbol invalid-symbol close-brace-expected close-brace-expected'],
  ['{"a": "${b}"}', '{a: "${b}"}'],
  ['{"a": "x${f("y")}z"}', '{a: "x${f(\\"y\\")}z"}'],
  ['{"a": "x${y"}', '{a: "x${y"}'],
  ['{"a": "${\nb\n}"}', '{a: "${\\nb\\n}"}'],
  ['{"a": "{{ f "x" }}"}', String.raw`{a: "{{ f \"x\" }}"}`],
  ['{"a": "{{ f \'x\' }}y"}', '{a: "{{ f \'x\' }}y"}'],
  ['{"a": "<%= f("x") %>"}', String.raw`{a: "<%= f(\"x\") %>"}`],
  ['{"a": "%{ if b == "c" }d%{ endif }"}', String.raw`{a: "%{ if b == \"c\" }d%{ endif }"}`],
  ['{"a": "\\${b}"}', '{a: "{b}"}', 'invalid-escape'],
  ['{"a": "\\"${b("c")}"}', '{a: "\\"${b(\\"c\\")}"}'],
  ['{"a": "x{y"}', '{a: "x{y"}'],
  ['{"a": "$x %y #z <a>"}', '{a: "$x %y #z <a>"}'],
  ['{"a": "x${a.b["c"]}"}', '{a: "x${a.b[\\"c\\"]}"}'],
  ['{"a": "${a ? "b" : "c"}"}', '{a: "${a ? \\"b\\" : \\"c\\"}"}'],
  ['{"a": "${b", "c": "d"}', '{a: "${b", c: "d"}'],
  ['{"a": "x{{ y", "b": "z }}"}', String.raw`{a: "x{{ y\", \"b\": \"z }}"}`],
  ['{% if x %}\n{"a": 1}\n{% endif %}', '{a: 1}'],
  ['{% if x %}\n{"a": 1}\n{% else %}\n{"b": 2}\n{% endif %}', '[{a: 1}, {b: 2}]'],
  ['{"a": 1}\n{"b": 2}', '{a: 1}', 'end-of-file-expected'],
  ['{"a": [1,\n{% if x %}\n2,\n{% endif %}\n3]}', '{a: [1, 2, 3, …], …}'],
  ['{"a": [\n%{ for x in y ~}\n"${x}",\n%{ endfor ~}\n"z"]}', '{a: ["${x}", "z", …], …}'],
  ['{"a": 1 {# , "b": 2 #}}', '{a: 1, …}'],
  ['{"a": 1\n{{- if .x }}\n, "b": 2\n{{- end }}\n}', '{a: 1, b: 2, …}'],
  ['{"a": 1{{/* , */}}}', '{a: 1, …}'],
  ['{"a": {{ $x := 1 }}{{ $x }}}', '{a: ?, …}'],
  ['{"a": <% x %>1}', '{a: 1, …}'],
  ['{"a": <%- x %>1}', '{a: 1, …}'],
  ['{"a": <%== x %>}', '{a: ?}'],
  ['{{ x }}\n{"a": 1}', '{a: 1}'],
  ['{{ x }} {"a": 1}', '?', 'end-of-file-expected'],
  ['<%# x %>\n{"a": 1}', '{a: 1}'],
  ['<%= x %>\n{"a": 1}', '∅'],
  ['{% macro m() %}{"z": 1}{% endmacro %}\n{"a": 1}', '{a: 1}'],
  ['{% macro m() %}\n{"a": 1}', '{a: 1}'],
  ['[1, {% if x %}2{% endif %}]', '[1, 2, …]'],
  ['%{ if x }\n{"a": 1}\n%{ else }\n{"b": 1}\n%{ endif }', '[{a: 1}, {b: 1}]'],
  ['${jsonencode({ a = b, c = ["d"] })}', '{a: {Ref: "b"}, c: ["d"]}'],
  ['  ${ jsonencode({ a = 1 }) }\n', '{a: 1}'],
  ['${yamlencode({ a = 1 })}', '{Fn::yamlencode: [?, {a: 1}]}'],
  ['${other({ a = 1 })}', '∅'],
  ['resource "a" "b" {\n  c = 1\n}\n', '{resource: {a: {b: {c: 1}}}}'],
  ['# x\nresource "a" "b" {\n  c = 1\n}\n', '{resource: {a: {b: {c: 1}}}}'],
  ['{% if x %}\nlocals {\n  a = 1\n}\n{% endif %}\n', '{locals: {a: 1}}'],
  ['resource\n', '∅'],
  ['a: b\nStatement:\n  - Effect: Allow\n', '{a: "b", Statement: [{Effect: "Allow"}]}'],
  ['Version: "2012-10-17"\nStatement: {{ x }}\n', '{Version: "2012-10-17", Statement: "{{ x }}"}'],
  ['some text', '∅'],
  ['<html></html>', '∅'],
  ['', '∅'],
  ['{"a": "}","b": ${c}}', '{a: "}", b: ?}'],
  ['{"a": ${b}${c}}', '{a: ?}', 'property-name-expected'],
  ['{"a": x${b}}', '{a: ∅}', 'invalid-symbol'],
  ['{"a": ${b}x}', '{a: ?}', 'invalid-symbol'],
  ['{"a": [${b}, ${c}]}', '{a: [?, ?]}'],
  ['{${a}: 1}', '{}', 'property-name-expected property-name-expected property-name-expected'],
  ['{"a": 1, ${b}}', '{a: 1}', 'trailing-comma property-name-expected'],
  ['{"a": ${"b"}}', '{a: ?}'],
  ['{"a": ${b} "c": 1}', '{a: ?, c: 1}', 'comma-expected'],
  ['{"a": "${b}', '{a: "${b}"…, …}', 'unterminated-string close-brace-expected'],
  ['{"a": "{%b"}', '{a: "{%b"}'],
  ['{"a": 1}{{/* x */}}\n{"b": 2}', '[{a: 1}, {b: 2}]'],
  ['{"a": 1},\n{"b": 2}', '{a: 1}', 'end-of-file-expected'],
  [
    '{% if x %}\n{"a": }\n{% else %}\n{"b": 012}\n{% endif %}',
    '[{a: ∅}, {b: 12}]',
    'value-expected invalid-number',
  ],
  [
    '{% if x %}\n{"a": 1}\n{% elif y %}\n{"b": 2}\n{% else %}\n{"c": 3 "d": 4}\n{% endif %}',
    '[{a: 1}, {b: 2}, {c: 3, d: 4}]',
  ],
  ['{% macro m() %}{"z": 1}{% endmacro', '{z: 1}', 'end-of-file-expected'],
  ['{% x\n{"a": 1}', '{a: 1}', 'invalid-symbol invalid-symbol property-name-expected'],
  ['{# x\n{"a": 1}', '{a: 1}', 'invalid-symbol invalid-symbol property-name-expected'],
  ['<% x\n{"a": 1}', '∅'],
  ['%{ x\n{"a": 1}', '∅'],
  ['{{ x\n{"a": 1}', '{a: 1}', 'property-name-expected invalid-symbol property-name-expected'],
];

/** A page of Markdown, and what its blocks of code read as. */
const PAGES: readonly (readonly [written: string, read: string])[] = [
  ['```json\n{"a": 1}\n```', '{a: 1}'],
  ['```\n{"a": 1}\n```', ''],
  ['```\n{"Statement": 1}\n```', '{Statement: 1}'],
  ['```JSON\n{"a": 1}\n```', '{a: 1}'],
  ['``` json title\n{"a": 1}\n```', '{a: 1}'],
  ['```{.json}\n{"a": 1}\n```', '{a: 1}'],
  ['```yaml\na: b\n```', '{a: "b"}'],
  ['```yml\na: b\n```\n```json\n{"a": 1}\n```', '{a: "b"}, {a: 1}'],
  ['```hcl\na = 1\n```', '{a: 1}'],
  ['```text\n{"a": 1}\n```', ''],
  ['~~~json\n{"a": 1}\n~~~', '{a: 1}'],
  ['~~~json\n{"a": 1}\n```\n~~~', ''],
  ['````json\n{"a": 1}\n```\n````', ''],
  ['```json\n{"a": 1}', ''],
  ['```json\n{"a": \n```', ''],
  ['```json\n{"a": 1, }\n```', '{a: 1}'],
  ['```json\n{"a": 1 // x\n}\n```', '{a: 1}'],
  ['> ```json\n> {"a":\n> 1}\n> ```', '{a: 1}'],
  ['> ```\n> {"Statement":\n> 1}\n> ```', '{Statement: 1}'],
  ['- x\n  ```json\n  {"a": 1}\n  ```', '{a: 1}'],
  ['```json `x\n{"a": 1}\n```', ''],
  ['```json\n{"a": ${b}}\n```', '{a: ?}'],
  ['text\n{"a": 1}\n', ''],
  ['```json\n{"a": 1}\n``` x\n{"b": 1}\n```', ''],
  ['```jsonc\n{"a": 1}\n```\n\n```\nx\n```\n\n```json\n[2]\n```', '{a: 1}, [2]'],
];

describe('a file for a template engine', () => {
  for (const [written, read, faults = ''] of TEMPLATES) {
    it(`reads ${JSON.stringify(written)}`, () => {
      const { tree } = openDocument({ text: written, language: 'template' });
      assert.equal(shown(tree.root), read);
      assert.deepEqual(misplacedIn(tree.root), []);
      assert.equal(tree.faults.map(({ code }) => code).join(' '), faults);
    });
  }

  it('has what an expression makes where it is written', () => {
    const text = '\n  ${ jsonencode({ a = 1 }) }\n';
    const { root } = openDocument({ text, language: 'template' }).tree;
    assert.deepEqual(root?.span, { start: text.indexOf('{ a'), end: text.indexOf(') }') });
  });
});

describe('the cases of a condition around a whole document', () => {
  it('are a list of them, from the first to the end of the file, and no more than anybody writes', () => {
    const text = `${Array.from({ length: 25 }, (_, index) => `{% if x${index} %}\n{"a": ${index}}\n{% endif %}`).join('\n')}\n`;
    const { root } = openDocument({ text, language: 'template' }).tree;
    assert.ok(root?.kind === 'array');
    assert.equal(root.items.length, 20);
    assert.deepEqual(root.span, { start: text.indexOf('{"a": 0}'), end: text.length });
    assert.ok(root.items.every(({ parent }) => parent === undefined));
  });
});

describe('the blocks of code of a page', () => {
  for (const [written, read] of PAGES) {
    it(`are read in ${JSON.stringify(written)}`, () => {
      const { tree } = openDocument({ text: written, language: 'markdown' });
      assert.equal(shown(tree.root), `[${read}]`);
      // A page shows policies, and nobody wants them changed there.
      assert.equal(tree.source.isReadOnly, true);
      const blocks =
        tree.root?.kind === 'array' && /json|yaml|^>? ?(?:```|~~~)\n/.test(written) ? tree.root.items : [];
      assert.ok(blocks.every((block) => !('source' in block) || block.source.isReadOnly === true));
      assert.deepEqual(misplacedIn(tree.root), []);
      assert.deepEqual(tree.faults, []);
    });
  }
});
