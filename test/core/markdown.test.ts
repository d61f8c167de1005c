import assert from 'node:assert/strict';
import fc from 'fast-check';
import { code, codeLink, escaped, fence, link, tableRow } from '../../server/src/core/features/markdown';
import { HOSTILE, harmIn, textIn } from '../support/rendered';
import { runs } from '../support/thorough';

/** Texts made of what Markdown has a meaning for. */
const texts = fc.oneof(
  fc
    .array(fc.constantFrom(...'\\`*_{}[]()<>#+-.!|~&$@:/=;x1 \n"\''.split('')), { maxLength: 24 })
    .map((all) => all.join('')),
  fc
    .array(
      fc.constantFrom(
        '![',
        '](',
        ')',
        '`',
        '``',
        '\\',
        '|',
        '<',
        '>',
        'https://evil.com',
        'www.evil.com',
        'a@b.co',
        '\n\n',
        ' ',
        '&#33;',
        'x',
      ),
      { maxLength: 10 },
    )
    .map((all) => all.join('')),
  fc.string(),
);

/** Blanks at the ends and several in a row are told apart by no renderer. */
function seen(text: string): string {
  return text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}

describe('texts of others in Markdown', () => {
  const places: readonly (readonly [title: string, write: (text: string) => string])[] = [
    ['as code', (text) => `a ${code(text)} b`],
    ['as code between code', (text) => `${code('`')} ${code(text)} ${code('')} ${code(text)}`],
    ['as running text', escaped],
    ['as running text within a line', (text) => `a ${escaped(text)} b \`c\``],
    ['emphasised', (text) => `**${escaped(text)}**`],
    ['in a list', (text) => `- ${escaped(text)}\n- ${code(text)}`],
    ['in a heading', (text) => `# ${escaped(text)}`],
    [
      'in a table',
      (text) =>
        [
          ['a', 'b'],
          ['---', '---'],
          [code(text), escaped(text)],
          [escaped(text), code(text)],
        ]
          .map(tableRow)
          .join('\n'),
    ],
    ['in a block', (text) => fence('http', text)],
    ['in what a link is called', (text) => link(text, 'https://docs.aws.amazon.com/x')],
    ['as a link of code', (text) => codeLink(text, 'https://docs.aws.amazon.com/x')],
    ['in where a link leads', (text) => link('a', `https://docs.aws.amazon.com/${text}`)],
  ];
  for (const [title, write] of places) {
    it(`do no harm ${title}`, () => {
      for (const text of HOSTILE) {
        assert.deepEqual(harmIn(write(text)), [], write(text));
      }
      fc.assert(
        fc.property(texts, (text) => assert.deepEqual(harmIn(write(text)), [], write(text))),
        { seed: 4, numRuns: runs(3_000) },
      );
    });
  }

  it('are read as they were', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const wanted = seen(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
        for (const write of [code, escaped]) {
          const { preview, hover } = textIn(write(text));
          assert.equal(seen(preview), wanted, write(text));
          assert.equal(seen(hover), wanted, write(text));
        }
      }),
      { seed: 4, numRuns: runs(3_000) },
    );
  });

  it('stay in their cells', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const rows = [
          ['a', 'b'],
          ['---', '---'],
          [code(text), 'last'],
        ]
          .map(tableRow)
          .join('\n');
        const { preview, hover } = textIn(rows);
        assert.ok(preview.endsWith('last') && hover.endsWith('last'), rows);
      }),
      { seed: 4, numRuns: runs(3_000) },
    );
  });

  it('stay legible where nothing is hidden in them', () => {
    for (const plain of [
      'aws:PrincipalTag/my_team',
      'it names a Principal and 10.0.0.1/8',
      'AWS::IAM::Role.',
      '5 GB, 1.5 s',
    ]) {
      assert.equal(escaped(plain), plain);
    }
    assert.equal(code('a`b'), '`` a`b ``');
    assert.ok(code('x'.repeat(1_000_000)).length < 3_000, 'a long value is cut');
  });
});
