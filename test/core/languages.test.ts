import assert from 'node:assert/strict';
import { documentLanguages } from '../../server/src/core/index';
import { certainFaults } from '../../server/src/core/syntax/faults';
import { parseJson } from '../../server/src/core/syntax/json';
import {
  isProgramLanguage,
  languageOfDocument,
  languageOfFile,
  languageOfName,
  languageOfText,
} from '../../server/src/core/syntax/languages';

describe('what a file is read as', () => {
  const NAMES: readonly (readonly [name: string, language: string | undefined])[] = [
    ['a.json', 'json'],
    ['a.JSON', 'json'],
    ['a.b.yml', 'yaml'],
    ['/x.json/a', undefined],
    ['C:\\x.json\\a', undefined],
    ['file:///a%20b/main.tf', 'hcl'],
    ['a.tfvars', 'hcl'],
    ['a.json.tftpl', 'template'],
    ['a.cts', 'typescript'],
    ['a.tsx', 'javascript'],
    ['a.py', 'python'],
    ['README.md', 'markdown'],
    ['json', undefined],
    ['a.template', undefined],
    ['a.', undefined],
    ['', undefined],
  ];
  for (const [name, language] of NAMES) {
    it(`is ${language} by the name ${JSON.stringify(name)}`, () => {
      assert.equal(languageOfName(name), language);
    });
  }

  const DOCUMENTS: readonly (readonly [id: string, name: string, language: string | undefined])[] = [
    ['json', 'a.yaml', 'json'],
    ['typescriptreact', 'a', 'javascript'],
    ['terraform-vars', 'a', 'hcl'],
    ['yaml.cloudformation', 'a', 'yaml'],
    ['json.openapi', 'a.yaml', 'json'],
    ['yaml.docker-compose.x', 'a', 'yaml'],
    ['typescript.tsx', 'a', 'javascript'],
    ['javascript.jsx', 'a', 'javascript'],
    ['json-ts', 'a', 'json'],
    ['js-json', 'a', 'json'],
    ['yaml-ts', 'a', 'yaml'],
    ['.json', 'a.json', undefined],
    ['json5', 'a.json', undefined],
    ['plaintext', 'main.tf', 'hcl'],
    ['plaintext', 'a.json.j2', 'template'],
    ['plaintext', 'a.json', undefined],
    ['plaintext', 'a.py', undefined],
    ['plaintext', 'a', undefined],
    ['go', 'main.tf', undefined],
    ['toString', 'a', undefined],
  ];
  for (const [id, name, language] of DOCUMENTS) {
    it(`is ${language} where an editor calls ${name} ${id}`, () => {
      assert.equal(languageOfDocument(id, name), language);
    });
  }

  const TEXTS: readonly (readonly [text: string, language: string])[] = [
    ['a: b', 'yaml'],
    ['a:', 'yaml'],
    ['a:b', 'json'],
    ['"a": b', 'yaml'],
    ["'a': b", 'yaml'],
    ['- a', 'yaml'],
    ['-a', 'json'],
    ['\n# x: y\n---\n%YAML 1.2\n  a.b-c: d', 'yaml'],
    ['{"a": 1}', 'json'],
    ['[a: b]', 'json'],
    ['# a: b', 'json'],
    ['', 'json'],
    [`${' '.repeat(20_000)}a: b`, 'json'],
  ];
  for (const [text, language] of TEXTS) {
    it(`is ${language} by the text ${JSON.stringify(text.slice(-30))}`, () => {
      assert.equal(languageOfText(text), language);
      assert.equal(languageOfFile('Dockerfile', text), language);
    });
  }

  it('is YAML in a template of CloudFormation that is no JSON', () => {
    assert.equal(languageOfFile('a.template', '{"a": 1}'), 'json');
    assert.equal(languageOfFile('a.TEMPLATE', '{"a": 1,}'), 'yaml');
    assert.equal(languageOfFile('a.template', 'a: 1'), 'yaml');
    assert.equal(languageOfFile('a.json', '{"a": 1,}'), 'json');
    assert.equal(languageOfFile('a.x', '{"a": 1,}'), 'json');
  });

  it('is more than a policy in programs and pages', () => {
    assert.deepEqual(documentLanguages.filter(isProgramLanguage), [
      'typescript',
      'javascript',
      'python',
      'markdown',
    ]);
  });
});

describe('the faults that are certain', () => {
  /** Each with what stands there. */
  const certain = (text: string): readonly string[] =>
    certainFaults(parseJson(text, 'json').faults, text, ({ span }) => span.start).map(
      ({ code, span }) => `${code} ${text.slice(span.start, span.end)}`,
    );
  const CASES: readonly (readonly [text: string, ...faults: readonly string[]])[] = [
    ['{"a": 1}'],
    ['{"a": 1 "b": 2}', 'comma-expected "b"'],
    ['{"a": 1 "b": 2 "c": 3}', 'comma-expected "b"', 'comma-expected "c"'],
    ['{"a": 1,}', 'trailing-comma ,'],
    ['{"a": 01, "b": 02}', 'invalid-number 01', 'invalid-number 02'],
    // The end that is missing comes of the value that is.
    ['{"a": ', 'value-expected '],
    ['{"a" 1, "b" 2}', 'colon-expected 1', 'colon-expected 2'],
    ['{"a": x, "b": y}', 'invalid-symbol x', 'invalid-symbol y'],
    ['{"a": x y, "b": 1}', 'invalid-symbol x'],
    ['{"a": x\n"b": 1}', 'invalid-symbol x'],
    ['{"a": x\n"b" 1}', 'invalid-symbol x', 'property-name-expected 1'],
    ['{"a": x "b" 1}', 'invalid-symbol x'],
    // A comma in a string is none.
    ['{"a": x "b, c" y, "d": z}', 'invalid-symbol x', 'invalid-symbol z'],
    ['{"a": x "b\\", c" y, "d": z}', 'invalid-symbol x', 'invalid-symbol z'],
    ['{"a": ["b, "c"], "d": x}', 'invalid-symbol c'],
    ['{"a": [1, "b": 2}', 'close-bracket-expected '],
    ['{"a": 1, x}', 'invalid-symbol x'],
    ['{"a": "b, c": 1}', 'value-expected '],
    ['{"a": "b\n, "c": x}', 'unterminated-string "b', 'invalid-symbol x'],
    ['{"a": "b\n, "c": x, "d": y}', 'unterminated-string "b', 'invalid-symbol x', 'invalid-symbol y'],
    ['{"a": [1 2, 3 4] "b": 5}', 'comma-expected 2', 'comma-expected 4', 'comma-expected "b"'],
    ['{"a": [1, "c": 2, "d": 3 4}', 'close-bracket-expected ', 'property-name-expected 4'],
    ['[1, 2', 'close-bracket-expected '],
    ['[1, 2,', 'close-bracket-expected '],
    ['[1, 2, x', 'close-bracket-expected '],
    ['[1, /* a */ 2, // b\n3]', 'comment-not-permitted /* a */', 'comment-not-permitted // b'],
    ['{"a": "\\x", "b": "\\y" "c": 1}', 'invalid-escape "\\x"', 'invalid-escape "\\y"', 'comma-expected "c"'],
    ['{"a": 1, , "b": 2}', 'property-name-expected ,'],
    ['{"a": , "b": }', 'value-expected ', 'value-expected '],
  ];
  for (const [text, ...faults] of CASES) {
    it(`of ${text} are ${faults.join(' and ') || 'none'}`, () => {
      assert.deepEqual(certain(text), faults);
    });
  }
});
