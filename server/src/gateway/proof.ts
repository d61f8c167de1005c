import { type Answerer, answererOf } from './answerer';
import { headerValue, isSuccess } from './errorAnswer';
import { type Exchange, type ExchangeOptions, exchange } from './exchange';
import type { GatewayHost, Timings } from './host';
import { type Marker, markerOf, markerText, shownMarker } from './marker';
import type { Redactor } from './redact';
import type { InvalidationTarget } from './target';

/** What plain reads before and after an invalidation show. No body is kept. */
export interface Proof {
  readonly finding:
    | 'changed'
    | 'unchanged'
    | 'never-the-same'
    | 'not-comparable'
    | 'nothing-to-compare'
    | 'too-large'
    | 'other-answerer'
    | 'no-marker';
  /** One line. */
  readonly title: string;
  readonly explanation: string;
  /** In the order they were made: twice before, once after. */
  readonly reads: readonly ProofRead[];
}

export interface ProofRead {
  readonly when: 'before' | 'before, again' | 'after';
  /** Absent where no answer came. */
  readonly status?: number | undefined;
  readonly etag?: string | undefined;
  /** The beginning of the body's SHA-256; absent for an empty body. */
  readonly bodyDigest?: string | undefined;
  /** Where the body is more than API Gateway caches, and was not read to its end. */
  readonly extent?: 'too-large' | undefined;
  /** Who answered, where it was not a REST API alone. */
  readonly answerer?: Exclude<Answerer, 'rest-api'> | undefined;
  /** What the answer has at the marker, where one was given. */
  readonly marker?: string | undefined;
  readonly timings?: Timings | undefined;
}

export interface ProofOptions extends ExchangeOptions {
  /** What the answers are compared by; their bodies and ETags unless given. */
  readonly marker: Marker | undefined;
}

/**
 * Reads an entry as a plain caller does. Two reads before tell an entry that is kept from one that is never the same: a
 * body that changes from read to read changes after an invalidation as well, and would prove nothing.
 */
export async function readBefore(
  host: GatewayHost,
  target: InvalidationTarget,
  options: ProofOptions,
): Promise<readonly ProofRead[]> {
  const first = await exchange(host, target, 'read', options);
  const second = await exchange(host, target, 'read', options);
  return [readOf('before', first, target, options), readOf('before, again', second, target, options)];
}

/** Reads the entry after an invalidation, and says what the reads show together. */
export async function readAfter(
  host: GatewayHost,
  target: InvalidationTarget,
  options: ProofOptions,
  before: readonly ProofRead[],
): Promise<Proof> {
  const after = readOf('after', await exchange(host, target, 'read', options), target, options);
  const reads = [...before, after];
  const { marker } = options;
  const { explanation, ...rest } = FINDINGS[findingOf(reads, marker)];
  return {
    ...rest,
    explanation:
      marker === undefined
        ? explanation
        : `${explanation} The responses were compared by ${markerText(marker)}.`,
    reads,
  };
}

/** A proof as it may be shown: an answer may repeat what was sent. */
export function shownProof(proof: Proof, marker: Marker | undefined, redactor: Redactor): Proof {
  return {
    ...proof,
    reads: proof.reads.map((read) => ({
      ...read,
      ...(read.etag === undefined ? {} : { etag: redactor.text(read.etag) }),
      ...(read.marker === undefined || marker === undefined
        ? {}
        : { marker: shownMarker(marker, read.marker, redactor) }),
    })),
  };
}

const FINDINGS: Readonly<Record<Proof['finding'], Omit<Proof, 'reads'>>> = {
  changed: {
    finding: 'changed',
    title: 'Changed: plain readers get a new response',
    explanation:
      'Two reads before the invalidation were alike, and the one after it differs. The entry was replaced, unless it happened to run out in between.',
  },
  unchanged: {
    finding: 'unchanged',
    title: 'Unchanged: plain readers get the same response as before',
    explanation:
      'That proves nothing by itself: the backend may have given the same response again. Compare the times, or change something behind the API first.',
  },
  'never-the-same': {
    finding: 'never-the-same',
    title: 'Nothing to compare: the response is never the same twice',
    explanation:
      'Two plain reads before the invalidation differed from each other already. Nothing seems to be cached for this request, or the reads were answered by several caches.',
  },
  'not-comparable': {
    finding: 'not-comparable',
    title: 'Nothing to compare: a plain read failed',
    explanation: 'Without a successful response to a plain read, before and after, nothing can be compared.',
  },
  'nothing-to-compare': {
    finding: 'nothing-to-compare',
    title: 'Nothing to compare: the responses have neither a body nor an ETag',
    explanation: 'They look the same whatever the cache holds.',
  },
  'too-large': {
    finding: 'too-large',
    title: 'Nothing there: the response is too large to be cached',
    explanation:
      'API Gateway caches no response of more than 1,048,576 bytes, so every reader gets it from the backend and there is nothing to invalidate. The bodies were not read to their end and not compared.',
  },
  'other-answerer': {
    finding: 'other-answerer',
    title: 'Nothing to compare: a plain read was not answered by API Gateway',
    explanation:
      'By its headers a cache in front of API Gateway answered, an HTTP API, or another server. That tells nothing of the entry that API Gateway keeps.',
  },
  'no-marker': {
    finding: 'no-marker',
    title: 'Nothing to compare: a response lacks the marker',
    explanation: 'Each of the plain reads must have the header, or the value in its JSON body.',
  },
};

function findingOf(reads: readonly ProofRead[], marker: Marker | undefined): Proof['finding'] {
  const [first, second, after] = reads;
  if (
    first === undefined ||
    second === undefined ||
    after === undefined ||
    !reads.every(({ status }) => status !== undefined && isSuccess(status))
  ) {
    return 'not-comparable';
  }
  if (reads.some(({ answerer }) => answerer !== undefined)) {
    return 'other-answerer';
  }
  if (reads.some(({ extent }) => extent === 'too-large')) {
    return 'too-large';
  }
  if (marker !== undefined && reads.some((read) => read.marker === undefined)) {
    return 'no-marker';
  }
  if (reads.every((read) => [read.bodyDigest, read.etag, read.marker].every((part) => part === undefined))) {
    return 'nothing-to-compare';
  }
  if (!isSame(first, second)) {
    return 'never-the-same';
  }
  return isSame(second, after) ? 'unchanged' : 'changed';
}

function isSame(left: ProofRead, right: ProofRead): boolean {
  return left.marker === undefined
    ? left.bodyDigest === right.bodyDigest && left.etag === right.etag
    : left.marker === right.marker;
}

function readOf(
  when: ProofRead['when'],
  { outcome }: Exchange,
  { domain }: InvalidationTarget,
  { marker }: ProofOptions,
): ProofRead {
  if (outcome.kind === 'failure') {
    return { when };
  }
  const { status, headers, bodyBytes, bodyDigest, timings } = outcome.response;
  const answerer = answererOf(headers, domain === undefined ? 'api-host' : 'own-domain');
  return {
    when,
    status,
    etag: headerValue(headers, 'etag'),
    bodyDigest: bodyBytes === 0 ? undefined : bodyDigest.slice(0, 16),
    ...(marker === undefined ? {} : { marker: markerOf(marker, outcome.response) }),
    timings,
    ...(answerer === 'rest-api' ? {} : { answerer }),
    ...(outcome.response.truncated ? { extent: 'too-large' as const } : {}),
  };
}
