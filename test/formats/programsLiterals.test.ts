import assert from 'node:assert/strict';
import { ifWritable } from '../../server/src/core/lint/writers/writer';
import { decode, encodeLiteral } from '../../server/src/core/syntax/program/literals';
import type { LiteralStyle } from '../../server/src/core/syntax/program/values';
import { languageService } from '../support/policies';

const service = languageService();

/*
 * What the letters between the quotes of a literal stand for, by the grammars of the languages: ECMA-262, chapters 12.9.4
 * and B.1.2 (legacy octal escapes), and the Python Language Reference, chapter 2.5.
 */

type Row = readonly [written: string, value: string, offsets?: readonly number[]];

const style = (language: LiteralStyle['language'], more: Partial<LiteralStyle> = {}): LiteralStyle => ({
  language,
  quote: "'",
  raw: false,
  doubledBraces: false,
  ...more,
});

/** What is the same in both languages. */
const BOTH: readonly Row[] = [
  ['', '', []],
  ['ab', 'ab', [0, 1]],
  ['\\n\\t\\r\\b\\f\\v', '\n\t\r\b\f\v', [0, 2, 4, 6, 8, 10]],
  ['\\\\\\\'\\"', '\\\'"', [0, 2, 4]],
  ['a\\x41b', 'aAb', [0, 1, 5]],
  ['\\u00e9x', 'éx', [0, 6]],
  ['\\uD83D\\uDE00', '😀', [0, 6]],
  ['\\0x', '\0x', [0, 2]],
  ['\\7x', '\u0007x', [0, 2]],
  ['\\101x', 'Ax', [0, 4]],
  ['\\1018', 'A8', [0, 4]],
  ['\\18', '\u00018', [0, 2]],
  ['\\377', 'ÿ', [0]],
  ['a\\\nb', 'ab', [0, 3]],
  ['a\\\r\nb', 'ab', [0, 4]],
  ['a\\\rb', 'ab', [0, 3]],
  ['a\r\nb', 'a\nb', [0, 1, 3]],
  ['a\rb', 'a\nb', [0, 1, 2]],
  ['a\nb', 'a\nb', [0, 1, 2]],
  ['a\r', 'a\n', [0, 1]],
  ['a\\', 'a\\', [0, 1]],
  ['\\\\n', '\\n', [0, 2]],
  ['{{}}', '{{}}', [0, 1, 2, 3]],
  ['\\n{{', '\n{{', [0, 2, 3]],
];

const OF_LANGUAGE: Readonly<Record<LiteralStyle['language'], readonly Row[]>> = {
  javascript: [
    ['\\a\\q\\N{DASH}', 'aqN{DASH}'],
    ['\\u{41}\\u{1F600}b', 'A😀b', [0, 6, 6, 15]],
    ['\\U0001F600', 'U0001F600'],
    ['\\400', '\u00200', [0, 3]],
    ['\\777', '?7', [0, 3]],
    ['\\xZZ', 'xZZ'],
    ['a\\\u2028b', 'ab', [0, 3]],
    ['a\\\u2029b', 'ab', [0, 3]],
  ],
  python: [
    ['\\ab', '\u0007b', [0, 2]],
    ['\\q', '\\q', [0, 1]],
    ['\\{', '\\{'],
    ['\\u{41}', '\\u{41}'],
    ['\\U0001F600b', '😀b', [0, 0, 10]],
    ['\\U00110000', '\\U00110000'],
    ['\\U0010FFFF', '\u{10ffff}'],
    ['\\N{EM DASH}b', '\ufffdb', [0, 11]],
    ['\\N{}', '\\N{}'],
    ['\\Nb', '\\Nb'],
    ['\\400', '\u0100', [0]],
    ['\\777', '\u01ff', [0]],
    ['\\xZZ', '\\xZZ'],
    ['\\u12', '\\u12'],
  ],
};

describe('the letters of a literal', () => {
  for (const language of ['javascript', 'python'] as const) {
    for (const [written, value, offsets] of [...BOTH, ...OF_LANGUAGE[language]]) {
      it(`${JSON.stringify(written)} of ${language} stand for ${JSON.stringify(value)}`, () => {
        const read = decode(`..${written}'.`, 2, 2 + written.length, style(language));
        assert.equal(read.value, value);
        assert.equal(read.offsets.length, value.length);
        if (offsets !== undefined) {
          assert.deepEqual(
            read.offsets.map((offset) => offset - 2),
            offsets,
          );
        }
      });
    }

    it(`of ${language} end with the literal, whatever follows`, () => {
      for (const written of ['\\x4', '\\u00e', '\\', '\\U0001F60', '\\N{DASH']) {
        const { value } = decode(`${written}00}`, 0, written.length, style(language));
        assert.equal(value, language === 'python' || written === '\\' ? written : written.slice(1), written);
      }
      assert.equal(decode('\\1000', 0, 2, style(language)).value, '\u0001');
      assert.equal(decode('a\r\nb', 0, 2, style(language)).value, 'a\n');
    });
  }

  it('stand for themselves behind backslashes of a raw literal', () => {
    for (const language of ['javascript', 'python'] as const) {
      const read = decode('\\n\\\\\r\n\\x41', 0, 10, style(language, { raw: true }));
      assert.equal(read.value, '\\n\\\\\n\\x41');
      assert.deepEqual(read.offsets, [0, 1, 2, 3, 4, 6, 7, 8, 9]);
    }
  });

  it('stand for one brace where two stand in a text with fields', () => {
    const fields = style('python', { doubledBraces: true });
    assert.deepEqual(decode('a{{b}}c{}', 0, 9, fields), { value: 'a{b}c{}', offsets: [0, 1, 3, 4, 6, 7, 8] });
    assert.deepEqual(decode('{{{', 0, 3, fields), { value: '{{', offsets: [0, 2] });
    assert.equal(decode('\\n{{\\{{', 0, 7, { ...fields, raw: true }).value, '\\n{\\{');
  });

  it('stand for a variable of IAM behind an ampersand, where a library says so', () => {
    assert.equal(decode('a&{b}', 0, 5, style('javascript', { ampersands: true })).value, 'a${b}');
    assert.equal(decode('a&{b}', 0, 5, style('javascript')).value, 'a&{b}');
    assert.equal(encodeLiteral('a${b}&{', style('javascript', { ampersands: true })), 'a&{b}&{');
  });
});

describe('a text in a literal', () => {
  const TEXTS = [
    '',
    'a',
    '\\',
    '\n',
    '\r',
    '\r\n',
    '\u2028\u2029',
    '\'"`',
    '${a} {b} {{',
    '\\n',
    "\\'",
    '😀',
    '"""',
    "'''",
  ];
  const STYLES: readonly LiteralStyle[] = [
    ...["'", '"', '`'].map((quote) => style('javascript', { quote })),
    ...["'", '"', "'''", '"""'].flatMap((quote) => [
      style('python', { quote }),
      style('python', { quote, doubledBraces: true }),
    ]),
  ];
  for (const each of STYLES) {
    it(`is written to read the same between ${each.quote} of ${each.language}${each.doubledBraces ? ' with fields' : ''}`, () => {
      for (const text of TEXTS) {
        const written = encodeLiteral(text, each);
        assert.equal(decode(written, 0, written.length, each).value, text, JSON.stringify(text));
        // Nothing in it ends the literal, begins an expression or breaks the line.
        const inside = written
          .replaceAll(/\\(?:.|\n)/g, '')
          .replaceAll(/\{\{|\}\}/g, each.doubledBraces ? '' : '$&');
        assert.ok(!inside.includes(each.quote), JSON.stringify(written));
        assert.ok(each.quote !== '`' || !inside.includes('${'), JSON.stringify(written));
        assert.ok(!each.doubledBraces || !/[{}]/.test(inside), JSON.stringify(written));
        assert.ok(!/[\r\u2028\u2029]/.test(inside), JSON.stringify(written));
        assert.ok(
          each.quote === '`' || each.quote.length === 3 || !inside.includes('\n'),
          JSON.stringify(written),
        );
      }
    });
  }

  it('is written as plainly as can be', () => {
    for (const [text, quote, written] of [
      ['it\'s "a"', "'", 'it\\\'s "a"'],
      ['it\'s "a"', '"', 'it\'s \\"a\\"'],
      ['a`b', "'", 'a`b'],
      ['${a}', "'", '${a}'],
      ['${a}', '`', '\\${a}'],
      ['a\nb', '`', 'a\nb'],
      ['a\nb', "'", 'a\\nb'],
      ['{a}', "'", '{a}'],
    ] as const) {
      assert.equal(encodeLiteral(text, style('javascript', { quote })), written);
    }
    assert.equal(encodeLiteral('${a}', style('python', { quote: '"' })), '${a}');
    for (const [text, written] of [
      ['"Version": "2012-10-17",\n', '"Version": "2012-10-17",\n'],
      [',\n"Sid": ""', ',\n"Sid": "\\"'],
      ["it's", "it's"],
    ] as const) {
      assert.equal(encodeLiteral(text, style('python', { quote: '"""' })), written);
    }
  });
});

describe('a policy in a literal', () => {
  const offered = (text: string): readonly string[] => {
    const document = service.open({ text, language: 'typescript' });
    assert.equal(document.policies.length, 1);
    return service
      .codeActions(document, { start: 0, end: text.length }, service.lint(document).findings, () => true)
      .filter(({ edits }) => ifWritable('program', edits) !== undefined)
      .flatMap(({ title }) => /^(?:Remove|Prettify)/.exec(title)?.[0] ?? []);
  };
  const literal =
    '`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:*", "s3:Get*"], "Resource": "*"}}`';

  it('is not written behind something faulty on its line, where it may be what is between two literals', () => {
    assert.deepEqual(offered(`f("a", ${literal});`), ['Remove', 'Prettify']);
    assert.deepEqual(offered(`f("a"], ${literal});`), []);
    assert.deepEqual(offered(`f("a"];\ng(${literal});`), ['Remove', 'Prettify']);
  });
});
