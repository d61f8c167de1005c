/**
 * The condition keys that have a value when API Gateway evaluates the resource policy of a REST API, in lower case.
 * API Gateway Developer Guide, "AWS condition keys that can be used in API Gateway resource policies", and the Service
 * Authorization Reference for the service's own key.
 */
export const API_GATEWAY_POLICY_KEYS: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:referer',
  'aws:securetransport',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:userid',
  'aws:username',
  'aws:vpcsourceip',
  'execute-api:viadomainarn',
]);

/** Those of them that have a value only where a method has IAM authorization, by the same page. */
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

/** Those of them that have a value only in requests to a private API, by the same page. */
export const PRIVATE_API_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
]);
