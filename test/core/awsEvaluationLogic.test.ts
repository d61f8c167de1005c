import { type AwsExample, type ExamplePolicy, holdsExamples, USER_GUIDE } from '../support/awsExamples';

/*
 * Worked examples of AWS's documentation on how policies count together, in short, each with the page that has it.
 */

const ACCOUNT = '123456789012';
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
const to = (AWS: unknown, statement: object): Readonly<Record<string, unknown>> => ({
  ...statement,
  Principal: { AWS },
});
const bucket = (name: string): readonly string[] => [`arn:aws:s3:::${name}/*`, `arn:aws:s3:::${name}`];
const NOTHING: ExamplePolicy = ['identity', allow('sns:ListTopics')];

const CARLOS = `arn:aws:iam::${ACCOUNT}:user/carlossalazar`;
const CARLOS_BUCKET = 'amzn-s3-demo-bucket-carlossalazar';
const CARLOS_OWN: ExamplePolicy = [
  'identity',
  allow(['s3:GetBucketLocation', 's3:ListAllMyBuckets'], 'arn:aws:s3:::*'),
  allow('s3:*', bucket(CARLOS_BUCKET)),
  deny('s3:*', 'arn:aws:s3:::*log*'),
];
const CARLOS_RESOURCE: ExamplePolicy = ['resource', to(CARLOS, allow('s3:*', bucket(CARLOS_BUCKET)))];

const DEV = 'arn:aws:iam::111111111111:user/carlossalazar';
const ROLE = 'arn:aws:iam::111122223333:role/examplerole';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/examplerole/examplerolesessionname';
const USER = 'arn:aws:iam::111122223333:user/exampleuser';
const FEDERATED = 'arn:aws:sts::111122223333:federated-user/exampleuser';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:topic';
const publishTo = (principal: string): ExamplePolicy => [
  'resource',
  to(principal, allow('sns:Publish', TOPIC)),
];
const LIMITED_BOUNDARY: ExamplePolicy = ['boundary', allow('s3:*')];
const LIMITED_SESSION: ExamplePolicy = ['session', allow('s3:*')];

const SHIRLEY = `arn:aws:iam::${ACCOUNT}:user/ShirleyRodriguez`;
const ZHANG = `arn:aws:iam::${ACCOUNT}:user/Zhang`;
const NIKHIL = `arn:aws:iam::${ACCOUNT}:user/Nikhil`;
const X_BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/XCompanyBoundaries`;
const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:one-AbCdEf`;

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ADMIN_ROOT = to('arn:aws:iam::111122223333:root', allow('kms:*'));
const DECRYPT: ExamplePolicy = ['identity', allow('kms:Decrypt', KEY)];

const TRUSTED_ROLE = 'arn:aws:iam::111122223333:role/ThirdParty';
const PARTNER = 'arn:aws:iam::444455556666:user/Martha';
const ASSUME: ExamplePolicy = ['identity', allow('sts:AssumeRole', TRUSTED_ROLE)];
const trust = (AWS: string, Condition: object = {}): ExamplePolicy => [
  'trust',
  { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', Condition },
];

const FULL: ExamplePolicy = ['scp', allow('*')];
const ADMIN: ExamplePolicy = ['identity', allow('*')];

const EXAMPLES: readonly AwsExample[] = [
  {
    title: 'an identity policy and a bucket policy of one account',
    source: `${USER_GUIDE}/reference_policies_evaluation-logic_policy-eval-basics.html`,
    policies: [CARLOS_OWN, CARLOS_RESOURCE],
    request: { action: 's3:PutObject', principal: CARLOS, owner: ACCOUNT },
    cases: [
      { says: 'into the bucket of logs', resource: `arn:aws:s3:::${CARLOS_BUCKET}-logs/a`, outcome: 'deny' },
      { says: 'into his own bucket', resource: `arn:aws:s3:::${CARLOS_BUCKET}/a`, outcome: 'allow' },
      {
        says: 'if the identity policy allows and the other does not',
        resource: `arn:aws:s3:::${CARLOS_BUCKET}/a`,
        policies: [CARLOS_OWN],
        outcome: 'allow',
      },
      {
        says: 'if the bucket policy allows and the other does not',
        resource: `arn:aws:s3:::${CARLOS_BUCKET}/a`,
        policies: [NOTHING, CARLOS_RESOURCE],
        outcome: 'allow',
      },
    ],
  },
  {
    title: 'explicit and implicit denies',
    source: `${USER_GUIDE}/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`,
    policies: [['identity', allow(['iam:Get*', 'iam:List*']), deny('iam:*Report')]],
    request: { resource: '*', principal: CARLOS },
    cases: [
      { says: 'an action that begins with Get', action: 'iam:GetUser', outcome: 'allow' },
      { says: 'any other action', action: 'iam:CreatePolicy', outcome: 'implicit-deny' },
      { says: 'a report', action: 'iam:GetOrganizationsAccessReport', outcome: 'deny' },
      {
        says: 'a report that another policy grants',
        action: 'iam:GenerateCredentialReport',
        policies: [
          ['identity', allow(['iam:Get*', 'iam:List*']), deny('iam:*Report')],
          ['identity', allow('iam:GenerateCredentialReport')],
        ],
        outcome: 'deny',
      },
    ],
  },
  {
    title: 'a user and a bucket of two accounts',
    source: `${USER_GUIDE}/reference_policies_evaluation-logic-cross-account.html`,
    policies: [
      [
        'identity',
        allow('s3:ListAllMyBuckets'),
        allow('s3:*Object*', 'arn:aws:s3:::amzn-s3-demo-bucket-production/*'),
        deny('s3:*', ['arn:aws:s3:::*log*', 'arn:aws:s3:::*log*/*']),
      ],
      [
        'resource',
        to(
          DEV,
          allow(
            ['s3:GetObject*', 's3:PutObject*', 's3:ReplicateObject', 's3:RestoreObject'],
            'arn:aws:s3:::amzn-s3-demo-bucket-production/*',
          ),
        ),
      ],
    ],
    request: {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket-production/a',
      principal: DEV,
      owner: '222222222222',
    },
    cases: [
      {
        says: 'into the bucket of logs',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket-production-logs/a',
        outcome: 'deny',
      },
      { says: 'into the bucket that both accounts allow', outcome: 'allow' },
      { says: 'he cannot delete objects', action: 's3:DeleteObject', outcome: 'implicit-deny' },
      {
        says: 'he cannot manage the bucket',
        action: 's3:PutBucketPolicy',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket-production',
        outcome: 'implicit-deny',
      },
      {
        says: 'without the policy of his own account',
        policies: [
          NOTHING,
          ['resource', to(DEV, allow('s3:PutObject*', 'arn:aws:s3:::amzn-s3-demo-bucket-production/*'))],
        ],
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'whom a resource policy names, and implicit denies elsewhere',
    source: `${USER_GUIDE}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    request: { action: 'sns:Publish', resource: TOPIC },
    cases: [
      {
        says: 'a role, which a boundary limits',
        principal: ROLE,
        policies: [NOTHING, publishTo(ROLE), LIMITED_BOUNDARY],
        outcome: 'implicit-deny',
      },
      {
        says: 'a role, whose session a session policy limits',
        principal: SESSION,
        policies: [NOTHING, publishTo(ROLE), LIMITED_SESSION],
        outcome: 'implicit-deny',
      },
      {
        says: 'a role, without a grant of its own',
        principal: ROLE,
        policies: [NOTHING, publishTo(ROLE)],
        outcome: 'allow',
      },
      {
        says: 'a session, beside a boundary and a session policy',
        principal: SESSION,
        policies: [NOTHING, publishTo(SESSION), LIMITED_BOUNDARY, LIMITED_SESSION],
        outcome: 'allow',
      },
      {
        says: 'a user, beside a boundary',
        principal: USER,
        policies: [NOTHING, publishTo(USER), LIMITED_BOUNDARY],
        outcome: 'allow',
      },
      {
        says: 'a federated user, beside a boundary and a session policy',
        principal: FEDERATED,
        policies: [NOTHING, publishTo(FEDERATED), LIMITED_BOUNDARY, LIMITED_SESSION],
        outcome: 'allow',
      },
      {
        says: 'a user, whom a service control policy limits',
        principal: USER,
        policies: [NOTHING, publishTo(USER), ['scp', allow('s3:*')]],
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a permissions boundary',
    source: `${USER_GUIDE}/access_policies_boundaries.html`,
    policies: [
      ['identity', allow(['iam:CreateUser', 's3:ListAllMyBuckets'])],
      ['boundary', allow(['s3:*', 'cloudwatch:*', 'ec2:*'])],
    ],
    request: { resource: '*', principal: SHIRLEY },
    cases: [
      { says: 'does not allow what is granted', action: 'iam:CreateUser', outcome: 'implicit-deny' },
      { says: 'allows what is granted', action: 's3:ListAllMyBuckets', outcome: 'allow' },
      { says: 'grants nothing itself', action: 'ec2:DescribeInstances', outcome: 'implicit-deny' },
    ],
  },
  {
    title: 'a boundary that delegates the making of users',
    source: `${USER_GUIDE}/access_policies_boundaries.html#access_policies_boundaries-delegate`,
    policies: [
      [
        'identity',
        allow('iam:*'),
        allow(['cloudwatch:GetDashboard', 'cloudwatch:ListMetrics']),
        allow('s3:ListBucket', 'arn:aws:s3:::ZhangBucket'),
      ],
      [
        'boundary',
        allow(['iam:CreateUser', 'iam:PutUserPermissionsBoundary'], '*', {
          Condition: { StringEquals: { 'iam:PermissionsBoundary': X_BOUNDARY } },
        }),
        allow(['cloudwatch:*', 'iam:GetUser', 'iam:DeletePolicy']),
        deny(['iam:DeletePolicy', 'iam:SetDefaultPolicyVersion'], [X_BOUNDARY]),
        deny('iam:DeleteUserPermissionsBoundary'),
      ],
    ],
    request: { resource: '*', principal: ZHANG },
    cases: [
      {
        says: 'a user without a boundary',
        action: 'iam:CreateUser',
        resource: NIKHIL,
        context: { 'iam:PermissionsBoundary': null },
        outcome: 'implicit-deny',
      },
      {
        says: 'a user with the boundary',
        action: 'iam:CreateUser',
        resource: NIKHIL,
        context: { 'iam:PermissionsBoundary': X_BOUNDARY },
        outcome: 'allow',
      },
      {
        says: 'to take a boundary away',
        action: 'iam:DeleteUserPermissionsBoundary',
        resource: NIKHIL,
        outcome: 'deny',
      },
      { says: 'to delete the boundary', action: 'iam:DeletePolicy', resource: X_BOUNDARY, outcome: 'deny' },
      { says: 'what both allow', action: 'cloudwatch:GetDashboard', outcome: 'allow' },
      { says: 'what only the boundary allows', action: 'cloudwatch:PutDashboard', outcome: 'implicit-deny' },
      {
        says: 'what only the permissions allow',
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::ZhangBucket',
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'the user who was made with that boundary',
    source: `${USER_GUIDE}/access_policies_boundaries.html#access_policies_boundaries-delegate`,
    policies: [
      ['identity', allow(['iam:*', 's3:Get*', 's3:List*', 'ec2:StartInstances'])],
      [
        'boundary',
        allow(['s3:*', 'cloudwatch:*', 'ec2:*', 'dynamodb:*']),
        allow(['iam:ChangePassword', 'iam:*AccessKey*'], [`arn:aws:iam::*:user/\${aws:username}`]),
        deny('s3:*', ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*']),
        deny('ec2:*', 'arn:aws:ec2:*:*:instance/i-1234567890abcdef0'),
      ],
      ['resource', to(NIKHIL, allow('secretsmanager:GetSecretValue', SECRET))],
    ],
    request: { principal: NIKHIL },
    cases: [
      { says: 'his own password', action: 'iam:ChangePassword', resource: NIKHIL, outcome: 'allow' },
      { says: 'that of another', action: 'iam:ChangePassword', resource: ZHANG, outcome: 'implicit-deny' },
      { says: 'another user', action: 'iam:CreateUser', resource: ZHANG, outcome: 'implicit-deny' },
      { says: 'a bucket', action: 's3:GetObject', resource: 'arn:aws:s3:::reports/a', outcome: 'allow' },
      {
        says: 'the bucket of logs',
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::logs/a',
        outcome: 'deny',
      },
      {
        says: 'the instance, whoever allows it',
        action: 'ec2:StartInstances',
        resource: `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-1234567890abcdef0`,
        outcome: 'deny',
      },
      {
        says: 'a secret whose policy names him',
        action: 'secretsmanager:GetSecretValue',
        resource: SECRET,
        outcome: 'allow',
      },
    ],
  },
  {
    title: 'service control policies of several levels',
    source:
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html',
    levels: ['root', 'ou', 'account'],
    request: { action: 's3:ListAllMyBuckets', resource: '*', principal: USER },
    cases: [
      { says: 'an Allow at every level', policies: [ADMIN, FULL, FULL, FULL], outcome: 'allow' },
      {
        says: 'no Allow at the level of the unit',
        policies: [ADMIN, FULL, ['scp', allow('ec2:*')], FULL],
        outcome: 'implicit-deny',
      },
      {
        says: 'a Deny at the root',
        policies: [ADMIN, ['scp', allow('*'), deny('s3:*')], FULL, FULL],
        outcome: 'deny',
      },
      {
        says: 'no grant within the account',
        policies: [NOTHING, FULL, FULL, FULL],
        outcome: 'implicit-deny',
      },
      {
        says: 'the root user of a member account as well',
        principal: 'arn:aws:iam::111122223333:root',
        policies: [FULL, ['scp', allow('ec2:*')], FULL],
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a resource control policy for the organization alone',
    source:
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html',
    policies: [
      ['identity', allow('s3:*')],
      ['resource', { ...allow('s3:GetObject'), Principal: '*' }],
      [
        'rcp',
        {
          ...deny('s3:*'),
          Principal: '*',
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ],
    ],
    request: {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a',
      owner: '111122223333',
    },
    cases: [
      {
        says: 'who is of the organization',
        principal: ROLE,
        context: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
        outcome: 'allow',
      },
      {
        says: 'who is of another',
        principal: PARTNER,
        context: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' },
        outcome: 'deny',
      },
      {
        says: 'who is of none',
        principal: PARTNER,
        context: { 'aws:PrincipalOrgID': null },
        outcome: 'deny',
      },
      { says: 'who sends no signature', principal: 'anonymous', outcome: 'deny' },
    ],
  },
  {
    title: 'a resource control policy, which does not stop grants from being retired',
    source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
    policies: [
      ['key', to(ROLE, allow('kms:*'))],
      ['rcp', { ...deny('kms:*'), Principal: '*' }],
    ],
    request: { action: 'kms:RetireGrant', resource: KEY, principal: ROLE },
    cases: [
      { says: 'kms:RetireGrant', outcome: 'allow' },
      { says: 'kms:CreateGrant', action: 'kms:CreateGrant', outcome: 'deny' },
    ],
  },
  {
    title: 'a key policy that enables IAM policies',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    request: { action: 'kms:Decrypt', resource: KEY, principal: ROLE },
    cases: [
      {
        says: 'and an IAM policy that grants',
        policies: [['key', KEY_ADMIN_ROOT], DECRYPT],
        outcome: 'allow',
      },
      { says: 'and none that does', policies: [['key', KEY_ADMIN_ROOT], NOTHING], outcome: 'implicit-deny' },
      {
        says: 'not, so that an IAM policy has no effect',
        policies: [['key', to(USER, allow('kms:*'))], DECRYPT],
        outcome: 'implicit-deny',
      },
      {
        says: 'or names the role, which needs no IAM policy then',
        policies: [['key', to(ROLE, allow('kms:Decrypt'))], NOTHING],
        outcome: 'allow',
      },
      {
        says: 'the account principal is not its administrators alone',
        principal: USER,
        policies: [['key', KEY_ADMIN_ROOT], DECRYPT],
        outcome: 'allow',
      },
    ],
  },
  {
    title: 'a key that another account may use',
    source:
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    request: {
      action: 'kms:Decrypt',
      resource: KEY,
      principal: 'arn:aws:iam::444455556666:role/ExampleRole',
    },
    cases: [
      {
        says: 'with a key policy and an IAM policy',
        policies: [
          ['key', KEY_ADMIN_ROOT, to('arn:aws:iam::444455556666:root', allow('kms:Decrypt'))],
          DECRYPT,
        ],
        outcome: 'allow',
      },
      {
        says: 'with the key policy alone',
        policies: [
          ['key', KEY_ADMIN_ROOT, to('arn:aws:iam::444455556666:role/ExampleRole', allow('kms:Decrypt'))],
          NOTHING,
        ],
        outcome: 'implicit-deny',
      },
      {
        says: 'with the IAM policy alone',
        policies: [['key', KEY_ADMIN_ROOT], DECRYPT],
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'grants only for AWS resources, and a key only through a service',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
    policies: [
      [
        'key',
        to(
          ROLE,
          allow('kms:CreateGrant', '*', { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
        ),
        to(
          ROLE,
          allow('kms:Decrypt', '*', {
            Condition: {
              StringEquals: {
                'kms:ViaService': ['ec2.us-west-2.amazonaws.com', 'rds.us-west-2.amazonaws.com'],
              },
            },
          }),
        ),
      ],
    ],
    request: { resource: KEY, principal: ROLE },
    cases: [
      {
        says: 'a grant that a service makes',
        action: 'kms:CreateGrant',
        context: { 'kms:GrantIsForAWSResource': 'true' },
        outcome: 'allow',
      },
      {
        says: 'a grant that the role makes itself',
        action: 'kms:CreateGrant',
        context: { 'kms:GrantIsForAWSResource': 'false' },
        outcome: 'implicit-deny',
      },
      {
        says: 'through a service that is named',
        action: 'kms:Decrypt',
        context: { 'kms:ViaService': 'rds.us-west-2.amazonaws.com' },
        outcome: 'allow',
      },
      {
        says: 'directly',
        action: 'kms:Decrypt',
        context: { 'kms:ViaService': null },
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a third party with an external ID',
    source: `${USER_GUIDE}/id_roles_common-scenarios_third-party.html`,
    policies: [ASSUME, trust('444455556666', { StringEquals: { 'sts:ExternalId': '12345' } })],
    request: { action: 'sts:AssumeRole', resource: TRUSTED_ROLE, principal: PARTNER },
    cases: [
      { says: 'that is right', context: { 'sts:ExternalId': '12345' }, outcome: 'allow' },
      {
        says: 'that is of another customer',
        context: { 'sts:ExternalId': '54321' },
        outcome: 'implicit-deny',
      },
      { says: 'that is missing', context: { 'sts:ExternalId': null }, outcome: 'implicit-deny' },
      { says: 'that is not told', outcome: 'depends' },
      {
        says: 'without a grant of its own account',
        context: { 'sts:ExternalId': '12345' },
        policies: [NOTHING, trust('444455556666', { StringEquals: { 'sts:ExternalId': '12345' } })],
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a role that takes a second factor',
    source: `${USER_GUIDE}/id_credentials_mfa_configure-api-require.html`,
    request: { action: 'sts:AssumeRole', resource: TRUSTED_ROLE, principal: PARTNER },
    policies: [
      ASSUME,
      trust('444455556666', {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
      }),
    ],
    cases: [
      {
        says: 'given half an hour ago',
        context: { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '1800' },
        outcome: 'allow',
      },
      {
        says: 'given two hours ago',
        context: { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '7200' },
        outcome: 'implicit-deny',
      },
      {
        says: 'not given',
        context: { 'aws:MultiFactorAuthPresent': 'false', 'aws:MultiFactorAuthAge': null },
        outcome: 'implicit-deny',
      },
      {
        says: 'with long-term credentials, whose requests have neither key',
        context: { 'aws:MultiFactorAuthPresent': null, 'aws:MultiFactorAuthAge': null },
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a role of the own account',
    source: `${USER_GUIDE}/reference_policies_elements_principal.html`,
    request: { action: 'sts:AssumeRole', resource: TRUSTED_ROLE, principal: USER },
    cases: [
      {
        says: 'whose trust policy names the account, and a grant',
        policies: [ASSUME, trust('111122223333')],
        outcome: 'allow',
      },
      {
        says: 'whose trust policy names the account, without a grant',
        policies: [NOTHING, trust('111122223333')],
        outcome: 'implicit-deny',
      },
      {
        says: 'whose trust policy names the user, without a grant',
        policies: [NOTHING, trust(USER)],
        outcome: 'allow',
      },
      {
        says: 'whose trust policy names somebody else, with a grant',
        policies: [ASSUME, trust(ROLE)],
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'everybody but one, with the account left out as well',
    source: `${USER_GUIDE}/reference_policies_elements_notprincipal.html`,
    request: {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a',
      owner: '111122223333',
    },
    policies: [
      ['identity', allow('s3:*')],
      [
        'resource',
        { ...allow('s3:*'), Principal: '*' },
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: ['arn:aws:iam::444455556666:user/Bob', 'arn:aws:iam::444455556666:root'] },
          Action: 's3:*',
          Resource: '*',
        },
      ],
    ],
    cases: [
      { says: 'Bob', principal: 'arn:aws:iam::444455556666:user/Bob', outcome: 'allow' },
      { says: 'somebody of another account', principal: USER, outcome: 'deny' },
      {
        says: 'Bob with a permissions boundary',
        principal: 'arn:aws:iam::444455556666:user/Bob',
        policies: [
          ['identity', allow('s3:*')],
          ['boundary', allow('s3:*')],
          [
            'resource',
            { ...allow('s3:*'), Principal: '*' },
            {
              Effect: 'Deny',
              NotPrincipal: { AWS: ['arn:aws:iam::444455556666:user/Bob', 'arn:aws:iam::444455556666:root'] },
              Action: 's3:*',
              Resource: '*',
            },
          ],
        ],
        outcome: 'deny',
      },
    ],
  },
  {
    title: 'the policy of a VPC endpoint for one bucket',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html',
    policies: [
      ['identity', allow('s3:*')],
      [
        'endpoint',
        { ...allow(['s3:GetObject', 's3:PutObject'], bucket('amzn-s3-demo-bucket')), Principal: '*' },
      ],
    ],
    request: { action: 's3:GetObject', principal: ROLE },
    cases: [
      { says: 'that bucket', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a', outcome: 'allow' },
      { says: 'another bucket', resource: 'arn:aws:s3:::amzn-s3-demo-other/a', outcome: 'implicit-deny' },
      {
        says: 'another action',
        action: 's3:DeleteObject',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a',
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a bucket for one VPC endpoint',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html',
    policies: [
      ['identity', allow('s3:*')],
      [
        'resource',
        {
          ...deny('s3:*', bucket('amzn-s3-demo-bucket')),
          Principal: '*',
          Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
        },
      ],
    ],
    request: { action: 's3:GetObject', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a', principal: ROLE },
    cases: [
      { says: 'through it', context: { 'aws:SourceVpce': 'vpce-1a2b3c4d' }, outcome: 'allow' },
      { says: 'through another', context: { 'aws:SourceVpce': 'vpce-0000' }, outcome: 'deny' },
      { says: 'through none, as from the console', context: { 'aws:SourceVpce': null }, outcome: 'deny' },
    ],
  },
];

describe('what AWS says of policies together', () => {
  holdsExamples(EXAMPLES);
});
