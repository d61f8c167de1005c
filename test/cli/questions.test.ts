import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectations, readQuestions } from '../../server/src/core/index';
import { iamDataAssets } from '../support/iamData';
import { repositoryRoot } from '../support/repository';
import { type CliRun, type CliWorld, fileError, runCli } from './memoryIo';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);

const READ = { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::bucket/*' };
const ENDPOINT_ONLY = {
  Sid: 'EndpointOnly',
  Effect: 'Deny',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } },
};

const FILES: Readonly<Record<string, string>> = {
  'policies/role.json': policy(READ, ENDPOINT_ONLY),
  'policies/scp.json': policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
  'policies/bad.json': '{ "Statement": { "Effect": "Allow", "Action": "*" } }',
  'policies/none.json': '{}',
};

const QUESTION = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', expect: 'allow' };

function ask(file: object | string, options: readonly string[] = [], world: CliWorld = {}): Promise<CliRun> {
  const name = typeof file === 'string' ? 'policies/t.iam-questions.yaml' : 'policies/t.iam-questions.json';
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  return runCli(['allows', '--questions', name, ...options], {
    ...world,
    files: { ...FILES, ...world.files, [name]: text },
  });
}

describe('iam-policy allows --questions', () => {
  it('exits 0 where every answer is the expected one, and shows them in a table', async () => {
    const run = await ask(`# The role reads, through its endpoint alone.
policies: role.json
context:
  aws:SourceVpce: vpce-0a1b2c3d
questions:
  - name: reads
    action: s3:GetObject
    resource: arn:aws:s3:::bucket/key
    expect: allow
  - action: [s3:PutObject, s3:DeleteObject]
    resource: arn:aws:s3:::bucket/key
    expect: deny
  - name: from elsewhere
    action: s3:GetObject
    resource: arn:aws:s3:::bucket/key
    context: { "AWS:sourcevpce": null }
    expect: deny
`);
    assert.equal(run.stderr, '');
    assert.equal(
      run.stdout,
      [
        'policies/t.iam-questions.yaml',
        '  ok    allow          reads (line 6)',
        '  ok    implicit-deny  s3:PutObject on arn:aws:s3:::bucket/key (line 10)',
        '  ok    implicit-deny  s3:DeleteObject on arn:aws:s3:::bucket/key (line 10)',
        '  ok    deny           from elsewhere (line 13)',
        '4 questions, all answered as expected',
        '',
      ].join('\n'),
    );
    assert.equal(run.exitCode, 0);
  });

  it('exits 1 where one is not, and says why', async () => {
    const run = await ask({ policies: ['role.json'], questions: [{ ...QUESTION, name: 'reads' }] });
    assert.match(
      run.stdout,
      /\n {2}FAIL {2}depends {8}reads \(line 1\): expected allow\n[\s\S]*EndpointOnly[\s\S]*settled by: aws:SourceVpce/,
    );
    assert.match(run.stdout, /\n1 question, 1 not answered as expected\n$/);
    assert.deepEqual([run.stderr, run.exitCode], ['', 1]);
  });

  it('knows the account of a number in YAML by its digits, and types and levels', async () => {
    const run = await ask(`
policies:
  - role.json
  - { file: scp.json, type: scp, level: root }
principal: 012345678901
resourceAccount: 012345678901
context: { aws:SourceVpce: vpce-0a1b2c3d }
questions:
  - { action: s3:GetObject, resource: 'arn:aws:s3:::bucket/key', expect: allow }
  - { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', resourceAccount: '999999999999', expect: deny }
`);
    assert.deepEqual([run.stderr, run.exitCode], ['', 0], run.stdout);
  });

  it('prints JSON with the answer to each', async () => {
    const run = await ask({ policies: 'role.json', questions: [QUESTION] }, ['--format', 'json']);
    const { questions, summary } = JSON.parse(run.stdout);
    assert.deepEqual(summary, { questions: 1, failed: 1 });
    const [{ answer, ...question }] = questions;
    assert.deepEqual(question, {
      file: 'policies/t.iam-questions.json',
      line: 1,
      name: null,
      expected: 'allow',
      asExpected: false,
    });
    assert.equal(answer.outcome, 'depends');
    assert.equal(answer.deciding[0].file, 'policies/role.json');
  });

  it('tells a question that AWS may never ask, and answers it', async () => {
    const file = {
      policies: 'role.json',
      questions: [{ ...QUESTION, action: 's3:GetObjekt', expect: 'deny' }],
    };
    const run = await ask(file, [], { io: { iamDataAssets } });
    assert.match(run.stderr, /^iam-policy: policies\/t\.iam-questions\.json:1:\d+: .*GetObjekt/);
    assert.equal(run.exitCode, 0);
  });

  const wrong: readonly (readonly [name: string, file: object | string, complaint: RegExp])[] = [
    ['what is no object', '[]\n', /:1:1: A file of questions is an object/],
    ['no questions', { policies: 'role.json' }, /"questions" is a list/],
    ['an empty list', { policies: 'role.json', questions: [] }, /"questions" is a list/],
    [
      'a member that there is not',
      { polices: 'role.json', questions: [QUESTION] },
      /the nearest is "policies"/,
    ],
    [
      'a member of Object',
      { questions: [{ ...QUESTION, constructor: 1, policies: 'a' }] },
      /"constructor" is not known/,
    ],
    ['a member twice', '{"questions": [], "questions": []}', /"questions" stands twice/],
    ['no policies', { questions: [QUESTION] }, /The question has no policies/],
    ['an empty list of policies', { policies: [], questions: [QUESTION] }, /"policies" is a list of files/],
    ['a policy without a file', { policies: [{ type: 'scp' }], questions: [QUESTION] }, /names no file/],
    [
      'a type that is none',
      { policies: [{ file: 'a', type: 'org' }], questions: [QUESTION] },
      /"type" is one of/,
    ],
    [
      'a level of no scp',
      { policies: [{ file: 'a', level: 'x' }], questions: [QUESTION] },
      /its type is scp/,
    ],
    [
      'levels beside none',
      {
        policies: [
          { file: 'a', type: 'scp', level: 'x' },
          { file: 'b', type: 'scp' },
        ],
        questions: [QUESTION],
      },
      /"b" has no level/,
    ],
    ['no action', { policies: 'role.json', questions: [{ resource: '*', expect: 'deny' }] }, /has no action/],
    [
      'an action that is none',
      { policies: 'a', questions: [{ ...QUESTION, action: 'Get' }] },
      /SERVICE:NAME/,
    ],
    [
      'a resource that is none',
      { policies: 'a', questions: [{ ...QUESTION, resource: 'b' }] },
      /Give an ARN/,
    ],
    [
      'a principal that is none',
      { policies: 'a', principal: 'ann', questions: [QUESTION] },
      /Give the ARN of a role/,
    ],
    [
      'an expectation that is none',
      { policies: 'a', questions: [{ ...QUESTION, expect: 'yes' }] },
      /"expect" is one of/,
    ],
    [
      'no expectation',
      { policies: 'a', questions: [{ ...QUESTION, expect: undefined }] },
      /"expect" is one of/,
    ],
    [
      'a context that is none',
      { policies: 'a', context: [], questions: [QUESTION] },
      /"context" is an object/,
    ],
    [
      'a key that is none',
      { policies: 'a', context: { ip: 1 }, questions: [QUESTION] },
      /A condition key is/,
    ],
    [
      "an owner that is not the ARN's",
      {
        policies: 'a',
        questions: [
          { ...QUESTION, resource: 'arn:aws:sqs:us-east-1:111111111111:q', resourceAccount: '222222222222' },
        ],
      },
      /ARN names 111111111111/,
    ],
    [
      'a file that is not there',
      { policies: 'gone.json', questions: [QUESTION] },
      /cannot read policies\/gone\.json/,
    ],
    [
      'a file without a policy',
      { policies: 'none.json', questions: [QUESTION] },
      /none\.json holds no policy/,
    ],
    [
      'a policy that AWS refuses',
      { policies: 'bad.json', questions: [QUESTION] },
      /bad\.json:1:.*AWS would refuse/,
    ],
  ];
  for (const [name, file, complaint] of wrong) {
    it(`exits 2 for ${name}, says where, and answers nothing`, async () => {
      const run = await ask(file);
      assert.match(run.stderr, complaint);
      assert.match(run.stderr, /^iam-policy: policies\/t\.iam-questions\.(?:json|yaml):\d+:\d+: /);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  it('exits 2 for JSON that is cut short', async () => {
    const files = { 'cut.json': '{ "questions": [' };
    const run = await runCli(['allows', '--questions', 'cut.json'], { files });
    assert.match(run.stderr, /^iam-policy: cut\.json:1:17: It is not well-formed: [a-z ]+\.\n$/);
    assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
  });

  it('reads no more requests than it can answer', () => {
    const many = Array.from({ length: 200 }, (_, index) => `s3:Get${index}`);
    const resources = many.map((_, index) => `arn:aws:s3:::b/${index}`);
    const file = { policies: 'a', questions: [{ action: many, resource: resources, expect: 'deny' }] };
    const { questions, problems } = readQuestions(JSON.stringify(file), 'json');
    assert.deepEqual([questions.length, problems.length], [0, 1]);
    assert.match(problems[0]?.problem ?? '', /more than 10,000 requests/);
  });

  it('reads the policies as what another file names, never a device or a pipe', async () => {
    const asked: string[] = [];
    const io = {
      readFile: async (path: string, as: 'named' | 'found') => {
        asked.push(`${path} ${as}`);
        if (as === 'found') {
          throw fileError('EFTYPE');
        }
        return new TextEncoder().encode(JSON.stringify({ policies: '/dev/zero', questions: [QUESTION] }));
      },
    };
    const run = await runCli(['allows', '--questions', 'q/x.json'], { io });
    assert.deepEqual(asked, ['q/x.json named', '/dev/zero found']);
    assert.equal(run.exitCode, 2);
  });

  for (const option of ['--action', '--resource', '--principal', '--resource-account', '--assume-absent']) {
    it(`has no place for ${option} beside it`, async () => {
      const value = {
        '--action': 's3:GetObject',
        '--resource': '*',
        '--assume-absent': 'aws:SourceIp',
      }[option];
      const run = await ask({ policies: 'role.json', questions: [QUESTION] }, [
        option,
        value ?? '123456789012',
      ]);
      assert.match(run.stderr, new RegExp(`${option} cannot be combined with --questions`));
      assert.equal(run.exitCode, 2);
    });
  }
});

describe('The schema of files of questions', () => {
  const schema = JSON.parse(
    readFileSync(join(repositoryRoot, 'server/docs/iam-questions.schema.json'), 'utf8'),
  );
  const { question, policies: _, policy: policyForm } = schema.definitions;

  it('knows the members that the reader knows, and the answers', () => {
    const known = (text: string): readonly string[] => {
      const problems = readQuestions(text, 'json').problems.map(({ problem }) => problem);
      return /known here: ([^.]*)\.$/m.exec(problems.join('\n'))?.[1]?.split(', ') ?? [];
    };
    assert.deepEqual(Object.keys(schema.properties).sort(), [...known('{"zzzzzzzz": 1}')].sort());
    assert.deepEqual(
      Object.keys(question.properties).sort(),
      [...known('{"questions": [{"zzzzzzzz": 1}]}')].sort(),
    );
    assert.deepEqual(
      Object.keys(policyForm.anyOf[1].properties).sort(),
      [...known('{"policies": {"zzzzzzzz": 1}}')].sort(),
    );
    assert.deepEqual(question.properties.expect.enum, expectations);
  });

  it('goes with a page whose example can be read', () => {
    const page = readFileSync(join(repositoryRoot, 'server/docs/allows.md'), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const { questions, problems } = readQuestions(example, 'yaml');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      questions.map(({ action, expect, policies }) => `${action} ${expect} ${policies.length}`),
      ['s3:GetObject allow 3', 's3:GetObject deny 3', 's3:PutObject deny 3', 's3:DeleteObject deny 3'],
    );
  });

  it('is what editors hold such files to', () => {
    const { contributes } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
    for (const point of ['jsonValidation', 'yamlValidation']) {
      const entry = contributes[point].find((each: { url: string }) => each.url.includes('iam-questions'));
      assert.ok(entry.fileMatch.every((name: string) => name.startsWith('*.iam-questions.')));
    }
  });
});

describe('iam-policy allows --expect', () => {
  const answer = async (expect: string, ...options: readonly string[]): Promise<string> => {
    const question = ['--action', 's3:GetObject', '--resource', 'arn:aws:s3:::bucket/key'];
    const argv = ['allows', ...question, '--expect', expect, ...options, 'policies/role.json'];
    const { exitCode, stdout, stderr } = await runCli(argv, { files: FILES });
    assert.equal(stderr, '');
    return `${stdout.split('\n')[0]} ${exitCode}${stdout.includes(`expected ${expect}`) ? ' told' : ''}`;
  };

  it('exits 0 for the expected answer alone, and says where it is another', async () => {
    const there = ['--context', 'aws:SourceVpce=vpce-0a1b2c3d'];
    const elsewhere = ['--assume-absent', 'aws:SourceVpce'];
    assert.equal(await answer('allow', ...there), 'allow 0');
    assert.equal(await answer('deny', ...there), 'allow 1 told');
    assert.equal(await answer('depends', ...there), 'allow 1 told');
    assert.equal(await answer('deny', ...elsewhere), 'deny 0');
    assert.equal(await answer('allow', ...elsewhere), 'deny 1 told');
    assert.equal(await answer('depends'), 'depends 0');
    assert.equal(await answer('allow'), 'depends 1 told');
    assert.equal(await answer('deny', '--action', 's3:PutObject'), 'implicit-deny 0');
    assert.equal(await answer('allow', '--action', 's3:PutObject'), 'implicit-deny 1 told');
  });

  it('exits 2 for a failure whatever is expected, and for an answer that is none', async () => {
    for (const expect of ['allow', 'deny', 'depends']) {
      const run = await runCli(
        ['allows', '--action', 's3:GetObject', '--resource', '*', '--expect', expect, 'gone.json'],
        { files: FILES },
      );
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    }
    const argv = [
      'allows',
      '--action',
      's3:GetObject',
      '--resource',
      '*',
      '--expect',
      'yes',
      'policies/role.json',
    ];
    assert.equal((await runCli(argv, { files: FILES })).exitCode, 2);
  });

  it('says so in JSON', async () => {
    const argv = [
      'allows',
      '--action',
      's3:PutObject',
      '--resource',
      '*',
      '--expect',
      'allow',
      '--format',
      'json',
    ];
    const { stdout } = await runCli([...argv, 'policies/role.json'], { files: FILES });
    const { expected, asExpected } = JSON.parse(stdout);
    assert.deepEqual([expected, asExpected], ['allow', false]);
  });
});

describe('iam-policy allows, where an Allow is missing', () => {
  const put = ['allows', '--action', 's3:PutObject', '--resource', 'arn:aws:s3:::bucket/key'];

  it('shows the smallest change that gives one, as lines', async () => {
    const files = { 'read.json': policy(READ) };
    const { stdout } = await runCli([...put, 'read.json'], { files });
    assert.equal(
      stdout,
      `implicit-deny
  no identity policy and no resource policy allows it
  smallest change that allows it: Insert a statement that allows it into the identity policy
    Whoever else holds the identity policy gains it too.
    read.json:11
    +     },
    +     {
    +       "Sid": "Allows3PutObject",
    +       "Effect": "Allow",
    +       "Action": "s3:PutObject",
    +       "Resource": "arn:aws:s3:::bucket/key"
  or: Add s3:PutObject to "Read"
`,
    );
  });

  it('has it in JSON, as edits that can be applied', async () => {
    const text = policy(READ);
    const { stdout } = await runCli([...put, '--format', 'json', 'read.json'], {
      files: { 'read.json': text },
    });
    const { grants } = JSON.parse(stdout);
    const [{ edits }, other] = grants;
    const lines = text.split('\n');
    const offset = (line: number, column: number) =>
      lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    const [{ line, column, endLine, endColumn, newText, file }] = edits;
    const after = text.slice(0, offset(line, column)) + newText + text.slice(offset(endLine, endColumn));
    assert.equal(file, 'read.json');
    const changed = await runCli([...put, 'read.json'], { files: { 'read.json': after } });
    assert.equal(changed.exitCode, 0);
    assert.equal(other.title, 'Add s3:PutObject to "Read"');
  });

  it('shows of a long line where the change is', async () => {
    const files = { 'read.json': JSON.stringify(JSON.parse(policy(READ, READ, READ, READ, READ))) };
    const { stdout } = await runCli([...put, 'read.json'], { files });
    assert.match(stdout, /\n {4}\+ …[^\n]*s3:PutObject/);
    assert.ok(stdout.split('\n').every((line) => line.length < 200));
  });

  it('says whose conditions it leaves out, and trusts no identity provider without any', async () => {
    const role = 'arn:aws:iam::111122223333:role/app';
    const pass = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Pass',
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: role,
          Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
        },
      ],
    });
    const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
    const claim = 'token.actions.githubusercontent.com:sub';
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: provider },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { [claim]: 'repo:example/app:*' } },
        },
      ],
    });
    const files = { 'pass.json': pass, 'trust.json': trust };
    const ask = (action: string, ...options: readonly string[]): Promise<CliRun> =>
      runCli(['allows', '--action', action, '--resource', role, ...options], { files });
    const passing = await ask(
      'iam:PassRole',
      '--context',
      'iam:PassedToService=ec2.amazonaws.com',
      'pass.json',
    );
    assert.match(passing.stdout, /^implicit-deny\n[\s\S]*\n {4}Grants without the conditions of "Pass"\. /);
    const assuming = await ask(
      'sts:AssumeRoleWithWebIdentity',
      ...['--principal', provider, '--context', `${claim}=repo:stranger/app:ref`, 'trust.json'],
    );
    assert.match(assuming.stdout, /^implicit-deny\n[\s\S]*trust policy does not allow it\n$/);
  });

  it('keeps the levels of the organization in the trial', async () => {
    const files = {
      'read.json': policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      'root.json': policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
      'team.json': policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
    };
    const levels = ['--also', 'scp:root=root.json', '--also', 'scp:team=team.json'];
    const { stdout } = await runCli([...put, ...levels, 'read.json'], { files });
    assert.match(stdout, /smallest change that allows it: .*\n[\s\S]*team\.json:/);
  });
});
