import assert from 'node:assert/strict';
import { arnsLike } from '../../server/src/core/compare/likeArns';
import { type Random, randomOf } from '../fuzz/random';
import { limit } from '../support/patience';
import { runs } from '../support/thorough';

const CASES = runs(12_000);
const STRANGER = '999988887777';
const NAMED = new Set(['111122223333']);

/** An ARN of a role, a user, a federated user or a root user. */
const PRINCIPAL =
  /^arn:aws(?:-cn|-us-gov)?:(?:iam::\d{12}:(?:role|user)\/[!-~]+|sts::\d{12}:federated-user\/[!-~]+|iam::\d{12}:root)$/;

describe('arnsLike', function () {
  this.timeout(limit(20_000));

  it('finds somebody of each kind that a pattern matches, whatever it leaves open', () => {
    const random = randomOf(20_261_201);
    for (let index = 0; index < CASES; index += 1) {
      const account = `${2 + random.below(8)}${String(random.below(1e11)).padStart(11, '0')}`;
      const kind = random.pick(['role', 'user']);
      const name = random.pick(['admin', 'x', 'app/x', 'a/role/9', '111122223333', 'n+1', 'role/user/root']);
      const pattern = opened(`arn:${random.pick(['aws', 'aws-cn'])}:iam::${account}:${kind}/${name}`, random);
      const found = arnsLike(pattern, STRANGER, { except: NAMED });
      for (const arn of found) {
        assert.match(arn, PRINCIPAL, pattern);
        assert.ok(matchesText(pattern, arn), `${arn} of ${pattern}`);
        assert.ok(!NAMED.has(arn.split(':')[4] ?? ''), arn);
      }
      assert.ok(
        found.some((arn) => arn.split(':')[5]?.startsWith(kind)),
        `${found.join()} of ${pattern}`,
      );
    }
  });

  it('finds nobody where a pattern matches nobody, or only who is named', () => {
    const nobody = [
      'arn:aws:s3:::*',
      'arn:aws:iam::12345:*',
      'arn:aws:iam::1234567890123*',
      'arn:aws:iam::111122223333:role/*',
      '?'.repeat(20),
      'arn:aws:iam::*:role/ *',
    ];
    for (const pattern of nobody) {
      assert.deepEqual(arnsLike(pattern, STRANGER, { except: NAMED }), [], pattern);
    }
  });

  it('finds federated and root users where no role and no user can be meant', () => {
    assert.deepEqual(arnsLike('arn:aws:sts::*', STRANGER), [
      `arn:aws:sts::${STRANGER}:federated-user/example`,
    ]);
    assert.deepEqual(arnsLike('arn:*:iam::9*:ro?t', STRANGER), [`arn:aws:iam::${STRANGER}:root`]);
  });

  it('finds those of one account alone where no others are asked for', () => {
    assert.deepEqual(arnsLike('arn:aws:iam::1*', STRANGER), []);
    assert.deepEqual(arnsLike('arn:aws:iam::1*', '111122223333'), [
      'arn:aws:iam::111122223333:role/example',
      'arn:aws:iam::111122223333:user/example',
    ]);
  });
});

/** A pattern that matches a text: wildcards in the places of some of its parts. */
function opened(text: string, random: Random): string {
  let pattern = text;
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    const start = random.below(pattern.length);
    const length = random.below(random.pick([2, 4, 20]));
    pattern =
      length === 1
        ? `${pattern.slice(0, start)}${pattern[start] === '*' ? '*' : '?'}${pattern.slice(start + 1)}`
        : `${pattern.slice(0, start)}*${pattern.slice(start + length)}`;
  }
  return pattern;
}

/** Whether a pattern matches a text, character by character. */
function matchesText(pattern: string, text: string): boolean {
  let ends = new Set([0]);
  for (const character of pattern) {
    ends = new Set(
      [...ends].flatMap((end) =>
        character === '*'
          ? Array.from({ length: text.length - end + 1 }, (_, more) => end + more)
          : end < text.length && (character === '?' || character === text[end])
            ? [end + 1]
            : [],
      ),
    );
  }
  return ends.has(text.length);
}
