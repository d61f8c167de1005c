import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import { grantsOf } from '../../server/src/core/features/allows/grants';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/ann`;
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

function policy(type: PolicyType | undefined, ...statements: readonly Json[]): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2),
    language: 'json',
    ...(type === undefined ? {} : { override: { policyType: type } }),
  });
}

function told(documents: readonly PolicyDocument[], request: Parameters<typeof evaluate>[1]): string {
  const { outcome, doubts } = evaluate(
    documents.flatMap(({ policies }) => policies),
    request,
  );
  return [outcome, ...doubts].join(' ');
}

describe('an answer that rests on what was not given', () => {
  const decrypt = { action: 'kms:Decrypt', resource: KEY, principal: ROLE };

  it('is no "allow" where the policy of a key is another’s', () => {
    const key = policy(undefined, {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/key-admin` },
      Action: '*',
      Resource: '*',
    });
    assert.equal(told([key, policy('identity', EVERYTHING)], decrypt), 'implicit-deny');
    assert.equal(told([key], { ...decrypt, principal: `arn:aws:iam::${ACCOUNT}:role/key-admin` }), 'allow');
  });

  it('depends on the policy of the key or of the role that is not among them', () => {
    const identity = policy('identity', EVERYTHING);
    assert.equal(told([identity], decrypt), 'depends key-policy');
    assert.equal(told([identity], { ...decrypt, resource: '*' }), 'depends key-policy');
    assert.equal(
      told([identity], { action: 'sts:AssumeRole', resource: ROLE, principal: USER }),
      'depends trust-policy',
    );
    assert.equal(told([identity], { ...decrypt, action: 'kms:ListKeys', resource: '*' }), 'allow');
    assert.equal(
      told([identity], { action: 'sts:GetSessionToken', resource: '*', principal: USER }),
      'allow',
    );
    const key = policy('resource', {
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: 'kms:*',
      Resource: '*',
    });
    assert.equal(told([identity, key], decrypt), 'allow');
  });

  it('depends on where service control policies are attached that do not all allow', () => {
    const all = policy('scp', EVERYTHING);
    const some = policy('scp', { ...EVERYTHING, Action: 's3:*' });
    const denying = policy('scp', { ...EVERYTHING, Effect: 'Deny', Action: 'iam:*' });
    const identity = policy('identity', EVERYTHING);
    const request = { action: 'sqs:SendMessage', resource: QUEUE, principal: ROLE };
    assert.equal(told([identity, all, some], request), 'depends scp-levels');
    assert.equal(told([identity, all, denying], request), 'allow');
    assert.equal(told([identity, all, some], { ...request, action: 's3:GetObject', resource: '*' }), 'allow');
    assert.equal(
      told([identity, policy('scp', { ...EVERYTHING, Action: 'ec2:*' }), some], request),
      'implicit-deny',
    );
  });
});

describe('a Deny with NotPrincipal', () => {
  const denying = (...AWS: readonly string[]): PolicyDocument =>
    policy('resource', { Effect: 'Deny', NotPrincipal: { AWS }, Action: 'sqs:*', Resource: '*' });
  const identity = policy('identity', EVERYTHING);
  const as = (principal: string) => ({ action: 'sqs:SendMessage', resource: QUEUE, principal });

  it('denies whoever has a permissions boundary, be it left out or not', () => {
    const boundary = policy('boundary', EVERYTHING);
    assert.equal(told([identity, boundary, denying(ROLE, ROOT)], as(ROLE)), 'deny');
    assert.equal(told([identity, boundary, denying(USER, ROOT)], as(USER)), 'deny');
    assert.equal(told([identity, denying(USER, ROOT)], as(USER)), 'allow');
  });

  it('may deny those of whom not every part is left out', () => {
    assert.equal(told([identity, denying(ROOT)], as(ROLE)), 'depends');
    // Whatever a role does it does in a session, and which one is not told.
    assert.equal(told([identity, denying(ROLE, ROOT)], as(ROLE)), 'depends');
    assert.equal(told([identity, denying(ROLE, ROOT)], as(SESSION)), 'depends');
    assert.equal(told([identity, denying(SESSION, ROOT)], as(SESSION)), 'depends');
    assert.equal(told([identity, denying(SESSION, ROLE, ROOT)], as(SESSION)), 'allow');
    assert.equal(told([identity, denying(USER, ROOT)], as(USER)), 'allow');
    assert.equal(told([identity, denying(USER)], as(ROLE)), 'deny');
  });
});

describe('the smallest change', () => {
  const lookup = (Principal: unknown, more: Json = {}): PolicyDocument =>
    policy('resource', {
      Sid: 'Lookup',
      Effect: 'Allow',
      Principal,
      Action: 'sqs:GetQueueUrl',
      Resource: QUEUE,
      ...more,
    });
  const send = { action: 'sqs:SendMessage', resource: QUEUE, principal: ROLE };
  const OTHER = 'arn:aws:iam::999988887777:role/partner';

  it('is one for the principal alone before one for more, and says who else gains', () => {
    for (const [principal, gains] of [
      ['*', /everyone/],
      [{ AWS: '*' }, /everyone/],
      [{ AWS: [ROLE, OTHER] }, /999988887777/],
      [{ AWS: ROOT }, /111122223333:root/],
    ] as const) {
      const [first, second] = grantsOf([lookup(principal)], send);
      assert.equal(first?.title, 'Insert a statement that allows it into the resource policy');
      assert.equal(first?.note, undefined);
      if (second !== undefined) {
        assert.match(second.note ?? '', gains);
      }
    }
  });

  it('lets nobody else in across accounts', () => {
    const request = { ...send, principal: OTHER };
    const [first, ...others] = grantsOf(
      [lookup('*'), policy('identity', { ...EVERYTHING, Action: 's3:*' })],
      request,
    );
    assert.match(first?.title ?? '', /Insert a statement that allows it into the resource policy/);
    assert.doesNotMatch(first?.note ?? '', /everyone/);
    assert.ok(others.every(({ note }) => /everyone/.test(note ?? '')));
  });

  it('names who is let in by a NotPrincipal, and by the shorthand of a REST API', () => {
    const api = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets';
    const grants = grantsOf(
      [
        policy('resource', {
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:ManageConnections',
          Resource: 'execute-api:/*',
        }),
      ],
      { action: 'execute-api:Invoke', resource: api, principal: ROLE },
    );
    assert.equal(grants[0]?.note, undefined);
    assert.match(grants[1]?.note ?? 'everyone', /everyone/);
  });
});
