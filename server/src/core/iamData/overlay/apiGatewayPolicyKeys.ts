/**
 * The condition keys that have a value when API Gateway evaluates the resource policy of a REST API, in lower case, by
 * the requests that have them. API Gateway Developer Guide, "AWS condition keys that can be used in API Gateway resource
 * policies", and the Service Authorization Reference for the service's own key.
 */

/** Only where a method has IAM authorization. */
export const IAM_AUTHORIZATION_KEYS: ReadonlySet<string> = new Set([
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:tokenissuetime',
  'aws:userid',
  'aws:username',
]);

/** Only in requests to a private API. */
export const PRIVATE_API_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
]);

/** In any of these, and in others. */
export const API_GATEWAY_POLICY_KEYS: ReadonlySet<string> = new Set([
  ...IAM_AUTHORIZATION_KEYS,
  ...PRIVATE_API_KEYS,
  'aws:currenttime',
  'aws:epochtime',
  'aws:referer',
  'aws:securetransport',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:useragent',
  'execute-api:viadomainarn',
]);
