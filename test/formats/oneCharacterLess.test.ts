import assert from 'node:assert/strict';
import { languageOfFile } from '../../server/src/core/index';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';

/*
 * Faults of YAML, Terraform and programs are told by other tools. What the reader makes of a text with such a fault is a
 * guess, and no finding is told of that: each document here has none, and with one character less only those about the
 * line itself, or the next ones.
 */

const service = languageService();
const rules = [{ rule: '*', severity: 'default' }] as const;

const DOCUMENTS: readonly (readonly [name: string, text: string])[] = [
  [
    'x.tf',
    `data "aws_iam_policy_document" "d" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::pets/*", "arn:aws:s3:::pets"]

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}

resource "aws_s3_bucket_policy" "b" {
  bucket = "pets"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "DenyHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::pets", "arn:aws:s3:::pets/*"]
        Condition = {
          Bool = { "aws:SecureTransport" = "false" }
        }
      },
    ]
  })
}

resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Service": "lambda.amazonaws.com" },
          "Action": "sts:AssumeRole"
        }
      ]
    }
  EOF
}
`,
  ],
  [
    'x.yaml',
    `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage:
    Type: String
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: !Ref Stage
      Auth:
        ResourcePolicy:
          CustomStatements:
            - Effect: Allow
              Principal: '*'
              Action: execute-api:Invoke
              Resource: execute-api:/*
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      Policies:
        - PolicyName: invalidate
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: [execute-api:InvalidateCache]
                Resource: !Sub 'arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/\${Stage}/GET/pets'
              - !If
                - IsProd
                - Effect: Deny
                  Action: s3:*
                  Resource: '*'
                - !Ref AWS::NoValue
`,
  ],
  [
    'x.ts',
    `import * as iam from 'aws-cdk-lib/aws-iam';

const role = new iam.Role(this, 'Role', {
  assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
});
role.addToPolicy(
  new iam.PolicyStatement({
    sid: 'Read',
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: ['arn:aws:s3:::pets/*'],
    conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  }),
);
const document = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['execute-api:InvalidateCache'],
      Resource: \`arn:aws:execute-api:us-east-1:123456789012:\${api}/prod/GET/pets\`,
    },
  ],
};
`,
  ],
  [
    'x.py',
    `import json
import boto3

policy = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": f"arn:aws:s3:::{bucket}/*",
        },
    ],
}
boto3.client("iam").create_policy(PolicyName="p", PolicyDocument=json.dumps(policy))
`,
  ],
  [
    'x.json',
    `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::pets", "arn:aws:s3:::pets/*"]
    },
    {
      "Sid": "DenyHttp",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::pets", "arn:aws:s3:::pets/*"],
      "Condition": { "Bool": { "aws:SecureTransport": "false" } }
    }
  ]
}
`,
  ],
  [
    'x.tf.json',
    `{
  "data": {
    "aws_iam_policy_document": {
      "d": {
        "statement": [
          {
            "actions": ["s3:GetObject"],
            "resources": ["arn:aws:s3:::pets/*"],
            "condition": {
              "test": "StringEquals",
              "variable": "aws:PrincipalOrgID",
              "values": ["o-a1b2c3d4e5"]
            }
          }
        ]
      }
    }
  }
}
`,
  ],
];

function found(name: string, text: string): readonly (readonly [line: number, finding: string])[] {
  const { findings, failures } = service.lint(service.open({ text, language: languageOfFile(name, text) }), {
    rules,
  });
  assert.deepEqual(failures, []);
  return findings
    .filter(({ rule }) => rule !== 'json-syntax')
    .map(({ rule, span, message }) => [lineOf(text, span.start), `${rule}: ${message}`]);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

describe('a document with one character less', () => {
  for (const [name, text] of DOCUMENTS) {
    it(`has no finding anywhere else: ${name}`, function () {
      this.timeout(limit(60_000));
      assert.deepEqual(found(name, text), []);
      for (let at = 0; at < text.length; at += 1) {
        const line = lineOf(text, at);
        const far = found(name, text.slice(0, at) + text.slice(at + 1)).filter(
          ([other]) => Math.abs(other - line) > 1,
        );
        assert.deepEqual(far, [], `without ${JSON.stringify(text[at])} in line ${line}`);
      }
    });
  }
});

describe('a quote too many', () => {
  it('does not change how the other blocks of Terraform are read, whatever their indentation', () => {
    const policy = `resource "aws_iam_policy" "p" {
  policy = jsonencode({
    "Version": "2012-10-17",
    "Statement": [
        {
        "Effect": "Allow",
        "Action": "s3:GetObjct",
        "Resource": "*"
        }
    ]
  })
}
`;
    const broken = 'resource "aws_s3_bucket" "b" {\n  bucket = "pets""\n}\n';
    for (const text of [policy + broken, broken + policy, broken + policy + broken]) {
      assert.deepEqual(
        found('x.tf', text).map(([, finding]) => finding),
        ['action-unknown: s3 has no action "GetObjct"; the nearest is "GetObject".'],
        text,
      );
    }
  });
});

describe('an action of a trust policy with a mistake in it', () => {
  it('leaves it a trust policy, which has no Resource', () => {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "lambda.amazonaws.com" },
      "Action": "sts:AssumeRle"
    }
  ]
}
`;
    assert.deepEqual(
      found('x.json', text).map(([, finding]) => finding.split(':', 1)[0]),
      ['action-unknown'],
    );
  });
});
