import { bearerProblems, bearerSecrets } from './bearer';
import { type Entry, entryOf } from './cacheKeys';
import { headerValue, isSuccess, readError } from './errorAnswer';
import type { ExchangeOptions } from './exchange';
import type { GatewayHost, ResolvedCredentials, SendFailure, SendOutcome, Timings } from './host';
import { credentialsOf, type ShownIdentity, secretsOf } from './identity';
import type { InvalidateOptions } from './invalidateOptions';
import { crossAccount, type Known, lookAhead } from './lookAhead';
import { mayChangeState } from './method';
import { type Proof, readAfter, readBefore, shownProof } from './proof';
import { createRedactor, type Redactor, sensitiveValues } from './redact';
import { requestUrl } from './request';
import { describeRetry, type Retry, sendWithRetry } from './retry';
import { NOTHING_CACHED } from './successVerdicts';
import type { InvalidationTarget, NameValue, TargetProblem } from './target';
import { validateTarget } from './targetProblems';
import { completeVerdict, judgeCredentials, judgeRenewed, judgeTarget, ONE_ENTRY } from './verdict';
import type { JudgeContext, Verdict } from './verdictTable';

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
  /** The second try that the rest tells of, where there was one. */
  readonly retry: Retry | undefined;
  /** What plain reads before and after show, where they were asked for and the verdict is `accepted`. */
  readonly proof: Proof | undefined;
  /** Which entry is meant, where the cache keys are known. */
  readonly entry: Entry | undefined;
  readonly verdict: Verdict;
}

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

/** What is compared before and after though it was not accepted: the answer alone does not tell. */
const COMPARED: ReadonlySet<string> = new Set(['silent-stage', 'response-too-large']);

/** Characters of the body that a result keeps. */
const MAX_BODY_SHOWN = 4096;

/** Characters of an error's type and message. */
const MAX_MESSAGE_SHOWN = 2000;

/**
 * Makes API Gateway renew one cache entry, and judges the response. Never rejects: whatever goes wrong is a verdict.
 * Cancelling takes effect at any point.
 */
export async function invalidate(
  host: GatewayHost,
  target: InvalidationTarget,
  options: InvalidateOptions,
): Promise<InvalidationResult> {
  const startedAt = host.now();
  const { apiKey, bearer, clientCertificate, signal, timeoutMs } = options;
  // The header holds either of them.
  const signing = bearer === undefined ? (options.signing ?? 'sigv4') : 'unsigned';
  const isCancelled = () => signal?.aborted === true;
  const knownSecrets = [
    ...sensitiveValues(target.query),
    ...sensitiveValues(target.headers),
    ...(apiKey === undefined ? [] : [apiKey]),
    ...bearerSecrets(bearer),
  ];
  const nothingSent = (verdict: Verdict, identity?: ShownIdentity): InvalidationResult => ({
    target: shownTarget(target, createRedactor(knownSecrets)),
    startedAt,
    identity,
    request: undefined,
    response: undefined,
    failure: undefined,
    timings: undefined,
    retry: undefined,
    proof: undefined,
    entry: undefined,
    verdict,
  });

  const problems = [...validateTarget(target), ...apiKeyProblems(apiKey), ...bearerProblems(bearer)];
  if (problems.length > 0) {
    return nothingSent(judgeTarget(problems));
  }

  let resolved: ResolvedCredentials | undefined;
  // With a token credentials are for questions to the control plane alone, and nothing hangs on them.
  const asks = options.stage === 'read' || options.keys === 'read';
  if (signing === 'sigv4' || (bearer !== undefined && asks)) {
    options.onProgress?.('credentials');
    const outcome = await credentialsOf(host, { ...options, region: target.region });
    if (outcome.kind === 'failure' && signing === 'sigv4') {
      return nothingSent(judgeCredentials(outcome.failure.kind));
    }
    resolved = outcome.kind === 'failure' ? undefined : outcome.credentials;
  }
  const known = await lookAhead(host, target, resolved, options);
  if (isCancelled()) {
    return nothingSent(judgeCredentials('cancelled'));
  }
  const unsupported = options.acrossAccounts === 'send' ? undefined : crossAccount(target, known);
  if (unsupported !== undefined) {
    return nothingSent(unsupported, known.identity);
  }

  options.onProgress?.('signing');
  const sending: ExchangeOptions = {
    keys: signing === 'sigv4' ? resolved?.keys : undefined,
    apiKey,
    bearer,
    clientCertificate,
    timeoutMs,
    signal,
  };
  const proves = options.proof === 'read-before-and-after' && !mayChangeState(target.method);
  const { marker } = options;
  const before = proves ? await readBefore(host, target, { ...sending, marker }) : [];
  if (isCancelled()) {
    return nothingSent(judgeCredentials('cancelled'));
  }
  const context: JudgeContext = {
    target,
    signing,
    apiKey: apiKey === undefined ? 'absent' : 'sent',
    keys: known.identity.signing === 'sigv4' ? known.identity.keys : undefined,
    sentAt: startedAt,
    settled: known.settled,
  };
  const { last, verdict, retry } = await sendWithRetry(host, target, context, options, {
    ...sending,
    onSigned: () => options.onProgress?.('sending'),
  });
  options.onProgress?.('judging');
  const proof =
    proves && (verdict.kind === 'accepted' || COMPARED.has(verdict.reason))
      ? await readAfter(host, target, { ...sending, marker }, before)
      : undefined;

  // What the stage keeps silent about, a plain reader sees.
  const proven =
    verdict.reason === 'silent-stage' && proof?.finding === 'changed' ? judgeRenewed(context) : verdict;

  const redactor = createRedactor([...knownSecrets, ...secretsOf(resolved)]);
  const shown = shownTarget(target, redactor);
  const entry = known.keys === undefined ? undefined : entryOf(shown, known.keys);
  return {
    ...nothingSent(withNotes(proven, { known, retry, proof, entry }), known.identity),
    target: shown,
    entry,
    request: {
      method: last.request.method,
      url: redactor.url(requestUrl(last.request)),
      headers: redactor.headers(last.request.headers),
    },
    ...shownOutcome(last.outcome, redactor),
    retry,
    proof: proof === undefined ? undefined : shownProof(proof, marker, redactor),
  };
}

/** The verdict with what was found out beside it, and without the steps that are taken already. */
function withNotes(
  verdict: Verdict,
  {
    known,
    retry,
    proof,
    entry,
  }: { readonly known: Known } & Pick<InvalidationResult, 'retry' | 'proof' | 'entry'>,
): Verdict {
  const isAccepted = verdict.kind === 'accepted';
  if (isAccepted && entry?.uncached !== undefined && entry.source === 'aws') {
    return completeVerdict(NOTHING_CACHED, [entry.uncached]);
  }
  const taken = new Set([
    ...(known.identity.signing === 'bearer' ? ['sign-request'] : []),
    ...(proof === undefined ? [] : ['compare-plain-request']),
    ...(known.settled === undefined ? [] : ['show-stage-settings']),
  ]);
  return {
    ...verdict,
    explanation: retry === undefined ? verdict.explanation : `${verdict.explanation} ${describeRetry(retry)}`,
    caveats: [
      ...(isAccepted && entry !== undefined
        ? [
            ...entry.warnings,
            ...verdict.caveats.map((caveat) => (caveat === ONE_ENTRY ? entry.meant : caveat)),
          ]
        : verdict.caveats),
      ...known.caveats,
    ],
    nextSteps: verdict.nextSteps.filter(({ id }) => !taken.has(id)),
  };
}

function apiKeyProblems(apiKey: string | undefined): readonly TargetProblem[] {
  return apiKey === undefined || /^[\u0021-\u007e]+$/.test(apiKey)
    ? []
    : [{ kind: 'header-value', field: 'headers', message: 'The API key is not printable text.' }];
}

function shownTarget(target: InvalidationTarget, redactor: Redactor): InvalidationTarget {
  return { ...target, query: redactor.headers(target.query), headers: redactor.headers(target.headers) };
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
  const error = readError(response);
  const { errorType } = error;
  // What a success says in a member of that name is the API's own business.
  const isError = errorType !== undefined || !isSuccess(response.status);
  const message = isError ? error.message : undefined;
  const isCut = response.truncated || response.body.length > MAX_BODY_SHOWN;
  const body = redactor.cutText(isCut ? response.body.slice(0, MAX_BODY_SHOWN) : response.body);
  return {
    response: {
      status: response.status,
      errorType: errorType === undefined ? undefined : redactor.brief(errorType, MAX_MESSAGE_SHOWN),
      message: message === undefined ? undefined : redactor.brief(message, MAX_MESSAGE_SHOWN),
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
