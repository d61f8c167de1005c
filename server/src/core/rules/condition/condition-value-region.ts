import { nearestRegion, partitionOfRegion, partitions } from '../../arn/partitions';
import { REGION_KEYS, UNSPECIFIED_REGION } from '../../iamData/overlay/conditionValues';
import { defineRule } from '../../lint/rule';
import { keyValueVisitor } from '../support/keyValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-region',
    category: 'error',
    summary: 'A condition compares a Region with something that is not a Region code',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_REGION',
    messages: {
      wrong: 'There is no Region {value}, so {key} is never equal to it.',
    },
  },
  create: (context) =>
    keyValueVisitor(context, {
      keys: REGION_KEYS,
      isWrong: (text, { key }) =>
        partitionOfRegion(text) === undefined &&
        !(text === UNSPECIFIED_REGION && key.value.toLowerCase() === 'aws:requestedregion'),
      meant: (text) => nearestRegion(text, partitions),
    }),
});
