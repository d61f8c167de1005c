/**
 * What people call services beside their prefix and their name in the service reference: the abbreviations of the AWS
 * documentation, the names of their commands in the AWS CLI ("AWS CLI Command Reference"), and former names. In lower
 * case, with a hyphen between words. Only the search of completion uses them.
 */
export const SERVICE_NICKNAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'access-analyzer': ['accessanalyzer'],
    'application-autoscaling': ['appautoscaling'],
    autoscaling: ['asg', 'ec2-autoscaling'],
    'aws-portal': ['billing'],
    cloudformation: ['cfn'],
    cloudfront: ['cdn'],
    cloudwatch: ['cw', 'monitoring', 'metrics'],
    'cognito-idp': ['cognito', 'userpool'],
    'cognito-identity': ['identitypool'],
    dynamodb: ['ddb', 'dynamo'],
    elasticache: ['redis'],
    elasticfilesystem: ['efs'],
    elasticloadbalancing: ['elb', 'elbv2', 'alb', 'nlb'],
    elasticmapreduce: ['emr'],
    es: ['opensearch', 'elasticsearch'],
    events: ['eventbridge'],
    'execute-api': ['api', 'apigateway', 'apigw'],
    firehose: ['kinesis-firehose'],
    kms: ['key-management'],
    logs: ['cloudwatch-logs'],
    ecr: ['container-registry'],
    ecs: ['container-service'],
    'rds-db': ['rds'],
    secretsmanager: ['secrets', 'secret'],
    serverlessrepo: ['sar'],
    ses: ['email', 'sesv2'],
    sns: ['topic', 'notification'],
    sqs: ['queue'],
    ssm: ['parameter-store', 'systems-manager', 'session-manager'],
    sso: ['identity-center'],
    states: ['stepfunctions', 'sfn'],
    wafv2: ['waf2', 'waf'],
  }),
);
