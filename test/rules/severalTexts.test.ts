import assert from 'node:assert/strict';
import { languageService, openJson } from '../support/policies';
import { applyEdits } from '../support/rulePages';

/** The text after the fix that makes a list; absent where none is offered. */
const CASES: readonly (readonly [title: string, before: string, after?: string])[] = [
  [
    'actions for a value',
    '"Action": "s3:GetObject, s3:PutObject"',
    '"Action": ["s3:GetObject", "s3:PutObject"]',
  ],
  [
    'actions in a list',
    '"Action": ["s3:GetObject, s3:PutObject", "sqs:*"]',
    '"Action": ["s3:GetObject", "s3:PutObject", "sqs:*"]',
  ],
  [
    'actions of a choice for a value',
    '"Action": { "Fn::If": ["C", "s3:GetObject, s3:PutObject", "sqs:*"] }',
    '"Action": { "Fn::If": ["C", ["s3:GetObject", "s3:PutObject"], "sqs:*"] }',
  ],
  ['actions of a choice in a list', '"Action": [{ "Fn::If": ["C", "s3:GetObject, s3:PutObject", "sqs:*"] }]'],
  [
    'ARNs for a value',
    '"Resource": "arn:aws:s3:::a,arn:aws:s3:::b"',
    '"Resource": ["arn:aws:s3:::a", "arn:aws:s3:::b"]',
  ],
  [
    'ARNs in a list',
    '"Resource": ["arn:aws:s3:::a,arn:aws:s3:::b"]',
    '"Resource": ["arn:aws:s3:::a", "arn:aws:s3:::b"]',
  ],
  [
    'ARNs of a choice for a value',
    '"Resource": { "Fn::If": ["C", "arn:aws:s3:::a,arn:aws:s3:::b", "*"] }',
    '"Resource": { "Fn::If": ["C", ["arn:aws:s3:::a", "arn:aws:s3:::b"], "*"] }',
  ],
  ['ARNs of a choice in a list', '"Resource": [{ "Fn::If": ["C", "arn:aws:s3:::a,arn:aws:s3:::b", "*"] }]'],
];

describe('several texts in one string', () => {
  for (const [title, before, after] of CASES) {
    it(`become a list where one can stand: ${title}`, () => {
      const service = languageService();
      const around = (members: string): string =>
        `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", ${members} }] }`;
      const { findings } = service.lint(openJson(service, around(before)));
      const found = findings.find(({ rule }) => rule === 'action-format' || rule === 'arn-several');
      assert.ok(found !== undefined, findings.map(({ rule }) => rule).join());
      const fix = found.fixes.find((each) => /a list/.test(each.title));
      assert.equal(fix && applyEdits(around(before), fix.edits()), after && around(after));
    });
  }
});
