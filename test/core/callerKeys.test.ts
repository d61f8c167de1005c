import assert from 'node:assert/strict';
import {
  callerKeys,
  identityKey,
  isPrincipal,
  kindOfArn,
  lastName,
  readCaller,
  roleOfSession,
} from '../../server/src/core/evaluate/caller';

const IAM = 'arn:aws:iam::111122223333';
const STS = 'arn:aws:sts::111122223333';

describe('who asks', () => {
  for (const [text, kind, keys] of [
    [undefined, 'unknown', undefined],
    ['*', 'unknown', undefined],
    [`${IAM}:role/*`, 'unknown', undefined],
    ['anonymous', 'anonymous', []],
    ['111122223333', 'unknown', undefined],
    ['11112222333', 'unknown', undefined],
    [`${IAM}:root`, 'root', ['account 111122223333']],
    [`${IAM}:user/a/ann`, 'user', [`${IAM}:user/a/ann`, 'account 111122223333']],
    [`${IAM}:role/a/x`, 'role', ['role 111122223333 x', 'account 111122223333']],
    [`${STS}:assumed-role/x/ann`, 'session', ['role 111122223333 x', 'account 111122223333']],
    [`${STS}:federated-user/ann`, 'federated', undefined],
    [`${STS}:something/ann`, 'other', undefined],
    [`${IAM}:saml-provider/x`, 'provider', undefined],
    [`${IAM}:oidc-provider/x`, 'provider', undefined],
    [`${IAM}:group/x`, 'other', undefined],
    ['arn:aws:iam::aws:policy/x', 'other', undefined],
    ['arn:aws:s3:::b', 'other', undefined],
    ['accounts.google.com', 'provider', undefined],
    ['Lambda.amazonaws.com', 'unknown', undefined],
    ['lambda.amazonaws.com', 'service', ['service lambda.amazonaws.com']],
    ['lambda', 'unknown', undefined],
  ] as const) {
    it(`is read from ${text}`, () => {
      const caller = readCaller(text);
      assert.equal(caller.kind, kind);
      assert.deepEqual(callerKeys(caller), keys);
      assert.equal(isPrincipal(caller), !/^(?:anonymous|service|provider|other)$/.test(kind));
    });
  }

  it('has an account where the ARN names one', () => {
    assert.equal(readCaller(`${IAM}:role/*`).account, '111122223333');
    assert.equal(readCaller('arn:aws:iam::*:role/x').account, undefined);
    assert.equal(readCaller('arn:aws:iam::aws:role/x').account, undefined);
  });

  it('is a root user only by the ARN of one', () => {
    assert.equal(readCaller(`${IAM}:root`).kind, 'root');
    assert.deepEqual(readCaller('111122223333'), { kind: 'unknown', account: '111122223333' });
    assert.equal(readCaller(`${IAM}:user/:root`).kind, 'user');
  });

  it('is told by ARNs that differ in what names one', () => {
    assert.equal(identityKey(`${IAM}:role/a/x`), identityKey(`${STS}:assumed-role/x/session`));
    assert.notEqual(identityKey(`${IAM}:role/a/x`), identityKey(`${IAM}:role/a/y`));
    assert.equal(identityKey(`${IAM}:role/\${aws:username}`), undefined);
    assert.equal(identityKey(`${IAM}:role/?`), undefined);
    assert.equal(identityKey('arn:aws:iam::*:role/x'), undefined);
    assert.equal(identityKey('arn:aws:iam::aws:role/x'), undefined);
    assert.equal(identityKey(`${IAM}:root`), undefined);
    assert.equal(kindOfArn(`arn:aws:s3::111122223333:user/x`), 'other');
    assert.equal(roleOfSession(`${STS}:assumed-role/x/ann`), 'x');
    assert.equal(lastName(`${IAM}:user/a/ann`), 'ann');
  });
});
