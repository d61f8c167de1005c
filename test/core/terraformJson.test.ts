import assert from 'node:assert/strict';
import { accepted, labelsAt } from '../support/completion';
import { languageService } from '../support/policies';

const service = languageService();

function open(value: unknown) {
  return service.open({ text: JSON.stringify(value, undefined, 2), language: 'json' });
}

/** The findings but suggestions, as "rule: text". */
function told(value: unknown): readonly string[] {
  const document = open(value);
  const { findings, failures } = service.lint(document);
  assert.deepEqual(failures, []);
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, span }) => `${rule}: ${document.text.slice(span.start, span.end)}`);
}

const statement = (more: object = {}): object => ({
  actions: ['s3:GetObjct'],
  resources: ['arn:aws:s3:::b/&{aws:username}/*', '${aws_s3_bucket.b.arn}/$${aws:userid}/*'],
  ...more,
});
const data = (body: unknown, more: object = {}): object => ({
  data: { aws_iam_policy_document: { x: body } },
  ...more,
});

describe("Terraform's JSON syntax", () => {
  it('has data sources that read as those of HCL', () => {
    const inHcl = service.open({
      language: 'hcl',
      text: `data "aws_iam_policy_document" "x" {
  statement {
    sid = "A"
    actions = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/&{aws:username}/*", "\${var.arn}/*"]
    principals {
      type = "AWS"
      identifiers = ["*"]
    }
    condition {
      test = "StringEquals"
      variable = "aws:SourceVpc"
      values = ["vpc-0123456789abcdef0"]
    }
    condition {
      test = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values = [var.org]
    }
  }
  dynamic "statement" {
    for_each = var.more
    content {
      effect = "Deny"
      not_actions = ["s3:*"]
      resources = ["*"]
    }
  }
}`,
    });
    const inJson = open(
      data([
        {
          statement: [
            {
              '//': 'A comment.',
              sid: 'A',
              actions: ['s3:GetObject'],
              resources: ['arn:aws:s3:::b/&{aws:username}/*', '${var.arn}/*'],
              principals: { type: 'AWS', identifiers: ['*'] },
              condition: [
                { test: 'StringEquals', variable: 'aws:SourceVpc', values: ['vpc-0123456789abcdef0'] },
                { test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: ['${var.org}'] },
              ],
            },
          ],
          dynamic: {
            statement: {
              for_each: '${var.more}',
              content: { effect: 'Deny', not_actions: ['s3:*'], resources: ['*'] },
            },
          },
        },
      ]),
    );
    const said = (document: typeof inHcl) =>
      document.policies.flatMap(({ kind, statements }) =>
        statements.map((each) => [
          kind.type,
          each.sid?.value,
          each.effect?.value,
          each.actions.flatMap(({ negated, entries }) => [negated, ...entries.map(({ text }) => text)]),
          each.resources.flatMap(({ entries }) => entries.map(({ text }) => text)),
          each.principals.flatMap(({ entries }) => entries.map(({ text }) => text)),
          each.conditions.map(({ operator, key, values }) => [
            operator.base,
            key.value,
            ...values.map(({ text }) => text),
          ]),
        ]),
      );
    assert.equal(said(inHcl).length, 2);
    assert.deepEqual(said(inJson), said(inHcl));
  });

  it('has findings on its own words, with the type of the argument that names the document', () => {
    const bucket = { aws_s3_bucket_policy: { b: { policy: '${data.aws_iam_policy_document.x.json}' } } };
    assert.deepEqual(told(data({ statement: statement() }, { resource: bucket })), [
      'principal-missing: {',
      'action-unknown: GetObjct',
    ]);
    assert.deepEqual(told(data({ statement: [statement({ effect: 'allow' })] })), [
      'action-unknown: GetObjct',
      'effect-invalid: "allow"',
    ]);
  });

  it('has no policies in other data sources, nor in anything else with that name', () => {
    const body = { x: { statement: statement() } };
    assert.deepEqual(told({ data: { other_policy_document: body } }), []);
    assert.deepEqual(told({ resource: { aws_iam_policy_document: body }, data: {} }), []);
    assert.deepEqual(told({ module: { data: { aws_iam_policy_document: body } } }), []);
    const inYaml = service.open({
      text: JSON.stringify(data({ statement: statement() })),
      language: 'yaml',
    });
    assert.equal(inYaml.policies.length, 0);
  });

  it('has policies in expressions, and in strings', () => {
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Alow","Action":"s3:*","Resource":"*"}]}';
    const encoded =
      '${jsonencode({Version = "2012-10-17", Statement = [{Effect = "Allow", Action = "sts:AssumeRole", Principal = "*"}]})}';
    assert.deepEqual(
      told({
        resource: {
          aws_iam_policy: { a: { policy } },
          aws_iam_role: [{ r: [{ assume_role_policy: encoded }] }],
        },
      }),
      ['effect-invalid: \\"Alow\\"', 'principal-wildcard-in-trust-policy: \\"*\\"'],
    );
  });

  it('has policies in strings as the templates that they are', () => {
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObjct","Resource":["arn:aws:s3:::$${aws:PrincipalTag/bucket}","${aws_s3_bucket.b.arn}/$${aws:username}"]},{"Effect":"Deny","Action":"s3:*","Resource":${jsonencode(var.arns)}}]}';
    const configuration = { resource: { aws_iam_policy: { a: { policy } } }, locals: { other: 1 } };
    assert.deepEqual(told(configuration), ['action-unknown: GetObjct']);
    const [found] = open(configuration).policies;
    assert.deepEqual(
      found?.statements
        .flatMap(({ resources }) => resources.flatMap(({ entries }) => entries))
        .map(({ text }) => text),
      [
        'arn:aws:s3:::${aws:PrincipalTag/bucket}',
        'arn:${aws_s3_bucket.b.partition}:s3:::${aws_s3_bucket.b.bucket}/${aws:username}',
      ],
    );
    assert.equal(found?.node.source.encode('"${aws:username}"'), '\\"$${aws:username}\\"');
    // All that a configuration can have, and nothing else.
    const names =
      'terraform provider data variable output module moved import removed check ephemeral //'.split(' ');
    const rest = Object.fromEntries(names.map((name) => [name, {}]));
    assert.deepEqual(told({ ...rest, ...configuration }), ['action-unknown: GetObjct']);
    // Strings of other documents are no templates, and what is in them is as it stands.
    const other = told({ resource: { aws_iam_policy: { a: { policy } } }, Parameters: {} });
    assert.deepEqual(other, ['action-unknown: GetObjct', 'arn-resource-name: $', 'json-syntax: $']);
  });

  for (const [title, statement, label, expected] of [
    ['an action', 'Action = ["s3:GetOb$0"]', 's3:GetObject', 'Action = ["s3:GetObject"]'],
    ['a value without quotes', 'Effect = $0', 'Deny', 'Effect = "Deny"'],
    ['an element', 'Effect = "Allow", Princ$0', 'Principal', 'Effect = "Allow", Principal = {  }'],
    ['an operator', 'Condition = { StringEq$0 = {} }', 'StringEquals', 'Condition = { StringEquals = {} }'],
    [
      'a condition key',
      'Condition = { StringEquals = { "aws:SourceVp$0" = "x" } }',
      'aws:SourceVpc',
      'Condition = { StringEquals = { "aws:SourceVpc" = "x" } }',
    ],
  ] as const) {
    it(`completes ${title} in an expression, on its line and with the escapes of both languages`, () => {
      const configuration = (inside: string): string =>
        JSON.stringify({
          resource: {
            aws_s3_bucket_policy: {
              p: {
                policy: `\${jsonencode({ Version = "2012-10-17", Statement = [{ ${inside} }] })}`,
              },
            },
          },
        });
      assert.equal(accepted(configuration(statement), label), configuration(expected));
    });
  }

  it('reads the policies of expressions also where no other name is in quotes', () => {
    const policy =
      '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObjct", Resource = "*" }] })}';
    assert.deepEqual(told({ resource: { aws_iam_policy: { p: { policy } } } }), ['action-unknown: GetObjct']);
  });

  it('completes within strings, and replaces the letters of a name that has a value', () => {
    const labels = labelsAt(
      '{"data": {"aws_iam_policy_document": {"x": {"statement": {"actions": ["s3:GetOb$0"], "resources": ["*"]}}}}}',
    );
    assert.ok(labels.includes('s3:GetObject'), labels.join());
    const argument = '{"data": {"aws_iam_policy_document": {"x": {"statement": {"resour$0ces": ["*"]}}}}}';
    assert.equal(accepted(argument, 'not_resources'), argument.replace('resour$0ces', 'not_resources'));
    for (const [rest, value] of [
      ['', ': [""]'],
      [': ["*"]', ': ["*"]'],
    ]) {
      const typed = `{"data": {"aws_iam_policy_document": {"x": {"statement": [{"actions": ["s3:*"], "reso$0"${rest}}]}}}}`;
      assert.equal(accepted(typed, 'resources'), typed.replace(`reso$0"${rest}`, `resources"${value}`));
    }
    const wrong = open(data({ statement: statement() }));
    const [finding] = service.lint(wrong).findings.filter(({ rule }) => rule === 'action-unknown');
    assert.deepEqual(
      finding?.fixes.map((fix) => fix.edits().map(({ text: inserted }) => inserted)),
      [['GetObject']],
    );
  });
});

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Alow","Action":"s3:*","Resource":"*"}]}';
const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}]}';
const role = (address: string, values: object): object => ({
  address,
  mode: 'managed',
  type: 'aws_iam_role',
  values,
});
const change = (address: string, before: object | null, after: object | null): object => ({
  address,
  type: 'aws_iam_role',
  change: { actions: ['update'], before, after },
});
const plan = (planned: readonly object[], changes: readonly object[], prior: readonly object[]): object => ({
  format_version: '1.2',
  terraform_version: '1.9.0',
  planned_values: { root_module: { resources: planned } },
  resource_changes: changes,
  prior_state: {
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: { root_module: { resources: prior } },
  },
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_iam_role.r',
          expressions: { inline_policy: [{ policy: { constant_value: POLICY } }] },
        },
      ],
    },
  },
});

describe('a plan of Terraform', () => {
  const values = { assume_role_policy: TRUST, inline_policy: [{ name: 'x', policy: POLICY }] };

  it('has each policy checked once, by the argument that it is', () => {
    const address = 'aws_iam_role.r';
    const text = plan([role(address, values)], [change(address, values, values)], [role(address, values)]);
    assert.deepEqual(told(text), [
      'principal-wildcard-in-trust-policy: \\"*\\"',
      'effect-invalid: \\"Alow\\"',
    ]);
    assert.equal(open(text).policies.length, 9);
  });

  it('has each resource checked, though they are the same', () => {
    const names = ['aws_iam_role.r[0]', 'aws_iam_role.r[1]'];
    const text = plan(
      names.map((name) => role(name, { assume_role_policy: TRUST })),
      [],
      [],
    );
    assert.deepEqual(
      told(text).filter((each) => each.startsWith('principal')),
      ['principal-wildcard-in-trust-policy: \\"*\\"', 'principal-wildcard-in-trust-policy: \\"*\\"'],
    );
  });

  it('says nothing of what will be no more', () => {
    const address = 'aws_iam_role.old';
    const text = plan([], [change(address, values, null)], [role(address, values)]);
    assert.deepEqual(told({ ...text, configuration: {} }), []);
  });
});

describe('a state of Terraform', () => {
  const arguments_ = { assume_role_policy: TRUST };
  it('has the types of the arguments, as it is shown and in its file', () => {
    const shown = {
      format_version: '1.0',
      terraform_version: '1.9.0',
      values: {
        root_module: { child_modules: [{ resources: [role('module.m.aws_iam_role.r', arguments_)] }] },
      },
    };
    const file = {
      version: 4,
      terraform_version: '1.9.0',
      resources: [{ mode: 'managed', type: 'aws_iam_role', instances: [{ attributes: arguments_ }] }],
    };
    for (const text of [shown, file]) {
      assert.deepEqual(told(text), ['principal-wildcard-in-trust-policy: \\"*\\"']);
    }
  });
});
