import assert from 'node:assert/strict';
import { runCli } from './memoryIo';

const BAD = '{"Statement":[{"Effect":"Allow","Action":["s3:Good","s3:BAD"],"Resource":"*"}]}';
const BAD_YAML = 'Statement:\n  Effect: Allow\n  Action: s3:BAD\n  Resource: "*"\n';
const FILES = {
  'app/p.json': BAD,
  'app/sub/t.yaml': BAD_YAML,
  'app/package.json': '{"name":"x"}',
  'app/broken.json': '{"name":',
};

describe('iam-policy lint with folders', () => {
  it('checks the files in them, and asks of none that it holds a policy', async () => {
    const run = await runCli(['lint', 'app'], { files: FILES });
    assert.match(run.stdout, /^app\/p\.json:1:\d+ error action-bad/m);
    assert.match(run.stdout, /^app\/sub\/t\.yaml:3:14 error action-bad/m);
    assert.match(run.stdout, /2 errors in 2 files/);
    assert.doesNotMatch(run.stdout, /policy-not-found/);
    assert.equal(run.stderr, '');
    assert.equal(run.exitCode, 1);
  });

  it('asks it of a file that is named itself, which is checked once', async () => {
    const run = await runCli(['lint', 'app/', 'app/package.json', 'app/p.json', './app'], { files: FILES });
    assert.match(run.stdout, /^app\/package\.json:1:1 error policy-not-found/m);
    assert.equal(run.stdout.match(/app\/p\.json:1/g)?.length, 1);
    assert.equal(run.stdout.match(/t\.yaml:3/g)?.length, 1);
  });

  it('tells on a terminal how far it is, and leaves nothing of that behind', async () => {
    let ticks = 0;
    const run = await runCli(['lint', 'app'], {
      files: FILES,
      isTty: true,
      io: { now: () => (ticks += 1_000) },
    });
    assert.match(run.stderr, /1 of 4 files: app\/broken\.json/);
    assert.ok(run.stderr.endsWith('\r\u001b[K'));
    const quiet = await runCli(['lint', 'app/p.json'], { files: FILES, isTty: true });
    assert.equal(quiet.stderr, '');
  });

  it('applies safe fixes in them', async () => {
    const run = await runCli(['lint', '--fix', 'app'], { files: FILES });
    assert.equal(run.written.get('app/p.json'), BAD.replace('BAD', 'Good'));
  });

  it('says of a folder with too many files that not all were checked', async () => {
    const run = await runCli(['lint', 'app'], {
      files: FILES,
      io: { policyFilesBelow: async () => ({ paths: ['p.json'], isCut: true, unread: [] }) },
    });
    assert.match(run.stderr, /cannot look through all of app/);
    assert.equal(run.exitCode, 2);
  });
});

describe('iam-policy lint with folders that cannot be read', () => {
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  for (const [name, path, shown] of [
    ['app', '', 'app'],
    ['app/', 'sub/secret', 'app/sub/secret'],
    ['.', 'secret', 'secret'],
  ] as const) {
    it(`names ${shown}, which would pass for clean, and checks the others`, async () => {
      const run = await runCli(['lint', '--format', 'json', name], {
        files: FILES,
        io: {
          policyFilesBelow: async () => ({
            paths: ['app/p.json'],
            isCut: false,
            unread: [{ path, error: denied }],
          }),
        },
      });
      assert.match(run.stderr, new RegExp(`^iam-policy: cannot read ${shown}: permission denied$`, 'm'));
      assert.equal(run.exitCode, 2);
    });
  }
});

describe('iam-policy lint --stdin-filename', () => {
  it('gives standard input a name, which tells its language, its place and its configuration', async () => {
    const run = await runCli(['lint', '--stdin-filename', 'app/t.yaml', '-'], {
      stdin: BAD_YAML,
      files: { 'app/.iam-policy.json': '{"rules": {"action-bad": "warning"}}' },
    });
    assert.match(run.stdout, /^app\/t\.yaml:3:14 warning action-bad/m);
    assert.equal(run.exitCode, 0);
  });

  it('needs standard input', async () => {
    const run = await runCli(['lint', '--stdin-filename', 'p.json', 'q.json'], { files: { 'q.json': BAD } });
    assert.equal(run.exitCode, 2);
    assert.match(run.stderr, /--stdin-filename names standard input/);
  });
});
