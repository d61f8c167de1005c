/**
 * What people call a service whose actions have another prefix. Keys are in the form that `foldedServiceName` gives: lower
 * case, without separators and without Amazon or AWS in front. Names that the service reference has itself, a prefix or
 * the name of a service, need no row, nor does one with `v2` or `service` behind it.
 *
 * Sources, by the kind of name:
 * - the commands of the AWS CLI and the service ids of the SDKs, with the signing name that is the prefix:
 *   https://github.com/boto/botocore/tree/develop/botocore/data (`elbv2`, `stepfunctions`, `efs`, `sesv2`, …);
 * - namespaces of resource types: AWS CloudFormation Template Reference (`AWS::DocDB`, `AWS::MSK`,
 *   `AWS::CertificateManager`, …);
 * - names of the console, of features and of former products, with the prefix that their page in the Service
 *   Authorization Reference gives: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const ROWS: readonly (readonly [prefix: string, names: string])[] = [
  ['acm', 'certificate certificates acmcertificate'],
  ['acm-pca', 'privateca certificatemanagerprivatecertificateauthority pca'],
  ['aidevops', 'devopsagent'],
  ['airflow', 'mwaa managedairflow managedworkflows'],
  ['aoss', 'opensearchserviceserverless'],
  ['apigateway', 'apigw apigwv2 apigatewaycontrol apigatewayrest apigatewayhttp restapi httpapi'],
  ['app-integrations', 'appintegration'],
  ['appconfig', 'appconfigdata'],
  ['application-autoscaling', 'appautoscaling applicationscaling'],
  ['applicationinsights', 'cloudwatchapplicationinsight'],
  ['aps', 'amp prometheus managedprometheus'],
  [
    'aws-marketplace',
    'marketplaceagreement marketplacedeployment marketplacediscovery marketplaceentitlement marketplacemetering marketplacereporting meteringmarketplace',
  ],
  ['autoscaling', 'asg autoscale autoscalinggroup autoscalinggroups ec2autoscale'],
  [
    'bedrock',
    'bedrockagent bedrockagents bedrockagentruntime bedrockdataautomation bedrockdataautomationruntime bedrockruntime bedrockmodel',
  ],
  ['bedrock-agentcore', 'bedrockagentcorecontrol agentcore'],
  ['budgets', 'budget'],
  ['cassandra', 'keyspacesstreams managedcassandra'],
  ['ce', 'costexplorer'],
  [
    'chime',
    'chimesdk chimesdkidentity chimesdkmediapipelines chimesdkmeetings chimesdkmessaging chimesdkvoice',
  ],
  ['cloudformation', 'cfn cloudcontrol stack stacks stackset stacksets'],
  ['cloudsearch', 'cloudsearchdomain'],
  ['cloudtrail', 'trail'],
  ['cloudwatch', 'cw monitoring cloudwatchmetrics cloudwatchalarms cloudwatchmetric cloudwatchalarm'],
  ['codestar-connections', 'codestarconnection'],
  [
    'cognito-identity',
    'cognitoidentitypool cognitoidentitypools identitypool identitypools federatedidentities',
  ],
  ['cognito-idp', 'cognitoidentityprovider cognitouserpool userpool userpools'],
  ['config', 'configrules configrule'],
  ['connect', 'connectcontactlens contactlens'],
  ['cur', 'costandusagereports costreport'],
  ['dlm', 'lifecyclemanager'],
  ['dms', 'databasemigration'],
  ['drs', 'disasterrecovery'],
  ['ds', 'activedirectory managedad'],
  ['dynamodb', 'dynamo ddb dynamodbstreams dynamodbstream dynamostreams'],
  [
    'ec2',
    'vpc subnet subnets securitygroup securitygroups elasticcomputecloud computecloud natgateway transitgateway vpcendpoint vpcendpoints vpn clientvpn spotfleet eni elasticip',
  ],
  ['ecr', 'containerregistry ec2containerregistry'],
  ['ecs', 'containerservice ec2containerservice ecstasks fargate'],
  ['eks', 'kubernetes elastickubernetes'],
  ['elasticache', 'elasticcache'],
  ['elasticbeanstalk', 'beanstalk'],
  ['elasticfilesystem', 'efs filesystem'],
  [
    'elasticloadbalancing',
    'elb alb nlb loadbalancer loadbalancers loadbalancing elasticloadbalancer applicationloadbalancer networkloadbalancer targetgroup targetgroups elasticloadbalance',
  ],
  ['elasticmapreduce', 'emr mapreduce'],
  ['es', 'elasticsearch opensearchdomain opensearchdomains'],
  ['events', 'cloudwatchevents cloudwatchevent eventbus eventbuses eventbridgerule eventbridgerules cwe'],
  ['execute-api', 'apigatewaymanagementapi apigatewayinvoke executeapis apigatewayexecution'],
  ['finspace-api', 'finspacedata'],
  ['firehose', 'kinesisdatafirehose deliverystream deliverystreams datafirehose'],
  ['fis', 'faultinjectionsimulator faultinjection'],
  ['fms', 'firewallmanagement'],
  ['forecast', 'forecastquery'],
  ['geo', 'locationservices'],
  ['greengrass', 'iotgreengrass'],
  ['iam', 'identityandaccess iamroles'],
  ['inspector2', 'inspectorv2'],
  ['iot', 'iotcore iotdata iotdataplane iotsecuretunneling'],
  ['iotjobsdata', 'iotjobs'],
  ['ivs', 'ivsrealtime interactivevideo'],
  ['kafka', 'msk managedkafka managedstreamingforkafka'],
  ['kafkaconnect', 'mskconnect'],
  ['kinesis', 'kinesisstream kinesisstreams kinesisdatastream kds'],
  ['kinesisanalytics', 'flink managedflink managedserviceforapacheflink kinesisdataanalytics'],
  [
    'kinesisvideo',
    'kinesisvideostream kinesisvideoarchivedmedia kinesisvideomedia kinesisvideosignaling kinesisvideowebrtcstorage',
  ],
  ['kms', 'keymanagement'],
  ['lambda', 'function functions lambdafunction lambdafunctions lambdacore lambdamicrovms'],
  ['lex', 'lexmodels lexmodelsv2 lexruntime lexruntimev2 lexv2models lexv2runtime'],
  ['logs', 'log cwl cwlogs cloudwatchlog loggroup loggroups'],
  ['m2', 'mainframemodernization'],
  ['mechanicalturk', 'mturk mturkrequester'],
  ['mediastore', 'mediastoredata'],
  ['mgh', 'migrationhubconfig'],
  ['mq', 'messagebroker'],
  ['neptune-db', 'neptunedata'],
  ['organizations', 'organization org orgs'],
  ['payment-cryptography', 'paymentcryptographydata'],
  [
    'partnercentral',
    'partnercentralaccount partnercentralbenefits partnercentralchannel partnercentralrevenuemeasurement partnercentralselling',
  ],
  ['personalize', 'personalizeevents personalizeruntime'],
  ['profile', 'customerprofiles connectcustomerprofile'],
  ['qbusiness', 'qforbusiness'],
  ['ram', 'resourceaccess'],
  ['rds', 'aurora relationaldatabase dbinstance'],
  ['rds-db', 'rdsiam rdsconnect'],
  ['refactor-spaces', 'migrationhubrefactorspace'],
  ['resource-groups', 'resourcegroup'],
  ['rolesanywhere', 'iamrolesanywhere'],
  ['route53', 'r53 hostedzone'],
  ['s3', 'simplestorage s3api s3control s3bucket bucket'],
  [
    'sagemaker',
    'sagemakera2iruntime sagemakeredge sagemakerfeaturestore sagemakerfeaturestoreruntime sagemakerjobruntime sagemakermetrics sagemakerruntime',
  ],
  ['schemas', 'eventschemas schemaregistry'],
  ['secretsmanager', 'secret secrets secretmanager'],
  ['securityhub', 'sechub'],
  ['servicecatalog', 'appregistry servicecatalogappregistry'],
  ['serverlessrepo', 'sar serverlessrepository'],
  ['ses', 'email mailmanager pinpointemail simpleemail'],
  ['sms-voice', 'pinpointsmsvoice pinpointsmsvoicev2 endusermessagingsms'],
  ['sns', 'simplenotification'],
  ['sqs', 'simplequeue queue queues'],
  [
    'ssm',
    'parameterstore systemmanager systemsmanagement sessionmanager ssmparameter ssmparameters ssmparameterstore parameters simplesystemsmanager',
  ],
  ['ssm-sap', 'systemsmanagersap'],
  ['sso', 'identitycenter ssoadmin singlesignon singlesignonadmin'],
  ['sso-oauth', 'ssooidc'],
  ['states', 'sfn stepfunction statemachine statemachines'],
  ['sts', 'securitytoken'],
  ['support', 'supportcenter'],
  ['swf', 'simpleworkflow'],
  ['tag', 'tagging tags resourcegrouptagging resourcegroupstagging resourcegroupstaggingapi'],
  ['timestream', 'timestreamquery timestreamwrite'],
  ['transcribe', 'transcribestreaming transcribemedical'],
  ['waf-regional', 'wafclassicregional'],
  ['wafv2', 'waf2 webacl'],
  ['wisdom', 'qconnect connectwisdom'],
  ['xray', 'xraytraces'],
];

/**
 * Names under which AWS has several prefixes. Which is meant follows from the action, where only one of them has it.
 * Amazon Neptune and Amazon DocumentDB are managed with actions of Amazon RDS.
 */
const SHARED: readonly (readonly [name: string, prefixes: string])[] = [
  ['cognito', 'cognito-idp cognito-identity cognito-sync'],
  ['docdb', 'rds docdb-elastic'],
  ['eb', 'elasticbeanstalk events'],
  ['documentdb', 'rds docdb-elastic'],
  ['neptune', 'rds neptune-db'],
];

/** The prefixes by folded name; the likeliest first. */
export const SERVICE_ALIASES: ReadonlyMap<string, readonly string[]> = new Map(
  [...ROWS.map(([prefix, names]) => [names, prefix] as const), ...SHARED].flatMap(([names, prefixes]) =>
    names.split(' ').map((name) => [name, prefixes.split(' ')] as const),
  ),
);
