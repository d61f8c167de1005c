import { type AwsExample, holdsExamples, USER_GUIDE } from '../support/awsExamples';

/*
 * Worked examples of AWS's documentation on conditions and elements of statements, in short, each with the page that has
 * it. Where a page shows only that a statement matches, it is an Allow here.
 */

const ACCOUNT = '111122223333';
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
const OPERATORS = `${USER_GUIDE}/reference_policies_elements_condition_operators.html`;
const GLOBAL_KEYS = `${USER_GUIDE}/reference_policies_condition-keys.html`;
const VARIABLES = `${USER_GUIDE}/reference_policies_variables.html`;
const S3_EXAMPLES = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html';
const S3_KEYS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html';

type Context = NonNullable<AwsExample['cases'][number]['context']>;
type Outcome = AwsExample['cases'][number]['outcome'];

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A statement with a condition, and what follows from contexts: `true` where the page says that it matches. */
function matches(
  title: string,
  source: string,
  Condition: object,
  contexts: readonly (readonly [says: string, context: Context, isMatch: boolean | Outcome])[],
  more: object = {},
): AwsExample {
  return {
    title,
    source,
    policies: [['identity', { ...ALL, ...more, Condition }]],
    request: { action: 's3:GetObject', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a', principal: ROLE },
    cases: contexts.map(([says, context, isMatch]) => ({
      says,
      context,
      outcome: isMatch === true ? 'allow' : isMatch === false ? 'implicit-deny' : isMatch,
    })),
  };
}

/** The same of a Deny beside an Allow of everything: `true` where it denies. */
function denies(...[title, source, condition, contexts, more]: Parameters<typeof matches>): AwsExample {
  const { policies: [policy] = [], request, cases } = matches(title, source, condition, contexts, more);
  const [kind = 'identity', statement] = policy ?? [];
  return {
    title,
    source,
    ...(request !== undefined && { request }),
    policies: [
      ['identity', ALL],
      [kind, { ...statement, Effect: 'Deny' }],
    ],
    cases: cases.map((each) => ({
      ...each,
      outcome: each.outcome === 'allow' ? 'deny' : each.outcome === 'depends' ? 'depends' : 'allow',
    })),
  };
}

const MULTIPLE = `${USER_GUIDE}/reference_policies_condition-logic-multiple-context-keys-or-values.html`;
const TAGS = {
  StringEquals: {
    'aws:PrincipalTag/department': ['finance', 'hr', 'legal'],
    'aws:PrincipalTag/role': ['audit', 'security'],
  },
};
const ANA_AND_MARY = ['arn:aws:iam::222222222222:user/Ana', 'arn:aws:iam::222222222222:user/Mary'];

/** The table of the page: the bucket is of another account, and the users of 222222222222 have a grant of their own. */
function tagged(
  title: string,
  operator: string,
  rows: readonly (readonly [string, Context, boolean])[],
): AwsExample {
  const resource = 'arn:aws:s3:::amzn-s3-demo-bucket';
  return {
    title,
    source: MULTIPLE,
    policies: [
      ['identity', ALL],
      [
        'resource',
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::222222222222:root' },
          Action: 's3:ListBucket',
          Resource: resource,
          Condition: { ...TAGS, [operator]: { 'aws:PrincipalArn': ANA_AND_MARY } },
        },
      ],
    ],
    request: { action: 's3:ListBucket', resource, owner: ACCOUNT },
    cases: rows.map(([user, context, isMatch]) => ({
      says: `${user} ${JSON.stringify(context)}`,
      principal: `arn:aws:iam::222222222222:user/${user}`,
      context,
      outcome: isMatch ? 'allow' : 'implicit-deny',
    })),
  };
}

const department = (text: string | null): Context => ({ 'aws:PrincipalTag/department': text });
const role = (text: string | null): Context => ({ 'aws:PrincipalTag/role': text });
const tags = (...keys: readonly string[]): Context => ({ 'aws:TagKeys': keys });
const MULTIVALUED = `${USER_GUIDE}/reference_policies_condition_examples-multi-valued-context-keys.html`;
const SETS = `${USER_GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;

const SEVERAL_KEYS: readonly AwsExample[] = [
  tagged('several keys and values', 'ArnLike', [
    ['Mary', { ...department('legal'), ...role('audit') }, true],
    ['Nikki', { ...department('hr'), ...role('audit') }, false],
    ['Mary', { ...department('hr'), ...role('payroll') }, false],
    ['Mary', { ...department('hr'), ...role(null) }, false],
    ['Mary', { ...department(null), ...role(null) }, false],
  ]),
  tagged('several keys and values, one negated', 'ArnNotLike', [
    ['Nikki', { ...department('legal'), ...role('audit') }, true],
    ['Mary', { ...department('hr'), ...role('audit') }, false],
    ['Nikki', { ...department('hr'), ...role('payroll') }, false],
    ['Nikki', { ...department('hr'), ...role(null) }, false],
    ['Nikki', { ...department(null), ...role(null) }, false],
  ]),
  denies(
    'ForAllValues with one value',
    MULTIVALUED,
    { 'ForAllValues:StringNotLike': { 'aws:TagKeys': ['key1*'] } },
    [
      ['a key that begins so', tags('key1:legal'), false],
      ['two keys that begin so', tags('key1:hr', 'key1:personnel'), false],
      ['another key', tags('key2:audit'), true],
      ['no key', tags(), true],
    ],
  ),
  denies(
    'ForAllValues with several values',
    MULTIVALUED,
    { 'ForAllValues:StringNotLike': { 'aws:TagKeys': ['key1*', 'key2*'] } },
    [
      ['one key', tags('key1:legal'), false],
      ['two keys of one value', tags('key1:hr', 'key1:personnel'), false],
      ['two keys of two values', tags('key1:hr', 'key2:audit'), false],
      ['another key', tags('key3:legal'), true],
      ['no key', tags(), true],
    ],
  ),
  denies(
    'ForAnyValue with one value',
    MULTIVALUED,
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'webserver' } },
    [
      ['that key', tags('webserver'), true],
      ['that key among others', tags('environment', 'webserver', 'test'), true],
      ['others', tags('environment', 'test'), false],
      ['no key', tags(), false],
    ],
  ),
  denies(
    'ForAnyValue with several values',
    MULTIVALUED,
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['environment', 'cost-center'] } },
    [
      ['one of them', tags('environment'), true],
      ['the other', tags('cost-center'), true],
      ['both', tags('environment', 'cost-center'), true],
      ['one with a third', tags('environment', 'dept'), true],
      ['a third', tags('dept'), false],
      ['no key', tags(), false],
    ],
  ),
  matches(
    'all requested attributes',
    SETS,
    { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['PostDateTime', 'Message', 'Tags'] } },
    [
      ['two of them', { 'dynamodb:Attributes': ['PostDateTime', 'Message'] }, true],
      ['one that is not', { 'dynamodb:Attributes': ['PostDateTime', 'UserName'] }, false],
      ['none, since that is true of an empty set', { 'dynamodb:Attributes': null }, true],
      ['an empty string, which is an empty set', { 'dynamodb:Attributes': '' }, true],
    ],
  ),
  denies(
    'any requested attribute',
    SETS,
    { 'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['ID', 'PostDateTime'] } },
    [
      ['one of them', { 'dynamodb:Attributes': ['UserName', 'Message', 'PostDateTime'] }, true],
      ['none of them', { 'dynamodb:Attributes': ['UserName'] }, false],
      ['none', { 'dynamodb:Attributes': null }, false],
      ['an empty string, which is an empty set', { 'dynamodb:Attributes': '' }, false],
    ],
  ),
  matches(
    'ForAllValues with Null, so that the key must be there',
    SETS,
    {
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['environment', 'costcenter'] },
      Null: { 'aws:TagKeys': 'false' },
    },
    [
      ['both keys', tags('environment', 'costcenter'), true],
      ['one key', tags('costcenter'), true],
      ['a third key', tags('environment', 'team'), false],
      ['no key', tags(), false],
    ],
  ),
];

const INSTANCE_TYPES = ['t1.*', 't2.*', 'm3.*'];

const OPERATOR_EXAMPLES: readonly AwsExample[] = [
  matches('StringEquals', OPERATORS, { StringEquals: { 'aws:PrincipalTag/job-category': 'iamuser-admin' } }, [
    ['the tag', { 'aws:PrincipalTag/job-category': 'iamuser-admin' }, true],
    ['another case', { 'aws:PrincipalTag/job-category': 'IAMUser-Admin' }, false],
    ['no tag', { 'aws:PrincipalTag/job-category': null }, false],
    ['a key in another case', { 'AWS:principaltag/Job-Category': 'iamuser-admin' }, true],
  ]),
  matches(
    'StringEqualsIgnoreCase',
    OPERATORS,
    { StringEqualsIgnoreCase: { 'aws:PrincipalTag/a': 'Admin' } },
    [
      ['another case', { 'aws:PrincipalTag/a': 'aDMIN' }, true],
      ['another text', { 'aws:PrincipalTag/a': 'admins' }, false],
    ],
  ),
  matches('NumericLessThanEquals', OPERATORS, { NumericLessThanEquals: { 's3:max-keys': '10' } }, [
    ['ten', { 's3:max-keys': '10' }, true],
    ['eleven', { 's3:max-keys': '11' }, false],
    ['nine, which as a text would be more', { 's3:max-keys': '9' }, true],
    ['none', { 's3:max-keys': null }, false],
  ]),
  matches(
    'DateGreaterThan',
    OPERATORS,
    { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } },
    [
      ['credentials of this year', { 'aws:TokenIssueTime': '2026-03-01T10:00:00Z' }, true],
      ['older ones', { 'aws:TokenIssueTime': '2019-12-31T23:59:59Z' }, false],
      ['the very second', { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' }, false],
      ['long-term ones, which have no such key', { 'aws:TokenIssueTime': null }, false],
    ],
  ),
  denies('Bool', OPERATORS, { Bool: { 'aws:SecureTransport': 'false' } }, [
    ['without TLS', { 'aws:SecureTransport': 'false' }, true],
    ['with TLS', { 'aws:SecureTransport': 'true' }, false],
  ]),
  matches('BinaryEquals', OPERATORS, { BinaryEquals: { key: 'QmluYXJ5VmFsdWVJbkJhc2U2NA==' } }, [
    ['the bytes', { key: 'QmluYXJ5VmFsdWVJbkJhc2U2NA==' }, true],
    ['other bytes', { key: 'QmluYXJ5VmFsdWVJbkJhc2U2NQ==' }, false],
    ['none', { key: null }, false],
  ]),
  matches(
    'IpAddress',
    OPERATORS,
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:DB8:1234:5678::/64'] } },
    [
      ['the first address', { 'aws:SourceIp': '203.0.113.0' }, true],
      ['the last address', { 'aws:SourceIp': '203.0.113.255' }, true],
      ['an address beside it', { 'aws:SourceIp': '203.0.114.0' }, false],
      ['one of version 6', { 'aws:SourceIp': '2001:db8:1234:5678::1' }, true],
      ['another of version 6', { 'aws:SourceIp': '2001:db8:1234:5679::1' }, false],
      ['through a VPC endpoint, where there is no such key', { 'aws:SourceIp': null }, false],
    ],
  ),
  matches(
    'ArnLike, field by field',
    OPERATORS,
    { ArnLike: { 'aws:SourceArn': 'arn:aws:someservice:*:111122223333:finance/*' } },
    [
      [
        'a wildcard that would span fields',
        {
          'aws:SourceArn':
            'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
        },
        false,
      ],
      [
        'a wildcard within a field',
        { 'aws:SourceArn': 'arn:aws:someservice:us-east-2:111122223333:finance/document.txt' },
        true,
      ],
    ],
  ),
  matches(
    'StringLike on an ARN, which is a text then',
    OPERATORS,
    { StringLike: { 'aws:SourceArn': 'arn:aws:someservice:*:111122223333:finance/*' } },
    [
      [
        'a wildcard that spans fields',
        {
          'aws:SourceArn':
            'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
        },
        true,
      ],
    ],
  ),
  matches(
    'ArnEquals, which is ArnLike',
    OPERATORS,
    { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:*:123456789012:t*' } },
    [
      ['a topic', { 'aws:SourceArn': 'arn:aws:sns:us-east-2:123456789012:topic' }, true],
      ['a user who sends directly, which has no such key', { 'aws:SourceArn': null }, false],
    ],
  ),
  matches('StringLike without IfExists', OPERATORS, { StringLike: { 'ec2:InstanceType': INSTANCE_TYPES } }, [
    ['an instance of the type', { 'ec2:InstanceType': 't1.micro' }, true],
    ['an image, which has no type', { 'ec2:InstanceType': null }, false],
  ]),
  matches('StringLikeIfExists', OPERATORS, { StringLikeIfExists: { 'ec2:InstanceType': INSTANCE_TYPES } }, [
    ['an instance of the type', { 'ec2:InstanceType': 'm3.large' }, true],
    ['an instance of another type', { 'ec2:InstanceType': 'm4.large' }, false],
    ['an image, which has no type', { 'ec2:InstanceType': null }, true],
  ]),
  denies(
    'a negated operator with IfExists',
    OPERATORS,
    { StringNotEqualsIfExists: { 'aws:RequestTag/team': 'a' } },
    [
      ['the tag', { 'aws:RequestTag/team': 'a' }, false],
      ['another tag', { 'aws:RequestTag/team': 'b' }, true],
      ['no tag, which is denied all the same', { 'aws:RequestTag/team': null }, true],
    ],
  ),
  matches('Null true: no temporary credentials', OPERATORS, { Null: { 'aws:TokenIssueTime': 'true' } }, [
    ['without the key', { 'aws:TokenIssueTime': null }, true],
    ['with it', { 'aws:TokenIssueTime': '2026-03-01T10:00:00Z' }, false],
  ]),
  matches('Null false', OPERATORS, { Null: { 'aws:TokenIssueTime': 'false' } }, [
    ['without the key', { 'aws:TokenIssueTime': null }, false],
    ['with it', { 'aws:TokenIssueTime': '2026-03-01T10:00:00Z' }, true],
  ]),
  denies(
    'a negated operator without the key',
    OPERATORS,
    { StringNotLike: { 'aws:PrincipalTag/team': 'a*' } },
    [['the key is missing, so that it is true', { 'aws:PrincipalTag/team': null }, true]],
  ),
];

const home = `\${aws:username}`;

const ELEMENTS: readonly AwsExample[] = [
  {
    title: 'a home directory by a variable',
    source: VARIABLES,
    policies: [
      [
        'identity',
        {
          ...ALL,
          Action: 's3:ListBucket',
          Resource: 'arn:aws:s3:::amzn-s3-demo-bucket',
          Condition: { StringLike: { 's3:prefix': ['', 'home/', `home/${home}/*`] } },
        },
        { ...ALL, Action: 's3:*', Resource: `arn:aws:s3:::amzn-s3-demo-bucket/home/${home}/*` },
      ],
    ],
    request: {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket/home/ann/a',
      principal: USER,
    },
    cases: [
      { says: 'the own directory', outcome: 'allow' },
      {
        says: 'that of another',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket/home/bob/a',
        outcome: 'implicit-deny',
      },
      {
        says: 'a list of the own one',
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket',
        context: { 's3:prefix': 'home/ann/2026' },
        outcome: 'allow',
      },
      {
        says: 'a list of all, by an empty prefix',
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket',
        context: { 's3:prefix': '' },
        outcome: 'allow',
      },
      {
        says: 'a list of another one',
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket',
        context: { 's3:prefix': 'home/bob/' },
        outcome: 'implicit-deny',
      },
      { says: 'a role, which has no user name', principal: ROLE, outcome: 'implicit-deny' },
    ],
  },
  {
    title: 'a variable in a policy of the older version, which is a text',
    source: VARIABLES,
    version: '2008-10-17',
    policies: [['identity', { ...ALL, Resource: `arn:aws:s3:::amzn-s3-demo-bucket/${home}/*` }]],
    request: { action: 's3:GetObject', principal: USER },
    cases: [
      {
        says: 'the directory of the user',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket/ann/a',
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a default value',
    source: `${VARIABLES}#policy-vars-default-values`,
    policies: [
      [
        'identity',
        { ...ALL, Resource: `arn:aws:s3:::amzn-s3-demo-bucket-\${aws:PrincipalTag/team, 'company-wide'}/*` },
      ],
    ],
    request: { action: 's3:GetObject', principal: USER },
    cases: [
      {
        says: 'a user with the tag',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket-yellow/a',
        context: { 'aws:PrincipalTag/team': 'yellow' },
        outcome: 'allow',
      },
      {
        says: 'a user with the tag, in the bucket of all',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket-company-wide/a',
        context: { 'aws:PrincipalTag/team': 'yellow' },
        outcome: 'implicit-deny',
      },
      {
        says: 'a user without the tag',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket-company-wide/a',
        context: { 'aws:PrincipalTag/team': null },
        outcome: 'allow',
      },
    ],
  },
  {
    title: 'variables for the characters of wildcards',
    source: `${VARIABLES}#policy-vars-specialchars`,
    policies: [['identity', { ...ALL, Resource: `arn:aws:s3:::amzn-s3-demo-bucket/a\${*}b\${?}c\${$}d` }]],
    request: { action: 's3:GetObject', principal: USER },
    cases: [
      {
        says: 'these characters',
        resource: `arn:aws:s3:::amzn-s3-demo-bucket/a\${*}b\${?}c$d`,
        outcome: 'allow',
      },
      { says: 'others', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/axxbxc$d', outcome: 'implicit-deny' },
    ],
  },
  {
    title: 'NotAction with Allow',
    source: `${USER_GUIDE}/reference_policies_elements_notaction.html`,
    policies: [['identity', { Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*' }]],
    request: { resource: 'arn:aws:s3:::amzn-s3-demo-bucket', principal: USER },
    cases: [
      { says: 'any action on buckets', action: 's3:ListBucket', outcome: 'allow' },
      { says: 'but that one', action: 's3:DeleteBucket', outcome: 'implicit-deny' },
      { says: 'nothing of other services', action: 'iam:GetUser', resource: USER, outcome: 'implicit-deny' },
    ],
  },
  denies(
    'NotAction with Deny, without a second factor',
    `${USER_GUIDE}/reference_policies_elements_notaction.html`,
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    [
      ['with one', { 'aws:MultiFactorAuthPresent': 'true' }, false],
      ['without one', { 'aws:MultiFactorAuthPresent': 'false' }, true],
      ['with long-term credentials', { 'aws:MultiFactorAuthPresent': null }, true],
    ],
    { Action: undefined, NotAction: 'iam:*' },
  ),
  {
    title: 'NotResource with Deny',
    source: `${USER_GUIDE}/reference_policies_elements_notresource.html`,
    policies: [
      [
        'identity',
        { ...ALL, Action: 's3:*' },
        {
          Effect: 'Deny',
          Action: 's3:*',
          NotResource: [
            'arn:aws:s3:::amzn-s3-demo-bucket/Payroll',
            'arn:aws:s3:::amzn-s3-demo-bucket/Payroll/*',
          ],
        },
      ],
    ],
    request: { action: 's3:GetObject', principal: USER },
    cases: [
      { says: 'the folder', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/Payroll/a', outcome: 'allow' },
      { says: 'another folder', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/Other/a', outcome: 'deny' },
      { says: 'another bucket', resource: 'arn:aws:s3:::amzn-s3-demo-other/Payroll/a', outcome: 'deny' },
    ],
  },
  {
    title: 'Regions that are not used',
    source: `${USER_GUIDE}/reference_policies_examples_aws_deny-requested-region.html`,
    policies: [
      ['identity', ALL],
      [
        'identity',
        {
          Effect: 'Deny',
          NotAction: ['cloudfront:*', 'iam:*', 'route53:*', 'support:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
        },
      ],
    ],
    request: { principal: USER },
    cases: [
      {
        says: 'a Region that is used',
        action: 'sqs:SendMessage',
        resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`,
        outcome: 'allow',
      },
      {
        says: 'another Region',
        action: 'sqs:SendMessage',
        resource: `arn:aws:sqs:us-west-2:${ACCOUNT}:q`,
        outcome: 'deny',
      },
      {
        says: 'a global service',
        action: 'iam:GetUser',
        resource: USER,
        context: { 'aws:RequestedRegion': 'us-east-1' },
        outcome: 'allow',
      },
    ],
  },
];

const KEYS: readonly AwsExample[] = [
  denies(
    'addresses, but not of services that call on behalf of somebody',
    `${USER_GUIDE}/reference_policies_examples_aws_deny-ip.html`,
    {
      NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '203.0.113.0/24'] },
      Bool: { 'aws:ViaAWSService': 'false' },
    },
    [
      ['an address of these', { 'aws:SourceIp': '192.0.2.7', 'aws:ViaAWSService': 'false' }, false],
      ['another address', { 'aws:SourceIp': '198.51.100.7', 'aws:ViaAWSService': 'false' }, true],
      ['a service', { 'aws:SourceIp': '198.51.100.7', 'aws:ViaAWSService': 'true' }, false],
      [
        'through a VPC endpoint, where there is no address',
        { 'aws:SourceIp': null, 'aws:ViaAWSService': 'false' },
        true,
      ],
    ],
  ),
  denies(
    'aws:MultiFactorAuthPresent with Bool, which misses long-term credentials',
    `${GLOBAL_KEYS}#condition-keys-multifactorauthpresent`,
    { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    [
      ['temporary credentials without a second factor', { 'aws:MultiFactorAuthPresent': 'false' }, true],
      ['long-term credentials', { 'aws:MultiFactorAuthPresent': null }, false],
    ],
  ),
  matches(
    'aws:PrincipalOrgPaths',
    `${GLOBAL_KEYS}#condition-keys-principalorgpaths`,
    {
      'ForAnyValue:StringLike': {
        'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/*'],
      },
    },
    [
      [
        'an account of a unit below',
        {
          'aws:PrincipalOrgPaths': [
            'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/ou-ab12-33333333/',
          ],
        },
        true,
      ],
      [
        'an account of the unit',
        { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/'] },
        true,
      ],
      [
        'an account of the unit above',
        { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'] },
        false,
      ],
      ['an account of no organization', { 'aws:PrincipalOrgPaths': null }, false],
    ],
  ),
  matches(
    'aws:CalledVia',
    `${GLOBAL_KEYS}#condition-keys-calledvia`,
    { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
    [
      [
        'through a chain with it',
        { 'aws:CalledVia': ['cloudformation.amazonaws.com', 'athena.amazonaws.com'] },
        true,
      ],
      ['through another', { 'aws:CalledVia': ['cloudformation.amazonaws.com'] }, false],
      ['directly', { 'aws:CalledVia': null }, false],
    ],
  ),
  {
    title: 'aws:PrincipalArn of a session, which is that of the role',
    source: `${GLOBAL_KEYS}#condition-keys-principalarn`,
    policies: [
      ['identity', { ...ALL, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' } } }],
    ],
    request: { action: 'sns:ListTopics', resource: '*' },
    cases: [
      { says: 'the role', principal: ROLE, outcome: 'allow' },
      { says: 'another role', principal: `${ROLE}2`, outcome: 'implicit-deny' },
      {
        says: 'a session of the role',
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/x`,
        context: { 'aws:PrincipalArn': ROLE },
        outcome: 'allow',
      },
      {
        says: 'a session of another',
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/writer/x`,
        outcome: 'implicit-deny',
      },
    ],
  },
  {
    title: 'a service that acts on behalf of a source',
    source: `${USER_GUIDE}/confused-deputy.html`,
    policies: [
      [
        'resource',
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
          Condition: {
            ArnLike: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${ACCOUNT}:*` },
            StringEquals: { 'aws:SourceAccount': ACCOUNT },
          },
        },
      ],
    ],
    request: {
      action: 'sqs:SendMessage',
      resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:q`,
      principal: 'sns.amazonaws.com',
    },
    cases: [
      {
        says: 'of the account',
        context: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${ACCOUNT}:t`, 'aws:SourceAccount': ACCOUNT },
        outcome: 'allow',
      },
      {
        says: 'of another account',
        context: {
          'aws:SourceArn': 'arn:aws:sns:us-east-1:444455556666:t',
          'aws:SourceAccount': '444455556666',
        },
        outcome: 'implicit-deny',
      },
      { says: 'another service', principal: 's3.amazonaws.com', outcome: 'implicit-deny' },
      { says: 'a role', principal: ROLE, outcome: 'implicit-deny' },
    ],
  },
];

const forAll = (statement: object): Readonly<Record<string, unknown>> => ({ ...statement, Principal: '*' });
const OBJECTS = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*' };
const ANONYMOUS_READ = {
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a',
  owner: ACCOUNT,
  principal: 'anonymous',
};

const S3: readonly AwsExample[] = [
  denies(
    'encryption that must be asked for',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    [
      ['with it', { 's3:x-amz-server-side-encryption': 'aws:kms' }, false],
      ['with another', { 's3:x-amz-server-side-encryption': 'AES256' }, true],
      ['without the header', { 's3:x-amz-server-side-encryption': null }, true],
    ],
  ),
  denies('TLS of at least 1.2', S3_EXAMPLES, { NumericLessThan: { 's3:TlsVersion': 1.2 } }, [
    ['1.1', { 's3:TlsVersion': '1.1' }, true],
    ['1.2', { 's3:TlsVersion': '1.2' }, false],
    ['1.3', { 's3:TlsVersion': '1.3' }, false],
  ]),
  denies('a second factor', S3_EXAMPLES, { Null: { 'aws:MultiFactorAuthAge': true } }, [
    ['given', { 'aws:MultiFactorAuthAge': '60' }, false],
    ['not given', { 'aws:MultiFactorAuthAge': null }, true],
  ]),
  denies(
    'a second factor within the last hour',
    S3_EXAMPLES,
    { NumericGreaterThan: { 'aws:MultiFactorAuthAge': 3600 } },
    [
      ['an hour ago', { 'aws:MultiFactorAuthAge': '3600' }, false],
      ['longer ago', { 'aws:MultiFactorAuthAge': '3601' }, true],
      ['not given', { 'aws:MultiFactorAuthAge': null }, false],
    ],
  ),
  matches(
    'full control for the owner of the bucket',
    S3_KEYS,
    { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    [
      ['granted', { 's3:x-amz-acl': 'bucket-owner-full-control' }, true],
      ['not granted', { 's3:x-amz-acl': null }, false],
    ],
  ),
  matches(
    'objects of a tag',
    S3_EXAMPLES,
    { StringEquals: { 's3:ExistingObjectTag/environment': 'production' } },
    [
      ['that tag', { 's3:ExistingObjectTag/environment': 'production' }, true],
      ['another', { 's3:ExistingObjectTag/environment': 'test' }, false],
      ['none', { 's3:ExistingObjectTag/environment': null }, false],
    ],
  ),
  matches(
    'a list of one prefix',
    S3_KEYS,
    { StringEquals: { 's3:prefix': 'projects', 's3:delimiter': '/' } },
    [
      ['that one', { 's3:prefix': 'projects', 's3:delimiter': '/' }, true],
      ['one below', { 's3:prefix': 'projects/a', 's3:delimiter': '/' }, false],
      ['all', { 's3:prefix': null, 's3:delimiter': '/' }, false],
    ],
  ),
  {
    title: 'objects that everybody may read',
    source: S3_EXAMPLES,
    policies: [['resource', forAll(OBJECTS)]],
    request: { action: 's3:GetObject', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a', owner: ACCOUNT },
    cases: [
      { says: 'who sends no signature', principal: 'anonymous', outcome: 'allow' },
      { says: 'a role of the account', principal: ROLE, outcome: 'allow' },
      {
        says: 'a role of another account, whose account grants nothing',
        principal: 'arn:aws:iam::444455556666:role/x',
        outcome: 'implicit-deny',
      },
      { says: 'another action', action: 's3:PutObject', principal: 'anonymous', outcome: 'implicit-deny' },
    ],
  },
  {
    title: 'objects for a website alone',
    source: S3_EXAMPLES,
    policies: [
      [
        'resource',
        forAll({
          ...OBJECTS,
          Condition: { StringLike: { 'aws:Referer': ['http://www.example.com/*', 'http://example.com/*'] } },
        }),
      ],
    ],
    request: ANONYMOUS_READ,
    cases: [
      { says: 'from it', context: { 'aws:Referer': 'http://www.example.com/page' }, outcome: 'allow' },
      {
        says: 'from another',
        context: { 'aws:Referer': 'http://www.example.org/' },
        outcome: 'implicit-deny',
      },
      { says: 'from nowhere', context: { 'aws:Referer': null }, outcome: 'implicit-deny' },
    ],
  },
  {
    title: 'a distribution of CloudFront alone',
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
    policies: [
      [
        'resource',
        {
          ...OBJECTS,
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1` } },
        },
      ],
    ],
    request: {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a',
      owner: ACCOUNT,
      principal: 'cloudfront.amazonaws.com',
    },
    cases: [
      {
        says: 'that one',
        context: { 'aws:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1` },
        outcome: 'allow',
      },
      {
        says: 'another one',
        context: { 'aws:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E2` },
        outcome: 'implicit-deny',
      },
    ],
  },
];

/** What requests without a signature have. */
const WITHOUT_SIGNATURE: readonly AwsExample[] = (
  [
    [
      'aws:PrincipalAccount, which anonymous requests have',
      { Null: { 'aws:PrincipalAccount': 'false' } },
      true,
    ],
    ['no account for them', { StringEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT } }, false],
    ['their account’s name', { StringEquals: { 'aws:PrincipalAccount': 'anonymous' } }, true],
    ['another account', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }, true],
    ['aws:PrincipalIsAWSService, which they lack', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }, false],
    ['or need not have', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }, true],
    ['aws:userid, which they have', { StringEquals: { 'aws:userid': 'anonymous' } }, true],
    ['aws:PrincipalArn, which they lack', { Null: { 'aws:PrincipalArn': 'true' } }, true],
  ] as const
).map(([title, Condition, holds]): AwsExample => {
  const OPEN = { ...forAll(OBJECTS) };
  return {
    title: `of a request without a signature: ${title}`,
    source: GLOBAL_KEYS,
    request: ANONYMOUS_READ,
    cases: [
      {
        says: 'in what allows',
        policies: [['resource', { ...OPEN, Condition }]],
        outcome: holds ? 'allow' : 'implicit-deny',
      },
      {
        says: 'in what denies',
        policies: [['resource', OPEN, { ...OPEN, Effect: 'Deny', Condition }]],
        outcome: holds ? 'deny' : 'allow',
      },
    ],
  };
});

describe('what AWS says of conditions', () => {
  holdsExamples([...SEVERAL_KEYS, ...OPERATOR_EXAMPLES, ...ELEMENTS, ...KEYS, ...S3, ...WITHOUT_SIGNATURE]);
});
