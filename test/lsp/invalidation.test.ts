import { strict as assert } from 'node:assert';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import type {
  InvalidateProgress,
  InvalidateResult,
  InvalidationTarget,
} from '../../server/src/protocol/messages';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { type LspClient, startLspClient } from '../support/lspClient';
import { invalidator, petstore, reader } from '../support/petstore';

const callers = { invalidator, reader };

const uri = 'file:///policies/petstore.json';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "execute-api:Invoke",
    "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/*"
  }]
}
`;

describe('invalidating from an editor', () => {
  let gateway: LoopbackGateway;
  let client: LspClient;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [invalidator, reader] });
  });
  after(() => gateway.close());
  beforeEach(async () => {
    client = await startLspClient({
      initializationOptions: { clientCommands: true },
      host: {
        openGateway: ({ mfaCode }) => ({
          host: {
            ...createGatewayHost(),
            // Profiles by name, and one that asks for a code, in place of the files of this machine.
            credentials: async ({ profile, signal }) => {
              if (profile === 'hanging') {
                return new Promise((resolve) =>
                  signal?.addEventListener('abort', () =>
                    resolve({ kind: 'failure', failure: { kind: 'cancelled', message: 'Cancelled.' } }),
                  ),
                );
              }
              if (profile === 'mfa') {
                assert.equal(await mfaCode('arn:aws:iam::123456789012:mfa/Ana'), '123456');
              }
              const caller = profile === 'reader' ? reader : invalidator;
              return { kind: 'credentials', credentials: { keys: caller, provenance: 'the test' } };
            },
          },
          profiles: async () => Object.keys(callers).map((name) => ({ name, source: 'keys' })),
        }),
      },
    });
  });
  afterEach(() => client.stop());

  const target = (more: Partial<InvalidationTarget> = {}): InvalidationTarget => ({
    partition: 'aws',
    region: 'us-east-1',
    account: '123456789012',
    apiId: 'a1b2c3d4e5',
    stage: 'prod',
    method: 'GET',
    path: 'pets/1',
    query: [],
    headers: [],
    endpoint: gateway.endpoint,
    ...more,
  });
  const invalidateAs = (name: string, more: Partial<InvalidationTarget> = {}): Promise<InvalidateResult> =>
    client.request('iamPolicy/invalidate', {
      id: '1',
      target: target(more),
      identity: { kind: 'profile', name },
      timeoutSeconds: 5,
    });

  it('the draft names what the ARN leaves open, and what the policy lacks', async () => {
    await client.open(uri, policy);
    const { draft } = await client.request('iamPolicy/invalidationDraft', {
      uri,
      position: { line: 5, character: 30 },
    });
    assert.deepEqual(draft?.known, {
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      stage: 'prod',
      method: 'GET',
    });
    assert.deepEqual(draft?.open, ['path']);
    assert.equal(draft?.patterns.path, 'pets/*');
    assert.deepEqual(draft?.preflight, { invoke: 'allow', invalidateCache: 'implicit-deny' });
  });

  it('a typed ARN makes a draft too, and a useless one says why', async () => {
    const { draft } = await client.request('iamPolicy/invalidationDraft', {
      arn: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/@connections/*',
    });
    assert.match(draft?.refusal ?? '', /cache/);
  });

  it('the statement for it is inserted from anywhere in the document', async () => {
    await client.open(uri, policy);
    const { edits } = await client.request('iamPolicy/insertInvalidateCache', {
      uri,
      position: { line: 0, character: 0 },
    });
    assert.equal(edits.length, 1);
    assert.match(edits[0]?.newText ?? '', /execute-api:InvalidateCache/);
  });

  it('the preview shows the address, or what is wrong with the answers', async () => {
    assert.deepEqual(await client.request('iamPolicy/invalidationPreview', { target: target() }), {
      url: `${gateway.url}/_aws/execute-api/a1b2c3d4e5/prod/pets/1`,
      problems: [],
      mayChangeState: false,
    });
    const { url, problems } = await client.request('iamPolicy/invalidationPreview', {
      target: target({ stage: 'pr*d', endpoint: 'http://gateway.example' }),
    });
    assert.equal(url, undefined);
    assert.deepEqual(problems.map(({ field }) => field).sort(), ['endpoint', 'stage']);
  });

  it('profiles are listed', async () => {
    const { profiles } = await client.request('iamPolicy/profiles', {});
    assert.deepEqual(
      profiles.map(({ name }) => name),
      ['invalidator', 'reader'],
    );
  });

  it('who may is accepted, who may not is ignored or refused as the stage has it', async () => {
    assert.equal((await invalidateAs('invalidator')).verdict.kind, 'accepted');
    assert.equal((await invalidateAs('reader')).verdict.kind, 'ignored');
    const refused = await invalidateAs('reader', { stage: 'strict' });
    assert.equal(refused.verdict.kind, 'refused');
    assert.ok(refused.report.startsWith(`# ${refused.verdict.title}\n`));
    assert.equal(JSON.parse(refused.json).verdict.kind, 'refused');
    assert.ok(!JSON.stringify(refused).includes(reader.secretAccessKey));
  });

  it('tells how far it is', async () => {
    const steps: string[] = [];
    client.connection.onNotification('iamPolicy/invalidateProgress', ({ id, step }: InvalidateProgress) => {
      steps.push(`${id} ${step}`);
    });
    await invalidateAs('invalidator');
    assert.deepEqual(steps, ['1 credentials', '1 signing', '1 sending', '1 judging']);
  });

  it('has the editor ask for an MFA code', async () => {
    client.connection.onRequest('iamPolicy/mfaCode', ({ serial }: { serial: string }) => {
      assert.equal(serial, 'arn:aws:iam::123456789012:mfa/Ana');
      return { code: '123456' };
    });
    assert.equal((await invalidateAs('mfa')).verdict.kind, 'accepted');
  });

  it('a cancelled one still has a verdict, and nothing is sent', async () => {
    const sent = gateway.requests.length;
    const source = new CancellationTokenSource();
    client.connection.onNotification('iamPolicy/invalidateProgress', () => source.cancel());
    const { verdict } = await client.connection.sendRequest<InvalidateResult>(
      'iamPolicy/invalidate',
      { id: '1', target: target(), identity: { kind: 'profile', name: 'hanging' }, timeoutSeconds: 5 },
      source.token,
    );
    assert.equal(verdict.kind, 'cancelled');
    assert.equal(gateway.requests.length, sent);
  });

  it('where nothing can be sent, the verdict says so', async () => {
    client.stop();
    client = await startLspClient();
    assert.equal((await invalidateAs('invalidator')).verdict.reason, 'no-gateway');
    assert.deepEqual(await client.request('iamPolicy/profiles', {}), { profiles: [] });
  });
});
