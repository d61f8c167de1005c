import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../../server/src/core/document';
import { applyEdits } from '../../../server/src/core/lint/edits';
import { languageService } from '../../support/policies';

const service = languageService();
const rules = [{ rule: '*', severity: 'default' }] as const;

function open(resource: string, action = 'execute-api:Invoke'): PolicyDocument {
  return service.open({
    text: `data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["${action}"]\n    resources = [${resource}]\n  }\n}\n`,
    language: 'hcl',
  });
}

/** Each finding but suggestions, with the text that it lies on. */
function found(document: PolicyDocument): readonly string[] {
  return service
    .lint(document, { rules })
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, span }) => `${rule} ${document.text.slice(span.start, span.end)}`);
}

const REST = '${aws_api_gateway_rest_api.x.execution_arn}';
const STAGE = '${aws_api_gateway_stage.s.execution_arn}';

describe('an ARN that begins with an attribute of Terraform', () => {
  for (const [resource, ...expected] of [
    [`"${REST}/prod/GET/pets"`],
    [`"${REST}/*"`],
    [`"${REST}/*/*/pets/*"`],
    ['"${aws_api_gateway_rest_api.x[0].execution_arn}/*/*"'],
    ['"${data.aws_api_gateway_rest_api.x.execution_arn}/*/*"'],
    [`"${STAGE}/GET/pets"`],
    ['"${aws_api_gateway_stage.s[each.key].execution_arn}/*"'],
    ['"${aws_apigatewayv2_api.x.execution_arn}/*/*"'],
    ['"${aws_apigatewayv2_stage.x.execution_arn}/$connect"'],
    [
      '"${aws_apigatewayv2_stage.x.execution_arn}/POST/@connections/*"',
      'execute-api-action-mismatch "${aws_apigatewayv2_stage.x.execution_arn}/POST/@connections/*"',
    ],
    [`"${REST}/prod/get/pets"`, 'execute-api-method-case get'],
    [`"${REST}/prod/ANY/pets"`, 'execute-api-method-any ANY'],
    [`"${REST}/prod/GET//pets"`, 'execute-api-path-leading-slash /'],
    [`"${REST}/*/*/pets/{id}"`, 'execute-api-path-parameter {id}'],
    [
      'aws_api_gateway_rest_api.x.execution_arn',
      'execute-api-incomplete aws_api_gateway_rest_api.x.execution_arn',
    ],
    [`"${STAGE}/get/pets"`, 'execute-api-method-case get'],
    [`"${STAGE}/prod/GET/pets"`, 'execute-api-method-unknown prod'],
    // What these give is not known, nor what they are part of.
    ['"${var.execution_arn}/prod/ANY/pets"'],
    ['"${module.api.execution_arn}/prod/ANY/pets"'],
    ['"${aws_api_gateway_rest_api.x.nothing.execution_arn}/prod/ANY/pets"'],
    ['"${aws_api_gateway_rest_api.x[*].execution_arn}/prod/ANY/pets"'],
    [`"\${local.x}${REST}/prod/ANY/pets"`],
  ] as const) {
    it(`${resource} is ${expected.join(', ') || 'fine'}`, () => {
      assert.deepEqual(found(open(resource)), expected);
    });
  }

  it('has the rules for its segments in JSON and in jsonencode as well', () => {
    const text = `resource "aws_iam_policy" "p" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "execute-api:Invoke", Resource = "${REST}/prod/get/pets" }] })
}
resource "aws_iam_policy" "q" {
  policy = <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${REST}/prod/Put/pets"}]}
EOF
}
`;
    const document = service.open({ text, language: 'hcl' });
    assert.deepEqual(found(document), ['execute-api-method-case get', 'execute-api-method-case Put']);
  });

  it('is mended where the mistake stands', () => {
    const document = open(`"${REST}/prod/get/pets"`);
    const [finding] = service.lint(document, { rules }).findings;
    assert.match(
      applyEdits(document.text, finding?.fixes[0]?.edits() ?? []),
      /execution_arn\}\/prod\/GET\/pets"/,
    );
  });

  it('is quoted as it is written', () => {
    const document = open('aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}*"', 's3:*');
    const [finding] = service.lint(document, { rules }).findings;
    assert.match(finding?.message ?? '', /^The resource "\$\{aws_s3_bucket\.b\.arn\}" adds nothing/);
    assert.match(applyEdits(document.text, finding?.fixes[0]?.edits() ?? []), /= \["\$\{aws_s3_bucket/);
  });

  it('has a hover, colours and an invalidation for its segments', () => {
    const document = open(`"${STAGE}/GET/pets"`);
    const at = document.text.indexOf('${');
    const hover = service.hover(document, at + 5);
    assert.match(hover?.contents ?? '', /^\*\*Stage\*\* `\$\{aws_api_gateway_stage\.s\.stage_name\}`/);
    assert.equal(hover && document.text.slice(hover.span.start, hover.span.end), STAGE);
    assert.deepEqual(
      service
        .semanticTokens(document)
        .filter(({ span }) => span.start >= at)
        .map(({ type, span }) => [type, document.text.slice(span.start, span.end)]),
      [
        ['iamVariable', STAGE],
        ['arnMethod', 'GET'],
        ['arnPath', 'pets'],
      ],
    );
    const draft = service.invalidationDraftAt(document, at + 5);
    assert.deepEqual([draft?.method, draft?.path], ['GET', 'pets']);
    assert.match(
      service.hover(open('"${aws_lambda_function.f.arn}:*"', 'lambda:InvokeFunction'), at + 5)?.contents ??
        '',
      /function:\$\{aws_lambda_function\.f\.function_name\}/,
    );
  });
});

describe('a statement that merge of Terraform makes', () => {
  it('may have the conditions that another part brings', () => {
    const statement =
      '{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = "*" }';
    const findingsOf = (written: string): readonly string[] =>
      found(
        service.open({
          text: `resource "aws_sns_topic_policy" "t" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [${written}] })\n}\n`,
          language: 'hcl',
        }),
      ).map((each) => each.split(' ')[0] ?? '');
    assert.ok(findingsOf(statement).includes('service-principal-unrestricted'));
    assert.deepEqual(findingsOf(`merge(${statement}, var.more)`), []);
  });
});

describe('a block of principals or of a condition that is being typed', () => {
  it('is not called empty yet', () => {
    for (const block of ['principals {\n', 'condition {\n      test = "StringEquals"\n']) {
      const document = service.open({
        text: `data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n    ${block}    }\n  }\n}\n`,
        language: 'hcl',
      });
      const empty = service.lint(document, { rules }).findings.filter(({ rule }) => rule.endsWith('empty'));
      assert.deepEqual(empty, [], block);
    }
  });
});
