import assert from 'node:assert/strict';
import { itemsAt, labelsAt } from '../../support/completion';
import { policyWith } from '../../support/policies';

/** What people type as an action, and the row that Enter has to take. */
const rows: readonly (readonly [typed: string, first: string])[] = [
  ['s3getobj', 's3:GetObject'],
  ['lambdainvoke', 'lambda:InvokeFunction'],
  ['dynput', 'dynamodb:PutItem'],
  ['execinv', 'execute-api:Invoke'],
  ['invalcache', 'execute-api:InvalidateCache'],
  ['inval', 'execute-api:InvalidateCache'],
  ['invoke', 'execute-api:Invoke'],
  ['apigwinv', 'execute-api:Invoke'],
  ['manageconn', 'execute-api:ManageConnections'],
  ['execute-api:inv', 'execute-api:Invoke'],
  ['getobj', 's3:GetObject'],
  ['putobj', 's3:PutObject'],
  ['delobj', 's3:DeleteObject'],
  ['s3list', 's3:ListBucket'],
  ['s3:getobj', 's3:GetObject'],
  ['S3GETOBJ', 's3:GetObject'],
  ['s3 put', 's3:PutObject'],
  ['bucketloc', 's3:GetBucketLocation'],
  ['get', 's3:GetObject'],
  ['put', 's3:PutObject'],
  ['s3', 's3:'],
  ['logs', 'logs:'],
  ['lambda', 'lambda:'],
  ['execute', 'execute-api:'],
  ['createlog', 'logs:CreateLogStream'],
  ['putlog', 'logs:PutLogEvents'],
  ['cloudwatchlogsput', 'logs:PutLogEvents'],
  ['putmetric', 'cloudwatch:PutMetricData'],
  ['cwput', 'cloudwatch:PutMetricData'],
  ['passrole', 'iam:PassRole'],
  ['createrole', 'iam:CreateRole'],
  ['attachrole', 'iam:AttachRolePolicy'],
  ['assume', 'sts:AssumeRole'],
  ['assumeweb', 'sts:AssumeRoleWithWebIdentity'],
  ['getcaller', 'sts:GetCallerIdentity'],
  ['descinst', 'ec2:DescribeInstances'],
  ['ec2desc', 'ec2:DescribeInstances'],
  ['runinst', 'ec2:RunInstances'],
  ['query', 'dynamodb:Query'],
  ['batchget', 'dynamodb:BatchGetItem'],
  ['dynamo:put', 'dynamodb:PutItem'],
  ['ddbq', 'dynamodb:Query'],
  ['sendmes', 'sqs:SendMessage'],
  ['sqsrec', 'sqs:ReceiveMessage'],
  ['queuesend', 'sqs:SendMessage'],
  ['snspub', 'sns:Publish'],
  ['pub', 'sns:Publish'],
  ['getsecret', 'secretsmanager:GetSecretValue'],
  ['secretsget', 'secretsmanager:GetSecretValue'],
  ['getparam', 'ssm:GetParameter'],
  ['decrypt', 'kms:Decrypt'],
  ['kmsgen', 'kms:GenerateDataKey'],
  ['startexec', 'states:StartExecution'],
  ['stepfunctionsstart', 'states:StartExecution'],
  ['eventbridgeput', 'events:PutEvents'],
  ['ecrauth', 'ecr:GetAuthorizationToken'],
  ['cfndesc', 'cloudformation:DescribeStacks'],
  ['efsmount', 'elasticfilesystem:ClientMount'],
  ['route53change', 'route53:ChangeResourceRecordSets'],
  ['createinval', 'cloudfront:CreateInvalidation'],
  ['rdsconnect', 'rds-db:connect'],
  ['updatefunc', 'lambda:UpdateFunctionCode'],
];

const KNOWLEDGE = { accounts: [], apis: [], actions: ['athena:StartQueryExecution'] };

describe('the first row for what people type as an action', () => {
  for (const [typed, first] of rows) {
    it(`${typed}: ${first}`, () => {
      for (const value of [`"${typed}$0"`, `["sns:Subscribe", "${typed}$0"]`]) {
        const items = itemsAt(policyWith(`"Action": ${value}`, ''));
        assert.equal(
          items[0]?.label,
          first,
          items
            .slice(0, 5)
            .map(({ label }) => label)
            .join(', '),
        );
      }
    });
  }

  it('fits exactly what is typed, so that the editor keeps the order', () => {
    const items = itemsAt(policyWith('"Action": "dynput$0"'), { quotes: 'taken' });
    const fitting = items.filter(({ filterText }) => filterText === '"dynput');
    assert.deepEqual(items.slice(0, fitting.length), fitting);
    assert.ok(fitting.length > 3, String(fitting.length));
    const [byNickname] = itemsAt(policyWith('"Action": "queuesend$0"'));
    assert.equal(byNickname?.filterText, 'queuesend');
  });
});

describe('an action list before anything is typed', () => {
  const labels = (statement: string): readonly string[] =>
    labelsAt(policyWith(statement, ''), { knowledge: KNOWLEDGE });

  it('begins with what is commonly written, and ends with everything', () => {
    const all = labels('"Action": "$0"');
    assert.equal(all.at(-1), '*');
    for (const id of [
      's3:GetObject',
      'execute-api:Invoke',
      'execute-api:InvalidateCache',
      'lambda:InvokeFunction',
    ]) {
      assert.ok(all.slice(0, 12).includes(id), `${id}: ${all.slice(0, 12).join(', ')}`);
    }
    assert.ok(all.indexOf('a4b:') > all.indexOf('s3:'));
  });

  it('begins with what the document and the workspace use', () => {
    assert.equal(labels('"Action": "$0" }, { "Action": "glue:GetTable"')[0], 'glue:GetTable');
    assert.equal(labels('"Action": "$0"')[0], 'athena:StartQueryExecution');
    const ofResource = labels('"Resource": "arn:aws:sqs:eu-west-1:111122223333:orders", "Action": "$0"');
    assert.deepEqual(ofResource[1], 'sqs:SendMessage');
  });

  it('does not repeat what the list has', () => {
    assert.ok(!labels('"Action": ["s3:GetObject", "$0"]').includes('s3:GetObject'));
  });
});

describe('lists of names before anything is typed', () => {
  const firstOf = (statement: string, more = ''): string | undefined =>
    labelsAt(policyWith(statement, more))[0];

  it('begin with the services that such policies name most', () => {
    const service = '"Principal": { "Service": "$0" }';
    for (const [rest, first] of [
      ['"Action": "sts:AssumeRole"', 'lambda.amazonaws.com'],
      ['"Action": "sqs:SendMessage", "Resource": "*"', 'sns.amazonaws.com'],
      ['"Action": "sns:Publish", "Resource": "*"', 'events.amazonaws.com'],
      ['"Action": "s3:GetObject", "Resource": "*"', 's3.amazonaws.com'],
    ] as const) {
      assert.equal(firstOf(`${service}, ${rest}`), first, rest);
    }
    const [bucket] = labelsAt(
      '{ "Resources": { "P": { "Type": "AWS::S3::BucketPolicy", "Properties": { "PolicyDocument": { "Statement": [{ "Principal": { "Service": "$0" } }] } } } } }',
    );
    assert.equal(bucket, 'cloudfront.amazonaws.com');
  });

  it('begin with the condition keys that are commonly written, those of the service first', () => {
    for (const [action, operator, first] of [
      ['s3:ListBucket', 'StringLike', 's3:prefix'],
      ['iam:PassRole', 'StringEquals', 'iam:PassedToService'],
      ['kms:Decrypt', 'StringEquals', 'kms:ViaService'],
      ['s3:GetObject', 'Bool', 'aws:SecureTransport'],
      ['sqs:SendMessage', 'ArnLike', 'aws:SourceArn'],
      ['ec2:RunInstances', 'ForAllValues:StringEquals', 'aws:TagKeys'],
    ] as const) {
      assert.equal(
        firstOf(`"Action": "${action}", "Condition": { "${operator}": { "$0" } }`),
        first,
        `${action} ${operator}`,
      );
    }
  });
});
