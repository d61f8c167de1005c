import type { InvalidationTarget } from '../../server/src/gateway/target';

/** A target that is right, with whatever a test wants different. */
export function aTarget(changes: Partial<InvalidationTarget> = {}): InvalidationTarget {
  return {
    partition: 'aws',
    region: 'us-east-1',
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    stage: 'prod',
    method: 'GET',
    path: 'pets/1',
    query: [],
    headers: [],
    ...changes,
  };
}
