import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { type EvaluationOptions, evaluate, openQuestion } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const SEND = { action: 'sqs:SendMessage', resource: QUEUE };

function policy(type: PolicyType, ...statements: readonly Json[]): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: type },
  });
}

function told(
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
  options: EvaluationOptions = {},
): string {
  const { outcome, lacks, doubts } = evaluate(
    documents.flatMap(({ policies }) => policies),
    request,
    options,
  );
  return [outcome, ...lacks, ...doubts].join(' ');
}

describe('who calls', () => {
  const identity = policy('identity', EVERYTHING);

  it('has no identity policies without the identity of a principal', () => {
    const open = policy('resource', { ...EVERYTHING, Principal: '*' });
    for (const principal of [
      'anonymous',
      'lambda.amazonaws.com',
      `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
      'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5',
    ]) {
      assert.equal(told([identity], { ...SEND, principal }), 'implicit-deny resource', principal);
      assert.equal(told([identity, open], { ...SEND, principal }), 'allow', principal);
    }
    const named = policy('resource', { ...EVERYTHING, Principal: { AWS: ACCOUNT } });
    assert.equal(told([named], { ...SEND, principal: 'anonymous' }), 'implicit-deny resource');
  });

  it('is a federated user, whom a session policy or a resource policy by name must allow', () => {
    const principal = `arn:aws:sts::${ACCOUNT}:federated-user/bob`;
    assert.equal(told([identity], { ...SEND, principal }), 'implicit-deny session');
    assert.equal(told([identity, policy('session', EVERYTHING)], { ...SEND, principal }), 'allow');
    const named = policy('resource', { ...EVERYTHING, Principal: { AWS: principal } });
    assert.equal(told([named], { ...SEND, principal }), 'allow');
  });

  it('is a root user, who may do in its own account what nothing denies, and assumes no role', () => {
    const scp = policy('scp', { ...EVERYTHING, Action: 's3:*' });
    assert.equal(told([], { ...SEND, principal: ROOT }), 'allow');
    assert.equal(told([scp], { ...SEND, principal: ROOT }), 'implicit-deny scp');
    const elsewhere = { action: 'sqs:SendMessage', resource: QUEUE.replace(ACCOUNT, OTHER), principal: ROOT };
    assert.equal(told([identity], elsewhere), 'implicit-deny resource');
    const trust = policy('trust', {
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT },
      Action: 'sts:AssumeRole',
    });
    assert.equal(
      told([trust], { action: 'sts:AssumeRole', resource: ROLE, principal: ROOT }),
      'implicit-deny root-assumes-no-role',
    );
  });

  it('is somebody of another account, whom an identity policy alone does not let in', () => {
    const principal = `arn:aws:iam::${OTHER}:role/*`;
    assert.equal(told([identity], { ...SEND, principal }), 'implicit-deny resource');
    const bucket = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', principal: ROLE };
    assert.equal(told([identity], bucket), 'allow');
    assert.equal(told([identity], { ...bucket, resourceAccount: OTHER }), 'implicit-deny resource');
  });

  it('asks who it is without a permission', () => {
    const denied = policy('identity', { ...EVERYTHING, Effect: 'Deny' });
    const request = { action: 'sts:GetCallerIdentity', resource: '*' };
    assert.equal(told([denied], { ...request, principal: USER }), 'allow');
    assert.equal(told([], { ...request, principal: 'anonymous' }), 'implicit-deny resource');
    const session = { action: 'sts:GetSessionToken', resource: '*' };
    assert.equal(told([denied], { ...session, principal: USER }), 'allow');
    assert.equal(told([denied], { ...session, principal: ROOT }), 'allow');
    assert.equal(told([denied], { ...session, principal: ROLE }), 'deny');
  });

  it('asks who it is through an endpoint, whose policy must allow every request', () => {
    const request = { action: 'sts:GetCallerIdentity', resource: '*', principal: USER };
    const endpoint = (statement: Json): PolicyDocument =>
      policy('endpoint', { ...EVERYTHING, Principal: '*', ...statement });
    assert.equal(told([endpoint({})], request), 'allow');
    assert.equal(told([endpoint({ Action: 'sqs:*' })], request), 'implicit-deny endpoint');
    assert.equal(told([endpoint({}), endpoint({ Effect: 'Deny', Action: 'sts:*' })], request), 'deny');
    const federated = `arn:aws:sts::${ACCOUNT}:federated-user/bob`;
    assert.equal(told([], { ...request, principal: federated }), 'allow');
  });

  it('is asked about several actions, some of which follow rules of their own', () => {
    const bucket = policy('resource', { ...EVERYTHING, Effect: 'Deny', Principal: '*' });
    const put = {
      action: 's3:*',
      resource: 'arn:aws:s3:::bucket',
      resourceAccount: ACCOUNT,
      principal: ROOT,
    };
    assert.equal(told([bucket], put), 'depends exceptions');
    assert.equal(told([bucket], { ...put, action: 's3:*Acl' }), 'deny');
    const role = `arn:aws:iam::${ACCOUNT}:role/r`;
    const assume = { action: 'sts:AssumeRole*', resource: role, principal: USER };
    assert.equal(told([identity], assume), 'depends exceptions');
    assert.equal(
      told([policy('identity', { ...EVERYTHING, Effect: 'Deny' })], { ...assume, action: 'sts:Get*' }),
      'depends exceptions',
    );
  });

  it('is a root user, from whom the policy of its own bucket or queue cannot be kept', () => {
    const bucket = policy('resource', { ...EVERYTHING, Effect: 'Deny', Principal: '*' });
    const put = { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::bucket', resourceAccount: ACCOUNT };
    assert.equal(told([bucket], { ...put, principal: ROOT }), 'allow');
    assert.equal(
      told([bucket], { action: 'sqs:SetQueueAttributes', resource: QUEUE, principal: ROOT }),
      'allow',
    );
    assert.equal(told([bucket], { ...put, action: 's3:PutBucketAcl', principal: ROOT }), 'deny');
    assert.equal(told([bucket], { ...put, resourceAccount: OTHER, principal: ROOT }), 'deny');
    assert.equal(told([bucket, identity], { ...put, principal: USER }), 'deny');
    const outpost = { ...put, action: 's3-outposts:DeleteBucketPolicy', principal: ROOT };
    assert.equal(told([bucket], outpost), 'allow');
    // Somebody of the account may be the root user, unless there are policies of its own.
    for (const principal of [undefined, ACCOUNT]) {
      assert.equal(told([bucket], { ...put, principal }), 'depends root-user');
      assert.equal(told([bucket, identity], { ...put, principal }), 'deny');
      assert.equal(told([bucket], { ...put, action: 's3:PutBucketAcl', principal }), 'deny');
    }
    assert.equal(told([bucket], { ...put, principal: OTHER }), 'deny');
    for (const type of ['scp', 'rcp', 'endpoint'] as const) {
      const limit = policy(type, {
        ...EVERYTHING,
        Effect: 'Deny',
        ...(type !== 'scp' && { Principal: '*' }),
      });
      assert.equal(told([bucket, limit], { ...put, principal: ROOT }), 'deny', type);
    }
  });

  it('may have been signed in by the provider that a resource policy names', () => {
    const provider = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`;
    const denying = policy('resource', {
      ...EVERYTHING,
      Effect: 'Deny',
      Principal: { Federated: ['cognito-identity.amazonaws.com', provider] },
    });
    for (const principal of [ROLE, `arn:aws:sts::${ACCOUNT}:assumed-role/reader/job`]) {
      assert.equal(told([identity, denying], { ...SEND, principal }), 'depends', principal);
    }
    assert.equal(told([identity, denying], { ...SEND, principal: USER }), 'allow');
    const ofOthers = { Federated: provider.replace(ACCOUNT, OTHER) };
    const elsewhere = policy('resource', { ...EVERYTHING, Effect: 'Deny', Principal: ofOthers });
    assert.equal(told([identity, elsewhere], { ...SEND, principal: ROLE }), 'allow');
    const trust = policy('trust', {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Federated: provider },
    });
    const assume = { action: 'sts:AssumeRole', resource: ROLE, principal: ROLE };
    assert.equal(told([identity, trust], assume), 'implicit-deny trust');
  });

  it('is no role of another partition, nor a session of one', () => {
    const elsewhere = policy('resource', {
      ...EVERYTHING,
      Principal: { AWS: ROLE.replace('aws', 'aws-cn') },
    });
    for (const principal of [ROLE, `arn:aws:sts::${ACCOUNT}:assumed-role/reader/job`]) {
      assert.equal(told([elsewhere], { ...SEND, principal }), 'implicit-deny grant', principal);
    }
    const account = policy('resource', { ...EVERYTHING, Principal: { AWS: ROOT.replace('aws', 'aws-cn') } });
    assert.equal(
      told([account], { ...SEND, principal: ROLE, resourceAccount: OTHER }),
      'implicit-deny identity resource',
    );
  });

  it('takes over the root user of a member account, whom no resource policy guards', () => {
    const request = { action: 'sts:AssumeRoot', resource: `arn:aws:iam::${OTHER}:root`, principal: ROLE };
    assert.equal(told([identity], request), 'allow');
    assert.equal(
      told([policy('identity', { ...EVERYTHING, Action: 's3:*' })], request),
      'implicit-deny grant',
    );
  });

  it('is an origin access identity that a policy names', () => {
    const principal = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5';
    const named = policy('resource', { ...EVERYTHING, Principal: { AWS: principal } });
    assert.equal(told([named], { ...SEND, principal }), 'allow');
  });

  it('has no principal of AWS while it signs in with a provider, nor keys of a session without a signature', () => {
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
    const action = 'sts:AssumeRoleWithWebIdentity';
    const trust = policy('trust', { Effect: 'Allow', Action: action, Principal: { Federated: provider } });
    const endpoint = policy('endpoint', {
      ...EVERYTHING,
      Principal: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    });
    const request = { action, resource: ROLE, principal: provider };
    assert.equal(told([trust, endpoint], request), 'implicit-deny endpoint');
    const mfa = policy('resource', {
      ...EVERYTHING,
      Principal: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    });
    assert.equal(told([mfa], { ...SEND, principal: 'anonymous' }), 'implicit-deny resource');
  });
});

describe('policies of which not all can be meant', () => {
  const identity = policy('identity', EVERYTHING);
  const keyPolicy = (arn: string): PolicyDocument =>
    policy('resource', { ...EVERYTHING, Action: 'kms:*', Principal: { AWS: arn } });

  it('make an answer depend on which is that of the key, of the role or of the endpoint', () => {
    const decrypt = { action: 'kms:Decrypt', resource: KEY, principal: ROLE };
    assert.equal(told([keyPolicy(ROLE), keyPolicy(USER)], decrypt), 'depends key-policies');
    const actions = [['s3:GetObject'], ['s3:PutObject', 'kms:Decrypt']];
    const ofMuch = policy(
      'resource',
      ...actions.map((Action) => ({ ...EVERYTHING, Action, Principal: { AWS: ROLE } })),
    );
    assert.equal(told([ofMuch, keyPolicy(USER)], decrypt), 'depends key-policies');
    const ofBuckets = policy('resource', { ...EVERYTHING, Action: 's3:*', Principal: { AWS: USER } });
    assert.equal(told([ofBuckets, keyPolicy(ROLE)], decrypt), 'allow');
    assert.equal(told([keyPolicy(ROLE)], decrypt), 'allow');
    const trust = (arn: string): PolicyDocument =>
      policy('trust', { Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' });
    const assume = { action: 'sts:AssumeRole', resource: ROLE, principal: USER };
    assert.equal(told([trust(USER), trust(`${USER}x`)], assume), 'depends trust-policies');
    const endpoint = (Action: string): PolicyDocument =>
      policy('endpoint', { ...EVERYTHING, Action, Principal: '*' });
    const send = { ...SEND, principal: ROLE };
    assert.equal(told([identity, endpoint('sqs:*'), endpoint('sns:*')], send), 'depends endpoints');
  });

  it('leave the policy of a queue out of what a key needs', () => {
    const queue = policy('resource', { ...EVERYTHING, Action: 'sqs:*', Principal: '*' });
    const decrypt = { action: 'kms:Decrypt', resource: KEY, principal: ROLE };
    assert.equal(told([identity, queue], decrypt), 'depends key-policy');
  });

  it('are asked of access points together with their bucket', () => {
    const resource = `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/reports/object/x`;
    const request = { action: 's3:GetObject', resource, principal: ROLE };
    assert.equal(told([identity], request), 'depends bucket-policy');
  });

  it('are of one level of the organization each, where levels are told', () => {
    const scps = [policy('scp', EVERYTHING), policy('scp', { ...EVERYTHING, Action: 's3:*' })];
    const levels = new Map(
      scps.map(({ policies: [first] }, index) => {
        assert.ok(first);
        return [first, `level ${index}`] as const;
      }),
    );
    const send = { ...SEND, principal: ROLE, levels };
    assert.equal(told([identity, ...scps], send), 'implicit-deny scp');
    assert.equal(told([identity, ...scps], { ...send, action: 's3:GetObject', resource: '*' }), 'allow');
  });

  it('of gateway endpoints name principals in another way', () => {
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', principal: ROLE };
    const endpoint = policy('endpoint', { ...EVERYTHING, Principal: { AWS: ACCOUNT } });
    assert.equal(told([identity, endpoint], request), 'depends');
    assert.equal(told([identity, policy('endpoint', { ...EVERYTHING, Principal: '*' })], request), 'allow');
  });

  it('do not concern service-linked roles, nor services that resource control policies do not apply to', () => {
    const none = policy('scp', { ...EVERYTHING, Effect: 'Deny' });
    const linked = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`;
    assert.equal(told([identity, none], { ...SEND, principal: linked }), 'allow');
    assert.equal(told([identity, none], { ...SEND, principal: ROLE }), 'deny');
    const rcp = policy('rcp', { Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' });
    const rcpServices = new Set(['sqs']);
    assert.equal(told([identity, rcp], { ...SEND, principal: ROLE }, { rcpServices }), 'deny');
    const invoke = { action: 'execute-api:Invoke', resource: '*', principal: ROLE };
    assert.equal(told([identity, rcp], invoke, { rcpServices }), 'depends');
  });

  it('of an organization may not concern a session whose role has the name of a service-linked one', () => {
    const none = policy('scp', { ...EVERYTHING, Effect: 'Deny' });
    const some = policy('scp', { ...EVERYTHING, Action: 's3:*' });
    const rcp = policy('rcp', { ...EVERYTHING, Effect: 'Deny', Principal: '*' });
    const principal = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForX/job`;
    const send = { ...SEND, principal };
    for (const limit of [none, some, rcp]) {
      assert.equal(told([identity, limit], send), 'depends service-linked-role');
      const sure = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/job`;
      assert.match(told([identity, limit], { ...send, principal: sure }), /deny/);
    }
    const nothing = policy('identity', { ...EVERYTHING, Action: 's3:*' });
    assert.equal(told([nothing, none], send), 'implicit-deny grant');
    const denying = policy('identity', { ...EVERYTHING, Effect: 'Deny' });
    assert.equal(told([denying, some], send), 'deny');
    assert.equal(told([identity, policy('scp', EVERYTHING)], send), 'allow');
    const byRegion = policy(
      'scp',
      { ...EVERYTHING },
      { ...EVERYTHING, Effect: 'Deny', Condition: { Bool: { 'aws:ViaAWSService': 'false' } } },
    );
    assert.equal(told([identity, byRegion], send), 'depends service-linked-role');
  });

  it('of an organization are settled by the path in aws:PrincipalArn, which a session leaves out', () => {
    const none = policy('scp', { ...EVERYTHING, Effect: 'Deny' });
    const principal = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForX/job`;
    const withArn = (path: string): EvaluationRequest => ({
      ...SEND,
      principal,
      context: new Map([['aws:principalARN', [`arn:aws:iam::${ACCOUNT}:role/${path}AWSServiceRoleForX`]]]),
    });
    assert.equal(told([identity, none], withArn('aws-service-role/x.amazonaws.com/')), 'allow');
    assert.equal(told([identity, none], withArn('')), 'deny');
    const { outcomeWith } = openQuestion([...identity.policies, ...none.policies], { ...SEND, principal });
    assert.equal(outcomeWith(withArn('aws-service-role/x.amazonaws.com/').context ?? new Map()), 'allow');
  });
});

describe('a template that may come to something else', () => {
  const open = (statement: Json): PolicyDocument => policy('identity', statement);

  it('is never a certain allow', () => {
    const either = { 'Fn::If': ['IsProd', QUEUE, 'arn:aws:sqs:*:*:other'] };
    assert.equal(told([open({ ...EVERYTHING, Resource: either })], { ...SEND, principal: ROLE }), 'depends');
    assert.equal(
      told([open(EVERYTHING), open({ ...EVERYTHING, Effect: { Ref: 'Effect' } })], {
        ...SEND,
        principal: ROLE,
      }),
      'depends templates',
    );
    const perhaps = { 'Fn::If': ['IsProd', EVERYTHING, { Ref: 'AWS::NoValue' }] };
    assert.equal(told([open(perhaps)], { ...SEND, principal: ROLE }), 'depends');
  });

  it('is never a certain condition', () => {
    const denying = {
      ...EVERYTHING,
      Effect: 'Deny',
      Condition: {
        'Fn::If': [
          'IsProd',
          { StringEquals: { 'aws:PrincipalAccount': OTHER } },
          { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } },
        ],
      },
    };
    assert.equal(told([open(EVERYTHING), open(denying)], { ...SEND, principal: ROLE }), 'depends');
  });

  it('is never certain of what a tool fills in, whatever marks it has and whatever is told', () => {
    const holes = [
      '${Name}',
      '${AWS::AccountId}',
      '$(name)',
      '{{name}}',
      '<%= name %>',
      '#{name}',
      '%s',
      '((name))',
    ];
    const context = new Map([['aws:SourceVpce', ['vpce-1']]]);
    const request = { ...SEND, principal: ROLE, context };
    for (const hole of holes) {
      for (const Version of ['2012-10-17', '2008-10-17']) {
        const versioned = (statement: Json): PolicyDocument =>
          openDocument({
            text: JSON.stringify({ Version, Statement: statement }),
            language: 'json',
            override: { policyType: 'identity' },
          });
        const denyIf = (Condition: Json): string =>
          told([open(EVERYTHING), versioned({ ...EVERYTHING, Effect: 'Deny', Condition })], request);
        for (const operator of [
          'StringEquals',
          'StringNotEquals',
          'StringLike',
          'ForAnyValue:StringEquals',
        ]) {
          const answer = denyIf({ [operator]: { 'aws:SourceVpce': hole } });
          assert.equal(answer, 'depends', `${operator} ${hole} ${Version}`);
        }
        assert.equal(denyIf({ StringEquals: { [`aws:RequestTag/${hole}`]: 'x' } }), 'depends', hole);
        const denying = versioned({ ...EVERYTHING, Effect: 'Deny', Resource: `arn:aws:sqs:*:*:${hole}` });
        assert.equal(told([open(EVERYTHING), denying], request), 'depends', `${hole} ${Version}`);
      }
    }
  });

  it('asks for no key that is yet to be filled in, nor under an operator that there is none of', () => {
    for (const Condition of [
      { StringEquals: { 'aws:RequestTag/${Tag}': 'x' } },
      { StringSame: { 'aws:SourceVpce': 'vpce-1' } },
    ]) {
      const { outcome, asks } = evaluate(open({ ...EVERYTHING, Condition }).policies, {
        ...SEND,
        principal: ROLE,
      });
      assert.deepEqual([outcome, asks], ['depends', []]);
    }
  });
});
