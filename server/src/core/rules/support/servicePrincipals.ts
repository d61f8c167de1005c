import type { ConditionName } from '../../lint/rule';

/** How the values of a condition key are written that holds service principals. */
export type PrincipalForm = 'form' | 'regional';

/**
 * The form of a condition's values; `undefined` where its key holds no service principals, and where case does not
 * count. IAM User Guide, "AWS global condition context keys"; AWS KMS Developer Guide, "kms:ViaService".
 */
export function principalFormOf({ operator, key }: ConditionName): PrincipalForm | undefined {
  return /^String(Not)?(Equals|Like)$/i.test(operator.base) ? KEYS.get(key.toLowerCase()) : undefined;
}

const KEYS: ReadonlyMap<string, PrincipalForm> = new Map([
  ['aws:calledvia', 'form'],
  ['aws:calledviafirst', 'form'],
  ['aws:calledvialast', 'form'],
  ['aws:principalservicename', 'form'],
  ['aws:principalservicenameslist', 'form'],
  ['iam:awsservicename', 'form'],
  ['iam:passedtoservice', 'form'],
  ['kms:viaservice', 'regional'],
]);
