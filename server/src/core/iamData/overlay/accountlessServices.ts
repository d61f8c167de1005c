/**
 * Services with ARNs that leave the account empty, nearly all of them of resources of AWS's own, although the Service Authorization Reference
 * has an account in each of their formats. Where a service is missing here that has such resources, a correct ARN is
 * reported: when in doubt, it is added.
 */
export const ACCOUNTLESS_SERVICES: ReadonlySet<string> = new Set([
  // Templates of certificates; AWS Private CA User Guide, "Template definitions".
  'acm-pca',
  // Public images; Amazon AppStream 2.0 Administration Guide.
  'appstream',
  // Extensions that AWS publishes, and macros such as transform/Serverless-2016-10-31; AWS CloudFormation User Guide.
  'cloudformation',
  // Aliases, builds, fleets, queues and scripts; Amazon GameLift Servers API Reference, the ARN of each data type.
  'gamelift',
  // Ground stations and satellites; AWS Ground Station User Guide.
  'groundstation',
  // Job templates that AWS manages; AWS IoT Developer Guide, "Job templates".
  'iot',
  // Blueprints and bundles; Amazon Lightsail API Reference.
  'lightsail',
  // Ready2Run workflows; AWS HealthOmics User Guide.
  'omics',
  // Views that services manage; AWS's managed policies of 2026 name them.
  'resource-explorer-2',
  // Rules that Resolver defines itself; Amazon Route 53 Developer Guide.
  'route53resolver',
  // Registries of AWS's own events; Amazon EventBridge User Guide, "Schemas".
  'schemas',
  // Products and standards; AWS Security Hub User Guide.
  'securityhub',
  // Default quotas; Service Quotas API Reference, "GetAWSDefaultServiceQuota".
  'servicequotas',
  // Documents, automation definitions, patch baselines and public parameters; AWS Systems Manager User Guide.
  'ssm',
  // Checks; AWS Support User Guide, "AWS Trusted Advisor".
  'trustedadvisor',
  // Rule groups that AWS and its partners manage; AWS WAF Developer Guide.
  'wafv2',
  // Public bundles; Amazon WorkSpaces Administration Guide.
  'workspaces',
]);
