import type { Action } from '../../iamData/types';
import { listed } from '../../wording';

/** A message is one sentence: some actions apply to seventeen types. */
const MOST_NAMED = 4;

/** The types of the resources that an action applies to, as in `bucket or accesspoint`. */
export function resourceTypesOf({ resources }: Action): string {
  return listed([...new Set(resources.map(({ type }) => type.name))], 'or', MOST_NAMED);
}
