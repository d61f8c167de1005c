import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import type { TypeOverride } from '../../server/src/core/locate/kind';
import { type PathStep, pathFrom } from '../../server/src/core/syntax/nodes';

const STATEMENT = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const POLICY = { Version: '2012-10-17', Statement: [STATEMENT] };

function open(value: unknown, override: TypeOverride = {}): PolicyDocument {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return openDocument({ text, language: 'jsonc', override });
}

/** Where the policies stand, each as its path from the root of its text. */
function places(document: PolicyDocument): readonly (readonly PathStep[])[] {
  const { root } = document.tree;
  return document.policies.map(({ node }) => (root === undefined ? [] : pathFrom(root, node)));
}

function types(document: PolicyDocument): readonly string[] {
  return document.policies.map(({ kind }) =>
    kind.resourceType === undefined ? kind.type : `${kind.type} of ${kind.resourceType}`,
  );
}

describe('policies of a document', () => {
  const found: readonly (readonly [
    name: string,
    value: unknown,
    places: readonly (readonly PathStep[])[],
  ])[] = [
    ['bare', POLICY, [[]]],
    ['with one statement that is no list', { ...POLICY, Statement: STATEMENT }, [[]]],
    ['without Version', { Statement: [STATEMENT] }, [[]]],
    ['with a wrong Version', { Version: '2012-17-10', Statement: [STATEMENT] }, [[]]],
    ['with a Version that is no text', { Version: 2012, Statement: [STATEMENT] }, [[]]],
    ['with no statement yet', { Version: '2012-10-17', Statement: [] }, [[]]],
    ['with an empty statement', { Version: '2012-10-17', Statement: [{}] }, [[]]],
    ['with nothing but a Version', { Version: '2012-10-17' }, [[]]],
    ['with nothing but a Statement', { Statement: [] }, [[]]],
    ['with a misspelt Statement', { Version: '2012-10-17', statement: [STATEMENT] }, [[]]],
    [
      'with elements of the older language',
      { Version: '2008-10-17', Id: 'x', Statement: [{ NotAction: 'x' }] },
      [[]],
    ],
    ['with elements that nobody knows', { Statement: [STATEMENT], Comment: 'x' }, [[]]],
    ['with a Version that no language has', { Version: '3', Statement: [STATEMENT] }, [[]]],
    ['with an Id like the Version of another language', { Id: '1', Statement: [STATEMENT] }, [[]]],
    [
      'with a Version of another cloud, and an ARN',
      { Version: '1', Statement: [{ ...STATEMENT, Resource: 'arn:aws:s3:::b' }] },
      [[]],
    ],
    [
      'with a Version of another cloud, and a Principal',
      { Version: '1', Statement: [{ ...STATEMENT, Principal: '*' }] },
      [[]],
    ],
    [
      'with a Version of another cloud, and a Principal in one of its statements',
      { Version: '1', Statement: [STATEMENT, { ...STATEMENT, Principal: '*' }] },
      [[]],
    ],
    [
      'with a Version of another cloud, where a policy stands',
      { PolicyDocument: { Version: '1', Statement: [STATEMENT] } },
      [['PolicyDocument']],
    ],
    [
      'with an action of a stack among others',
      { Statement: [{ Effect: 'Allow', Action: ['Update:Modify', 's3:GetObject'], Resource: '*' }] },
      [[]],
    ],
    [
      'with an identifier of data beside what it does',
      { Statement: [{ Effect: 'Allow', DataIdentifier: 'x' }] },
      [[]],
    ],
    ['with a half-typed element', '{ "Total": 1, "Statement": [{ "Eff" }] }', [[]]],
    ['begun inside a document', { policyDocument: { Statement: [] } }, [['policyDocument']]],
    ['all in lower case', { version: '2012-10-17', statement: [{ effect: 'Allow', action: 's3:*' }] }, [[]]],
    ['in lower case and without Version', { statement: { effect: 'Allow', action: 's3:*' } }, [[]]],
    [
      'with all of its elements in lower case',
      { version: '2012-10-17', id: 'x', statement: [{ effect: 'Allow', action: 's3:*' }] },
      [[]],
    ],
    ['in capitals', { VERSION: '2012-10-17', STATEMENT: [{ EFFECT: 'Allow' }] }, [[]]],
    ['with Statements', { Statements: [STATEMENT] }, [[]]],
    [
      'with a misspelt Statement, and one mistake among others',
      { Version: '2012-10-17', statement: [{ date: 1 }, { effect: 'Allow' }] },
      [[]],
    ],
    ['with Statment', { Version: '2012-10-17', Statment: STATEMENT }, [[]]],
    ['with Statment in something else', { a: { Version: '2012-10-17', Statment: [STATEMENT] } }, [['a']]],
    ['with the elements of a statement', { Version: '2012-10-17', ...STATEMENT }, [[]]],
    [
      'with those where a template has a policy',
      { PolicyDocument: STATEMENT, Statement: 1 },
      [['PolicyDocument']],
    ],
    ['begun where a template has one', { PolicyDocument: { Version: '2012-10-17' } }, [['PolicyDocument']]],
    ['with statements in lower case', { Statement: [{ effect: 'Allow', resource: '*' }] }, [[]]],
    ['half-typed', '{ "Statement": [{ "Eff', [[]]],
    [
      'in lower case in a template',
      { PolicyDocument: { version: '2012-10-17', statement: [{ effect: 'Allow' }] } },
      [['PolicyDocument']],
    ],
    ['several in a list', [POLICY, POLICY], [[0], [1]]],
    [
      'at any depth',
      { a: [{ b: { c: POLICY } }, { d: POLICY }] },
      [
        ['a', 0, 'b', 'c'],
        ['a', 1, 'd'],
      ],
    ],
    [
      'the answer of an authorizer',
      { principalId: 'me', policyDocument: POLICY, context: {} },
      [['policyDocument']],
    ],
    ['the output of a command', { Policy: { PolicyName: 'x', Document: POLICY } }, [['Policy', 'Document']]],
    [
      'an OpenAPI document',
      { openapi: '3.0.1', 'x-amazon-apigateway-policy': POLICY, paths: {} },
      [['x-amazon-apigateway-policy']],
    ],
    [
      'twice under one key',
      '{"a": {"Statement": {"Effect": "Allow"}}, "a": {"Statement": {"Effect": "Deny"}}}',
      [['a'], ['a']],
    ],
  ];
  for (const [name, value, expected] of found) {
    it(`are found: ${name}`, () => {
      assert.deepEqual(places(open(value)), expected);
    });
  }

  const others: readonly (readonly [name: string, value: unknown])[] = [
    ['an empty document', ''],
    ['a text about them', { name: 'x', description: 'its "Statement": [] is a list' }],
    ['a package', { name: 'x', version: '1.0.0', keywords: ['Statement'], scripts: { Statement: 'x' } }],
    [
      'a schema with a property of that name',
      { type: 'object', properties: { Statement: { type: 'array', items: { type: 'object' } } } },
    ],
    ['a schema with two', { properties: { Statement: { type: 'string' }, Total: { type: 'number' } } }],
    ['a bank account', { Account: '1', Statement: [{ date: '2024-01-01', amount: 5 }] }],
    ['a bank account of one line', { Account: '1', Statement: { date: '2024-01-01', amount: 5 } }],
    ['a template without policies', { AWSTemplateFormatVersion: '2010-09-09', Resources: {} }],
    ['a statement alone', { ...STATEMENT, Sid: 'Statement' }],
    ['a statement with a Version in something else', { a: { Version: '2012-10-17', ...STATEMENT } }],
    [
      'what is put together where a template has a policy',
      { PolicyDocument: { Version: '2012-10-17', ...STATEMENT, 'Fn::Transform': {} } },
    ],
    ['a nested Version', { a: { Version: '2012-10-17' } }],
    ['names of another notation', { a: { Version: '2012-10-17', Statements: [STATEMENT] } }],
    ['the same in lower case', { a: { Version: '2012-10-17', statement: [STATEMENT] } }],
    ['a misspelt Statement without a Version', { a: { Statment: [STATEMENT] } }],
    [
      'a misspelt Statement beside another',
      { a: { Version: '2012-10-17', Statment: [STATEMENT], Staement: [] } },
    ],
    ['nothing', {}],
    ['an Id alone', { Id: 'x' }],
    ['a name that an element begins with', { Total: 1, Statement: [{ A: 1, S: 2, R: 3 }] }],
    ['a name that is typed and that no element begins with', '{ "Total": 1, "Statement": [{ "foo" }] }'],
    ['one mistake alone', { statement: [{ effect: 'Allow' }] }],
    [
      'no mistake at all beside a mistake of Statement',
      { Version: '2012-10-17', statement: [{ date: '2024-01-01', amount: 5 }] },
    ],
    [
      'one mistake beside the Version of another language',
      { version: '3', statement: [{ effect: 'Allow' }] },
    ],
    ['more than a policy has', { Version: '2012-10-17', Id: 'x', statement: [STATEMENT], more: 1 }],
    ['resources of another cloud', { Statement: [{ ...STATEMENT, Resource: ['qcs::cos:::b', 'x'] }] }],
    ['a Version among other things', { Version: '2012-10-17', Name: 'x' }],
    [
      'the policy of a CloudFormation stack',
      {
        Statement: [
          { Effect: 'Allow', Action: ['Update:Modify', 'Update:Delete'], Principal: '*', Resource: '*' },
        ],
      },
    ],
    ['a bank account of nothing else', { Statement: [{ date: '2024-01-01', amount: 5 }] }],
    ['a query', { Statement: 'SELECT * FROM "table" WHERE id = ?', Parameters: [{ S: 'x' }] }],
    ['a query of nothing else', { Statement: 'SELECT 1' }],
    ['queries', { Statements: [{ Statement: 'SELECT 1' }, { Statement: 'SELECT 2' }] }],
    ['queries of a resolver', { version: '2018-05-29', statements: ['SELECT 1'] }],
    ['a statement that was run', { Statement: { Id: 1, Code: 'print(1)', State: 'AVAILABLE' } }],
    [
      'rules of a firewall',
      {
        Rules: [
          {
            Name: 'x',
            Statement: { NotStatement: { Statement: { IPSetReferenceStatement: { ARN: 'x' } } } },
            Action: { Block: {} },
          },
        ],
      },
    ],
    ['one rule of a firewall', { Statement: { AndStatement: { Statements: [{ GeoMatchStatement: {} }] } } }],
    [
      'a policy of Cedar',
      { definition: { static: { statement: 'permit(principal, action, resource);' } }, policyType: 'STATIC' },
    ],
    [
      'a policy of another cloud',
      { version: '2.0', statement: [{ effect: 'allow', action: ['cos:*'], resource: ['*'] }] },
    ],
    [
      'a policy of another cloud that looks the same',
      { Version: '1', Statement: [{ Effect: 'Allow', Action: 'oss:*', Resource: 'acs:oss:*:*:*' }] },
    ],
    [
      'a policy of another cloud that says a version of its own',
      { Version: '1.1', Statement: [{ Effect: 'Allow', Action: ['obs:bucket:GetBucketAcl'] }] },
    ],
    [
      'a policy of another cloud on everything',
      { version: '2.0', statement: [{ effect: 'allow', action: ['cos:*'], resource: ['*'] }] },
    ],
    ['a grammar', { statement: { type: 'sequence', members: [] } }],
    [
      'the policy of a CloudFormation stack that names what is not done',
      { Statement: [{ Effect: 'Deny', NotAction: 'Update:Delete', Principal: '*', Resource: '*' }] },
    ],
    [
      'a data protection policy',
      {
        Name: 'x',
        Version: '2021-06-01',
        Statement: [
          {
            Sid: 'audit',
            DataDirection: 'Inbound',
            Principal: ['*'],
            DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'],
            Operation: { Audit: { FindingsDestination: {} } },
          },
          { Sid: 'mask', DataIdentifier: ['x'], Operation: { Deidentify: { MaskConfig: {} } } },
        ],
      },
    ],
    ['a text', '"Statement"'],
    ['a statement that is a number', { Total: 1, Statement: 5 }],
  ];
  for (const [name, value] of others) {
    it(`are not seen in ${name}`, () => {
      assert.deepEqual(places(open(value)), []);
    });
  }

  for (const depth of [1, 2, 3]) {
    it(`are found in a string, ${depth} deep, where they stand`, () => {
      let text = JSON.stringify(POLICY, undefined, 2);
      for (let i = 0; i < depth; i += 1) {
        text = JSON.stringify({ PolicyDocument: text });
      }
      const [policy, ...more] = open(text).policies;
      assert.equal(more.length, 0);
      const action = policy?.statements[0]?.actions[0]?.entries[0];
      assert.ok(action !== undefined);
      assert.match(text.slice(action.node.span.start, action.node.span.end), /^\\+"s3:GetObject\\+"$/);
    });
  }

  const misspelt = { Version: '2012-10-17', Staement: [STATEMENT] };
  const texts: readonly (readonly [name: string, text: string, key: string, count: number])[] = [
    ['misspelt, where a policy stands', JSON.stringify(misspelt), 'PolicyDocument', 1],
    ['begun, where a policy stands', ' { "Version": "2012-10-17"', 'PolicyDocument', 1],
    ['of mistakes', '{"version":"2012-10-17","Staement":{"Efect":"Allow"}}', 'PolicyDocument', 1],
    ['misspelt, elsewhere', JSON.stringify(misspelt), 'text', 1],
    ['begun, elsewhere', '{ "Version": "2012-10-17" }', 'text', 0],
    ['misspelt among what is no policy, elsewhere', '{"Version":"2012-10-17","Staement":[1]}', 'text', 0],
    ['of something else, where a policy stands', '{"name":"x","version":"1.0.0"}', 'PolicyDocument', 0],
    ['that is no object, where a policy stands', '[{"Efect":"Allow","Acton":"*"}]', 'PolicyDocument', 0],
  ];
  for (const [name, text, key, count] of texts) {
    it(`are ${count === 0 ? 'not seen' : 'found'} in a text ${name}`, () => {
      assert.equal(open({ [key]: text }).policies.length, count);
    });
  }

  it('keep the faults that are their own', () => {
    const document = open('{ "a": [1 2], "b": { "Statement": [{ "Effect" "Allow" }] }, "c": 3 4 }');
    const [policy] = document.policies;
    assert.ok(policy !== undefined);
    assert.ok(policy.faults.length > 0 && policy.faults.length < document.tree.faults.length);
    for (const { span } of policy.faults) {
      assert.ok(span.start >= policy.node.span.start && span.end <= policy.node.span.end);
    }
    const bare = open('{ "Statement": [{ "Effect": "Allow" }] } }');
    assert.equal(bare.policies[0]?.faults.length, 1, 'a fault behind a bare policy is its own as well');
  });

  it('of a half-typed text keep what is whole', () => {
    const text = JSON.stringify({ ...POLICY, Statement: [STATEMENT, STATEMENT] }, undefined, 2);
    const second = text.indexOf('{', text.indexOf('s3:'));
    for (let cut = second; cut <= text.length; cut += 1) {
      const { policies } = open(text.slice(0, cut));
      assert.equal(policies.length, 1, text.slice(0, cut));
      assert.equal(policies[0]?.statements[0]?.resources[0]?.entries[0]?.text, '*');
    }
    for (let cut = 0; cut < text.length; cut += 1) {
      assert.ok(open(text.slice(0, cut)).policies.length <= 1);
    }
  });
});

describe('the statements in an answer of an API', () => {
  const statement = { ...STATEMENT, Principal: { Service: 's3.amazonaws.com' } };

  it('are judged, and nothing is said of what stands beside them', () => {
    const [policy, ...more] = open({ answer: { Statement: statement, ResponseMetadata: {} } }).policies;
    assert.equal(more.length, 0);
    assert.equal(policy?.statements.length, 1);
    assert.deepEqual(
      policy?.members.map(({ name }) => name),
      ['Statement'],
    );
    assert.equal(policy?.node.closed, false, 'what else the policy has is not known');
    assert.equal(policy?.version, '2012-10-17');
  });

  it('are a policy where a Version stands beside them, or where a policy stands', () => {
    for (const value of [
      { answer: { Version: '2012-10-17', Statement: statement, Comment: '' } },
      { PolicyDocument: { Statement: statement, Comment: '' } },
      { Statement: statement, Comment: '' },
    ]) {
      assert.ok((open(value).policies[0]?.members.length ?? 0) > 1);
    }
  });
});

describe('the type of a policy', () => {
  const properties = (type: string, values: object): object => ({
    Resources: { It: { Type: type, Properties: values } },
  });
  const template = (type: string, key: string): object => properties(type, { [key]: POLICY });
  const rows: readonly (readonly [name: string, value: unknown, type: string, reason: RegExp])[] = [
    ['without a Principal', POLICY, 'identity', /no statement names a Principal/],
    ['with a Principal', { Statement: [{ ...STATEMENT, Principal: '*' }] }, 'resource', /names a Principal$/],
    ['with a Principle', { Statement: [{ ...STATEMENT, Principle: '*' }] }, 'resource', /names a Principal$/],
    ['with a principal', { Statement: [{ ...STATEMENT, principal: '*' }] }, 'resource', /names a Principal$/],
    [
      'with a Principals of a role',
      { statement: [{ effect: 'Allow', principals: { Service: 'x' }, action: 'sts:AssumeRole' }] },
      'trust of AWS::IAM::AssumeRolePolicyDocument',
      /only actions for assuming a role/,
    ],
    [
      'with a NotPrincipal',
      { Statement: [{ ...STATEMENT, NotPrincipal: '*' }] },
      'resource',
      /names a Principal$/,
    ],
    [
      'with a Principal and execute-api',
      {
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: 'execute-api:/*',
        },
      },
      'resource of AWS::ApiGateway::RestApi',
      /execute-api action/,
    ],
    [
      'that lets a role be assumed',
      {
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      'trust of AWS::IAM::AssumeRolePolicyDocument',
      /assuming a role/,
    ],
    [
      'that lets a role be assumed and tagged',
      {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sts:assumerolewithsaml', 'sts:TagSession'] },
        ],
      },
      'trust of AWS::IAM::AssumeRolePolicyDocument',
      /assuming a role/,
    ],
    [
      'that trusts an identity provider, with its action still to come',
      { Statement: [{ Effect: 'Allow', Principal: { Federated: 'accounts.google.com' }, Action: '' }] },
      'trust of AWS::IAM::AssumeRolePolicyDocument',
      /names an identity provider/,
    ],
    [
      'of a queue that lets roles be assumed elsewhere',
      { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }] },
      'resource',
      /names a Principal$/,
    ],
    [
      'of a role',
      template('AWS::IAM::Role', 'AssumeRolePolicyDocument'),
      'trust of AWS::IAM::AssumeRolePolicyDocument',
      /AssumeRolePolicyDocument of AWS::IAM::Role/,
    ],
    [
      'of a role outside a template',
      { AssumeRolePolicyDocument: POLICY },
      'trust of AWS::IAM::AssumeRolePolicyDocument',
      /value of AssumeRolePolicyDocument/,
    ],
    ['of a user', template('AWS::IAM::ManagedPolicy', 'PolicyDocument'), 'identity', /PolicyDocument of/],
    [
      'of an API',
      template('AWS::ApiGateway::RestApi', 'Policy'),
      'resource of AWS::ApiGateway::RestApi',
      /Policy of AWS::ApiGateway::RestApi/,
    ],
    [
      'of an OpenAPI document',
      { 'x-amazon-apigateway-policy': POLICY },
      'resource of AWS::ApiGateway::RestApi',
      /x-amazon-apigateway-policy/,
    ],
    [
      'of a bucket',
      template('AWS::S3::BucketPolicy', 'PolicyDocument'),
      'resource of AWS::S3::Bucket',
      /BucketPolicy/,
    ],
    [
      'of a queue',
      template('AWS::SQS::QueuePolicy', 'PolicyDocument'),
      'resource of AWS::SQS::Queue',
      /QueuePolicy/,
    ],
    [
      'of a topic',
      template('AWS::SNS::TopicPolicy', 'PolicyDocument'),
      'resource of AWS::SNS::Topic',
      /TopicPolicy/,
    ],
    ['of a key', template('AWS::KMS::Key', 'KeyPolicy'), 'resource of AWS::KMS::Key', /KeyPolicy/],
    [
      'of a repository',
      template('AWS::ECR::Repository', 'RepositoryPolicyText'),
      'resource of AWS::ECR::Repository',
      /RepositoryPolicyText/,
    ],
    [
      'of a secret',
      template('AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'),
      'resource of AWS::SecretsManager::Secret',
      /ResourcePolicy/,
    ],
    ['of an endpoint', template('AWS::EC2::VPCEndpoint', 'PolicyDocument'), 'endpoint', /VPCEndpoint/],
    [
      'of a search domain',
      template('AWS::OpenSearchService::Domain', 'AccessPolicies'),
      'resource',
      /AccessPolicies/,
    ],
    [
      'of an access point',
      template('AWS::S3::AccessPoint', 'Policy'),
      'resource of AWS::S3::AccessPoint',
      /Policy of AWS::S3::AccessPoint/,
    ],
    [
      'of a multi-Region access point',
      template('AWS::S3::MultiRegionAccessPointPolicy', 'Policy'),
      'resource of AWS::S3::MultiRegionAccessPoint',
      /MultiRegion/,
    ],
    [
      'of an Object Lambda access point',
      template('AWS::S3ObjectLambda::AccessPointPolicy', 'PolicyDocument'),
      'resource of AWS::S3ObjectLambda::AccessPoint',
      /ObjectLambda/,
    ],
    [
      'of a table',
      properties('AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: POLICY } }),
      'resource of AWS::DynamoDB::Table',
      /ResourcePolicy.PolicyDocument of/,
    ],
    [
      'of the stream of a table',
      properties('AWS::DynamoDB::Table', {
        StreamSpecification: { ResourcePolicy: { PolicyDocument: POLICY } },
      }),
      'resource of AWS::DynamoDB::Stream',
      /StreamSpecification/,
    ],
    [
      'of a replica in a list',
      properties('AWS::DynamoDB::GlobalTable', {
        Replicas: [{ ResourcePolicy: { PolicyDocument: POLICY } }],
      }),
      'resource of AWS::DynamoDB::Table',
      /Replicas/,
    ],
    [
      'in a string of a template',
      properties('AWS::Logs::ResourcePolicy', { PolicyDocument: JSON.stringify(POLICY) }),
      'resource of AWS::Logs::LogGroup',
      /PolicyDocument of AWS::Logs::ResourcePolicy/,
    ],
    [
      'of an organization, in a template',
      properties('AWS::Organizations::Policy', { Type: 'SERVICE_CONTROL_POLICY', Content: POLICY }),
      'scp',
      /SERVICE_CONTROL_POLICY/,
    ],
    [
      'of an organization, as AWS describes it',
      {
        Policy: { PolicySummary: { Type: 'SERVICE_CONTROL_POLICY' }, Content: JSON.stringify(POLICY) },
      },
      'scp',
      /SERVICE_CONTROL_POLICY/,
    ],
    [
      'of an organization, in a string',
      { Type: 'RESOURCE_CONTROL_POLICY', Content: JSON.stringify(POLICY) },
      'rcp',
      /RESOURCE_CONTROL_POLICY/,
    ],
    [
      'about S3 alone, which may be of an endpoint',
      { Statement: { ...STATEMENT, Principal: '*', Action: 's3:GetObject' } },
      'resource',
      /names a Principal$/,
    ],
    [
      'about queues alone',
      { Statement: { ...STATEMENT, Principal: '*', Action: ['sqs:SendMessage', 'SQS:ReceiveMessage'] } },
      'resource of AWS::SQS::Queue',
      /only actions of sqs/,
    ],
    [
      'about queues and topics',
      { Statement: { ...STATEMENT, Principal: '*', Action: ['sqs:SendMessage', 'sns:Publish'] } },
      'resource',
      /names a Principal$/,
    ],
    [
      'about images, without a Resource',
      { Statement: { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' } },
      'resource of AWS::ECR::Repository',
      /only actions of ecr/,
    ],
    [
      'about a file system, without a Resource, with a statement on everything',
      {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['elasticfilesystem:ClientMount'] },
          { Effect: 'Deny', Principal: { AWS: '*' }, Action: '*' },
        ],
      },
      'resource of AWS::EFS::FileSystem',
      /only actions of elasticfilesystem/,
    ],
    ['named like an API of a template', { Policy: POLICY }, 'identity', /no statement/],
  ];
  for (const [name, value, type, reason] of rows) {
    it(`${name}: ${type}`, () => {
      const document = open(value);
      assert.deepEqual(types(document), [type]);
      const said = document.policies[0]?.kind.reason ?? '';
      assert.match(said, reason);
      assert.doesNotMatch(said, /\.$/);
    });
  }

  it('has what a program of its own may add in a custom resource, and nothing of that in others', () => {
    const added = (type: string) => {
      const [policy] = open(properties(type, { Document: POLICY })).policies;
      return [policy?.kind.versionWritten, policy?.kind.mayLackResource];
    };
    assert.deepEqual(added('Custom::Thing'), [true, true]);
    assert.deepEqual(added('AWS::CloudFormation::CustomResource'), [true, true]);
    assert.deepEqual(added('AWS::CloudFormation::CustomResources'), [undefined, undefined]);
    assert.deepEqual(added('AWS::Other::Thing'), [undefined, undefined]);
  });

  it('is a guess only where the content leaves it open', () => {
    const guess = (statement: object, override: TypeOverride) =>
      open({ Version: '2012-10-17', Statement: [statement] }, override).policies[0]?.kind.isGuess;
    const about = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };
    const everything = { Effect: 'Allow', Principal: '*', Action: '*' };
    assert.equal(guess(about, { policyType: 'resource' }), undefined);
    assert.equal(guess(everything, { policyType: 'resource' }), true);
    assert.equal(guess(everything, { policyType: 'resource', resourceType: 'AWS::S3::Bucket' }), undefined);
  });

  it('is what somebody says it is', () => {
    assert.deepEqual(types(open(POLICY, { policyType: 'scp' })), ['scp']);
    assert.deepEqual(types(open(POLICY, { resourceType: 'AWS::S3::Bucket' })), [
      'resource of AWS::S3::Bucket',
    ]);
    assert.deepEqual(
      types(open(template('AWS::SQS::QueuePolicy', 'PolicyDocument'), { policyType: 'identity' })),
      ['identity'],
    );
    assert.deepEqual(
      types(
        open([POLICY, { AssumeRolePolicyDocument: POLICY }], {
          policyType: 'resource',
          resourceType: 'AWS::KMS::Key',
        }),
      ),
      ['resource of AWS::KMS::Key', 'resource of AWS::KMS::Key'],
    );
  });
});
