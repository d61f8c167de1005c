import type { EvaluationOptions } from '../evaluate/evaluate';
import type { IamData } from '../iamData/iamData';
import type { PolicyTraits } from '../model/policy';
import type { Effort } from './effort';
import type { Side } from './sides';

/** What a search for gains is limited to; everything if nothing is given. */
export interface GainOptions extends EvaluationOptions {
  readonly iamData?: IamData | undefined;
  /** Only requests with such an action; a pattern in any case. */
  readonly action?: string | undefined;
  /** Only requests on such a resource. */
  readonly resource?: string | undefined;
  /** What must allow as well: service control policies of one level, a boundary, and others of the kind. */
  readonly limits?: readonly Side[] | undefined;
  readonly levels?: ReadonlyMap<PolicyTraits, string> | undefined;
  /** Only callers that are not named, and only what no condition confines. */
  readonly onlyPublic?: boolean | undefined;
  /** What the search may cost; as much as a person waits for where it is absent. */
  readonly effort?: Effort | undefined;
}
