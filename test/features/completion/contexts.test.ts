import assert from 'node:assert/strict';
import { accepted } from '../../support/completion';
import { languageService, policyWith } from '../../support/policies';

/** A statement's text around the cursor, the label that is taken, and the statement after that. */
type Row = readonly [title: string, statement: string, label: string, after: string];

/** Everything in these is as it will be, save for what is asked for. */
const intact: readonly Row[] = [
  ['a key in empty quotes', '"Effect": "Allow", "$0"', 'Action', '"Effect": "Allow", "Action": ""'],
  ['a key at a bare place', '"Effect": "Allow", $0', 'Action', '"Effect": "Allow", "Action": ""'],
  [
    'a key that has its value, cursor within',
    '"Eff|ect": "Allow", "A$0ction": "s3:*"',
    'NotAction',
    '"Eff|ect": "Allow", "NotAction": "s3:*"',
  ],
  ['a key in front of others', '$0 "Action": "s3:*"', 'Sid', '"Sid": "", "Action": "s3:*"'],
  ['Effect, with a value', '"$0"', 'Effect', '"Effect": "Allow"'],
  ['the value of Effect', '"Effect": "$0"', 'Deny', '"Effect": "Deny"'],
  ['the value of Effect, cursor within', '"Effect": "Al$0low"', 'Deny', '"Effect": "Deny"'],
  ['an action', '"Action": "s3:$0"', 's3:GetObject', '"Action": "s3:GetObject"'],
  ['an action, cursor within', '"Action": "s3:Ge$0tOb"', 's3:GetObject', '"Action": "s3:GetObject"'],
  ['an action after NotAction', '"NotAction": "s3:$0"', 's3:GetObject', '"NotAction": "s3:GetObject"'],
  [
    'an action in a list',
    '"Action": ["s3:PutObject", "s3:$0"]',
    's3:GetObject',
    '"Action": ["s3:PutObject", "s3:GetObject"]',
  ],
  ['a service', '"Action": "$0"', 's3:', '"Action": "s3:"'],
  ['a service in front of an action', '"Action": "s$0:GetObject"', 's3:', '"Action": "s3:GetObject"'],
  ['an action of whatever service', '"Action": "getobj$0"', 's3:GetObject', '"Action": "s3:GetObject"'],
  ['a wildcard', '"Action": "s3:$0"', 's3:Get*', '"Action": "s3:Get*"'],
  ['an operator', '"Condition": { "$0" }', 'Bool', '"Condition": { "Bool": {\n        \n      } }'],
  [
    'an operator in place of another',
    '"Condition": { "Str$0": { "aws:SecureTransport": "true" } }',
    'Bool',
    '"Condition": { "Bool": { "aws:SecureTransport": "true" } }',
  ],
  [
    'a condition key',
    '"Action": "s3:GetObject", "Condition": { "StringEquals": { "$0" } }',
    's3:authType',
    '"Action": "s3:GetObject", "Condition": { "StringEquals": { "s3:authType": "" } }',
  ],
  [
    'a condition key with a value of its type',
    '"Condition": { "Bool": { "$0" } }',
    'aws:SecureTransport',
    '"Condition": { "Bool": { "aws:SecureTransport": "true" } }',
  ],
  [
    'a condition key with a tag',
    '"Condition": { "StringEquals": { "$0": "x" } }',
    'aws:PrincipalTag/${TagKey}',
    '"Condition": { "StringEquals": { "aws:PrincipalTag/": "x" } }',
  ],
  [
    'a condition value',
    '"Condition": { "Bool": { "aws:SecureTransport": "$0" } }',
    'false',
    '"Condition": { "Bool": { "aws:SecureTransport": "false" } }',
  ],
  [
    'a condition value at a bare place',
    '"Condition": { "Bool": { "aws:SecureTransport": $0 } }',
    'false',
    '"Condition": { "Bool": { "aws:SecureTransport": "false" } }',
  ],
  [
    'a condition value in a list',
    '"Condition": { "StringEquals": { "aws:RequestedRegion": ["eu-west-1", "$0"] } }',
    'eu-west-2',
    '"Condition": { "StringEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } }',
  ],
  [
    'the type of a principal',
    '"Principal": { "$0" }, "Action": "s3:*"',
    'Service',
    '"Principal": { "Service": "" }, "Action": "s3:*"',
  ],
  [
    'a service principal',
    '"Principal": { "Service": "$0" }, "Action": "s3:*"',
    'lambda.amazonaws.com',
    '"Principal": { "Service": "lambda.amazonaws.com" }, "Action": "s3:*"',
  ],
  ['everybody', '"Principal": "$0", "Action": "s3:*"', '*', '"Principal": "*", "Action": "s3:*"'],
  [
    'a variable',
    '"Resource": "arn:aws:s3:::home/${$0"',
    '${aws:username}',
    '"Resource": "arn:aws:s3:::home/${aws:username}"',
  ],
  [
    'a variable in place of another',
    '"Resource": "arn:aws:s3:::home/${aws:$0userid}/*"',
    '${aws:username}',
    '"Resource": "arn:aws:s3:::home/${aws:username}/*"',
  ],
  [
    'a variable after the dollar sign',
    '"Condition": { "StringLike": { "s3:prefix": "$$0" } }',
    '${aws:username}',
    '"Condition": { "StringLike": { "s3:prefix": "${aws:username}" } }',
  ],
  [
    'a Sid',
    '"Sid": "$0", "Effect": "Allow", "Action": "s3:GetObject"',
    'AllowS3GetObject',
    '"Sid": "AllowS3GetObject", "Effect": "Allow", "Action": "s3:GetObject"',
  ],
];

const halfTyped: readonly Row[] = [
  ['a key without its comma in front', '"Effect": "Allow" "$0"', 'Action', '"Effect": "Allow", "Action": ""'],
  [
    'a key without its comma in front, on a line of its own',
    '"Effect": "Allow"\n      $0',
    'Action',
    '"Effect": "Allow",\n      "Action": ""',
  ],
  [
    'a key without its comma behind',
    '"$0"\n      "Action": "s3:*"',
    'Effect',
    '"Effect": "Allow",\n      "Action": "s3:*"',
  ],
  ['a key without quotes', '"Effect": "Allow", Act$0', 'Action', '"Effect": "Allow", "Action": ""'],
  [
    'a key without its closing quote',
    '"Effect": "Allow", "Act$0\n',
    'Action',
    '"Effect": "Allow", "Action": ""\n',
  ],
  [
    'a key without its closing quote, in front of others',
    '"Eff$0\n      "Action": "s3:*"',
    'Effect',
    '"Effect": "Allow",\n      "Action": "s3:*"',
  ],
  ['a key with its colon', '"Eff$0": , "Action": "s3:*"', 'Effect', '"Effect": "Allow", "Action": "s3:*"'],
  ['a value after the colon', '"Effect":$0', 'Deny', '"Effect": "Deny"'],
  ['a value after the colon and a blank', '"Effect": $0', 'Deny', '"Effect": "Deny"'],
  ['a value without its colon', '"Effect" "$0"', 'Deny', '"Effect": "Deny"'],
  ['a value without its colon, at a bare place', '"Effect" $0', 'Deny', '"Effect": "Deny"'],
  ['a value without quotes', '"Effect": De$0', 'Deny', '"Effect": "Deny"'],
  [
    'a value in front of the next member',
    '"Effect": $0\n      "Action": "s3:*"',
    'Deny',
    '"Effect": "Deny",\n      "Action": "s3:*"',
  ],
  ['a value without its closing quote', '"Effect": "De$0\n', 'Deny', '"Effect": "Deny"\n'],
  ['an item at the start of a list', '"Action": [$0', 's3:', '"Action": ["s3:"'],
  ['an item in an empty list', '"Action": [$0]', 's3:', '"Action": ["s3:"]'],
  ['an item after a comma', '"Action": ["s3:PutObject", $0]', 'sts:', '"Action": ["s3:PutObject", "sts:"]'],
  [
    'an item without its comma in front',
    '"Action": ["s3:PutObject" "s3:$0"]',
    's3:GetObject',
    '"Action": ["s3:PutObject", "s3:GetObject"]',
  ],
  [
    'an item without its comma behind',
    '"Action": ["s3:$0" "s3:PutObject"]',
    's3:GetObject',
    '"Action": ["s3:GetObject", "s3:PutObject"]',
  ],
  ['an item without its closing quote', '"Action": ["s3:Ge$0]', 's3:GetObject', '"Action": ["s3:GetObject"]'],
  [
    'an item whose closing quote would be the next one’s',
    '"Action": ["s3:Ge$0, "s3:PutObject"]',
    's3:GetObject',
    '"Action": ["s3:GetObject", "s3:PutObject"]',
  ],
  [
    'an item of a list that does not end',
    '"Action": ["s3:Ge$0\n      "Resource": "*"',
    's3:GetObject',
    '"Action": ["s3:GetObject"\n      "Resource": "*"',
  ],
  [
    'an operator without quotes',
    '"Condition": { Bo$0 }',
    'Bool',
    '"Condition": { "Bool": {\n        \n      } }',
  ],
  [
    'a condition in its place',
    '"Condition": { "Bool": $0 }',
    'aws:SecureTransport',
    '"Condition": { "Bool": {\n        "aws:SecureTransport": "true"\n      } }',
  ],
];

describe('completion', () => {
  it('begins with the policies of the type that the path of an empty document tells', () => {
    const service = languageService();
    const labels = (path: string): readonly string[] => {
      const document = service.open({ text: '', language: 'json', override: { path } });
      return service.completions(document, 0, { snippets: 'plain' }).items.map(({ label }) => label);
    };
    assert.deepEqual(labels('org/scps/regions.json').slice(0, 2), ['IAM policy', 'Deny other Regions']);
    assert.notEqual(labels('org/regions.json')[1], 'Deny other Regions');
  });

  for (const [name, rows] of [
    ['in an intact statement', intact],
    ['in a half-typed statement', halfTyped],
  ] as const) {
    describe(name, () => {
      for (const [title, statement, label, after] of rows) {
        it(title, () => {
          for (const quotes of ['left', 'taken'] as const) {
            assert.equal(
              accepted(policyWith(statement, ''), label, { quotes }),
              policyWith(after, ''),
              quotes,
            );
          }
        });
      }
    });
  }
});
