import type { ExecuteApiArn, Segment, SegmentRole } from '../../arn/executeApi';
import { isOpen } from './fields';

/** A segment under the name that fits what it can match, which behind a wildcard need not be its position's. */
export interface ReadSegment extends Segment {
  /** False if a wildcard before it lets the segment be elsewhere than where it seems to be. */
  readonly positional: boolean;
}

/**
 * The resource's segments by role. A segment whose literal text cannot have the role of its position, such as
 * `@connections` right after the wildcard for the API, has a role that it can have instead.
 */
export function segmentsByRole(read: ExecuteApiArn): readonly ReadSegment[] {
  let segments = segmentsOfRead.get(read);
  if (segments === undefined) {
    segments = readSegments(read);
    segmentsOfRead.set(read, segments);
  }
  return segments;
}

/** Tokens, lenses and hover ask for the same ARNs. */
const segmentsOfRead = new WeakMap<ExecuteApiArn, readonly ReadSegment[]>();

function readSegments(read: ExecuteApiArn): readonly ReadSegment[] {
  let displaced: SegmentRole | undefined;
  return read.segments.map((part) => {
    if (displaced !== undefined) {
      displaced = FOLLOWING[displaced] ?? 'path';
      return { ...part, role: displaced, positional: false };
    }
    const literal = part.text.search(/[^*?$]/);
    const isAnchored = !isOpen(read.text.slice(read.resource?.from, part.from));
    if (read.failsAt !== undefined || isAnchored || literal < 0) {
      return { ...part, positional: true };
    }
    const roles = read.rolesAt(part.from + literal);
    if (roles.has(part.role)) {
      return { ...part, positional: true };
    }
    displaced = LIKELIEST.find((candidate) => roles.has(candidate)) ?? part.role;
    return { ...part, role: displaced, positional: false };
  });
}

/** What a displaced segment most likely is, first the most telling. */
const LIKELIEST: readonly SegmentRole[] = ['connections', 'method', 'stage', 'route', 'connectionId', 'path'];

/** What follows a displaced segment. */
const FOLLOWING: Partial<Record<SegmentRole, SegmentRole>> = {
  stage: 'method',
  method: 'path',
  connections: 'connectionId',
};

/** Whether the wildcard for the method can swallow the beginning of the path too: `prod/*` and then `/owner`. */
export function reachesIntoPath(segments: readonly Segment[]): boolean {
  return segments.some(({ role, text }) => role === 'method' && text.includes('*'));
}
