import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuiltServer } from '../support/builtServer';
import { limit, slowness } from '../support/patience';
import { policyWithResource, positionOf } from '../support/policies';
import { skip } from '../support/skip';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** The one file of the workspace that says something. */
const PETS = JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'Pets' },
  servers: [{ url: 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod' }],
  paths: { '/pets': { get: {} } },
});

/** Milliseconds of processor time between a key and its diagnostics, on an idle machine. */
const LONGEST = 100;

describe('a hostile workspace, and the shipped server', function () {
  this.timeout(limit(60_000));
  let folder = '';
  let server: BuiltServer | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-hostile-'));
  });
  afterEach(async () => {
    await server?.kill();
    chmodSync(join(folder, 'closed'), 0o755);
    rmSync(folder, { recursive: true });
  });

  it('never keeps anybody waiting who types, and still tells what the good files say', async function () {
    if (process.platform !== 'linux')
      skip(this, 'pipes, devices and the time of a thread are those of Linux');
    lay(folder);
    const uri = (name: string): string => `${pathToFileURL(folder).href}/${name}`;
    server = await BuiltServer.start(pathToFileURL(folder).href);
    const policy = uri('policy.json');
    const text = (method: string): string => policyWithResource(`${API}/prod/${method}/pets`);
    assert.deepEqual(await server.open(policy, text('GET')), []);
    const place = {
      textDocument: { uri: policy },
      position: positionOf(text('GET'), '/pets'),
    };
    // What is in the files is told when they have been read, which begins with this.
    const unserved = uri('unserved.json');
    const told = server.finds(unserved, 'execute-api-route-unknown');
    await server.open(unserved, policyWithResource(`${API}/prod/GET/pest`));
    const took: number[] = [];
    for (let version = 2; version < 30; version += 1) {
      const before = server.busy();
      const codes: readonly string[] = await server.change(
        policy,
        text(version % 2 === 0 ? 'get' : 'GET'),
        version,
      );
      took.push((server.busy() - before) / slowness());
      assert.deepEqual(codes, version % 2 === 0 ? ['execute-api-method-case'] : []);
      // What is a file now is a longer one, or none, when it is read.
      writeFileSync(join(folder, 'changing.json'), version % 3 === 0 ? '' : PETS.padEnd(version * 50_000));
      await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: ['changing.json', 'pipe.yaml', 'zero.json', 'bomb.yaml'].map((name) => ({
          uri: uri(name),
          type: 2,
        })),
      });
      await server.connection.sendRequest('textDocument/completion', place);
    }
    await told;
    // The first keys pay for what is loaded when it is first needed.
    const slow = took.slice(2).filter((ms) => ms > LONGEST);
    assert.ok(slow.length <= 1, `milliseconds of each key: ${took.map(Math.round).join(' ')}`);
  });
});

/** Whatever a repository can hold that its reader does not expect. */
function lay(folder: string): void {
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('openapi.json'), PETS);
  for (const name of ['pipe.yaml', 'pipe.tf', 'sub.gitignore']) {
    execFileSync('mkfifo', [path(name)]);
  }
  for (const name of ['zero.json', '.gitignore', 'zero.tf', '.iam-policy.json']) {
    symlinkSync('/dev/zero', path(name));
  }
  mkdirSync(path('loop'));
  symlinkSync('..', path('loop/up'));
  symlinkSync('itself.yaml', path('itself.yaml'));
  const bomb = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
      : `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
  );
  writeFileSync(path('bomb.yaml'), ['openapi: 3.0.1', ...bomb, 'paths: *a11'].join('\n'));
  writeFileSync(path('deep.json'), `{"openapi": "3.0.1", "paths": ${'['.repeat(500_000)}`);
  writeFileSync(path('huge.json'), PETS);
  truncateSync(path('huge.json'), 200_000_000);
  mkdirSync(path('many'));
  for (let index = 0; index < 3000; index += 1) {
    writeFileSync(path(`many/${index}.json`), '');
  }
  const named = Array.from(
    { length: 11_000 },
    (_, index) => `"${API.slice(0, -5)}${10_000 + index}/prod/GET/${index}"`,
  );
  writeFileSync(path('named.json'), `[${named.join(',')}]`);
  mkdirSync(path('closed'));
  writeFileSync(path('closed/openapi.json'), PETS);
  chmodSync(path('closed'), 0);
  for (const bytes of [
    [0xff, 0xfe],
    [0xe9, 0x80],
    [0x0a, 0x25, 0x7a],
  ]) {
    writeFileSync(
      Buffer.concat([Buffer.from(path('')), Buffer.from(bytes), Buffer.from('.yaml')]),
      'openapi: 3.0.1',
    );
  }
}
