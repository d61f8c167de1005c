import { type Exchange, type ExchangeOptions, exchange } from './exchange';
import type { GatewayHost, Timings } from './host';
import type { InvalidationTarget } from './request';
import { headerValue } from './verdict';

/** What plain reads before and after an invalidation show. No body is kept. */
export interface Proof {
  readonly finding: 'changed' | 'unchanged' | 'never-the-same' | 'not-comparable';
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
  /** The beginning of the body's SHA-256. */
  readonly bodyDigest?: string | undefined;
  readonly timings?: Timings | undefined;
}

/**
 * Reads an entry as a plain caller does. Two reads before tell an entry that is kept from one that is never the same: a
 * body that changes from read to read changes after an invalidation as well, and would prove nothing.
 */
export async function readBefore(
  host: GatewayHost,
  target: InvalidationTarget,
  options: ExchangeOptions,
): Promise<readonly ProofRead[]> {
  const first = await exchange(host, target, 'read', options);
  const second = await exchange(host, target, 'read', options);
  return [readOf('before', first), readOf('before, again', second)];
}

/** Reads the entry after an invalidation, and says what the reads show together. */
export async function readAfter(
  host: GatewayHost,
  target: InvalidationTarget,
  options: ExchangeOptions,
  before: readonly ProofRead[],
): Promise<Proof> {
  const after = readOf('after', await exchange(host, target, 'read', options));
  const reads = [...before, after];
  return { ...FINDINGS[findingOf(reads)], reads };
}

const FINDINGS: Readonly<Record<Proof['finding'], Omit<Proof, 'reads'>>> = {
  changed: {
    finding: 'changed',
    title: 'Changed: plain readers get another answer than before',
    explanation:
      'Two reads before the invalidation were alike, and the one after it differs. The entry was replaced, unless it happened to run out in between.',
  },
  unchanged: {
    finding: 'unchanged',
    title: 'Unchanged: plain readers get the same answer as before',
    explanation:
      'That proves nothing by itself: the backend may have given the same answer again. Compare the times, or change something behind the API first.',
  },
  'never-the-same': {
    finding: 'never-the-same',
    title: 'Nothing to compare: the answer is never the same twice',
    explanation:
      'Two plain reads before the invalidation differed from each other already. Nothing seems to be cached for this request, or the reads were answered by several caches.',
  },
  'not-comparable': {
    finding: 'not-comparable',
    title: 'Nothing to compare: a plain read failed',
    explanation: 'Without a good answer to a plain read, before and after, nothing can be compared.',
  },
};

function findingOf(reads: readonly ProofRead[]): Proof['finding'] {
  const [first, second, after] = reads;
  if (first === undefined || second === undefined || after === undefined || !reads.every(isGood)) {
    return 'not-comparable';
  }
  if (!isSame(first, second)) {
    return 'never-the-same';
  }
  return isSame(second, after) ? 'unchanged' : 'changed';
}

function isGood({ status }: ProofRead): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function isSame(left: ProofRead, right: ProofRead): boolean {
  return left.bodyDigest === right.bodyDigest && left.etag === right.etag;
}

function readOf(when: ProofRead['when'], { outcome }: Exchange): ProofRead {
  if (outcome.kind === 'failure') {
    return { when };
  }
  const { status, headers, bodyDigest, timings } = outcome.response;
  return { when, status, etag: headerValue(headers, 'etag'), bodyDigest: bodyDigest.slice(0, 16), timings };
}
