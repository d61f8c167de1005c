/**
 * The actions that people write most, the most frequent first: counted over two thousand public policies and templates
 * that hold some, from the repositories of AWS and of others (2026). Of each service there are a few. Those of API
 * Gateway stand further up than their count, since its policies are what this product is for. No fact about AWS: only
 * the order of proposals depends on it.
 */
export const COMMON_ACTIONS: readonly string[] = `
  s3:GetObject s3:PutObject logs:CreateLogStream logs:PutLogEvents lambda:InvokeFunction
  execute-api:Invoke execute-api:InvalidateCache s3:ListBucket logs:CreateLogGroup kms:Decrypt
  iam:PassRole sts:AssumeRole logs:DescribeLogStreams sqs:SendMessage dynamodb:GetItem s3:GetBucketLocation
  ec2:CreateTags dynamodb:PutItem kms:GenerateDataKey logs:DescribeLogGroups ec2:DescribeInstances
  kms:DescribeKey ec2:DescribeSubnets ec2:DescribeSecurityGroups s3:DeleteObject sns:Publish kms:Encrypt
  dynamodb:Query sqs:ReceiveMessage ec2:DescribeNetworkInterfaces dynamodb:Scan s3:GetObjectVersion
  ec2:DescribeVpcs sqs:DeleteMessage dynamodb:UpdateItem sqs:GetQueueAttributes dynamodb:DeleteItem
  s3:PutObjectAcl secretsmanager:GetSecretValue ec2:CreateNetworkInterface ec2:RunInstances
  s3:ListAllMyBuckets iam:GetRole s3:GetBucketAcl xray:PutTraceSegments ec2:DeleteNetworkInterface
  xray:PutTelemetryRecords logs:GetLogEvents s3:PutBucketPolicy ec2:DescribeAvailabilityZones
  ec2:AuthorizeSecurityGroupIngress ssm:GetParameter logs:FilterLogEvents s3:PutObjectTagging
  ec2:TerminateInstances iam:CreateServiceLinkedRole ecr:BatchCheckLayerAvailability
  sts:AssumeRoleWithWebIdentity ec2:DescribeTags sqs:GetQueueUrl execute-api:ManageConnections
  iam:ListRoles events:PutEvents cloudwatch:PutMetricData ecr:BatchGetImage ecr:GetDownloadUrlForLayer
  ec2:DescribeInstanceTypes ec2:DescribeImages dynamodb:BatchWriteItem dynamodb:BatchGetItem
  ec2:RevokeSecurityGroupIngress kms:CreateGrant ecr:GetAuthorizationToken ec2:CreateSecurityGroup
  s3:CreateBucket dynamodb:DescribeTable ec2:DeleteTags ssm:GetParameters ec2:DescribeRegions
  ec2:DescribeRouteTables ec2:DeleteSecurityGroup s3:AbortMultipartUpload ec2:DescribeVolumes
  iam:AttachRolePolicy elasticloadbalancing:DescribeTargetGroups states:StartExecution
  s3:PutObjectRetention s3:GetBucketVersioning elasticloadbalancing:DescribeLoadBalancers
  s3:GetObjectTagging s3:ListBucketVersions sqs:SetQueueAttributes s3:PutObjectLegalHold
  elasticloadbalancing:RegisterTargets events:PutRule iam:CreateRole iot:Connect
  ec2:ModifyInstanceAttribute elasticloadbalancing:DeregisterTargets events:PutTargets
  elasticloadbalancing:DescribeTargetHealth ec2:CreateVolume ec2:DescribeInternetGateways
  ec2:DescribeInstanceStatus s3:GetBucketPolicy elasticloadbalancing:DescribeListeners ec2:StopInstances
  cloudformation:DescribeStacks sqs:AddPermission sqs:RemovePermission s3:GetEncryptionConfiguration
  events:DescribeRule secretsmanager:DescribeSecret dynamodb:GetRecords iot:Publish
  ec2:AuthorizeSecurityGroupEgress s3:ListBucketMultipartUploads iam:DeleteRole ec2:DescribeAddresses
  elasticloadbalancing:DeleteTargetGroup ec2:DescribeDhcpOptions s3:DeleteObjectVersion
  elasticloadbalancing:DescribeLoadBalancerAttributes ec2:DescribeAccountAttributes
  elasticloadbalancing:AddTags iam:DetachRolePolicy sqs:ChangeMessageVisibility
  elasticloadbalancing:DeleteLoadBalancer ec2:RevokeSecurityGroupEgress
  elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateTargetGroup
  elasticloadbalancing:CreateListener elasticloadbalancing:ModifyTargetGroup iam:GetInstanceProfile
  ec2:DescribeVpcEndpoints ec2:ModifyNetworkInterfaceAttribute ecr:InitiateLayerUpload ecr:UploadLayerPart
  ecr:PutImage ecr:CompleteLayerUpload iam:ListUsers ec2:AttachVolume logs:CreateLogDelivery
  logs:DeleteLogDelivery elasticloadbalancing:ModifyTargetGroupAttributes s3:GetLifecycleConfiguration
  s3:GetObjectAcl s3:DeleteBucket elasticloadbalancing:ModifyLoadBalancerAttributes
  elasticloadbalancing:DescribeTargetGroupAttributes ssm:PutParameter dynamodb:GetShardIterator
  iam:ListAttachedRolePolicies ec2:StartInstances cloudwatch:GetMetricData
  ec2:DescribeInstanceTypeOfferings cloudformation:CreateStack logs:GetLogDelivery logs:ListLogDeliveries
  logs:DescribeResourcePolicies s3:GetObjectLegalHold s3:GetObjectRetention
  elasticloadbalancing:DescribeTags s3:GetReplicationConfiguration ec2:DeleteVolume
  s3:PutEncryptionConfiguration iam:ListRolePolicies tag:GetResources dynamodb:DescribeStream
  iam:PutRolePolicy logs:UpdateLogDelivery codebuild:StartBuild s3:PutObjectVersionTagging
  dynamodb:ConditionCheckItem ec2:DetachVolume iam:DeleteInstanceProfile iam:RemoveRoleFromInstanceProfile
  iam:AddRoleToInstanceProfile route53:ListHostedZones iam:CreateInstanceProfile sns:Subscribe
  ec2:CreateLaunchTemplate cloudformation:UpdateStack cloudformation:DeleteStack logs:PutResourcePolicy
  dynamodb:ListStreams elasticloadbalancing:DescribeRules ec2:DescribeSnapshots codebuild:BatchGetBuilds
  kms:ScheduleKeyDeletion ec2:DescribeVpcAttribute iam:TagRole iam:ListInstanceProfiles
  s3:GetBucketTagging ec2:AttachNetworkInterface ec2:DescribeLaunchTemplates ec2:DeleteLaunchTemplate
  ecr:DescribeRepositories iam:CreatePolicyVersion cloudformation:DescribeStackEvents
  cloudwatch:DescribeAlarms elasticloadbalancing:ModifyListener s3-object-lambda:GetObject iot:Subscribe
  ec2:DeleteSnapshot iam:GetUser elasticloadbalancing:RegisterInstancesWithLoadBalancer kms:ListGrants
  cloudwatch:GetMetricStatistics logs:PutRetentionPolicy cognito-idp:DescribeUserPoolClient
  lambda:GetFunction iam:DeleteRolePolicy dynamodb:ListTables elasticloadbalancing:DeleteListener
  kms:ListAliases ec2:CreateSnapshot ec2:AssignPrivateIpAddresses s3:ReplicateDelete glue:GetTables
  ec2:DescribeInstanceAttribute ec2:CreateRoute route53:ChangeResourceRecordSets iam:GetRolePolicy
  ec2:CreateVpcEndpoint route53:ListResourceRecordSets glue:GetTable cloudwatch:PutMetricAlarm
  ssm:StartSession elasticfilesystem:ClientMount s3:GetObjectVersionTagging s3:ReplicateObject
  iam:GetPolicy codecommit:GetBranch bedrock:InvokeModel ec2:GetConsoleOutput
  route53:ListHostedZonesByName route53:GetHostedZone s3:PutBucketTagging events:DeleteRule
  cloudformation:GetTemplate eks:DescribeCluster kinesis:PutRecord kms:TagResource glue:GetDatabase
  kms:GenerateDataKeyWithoutPlaintext elasticfilesystem:ClientWrite iam:CreatePolicy
  ec2:UnassignPrivateIpAddresses s3:GetObjectVersionAcl iam:DeletePolicyVersion iam:ListPolicies
  codecommit:GetCommit secretsmanager:GetResourcePolicy sts:TagSession iot:Receive ssm:GetDocument
  ssm:UpdateInstanceInformation ec2:DeleteVpcEndpoints sts:GetCallerIdentity s3:ListMultipartUploadParts
  kms:RevokeGrant elasticfilesystem:DescribeMountTargets ecs:UpdateService events:RemoveTargets
  states:DescribeExecution ssm:DescribeParameters elasticloadbalancing:DescribeSSLPolicies
  elasticloadbalancing:DescribeListenerCertificates kms:UntagResource ses:SendEmail kms:CancelKeyDeletion
  ssm:TerminateSession iam:GetPolicyVersion codecommit:UploadArchive s3-object-lambda:PutObject
  ec2:DescribeKeyPairs ec2:DescribeSecurityGroupRules
  elasticloadbalancing:DeregisterInstancesFromLoadBalancer elasticloadbalancing:ConfigureHealthCheck
  iam:TagInstanceProfile s3:GetAccountPublicAccessBlock s3:PutBucketPublicAccessBlock ecr:DescribeImages
  ecr:GetRepositoryPolicy iam:SetDefaultPolicyVersion s3:DeleteBucketPolicy
  cloudformation:ExecuteChangeSet cloudformation:CreateChangeSet elasticfilesystem:DescribeFileSystems
  ecs:DescribeServices sns:ListTopics sns:ListSubscriptionsByTopic sns:GetTopicAttributes
  elasticloadbalancing:ModifyRule firehose:PutRecord glue:CreateTable s3:GetObjectVersionForReplication
  iam:PutRolePermissionsBoundary iam:DeleteRolePermissionsBoundary codecommit:GetUploadArchiveStatus
  autoscaling:DescribeAutoScalingGroups cloudwatch:ListMetrics events:DisableRule lambda:ListFunctions
  ecs:DescribeTasks ecs:RunTask acm:DescribeCertificate cloudtrail:LookupEvents firehose:PutRecordBatch
  codecommit:CancelUploadArchive kinesis:DescribeStream lambda:GetFunctionConfiguration
  acm:ListCertificates waf-regional:GetWebACL wafv2:GetWebACL sns:SetTopicAttributes
  secretsmanager:ListSecretVersionIds apigateway:GET pricing:GetProducts sts:GetSessionToken
  lambda:CreateFunction lambda:AddPermission ecs:ListTasks waf-regional:AssociateWebACL
  shield:CreateProtection shield:DeleteProtection waf-regional:DisassociateWebACL
  waf-regional:GetWebACLForResource shield:GetSubscriptionState shield:DescribeProtection
  secretsmanager:PutSecretValue glue:GetDatabases secretsmanager:ListSecrets
  rekognition:SearchFacesByImage kinesis:ListStreams kinesis:ListShards cloudtrail:DescribeTrails
  ecs:DescribeTaskDefinition secretsmanager:TagResource events:EnableRule drs:DescribeSourceServers
  drs:DescribeJobs cloudwatch:DeleteAlarms dax:Scan wafv2:DisassociateWebACL wafv2:GetWebACLForResource
  wafv2:AssociateWebACL es:ESHttpPut glue:GetPartitions glue:GetPartition ecs:StopTask es:ESHttpPost
  sts:DecodeAuthorizationMessage codebuild:StopBuild states:StopExecution sns:CreateTopic
  secretsmanager:DeleteSecret kinesis:GetRecords kinesis:GetShardIterator rekognition:DetectFaces
  rekognition:IndexFaces sagemaker:CreatePresignedDomainUrl apigateway:POST codebuild:ListProjects
  ssmmessages:OpenControlChannel ssmmessages:CreateControlChannel ssmmessages:OpenDataChannel
  ssmmessages:CreateDataChannel route53:CreateHostedZone route53:DeleteHostedZone
  route53:ChangeTagsForResource states:ListExecutions ecs:RegisterTaskDefinition lambda:DeleteFunction
  cognito-idp:DescribeUserPool drs:GetLaunchConfiguration drs:DescribeRecoveryInstances
  rds:DescribeDBInstances dax:Query dax:BatchGetItem dax:GetItem sagemaker:InvokeEndpoint glue:DeleteTable
  states:SendTaskFailure states:SendTaskSuccess serverlessrepo:GetApplication
  codestar-connections:UseConnection kinesis:PutRecords es:ESHttpGet organizations:ListAccounts
  apigateway:PATCH sagemaker:CreateTrainingJob sts:SetSourceIdentity
  ec2-instance-connect:SendSerialConsoleSSHPublicKey elasticfilesystem:CreateFileSystem
  states:DescribeStateMachine cognito-idp:CreateUserPoolClient sagemaker:ListTags lambda:RemovePermission
  drs:DescribeRecoverySnapshots drs:GetReplicationConfiguration elasticfilesystem:DescribeAccessPoints
  sagemaker:DescribeUserProfile serverlessrepo:CreateCloudFormationTemplate
  serverlessrepo:ListApplicationVersions serverlessrepo:SearchApplications sns:DeleteTopic
  drs:StartRecovery codebuild:ListBuildsForProject bedrock:InvokeModelWithResponseStream
  kinesis:DescribeStreamSummary organizations:DescribeAccount apigateway:PUT sagemaker:CreateEndpoint
  servicequotas:ListAWSDefaultServiceQuotas servicequotas:GetServiceQuota tag:UntagResources
  states:DeleteStateMachine codecommit:GitPull codepipeline:StartPipelineExecution drs:DescribeJobLogItems
  elasticfilesystem:CreateAccessPoint elasticfilesystem:DeleteAccessPoint cloudwatch:DescribeAlarmHistory
  dax:DeleteItem dax:BatchWriteItem dax:PutItem dax:UpdateItem autoscaling:DescribeAutoScalingInstances
  autoscaling:SetDesiredCapacity organizations:DescribeOrganization
  application-autoscaling:RegisterScalableTarget application-autoscaling:PutScalingPolicy
  cognito-idp:ListUserPoolClients mobileanalytics:PutEvents access-analyzer:ValidatePolicy
  codebuild:BatchGetProjects serverlessrepo:GetCloudFormationTemplate ses:SendRawEmail
  cloudtrail:DeleteTrail cloudtrail:StopLogging es:ESHttpHead serverlessrepo:ListApplicationDependencies
  athena:StartQueryExecution dms:StopReplicationTask dms:DeleteEndpoint dms:ModifyEndpoint
  dms:ModifyReplicationTask dms:TestConnection dms:StartReplicationTask tiros:GetQueryExplanation
  tiros:GetQueryAnswer tiros:CreateQuery apigateway:DELETE cloudtrail:GetTrailStatus rds:DeleteDBSnapshot
  rds:CreateDBSnapshot codecommit:GetRepository firehose:UpdateDestination sagemaker:CreateEndpointConfig
  firehose:DeleteDeliveryStream cognito-idp:UpdateUserPool cognito-idp:CreateGroup
  firehose:DescribeDeliveryStream cognito-idp:CreateUserPoolDomain cognito-idp:CreateUserPool
  sagemaker:AddTags xray:GetTraceSummaries application-autoscaling:DescribeScalableTargets
  rekognition:CompareFaces account:DisableRegion account:EnableRegion
  codedeploy:RegisterApplicationRevision codedeploy:GetDeploymentConfig
  application-autoscaling:DeleteScalingPolicy codedeploy:CreateDeployment
  codedeploy:GetApplicationRevision codedeploy:GetApplication codedeploy:GetDeployment
  codebuild:DescribeTestCases guardduty:UpdateDetector guardduty:StopMonitoringMembers
  acm:ListTagsForCertificate acm:AddTagsToCertificate rds:CreateDBInstance ec2messages:GetMessages
  ec2messages:AcknowledgeMessage ec2messages:GetEndpoint ec2messages:SendReply
  organizations:LeaveOrganization config:PutConfigRule config:DeleteConfigRule config:PutDeliveryChannel
  cloudtrail:UpdateTrail xray:GetSamplingTargets xray:GetSamplingRules codebuild:ListBuilds
  bedrock:ListModelCustomizationJobs es:ESHttpPatch servicecatalog:DescribeProvisioningArtifact
  mediastore:ListContainers acm:GetCertificate athena:GetQueryExecution dms:DeleteReplicationTask
  dms:CreateReplicationTask serverlessrepo:CreateCloudFormationChangeSet sts:GetFederationToken
  rds:ModifyDBInstance rds:RebootDBInstance rds:RestoreDBInstanceFromDBSnapshot fsx:DescribeFileSystems
  codecommit:CreateCommit eks:ListClusters route53resolver:ListFirewallRuleGroups rds:DescribeDBClusters
  route53resolver:ListResolverQueryLogConfigs elasticmapreduce:TerminateJobFlows
  autoscaling:DescribeScalingActivities wellarchitected:ExportLens
  application-autoscaling:DescribeScalingPolicies application-autoscaling:DeregisterScalableTarget
  application-autoscaling:DescribeScalingActivities waf:GetWebACL iot:GetTopicRule
  elasticmapreduce:ListInstanceGroups elasticmapreduce:ModifyInstanceGroups
  aws-marketplace:ViewSubscriptions iot:UpdateThingShadow translate:TranslateText
  comprehend:DetectDominantLanguage codestar-notifications:ListTargets
  codestar-connections:ListConnections codestar-connections:GetConnection guardduty:InviteMembers
  guardduty:DeclineInvitations guardduty:UpdatePublishingDestination guardduty:CreateMembers
  guardduty:AcceptInvitation guardduty:UpdateFindingsFeedback elasticmapreduce:CancelSteps
  elasticmapreduce:AddJobFlowSteps backup:StartBackupJob backup:ListBackupVaults acm:DeleteCertificate
  xray:BatchGetTraces ec2messages:DeleteMessage ec2messages:FailMessage securityhub:DisableSecurityHub
  securityhub:DeleteMembers securityhub:BatchDisableStandards config:DeleteAggregationAuthorization
  config:PutConfigurationRecorder config:DeleteEvaluationResults config:DeleteConfigurationAggregator
  config:DeleteDeliveryChannel ram:CreateResourceShare ds:UnshareDirectory cloudtrail:PutEventSelectors
  bedrock:ListFoundationModels bedrock:RetrieveAndGenerate bedrock:Retrieve polly:SynthesizeSpeech
  cognito-identity:GetIdentityPoolRoles iot:DescribeEndpoint backup:GetBackupVaultAccessPolicy
  bedrock:CreateModelCustomizationJob bedrock:GetModelCustomizationJob es:ESHttpDelete aoss:APIAccessAll
  organizations:ListRoots organizations:DescribePolicy iot:GetPolicyVersion
  ecr-public:DescribeRepositories rum:ListAppMonitors ecr-public:GetRepositoryPolicy
  network-firewall:ListFirewalls refactor-spaces:ListEnvironments lex:DescribeResourcePolicy
  codeartifact:ListDomains codeartifact:GetDomainPermissionsPolicy organizations:ListPolicies
  refactor-spaces:GetResourcePolicy ssm-incidents:ListResponsePlans ssm-contacts:ListContacts
  mediastore:GetContainerPolicy sso:ListInstances schemas:ListRegistries schemas:GetResourcePolicy
  networkmanager:GetResourcePolicy lex:ListBotAliases codeartifact:ListRepositories
  network-firewall:DescribeResourcePolicy network-firewall:ListRuleGroups lex:ListBots
  network-firewall:ListFirewallPolicies access-analyzer:CheckNoPublicAccess
  ssm-incidents:GetResourcePolicies codeartifact:GetRepositoryPermissionsPolicy athena:GetNamedQuery
  health:DescribeAffectedEntitiesForOrganization health:DescribeAffectedEntities
  health:DescribeAffectedAccountsForOrganization health:DescribeEventDetails health:DescribeEventTypes
  health:DescribeEventDetailsForOrganization health:DescribeEvents health:DescribeEventsForOrganization
  devicefarm:ListDevicePools servicecatalog:CreateProvisioningArtifact opsworks:UpdateApp
  opsworks:DescribeDeployments servicecatalog:ListProvisioningArtifacts opsworks:DescribeInstances
  opsworks:DescribeStacks servicecatalog:UpdateProduct devicefarm:GetUpload devicefarm:ScheduleRun
  servicecatalog:DeleteProvisioningArtifact opsworks:UpdateStack devicefarm:ListProjects
  opsworks:DescribeApps opsworks:CreateDeployment devicefarm:CreateUpload opsworks:DescribeCommands
  devicefarm:GetRun scheduler:UpdateSchedule scheduler:GetSchedule arc-zonal-shift:GetManagedResource
`
  .trim()
  .split(/\s+/);
