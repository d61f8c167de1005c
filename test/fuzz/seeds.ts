import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentInput, documentLanguages, languageOfFile } from '../../server/src/core/index';
import { CORPUS_FORMS, repositoryRoot, sharedCorpus } from '../support/repository';
import { examplePolicies } from '../support/rulePages';

/** Longer files take long, and what they have shorter ones have too. */
const LONGEST = 8_000;

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** One of each form that is read, for a repository that lies alone. */
const OWN: readonly (readonly [name: string, text: string])[] = [
  [
    'policy.json',
    `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Invoke", "Effect": "Allow", "Principal": {"AWS": ["123456789012", "*"]}, "Action": ["execute-api:Invoke", "execute-api:InvalidateCache"], "Resource": "${API}/prod/GET/pets/*" },
    { "Effect": "Deny", "NotAction": ["s3:Get*", "S3:getobject"], "NotResource": ["arn:aws:s3:::b/\${aws:username}/*"], "Condition": {"StringNotEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}, "Bool": {"aws:SecureTransport": "false"}} }
  ]
}`,
  ],
  [
    'policy.jsonc',
    `{
  // who
  "Version": "2012-10-17", /* now */
  "Statement": [{ "Effect": "Allow", "Action": ["s3:PutObject",], "Resource": "*", },],
}`,
  ],
  [
    'template.yaml',
    `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: &trust
        Version: "2012-10-17"
        Statement:
          - Effect: Allow # who
            Principal: { Service: [lambda.amazonaws.com] }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - !If [c, { Effect: Allow, Action: ["s3:*"], Resource: !Sub "arn:\${AWS::Partition}:s3:::\${Bucket}/*" }, !Ref AWS::NoValue]
  Other:
    Properties:
      PolicyDocument: *trust
`,
  ],
  [
    'main.tf',
    `data "aws_iam_policy_document" "p" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["\${aws_s3_bucket.b.arn}/*", "arn:aws:s3:::x"]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = [var.team, "&{aws:username}"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
  dynamic "statement" {
    for_each = var.x
    content {
      effect  = "Deny"
      actions = ["*"]
    }
  }
}
resource "aws_iam_policy" "q" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "ec2:*", Resource = "*" }] })
}
resource "aws_api_gateway_rest_api" "r" {
  policy = <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}
EOF
}
`,
  ],
  [
    'x.tf.json',
    `{"data": {"aws_iam_policy_document": {"p": {"statement": [{"effect": "Allow", "actions": ["s3:*"], "resources": ["*"]}]}}}, "resource": {"aws_iam_policy": {"q": {"policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"s3:Get*\\", \\"Resource\\": \\"*\\"}]}"}}}}`,
  ],
  [
    'stack.ts',
    `import * as iam from 'aws-cdk-lib/aws-iam';
const actions = ['s3:GetObject', \`s3:\${verb}Object\`];
role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.ALLOW, actions, resources: ['*'], conditions: { StringLike: { 'aws:x': ['y'] } } }));
const doc = iam.PolicyDocument.fromJson({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions[0], Resource: bucket.arn + '/*' }] });
const text: string = JSON.stringify({ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } });
`,
  ],
  [
    'index.js',
    `const policy = { Version: "2012-10-17", Statement: [] };
policy.Statement.push({ Effect: "Allow", Action: ["execute-api:Invoke"], Resource: '${API}/*' });
policy.Statement[0].Condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
exports.handler = async () => ({ principalId: 'x', policyDocument: policy });
`,
  ],
  [
    'app.py',
    `import json
policy = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": f"arn:aws:sqs:*:{account}:q"}],
}
policy["Statement"].append(dict(Effect="Deny", Action="*", Resource="*"))
iam.put_role_policy(PolicyDocument=json.dumps(policy))
POLICY = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"""
`,
  ],
  [
    'page.md',
    `# How to

\`\`\`json
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
\`\`\`

- as a list

  \`\`\`yaml
  PolicyDocument:
    Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }]
  \`\`\`
`,
  ],
  [
    'policy.json.tpl',
    `{
  "Version": "2012-10-17",
  "Statement": [
    %{ for b in buckets ~}
    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::\${b}/*" },
    %{ endfor ~}
    {{ if .x }}{ "Effect": "Deny", "Action": "*", "Resource": "<%= y %>" }{{ end }}
  ]
}
`,
  ],
  [
    'stackset.yaml',
    'Resources:\n  S:\n    Type: AWS::CloudFormation::StackSet\n    Properties:\n      TemplateBody: |\n        Resources:\n          P:\n            Type: AWS::IAM::ManagedPolicy\n            Properties:\n              PolicyDocument:\n                Version: 2012-10-17\n                Statement:\n                  - Effect: Alow\n                    Action: [s3:GetObjct, s3:*]\n                    Resource: !Sub "arn:aws:s3:::${Bucket}/*"\n',
  ],
  [
    'stack.tf',
    'resource "aws_cloudformation_stack" "s" {\n  template_body = <<-EOF\n    Resources:\n      P:\n        Type: AWS::SQS::QueuePolicy\n        Properties:\n          PolicyDocument:\n            Statement:\n              - Effect: Allow\n                Principal: "*"\n                Action: sqs:SendMessge\n                Resource: !Sub "$${Queue.Arn}/${var.x}"\n  EOF\n}\n',
  ],
  [
    'openapi.json',
    `{"openapi": "3.0.1", "paths": {"/pets/{id}": {"get": {"parameters": [{"name": "id", "in": "path"}], "x-amazon-apigateway-integration": {"cacheKeyParameters": ["method.request.path.id"], "type": "http", "uri": "https://x"}}}}, "x-amazon-apigateway-policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/GET/*"}]}}`,
  ],
];

/** Files that may lie beside the repository: the folders of each corpus, and how many files are taken of each. */
const CORPORA = [
  { of: 'access-analyzer', folders: ['policies'], most: 60 },
  { of: '.', folders: ['managed-policies'], most: 60 },
  {
    of: 'real-policies',
    folders: [
      'identity',
      'resource',
      'trust',
      'scp',
      'endpoint',
      'fixtures-with-deliberate-mistakes',
      'templates-and-api-output',
      'not-json-templated-or-broken',
    ],
    most: 25,
  },
  {
    of: 'formats',
    folders: [...CORPUS_FORMS, 'md-fence'],
    most: 25,
  },
] as const;

/** What documents are made of. */
export interface Seeds {
  /** One document of each form: each is cut off at each of its offsets. */
  readonly forms: readonly DocumentInput[];
  /** What is mutated. */
  readonly all: readonly DocumentInput[];
}

/** @param corpus whether with files of public repositories, where they lie beside this one */
export function seedsOf(corpus: boolean): Seeds {
  const own = ownForms();
  const examples = exampleSeeds();
  // Nearly all examples are JSON: the others come often enough by coming several times.
  const repeated = Array.from({ length: 20 }, () => own).flat();
  return { forms: own, all: [...examples, ...repeated, ...(corpus ? corpusSeeds() : [])] };
}

/** The examples of the rule pages. */
function exampleSeeds(): readonly DocumentInput[] {
  const pages = join(repositoryRoot, 'server/docs/rules');
  return readdirSync(pages)
    .sort()
    .flatMap((page) => examplePolicies(readFileSync(join(pages, page), 'utf8')))
    .filter(({ text }) => text.length <= LONGEST);
}

function ownForms(): readonly DocumentInput[] {
  const own = OWN.map(([name, text]) => ({ text, language: languageOfFile(name, text) }));
  const missing = documentLanguages.filter((each) => own.every(({ language }) => language !== each));
  if (missing.length > 0) {
    throw new Error(`There is no seed in ${missing.join(', ')}.`);
  }
  return own;
}

/** The folders of {@link CORPORA} that do not lie beside the repository, as whoever runs this should know. */
export function missingCorpora(): readonly string[] {
  return CORPORA.flatMap(({ of, folders }) =>
    folders
      .filter((folder) => sharedCorpus(join(of, folder)) === undefined)
      .map((folder) => join(of, folder)),
  );
}

function corpusSeeds(): readonly DocumentInput[] {
  return CORPORA.flatMap(({ of, folders, most }) =>
    folders.flatMap((folder) => {
      const root = sharedCorpus(join(of, folder));
      const files = root === undefined ? [] : readdirSync(root).sort();
      const step = Math.max(1, Math.floor(files.length / most));
      return files
        .filter((_, index) => index % step === 0)
        .map((file) => ({ file, text: readFileSync(join(root ?? '', file), 'utf8') }))
        .filter(({ text }) => text.length > 0 && text.length <= LONGEST)
        .map(({ file, text }) => ({ text, language: languageOfFile(file, text) }));
    }),
  );
}
