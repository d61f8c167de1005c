import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { codeActions } from '../../server/src/core/features/codeActions';
import { invalidationDraftAt } from '../../server/src/core/features/invalidation/draft';
import type { Finding } from '../../server/src/core/lint/finding';
import { lint } from '../../server/src/core/lint/lint';
import { allRules } from '../../server/src/core/rules/registry';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';
import { step } from '../support/thorough';

const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "One",
      "Effect": "Allow",
      "Action": ["execute-api:Invoke", "execute-api:InvalidateCache"],
      "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets/{id}"
    },
    {
      "Sid": "Two \\u00e9 \\ud83d\\ude00",
      "Effect": "Deny",
      "Action": "execute-api:*",
      "Resource": ["arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/test/*"],
      "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-1" } }
    }
  ]
}
`;

/** The findings of all rules; every action and draft that could be asked for is asked for as well. */
function findingsOf(text: string, language: 'json' | 'jsonc', offset: number): readonly Finding[] {
  const document = openDocument({ text, language });
  const { findings, failures } = lint({
    policies: document.policies,
    rules: allRules,
    settings: [{ rule: '*', severity: 'default' }],
    iamData: loadIamData(),
    text,
  });
  assert.deepEqual(failures, [], text);
  for (const { span, message } of findings) {
    assert.ok(span.start <= span.end && span.end <= text.length);
    assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/, message);
  }
  for (const action of codeActions(document, { start: offset, end: offset }, findings, loadIamData())) {
    action.edits();
  }
  invalidationDraftAt(document, offset);
  return findings;
}

describe('a half-typed document', function () {
  this.timeout(limit(60_000));
  const end = TEXT.indexOf('}', TEXT.indexOf('{id}') + 4);
  const first = findingsOf(TEXT, 'json', 0).filter(({ span }) => span.end < end);

  it('has something to lose', () => {
    assert.ok(first.some(({ rule }) => rule === 'execute-api-method-case'));
    assert.ok(first.some(({ rule }) => rule === 'execute-api-path-parameter'));
  });

  it('keeps the findings of what is whole, wherever it is cut', () => {
    for (let cut = end; cut <= TEXT.length; cut += step(1, 4)) {
      const found = findingsOf(TEXT.slice(0, cut), 'json', cut);
      for (const { rule, message, span } of first) {
        assert.ok(
          found.some((other) => other.message === message && other.span.start === span.start),
          `${rule} is lost at ${cut}`,
        );
      }
    }
  });

  it('is read without a failure, with any letter missing, doubled or turned into a bracket', () => {
    for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n'), JSON.stringify({ PolicyDocument: TEXT })]) {
      for (let at = 0; at < text.length; at += step(7, 4)) {
        const before = text.slice(0, at);
        const after = text.slice(at + 1);
        for (const piece of [
          before,
          before + after,
          `${before}"${after}`,
          `${before}]${after}`,
          `${before}{${after}`,
        ]) {
          findingsOf(piece, 'jsonc', Math.min(at, piece.length));
        }
      }
    }
  });
});

describe('a policy made to be slow', function () {
  this.timeout(limit(60_000));

  // Exponential or cubic work would not end within the time-out; the benchmark says how long it takes.
  it('with thousands of wildcards is read', () => {
    const arn = (tail: string): string =>
      `"arn:aws:execute-api:us-east-1:123456789012:${'*a?'.repeat(800)}${tail}"`;
    const text = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["execute-api:InvalidateCache","execute-api:${'*a'.repeat(800)}"],"Resource":[${arn('/get/x')},${arn('#')}]},{"Effect":"Allow","Action":"execute-api:Invoke","Resource":${arn('/GET/x')}}]}`;
    assert.ok(findingsOf(text, 'json', text.length >> 1).length > 0);
  });
});
