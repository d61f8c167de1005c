import assert from 'node:assert/strict';
import type { InlayHintKind } from '../../server/src/core/index';
import { bareLanguageService, languageService, openJson, policyWith } from '../support/policies';

const both: ReadonlySet<InlayHintKind> = new Set(['actions', 'region']);

/** The members of a statement with its hints where they stand, in braces. Counts of actions grow with AWS: `n`. */
const pictures: readonly string[] = [
  '"Action": "execute-api:*"{n actions}',
  '"Action": ["s3:Get*"{n actions}, "s3:GetObject", "S3:LISTALLMYB?CKETS"{n action}]',
  '"NotAction": "iam:*"{n actions left out}',
  '"Action": "*"{n actions}',
  '"Action": "nosuchservice:*"{no known action}',
  '"Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets"{N. Virginia}',
  '"Resource": ["arn:aws:execute-api:us-*:*:*", "arn:aws:s3:::b", "arn:aws:sns:eu-central-1:*:x",{Frankfurt} "*"]',
  '"Resource": ["arn:aws:sns:eu-west-1:*:x",{Ireland} "arn:aws:sqs:eu-west-1:*:x", "arn:aws:sns:us-east-2:*:x",{Ohio} "arn:aws:sns:eu-west-1:*:y"{Ireland}]',
  '"Resource": "arn:aws-us-gov:sns:us-gov-west-1:*:x"{US-West}',
  '"Resource": "arn:aws:sns:us-gov-west-1:*:x"',
  '"Resource": "arn:aws:sns:eu-nowhere-9:*:x"',
  String.raw`"Resource": "arn\u003aaws\u003asns\u003aus-west-2\u003a*:x"{Oregon}`,
  '"Principal": { "AWS": "arn:aws:sts::123456789012:assumed-role/r/s" }',
];

describe('inlay hints', () => {
  it('come in the order of the text, of whichever kind', () => {
    const service = languageService();
    const text = policyWith('"Resource": "arn:aws:sns:eu-west-1:*:x", "Action": "sns:*"');
    const hints = service.inlayHints(openJson(service, text), { start: 0, end: text.length }, both);
    assert.equal(hints.length, 2);
    assert.equal(hints[0]?.label, 'Ireland');
  });

  for (const picture of pictures) {
    it(`show ${picture}`, () => {
      assert.equal(drawn(policyWith(picture.replaceAll(/\{[^{}"]*\}/g, '')), both), policyWith(picture));
    });
  }

  it('count as many actions as the pattern covers', () => {
    const service = languageService();
    const document = openJson(service, policyWith('"Action": "execute-api:*"'));
    const [hint] = service.inlayHints(document, { start: 0, end: document.text.length }, both);
    assert.equal(hint?.label, `${service.iamData?.expandActions('execute-api:*').length} actions`);
    assert.match(service.actionPatternText(hint?.text ?? '') ?? '', /`InvalidateCache`/);
  });

  it('come one kind at a time', () => {
    const text = policyWith('"Action": "s3:*", "Resource": "arn:aws:sns:eu-west-1:*:x"');
    assert.match(drawn(text, new Set(['actions'])), /"s3:\*"\{n actions\}.*eu-west-1:/);
    assert.match(drawn(text, new Set(['region'])), /"s3:\*",.*eu-west-1:\*:x"\{Ireland\}/);
  });

  it('come for a span alone', () => {
    const service = languageService();
    const text = policyWith('"Action": ["s3:*",\n"iam:*",\n"sns:*"]');
    const start = text.indexOf('"iam');
    const found = service.inlayHints(openJson(service, text), { start, end: start + 7 }, both);
    assert.deepEqual(
      found.map((hint) => hint.text),
      ['iam:*'],
    );
  });

  it('count nothing while the string is open, and nothing without the service reference', () => {
    assert.equal(drawn('{ "Statement": { "Action": "s3:*', both), '{ "Statement": { "Action": "s3:*');
    const service = bareLanguageService();
    const text = policyWith('"Action": "s3:*"');
    assert.deepEqual(service.inlayHints(openJson(service, text), { start: 0, end: text.length }, both), []);
    assert.equal(service.actionPatternText('s3:*'), undefined);
  });
});

function drawn(text: string, kinds: ReadonlySet<InlayHintKind>): string {
  return languageService()
    .inlayHints(openJson(languageService(), text), { start: 0, end: text.length }, kinds)
    .toReversed()
    .reduce(
      (drawing, { offset, label }) =>
        `${drawing.slice(0, offset)}{${label.replace(/^[\d,]+/, 'n')}}${drawing.slice(offset)}`,
      text,
    );
}
