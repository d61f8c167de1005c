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
