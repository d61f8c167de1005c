import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { commandLineFile } from '../support/commandLine';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { manager, petstore, reader } from '../support/petstore';
import { step } from '../support/thorough';

const ROLE = 'arn:aws:iam::123456789012:role/guarded';
const DEVICE = 'arn:aws:iam::123456789012:mfa/Ana';
const CLI = commandLineFile();
const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

/** What the role may do once its code was right. */
const session: CallerConfig = {
  ...manager,
  accessKeyId: 'ASIAIOSFODNN7MFASESS',
  sessionToken: 'token-of-the-role',
};

/** The command line at a terminal of its own. */
class Terminal {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown[]>;
  #shown = '';
  #told: () => void = () => undefined;

  constructor(...args: readonly string[]) {
    const words = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
    this.#child = spawn('script', ['--quiet', '--return', '--command', words, '/dev/null'], {
      env: process.env,
    });
    this.#ended = once(this.#child, 'close');
    this.#child.stdout.on('data', (data: Buffer) => {
      this.#shown += data.toString();
      this.#told();
    });
    void this.#ended.then(() => this.#told());
  }

  /** Waits until a text is shown that was not waited for before, and types. */
  async answer(question: string, typed: string): Promise<void> {
    while (!this.#shown.includes(question)) {
      assert.equal(this.#child.exitCode, null, `ended without "${question}":\n${this.#shown}`);
      await new Promise<void>((resolve) => {
        this.#told = resolve;
      });
    }
    this.#shown = this.#shown.slice(this.#shown.indexOf(question) + question.length);
    this.#child.stdin.write(typed);
  }

  async end(): Promise<{ readonly code: unknown; readonly shown: string }> {
    const [code] = await this.#ended;
    return { code, shown: this.#shown };
  }
}

describe('the command line at a terminal', function () {
  this.timeout(limit(60_000));
  let gateway: LoopbackGateway;
  let home: AwsHome;

  before(async function () {
    if (spawnSync('script', ['--version']).error !== undefined || process.platform !== 'linux') {
      console.log('      skipped: there is no "script" of util-linux here, which makes a terminal');
      this.skip();
    }
    gateway = await startLoopbackGateway({
      apis: [petstore],
      callers: [reader],
      roles: [{ arn: ROLE, trusts: [reader.accessKeyId], mfa: { serial: DEVICE, code: '123456' }, session }],
    });
    home = openAwsHome({ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_STS: gateway.url });
    home.write('credentials', [
      '[base]',
      `aws_access_key_id = ${reader.accessKeyId}`,
      `aws_secret_access_key = ${reader.secretAccessKey}`,
    ]);
    home.write('config', [
      ...['[profile guarded]', `role_arn = ${ROLE}`, 'source_profile = base', `mfa_serial = ${DEVICE}`],
    ]);
  });
  after(async () => {
    home?.close();
    await gateway?.close();
  });

  const invalidate = () =>
    new Terminal('invalidate', ARN, '--profile', 'guarded', '--endpoint', gateway.endpoint);
  const flush = () =>
    new Terminal(
      ...['flush', ARN, '--profile', 'guarded', '--control-endpoint', gateway.url, '--authorizers'],
    );

  it('asks for the code of an MFA device, again where it cannot be one, and invalidates', async () => {
    const terminal = invalidate();
    await terminal.answer(`MFA code of ${DEVICE}: `, '12345\n');
    await terminal.answer('An MFA code has six digits.', '');
    await terminal.answer(`MFA code of ${DEVICE}: `, '123456\n');
    const { code, shown } = await terminal.end();
    assert.match(shown, /Accepted/);
    assert.equal(code, 0);
  });

  it('asks for the code after the question whether to flush', async () => {
    const terminal = flush();
    await terminal.answer('[y/N] ', 'y\n');
    await terminal.answer(`MFA code of ${DEVICE}: `, '123456\n');
    const { code, shown } = await terminal.end();
    assert.match(shown, /Flushed/);
    assert.equal(code, 0);
  });

  /**
   * How a question is left is read in the same place for both questions: in a quick run each way is tried on one of
   * them.
   */
  const some = <Item>(items: readonly Item[]) => items.filter((_, index) => index % step(1, 1) === 0);

  it('ends without anything sent where the code is not the right one, or the question is left', async () => {
    for (const typed of some(['654321\n', '\x03', '\x04'])) {
      const terminal = invalidate();
      await terminal.answer(`MFA code of ${DEVICE}: `, typed);
      const { code, shown } = await terminal.end();
      assert.equal(code, 2, shown);
      assert.match(shown, /Not sent/);
    }
  });

  it('flushes nothing where the question is left', async () => {
    for (const typed of some(['\n', 'n\n', '\x03', '\x04'])) {
      const terminal = flush();
      await terminal.answer('[y/N] ', typed);
      const { code, shown } = await terminal.end();
      assert.equal(code, 2, shown);
      assert.match(shown, /nothing was flushed/);
    }
  });
});
