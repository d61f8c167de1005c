import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../../server/src/core/document';
import { type RefactoringKind, refactorings } from '../../server/src/core/features/refactor/refactorings';
import { applyEdits } from '../../server/src/core/lint/edits';
import { plainValue } from '../../server/src/core/lint/layout';
import { ifWritable } from '../../server/src/core/lint/writers/writer';
import type { Policy } from '../../server/src/core/model/policy';
import { PolicyDocument as DataSource } from '../../server/src/core/syntax/hcl/policyDocument';
import { HCL_FORMS, sorted, withLists } from '../support/hclPolicies';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';

const service = languageService();

const FORMS = ['toDataSource', 'toJsonencode', 'toHeredoc'] as const;
type Form = (typeof FORMS)[number];

/** So many policies are tried of each folder, spread over it. */
const MOST = 6;

/** One file in so many of the corpus; all of them with `ALL=1`. */
const STEP = process.env.ALL === undefined ? 12 : 1;

function open(text: string): PolicyDocument {
  return service.open({ text, language: 'hcl' });
}

/** The text with a policy in another form; `undefined` where that is not offered. */
function rewritten(
  document: PolicyDocument,
  form: Form,
  { index = 0, ...given }: { readonly index?: number; readonly module?: readonly string[] | undefined } = {},
): string | undefined {
  const module = 'module' in given ? given.module : [];
  const kind: RefactoringKind = `refactor.rewrite.iamPolicy.${form}`;
  const span = document.policies[index]?.node.span ?? { start: 0, end: 0 };
  const offer = refactorings(document, span, undefined, (each) => each === kind, module)[0];
  const edits = offer && ifWritable('hcl', offer.edits);
  return edits && applyEdits(document.text, edits);
}

/** What a policy says, however it is written: lists everywhere, and references as the texts that they give. */
function meaning({ node }: Policy): unknown {
  const said = withLists(
    JSON.parse(
      JSON.stringify(plainValue(node))
        .replaceAll(/\{"Ref":"((?:[^"\\]|\\.)*)"\}/g, '"${$1}"')
        .replaceAll('"Sid":"",', '')
        .replaceAll(/,?"Sid":""/g, '')
        .replaceAll(
          /\$\{([^{}]*)\}/g,
          (_, name: string) => `\${${name.replaceAll(/\W+/g, '.').replace(/\.$/, '')}}`,
        ),
    ),
  ) as { readonly Version?: string };
  return sorted({
    ...said,
    Version: said.Version ?? (node instanceof DataSource ? '2012-10-17' : '2008-10-17'),
  });
}

function inResource(value: unknown): string {
  return `resource "aws_iam_policy" "p" {\n  policy = ${HCL_FORMS.object?.(value)?.replace('x = ', '').trimEnd()}\n}\n`;
}

describe('a policy of Terraform in another form', function () {
  this.timeout(limit(120_000));

  it('reads as terraform fmt leaves it', () => {
    const text = `# Who may read.
resource "aws_iam_role_policy" "reader" {
  name        = "reader"
  description = "Reads"
  policy      = <<-EOF
    {
      "Version": "2012-10-17",
      "Id": "reading",
      "Statement": [
        {
          "Sid": "Read",
          "Effect": "Allow",
          "Principal": {"AWS": "*", "Service": ["a.amazonaws.com", "b.amazonaws.com"]},
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "\${aws_s3_bucket.b.arn}/$\${aws:username}/\${var.a ? "x" : "y"}",
          "Condition": {"Bool": {"aws:SecureTransport": true}, "StringLike": {"s3:prefix": ["\\"q\\"", "%%{x"]}}
        },
        {"Effect": "Deny", "Action": "*", "Resource": "*"}
      ]
    }
  EOF
  role        = "x"
}
`;
    const asDocument = rewritten(open(text), 'toDataSource');
    assert.equal(
      asDocument,
      `data "aws_iam_policy_document" "reader" {
  policy_id = "reading"

  statement {
    sid    = "Read"
    effect = "Allow"
    actions = [
      "s3:GetObject",
      "s3:PutObject",
    ]
    resources = ["\${aws_s3_bucket.b.arn}/&{aws:username}/\${var.a ? "x" : "y"}"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    principals {
      type = "Service"
      identifiers = [
        "a.amazonaws.com",
        "b.amazonaws.com",
      ]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values = [
        "\\"q\\"",
        "%%{x",
      ]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }
}

# Who may read.
resource "aws_iam_role_policy" "reader" {
  name        = "reader"
  description = "Reads"
  policy      = data.aws_iam_policy_document.reader.json
  role        = "x"
}
`,
    );
    const asObject = rewritten(open(asDocument), 'toJsonencode') ?? '';
    assert.ok(
      asObject.startsWith(`# Who may read.
resource "aws_iam_role_policy" "reader" {
  name        = "reader"
  description = "Reads"
  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "reading"
    Statement = [
      {
        Sid    = "Read"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = ["\${aws_s3_bucket.b.arn}/$\${aws:username}/\${var.a ? "x" : "y"}"]
`),
      asObject,
    );
    assert.ok(asObject.endsWith('\n  })\n  role = "x"\n}\n'), asObject);
  });

  it('is not offered where something would be lost, or would mean something else', () => {
    const statement = (extra = '') => `Effect = "Allow", Action = "s3:GetObject", Resource = "*"${extra}`;
    const held = (inner: string, around = '') =>
      `resource "aws_iam_policy" "p" {${around}\n  policy = ${inner}\n}\n`;
    const object = (body: string, around = '') =>
      held(`jsonencode({ Version = "2012-10-17", Statement = [{ ${body} }] })`, around);
    const refused: readonly string[] = [
      object(`${statement()} /* why */`),
      object(statement(', Condition = { StringEquals = { (var.key) = "x" } }')),
      object(statement(', Condition = { StringEquals = { "aws:PrincipalOrgID" = var.ids } }')),
      object(statement(', Condition = { StringEquals = {} }')),
      object(statement(', Sid = "with space"')),
      object(statement(', Owner = "me"')),
      object(`${statement()} }, { ${statement(', Sid = "A"')} }, { ${statement(', Sid = "A"')}`),
      object(`Effect = "Allow", Action = var.actions, Resource = "*"`),
      object(`Effect = "Allow", Action = concat(["s3:*"], var.more), Resource = "*"`),
      object(`Effect = "Allow", Action = ["s3:*"], Resource = aws_s3_bucket.b[*].arn`),
      object(`Effect = "Allow", Action = ["s3:*"], Resource = "\${each.value}/*"`, '\n  for_each = var.all'),
      object(`Effect = "Allow", Action = ["s3:$\${aws:username}"], Resource = "*"`),
      object(`Effect = "Allow", Action = ["s3:*"], Resource = "arn:aws:s3:::b/&{x}"`),
      object(`Effect = "allow", Action = ["s3:*"], Resource = "*"`),
      object(`Effect = "Allow", Action = [], Resource = "*"`),
      object(`Effect = "Allow", Action = ["s3:*", Resource = "*"`),
      held(`{ Version = "2012-10-17", Statement = [{ ${statement()} }] }`),
      held(`var.on ? jsonencode({ Version = "2012-10-17", Statement = [{ ${statement()} }] }) : null`),
      `variable "p" {\n  default = "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"*\\", \\"Resource\\": \\"*\\"}]}"\n}\n`,
      // Version 2008-10-17, in which this is no variable, and the provider writes none.
      held(
        `jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::b/$\${aws:username}" }] })`,
      ),
    ];
    for (const text of refused) {
      assert.equal(rewritten(open(text), 'toDataSource'), undefined, text);
    }
    assert.equal(rewritten(open(object(statement())), 'toDataSource', { module: undefined }), undefined);
    assert.ok(rewritten(open(object(statement())), 'toDataSource') !== undefined);
  });

  it('is not offered below a heredoc that lacks its end, which would take the mark of another one for it', () => {
    const unfinished = 'locals {\n  script = <<EOF\necho\n}\n\n';
    const statement = `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }`;
    const policy = `{\n"Version": "2012-10-17",\n"Statement": [${statement}]\n}`;
    const held = (inner: string) => `resource "aws_iam_policy" "p" {\n  policy = ${inner}\n}\n`;
    const texts: readonly (readonly [Form, string])[] = [
      ['toJsonencode', held(`<<EOF\n${policy}\nEOF`)],
      ['toDataSource', held(`<<EOF\n${policy}\nEOF`)],
      ['toHeredoc', held(`jsonencode(${policy.replaceAll('":', '" =')})`)],
    ];
    for (const [form, text] of texts) {
      const below = open(unfinished + text);
      assert.equal(below.policies.length, 1, text);
      assert.equal(rewritten(below, form), undefined, text);
      assert.ok(rewritten(open(text), form) !== undefined, text);
    }
  });

  it('is not offered in a call of another function, whose name ends like that of jsonencode', () => {
    const held = (name: string) =>
      `locals {\n  p = ${name}({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })\n}\n`;
    for (const name of [
      'my-jsonencode',
      'my_jsonencode',
      'éjsonencode',
      'provider::x::jsonencode',
      '\ud800jsonencode',
    ]) {
      const document = open(held(name));
      assert.deepEqual([document.policies.length, rewritten(document, 'toHeredoc')], [1, undefined], name);
    }
    assert.ok(rewritten(open(held('jsonencode')), 'toHeredoc') !== undefined);
  });

  it('is not offered where no name is right by which the object would still be a policy', () => {
    const misspelt = (version: string) =>
      `locals {\n  p = <<EOF\n{${version}"StateMent": [{"Efect": "Allow", "Acton": "s3:*", "Resorce": "*"}]}\nEOF\n}\n`;
    assert.equal(open(misspelt('')).policies.length, 1);
    assert.equal(rewritten(open(misspelt('')), 'toJsonencode'), undefined);
  });

  it('takes a name that the module has not', () => {
    const text = `resource "aws_iam_role" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })\n}\n`;
    const after = rewritten(open(text), 'toDataSource', {
      module: [
        'data "aws_iam_policy_document" "p" {}',
        '{"data": {"aws_iam_policy_document": {"p_2": {}}}}',
        'x = data.aws_iam_policy_document.p_30.json',
      ],
    });
    assert.match(after ?? '', /"aws_iam_policy_document" "p_3" \{/);
  });

  describe('from a data source', () => {
    const data = (head = '', inner = '') =>
      `data "aws_iam_policy_document" "x" {\n${head}  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n${inner}  }\n}\n`;
    const user = (name: string, value = 'data.aws_iam_policy_document.x.json') =>
      `\nresource "aws_iam_policy" "${name}" {\n  policy = ${value}\n}\n`;

    it('becomes a local value where several expressions name it, or a comment speaks of it', () => {
      const local = `locals {\n  x = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect   = "Allow"\n      Action   = ["s3:GetObject"]\n      Resource = ["*"]\n    }]\n  })\n}\n`;
      assert.equal(
        rewritten(
          open(data() + user('a') + user('b', '"${data.aws_iam_policy_document.x.minified_json}"')),
          'toJsonencode',
        ),
        local + user('a', 'local.x') + user('b', '"${local.x}"'),
      );
      assert.equal(
        rewritten(open(`# Reads.\n${data()}${user('a')}`), 'toJsonencode'),
        `# Reads.\n${local}${user('a', 'local.x')}`,
      );
    });

    it('is not offered where it is named otherwise or elsewhere, or says more', () => {
      const other = 'output "p" {\n  value = data.aws_iam_policy_document.x.json\n}\n';
      assert.equal(rewritten(open(data() + user('a')), 'toJsonencode', { module: [other] }), undefined);
      assert.equal(rewritten(open(data() + user('a')), 'toJsonencode', { module: undefined }), undefined);
      assert.ok(
        rewritten(open(data() + user('a')), 'toJsonencode', { module: [other.replace('.x.', '.xy.')] }),
      );
      for (const text of [
        data(),
        data() + user('a', 'data.aws_iam_policy_document.x.id'),
        data() + user('a', 'data.aws_iam_policy_document.x[0].json'),
        `${data() + user('a')}  depends_on = [data.aws_iam_policy_document.x]\n`,
        `${data() + user('a')}# As data.aws_iam_policy_document.x.json says.\n`,
        data('  count = 1\n') + user('a'),
        data('  provider = aws.west\n') + user('a'),
        data('  source_policy_documents = [var.p]\n') + user('a'),
        data(
          '  dynamic "statement" {\n    for_each = []\n    content {\n      actions = ["*"]\n    }\n  }\n',
        ) + user('a'),
        data('', '    # Anybody.\n') + user('a'),
        data('', '    not_resources = []\n') + user('a'),
        data('', '    principals {\n      type = "AWS"\n    }\n') + user('a'),
        data('', '    principals {\n      type        = "AWS"\n      identifiers = var.all\n    }\n') +
          user('a'),
        data(
          '',
          '    condition {\n      test     = "Bool"\n      variable = "a:&{b}"\n      values   = ["true"]\n    }\n',
        ) + user('a'),
        `locals {\n  x = 1\n}\n${data()}${user('a')}${user('b')}`,
        // What Terraform refuses or leaves out, and what may be there or not.
        data('  lifecycle {}\n') + user('a'),
        data('  version = null\n') + user('a'),
        data('', '    sid = null\n') + user('a'),
        data('', '    notes = "read"\n') + user('a'),
        data('', '    actions = ["s3:PutObject"]\n') + user('a'),
        data('', '    timeouts {}\n') + user('a'),
        data(
          '',
          '    dynamic "condition" {\n      for_each = var.all\n      content {\n        test     = "Bool"\n        variable = "a:b"\n        values   = ["true"]\n      }\n    }\n',
        ) + user('a'),
        data('').replace('statement {', 'statement "read" {') + user('a'),
        ...[
          'principals "all" {\n      type        = "AWS"\n      identifiers = ["*"]\n    }',
          'principals {\n      type        = "AWS"\n      identifiers = ["*"]\n      notes       = "all"\n    }',
          'principals {\n      type        = "AWS"\n      identifiers = null\n    }',
          'principals {\n      identifiers = ["*"]\n      timeouts {}\n    }',
          'principals {\n      type = "AWS"\n      timeouts {}\n    }',
          'condition {\n      test     = "Bool"\n      variable = "aws:SecureTransport"\n      timeouts {}\n    }',
          'principals {\n      identifiers = ["*"]\n      notes       = "all"\n    }',
          'condition {\n      variable = "aws:SecureTransport"\n      values   = ["true"]\n      timeouts {}\n    }',
        ].map((block) => data('', `    ${block}\n`) + user('a')),
      ]) {
        assert.equal(rewritten(open(text), 'toJsonencode'), undefined, text);
      }
    });

    it('takes no comment, argument or blank line of others along', () => {
      assert.equal(
        rewritten(open(`locals {}\n\n${data()}${user('a')}`), 'toHeredoc'),
        `locals {}\n\nresource "aws_iam_policy" "a" {\n  policy = <<-EOT\n    {\n      "Version": "2012-10-17",\n      "Statement": [\n        {\n          "Effect": "Allow",\n          "Action": [\n            "s3:GetObject"\n          ],\n          "Resource": [\n            "*"\n          ]\n        }\n      ]\n    }\n  EOT\n}\n`,
      );
      const behind = `${user('a').trimStart()}\n${data()}`;
      assert.match(rewritten(open(behind), 'toJsonencode') ?? '', /\}\)\n\}\n$/);
    });
  });

  it('says the same, for policies of AWS and of others', function () {
    let count = 0;
    for (const name of ['managed-policies', join('access-analyzer', 'policies')]) {
      const folder = sharedCorpus(name) ?? skip(this, `the corpus ${name} is not beside the repository`);
      const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
      const step = Math.ceil(files.length / MOST);
      for (const file of files.filter((_, index) => index % step === 0)) {
        const [policy] = service.open({
          text: readFileSync(join(folder, file), 'utf8'),
          language: 'json',
        }).policies;
        if (policy === undefined || policy.faults.length > 0 || policy.node.span.start > 0) {
          continue;
        }
        let text = inResource(plainValue(policy.node));
        const wanted = meaning(open(text).policies[0] ?? policy);
        for (const form of [
          'toHeredoc',
          'toJsonencode',
          'toDataSource',
          'toHeredoc',
          'toDataSource',
          'toJsonencode',
        ] as const) {
          const after = rewritten(open(text), form);
          if (after !== undefined) {
            count += 1;
            const { policies } = open(after);
            assert.equal(policies.length, 1, after);
            assert.deepEqual(
              policies[0] && meaning(policies[0]),
              wanted,
              `${file}\n${text}\nbecomes\n${after}`,
            );
            text = after;
          }
        }
      }
    }
    assert.ok(count > 30, `${count} rewritten`);
  });

  it('says the same in every file of Terraform of the corpus', function () {
    const corpus =
      sharedCorpus('formats') ?? skip(this, 'the corpus of formats is not beside the repository');
    const counts = new Map<string, number>();
    for (const folder of ['tf-heredoc', 'tf-jsonencode', 'tf-document']) {
      for (const file of readdirSync(join(corpus, folder)).filter((_, index) => index % STEP === 0)) {
        const before = open(readFileSync(join(corpus, folder, file), 'utf8'));
        for (const [index, policy] of before.policies.entries()) {
          for (const form of FORMS) {
            const text = rewritten(before, form, { index });
            if (text !== undefined) {
              const name = `${folder} ${form}`;
              counts.set(name, (counts.get(name) ?? 0) + 1);
              const after = open(text);
              assert.equal(after.policies.length, before.policies.length, `${file}\n${text}`);
              const wanted = before.policies.map((each) => JSON.stringify([meaning(each), each.kind.type]));
              const got = after.policies.map((each) => JSON.stringify([meaning(each), each.kind.type]));
              assert.deepEqual(
                got.sort(),
                wanted.sort(),
                `${file} ${form} ${policy.node.span.start}\n${text}`,
              );
            }
          }
        }
      }
    }
    console.log(`    ${[...counts].map(([name, count]) => `${name}: ${count}`).join(', ')}`);
    assert.ok(counts.size >= 6, [...counts.keys()].join(', '));
  });
});
