import type { ResourceType } from '../types';

/** One way in which a principal is written as an ARN. */
export interface PrincipalForm extends ResourceType {
  /** The member of `Principal` that it belongs to. */
  readonly type: 'AWS' | 'Federated';
  /** Whom it stands for, in a sentence. */
  readonly means: string;
}

/**
 * IAM User Guide, "AWS JSON policy elements: Principal":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * No part of them may be a wildcard there; in the values of `aws:PrincipalArn` it may.
 */
export const PRINCIPAL_FORMS: readonly PrincipalForm[] = [
  form(
    'AWS',
    'the whole account',
    'arn:${Partition}:iam::${Account}:root',
    'The whole account, and not only its root user. With `Allow` it is left to policies of the account who in it may.',
  ),
  form(
    'AWS',
    'role',
    'arn:${Partition}:iam::${Account}:role/${RoleName}',
    'The role, which is all of its sessions. If it is deleted and recreated, the new one is not this principal.',
  ),
  form(
    'AWS',
    'user',
    'arn:${Partition}:iam::${Account}:user/${UserName}',
    'The user. If it is deleted and recreated, the new one is not this principal.',
  ),
  form(
    'AWS',
    'session of an assumed role',
    'arn:${Partition}:sts::${Account}:assumed-role/${RoleName}/${SessionName}',
    'One session of the role, by its name; no other session, and the name cannot be a wildcard.',
  ),
  form(
    'AWS',
    'federated user session',
    'arn:${Partition}:sts::${Account}:federated-user/${UserName}',
    'A session that was got with `sts:GetFederationToken`, by its name.',
  ),
  form(
    'Federated',
    'OpenID Connect provider',
    'arn:${Partition}:iam::${Account}:oidc-provider/${ProviderUrl}',
    'Everybody whom the OpenID Connect provider signs in; conditions on its claims, such as `sub` and `aud`, say who of them.',
  ),
  form(
    'Federated',
    'SAML provider',
    'arn:${Partition}:iam::${Account}:saml-provider/${ProviderName}',
    'Everybody whom the SAML provider signs in; conditions such as `SAML:aud` say who of them.',
  ),
];

function form(type: PrincipalForm['type'], name: string, arn: string, means: string): PrincipalForm {
  return { type, name, arn, means, conditionKeys: [] };
}

/**
 * Ids that are nobody's who could send a request. IAM User Guide, "IAM identifiers", unique ids; AWS Organizations API
 * Reference, "Organization", "OrganizationalUnit" and "Root", for which there are condition keys; Amazon S3 User Guide,
 * "Access control list (ACL) overview": e-mail addresses stand in lists of grants only.
 */
export const NO_PRINCIPAL_IDS: readonly { readonly form: RegExp; readonly what: string }[] = [
  { form: /^AGPA[A-Z0-9]{12,}$/, what: 'the ID of a user group' },
  { form: /^AIPA[A-Z0-9]{12,}$/, what: 'the ID of an instance profile' },
  { form: /^AKIA[A-Z0-9]{12,}$/, what: 'an access key' },
  { form: /^ANPA[A-Z0-9]{12,}$/, what: 'the ID of a managed policy' },
  { form: /^ANVA[A-Z0-9]{12,}$/, what: 'the ID of a version of a managed policy' },
  { form: /^APKA[A-Z0-9]{12,}$/, what: 'the ID of a public key' },
  { form: /^ASCA[A-Z0-9]{12,}$/, what: 'the ID of a certificate' },
  { form: /^ASIA[A-Z0-9]{12,}$/, what: 'a temporary access key' },
  { form: /^ABIA[A-Z0-9]{12,}$/, what: 'the ID of a bearer token' },
  { form: /^ACCA[A-Z0-9]{12,}$/, what: 'the ID of a context-specific credential' },
  { form: /^o-[a-z0-9]{10,32}$/, what: 'an organization' },
  { form: /^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/, what: 'an organizational unit' },
  { form: /^r-[a-z0-9]{4,32}$/, what: 'the root of an organization' },
  { form: /^[^\s:/@]+@[^\s:/@]+\.[a-z]+$/i, what: 'an e-mail address' },
];

/**
 * What an ARN of IAM may begin with after the account, and is no AWS principal, in lower case; `type` is the member of
 * `Principal` that it goes under. Service Authorization Reference, "AWS Identity and Access Management (IAM)", resource
 * types.
 */
export const NO_PRINCIPAL_RESOURCES: ReadonlyMap<
  string,
  { readonly what: string } | { readonly type: 'Federated' }
> = new Map<string, { readonly what: string } | { readonly type: 'Federated' }>([
  ['group', { what: 'a user group' }],
  ['instance-profile', { what: 'an instance profile' }],
  ['mfa', { what: 'an MFA device' }],
  ['oidc-provider', { type: 'Federated' }],
  ['policy', { what: 'a policy' }],
  ['saml-provider', { type: 'Federated' }],
  ['server-certificate', { what: 'a server certificate' }],
  ['sms-mfa', { what: 'an MFA device' }],
  ['u2f', { what: 'a security key' }],
]);
