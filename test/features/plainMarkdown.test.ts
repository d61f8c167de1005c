import assert from 'node:assert/strict';
import { code, codeLink, escaped, fence, link } from '../../server/src/core/features/markdown';
import { plainMarkdown } from '../../server/src/core/index';

describe('Markdown for editors that show it letter by letter', () => {
  for (const [markdown, plain] of [
    ['**Region** `us-east-1`', 'Region us-east-1'],
    ['*The whole ARN:* matches', 'The whole ARN: matches'],
    ['- **Read** (2): `s3:Get*`, `s3:List*`', '- Read (2): s3:Get*, s3:List*'],
    ['[Documentation](https://docs.aws.amazon.com/a_b)', 'Documentation <https://docs.aws.amazon.com/a_b>'],
    ['[all actions](command:iamPolicy.listActions?%5B%5D)', 'all actions'],
    ['[`a*`](https://example.com/), and `[x](y)`', 'a* <https://example.com/>, and [x](y)'],
    ['a [list] of\n\n---\n\nlines', 'a [list] of\n\n---\n\nlines'],
    ['`` `quoted` `` and ``` `` ```', '`quoted` and ``'],
    ['one `` alone, and `two`', 'one `` alone, and two'],
    ['```json\n{"a": "*[`b`](c)*"}\n```\n**after**', '{"a": "*[`b`](c)*"}\nafter'],
    ['# Heading', 'Heading'],
    ['ends in \\', 'ends in \\'],
    ['[begins](', '[begins]('],
  ] as const) {
    it(`reads ${JSON.stringify(markdown)}`, () => {
      assert.equal(plainMarkdown(markdown), plain);
    });
  }

  it('gives back what was written as code, escaped, or in a block', () => {
    for (const text of [
      'a`b',
      '``',
      '*x* [y](z) <b> \\n',
      'arn:aws:s3:::b/*',
      '_a_ & $b',
      '1. x',
      'a.b://c',
    ]) {
      assert.equal(plainMarkdown(code(text)), text);
      assert.equal(plainMarkdown(escaped(text)), text);
      assert.equal(plainMarkdown(`${fence('json', text)}\n`), `${text}\n`);
      assert.equal(plainMarkdown(link(text, 'https://example.com')), `${text} <https://example.com>`);
      assert.equal(plainMarkdown(codeLink(text, 'https://example.com')), `${text} <https://example.com>`);
    }
  });
});
