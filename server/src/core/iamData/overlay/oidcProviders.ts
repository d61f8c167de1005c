/**
 * Identity providers that a trust policy names without an ARN.
 * IAM User Guide, "AWS JSON policy elements: Principal", OIDC federated principals; the Amazon Cognito Developer Guide
 * has a name of its own for AWS GovCloud (US).
 */
export const BUILT_IN_PROVIDERS: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'cognito-identity-us-gov.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

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
