import assert from 'node:assert/strict';
import type { PolicyType } from '../../server/src/core/index';
import { iamDataAssets } from '../support/iamData';
import { type CliRun, type CliWorld, runCli } from './memoryIo';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "execute-api:Invoke",
      "Resource": "${API}/prod/GET/*"
    },
    {
      "Effect": "Allow",
      "Action": "execute-api:InvalidateCache",
      "Resource": "${API}/prod/GET/*",
      "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }
    },
    {
      "Sid": "NotTheKeeper",
      "Effect": "Deny",
      "Action": "execute-api:*",
      "Resource": "${API}/prod/GET/keeper"
    }
  ]
}
`;

const SCP = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
});

const FILES = {
  'policy.json': POLICY,
  'all.json': '{ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }',
  'org.json': SCP,
  'none.json': '{}',
  'cut.json': POLICY.slice(0, -6),
};

function allows(
  action: string,
  resource: string,
  options: readonly string[] = ['policy.json'],
  world: CliWorld = {},
): Promise<CliRun> {
  return runCli(['allows', '--action', action, '--resource', resource, ...options], {
    files: FILES,
    ...world,
  });
}

describe('iam-policy allows', () => {
  it('prints allow and the statement, and exits 0', async () => {
    const run = await allows('execute-api:Invoke', `${API}/prod/GET/pets`);
    assert.equal(
      run.stdout,
      [
        'allow',
        '  policy.json:4:5 Allow "Read" (identity policy)',
        '    { "Sid": "Read", "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789…',
        '',
      ].join('\n'),
    );
    assert.deepEqual([run.stderr, run.exitCode], ['', 0]);
  });

  it('prints deny for an explicit one, and exits 1', async () => {
    const run = await allows('execute-api:Invoke', `${API}/prod/GET/keeper`);
    assert.match(run.stdout, /^deny\n {2}policy\.json:16:5 Deny "NotTheKeeper" \(identity policy\)\n/);
    assert.equal(run.exitCode, 1);
  });

  it('prints implicit-deny and what is missing, and exits 1', async () => {
    const run = await allows('execute-api:Invoke', `${API}/prod/POST/pets`);
    assert.match(
      run.stdout,
      /^implicit-deny\n {2}no identity policy and no resource policy allows it\n {2}smallest change/,
    );
    assert.equal(run.exitCode, 1);
  });

  it('says what has yet to be decided in the words of no one language', async () => {
    const written = (resource: string): string =>
      `policy = { "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ${resource}}] }\n`;
    const said = async (text: string): Promise<string> =>
      (
        await allows('s3:GetObject', 'arn:aws:s3:::b/k', ['policy.py'], { files: { 'policy.py': text } })
      ).stdout.split('\n', 2)[1] ?? '';
    assert.match(await said(written('f"arn:aws:s3:::{bucket}/k"')), / if what is filled in for \S+ matches/);
    assert.match(
      await said(written('"*"').replace('}\n', '} if prod else {}\n')),
      / if the branch that it stands in is taken/,
    );
    assert.match(await said(written('["*"] if prod else []')), / if the branch with this Resource is taken/);
    assert.match(
      await said(written('"*", **more')),
      / if what is put into the statement later does not change it/,
    );
  });

  it('prints depends and on what, with its line, and exits 1', async () => {
    const run = await allows('execute-api:InvalidateCache', `${API}/prod/GET/pets`);
    assert.match(
      run.stdout,
      /^depends\n {2}Allowed by statement 2 if aws:SourceIp is in 203\.0\.113\.0\/24\.\n {2}policy\.json:10:5 Allow statement 2 \(identity policy\)\n/,
    );
    assert.match(run.stdout, /\n {4}if aws:SourceIp is in 203\.0\.113\.0\/24 \(line 14\)\n {2}settled by: /);
    assert.equal(run.exitCode, 1);
  });

  it('prints JSON with the same facts', async () => {
    const run = await allows('execute-api:InvalidateCache', `${API}/prod/GET/pets`, [
      '--format',
      'json',
      '--principal',
      '123456789012',
      'policy.json',
    ]);
    assert.deepEqual(JSON.parse(run.stdout), {
      outcome: 'depends',
      action: 'execute-api:InvalidateCache',
      resource: `${API}/prod/GET/pets`,
      principal: '123456789012',
      auth: null,
      api: null,
      deciding: [
        {
          file: 'policy.json',
          line: 10,
          column: 5,
          endLine: 15,
          endColumn: 6,
          sid: null,
          effect: 'Allow',
          policyType: 'identity',
          dependsOn: [
            {
              kind: 'condition',
              text: 'IpAddress aws:SourceIp',
              clause: 'if aws:SourceIp is in 203.0.113.0/24',
              file: 'policy.json',
              line: 14,
              column: 37,
              endLine: 14,
              endColumn: 51,
            },
          ],
        },
      ],
      lacks: [],
      doubts: [],
      asks: [{ key: 'aws:SourceIp', values: ['203.0.113.0/24'] }],
      sentence: 'Allowed by statement 2 if aws:SourceIp is in 203.0.113.0/24.',
      deniesPart: false,
      certain: [],
      sides: [
        { outcome: 'allow', told: [{ key: 'aws:SourceIp', value: '203.0.113.0', isOther: false }] },
        { outcome: 'implicit-deny', told: [{ key: 'aws:SourceIp', value: '198.51.100.1', isOther: true }] },
        { outcome: 'implicit-deny', told: [{ key: 'aws:SourceIp', value: null, isOther: false }] },
      ],
      grants: [],
    });
    assert.equal(run.exitCode, 1);
  });

  it('names in JSON the statements that apply for certain, with their Sids', async () => {
    const files = {
      'two.json': JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Sure', Effect: 'Allow', Action: 's3:*', Resource: '*' },
          { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
          {
            Effect: 'Deny',
            Action: 's3:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    };
    const run = await allows('s3:GetObject', 'arn:aws:s3:::b/k', ['two.json', '--format', 'json'], { files });
    const { outcome, certain } = JSON.parse(run.stdout);
    assert.equal(outcome, 'depends');
    assert.deepEqual(
      certain.map(({ sid, effect, policyType }: Record<string, unknown>) => [sid, effect, policyType]),
      [
        ['Sure', 'Allow', 'identity'],
        [null, 'Allow', 'identity'],
      ],
    );
  });

  it('takes the files together, each for what it is said to be', async () => {
    const limited = await allows('execute-api:Invoke', `${API}/prod/GET/pets`, [
      'policy.json',
      '--also',
      'scp=org.json',
    ]);
    assert.match(limited.stdout, /^implicit-deny\n {2}no service control policy allows it\n/);
    const alone = await allows('s3:GetObject', 'arn:aws:s3:::b/k', ['--policy-type', 'scp', 'org.json']);
    assert.equal(alone.stdout, 'implicit-deny\n  no identity policy and no resource policy allows it\n');
    const both = await allows('s3:GetObject', 'arn:aws:s3:::b/k', ['policy.json', 'org.json']);
    assert.match(both.stdout, /^allow\n {2}org\.json:1:37 Allow statement 1/);
    assert.deepEqual([limited.exitCode, alone.exitCode, both.exitCode], [1, 1, 0]);
  });

  it('asks for both policies across accounts', async () => {
    const run = await allows('execute-api:Invoke', `${API}/prod/GET/pets`, [
      '--principal',
      'arn:aws:iam::999999999999:role/reader',
      'policy.json',
    ]);
    assert.match(run.stdout, /^implicit-deny\n {2}no resource policy allows it/);
    assert.equal(run.exitCode, 1);
  });

  it('reads standard input', async () => {
    const run = await allows('execute-api:Invoke', `${API}/prod/GET/pets`, ['-'], { stdin: POLICY });
    assert.match(run.stdout, /^allow\n {2}-:4:5 /);
    assert.equal(run.exitCode, 0);
  });

  it('lets no text of a policy move the cursor', async () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Sid: '\u001b[2J', Effect: 'Allow', Action: '*', Resource: '*' },
    });
    const run = await allows('s3:GetObject', '*', ['-'], { stdin: text });
    assert.doesNotMatch(run.stdout, /\u001b/);
    assert.match(run.stdout, /^allow\n/);
  });

  const refused: readonly (readonly [name: string, options: readonly string[], complaint: RegExp])[] = [
    ['a file that is not there', ['policy.json', 'gone.json'], /cannot read gone\.json: no such file/],
    ['a file without a policy', ['policy.json', 'none.json'], /none\.json holds no policy/],
    [
      'a policy that is cut short',
      ['cut.json'],
      /cut\.json:21:6: AWS would refuse this identity policy: The closing bracket .* is missing\. \(json-syntax\)/,
    ],
    ['no file', [], /missing required argument/],
    ['a type that is none', ['--also', 'org=org.json', 'policy.json'], /Write it as TYPE=FILE/],
    ['a policy type that is none', ['--policy-type', 'org', 'policy.json'], /Allowed choices/],
  ];
  for (const [name, options, complaint] of refused) {
    it(`exits 2 for ${name}, and answers nothing`, async () => {
      const run = await allows('execute-api:Invoke', `${API}/prod/GET/pets`, options);
      assert.match(run.stderr, complaint);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  const ALLOW = '"Effect": "Allow", "Action": "*", "Resource": "*"';
  const DENY = '"Effect": "Deny", "Action": "*", "Resource": "*"';
  const unlawful: readonly (readonly [
    name: string,
    type: PolicyType,
    statement: string,
    /** What the complaint points at. */
    at: string,
    complaint: string,
  ])[] = [
    ['no action', 'identity', '"Effect": "Deny", "Resource": "*"', '{', 'neither Action nor NotAction'],
    ['no resource', 'identity', '"Effect": "Deny", "Action": "*"', '{', 'neither Resource nor NotResource'],
    ['no effect', 'identity', '"Action": "*", "Resource": "*"', '{', 'has no Effect'],
    ['another effect', 'identity', DENY.replace('Deny', 'deny'), '"deny"', 'and not "deny"'],
    ['an element twice', 'identity', `${ALLOW}, "Effect": "Deny"`, '"Effect": "D', 'already has "Effect"'],
    ['an element that there is not', 'identity', `${ALLOW}, "If": {}`, '"If"', '"If" is not an element'],
    ['both forms of an element', 'identity', `${DENY}, "NotAction": "s3:*"`, '"NotA', 'cannot have both'],
    [
      'an action of no service',
      'identity',
      DENY.replace('"*"', '"Invoke"'),
      '"Invoke"',
      '"Invoke" has no service prefix',
    ],
    [
      'a principal that is not asked for',
      'identity',
      `${DENY}, "Principal": "*"`,
      '"Princ',
      'is not supported',
    ],
    ['no principal', 'resource', DENY, '{', 'has no Principal'],
    ['a resource in a trust policy', 'trust', `${DENY}, "Principal": "*"`, '"Resource"', 'is not supported'],
  ];
  for (const [name, type, statement, at, complaint] of unlawful) {
    it(`exits 2 for ${name}, says where, and answers nothing`, async () => {
      const line = `{ ${statement} }`;
      const files = { ...FILES, 'bad.json': `{ "Version": "2012-10-17", "Statement": [\n${line}\n] }` };
      const options = ['policy.json', '--also', `${type}=bad.json`];
      const run = await allows('execute-api:Invoke', `${API}/prod/GET/pets`, options, { files });
      assert.ok(
        run.stderr.startsWith(
          `iam-policy: bad.json:2:${line.indexOf(at) + 1}: AWS would refuse this ${type} policy: `,
        ),
        run.stderr,
      );
      assert.ok(run.stderr.includes(complaint), run.stderr);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  it('refuses no policy for what only a template can tell, nor where no resource belongs', async () => {
    const trust = `{ "Version": "2012-10-17", "Statement": {
      "Effect": "Allow", "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::123456789012:root" } },
      "Action": "sts:AssumeRole" } }`;
    const template = `{ "Version": "2012-10-17", "Statement": {
      "Effect": "Allow", "Action": "execute-api:*", "Resource": { "Ref": "Api" } } }`;
    const files = { 'trust.json': trust, 'template.json': template };
    for (const name of Object.keys(files)) {
      const run = await allows('sts:AssumeRole', 'arn:aws:iam::123456789012:role/r', [name], { files });
      assert.deepEqual([run.stderr, run.exitCode], ['', 1]);
    }
  });

  const pointless: readonly (readonly [option: string, text: string, complaint: RegExp])[] = [
    ['--action', 'Invoke', /Write it as SERVICE:NAME/],
    ['--resource', '/pets', /Give an ARN/],
    ['--resource', 'arn:', /six fields/],
    ['--resource', 'arn:aws', /six fields/],
    ['--resource', 'arn:aws:execute-api:us-east-1:123456789012', /six fields/],
    ['--resource', 'arn:amazon:s3:::b', /partition/],
    ['--resource', 'arn:aws:s3:::', /names a service and a resource/],
    ['--resource', 'arn:aws::::b', /names a service and a resource/],
    ['--resource', 'arn:aws:iam::1234:role/r', /twelve digits/],
    ['--principal', 'ann.smith', /Give the ARN of a role/],
    ['--principal', '1234', /Give the ARN of a role/],
    ['--principal', 'arn:aws:s3:::b', /Give the ARN of a role/],
    ['--principal', 'arn:aws:iam::123456789012', /Give the ARN of a role/],
    ['--principal', 'arn:aws:iam::1:group/x', /twelve digits/],
    ['--principal', 'arn:aws:iam::1234:role/r', /twelve digits/],
    ['--principal', 'arn:aws:iam::aws:role/r', /twelve digits/],
    ['--principal', 'arn:aws:iam::*:role/r', /twelve digits, and no wildcards/],
    ['--principal', 'arn:aws:iam:us-east-1:123456789012:role/r', /no Region/],
    ['--principal', 'arn:aws:iam::123456789012:group/x', /one of its users/],
    ['--principal', 'arn:aws:iam::123456789012:role', /ends in root, user\/NAME/],
    ['--principal', 'arn:aws:iam::123456789012:instance-profile/x', /ends in root, user\/NAME/],
    ['--principal', 'arn:aws:sts::123456789012:assumed-role/r', /ends in assumed-role\/ROLE\/SESSION/],
  ];
  for (const [option, text, complaint] of pointless) {
    it(`exits 2 for ${option} ${text}, says what is expected, and answers nothing`, async () => {
      const asked = { '--action': 's3:GetObject', '--resource': '*', [option]: text };
      const run = await runCli(['allows', ...Object.entries(asked).flat(), 'all.json'], { files: FILES });
      assert.ok(run.stderr.includes(`argument '${text}' is invalid`), run.stderr);
      assert.match(run.stderr, complaint);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  it('takes whatever a request may be about', async () => {
    for (const [action, resource] of [
      ['*', '*'],
      ['execute-api:*', `${API}/*`],
      ['execute-api:Invoke', 'arn:aws:execute-api:*:*:*/prod/GET/*'],
      ['execute-api:Invoke', 'execute-api:/prod/GET/pets'],
      ['s3:GetObject', 'arn:aws-us-gov:s3:::bucket/${aws:username}/*'],
      ['iam:GetPolicy', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
      ['iam:PassRole', 'arn:aws:iam::${AWS::AccountId}:role/*'],
      ['vpc-lattice:AssociateViaAWSService-EventsAndStates', '*'],
      ['sqs:SendMessage', 'arn:aws-cn:sqs:cn-north-1:12345678901?:queue'],
    ] as const) {
      const run = await allows(action, resource, ['all.json']);
      assert.deepEqual([run.stderr, run.stdout.split('\n')[0]], ['', 'allow'], `${action} ${resource}`);
    }
  });

  it('takes whoever may send one', async () => {
    for (const principal of [
      '*',
      '123456789012',
      'arn:aws:iam::123456789012:root',
      'arn:aws:iam::123456789012:user/ann',
      'arn:aws:iam::123456789012:user/dev/team/ann@example.com',
      'arn:aws-cn:iam::123456789012:role/aws-service-role/x.amazonaws.com/Name',
      'arn:aws-us-gov:iam::123456789012:role/reader',
      'arn:aws:iam::123456789012:role/*',
      'arn:aws:sts::123456789012:assumed-role/reader/session',
      'arn:aws:sts::123456789012:assumed-role/reader/*',
      'arn:aws:sts::123456789012:assumed-role/*',
      'arn:aws:sts::123456789012:federated-user/ann',
      'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
      'arn:aws:iam::123456789012:saml-provider/Okta',
      'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
      'apigateway.amazonaws.com',
      'ops.apigateway.amazonaws.com',
      's3.cn-north-1.amazonaws.com.cn',
      'ec2.amazonaws.com.cn',
      'alexa-appkit.amazon.com',
      'accounts.google.com',
      'graph.facebook.com',
      'cognito-identity.amazonaws.com',
      'www.amazon.com',
    ]) {
      const run = await allows('s3:GetObject', '*', ['--principal', principal, 'all.json']);
      assert.equal(run.stderr, '', principal);
      assert.notEqual(run.stdout, '', principal);
    }
  });

  const DAY = JSON.parse(iamDataAssets().index).date as string;
  const doubtful: readonly (readonly [action: string, resource: string, stderr: string])[] = [
    [
      'execute-api:Frobnicate',
      `${API}/prod/GET/pets`,
      `The service reference of ${DAY} has no action "Frobnicate" of execute-api.`,
    ],
    ['execute-api:Invok', '*', 'execute-api has no action "Invok"; the nearest is "Invoke".'],
    [
      'execute-api:Frob*',
      '*',
      `No action of execute-api in the service reference of ${DAY} matches "Frob*".`,
    ],
    ['frobnicate:Invoke', '*', `The service reference of ${DAY} has no service "frobnicate".`],
    [
      'execute-api:Invoke',
      'arn:aws:s3:::x',
      '"execute-api:Invoke" applies to resources of type execute-api-domain or execute-api-general, and "arn:aws:s3:::x" is not one.',
    ],
    [
      'execute-api:*',
      'arn:aws:s3:::x/*',
      'No action that "execute-api:*" covers applies to "arn:aws:s3:::x/*".',
    ],
    [
      's3:GetObject',
      'execute-api:/prod/GET/pets',
      '"s3:GetObject" applies to resources of type accesspointobject or object, and "execute-api:/prod/GET/pets" is not one.',
    ],
    ['execute-api:Invoke', `${API}/prod/GET/pets`, ''],
    ['execute-api:invoke', 'execute-api:/prod/GET/pets', ''],
    ['execute-api:*', '*', ''],
    ['*', 'arn:aws:s3:::x', ''],
    ['s3:*', 'arn:aws:execute-api:*:*:*', ''],
    ['execute-api:Invoke', 'arn:aws:*:*:*:x', ''],
    // Another service's ARNs, which these are done to.
    ['sts:AssumeRole', 'arn:aws:iam::123456789012:role/r', ''],
    ['backup:StartCopyJob', 'arn:aws:ec2:us-east-1::snapshot/snap-1', ''],
    // Its own service's ARNs, of which its table need not be complete; and an action without any table.
    ['s3:GetObject', 'arn:aws:s3:::bucket', ''],
    ['s3:ListAllMyBuckets', 'arn:aws:sqs:us-east-1:123456789012:q', ''],
  ];
  for (const [action, resource, doubt] of doubtful) {
    it(`answers ${action} on ${resource} ${doubt === '' ? 'without' : 'with'} a doubt`, async () => {
      const world = { io: { iamDataAssets } };
      const run = await allows(action, resource, ['all.json'], world);
      assert.equal(run.stderr, doubt === '' ? '' : `iam-policy: ${doubt}\n`);
      // Assuming a role is also for its trust policy to allow, which is not among the policies.
      const isDecided = action !== 'sts:AssumeRole';
      assert.match(run.stdout, isDecided ? /^allow\n/ : /^depends\n[\s\S]*trust policy allows it too/);
      assert.equal(run.exitCode, isDecided ? 0 : 1);
    });
  }

  it('says in its help whom it can be asked about, and whom not', async () => {
    const { stdout } = await runCli(['allows', '--help']);
    assert.match(stdout, /The caller signs its requests, or is anonymous.*Cognito/s);
  });

  it('exits 2 without an action and a resource', async () => {
    assert.equal((await runCli(['allows', 'policy.json'], { files: FILES })).exitCode, 2);
  });
});
