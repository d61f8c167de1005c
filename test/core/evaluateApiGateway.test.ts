import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { PolicyType } from '../../server/src/core/locate/policyType';

/*
 * The tables of the API Gateway Developer Guide, row by row.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */

type Json = Readonly<Record<string, unknown>>;
type Says = 'Allow' | 'Deny' | 'neither';

const OWNER = '111111111111';
const OTHER = '222222222222';
const API = `arn:aws:execute-api:us-east-1:${OWNER}:a1b2c3d4e5/prod/GET/pets`;
const ELSEWHERE = 'arn:aws:execute-api:us-east-1:111111111111:zzzzzzzzzz/*';

function policy(type: PolicyType, ...statements: readonly Json[]): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: type, ...(type === 'resource' && { resourceType: 'AWS::ApiGateway::RestApi' }) },
  });
}

function saying(type: 'identity' | 'resource' | 'endpoint', says: Says, more: Json = {}): PolicyDocument {
  return policy(type, {
    Effect: says === 'Deny' ? 'Deny' : 'Allow',
    Action: 'execute-api:Invoke',
    Resource: says === 'neither' ? ELSEWHERE : '*',
    ...(type === 'identity' ? {} : { Principal: '*' }),
    ...more,
  });
}

function answer(documents: readonly PolicyDocument[], request: Partial<EvaluationRequest>): string {
  const { outcome, lacks, doubts } = evaluate(
    documents.flatMap(({ policies }) => policies),
    { action: 'execute-api:Invoke', resource: API, ...request },
  );
  return [outcome, ...lacks, ...doubts].join(' ');
}

const TABLE_A: readonly (readonly [first: Says, resource: Says, result: string])[] = [
  ['Allow', 'Allow', 'allow'],
  ['Allow', 'neither', 'allow'],
  ['Allow', 'Deny', 'deny'],
  ['neither', 'Allow', 'allow'],
  ['neither', 'neither', 'implicit-deny'],
  ['neither', 'Deny', 'deny'],
  ['Deny', 'Allow', 'deny'],
  ['Deny', 'neither', 'deny'],
  ['Deny', 'Deny', 'deny'],
];

const TABLE_B: typeof TABLE_A = TABLE_A.map(([first, resource, result]) => [
  first,
  resource,
  result === 'allow' && !(first === 'Allow' && resource === 'Allow') ? 'implicit-deny' : result,
]);

describe('what AWS says of API Gateway', () => {
  for (const [first, resource, result] of TABLE_A) {
    it(`table A: IAM ${first}, resource policy ${resource}: ${result}`, () => {
      const policies = [saying('identity', first), saying('resource', resource)];
      const principal = `arn:aws:iam::${OWNER}:role/reader`;
      for (const auth of [undefined, 'iam'] as const) {
        assert.equal(answer(policies, { principal, auth }).split(' ')[0], result);
      }
    });

    it(`table A: Lambda authorizer ${first}, resource policy ${resource}: ${result}`, () => {
      const policies = [saying('identity', first), saying('resource', resource)];
      assert.equal(answer(policies, { auth: 'lambda' }).split(' ')[0], result);
    });
  }

  for (const [first, resource, result] of TABLE_B) {
    it(`table B: IAM ${first}, resource policy ${resource}: ${result}`, () => {
      const policies = [saying('identity', first), saying('resource', resource)];
      const principal = `arn:aws:iam::${OTHER}:role/reader`;
      assert.equal(answer(policies, { principal }).split(' ')[0], result);
    });
  }

  for (const auth of ['none', 'cognito'] as const) {
    it(`${auth}: the resource policy must allow, whatever identity policies say`, () => {
      const identities = [[], [saying('identity', 'Allow')], [saying('identity', 'Deny')]];
      for (const identity of identities) {
        assert.equal(answer([...identity, saying('resource', 'Allow')], { auth }), 'allow');
        assert.equal(answer([...identity, saying('resource', 'Deny')], { auth }), 'deny');
        assert.equal(
          answer([...identity, saying('resource', 'neither')], { auth }),
          'implicit-deny resource',
        );
      }
    });

    it(`${auth}: a public API without a resource policy lets in whoever is authorized, which is a doubt`, () => {
      assert.equal(answer([saying('identity', 'Allow')], { auth }), 'depends api-policy');
      assert.equal(answer([], { auth, api: 'public' }), 'depends api-policy');
      // "For a private API, you can't deploy your API without a resource policy."
      assert.equal(answer([], { auth, api: 'private' }), 'implicit-deny resource');
    });

    it(`${auth}: nobody is a principal whom a policy could name`, () => {
      const named = { Principal: { AWS: `arn:aws:iam::${OWNER}:role/reader` } };
      assert.equal(answer([saying('resource', 'Allow', named)], { auth }), 'implicit-deny resource');
      const keyed = (operator: string) => ({
        Condition: { [operator]: { 'aws:PrincipalArn': `arn:aws:iam::${OWNER}:role/*` } },
      });
      assert.equal(
        answer([saying('resource', 'Allow', keyed('ArnLike'))], { auth }),
        'implicit-deny resource',
      );
      assert.equal(answer([saying('resource', 'Allow', keyed('ArnNotLike'))], { auth }), 'allow');
      assert.equal(answer([saying('resource', 'Allow', keyed('ArnLikeIfExists'))], { auth }), 'allow');
    });
  }

  it('a Lambda authorizer is asked unless the resource policy denies, and what it returns is not known', () => {
    assert.equal(answer([saying('resource', 'Deny')], { auth: 'lambda' }), 'deny');
    assert.equal(answer([saying('resource', 'Allow')], { auth: 'lambda' }), 'depends authorizer-policy');
    assert.equal(answer([saying('resource', 'neither')], { auth: 'lambda' }), 'depends authorizer-policy');
    const none = [saying('identity', 'neither'), saying('resource', 'neither')];
    assert.equal(answer(none, { auth: 'lambda' }), 'implicit-deny authorizer');
  });

  it('the example of the page: only calls through one endpoint come to the authorizer', () => {
    const resource = saying('resource', 'Deny', {
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    });
    const through = (vpce: string) => new Map([['aws:SourceVpce', [vpce]]]);
    const policies = [saying('identity', 'Allow'), resource];
    const asked = { auth: 'lambda', api: 'private' } as const;
    assert.equal(answer(policies, { ...asked, context: through('vpce-1a2b3c4d') }), 'allow');
    assert.equal(answer(policies, { ...asked, context: through('vpce-99999999') }), 'deny');
    assert.equal(answer(policies, asked), 'depends');
    // A public API is called through no endpoint.
    assert.equal(answer(policies, { ...asked, api: 'public' }), 'deny');
  });

  it('the example of the page: Cognito and source addresses', () => {
    const resource = saying('resource', 'Allow', {
      Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } },
    });
    const from = (ip: string) => ({ auth: 'cognito', context: new Map([['aws:SourceIp', [ip]]]) }) as const;
    assert.equal(answer([resource], from('192.0.2.7')), 'allow');
    assert.equal(answer([resource], from('203.0.113.7')), 'implicit-deny resource');
  });

  it('the policy of the endpoint must allow as well, and meets who signs, else an anonymous caller', () => {
    const resource = saying('resource', 'Allow');
    const reader = `arn:aws:iam::${OWNER}:role/reader`;
    const named = saying('endpoint', 'Allow', { Principal: { AWS: reader } });
    for (const auth of ['none', 'cognito'] as const) {
      assert.equal(answer([resource, saying('endpoint', 'Allow')], { auth, api: 'private' }), 'allow');
      assert.equal(answer([resource, named], { auth, api: 'private' }), 'implicit-deny endpoint');
      const neither = saying('endpoint', 'neither');
      assert.equal(answer([resource, neither], { auth, api: 'private' }), 'implicit-deny endpoint');
    }
    assert.equal(answer([resource, named], { auth: 'iam', api: 'private', principal: reader }), 'allow');
  });
});

describe('a limit beside what a resource policy grants to everybody', () => {
  const QUEUE = `arn:aws:sqs:eu-west-1:${OWNER}:orders`;
  const ask = (policies: readonly PolicyDocument[], principal: string): string =>
    evaluate(
      policies.flatMap((document) => document.policies),
      { action: 'sqs:SendMessage', resource: QUEUE, principal },
    ).outcome;
  const queue = (more: Json = {}): PolicyDocument =>
    policy('resource', { Effect: 'Allow', Action: 'sqs:*', Resource: '*', Principal: '*', ...more });
  const narrow = (type: PolicyType, Effect = 'Allow'): PolicyDocument =>
    policy(type, { Effect, Action: Effect === 'Allow' ? 's3:*' : '*', Resource: '*' });
  const role = `arn:aws:iam::${OWNER}:role/reader`;
  const session = `arn:aws:sts::${OWNER}:assumed-role/reader/s`;
  const onArn = (operator: string) => ({ Condition: { [operator]: { 'aws:PrincipalArn': `${role}` } } });

  it('does not count where aws:PrincipalArn says who is meant, save for what it denies', () => {
    for (const principal of [role]) {
      for (const type of ['boundary', 'session'] as const) {
        assert.equal(ask([queue(onArn('ArnEquals')), narrow(type)], principal), 'allow', type);
        assert.equal(ask([queue(onArn('StringLike')), narrow(type)], principal), 'allow', type);
        assert.equal(ask([queue(onArn('ArnEquals')), narrow(type, 'Deny')], principal), 'deny', type);
      }
    }
  });

  it('leaves it open where nothing or something else says who is meant', () => {
    const user = `arn:aws:iam::${OWNER}:user/ann`;
    for (const principal of [role, session, user]) {
      assert.equal(ask([queue(), narrow('boundary')], principal), 'depends', principal);
    }
    assert.equal(ask([queue(onArn('ArnEqualsIfExists')), narrow('boundary')], role), 'depends');
    const not = { Condition: { ArnNotEquals: { 'aws:PrincipalArn': user } } };
    assert.equal(ask([queue(not), narrow('boundary')], role), 'depends');
  });

  it('counts across accounts, and for service control policies', () => {
    const stranger = `arn:aws:iam::${OTHER}:role/reader`;
    const all = policy('identity', { Effect: 'Allow', Action: '*', Resource: '*' });
    assert.equal(ask([all, queue(), narrow('boundary')], stranger), 'implicit-deny');
    assert.equal(ask([queue(onArn('ArnEquals')), narrow('scp')], role), 'implicit-deny');
  });
});
