import assert from 'node:assert/strict';
import { holdsMark, placeholdersIn } from '../../server/src/core/arn/placeholders';
import {
  isCapitalPlaceholder,
  isPlaceholderWord,
  isRequest,
  type PlaceRole,
} from '../../server/src/core/arn/placeholderWords';

/** Words that were meant to be replaced where they stand, and others that may be meant as they are. */
const WORDS: readonly (readonly [role: PlaceRole, placeholders: string, others: string])[] = [
  ['partition', 'partition Partition AWS_PARTITION', 'aws aws-cn'],
  ['region', 'region canary_region_name REGION xxxx .... ## …', 'us-east-1 x eu-west-9 *'],
  ['label', 'region region_name REGION my-region', 'us-east-1 myregion regional logs'],
  [
    'account',
    'account-id AccountId acct SourceAccountId xx 1234xxxx5678 XXXXXXXXXXXX 1234-xxxx NNNN #### … ..',
    '123456789012 111122223333 account/x acc x1 *',
  ],
  [
    'principal',
    'ACCOUNT-A-ID account account-b YOUR_ROLE_ARN role-arn ACCOUNT_NUMBER',
    'arn:x:account root user-account-name-foo arn *',
  ],
  [
    'arn',
    'ROLE_ARN roleArn my-arn/* bucket-arn ARN/* PLACEHOLDER X_PLACEHOLDER_Y',
    'arn arn:aws:x learn placeholder PLACEHOLDERS *',
  ],
  [
    'id',
    'vpc-id yourVpcId vpc vpc_id host xxx.xxx.xxx.xxx x.x.x.x/x xx.xx.xx.xx/24 10.x.x.x aaaa:aaaa',
    'vpc-123abc 1.2.3.4 10.0.0.0/8 o-abc123 the',
  ],
  [
    'bucket',
    'BUCKET MY_BUCKET BUCKET_NAME DOC-EXAMPLE-BUCKET YOURBUCKET MYBUCKETNAME LOGS_BUCKET TODO TBD FIXME … .. ...',
    'my-bucket bucket-name Bucket LOGS . MY_ORDERS',
  ],
  [
    'apiId',
    'api-id api_id restApiId yourApiId YOUR_API MY-API REPLACE_ME',
    'a1b2c3d4e5 api my-api apiid1 ${apiId}',
  ],
  ['stage', 'stage-name YOUR_STAGE your-stage apiStage', 'stage prod'],
  ['method', 'HTTP-VERB httpMethod method VERB', 'GET ANY'],
  ['path', 'resource-path path/to/resource RESOURCE_PATH resourcePath', 'pets path'],
  ['text', '', 'ACCOUNT_ID <x> region'],
];

const API = 'arn:aws:execute-api:us-east-1:123456789012:';

/** A text with its placeholders, each with what it stands for. */
const TEXTS: readonly (readonly [text: string, ...placeholders: string[]])[] = [
  // The fields of an ARN.
  [
    'arn:PARTITION:s3:REGION:ACCOUNT_ID:b',
    'PARTITION (partition)',
    'REGION (region)',
    'ACCOUNT_ID (account)',
  ],
  ['arn:aws:sqs:REGION:ACCOUNT:QUEUE_NAME', 'REGION (region)', 'ACCOUNT (account)', 'QUEUE_NAME (text)'],
  ['arn:aws:sqs:us-<region>-1:123456789012:q', '<region> (region)'],
  ['arn:aws:<service>:us-east-1:123456789012:q', '<service> (text)'],
  ['arn:aws:sqs:us-east-1:${AWS::AccountId}:<queue>', '<queue> (text)'],
  // Of a bucket the words, and of the keys of objects only what nobody writes for its own sake.
  ['arn:aws:s3:::<bucket>/x', '<bucket> (bucket)'],
  ['arn:aws:s3:::my-<region>-logs', '<region> (region)'],
  ['arn:aws:s3:::BUCKET_NAME', 'BUCKET_NAME (bucket)'],
  ['arn:aws:s3:::BUCKET/*', 'BUCKET (bucket)'],
  ['arn:aws:s3:::DOC-EXAMPLE-BUCKET/KEY_NAME', 'DOC-EXAMPLE-BUCKET (bucket)'],
  ['arn:aws:s3:::b/<name>', '<name> (text)'],
  ['arn:aws:s3:::b/YOUR_KEY', 'YOUR_KEY (text)'],
  ['arn:aws:s3:::b/{ACCOUNT_ID}/x', '{ACCOUNT_ID} (account)'],
  ['arn:aws:s3:::b/[object-key]', '[object-key] (text)'],
  ['arn:aws:s3:::b/{id}'],
  ['arn:aws:s3:::b/[slug]'],
  ['arn:aws:s3:::b/<1>'],
  ['arn:aws:s3:::b/BUCKET_NAME'],
  ['arn:aws:s3:::/BUCKET_NAME'],
  ['arn:aws:s3:::b/%C3%A9'],
  // Names of parameters are written as constants are, and names of alarms have any character.
  ['arn:aws:ssm:us-east-1:123456789012:parameter/DB_HOST_NAME'],
  ['arn:aws:ssm:us-east-1:123456789012:parameter/YOUR_NAME', 'YOUR_NAME (text)'],
  ['arn:aws:ssm:us-east-1:123456789012:parameter/{env}/x', '{env} (text)'],
  ['arn:aws:secretsmanager:us-east-1:123456789012:secret:DB_USER_NAME'],
  ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:HOST_NAME {x}'],
  // Elsewhere words in capitals, when they end with or say what a value is.
  ['arn:aws:lambda:us-east-1:123456789012:function:MY_FUNCTION_NAME', 'MY_FUNCTION_NAME (text)'],
  ['arn:aws:iam::123456789012:role/ROLE_NAME', 'ROLE_NAME (text)'],
  ['arn:aws:iam::123456789012:role/path/your-role', 'your-role (text)'],
  ['arn:aws:iam::123456789012:role/x_ROLE_NAME'],
  ['arn:aws:iam::123456789012:role/AWSServiceRoleFor_X'],
  ['arn:aws:sqs:us-east-1:123456789012:DEAD_LETTER_QUEUE_NAME'],
  ['arn:aws:kms:us-east-1:123456789012:key/xxxxxxxx-xxxx', 'xxxxxxxx (text)', 'xxxx (text)'],
  ['arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  // Marks, and what AWS or a habit writes so.
  ['arn:aws:dynamodb:us-east-1:123456789012:table/@TABLE@', '@TABLE@ (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/%TABLE%', '%TABLE% (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/$TABLE', '$TABLE (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/__TABLE__', '__TABLE__ (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/__table_name__', '__table_name__ (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/__ORDERS__', '__ORDERS__ (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/__ORDERS__-x', '__ORDERS__ (text)'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/A__ORDERS__'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/__ORDERS__B'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/PROD__ORDERS__V1'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/__pycache__'],
  ['arn:aws:glue:us-east-1:123456789012:table/db/__HIVE_DEFAULT_PARTITION__'],
  ['arn:aws:iot:us-east-1:123456789012:topic/$aws/things/x'],
  ['arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:$x'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:$stateMachine'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:$table_name', '$table_name (text)'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:[Name]', '[Name] (text)'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:[a-z]'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:[a-zA-Z]'],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:[0-9]'],
  ['arn:aws:logs:us-east-1:123456789012:log-group:/a/{{fn}}:*'],
  ['arn:aws:logs:us-east-1:123456789012:log-group:/a/{a,b}'],
  ['arn:aws:logs:us-east-1:123456789012:log-group:/a/{1}', '{1} (text)'],
  ['arn:aws:logs:us-east-1:123456789012:log-group:/a/{12}'],
  ['arn:aws:logs:us-east-1:123456789012:log-group:/a/{}', '{} (text)'],
  // Braces are the parameter of a path, and no ID of a connection.
  [`${API}api-id/prod/GET/{id}`, 'api-id (apiId)'],
  [`${API}a1b2c3d4e5/prod/GET/<id>/x`, '<id> (text)'],
  [`${API}a1b2c3d4e5/prod/GET/<path>`, '<path> (path)'],
  [`${API}a1b2c3d4e5/prod/POST/@connections/{connectionId}`, '{connectionId} (text)'],
  [`${API}a1b2c3d4e5/{stage}/GET/x`, '{stage} (stage)'],
  ['execute-api:/stage-name/HTTP-VERB/x', 'stage-name (stage)', 'HTTP-VERB (method)'],
  // Host names.
  ['logs.region.amazonaws.com', 'region (region)'],
  ['logs.REGION_NAME.amazonaws.com.cn', 'REGION_NAME (region)'],
  ['logs.us-east-1.amazonaws.com'],
  ['region.example.com'],
];

describe('words that are to be replaced', () => {
  for (const [role, placeholders, others] of WORDS) {
    it(`in the place of a ${role}`, () => {
      const told = (words: string) => words.split(' ').filter((word) => word !== '');
      for (const word of told(placeholders)) {
        assert.equal(isPlaceholderWord(role, word), true, word);
      }
      for (const word of told(others)) {
        assert.equal(isPlaceholderWord(role, word), false, word);
      }
    });
  }

  it('anywhere, in capitals, if all of them speak of values', () => {
    for (const run of ['ACCOUNT_ID', 'AWS_REGION', 'DOC-EXAMPLE-BUCKET', 'USER_POOL_ID', 'S3_BUCKET_ARN']) {
      assert.equal(isCapitalPlaceholder(run), true, run);
    }
    for (const run of [
      'GET',
      'ID',
      'BUCKET',
      'EXAMPLE',
      'PUT_OBJECT',
      'AWS_LAMBDA',
      'LAMBDA_REGION',
      'NAME_TABLE',
      'ORDERS_TABLE_NAME',
    ]) {
      assert.equal(isCapitalPlaceholder(run), false, run);
    }
  });

  it('anywhere, if they ask for it', () => {
    for (const run of [
      'YOUR_TABLE',
      'your-bucket-name',
      'yourBucket',
      'Your_Table',
      'REPLACE_ME',
      'CHANGEME',
      'CHANGE-ME',
      'PLACEHOLDER',
      'insert-name-here',
      'INSERT_NAME',
      'ENTER-ID',
    ]) {
      assert.equal(isRequest(run), true, run);
    }
    for (const run of [
      'your',
      'yours',
      'your-orders',
      'insert_orders_here',
      'youTube',
      'changeme',
      'insert-name',
    ]) {
      assert.equal(isRequest(run), false, run);
    }
  });
});

describe('the placeholders of a text', () => {
  for (const [text, ...expected] of TEXTS) {
    it(`${text}: ${expected.join(', ') || 'none'}`, () => {
      const found = placeholdersIn(text, 'arn');
      assert.deepEqual(
        found.map((each) => `${each.text} (${each.role})`),
        expected,
      );
      for (const each of found) {
        assert.equal(text.slice(each.from, each.to), each.text);
      }
    });
  }

  it('that is no ARN are by what it stands for', () => {
    for (const [text, role, expected] of [
      ['<x>', 'arn', 'arn'],
      ['<x>', 'bucket', 'bucket'],
      ['a<x>', 'bucket', 'text'],
      ['ROLE_ARN', 'arn', 'arn'],
      ['BUCKET', 'bucket', 'bucket'],
      ['vpc-id', 'id', 'id'],
      ['${a} <accountId>', 'text', 'account'],
      ['plain', 'arn', undefined],
      ['${x}', 'arn', undefined],
    ] as const) {
      assert.equal(placeholdersIn(text, role)[0]?.role, expected, `${text} ${role}`);
    }
  });

  it('are marked or not', () => {
    for (const [text, expected] of [
      ['a<b>', true],
      ['{x}', true],
      ['${x}', false],
      ['{{x}}', false],
      ['a,b', false],
      ['REGION', false],
      ['{a,b}', false],
    ] as const) {
      assert.equal(holdsMark(text), expected, text);
    }
  });
});
