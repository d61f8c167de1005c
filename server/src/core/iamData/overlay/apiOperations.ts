/**
 * Operations of an API whose permission has another name than the operation: `s3:HeadObject` is no action, AWS checks
 * `s3:GetObject` for it. Rows are the operation, then the actions that it needs; several where it needs each, or where
 * what is sent decides. Only operations that the service reference does not know as actions have a row.
 *
 * Source: the API reference of each service, which says "To use this operation, you must have permission to perform the …
 * action", as botocore has it: https://github.com/boto/botocore/tree/develop/botocore/data; beside it, where a comment
 * says so, the page of the service's guide.
 */
const ROWS: Readonly<Record<string, string>> = {
  'access-analyzer': `
    GetFindingV2 GetFinding
    ListFindingsV2 ListFindings`,
  batch: `
    CancelJobs CancelJob
    TerminateJobs TerminateJob
    TerminateServiceJobs TerminateServiceJob`,
  'bcm-pricing-calculator': `
    BatchCreateBillScenarioCommitmentModification CreateBillScenarioCommitmentModification
    BatchCreateBillScenarioUsageModification CreateBillScenarioUsageModification
    BatchCreateWorkloadEstimateUsage CreateWorkloadEstimateUsage
    BatchDeleteBillScenarioCommitmentModification DeleteBillScenarioCommitmentModification
    BatchDeleteBillScenarioUsageModification DeleteBillScenarioUsageModification
    BatchDeleteWorkloadEstimateUsage DeleteWorkloadEstimateUsage
    BatchUpdateBillScenarioCommitmentModification UpdateBillScenarioCommitmentModification
    BatchUpdateBillScenarioUsageModification UpdateBillScenarioUsageModification
    BatchUpdateWorkloadEstimateUsage UpdateWorkloadEstimateUsage`,
  bedrock: `
    Converse InvokeModel
    ConverseStream InvokeModelWithResponseStream
    RetrieveAndGenerateStream RetrieveAndGenerate
    StartAsyncInvoke InvokeModel`,
  // AWS Cost Management User Guide, "Using identity-based policies", AWS Budgets.
  budgets: `
    CreateBudget ModifyBudget
    CreateNotification ModifyBudget
    CreateSubscriber ModifyBudget
    DeleteBudget ModifyBudget
    DeleteNotification ModifyBudget
    DeleteSubscriber ModifyBudget
    DescribeBudget ViewBudget
    DescribeBudgetNotificationsForAccount ViewBudget
    DescribeBudgetPerformanceHistory ViewBudget
    DescribeBudgets ViewBudget
    DescribeNotificationsForBudget ViewBudget
    DescribeSubscribersForNotification ViewBudget
    UpdateBudget ModifyBudget
    UpdateNotification ModifyBudget
    UpdateSubscriber ModifyBudget`,
  // Amazon Keyspaces Developer Guide, "How Amazon Keyspaces works with IAM".
  cassandra: `
    CreateKeyspace Create
    CreateTable Create
    DeleteKeyspace Drop
    DeleteTable Drop
    GetKeyspace Select
    GetTable Select
    ListKeyspaces Select
    ListTables Select
    RestoreTable Restore
    UpdateTable Alter`,
  cloudtrail: `
    ListInsightsMetricData ListInsightsData`,
  // Amazon CloudSearch Developer Guide, "Configuring access for Amazon CloudSearch".
  cloudsearch: `
    UploadDocuments document`,
  dms: `
    DescribeDataProviders ListDataProviders
    DescribeExtensionPackAssociations ListExtensionPacks
    DescribeInstanceProfiles ListInstanceProfiles
    DescribeMetadataModelAssessments ListMetadataModelAssessments
    DescribeMetadataModelConversions ListMetadataModelConversions
    DescribeMetadataModelExportsAsScript ListMetadataModelExports
    DescribeMetadataModelExportsToTarget ListMetadataModelExports
    DescribeMigrationProjects ListMigrationProjects
    ModifyConversionConfiguration UpdateConversionConfiguration
    ModifyDataProvider UpdateDataProvider
    ModifyInstanceProfile UpdateInstanceProfile
    ModifyMigrationProject UpdateMigrationProject
    StartExtensionPackAssociation AssociateExtensionPack
    StartMetadataModelExportAsScript StartMetadataModelExportAsScripts`,
  // Amazon DynamoDB Developer Guide, "Using IAM with DynamoDB transactions" and "IAM policies with PartiQL".
  dynamodb: `
    BatchExecuteStatement PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete
    ExecuteStatement PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete
    ExecuteTransaction PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete
    TransactGetItems GetItem
    TransactWriteItems PutItem UpdateItem DeleteItem ConditionCheckItem`,
  ecr: `
    ListImageReferrers BatchGetImage`,
  // API Gateway Developer Guide, "Use @connections commands in your backend service".
  'execute-api': `
    DeleteConnection ManageConnections
    GetConnection ManageConnections
    PostToConnection ManageConnections`,
  glue: `
    GetUnfilteredPartitionMetadata GetPartition
    GetUnfilteredPartitionsMetadata GetPartitions
    GetUnfilteredTableMetadata GetTable`,
  kms: `
    ReEncrypt ReEncryptFrom ReEncryptTo`,
  lambda: `
    GetLayerVersionByArn GetLayerVersion
    Invoke InvokeFunction
    InvokeWithResponseStream InvokeFunction`,
  'neptune-db': `
    CancelGremlinQuery CancelQuery
    CancelOpenCypherQuery CancelQuery
    DeletePropertygraphStatistics DeleteStatistics
    DeleteSparqlStatistics DeleteStatistics
    ExecuteFastReset ResetDatabase
    ExecuteGremlinProfileQuery ReadDataViaQuery
    ExecuteGremlinQuery ReadDataViaQuery WriteDataViaQuery DeleteDataViaQuery
    ExecuteOpenCypherExplainQuery ReadDataViaQuery
    ExecuteOpenCypherQuery ReadDataViaQuery WriteDataViaQuery DeleteDataViaQuery
    GetGremlinQueryStatus GetQueryStatus
    GetMLDataProcessingJob GetMLDataProcessingJobStatus
    GetMLEndpoint GetMLEndpointStatus
    GetMLModelTrainingJob GetMLModelTrainingJobStatus
    GetMLModelTransformJob GetMLModelTransformJobStatus
    GetOpenCypherQueryStatus GetQueryStatus
    GetPropertygraphStatistics GetStatisticsStatus
    GetPropertygraphStream GetStreamRecords
    GetPropertygraphSummary GetGraphSummary
    GetRDFGraphSummary GetGraphSummary
    GetSparqlStream GetStreamRecords
    ListGremlinQueries GetQueryStatus
    ListOpenCypherQueries GetQueryStatus
    ManagePropertygraphStatistics ManageStatistics
    ManageSparqlStatistics ManageStatistics`,
  'neptune-graph': `
    ExecuteQuery ReadDataViaQuery WriteDataViaQuery DeleteDataViaQuery
    GetQuery GetQueryStatus`,
  // Amazon S3 User Guide, "Required permissions for Amazon S3 API operations". Of the operations of directory buckets and
  // of S3 on Outposts that have the same names nothing is said here: their actions have prefixes of their own.
  s3: `
    CompleteMultipartUpload PutObject
    CopyObject GetObject PutObject
    CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration
    CreateMultipartUpload PutObject
    CreateSession s3express:CreateSession
    DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
    DeleteBucketCors PutBucketCORS
    DeleteBucketEncryption PutEncryptionConfiguration
    DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
    DeleteBucketInventoryConfiguration PutInventoryConfiguration
    DeleteBucketLifecycle PutLifecycleConfiguration
    DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration
    DeleteBucketMetricsConfiguration PutMetricsConfiguration
    DeleteBucketOwnershipControls PutBucketOwnershipControls
    DeleteBucketReplication PutReplicationConfiguration
    DeleteBucketTagging PutBucketTagging
    DeleteObjects DeleteObject
    DeletePublicAccessBlock PutBucketPublicAccessBlock
    GetBucketAccelerateConfiguration GetAccelerateConfiguration
    GetBucketAnalyticsConfiguration GetAnalyticsConfiguration
    GetBucketEncryption GetEncryptionConfiguration
    GetBucketIntelligentTieringConfiguration GetIntelligentTieringConfiguration
    GetBucketInventoryConfiguration GetInventoryConfiguration
    GetBucketLifecycle GetLifecycleConfiguration
    GetBucketLifecycleConfiguration GetLifecycleConfiguration
    GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration
    GetBucketMetricsConfiguration GetMetricsConfiguration
    GetBucketNotificationConfiguration GetBucketNotification
    GetBucketReplication GetReplicationConfiguration
    GetObjectLockConfiguration GetBucketObjectLockConfiguration
    GetPublicAccessBlock GetBucketPublicAccessBlock
    HeadBucket ListBucket
    HeadObject GetObject
    ListBucketAnalyticsConfigurations GetAnalyticsConfiguration
    ListBucketIntelligentTieringConfigurations GetIntelligentTieringConfiguration
    ListBucketInventoryConfigurations GetInventoryConfiguration
    ListBucketMetricsConfigurations GetMetricsConfiguration
    ListBuckets ListAllMyBuckets
    ListDirectoryBuckets s3express:ListAllMyDirectoryBuckets
    ListMultipartUploads ListBucketMultipartUploads
    ListObjects ListBucket
    ListObjectsV2 ListBucket
    ListObjectVersions ListBucketVersions
    ListParts ListMultipartUploadParts
    PutBucketAccelerateConfiguration PutAccelerateConfiguration
    PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
    PutBucketEncryption PutEncryptionConfiguration
    PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
    PutBucketInventoryConfiguration PutInventoryConfiguration
    PutBucketLifecycle PutLifecycleConfiguration
    PutBucketLifecycleConfiguration PutLifecycleConfiguration
    PutBucketMetricsConfiguration PutMetricsConfiguration
    PutBucketNotificationConfiguration PutBucketNotification
    PutBucketReplication PutReplicationConfiguration
    PutObjectLockConfiguration PutBucketObjectLockConfiguration
    PutPublicAccessBlock PutBucketPublicAccessBlock
    SelectObjectContent GetObject
    UploadPart PutObject
    UploadPartCopy GetObject PutObject
    WriteGetObjectResponse s3-object-lambda:WriteGetObjectResponse`,
  securityhub: `
    BatchUpdateFindingsV2 BatchUpdateFindings
    GetFindingStatisticsV2 GetAdhocInsightResults
    GetFindingsV2 GetFindings`,
  sns: `
    PublishBatch Publish`,
  // Amazon SQS Developer Guide, "Amazon SQS API permissions: Actions and resource reference".
  sqs: `
    ChangeMessageVisibilityBatch ChangeMessageVisibility
    DeleteMessageBatch DeleteMessage
    SendMessageBatch SendMessage`,
  tax: `
    BatchGetTaxExemptions GetExemptions
    GetTaxExemptionTypes GetExemptions
    ListTaxExemptions GetExemptions
    PutTaxExemption UpdateExemptions`,
  // Amazon Timestream Developer Guide, "How Amazon Timestream for LiveAnalytics works with IAM".
  timestream: `
    Query Select`,
  verifiedpermissions: `
    BatchGetPolicy GetPolicy
    BatchIsAuthorized IsAuthorized
    BatchIsAuthorizedWithToken IsAuthorizedWithToken`,
  'vpc-lattice': `
    BatchUpdateRule UpdateRule`,
};

/** The actions by the id of the operation in lower case; ids both. */
export const API_OPERATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(ROWS).flatMap(([service, text]) =>
    text
      .trim()
      .split('\n')
      .map((row) => {
        const [operation = '', ...actions] = row.trim().split(' ');
        return [
          `${service}:${operation}`.toLowerCase(),
          actions.map((action) => (action.includes(':') ? action : `${service}:${action}`)),
        ] as const;
      }),
  ),
);

/**
 * The verbs with which the operations of API Gateway's own API begin, by the HTTP method that is the action. Operations
 * that import or tag have several methods. Source: API Gateway Developer Guide, "Control access for managing an API": the
 * action is `apigateway:HTTP_VERB`; methods by operation: Amazon API Gateway API Reference.
 */
export const API_GATEWAY_METHODS: ReadonlyMap<string, string> = new Map([
  ['Create', 'POST'],
  ['Delete', 'DELETE'],
  ['Export', 'GET'],
  ['Flush', 'DELETE'],
  ['Generate', 'POST'],
  ['Get', 'GET'],
  ['Put', 'PUT'],
  ['Reimport', 'PUT'],
  ['Reset', 'DELETE'],
  ['Test', 'POST'],
  ['Update', 'PATCH'],
]);
