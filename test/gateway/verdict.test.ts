import * as assert from 'node:assert/strict';
import { verdictRows } from '../../server/src/gateway/answerVerdicts';
import type { SendFailureKind, SendOutcome } from '../../server/src/gateway/host';
import type { NameValue } from '../../server/src/gateway/target';
import { judge, judgeCredentials, judgeTarget } from '../../server/src/gateway/verdict';
import type { JudgeContext, VerdictKind } from '../../server/src/gateway/verdictTable';
import { aTarget } from './targets';

interface Case {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: readonly NameValue[];
  /** API Gateway unless said otherwise. */
  readonly from?: 'other';
  readonly context?: Partial<JudgeContext>;
  readonly verdict: readonly [VerdictKind, reason: string];
}

const ARN = 'arn:aws:execute-api:us-east-1:********9012:a1b2c3d4e5/prod/GET/pets';
const USER = 'User: arn:aws:iam::123456789012:user/Ana is not authorized to perform:';
const message = (text: string) => JSON.stringify({ message: text });
const Message = (text: string) => JSON.stringify({ Message: text });
/** API Gateway sends one with every answer. */
const OURS: NameValue = ['x-amzn-RequestId', '5e1d0ab5-2d5a-4d0f-8d2c-0b6d8f6d7a11'];
const WARNING = '199 Cache-control headers were ignored because the caller was unauthorized.';

const CASES: readonly Case[] = [
  { status: 200, verdict: ['accepted', 'no-warning'] },
  { status: 204, verdict: ['accepted', 'no-warning'] },
  { status: 200, headers: [['Warning', WARNING]], verdict: ['ignored', 'warning-header'] },
  { status: 200, headers: [['warning', '199 - "anything"']], verdict: ['unknown', 'unclear-warning'] },
  { status: 200, headers: [['x-cache', 'Hit from cloudfront']], verdict: ['unknown', 'cache-before-api'] },
  {
    status: 200,
    headers: [['X-Cache', 'RefreshHit from cloudfront']],
    verdict: ['unknown', 'cache-before-api'],
  },
  { status: 200, headers: [['X-Cache', 'MISS, HIT']], verdict: ['unknown', 'cache-before-api'] },
  { status: 200, headers: [['X-Cache-Hits', '0, 3']], verdict: ['unknown', 'cache-before-api'] },
  { status: 200, headers: [['Age', '120']], verdict: ['unknown', 'cache-before-api'] },
  { status: 200, headers: [['CF-Cache-Status', 'HIT']], verdict: ['unknown', 'cache-before-api'] },
  { status: 200, headers: [['Cache-Status', 'edge; hit; ttl=30']], verdict: ['unknown', 'cache-before-api'] },
  {
    status: 200,
    headers: [
      ['Age', '120'],
      ['Warning', WARNING],
    ],
    verdict: ['unknown', 'cache-before-api'],
  },
  // The distribution of an edge-optimized API keeps nothing, and says so.
  {
    status: 200,
    headers: [
      ['X-Cache', 'Miss from cloudfront'],
      ['Via', '1.1 x.cloudfront.net (CloudFront)'],
      ['Age', '0'],
    ],
    verdict: ['accepted', 'no-warning'],
  },
  { status: 200, from: 'other', verdict: ['unknown', 'not-api-gateway'] },
  { status: 200, from: 'other', headers: [['Server', 'nginx']], verdict: ['unknown', 'not-api-gateway'] },
  { status: 200, from: 'other', headers: [['x-amz-apigw-id', 'AbC=']], verdict: ['accepted', 'no-warning'] },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(
      `${USER} execute-api:InvalidateCache on resource: ${ARN} because no permissions boundary allows the execute-api:InvalidateCache action`,
    ),
    verdict: ['refused', 'access-denied-limit'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(
      `${USER} execute-api:Invoke on resource: ${ARN} because no VPC endpoint policy allows the execute-api:Invoke action`,
    ),
    verdict: ['refused', 'access-denied-limit'],
  },
  {
    status: 500,
    type: 'AuthorizerConfigurationException',
    body: '{"message":null}',
    verdict: ['refused', 'authorizer-configuration'],
  },
  {
    status: 500,
    type: 'AuthorizerFailureException',
    body: '{"message":null}',
    verdict: ['refused', 'authorizer-configuration'],
  },
  {
    status: 200,
    headers: [['X-Cache', 'TCP_MEM_HIT from a23-45']],
    verdict: ['unknown', 'cache-before-api'],
  },
  { status: 200, headers: [['X-Varnish', '32770 3']], verdict: ['unknown', 'cache-before-api'] },
  { status: 200, headers: [['X-Varnish', '32770']], verdict: ['accepted', 'no-warning'] },
  {
    status: 200,
    headers: [['Server-Timing', 'cdn-cache; desc=HIT, edge; dur=1']],
    verdict: ['unknown', 'cache-before-api'],
  },
  { status: 200, headers: [['X-Cache', 'Whitelisted']], verdict: ['accepted', 'no-warning'] },
  // Whoever repeats an old answer repeats its error as well.
  {
    status: 403,
    type: 'AccessDeniedException',
    headers: [['Age', '4']],
    verdict: ['unknown', 'cache-before-api'],
  },
  { status: 404, from: 'other', headers: [['Age', '4']], verdict: ['unknown', 'cache-before-api'] },
  // HTTP APIs have no cache.
  {
    status: 200,
    from: 'other',
    headers: [['apigw-requestid', 'AbC=']],
    verdict: ['not-cacheable', 'http-api'],
  },
  {
    status: 404,
    from: 'other',
    headers: [['Apigw-Requestid', 'AbC=']],
    verdict: ['not-cacheable', 'http-api'],
  },
  {
    status: 403,
    from: 'other',
    headers: [['apigw-requestid', 'AbC=']],
    body: message('Forbidden'),
    verdict: ['not-cacheable', 'http-api'],
  },
  { status: 200, headers: [['apigw-requestid', 'AbC=']], verdict: ['unknown', 'two-apis'] },
  // Function URLs and other services send a request id too; under a name of somebody's own it proves nothing.
  {
    status: 200,
    context: { target: aTarget({ domain: { name: 'api.example.com', basePath: '' } }) },
    verdict: ['unknown', 'not-api-gateway'],
  },
  {
    status: 200,
    headers: [['x-amz-apigw-id', 'AbC=']],
    context: { target: aTarget({ domain: { name: 'api.example.com', basePath: '' } }) },
    verdict: ['accepted', 'no-warning'],
  },
  { status: 200, headers: [['Content-Length', '1048577']], verdict: ['not-cacheable', 'response-too-large'] },
  { status: 200, headers: [['Content-Length', '1048576']], verdict: ['accepted', 'no-warning'] },
  {
    status: 200,
    headers: [['Content-Length', '1048577']],
    context: { target: aTarget({ method: 'HEAD' }) },
    verdict: ['accepted', 'no-warning'],
  },
  { status: 403, from: 'other', body: message('Forbidden'), verdict: ['refused', 'api-key'] },
  // The ARN of the resource stands between the action and the Deny.
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(
      `${USER} execute-api:Invoke on resource: ${ARN} with an explicit deny in a service control policy`,
    ),
    verdict: ['refused', 'access-denied-explicit-deny'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message('User is not authorized to access this resource with an explicit deny'),
    verdict: ['refused', 'authorizer-deny'],
  },
  {
    status: 200,
    headers: [['WARNING', 'Cache-Control was IGNORED']],
    verdict: ['ignored', 'warning-header'],
  },
  { status: 200, headers: [['Warning', '110 - "Response is Stale"']], verdict: ['accepted', 'no-warning'] },
  { status: 404, headers: [['Warning', WARNING]], verdict: ['ignored', 'warning-header'] },
  // A gateway response may hide an error behind another status; its type stays.
  { status: 200, type: 'AccessDeniedException', verdict: ['refused', 'access-denied'] },

  {
    status: 403,
    type: 'MissingAuthenticationTokenException',
    body: message('Missing Authentication Token'),
    verdict: ['not-cacheable', 'no-such-route'],
  },
  {
    status: 403,
    type: 'MissingAuthenticationTokenException',
    context: { signing: 'unsigned' },
    verdict: ['refused', 'missing-authentication-token'],
  },
  {
    status: 403,
    body: message('Missing Authentication Token'),
    context: { signing: 'unsigned' },
    verdict: ['refused', 'missing-authentication-token'],
  },
  {
    status: 403,
    type: 'IncompleteSignatureException',
    body: message(
      "'Bearer' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer'.",
    ),
    verdict: ['badly-signed', 'incomplete-signature'],
  },
  {
    status: 403,
    body: message("Authorization header requires 'Credential' parameter."),
    verdict: ['badly-signed', 'incomplete-signature'],
  },
  {
    status: 403,
    type: 'InvalidSignatureException',
    body: message(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    ),
    verdict: ['badly-signed', 'signature-mismatch'],
  },
  {
    status: 403,
    type: 'InvalidSignatureException:http://internal.amazon.com/coral/com.amazon.coral.service/',
    body: message("Credential should be scoped to a valid region, not 'eu-west-1'."),
    verdict: ['badly-signed', 'wrong-region-scope'],
  },
  {
    status: 403,
    type: 'com.amazon.coral.service#InvalidSignatureException',
    body: message("Credential should be scoped to correct service: 'execute-api'."),
    verdict: ['badly-signed', 'wrong-service-scope'],
  },
  {
    status: 403,
    type: 'InvalidSignatureException',
    body: message('Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z'),
    verdict: ['badly-signed', 'clock-skew'],
  },
  {
    status: 403,
    body: message('Signature not yet current: 20260101T001000Z is still later than 20260101T000500Z'),
    verdict: ['badly-signed', 'clock-skew'],
  },
  {
    status: 403,
    type: 'UnrecognizedClientException',
    body: message('The security token included in the request is invalid.'),
    verdict: ['badly-signed', 'invalid-token'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: message('The security token included in the request is invalid.'),
    verdict: ['badly-signed', 'invalid-token'],
  },
  {
    status: 403,
    body: message('The security token included in the request is invalid'),
    verdict: ['badly-signed', 'invalid-token'],
  },
  {
    status: 403,
    type: 'ExpiredTokenException',
    body: message('The security token included in the request is expired'),
    verdict: ['badly-signed', 'expired-token'],
  },
  {
    status: 403,
    body: message('The security token included in the request is expired'),
    verdict: ['badly-signed', 'expired-token'],
  },

  {
    status: 403,
    type: 'AccessDeniedException',
    body: message('Unauthorized'),
    verdict: ['refused', 'access-denied-invalidate-cache'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(`${USER} execute-api:InvalidateCache on resource: ${ARN}`),
    verdict: ['refused', 'access-denied-invalidate-cache'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(`${USER} execute-api:Invoke on resource: ${ARN}`),
    verdict: ['refused', 'access-denied-invoke'],
  },
  {
    status: 403,
    body: Message(
      `${USER} execute-api:Invoke on resource: ${ARN} because no identity-based policy allows the execute-api:Invoke action`,
    ),
    verdict: ['refused', 'access-denied-invoke'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(`${USER} execute-api:Invoke on resource: ${ARN} with an explicit deny`),
    verdict: ['refused', 'access-denied-explicit-deny'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(
      `${USER} execute-api:Invoke on resource: ${ARN} because no resource-based policy allows the execute-api:Invoke action`,
    ),
    verdict: ['refused', 'access-denied-resource-policy'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message(`User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${ARN}`),
    verdict: ['refused', 'access-denied-resource-policy'],
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    body: Message('User is not authorized to access this resource with an explicit deny'),
    verdict: ['refused', 'authorizer-deny'],
  },
  { status: 403, type: 'AccessDeniedException', body: 'no', verdict: ['refused', 'access-denied'] },
  {
    status: 403,
    type: 'ForbiddenException',
    body: message('Forbidden'),
    verdict: ['refused', 'api-key'],
  },
  {
    status: 403,
    type: 'ForbiddenException',
    body: message('Forbidden'),
    context: { apiKey: 'sent' },
    verdict: ['refused', 'forbidden'],
  },
  { status: 403, body: '<html>Request blocked.</html>', verdict: ['refused', 'forbidden'] },
  { status: 401, type: 'UnauthorizedException', verdict: ['refused', 'unauthorized'] },
  { status: 401, body: message('Unauthorized'), verdict: ['refused', 'unauthorized'] },
  {
    status: 429,
    type: 'TooManyRequestsException',
    body: message('Too Many Requests'),
    verdict: ['throttled', 'throttled'],
  },
  {
    status: 429,
    type: 'LimitExceededException',
    body: message('Limit Exceeded'),
    verdict: ['throttled', 'quota-exceeded'],
  },
  { status: 429, verdict: ['throttled', 'throttled'] },
  { status: 404, type: 'NotFoundException', verdict: ['not-cacheable', 'not-found'] },
  { status: 404, body: message('Not Found'), verdict: ['not-cacheable', 'not-found'] },
  { status: 414, verdict: ['refused', 'uri-too-long'] },
  { status: 400, type: 'BadRequestException', verdict: ['refused', 'bad-request'] },
  { status: 418, verdict: ['refused', 'client-error'] },
  { status: 301, headers: [['Location', 'https://evil.example/']], verdict: ['unknown', 'redirect'] },
  { status: 304, verdict: ['unknown', 'not-modified'] },
  { status: 502, type: 'InternalServerErrorException', verdict: ['unknown', 'server-error'] },
  // The status decides where it can: the text of a failing backend means nothing.
  { status: 500, body: message('Missing Authentication Token'), verdict: ['unknown', 'server-error'] },
  { status: 404, body: Message(`${USER} x:Y`), verdict: ['not-cacheable', 'not-found'] },
  { status: 503, body: '<html>', verdict: ['unknown', 'server-error'] },
  { status: 999, verdict: ['unknown', 'unknown-answer'] },
  { status: 200, type: 'SomethingNewException', verdict: ['unknown', 'unknown-answer'] },
];

describe('The verdict', () => {
  for (const { status, type, body = '', headers = [], from, context, verdict } of CASES) {
    const name = [status, type, body.slice(0, 90), headers.join(), JSON.stringify(context)];
    it(`on ${name.filter(Boolean).join(' ')} is ${verdict.join(': ')}`, () => {
      const all: readonly NameValue[] = [
        ...(from === 'other' ? [] : [OURS]),
        ...(type === undefined ? [] : [['X-Amzn-ErrorType', type] as const]),
        ...headers,
      ];
      const { kind, reason, ...rest } = judge(answer(status, all, body), { ...CONTEXT, ...context });
      assert.deepEqual([kind, reason], verdict);
      assert.match(rest.title, /\S/);
      assert.doesNotMatch(rest.title, /\n/);
      assert.match(rest.explanation, /\.$/);
      assert.equal(rest.caveats.length > 0, kind === 'accepted');
      assert.ok(rest.nextSteps.length > 0);
    });
  }

  it('has a case for each row of the table', () => {
    const reached = new Set(CASES.map(({ verdict }) => verdict.join()));
    const rows = verdictRows.map(({ verdict }) => [verdict.kind, verdict.reason].join());
    assert.deepEqual(
      rows.filter((row) => !reached.has(row)),
      [],
    );
  });

  it('on a clock that is off says by how much, from the Date of the answer', () => {
    const headers: NameValue[] = [
      ['x-amzn-errortype', 'InvalidSignatureException'],
      ['Date', 'Thu, 01 Jan 2026 00:10:00 GMT'],
    ];
    const verdict = judge(answer(403, headers, message('Signature expired: …')), CONTEXT);
    assert.match(verdict.explanation, /This machine's clock is 600 seconds behind the server's\.$/);
    const ahead: NameValue[] = [
      ['x-amzn-errortype', 'InvalidSignatureException'],
      ['Date', 'Wed, 31 Dec 2025 23:50:00 GMT'],
    ];
    assert.match(
      judge(answer(403, ahead, message('Signature expired: …')), CONTEXT).explanation,
      /clock is 600 seconds ahead of the server's\.$/,
    );
    assert.doesNotMatch(judge(answer(403, ahead, message('no')), CONTEXT).explanation, /seconds/);
  });

  it('never calls an accepted request a success: it says what the response does not show', () => {
    const { caveats } = judge(answer(200, [OURS], ''), CONTEXT);
    assert.ok(caveats.some((caveat) => caveat.includes('SUCCEED_WITHOUT_RESPONSE_HEADER')));
    assert.ok(caveats.some((caveat) => caveat.includes('no cache')));
  });

  it('tells an unsigned request that only an open stage honours it', () => {
    const { caveats } = judge(answer(200, [OURS], ''), { ...CONTEXT, signing: 'unsigned' });
    assert.ok(caveats.some((caveat) => caveat.includes('not signed')));
  });

  it('advises nobody to sign what was signed', () => {
    const denied = Message(
      `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${ARN}`,
    );
    const headers: NameValue[] = [['x-amzn-errortype', 'AccessDeniedException']];
    const stepsOf = (signing: JudgeContext['signing']) =>
      judge(answer(403, headers, denied), { ...CONTEXT, signing }).nextSteps.map(({ id }) => id);
    assert.ok(stepsOf('unsigned').includes('sign-request'));
    assert.ok(!stepsOf('sigv4').includes('sign-request'));
  });

  /** What each kind of policy that a denial names leads to: IAM User Guide, "Troubleshoot access denied error messages". */
  const NAMED: readonly (readonly [text: string, says: RegExp, steps: readonly string[]])[] = [
    [
      'because no permissions boundary allows',
      /permissions boundary of the user or role/,
      ['choose-profile'],
    ],
    ['because no session policy allows', /the session was made with/, ['choose-profile', 'log-in-again']],
    ['because no service control policy allows', /service control policy/, ['choose-profile']],
    ['because no resource control policy allows', /resource control policy/, ['choose-profile']],
    ['because no VPC endpoint policy allows', /VPC endpoint/, ['check-endpoint', 'choose-profile']],
    ['because no resource-based policy allows', /the API's resource policy/, ['choose-profile']],
    ['with an explicit deny in a service control policy', /the Deny is there/, ['choose-profile']],
    [
      'with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1',
      /service control policy of the organization/,
      ['choose-profile'],
    ],
    ['with an explicit deny in an identity-based policy', /of the caller itself/, ['choose-profile']],
    ['with an explicit deny in a VPC endpoint policy', /VPC endpoint/, ['check-endpoint', 'choose-profile']],
    ['with an explicit deny', /denies|Deny/, ['choose-profile']],
    ['because no identity-based policy allows', /needs execute-api/, ['insert-statement', 'choose-profile']],
  ];
  for (const [text, says, steps] of NAMED) {
    it(`on a denial ${text} leads to ${steps.join(', ')}`, () => {
      for (const action of ['execute-api:Invoke', 'execute-api:InvalidateCache']) {
        const tail = text.includes('because') ? ` the ${action} action` : '';
        const headers: NameValue[] = [OURS, ['x-amzn-errortype', 'AccessDeniedException']];
        const body = Message(`${USER} ${action} on resource: ${ARN} ${text}${tail}`);
        const verdict = judge(answer(403, headers, body), CONTEXT);
        assert.equal(verdict.kind, 'refused');
        assert.match(verdict.explanation, says);
        assert.deepEqual(
          verdict.nextSteps.map(({ id }) => id).filter((id) => id !== 'show-stage-settings'),
          steps,
        );
      }
    });
  }

  it('names what the headers name, where it was not a REST API that answered', () => {
    const headers: NameValue[] = [
      ['Server', 'nginx'],
      ['Via', '1.1 edge (Squid)'],
    ];
    assert.match(judge(answer(200, headers, ''), CONTEXT).explanation, /Server "nginx", Via "1\.1 edge/);
    assert.match(judge(answer(401, headers, ''), CONTEXT).explanation, /a server in front of it may have/);
    assert.doesNotMatch(judge(answer(200, [OURS, ...headers], ''), CONTEXT).explanation, /nginx/);
    // No policy moves whoever refused in front of API Gateway.
    assert.equal(judge(answer(403, headers, ''), CONTEXT).nextSteps[0]?.id, 'check-endpoint');
    assert.equal(judge(answer(403, [OURS], ''), CONTEXT).nextSteps[0]?.id, 'insert-statement');
  });

  const NGINX: NameValue = ['Server', 'nginx'];
  const SAID: readonly (readonly [
    status: number,
    headers: readonly NameValue[],
    isInFront: boolean,
    named: string | undefined,
  ])[] = [
    [200, [NGINX], false, 'Server "nginx"'],
    [299, [NGINX], false, 'Server "nginx"'],
    [300, [NGINX], true, 'Server "nginx"'],
    [403, [NGINX], true, 'Server "nginx"'],
    [403, [], true, undefined],
    [403, [OURS, NGINX], false, undefined],
    [403, [['apigw-requestid', 'x'], NGINX], false, undefined],
    // What a cache repeats says nothing of who is in front of whom.
    [403, [['Age', '5'], NGINX], false, 'Age "5", Server "nginx"'],
  ];
  for (const [status, headers, isInFront, named] of SAID) {
    it(`says who gave the answer ${status} ${headers.join('; ')}`, () => {
      const { explanation } = judge(answer(status, headers, ''), CONTEXT);
      assert.equal(explanation.includes('a server in front of it may have'), isInFront);
      assert.equal(/The answer names: (.*)\.$/.exec(explanation)?.[1], named);
    });
  }

  const CAVEATS: readonly (readonly [
    name: string,
    context: Partial<JudgeContext>,
    headers: readonly NameValue[],
    caveats: readonly RegExp[],
  ])[] = [
    [
      'what an answer alone leaves open',
      {},
      [],
      [/no cache/, /SILENTLY|silently/, /Only one entry/, /IAM authorization/],
    ],
    [
      'that a HEAD is seldom cached',
      { target: aTarget({ method: 'HEAD' }) },
      [],
      [/no cache/, /silently/, /Only one entry/, /only GET is cached; HEAD/, /IAM authorization/],
    ],
    [
      'that a POST is seldom cached',
      { target: aTarget({ method: 'POST' }), signing: 'unsigned' },
      [],
      [/no cache/, /silently/, /Only one entry/, /only GET is cached; POST/, /not signed/],
    ],
    [
      'what settings tell in place of it',
      { settled: { uncached: undefined, silence: 'told', authorization: 'required', notes: ['A note.'] } },
      [],
      [/^A note\.$/, /responseTransferMode STREAM/, /Only one entry/, /IAM authorization/],
    ],
    [
      'less where more is known',
      {
        target: aTarget({ method: 'HEAD' }),
        settled: {
          uncached: undefined,
          silence: 'told',
          authorization: 'not-required',
          transfer: 'buffered',
          notes: [],
        },
      },
      [],
      [/Only one entry/],
    ],
    [
      'that a proxy may have kept what was asked for',
      {},
      [['Via', '1.1 squid']],
      [/\(Via "1\.1 squid"\)/, /no cache/, /silently/, /Only one entry/, /IAM authorization/],
    ],
    [
      'nothing of CloudFront, which hands on what it is asked for',
      {},
      [['Via', '1.1 x.cloudfront.net (CloudFront)']],
      [/no cache/, /silently/, /Only one entry/, /IAM authorization/],
    ],
  ];
  for (const [name, context, headers, caveats] of CAVEATS) {
    it(`of an accepted request says ${name}`, () => {
      const verdict = judge(answer(200, [OURS, ...headers], ''), { ...CONTEXT, ...context });
      assert.equal(verdict.kind, 'accepted');
      assert.equal(verdict.caveats.length, caveats.length, verdict.caveats.join('\n'));
      for (const [index, caveat] of caveats.entries()) {
        assert.match(verdict.caveats[index] ?? '', caveat);
      }
    });
  }

  it('on what the settings decide is that, and nothing else is moved by them', () => {
    const settled = {
      uncached: 'No cache.',
      silence: 'silent',
      authorization: 'required',
      notes: [],
    } as const;
    const judged = (status: number, changes: Partial<NonNullable<JudgeContext['settled']>> = {}) =>
      judge(answer(status, [OURS], ''), { ...CONTEXT, settled: { ...settled, ...changes } });
    assert.deepEqual([judged(200).kind, judged(200).reason], ['not-cacheable', 'nothing-cached']);
    assert.match(judged(200).explanation, /No cache\.$/);
    assert.equal(judged(200, { uncached: undefined }).reason, 'silent-stage');
    assert.equal(judged(200, { uncached: undefined, silence: 'told' }).kind, 'accepted');
    assert.equal(judged(403).kind, 'refused');
    assert.equal(judged(403, { uncached: undefined }).kind, 'refused');
  });

  it('on an answer that is too large is that nothing was cached', () => {
    const sized = (bytes: number, headers: readonly NameValue[] = [], method = 'GET', counted?: number) => {
      const outcome = answer(200, [OURS, ...headers], '');
      assert.ok(outcome.kind === 'response');
      const response = { ...outcome.response, bodyBytes: bytes, countedBytes: counted };
      return judge({ kind: 'response', response }, { ...CONTEXT, target: aTarget({ method }) }).reason;
    };
    const most = 1024 * 1024;
    assert.equal(sized(most), 'no-warning');
    assert.equal(sized(most + 1), 'response-too-large');
    assert.equal(sized(0, [], 'GET', most + 1), 'response-too-large');
    assert.equal(sized(0, [['Content-Length', String(most)]]), 'no-warning');
    assert.equal(sized(0, [['Content-Length', String(most + 1)]]), 'response-too-large');
    // A HEAD tells how large another response would be.
    assert.equal(sized(0, [['Content-Length', String(most + 1)]], 'HEAD'), 'no-warning');
    assert.equal(sized(0, [['Content-Length', 'many']]), 'no-warning');
  });

  it('names the global token of STS only where a Region has to be switched on', () => {
    const unknown = (region: string, keys?: JudgeContext['keys']) =>
      judge(answer(403, [OURS, ['x-amzn-errortype', 'UnrecognizedClientException']], ''), {
        ...CONTEXT,
        target: aTarget({ region }),
        keys,
      }).explanation;
    assert.match(unknown('eu-south-1', 'temporary'), /switch eu-south-1 on .* global STS endpoint/);
    assert.match(unknown('af-south-1', 'long-term'), /switch af-south-1 on/);
    assert.doesNotMatch(unknown('af-south-1', 'long-term'), /STS/);
    assert.doesNotMatch(unknown('eu-west-1', 'temporary'), /STS|switch/);
  });

  it('names a next step for every failure of the network', () => {
    const kinds: readonly SendFailureKind[] = [
      'dns',
      'refused',
      'network',
      'tls',
      'client-certificate',
      'timeout',
      'cancelled',
      'closed',
      'too-large',
      'protocol',
    ];
    for (const kind of kinds) {
      const verdict = judge({ kind: 'failure', failure: { kind, message: '', totalMs: 1 } }, CONTEXT);
      assert.equal(verdict.reason, kind);
      assert.equal(verdict.kind, kind === 'cancelled' ? 'cancelled' : 'unreachable');
      assert.ok(verdict.nextSteps.length > 0);
    }
  });

  it('on credentials that could not be had is not-sent', () => {
    const verdict = judgeCredentials('sso-login-expired');
    assert.deepEqual([verdict.kind, verdict.reason], ['not-sent', 'sso-login-expired']);
    assert.equal(verdict.nextSteps[0]?.id, 'log-in-again');
  });

  it('on a target without a cache is not-cacheable, on an unfinished one not-sent', () => {
    const stage = judgeTarget([{ kind: 'http-api', field: 'stage', message: 'HTTP APIs have no cache.' }]);
    assert.deepEqual([stage.kind, stage.reason], ['not-cacheable', 'http-api']);
    const path = judgeTarget([{ kind: 'wildcard', field: 'path', message: 'A wildcard.' }]);
    assert.deepEqual([path.kind, path.reason], ['not-sent', 'invalid-target']);
  });
});

const CONTEXT: JudgeContext = {
  target: aTarget(),
  signing: 'sigv4',
  apiKey: 'absent',
  sentAt: new Date('2026-01-01T00:00:00Z'),
};

function answer(status: number, headers: readonly NameValue[], body: string): SendOutcome {
  return {
    kind: 'response',
    response: {
      status,
      headers,
      body,
      bodyBytes: body.length,
      bodyDigest: '',
      truncated: false,
      timings: { firstByteMs: 1, totalMs: 1 },
    },
  };
}
