/** Pages of AWS's documentation that are known to exist. */

const IAM_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

export const OPERATORS_PAGE = `${IAM_GUIDE}/reference_policies_elements_condition_operators.html`;
/** Which operators with `ForAllValues` and `ForAnyValue` go with which keys. */
export const SETS_PAGE = `${IAM_GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;
export const GLOBAL_KEYS_PAGE = `${IAM_GUIDE}/reference_policies_condition-keys.html`;
export const VARIABLES_PAGE = `${IAM_GUIDE}/reference_policies_variables.html`;

/** The page about an element of the policy language: the IAM User Guide has one for each. */
export function elementPage(name: string): string {
  return `${IAM_GUIDE}/reference_policies_elements_${name.toLowerCase()}.html`;
}

/**
 * The page about the AWS managed policy of an ARN: AWS Managed Policy Reference, which calls its pages after the
 * policies, without their paths. `undefined` for any other ARN, and for a pattern.
 */
export function managedPolicyPage(arn: string): string | undefined {
  const name = /^arn:aws:iam::aws:policy\/(?:[\w-]+\/)*([\w+=.@-]+)$/.exec(arn)?.[1];
  return name === undefined
    ? undefined
    : `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name}.html`;
}
