import * as assert from 'node:assert/strict';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialsOutcome } from '../../server/src/gateway/host';
import { invalidate } from '../../server/src/gateway/invalidate';
import { renderReport } from '../../server/src/gateway/report';
import { listProfiles } from '../../server/src/node/credentials';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore, reader } from '../support/petstore';
import { aTarget } from './targets';

describe('Credentials from the chain of the AWS SDK', () => {
  let home: AwsHome;
  let gateway: LoopbackGateway;

  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [invalidator, reader] });
  });
  after(() => gateway.close());

  beforeEach(() => {
    home = openAwsHome();
    home.write('credentials', [
      ...['[default]', ...keyLines(reader)],
      ...['[deploy]', ...keyLines(invalidator)],
      ...['[half]', 'aws_access_key_id = AKIAHALFEXAMPLE'],
    ]);
    home.write('config', [
      ...['[profile deploy]', 'region = us-east-1'],
      ...['[profile role]', 'role_arn = arn:aws:iam::123456789012:role/x', 'source_profile = default'],
      ...[
        '[profile mfa]',
        'role_arn = arn:aws:iam::123456789012:role/x',
        'source_profile = default',
        'mfa_serial = arn:aws:iam::123456789012:mfa/x',
      ],
      ...['[profile browser]', 'sso_session = corp', 'sso_account_id = 123456789012', 'sso_role_name = Dev'],
      ...[
        '[sso-session corp]',
        'sso_start_url = https://example.awsapps.com/start',
        'sso_region = us-east-1',
      ],
      ...['[profile console]', 'login_session = arn:aws:iam::123456789012:user/Ana', 'region = us-east-1'],
      ...['[profile script]', `credential_process = ${script('good', GOOD)}`],
      ...['[profile broken]', `credential_process = ${script('bad', BAD)} --password hunter2secret`],
    ]);
  });
  afterEach(() => home.close());

  it('come from the environment', async () => {
    process.env.AWS_ACCESS_KEY_ID = invalidator.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = invalidator.secretAccessKey;
    process.env.AWS_SESSION_TOKEN = 'a-session-token';
    const { keys, provenance, profile } = await resolved();
    assert.deepEqual(keys, {
      accessKeyId: invalidator.accessKeyId,
      secretAccessKey: invalidator.secretAccessKey,
      sessionToken: 'a-session-token',
    });
    assert.deepEqual([provenance, profile], ['the environment', undefined]);
  });

  it('come from the default profile, and from the one that is named', async () => {
    assert.equal((await resolved()).keys.accessKeyId, reader.accessKeyId);
    const { keys, provenance, profile } = await resolved('deploy');
    assert.equal(keys.accessKeyId, invalidator.accessKeyId);
    assert.deepEqual([provenance, profile], ['the shared configuration files', 'deploy']);
  });

  it('come from the named profile even where the environment has keys', async () => {
    process.env.AWS_ACCESS_KEY_ID = reader.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = reader.secretAccessKey;
    assert.equal((await resolved('deploy')).keys.accessKeyId, invalidator.accessKeyId);
  });

  it('come from a credential process', async () => {
    const { keys, provenance } = await resolved('script');
    assert.equal(keys.accessKeyId, 'AKIAPROCESSEXAMPLE');
    assert.equal(provenance, 'a credential process');
  });

  it('are read anew after the files have changed', async () => {
    assert.equal((await resolved('deploy')).keys.accessKeyId, invalidator.accessKeyId);
    home.write('credentials', ['[deploy]', ...keyLines(reader)]);
    assert.equal((await resolved('deploy')).keys.accessKeyId, reader.accessKeyId);
  });

  const FAILURES = [
    ['no-such-profile', 'profile-not-found'],
    ['half', 'profile-not-found'],
    ['browser', 'sso-login-expired'],
    ['console', 'login-expired'],
    ['mfa', 'mfa-required'],
    ['broken', 'credentials-failed'],
  ] as const;
  for (const [profile, kind] of FAILURES) {
    it(`of the profile "${profile}" fail as ${kind}`, async () => {
      const outcome = await createGatewayHost().credentials({ profile });
      assert.equal(failureKind(outcome), kind);
      assert.doesNotMatch(JSON.stringify(outcome), /hunter2|stderrsecret|AKIA/);
    });
  }

  it('fail as no-credentials where there are none', async () => {
    home.write('credentials', []);
    home.write('config', []);
    assert.equal(failureKind(await createGatewayHost().credentials({})), 'no-credentials');
    const result = await run();
    assert.deepEqual([result.verdict.kind, result.verdict.reason], ['not-sent', 'no-credentials']);
  });

  it('decide the verdict: one profile is ignored, another accepted', async () => {
    const ignored = await run();
    assert.equal(ignored.verdict.kind, 'ignored');
    const accepted = await run('deploy');
    assert.equal(accepted.verdict.kind, 'accepted');
    const report = renderReport(accepted);
    assert.match(report, /access key `\*{4}MPLE` \(long-term\), profile `deploy`/);
    assert.ok(!report.includes(invalidator.secretAccessKey));
  });

  it('print nothing, whatever the SDK would like to say', async () => {
    const written: unknown[] = [];
    const { warn, log, error } = console;
    const record = (...values: unknown[]) => written.push(values);
    Object.assign(console, { warn: record, log: record, error: record });
    try {
      process.env.AWS_PROFILE = 'deploy';
      process.env.AWS_ACCESS_KEY_ID = reader.accessKeyId;
      process.env.AWS_SECRET_ACCESS_KEY = reader.secretAccessKey;
      assert.equal((await resolved()).profile, 'deploy');
      await createGatewayHost().credentials({ profile: 'broken' });
    } finally {
      Object.assign(console, { warn, log, error });
    }
    assert.deepEqual(written, []);
  });

  it('are of profiles that can be listed', async () => {
    const profiles = await listProfiles();
    assert.deepEqual(
      profiles.map(({ name, region, source }) => [name, region, source]),
      [
        ['broken', undefined, 'process'],
        ['browser', undefined, 'sso'],
        ['console', 'us-east-1', 'login'],
        ['default', undefined, 'keys'],
        ['deploy', 'us-east-1', 'keys'],
        ['half', undefined, 'keys'],
        ['mfa', undefined, 'assume-role'],
        ['role', undefined, 'assume-role'],
        ['script', undefined, 'process'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(profiles), /AKIA/);
  });

  it('may have no profiles at all', async () => {
    rmSync(join(home.folder, 'config'));
    rmSync(join(home.folder, 'credentials'));
    assert.deepEqual(await listProfiles(), []);
  });

  async function resolved(profile?: string) {
    const outcome = await createGatewayHost().credentials({ profile });
    assert.equal(outcome.kind, 'credentials', JSON.stringify(outcome));
    assert.ok(outcome.kind === 'credentials');
    return outcome.credentials;
  }

  function run(profile?: string) {
    const target = aTarget({ endpoint: gateway.endpoint });
    return invalidate(createGatewayHost(), target, { timeoutMs: limit(20_000), profile });
  }

  function script(name: string, content: string): string {
    const file = home.write(name, ['#!/bin/sh', content]);
    chmodSync(file, 0o755);
    return file;
  }
});

const GOOD = `echo '{"Version": 1, "AccessKeyId": "AKIAPROCESSEXAMPLE", "SecretAccessKey": "process-secret"}'`;
const BAD = 'echo "stderrsecret" >&2; exit 3';

function keyLines({ accessKeyId, secretAccessKey }: typeof reader): readonly string[] {
  return [`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`];
}

function failureKind(outcome: CredentialsOutcome): string {
  return outcome.kind === 'failure' ? outcome.failure.kind : outcome.kind;
}
