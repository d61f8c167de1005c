import type { ResourceType } from '../types';

/**
 * The ARN of a policy that AWS manages, which the Service Authorization Reference does not list beside that of a
 * customer's policy. IAM User Guide, "IAM identifiers":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export const MANAGED_POLICY_FORM: ResourceType = {
  name: 'AWS managed policy',
  arn: 'arn:${Partition}:iam::aws:policy/${PolicyName}',
  conditionKeys: [],
};
