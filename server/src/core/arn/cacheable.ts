import type { Slice } from './arn';
import type { ExecuteApiArn, Segment, SegmentRole } from './executeApi';

/** Why the requests that an ARN matches have no cache entry to invalidate. */
export interface Uncacheable {
  readonly reason: 'method' | 'defaultStage' | 'route' | 'connection' | 'domain';
  /** The segment that says so. */
  readonly at: Slice;
}

/**
 * The part of an ARN because of which none of its requests is cached, `undefined` when one may be.
 *
 * Only REST APIs have a cache, and of their methods only GET is cached unless a method override turns it on for
 * another (API Gateway Developer Guide, "Cache settings for REST APIs", "Choose between REST APIs and HTTP APIs").
 * A literal method other than GET is therefore a reason to look twice, not proof: `reason` is then `method`.
 */
export function uncacheablePart(arn: ExecuteApiArn): Uncacheable | undefined {
  const segment = (role: SegmentRole): Segment | undefined =>
    arn.segments.find((candidate) => candidate.role === role);
  const stage = segment('stage');
  const method = segment('method');
  if (!arn.shapes.has('method')) {
    const reason = arn.shapes.has('route') ? 'route' : arn.shapes.has('connection') ? 'connection' : 'domain';
    const role: SegmentRole = reason === 'connection' ? 'connections' : reason;
    const at = segment(role) ?? arn.resource;
    return at === undefined ? undefined : { reason, at };
  }
  if (segment('connections') !== undefined && arn.shapes.has('connection')) {
    const at = segment('connections');
    return at === undefined ? undefined : { reason: 'connection', at };
  }
  if (stage?.text === '$default') {
    return { reason: 'defaultStage', at: stage };
  }
  const isLiteral = method !== undefined && /^[A-Z]+$/.test(method.text);
  const isAnchored = arn.segments.every(
    (s) => (s.role !== 'apiId' && s.role !== 'stage') || s.text === '*' || !/[*?$]/.test(s.text),
  );
  return isLiteral && isAnchored && method.text !== 'GET' ? { reason: 'method', at: method } : undefined;
}
