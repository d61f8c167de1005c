import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { skip } from '../support/skip';

const CLI = join(repositoryRoot, 'dist', 'cli.js');

interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('dist/cli.js', function () {
  this.timeout(limit(20_000));
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('prints the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
    const { exitCode, stdout, stderr } = await runBundle(['--version']);
    const [first, second] = stdout.split('\n');
    assert.deepEqual({ exitCode, first, stderr }, { exitCode: 0, first: version, stderr: '' });
    assert.match(second ?? '', /^service reference of \d{4}-\d\d-\d\d, \d+ days? old$/);
  });

  it('lints standard input, and finds the service reference that ships beside it', async () => {
    const { exitCode, stdout, stderr } = await runBundle(
      ['lint', '--format', 'json', '-'],
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}',
    );
    assert.deepEqual(
      { exitCode, stdout: JSON.parse(stdout), stderr },
      { exitCode: 0, stdout: [], stderr: '' },
    );
  });

  it('lints files and exits 1 for one without a policy', async () => {
    const path = join(folder, 'none.json');
    writeFileSync(path, '{}');
    const { exitCode, stdout } = await runBundle(['lint', '--format', 'json', path]);
    assert.deepEqual(
      JSON.parse(stdout).map((row: { readonly rule: string }) => row.rule),
      ['policy-not-found'],
    );
    assert.equal(exitCode, 1);
  });

  it('takes the time of each rule with a real clock, and leaves standard output alone', async () => {
    const path = join(folder, 'timed.json');
    writeFileSync(
      path,
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjet","Resource":"*"}}',
    );
    const [plain, timed] = await Promise.all([
      runBundle(['lint', path]),
      runBundle(['lint', '--timing', path]),
    ]);
    assert.deepEqual([timed.stdout, timed.exitCode], [plain.stdout, plain.exitCode]);
    const rows = timed.stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    const milliseconds = (name: string) => Number(rows.find((row) => row.at(-1) === name)?.[1]);
    assert.ok(milliseconds('action-unknown') > 0, timed.stderr);
    assert.ok(milliseconds('total') > milliseconds('(parse)') + milliseconds('action-unknown'), timed.stderr);
  });

  it('prints nothing that a pipeline takes for a command, whatever a policy and its file are called', function () {
    if (process.platform === 'win32') {
      skip(this, 'names of files cannot have colons');
    }
    const odd = mkdtempSync(join(folder, 'odd-'));
    const names = ['##vso[task.complete result=Succeeded;]x.json', '::stop-commands::x.json'];
    const action = '##vso[task.setvariable variable=PATH]x ##[add-mask]y ##teamcity[z]';
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
    });
    for (const name of names) {
      writeFileSync(join(odd, name), text);
    }
    const printed = (format: string): string => {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [CLI, 'lint', '--format', format, ...names, '::error::gone', '##[error]gone'],
        { cwd: odd, encoding: 'utf8' },
      );
      assert.equal(status, 2);
      for (const output of [stdout, stderr]) {
        assert.doesNotMatch(format === 'github' ? '' : output, /##\w*\[|^\s*::/im, format);
      }
      return stdout;
    };
    assert.match(printed('text'), /^\\u003a:stop-commands::x\.json:1:\d+ error /m);
    printed('junit');
    printed('sarif');
    for (const format of ['json', 'gitlab']) {
      const findings: readonly { file?: string; location?: { path: string } }[] = JSON.parse(printed(format));
      assert.deepEqual(new Set(findings.map(({ file, location }) => file ?? location?.path)), new Set(names));
    }
    const commands = printed('github').trim().split('\n');
    assert.ok(
      commands.every((line) => /^::(?:error|warning) file=[^:,]*,/.test(line)),
      commands.join('\n'),
    );
  });

  it('exits 2 for a missing file, and for a folder where it wants a file', async () => {
    assert.equal((await runBundle(['lint', join(folder, 'missing.json')])).exitCode, 2);
    const question = ['--action', 's3:GetObject', '--resource', '*'];
    const { exitCode, stderr } = await runBundle(['allows', ...question, folder]);
    assert.match(stderr, /a directory/);
    assert.equal(exitCode, 2);
  });

  it('lints what a folder holds, to its last slash', async () => {
    const path = join(folder, 'deeper');
    mkdirSync(path);
    writeFileSync(
      join(path, 'policy.json'),
      '{"Version":"2012-10-17","Statement":{"Effect":"Alow","Action":"s3:GetObject","Resource":"*"}}',
    );
    const { exitCode, stdout } = await runBundle(['lint', '--format', 'json', `${path}//`]);
    assert.deepEqual(
      JSON.parse(stdout).map((row: { readonly file: string; readonly rule: string }) => [row.file, row.rule]),
      [[join(path, 'policy.json'), 'effect-invalid']],
    );
    assert.equal(exitCode, 1);
  });

  it('checks files on as many threads as it is told, and prints the same', async () => {
    const path = join(folder, 'threads');
    mkdirSync(path);
    for (let number = 0; number < 60; number += 1) {
      const actions = JSON.stringify(['s3:GetObject', 's3:GetObject', `s3:Wrong${number}`]);
      writeFileSync(
        join(path, `p${number}.json`),
        `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":${actions},"Resource":"*"}}`,
      );
    }
    // What is required on the command line is run in every thread.
    const hook = join(folder, 'hook.cjs');
    const log = join(folder, 'threads.log');
    writeFileSync(
      hook,
      `require('node:fs').appendFileSync(${JSON.stringify(log)}, require('node:worker_threads').threadId + ' ');`,
    );
    const env = { ...process.env, NODE_OPTIONS: `--require ${hook}` };
    const lint = async (...options: readonly string[]) => {
      rmSync(log, { force: true });
      const outcome = await runBundle(['lint', '--format', 'sarif', ...options, path], '', env);
      const threads = readFileSync(log, 'utf8').trim().split(' ').sort();
      return { ...outcome, threads };
    };
    const { threads: one, ...alone } = await lint();
    const { threads: three, ...together } = await lint('--concurrency', '3');
    assert.deepEqual([one, three], [['0'], ['0', '1', '2']]);
    assert.deepEqual(together, alone);
    assert.deepEqual([together.exitCode, together.stderr], [0, '']);
    assert.match(together.stdout, /Wrong59/);
  });

  it('prints the request of an invalidation without sending it', async () => {
    const arn = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/7';
    const { exitCode, stdout } = await runBundle(['invalidate', arn, '--dry-run']);
    assert.match(
      stdout,
      /^GET https:\/\/a1b2c3d4e5\.execute-api\.us-east-1\.amazonaws\.com\/prod\/pets\/7\n/,
    );
    assert.equal(exitCode, 0);
  });

  const STALLS: readonly (readonly [
    name: string,
    answer: string | undefined,
    variable: 'proxy' | 'service',
  ])[] = [
    ['a proxy that accepts and says nothing', undefined, 'proxy'],
    ['a service that says nothing', undefined, 'service'],
    [
      'a service that changes the protocol',
      'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      'service',
    ],
  ];
  for (const [name, answer, place] of STALLS) {
    it(`gives up on ${name}, ends, and exits 2`, async () => {
      const server = net.createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', () => answer !== undefined && socket.end(answer));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
      const stage = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod';
      const reach = place === 'service' ? ['--control-endpoint', url] : [];
      try {
        const { exitCode, stdout } = await runBundle(
          ['flush', stage, '--yes', '--timeout', '0.2', '--format', 'json', ...reach],
          '',
          {
            PATH: process.env.PATH,
            AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
            AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-tests',
            ...(place === 'proxy' ? { HTTPS_PROXY: url } : {}),
          },
        );
        assert.deepEqual([JSON.parse(stdout).verdict.kind, exitCode], ['unreachable', 2]);
      } finally {
        server.close();
      }
    });
  }

  it('keeps its exit code and says nothing when the reader of its output leaves', async () => {
    const path = join(folder, 'many.json');
    // Far more findings than a pipe holds, so that it is still writing when the reader is gone.
    const resources = Array.from(
      { length: 3000 },
      (_, index) => `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets/${index}`,
    );
    const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resources };
    writeFileSync(path, JSON.stringify({ Version: '2012-10-17', Statement: statement }));
    const child = spawnBundle(['lint', '--fail-on', 'info', path]);
    const stderr = textOf(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [exitCode] = await once(child, 'close');
    assert.deepEqual([await stderr, exitCode], ['', 1]);
  });

  it('exits 2 and says so when its output cannot be written', async function () {
    if (!existsSync('/dev/full')) {
      console.log('      there is no /dev/full here');
      this.skip();
    }
    const path = join(folder, 'policy.json');
    writeFileSync(
      path,
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    );
    const arn = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';
    const commands: readonly (readonly string[])[] = [
      ['lint', '--format', 'json', path],
      ['lint', '--rule', 'nothing=off', path],
      ['explain', arn],
      ['explain', '--format', 'json', arn],
      ['allows', '--action', 's3:GetObject', '--resource', '*', path],
      ['invalidate', arn, '--dry-run'],
      ['invalidate', arn, '--curl'],
      ['--version'],
      ['--help'],
      ['lint', '--help'],
    ];
    const check = async (argv: readonly string[]): Promise<void> => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [CLI, ...argv], {
        cwd: tmpdir(),
        stdio: ['ignore', full, 'pipe'],
      });
      assert.ok(child.stderr);
      const stderr = textOf(child.stderr);
      const [exitCode] = await once(child, 'close');
      closeSync(full);
      assert.equal(exitCode, 2, argv.join(' '));
      assert.match(
        await stderr,
        /cannot write the output: no space left|There is no rule|unknown option/,
        argv.join(' '),
      );
    };
    // Where nobody can be told, the exit code still says it.
    const checkMute = async (argv: readonly string[]): Promise<void> => {
      const both = openSync('/dev/full', 'w');
      const mute = spawn(process.execPath, [CLI, ...argv], { cwd: tmpdir(), stdio: ['ignore', both, both] });
      assert.equal((await once(mute, 'close'))[0], 2, argv.join(' '));
      closeSync(both);
    };
    await Promise.all([...commands.map(check), ...commands.slice(0, 3).map(checkMute)]);
  });

  it('keeps mode, link, byte order mark and line ends of what it fixes', async () => {
    const path = join(folder, 'link-to-fix.json');
    const target = join(folder, 'to-fix.json');
    const text =
      '\ufeff{"Version":"2012-10-17",\r\n"Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:GetObject"],"Resource":"*"}}\r\n';
    writeFileSync(target, text);
    symlinkSync(target, path);
    chmodSync(target, 0o600);
    const { exitCode } = await runBundle(['lint', '--fix', path]);
    assert.equal(exitCode, 0);
    const fixed = readFileSync(target, 'utf8');
    assert.ok(fixed.startsWith('\ufeff{') && fixed.endsWith('}}\r\n') && fixed !== text, fixed);
    assert.ok(lstatSync(path).isSymbolicLink());
    assert.equal(lstatSync(target).mode & 0o777, 0o600);
  });

  it('fixes a file with two names once, on one thread and on two', async () => {
    for (const threads of ['off', '2']) {
      const own = mkdtempSync(join(folder, 'links-'));
      writeFileSync(
        join(own, 'a.json'),
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:GetObject"],"Resource":"*"}}',
      );
      symlinkSync('a.json', join(own, 'b.json'));
      const names = ['a.json', 'b.json'].map((name) => join(own, name));
      const { exitCode, stdout, stderr } = await runBundle([
        'lint',
        '--fix',
        '--concurrency',
        threads,
        ...names,
      ]);
      assert.deepEqual(
        { exitCode, stdout, stderr },
        { exitCode: 0, stdout: 'no findings in 2 files, 1 fixed\n', stderr: '' },
        threads,
      );
    }
  });

  it('reads no configuration that is no file, and no endless one that is named', async () => {
    const own = join(folder, 'endless');
    mkdirSync(own);
    symlinkSync('/dev/zero', join(own, '.iam-policy.json'));
    writeFileSync(join(own, 'p.json'), '{"Version":"2012-10-17","Statement":[]}');
    const [found, named] = await Promise.all([
      runBundle(['lint', join(own, 'p.json')]),
      runBundle(['lint', '/dev/zero']),
    ]);
    assert.match(found.stderr, /\.iam-policy\.json: no regular file/);
    assert.equal(found.exitCode, 2);
    assert.match(named.stderr, /too long/);
    assert.equal(named.exitCode, 2);
  });

  it('reads standard input once, and says so', async () => {
    const { exitCode, stdout, stderr } = await runBundle(
      ['allows', '--action', 's3:GetObject', '--resource', '*', '--also', 'scp=-', '-'],
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}',
    );
    assert.equal(
      stderr,
      'iam-policy: cannot read -: standard input has been read already, as another file\n',
    );
    assert.deepEqual([exitCode, stdout], [2, '']);
  });

  it('says that its working folder is gone', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows keeps the working folder of a process');
    }
    const gone = mkdtempSync(join(tmpdir(), 'iam-policy-gone-'));
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', 'rmdir "$1" && exec "$2" "$3" lint -', 'sh', gone, process.execPath, CLI],
      { cwd: gone, encoding: 'utf8', input: '{}' },
    );
    assert.equal(stderr, 'iam-policy: the working folder does not exist any more\n');
    assert.equal(status, 2);
  });

  it('speaks nothing but the protocol on stdout as a language server', async () => {
    const child = spawnBundle(['language-server', '--stdio']);
    const stdout = textOf(child.stdout);
    const send = (message: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const params = { processId: null, rootUri: null, capabilities: {} };
    send({ id: 1, method: 'initialize', params });
    await streamed(child.stdout, '"id":1');
    send({ method: 'initialized', params: {} });
    send({ id: 2, method: 'shutdown' });
    await streamed(child.stdout, '"id":2');
    send({ method: 'exit' });
    const [exitCode] = await once(child, 'close');
    const messages = readMessages(await stdout);
    assert.equal(messages.find(({ id }) => id === 1)?.result?.serverInfo?.name, 'iam-policy-tools');
    assert.ok(messages.some(({ id }) => id === 2));
    assert.equal(exitCode, 0);
  });
});

function spawnBundle(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [CLI, ...argv], { cwd: tmpdir(), env });
}

async function runBundle(argv: readonly string[], stdin = '', env?: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawnBundle(argv, env);
  const stdout = textOf(child.stdout);
  const stderr = textOf(child.stderr);
  child.stdin.end(stdin);
  const [exitCode] = await once(child, 'close');
  return { exitCode, stdout: await stdout, stderr: await stderr };
}

/** All that a stream brings until it closes, or until somebody destroys it. */
function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve) => stream.on('close', () => resolve(text)));
}

/** Resolves when a text has come, counted from now. */
function streamed(stream: NodeJS.ReadableStream, wanted: string): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    const listen = (chunk: string) => {
      text += chunk;
      if (text.includes(wanted)) {
        stream.off('data', listen);
        resolve();
      }
    };
    stream.on('data', listen);
  });
}

interface Message {
  readonly id?: number;
  readonly result?: { readonly serverInfo?: { readonly name?: string } };
}

/** The messages of a base protocol stream. Fails on anything that stands between them. The text is ASCII. */
function readMessages(stream: string): readonly Message[] {
  const messages: Message[] = [];
  for (let rest = stream; rest !== ''; ) {
    const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest);
    assert.ok(header !== null, `no message at: ${rest.slice(0, 80)}`);
    const end = header[0].length + Number(header[1]);
    messages.push(JSON.parse(rest.slice(header[0].length, end)) as Message);
    rest = rest.slice(end);
  }
  return messages;
}
