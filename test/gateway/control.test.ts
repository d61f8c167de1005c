import * as assert from 'node:assert/strict';
import { flushStage, readStageCache, whoAmI } from '../../server/src/gateway/control';
import { judgeControl } from '../../server/src/gateway/controlVerdict';
import type {
  ControlError,
  ControlOutcome,
  GatewayHost,
  SendFailureKind,
} from '../../server/src/gateway/host';
import { createRedactor } from '../../server/src/gateway/redact';
import { verdictReport } from '../../server/src/gateway/report';
import { stageReport } from '../../server/src/gateway/stageReport';
import { createGatewayHost } from '../../server/src/node/gatewayHost';

const PLACE = { partition: 'aws-cn', region: 'cn-north-1', apiId: 'a1b2c3d4e5', stage: 'prod' };
const SECRET = 'wJalrXUtnFEMI/secret+of/the/testsEXAMPLE';
const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLEtoken+of/the/tests==';
const KEYS = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET, sessionToken: TOKEN };

/** A host whose control plane answers this, and that notes where it was asked. */
function hostThat(outcome: ControlOutcome<never>, asked: string[] = []): GatewayHost {
  const answer = async ({ endpoint }: { readonly endpoint: string }) => {
    asked.push(endpoint);
    return outcome;
  };
  return {
    ...createGatewayHost(),
    credentials: async () => ({
      kind: 'credentials',
      credentials: { keys: KEYS, provenance: 'a test' },
    }),
    control: {
      callerIdentity: answer,
      stage: answer,
      resources: answer,
      integration: answer,
      flushStageCache: answer,
      flushAuthorizersCache: answer,
      countedMethods: answer,
      stageNames: answer,
      exportedApi: answer,
      apiName: answer,
      cacheCounts: answer,
    },
  };
}

const error = (errorType: string, status = 400, message = 'no'): ControlOutcome<never> => ({
  kind: 'error',
  error: { errorType, status, message },
});

const OPTIONS = { timeoutMs: 1000 };

describe('What the control plane answers', () => {
  const ROWS: readonly (readonly [ControlError, flush: string, kind: string])[] = [
    [{ errorType: 'AccessDeniedException', status: 403, message: '' }, 'control-denied', 'refused'],
    [{ errorType: 'UnauthorizedException', status: 401, message: '' }, 'control-unauthorized', 'refused'],
    [{ errorType: 'NotFoundException', status: 404, message: '' }, 'stage-not-found', 'not-cacheable'],
    [{ errorType: 'BadRequestException', status: 400, message: '' }, 'flush-bad-request', 'not-cacheable'],
    [{ errorType: 'ConflictException', status: 409, message: '' }, 'control-conflict', 'refused'],
    [{ errorType: 'TooManyRequestsException', status: 429, message: '' }, 'control-throttled', 'throttled'],
    [{ errorType: 'LimitExceededException', status: 429, message: '' }, 'control-throttled', 'throttled'],
    [{ errorType: 'ExpiredTokenException', status: 403, message: '' }, 'expired-token', 'badly-signed'],
    [{ errorType: 'ExpiredToken', status: 403, message: '' }, 'expired-token', 'badly-signed'],
    [{ errorType: 'UnrecognizedClientException', status: 403, message: '' }, 'invalid-token', 'badly-signed'],
    [{ errorType: 'InvalidClientTokenId', status: 403, message: '' }, 'invalid-token', 'badly-signed'],
    [{ errorType: 'SignatureDoesNotMatch', status: 403, message: '' }, 'signature-mismatch', 'badly-signed'],
    [
      { errorType: 'InvalidSignatureException', status: 403, message: 'Signature expired: x' },
      'clock-skew',
      'badly-signed',
    ],
    [{ errorType: 'SomethingNew', status: 400, message: '' }, 'control-client-error', 'refused'],
    [{ errorType: 'SomethingNew', status: 418, message: '' }, 'control-client-error', 'refused'],
    [{ errorType: 'SomethingNew', status: 499, message: '' }, 'control-client-error', 'refused'],
    [{ errorType: 'SomethingNew', status: 500, message: '' }, 'control-server-error', 'unknown'],
    [{ errorType: 'SomethingNew', status: 399, message: '' }, 'control-server-error', 'unknown'],
    [
      { errorType: 'ServiceUnavailableException', status: 503, message: '' },
      'control-server-error',
      'unknown',
    ],
  ];
  for (const [answer, reason, kind] of ROWS) {
    it(`of ${answer.status} ${answer.errorType} is ${kind}: ${reason}`, () => {
      const verdict = judgeControl(
        { kind: 'error', error: answer },
        { operation: 'flush-stage', place: PLACE, redactor: createRedactor([]) },
      );
      assert.deepEqual([verdict.kind, verdict.reason], [kind, reason]);
      assert.ok(verdict.title.length > 0 && verdict.nextSteps.length > 0);
    });
  }

  const FAILURES: readonly SendFailureKind[] = ['dns', 'timeout', 'cancelled', 'tls', 'proxy', 'protocol'];
  for (const kind of FAILURES) {
    it(`by ${kind} leaves a flush open, and a question unanswered`, async () => {
      const host = hostThat({ kind: 'failure', failure: { kind, message: 'What happened.', totalMs: 1 } });
      const { verdict } = await flushStage(host, PLACE, OPTIONS);
      assert.equal(verdict.reason, kind);
      assert.match(verdict.explanation, /^What happened\. (?:Nothing was changed|The call may still have)/);
      assert.equal(/it is not known/.test(verdict.explanation), /timeout|cancelled|protocol/.test(kind));
      const read = await readStageCache(host, PLACE, OPTIONS);
      assert.match(read.verdict.explanation, /Nothing was changed/);
      assert.equal(read.value, undefined);
    });
  }

  it('of an unknown token names a Region that is to be switched on, and says it of no other error', () => {
    const said = (errorType: string, region: string) =>
      judgeControl(
        { kind: 'error', error: { errorType, status: 403, message: '' } },
        {
          operation: 'read-stage',
          place: { ...PLACE, partition: 'aws', region },
          redactor: createRedactor([]),
        },
      ).explanation;
    assert.match(said('UnrecognizedClientException', 'ap-east-1'), /has to switch ap-east-1 on/);
    assert.doesNotMatch(said('UnrecognizedClientException', 'eu-west-1'), /switch/);
    assert.doesNotMatch(said('ExpiredTokenException', 'ap-east-1'), /switch/);
  });

  it('names the permission that is missing, in the partition of the stage', async () => {
    const host = hostThat(error('AccessDeniedException', 403));
    const arn = 'arn:aws-cn:apigateway:cn-north-1::/restapis/a1b2c3d4e5/stages/prod';
    const read = await readStageCache(host, PLACE, OPTIONS);
    assert.ok(read.verdict.explanation.includes(`The caller needs apigateway:GET on ${arn}.`));
    const flushed = await flushStage(host, PLACE, OPTIONS);
    assert.ok(flushed.verdict.explanation.includes(`apigateway:DELETE on ${arn}/cache/data.`));
    assert.equal((await whoAmI(host, PLACE, OPTIONS)).verdict.reason, 'who-am-i-denied');
  });

  it('is asked for at the address of the partition', async () => {
    const asked: string[] = [];
    const host = hostThat(error('X'), asked);
    await readStageCache(host, PLACE, OPTIONS);
    await flushStage(host, { ...PLACE, partition: 'aws', region: 'eu-west-1' }, OPTIONS);
    await whoAmI(host, { partition: 'aws-us-gov', region: 'us-gov-west-1' }, OPTIONS);
    await whoAmI(host, PLACE, { ...OPTIONS, controlEndpoint: 'http://127.0.0.1:4566' });
    assert.deepEqual(asked, [
      'https://apigateway.cn-north-1.amazonaws.com.cn',
      'https://apigateway.eu-west-1.amazonaws.com',
      'https://sts.us-gov-west-1.amazonaws.com',
      'http://127.0.0.1:4566',
    ]);
  });

  const REFUSED: readonly (readonly [name: string, place: Partial<typeof PLACE>, endpoint?: string])[] = [
    ['another machine', {}, 'https://evil.example'],
    ['a name that only looks like this machine', {}, 'http://127.0.0.1.evil.example'],
    ['a user name', {}, 'http://me@127.0.0.1'],
    ['what is no URL', {}, '127.0.0.1'],
    ['a Region that leads elsewhere', { region: 'evil.example/' }],
    ['a Region of another partition', { region: 'us-east-1' }],
    ['an API ID that leads elsewhere', { apiId: '../x' }],
    ['a stage that leads elsewhere', { stage: 'prod/cache' }],
    ['a stage with a line break', { stage: 'prod\r\nx: y' }],
    ['an HTTP API', { stage: '$default' }],
  ];
  for (const [name, place, endpoint] of REFUSED) {
    it(`is never asked of ${name}, nor are credentials looked for`, async () => {
      const host: GatewayHost = {
        ...hostThat(error('X')),
        credentials: () => assert.fail('No credentials may be asked for.'),
      };
      const { verdict } = await flushStage(
        host,
        { ...PLACE, ...place },
        { ...OPTIONS, controlEndpoint: endpoint },
      );
      assert.match(verdict.kind, /^not-/);
    });
  }

  it('holds no secret, even where it quotes one', async () => {
    const quoting = `The token ${TOKEN} of ${KEYS.accessKeyId} with ${SECRET} is ${encodeURIComponent(TOKEN)}`;
    for (const type of ['AccessDeniedException', 'InvalidSignatureException', 'Other']) {
      const host = hostThat(error(type, 403, quoting));
      const results = [
        await flushStage(host, PLACE, OPTIONS),
        await readStageCache(host, PLACE, OPTIONS),
        await whoAmI(host, PLACE, OPTIONS),
      ];
      const shown = JSON.stringify(results) + results.map(({ verdict }) => verdictReport(verdict)).join();
      for (const secret of [SECRET, TOKEN, encodeURIComponent(TOKEN), KEYS.accessKeyId]) {
        assert.ok(!shown.includes(secret), secret);
      }
      assert.match(shown, /\[redacted\]/);
    }
  });

  it('may be called off before and while it is asked', async () => {
    const abort = new AbortController();
    const host: GatewayHost = {
      ...hostThat(error('X')),
      control: {
        ...createGatewayHost().control,
        flushStageCache: () => {
          abort.abort();
          return new Promise(() => undefined);
        },
      },
    };
    const during = await flushStage(host, PLACE, { ...OPTIONS, signal: abort.signal });
    assert.deepEqual([during.verdict.kind, during.identity === undefined], ['cancelled', false]);
    const before = await flushStage(host, PLACE, { ...OPTIONS, signal: AbortSignal.abort() });
    assert.deepEqual([before.verdict.explanation, before.identity], ['Nothing was sent.', undefined]);
  });

  it('is a page that somebody else’s names cannot change', () => {
    const page = stageReport(
      { apiId: 'a`b', stage: 'x' },
      {
        cluster: 'on',
        status: 'A|B',
        size: '<b>',
        defaults: undefined,
        canary: undefined,
        overrides: [
          {
            key: 'k',
            method: 'GET',
            resourcePath: '/a|b`c',
            settings: {
              caching: 'on',
              ttlSeconds: 1,
              encrypted: true,
              authorization: 'required',
              strategy: '[x](https://evil.example)',
            },
          },
        ],
      },
    );
    assert.ok(page.startsWith('# Cache of stage `x` of `` a`b ``\n'));
    assert.ok(
      page.includes('A\\|B') && page.includes('\\<b\\>') && page.includes('`[x](https://evil.example)`'),
    );
  });
});
