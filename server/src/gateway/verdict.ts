import { counted, isOptInRegion } from '../core/index';
import { type Answerer, answererOf, namedOnTheWay } from './answerer';
import { UNKNOWN, verdictRows } from './answerVerdicts';
import { type ErrorAnswer, headerValue, isSuccess, readError } from './errorAnswer';
import { MAX_CACHED_BYTES } from './exchange';
import { CREDENTIALS, FAILURES } from './failureVerdicts';
import type { CredentialsFailureKind, GatewayResponse, SendOutcome } from './host';
import { readHttpDate } from './httpDate';
import { mayChangeState } from './method';
import { policyNamed } from './policyNamed';
import { TRANSFER_UNKNOWN } from './stageCache';
import {
  ACCEPTED,
  FROM_BOTH,
  FROM_CACHE,
  FROM_HTTP_API,
  FROM_OTHER,
  IGNORED,
  NOTHING_CACHED,
  SILENT,
  TOO_LARGE,
  UNCLEAR_WARNING,
} from './successVerdicts';
import type { TargetProblem } from './target';
import {
  type JudgeContext,
  LABELS,
  type NextStep,
  type NextStepId,
  type Verdict,
  type VerdictData,
  type VerdictRow,
} from './verdictTable';

/** Judges what came of a request. */
export function judge(outcome: SendOutcome, context: JudgeContext): Verdict {
  if (outcome.kind === 'failure') {
    return completeVerdict(FAILURES[outcome.failure.kind]);
  }
  const { response } = outcome;
  const answer = readError(response);
  const by = answererOf(response.headers, context.target.domain === undefined ? 'api-host' : 'own-domain');
  const { verdict } = findRow(response, answer, by, context);
  const settled = context.settled;
  if (verdict.kind === 'accepted' && settled?.uncached !== undefined) {
    return completeVerdict(NOTHING_CACHED, [settled.uncached]);
  }
  if (verdict.kind === 'accepted' && settled?.silence === 'silent') {
    return completeVerdict(withoutTaken(SILENT, context), [], acceptedCaveats(context));
  }
  const named = verdict.kind === 'refused' ? policyNamed(answer) : undefined;
  return completeVerdict(
    withoutTaken({ ...verdict, steps: named?.steps ?? stepsFor(verdict, response, by) }, context),
    [
      named?.explanation,
      ...(verdict.reason === 'clock-skew' ? skew(response, context) : []),
      verdict.reason === 'invalid-token' ? optInNote(context.target, context.keys) : undefined,
      ...whoAnswered(response, by),
    ],
    verdict.kind === 'accepted' ? [...passedOn(response), ...acceptedCaveats(context)] : [],
  );
}

/** A proxy that names itself may keep Cache-Control to itself; CloudFront hands it on. */
function passedOn({ headers }: GatewayResponse): readonly string[] {
  const via = headers.filter(
    ([name, value]) => name.toLowerCase() === 'via' && !/\bcloudfront\b/i.test(value),
  );
  return via.length === 0
    ? []
    : [
        `The answer names something on the way (${namedOnTheWay(via)}). If that does not hand Cache-Control on, API Gateway was not asked to renew the entry.`,
      ];
}

/** The verdict on an answer that does not tell, where plain readers get another answer since. */
export function judgeRenewed(context: JudgeContext): Verdict {
  return completeVerdict(ACCEPTED.verdict, [], acceptedCaveats(context));
}

/** Whoever refused in front of API Gateway is not moved by a policy: where the request went comes first. */
function stepsFor(
  { steps: own }: VerdictData,
  { status }: GatewayResponse,
  by: Answerer,
): readonly NextStepId[] {
  return by === 'other' && !isSuccess(status)
    ? ['check-endpoint', ...own.filter((step) => step !== 'check-endpoint')]
    : own;
}

/** What is known of who answered, where it was not a REST API alone. */
function whoAnswered({ headers, status }: GatewayResponse, by: Answerer): readonly string[] {
  if (by === 'rest-api' || by === 'http-api') {
    return [];
  }
  const named = namedOnTheWay(headers);
  return [
    ...(by === 'other' && !isSuccess(status)
      ? ['Nothing in the response shows that API Gateway gave it: a server in front of it may have.']
      : []),
    ...(named === undefined ? [] : [`The answer names: ${named}.`]),
  ];
}

/**
 * What else may cause an unknown token in a Region that accounts have to enable: a token of the global endpoint of STS
 * is not valid there (IAM User Guide, "Manage AWS STS in an AWS Region").
 */
export function optInNote(
  { partition, region }: Pick<JudgeContext['target'], 'partition' | 'region'>,
  keys: JudgeContext['keys'],
): string | undefined {
  if (!isOptInRegion(partition, region)) {
    return undefined;
  }
  const session =
    keys === 'long-term'
      ? ''
      : ' A session token of the global STS endpoint (sts.amazonaws.com) is not valid there either, unless the account says so: take one from the endpoint of a Region (AWS_STS_REGIONAL_ENDPOINTS=regional).';
  return `An account has to switch ${region} on before its credentials are known there.${session}`;
}

/** A signed request needs no advice to sign it. */
function withoutTaken(verdict: VerdictData, { signing }: JudgeContext): VerdictData {
  return signing === 'unsigned'
    ? verdict
    : { ...verdict, steps: verdict.steps.filter((step) => step !== 'sign-request') };
}

/** The verdict on credentials that could not be had; nothing was sent. */
export function judgeCredentials(kind: CredentialsFailureKind): Verdict {
  return completeVerdict(CREDENTIALS[kind]);
}

/** A row's verdict with the labels of its steps and with what else there is to say. */
export function completeVerdict(
  { steps: ids, explanation, ...rest }: VerdictData,
  extra: readonly (string | undefined)[] = [],
  caveats: readonly string[] = [],
): Verdict {
  return {
    ...rest,
    explanation: [explanation, ...extra.filter((sentence) => sentence !== undefined)].join(' '),
    caveats,
    nextSteps: steps(...ids),
  };
}

/** The verdict on a target that cannot be requested; nothing was sent. */
export function judgeTarget(problems: readonly TargetProblem[]): Verdict {
  const uncached = problems.find((problem) => NO_CACHE.has(problem.kind));
  const isEndpoint = problems.every(({ field }) => field === 'endpoint');
  return {
    kind: uncached === undefined ? 'not-sent' : 'not-cacheable',
    reason: uncached?.kind ?? 'invalid-target',
    title:
      uncached !== undefined
        ? 'Not sent: nothing is cached there'
        : isEndpoint
          ? 'Not sent: the endpoint cannot be used'
          : 'Not sent: the target is not complete',
    explanation: problems.map((problem) => problem.message).join(' '),
    caveats: [],
    nextSteps: steps(isEndpoint ? 'check-endpoint' : 'check-path'),
  };
}

const NO_CACHE: ReadonlySet<string> = new Set([
  'http-api',
  'websocket',
  'connections',
  'authorizer',
  'domain-name',
]);

/**
 * The Warning header of SUCCEED_WITH_RESPONSE_HEADER, leniently: AWS documents that there is one, not its words
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html).
 */
const IGNORED_WARNING = /cache-?control|ignored|unauthori[sz]ed/i;

/** The code of a miscellaneous warning, which a backend may send as well (RFC 7234, section 5.5.6). */
const UNCLEAR = /^199\b/;

/** Where the status does not decide and the error type is gone, the message still tells it. */
const TYPE_BY_MESSAGE: readonly (readonly [RegExp, errorType: string])[] = [
  [/^missing authentication token$/i, 'MissingAuthenticationTokenException'],
  [
    /signature we calculated|credential should be scoped|signature expired|signature not yet current/i,
    'InvalidSignatureException',
  ],
  [/key=value pair|authorization header requires/i, 'IncompleteSignatureException'],
  [/security token included in the request is expired/i, 'ExpiredTokenException'],
  [/security token included in the request is invalid/i, 'UnrecognizedClientException'],
  [/is not authorized to (?:perform|access)/i, 'AccessDeniedException'],
  [/^forbidden$/i, 'ForbiddenException'],
];

/** Statuses that API Gateway uses for many causes. */
const AMBIGUOUS_STATUS: ReadonlySet<number> = new Set([400, 403]);

function findRow(
  response: GatewayResponse,
  answer: ErrorAnswer,
  by: Answerer,
  context: JudgeContext,
): VerdictRow {
  // Whoever repeats an old answer repeats its error as well.
  if (by === 'cache') {
    return FROM_CACHE;
  }
  if (by === 'http-api') {
    return FROM_HTTP_API;
  }
  const byType = rowOfType(answer.errorType, answer, context);
  if (byType !== undefined) {
    return byType;
  }
  if (hasWarning(response, IGNORED_WARNING)) {
    return IGNORED;
  }
  if (isSuccess(response.status)) {
    return answer.errorType !== undefined
      ? // A gateway response may give an error any status, and this error is none that is known.
        UNKNOWN
      : by === 'other'
        ? FROM_OTHER
        : by === 'both-apis'
          ? FROM_BOTH
          : hasWarning(response, UNCLEAR)
            ? UNCLEAR_WARNING
            : isTooLarge(response, context)
              ? TOO_LARGE
              : ACCEPTED;
  }
  const told = AMBIGUOUS_STATUS.has(response.status)
    ? TYPE_BY_MESSAGE.find(([pattern]) => pattern.test(answer.message ?? ''))?.[1]
    : undefined;
  const byStatus = verdictRows.find(
    ({ status }) => status !== undefined && response.status >= status[0] && response.status <= status[1],
  );
  return rowOfType(told, answer, context) ?? byStatus ?? UNKNOWN;
}

/** A HEAD tells how large another response would be. */
function isTooLarge(response: GatewayResponse, { target }: JudgeContext): boolean {
  const length = headerValue(response.headers, 'content-length') ?? '';
  const announced = /^\d{1,15}$/.test(length) ? Number(length) : 0;
  const received = response.countedBytes ?? response.bodyBytes;
  return target.method !== 'HEAD' && Math.max(announced, received) > MAX_CACHED_BYTES;
}

function rowOfType(
  errorType: string | undefined,
  answer: ErrorAnswer,
  context: JudgeContext,
): VerdictRow | undefined {
  return errorType === undefined
    ? undefined
    : verdictRows.find(
        (row) =>
          row.errorTypes?.includes(errorType) &&
          (row.text === undefined || row.text.test(answer.message ?? '')) &&
          (row.signing === undefined || row.signing === context.signing) &&
          (row.apiKey === undefined || row.apiKey === context.apiKey),
      );
}

function hasWarning(response: GatewayResponse, words: RegExp): boolean {
  return response.headers.some(
    ([name, value]) => name.toLowerCase() === 'warning' && words.test(value.trim()),
  );
}

/** What is said about the entry if its cache keys are not known. */
export const ONE_ENTRY =
  'Only one entry is meant: the one whose cache key has the path, query and headers that were sent.';

/**
 * Why "accepted" is not "invalidated": an answer looks the same in each of these cases
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html).
 */
function acceptedCaveats({ target, signing, settled }: JudgeContext): readonly string[] {
  return [
    // What the stage's settings say takes the place of what the answer alone leaves open.
    ...(settled === undefined
      ? [
          'The answer looks the same where the stage has no cache, the method is not cached, its time to live is 0, or its integration streams the response (responseTransferMode STREAM).',
          'It also looks the same where the stage ignores unauthorized invalidations silently (SUCCEED_WITHOUT_RESPONSE_HEADER).',
        ]
      : [...settled.notes, ...(settled.transfer === undefined ? [TRANSFER_UNKNOWN] : [])]),
    ONE_ENTRY,
    ...(settled === undefined && (mayChangeState(target.method) || target.method === 'HEAD')
      ? [
          `By default only GET is cached; ${target.method} is where the stage's settings say so for this method.`,
        ]
      : []),
    ...(settled?.authorization === 'not-required'
      ? []
      : signing === 'unsigned'
        ? [
            'The request was not signed: that invalidates only where the stage requires no authorization for it.',
          ]
        : [
            'On a method without IAM authorization it is not documented whether the signature is looked at for the invalidation.',
          ]),
  ];
}

/** How far the clocks are apart, by the answer's Date header. */
function skew(response: GatewayResponse, context: JudgeContext): readonly string[] {
  const theirs = readHttpDate(headerValue(response.headers, 'date'));
  if (theirs === undefined) {
    return [];
  }
  const seconds = Math.round((context.sentAt.getTime() - theirs) / 1000);
  const direction = seconds < 0 ? 'behind' : 'ahead of';
  return [`This machine's clock is ${counted(Math.abs(seconds), 'second')} ${direction} the server's.`];
}

function steps(...ids: readonly NextStepId[]): readonly NextStep[] {
  return ids.map((id) => ({ id, label: LABELS[id] }));
}
