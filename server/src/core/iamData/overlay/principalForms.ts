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
    'The role, which is all of its sessions. If it is deleted and made anew, it is another one.',
  ),
  form(
    'AWS',
    'user',
    'arn:${Partition}:iam::${Account}:user/${UserName}',
    'The user. If it is deleted and made anew, it is another one.',
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
