/**
 * The account and the ID of whoever sends no signature. Sources: aws:PrincipalAccount on the page below, and the table
 * "Principal key values" of IAM User Guide, "IAM policy elements: Variables and tags".
 */
export const ANONYMOUS_VALUE = 'anonymous';

/**
 * Condition keys, in lower case, whose value the caller sends as it pleases. Source: the warnings under aws:Referer and
 * aws:UserAgent in IAM User Guide, "AWS global condition context keys":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const CALLER_KEYS: ReadonlySet<string> = new Set(['aws:referer', 'aws:useragent']);

/**
 * Condition keys, in lower case, that every request has, one without a signature too, so that asking for their absence
 * is asking for nothing.
 * Source: "Availability" under each key on the same page.
 */
export const EVER_PRESENT_KEYS: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:userid',
  'aws:viaawsservice',
]);
