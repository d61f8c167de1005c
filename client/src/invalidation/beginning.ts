import type { InvalidationDraft } from '../../../server/src/protocol/draft';
import type { Pair } from '../../../server/src/protocol/invalidation';
import type { TextPosition } from '../../../server/src/protocol/text';
import type { Address, KeptTarget } from './memory';

/** What an invalidation begins with: what is known of its target, and where that stood. */
export interface Start {
  readonly draft: InvalidationDraft;
  /** The place in a policy; absent where it came from elsewhere. */
  readonly source?: Source | undefined;
  readonly query: readonly Pair[];
  readonly address: Address;
  /** An earlier target that is to be had again, with all its answers. */
  readonly kept?: KeptTarget | undefined;
}

export interface Source {
  readonly uri: string;
  readonly position: TextPosition;
}
