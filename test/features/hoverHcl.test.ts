import assert from 'node:assert/strict';
import { languageService } from '../support/policies';

const service = languageService();

const TEXT = `variable "stage" {
  type    = string
  default = "prod"
}

variable "open" {}

locals {
  bucket = "example"
  arn    = "arn:aws:s3:::\${local.bucket}"
  days   = 7
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::\${local.bucket}/\${var.stage}/\${var.open}/*", local.arn]
    condition {
      test     = "NumericLessThan"
      variable = "s3:signatureAge"
      values   = [local.days]
    }
    condition {
      test     = "NumericLessThan"
      variable = "s3:max-keys"
      values   = [7]
    }
  }
}

resource "aws_sqs_queue" "q" {
  policy = <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "\${var.stage}"}]}
EOF
}

resource "aws_api_gateway_stage" "s" {
  rest_api_id           = "x"
  cache_cluster_enabled = true
}
`;

function saidAt(word: string, from = 0): string | undefined {
  const at = TEXT.indexOf(word, from);
  return service.hover(service.open({ text: TEXT, language: 'hcl' }), at + 1)?.contents;
}

describe('a hover in HCL', () => {
  const policy = TEXT.indexOf('data "aws');

  it('says what variables and local values are where the document tells', () => {
    assert.match(saidAt('local.bucket', policy) ?? '', /^`local\.bucket` is `example`\.\n\n---\n\n/);
    assert.match(saidAt('var.stage', policy) ?? '', /^`var\.stage` is `prod` by default\./);
    assert.match(saidAt('local.arn', policy) ?? '', /^`local\.arn` is `arn:aws:s3:::\$\{local\.bucket\}`\./);
    assert.match(saidAt('local.days', policy) ?? '', /^`local\.days` is `7`\./);
    assert.match(saidAt('var.stage', TEXT.indexOf('sqs:')) ?? '', /^`var\.stage` is `prod` by default\./);
  });

  it('says nothing of those that have no default, nor of a stage what is about CloudFormation', () => {
    assert.doesNotMatch(saidAt('var.open', policy) ?? '', /var\.open` is/);
    assert.equal(saidAt('aws_api_gateway_stage'), undefined);
  });

  it('says it from the first letter of the name to its last', () => {
    const document = service.open({ text: TEXT, language: 'hcl' });
    for (const name of ['local.bucket', 'var.stage', 'local.days']) {
      const start = TEXT.indexOf(name, policy);
      const says = (offset: number): boolean =>
        service.hover(document, offset)?.contents.startsWith(`\`${name}\` is `) === true;
      assert.deepEqual(
        [start - 1, start, start + name.length - 1, start + name.length].map(says),
        [false, true, true, false],
        name,
      );
      const { span } = service.hover(document, start) ?? {};
      assert.deepEqual(span, { start, end: start + name.length }, name);
    }
  });

  it('says what a configuration fills into a template, as many as can be read', () => {
    const text =
      '{\n  "Version": "2012-10-17",\n  "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${bucket}/$${bucket}/${none}/${other}" }\n}\n';
    const value = (name: string, isDefault = false) => ({ text: name, isDefault });
    const variables = new Map([
      ['bucket', [value('a'), value('b', true), value('c')]],
      ['other', [value('1'), value('2'), value('3'), value('4')]],
      ['none', []],
    ]);
    const document = service.open({
      text,
      language: 'json',
      override: { module: { others: [], variables } },
    });
    const said = (offset: number) => {
      const hover = service.hover(document, offset);
      const [first = ''] = hover?.contents.split('\n\n', 1) ?? [];
      return first.startsWith('Terraform') ? [first, text.slice(hover?.span.start, hover?.span.end)] : [];
    };
    const bucket = text.indexOf('bucket');
    const filled = ['Terraform fills in `a` or `b` by default or `c` for `bucket`.', 'bucket'];
    assert.deepEqual(said(bucket - 1), []);
    assert.deepEqual(said(bucket), filled);
    assert.deepEqual(said(bucket + 5), filled);
    assert.deepEqual(said(bucket + 6), []);
    assert.deepEqual(said(text.indexOf('$${bucket') + 3), [], 'an escaped expression');
    assert.deepEqual(said(text.indexOf('none')), []);
    assert.deepEqual(said(text.indexOf('other')), [
      'Terraform fills in `1` or `2` or `3` or others for `other`.',
      'other',
    ]);
  });

  it('explains an argument by its element', () => {
    assert.match(saidAt('actions', policy) ?? '', /^\*\*Action\*\*/);
    assert.match(saidAt('s3:GetObject', policy) ?? '', /Amazon S3/);
  });

  it('explains a block and an operator wherever they are written', () => {
    const second = TEXT.lastIndexOf('condition {');
    assert.match(saidAt('condition', second) ?? '', /^\*\*Condition\*\*/);
    assert.match(saidAt('NumericLessThan', second) ?? '', /^\*\*NumericLessThan\*\*/);
    assert.match(saidAt('s3:max-keys', second) ?? '', /^\*\*s3:max-keys\*\*/);
  });
});
