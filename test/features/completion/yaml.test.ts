import assert from 'node:assert/strict';
import { take } from '../../support/completion';
import { cursorAt } from '../../support/fixtures';
import { languageService } from '../../support/policies';

const service = languageService();

function items(fixture: string) {
  const { text, offset } = cursorAt(fixture);
  const document = service.open({ text, language: 'yaml' });
  return { text, offset, ...service.completions(document, offset, { snippets: 'plain' }) };
}

function first(fixture: string, count = 1): readonly string[] {
  return items(fixture)
    .items.slice(0, count)
    .map(({ label }) => label);
}

function accepted(fixture: string, label: string): string {
  const { text, offset, items: list } = items(fixture);
  const item = list.find((each) => each.label === label);
  assert.ok(item !== undefined, `${label} is not among ${list.slice(0, 12).map((each) => each.label)}`);
  return take(item, text, offset);
}

const STATEMENT = "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n";

const ROLE = 'Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n';
const TRUST =
  '        Version: "2012-10-17"\n        Statement:\n          - Effect: Allow\n            Principal:\n              AWS: \n            Action: sts:AssumeRole\n';
const SERVICE = 'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n';

describe('completion in YAML', () => {
  for (const [title, fixture, label, expected] of [
    [
      'an action behind its key',
      `${STATEMENT}    Action: s3:GetObj$0`,
      's3:GetObject',
      `${STATEMENT}    Action: s3:GetObject`,
    ],
    [
      'an action in a list',
      `${STATEMENT}    Action:\n      - s3:GetObj$0\n`,
      's3:GetObject',
      `${STATEMENT}    Action:\n      - s3:GetObject\n`,
    ],
    [
      'an action in brackets',
      `${STATEMENT}    Action: [s3:PutObject, s3:GetObj$0]\n`,
      's3:GetObject',
      `${STATEMENT}    Action: [s3:PutObject, s3:GetObject]\n`,
    ],
    [
      'an action in quotes',
      `${STATEMENT}    Action: "s3:GetObj$0"\n`,
      's3:GetObject',
      `${STATEMENT}    Action: "s3:GetObject"\n`,
    ],
    [
      'an action behind a colon that may be a key',
      `${STATEMENT}    Action:\n      - s3:$0\n`,
      's3:GetObject',
      `${STATEMENT}    Action:\n      - s3:GetObject\n`,
    ],
    [
      'an effect right behind the colon',
      `${STATEMENT}  - Effect:$0\n`,
      'Deny',
      `${STATEMENT}  - Effect: Deny\n`,
    ],
    [
      'an effect',
      `Version: '2012-10-17'\nStatement:\n  - Effect: $0\n    Action: s3:*\n`,
      'Allow',
      `Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:*\n`,
    ],
    ['an element half-typed', `${STATEMENT}    Reso$0\n`, 'Resource', `${STATEMENT}    Resource: \n`],
    [
      'an element between others',
      `${STATEMENT}    Act$0\n    Resource: '*'\n`,
      'Action',
      `${STATEMENT}    Action: \n    Resource: '*'\n`,
    ],
    ['an element behind a dash', `${STATEMENT}  - $0\n`, 'Effect', `${STATEMENT}  - Effect: Allow\n`],
    [
      'an operator on a line of its own',
      `${STATEMENT}    Condition:\n      $0\n`,
      'StringLike',
      `${STATEMENT}    Condition:\n      StringLike:\n        \n`,
    ],
    [
      'a condition key',
      `${STATEMENT}    Condition:\n      Bool:\n        aws:Secure$0\n`,
      'aws:SecureTransport',
      `${STATEMENT}    Condition:\n      Bool:\n        aws:SecureTransport: true\n`,
    ],
    [
      'a type of principal',
      `${STATEMENT}    Principal:\n      Serv$0\n`,
      'Service',
      `${STATEMENT}    Principal:\n      Service: \n`,
    ],
    [
      'a policy on the line that is indented for it',
      `${ROLE}      AssumeRolePolicyDocument:\n        $0\n      Policies: []\n`,
      'IAM policy',
      `${ROLE}      AssumeRolePolicyDocument:\n${TRUST}      Policies: []\n`,
    ],
    [
      'a policy right behind the colon',
      `${ROLE}      AssumeRolePolicyDocument:$0\n`,
      'IAM policy',
      `${ROLE}      AssumeRolePolicyDocument: \n${TRUST}`,
    ],
    [
      'a policy in the list of a function of AWS SAM',
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - $0\n',
      'IAM policy',
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - Version: "2012-10-17"\n          Statement:\n            - Effect: Allow\n              Action: \n              Resource: \n',
    ],
    [
      'a statement behind a dash',
      `${STATEMENT}  - $0\n`,
      'statement',
      `${STATEMENT}  - Effect: Allow\n    Action: \n    Resource: \n`,
    ],
    [
      'a list of statements where the dashes of others are not indented',
      "Version: '2012-10-17'\nId: x\nOther:\n- x\nStatement:\n  $0\n",
      'statement',
      "Version: '2012-10-17'\nId: x\nOther:\n- x\nStatement:\n  - Effect: Allow\n    Action: \n    Resource: \n",
    ],
    [
      'the first statement of a service, for which there is only the name of their list',
      `${SERVICE}        $0\n`,
      'statement',
      `${SERVICE}        - Effect: Allow\n          Action: \n          Resource: \n`,
    ],
    [
      'the version',
      'Version: $0\nStatement:\n  - Effect: Allow\n',
      '2012-10-17',
      'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n',
    ],
  ] as const) {
    it(`writes ${title}`, () => {
      assert.equal(accepted(fixture, label), expected);
    });
  }

  it('offers the elements that are missing, in a template and in a list of statements', () => {
    const template =
      'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyDocument:\n            Statement:\n              - Effect: Allow\n                $0\n';
    assert.ok(first(template, 4).includes('Action'));
    const serverless =
      'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: dynamodb:PutI$0\n';
    assert.deepEqual(first(serverless), ['dynamodb:PutItem']);
  });

  it('offers of policies and elements those that the place may have', () => {
    const named = (type: string, property: string): readonly string[] =>
      first(`Resources:\n  X:\n    Type: ${type}\n    Properties:\n      ${property}:\n        $0\n`, 20);
    assert.ok(!named('AWS::IAM::ManagedPolicy', 'PolicyDocument').includes('KMS key'));
    assert.deepEqual(named('AWS::KMS::Key', 'KeyPolicy'), ['IAM policy', 'KMS key']);
    for (const [type, templates] of [
      ['AWS::S3::BucketPolicy', ['S3 bucket for one role', 'S3 bucket for a CloudFront distribution']],
      ['AWS::SQS::QueuePolicy', ['SQS queue for an SNS topic']],
      ['AWS::SNS::TopicPolicy', ['SNS topic for the events of a bucket']],
      ['AWS::EC2::VPCEndpoint', ['VPC endpoint for one bucket']],
    ] as const) {
      assert.deepEqual(named(type, 'PolicyDocument'), ['IAM policy', ...templates]);
    }
    assert.ok(named('AWS::IAM::Role', 'AssumeRolePolicyDocument').includes('Trust an AWS service'));
    assert.ok(named('AWS::ApiGateway::RestApi', 'Policy').includes('API for a list of addresses'));
    assert.ok(
      accepted(
        'Resources:\n  X:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      PolicyDocument:\n        $0\n',
        'IAM policy',
      ).includes('Principal:'),
    );
    assert.ok(!first(`${SERVICE}        - $0\n`, 20).includes('Principal'));
  });

  it('is in our order, however well the letters fit, in an editor that compares them with what is typed', () => {
    const { text, offset } = cursorAt(`${STATEMENT}    Action: dynget$0\n`);
    const document = service.open({ text, language: 'yaml' });
    const { items: list } = service.completions(document, offset, { snippets: 'plain', quotes: 'taken' });
    assert.equal(list[0]?.label, 'dynamodb:GetItem');
    assert.deepEqual([...new Set(list.slice(0, 5).map(({ filterText }) => filterText))], ['dynget']);
  });

  it('offers the parts of an ARN in Fn::Sub', () => {
    const fixture = `${STATEMENT}    Action: execute-api:Invoke\n    Resource: !Sub 'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/prod/$0'\n`;
    assert.ok(items(fixture).items.some(({ label }) => label === 'GET'));
  });

  it('is silent in comments, outside of policies and in keys of the template', () => {
    for (const fixture of [
      `${STATEMENT}    # Act$0\n`,
      'Resources:\n  R:\n    Ty$0\n',
      'name: x\non: pu$0\n',
      `${STATEMENT}Outputs$0`,
    ]) {
      assert.deepEqual(
        first(fixture, 3).filter((label) => label === 'Action' || label === 'Effect'),
        [],
      );
    }
  });

  it('never throws, wherever the cursor is, in a document that is half-typed', () => {
    const text = `${STATEMENT}    Action: [a, "b\n    Resource: !Sub 'x\${y}'\n  -\n  - Effect:\n    Condition:\n      StringLike: {aws:x: [`;
    for (let at = 0; at <= text.length; at += 1) {
      const document = service.open({ text: text.slice(0, at), language: 'yaml' });
      for (const offset of [at, at >> 1]) {
        for (const item of service
          .completions(document, offset, { snippets: 'supported' })
          .items.slice(0, 5)) {
          assert.ok(item.edit.span.start <= offset && offset <= item.edit.span.end);
        }
      }
    }
  });
});
