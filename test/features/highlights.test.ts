import assert from 'node:assert/strict';
import { cursorAt } from '../support/fixtures';
import { languageService, openJson } from '../support/policies';

/** Statements in which `«»` marks what must be highlighted when the cursor is at `$0`. */
const cases: Readonly<Record<string, string>> = {
  'actions in whatever case':
    '{ "Action": ["«s3:Get$0Object»", "s3:PutObject"] }, { "NotAction": "«S3:getobject»", "Sid": "s3:GetObject" }',
  'ARNs wherever they stand':
    '{ "Resource": "«arn:aws:s3:::$0b»", "Principal": { "AWS": "arn:aws:s3:::B" } }, { "Condition": { "ArnLike": { "aws:SourceArn": ["«arn:aws:s3:::b»"] } } }',
  'a variable and the key that it is called after':
    '{ "Resource": "arn:aws:s3:::b/«${aws:user$0name}»" }, { "Condition": { "StringLike": { "«aws:UserName»": "x-«${aws:username, \'nobody\'}»" } } }',
  'the key of several conditions':
    '{ "Condition": { "StringEquals": { "«aws:Prin$0cipalOrgID»": "o-1" }, "Null": { "«aws:principalorgid»": "false" } } }',
  principals:
    '{ "Principal": { "Service": ["«lambda.$0amazonaws.com»"] } }, { "NotPrincipal": { "Service": "«lambda.amazonaws.com»" } }',
  'Sids, and no other names': '{ "Sid": "«s$0»", "Action": "s" }, { "Sid": "«s»" }, { "Sid": "S" }',
  'nothing at an Effect': '{ "Effect": "Al$0low" }, { "Effect": "Allow" }',
};

describe('document highlights', () => {
  for (const [title, marked] of Object.entries(cases)) {
    it(`mark ${title}`, () => {
      const { text, offset } = cursorAt(policy(marked.replaceAll(/[«»]/g, '')));
      const found = languageService().highlights(openJson(languageService(), text), offset);
      const drawn = [...(found ?? [])]
        .sort((a, b) => b.span.start - a.span.start)
        .reduce(
          (drawing, { span: { start, end } }) =>
            `${drawing.slice(0, start)}«${drawing.slice(start, end)}»${drawing.slice(end)}`,
          text,
        );
      assert.equal(drawn, policy(marked.replace('$0', '')));
      assert.equal(found === undefined, title.startsWith('nothing'));
    });
  }

  it('tell the name that a Sid gives from the naming of something else', () => {
    const text = policy('{ "Sid": "s", "Action": "s3:*" }');
    const roleAt = (part: string) =>
      languageService().highlights(openJson(languageService(), text), text.indexOf(part))?.[0]?.role;
    assert.equal(roleAt('s"'), 'declaration');
    assert.equal(roleAt('s3:'), 'use');
  });

  it('keep the Sids of two policies apart', () => {
    const one = policy('{ "Sid": "s", "Effect": "Allow" }');
    const text = `[${one}, ${one}]`;
    const found = languageService().highlights(openJson(languageService(), text), text.indexOf('"s"') + 1);
    assert.equal(found?.length, 1);
  });
});

function policy(statements: string): string {
  return `{ "Version": "2012-10-17", "Statement": [${statements}] }`;
}
