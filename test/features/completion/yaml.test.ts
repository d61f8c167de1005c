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
