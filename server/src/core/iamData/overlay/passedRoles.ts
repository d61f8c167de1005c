/**
 * Services whose requests do not always say to whom a role is passed, so that `iam:PassedToService` under an operator with
 * IfExists lets them pass. IAM User Guide, "IAM and AWS STS condition context keys", names AWS CodeBuild and AWS CodeCommit;
 * Access Analyzer reports IfExists for AWS CodeBuild and Amazon EC2, and not for other services (measured with
 * ValidatePolicy on AWS managed policies, March 2026).
 */
export const UNTOLD_SERVICES: ReadonlySet<string> = new Set([
  'codebuild.amazonaws.com',
  'codecommit.amazonaws.com',
  'ec2.amazonaws.com',
]);
