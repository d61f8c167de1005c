import { verdictRows } from './answerVerdicts';
import { FAILURES } from './failureVerdicts';
import type { ControlError, ControlOutcome, SendFailureKind } from './host';
import type { Redactor } from './redact';
import type { StagePlace } from './target';
import { completeVerdict, optInNote } from './verdict';
import type { NextStepId, Verdict, VerdictData, VerdictRow } from './verdictTable';

/** What a management service is asked for. */
export type ControlOperation =
  | 'read-stage'
  | 'read-routes'
  | 'flush-stage'
  | 'flush-authorizers'
  | 'who-am-i'
  | 'name-api'
  | 'read-metrics'
  | 'list-stages'
  | 'export-api';

export interface ControlContext {
  readonly operation: ControlOperation;
  readonly place: StagePlace;
  readonly redactor: Redactor;
  readonly keys?: 'temporary' | 'long-term' | undefined;
}

/** Judges the response of a management service to a call. */
export function judgeControl(outcome: ControlOutcome<unknown>, context: ControlContext): Verdict {
  const { operation, redactor } = context;
  if (outcome.kind === 'answer') {
    return completeVerdict(DONE[operation]);
  }
  if (outcome.kind === 'failure') {
    const { kind, message } = outcome.failure;
    const row = FAILURES[kind];
    return completeVerdict(
      {
        ...row,
        // The row's own words are about an API and its entries.
        explanation: redactor.text(message),
        steps: row.steps.filter((step) => CONTROL_STEPS.has(step)),
      },
      [FLUSHES.has(operation) && MAY_HAVE_ARRIVED.has(kind) ? UNTOLD : 'Nothing was changed.'],
    );
  }
  const { error } = outcome;
  const { verdict } = findRow(error, operation);
  return completeVerdict(verdict, [
    permission(verdict, context),
    verdict.reason === 'invalid-token' ? optInNote(context.place, context.keys) : undefined,
    `AWS says: ${redactor.brief(error.message, LONGEST_MESSAGE)}`,
  ]);
}

/** Characters; the messages of AWS are much shorter. */
const LONGEST_MESSAGE = 2000;

/** The others are about requests to a stage. */
const CONTROL_STEPS: ReadonlySet<NextStepId> = new Set(['retry', 'check-endpoint', 'correct-region']);

const MAY_HAVE_ARRIVED: ReadonlySet<SendFailureKind> = new Set([
  'timeout',
  'cancelled',
  'closed',
  'protocol',
  'foreign',
]);

const FLUSHES: ReadonlySet<ControlOperation> = new Set(['flush-stage', 'flush-authorizers']);

const UNTOLD = 'The call may still have arrived: it is not known whether the stage was flushed.';

const DONE: Readonly<Record<ControlOperation, VerdictData>> = {
  'read-stage': {
    kind: 'accepted',
    reason: 'stage-read',
    title: "Read: the stage's cache settings",
    explanation: 'They are what the stage has at this moment.',
    steps: [],
  },
  'read-routes': {
    kind: 'accepted',
    reason: 'routes-read',
    title: "Read: what the method's integration says about its cache",
    explanation: 'It is what the API has at this moment, which may not have been deployed yet.',
    steps: [],
  },
  'flush-stage': {
    kind: 'accepted',
    reason: 'stage-flushed',
    title: 'Flushed: the cache of the whole stage is being emptied',
    explanation:
      'API Gateway accepted the flush. Until the cache has filled again every request goes to the backend.',
    steps: [],
  },
  'flush-authorizers': {
    kind: 'accepted',
    reason: 'authorizers-flushed',
    title: "Flushed: the authorizers' cache of the whole stage",
    explanation:
      'API Gateway accepted the flush. The authorizers are asked about every caller again. Cache entries are not affected.',
    steps: [],
  },
  'who-am-i': {
    kind: 'accepted',
    reason: 'identified',
    title: 'Identified: AWS knows the caller',
    explanation: 'The credentials are good.',
    steps: [],
  },
  'name-api': {
    kind: 'accepted',
    reason: 'api-named',
    title: 'Read: the name of the API',
    explanation: 'CloudWatch identifies the API by this name.',
    steps: [],
  },
  'list-stages': {
    kind: 'accepted',
    reason: 'stages-listed',
    title: 'Read: the stages of the API',
    explanation: 'They are what the API has at this moment.',
    steps: [],
  },
  'export-api': {
    kind: 'accepted',
    reason: 'api-exported',
    title: 'Read: the routes of the stage',
    explanation: 'They are those of the deployment that the stage has at this moment.',
    steps: [],
  },
  'read-metrics': {
    kind: 'accepted',
    reason: 'metrics-read',
    title: 'Read: hits and misses of the cache',
    explanation: 'They are what CloudWatch has counted so far; it is some minutes behind.',
    steps: [],
  },
};

/** The permission that an operation takes, and on what: without an account, as every ARN of a REST API's management. */
function permission(
  { reason }: VerdictData,
  { operation, place: { partition, region, apiId, stage } }: ControlContext,
): string | undefined {
  const api = `arn:${partition}:apigateway:${region}::/restapis/${apiId}`;
  const arn = `${api}/stages/${stage}`;
  const needed: Readonly<Partial<Record<ControlOperation, string>>> = {
    'read-stage': `apigateway:GET on ${arn}`,
    'read-routes': `apigateway:GET on ${api}/resources and ${api}/resources/*`,
    'flush-stage': `apigateway:DELETE on ${arn}/cache/data`,
    'flush-authorizers': `apigateway:DELETE on ${arn}/cache/authorizers`,
    'name-api': `apigateway:GET on ${api}`,
    'list-stages': `apigateway:GET on ${api}/stages`,
    'export-api': `apigateway:GET on ${arn}/exports/oas30`,
    'read-metrics': 'cloudwatch:GetMetricData',
  };
  return reason === 'control-denied' && needed[operation] !== undefined
    ? `The caller needs ${needed[operation]}.`
    : undefined;
}

interface ControlRow extends VerdictRow {
  readonly operation?: ControlOperation;
}

const denied: readonly NextStepId[] = ['choose-profile'];

/**
 * The errors that the management services document
 * (https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageCache.html and API_GetStage.html); those about
 * signatures and credentials are the same as everywhere.
 */
const controlRows: readonly ControlRow[] = [
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    operation: 'who-am-i',
    verdict: {
      kind: 'refused',
      reason: 'who-am-i-denied',
      title: 'Refused: the caller may not even ask who it is',
      explanation:
        'GetCallerIdentity needs no permission, so an explicit Deny, or a policy of the organization, blocks it.',
      steps: denied,
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    operation: 'read-metrics',
    verdict: {
      kind: 'refused',
      reason: 'control-denied',
      title: 'Refused: the caller may not read metrics',
      explanation: 'What was counted is read from CloudWatch, with an action of its own.',
      steps: denied,
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    verdict: {
      kind: 'refused',
      reason: 'control-denied',
      title: 'Refused: the caller lacks a control plane permission',
      explanation:
        'Reading and flushing a stage are actions of apigateway, not of execute-api: permission to invoke and invalidate includes neither.',
      steps: denied,
    },
  },
  {
    errorTypes: ['UnauthorizedException'],
    verdict: {
      kind: 'refused',
      reason: 'control-unauthorized',
      title: 'Refused: not authorized',
      explanation: 'The AWS control plane refused the caller.',
      steps: denied,
    },
  },
  {
    errorTypes: ['NotFoundException'],
    verdict: {
      kind: 'not-cacheable',
      reason: 'stage-not-found',
      title: 'Not found: no such REST API or stage',
      explanation:
        'The account of the caller has no REST API with this ID and stage in this Region. An HTTP API is not found here either, and has no cache.',
      steps: ['check-path', 'correct-region', 'choose-profile'],
    },
  },
  {
    errorTypes: ['BadRequestException'],
    operation: 'flush-stage',
    verdict: {
      kind: 'not-cacheable',
      reason: 'flush-bad-request',
      title: 'Not flushed: the stage cannot be flushed as it is',
      explanation: 'Most often the stage has no cache.',
      steps: ['show-stage-settings'],
    },
  },
  {
    errorTypes: ['ConflictException'],
    verdict: {
      kind: 'refused',
      reason: 'control-conflict',
      title: 'Refused: the stage is being changed',
      explanation: 'Another change of the stage, perhaps another flush, is still under way.',
      steps: ['retry'],
    },
  },
  {
    errorTypes: ['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException', 'Throttling'],
    verdict: {
      kind: 'throttled',
      reason: 'control-throttled',
      title: 'Throttled: too many control plane calls',
      explanation: 'The account has one small quota for all calls that manage APIs. Try again in a moment.',
      steps: ['retry'],
    },
  },
  ...verdictRows.filter(({ verdict }) => verdict.kind === 'badly-signed'),
  {
    status: [400, 499],
    verdict: {
      kind: 'refused',
      reason: 'control-client-error',
      title: 'Refused: the call was not accepted',
      explanation: 'The error is not a known one.',
      steps: ['check-path'],
    },
  },
];

const CONTROL_UNKNOWN: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'control-server-error',
    title: 'Unknown: the AWS control plane failed',
    explanation: 'AWS had an internal error. It is not known whether anything was done.',
    steps: ['retry'],
  },
};

function findRow(error: ControlError, operation: ControlOperation): VerdictRow {
  return (
    controlRows.find(
      (row) =>
        (row.operation === undefined || row.operation === operation) &&
        (row.errorTypes === undefined || row.errorTypes.includes(error.errorType)) &&
        (row.text === undefined || row.text.test(error.message)) &&
        (row.status === undefined || (error.status >= row.status[0] && error.status <= row.status[1])),
    ) ?? CONTROL_UNKNOWN
  );
}
