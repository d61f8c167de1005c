/**
 * Services of one product or one piece of work, whose actions are mistaken for each other's: a log group is made by
 * `logs:CreateLogGroup`, though the console has it under CloudWatch. Each pair goes both ways. Source: the pages of the
 * Service Authorization Reference, which keep apart what the consoles show together.
 */
const FAMILIES: readonly string[] = [
  'apigateway execute-api',
  'cloudwatch logs events synthetics rum oam application-signals applicationinsights xray',
  'cognito-idp cognito-identity cognito-sync',
  'iam sts organizations access-analyzer rolesanywhere account',
  'sso sso-directory sso-oauth identitystore',
  'ec2 elasticloadbalancing autoscaling ebs ec2-instance-connect ec2messages ssm imagebuilder',
  'autoscaling application-autoscaling autoscaling-plans',
  'ecs ecr application-autoscaling elasticloadbalancing',
  'ecr ecr-public',
  'eks eks-auth',
  'dynamodb application-autoscaling',
  'es opensearch aoss osis',
  'events scheduler pipes schemas',
  'iot iotjobsdata iotwireless iotevents iotanalytics greengrass',
  'kafka kafka-cluster kafkaconnect',
  'kinesis firehose kinesisanalytics kinesisvideo',
  'lambda logs',
  'mobiletargeting sms-voice ses sns',
  'rds rds-db rds-data pi neptune-db docdb-elastic',
  'redshift redshift-data redshift-serverless',
  'route53 route53domains route53resolver servicediscovery',
  's3 s3express s3-object-lambda s3tables',
  'secretsmanager ssm kms',
  'sns sqs',
  'ssm ssmmessages ec2messages ssm-contacts ssm-incidents',
  'states events',
  'wafv2 waf waf-regional fms shield',
  'acm acm-pca iam',
  'ce cur budgets pricing',
  'tag resource-groups',
];

const related = new Map<string, Set<string>>();
for (const family of FAMILIES) {
  const members = family.split(' ');
  for (const member of members) {
    const others = related.get(member) ?? new Set();
    related.set(member, others);
    for (const other of members) {
      if (other !== member) {
        others.add(other);
      }
    }
  }
}

/** The services whose actions are looked for in a service, by prefix. */
export const RELATED_SERVICES: ReadonlyMap<string, ReadonlySet<string>> = related;

/**
 * The services that policies are mostly about. An action that only one of them has, and no other service, is likelier
 * meant there than the youngest action of the service that is named. Services that take the actions of another
 * product's API under the same names are not among them.
 */
export const COMMON_SERVICES: ReadonlySet<string> = new Set(
  'acm apigateway athena autoscaling cloudfront cloudtrail cloudwatch codebuild cognito-idp config dynamodb ec2 ecr ecs elasticache elasticfilesystem elasticloadbalancing events execute-api firehose iam kinesis kms lambda logs organizations rds redshift route53 s3 secretsmanager sns sqs ssm states sts tag wafv2 xray'.split(
    ' ',
  ),
);
