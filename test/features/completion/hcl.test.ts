import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../../server/src/core/document';
import { applyEdits } from '../../../server/src/core/lint/edits';
import { MODULE } from '../../core/hcl/module';
import { limit } from '../../support/patience';
import { languageService } from '../../support/policies';

const service = languageService();

/** A statement in `jsonencode`; the bar is the cursor. */
function object(line: string): string {
  return `resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [\n      {\n        Effect = "Allow"\n        ${line}\n      },\n    ]\n  })\n}\n`;
}

/** A statement of the data source. */
function data(line: string): string {
  return `data "aws_iam_policy_document" "d" {\n  statement {\n    ${line}\n  }\n}\n`;
}

const CONDITION =
  'condition {\n      test     = "Bool"\n      variable = "aws:SecureTransport"\n      values   = ["true"]\n    }';

const VARIABLES =
  'variable "stage" {\n  default = "prod"\n}\nvariable "secret" {}\nlocals {\n  bucket = "pets"\n}\n';

function listAt(marked: string, language: 'hcl' | 'json' = 'hcl') {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return {
    text,
    items: service.completions(service.open({ text, language }), offset, { snippets: 'plain' }).items,
  };
}

/** The text after an item, or the first one, was taken; a blank for each run of blanks. */
function taken(marked: string, label?: string, language: 'hcl' | 'json' = 'hcl'): string {
  const { text, items } = listAt(marked, language);
  const item = label === undefined ? items[0] : items.find((each) => each.label === label);
  assert.ok(item !== undefined, `${label} is not among ${items.map((each) => each.label).slice(0, 20)}`);
  return applyEdits(text, [item.edit, ...item.additionalEdits]).replaceAll(/\s+/g, ' ');
}

/** How many blocks stand by themselves. */
function blocks({ tree: { root } }: PolicyDocument): number {
  return root?.kind === 'object' ? root.members.length : 0;
}

describe('completion in HCL', () => {
  it('offers the names of the data source in the order in which they are written, and each once', () => {
    const labels = (line: string): readonly string[] =>
      listAt(`data "aws_iam_policy_document" "d" {\n  ${line}\n}\n`).items.map(({ label }) => label);
    const all = ['statement', 'source_policy_documents', 'override_policy_documents', 'version'];
    assert.deepEqual(labels('|'), all);
    assert.deepEqual(
      labels('source_policy_documents = []\n  |'),
      all.filter((name) => name !== 'source_policy_documents'),
    );
  });

  it('leaves the quotes that are there, between which an editor has a place to fill in', () => {
    for (const [marked, label, replaced] of [
      [data('actions = ["s3:GetOb|"]'), 's3:GetObject', 's3:GetOb'],
      [object('Action = "|"'), 's3:GetObject', ''],
      [object('Effect = "|"'), 'Deny', ''],
      [data(CONDITION.replace('Bool', 'Bo|')), 'Bool', 'Bo'],
      [data(CONDITION.replace('aws:SecureTransport', '|')), 'aws:SecureTransport', ''],
    ] as const) {
      const { text, items } = listAt(marked);
      const { span, text: written } = items.find((each) => each.label === label)?.edit ?? {};
      assert.equal(text.slice(span?.start, span?.end), replaced);
      assert.equal(written, label);
    }
    assert.match(taken(data('actions = ["s3:GetOb|\n  '), 's3:GetObject'), /\["s3:GetObject"/);
  });

  it('writes a policy into an empty heredoc that stands for one, as JSON at its indentation', () => {
    const heredoc = (argument: string, body: string): string =>
      `resource "aws_iam_policy" "p" {\n  ${argument} = <<-EOT\n${body}\n  EOT\n}\n`;
    const { text, items } = listAt(heredoc('policy', '    |'));
    const [item] = items;
    assert.equal(item?.label, 'IAM policy');
    assert.equal(
      applyEdits(text, item === undefined ? [] : [item.edit, ...item.additionalEdits]),
      heredoc(
        'policy',
        '    {\n      "Version": "2012-10-17",\n      "Statement": [\n        {\n          "Effect": "Allow",\n          "Action": "",\n          "Resource": ""\n        }\n      ]\n    }',
      ),
    );
    assert.deepEqual(listAt(heredoc('description', '    |')).items, []);
    assert.deepEqual(listAt(heredoc('policy', '    {}|')).items, []);
  });

  it('begins a data source with a statement', () => {
    assert.equal(listAt('data "aws_iam_policy_document" "d" {\n  |\n}\n').items[0]?.label, 'statement');
  });

  it('names what is there: blocks before braces, arguments before a value', () => {
    const document = (body: string): string => `data "aws_iam_policy_document" "d" {\n  ${body}\n}\n`;
    const rest = '\n    actions = ["s3:GetObject"]\n  }';
    for (const [marked, labels, text] of [
      [document('stat| {}'), ['statement'], 'statement {}'],
      [document(`stat| {${rest}`), ['statement'], 'statement { actions'],
      [document('dynamic "stat|" {\n  }'), ['statement'], 'dynamic "statement" { }'],
      [document('dynamic "|" {\n  }'), ['statement'], 'dynamic "statement" { }'],
      [data('cond| {}'), ['condition', 'principals'], 'condition {}'],
      [data('dynamic "cond|" {\n    }'), ['condition', 'principals'], 'dynamic "condition" { }'],
      [
        document('source| = []'),
        ['source_policy_documents', 'override_policy_documents', 'version'],
        'source_policy_documents = []',
      ],
      [
        document(`override_policy_documents = []\n  |`),
        ['statement', 'source_policy_documents', 'version'],
        'override_policy_documents = [] statement {',
      ],
      [
        data('reso| = []'),
        ['resources', 'not_resources', 'sid', 'effect', 'actions', 'not_actions'],
        'resources = []',
      ],
    ] as const) {
      assert.deepEqual(
        listAt(marked).items.map(({ label }) => label),
        labels,
        marked,
      );
      assert.ok(taken(marked).includes(text), taken(marked));
    }
    assert.ok(taken(document('source|'), 'source_policy_documents').includes('source_policy_documents = []'));
    for (const marked of ['locals {\n  a| {}\n}\n', 'resource "a" "b" {\n  stat| {}\n}\n']) {
      assert.deepEqual(listAt(marked).items, [], marked);
    }
  });

  it('names what the data source and its blocks have in the JSON of Terraform', () => {
    const json = (body: string): string => `{"data": {"aws_iam_policy_document": {"d": ${body}}}}`;
    const ofStatement = ['sid', 'effect', 'actions', 'resources', 'principals', 'condition'];
    const negated = ['not_actions', 'not_resources', 'not_principals'];
    const ofPolicy = [
      'statement',
      'source_policy_documents',
      'override_policy_documents',
      'version',
      'policy_id',
    ];
    for (const [body, labels, text] of [
      ['{|}', ofPolicy, '{"statement": [ { "actions": [""], "resources": [""] } ]}'],
      ['{"|"}', ofPolicy, '{"statement": ['],
      [
        '[{"version": "2012-10-17", "|": []}]',
        ofPolicy.filter((name) => name !== 'version'),
        '"statement": []',
      ],
      ['{"statement": [{"|"}]}', [...ofStatement, ...negated], '{"sid": ""}'],
      [
        '{"statement": {"actions": ["s3:*"], |}}',
        [...ofStatement.filter((name) => name !== 'actions'), 'not_resources', 'not_principals'],
        '["s3:*"], "sid": ""}',
      ],
      ['{"dynamic": {"statement": {"content": {"sid": "a", "e|"}}}}', undefined, '"effect": "Allow"'],
      ['{"statement": [{"condition": {|}}]}', ['test', 'variable', 'values'], '{"test": ""}'],
      [
        '{"statement": [{"condition": [{"test": "Bool", "val|": []}]}]}',
        ['values', 'variable'],
        '"values": []',
      ],
      ['{"statement": [{"principals": {"|"}}]}', ['type', 'identifiers'], '{"type": ""}'],
      [
        '{"statement": {"dynamic": {"condition": {"content": {"|"}}}}}',
        ['test', 'variable', 'values'],
        '{"test": ""}',
      ],
    ] as const) {
      const { items } = listAt(json(body), 'json');
      assert.deepEqual(labels && items.map(({ label }) => label), labels, body);
      const after = taken(json(body), undefined, 'json');
      assert.ok(after.includes(text), after);
    }
    for (const body of [
      '{"dynamic": {"statement": {"|"}}}',
      '{"dynamic": {"|"}}',
      '{"statement": {"condition": {"values": {"|"}}}}',
      '{"lifecycle": {"|"}}',
    ]) {
      assert.deepEqual(listAt(json(body), 'json').items, [], body);
    }
    assert.deepEqual(listAt('{"data": {"aws_iam_policy_document": {"|"}}}', 'json').items, []);
    assert.deepEqual(listAt('{"a": {"aws_iam_policy_document": {"d": {"|"}}}}', 'json').items, []);
  });

  for (const [title, marked, label, expected] of [
    ['an action', object('Action = ["s3:GetOb|"]'), 's3:GetObject', 'Action = ["s3:GetObject"]'],
    [
      'an action without quotes',
      object('Action = ["s3:GetObject", |]'),
      's3:PutObject',
      '["s3:GetObject", "s3:PutObject"]',
    ],
    ['an element', object('Act|'), 'Action', 'Action = ""'],
    ['an element that has members to come', object('Cond|'), 'Condition', 'Condition = { } }'],
    ['an operator to come', object('Condition = {\n |\n }'), 'Bool', 'Condition = { Bool = { } }'],
    [
      'a condition key to come',
      object('Condition = {\n Bool = {\n |\n }\n }'),
      'aws:SecureTransport',
      'Bool = { "aws:SecureTransport" = "true" }',
    ],
    [
      'a condition key',
      object('Condition = { StringEquals = { "aws:PrincipalOr|" = "x" } }'),
      'aws:PrincipalOrgID',
      '{ "aws:PrincipalOrgID" = "x" }',
    ],
    [
      'an operator',
      object('Condition = { StringEq| = {} }'),
      'StringEquals',
      'Condition = { StringEquals = {} }',
    ],
    [
      'an operator that is no word',
      object('Condition = { ForAll| = {} }'),
      'ForAllValues:StringEquals',
      '{ "ForAllValues:StringEquals" = {} }',
    ],
    [
      'an action of a statement among local values',
      'locals {\n  all = [{ Effect = "Allow", Action = ["s3:GetOb|"], Resource = "*" }]\n}\n',
      's3:GetObject',
      'Action = ["s3:GetObject"]',
    ],
    [
      'an element of such a statement',
      'locals {\n  all = [\n    {\n      Effect = "Allow"\n      Action = "s3:*"\n      Reso|\n    }\n  ]\n}\n',
      'Resource',
      'Action = "s3:*" Resource = ""',
    ],
    [
      'an element of a local value that is the Statement of a policy',
      `locals {\n  one = {\n    Ef|\n  }\n}\n${object('').replace(/\[[\s\S]*\]/, 'local.one')}`,
      'Effect',
      'one = { Effect = "Allow" } }',
    ],
    [
      'a variable of Terraform, with what it is by default',
      `${object('Resource = "arn:aws:s3:::${var.sta|}/*"')}${VARIABLES}`,
      'var.stage',
      'Resource = "arn:aws:s3:::${var.stage}/*"',
    ],
    [
      'a local value of Terraform, in the place of another',
      `${data('resources = ["arn:aws:s3:::${local.|old}/*"]')}${VARIABLES}`,
      'local.bucket',
      'resources = ["arn:aws:s3:::${local.bucket}/*"]',
    ],
    [
      'one within a call',
      `${data('resources = ["arn:aws:s3:::${lower(|)}/*"]')}${VARIABLES}`,
      'var.stage',
      'resources = ["arn:aws:s3:::${lower(var.stage)}/*"]',
    ],
    ['a variable', object('Resource = "arn:aws:s3:::b/$${aws:userna|}"'), undefined, undefined],
    [
      'an action of a block',
      data('actions = ["execute-api:Inv|"]'),
      'execute-api:InvalidateCache',
      'actions = ["execute-api:InvalidateCache"]',
    ],
    ['an argument', data('act|'), 'actions', 'statement { actions = [""] }'],
    ['a block', data('prin|'), 'principals', 'principals { type = "AWS" identifiers = [""] }'],
    [
      'another condition',
      data(`${CONDITION}\n    cond|`),
      'condition',
      'condition { test = "" variable = "" values = [""] } }',
    ],
    ['an effect', data('effect = "|"'), 'Deny', 'effect = "Deny"'],
    [
      'the test of a condition',
      data('condition {\n      test = "StringEq|"\n    }'),
      'StringEquals',
      'test = "StringEquals"',
    ],
    [
      'the key of a condition',
      data('condition {\n      test     = "StringEquals"\n      variable = "aws:SourceVp|"\n    }'),
      'aws:SourceVpc',
      'variable = "aws:SourceVpc"',
    ],
    [
      'the test of a condition that another one has too',
      data(
        `${CONDITION}\n    condition {\n      test     = "Bool|"\n      variable = "aws:ViaAWSService"\n    }`,
      ),
      'BoolIfExists',
      'test = "BoolIfExists" variable = "aws:ViaAWSService"',
    ],
    [
      'the key of a condition that another one has too',
      data(
        `${CONDITION}\n    condition {\n      test     = "Bool"\n      variable = "aws:SecureTransport|"\n      values = []\n    }`,
      ),
      'aws:ViaAWSService',
      'test = "Bool" variable = "aws:ViaAWSService"',
    ],
    [
      'a type of principal that another block has too',
      data(
        'principals {\n      type = "AWS"\n      identifiers = ["*"]\n    }\n    principals {\n      type = "AWS|"\n      identifiers = ["x"]\n    }',
      ),
      'Service',
      'type = "Service" identifiers = ["x"]',
    ],
    [
      'an argument of a condition',
      data(`${CONDITION}\n    condition {\n      test = "Bool"\n      var|\n    }`),
      'variable',
      'condition { test = "Bool" variable = "" }',
    ],
    [
      'an argument of principals, where nothing is typed yet, in a dynamic block',
      data(
        'dynamic "principals" {\n      for_each = []\n      content {\n        type = "AWS"\n        |\n      }\n    }',
      ),
      'identifiers',
      'content { type = "AWS" identifiers = [""] } }',
    ],
    [
      'another argument in the place of one',
      data('condition {\n      va|r = "Bool"\n    }'),
      'test',
      'condition { test = "Bool" }',
    ],
    [
      'an argument in front of a value',
      data('condition {\n      | = "Bool"\n    }'),
      'test',
      'condition { test = "Bool" }',
    ],
    ['another argument of a statement', data('act|ns = ["s3:*"]'), 'actions', '{ actions = ["s3:*"] }'],
    ['a type of principal', data('principals {\n      type = "Se|"\n    }'), 'Service', 'type = "Service"'],
    [
      'a principal',
      data('principals {\n      type        = "Service"\n      identifiers = ["lambda.am|"]\n    }'),
      'lambda.amazonaws.com',
      'identifiers = ["lambda.amazonaws.com"]',
    ],
    [
      'a statement',
      'data "aws_iam_policy_document" "d" {\n  st|\n}\n',
      'statement',
      '"d" { statement { actions = [""] resources = [""] } }',
    ],
    [
      'a policy',
      'resource "aws_iam_policy" "p" {\n  policy = |\n}\n',
      'IAM policy',
      'policy = jsonencode({ Version = "2012-10-17" Statement = [{',
    ],
    [
      'an element of a policy to come',
      'resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Ver|\n  })\n}\n',
      'Version',
      'jsonencode({ Version = "2012-10-17" })',
    ],
    [
      'an action in lines of JSON',
      'resource "aws_iam_policy" "p" {\n  policy = <<EOF\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetOb|"}]}\nEOF\n}\n',
      's3:GetObject',
      '"Action": "s3:GetObject"}',
    ],
  ] as const) {
    it(`writes ${title}`, () => {
      if (expected === undefined) {
        assert.ok(listAt(marked).items.some(({ label: each }) => each.includes('aws:username')));
      } else {
        const text = taken(marked, label);
        assert.ok(text.includes(expected), text);
      }
    });
  }

  it('says what the variables and local values of the module are, and nothing outside of policies', () => {
    const marked = `${object('Resource = "arn:aws:s3:::${|}/*"')}${VARIABLES}`;
    assert.deepEqual(
      listAt(marked).items.map(({ label, detail }) => [label, detail]),
      [
        ['local.bucket', 'pets'],
        ['var.stage', 'prod by default'],
      ],
    );
    assert.deepEqual(listAt(`${VARIABLES}output "x" {\n  value = "\${|}"\n}\n`).items, []);
    // What is IAM's own is no expression of Terraform.
    const iam = listAt(`${object('Resource = "arn:aws:s3:::b/$${|}"')}${VARIABLES}`).items;
    assert.ok(!iam.some(({ label }) => label === 'var.stage'));
  });

  for (const [title, marked] of [
    ['an expression', object('Resource = "arn:aws:s3:::${aws_s3_bucket.b|}"')],
    ['what is no policy', 'resource "aws_iam_policy" "p" {\n  name = "s3:|"\n}\n'],
    ['a comment', object('# Act|')],
    ['the end of an argument of a block', data('condition {\n      test = "Bool" |\n    }')],
    ['a block with all of its arguments', data(CONDITION.replace('["true"]', '["true"]\n      |'))],
  ] as const) {
    it(`says nothing in ${title}`, () => assert.deepEqual(listAt(marked).items, []));
  }

  it('never throws, and leaves a text that is read', function () {
    this.timeout(limit(30_000));
    for (let offset = 0; offset < MODULE.length; offset += 11) {
      for (const text of [MODULE, MODULE.slice(0, offset)]) {
        const before = service.open({ text, language: 'hcl' });
        const { items } = service.completions(before, offset, { snippets: 'plain' });
        for (const item of items.slice(0, 3)) {
          const after = applyEdits(text, [item.edit, ...item.additionalEdits]);
          assert.ok(blocks(service.open({ text: after, language: 'hcl' })) >= blocks(before), after);
        }
      }
    }
  });
});
