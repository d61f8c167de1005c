/** The characters and lengths of names of a resource type, where AWS documents them. */
export interface NameForm {
  /** The service field of its ARNs. */
  readonly service: string;
  /** What stands in front of the name in the sixth field; the Region and the account are empty where it is empty itself. */
  readonly lead: string;
  /** One character that a name may have. */
  readonly character: RegExp;
  /** The characters, besides the end of the ARN, with which a name ends and something else begins. */
  readonly ends: string;
  /** What it is the name of, with its article. */
  readonly what: string;
  /** What its names have, in words. */
  readonly has: string;
}

/**
 * Only forms that hold for every resource there is: a bucket of 2017 may have capitals, and a secret that a service
 * manages an exclamation mark. Sources: Amazon S3 User Guide, "General purpose bucket naming rules"; Amazon SQS, SNS,
 * DynamoDB, Kinesis and Firehose API References, the parameter for the name in CreateQueue, CreateTopic, CreateTable,
 * CreateStream and CreateDeliveryStream; AWS Lambda API Reference, CreateFunction and PublishLayerVersion; Amazon
 * EventBridge API Reference, PutRule; AWS Systems Manager API Reference, PutParameter; AWS Secrets Manager API Reference,
 * CreateSecret; CloudWatch Logs API Reference, CreateLogGroup; Amazon ECR API Reference, CreateRepository; AWS
 * CloudFormation API Reference, CreateStack; IAM User Guide, "IAM identifiers", for paths and names.
 */
export const NAME_FORMS: readonly NameForm[] = [
  {
    service: 's3',
    lead: '',
    character: /[A-Za-z0-9._-]/,
    ends: '/',
    what: 'a bucket',
    has: 'letters, digits, dots, dashes and underscores',
  },
  {
    service: 'sqs',
    lead: '',
    character: /[A-Za-z0-9_.-]/,
    ends: '',
    what: 'a queue',
    has: 'letters, digits, dashes and underscores, and perhaps .fifo at the end',
  },
  {
    service: 'dynamodb',
    lead: 'table/',
    character: /[A-Za-z0-9_.-]/,
    ends: '/',
    what: 'a table',
    has: 'letters, digits, underscores, dashes and dots',
  },
  {
    service: 'lambda',
    lead: 'function:',
    character: /[A-Za-z0-9_-]/,
    ends: ':',
    what: 'a function',
    has: 'letters, digits, dashes and underscores',
  },
  {
    service: 'lambda',
    lead: 'layer:',
    character: /[A-Za-z0-9_-]/,
    ends: ':',
    what: 'a layer',
    has: 'letters, digits, dashes and underscores',
  },
  {
    service: 'events',
    lead: 'rule/',
    character: /[A-Za-z0-9_.-]/,
    ends: '/',
    what: 'a rule',
    has: 'letters, digits, dots, dashes and underscores',
  },
  {
    service: 'ssm',
    lead: 'parameter/',
    character: /[A-Za-z0-9_.-]/,
    ends: '/:',
    what: 'a parameter',
    has: 'letters, digits, dots, dashes and underscores between its slashes',
  },
  {
    service: 'secretsmanager',
    lead: 'secret:',
    character: /[A-Za-z0-9/_+=.@!-]/,
    ends: '',
    what: 'a secret',
    has: 'letters, digits and /_+=.@-',
  },
  {
    service: 'logs',
    lead: 'log-group:',
    character: /[A-Za-z0-9_/.#-]/,
    ends: ':',
    what: 'a log group',
    has: 'letters, digits, underscores, dashes, slashes, dots and number signs',
  },
  {
    service: 'ecr',
    lead: 'repository/',
    character: /[a-z0-9._/-]/,
    ends: '',
    what: 'a repository',
    has: 'small letters, digits, dashes, underscores, dots and slashes',
  },
  {
    service: 'kinesis',
    lead: 'stream/',
    character: /[A-Za-z0-9_.-]/,
    ends: '/',
    what: 'a stream',
    has: 'letters, digits, underscores, dots and dashes',
  },
  {
    service: 'firehose',
    lead: 'deliverystream/',
    character: /[A-Za-z0-9_.-]/,
    ends: '',
    what: 'a delivery stream',
    has: 'letters, digits, underscores, dots and dashes',
  },
  {
    service: 'cloudformation',
    lead: 'stack/',
    character: /[A-Za-z0-9-]/,
    ends: '/',
    what: 'a stack',
    has: 'letters, digits and dashes',
  },
  ...['role', 'user', 'group', 'policy', 'instance-profile'].map((type) => ({
    service: 'iam',
    lead: `${type}/`,
    character: /[!-~]/,
    ends: '',
    what: `a ${type.replace('-', ' ')}`.replace('a instance', 'an instance'),
    has: 'letters, digits and signs, and no space',
  })),
];
