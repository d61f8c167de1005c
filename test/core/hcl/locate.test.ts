import assert from 'node:assert/strict';
import { languageService } from '../../support/policies';

const service = languageService();

/** Each policy of a text by its type, with what it is attached to, and the findings but suggestions, as "rule: text". */
function told(text: string): { readonly kinds: readonly string[]; readonly findings: readonly string[] } {
  const document = service.open({ text, language: 'hcl' });
  const { findings, failures } = service.lint(document);
  assert.deepEqual(failures, []);
  return {
    kinds: document.policies.map(({ kind }) => [kind.type, kind.resourceType].filter(Boolean).join(' ')),
    findings: findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`),
  };
}

/** A data source with one statement. */
function data(name: string, statement: string, more = ''): string {
  return `data "aws_iam_policy_document" "${name}" {\n  ${more}\n  statement {\n    ${statement}\n  }\n}\n`;
}

const READ = 'actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/*"]';

describe('a policy in HCL', () => {
  for (const [title, text, kinds, findings] of [
    ['a data source of which nothing is told', data('a', READ), ['identity'], []],
    [
      'one that a role takes as its trust policy',
      `${data('a', 'actions = ["sts:AssumeRole"]\n principals {\n type = "*"\n identifiers = ["*"]\n }')}
       resource "aws_iam_role" "r" {\n  assume_role_policy = data.aws_iam_policy_document.a.json\n}`,
      ['trust AWS::IAM::AssumeRolePolicyDocument'],
      ['principal-wildcard-in-trust-policy: "*"'],
    ],
    [
      'one that a bucket takes, through a local value and a document around it',
      `${data('a', READ)}${data('b', READ, 'source_policy_documents = [data.aws_iam_policy_document.a.json]')}
       locals {\n  p = data.aws_iam_policy_document.b.json\n}
       resource "aws_s3_bucket_policy" "r" {\n  policy = local.p\n}`,
      ['resource AWS::S3::Bucket', 'resource AWS::S3::Bucket'],
      ['principal-missing: {', 'principal-missing: {'],
    ],
    [
      'one that two resources of different types take',
      `${data('a', READ)}
       resource "aws_s3_bucket_policy" "r" {\n  policy = data.aws_iam_policy_document.a.json\n}
       resource "aws_iam_role_policy" "r" {\n  policy = data.aws_iam_policy_document.a.json\n}`,
      ['identity'],
      [],
    ],
    [
      'one of which an attribute is used beside it, in the policy of something else',
      `${data('a', `${READ}\n    principals {\n      type = "*"\n      identifiers = ["*"]\n    }\n    condition {\n      test = "StringEquals"\n      variable = "aws:PrincipalAccount"\n      values = ["123456789012"]\n    }`)}
       locals {\n  all = { a = { policy = data.aws_iam_policy_document.a.json, arn = "arn:aws:s3:::b" } }\n}
       ${data('b', 'actions = ["s3:ListBucket"]\n    resources = [for each in local.all : each.arn]')}
       resource "aws_iam_policy" "b" {\n  policy = data.aws_iam_policy_document.b.json\n}
       resource "aws_iam_policy" "c" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:ListBucket", Resource = local.all.a.arn }] })\n}`,
      ['resource', 'identity', 'identity'],
      [],
    ],
    [
      'blocks of a data source that is not shown, as in documentation',
      `statement {\n  sid = "A"\n  effect = "Allow"\n  actions = ["s3:GetObject"]\n  resources = ["*"]\n}\nstatement {\n  actions = ["s3:PutObject"]\n}\n`,
      [],
      [],
    ],
    [
      'an object with the elements of a statement',
      `resource "aws_iam_policy" "r" {\n  policy = jsonencode({ Version = "2012-10-17", Effect = "Allow", Action = "s3:GetObject", Resource = "*" })\n}\n`,
      ['identity'],
      ['statement-missing: Effect'],
    ],
    [
      'local values that are the Statement of policies, alone and with others, be they half typed',
      `locals {
         all  = [{ Effect = "Allow", Action = ["sts:AssumRole"], Principal = "*" }]
         more = { Effect = "Alow", Action = "sts:AssumeRole", Principal = { AWS = "123456789012" } }
         sts  = ["sts:AssumRole"]
       }
       resource "aws_iam_role" "r" {
         assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = concat(var.x ? local.all : [], [local.more, { Effect = "Allow", Principal = { AWS = "123456789012" }, Action = local.sts }]) })
       }`,
      [
        'trust AWS::IAM::AssumeRolePolicyDocument',
        'trust AWS::IAM::AssumeRolePolicyDocument',
        'trust AWS::IAM::AssumeRolePolicyDocument',
      ],
      ['action-unknown: AssumRole', 'principal-wildcard-in-trust-policy: "*"', 'effect-invalid: "Alow"'],
    ],
    [
      'a local value that is nothing but the Statement of a policy, one element of which is misspelt',
      `locals {
         all = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "123456789012" }, Conditon = {} }]
       }
       resource "aws_iam_role" "r" {
         assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = local.all })
       }`,
      ['trust AWS::IAM::AssumeRolePolicyDocument', 'trust AWS::IAM::AssumeRolePolicyDocument'],
      ['element-unknown: Conditon'],
    ],
    [
      'statements among local values, variables and what is given to a module, of which nothing else is told',
      `locals {
         by_name = { read = { Sid = "A", Effect = "Allow", Action = ["s3:GetObjct"], Resource = "*" } }
       }
       variable "more" {
         default = [{ Effect = "Deny", NotAction = "s3:GetObjct", Principal = "*" }]
       }
       module "m" {
         statements = concat(var.more, [{ Effect = "Allow", Action = "s3:GetObjct", Resource = "*" }])
       }`,
      ['identity', 'resource', 'identity'],
      ['action-unknown: GetObjct', 'action-unknown: GetObjct', 'action-unknown: GetObjct'],
    ],
    [
      'what looks like a statement, and has something else in it or stands elsewhere',
      `locals {
         a = { Effect = "Allow", Action = "s3:GetObjct", Priority = 1 }
         b = [{ Effect = "Allow", Action = "s3:GetObjct" }, "x"]
         c = { Effect = "NoSchedule", Action = "evict" }
       }
       resource "other" "r" {
         rule = { Effect = "Allow", Action = "s3:GetObjct" }
       }`,
      [],
      [],
    ],
    [
      'texts in which `replace` puts something in the place of letters, and nothing else',
      `resource "aws_iam_policy" "r" {
         policy = replace(replace(jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObjct", Resource = ["BUCKET", "arn:aws:s3:::b/<path>", "FOLDER"] }] }), "BUCKET", var.b), "/FOLDER/", var.f)
       }
       resource "aws_iam_policy" "s" {
         policy = replace(<<EOT
{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "BUCKET" }, MORE] }
EOT
         , "MORE", var.more)
       }`,
      ['identity', 'identity'],
      ['action-unknown: GetObjct', 'placeholder: <path>', 'arn-prefix: BUCKET'],
    ],
    [
      'a heredoc whose Statement is misspelt',
      `resource "aws_iam_policy" "r" {\n  policy = <<EOT
{ "Version": "2012-10-17", "Staement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }
EOT\n}\n`,
      ['identity'],
      ['element-unknown: "Staement"'],
    ],
    [
      'one without resources, of which nothing is told',
      data('a', 'actions = ["s3:GetObject"]'),
      ['identity'],
      [],
    ],
    [
      'one without resources, for an identity',
      `${data('a', 'actions = ["s3:GetObject"]')}
       resource "aws_iam_policy" "r" {\n  policy = data.aws_iam_policy_document.a[0].json\n}`,
      ['identity'],
      ['resource-missing: {'],
    ],
    [
      'a policy of an organization, whose type is beside it',
      `resource "aws_organizations_policy" "a" {
         type = "RESOURCE_CONTROL_POLICY"
         content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }] })
       }
       resource "aws_organizations_policy" "b" {
         content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*" }] })
       }`,
      ['rcp', 'scp'],
      ['effect-allow-in-rcp: "Allow"', 'principal-in-scp: Principal'],
    ],
    [
      'statements that are there or not',
      data('a', READ).replace(
        '\n}\n',
        `
  dynamic "statement" {
    for_each = var.more
    content {
      actions     = statement.value.actions
      not_actions = statement.value.not_actions
      resources   = try(statement.value.resources, null)
      dynamic "principals" {
        for_each = statement.value.principals
        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }
      dynamic "condition" {
        for_each = statement.value.conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}
`,
      ),
      ['identity'],
      [],
    ],
    [
      'conditions of one operator, and of one key',
      data(
        'a',
        `${READ}
         condition {\n test = "StringEquals"\n variable = "aws:SourceVpc"\n values = ["vpc-0a1b2c3d"]\n }
         condition {\n test = "StringEquals"\n variable = "aws:SourceVpc"\n values = ["vpc-0a1b2c3e"]\n }
         condition {\n test = "StringEqual"\n variable = "aws:PrincipalOrgId"\n values = ["o-a1b2c3d4e5"]\n }`,
      ),
      ['identity'],
      ['condition-operator-unknown: "StringEqual"'],
    ],
    [
      'variables of IAM, which are no expressions, and expressions, which are no variables',
      `${data('a', 'actions = ["s3:GetObject"]\n resources = ["arn:aws:s3:::b/&{aws:username }/$${aws:username }/${aws_s3_bucket.b.id}"]')}
       resource "aws_iam_policy" "r" {
         policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/$\${aws:username }/\${var.a ? "x:y" : "z"}" } })
       }`,
      ['identity', 'identity'],
      ['variable-space: aws:username ', 'variable-space: aws:username ', 'variable-space: aws:username '],
    ],
    [
      'JSON in lines with expressions between',
      `resource "aws_sqs_queue" "q" {
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        %{ if var.a }
        {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMesage", "Resource": "\${self.arn}"},
        %{ endif }
        \${jsonencode(local.more)},
        {
          "Effect": "Allow",
          "Principal": {"AWS": \${jsonencode(var.accounts)}},
          "Action": \${jsonencode(var.actions)},
          "Resource": "*"
        }
      ]
    }
  EOF
}`,
      ['resource AWS::SQS::Queue'],
      ['action-unknown: SendMesage'],
    ],
    [
      'JSON in quotes',
      `resource "aws_iam_policy" "p" {\n  policy = ${JSON.stringify(
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' }],
        }),
      )}\n}`,
      ['identity'],
      ['action-unknown: GetObjct'],
    ],
    [
      'rules of AWS WAF, which have statements too',
      'resource "aws_wafv2_web_acl" "w" {\n  rule {\n    statement {\n      managed_rule_group_statement {\n        name = "x"\n      }\n    }\n  }\n}',
      [],
      [],
    ],
    [
      'an inline policy, in a block that is written as often as needed',
      `resource "aws_iam_role" "r" {
         dynamic "inline_policy" {
           for_each = [1]
           content {
             policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*" }] })
           }
         }
       }`,
      ['identity'],
      ['resource-missing: {'],
    ],
    [
      'lists that are put together',
      `locals {
         p = jsonencode({
           Version = "2012-10-17"
           Statement = concat([{
             Effect   = "Allow"
             Action   = concat(["s3:GetObjct"], var.actions)
             Resource = var.all ? "*" : local.arns
           }], [for a in var.accounts : { Effect = "Deny", Action = "s3:PutObjct", Resource = a }], var.more)
         })
       }`,
      ['identity'],
      ['action-unknown: GetObjct', 'action-unknown: PutObjct'],
    ],
    ['a statement that is being typed', data('a', 'actio\n    resources = ["*"]'), ['identity'], []],
    [
      'a policy that is being typed, with one below it',
      `resource "aws_iam_policy" "a" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Action = ["s3:
}

${data('b', 'actions = ["s3:GetObjct"]\n    resources = ["*"]')}`,
      ['identity', 'identity'],
      ['action-unknown: GetObjct'],
    ],
  ] as const) {
    it(`is found and judged: ${title}`, () => {
      assert.deepEqual(told(text), { kinds, findings });
    });
  }

  it('says what the same policy says in JSON', () => {
    const statements = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'One',
          Effect: 'Allow',
          NotAction: ['iam:*'],
          NotResource: ['arn:aws:s3:::b'],
          Principal: { AWS: ['123456789012'], Service: ['lambda.amazonaws.com'] },
        },
      ],
    };
    const text = data(
      'a',
      `sid = "One"
       not_actions = ["iam:*"]
       not_resources = ["arn:aws:s3:::b"]
       principals {\n type = "AWS"\n identifiers = [123456789012]\n }
       principals {\n type = "Service"\n identifiers = ["lambda.amazonaws.com"]\n }`,
    );
    const [hcl] = service.open({ text, language: 'hcl' }).policies;
    const [json] = service.open({ text: JSON.stringify(statements), language: 'json' }).policies;
    const said = (policy: typeof hcl) =>
      policy?.statements.map(({ sid, effect, actions, resources, principals }) => [
        sid?.value,
        effect?.value,
        actions.map(({ member, entries }) => [member.name, entries.map((each) => each.text)]),
        resources.map(({ member, entries }) => [member.name, entries.map((each) => each.text)]),
        principals.map(({ member, entries }) => [
          member.name,
          entries.map((each) => [each.type?.value, each.text]),
        ]),
      ]);
    assert.deepEqual(said(hcl), said(json));
    assert.equal(hcl?.version, '2012-10-17');
  });
});
