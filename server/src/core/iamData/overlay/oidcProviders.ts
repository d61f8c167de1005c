/**
 * Identity providers that a trust policy names without an ARN, each with what its condition keys begin with.
 * IAM User Guide, "AWS JSON policy elements: Principal", OIDC federated principals; Amazon Cognito has names of its own
 * in AWS GovCloud (US) (AWS GovCloud (US) User Guide, "Amazon Cognito") and in China, where the keys are named after
 * another host than the principal (Amazon Web Services in China, "Getting Started", "Amazon Cognito").
 */
export const BUILT_IN_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['accounts.google.com', 'accounts.google.com'],
  ['cognito-identity.amazonaws.com', 'cognito-identity.amazonaws.com'],
  ['cognito-identity-us-gov.amazonaws.com', 'cognito-identity-us-gov.amazonaws.com'],
  ['cognito-identity.cn-north-1.amazonaws.com.cn', 'cognito-identity.amazonaws.com.cn'],
  ['graph.facebook.com', 'graph.facebook.com'],
  ['www.amazon.com', 'www.amazon.com'],
]);

/**
 * The issuer that a Federated principal names, in lower case, if anybody can sign in with it; `undefined` for a provider of
 * one's own and for SAML. Same page, of which the providers may also be named by an ARN; GitHub's is described in the IAM
 * User Guide, "Create a role for OpenID Connect federation", "Configuring a role for GitHub OIDC identity provider".
 */
export function sharedIssuerOf(principal: string): string | undefined {
  const named = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/s.exec(principal)?.[1]?.toLowerCase();
  return named === undefined
    ? BUILT_IN_PROVIDERS.get(principal)
    : named === GITHUB || BUILT_IN_PROVIDERS.has(named) || REQUIRED_CLAIMS.has(named)
      ? named
      : undefined;
}

const GITHUB = 'token.actions.githubusercontent.com';

/**
 * Issuers that many customers share, and the claim without which IAM refuses a trust policy that names them.
 * IAM User Guide, "Identity-provider controls for shared OIDC providers", 2026. GitHub Actions is left out, since
 * Access Analyzer has a check for it; so are the issuers whose names are theirs alone for a tenant.
 */
export const REQUIRED_CLAIMS: ReadonlyMap<string, string> = new Map([
  ['cognito-identity.amazonaws.com', 'aud'],
  ['agent.buildkite.com', 'sub'],
  ['oidc.codefresh.io', 'sub'],
  ['studio.datachain.ai/api', 'sub'],
  ['oidc-configuration.audit-log.githubusercontent.com', 'sub'],
  ['vstoken.actions.githubusercontent.com', 'sub'],
  ['gitlab.com', 'sub'],
  ['api.pulumi.com/oidc', 'aud'],
  ['sandboxes.cloud', 'aud'],
  ['scalr.io', 'sub'],
  ['tokens.cloud.shisho.dev', 'sub'],
  ['app.terraform.io', 'sub'],
  ['proidc.upbound.io', 'sub'],
  ['oidc.vercel.com', 'aud'],
]);
