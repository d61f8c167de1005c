import type { VerdictData, VerdictRow } from './verdictTable';

/*
 * What an answer means that is no error of API Gateway: who answered, what its headers say, and what the stage's settings
 * make of it. `verdict.ts` tells which it is.
 */

export const IGNORED: VerdictRow = {
  verdict: {
    kind: 'ignored',
    reason: 'warning-header',
    title: 'Ignored: the caller may not invalidate this entry',
    explanation:
      'API Gateway answered, and said in a Warning header that it ignored Cache-Control because the caller is not authorized. What is cached stays as it is. The caller needs execute-api:InvalidateCache on this resource.',
    steps: ['insert-statement', 'choose-profile', 'show-stage-settings'],
  },
};

/** A warning that names no reason: API Gateway's and a backend's look the same. */
export const UNCLEAR_WARNING: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'unclear-warning',
    title: 'Unknown: the response has a warning',
    explanation:
      'The answer has a Warning header that does not say what it is about. API Gateway sends one when it ignores an invalidation, and a backend may send one for reasons of its own.',
    steps: ['compare-plain-request', 'show-stage-settings'],
  },
};

export const FROM_CACHE: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'cache-before-api',
    title: 'Unknown: a cache in front of API Gateway answered',
    explanation:
      'Headers such as Age or X-Cache say that a CDN or proxy answered from its own cache. If it is in front of API Gateway, API Gateway was not asked, and its entry is unchanged. Send the request to the default endpoint of the API, or clear that cache as well.',
    steps: ['check-endpoint', 'flush-stage'],
  },
};

/** HTTP APIs have no cache (Developer Guide, "Choose between REST APIs and HTTP APIs"). */
export const FROM_HTTP_API: VerdictRow = {
  verdict: {
    kind: 'not-cacheable',
    reason: 'http-api',
    title: 'Nothing to invalidate: an HTTP API answered, and HTTP APIs have no cache',
    explanation:
      'The answer has the request ID of an HTTP API (apigw-requestid), and none of a REST API. Only REST APIs cache responses.',
    steps: ['check-path', 'check-endpoint'],
  },
};

export const FROM_BOTH: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'two-apis',
    title: 'Unknown: a REST API and an HTTP API answered, one behind the other',
    explanation:
      'The answer has the request IDs of both. It is not known which of them is in front, and only a REST API has a cache.',
    steps: ['check-endpoint', 'compare-plain-request'],
  },
};

/** Developer Guide, "Quotas for configuring and running a REST API": the size of a cached response. */
export const TOO_LARGE: VerdictRow = {
  verdict: {
    kind: 'not-cacheable',
    reason: 'response-too-large',
    title: 'Nothing to invalidate: the response is too large to be cached',
    explanation:
      'API Gateway caches no response of more than 1,048,576 bytes, so every caller gets it from the backend.',
    steps: ['show-stage-settings'],
  },
};

/** What an accepted request comes to where the stage answers unauthorized invalidations like good ones. */
export const SILENT: VerdictData = {
  kind: 'unknown',
  reason: 'silent-stage',
  title: 'Unknown: the stage ignores unauthorized invalidations silently',
  explanation:
    'API Gateway answered without an error. With the settings of this stage (SUCCEED_WITHOUT_RESPONSE_HEADER) it answers a caller who may not invalidate in the same way.',
  steps: ['compare-plain-request', 'insert-statement', 'flush-stage'],
};

export const FROM_OTHER: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'not-api-gateway',
    title: 'Unknown: nothing shows that API Gateway answered',
    explanation:
      'The answer has none of the request IDs of a REST API (x-amz-apigw-id, x-amzn-RequestId). Another server answered, or something on the way removed them.',
    steps: ['check-endpoint', 'compare-plain-request'],
  },
};

export const ACCEPTED: VerdictRow = {
  verdict: {
    kind: 'accepted',
    reason: 'no-warning',
    title: 'Accepted: API Gateway raised no objection',
    explanation:
      'The request was answered without an error and without the Warning header that marks an ignored invalidation.',
    steps: ['compare-plain-request', 'show-stage-settings'],
  },
};

/** What an accepted request comes to where the stage's settings say that nothing is cached for it. */
export const NOTHING_CACHED: VerdictData = {
  kind: 'not-cacheable',
  reason: 'nothing-cached',
  title: 'Nothing to invalidate: the stage caches nothing for this request',
  explanation: 'API Gateway answered without an objection, and had nothing to invalidate.',
  steps: ['show-stage-settings'],
};
