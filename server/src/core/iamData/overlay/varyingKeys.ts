/**
 * Condition keys, in lower case, that have one value in some requests and several in others, or of which AWS's pages show
 * both: neither a set operator nor its absence is a mistake.
 *
 * IAM User Guide, "Available keys for SAML-based AWS STS federation": attributes that can have a list of values, which an
 * assertion need not send. Amazon DynamoDB Developer Guide, "Using IAM with DynamoDB transactions", compares
 * EnclosingOperation under ForAnyValue; Amazon EC2 User Guide, "Example policies for working with the AWS CLI",
 * ElasticGpuType; AWS Secrets Manager User Guide, "Condition keys", VersionStage, of which a request may name several. Of
 * ProviderAction ValidatePolicy reports neither form in AWS managed policies (March 2026).
 */
export const VARYING_KEYS: ReadonlySet<string> = new Set([
  'codestar-connections:provideraction',
  'dynamodb:enclosingoperation',
  'ec2:elasticgputype',
  'saml:cn',
  'saml:commonname',
  'saml:eduorghomepageuri',
  'saml:eduorgidentityauthnpolicyuri',
  'saml:eduorglegalname',
  'saml:eduorgsuperioruri',
  'saml:eduorgwhitepagesuri',
  'saml:edupersonaffiliation',
  'saml:edupersonassurance',
  'saml:edupersonentitlement',
  'saml:edupersonnickname',
  'saml:edupersonorgunitdn',
  'saml:edupersonscopedaffiliation',
  'saml:edupersontargetedid',
  'saml:givenname',
  'saml:mail',
  'saml:name',
  'saml:organizationstatus',
  'saml:primarygroupsid',
  'saml:surname',
  'saml:uid',
  'saml:x500uniqueidentifier',
  'secretsmanager:versionstage',
]);

/** Whether a key, in any case, has now one value and now several. */
export function isVarying(key: string): boolean {
  return VARYING_KEYS.has(key.toLowerCase());
}
