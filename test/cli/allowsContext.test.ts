import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamDataAssets } from '../support/iamData';
import { repositoryRoot } from '../support/repository';
import { type CliRun, type CliWorld, fileError, runCli } from './memoryIo';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const ALL = { Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' };
const ENDPOINT_ONLY = {
  Sid: 'EndpointOnly',
  Effect: 'Deny',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-0a1b2c3d', 'vpce-11111111'] } },
};
const allowIf = (Condition: object): string => policy({ ...ALL, Condition });

const FILES: Readonly<Record<string, string>> = {
  'endpoint.json': policy(ALL, ENDPOINT_ONLY),
  'all.json': policy(ALL),
  'tags.json': allowIf({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } }),
  'names.json': allowIf({
    StringEquals: { 'aws:RequestTag/constructor': 'x', 'aws:RequestTag/__proto__': 'y' },
  }),
  'count.json': allowIf({ NumericLessThan: { 's3:max-keys': '10' } }),
  'mfa.json': allowIf({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  'date.json': allowIf({ DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }),
  'ip.json': allowIf({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
  'source.json': allowIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }),
  'abac.json': allowIf({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }),
  'owner.json': allowIf({ StringEquals: { 'aws:ResourceAccount': '111122223333' } }),
  'open.json': policy({ ...ALL, Principal: '*' }),
  'queue.json': policy({ ...ALL, Action: 'sqs:*' }),
};

function allows(options: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const question = ['--action', 's3:GetObject', '--resource', 'arn:aws:s3:::bucket/key'];
  return runCli(['allows', ...question, ...options], {
    ...world,
    files: { ...FILES, ...world.files },
  });
}

/** The answer and the exit code. */
async function answer(options: readonly string[], world: CliWorld = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await allows(options, world);
  assert.equal(stderr, '');
  return `${stdout.split('\n')[0]} ${exitCode}`;
}

describe('iam-policy allows, told of the context', () => {
  it('says which condition keys settle the answer, and with which values', async () => {
    const { stdout } = await allows(['endpoint.json']);
    assert.match(stdout, /^depends\n/);
    assert.match(
      stdout,
      /\n {2}settled by: aws:SourceVpce \(vpce-0a1b2c3d, vpce-11111111\)\n {4}allowed if /,
    );
  });

  it('answers for certain once these are told', async () => {
    assert.equal(await answer(['endpoint.json', '--context', 'aws:SourceVpce=vpce-11111111']), 'allow 0');
    assert.equal(await answer(['endpoint.json', '--context', 'AWS:sourceVPCE=vpce-11111111']), 'allow 0');
    assert.equal(await answer(['endpoint.json', '--context', 'aws:SourceVpce=vpce-22222222']), 'deny 1');
    assert.equal(await answer(['endpoint.json', '--assume-absent', 'aws:sourcevpce']), 'deny 1');
  });

  it('says that they settle only a part where the answer hangs on more', async () => {
    const resource = policy({
      ...ALL,
      Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
      Condition: { StringEquals: { 'aws:SourceVpce': `vpce-${'1'.repeat(200)}` } },
    });
    const { stdout } = await allows(['resource.json'], { files: { 'resource.json': resource } });
    assert.match(stdout, /\n {2}settled in part by: aws:SourceVpce \(vpce-1{75}…\)\n {4}still open if /);
  });

  it('shows some of many values, and nothing of them that moves the cursor', async () => {
    const values = ['a\u001b[2J', 'b', 'c', 'd', 'e', 'f'];
    const files = { 'many.json': allowIf({ StringEquals: { 'aws:SourceVpce': values } }) };
    const { stdout } = await allows(['many.json'], { files });
    assert.match(stdout, /settled by: aws:SourceVpce \(a␛\[2J, b, c, d, and 2 more\)\n {4}allowed if /);
  });

  it('shows an empty value as one', async () => {
    const files = { 'prefix.json': allowIf({ StringLike: { 'aws:PrincipalTag/team': ['', 'Private/*'] } }) };
    const { stdout } = await allows(['prefix.json'], { files });
    assert.match(stdout, /settled by: aws:PrincipalTag\/team \("", Private\/\*\)\n {4}allowed if /);
  });

  it('takes several values of one key', async () => {
    const tags = (...values: readonly string[]) =>
      answer(['tags.json', ...values.flatMap((value) => ['--context', `aws:TagKeys=${value}`])]);
    assert.equal(await tags('team'), 'allow 0');
    assert.equal(await tags('team', 'cost'), 'allow 0');
    assert.equal(await tags('team', 'other'), 'implicit-deny 1');
    const mixed = ['--context', 'aws:TagKeys=team', '--context', 'AWS:tagkeys=other'];
    assert.equal(await answer(['tags.json', ...mixed]), 'implicit-deny 1');
  });

  it('takes a value with further equals signs, and an empty one', async () => {
    const files = { 'sign.json': allowIf({ StringEquals: { 'aws:RequestTag/a': 'b=c=' } }) };
    assert.equal(await answer(['sign.json', '--context', 'aws:RequestTag/a=b=c='], { files }), 'allow 0');
    assert.equal(await answer(['sign.json', '--context', 'aws:RequestTag/a='], { files }), 'implicit-deny 1');
  });

  it('takes keys that are names of every object', async () => {
    const told = ['aws:RequestTag/constructor=x', 'aws:RequestTag/__proto__=y'];
    assert.equal(await answer(['names.json', ...told.flatMap((each) => ['--context', each])]), 'allow 0');
    const context = '{ "aws:RequestTag/constructor": "x", "aws:RequestTag/__proto__": "y" }';
    const files = { 'context.json': context };
    assert.equal(await answer(['names.json', '--context-file', 'context.json'], { files }), 'allow 0');
    const run = await allows(['names.json']);
    assert.match(
      run.stdout,
      /settled by: aws:RequestTag\/constructor \(x\), aws:RequestTag\/__proto__ \(y\)\n {4}allowed if /,
    );
  });

  it('reads a file with every kind of value, comments and a byte order mark', async () => {
    const context = `\ufeff{
      // As the endpoint has it.
      "aws:SourceVpce": "vpce-0a1b2c3d",
      "aws:TagKeys": ["team"],
      "s3:max-keys": 9.5,
      "aws:MultiFactorAuthPresent": true,
      "aws:SourceIp": null,
    }`;
    const world = { files: { 'context.json': context } };
    for (const name of ['endpoint.json', 'tags.json', 'count.json', 'mfa.json']) {
      assert.equal(await answer([name, '--context-file', 'context.json'], world), 'allow 0', name);
    }
    assert.equal(await answer(['all.json', '--context-file', '-'], { ...world, stdin: context }), 'allow 0');
  });

  it('reads null and an empty list as a key that is not in the request', async () => {
    for (const value of ['null', '[]']) {
      const files = { 'context.json': `{ "aws:SourceVpce": ${value} }` };
      assert.equal(await answer(['endpoint.json', '--context-file', 'context.json'], { files }), 'deny 1');
    }
  });

  it('lets the command line win over the file', async () => {
    const files = { 'context.json': '{ "AWS:SourceVPCE": "vpce-22222222" }' };
    const options = ['endpoint.json', '--context-file', 'context.json'];
    assert.equal(await answer(options, { files }), 'deny 1');
    assert.equal(
      await answer([...options, '--context', 'aws:SourceVpce=vpce-0a1b2c3d'], { files }),
      'allow 0',
    );
    const good = { 'context.json': '{ "AWS:SourceVPCE": "vpce-0a1b2c3d" }' };
    assert.equal(await answer([...options, '--assume-absent', 'aws:SourceVpce'], { files: good }), 'deny 1');
  });

  it('takes a range of addresses for any one of them', async () => {
    const told = (range: string, text: string) =>
      answer(['range.json', '--context', `aws:SourceIp=${text}`], {
        files: {
          'range.json': policy(ALL, {
            ...ALL,
            Effect: 'Deny',
            Condition: { IpAddress: { 'aws:SourceIp': range } },
          }),
        },
      });
    assert.equal(await told('10.1.0.0/16', '10.1.2.0/24'), 'deny 1');
    assert.equal(await told('10.1.0.0/16', '10.2.0.0/16'), 'allow 0');
    assert.equal(await told('10.1.0.0/16', '10.0.0.0/8'), 'depends 1');
  });

  it('takes the owner of a resource whose ARN names none', async () => {
    assert.equal(await answer(['owner.json', '--resource-account', '111122223333']), 'allow 0');
    assert.equal(await answer(['owner.json', '--resource-account', '444455556666']), 'implicit-deny 1');
    const principal = ['--principal', 'arn:aws:iam::111122223333:user/ann'];
    const run = await allows(['all.json', ...principal, '--resource-account', '444455556666']);
    assert.match(run.stdout, /^implicit-deny\n {2}no resource policy allows it/);
  });

  it('answers for who sends no signature', async () => {
    assert.equal(await answer(['open.json', '--principal', 'anonymous']), 'allow 0');
    assert.equal(await answer(['all.json', '--principal', 'anonymous']), 'implicit-deny 1');
  });

  it('lets each level of the organization allow, and says what it assumes without levels', async () => {
    const at = (...files: readonly string[]) => ['all.json', ...files.flatMap((each) => ['--also', each])];
    assert.equal(await answer(at('scp:root=all.json', 'scp:team=endpoint.json')), 'depends 1');
    assert.equal(await answer(at('scp:root=all.json', 'scp:team=queue.json')), 'implicit-deny 1');
    assert.equal(await answer(at('scp:root=all.json', 'scp:root=queue.json')), 'allow 0');
    const run = await allows(at('scp=all.json', 'scp=queue.json'));
    assert.match(
      run.stdout,
      /^depends\n[\s\S]*if all these service control policies are attached at one level/,
    );
  });

  it('says why a condition stays open although its key was told', async () => {
    for (const [file, told, why] of [
      [
        'count.json',
        's3:max-keys=ten',
        's3:max-keys is "ten", which is not a number: NumericLessThan cannot',
      ],
      [
        'mfa.json',
        'aws:MultiFactorAuthPresent=yes',
        'aws:MultiFactorAuthPresent is "yes", which is not true or',
      ],
      ['date.json', 'aws:CurrentTime=tomorrow', 'aws:CurrentTime is "tomorrow", which is not a date such as'],
      [
        'ip.json',
        'aws:SourceIp=203.0.113.300',
        'aws:SourceIp is "203.0.113.300", which is not an IP address or',
      ],
      ['source.json', 'aws:SourceArn=topic', 'aws:SourceArn is "topic", which is not an ARN: ArnLike cannot'],
    ] as const) {
      const run = await allows(['--context', told, file]);
      assert.ok(run.stderr.startsWith(`iam-policy: ${why}`), run.stderr);
      assert.deepEqual([run.stdout.split('\n')[0], run.exitCode], ['depends', 1], told);
    }
    const several = ['--context', 's3:max-keys=5', '--context', 's3:max-keys=6'];
    const run = await allows([...several, 'count.json']);
    assert.match(run.stderr, /s3:max-keys has several values: what NumericLessThan makes of them without /);
    assert.equal((await allows(['--context', 's3:max-keys=5', 'count.json'])).stderr, '');
  });

  it('asks for what a key is compared with as well, and shows an example of equal values', async () => {
    const { stdout } = await allows(['abac.json']);
    assert.match(
      stdout,
      /\n {2}settled by: aws:ResourceTag\/team \(.*\), aws:PrincipalTag\/team\n {4}allowed if aws:ResourceTag\/team is example and aws:PrincipalTag\/team is example\n {4}not allowed if /,
    );
    const half = await allows(['--context', 'aws:PrincipalTag/team=blue', 'abac.json']);
    assert.match(
      half.stdout,
      /\n {4}allowed if aws:ResourceTag\/team is blue\n {4}not allowed if aws:ResourceTag\/team has another value or is not/,
    );
  });

  it('tells of a condition key that there is none of, and answers all the same', async () => {
    const run = await allows(['endpoint.json', '--context', 'aws:SourceVpcee=vpce-0a1b2c3d'], {
      io: { iamDataAssets },
    });
    assert.equal(
      run.stderr,
      'iam-policy: There is no global condition key "aws:SourceVpcee"; the nearest is aws:SourceVpce.\n',
    );
    assert.match(run.stdout, /^depends\n/);
  });

  const CONTEXT = (text: string): CliWorld => ({ files: { 'context.json': text } });
  const FILE = ['--context-file', 'context.json'];
  const refused: readonly (readonly [
    name: string,
    options: readonly string[],
    complaint: RegExp,
    world?: CliWorld,
  ])[] = [
    ['a key without a value', ['--context', 'aws:SourceIp'], /Write it as KEY=VALUE/],
    ['a value without a key', ['--context', '=x'], /Write it as KEY=VALUE/],
    ['a key without a prefix', ['--context', 'SourceIp=x'], /a prefix, a colon and a name/],
    ['a key without a name', ['--context', 'aws:=x'], /a prefix, a colon and a name/],
    ['a key with a line break', ['--assume-absent', 'aws:a\nb'], /a prefix, a colon and a name/],
    ['an operator before a key', ['--context', 'StringEquals:aws:SourceIp=x'], /without the operator/],
    ['a qualifier before a key', ['--context', 'forallvalues:aws:TagKeys=x'], /without the operator/],
    [
      'a key that is there and is not',
      ['--context', 'aws:SourceIp=1.2.3.4', '--assume-absent', 'AWS:SourceIP'],
      /--assume-absent says that it is not there/,
    ],
    ['an owner that is none', ['--resource-account', '1234'], /twelve digits/],
    [
      'another owner than that of the ARN',
      ['--resource', 'arn:aws:sqs:us-east-1:111122223333:q', '--resource-account', '444455556666'],
      /names 111122223333/,
    ],
    ['a level of no SCP', ['--also', 'boundary:root=all.json'], /Only a service control policy has a level/],
    ['a level without a name', ['--also', 'scp:=all.json'], /scp:LEVEL=FILE/],
    [
      'an SCP without a level among others',
      ['--also', 'scp:a=all.json', '--also', 'scp=endpoint.json'],
      /endpoint\.json has no level/,
    ],
    ['a context that is not there', FILE, /cannot read context\.json: no such file/],
    [
      'a context that is cut short',
      FILE,
      /context\.json:1:18: It is not well-formed/,
      CONTEXT('{ "aws:SourceIp":'),
    ],
    ['a context that is no object', FILE, /context\.json:1:1: A context is an object/, CONTEXT('["a"]')],
    ['an empty context', FILE, /context\.json:1:1: A context is an object/, CONTEXT('')],
    [
      'a value that is an object',
      FILE,
      /context\.json:2:1: "aws:a": A value is/,
      CONTEXT('{\n"aws:a": {} }'),
    ],
    ['a list in a list', FILE, /"aws:a": A value is/, CONTEXT('{ "aws:a": [["x"]] }')],
    ['a malformed key in a file', FILE, /"__proto__": A condition key is/, CONTEXT('{ "__proto__": "x" }')],
    ['a key twice in a file', FILE, /"AWS:a" is given twice/, CONTEXT('{ "aws:a": "x", "AWS:a": "y" }')],
    ['a context that is too long', FILE, /65,536 characters/, CONTEXT(`{}${' '.repeat(65_536)}`)],
    [
      'a context that is no regular file',
      FILE,
      /cannot read context\.json: no regular file/,
      {
        io: {
          readFile: async (path, as) => {
            assert.deepEqual([path, as], ['context.json', 'found']);
            throw fileError('EFTYPE');
          },
        },
      },
    ],
    ['the policy and the context from standard input', ['-', '--context-file', '-'], /cannot be both/],
  ];
  for (const [name, options, complaint, world] of refused) {
    it(`exits 2 for ${name}, and answers nothing`, async () => {
      const run = await allows(['all.json', ...options], world);
      assert.match(run.stderr, complaint);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  it('refuses a policy with an operator that there is none of', async () => {
    const files = { 'bad.json': allowIf({ StringEqual: { 'aws:SourceVpce': 'x' } }) };
    const run = await allows(['bad.json'], { files });
    assert.match(
      run.stderr,
      /AWS would refuse this identity policy: There is no condition operator "StringEqual"/,
    );
    assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
  });

  it('documents every member of the JSON', async () => {
    const page = readFileSync(join(repositoryRoot, 'server/docs/allows.md'), 'utf8');
    const documented = new Set(
      [...page.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = '']) =>
        [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      ),
    );
    const seen = new Set<string>();
    for (const name of ['endpoint.json', 'queue.json', 'all.json']) {
      const { stdout } = await allows([name, '--format', 'json']);
      for (const path of paths(JSON.parse(stdout))) {
        seen.add(path);
      }
    }
    assert.deepEqual(
      [...seen].filter((path) => !documented.has(path)),
      [],
    );
    assert.ok(seen.has('asks[].values[]') && seen.has('lacks[]'));
  });
});

/** The paths of all members of a value, as the page writes them. */
function paths(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) {
    return [`${path}[]`, ...value.flatMap((item) => paths(item, `${path}[]`))];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => paths(member, path === '' ? name : `${path}.${name}`))
    : [path];
}
