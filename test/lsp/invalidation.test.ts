import { strict as assert } from 'node:assert';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import type {
  InvalidateManyProgress,
  InvalidateProgress,
  InvalidateResult,
  InvalidationTarget,
} from '../../server/src/protocol/invalidation';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { type LspClient, startLspClient } from '../support/lspClient';
import { invalidator, manager, petstore, reader } from '../support/petstore';

const callers = { invalidator, reader, manager };

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
    gateway = await startLoopbackGateway({ apis: [petstore], callers: Object.values(callers) });
  });
  after(() => gateway.close());
  const start = (options: object = {}) =>
    startLspClient({
      initializationOptions: { clientCommands: true, ...options },
      sections: {
        'iamPolicy.invalidation': {
          controlEndpoint: gateway.url,
          customDomains: [
            {
              domain: 'API.example.com',
              region: 'us-east-1',
              basePath: '/v1/',
              apiId: 'a1b2c3d4e5',
              stage: 'prod',
            },
            { domain: 'no-region.example.com' },
          ],
        },
      },
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
              const caller = Object.entries(callers).find(([name]) => name === profile)?.[1] ?? invalidator;
              return { kind: 'credentials', credentials: { keys: caller, provenance: 'the test' } };
            },
          },
          profiles: async () => Object.keys(callers).map((name) => ({ name, source: 'keys' })),
        }),
      },
    });
  beforeEach(async () => {
    client = await start();
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

  it('there is no draft of a document that is not open, or of no place in it', async () => {
    await client.open(uri, policy);
    const position = { line: 5, character: 30 };
    for (const params of [{ uri }, { uri: `${uri}x`, position }, { position }, {}]) {
      assert.deepEqual(await client.request('iamPolicy/invalidationDraft', params), {});
      assert.deepEqual(await client.request('iamPolicy/explainArn', params), {});
    }
    assert.deepEqual(
      client.log.all.filter(({ message }) => message.includes('failed')),
      [],
    );
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
    const shown = target({ query: [['page', '2']], headers: [['X-Session-Token', 'a1b2c3']] });
    assert.deepEqual(await client.request('iamPolicy/invalidationPreview', { target: shown }), {
      url: `${gateway.url}/_aws/execute-api/a1b2c3d4e5/prod/pets/1?page=2`,
      problems: [],
      mayChangeState: false,
      secretNames: ['X-Session-Token'],
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
      ['invalidator', 'reader', 'manager'],
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

  const place = (stage: string) => ({
    partition: 'aws',
    region: 'us-east-1',
    apiId: 'a1b2c3d4e5',
    stage,
  });
  const as = (name: string) => ({
    identity: { kind: 'profile', name } as const,
    timeoutSeconds: 5,
  });

  it("a stage's settings are read and explained, for a request in mind too", async () => {
    const { verdict, report, settings } = await client.request('iamPolicy/stageCache', {
      stage: place('mixed'),
      request: { method: 'GET', path: 'metered' },
      ...as('manager'),
    });
    assert.equal(verdict.kind, 'accepted');
    assert.ok(report.startsWith('# Cache of stage `mixed` of `a1b2c3d4e5`\n'));
    assert.deepEqual([settings?.cluster, settings?.size, settings?.overrides], ['on', '1.6', 3]);
    assert.deepEqual(settings?.request?.authorization, 'not-required');
    assert.deepEqual(
      settings?.findings.map(({ id }) => id),
      ['anybody-may-invalidate', 'not-encrypted'],
    );
  });

  it('who may not read or flush a stage is told what is missing', async () => {
    const read = await client.request('iamPolicy/stageCache', { stage: place('prod'), ...as('reader') });
    assert.equal(read.verdict.reason, 'control-denied');
    assert.equal(read.settings, undefined);
    const flushed = await client.request('iamPolicy/flushStageCache', {
      stage: place('prod'),
      ...as('reader'),
    });
    assert.match(
      flushed.report,
      /needs apigateway:DELETE on arn:aws:apigateway:us-east-1::\/restapis\/a1b2c3d4e5\/stages\/prod\/cache\/data/,
    );
  });

  it('a stage is flushed, and one without a cache is not', async () => {
    const flush = async (stage: string) =>
      (await client.request('iamPolicy/flushStageCache', { stage: place(stage), ...as('manager') })).verdict;
    assert.deepEqual(
      [(await flush('prod')).reason, (await flush('uncached')).reason],
      ['stage-flushed', 'flush-bad-request'],
    );
  });

  it('a flush is waited for, and what authorizers answered is flushed instead where that is asked for', async () => {
    const flush = async (more: object) => {
      const params = { stage: place('prod'), ...as('manager'), ...more };
      return (await client.request('iamPolicy/flushStageCache', params)).verdict;
    };
    const waited = await flush({ what: 'entries', wait: { limitSeconds: 30 } });
    assert.deepEqual([waited.kind, waited.reason], ['accepted', 'stage-flushed']);
    assert.match(waited.explanation, /no longer being flushed/);
    const authorizers = await flush({ what: 'authorizers' });
    assert.deepEqual([authorizers.kind, authorizers.reason], ['accepted', 'authorizers-flushed']);
    const denied = await client.request('iamPolicy/flushStageCache', {
      stage: place('prod'),
      ...as('reader'),
      what: 'authorizers',
    });
    assert.match(denied.report, /apigateway:DELETE on [^ ]*cache\/authorizers/);
  });

  it('AWS tells who signs', async () => {
    const { verdict, account, arn } = await client.request('iamPolicy/whoAmI', {
      partition: 'aws',
      region: 'us-east-1',
      ...as('manager'),
    });
    assert.deepEqual([verdict.reason, account, arn], ['identified', '123456789012', manager.arn]);
  });

  it('checks are made where they are asked for', async () => {
    const { verdict, json } = await client.request('iamPolicy/invalidate', {
      id: '1',
      target: target({ stage: 'mixed', path: 'pets/1' }),
      ...as('manager'),
      checks: { stage: 'read', identify: 'ask', proof: 'read-before-and-after' },
    });
    assert.equal(verdict.kind, 'accepted');
    assert.doesNotMatch(verdict.caveats.join(), /stage has no cache/);
    const { proof, identity } = JSON.parse(json);
    assert.deepEqual([proof.finding, identity.arn], ['changed', manager.arn]);
  });

  it('another account than that of the ARN is refused before sending, unless it is sent all the same', async () => {
    const sent = gateway.requests.length;
    const foreign = { id: '1', target: target({ account: '999999999999' }), ...as('manager') };
    const { verdict } = await client.request('iamPolicy/invalidate', {
      ...foreign,
      checks: { identify: 'ask' },
    });
    assert.equal(verdict.reason, 'cross-account');
    assert.equal(gateway.requests.slice(sent).filter(({ path }) => path.includes('pets')).length, 0);
    const anyway = await client.request('iamPolicy/invalidate', {
      ...foreign,
      checks: { identify: 'ask', acrossAccounts: 'send' },
    });
    assert.equal(anyway.verdict.kind, 'accepted');
  });

  it('several are invalidated in one go, with a verdict each', async () => {
    const progress: InvalidateManyProgress[] = [];
    client.connection.onNotification('iamPolicy/invalidateManyProgress', (each: InvalidateManyProgress) => {
      progress.push(each);
    });
    const { verdicts, report, json } = await client.request('iamPolicy/invalidateMany', {
      id: 'many',
      targets: ['pets/1', 'pets/2', 'cats', '*'].map((path) => target({ path })),
      ...as('invalidator'),
    });
    assert.deepEqual(
      verdicts.map(({ kind }) => kind),
      ['accepted', 'accepted', 'not-cacheable', 'not-sent'],
    );
    assert.ok(report.startsWith('# 2 of 4 accepted\n'));
    assert.equal(JSON.parse(json).length, 4);
    assert.deepEqual(
      progress.map(({ done, of }) => [done, of]),
      [
        [1, 4],
        [2, 4],
        [3, 4],
        [4, 4],
      ],
    );
    assert.deepEqual(progress.map(({ index }) => index).sort(), [0, 1, 2, 3]);
  });

  it('a URL is as good as an ARN', async () => {
    const { draft, query } = await client.request('iamPolicy/targetOfUrl', {
      url: 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/7?page=2',
    });
    assert.deepEqual(draft?.known, {
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      stage: 'prod',
      method: 'GET',
      path: 'pets/7',
    });
    assert.deepEqual([draft?.open, query], [[], [['page', '2']]]);
    const refused = await client.request('iamPolicy/targetOfUrl', { url: 'https://example.com/prod' });
    assert.match(
      refused.refusal ?? '',
      /neither a host of API Gateway.* The setting is iamPolicy\.invalidation\.customDomains\.$/,
    );
    const other = await client.request('iamPolicy/targetOfUrl', { url: 'ftp://example.com/prod' });
    assert.equal(other.refusal, 'This is not an http or https URL.');
  });

  it('a custom domain is used if it is configured, and refused if it is not', async () => {
    const { draft, domain } = await client.request('iamPolicy/targetOfUrl', {
      url: 'https://api.example.com/v1/pets/7',
    });
    assert.deepEqual(
      [draft?.known.stage, draft?.known.path, domain],
      ['prod', 'pets/7', { name: 'api.example.com', basePath: 'v1' }],
    );
    const { endpoint: _, ...plain } = target();
    const known = { ...plain, domain: { name: 'api.example.com', basePath: 'v1' } };
    const preview = await client.request('iamPolicy/invalidationPreview', { target: known });
    assert.equal(preview.url, 'https://api.example.com/v1/pets/1');

    const unknown = { ...plain, domain: { name: 'evil.example', basePath: '' } };
    const { problems } = await client.request('iamPolicy/invalidationPreview', { target: unknown });
    assert.deepEqual(
      problems.map(({ field }) => field),
      ['domain'],
    );
    const sent = await client.request('iamPolicy/invalidate', {
      id: '1',
      target: unknown,
      ...as('invalidator'),
    });
    assert.equal(sent.verdict.kind, 'not-sent');
    assert.match(sent.verdict.explanation, /is not among the custom domains/);
  });

  it('a request is copied as a command without a secret', async () => {
    const { command } = await client.request('iamPolicy/curl', {
      target: target({ query: [['token', 's3cr3t-of-the-test']] }),
      signing: 'sigv4',
      apiKey: 'sent',
    });
    assert.match(command ?? '', /--aws-sigv4 'aws:amz:us-east-1:execute-api'/);
    assert.doesNotMatch(command ?? '', /s3cr3t/);
  });

  it('nothing is sent from a workspace that is not trusted, whatever the client asks, until it is', async () => {
    client.stop();
    client = await start({ workspaceTrust: 'untrusted' });
    const { partition, region, apiId, stage } = target();
    const place = { stage: { partition, region, apiId, stage }, timeoutSeconds: 5 };
    const identity = { kind: 'profile', name: 'manager' } as const;
    const seen = gateway.requests.length;
    const many = { id: '2', targets: [target()], identity, timeoutSeconds: 5 };
    const reasons = [
      (await invalidateAs('invalidator')).verdict.reason,
      (await client.request('iamPolicy/invalidateMany', many)).verdicts[0]?.reason,
      (await client.request('iamPolicy/stageCache', { ...place, identity })).verdict.reason,
      (await client.request('iamPolicy/flushStageCache', { ...place, identity })).verdict.reason,
      (await client.request('iamPolicy/whoAmI', { ...place.stage, identity, timeoutSeconds: 5 })).verdict
        .reason,
    ];
    assert.deepEqual(reasons, Array(5).fill('workspace-untrusted'));
    const check = { target: target(), by: 'aws', identity, timeoutSeconds: 5 } as const;
    assert.deepEqual(await client.request('iamPolicy/checkTarget', check), {
      findings: ['Not sent: the workspace is not trusted'],
    });
    assert.deepEqual(await client.request('iamPolicy/profiles', {}), { profiles: [] });
    assert.equal(gateway.requests.length, seen);
    await client.connection.sendNotification('iamPolicy/workspaceTrusted', {});
    assert.equal((await invalidateAs('invalidator')).verdict.kind, 'accepted');
  });

  it('where nothing can be sent, the verdict says so', async () => {
    client.stop();
    client = await startLspClient();
    assert.equal((await invalidateAs('invalidator')).verdict.reason, 'no-gateway');
    assert.deepEqual(await client.request('iamPolicy/profiles', {}), { profiles: [] });
  });
});
