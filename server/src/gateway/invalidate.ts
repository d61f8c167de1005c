import type {
  CredentialsOutcome,
  GatewayHost,
  ResolvedCredentials,
  SendFailure,
  SendOutcome,
  Timings,
} from './host';
import { accessKeyEnding, createRedactor, type Redactor, sensitiveValues } from './redact';
import {
  buildRequest,
  type GatewayRequest,
  type InvalidationTarget,
  type NameValue,
  requestUrl,
  validateTarget,
} from './request';
import { signRequest } from './sign';
import { headerValue, judge, judgeCredentials, judgeTarget, readError } from './verdict';
import type { JudgeContext, Verdict } from './verdictTable';

export interface InvalidateOptions {
  readonly profile?: string | undefined;
  /** `sigv4` unless said otherwise. */
  readonly signing?: 'sigv4' | 'unsigned' | undefined;
  /** Sent as `x-api-key`, signed or not. */
  readonly apiKey?: string | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: ProgressStep) => void) | undefined;
}

export type ProgressStep = 'credentials' | 'signing' | 'sending' | 'judging';

/** What was done and what came of it. Free of secrets: it may be shown, stored and logged as it is. */
export interface InvalidationResult {
  /** Sensitive query and header values are redacted. */
  readonly target: InvalidationTarget;
  readonly startedAt: Date;
  readonly identity: ShownIdentity | undefined;
  /** Absent if nothing was sent. */
  readonly request: ShownRequest | undefined;
  readonly response: ShownResponse | undefined;
  /** Why there is no complete response to a request that was sent. */
  readonly failure: SendFailure | undefined;
  readonly timings: Timings | undefined;
  readonly verdict: Verdict;
}

export type ShownIdentity =
  | { readonly signing: 'unsigned' }
  | {
      readonly signing: 'sigv4';
      /** Such as `****MPLE`. */
      readonly accessKeyId: string;
      readonly profile: string | undefined;
      readonly provenance: string;
      readonly keys: 'long-term' | 'temporary';
    };

export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly NameValue[];
}

export interface ShownResponse {
  readonly status: number;
  readonly errorType: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  readonly headers: readonly NameValue[];
  /** The beginning of the body. */
  readonly body: string;
  readonly bodyBytes: number;
  /** Whether `body` is less than what the server sent. */
  readonly truncated: boolean;
}

/** Enough for any error of API Gateway, and for a look at an answer. */
const MAX_BODY_BYTES = 64 * 1024;

/** Characters of the body that a result keeps. */
const MAX_BODY_SHOWN = 4096;

/**
 * Has API Gateway fetch one cache entry anew, and judges the answer. Never rejects: whatever goes wrong is a
 * verdict. Cancelling takes effect at any point.
 */
export async function invalidate(
  host: GatewayHost,
  target: InvalidationTarget,
  options: InvalidateOptions,
): Promise<InvalidationResult> {
  const startedAt = host.now();
  const signing = options.signing ?? 'sigv4';
  const context: JudgeContext = {
    target,
    signing,
    apiKey: options.apiKey === undefined ? 'absent' : 'sent',
    sentAt: startedAt,
  };
  const knownSecrets = [
    ...sensitiveValues(target.query),
    ...sensitiveValues(target.headers),
    ...(options.apiKey === undefined ? [] : [options.apiKey]),
  ];
  const nothingSent = (verdict: Verdict): InvalidationResult => ({
    target: shownTarget(target, createRedactor(knownSecrets)),
    startedAt,
    identity: undefined,
    request: undefined,
    response: undefined,
    failure: undefined,
    timings: undefined,
    verdict,
  });

  const problems = validateTarget(target);
  if (problems.length > 0) {
    return nothingSent(judgeTarget(problems));
  }
  if (options.apiKey !== undefined && !/^[\u0021-\u007e]+$/.test(options.apiKey)) {
    return nothingSent(
      judgeTarget([
        { kind: 'header-value', field: 'headers', message: 'The API key is not printable text.' },
      ]),
    );
  }

  let resolved: ResolvedCredentials | undefined;
  if (signing === 'sigv4') {
    options.onProgress?.('credentials');
    const outcome = await orCancelled(
      host.credentials({ profile: options.profile, signal: options.signal }),
      {
        signal: options.signal,
        cancelled: CREDENTIALS_CANCELLED,
      },
    );
    if (outcome.kind === 'failure') {
      return nothingSent(judgeCredentials(outcome.failure.kind, context));
    }
    resolved = outcome.credentials;
  }
  if (options.signal?.aborted === true) {
    return nothingSent(judgeCredentials('cancelled', context));
  }

  options.onProgress?.('signing');
  const sentAt = host.now();
  const plain = withApiKey(buildRequest(target), options.apiKey);
  const request =
    resolved === undefined
      ? plain
      : await signRequest(plain, resolved.keys, {
          service: 'execute-api',
          region: target.region,
          date: sentAt,
        });

  options.onProgress?.('sending');
  const outcome = await orCancelled(
    host.send(request, {
      timeoutMs: options.timeoutMs,
      maxBodyBytes: MAX_BODY_BYTES,
      signal: options.signal,
    }),
    { signal: options.signal, cancelled: SEND_CANCELLED },
  );

  options.onProgress?.('judging');
  const redactor = createRedactor([...knownSecrets, ...secretsOf(resolved)]);
  return {
    ...nothingSent(judge(outcome, { ...context, sentAt })),
    target: shownTarget(target, redactor),
    identity: shownIdentity(resolved),
    request: {
      method: request.method,
      url: redactor.url(requestUrl(request)),
      headers: redactor.headers(request.headers),
    },
    ...shownOutcome(outcome, redactor),
  };
}

const CREDENTIALS_CANCELLED: CredentialsOutcome = {
  kind: 'failure',
  failure: { kind: 'cancelled', message: 'Cancelled.' },
};

const SEND_CANCELLED: SendOutcome = {
  kind: 'failure',
  failure: { kind: 'cancelled', message: 'Cancelled.', totalMs: 0 },
};

/**
 * The work's own outcome, unless the signal fires first: a source of credentials may hang and know no signal.
 * On cancelling, work that settles in the same turn wins, since it may know more.
 */
async function orCancelled<T>(
  work: Promise<T>,
  { signal, cancelled }: { readonly signal: AbortSignal | undefined; readonly cancelled: T },
): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  let stop: (() => void) | undefined;
  const abort = new Promise<T>((resolve) => {
    stop = () => resolve(cancelled);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
  try {
    return await Promise.race([work, abort]);
  } finally {
    if (stop !== undefined) {
      signal.removeEventListener('abort', stop);
    }
  }
}

function withApiKey(request: GatewayRequest, apiKey: string | undefined): GatewayRequest {
  return apiKey === undefined
    ? request
    : { ...request, headers: [...request.headers, ['x-api-key', apiKey]] };
}

function secretsOf(resolved: ResolvedCredentials | undefined): readonly string[] {
  if (resolved === undefined) {
    return [];
  }
  const { secretAccessKey, sessionToken } = resolved.keys;
  return sessionToken === undefined ? [secretAccessKey] : [secretAccessKey, sessionToken];
}

function shownTarget(target: InvalidationTarget, redactor: Redactor): InvalidationTarget {
  return { ...target, query: redactor.headers(target.query), headers: redactor.headers(target.headers) };
}

function shownIdentity(resolved: ResolvedCredentials | undefined): ShownIdentity {
  return resolved === undefined
    ? { signing: 'unsigned' }
    : {
        signing: 'sigv4',
        accessKeyId: accessKeyEnding(resolved.keys.accessKeyId),
        profile: resolved.profile,
        provenance: resolved.provenance,
        keys: resolved.keys.sessionToken === undefined ? 'long-term' : 'temporary',
      };
}

function shownOutcome(
  outcome: SendOutcome,
  redactor: Redactor,
): Pick<InvalidationResult, 'response' | 'failure' | 'timings'> {
  if (outcome.kind === 'failure') {
    const { failure } = outcome;
    return {
      response: undefined,
      failure: { ...failure, message: redactor.text(failure.message) },
      timings: undefined,
    };
  }
  const { response } = outcome;
  const { errorType, message } = readError(response);
  const isCut = response.truncated || response.body.length > MAX_BODY_SHOWN;
  const body = redactor.cutText(isCut ? response.body.slice(0, MAX_BODY_SHOWN) : response.body);
  return {
    response: {
      status: response.status,
      errorType: errorType === undefined ? undefined : redactor.text(errorType),
      message: message === undefined ? undefined : redactor.text(message),
      requestId: headerValue(response.headers, 'x-amzn-requestid'),
      headers: redactor.headers(response.headers),
      body,
      bodyBytes: response.bodyBytes,
      truncated: isCut,
    },
    failure: undefined,
    timings: response.timings,
  };
}
