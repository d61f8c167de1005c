import { isListedRegion, partitionOfRegion } from '../../arn/partitions';
import { REGION_KEYS } from '../../iamData/overlay/conditionValues';
import { defineRule } from '../../lint/rule';
import { keyValueVisitor } from '../support/keyValues';

/** Shown as a warning: AWS opens Regions without notice, and one may be younger than the list. */
export const rule = defineRule({
  meta: {
    id: 'condition-value-region-unlisted',
    category: 'error',
    severity: 'warning',
    summary: 'A condition compares a Region with a code that is not in the list of known Regions',
    since: '0.1.0',
    accessAnalyzer: 'INVALID_REGION',
    messages: {
      wrong: 'No Region {value} was known in August 2026; until there is one, {key} is never equal to it.',
    },
  },
  create: (context) =>
    keyValueVisitor(context, {
      keys: REGION_KEYS,
      isWrong: (text) => !isListedRegion(text) && partitionOfRegion(text) !== undefined,
    }),
});
