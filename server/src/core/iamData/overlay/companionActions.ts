/**
 * Condition keys that a request to assume a role has only if the caller may do something else as well, by lower-case
 * name or by the part before a tag's name, with the action for that.
 * Sources: IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export const COMPANION_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['sts:sourceidentity', 'sts:SetSourceIdentity'],
  ['sts:transitivetagkeys', 'sts:TagSession'],
  ['aws:tagkeys', 'sts:TagSession'],
  ['aws:requesttag', 'sts:TagSession'],
]);
