/**
 * Services for which `iam:PassedToService` under StringEqualsIfExists is accepted as a restriction. For other services
 * (ec2, codebuild) Access Analyzer reports that form: the key is absent from some requests, and IfExists then lets
 * them pass. Measured with ValidatePolicy on AWS managed policies, March 2026.
 */
export const RESTRICTED_IF_EXISTS: ReadonlySet<string> = new Set([
  'cloudformation.amazonaws.com',
  'lambda.amazonaws.com',
]);
