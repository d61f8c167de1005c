import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { whoAmI } from '../../server/src/gateway/control';
import { invalidate } from '../../server/src/gateway/invalidate';
import { renderReport, toJson } from '../../server/src/gateway/report';
import { createGatewayHost, type GatewayHostOptions } from '../../server/src/node/gatewayHost';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore, reader } from '../support/petstore';
import { aTarget } from './targets';

const ROLE = 'arn:aws:iam::123456789012:role/deployer';
const DEVICE = 'arn:aws:iam::123456789012:mfa/Ana';
const WEB_TOKEN = 'eyJweb-identity-token-of-the-tests-EXAMPLE';
const ACCESS_TOKEN = 'browser-access-token-of-the-tests-EXAMPLE';
const REFRESH_TOKEN = 'browser-refresh-token-of-the-tests-EXAMPLE';

/** The AWS SDK's own sources of credentials, against services on loopback that know their protocols. */
describe('An identity', () => {
  let gateway: LoopbackGateway;
  let home: AwsHome;

  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [petstore],
      callers: [invalidator, reader],
      roles: [
        { arn: ROLE, trusts: [reader.accessKeyId], session: session('ROLE') },
        {
          arn: `${ROLE}-mfa`,
          trusts: [reader.accessKeyId],
          mfa: { serial: DEVICE, code: '123456' },
          session: session('MFAS'),
        },
        { arn: `${ROLE}-web`, trusts: [], webIdentityToken: WEB_TOKEN, session: session('WEBI') },
      ],
      logins: [
        {
          accessToken: ACCESS_TOKEN,
          refreshToken: REFRESH_TOKEN,
          accountId: '123456789012',
          roleName: 'Dev',
          session: session('SSOS'),
        },
      ],
    });
  });
  after(() => gateway.close());

  beforeEach(() => {
    home = openAwsHome({
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_STS: gateway.url,
      AWS_ENDPOINT_URL_SSO: gateway.url,
      AWS_ENDPOINT_URL_SSO_OIDC: gateway.url,
    });
    home.write('credentials', [
      '[base]',
      `aws_access_key_id = ${reader.accessKeyId}`,
      `aws_secret_access_key = ${reader.secretAccessKey}`,
    ]);
    const token = home.write('token', [WEB_TOKEN]);
    home.write('config', [
      ...['[profile role]', `role_arn = ${ROLE}`, 'source_profile = base'],
      ...['[profile denied]', `role_arn = ${ROLE}-of-others`, 'source_profile = base'],
      ...['[profile mfa]', `role_arn = ${ROLE}-mfa`, 'source_profile = base', `mfa_serial = ${DEVICE}`],
      ...['[profile web]', `role_arn = ${ROLE}-web`, `web_identity_token_file = ${token}`],
      ...['[profile sso]', 'sso_session = corp', 'sso_account_id = 123456789012', 'sso_role_name = Dev'],
      ...[
        '[sso-session corp]',
        'sso_start_url = https://example.awsapps.com/start',
        'sso_region = us-east-1',
      ],
    ]);
  });
  afterEach(() => home.close());

  const run = (profile: string, options: GatewayHostOptions = {}) =>
    invalidate(createGatewayHost(options), aTarget({ endpoint: gateway.endpoint }), {
      timeoutMs: limit(20_000),
      profile,
    });

  async function isAccepted(
    profile: string,
    ending: string,
    provenance: RegExp,
    options?: GatewayHostOptions,
  ) {
    const result = await run(profile, options);
    assert.equal(result.verdict.kind, 'accepted', JSON.stringify(result.verdict));
    const { identity } = result;
    assert.ok(identity?.signing === 'sigv4');
    assert.deepEqual([identity.accessKeyId, identity.keys], [`****${ending}`, 'temporary']);
    assert.match(identity.provenance, provenance);
    assertClean(result);
  }

  it('may be a role that is assumed with the keys of another profile', () =>
    isAccepted('role', 'ROLE', /assumed role/));

  it('may be a role that takes the code of an MFA device', () =>
    isAccepted('mfa', 'MFAS', /assumed role/, {
      mfaCode: async (serial) => {
        assert.equal(serial, DEVICE);
        return '123456';
      },
    }));

  it('may be a role that is assumed with a web identity token', () =>
    isAccepted('web', 'WEBI', /web identity/));

  it('may be a browser login', () => {
    writeLogin({ accessToken: ACCESS_TOKEN, expiresAt: '2999-01-01T00:00:00Z' });
    return isAccepted('sso', 'SSOS', /browser login/);
  });

  it('may be a browser login that is over and renews itself', () => {
    writeLogin({
      accessToken: 'an-old-token',
      expiresAt: '2020-01-01T00:00:00Z',
      refreshToken: REFRESH_TOKEN,
      clientId: 'client',
      clientSecret: 'client-secret-of-the-tests-EXAMPLE',
      registrationExpiresAt: '2999-01-01T00:00:00Z',
    });
    return isAccepted('sso', 'SSOS', /browser login/);
  });

  it('that is a browser login and over says how to log in again', async () => {
    writeLogin({ accessToken: 'an-old-token', expiresAt: '2020-01-01T00:00:00Z' });
    const result = await run('sso');
    assert.equal(result.verdict.reason, 'sso-login-expired');
    assert.match(result.verdict.explanation, /aws sso login/);
    assert.equal(result.verdict.nextSteps[0]?.id, 'log-in-again');
  });

  it('that is a browser login, and was revoked, says so as well', async () => {
    writeLogin({ accessToken: 'a-revoked-token', expiresAt: '2999-01-01T00:00:00Z' });
    assert.equal((await run('sso')).verdict.reason, 'sso-login-expired');
  });

  it('that is a role without a Region is asked for where the API is', async () => {
    delete process.env.AWS_REGION;
    const { warn } = console;
    const warned: unknown[] = [];
    console.warn = (...values) => warned.push(values);
    try {
      await isAccepted('role', 'ROLE', /assumed role/);
    } finally {
      console.warn = warn;
    }
    // The SDK warns where it has to take a Region of its own.
    assert.deepEqual(warned, []);
  });

  for (const [name, keys] of [
    ['a line end', { AWS_ACCESS_KEY_ID: `${invalidator.accessKeyId}\n` }],
    ['a header of their own', { AWS_SESSION_TOKEN: 'token\r\nx-evil: 1' }],
    ['a space', { AWS_SECRET_ACCESS_KEY: `${invalidator.secretAccessKey} ` }],
  ] as const) {
    it(`with ${name} in its keys signs nothing`, async () => {
      Object.assign(process.env, {
        AWS_ACCESS_KEY_ID: invalidator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: invalidator.secretAccessKey,
        ...keys,
      });
      const seen = gateway.requests.length;
      const target = aTarget({ endpoint: gateway.endpoint });
      const { verdict } = await invalidate(createGatewayHost(), target, { timeoutMs: limit(20_000) });
      assert.equal(verdict.reason, 'malformed-credentials');
      const asked = await whoAmI(createGatewayHost(), target, {
        timeoutMs: limit(20_000),
        controlEndpoint: gateway.url,
      });
      assert.equal(asked.verdict.reason, 'malformed-credentials');
      assert.equal(gateway.requests.length, seen);
    });
  }

  it('that is a role nobody lets the caller assume is said to be that', async () => {
    const result = await run('denied');
    assert.equal(result.verdict.reason, 'role-denied');
    assertClean(result);
  });

  it('that takes a code says so where nobody can be asked, or where the code is wrong', async () => {
    assert.equal((await run('mfa')).verdict.reason, 'mfa-required');
    const wrong = await run('mfa', { mfaCode: async () => '000000' });
    assert.equal(wrong.verdict.reason, 'role-denied');
  });

  function writeLogin(token: Readonly<Record<string, string>>): void {
    const name = createHash('sha1').update('corp').digest('hex');
    home.write(`.aws/sso/cache/${name}.json`, [JSON.stringify({ ...token, region: 'us-east-1' })]);
  }
});

function session(ending: string): CallerConfig {
  return {
    ...invalidator,
    accessKeyId: `ASIAIOSFODNN7EXA${ending}`,
    secretAccessKey: `session/secret+of/the/tests/${ending}/EXAMPLE`,
    sessionToken: `IQoJb3JpZ2luX2VjsessionEXAMPLEtoken${ending}==`,
    arn: `arn:aws:sts::123456789012:assumed-role/deployer/${ending}`,
  };
}

function assertClean(result: Awaited<ReturnType<typeof invalidate>>): void {
  const shown = renderReport(result) + JSON.stringify(toJson(result));
  const secrets = [
    WEB_TOKEN,
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    reader.secretAccessKey,
    '/EXAMPLE',
    'EXAMPLEtoken',
  ];
  for (const secret of secrets) {
    assert.ok(!shown.includes(secret), secret);
  }
}
