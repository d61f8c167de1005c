import { answererOf } from './answerer';
import {
  ACCEPTED,
  FROM_CACHE,
  FROM_OTHER,
  IGNORED,
  NOTHING_CACHED,
  UNCLEAR_WARNING,
  UNKNOWN,
  verdictRows,
} from './answerVerdicts';
import { CREDENTIALS, FAILURES } from './failureVerdicts';
import type { CredentialsFailureKind, GatewayResponse, SendOutcome } from './host';
import { readHttpDate } from './httpDate';
import { mayChangeState } from './method';
import type { NameValue, TargetProblem } from './request';
import {
  type JudgeContext,
  LABELS,
  type NextStep,
  type NextStepId,
  type Verdict,
  type VerdictData,
  type VerdictRow,
} from './verdictTable';

/** What API Gateway says in an error: its type, and the message under either spelling of the member. */
export interface ErrorAnswer {
  readonly errorType: string | undefined;
  readonly message: string | undefined;
}

/** Judges what came of a request. */
export function judge(outcome: SendOutcome, context: JudgeContext): Verdict {
  if (outcome.kind === 'failure') {
    return completeVerdict(FAILURES[outcome.failure.kind]);
  }
  const { response } = outcome;
  const answer = readError(response);
  const { verdict } = findRow(response, answer, context);
  const settled = context.settled;
  if (verdict.kind === 'accepted' && settled?.uncached !== undefined) {
    return completeVerdict(NOTHING_CACHED, [settled.uncached]);
  }
  return completeVerdict(
    withoutTaken(verdict, context),
    verdict.reason === 'clock-skew' ? skew(response, context) : [],
    verdict.kind === 'accepted' ? acceptedCaveats(context) : [],
  );
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
  return {
    kind: uncached === undefined ? 'not-sent' : 'not-cacheable',
    reason: uncached?.kind ?? 'invalid-target',
    title:
      uncached === undefined ? 'Not sent: the target is not complete' : 'Not sent: nothing is cached there',
    explanation: problems.map((problem) => problem.message).join(' '),
    caveats: [],
    nextSteps: steps('check-path'),
  };
}

/** The error type without its namespace, and the message, as far as the answer has them. */
export function readError(response: Pick<GatewayResponse, 'headers' | 'body'>): ErrorAnswer {
  const errorType = headerValue(response.headers, 'x-amzn-errortype')
    ?.split(':')[0]
    ?.split('#')
    .pop()
    ?.trim();
  return { errorType: errorType === '' ? undefined : errorType, message: readMessage(response.body) };
}

/** The first header of that name, in any case. */
export function headerValue(headers: readonly NameValue[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
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
];

/** Statuses that API Gateway uses for many causes. */
const AMBIGUOUS_STATUS: ReadonlySet<number> = new Set([400, 403]);

function findRow(response: GatewayResponse, answer: ErrorAnswer, context: JudgeContext): VerdictRow {
  const byType = rowOfType(answer.errorType, answer, context);
  if (byType !== undefined) {
    return byType;
  }
  const isSuccess = response.status >= 200 && response.status < 300;
  const answerer = answererOf(response.headers);
  if (isSuccess && answerer === 'cache') {
    return FROM_CACHE;
  }
  if (hasWarning(response, IGNORED_WARNING)) {
    return IGNORED;
  }
  if (isSuccess) {
    return answer.errorType !== undefined
      ? // A gateway response may give an error any status, and this error is none that is known.
        UNKNOWN
      : answerer === 'other'
        ? FROM_OTHER
        : hasWarning(response, UNCLEAR)
          ? UNCLEAR_WARNING
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

/** What is said of the entry where its cache keys are not known. */
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
          'The answer looks the same where the stage has no cache, the method is not cached, or its time to live is 0.',
          'It also looks the same where the stage ignores unauthorized invalidations silently (SUCCEED_WITHOUT_RESPONSE_HEADER).',
        ]
      : settled.notes),
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
  return [`This machine's clock is ${Math.abs(seconds)} seconds ${direction} the server's.`];
}

function steps(...ids: readonly NextStepId[]): readonly NextStep[] {
  return ids.map((id) => ({ id, label: LABELS[id] }));
}

/** Characters; the patterns of the tables look at no more of what anybody may send. */
const LONGEST_MESSAGE = 8192;

/** API Gateway writes `message`, and `Message` when it denies an authorization. */
function readMessage(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    const member = Object.entries(value).find(([name]) => name.toLowerCase() === 'message')?.[1];
    return typeof member === 'string' ? member.slice(0, LONGEST_MESSAGE) : undefined;
  } catch {
    return undefined;
  }
}
