import assert from 'node:assert/strict';
import { applyEdits, type DocumentLanguage } from '../../../server/src/core';
import { languageService } from '../../support/policies';

const service = languageService();

/** What a rule tells of a text, each as "text: message", and the text with all of its fixes. */
function told(
  text: string,
  {
    rule = 'element-unknown',
    language = 'hcl',
  }: { readonly rule?: string; readonly language?: DocumentLanguage } = {},
): { readonly said: readonly string[]; readonly fixed: string } {
  const { findings, failures } = service.lint(service.open({ text, language }));
  assert.deepEqual(failures, []);
  const own = findings.filter((finding) => finding.rule === rule);
  return {
    said: own.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`),
    fixed: applyEdits(
      text,
      own.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits())),
    ),
  };
}

/** Two blocks that make members of one object. */
function blocks(principalType: string, test: string): string {
  const principals = `principals {\n    type = "${principalType}"\n    identifiers = ["x"]\n  }`;
  const condition = (key: string): string =>
    `condition {\n    test = "${test}"\n    variable = "${key}"\n    values = ["x"]\n  }`;
  return data(
    `statement {\n  actions = ["s3:*"]\n  ${principals}\n  ${principals}\n  ${condition('aws:SourceVpc')}\n  ${condition('aws:SourceVpce')}\n}`,
  );
}

function data(body: string): string {
  return `data "aws_iam_policy_document" "d" {\n${body}\n}\n`;
}

describe('names that the data source of policies does not have', () => {
  const cases: readonly (readonly [title: string, body: string, said: readonly string[], fixed: string])[] = [
    [
      'the names of IAM',
      'Version = "2012-10-17"\nStatement {\n}\nstatement {\n  Effect = "Allow"\n  NotAction = ["s3:GetObject"]\n}',
      [
        'Version: "Version" is not an argument of aws_iam_policy_document, and version is.',
        'Statement: "Statement" is not a block of aws_iam_policy_document, and statement is.',
        'Effect: "Effect" is not an argument of statement, and effect is.',
        'NotAction: "NotAction" is not an argument of statement, and not_actions is.',
      ],
      'version = "2012-10-17"\nStatement {\n}\nstatement {\n  effect = "Allow"\n  not_actions = ["s3:GetObject"]\n}',
    ],
    [
      'the word for a statement, of which there is no other',
      'statment {\n  actions = ["s3:GetObject"]\n  resources = ["*"]\n}',
      ['statment: "statment" is not a block of aws_iam_policy_document, and statement is.'],
      'statement {\n  actions = ["s3:GetObject"]\n  resources = ["*"]\n}',
    ],
    [
      'one for several and several for one',
      'source_policy_document = []\nstatement {\n  action = ["s3:GetObject"]\n  resource = ["*"]\n  principal {\n    types = "AWS"\n    identifier = ["*"]\n  }\n  conditions {\n    tests = "Bool"\n  }\n}',
      [
        'source_policy_document: "source_policy_document" is not an argument of aws_iam_policy_document, and source_policy_documents is.',
        'action: "action" is not an argument of statement, and actions is.',
        'resource: "resource" is not an argument of statement, and resources is.',
        'principal: "principal" is not a block of statement, and principals is.',
        'conditions: "conditions" is not a block of statement, and condition is.',
      ],
      'source_policy_documents = []\nstatement {\n  actions = ["s3:GetObject"]\n  resources = ["*"]\n  principals {\n    types = "AWS"\n    identifier = ["*"]\n  }\n  condition {\n    tests = "Bool"\n  }\n}',
    ],
    [
      'spelling, in blocks and in what makes them',
      'statement {\n  condition {\n    test = "Bool"\n    varible = "x"\n    value = []\n  }\n  dynamic "condition" {\n    for_each = []\n    content {\n      tests = "x"\n    }\n  }\n  dynamic "principal" {\n    for_each = []\n    iterator = each\n  }\n}',
      [
        'varible: "varible" is not an argument of condition, and variable is.',
        'value: "value" is not an argument of condition, and values is.',
        'tests: "tests" is not an argument of condition, and test is.',
        'principal: "principal" is not a block of statement, and principals is.',
      ],
      'statement {\n  condition {\n    test = "Bool"\n    variable = "x"\n    values = []\n  }\n  dynamic "condition" {\n    for_each = []\n    content {\n      test = "x"\n    }\n  }\n  dynamic "principals" {\n    for_each = []\n    iterator = each\n  }\n}',
    ],
    [
      'what has no fix: the right one is there too, or is a block',
      'statement {\n  actions = ["s3:GetObject"]\n  action = ["s3:GetObject"]\n  principal = "*"\n}',
      [
        'action: "action" is not an argument of statement, and actions is.',
        'principal: "principal" is not an argument of statement, and principals is.',
      ],
      'statement {\n  actions = ["s3:GetObject"]\n  action = ["s3:GetObject"]\n  principal = "*"\n}',
    ],
  ];
  for (const [title, body, said, fixed] of cases) {
    it(`are told: ${title}`, () => {
      assert.deepEqual(told(data(body)), { said, fixed: data(fixed) });
    });
  }

  const silent: readonly (readonly [title: string, body: string])[] = [
    [
      'all that it has',
      'policy_id = "x"\nversion = "2012-10-17"\nsource_json = ""\noverride_json = ""\nsource_policy_documents = []\noverride_policy_documents = []\ncount = 1\nfor_each = {}\nprovider = aws.x\ndepends_on = []\nstatement {\n  sid = "x"\n  effect = "Allow"\n  actions = ["*"]\n  not_actions = ["*"]\n  resources = ["*"]\n  not_resources = ["*"]\n  principals {\n    type = "AWS"\n    identifiers = ["*"]\n  }\n  not_principals {\n    type = "AWS"\n    identifiers = ["*"]\n  }\n  condition {\n    test = "Bool"\n    variable = "x"\n    values = []\n  }\n}\nlifecycle {\n  precondition {\n    condition = true\n    error_message = "x"\n  }\n}\ndynamic "statement" {\n  for_each = []\n  iterator = each\n  labels = []\n  content {\n    actions = ["*"]\n  }\n}',
    ],
    [
      'names that are near to none, which may be new',
      'region = "x"\nstatement {\n  annotation = "x"\n  timeouts {\n  }\n}',
    ],
    ['a name that is being typed', 'statement {\n  acti\n  resource\n}'],
    ['what a block is called that makes no others', 'statement {\n  timeouts "principal" {\n  }\n}'],
  ];
  for (const [title, body] of silent) {
    it(`are not told of ${title}`, () => {
      assert.deepEqual(told(data(body)).said, []);
    });
  }

  it('are all that is said of a document without statements, to which Terraform may add some', () => {
    const use = 'resource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n';
    const all = (body: string): readonly string[] => {
      const document = service.open({ text: data(`version = "2012-10-17"\n${body}`) + use, language: 'hcl' });
      assert.equal(document.policies.length, 1);
      return service.lint(document).findings.map(({ rule }) => rule);
    };
    assert.deepEqual(all(''), []);
    assert.deepEqual(all('statemen {\n}'), ['element-unknown']);
  });

  it('are not told of other blocks', () => {
    assert.deepEqual(
      told('resource "aws_s3_bucket" "b" {\n  statement {\n    action = ["*"]\n  }\n}\n').said,
      [],
    );
  });

  it('are told in JSON, within the quotes', () => {
    const text = JSON.stringify({
      data: {
        aws_iam_policy_document: {
          d: { '//': 'x', statement: [{ action: ['s3:GetObject'], condition: { varible: 'x' } }] },
        },
      },
    });
    assert.deepEqual(told(text, { language: 'json' }), {
      said: [
        'action: "action" is not an argument of statement, and actions is.',
        'varible: "varible" is not an argument of condition, and variable is.',
      ],
      fixed: text.replace('"action"', '"actions"').replace('"varible"', '"variable"'),
    });
  });
});

describe('names that several blocks of a statement have in common', () => {
  for (const [rule, wrong, right] of [
    ['condition-operator-unknown', blocks('AWS', 'StringEqual'), blocks('AWS', 'StringEquals')],
    ['principal-type-unknown', blocks('Services', 'StringEquals'), blocks('Service', 'StringEquals')],
  ] as const) {
    it(`are told once, with the other places, and changed in each: ${rule}`, () => {
      assert.equal(told(wrong, { rule }).fixed, right);
      const found = service
        .lint(service.open({ text: wrong, language: 'hcl' }))
        .findings.filter((finding) => finding.rule === rule);
      const name = rule === 'principal-type-unknown' ? '"Services"' : '"StringEqual"';
      assert.deepEqual(
        found.map(({ span, also = [] }) =>
          [span, ...also.map((other) => other.span)].map(({ start }) => start),
        ),
        [[wrong.indexOf(name), wrong.lastIndexOf(name)]],
      );
    });
  }
});

describe('texts where the data source of policies takes lists', () => {
  const rule = 'element-type';

  it('are told, and put into lists', () => {
    const body = (actions: string, identifiers: string, values: string): string =>
      data(
        `statement {\n  sid = "x"\n  actions = ${actions}\n  not_resources = ["*"]\n  principals {\n    type = "AWS"\n    identifiers = ${identifiers}\n  }\n  condition {\n    test = "Bool"\n    variable = "aws:SecureTransport"\n    values = ${values}\n  }\n}`,
      );
    assert.deepEqual(told(body('"s3:GetObject"', '"123456789012"', '"true"'), { rule }), {
      said: [
        '"s3:GetObject": Terraform takes nothing but a list for actions, and this is a string.',
        '"123456789012": Terraform takes nothing but a list for identifiers, and this is a string.',
        '"true": Terraform takes nothing but a list for values, and this is a string.',
      ],
      fixed: body('["s3:GetObject"]', '["123456789012"]', '["true"]'),
    });
  });

  it('are told where an expression is a part of them', () => {
    const body = (list: string): string =>
      data(`statement {\n  sid = "x"\n  actions = ["s3:*"]\n  not_resources = ${list}\n}`);
    assert.deepEqual(told(body('"arn:aws:s3:::${var.bucket}/*"'), { rule }), {
      said: [
        '"arn:aws:s3:::${var.bucket}/*": Terraform takes nothing but a list for not_resources, and this is a string.',
      ],
      fixed: body('["arn:aws:s3:::${var.bucket}/*"]'),
    });
  });

  it('are not told where several blocks make one list', () => {
    const block = (id: string): string => `principals {\n type = "AWS"\n identifiers = ${id}\n }`;
    const body = `statement {\n  actions = ["*"]\n  ${block('"111122223333"')}\n  ${block('["444455556666"]')}\n}`;
    assert.deepEqual(told(data(body), { rule }), { said: [], fixed: data(body) });
  });

  it('are not told where an expression may be a list, nor in jsonencode', () => {
    const single = 'statement {\n  actions = "${var.x}"\n  resources = var.y\n  not_actions = local.z[0]\n}';
    assert.deepEqual(told(data(single), { rule }).said, []);
    const encoded =
      'resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "s3:*", Resource = "*" } })\n}\n';
    assert.deepEqual(told(encoded, { rule }).said, []);
  });

  it('are told in JSON', () => {
    const text = JSON.stringify({
      data: {
        aws_iam_policy_document: {
          d: { statement: { sid: 'x', actions: 's3:GetObject', resources: ['*'] } },
        },
      },
    });
    assert.deepEqual(told(text, { rule, language: 'json' }).said, [
      '"s3:GetObject": Terraform takes nothing but a list for actions, and this is a string.',
    ]);
  });
});

describe('a fix in the data source', () => {
  it('writes the values of a condition as a list, which Terraform takes nothing else for', () => {
    const body = (test: string, value: string): string =>
      data(
        `statement {\n  actions = ["s3:*"]\n  condition {\n    test = "${test}"\n    variable = "aws:ResourceTag/team"\n    values = ["${value}"]\n  }\n}`,
      );
    const { fixed } = told(body('StringNotLike', '*'), { rule: 'condition-wildcard-absent' });
    assert.equal(fixed, body('Null', 'true'));
  });
});

describe('an empty list in the data source of policies', () => {
  const rulesIn = (body: string, policyType?: 'trust'): readonly string[] =>
    service
      .lint(
        service.open({ text: data(`statement {\n  ${body}\n}`), language: 'hcl', override: { policyType } }),
      )
      .findings.map(({ rule }) => rule)
      .filter((rule) => /^(?:action|resource|element)-(?:empty|missing|conflict|in-)/.test(rule));

  it('is left out by Terraform', () => {
    assert.deepEqual(rulesIn('actions = []\n  not_actions = ["iam:*"]\n  resources = ["*"]'), []);
    assert.deepEqual(rulesIn('actions = ["s3:*"]\n  not_resources = []\n  resources = ["*"]'), []);
    assert.deepEqual(rulesIn('actions = []\n  resources = ["*"]'), ['action-missing']);
    assert.deepEqual(rulesIn('actions = []\n  not_actions = []\n  resources = ["*"]'), ['action-missing']);
    assert.deepEqual(rulesIn('actions = ["s3:*"]\n  not_actions = ["iam:*"]\n  resources = ["*"]'), [
      'element-conflict',
    ]);
  });

  it('is no resource of a trust policy, nor one of a policy that something else completes', () => {
    const principals = 'principals {\n    type = "AWS"\n    identifiers = ["123456789012"]\n  }';
    const trust = `actions = ["sts:AssumeRole"]\n  ${principals}`;
    assert.deepEqual(rulesIn(`${trust}\n  resources = []`, 'trust'), []);
    assert.deepEqual(rulesIn(`${trust}\n  resources = ["*"]`, 'trust'), ['resource-in-trust-policy']);
    assert.deepEqual(rulesIn('actions = ["s3:GetObject"]\n  resources = []'), []);
  });

  it('grants nothing to everybody where it excepts nothing', () => {
    const text = data('statement {\n  not_actions = []\n  resources = ["*"]\n}');
    const document = service.open({ text, language: 'hcl' });
    const { outcome } = service.allows([document], { action: 's3:GetObject', resource: '*' });
    assert.equal(outcome, 'implicit-deny');
  });
});
