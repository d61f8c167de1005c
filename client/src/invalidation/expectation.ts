import type { Preflight } from '../../../server/src/protocol/draft';

/**
 * What the open policy lets expect of an invalidation, if nothing else grants it: that it is obeyed, that it is not, or
 * neither, where conditions or parts that a template fills in decide.
 */
export function expectationOf({ invalidateCache }: Preflight): 'obeyed' | 'not-obeyed' | 'open' {
  switch (invalidateCache) {
    case 'allow':
      return 'obeyed';
    case 'depends':
      return 'open';
    default:
      return 'not-obeyed';
  }
}
