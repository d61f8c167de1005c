import { splitArn } from '../../arn/arn';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import type { Condition, PrincipalEntry, Statement } from '../../model/policy';

/** Who vouches for a federated principal. */
export type IdentityProvider =
  | { readonly kind: 'saml' }
  /** `issuer` is the host and path that begin the provider's condition keys. */
  | { readonly kind: 'oidc'; readonly issuer: string };

/**
 * The provider that a Federated principal names: an IAM provider's ARN, or the plain name of one that IAM has built
 * in. `undefined` for anything else. IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function identityProviderOf(principal: string): IdentityProvider | undefined {
  const builtIn = BUILT_IN_PROVIDERS.get(principal);
  if (builtIn !== undefined) {
    return { kind: 'oidc', issuer: builtIn };
  }
  const { prefix, service, region, account, resource } = splitArn(principal);
  if (
    prefix.text !== 'arn' ||
    service?.text !== 'iam' ||
    region?.text !== '' ||
    !/^\d{12}$|\$\{/.test(account?.text ?? '')
  ) {
    return undefined;
  }
  const [, kind, name] = /^(saml|oidc)-provider\/(.+)$/s.exec(resource?.text ?? '') ?? [];
  if (kind === undefined || name === undefined) {
    return undefined;
  }
  return kind === 'saml' ? { kind } : { kind: 'oidc', issuer: name };
}

/** The principals of a statement that an OIDC provider vouches for, each with its issuer. */
export function oidcPrincipalsOf(
  statement: Statement,
): readonly { readonly entry: PrincipalEntry; readonly issuer: string }[] {
  return statement.principals.flatMap((element) =>
    element.negated
      ? []
      : element.entries.flatMap((entry) => {
          const provider = entry.type?.value === 'Federated' ? identityProviderOf(entry.text) : undefined;
          return provider?.kind === 'oidc' ? [{ entry, issuer: provider.issuer }] : [];
        }),
  );
}

/** Whether a condition is about a claim of an issuer, or about any of its claims; keys are read without case. */
export function isAboutClaim(condition: Condition, issuer: string, claim = ''): boolean {
  const wanted = `${issuer}:${claim}`.toLowerCase();
  const key = condition.key.value.toLowerCase();
  return claim === '' ? key.startsWith(wanted) : key === wanted;
}

export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';
