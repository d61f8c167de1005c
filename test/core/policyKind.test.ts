import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';

/** What a policy is taken for decides which rules look at it. */
describe('the kind of a policy', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' };
  const policy = { Version: '2012-10-17', Statement: [statement] };

  const resource = (Type: string, Properties: object) => ({ Resources: { It: { Type, Properties } } });
  const about = (Action: string | readonly string[], Resource?: string) => ({
    Statement: { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action, Resource },
  });

  const cases: readonly (readonly [what: string, document: object, kind: string])[] = [
    [
      'a bucket policy',
      resource('AWS::S3::BucketPolicy', { PolicyDocument: policy }),
      'resource AWS::S3::Bucket',
    ],
    [
      'an access point',
      resource('AWS::S3::AccessPoint', { Policy: policy }),
      'resource AWS::S3::AccessPoint',
    ],
    [
      'a multi-Region access point',
      resource('AWS::S3::MultiRegionAccessPointPolicy', { Policy: policy }),
      'resource AWS::S3::MultiRegionAccessPoint',
    ],
    [
      'an Object Lambda access point',
      resource('AWS::S3ObjectLambda::AccessPointPolicy', { PolicyDocument: policy }),
      'resource AWS::S3ObjectLambda::AccessPoint',
    ],
    [
      'a table',
      resource('AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: policy } }),
      'resource AWS::DynamoDB::Table',
    ],
    [
      'a stream of a table',
      resource('AWS::DynamoDB::Table', {
        StreamSpecification: { ResourcePolicy: { PolicyDocument: policy } },
      }),
      'resource AWS::DynamoDB::Stream',
    ],
    [
      'a replica in a list',
      resource('AWS::DynamoDB::GlobalTable', { Replicas: [{ ResourcePolicy: { PolicyDocument: policy } }] }),
      'resource AWS::DynamoDB::Table',
    ],
    ['a key', resource('AWS::KMS::Key', { KeyPolicy: policy }), 'resource AWS::KMS::Key'],
    ['an endpoint', resource('AWS::EC2::VPCEndpoint', { PolicyDocument: policy }), 'endpoint'],
    [
      'a role',
      resource('AWS::IAM::Role', { AssumeRolePolicyDocument: policy }),
      'trust AWS::IAM::AssumeRolePolicyDocument',
    ],
    [
      'a policy in a string',
      resource('AWS::Logs::ResourcePolicy', { PolicyDocument: JSON.stringify(policy) }),
      'resource AWS::Logs::LogGroup',
    ],
    [
      'a service control policy',
      resource('AWS::Organizations::Policy', { Type: 'SERVICE_CONTROL_POLICY', Content: policy }),
      'scp',
    ],
    [
      'a resource control policy',
      { Type: 'RESOURCE_CONTROL_POLICY', Content: JSON.stringify(policy) },
      'rcp',
    ],
    ['the same property of another resource', resource('Custom::Thing', { KeyPolicy: policy }), 'resource'],
    ['S3 alone, which may be an endpoint', policy, 'resource'],
    [
      'a queue by its actions',
      about(['sqs:SendMessage', 'SQS:ReceiveMessage'], '*'),
      'resource AWS::SQS::Queue',
    ],
    ['several services', about(['sqs:SendMessage', 'sns:Publish'], '*'), 'resource'],
    ['a repository, which has no Resource', about('ecr:BatchGetImage'), 'resource AWS::ECR::Repository'],
    ['an API', about(['execute-api:Invoke'], 'execute-api:/*'), 'resource AWS::ApiGateway::RestApi'],
  ];

  for (const [what, document, expected] of cases) {
    it(`of ${what} is ${expected}`, () => {
      const { policies } = openDocument({ text: JSON.stringify(document), language: 'json' });
      assert.deepEqual(
        policies.map(({ kind }) => [kind.type, kind.resourceType].filter(Boolean).join(' ')),
        [expected],
      );
    });
  }
});
