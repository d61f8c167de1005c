import assert from 'node:assert/strict';
import type { Span } from '../../server/src/core/index';
import { languageService, openJson, policyWith } from '../support/policies';

const POLICY = policyWith(
  `"Principal": { "AWS": ["arn:aws:iam::123456789012:root", "*"] },
      "NotAction": ["s3:Get*", "s3:\\u0047etObject", "iam:*"],
      "Resource": ["arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/{id}", "arn:aws:s3:::b/\${aws:username, '\\"x\\"'}"],
      "Condition": { "StringLike": { "aws:username": ["\${aws:username}", 1, true] }, "Null": {} }`,
  '"Sid": "a b", "Effect": "Allow",',
);

/** A document is half typed most of the time: whatever is there is shown, and nothing reaches beyond it. */
describe('everything at a glance', () => {
  const samples: Readonly<Record<string, string>> = {
    'a policy': POLICY,
    'a policy in a string': JSON.stringify({ name: 'x', policy: POLICY }),
    'two policies': `{ "A": { "PolicyDocument": ${POLICY} }, "B": [${POLICY}] }`,
  };

  for (const [name, whole] of Object.entries(samples)) {
    it(`stays within ${name} that is cut at any place`, () => {
      for (let end = 0; end <= whole.length; end += 1) {
        for (const span of spansIn(whole.slice(0, end))) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= end, `cut at ${end}`);
        }
      }
    });
  }
});

function spansIn(text: string): readonly Span[] {
  const service = languageService();
  const document = openJson(service, text);
  const whole = { start: 0, end: text.length };
  for (const policy of document.policies) {
    assert.ok((service.policySize(policy)?.characters ?? 1) > 0);
  }
  return [
    ...service.documentSymbols(document),
    ...service.documentLinks(document),
    ...service.codeLenses(document),
    ...service.arnOffers(document, whole),
    ...(service.highlights(document, text.length) ?? []),
    ...service.foldingSpans(document).map((span) => ({ span })),
    ...service
      .inlayHints(document, whole, new Set(['actions', 'region']))
      .map(({ offset }) => ({ span: { start: offset, end: offset } })),
  ].map(({ span }) => span);
}
