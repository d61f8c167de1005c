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
