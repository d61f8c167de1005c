import assert from 'node:assert/strict';
import { cursorAt } from '../support/fixtures';
import { languageService, openJson, policyWith } from '../support/policies';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

/** What each step of a growing selection takes in, up to the string, by where the cursor is. */
const steps: Readonly<Record<string, readonly string[]>> = {
  [`"Resource": ["${ARN.replace('prod', 'pr$0od')}"]`]: [
    'prod',
    'a1b2c3d4e5/prod/GET/pets',
    ARN,
    `"${ARN}"`,
    `["${ARN}"]`,
    `"Resource": ["${ARN}"]`,
  ],
  [`"Resource": "${ARN.replace('us-east', 'us$0-east')}"`]: [
    'us-east-1',
    ARN,
    `"${ARN}"`,
    `"Resource": "${ARN}"`,
  ],
  '"Resource": "arn:aws:s3:::home/${aws:user$0name}/*"': [
    '${aws:username}',
    'home/${aws:username}/*',
    'arn:aws:s3:::home/${aws:username}/*',
    '"arn:aws:s3:::home/${aws:username}/*"',
    '"Resource": "arn:aws:s3:::home/${aws:username}/*"',
  ],
  '"Action": "s3$0:GetObject"': ['s3', 's3:GetObject', '"s3:GetObject"', '"Action": "s3:GetObject"'],
  '"Action": "s3:GetObject$0"': ['GetObject', 's3:GetObject', '"s3:GetObject"', '"Action": "s3:GetObject"'],
  '"Condition": { "Null": { "aws:Sou$0rceIp": "true" } }': [
    'SourceIp',
    'aws:SourceIp',
    '"aws:SourceIp"',
    '"aws:SourceIp": "true"',
    '{ "aws:SourceIp": "true" }',
    '"Null": { "aws:SourceIp": "true" }',
    '{ "Null": { "aws:SourceIp": "true" } }',
    '"Condition": { "Null": { "aws:SourceIp": "true" } }',
  ],
  '"Action": "s3\\u003aGet$0Object"': [
    'GetObject',
    String.raw`s3\u003aGetObject`,
    String.raw`"s3\u003aGetObject"`,
    String.raw`"Action": "s3\u003aGetObject"`,
  ],
};

describe('selection ranges', () => {
  for (const [member, expected] of Object.entries(steps)) {
    it(`grow from ${member}`, () => {
      const selected = selectedAt(policyWith(member));
      assert.deepEqual(selected.slice(0, expected.length), expected);
      const [statement, list, element, whole] = selected.slice(expected.length);
      assert.match(statement ?? '', /^\{\s+"Effect"/);
      assert.match(list ?? '', /^\[/);
      assert.match(element ?? '', /^"Statement"/);
      assert.match(whole ?? '', /^\{\s+"Version"/);
    });
  }

  it('grow out of a policy that stands in a string', () => {
    const inner = '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]}';
    const escaped = JSON.stringify(inner);
    const selected = selectedAt(`{ "policy": ${escaped.replace('GetObject', 'Get$0Object')} }`);
    assert.deepEqual(selected, [
      'GetObject',
      's3:GetObject',
      String.raw`\"s3:GetObject\"`,
      String.raw`\"Action\":\"s3:GetObject\"`,
      ...selected.slice(4),
    ]);
    assert.deepEqual(selected.slice(-3), [escaped, `"policy": ${escaped}`, `{ "policy": ${escaped} }`]);
  });

  it('lie within each other in a document cut at any place', () => {
    const text = policyWith(`"Action": ["s3:Get*"], "Resource": "${ARN}"`);
    for (let end = 0; end <= text.length; end += 1) {
      const document = openJson(languageService(), text.slice(0, end));
      let inner = { start: end, end };
      for (const span of languageService().selectionSpans(document, end)) {
        assert.ok(
          span.start <= inner.start &&
            inner.end <= span.end &&
            span.end - span.start > inner.end - inner.start,
        );
        inner = span;
      }
    }
  });
});

function selectedAt(fixture: string): readonly string[] {
  const { text, offset } = cursorAt(fixture);
  return languageService()
    .selectionSpans(openJson(languageService(), text), offset)
    .map(({ start, end }) => text.slice(start, end));
}
