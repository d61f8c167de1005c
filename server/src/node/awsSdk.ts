/**
 * What is used of the AWS SDK, and nothing else, so that only this is bundled. It is large, and loaded when a person asked
 * for something that needs it.
 */
export {
  APIGatewayClient,
  FlushStageAuthorizersCacheCommand,
  FlushStageCacheCommand,
  GetExportCommand,
  GetIntegrationCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
export { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
export { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
export { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
