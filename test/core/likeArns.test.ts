import assert from 'node:assert/strict';
import { Effort } from '../../server/src/core/compare/effort';
import { arnsLike } from '../../server/src/core/compare/likeArns';
import { type Random, randomOf } from '../fuzz/random';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

const CASES = runs(12_000);
const STRANGER = '999988887777';
const NAMED = new Set(['111122223333']);

type Compared = 'as a text' | 'field by field';

/** Whom a pattern matches. */
function like(
  text: string,
  account: string,
  strangers?: { readonly except: ReadonlySet<string> },
  compared: Compared = 'as a text',
): readonly string[] {
  return arnsLike({ text, isByField: compared === 'field by field' }, account, new Effort(), strangers);
}

/** An ARN of a role, a user, a federated user or a root user. */
const PRINCIPAL =
  /^arn:aws[a-z-]*:(?:(?:iam::\d{12}:(?:role|user)|sts::\d{12}:federated-user)\/(?:[!-~]+\/)?[\w+=,.@-]+|iam::\d{12}:root)$/;

describe('arnsLike', function () {
  this.timeout(limit(20_000));

  it('finds somebody of each kind that a pattern matches, whatever it leaves open', () => {
    const random = randomOf(seedOf(20_261_201));
    for (let index = 0; index < CASES; index += 1) {
      const account = `${2 + random.below(8)}${String(random.below(1e11)).padStart(11, '0')}`;
      const kind = random.pick(['role', 'user']);
      const name = random.pick(['admin', 'x', 'app/x', 'a/role/9', '111122223333', 'n+1', 'role/user/root']);
      const partition = random.pick(['aws', 'aws-cn', 'aws-iso-b', 'aws-eusc']);
      const whole = `arn:${partition}:iam::${account}:${kind}/${name}`;
      const pattern = opened(whole, random);
      for (const compared of ['as a text', 'field by field'] as const) {
        const isLike = compared === 'as a text' ? matchesText : matchesFields;
        const found = like(pattern, STRANGER, { except: NAMED }, compared);
        for (const arn of found) {
          assert.match(arn, PRINCIPAL, pattern);
          assert.ok(isLike(pattern, arn), `${arn} of ${pattern}, ${compared}`);
          assert.ok(!NAMED.has(arn.split(':')[4] ?? ''), arn);
        }
        assert.ok(
          !isLike(pattern, whole) || found.some((arn) => arn.split(':')[5]?.startsWith(kind)),
          `${found.join()} of ${pattern}, ${compared}`,
        );
      }
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
      'arn:aws:iam::*:role/',
      'arn:aws:iam::*:role/x/',
      'arn:aws:iam::*:role/a:b',
      'arn:aws:iam::#*:role/x',
      `arn:aws:iam::*:role/${'x'.repeat(600)}`,
      `${'?*'.repeat(700)}`,
    ];
    for (const pattern of nobody) {
      assert.deepEqual(like(pattern, STRANGER, { except: NAMED }), [], pattern);
    }
  });

  it('finds federated and root users where no role and no user can be meant', () => {
    assert.deepEqual(like('arn:aws:sts::*', STRANGER), [`arn:aws:sts::${STRANGER}:federated-user/example`]);
    assert.deepEqual(like('arn:*:iam::9*:ro?t', STRANGER), [`arn:aws:iam::${STRANGER}:root`]);
  });

  it('finds somebody of another account where a pattern leaves a digit open', () => {
    const accounts: readonly (readonly [pattern: string, account: string])[] = [
      ['?11122223333', '911122223333'],
      ['11112222333?', '111122223339'],
      ['1111222233??', '111122223399'],
      ['22222222222?', '222222222228'],
      ['222222222222', '222222222222'],
    ];
    const except = new Set([...NAMED, '222222222229']);
    for (const [pattern, account] of accounts) {
      assert.deepEqual(
        like(`arn:aws:iam::${pattern}:user/x`, STRANGER, { except }),
        [`arn:aws:iam::${account}:user/x`],
        pattern,
      );
    }
  });

  it('does not let a wildcard cross a colon where fields are compared', () => {
    const pattern = 'arn:aws*:iam::1*:role/x';
    assert.deepEqual(like(pattern, STRANGER, { except: NAMED }, 'field by field'), [
      'arn:aws:iam::199999999999:role/x',
    ]);
    // Compared as a text it matches users as well, in whose path the rest of it stands.
    assert.deepEqual(like(pattern, STRANGER, { except: NAMED }), [
      'arn:aws:iam::199999999999:role/x',
      `arn:aws:iam::${STRANGER}:user/:iam::1example:role/x`,
    ]);
    assert.deepEqual(like('arn?aws:iam::*:role/x', STRANGER, { except: NAMED }, 'field by field'), []);
  });

  it('leaves no path empty', () => {
    assert.deepEqual(like('arn:aws:iam::*:role/*/x', STRANGER, undefined, 'field by field'), [
      `arn:aws:iam::${STRANGER}:role/example/x`,
    ]);
    assert.deepEqual(like('arn:aws:iam::*:role//x', STRANGER, undefined, 'field by field'), []);
  });

  it('puts what no name can have into its path', () => {
    assert.deepEqual(like('arn:aws:iam::*:role/a:b*c', STRANGER, undefined, 'field by field'), [
      `arn:aws:iam::${STRANGER}:role/a:bexample/examplec`,
    ]);
  });

  it('finds those of one account alone where no others are asked for', () => {
    assert.deepEqual(like('arn:aws:iam::1*', STRANGER), []);
    assert.deepEqual(like('arn:aws:iam::1*', '111122223333'), [
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

/** Whether each field of a pattern matches that of an ARN; the sixth is all the rest. */
function matchesFields(pattern: string, arn: string): boolean {
  const fields = (text: string): readonly string[] => {
    const parts = text.split(':');
    return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
  };
  const [wanted, given] = [fields(pattern), fields(arn)];
  return wanted.length === 6 && wanted.every((field, index) => matchesText(field, given[index] ?? ''));
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
