import assert from 'node:assert/strict';
import { languageOfFile } from '../../server/src/core/index';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';

/*
 * What somebody is typing in any language has no findings that are gone as soon as the line is complete, other than of what
 * is missing. Each line of a policy is shortened to what has been typed of it so far.
 */

const service = languageService();
const rules = [{ rule: '*', severity: 'default' }] as const;

function told(name: string, text: string): readonly string[] {
  const { findings, failures } = service.lint(service.open({ text, language: languageOfFile(name, text) }), {
    rules,
  });
  assert.deepEqual(failures, []);
  return findings
    .filter(({ rule }) => rule !== 'json-syntax')
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

/** The lines of a statement, of which one is shortened, in something around them. */
interface Form {
  readonly name: string;
  readonly lines: readonly string[];
  readonly around: readonly [before: string, after: string];
  /** What stands between a name and its value. */
  readonly mark: string;
}

const JSON_LINES = [
  '"Sid": "One",',
  '"Effect": "Allow",',
  '"Principal": { "AWS": "arn:aws:iam::123456789012:role/r" },',
  '"Action": ["s3:GetObject"],',
  '"Resource": "arn:aws:s3:::b/*",',
  '"Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }',
];
const IN_JSON = ['{ "Version": "2012-10-17", "Statement": [{\n', '\n}] }'] as const;
const YAML_LINES = [
  'Sid: "One"',
  "Effect: 'Allow'",
  'Principal: { "AWS": "arn:aws:iam::123456789012:role/r" }',
  'Action: ["s3:GetObject"]',
  'Resource: "arn:aws:s3:::b/*"',
  'Condition: { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }',
];
const TYPESCRIPT_LINES = JSON_LINES.map((line) =>
  line
    .replace(/^"(\w+)"/, '$1')
    .replace('"AWS"', 'AWS')
    .replace('"StringEquals"', 'StringEquals'),
);
const HCL_LINES = YAML_LINES.map((line) =>
  line
    .replace(/^(\w+):/, '$1 =')
    .replaceAll("'", '"')
    .replaceAll(/("[\w:]+"): /g, '$1 = '),
);

const FORMS: readonly Form[] = [
  { name: 'x.json', lines: JSON_LINES, around: IN_JSON, mark: ':' },
  {
    name: 'x.ts',
    lines: TYPESCRIPT_LINES,
    around: ["const p = {\n  Version: '2012-10-17',\n  Statement: [{\n", '\n  }],\n};\nexport default p;\n'],
    mark: ':',
  },
  {
    name: 'x.py',
    lines: JSON_LINES,
    around: [`import json\n\nPOLICY = json.dumps(${IN_JSON[0]}`, `${IN_JSON[1]})\n\nprint(POLICY)\n`],
    mark: ':',
  },
  {
    name: 'x.yaml',
    lines: YAML_LINES,
    around: ['Version: "2012-10-17"\nStatement:\n  - ', '\n  - Sid: Two\n    Effect: Deny\n'],
    mark: ':',
  },
  {
    name: 'x.tf',
    lines: HCL_LINES,
    around: [
      'locals {\n  p = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n',
      '\n    }]\n  })\n}\n',
    ],
    mark: ' =',
  },
];

/** What has been typed of a line so far: up to the middle of its name, of its first text, and so on. */
function beginnings(line: string, mark: string): readonly string[] {
  const colon = line.indexOf(mark);
  const value = line.slice(colon + mark.length).search(/\S/) + colon + mark.length;
  const isText = /["']/.test(line.charAt(value));
  return [
    line.slice(0, 2),
    line.slice(0, colon),
    line.slice(0, colon + mark.length),
    line.slice(0, value),
    // The comma is there, and the value is not.
    ...(/,$/.test(line) ? [`${line.slice(0, value)},`] : []),
    ...(isText ? [line.slice(0, value + 1), line.slice(0, value + 4)] : []),
  ];
}

describe('a policy that is being typed', function () {
  this.timeout(limit(60_000));

  for (const { name, lines, around, mark } of FORMS) {
    const [before, after] = around;
    const indent = name === 'x.yaml' ? '    ' : '      ';
    const textOf = (all: readonly string[]) =>
      `${before}${all.map((line, index) => (name === 'x.yaml' && index === 0 ? line : indent + line)).join('\n')}${after}`;
    const whole = told(name, textOf(lines));

    for (const [index, line] of lines.entries()) {
      it(`has no more findings than when it is complete: ${name}, ${line}`, () => {
        for (const typed of beginnings(line, mark)) {
          const text = textOf(lines.map((each, at) => (at === index ? typed : each)));
          const more = told(name, text).filter((each) => !whole.includes(each));
          assert.deepEqual(more, [], text);
        }
      });
    }

    it(`has the findings of what is complete beside it: ${name}`, () => {
      const wrong = lines.map((line) => line.replace('s3:GetObject', 's3:GetObjct'));
      const text = textOf(wrong.map((line, at) => (at === 1 ? line.slice(0, line.indexOf(mark)) : line)));
      assert.ok(
        told(name, text).some((each) => each.startsWith('action-unknown')),
        text,
      );
    });
  }
});

describe('a list in YAML of which the dash alone is there', () => {
  const statements = (...lines: readonly string[]): string =>
    ['Version: "2012-10-17"', 'Statement:', ...lines, ''].join('\n');

  it('is not empty, nor is what it stands for missing', () => {
    for (const text of [
      statements('  -'),
      statements('  - '),
      statements('  - Effect: Allow', '    Action:', '      - ', '    Resource: "*"'),
      statements('  - Effect: Allow', '    Action: s3:GetObject', '    Resource:', '      -'),
    ]) {
      assert.deepEqual(told('x.yaml', text), [], text);
    }
    assert.deepEqual(told('x.yaml', statements('  []')), ['statement-missing: Statement']);
    assert.deepEqual(told('x.yaml', statements('  - Effect: Allow', '    Action: []', '    Resource: "*"')), [
      'action-empty: [',
    ]);
  });

  it('names nothing where what a function names is yet to be typed', () => {
    const template = (resource: string): string =>
      `Resources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - Effect: Allow\n            Action: s3:GetObject\n            Resource: ${resource}\n`;
    for (const resource of ['{ "Fn::GetAtt": [] }', '!GetAtt ""', '!Ref ""']) {
      assert.deepEqual(told('template.yaml', template(resource)), [], resource);
    }
  });

  it('has the findings of what is there', () => {
    const text = statements(
      '  - Effect: Allow',
      '    Action:',
      '      - s3:GetObjct',
      '      - ',
      '    Resource: "*"',
    );
    assert.deepEqual(told('x.yaml', text), ['action-unknown: GetObjct']);
  });
});

describe('a statement that lacks a comma and its Resource', () => {
  it('is not complete, whatever is faulty further down', () => {
    const text = `new iam.Policy('p', { policy: { Version: '2012-10-17', Statement: [{
      Sid: 'One'
      Effect: 'Allow',
      Action: ['s3:GetObject'],
    }] } });
    `;
    assert.deepEqual(told('x.ts', text.replace("'One'", "'One',")), ['resource-missing: {']);
    assert.deepEqual(told('x.ts', text), []);
    assert.deepEqual(told('x.ts', `${text}const a = = 1;\n`), []);
  });
});

/** Typed from the top, with nothing behind what has been typed, as where an editor adds no brackets. */
const FROM_THE_TOP: readonly (readonly [name: string, text: string])[] = [
  [
    'x.json',
    `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "sns.amazonaws.com" },
      "Action": ["s3:GetObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::pets/*", "arn:aws:s3:::pets"],
      "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:pets" } }
    },
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::pets", "arn:aws:s3:::pets/*"],
      "Condition": { "Bool": { "aws:SecureTransport": "false" } }
    }
  ]
}
`,
  ],
  [
    'x.tf',
    `data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::pets/*", "arn:aws:s3:::pets"]

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

locals {
  statements = [
    {
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = "arn:aws:sqs:us-east-1:123456789012:pets"
    },
  ]
}
`,
  ],
  [
    'x.ts',
    `import * as iam from 'aws-cdk-lib/aws-iam';

new iam.PolicyStatement({
  actions: ['s3:GetObject', 's3:PutObject'],
  resources: ['arn:aws:s3:::pets/*'],
  conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
});
`,
  ],
];

describe('a statement in which a key has lost a part with its quote', () => {
  it('does not take the elements of the next statement for its own', () => {
    const text = `const p = {
  Version: '2012-10-17',
  Statement: [{
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: 'arn:aws:s3:::b/*',
    Condition: {
      StringEquals: { "aws:Pri"ipalTag/a": 'b' },{    },
  }, {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
  }],
};
`;
    const [policy] = service.open({ text, language: 'typescript' }).policies;
    assert.deepEqual(
      policy?.statements[0]?.actions.flatMap(({ entries }) => entries.map(({ text: action }) => action)),
      ['s3:GetObject'],
    );
  });
});

describe('a policy of which nothing is typed behind the cursor', () => {
  for (const [name, text] of FROM_THE_TOP) {
    it(`has no finding but those of its syntax: ${name}`, function () {
      this.timeout(limit(60_000));
      for (let end = 0; end <= text.length; end += 1) {
        assert.deepEqual(told(name, text.slice(0, end)), [], text.slice(0, end));
      }
    });
  }
});

describe('the line that begins a heredoc, above what is to be in it', () => {
  for (const line of ['policy = <<EOF', 'policy = <<-EOF', 'policy = var.x ? <<EOF', 'policy = [<<EOF']) {
    it(`does not change what is said of the statements while it is being typed: ${line}`, () => {
      for (let end = 0; end <= line.length; end += 1) {
        const text = `resource "aws_iam_policy" "p" {
  name   = "p"
  ${line.slice(0, end)}
{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }]
}
EOF
}

resource "aws_s3_bucket" "b" {}
`;
        const document = service.open({ text, language: 'hcl' });
        const { findings } = service.lint(document, { rules });
        const found = findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
        assert.deepEqual(found, ['action-unknown: GetObjct'], text);
      }
    });
  }
});

describe('a policy between three quotes, in front of what is being typed on the line of the last ones', () => {
  const policies = [
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObjct"],"Resource":"*"}]}',
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }\n  ]\n}',
  ];
  for (const quotes of ['"""', "'''"]) {
    for (const behind of ['"', "'", ', "', ", 'na", ")  # don't"]) {
      it(`is found: ${quotes}${behind}`, () => {
        for (const policy of policies) {
          const text = `put(${quotes}${policy}${quotes}${behind}\nprint("a", "b")\n`;
          assert.deepEqual(told('x.py', text), ['action-unknown: GetObjct'], text);
        }
      });
    }
  }
});
