/**
 * What stands in the account field of ARNs of things that belong to no customer. Sources: the ARN formats of the
 * Service Authorization Reference (aws, offering); IAM User Guide, "AWS JSON policy elements: Principal" (cloudfront, of
 * origin access identities); Amazon EC2 User Guide, "AMI owner aliases" (amazon, aws-marketplace); EC2 Image Builder
 * User Guide, "Component ARNs" (third-party); AWS Network Firewall Developer Guide, "AWS managed rule groups"
 * (aws-managed).
 */
export const ACCOUNT_WORDS: ReadonlySet<string> = new Set([
  'aws',
  'aws-managed',
  'amazon',
  'aws-marketplace',
  'cloudfront',
  'offering',
  'third-party',
]);
