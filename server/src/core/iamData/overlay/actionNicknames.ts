/**
 * What people write for an action, from the console, from the command line or by what it does, where neither the letters nor
 * an operation of the API lead to it. Rows are the name and the action that is meant, in the documented spelling; without a
 * service it is of the same one. Several may be meant by one name. Only names that are no actions of the
 * service reference have a row.
 *
 * Source: the Service Authorization Reference, for what the action is called and does; for `ecr`, the AWS CLI Command
 * Reference, "get-login-password".
 */
const ROWS: Readonly<Record<string, string>> = {
  apigateway:
    'InvokeApi execute-api:Invoke, InvokeRestApi execute-api:Invoke, InvalidateCache execute-api:InvalidateCache',
  athena: 'StartQuery StartQueryExecution, StopQuery StopQueryExecution, GetQuery GetQueryExecution',
  cloudfront: 'InvalidateCache CreateInvalidation, Invalidate CreateInvalidation',
  cloudwatch:
    'PutMetric PutMetricData, PutMetrics PutMetricData, GetMetric GetMetricData, GetMetrics GetMetricData',
  dynamodb:
    'Get GetItem, Put PutItem, Update UpdateItem, Delete DeleteItem, ReadItem GetItem, WriteItem PutItem, BatchGet BatchGetItem, BatchWrite BatchWriteItem, QueryItems Query, ScanTable Scan, QueryTable Query',
  ec2: 'ListInstances DescribeInstances, GetInstances DescribeInstances, ListVolumes DescribeVolumes, ListVpcs DescribeVpcs, ListSubnets DescribeSubnets, ListSecurityGroups DescribeSecurityGroups, ListImages DescribeImages, ListSnapshots DescribeSnapshots, LaunchInstances RunInstances, LaunchInstance RunInstances, CreateInstance RunInstances, CreateInstances RunInstances',
  ecr: 'GetLoginPassword GetAuthorizationToken, GetLogin GetAuthorizationToken, Login GetAuthorizationToken',
  ecs: 'StartTasks StartTask, RunTasks RunTask, ExecCommand ExecuteCommand',
  elasticfilesystem:
    'Mount ClientMount, MountFileSystem ClientMount, Write ClientWrite, ClientRead ClientMount',
  'execute-api':
    'InvokeApi Invoke, InvokeRestApi Invoke, InvalidateApiCache InvalidateCache, InvalidateStageCache InvalidateCache',
  glue: 'RunJob StartJobRun, StartJob StartJobRun, RunCrawler StartCrawler',
  iam: 'AttachPolicy AttachGroupPolicy|AttachRolePolicy|AttachUserPolicy, DetachPolicy DetachGroupPolicy|DetachRolePolicy|DetachUserPolicy, PutPolicy PutGroupPolicy|PutRolePolicy|PutUserPolicy',
  kms: 'EncryptData Encrypt, DecryptData Decrypt',
  lambda: 'InvokeLambda InvokeFunction, ExecuteFunction InvokeFunction, RunFunction InvokeFunction',
  rds: 'Connect rds-db:connect, DescribeInstances DescribeDBInstances, DescribeClusters DescribeDBClusters, DescribeSnapshots DescribeDBSnapshots, ListDBInstances DescribeDBInstances, StartInstance StartDBInstance, StopInstance StopDBInstance, StartCluster StartDBCluster, StopCluster StopDBCluster',
  route53:
    'ChangeRecordSets ChangeResourceRecordSets, ChangeRecords ChangeResourceRecordSets, UpdateRecordSet ChangeResourceRecordSets, ListRecordSets ListResourceRecordSets, ListRecords ListResourceRecordSets',
  s3: 'ReadObject GetObject, DownloadObject GetObject, WriteObject PutObject, UploadObject PutObject, RemoveObject DeleteObject, ListBucketContents ListBucket, ListBucketObjects ListBucket, ListObject ListBucket',
  secretsmanager:
    'GetSecret GetSecretValue, ReadSecret GetSecretValue, GetSecretString GetSecretValue, PutSecret PutSecretValue, GetSecrets GetSecretValue',
  ses: 'SendMail SendEmail, SendRawMail SendRawEmail, SendTemplatedMail SendTemplatedEmail',
  sns: 'PublishMessage Publish, SendNotification Publish',
  sqs: 'PollMessage ReceiveMessage, PollMessages ReceiveMessage, ReadMessage ReceiveMessage, GetMessage ReceiveMessage, GetMessages ReceiveMessage, PublishMessage SendMessage, PutMessage SendMessage',
  ssm: 'ReadParameter GetParameter',
  states:
    'ExecuteStateMachine StartExecution, StartStateMachine StartExecution, InvokeStateMachine StartExecution, RunStateMachine StartExecution',
  sts: 'AssumeRoleWithOIDC AssumeRoleWithWebIdentity, AssumeRoleWithOidc AssumeRoleWithWebIdentity, WhoAmI GetCallerIdentity',
};

/** The ids of the actions that may be meant, by `service:name` in lower case. */
export const ACTION_NICKNAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(ROWS).flatMap(([service, rows]) =>
    rows.split(', ').map((row): [string, readonly string[]] => {
      const [name = '', meant = ''] = row.split(' ');
      const ids = meant.split('|').map((each) => (each.includes(':') ? each : `${service}:${each}`));
      return [`${service}:${name}`.toLowerCase(), ids];
    }),
  ),
);
