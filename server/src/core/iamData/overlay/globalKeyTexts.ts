/** The text about a global condition key; the service reference has no descriptions of these. */
export interface GlobalKeyText {
  /** What its value is. */
  readonly is: string;
  /** Which requests have it, and which lack it. */
  readonly presence: string;
}

const ALWAYS = 'Every request has it.';
const WITH_TEMPORARY =
  'Only requests with temporary credentials have it; those with the access key of a user lack it.';
const IN_ORGANIZATION = 'Requests of callers whose account is in no organization lack it.';
const RESOURCE_IN_ORGANIZATION = 'Requests lack it when the account of the resource is in no organization.';
const THROUGH_ENDPOINT = 'Only requests through a VPC endpoint have it.';
const THROUGH_ENDPOINT_TO_SOME =
  'Only requests through a VPC endpoint, to a service that supplies it, have it.';
const BY_SERVICE_FOR_RESOURCE =
  'Only requests that a service makes as itself, on behalf of a resource, have it.';
const BY_SERVICE = 'Only requests that a service makes as itself have it.';
const ON_BEHALF = 'Only requests that a service makes on behalf of somebody else have it.';
const FROM_INSTANCE = 'Only requests with the credentials of an EC2 instance’s role have it.';
const SENT_BY_CALLER = 'The caller sends it as it pleases, so it proves nothing.';

/**
 * By the name of the key in lower case, without the part of a tag key that is the author's own. IAM User Guide, "AWS
 * global condition context keys", description and "Availability" of each key:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * Keys that are not here are described by their type alone.
 */
const ROWS: readonly (readonly [name: string, is: string, presence: string])[] = [
  [
    'aws:principalarn',
    'The ARN of the caller. For the session of a role it is the ARN of the role.',
    'Every signed request has it; anonymous ones lack it.',
  ],
  ['aws:principalaccount', 'The account that the caller belongs to.', ALWAYS],
  ['aws:principalorgid', 'The ID of the organization that the caller’s account is in.', IN_ORGANIZATION],
  [
    'aws:principalorgpaths',
    'Where in its organization the caller’s account is, as in `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`.',
    IN_ORGANIZATION,
  ],
  [
    'aws:principaltag/',
    'The value of a tag of the caller; tags of the session count as well.',
    'Requests of callers without that tag lack it.',
  ],
  [
    'aws:principalisawsservice',
    'Whether an AWS service itself calls, by its service principal.',
    'Every signed request has it; anonymous ones lack it.',
  ],
  [
    'aws:principalservicename',
    'The service principal that calls, such as `cloudtrail.amazonaws.com`.',
    BY_SERVICE,
  ],
  ['aws:principalservicenameslist', 'All service principals of the service that calls.', BY_SERVICE],
  [
    'aws:principaltype',
    'What kind of caller it is: `Account`, `User`, `FederatedUser`, `AssumedRole` or `Anonymous`.',
    ALWAYS,
  ],
  [
    'aws:userid',
    'The unique ID of the caller; for the session of a role, the role’s ID, a colon and the session’s name.',
    ALWAYS,
  ],
  [
    'aws:username',
    'The name of the user who calls.',
    'Only requests of IAM users have it; those of roles and of the root user lack it.',
  ],
  [
    'aws:assumedroot',
    'Whether the credentials come from `sts:AssumeRoot`.',
    'Only requests with credentials from `sts:AssumeRoot` have it.',
  ],
  [
    'aws:federatedprovider',
    'The identity provider by which the caller got its role.',
    'Only requests of sessions that began with an identity provider have it.',
  ],
  ['aws:tokenissuetime', 'When the temporary credentials were issued.', WITH_TEMPORARY],
  [
    'aws:multifactorauthage',
    'How many seconds ago the caller gave its second factor.',
    'Only requests of sessions that began with a second factor have it; those with the access key of a user lack it.',
  ],
  [
    'aws:multifactorauthpresent',
    'Whether the temporary credentials were got with a second factor.',
    `${WITH_TEMPORARY} It is absent there and not \`false\`.`,
  ],
  [
    'aws:chatbotsourcearn',
    'The chat configuration that the request comes from.',
    'Only requests from a chat application’s channel have it.',
  ],
  ['aws:ec2instancesourcevpc', 'The VPC of the instance whose role’s credentials are used.', FROM_INSTANCE],
  [
    'aws:ec2instancesourceprivateipv4',
    'The private address of the instance whose role’s credentials are used.',
    FROM_INSTANCE,
  ],
  [
    'ec2:roledelivery',
    'By which version of the instance metadata service the credentials were got.',
    FROM_INSTANCE,
  ],
  ['ec2:sourceinstancearn', 'The instance whose role’s credentials are used.', FROM_INSTANCE],
  [
    'lambda:sourcefunctionarn',
    'The function whose role’s credentials are used.',
    'Only requests with the credentials of a function’s execution role have it.',
  ],
  [
    'aws:sourceidentity',
    'The identity that was set when the role was assumed; it stays for the whole session.',
    'Only requests of role sessions for which one was set have it.',
  ],
  [
    'aws:sourceip',
    'The public address that the request comes from.',
    'Requests through a VPC endpoint lack it; for those there is `aws:VpcSourceIp`.',
  ],
  ['aws:sourcevpc', 'The VPC that the request comes from, by its endpoint.', THROUGH_ENDPOINT],
  [
    'aws:sourcevpcarn',
    'The ARN of the VPC that the request comes from, by its endpoint.',
    THROUGH_ENDPOINT_TO_SOME,
  ],
  ['aws:sourcevpce', 'The VPC endpoint that the request comes through.', THROUGH_ENDPOINT],
  ['aws:vpceaccount', 'The account that owns the VPC endpoint.', THROUGH_ENDPOINT_TO_SOME],
  ['aws:vpceorgid', 'The organization of the account that owns the VPC endpoint.', THROUGH_ENDPOINT_TO_SOME],
  [
    'aws:vpceorgpaths',
    'Where in its organization the account is that owns the VPC endpoint.',
    THROUGH_ENDPOINT_TO_SOME,
  ],
  [
    'aws:vpcsourceip',
    'The private address that the request comes from. Other VPCs have the same addresses: name the VPC too.',
    THROUGH_ENDPOINT,
  ],
  ['aws:resourceaccount', 'The account that owns the resource.', 'Requests to most services have it.'],
  ['aws:resourceorgid', 'The organization of the account that owns the resource.', RESOURCE_IN_ORGANIZATION],
  [
    'aws:resourceorgpaths',
    'Where in its organization the account is that owns the resource.',
    RESOURCE_IN_ORGANIZATION,
  ],
  [
    'aws:resourcetag/',
    'The value of a tag of the resource.',
    'Requests lack it when the resource has no such tag, or the action does not support tags.',
  ],
  ['aws:calledvia', 'The services that passed the request on, in order.', ON_BEHALF],
  ['aws:calledviafirst', 'The first of the services that passed the request on.', ON_BEHALF],
  ['aws:calledvialast', 'The last of the services that passed the request on.', ON_BEHALF],
  ['aws:viaawsservice', 'Whether a service makes the request on behalf of somebody else.', ALWAYS],
  ['aws:currenttime', 'When the request is made.', ALWAYS],
  ['aws:epochtime', 'When the request is made, in seconds since 1970.', ALWAYS],
  [
    'aws:referer',
    'The page that a browser says it came from.',
    `Only requests from a browser have it. ${SENT_BY_CALLER}`,
  ],
  [
    'aws:requestedregion',
    'The Region whose endpoint is called; services without Regions are in `us-east-1`.',
    ALWAYS,
  ],
  [
    'aws:requesttag/',
    'The value of a tag that the request sends along.',
    'Requests that send no such tag lack it.',
  ],
  [
    'aws:tagkeys',
    'The keys of the tags that the request sends along.',
    'Requests that send no tags lack it.',
  ],
  ['aws:securetransport', 'Whether the request came over TLS.', ALWAYS],
  [
    'aws:sourceaccount',
    'The account of the resource on whose behalf a service calls.',
    BY_SERVICE_FOR_RESOURCE,
  ],
  ['aws:sourcearn', 'The resource on whose behalf a service calls.', BY_SERVICE_FOR_RESOURCE],
  [
    'aws:sourceorgid',
    'The organization of the resource on whose behalf a service calls.',
    BY_SERVICE_FOR_RESOURCE,
  ],
  [
    'aws:sourceorgpaths',
    'Where in its organization the account is of the resource on whose behalf a service calls.',
    BY_SERVICE_FOR_RESOURCE,
  ],
  ['aws:useragent', 'The client that the caller says it uses.', SENT_BY_CALLER],
];

/** What there is to say about a global key, in any case and with any tag key; `undefined` where nothing is known. */
export function globalKeyText(name: string): GlobalKeyText | undefined {
  return TEXTS.get(name.toLowerCase().replace(/\/.*$/s, '/'));
}

const TEXTS: ReadonlyMap<string, GlobalKeyText> = new Map(
  ROWS.map(([name, is, presence]) => [name, { is, presence }]),
);
