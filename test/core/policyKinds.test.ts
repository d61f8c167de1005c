import assert from 'node:assert/strict';
import { type DocumentLanguage, openDocument } from '../../server/src/core/document';
import { isUntold } from '../../server/src/core/locate/contentKind';
import type { TypeOverride } from '../../server/src/core/locate/kind';
import type { StatementsPolicy } from '../../server/src/core/locate/statementsPolicy';

/*
 * Of what kind a policy is by where it stands, with what the place adds to it, for each of the places that documents have.
 */

const S = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const P = { Version: '2012-10-17', Statement: [S] };

/** The type, what it is attached to, and which traits it has. */
function kindsOf(
  value: unknown,
  { language = 'json', ...override }: TypeOverride & { readonly language?: DocumentLanguage } = {},
): readonly string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return openDocument({ text, language, override }).policies.map(({ kind }) => {
    const { type, resourceType = '', reason: _, ...traits } = kind;
    const told = Object.entries(traits).flatMap(([trait, isTrue]) => (isTrue === true ? [trait] : []));
    return [type, resourceType.replace('AWS::', ''), ...told].filter((each) => each !== '').join(' ');
  });
}

const inTemplate = (Type: string, Properties: object) => ({ Resources: { It: { Type, Properties } } });

/** AWS CloudFormation template reference; AWS SAM developer guide, "AWS SAM resources and properties". */
describe('the kind of a policy in a template', () => {
  const CASES: readonly (readonly [type: string, properties: object, kinds: readonly string[]])[] = [
    ['AWS::Events::EventBusPolicy', { Statement: S }, ['resource Events::EventBus versionWritten']],
    ['AWS::Events::EventBusPolicy', { Statement: [S, S] }, ['resource Events::EventBus versionWritten']],
    [
      'AWS::Serverless::Api',
      { Auth: { ResourcePolicy: { CustomStatements: [S] } } },
      ['resource ApiGateway::RestApi versionWritten'],
    ],
    ['AWS::Serverless::Api', { Auth: { CustomStatements: [S] } }, []],
    ['AWS::Serverless::Other', { Auth: { ResourcePolicy: { CustomStatements: [S] } } }, []],
    ['AWS::Serverless::Function', { Policies: P }, ['identity versionOptional']],
    [
      'AWS::Serverless::Function',
      { Policies: ['x', P, P] },
      ['identity versionOptional', 'identity versionOptional'],
    ],
    ['AWS::Serverless::StateMachine', { Policies: [P] }, ['identity versionOptional']],
    ['AWS::IAM::Role', { Policies: [{ PolicyName: 'x', PolicyDocument: P }] }, ['identity']],
    ['AWS::IAM::Role', { AssumeRolePolicyDocument: P }, ['trust IAM::AssumeRolePolicyDocument']],
    ['AWS::EKS::PodIdentityAssociation', { Policy: P }, ['session']],
    ['AWS::Transfer::User', { Policy: JSON.stringify(P) }, ['session']],
    ['AWS::SSO::PermissionSet', { InlinePolicy: P }, ['identity']],
    ['AWS::EC2::VPCEndpoint', { PolicyDocument: P }, ['endpoint']],
    ['AWS::OpenSearchService::Domain', { AccessPolicies: P }, ['resource mayLackResource']],
    ['AWS::MSK::ClusterPolicy', { Policy: P }, ['resource MSK::Cluster mayLackResource']],
    ['AWS::SQS::QueuePolicy', { PolicyDocument: P }, ['resource SQS::Queue']],
    [
      'AWS::Logs::DeliveryDestination',
      { DeliveryDestinationPolicy: { DeliveryDestinationPolicy: P } },
      ['resource Logs::DeliveryDestination mayLackResource'],
    ],
    // A function stands for what it gives.
    [
      'AWS::SQS::QueuePolicy',
      { PolicyDocument: { 'Fn::If': ['C', P, P] } },
      ['resource SQS::Queue', 'resource SQS::Queue'],
    ],
    [
      'AWS::DynamoDB::Table',
      { 'Fn::If': ['C', { ResourcePolicy: { PolicyDocument: P } }, {}] },
      ['resource DynamoDB::Table'],
    ],
    // Below another key it is another property, or none.
    ['AWS::SQS::QueuePolicy', { Other: { PolicyDocument: P } }, ['identity']],
    ['AWS::SQS::Other', { PolicyDocument: P }, ['identity']],
    ['AWS::Organizations::Policy', { Type: 'SERVICE_CONTROL_POLICY', Content: P }, ['scp']],
    ['AWS::Organizations::Policy', { Type: 'RESOURCE_CONTROL_POLICY', Content: P }, ['rcp']],
    ['AWS::Organizations::Policy', { Type: 'TAG_POLICY', Content: P }, ['identity']],
    ['AWS::Organizations::Policy', { Content: P }, ['identity']],
    ['Custom::Thing', { Document: P }, ['identity versionWritten mayLackResource']],
    ['My::Custom::Thing', { Document: P }, ['identity']],
  ];
  for (const [type, properties, kinds] of CASES) {
    it(`is ${kinds.join(', ') || 'none'} in ${type} ${JSON.stringify(properties).slice(0, 60)}`, () => {
      assert.deepEqual(kindsOf(inTemplate(type, properties)), kinds);
    });
  }

  it('has its reason', () => {
    const reasons = (value: unknown) =>
      openDocument({ text: JSON.stringify(value), language: 'json' }).policies.map(({ kind }) => kind.reason);
    assert.deepEqual(reasons(inTemplate('AWS::SQS::QueuePolicy', { PolicyDocument: P })), [
      'it is PolicyDocument of AWS::SQS::QueuePolicy',
    ]);
    assert.deepEqual(
      reasons(inTemplate('AWS::Serverless::Api', { Auth: { ResourcePolicy: { CustomStatements: [S] } } })),
      ['it is Auth.ResourcePolicy.CustomStatements of AWS::Serverless::Api'],
    );
    assert.deepEqual(reasons({ AssumeRolePolicyDocument: P }), [
      'it is the value of AssumeRolePolicyDocument',
    ]);
    assert.deepEqual(reasons({ Type: 'RESOURCE_CONTROL_POLICY', Content: P }), [
      'it is the content of a RESOURCE_CONTROL_POLICY',
    ]);
  });
});

/** Serverless Framework documentation, "AWS - IAM", "AWS - Functions" and "AWS - API Gateway". */
describe('the kind of statements for the Serverless Framework', () => {
  const service = (provider: unknown, more: object = {}) => ({ service: 's', provider, ...more });
  const OWN = 'identity versionWritten';
  const API = 'resource ApiGateway::RestApi versionWritten';
  const CASES: readonly (readonly [name: string, value: unknown, kinds: readonly string[]])[] = [
    ['the role', service({ name: 'aws', iam: { role: { statements: [S] } } }), [OWN]],
    ['the role, by the older name', service({ name: 'aws', iamRoleStatements: [S] }), [OWN]],
    ['one statement', service({ name: 'aws', iamRoleStatements: S }), [OWN]],
    [
      'roles of functions',
      service('aws', {
        functions: { a: { iamRoleStatements: [S] }, b: { iam: { role: { statements: [S] } } } },
      }),
      [OWN, OWN],
    ],
    [
      'the API, by both names',
      service({ name: 'aws', apiGateway: { resourcePolicy: [S] }, resourcePolicy: [S] }),
      [API, API],
    ],
    ['a file that says them', service({ name: 'aws', iamRoleStatements: '${file(x.yml)}' }), []],
    ['another provider', service({ name: 'google', iamRoleStatements: [S] }), []],
    ['no provider', service(undefined, { functions: { a: { iamRoleStatements: [S] } } }), []],
    ['a provider without a name', service({ iamRoleStatements: [S] }), []],
    ['a place that is none', service({ name: 'aws', iam: { statements: [S] } }), []],
  ];
  for (const [name, value, kinds] of CASES) {
    it(`is told: ${name}`, () => {
      assert.deepEqual(kindsOf(value), kinds);
    });
  }

  it('is what somebody says it is', () => {
    const value = service({ name: 'aws', iamRoleStatements: [S] });
    assert.deepEqual(kindsOf(value, { policyType: 'boundary' }), ['boundary versionWritten']);
    assert.deepEqual(kindsOf(value, { policyType: 'resource' }), ['resource versionWritten']);
    assert.deepEqual(kindsOf(value, { resourceType: 'AWS::S3::Bucket' }), [
      'resource S3::Bucket versionWritten',
    ]);
    assert.deepEqual(kindsOf(value, { resourceType: 'AWS::IAM::AssumeRolePolicyDocument' }), [
      'trust IAM::AssumeRolePolicyDocument versionWritten',
    ]);
    assert.deepEqual(kindsOf(value, { policyType: 'identity', resourceType: 'AWS::S3::Bucket' }), [
      'identity S3::Bucket versionWritten',
    ]);
  });
});

describe('the kind of a policy that somebody says', () => {
  const about = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });
  const queue = about({ ...S, Principal: '*', Action: 'sqs:SendMessage' });
  it('has what the content is about, where a resource policy is said and nothing else', () => {
    assert.deepEqual(kindsOf(queue), ['resource SQS::Queue isGuess']);
    assert.deepEqual(kindsOf(queue, { policyType: 'resource' }), ['resource SQS::Queue']);
    assert.deepEqual(kindsOf(queue, { policyType: 'resource', resourceType: 'AWS::SNS::Topic' }), [
      'resource SNS::Topic',
    ]);
    assert.deepEqual(kindsOf(queue, { resourceType: 'AWS::SNS::Topic' }), ['resource SNS::Topic']);
    assert.deepEqual(kindsOf(P, { policyType: 'session' }), ['session']);
    const trust = about({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' });
    assert.deepEqual(kindsOf(trust, { policyType: 'resource' }), ['trust IAM::AssumeRolePolicyDocument']);
  });
});

/** What the content tells. IAM User Guide, "AWS JSON policy elements: Principal", and the pages of the services. */
describe('the kind of a policy by its content', () => {
  const CASES: readonly (readonly [statements: readonly object[], kind: string])[] = [
    [
      [{ Effect: 'Allow', Principal: { Federated: 'x' }, Action: 'sts:AssumeRoleWithSAML' }],
      'trust IAM::AssumeRolePolicyDocument',
    ],
    [[{ Effect: 'Allow', Principal: { Federated: 'x' } }], 'trust IAM::AssumeRolePolicyDocument'],
    [[{ Effect: 'Allow', Principal: { AWS: 'x' } }], 'resource isGuess'],
    [[{ Effect: 'Allow', Principal: { Federated: 'x' }, Resource: '*' }], 'resource'],
    [[{ Effect: 'Allow', Principal: { Federated: 'x' }, Action: 'sqs:*' }], 'resource'],
    [
      [{ Effect: 'Allow', Principal: '*', Action: ['sts:AssumeRole', 'sts:TagSession'] }],
      'trust IAM::AssumeRolePolicyDocument',
    ],
    [[{ Effect: 'Allow', Principal: '*', Action: 'sts:Assume*' }], 'trust IAM::AssumeRolePolicyDocument'],
    [[{ Effect: 'Allow', Principal: '*', Action: 'sts:' }], 'trust IAM::AssumeRolePolicyDocument'],
    [[{ Effect: 'Allow', Principal: '*', Action: ['sts:AssumeRole', 's3:GetObject'] }], 'resource'],
    [[{ Effect: 'Allow', Principal: '*', Action: 'sts:GetCallerIdentity' }], 'resource'],
    [
      [{ Effect: 'Allow', Principal: '*', NotAction: 'sts:AssumeRole' }],
      'trust IAM::AssumeRolePolicyDocument',
    ],
    [
      [{ ...S, Principal: '*', Action: ['s3:GetObject', 'Execute-API:Invoke'] }],
      'resource ApiGateway::RestApi',
    ],
    [[{ ...S, Principal: '*', Action: 'xexecute-api:Invoke' }], 'resource'],
    [[{ ...S, Principal: '*', Action: 'kms:*' }], 'resource KMS::Key isGuess'],
    [
      [{ ...S, Principal: '*', Action: 'secretsmanager:GetSecretValue' }],
      'resource SecretsManager::Secret isGuess',
    ],
    [[{ ...S, Principal: '*', Action: ['kms:*', '*'] }], 'resource'],
    [[{ ...S, Principal: '*', Action: '*' }], 'resource'],
    [[{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }], 'resource ECR::Repository'],
    [[{ Effect: 'Allow', Principal: '*', Action: ['ecr:*', '*'] }], 'resource ECR::Repository'],
    [[{ Effect: 'Allow', Principal: '*', Action: ['ecr:*', 'sqs:*'] }], 'resource'],
    [[{ Effect: 'Allow', Principal: '*', Action: 'sqs:*' }], 'resource'],
    [[{ Effect: 'Allow', Principal: '*', Action: '*' }], 'resource isGuess'],
    [[{ ...S, Principal: '*', Action: 'ecr:*' }], 'resource'],
    [[S, { ...S, Principal: '*', Action: 'sns:*' }], 'resource'],
    [
      [
        { ...S, Action: 'sns:*' },
        { ...S, NotPrincipal: '*', Action: 'sns:*' },
      ],
      'resource SNS::Topic isGuess',
    ],
    [[{ ...S, Condition: { StringEquals: { 'aws:PrincipalTag/t': 'x' } } }], 'identity'],
    [[{ ...S, Resource: 'arn:aws:s3:::Principal' }], 'identity'],
    // What is misspelt counts as what was meant.
    [[{ ...S, pricipal: '*' }], 'resource'],
    [[{ ...S, NotPrincpal: '*' }], 'resource'],
    [[{ ...S, parameter: '*' }], 'identity'],
  ];
  for (const [statements, kind] of CASES) {
    it(`is ${kind}: ${JSON.stringify(statements)}`, () => {
      assert.deepEqual(kindsOf({ Version: '2012-10-17', Statement: statements }), [kind]);
    });
  }

  it('is read with the escapes of JSON', () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...S, Principal: '*' }] });
    assert.deepEqual(kindsOf(text.replace('"Principal"', '"\\u0050rincipal"')), ['resource']);
  });
});

/** The API references of the services; AWS CDK API Reference; Pulumi Registry. */
describe('the kind of a policy in a program by the call that takes it', () => {
  const A =
    "{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] }";
  const NONE = 'resource';
  const BUCKET = 'resource S3::Bucket';
  const CASES: readonly (readonly [call: string, kind: string])[] = [
    ['s3.putBucketPolicy({ Policy: @ })', BUCKET],
    ['new PutBucketPolicyCommand({ Policy: @ })', BUCKET],
    ['s3.put_bucket_policy({ Policy: @ })', BUCKET],
    ['s3.putBucketPolicy({ Other: @ })', NONE],
    ['s3.putBucketPolicy({ Policy: JSON.stringify(@) })', BUCKET],
    ['s3.putBucketPolicies({ Policy: @ })', NONE],
    ['iam.putRolePolicy({ PolicyDocument: @ })', 'identity'],
    ['iam.putUserPolicy({ PolicyDocument: @ })', 'identity'],
    ['iam.createPolicyVersion({ PolicyDocument: @ })', 'identity'],
    ['sts.getFederationToken({ Policy: @ })', 'session'],
    ['ec2.createVpcEndpoint({ PolicyDocument: @ })', 'endpoint'],
    ['kms.putKeyPolicy({ Policy: @ })', 'resource KMS::Key'],
    ['ecr.setRepositoryPolicy({ policyText: @ })', 'resource ECR::Repository'],
    ["o.createPolicy({ Type: 'SERVICE_CONTROL_POLICY', Content: @ })", 'scp'],
    ["o.createPolicy({ type: 'RESOURCE_CONTROL_POLICY', content: @ })", 'rcp'],
    ["o.createPolicy({ type: 'TAG_POLICY', content: @ })", NONE],
    ['o.createPolicy({ type: kind, content: @ })', NONE],
    ["o.createPolicy({ type: 'SERVICE_CONTROL_POLICY', text: @ })", NONE],
    ["new s3.CfnBucketPolicy(this, 'B', { policyDocument: @ })", BUCKET],
    ["new CfnBucketPolicy(this, 'B', { policyDocument: @ })", 'resource'],
    ["new aws_s3.CfnBucketPolicy(this, 'B', { policyDocument: @ })", BUCKET],
    [
      "new s3outposts.CfnBucketPolicy(this, 'B', { policyDocument: @ })",
      'resource S3Outposts::Bucket mayLackResource',
    ],
    ["new s3.CfnBucketPolicy(this, 'B', { other: @ })", NONE],
    ["new msk.CfnClusterPolicy(this, 'B', { policy: @ })", 'resource MSK::Cluster mayLackResource'],
    ["new CfnClusterPolicy(this, 'B', { policy: @ })", 'resource MSK::Cluster mayLackResource'],
    ["new sns.CfnTopicPolicy(this, 'B', { policyDocument: @ })", 'resource SNS::Topic'],
    [
      "new dynamodb.CfnTable(this, 'T', { resourcePolicy: { policyDocument: @ } })",
      'resource DynamoDB::Table',
    ],
    ["new dynamodb.CfnTable(this, 'T', { other: { policyDocument: @ } })", NONE],
    ["new events.CfnEventBusPolicy(this, 'T', { statement: @ })", NONE],
    ["new aws.s3.BucketPolicy('b', { policy: @ })", BUCKET],
    ["new gcp.s3.BucketPolicy('b', { policy: @ })", NONE],
    ["new s3.BucketPolicy('b', { policy: @ })", NONE],
    ["new aws.s3.BucketPolicy('b', { other: @ })", NONE],
    ["new aws.iam.RolePolicy('b', { policy: @ })", 'identity'],
    ["new aws.apigateway.RestApiPolicy('b', { policy: @ })", 'resource ApiGateway::RestApi'],
    ["new aws.cloudwatch.EventBusPolicy('b', { policy: @ })", 'resource Events::EventBus'],
    ["new aws.sqs.QueuePolicy('b', { policy: @ })", 'resource SQS::Queue'],
    [
      "new aws.s3control.MultiRegionAccessPointPolicy('b', { details: { policy: @ } })",
      'resource S3::MultiRegionAccessPoint',
    ],
    ["new aws.organizations.Policy('b', { type: 'RESOURCE_CONTROL_POLICY', content: @ })", 'rcp'],
    ["new aws.organizations.Policy('b', { type: 'TAG_POLICY', content: @ })", NONE],
  ];
  for (const [call, kind] of CASES) {
    it(`is ${kind} in ${call}`, () => {
      const [read] = kindsOf(`${call.replace('@', A)};`, { language: 'typescript' });
      assert.equal(read?.replace(/ (?:versionOptional|isGuess)/g, ''), kind);
    });
  }
});

/** AWS CDK API Reference, `addToResourcePolicy` and `assumeRolePolicy`. */
describe('the kind of a statement of the CDK by what it is added to', () => {
  const statement = "new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })";
  const kinds = (call: string, override: TypeOverride = {}) =>
    kindsOf(`${call.replace('@', statement)};`, { language: 'typescript', ...override }).map((kind) =>
      kind.replace(/ (?:version|may).*/, ''),
    );
  it('is told where it is added to one thing alone', () => {
    assert.deepEqual(kinds('b.addToResourcePolicy(@)'), ['resource']);
    assert.deepEqual(kinds('addToResourcePolicy(@)'), ['resource']);
    assert.deepEqual(kinds('b.mayAddToResourcePolicy(@)'), ['identity']);
    assert.deepEqual(kinds('r.assumeRolePolicy.addStatements(@)'), ['trust IAM::AssumeRolePolicyDocument']);
    assert.deepEqual(kinds('r.policy.addStatements(@)'), ['identity']);
    assert.deepEqual(kinds('r.addToPolicy(@)'), ['identity']);
  });

  it('is what somebody says it is', () => {
    assert.deepEqual(kinds('b.addToResourcePolicy(@)', { policyType: 'scp' }), ['scp']);
    assert.deepEqual(kinds('b.addToResourcePolicy(@)', { resourceType: 'AWS::S3::Bucket' }), [
      'resource S3::Bucket',
    ]);
    assert.deepEqual(kinds('b.addToResourcePolicy(@)', { policyType: 'identity' }), ['identity']);
  });
});

describe('a policy of which nothing tells what it is', () => {
  it('is told from one that is said to be of an identity', () => {
    const untold = (value: unknown, override: TypeOverride = {}) =>
      openDocument({ text: JSON.stringify(value), language: 'json', override }).policies.map(({ kind }) =>
        isUntold(kind),
      );
    assert.deepEqual(untold(P), [true]);
    assert.deepEqual(untold(P, { policyType: 'identity' }), [false]);
    assert.deepEqual(untold(inTemplate('AWS::IAM::Policy', { PolicyDocument: P })), [false]);
    assert.deepEqual(untold({ ...P, Statement: [{ ...S, Principal: '*' }] }), [false]);
  });
});

describe('the policy around statements that a host document takes alone', () => {
  const text = JSON.stringify(inTemplate('AWS::Events::EventBusPolicy', { Statement: [S] }), undefined, 1);
  const [policy] = openDocument({ text, language: 'json' }).policies;
  const node = policy?.node as StatementsPolicy;
  const [statement] = node.members;

  it('stands where the statements do', () => {
    assert.equal(node.closed, false);
    assert.equal(node.text, undefined);
    const from = text.indexOf('"Statement"');
    assert.equal(node.span.start, from);
    assert.equal(statement?.span.start, from);
    assert.equal(statement?.parent, node);
    assert.equal(statement?.value?.kind, 'array');
    assert.equal(node.parent?.kind, 'member');
  });

  it('has a key that stands for the name that the host gives it', () => {
    const serverless = JSON.stringify({ provider: { name: 'aws', iamRoleStatements: [S] } });
    const [read] = openDocument({ text: serverless, language: 'json' }).policies;
    const key = read?.node.members[0]?.key;
    assert.ok(key !== undefined);
    const start = serverless.indexOf('iamRoleStatements');
    const end = start + 'iamRoleStatements'.length;
    assert.equal(key.value, 'Statement');
    assert.equal(key.closed, true);
    assert.deepEqual(key.content, { start, end });
    assert.deepEqual(
      [0, 1, 8, 9].map((index) => key.offsetAt(index)),
      [start, start, start, end],
    );
    assert.deepEqual(
      [start - 1, start, end - 1, end, end + 1].map((offset) => key.indexAt(offset)),
      [0, 0, 0, 9, 9],
    );
    assert.deepEqual([...key.offsetTable()], [...Array(9).fill(start), end]);
    assert.equal(key.encode('a"b'), 'a\\"b');
  });
});
