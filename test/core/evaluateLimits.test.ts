import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;

const IAM = 'arn:aws:iam::111122223333';
const ROLE = `${IAM}:role/reader`;
const USER = `${IAM}:user/ann`;
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const S3 = { ...ALL, Action: 's3:*' };

function policy(type: PolicyType, ...statements: readonly Json[]): PolicyDocument {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return openDocument({ text, language: 'json', override: { policyType: type } });
}

/** A policy of the queue for somebody. */
function queue(principal: unknown, more: Json = {}): PolicyDocument {
  return policy('resource', {
    Effect: 'Allow',
    Principal: principal,
    Action: 'sqs:*',
    Resource: '*',
    ...more,
  });
}

function asked(documents: readonly PolicyDocument[], request: Partial<EvaluationRequest>): Evaluation {
  return evaluate(
    documents.flatMap(({ policies }) => policies),
    { action: 'sqs:SendMessage', resource: QUEUE, ...request },
  );
}

function told(documents: readonly PolicyDocument[], request: Partial<EvaluationRequest>): string {
  const { outcome, doubts } = asked(documents, request);
  return [outcome, ...doubts].join(' ');
}

/** Source: IAM User Guide, "Permissions boundaries for IAM entities", "Session policies" and "AWS account root user". */
describe('what limits a caller', () => {
  it('is no boundary for a user whom the resource policy names, but for a role', () => {
    assert.equal(told([queue({ AWS: USER }), policy('boundary', S3)], { principal: USER }), 'allow');
    assert.equal(told([queue({ AWS: ROLE }), policy('boundary', S3)], { principal: ROLE }), 'implicit-deny');
    assert.equal(told([queue({ AWS: USER }), policy('session', S3)], { principal: USER }), 'implicit-deny');
  });

  it('is no policy of IAM for the root user', () => {
    for (const type of ['identity', 'boundary'] as const) {
      const denial = policy(type, { ...ALL, Effect: 'Deny' });
      assert.equal(told([denial], { principal: `${IAM}:root` }), 'allow', type);
      assert.equal(told([denial], { principal: USER }), 'deny', type);
    }
  });

  it('is no boundary where everybody is let in by the ARN, which must be there and equal', () => {
    const answers = (operator: string, key: string, value: string): string =>
      told([queue('*', { Condition: { [operator]: { [key]: value } } }), policy('boundary', S3)], {
        principal: ROLE,
        context: new Map([['aws:PrincipalTag/t', ['x']]]),
      });
    assert.equal(answers('StringEquals', 'aws:PrincipalArn', ROLE), 'allow');
    assert.equal(answers('ArnLike', 'AWS:principalarn', ROLE), 'allow');
    assert.equal(answers('StringEquals', 'aws:PrincipalTag/t', 'x'), 'depends');
    assert.equal(answers('StringEqualsIfExists', 'aws:PrincipalArn', ROLE), 'depends');
    assert.equal(answers('ForAnyValue:StringEquals', 'aws:PrincipalArn', ROLE), 'depends');
    assert.equal(answers('StringNotEquals', 'aws:PrincipalArn', USER), 'depends');
  });
});

describe('whom a statement names', () => {
  const both = (principal: unknown, other: unknown): string =>
    told([queue(principal, { NotPrincipal: other })], { principal: USER });

  it('is who is in Principal and not in NotPrincipal, where both stand', () => {
    assert.equal(both({ AWS: USER }, { AWS: ROLE }), 'allow');
    assert.equal(both({ AWS: USER }, { AWS: USER }), 'implicit-deny');
    assert.equal(both({ AWS: ROLE }, { AWS: ROLE }), 'implicit-deny');
    assert.equal(both({ AWS: '${Who}' }, { AWS: ROLE }), 'depends');
    assert.equal(both({ AWS: '${Who}' }, { AWS: USER }), 'implicit-deny');
  });

  it('is a session by its role, whose account need not grant what it is given by name', () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/reader/ann';
    const account = `${IAM}:root`;
    assert.equal(told([queue({ AWS: [account, ROLE] })], { principal: session }), 'allow');
    assert.equal(told([queue({ AWS: [account] })], { principal: session }), 'implicit-deny');
  });
});

describe('what is missing', () => {
  const lacks = (documents: readonly PolicyDocument[], request: Partial<EvaluationRequest>): unknown =>
    asked(documents, request).lacks;

  it('is an identity policy where the resource policy leaves it to the account, and any grant elsewhere', () => {
    assert.deepEqual(lacks([queue({ AWS: `${IAM}:root` })], { principal: ROLE }), ['identity']);
    assert.deepEqual(lacks([queue({ AWS: `${IAM}:root` }, { Action: 's3:*' })], { principal: ROLE }), [
      'grant',
    ]);
    assert.deepEqual(lacks([queue({ AWS: USER })], { principal: ROLE }), ['grant']);
  });
});

/** Source: AWS Organizations User Guide, "SCP evaluation". */
describe('several policies of a kind of which one is asked', () => {
  const identity = policy('identity', ALL);
  const all = policy('scp', ALL);
  const some = policy('scp', S3);
  const at = (first: string, second: string): EvaluationRequest['levels'] => {
    const [one] = all.policies;
    const [other] = some.policies;
    assert.ok(one !== undefined && other !== undefined);
    return new Map([
      [one, first],
      [other, second],
    ]);
  };

  it('are asked by the levels that they are attached to, where these are told', () => {
    const request = { principal: ROLE };
    assert.equal(told([identity, all, some], request), 'depends scp-levels');
    assert.equal(told([identity, all, some], { ...request, levels: at('Root', 'Account') }), 'implicit-deny');
    assert.equal(told([identity, all, some], { ...request, levels: at('Root', 'Root') }), 'allow');
  });

  it('leave a doubt where one that allows something does not allow this', () => {
    const mixed = policy('scp', S3, { ...ALL, Effect: 'Deny', Action: 'iam:*' });
    const denying = policy('scp', { ...ALL, Effect: 'Deny', Action: 'iam:*' });
    assert.equal(told([identity, all, mixed], { principal: ROLE }), 'depends scp-levels');
    assert.equal(told([identity, all, denying], { principal: ROLE }), 'allow');
    const boundaries = [policy('boundary', ALL), policy('boundary', S3)];
    const levels = new Map();
    assert.equal(told([identity, ...boundaries], { principal: ROLE }), 'depends boundaries');
    assert.equal(told([identity, ...boundaries], { principal: ROLE, levels }), 'depends boundaries');
  });

  it('leave one to whoever comes through an endpoint, be it nobody, and a boundary to principals alone', () => {
    const anonymous = { principal: 'anonymous' };
    const endpoints = [
      policy('endpoint', { ...ALL, Principal: '*' }),
      policy('endpoint', { ...S3, Principal: '*' }),
    ];
    assert.equal(told([queue('*'), ...endpoints], anonymous), 'depends endpoints');
    assert.equal(told([queue('*'), policy('boundary', ALL), policy('boundary', S3)], anonymous), 'allow');
  });
});
