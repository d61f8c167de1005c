import assert from 'node:assert/strict';
import type { GatewayHost, SendOutcome } from '../../server/src/gateway/host';
import { hostOf } from '../support/callerHost';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { invalidator, petstore, reader } from '../support/petstore';
import { type CliWorld, runCli } from './memoryIo';

const PREFIX = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const HOST = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod';
const PLACE = ['--region', 'us-east-1', '--api-id', 'a1b2c3d4e5', '--stage', 'prod'];

const DEFINITION = `openapi: 3.0.1
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: {}
    post: {}
  /pets/{petId}:
    get: {}
    delete: {}
  /pets/{petId}/photos/{n}:
    get: {}
  /public/{proxy+}:
    x-amazon-apigateway-any-method: {}
`;

const files = {
  'pets.yaml': DEFINITION,
  'writes.yaml': 'openapi: 3.0.1\ninfo: { title: Writes }\npaths:\n  /pets:\n    post: {}\n',
};

async function urls(argv: readonly string[], world: CliWorld = { files }): Promise<readonly string[]> {
  const run = await runCli(['invalidate', '--dry-run', '--format', 'jsonl', ...argv], world);
  assert.equal(run.stderr, '');
  assert.equal(run.exitCode, 0);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => String(JSON.parse(line).url).replace(`${HOST}/`, ''));
}

describe('iam-policy invalidate: which entries', () => {
  const routes = ['--routes', 'pets.yaml', ...PLACE];

  for (const [name, argv, expected] of [
    [
      'several ARNs and URLs, each once',
      [`${PREFIX}/prod/GET/pets`, `${HOST}/pets/7`, `${HOST}/pets`],
      ['pets', 'pets/7'],
    ],
    [
      'a route for each value',
      [...routes, '--match', 'GET pets/{id}', '--values', 'petId=1,2,3'],
      ['pets/1', 'pets/2', 'pets/3'],
    ],
    [
      'routes by a pattern of their paths',
      [...routes, '--match', 'pets/*', '--values', 'petId=1,2', '--values', 'n=9'],
      ['pets/1', 'pets/2', 'pets/1/photos/9', 'pets/2/photos/9'],
    ],
    [
      'values as they are meant',
      [...routes, '--match', 'get /pets/{petId}', '--values', 'petId=a b,c/d,e\\,f,*,%41'],
      ['pets/a%20b', 'pets/c%2Fd', 'pets/e%2Cf', 'pets/%2A', 'pets/%2541'],
    ],
    [
      'values that add up, each once',
      [...routes, '--match', '/pets/{petId}', '--values', 'petId=1', '--values', 'petId=1,2'],
      ['pets/1', 'pets/2'],
    ],
    [
      'a greedy parameter with its slashes',
      [...routes, '--match', 'public/*', '--values', 'proxy=a/b'],
      ['public/a/b'],
    ],
    [
      'all routes of the stage that an ARN names',
      [`${PREFIX}/prod`, '--routes', 'pets.yaml', '--match', 'pets/{id}', '--values', 'petId=1'],
      ['pets/1'],
    ],
    [
      'the routes that an ARN matches',
      [`${PREFIX}/prod/GET/pets/*`, '--routes', 'pets.yaml', '--values', 'petId=1', '--values', 'n=2'],
      ['pets/1', 'pets/1/photos/2'],
    ],
    [
      'the parameters of an ARN',
      [`${PREFIX}/prod/GET/pets/{any}`, '--values', 'any=1,2'],
      ['pets/1', 'pets/2'],
    ],
    [
      'a method on purpose',
      [...routes, '--match', 'DELETE pets/{petId}', '--method', 'DELETE', '--values', 'petId=1'],
      ['pets/1'],
    ],
  ] as const) {
    it(`takes ${name}`, async () => {
      assert.deepEqual(await urls(argv), expected);
    });
  }

  it('takes a file and standard input, a target a line', async () => {
    const list = `# after the release\r\n\r\n  ${PREFIX}/prod/GET/pets/1\r\n${HOST}/pets?page=2\n`;
    assert.deepEqual(await urls(['--file', 'list.txt'], { files: { 'list.txt': list } }), [
      'pets/1',
      'pets?page=2',
    ]);
    assert.deepEqual(await urls(['--file', '-', `${HOST}/pets/9`], { stdin: list }), [
      'pets/9',
      'pets/1',
      'pets?page=2',
    ]);
  });

  for (const [name, argv, message] of [
    ['no target', [], /name an ARN or a URL/],
    [
      'a route without a value',
      [...routes, '--match', 'pets/{id}'],
      /GET \/pets\/\{petId\} needs --values petId=/,
    ],
    ['a match without a definition', ['--match', 'GET pets'], /add --routes/],
    [
      'a match of nothing',
      [...routes, '--match', 'GET pets', '--match', 'GET dogs'],
      /no route matches 'GET dogs'/,
    ],
    ['a match that is none', [...routes, '--match', 'FETCH pets'], /METHOD PATH/],
    [
      'values that nothing takes',
      [...routes, '--match', 'pets', '--values', 'x=1'],
      /--values x: no chosen route/,
    ],
    ['values without a name', [...routes, '--values', '1,2'], /NAME=VALUE,VALUE/],
    [
      'a method that may change something',
      [...routes, '--match', 'DELETE pets/*', '--values', 'petId=1'],
      /add --method DELETE/,
    ],
    [
      'a definition that does not say where',
      ['--routes', 'pets.yaml', '--match', 'pets'],
      /the definition does not name one cache entry; add --region, --api-id, --stage/,
    ],
    [
      'more than anybody means',
      [
        ...routes,
        '--match',
        'pets/{petId}/photos/{n}',
        '--values',
        `petId=${range(101)}`,
        '--values',
        `n=${range(101)}`,
      ],
      /make 10201 entries/,
    ],
    [
      'a definition of which nothing can be read',
      ['--routes', 'writes.yaml', ...PLACE],
      /no route of the definitions answers GET$/m,
    ],
    [
      'an ARN of another path than the definition has',
      [`${PREFIX}/prod/GET/dogs/*`, ...routes],
      /no route of the definitions matches arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5\/prod\/GET\/dogs\/\*$/m,
    ],
    ['a file that is not there', ['--file', 'none.txt'], /cannot read none\.txt: no such file/],
    ['a concurrency of many', [`${HOST}/pets`, '--concurrency', '11'], /whole number from 1 to 10/],
    ['a rate of nothing', [`${HOST}/pets`, '--rate', '0'], /number from 0\.01/],
    [
      'a proof that may change something',
      [`${PREFIX}/prod/POST/pets`, `${HOST}/pets`, '--method', 'POST', '--verify'],
      /contradicts|POST may change/,
    ],
  ] as const) {
    it(`is a usage error for ${name}, and sends nothing`, async () => {
      const run = await runCli(['invalidate', ...argv], { files });
      assert.match(run.stderr, message);
      assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
    });
  }

  it('names which of several is wrong', async () => {
    const run = await runCli(['invalidate', '--dry-run', `${HOST}/pets`, 'nonsense', '']);
    assert.match(
      run.stderr,
      /iam-policy: nonsense: This is not an execute-api ARN.*an empty target: This is not an execute-api ARN/s,
    );
    assert.equal(run.exitCode, 2);
    const files = { 'list.txt': `${HOST}/pets\n`, 'empty.txt': '# nothing\n' };
    const beside = await runCli(['invalidate', '--dry-run', 'nonsense', '--file', 'list.txt'], { files });
    assert.match(beside.stderr, /^iam-policy: nonsense: This is not an execute-api ARN/);
    for (const argv of [['nonsense'], ['nonsense', '--file', 'empty.txt']]) {
      const alone = await runCli(['invalidate', '--dry-run', ...argv], { files });
      assert.match(alone.stderr, /^iam-policy: This is not an execute-api ARN/);
    }
  });

  it('names every line of a file that is wrong, and sends nothing for those that are right', async () => {
    const list = `${HOST}/pets\nnonsense\n${PREFIX}/*/GET/pets\n`;
    const run = await runCli(['invalidate', '--file', 'list.txt'], { files: { 'list.txt': list } });
    assert.deepEqual(run.stderr.trimEnd().split('\n').length, 2);
    assert.match(
      run.stderr,
      /list\.txt:2: This is not an execute-api ARN[\s\S]*list\.txt:3: the ARN does not name one cache entry; add --stage/,
    );
    assert.equal(run.exitCode, 2);
  });
});

describe('iam-policy invalidate: many answers', () => {
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [
        petstore,
        {
          ...petstore,
          id: 'busy',
          stages: petstore.stages.map((stage) => ({ ...stage, throttle: { requests: 3, retryAfter: '2' } })),
        },
        {
          ...petstore,
          id: 'silent',
          stages: petstore.stages.map((stage) => ({ ...stage, throttle: { requests: 3 } })),
        },
        {
          ...petstore,
          id: 'never',
          stages: petstore.stages.map((stage) => ({ ...stage, throttle: { requests: 1e9 } })),
        },
      ],
      callers: [invalidator, reader],
    });
  });
  after(() => gateway.close());

  const waits: number[] = [];
  beforeEach(() => {
    waits.length = 0;
  });

  /** The permission of the petstore's caller, for every API of the gateway. */
  const host = (caller = invalidator): GatewayHost =>
    hostOf(caller, {
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
    });

  const send = (argv: readonly string[], world: CliWorld = {}, caller = invalidator) =>
    runCli(['invalidate', '--endpoint', gateway.endpoint, ...argv], {
      files,
      ...world,
      io: { gatewayHost: async () => host(caller), ...world.io },
    });

  const three = ['--routes', 'pets.yaml', ...PLACE, '--match', 'pets/{petId}', '--values', 'petId=1,2,3'];
  const open = (id: string): readonly string[] => [
    ...['--routes', 'pets.yaml', '--region', 'us-east-1', '--api-id', id, '--stage', 'open'],
    ...['--match', 'public/*', '--values', 'proxy=a,b,c,d', '--unsigned'],
  ];

  it('are a table with one line each, and exit 0 when all are accepted', async () => {
    const run = await send(three);
    assert.equal(run.exitCode, 0, run.stdout + run.stderr);
    const lines = run.stdout.split('\n');
    assert.equal(lines[0], 'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod:');
    assert.equal(lines.filter((line) => /^accepted +200 +\d+ ms {2}GET \/pets\/[123]$/.test(line)).length, 3);
    assert.match(run.stdout, /\n3 of 3 accepted\n/);
    assert.equal(run.stderr, '', 'no progress where no terminal is');
  });

  it('exit 1 when one is ignored, and say why once', async () => {
    const run = await send(three, {}, reader);
    assert.equal(run.exitCode, 1);
    assert.match(run.stdout, /\n0 of 3 accepted\n\nWhat the others came to:\n {2}- 3: Ignored/);
  });

  it('exit 2 when one has no answer, whatever the others have', async () => {
    const host: GatewayHost = {
      ...hostOf(invalidator),
      send: (request, options) =>
        request.path.endsWith('/2')
          ? Promise.resolve({ kind: 'failure', failure: { kind: 'closed', message: 'closed', totalMs: 1 } })
          : hostOf(invalidator).send(request, options),
    };
    const run = await send([...three, '--format', 'json'], { io: { gatewayHost: async () => host } });
    assert.deepEqual(
      JSON.parse(run.stdout).map((each: { verdict: { kind: string } }) => each.verdict.kind),
      ['accepted', 'unreachable', 'accepted'],
    );
    assert.equal(run.exitCode, 2);
  });

  it('are a line of JSON each with jsonl, one entry included', async () => {
    const lines = (await send([...three, '--format', 'jsonl'])).stdout.trimEnd().split('\n');
    const read = lines.map((line) => JSON.parse(line));
    assert.deepEqual(read.map(({ index }) => index).sort(), [0, 1, 2]);
    assert.deepEqual(new Set(read.map(({ verdict }) => verdict.kind)), new Set(['accepted']));
    const one = await send([`${PREFIX}/prod/GET/pets/1`, '--format', 'jsonl']);
    assert.equal(one.stdout.trimEnd().split('\n').length, 1);
    assert.equal(JSON.parse(one.stdout).verdict.kind, 'accepted');
  });

  it('show how far they are on a terminal, and leave its line empty', async () => {
    // Of memory: a connection, even on loopback, is waited for as long as the machine is busy.
    const ids = [['x-amzn-RequestId', '1'] as const, ['x-amz-apigw-id', '1'] as const];
    const send = async (): Promise<SendOutcome> => ({
      kind: 'response',
      response: {
        ...{ status: 200, headers: ids, body: '{}', bodyBytes: 2, countedBytes: 2, bodyDigest: '' },
        ...{ truncated: false, timings: { firstByteMs: 1, totalMs: 1 } },
      },
    });
    const run = await runCli(['invalidate', ...three, '--concurrency', '1'], {
      files,
      isTty: true,
      io: { gatewayHost: async () => hostOf(invalidator, { send }) },
    });
    assert.equal(run.exitCode, 0, run.stdout + run.stderr);
    assert.equal(
      run.stderr,
      [1, 2, 3]
        .map((done) => `\r\u001b[K${done} of 3 done, ${done} accepted`)
        .join('')
        .concat('\r\u001b[K'),
    );
  });

  it('wait as long as API Gateway says, all together, and are accepted then', async () => {
    const run = await send([...open('busy'), '--concurrency', '2', '--format', 'json'], { isTty: true });
    const results = JSON.parse(run.stdout);
    assert.equal(run.exitCode, 0, run.stdout);
    assert.ok(results.some(({ retry }: { retry?: { reason: string } }) => retry?.reason === 'throttled'));
    assert.ok(waits.length > 0 && waits.every((wait) => wait > 0 && wait <= 8000), waits.join());
    assert.match(run.stderr, /throttled, waiting 2 s/);
  });

  it('wait longer each time where it does not say, and give up in the end', async () => {
    const patient = await send([...open('silent'), '--concurrency', '1', '--format', 'json']);
    assert.equal(patient.exitCode, 0, patient.stdout);
    assert.deepEqual(
      waits.slice(0, 3).map((wait) => Math.round(wait / 1000)),
      [1, 2, 4],
    );
    const lost = await send([
      ...open('never'),
      '--values',
      'proxy=a',
      '--concurrency',
      '1',
      '--format',
      'json',
    ]);
    const kinds = JSON.parse(lost.stdout).map(({ verdict }: { verdict: { kind: string } }) => verdict.kind);
    assert.deepEqual(new Set(kinds), new Set(['throttled']));
    assert.equal(lost.exitCode, 1);
  });

  it('are started no faster than --rate says', async () => {
    await send([...three, '--rate', '4', '--concurrency', '1']);
    assert.ok(waits.length >= 2 && waits.every((wait) => wait <= 500), waits.join());
  });

  it('say which entry is meant where a definition has the cache keys, of one as of many', async () => {
    const keyed = `openapi: 3.0.1
paths:
  /pets:
    get:
      x-amazon-apigateway-integration:
        cacheKeyParameters: [method.request.querystring.page, method.request.header.X-Tenant]
`;
    const world = { files: { 'keyed.yaml': keyed } };
    const one = await send(
      [`${PREFIX}/prod/GET/pets`, '--routes', 'keyed.yaml', '--query', 'lang=en'],
      world,
    );
    assert.match(one.stdout, /entry: +The entry of GET \/pets is meant with query parameter page absent/);
    assert.match(one.stdout, /- The query parameter lang is not a cache key/);
    const argv = [
      '--routes',
      'keyed.yaml',
      ...PLACE,
      '--match',
      'pets',
      '--values',
      'page=1,2',
      '--values',
      'X-Tenant=a',
    ];
    const many = JSON.parse((await send([...argv, '--format', 'json'], world)).stdout);
    assert.deepEqual(
      many.map(({ target, entry }: { target: { query: unknown }; entry: { keys: { value: string }[] } }) => [
        target.query,
        entry.keys.map(({ value }) => value),
      ]),
      [
        [[['page', '1']], ['1', 'a']],
        [[['page', '2']], ['2', 'a']],
      ],
    );
  });

  it('print no secret', async () => {
    const env = { PET_KEY: 'd41d8cd98f00b204e9800998ecf8427eEXAMPLE' };
    for (const format of ['text', 'json', 'jsonl']) {
      const argv = [...three, '--query', 'token=s3cr3tvalue', '--api-key-env', 'PET_KEY', '--format', format];
      const { stdout, stderr } = await send(argv, { env });
      assert.doesNotMatch(stdout + stderr, /s3cr3tvalue|d41d8cd9/);
      assert.ok(!stdout.includes(invalidator.secretAccessKey));
    }
  });
});

function range(length: number): string {
  return Array.from({ length }, (_, index) => index).join(',');
}
