import assert from 'node:assert/strict';
import type { WorkspaceKnowledge } from '../../../server/src/core/knowledge/knowledge';
import { accepted, isShown, itemsAt, labelsAt } from '../../support/completion';
import { cursorAt } from '../../support/fixtures';
import { bareLanguageService, languageService, policyWith } from '../../support/policies';

const NAMES = '"Effect": "Allow", $0';
const PRINCIPAL = '"Principal": { "AWS": "111122223333" }';

/** Offered in this order, and nothing else; or among others, or not. */
interface Case {
  readonly title: string;
  readonly statement: string;
  readonly only?: readonly string[];
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: 'the elements of a statement, and what would make it one of a resource policy further down',
    statement: NAMES,
    only: ['Sid', 'Action', 'Resource', 'Condition', 'Principal', 'NotAction', 'NotResource'],
  },
  {
    title: 'no second one of a pair',
    statement: '"NotAction": "s3:*", "Resource": "*", $0',
    only: ['Sid', 'Effect', 'Condition', 'Principal'],
  },
  {
    title: 'neither resource nor NotPrincipal in a trust policy',
    statement: `${PRINCIPAL}, "Action": "sts:AssumeRole", "Effect": "Deny", $0`,
    only: ['Sid', 'Condition'],
  },
  {
    title: 'NotPrincipal beside Deny only',
    statement: '"Effect": "Deny", $0 }, { "Principal": "*"',
    has: ['NotPrincipal'],
  },
  {
    title: 'only the actions that a trust policy takes',
    statement: `${PRINCIPAL}, "Action": ["sts:AssumeRole", "$0"]`,
    only: [
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
      'sts:SetContext',
      'sts:SetSourceIdentity',
      'sts:TagSession',
    ],
  },
  {
    title: 'the same right behind the service',
    statement: `${PRINCIPAL}, "Action": "sts:$0"`,
    has: ['sts:AssumeRole'],
    hasNot: ['sts:GetSessionToken', 'sts:*'],
  },
  {
    title: 'the services of the statement before all others',
    statement: '"Action": ["sqs:SendMessage", "$0"]',
    has: ['s3:', '*'],
  },
  {
    title: 'no action twice in a list',
    statement: '"Action": ["execute-api:Invoke", "execute-api:$0"]',
    only: [
      'execute-api:InvalidateCache',
      'execute-api:ManageConnections',
      'execute-api:*',
      'execute-api: all Write actions',
    ],
  },
  {
    title: 'operators that fit the keys which are there',
    statement: '"Condition": { "$0": { "aws:SecureTransport": "true" } }',
    only: ['Bool', 'Null', 'BoolIfExists'],
  },
  {
    title: 'qualifiers for keys with several values',
    statement: '"Condition": { "$0": { "aws:TagKeys": "team" } }',
    has: ['ForAllValues:StringEquals', 'ForAnyValue:StringLike'],
    hasNot: ['Bool', 'ForAnyValue:ArnLike'],
  },
  {
    title: 'keys of the operator’s type, those of the actions first',
    statement: '"Action": "s3:GetObject", "Condition": { "Bool": { "$0" } }',
    has: ['aws:SecureTransport', 'aws:MultiFactorAuthPresent'],
    hasNot: ['aws:SourceVpc', 's3:authType'],
  },
  {
    title: 'keys of these actions and of no others',
    statement: '"Action": "s3:ListBucket", "Condition": { "StringLike": { "$0" } }',
    has: ['s3:prefix', 'aws:username'],
    hasNot: ['s3:x-amz-acl', 'aws:RequestTag/${TagKey}', 'kms:ViaService'],
  },
  {
    title: 'the keys that API Gateway fills in when it reads a resource policy',
    statement: '"Principal": "*", "Action": "execute-api:Invoke", "Condition": { "StringEquals": { "$0" } }',
    has: ['aws:SourceVpce'],
    hasNot: ['aws:RequestedRegion', 'aws:VpceOrgID'],
  },
  {
    title: 'the claims of the provider that a role trusts',
    statement: `"Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/example.com/x" },
      "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "$0" } }`,
    has: ['example.com/x:aud', 'example.com/x:sub'],
    hasNot: ['gitlab.com:ref_protected'],
  },
  {
    title: 'the form of an ID',
    statement: '"Condition": { "StringEquals": { "aws:SourceVpce": "$0" } }',
    only: ['vpce-'],
  },
  {
    title: 'services that act on behalf of somebody',
    statement: '"Condition": { "ForAnyValue:StringEquals": { "aws:CalledVia": ["$0"] } }',
    has: ['athena.amazonaws.com'],
  },
  {
    title: 'services in a Region that use a key on behalf of somebody',
    statement: '"Condition": { "StringEquals": { "kms:ViaService": "$0" } }',
    has: ['s3.REGION.amazonaws.com'],
  },
  {
    title: 'points in time',
    statement: '"Condition": { "DateLessThan": { "aws:CurrentTime": "$0" } }',
    only: ['2030-01-01T00:00:00Z', '2030-01-01'],
  },
  {
    title: 'whether a key is there',
    statement: '"Condition": { "Null": { "aws:SourceVpc": "$0" } }',
    only: ['true', 'false'],
  },
  {
    title: 'no variable in the first fields of an ARN',
    statement: '"Action": "s3:GetObject", "Resource": "arn:aws:s3:${$0"',
    only: [],
  },
  {
    title: 'no variable with several values',
    statement: '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::${$0"',
    has: ['${aws:PrincipalTag/…}', '${aws:userid}', '${*}'],
    hasNot: ['${aws:CalledVia}', '${aws:PrincipalOrgPaths}'],
  },
  {
    title: 'no variable under an operator without them',
    statement: '"Condition": { "IpAddress": { "aws:SourceIp": "${$0" } }',
    only: [],
  },
  { title: 'nothing behind what is complete', statement: '"Effect": "Allow"$0', only: [] },
  { title: 'nothing within an unknown element', statement: '"Effekt": "$0"', only: [] },
];

/** What comes first, with its detail; the second column says whether the workspace names an account. */
const FIRST: readonly (readonly [statement: string, isAccountKnown: boolean, items: readonly string[]])[] = [
  [
    '"Principal": { "Service": "$0" }, "Action": "sts:AssumeRole"',
    false,
    ['lambda.amazonaws.com', 'ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'apigateway.amazonaws.com'],
  ],
  [
    '"Principal": { "Service": ["lambda.amazonaws.com", "$0"] }, "Action": "sts:AssumeRole"',
    false,
    ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'apigateway.amazonaws.com'],
  ],
  [
    '"Principal": { "Service": "$0" }, "Action": "s3:*"',
    false,
    ['s3.amazonaws.com', 'sns.amazonaws.com', 'events.amazonaws.com'],
  ],
  [
    '"Principal": { "Federated": "$0" }, "Action": "sts:AssumeRoleWithWebIdentity"',
    false,
    [
      'arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com (OIDC provider)',
      'arn:aws:iam::ACCOUNT:saml-provider/ (SAML provider)',
      'accounts.google.com (built into IAM)',
      'cognito-identity-us-gov.amazonaws.com (built into IAM)',
      'cognito-identity.amazonaws.com (built into IAM)',
      'cognito-identity.cn-north-1.amazonaws.com.cn (built into IAM)',
      'graph.facebook.com (built into IAM)',
      'www.amazon.com (built into IAM)',
      'arn:aws:iam::ACCOUNT:oidc-provider/agent.buildkite.com (OIDC provider)',
      'arn:aws:iam::ACCOUNT:oidc-provider/api.pulumi.com/oidc (OIDC provider)',
      'arn:aws:iam::ACCOUNT:oidc-provider/app.terraform.io (OIDC provider)',
      'arn:aws:iam::ACCOUNT:oidc-provider/gitlab.com (OIDC provider)',
    ],
  ],
  [
    '"Principal": { "Federated": "$0" }, "Action": "sts:AssumeRoleWithWebIdentity"',
    true,
    [
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com (OIDC provider)',
      'arn:aws:iam::111122223333:saml-provider/ (SAML provider)',
      'accounts.google.com (built into IAM)',
      'cognito-identity-us-gov.amazonaws.com (built into IAM)',
    ],
  ],
  [
    '"Principal": { "AWS": "$0" }, "Action": "sts:AssumeRole"',
    true,
    [
      'arn:aws:iam::111122223333:root (whoever the account lets, seen in the workspace)',
      'arn:aws:iam::111122223333:role/ (role)',
      'arn:aws:iam::111122223333:user/ (user)',
      'arn:aws:sts::111122223333:assumed-role/ (session of an assumed role)',
    ],
  ],
  [
    '"Principal": { "AWS": "$0" }, "Action": "s3:*"',
    true,
    [
      'arn:aws:iam::111122223333:root (whoever the account lets, seen in the workspace)',
      'arn:aws:iam::111122223333:role/ (role)',
      'arn:aws:iam::111122223333:user/ (user)',
      'arn:aws:sts::111122223333:assumed-role/ (session of an assumed role)',
      'arn:aws:sts::111122223333:federated-user/ (federated user session)',
      'arn:aws: (field by field)',
      '* (everybody)',
    ],
  ],
  [
    '"NotPrincipal": { "AWS": "$0" }, "Effect": "Deny", "Action": "s3:*"',
    true,
    [
      'arn:aws:iam::111122223333:root (whoever the account lets, seen in the workspace)',
      'arn:aws:iam::111122223333:role/ (role)',
    ],
  ],
  ['"Principal": { "CanonicalUser": "$0" }, "Action": "s3:*"', false, []],
  [
    '"Principal": $0, "Action": "s3:*"',
    false,
    [
      'AWS (accounts, roles and users)',
      'Service (an AWS service)',
      'CanonicalUser (an Amazon S3 account by its canonical id)',
      '* (everybody)',
    ],
  ],
  [
    '"Principal": $0, "Action": "sts:AssumeRole"',
    false,
    ['AWS (accounts, roles and users)', 'Service (an AWS service)', 'Federated (an identity provider)'],
  ],
  [
    '"Principal": { $0 }, "Action": "sts:AssumeRole"',
    false,
    ['AWS (accounts, roles and users)', 'Service (an AWS service)', 'Federated (an identity provider)'],
  ],
  ['"Condition": { "StringEquals": { "aws:PrincipalOrgID": "$0" } }', false, ['o- (ID of an organization)']],
  [
    '"Condition": { "StringEquals": { "aws:PrincipalAccount": "$0" } }',
    true,
    ['111122223333 (account seen in the workspace)'],
  ],
  [
    '"Condition": { "StringEquals": { "aws:ResourceAccount": "$0" } }',
    true,
    ['111122223333 (account seen in the workspace)'],
  ],
  [
    '"Condition": { "IpAddress": { "aws:SourceIp": "$0" } }',
    false,
    ['203.0.113.0/24 (a range of IPv4 addresses)', '2001:db8::/32 (a range of IPv6 addresses)'],
  ],
  ['"Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": "$0" } }', false, []],
  [
    '"Condition": { "StringEquals": { "s3:x-amz-acl": "$0" } }',
    false,
    ['private', 'public-read', 'public-read-write'],
  ],
  [
    '"Condition": { "StringEquals": { "aws:RequestedRegion": "$0" } }',
    false,
    [
      'af-south-1 (Africa (Cape Town))',
      'ap-east-1 (Asia Pacific (Hong Kong))',
      'ap-east-2 (Asia Pacific (Taipei))',
    ],
  ],
  [
    '"Condition": { "Null": { "aws:RequestedRegion": "$0" } }',
    false,
    ['true (the request has no such key)', 'false (the request has the key)'],
  ],
  [
    '"Condition": { "ArnLike": { "aws:SourceArn": "$0" } }',
    true,
    ['arn:aws:execute-api:*:111122223333:* (every API)', 'arn:aws: (field by field)'],
  ],
  [
    '"Condition": { "StringLike": { "aws:PrincipalArn": "$0" } }',
    true,
    [
      'arn:aws:iam::111122223333:root (the whole account)',
      'arn:aws:iam::111122223333:role/* (role)',
      'arn:aws:iam::111122223333:user/* (user)',
    ],
  ],
  ['"Condition": { "StringLike": { "aws:username": "$0" } }', false, []],
  ['"Condition": { "Foo": { "aws:SourceIp": "$0" } }', false, []],
  [
    '"Condition": { "StringEquals": { "kms:ViaService": "$0" } }',
    false,
    ['backup.REGION.amazonaws.com', 'dms.REGION.amazonaws.com'],
  ],
  ['"Condition": { "StringEquals": { "aws:SourceOrgID": "$0" } }', false, ['o- (ID of an organization)']],
  [
    '"Condition": { "$0": { "aws:CurrentTime": "x" } }',
    false,
    [
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
      'Null',
      'DateEqualsIfExists',
    ],
  ],
  [
    '"Condition": { "$0": { "aws:SourceArn": "x" } }',
    false,
    ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'Null', 'ArnEqualsIfExists'],
  ],
  [
    '"Condition": { "$0": { "aws:SourceIp": "x" } }',
    false,
    ['IpAddress', 'NotIpAddress', 'Null', 'IpAddressIfExists', 'NotIpAddressIfExists'],
  ],
  [
    '"Condition": { "$0": { "aws:MultiFactorAuthAge": "x" } }',
    false,
    ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals'],
  ],
  [
    '"Condition": { "$0": {} }',
    false,
    ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike'],
  ],
  ['"Condition": { "Bool": {}, "$0": { "aws:SecureTransport": "true" } }', false, ['Null', 'BoolIfExists']],
  ['"Condition": { "$0": { "aws:SecureTransport": "true", "aws:SourceIp": "x" } }', false, ['Null']],
  [
    '"Action": "s3:GetObject", "Resource": "*", "Condition": { "Bool": { "$0" } }',
    false,
    [
      'aws:SecureTransport (Bool)',
      'aws:ViaAWSService (Bool)',
      'aws:MultiFactorAuthPresent (Bool)',
      'aws:AssumedRoot (Bool)',
    ],
  ],
  [
    '"Action": "s3:GetObject", "Resource": "*", "Condition": { "ForAnyValue:StringEquals": { "$0" } }',
    false,
    [
      'aws:CalledVia (String, several values)',
      'aws:PrincipalOrgPaths (String, several values)',
      'aws:PrincipalServiceNamesList (String, several values)',
      'aws:ResourceOrgPaths (String, several values)',
    ],
  ],
  [
    '"Action": "s3:PutObject", "Resource": "*", "Condition": { "StringEquals": { "$0" } }',
    false,
    [
      's3:x-amz-acl (String)',
      's3:x-amz-server-side-encryption (String)',
      'aws:SourceAccount (String)',
      'aws:PrincipalOrgID (String)',
      'aws:SourceVpce (String)',
    ],
  ],
  [
    '"NotAction": "s3:*", "Resource": "*", "Condition": { "StringEquals": { "$0" } }',
    false,
    [
      'aws:SourceAccount (String)',
      'aws:PrincipalOrgID (String)',
      'aws:SourceVpce (String)',
      'aws:SourceVpc (String)',
    ],
  ],
  [
    '"Action": "*", "Resource": "*", "Condition": { "StringEquals": { "aws:SourceVpce": "x", "$0" } }',
    false,
    [
      'aws:SourceAccount (String)',
      'aws:PrincipalOrgID (String)',
      'aws:SourceVpc (String)',
      'aws:ResourceAccount (String)',
    ],
  ],
  [
    '"Action": "sqs:SendMessage", "Condition": { "Null": { "$0" } }',
    false,
    [
      'aws:SecureTransport (Bool)',
      'aws:SourceArn (ARN)',
      'aws:SourceAccount (String)',
      'aws:PrincipalOrgID (String)',
    ],
  ],
  [
    '"Action": "sqs:SendMessage", "Condition": { "DateLessThan": { "$0" } }',
    false,
    ['aws:CurrentTime (Date)', 'aws:EpochTime (Date)', 'aws:TokenIssueTime (Date)'],
  ],
  ['"Sid": "$0", "Effect": "Deny", "Action": "*"', false, ['DenyAll (after effect and action)']],
  [
    '"Sid": "$0", "Effect": "Allow", "Action": ["s3:Get*", "a:b"]',
    false,
    ['AllowS3Get (after effect and action)'],
  ],
  ['"Sid": "$0"', false, []],
  [
    '"Resource": "arn:aws:s3:::b/${$0", "Action": "s3:GetObject"',
    false,
    [
      '${aws:PrincipalAccount} (String)',
      '${aws:PrincipalArn} (ARN)',
      '${aws:PrincipalIsAWSService} (Bool)',
      '${aws:PrincipalOrgID} (String)',
      '${aws:PrincipalServiceName} (String)',
    ],
  ],
  [
    '"Resource": "arn:aws:s3:::b/${aws:pr$0}/x", "Action": "s3:GetObject"',
    false,
    ['${aws:PrincipalAccount} (String)', '${aws:PrincipalArn} (ARN)', '${aws:PrincipalIsAWSService} (Bool)'],
  ],
  [
    '"Condition": { "StringLike": { "s3:prefix": "${$0" } }, "Action": "s3:ListBucket"',
    false,
    [
      '${aws:PrincipalAccount} (String)',
      '${aws:PrincipalArn} (ARN)',
      '${aws:PrincipalIsAWSService} (Bool)',
      '${aws:PrincipalOrgID} (String)',
    ],
  ],
];

const KNOWLEDGE: WorkspaceKnowledge = { accounts: ['111122223333', '444455556666'], apis: [] };

describe('completion lists', () => {
  for (const { title, statement, only, has = [], hasNot = [] } of cases) {
    it(title, () => {
      const labels = labelsAt(policyWith(statement, ''));
      if (only !== undefined) {
        assert.deepEqual(labels, only);
      }
      for (const label of has) {
        assert.ok(labels.includes(label), `${label} is not among ${labels.join(', ')}`);
      }
      for (const label of hasNot) {
        assert.ok(!labels.includes(label), `${label} is offered`);
      }
    });
  }

  for (const [statement, isAccountKnown, expected] of FIRST) {
    it(`begin with what fits best in ${statement}${isAccountKnown ? ', with an account that is known' : ''}`, () => {
      const knowledge = { accounts: isAccountKnown ? ['111122223333'] : [], apis: [] };
      const items = [...itemsAt(policyWith(statement, ''), { knowledge })]
        .sort((a, b) => (a.sortText < b.sortText ? -1 : 1))
        .map(({ label, detail }) => (detail === undefined ? label : `${label} (${detail})`));
      assert.deepEqual(items.slice(0, Math.max(1, expected.length)), expected);
    });
  }

  it('offer variables in the language that has them', () => {
    const text = policyWith('"Action": "s3:GetObject", "Resource": "arn:aws:s3:::${$0"');
    assert.notEqual(itemsAt(text).length, 0);
    assert.deepEqual(itemsAt(text.replace('2012-10-17', '2008-10-17')), []);
  });

  it('offer the elements of a policy', () => {
    assert.deepEqual(labelsAt('{ "Version": "2012-10-17", $0 }'), ['Statement']);
    assert.deepEqual(labelsAt('{ "Statement": [{ "Principal": "*" }], $0 }'), ['Version', 'Id']);
  });

  it('offer accounts that the workspace names', () => {
    const value = policyWith('"Condition": { "StringEquals": { "aws:SourceAccount": "$0" } }');
    assert.deepEqual(labelsAt(value, { knowledge: KNOWLEDGE }), ['111122223333', '444455556666']);
    const principal = policyWith('"Principal": { "AWS": "$0" }, "Action": "s3:*"');
    const labels = labelsAt(principal, { knowledge: KNOWLEDGE });
    assert.ok(labels.includes('arn:aws:iam::444455556666:root'), labels.join(', '));
  });

  it('find actions by letters of their names, whatever the service', () => {
    const fixture = policyWith('"Action": "getobj$0"');
    const { text, offset } = cursorAt(fixture);
    const shown = itemsAt(fixture).filter((item) => isShown(item, text, offset));
    assert.ok(shown.some(({ label }) => label === 's3:GetObject'));
    const document = languageService().open({ text, language: 'json' });
    assert.ok(languageService().completions(document, offset, { snippets: 'plain' }).isIncomplete);
  });

  it('show what fits the letters in quotes that do not end, too', () => {
    const fixture = policyWith('"Action": ["s3:getobj$0]');
    const { text, offset } = cursorAt(fixture);
    const item = itemsAt(fixture).find(({ label }) => label === 's3:GetObject');
    assert.ok(item !== undefined && isShown(item, text, offset));
  });

  it('do without the service reference', () => {
    const service = bareLanguageService();
    assert.deepEqual(labelsAt(policyWith('"Effect": "$0"', ''), { service }), ['Allow', 'Deny']);
    assert.deepEqual(labelsAt(policyWith('"Action": "$0"'), { service }), []);
  });

  it('offer to begin a policy where nothing is written yet, and where a template has one', () => {
    assert.deepEqual(labelsAt('{ $0 }'), ['Version', 'Statement']);
    assert.deepEqual(labelsAt('{ "Ver$0'), ['Version', 'Statement']);
    assert.equal(accepted('{ "Ver$0" }', 'Version'), '{ "Version": "2012-10-17" }');
    const inTemplate = (key: string) => labelsAt(`{ "Type": "AWS::IAM::Role", "${key}": { "$0" } }`);
    assert.deepEqual(inTemplate('PolicyDocument'), ['Version', 'Statement']);
    assert.deepEqual(inTemplate('AssumeRolePolicyDocument'), ['Version', 'Id', 'Statement']);
    assert.deepEqual(inTemplate('Tags'), []);
  });

  it('offer the elements of a policy of which little is written', () => {
    for (const [text, labels] of [
      ['{"Version": "2012-10-17", "$0"}', ['Statement']],
      ['{"Version":"2012-10-17", "S$0"}', ['Statement']],
      ['{"Version":"2012-10-17", S$0}', ['Statement']],
      ['{"Version": "2012-10-17", "$0": []}', ['Statement']],
      ['{"Version": "2012-10-17", "Stat$0": [{ "Effect": "Allow" }]}', ['Statement']],
      ['{"Version": "2012-10-17", "Foo", "$0"}', ['Statement']],
      ['{"$0": []}', ['Version', 'Statement']],
      ['{"$0": ""}', ['Version', 'Statement']],
      ['{"Version": "", "$0"}', ['Statement']],
      ['{"version": "2012-10-17", "$0"}', ['Version', 'Statement']],
      ['{"Statement": [], "$0"}', ['Version']],
      ['{"Version": "$0"}', ['2012-10-17', '2008-10-17']],
      ['{"PolicyDocument": {"Version": "2012-10-17", "$0"}}', ['Statement']],
      ['{"PolicyDocument": {"Version": "2012-10-17", "$0": []}}', ['Statement']],
      ['{"name": "x", "version": "1.0.0", "$0"}', []],
      ['{"Version": "1.0.0", "$0"}', []],
      ['{"dependencies": {"$0"}}', []],
      ['{"dependencies$0": {"a": "1"}}', []],
    ] as const) {
      assert.deepEqual([...labelsAt(text)].sort(), [...labels].sort(), text);
    }
    const [first] = labelsAt('{"PolicyDocument": {"Statement": [{"$0"}]}}');
    assert.equal(first, 'Sid');
  });

  it('offer whole policies where one may stand, and nowhere else', () => {
    for (const text of [
      '$0',
      '\n$0\n',
      '// a policy\n$0',
      'iam$0',
      '{ "PolicyDocument": $0 }',
      '{ "PolicyDocument": pol$0 }',
    ]) {
      assert.ok(labelsAt(text).includes('IAM policy'), text);
      assert.ok(labelsAt(text).includes('Invoke an API'), text);
    }
    const trust = labelsAt('{ "AssumeRolePolicyDocument": $0 }');
    assert.ok(trust.includes('Trust GitHub Actions') && !trust.includes('Invoke an API'), trust.join(', '));
    for (const text of [
      '"$0"',
      '[$0]',
      '{ "a": $0 }',
      '{ "PolicyDocument": "$0" }',
      'a b$0',
      '12$0 {',
      policyWith('"Action": "$0"'),
    ]) {
      assert.ok(!labelsAt(text).includes('IAM policy'), text);
    }
  });

  it('offer whole statements where one may stand, and no other place', () => {
    const invalidate = 'execute-api:InvalidateCache statement';
    for (const text of [
      '{ "Statement": [$0] }',
      '{ "Statement": [{ "Effect": "Allow" }, $0] }',
      '{ "Statement": $0 }',
    ]) {
      assert.ok(labelsAt(text).includes(invalidate), text);
    }
    for (const statement of [
      '"Action": "$0"',
      '"Action": ["inval$0"]',
      '"Action": [$0]',
      '"Action": $0',
      '$0',
      '"Sid": "$0"',
      '"Condition": { $0 }',
      '"Condition": { "StringEquals": { "aws:PrincipalArn": "$0" } }',
    ]) {
      assert.ok(!labelsAt(policyWith(statement, '')).includes(invalidate), statement);
    }
    const ofResource = labelsAt('{ "Statement": [{ "Principal": "*" }, $0] }');
    assert.ok(ofResource.includes('Deny plain HTTP to a bucket') && !ofResource.includes(invalidate));
  });

  it('write a template with its examples, or with places to fill in', () => {
    const plain = accepted('{ "Statement": [$0] }', 'execute-api:Invoke statement');
    assert.match(plain, /a1b2c3d4e5\/prod\/GET\/pets/);
    const filled = accepted('$0', 'Invoke an API', { snippets: 'supported' });
    assert.match(
      filled,
      /\$\{1:us-east-1\}[^\n]*\n[^\n]*\$\{1:us-east-1\}/,
      'what stands there twice is filled in once',
    );
    const condition = accepted(
      policyWith('"Effect": "Allow", "iam-condition-org$0"', ''),
      'Condition on the organization',
    );
    assert.match(condition, /"Condition": \{\s*"StringEquals": \{\s*"aws:PrincipalOrgID": "o-a1b2c3d4e5"/);
  });

  it('are empty outside of policies', () => {
    assert.deepEqual(labelsAt('{ "name": "x", "$0" }'), []);
    assert.deepEqual(labelsAt('{ "name": "$0" }'), []);
    assert.deepEqual(labelsAt('{ "a": "$0", "b": { "Version": "2012-10-17", "Statement": [] } }'), []);
  });
});

describe('an accepted item', () => {
  const ALL = 'execute-api: all Write actions';

  it('may be a list, on lines of its own', () => {
    const fixture = policyWith('"Action": "execute-api:$0"');
    const list = [
      '[',
      '        "execute-api:InvalidateCache",',
      '        "execute-api:Invoke",',
      '        "execute-api:ManageConnections"',
      '      ]',
    ];
    assert.equal(accepted(fixture, ALL), policyWith(`"Action": ${list.join('\n')}`));
    const windows = fixture.replaceAll('\n', '\r\n');
    assert.equal(accepted(windows, ALL), policyWith(`"Action": ${list.join('\n')}`).replaceAll('\n', '\r\n'));
  });

  it('may be more items of a list', () => {
    assert.equal(
      accepted(policyWith('"Action": ["execute-api:Invoke", "$0execute-api:"]'), 'execute-api:'),
      policyWith('"Action": ["execute-api:Invoke", "execute-api:"]'),
    );
    assert.equal(
      accepted(policyWith('"Action": ["execute-api:Invoke", "execute-api:$0"]'), ALL),
      policyWith(
        '"Action": ["execute-api:Invoke", "execute-api:InvalidateCache", "execute-api:ManageConnections"]',
      ),
    );
    assert.equal(
      accepted(policyWith('"Action": [\n        "execute-api:$0"\n      ]'), ALL),
      policyWith(
        '"Action": [\n        "execute-api:InvalidateCache",\n        "execute-api:Invoke",\n        "execute-api:ManageConnections"\n      ]',
      ),
    );
  });

  it('is escaped as deep as the policy stands', () => {
    const nested = (statement: string): string =>
      JSON.stringify({ Policy: JSON.stringify({ Statement: [] }).replace('[]', `[{${statement}}]`) });
    const cursor = (text: string): string => text.replace('¦', '$0');
    assert.equal(
      accepted(cursor(nested('"Effect": "Allow", "¦"')), 'Action'),
      nested('"Effect": "Allow", "Action": ""'),
    );
    assert.equal(accepted(cursor(nested('"Effect": ¦')), 'Deny'), nested('"Effect": "Deny"'));
    assert.equal(
      accepted(cursor(nested('"Effect": "Allow" "Action": "execute-api:¦"')), ALL),
      nested(
        '"Effect": "Allow" "Action": ["execute-api:InvalidateCache", "execute-api:Invoke", "execute-api:ManageConnections"]',
      ),
    );
  });

  it('is a snippet only where something is left to fill in, escaped where it is one', () => {
    const snippets = 'supported';
    assert.equal(
      accepted(policyWith(NAMES, ''), 'Condition', { snippets }),
      policyWith('"Effect": "Allow", "Condition": {\n        $1\n      \\}', ''),
    );
    assert.equal(
      accepted(policyWith('"Resource": "arn:aws:s3:::${$0"'), '${aws:PrincipalTag/…}', { snippets }),
      policyWith('"Resource": "arn:aws:s3:::\\${aws:PrincipalTag/${1:TagKey}\\}"'),
    );
    assert.equal(
      accepted(policyWith('"Resource": "arn:aws:s3:::${$0"'), '${aws:userid}', { snippets }),
      policyWith('"Resource": "arn:aws:s3:::${aws:userid}"'),
    );
    assert.equal(accepted(policyWith('"Action": $0'), 's3:', { snippets }), policyWith('"Action": "s3:$1"'));
  });

  it('begins a policy', () => {
    assert.equal(
      accepted('{\n  "Version": "2012-10-17",\n  $0\n}', 'Statement'),
      `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "",
      "Resource": ""
    }
  ]
}`,
    );
  });

  it('adds a statement to those that are there', () => {
    assert.equal(
      accepted('{\n  "Statement": [\n    { "Principal": "*" }\n    $0\n  ]\n}', '{ statement }'),
      `{
  "Statement": [
    { "Principal": "*" },
    {
      "Effect": "Allow",
      "Principal": { "AWS": "" },
      "Action": "",
      "Resource": ""
    }
  ]
}`,
    );
  });

  it('keeps to tabs', () => {
    assert.equal(
      accepted('{\n\t"Statement": [\n\t\t{\n\t\t\t"Principal": $0\n\t\t}\n\t]\n}', 'Service'),
      '{\n\t"Statement": [\n\t\t{\n\t\t\t"Principal": {\n\t\t\t\t"Service": ""\n\t\t\t}\n\t\t}\n\t]\n}',
    );
  });
});

describe('the documentation of an item', () => {
  const documentationOf = (statement: string, label: string): string => {
    const item = itemsAt(policyWith(statement, '')).find((each) => each.label === label);
    return languageService().completionDocumentation(item?.documentation ?? '') ?? '';
  };
  const rows: readonly (readonly [statement: string, label: string, says: RegExp])[] = [
    [NAMES, 'NotAction', /every action but these/],
    ['"Effect": "$0"', 'Deny', /whatever else allows it/],
    ['"Action": "$0"', 's3:', /Amazon S3/],
    ['"Action": "s3:$0"', 's3:GetObject', /access level Read/],
    ['"Action": "s3:$0"', 's3:Get*', /covers \d+ actions/],
    ['"Action": "s3:$0"', 's3: all List actions', /s3:ListBucket`/],
    ['"Condition": { "$0" }', 'StringLikeIfExists', /lacks the key/],
    ['"Action": "s3:ListBucket", "Condition": { "StringLike": { "$0" } }', 's3:prefix', /key name prefix/],
    ['"Resource": "${$0"', '${aws:PrincipalTag/…}', /aws:PrincipalTag/],
  ];
  for (const [statement, label, says] of rows) {
    it(label, () => assert.match(documentationOf(statement, label), says));
  }

  it('is nothing for keys that are not ours', () => {
    assert.equal(languageService().completionDocumentation('toString x'), undefined);
    assert.equal(languageService().completionDocumentation(''), undefined);
  });
});
