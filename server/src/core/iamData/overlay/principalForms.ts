import type { ResourceType } from '../types';

/** One way in which a principal is written as an ARN. */
export interface PrincipalForm extends ResourceType {
  /** The member of `Principal` that it belongs to. */
  readonly type: 'AWS' | 'Federated';
}

/**
 * IAM User Guide, "AWS JSON policy elements: Principal":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * No part of them may be a wildcard there; in the values of `aws:PrincipalArn` it may.
 */
export const PRINCIPAL_FORMS: readonly PrincipalForm[] = [
  form('AWS', 'the whole account', 'arn:${Partition}:iam::${Account}:root'),
  form('AWS', 'role', 'arn:${Partition}:iam::${Account}:role/${RoleName}'),
  form('AWS', 'user', 'arn:${Partition}:iam::${Account}:user/${UserName}'),
  form(
    'AWS',
    'session of an assumed role',
    'arn:${Partition}:sts::${Account}:assumed-role/${RoleName}/${SessionName}',
  ),
  form('AWS', 'federated user session', 'arn:${Partition}:sts::${Account}:federated-user/${UserName}'),
  form(
    'Federated',
    'OpenID Connect provider',
    'arn:${Partition}:iam::${Account}:oidc-provider/${ProviderUrl}',
  ),
  form('Federated', 'SAML provider', 'arn:${Partition}:iam::${Account}:saml-provider/${ProviderName}'),
];

function form(type: PrincipalForm['type'], name: string, arn: string): PrincipalForm {
  return { type, name, arn, conditionKeys: [] };
}
