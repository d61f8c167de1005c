import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';

describe('a policy with a syntax fault', function () {
  this.timeout(limit(60_000));
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

  for (const [name, policy] of policies.slice(0, 3)) {
    it(`${name} says nothing that comes of a bracket or comma too many`, () => {
      const text = JSON.stringify(policy, undefined, 1);
      for (const { index } of text.matchAll(TOKEN)) {
        for (const mark of ['}', '} ', ']', ',']) {
          const more = text.slice(0, index) + mark + text.slice(index);
          assert.deepEqual(said(more), [], `${text.slice(0, index)}⟦${mark}⟧${text.slice(index)}`);
        }
      }
    });
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
      'a name with which the text ends',
      '{ "Version": "2012-10-17", "Id": 7, "Statment"',
      ['element-type 7', 'element-unknown "Statment"'],
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

  /** Policies with a mistake in almost everything, in which one more is made. */
  const WRONG = {
    Version: '2012-10-17',
    Id: 7,
    Statment: [],
    Statement: [
      { Sid: 'a b', Effect: 'allow', Principal: { AWs: '*' }, Action: ['s3:Frob', 5], Resource: 's3:::x' },
      { Effect: 'Allow', Principal: '*', Action: 's3:*', Resorce: '*' },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject', 's3:Get*'],
        Condition: {
          StringEqals: { 'aws:SourceVpc': 'vpc-1' },
          Bool: { 'aws:SecureTransport': 'yes' },
        },
      },
    ],
  };
  const OF_WRONG =
    '7 Statment allow AWs Frob 5 s3 Resorce resource-missing s3:GetObject StringEqals vpc-1 yes';
  const ONE_STATEMENT = {
    Statement: {
      Effect: 'Allow',
      Action: ['iam:PassRole', 's3:GetObject', 's3:Frob'],
      Resource: '*',
      Condition: {
        StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'x'] },
        Foo: 'bar',
      },
    },
  };
  const OF_ONE_STATEMENT = 'version-missing Frob * x Foo bar';
  const TEMPLATE = {
    Resources: {
      P: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: [], Resource: ['*'] },
              { Sid: 4, Action: { x: 's3:Frob' }, Resource: [['arn:aws:s3:::b']] },
            ],
          },
        },
      },
      Q: { Type: 'AWS::S3::Bucket' },
    },
  };
  const OF_TEMPLATE = 'version-missing action-empty effect-missing 4 element-type{ element-type[';

  /** What each finding marks, or its rule where that is a bracket; `element-type` has both. */
  function marks(text: string): readonly string[] {
    const { findings } = service.lint(service.open({ text, language: 'json' }), {
      rules: [{ rule: '*', severity: 'default' }],
    });
    return findings
      .filter(({ rule }) => rule !== 'json-syntax')
      .map(({ rule, span }) => {
        const marked = text.slice(span.start, span.end);
        return /^[{[]$/.test(marked)
          ? rule + (rule === 'element-type' ? marked : '')
          : marked.replaceAll('"', '');
      });
  }

  const words = (list: string): readonly string[] => (list === '' ? [] : list.split(' '));

  const NAMES = '7 Statment AWs 5 Resorce resource-missing StringEqals';

  /** In the policy without blanks the first text becomes the second, and these are not told any more. */
  type Damage = readonly [name: string, from: string, to: string, silenced: string];
  const TABLES: readonly (readonly [policy: object, all: string, damages: readonly Damage[]])[] = [
    [
      WRONG,
      OF_WRONG,
      [
        ['a value is missing', '"Id":7', '"Id":', '7'],
        ['a value is no JSON', ':7,', ':7x,', '7'],
        ['a colon is missing', '"Id":7', '"Id"7', ''],
        ['a comma is missing', '"Id":7,', '"Id":7', ''],
        ['a word stands between a comma and a name', '7,', '7,x', 'Statment'],
        [
          'a name has a brace instead of its value',
          '"Version":',
          '"Version"{:',
          '7 Statment resource-missing s3:GetObject',
        ],
        ['the bracket that opens a list is missing', '[],', '],', 'Statment'],
        [
          'the bracket that closes a list is missing',
          '[],',
          '[,',
          'AWs 5 Resorce resource-missing StringEqals',
        ],
        [
          'the colon of the statements is missing',
          '"Statement":',
          '"Statement"',
          'resource-missing s3:GetObject',
        ],
        ['the brace of a statement is missing', '[{"Sid"', '["Sid"', OF_WRONG],
        ['a closing quote is missing, up to the end of the line', '"a b",', '"a b,\n', 'AWs 5'],
        [
          'a closing quote is missing, with more on the line',
          '"a b",',
          '"a b,',
          OF_WRONG.slice('7 Statment '.length),
        ],
        ['a name of a statement has no value', '"Sid":"a b",', '"Sid":,', ''],
        ['a name has neither colon nor value', '"Sid":"a b",', '"Sid",', 'allow'],
        ['the brace of an object is missing', '"*"},', '"*",', 'AWs Frob 5 s3 Resorce'],
        ['the list has no closing bracket', '5],', '5,', '5'],
        ['an item is no JSON', '5]', 'x]', '5'],
        ['a comma between items is missing', '"s3:Frob",5', '"s3:Frob" 5', ''],
        [
          'the bracket of a list is missing',
          '["s3:Frob",',
          '"s3:Frob",',
          '7 Statment AWs 5 s3 Resorce resource-missing s3:GetObject StringEqals vpc-1 yes',
        ],
        ['a statement has no closing brace', '"s3:::x"}', '"s3:::x"', 'AWs 5 Resorce'],
        [
          'a statement is closed by a bracket',
          '"s3:::x"}',
          '"s3:::x"]',
          '7 Statment AWs 5 Resorce resource-missing s3:GetObject StringEqals vpc-1 yes',
        ],
        ['a comma between statements is missing', '"s3:::x"},', '"s3:::x"}', ''],
        ['a name is half-typed', '"Resorce":"*"', 'Re', 'Resorce'],
        [
          'a name has no opening quote',
          '"Resorce"',
          'Resorce"',
          'Resorce resource-missing s3:GetObject StringEqals vpc-1 yes',
        ],
        [
          'a list of a statement is open',
          '"s3:Get*"]',
          '"s3:Get*"',
          'resource-missing s3:GetObject StringEqals',
        ],
        ['a value of a template has no quotes', '"vpc-1"', '${vpc}', 'resource-missing s3:GetObject vpc-1'],
        [
          'the brace of an operator is missing',
          '"vpc-1"},',
          '"vpc-1",',
          'resource-missing s3:GetObject StringEqals yes',
        ],
        [
          'the brace of the last operator is missing',
          '"yes"}}}]}',
          '"yes"}}]}',
          'resource-missing s3:GetObject StringEqals',
        ],
        [
          'a quote stands behind the last statement',
          '"yes"}}}]}',
          '"yes"}}} "]}',
          'resource-missing StringEqals',
        ],
        [
          'the list of statements is closed by a brace',
          '"yes"}}}]}',
          '"yes"}}}}',
          'resource-missing s3:GetObject StringEqals',
        ],
        ['everything that closes is yet to be typed', '"yes"}}}]}', '"yes"', 'resource-missing s3:GetObject'],
        ['the last brace is yet to be typed', '"yes"}}}]}', '"yes"}}}]', ''],
        ['there is a brace too many', '"yes"}}}]}', '"yes"}}}]}}', NAMES],
        ['there is a brace too many, behind a line break', '"yes"}}}]}', '"yes"}}}]}\n}', NAMES],
        ['more follows behind a comma', '"yes"}}}]}', '"yes"}}}]}, x', NAMES],
        ['text follows', '"yes"}}}]}', '"yes"}}}]} and so on', ''],
      ],
    ],
    [
      ONE_STATEMENT,
      OF_ONE_STATEMENT,
      [
        ['a bracket too many stands in front', '{"St', '[{"St', 'version-missing * Foo bar'],
        ['the first name has no opening quote', '"Effect"', '\nEffect"', OF_ONE_STATEMENT],
        ['a word stands between a name and its colon', '"Action":', '"Action"x:', 'version-missing Frob *'],
        ['a colon stands behind a value', '"Allow"', '"Allow":', 'version-missing * Foo bar'],
        ['the colon of an object is missing', '"Condition":', '"Condition"', 'version-missing *'],
        ['one brace is missing, which may be any', '"bar"}}}', '"bar"}}', 'version-missing * Foo bar'],
        ['a list has a bracket too many', '"s3:Frob"]', '"s3:Frob"]]', 'version-missing Frob *'],
        ['two braces are yet to be typed', '"bar"}}}', '"bar"}', 'version-missing *'],
        ['all braces are yet to be typed', '"bar"}}}', '"bar"', 'version-missing *'],
      ],
    ],
    [
      TEMPLATE,
      OF_TEMPLATE,
      [
        [
          'an item of an empty list is no JSON',
          '"Action":[]',
          '"Action":[x]',
          'version-missing action-empty',
        ],
        ['an empty list is open', '"Action":[]', '"Action":[', 'version-missing action-empty'],
        [
          'a brace stands instead of a value',
          '"Resource":[[',
          '"Resource":}[[',
          'version-missing action-empty effect-missing element-type[',
        ],
        ['a word stands behind a value', '"Sid":4', '"Sid":4 x', 'version-missing effect-missing 4'],
        ['a colon is missing in an object', '{"x":', '{"x"', 'version-missing effect-missing element-type{'],
        [
          'a list in a list is open',
          '"arn:aws:s3:::b"]]',
          '"arn:aws:s3:::b"]',
          'version-missing effect-missing element-type[',
        ],
        ['another part of the template is no JSON', '"Type":"AWS::S3', '"Type":AWS::S3', ''],
      ],
    ],
  ];
  for (const [policy, all, damages] of TABLES) {
    const text = JSON.stringify(policy);
    it(`has all its findings where there is no fault: ${all}`, () => {
      assert.deepEqual(marks(text), words(all));
    });

    for (const [name, from, to, silenced] of damages) {
      it(`has those that the fault leaves certain where ${name}`, () => {
        assert.ok(text.includes(from));
        const damaged = text.replace(from, () => to);
        const gone = new Set(words(silenced));
        assert.deepEqual(
          marks(damaged),
          words(all).filter((each) => !gone.has(each)),
          damaged,
        );
        assert.ok([...gone].every((each) => words(all).includes(each)));
      });
    }
  }
});
