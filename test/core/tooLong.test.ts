import assert from 'node:assert/strict';
import type { DocumentLanguage } from '../../server/src/core/index';
import { isTooLong, tooLongFindings } from '../../server/src/core/lint/tooLong';
import { limit } from '../support/patience';

const POLICY = '{ "Version": "2012-10-17", "Statement": [] }';

/** A text of a length that begins like a policy. */
function long(length: number): string {
  return POLICY + ' '.repeat(length - POLICY.length);
}

describe('a document that is too long to be read', function () {
  this.timeout(limit(20_000));

  for (const [language, longest, most] of [
    ['json', 50_000_000, '50'],
    ['yaml', 10_000_000, '10'],
  ] as const satisfies readonly (readonly [DocumentLanguage, number, string])[]) {
    it(`has more than ${longest} characters: ${language}`, () => {
      assert.equal(isTooLong(long(longest), language), false);
      assert.equal(isTooLong(long(longest + 1), language), true);
    });

    it(`is told with its length in tenths of a million, rounded up: ${language}`, () => {
      const [finding] = tooLongFindings(long(longest + 1), language, []);
      assert.equal(
        finding?.message,
        `The policies in this document are not checked: it has ${most}.1 million characters, and at most ${most} million are read`,
      );
      assert.equal(finding?.severity, 'warning');
      assert.deepEqual(finding?.span, { start: 0, end: 0 });
      assert.match(
        tooLongFindings(long(longest + 400_000), language, [])[0]?.message ?? '',
        new RegExp(` ${most}\\.4 million`),
      );
    });
  }

  it('has no finding where the rule is off, or nothing looks like a policy', () => {
    const off = [{ rule: 'policy-too-long', severity: 'off' }] as const;
    assert.deepEqual(tooLongFindings(long(60_000_000), 'json', off), []);
    assert.deepEqual(tooLongFindings(`[${' '.repeat(60_000_000)}]`, 'json', []), []);
  });
});
