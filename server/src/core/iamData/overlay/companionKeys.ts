/**
 * Condition keys that are weak alone, by lower-case name, with those of which one must stand beside them.
 * Source: IAM User Guide, "AWS global condition context keys", under each key:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 *
 * aws:SourceArn belongs here only where the ARN names no account, as that of an S3 bucket.
 */
export const COMPANION_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  // Private addresses are the same in everybody's VPC.
  ['aws:vpcsourceip', ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn']],
  ['aws:ec2instancesourceprivateipv4', ['aws:Ec2InstanceSourceVpc']],
  ['aws:sourcearn', ['aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOrgPaths']],
]);
