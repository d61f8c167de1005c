import assert from 'node:assert/strict';
import { splitArn } from '../../server/src/core/arn/arn';
import { holdsTemplate, masked, templatesIn } from '../../server/src/core/pattern/templates';

const expressionsOf = (text: string): readonly string[] =>
  templatesIn(text).map(({ from, to }) => text.slice(from, to));

describe('templatesIn', () => {
  for (const [text, ...expressions] of [
    ['arn:${AWS::Partition}:s3:::b', '${AWS::Partition}'],
    ['${lookup({ a = 1 }, "b")}x', '${lookup({ a = 1 }, "b")}'],
    ['${{ env.X }}/#{y.z}', '${{ env.X }}', '#{y.z}'],
    ['{{ a:b }}{{{c}}}', '{{ a:b }}', '{{{c}}}'],
    ['<%= a.b %>%{c}', '<%= a.b %>', '%{c}'],
    ['{% if x %}a{% endif %}', '{% if x %}', '{% endif %}'],
    ['$(Region)((acct))', '$(Region)', '((acct))'],
    ['x${open', '${open'],
    ['a-%(bucket)s/%s-%[1]d', '%(bucket)s', '%s', '%[1]d'],
    ['%(a)%(b c)s%(d)x'],
    ['<x>{x}[x]$X%X%@X@__X__'],
    ['a$b{c}'],
  ] as const) {
    it(`finds ${expressions.join(' and ') || 'none'} in ${text}`, () => {
      assert.deepEqual(expressionsOf(text), expressions);
      assert.equal(holdsTemplate(text), expressions.length > 0);
    });
  }

  it('takes no longer than the text is long', () => {
    for (const piece of ['${', '{{', '<%', '((', '$(', '${{', '#{a']) {
      assert.equal(templatesIn(piece.repeat(50_000)).length, 1, piece);
    }
  });

  it('masks without moving anything', () => {
    const text = 'a${x.y:z}b{{c/d}}e';
    const plain = masked(text, templatesIn(text));
    assert.equal(plain.length, text.length);
    assert.match(plain, /^a\$\{_+\}b\$\{_+\}e$/);
  });

  it('hides the colons of expressions from the fields of an ARN', () => {
    const { region, account, resource } = splitArn('arn:aws:sqs:{{ a:b }}:<%= c:d %>:${e:f}:g');
    assert.deepEqual([region?.text, account?.text, resource?.text], ['{{ a:b }}', '<%= c:d %>', '${e:f}:g']);
  });
});
