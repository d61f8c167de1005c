import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';

describe('a policy with a syntax fault', () => {
  const service = createLanguageService({ iamData: loadIamData() });

  /** Rule and marked text of each finding but suggestions, the faults themselves aside. */
  function said(text: string): readonly string[] {
    const { findings } = service.lint(service.open({ text, language: 'json' }));
    return findings
      .filter(({ rule, severity }) => rule !== 'json-syntax' && severity !== 'info')
      .map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);
  }

  function faults(text: string): readonly string[] {
    const { findings } = service.lint(service.open({ text, language: 'json' }));
    return findings
      .filter(({ rule }) => rule === 'json-syntax')
      .map(({ span }) => text.slice(span.start, span.end));
  }

  const policies: readonly (readonly [name: string, policy: object])[] = [
    [
      'of an identity',
      {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' },
          {
            Effect: 'Deny',
            NotAction: 'iam:Get*',
            Resource: ['arn:aws:s3:::one', 'arn:aws:s3:::one/*'],
            Condition: {
              StringNotEquals: { 'aws:PrincipalTag/team': ['a', 'b'], 'aws:RequestedRegion': 'eu-west-1' },
              Bool: { 'aws:SecureTransport': false },
            },
          },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' },
        ],
      },
    ],
    [
      'of a bucket',
      {
        Version: '2012-10-17',
        Id: 'example',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/r'] },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::one/*',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::one/*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    ],
    [
      'of a role, with one statement',
      {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
        },
      },
    ],
    [
      'in a template',
      {
        Resources: {
          It: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: {
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] }],
              },
            },
          },
        },
      },
    ],
  ];
  const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|\bfalse\b/g;

  for (const [name, policy] of policies) {
    for (const indent of [2, 0]) {
      it(`${name} says nothing that comes of it, ${indent === 0 ? 'on one line' : 'on lines'}`, () => {
        const text = JSON.stringify(policy, undefined, indent);
        assert.deepEqual(said(text), []);
        for (const { index, 0: token } of text.matchAll(TOKEN)) {
          const cuts = token.startsWith('"')
            ? [
                [index, index + 1],
                [index + token.length - 1, index + token.length],
              ]
            : [[index, index + token.length]];
          for (const [from = 0, to = 0] of cuts) {
            const cut = text.slice(0, from) + text.slice(to);
            assert.deepEqual(
              said(cut),
              [],
              `${text.slice(0, from)}⟦${text.slice(from, to)}⟧${text.slice(to)}`,
            );
          }
        }
      });
    }
  }

  const statement = (members: string) =>
    `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:Frob", ${members} }] }`;
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'a template value without quotes in a list',
      statement('"Resource": "*", "Condition": { "StringEquals": { "aws:SourceVpc": [${VPC_IDS}] } }'),
      ['action-unknown Frob'],
    ],
    ['a template value without quotes', statement('"Resource": ${arn}'), ['action-unknown Frob']],
    ['a word without quotes', statement('"Resource": *'), ['action-unknown Frob']],
    [
      'lines of a template language',
      `{
        "Version": "2012-10-17",
        "Statement": [
          %{ for bucket in buckets ~}
          { "Effect": "allow", "Action": "s3:Frob", "Resource": "\${bucket}" },
          %{ endfor ~}
          {% if more %}
          { "Effect": "Allow", "Action": "s3:Get*", "Resource": "s3:::x" }
          {% endif %}
        ]
      }`,
      ['effect-invalid "allow"', 'action-unknown Frob', 'arn-prefix s3'],
    ],
    ['text behind it', `${statement('"Resource": "*"')} and so on`, ['action-unknown Frob']],
    ['a bracket too many', `${statement('"Resource": "*"')} }`, ['action-unknown Frob']],
    [
      'an element that is being typed',
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:Frob", "Res\n }] }',
      ['action-unknown Frob'],
    ],
    [
      'a statement that is being typed beside others',
      `{
        "Statement": [
          { "Effect": "Allow", "Action": "s3:Frob" },
          { "Effect": "Allow", "Actio
          },
          { "effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }
        ]
      }`,
      ['resource-missing {', 'action-unknown Frob', 'element-unknown "effect"'],
    ],
    [
      'white space that is none',
      '{ "Statement": [{ "Effect": "Allow",\u00a0"Action": "s3:Get*",\u2028 "Resorce": "*" }] }',
      ['version-missing {', 'element-unknown "Resorce"'],
    ],
    [
      'a comma too few',
      '{ "Statement": [{ "Effect": "Allow" "Action": "s3:Get*" "Resorce": "*" }] }',
      ['version-missing {', 'element-unknown "Resorce"'],
    ],
    [
      'a policy in a list that ends before the policy does',
      '{ "Policies": [{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:Frob" ] }',
      ['action-unknown Frob'],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`says what is certain beside ${name}`, () => {
      assert.deepEqual(said(text), expected);
      assert.ok(faults(text).length > 0);
    });
  }

  it('is told of once for each fault', () => {
    assert.deepEqual(faults(statement('"Resource": [${A}, ${B}]')), ['$', '$']);
    assert.deepEqual(faults(statement('"Resource": "a" ### and more ###')), ['###']);
    assert.deepEqual(faults(statement('"Resource": "*", ### more ###')), ['###']);
    assert.deepEqual(faults('{ "Statement": [\n%{ if x }\n{ "Effect": "Deny" }\n%{ endif }\n] }'), [
      '%',
      '%',
    ]);
    assert.deepEqual(faults(statement('"Sid": "one\n two", "Resource": "*"')), ['"one']);
    assert.deepEqual(faults(statement('"Resource":\u00a0 \u2028\t\u200b"*"')), ['\u00a0 \u2028\t\u200b']);
    assert.deepEqual(faults('{ "Statement": [{ "Effect": "Allow", "Action": ["a", "Resource": "*" }] }'), [
      '',
    ]);
  });
});
