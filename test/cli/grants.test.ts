import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { iamDataAssets } from '../support/iamData';
import { type CliRun, runCli } from './memoryIo';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const OBJECTS = 'arn:aws:s3:::b/*';
const get = (Principal: unknown, Condition?: object): object => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: OBJECTS,
  ...(Condition && { Condition }),
});
const deny = (Condition: object): object => ({ ...get('*', Condition), Effect: 'Deny' });
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const ADMIN = policy(ALL);
const NO_IAM = policy(ALL, { Effect: 'Deny', Action: 'iam:*', Resource: '*' });

const inTemplate = (Statement: object): string =>
  JSON.stringify({
    Resources: {
      P: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Version: '2012-10-17', Statement } },
      },
    },
  });

const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider';
const ISSUER = 'token.actions.githubusercontent.com';
const GITHUB = `${PROVIDER}/${ISSUER}`;
const signedIn = (Federated: string, Condition?: object): object => ({
  Effect: 'Allow',
  Principal: { Federated },
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...(Condition && { Condition }),
});

function run(argv: readonly string[], files: Readonly<Record<string, string>>): Promise<CliRun> {
  return runCli(argv, { files, createService: createLanguageService, io: { iamDataAssets } });
}

describe('iam-policy public', () => {
  const cases: readonly (readonly [what: string, text: string, isPublic: boolean])[] = [
    ['everybody', policy(get('*')), true],
    ['everybody in a list', policy(get({ AWS: ['111122223333', '*'] })), true],
    [
      'everybody but one',
      policy({ ...get('*'), Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
      true,
    ],
    ['an account', policy(get({ AWS: '111122223333' })), false],
    ['a service', policy(get({ Service: 'sns.amazonaws.com' })), false],
    ['a network endpoint', policy(get('*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } })), false],
    ['a pattern of endpoints', policy(get('*', { StringLike: { 'aws:SourceVpce': 'vpce-*' } })), true],
    [
      'an endpoint if there is one',
      policy(get('*', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } })),
      true,
    ],
    ['all but an endpoint', policy(get('*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })), true],
    ['an organization', policy(get('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })), false],
    ['a block of addresses', policy(get('*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })), false],
    ['half of all addresses', policy(get('*', { IpAddress: { 'aws:SourceIp': '128.0.0.0/1' } })), true],
    ['all but a block', policy(get('*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })), true],
    ['a header', policy(get('*', { StringEquals: { 'aws:Referer': 'https://example.com' } })), true],
    [
      'a role of that name',
      policy(get('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } })),
      true,
    ],
    [
      'the roles of an account',
      policy(get('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } })),
      false,
    ],
    [
      'the roles of accounts that begin alike',
      policy(get('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1*:role/x' } })),
      true,
    ],
    [
      'whoever is of accounts that begin alike',
      policy(get('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::1*' } })),
      true,
    ],
    [
      'federated users of any account',
      policy(get('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:sts::*' } })),
      true,
    ],
    [
      'the roles of accounts that differ in a digit',
      policy(get('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::11112222333?:role/x' } })),
      true,
    ],
    [
      'a role of that name, whatever is before it',
      policy(get('*', { StringLike: { 'aws:PrincipalArn': '*role/x' } })),
      true,
    ],
    [
      'what has an account somewhere in its ARN',
      policy(get('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*111122223333*:role/*' } })),
      true,
    ],
    [
      'what has an account in that field',
      policy(get('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*111122223333*:role/*' } })),
      false,
    ],
    ['every root user', policy(get('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } })), true],
    ['every root user by type', policy(get('*', { StringEquals: { 'aws:PrincipalType': 'Account' } })), true],
    [
      'accounts that begin alike',
      policy(get('*', { StringLike: { 'aws:PrincipalAccount': '1111*' } })),
      true,
    ],
    [
      'accounts that differ in a digit',
      policy(get('*', { StringLike: { 'aws:PrincipalAccount': '11112222333?' } })),
      true,
    ],
    ['a user of that name', policy(get('*', { StringEquals: { 'aws:username': 'ann' } })), true],
    [
      'an organizational unit and those below',
      policy(get('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } })),
      false,
    ],
    [
      'the units of any organization',
      policy(get('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-ab12/*' } })),
      true,
    ],
    ['whom Cognito signs in', policy(signedIn('cognito-identity.amazonaws.com')), true],
    [
      'whom an identity pool signs in',
      policy(
        signedIn('cognito-identity.amazonaws.com', {
          StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:12345678-ffff-ffff-ffff-123456' },
        }),
      ),
      false,
    ],
    ['whom GitHub signs in', policy(signedIn(GITHUB, { StringEquals: { [`${ISSUER}:aud`]: 'x' } })), true],
    ['any repository', policy(signedIn(GITHUB, { StringLike: { [`${ISSUER}:sub`]: 'repo:*' } })), true],
    [
      'owners with a prefix',
      policy(signedIn(GITHUB, { StringLike: { [`${ISSUER}:sub`]: 'repo:me*' } })),
      true,
    ],
    [
      'the repositories of an owner',
      policy(signedIn(GITHUB, { StringLike: { [`${ISSUER}:sub`]: ['repo:me/*', 'repo:you/one:*'] } })),
      false,
    ],
    [
      'whom Google signs in by a provider of the account',
      policy(signedIn(`${PROVIDER}/accounts.google.com`)),
      true,
    ],
    [
      'whom Google signs in to one application',
      policy(
        signedIn(`${PROVIDER}/accounts.google.com`, { StringEquals: { 'accounts.google.com:aud': 'x' } }),
      ),
      false,
    ],
    ['whom a provider of one’s own signs in', policy(signedIn(`${PROVIDER}/idp.example.com`)), false],
    ['TLS', policy(get('*', { Bool: { 'aws:SecureTransport': 'true' } })), true],
    [
      'one that denies all but an organization',
      policy(get('*'), deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } })),
      false,
    ],
    [
      'one that denies requests without TLS',
      policy(get('*'), deny({ Bool: { 'aws:SecureTransport': 'false' } })),
      true,
    ],
    [
      'one that denies all',
      policy(get('*'), deny({ Null: { 'aws:Referer': 'false' } }), deny({ Null: { 'aws:Referer': 'true' } })),
      false,
    ],
    [
      'paths of an organization',
      policy(get('*', { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': ['o-1/r-1/ou-1/'] } })),
      false,
    ],
    [
      'no organization at all',
      policy(get('*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': ['o-1'] } })),
      true,
    ],
    [
      'topics of an account',
      policy(get('*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } })),
      false,
    ],
    ['topics of any account', policy(get('*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } })), true],
    ['a bucket', policy(get('*', { ArnLike: { 'aws:SourceArn': 'arn:*:s3:::one' } })), false],
    [
      'topics of any account beside a bucket',
      policy(get('*', { ArnLike: { 'aws:SourceArn': ['arn:*:s3:::one', 'arn:aws:sns:*:*:*'] } })),
      true,
    ],
    [
      'any bucket beside one',
      policy(get('*', { ArnLike: { 'aws:SourceArn': ['arn:*:s3:::one', 'arn:*:s3:::*'] } })),
      true,
    ],
  ];
  for (const [what, text, isPublic] of cases) {
    it(`${isPublic ? 'lets in' : 'does not let in'} anybody: ${what}`, async () => {
      const { exitCode, stdout, stderr } = await run(['public', 'policy.json', '--policy-type', 'resource'], {
        'policy.json': text,
      });
      assert.equal(stderr, '');
      assert.equal(exitCode, isPublic ? 1 : 0, stdout);
      assert.match(stdout, isPublic ? /^public\n/ : /^not public\n$/);
    });
  }

  const key = (principal: string): string =>
    `Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      KeyPolicy:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Principal: ${principal}\n            Action: kms:*\n            Resource: '*'\n`;
  const bucket = (principals: string): string =>
    `data "aws_iam_policy_document" "b" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/*"]\n    principals {\n      ${principals}\n    }\n  }\n}\nresource "aws_s3_bucket_policy" "b" {\n  policy = data.aws_iam_policy_document.b.json\n}\n`;
  for (const [file, text, answer] of [
    ['account.yaml', key("{ AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }"), 'not public'],
    [
      'joined.yaml',
      key("{ AWS: !Join ['', ['arn:aws:iam::', !Ref 'AWS::AccountId', ':root']] }"),
      'not public',
    ],
    ['own.yaml', key('{ AWS: !Ref AWS::AccountId }'), 'not public'],
    [
      'own.tf',
      bucket('type = "AWS"\n      identifiers = [data.aws_caller_identity.me.account_id]'),
      'not public',
    ],
    ['role.yaml', key('{ AWS: !GetAtt Role.Arn }'), 'not public'],
    [
      'either.yaml',
      key("{ AWS: !If [C, !GetAtt Role.Arn, 'arn:aws:iam::111122223333:root'] }"),
      'not public',
    ],
    ['parameter.yaml', key('{ AWS: !Ref Whoever }'), 'perhaps public'],
    ['branch.yaml', key("{ AWS: !If [C, !GetAtt Role.Arn, '*'] }"), 'perhaps public'],
    [
      'service.tf',
      bucket('type = "Service"\n      identifiers = ["logs.${var.region}.amazonaws.com"]'),
      'not public',
    ],
    ['services.tf', bucket('type = "Service"\n      identifiers = var.services'), 'not public'],
    ['role.tf', bucket('type = "AWS"\n      identifiers = [aws_iam_role.r.arn]'), 'not public'],
    [
      'accounts.tf',
      bucket('type = "AWS"\n      identifiers = [for id in var.ids : "arn:aws:iam::${id}:root"]'),
      'not public',
    ],
    ['anyone.tf', bucket('type = "AWS"\n      identifiers = [var.anyone]'), 'perhaps public'],
    ['anyones.tf', bucket('type = "AWS"\n      identifiers = var.all'), 'perhaps public'],
  ] as const) {
    it(`takes a name for everybody only where a template may fill in everybody: ${file}`, async () => {
      const { stdout } = await run(['public', file], { [file]: text });
      assert.equal(stdout.split('\n')[0], answer);
    });
  }

  const queue = (condition: string): string =>
    `Resources:\n  Queue:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Principal: '*'\n            Action: sqs:SendMessage\n            Resource: '*'\n            Condition: ${condition}\n`;
  for (const [condition, answer] of [
    ["{ StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }", 'not public'],
    ["{ StringEquals: { 'aws:SourceAccount': [!Sub '${AWS::AccountId}', '111122223333'] } }", 'not public'],
    ["{ ArnLike: { 'aws:SourceArn': !GetAtt Topic.Arn } }", 'not public'],
    ["{ ArnLike: { 'aws:SourceArn': [!GetAtt Topic.Arn, 'arn:aws:sns:*:111122223333:*'] } }", 'not public'],
    // A parameter may be a wildcard where that counts as one.
    ["{ ArnLike: { 'aws:SourceArn': !Ref TopicArn } }", 'perhaps public'],
    ["{ ArnLike: { 'aws:SourceArn': [!GetAtt Topic.Arn, !Ref TopicArn] } }", 'perhaps public'],
    ["{ StringLike: { 'aws:SourceAccount': !Ref Account } }", 'perhaps public'],
    // The condition may hold for others, or not be there.
    ["{ StringNotEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }", 'public'],
    ["{ StringEqualsIfExists: { 'aws:SourceAccount': !Ref AWS::AccountId } }", 'public'],
    ["{ StringEquals: { 'aws:Referer': !Ref Secret } }", 'perhaps public'],
    [
      "!If [C, { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }, !Ref AWS::NoValue]",
      'perhaps public',
    ],
  ] as const) {
    it(`takes what a template fills in for a fixed value only where it is one: ${condition}`, async () => {
      const { stdout } = await run(['public', 'queue.yaml'], { 'queue.yaml': queue(condition) });
      assert.equal(stdout.split('\n')[0], answer);
    });
  }

  it('has no answer about policies that are attached to no resource', async () => {
    const { exitCode, stderr } = await run(['public', 'admin.json'], { 'admin.json': ADMIN });
    assert.equal(exitCode, 2);
    assert.match(stderr, /these files have no resource policy/);
  });
});

describe('iam-policy never', () => {
  it('says never where nothing allows it, and shows who could otherwise', async () => {
    const files = {
      'read.json': policy({ Effect: 'Allow', Action: 's3:Get*', Resource: OBJECTS }),
      'admin.json': ADMIN,
    };
    const never = await run(['never', '--action', 'iam:CreateUser', 'read.json'], files);
    assert.deepEqual([never.exitCode, never.stdout], [0, 'never\n']);
    const possible = await run(['never', '--action', 'iam:CreateUser', 'read.json', 'admin.json'], files);
    assert.equal(possible.exitCode, 1);
    assert.match(possible.stdout, /^possible\n {2}.*admin\.json:1:38 Allow statement 1/);
    assert.match(possible.stdout, /for example iam:CreateUser on arn:aws:iam::123456789012:user\/example\n/);
    for (const [resource, exitCode] of [
      ['arn:aws:s3:::b/x', 1],
      ['arn:aws:s3:::b*', 1],
      ['arn:aws:s3:::c/*', 0],
    ] as const) {
      const asked = await run(
        ['never', '--action', 's3:GetObject', '--resource', resource, 'read.json'],
        files,
      );
      assert.equal(asked.exitCode, exitCode, resource);
    }
  });

  it('holds identity policies to limits that are given as such, and to no others', async () => {
    const files = { 'admin.json': ADMIN, 'org.json': NO_IAM, 'my-boundary.json': NO_IAM };
    const argv = ['never', '--action', 'iam:CreateUser', 'admin.json'];
    for (const also of [
      ['scp=org.json'],
      ['boundary=my-boundary.json'],
      ['scp:a=org.json', 'scp:b=admin.json'],
    ]) {
      const limited = await run([...argv, ...also.flatMap((each) => ['--also', each])], files);
      assert.equal(limited.exitCode, 0, also.join());
    }
    const named = await run([...argv, 'my-boundary.json'], files);
    assert.equal(named.exitCode, 1, 'a file of such a name limits nobody');
    assert.match(named.stderr, /my-boundary\.json counts as an identity policy/);
  });

  it('takes for limits only files that are given as such, whatever their content is and wherever it comes from', async () => {
    const content = (text: string) => ({
      Type: 'AWS::Organizations::Policy',
      Properties: { Type: 'SERVICE_CONTROL_POLICY', Content: JSON.parse(text) },
    });
    const granting = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: JSON.parse(ADMIN) } };
    const one = JSON.stringify({ Resources: { S: content(ADMIN) } });
    const both = JSON.stringify({ Resources: { S: content(NO_IAM), P: granting } });
    const open = policy(get('*'));
    const rcp = JSON.stringify({
      Resources: {
        R: {
          Type: 'AWS::Organizations::Policy',
          Properties: {
            Type: 'RESOURCE_CONTROL_POLICY',
            Content: JSON.parse(policy({ ...get('*'), Effect: 'Deny', Action: '*', Resource: '*' })),
          },
        },
      },
    });
    const cases: readonly (readonly [action: string, files: readonly string[], note: RegExp])[] = [
      ['iam:CreateUser', ['one.json'], /one\.json counts as an identity policy/],
      ['iam:CreateUser', ['-'], /- counts as an identity policy/],
      ['iam:CreateUser', ['both.json'], /the scp policy in both\.json limits nothing here/],
      ['s3:GetObject', ['open.json', 'rcp.json'], /the rcp policy in rcp\.json limits nothing here/],
    ];
    const files = { 'one.json': one, 'both.json': both, 'open.json': open, 'rcp.json': rcp };
    for (const [action, names, note] of cases) {
      const found = await runCli(['never', '--action', action, ...names], {
        files,
        stdin: one,
        createService: createLanguageService,
        io: { iamDataAssets },
      });
      assert.equal(found.stdout.split('\n')[0], 'possible', names.join());
      assert.equal(found.exitCode, 1);
      assert.match(found.stderr, note);
    }
  });

  it('reads each file once, since a pipe gives its text once', async () => {
    for (const [argv, exitCode] of [
      [['never', '--action', 'iam:CreateUser', '/dev/fd/63'], 1],
      [['who', '--action', 'iam:CreateUser', '/dev/fd/63'], 0],
      [['public', '/dev/fd/63'], 1],
    ] as const) {
      let left = policy(argv[0] === 'public' ? get('*') : ALL);
      const { stderr, exitCode: found } = await runCli(argv, {
        createService: createLanguageService,
        io: {
          iamDataAssets,
          readFile: async () => {
            const text = left;
            left = '';
            return new TextEncoder().encode(text);
          },
        },
      });
      assert.deepEqual([found, stderr], [exitCode, ''], argv[0]);
    }
  });

  it('does not say never where a program or a template decides what a statement says', async () => {
    const cases: readonly (readonly [what: string, file: string, text: string, exitCode: 0 | 1])[] = [
      [
        'the resource is an expression',
        'a.ts',
        "new iam.PolicyStatement({ actions: ['iam:*'], resources: [user.userArn] })",
        1,
      ],
      ['the same in Python', 'a.py', "iam.PolicyStatement(actions=['iam:*'], resources=[user.user_arn])", 1],
      [
        'the effect is an expression',
        'b.ts',
        "const p = { Version: '2012-10-17', Statement: [{ Effect: effect, Action: 'iam:*', Resource: '*' }] };",
        1,
      ],
      ['the effect is a parameter', 'b.json', inTemplate({ ...ALL, Effect: { Ref: 'Effect' } }), 1],
      [
        'the statements are an expression',
        'b2.ts',
        "const p = { Version: '2012-10-17', Statement: statements };",
        1,
      ],
      [
        'a Deny takes it all back',
        'c.ts',
        "const p = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: arn }, " +
          "{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] };",
        0,
      ],
      [
        'the action is another',
        'd.ts',
        "new iam.PolicyStatement({ actions: ['s3:*'], resources: [bucket.bucketArn] })",
        0,
      ],
    ];
    for (const [what, file, text, exitCode] of cases) {
      const never = await run(['never', '--action', 'iam:CreateUser', file], { [file]: text });
      assert.deepEqual(
        [never.exitCode, never.stdout.split('\n')[0]],
        [exitCode, exitCode === 0 ? 'never' : 'perhaps'],
        what,
      );
    }
  });

  it('leaves alone what the resource control policies of AWS do not reach', async () => {
    const RCP = policy({ Effect: 'Deny', Principal: '*', Action: ['s3:*', 'kms:*'], Resource: '*' });
    const linked = 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX';
    const session = 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/job';
    const key = { Effect: 'Allow', Principal: { AWS: linked }, Action: 'kms:*', Resource: '*' };
    const role = 'arn:aws:iam::111122223333:role/x';
    const cases: readonly (readonly [text: string, action: string, outcome: string, rcp?: string])[] = [
      [policy(get({ AWS: linked })), 's3:GetObject', 'possible'],
      [policy(get({ AWS: session })), 's3:GetObject', 'perhaps'],
      [policy(get({ AWS: role })), 's3:GetObject', 'never'],
      [policy({ ...key, Principal: { AWS: role } }), 'kms:Decrypt', 'never'],
      [policy({ ...key, Principal: { AWS: role } }), 'kms:RetireGrant', 'possible'],
      [
        policy({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }),
        'execute-api:Invoke',
        'perhaps',
        RCP.replace('"s3:*"', '"execute-api:*"'),
      ],
    ];
    for (const [text, action, outcome, rcp = RCP] of cases) {
      const argv = ['never', '--action', action, '--policy-type', 'resource', '--format', 'json', 'p.json'];
      const { stdout } = await run([...argv, '--also', 'rcp=rcp.json'], { 'p.json': text, 'rcp.json': rcp });
      const answer: { readonly outcome: string } = JSON.parse(stdout);
      assert.equal(answer.outcome, outcome, `${action} ${text}`);
    }
  });

  it('does not say never of what needs no permission', async () => {
    const denied = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
    const argv = ['never', '--action', 'sts:GetCallerIdentity', 'p.json'];
    const { exitCode, stdout } = await run(argv, { 'p.json': denied });
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /^possible\n {2}sts:GetCallerIdentity: everybody with credentials, since it needs no/,
    );
    const users = await run(['never', '--action', 'sts:getS*', 'p.json'], { 'p.json': denied });
    assert.match(users.stdout, /^possible\n {2}sts:GetSessionToken: every user and root user/);
    const who = await run(['who', '--action', 'sts:GetCallerIdentity', 'p.json'], { 'p.json': denied });
    assert.equal(who.exitCode, 0);
    assert.match(who.stdout, /^these may\n {2}sts:GetCallerIdentity: everybody/);
  });

  it('does not say never of what the root user can do in spite of a bucket policy', async () => {
    const closed = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b' });
    const rcp = (Condition?: object): string =>
      policy({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        ...(Condition && { Condition }),
      });
    const tls = rcp({ Bool: { 'aws:SecureTransport': 'false' } });
    const cases: readonly (readonly [action: string, outcome: string, rcp?: string])[] = [
      ['s3:PutBucketPolicy', 'possible'],
      ['s3:*Policy', 'possible'],
      ['s3:PutBucketPolicy', 'never', rcp()],
      ['s3:PutBucketPolicy', 'perhaps', tls],
      ['s3:PutBucketAcl', 'never'],
      // The policy is not that of a queue.
      ['sqs:SetQueueAttributes', 'never'],
    ];
    for (const [action, outcome, limit] of cases) {
      const argv = ['never', '--action', action, '--format', 'json', 'p.json'];
      const files = { 'p.json': closed, ...(limit === undefined ? {} : { 'rcp.json': limit }) };
      const { stdout } = await run(
        [...argv, ...(limit === undefined ? [] : ['--also', 'rcp=rcp.json'])],
        files,
      );
      const answer: { readonly outcome: string } = JSON.parse(stdout);
      assert.equal(answer.outcome, outcome, `${action} ${limit}`);
    }
    const who = await run(['who', '--action', 's3:DeleteBucketPolicy', 'p.json'], { 'p.json': closed });
    assert.match(who.stdout, /^these may\n {2}s3:DeleteBucketPolicy: the root user of the account that owns/);
    assert.equal(who.exitCode, 0);
  });

  it('finds the role of a named account that a pattern leaves open in the middle', async () => {
    const condition = { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:r?le/x' } };
    const text = policy(get({ AWS: '111122223333' }, condition));
    const { stdout } = await run(['never', '--action', 's3:GetObject', 'p.json'], { 'p.json': text });
    assert.match(stdout, /^possible/);
  });

  it('finds federated users whom a condition on roles and users leaves out', async () => {
    const condition = {
      StringNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:*'] },
    };
    const text = policy(get({ AWS: '111122223333' }, condition));
    const { stdout } = await run(['never', '--action', 's3:GetObject', 'p.json'], { 'p.json': text });
    assert.match(stdout, /^possible\n/);
    assert.match(stdout, /federated/);
  });

  it('does not let one policy deny what another grants', async () => {
    const files = {
      'admin.json': ADMIN,
      'deny.json': policy({ Effect: 'Deny', Action: '*', Resource: '*' }),
    };
    const { exitCode } = await run(['never', '--action', 's3:GetObject', 'admin.json', 'deny.json'], files);
    assert.equal(exitCode, 1);
  });

  it('finds what a condition of a limit lets through', async () => {
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    const files = {
      'admin.json': ADMIN,
      'eu.json': policy({ ...ALL, Condition }),
      'not-eu.json': policy(ALL, { ...ALL, Effect: 'Deny', Condition }),
    };
    const argv = [
      'never',
      '--action',
      'ec2:RunInstances',
      'admin.json',
      '--also',
      'scp:root=eu.json',
      '--format',
      'json',
    ];
    const some = await run(argv, files);
    assert.equal(some.exitCode, 1);
    const { outcome, grants } = JSON.parse(some.stdout);
    assert.deepEqual(
      [outcome, grants[0].witness.context],
      ['possible', { 'aws:RequestedRegion': ['eu-west-1'] }],
    );
    assert.equal((await run([...argv, '--also', 'scp:team=not-eu.json'], files)).exitCode, 0);
  });
});

describe('iam-policy who', () => {
  it('shows a resource as it is written, where an attribute of Terraform stands for its ARN', async () => {
    const text =
      'data "aws_iam_policy_document" "t" {\n  statement {\n    actions = ["sns:Publish"]\n    resources = [aws_sns_topic.t.arn]\n    principals {\n      type = "Service"\n      identifiers = ["s3.amazonaws.com"]\n    }\n  }\n}\nresource "aws_sns_topic_policy" "t" {\n  policy = data.aws_iam_policy_document.t.json\n}\n';
    const { stdout } = await run(['who', '--action', 'sns:Publish', 'topic.tf'], { 'topic.tf': text });
    assert.match(stdout, /^ +resources: +\$\{aws_sns_topic\.t\.arn\}$/m);
  });

  it('finds those of a named account whom a condition tells by name', async () => {
    const account = '111122223333';
    const cases: readonly (readonly [condition: object, who: RegExp])[] = [
      [{ StringEquals: { 'aws:username': 'ann' } }, /:user\/ann$/],
      [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, /:role\/app$/],
      [{ StringLike: { 'aws:PrincipalArn': '*role/app' } }, /role\/app$/],
      [{ StringEquals: { 'aws:PrincipalType': 'User' } }, /:user\//],
    ];
    for (const [condition, who] of cases) {
      const argv = [
        'who',
        '--action',
        's3:GetObject',
        '--policy-type',
        'resource',
        '--format',
        'json',
        'p.json',
      ];
      const { exitCode, stdout } = await run(argv, { 'p.json': policy(get({ AWS: account }, condition)) });
      const { grants }: { readonly grants: readonly { readonly witness: { readonly principal: string } }[] } =
        JSON.parse(stdout);
      assert.equal(exitCode, 0, JSON.stringify(condition));
      assert.match(grants[0]?.witness.principal ?? '', who);
    }
  });

  it('names those that may, and leaves out who is denied', async () => {
    const role = 'arn:aws:iam::111122223333:role/reader';
    const bob = 'arn:aws:iam::444455556666:user/bob';
    const files = {
      'bucket.json': policy(get({ AWS: [role, bob] }), { ...get({ AWS: bob }), Effect: 'Deny' }),
      'role.json': policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECTS }),
    };
    const names = ['bucket.json', 'role.json'];
    const { exitCode, stdout } = await run(
      ['who', '--action', 's3:GetObject', ...names, '--format', 'json'],
      files,
    );
    assert.equal(exitCode, 0);
    const { grants } = JSON.parse(stdout) as { grants: { principals: string[]; certain: boolean }[] };
    assert.deepEqual(
      grants.map(({ principals, certain }) => [principals, certain]),
      [
        [[role], true],
        [['whoever holds the policy'], true],
      ],
    );
    const nobody = await run(['who', '--action', 's3:PutObject', ...names], files);
    assert.deepEqual([nobody.exitCode, nobody.stdout], [1, 'nobody by these policies\n']);
  });
});
