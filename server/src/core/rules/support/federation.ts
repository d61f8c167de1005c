import { splitArn } from '../../arn/arn';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import type { Condition, PrincipalEntry, Statement } from '../../model/policy';
import { areConditionsKnown, demandsKey } from './conditions';
import { isTemplateText } from './known';

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
  // With its scheme a URL is not what IAM calls the provider, nor what its keys begin with.
  const [, kind, name] = /^(saml|oidc)-provider\/(?!https?:\/\/)(\S+)$/.exec(resource?.text ?? '') ?? [];
  if (kind === undefined || name === undefined) {
    return undefined;
  }
  return kind === 'saml' ? { kind } : { kind: 'oidc', issuer: name };
}

/** A principal that an identity provider vouches for. */
export interface FederatedPrincipal {
  readonly entry: PrincipalEntry;
  /** What begins the provider's condition keys; `undefined` for SAML, whose keys all begin alike. */
  readonly issuer: string | undefined;
}

/** The principals of a statement that an identity provider vouches for. */
export function federatedPrincipalsOf({ principals }: Statement): readonly FederatedPrincipal[] {
  return principals.flatMap(({ negated, entries }) =>
    negated
      ? []
      : entries.flatMap((entry) => {
          const provider = entry.type?.value === 'Federated' ? identityProviderOf(entry.text) : undefined;
          return provider === undefined
            ? []
            : [{ entry, issuer: provider.kind === 'oidc' ? provider.issuer : undefined }];
        }),
  );
}

/** A principal that an OIDC provider vouches for. */
export interface OidcPrincipal extends FederatedPrincipal {
  readonly issuer: string;
}

/** The principals of a statement that an OIDC provider vouches for, each with its issuer. */
export function oidcPrincipalsOf(statement: Statement): readonly OidcPrincipal[] {
  return federatedPrincipalsOf(statement).filter(
    (principal): principal is OidcPrincipal => principal.issuer !== undefined,
  );
}

/**
 * The principals of OIDC providers that a statement trusts, if all of its requirements for them can be read. Statements
 * that let nobody in are reported by trust-claim-foreign.
 */
export function oidcPrincipalsLetIn(statement: Statement): readonly OidcPrincipal[] {
  return statement.effect?.value === 'Allow' && areConditionsKnown(statement)
    ? oidcPrincipalsOf(statement).filter((principal) => canMeet(statement, principal))
    : [];
}

/** Whether a condition is about a claim of an issuer, or about any of its claims; keys are read without case. */
export function isAboutClaim(condition: Condition, issuer: string, claim = ''): boolean {
  const wanted = `${issuer}:${claim}`.toLowerCase();
  const key = condition.key.value.toLowerCase();
  return claim === '' ? key.startsWith(wanted) : key === wanted;
}

/**
 * Whether nobody whom a provider signs in meets a condition, since it demands a claim of another one: the keys of an OIDC
 * provider begin with its own host and path, those of SAML providers with `saml`. IAM User Guide, "Available keys for AWS
 * OIDC federation" and "for SAML-based AWS STS federation".
 */
export function isBeyond(condition: Condition, { entry, issuer }: FederatedPrincipal): boolean {
  const { value: key } = condition.key;
  if (!demandsKey(condition) || [key, issuer ?? '', entry.text].some(isTemplateText)) {
    return false;
  }
  return issuer === undefined
    ? CLAIM_KEY.test(key)
    : /^saml:/i.test(key) ||
        (CLAIM_KEY.test(key) && !isAboutClaim(condition, issuer) && !isAboutClaim(condition, entry.text));
}

/** A host, perhaps with a path, before a claim; no service of AWS has a dot in its prefix. */
const CLAIM_KEY = /^[\w-]+\.[\w-][^:]*:./;

/** Whether a statement can let a provider's users in at all. */
export function canMeet(statement: Statement, principal: FederatedPrincipal): boolean {
  return !statement.conditions.some((condition) => isBeyond(condition, principal));
}

export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';
