import type { PolicyType } from '../../server/src/core/index';

/** An edit of a policy as a pull request has it. */
export interface PolicyEdit {
  readonly title: string;
  readonly type?: PolicyType;
  readonly before: readonly object[];
  readonly after: readonly object[];
}

const BUCKET = 'arn:aws:s3:::orders';
const OBJECTS = 'arn:aws:s3:::orders/*';
const API = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod';

const read = { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: OBJECTS };
const admin = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' };
const partner = {
  Sid: 'Partner',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:role/partner' },
  Action: 's3:GetObject',
  Resource: OBJECTS,
};
const assume = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const github = {
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example/shop:ref:refs/heads/main' },
  },
};

/** Twenty edits of the kinds that reviewers meet; the documentation of `compare` shows what comes of each. */
export const policyEdits: readonly PolicyEdit[] = [
  {
    title: 'An action is added',
    before: [read],
    after: [{ ...read, Action: ['s3:GetObject', 's3:PutObject'] }],
  },
  {
    title: 'An action becomes a pattern',
    before: [
      { ...read, Action: 'sqs:ReceiveMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' },
    ],
    after: [{ ...read, Action: 'sqs:*Message', Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' }],
  },
  {
    title: 'A resource becomes wider',
    before: [{ ...read, Resource: 'arn:aws:s3:::orders/public/*' }],
    after: [read],
  },
  {
    title: 'A bucket in place of its objects',
    before: [read],
    after: [{ ...read, Resource: BUCKET }],
  },
  {
    title: 'A Deny is dropped',
    before: [admin, { Sid: 'KeepTrail', Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*' }],
    after: [admin],
  },
  {
    title: 'A Deny excludes another Region',
    before: [
      admin,
      {
        Sid: 'Regions',
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
      },
    ],
    after: [
      admin,
      {
        Sid: 'Regions',
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
      },
    ],
  },
  {
    title: 'A condition is dropped',
    before: [{ ...read, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } } }],
    after: [read],
  },
  {
    title: 'A CIDR block becomes narrower',
    before: [{ ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    after: [{ ...read, Condition: { IpAddress: { 'aws:SourceIp': ['10.1.0.0/16', '10.2.0.0/16'] } } }],
  },
  {
    title: 'A value is added to a list',
    before: [{ ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': ['shop'] } } }],
    after: [{ ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': ['shop', 'support'] } } }],
  },
  {
    title: 'MFA is required only if the key is present',
    before: [{ ...read, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    after: [{ ...read, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } }],
  },
  {
    title: 'Passing a role is added to creating functions, and something else changes',
    before: [
      { ...read, Sid: 'Artifacts', Resource: 'arn:aws:s3:::artifacts/*' },
      {
        Sid: 'Deploy',
        Effect: 'Allow',
        Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionCode'],
        Resource: '*',
      },
    ],
    after: [
      {
        ...read,
        Sid: 'Artifacts',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: 'arn:aws:s3:::artifacts/*',
      },
      {
        Sid: 'Deploy',
        Effect: 'Allow',
        Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'iam:PassRole'],
        Resource: '*',
      },
    ],
  },
  {
    title: 'One statement becomes two',
    before: [{ ...read, Action: ['s3:GetObject', 's3:PutObject'], Resource: [BUCKET, OBJECTS] }],
    after: [
      { ...read, Sid: 'Put', Action: 's3:PutObject', Resource: ['arn:aws:s3:::orders*'] },
      { ...read, Action: 's3:Getobject', Resource: [OBJECTS, BUCKET] },
    ],
  },
  {
    title: 'NotAction excludes less',
    before: [
      { Sid: 'Power', Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    ],
    after: [{ Sid: 'Power', Effect: 'Allow', NotAction: ['iam:*', 'account:*'], Resource: '*' }],
  },
  {
    title: 'Folders per user become one folder for all',
    before: [{ ...read, Sid: 'Home', Resource: 'arn:aws:s3:::homes/${aws:username}/*' }],
    after: [{ ...read, Sid: 'Home', Resource: 'arn:aws:s3:::homes/*' }],
  },
  {
    title: 'A bucket becomes public, and a partner may write',
    type: 'resource',
    before: [partner],
    after: [
      { ...partner, Action: ['s3:GetObject', 's3:PutObject'] },
      { ...partner, Sid: 'Website', Principal: '*' },
    ],
  },
  {
    title: 'A bucket is opened to an organization',
    type: 'resource',
    before: [partner],
    after: [
      partner,
      {
        ...partner,
        Sid: 'Org',
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      },
    ],
  },
  {
    title: 'A role trusts another service',
    type: 'trust',
    before: [assume],
    after: [{ ...assume, Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } }],
  },
  {
    title: 'A role trusts every branch of a repository',
    type: 'trust',
    before: [github],
    after: [
      {
        ...github,
        Condition: {
          ...github.Condition,
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example/shop:*' },
        },
      },
    ],
  },
  {
    title: 'A service control policy denies less',
    type: 'scp',
    before: [
      admin,
      {
        Sid: 'Stay',
        Effect: 'Deny',
        Action: ['organizations:LeaveOrganization', 'account:CloseAccount'],
        Resource: '*',
      },
    ],
    after: [admin, { Sid: 'Stay', Effect: 'Deny', Action: ['account:CloseAccount'], Resource: '*' }],
  },
  {
    title: 'Cache invalidation for a whole stage',
    before: [
      {
        Sid: 'Invalidate',
        Effect: 'Allow',
        Action: 'execute-api:InvalidateCache',
        Resource: `${API}/GET/pets/*`,
      },
    ],
    after: [
      { Sid: 'Invalidate', Effect: 'Allow', Action: 'execute-api:InvalidateCache', Resource: `${API}/GET/*` },
    ],
  },
];
