import { splitArn } from '../../arn/arn';
import { isServicePrincipal } from '../../arn/servicePrincipal';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { renameKey } from '../../lint/edits';
import type { Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { hasMember } from './known';

/**
 * The member of `Principal` that a text goes under, by its form; `undefined` where that is not plain.
 * IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function principalTypeOf(text: string): 'AWS' | 'Federated' | 'Service' | undefined {
  const { prefix, service, resource } = splitArn(text);
  if (prefix.text === 'arn') {
    return service?.text === 'iam' && /^(?:oidc|saml)-provider\//.test(resource?.text ?? '')
      ? 'Federated'
      : 'AWS';
  }
  if (BUILT_IN_PROVIDERS.has(text)) {
    return 'Federated';
  }
  return /^\d{12}$/.test(text) ? 'AWS' : isServicePrincipal(text) ? 'Service' : undefined;
}

/** The fix that moves a single principal to another type, if the statement does not have that type yet. */
export function changeTypeFix({ parent }: StringNode, type: string): readonly Fix[] {
  const member = parent?.kind === 'array' && parent.items.length === 1 ? parent.parent : parent;
  return member?.kind !== 'member' || hasMember(member.parent.members, type)
    ? []
    : [{ title: `Change to ${type}`, kind: 'suggestion', edits: () => renameKey(member, type) }];
}
