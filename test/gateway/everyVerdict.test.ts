import * as assert from 'node:assert/strict';
import { UNKNOWN, verdictRows } from '../../server/src/gateway/answerVerdicts';
import { invalidate } from '../../server/src/gateway/invalidate';
import { renderReport } from '../../server/src/gateway/report';
import type { VerdictRow } from '../../server/src/gateway/verdictTable';
import { hostOf } from '../support/callerHost';
import { type ApiConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore } from '../support/petstore';
import { aTarget } from './targets';

/** What AWS writes where one error type stands for several causes; a row with a text has one here. */
const MESSAGES: Readonly<Record<string, string>> = {
  'clock-skew': 'Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (…)',
  'wrong-region-scope': "Credential should be scoped to a valid region, not 'x'.",
  'wrong-service-scope': "Credential should be scoped to correct service: 'execute-api'.",
  'invalid-token': 'The security token included in the request is invalid.',
  'access-denied-resource-policy':
    'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn',
  'access-denied-explicit-deny':
    'User: x is not authorized to perform: execute-api:Invoke on resource: arn with an explicit deny',
  'access-denied-invalidate-cache':
    'User: x is not authorized to perform: execute-api:InvalidateCache on resource: arn',
  'access-denied-invoke': 'User: x is not authorized to perform: execute-api:Invoke on resource: arn',
  'authorizer-deny': 'User is not authorized to access this resource',
  'access-denied-limit':
    'User: x is not authorized to perform: execute-api:Invoke on resource: y because no session policy allows the execute-api:Invoke action',
};

interface Answer {
  readonly name: string;
  readonly row: VerdictRow;
  readonly status: number;
  readonly errorType: string | undefined;
}

/** Each row by each of its error types, and by the first of its statuses that no error type goes before. */
const ANSWERS: readonly Answer[] = [...verdictRows, UNKNOWN].flatMap((row, index) => {
  const { errorTypes, status } = row;
  const byType = (errorTypes ?? []).map((errorType) => ({ row, status: 403, errorType }));
  const byStatus = status === undefined ? [] : [{ row, status: status[1], errorType: undefined }];
  const all = row === UNKNOWN ? [{ row, status: 600, errorType: undefined }] : [...byType, ...byStatus];
  return all.map((each, of) => ({ ...each, name: `answer-${index}-${of}` }));
});

/** The row for what nobody signed takes what the row for signed requests leaves. */
function signingFor({ signing, verdict }: VerdictRow): 'sigv4' | 'unsigned' {
  return verdict.reason === 'missing-authentication-token' ? 'unsigned' : (signing ?? 'sigv4');
}

/** An API, one of whose methods gives each answer. */
const api: ApiConfig = {
  ...petstore,
  routes: ANSWERS.map(({ name, row, status, errorType }) => ({
    method: 'GET',
    path: `/${name}`,
    auth: signingFor(row) === 'unsigned' ? 'NONE' : 'AWS_IAM',
    integration: {
      kind: 'reply',
      reply: () => ({
        status,
        headers: errorType === undefined ? {} : { 'x-amzn-ErrorType': `${errorType}:http://internal/` },
        body: JSON.stringify({ message: MESSAGES[row.verdict.reason] ?? '' }),
      }),
    },
  })),
};

describe('Every row of the verdict table is reached over a real socket', () => {
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [api], callers: [invalidator] });
  });
  after(() => gateway.close());

  for (const { name, row, status, errorType } of ANSWERS) {
    const { kind, reason } = row.verdict;
    it(`${errorType ?? status}${row.text === undefined ? '' : ', by its text,'} is ${kind}: ${reason}`, async () => {
      const result = await invalidate(
        hostOf(invalidator),
        aTarget({ path: name, endpoint: gateway.endpoint }),
        {
          timeoutMs: limit(20_000),
          retry: 'never',
          signing: signingFor(row),
          ...(row.verdict.reason === 'forbidden' ? { apiKey: 'a-key-of-the-tests' } : {}),
        },
      );
      assert.deepEqual([result.verdict.kind, result.verdict.reason], [kind, reason]);
      assert.ok(result.verdict.nextSteps.length > 0, 'a next step');
      assert.ok(renderReport(result).includes(result.verdict.title));
    });
  }
});
