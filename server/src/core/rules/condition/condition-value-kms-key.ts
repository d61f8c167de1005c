import { splitArn } from '../../arn/arn';
import { KMS_KEY_ARN_KEYS } from '../../iamData/overlay/conditionValues';
import { defineRule } from '../../lint/rule';
import { keyValueVisitor } from '../support/keyValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-kms-key',
    category: 'error',
    summary: 'A condition compares the ARN of a KMS key with something that is not one',
    since: '0.1.0',
    accessAnalyzer: 'INVALID_KMS_KEY_VALUE',
    messages: {
      wrong: '{key} holds the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID, and {value} is not one.',
    },
  },
  create: (context) => keyValueVisitor(context, { keys: KMS_KEY_ARN_KEYS, isWrong: isNoKeyArn }),
});

function isNoKeyArn(text: string): boolean {
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  return !(
    prefix.text === 'arn' &&
    partition?.text !== '' &&
    service?.text === 'kms' &&
    region?.text !== '' &&
    /^\d{12}$/.test(account?.text ?? '') &&
    /^key\/[^/]+$/.test(resource?.text ?? '')
  );
}
