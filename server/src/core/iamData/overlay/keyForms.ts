/** What the values of a condition key are written as. */
export type KeyForm = 'account' | 'arn' | 'organization' | 'organization-path';

/**
 * Condition keys whose values have one form, in lower case. IAM User Guide, "AWS global condition context keys"; for the
 * keys of services the Service Authorization Reference, where AWS describes the value as the id of an account.
 */
export const KEY_FORMS: ReadonlyMap<string, KeyForm> = new Map([
  ...formOf('account', [
    'aws:principalaccount',
    'aws:resourceaccount',
    'aws:sourceaccount',
    'aws:sourceowner',
    'aws:vpceaccount',
    'cognito-identity-auth:accountid',
    'cognito-identity-unauth:accountid',
    'events:creatoraccount',
    'kms:calleraccount',
    'mpa:protectedresourceaccount',
    'ram:shareowneraccountid',
    'refactor-spaces:applicationcreatedbyaccount',
    'refactor-spaces:createdbyaccountids',
    'refactor-spaces:routecreatedbyaccount',
    'refactor-spaces:servicecreatedbyaccount',
    's3:dataaccesspointaccount',
    's3:resourceaccount',
    's3express:dataaccesspointaccount',
    's3express:resourceaccount',
    's3-outposts:dataaccesspointaccount',
    'servicediscovery:servicecreatedbyaccount',
    'ssm:nodeaccountid',
    'sso:applicationaccount',
    'vpc-lattice-svcs:sourcevpcowneraccount',
  ]),
  ...formOf('arn', [
    'aws:chatbotsourcearn',
    'aws:principalarn',
    'aws:sourcearn',
    'aws:sourcevpcarn',
    'iam:associatedresourcearn',
    'iam:permissionsboundary',
    'iam:policyarn',
    'lambda:functionarn',
    'lambda:sourcefunctionarn',
  ]),
  ...formOf('organization', [
    'aws:principalorgid',
    'aws:resourceorgid',
    'aws:sourceorgid',
    'aws:vpceorgid',
    'ssm:nodeorgid',
  ]),
  ...formOf('organization-path', [
    'account:accountresourceorgpaths',
    'aws:principalorgpaths',
    'aws:resourceorgpaths',
    'aws:sourceorgpaths',
    'aws:vpceorgpaths',
    'backup:copytargetorgpaths',
  ]),
]);

function formOf(form: KeyForm, keys: readonly string[]): readonly (readonly [key: string, form: KeyForm])[] {
  return keys.map((key) => [key, form]);
}
