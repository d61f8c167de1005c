import assert from 'node:assert/strict';
import { MOST_SYMBOLS } from '../../server/src/core/features/structure/symbols';
import type { DocumentSymbol } from '../../server/src/core/index';
import { withLineEndings } from '../support/fixtures';
import { languageService, openJson, policyWith } from '../support/policies';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** By the members of a statement that is there as far as it has been typed. */
const names: Readonly<Record<string, string>> = {
  [`"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${API}/prod/GET/pets/*"`]:
    'Allow execute-api:Invoke on GET /pets/*',
  [`"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${API}/prod/*/pets"`]:
    'Allow execute-api:Invoke on any method /pets',
  [`"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${API}/*"`]:
    'Allow execute-api:Invoke on a1b2c3d4e5/*',
  '"Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "iam:*"], "Resource": "arn:aws:s3:::bucket/*"':
    'Deny s3:GetObject and 3 more on bucket/*',
  '"Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "Resource": ["arn:aws:s3:::b", "*"]':
    'Allow everything but iam:* and 1 more on all resources',
  '"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::b"':
    'Allow all actions on everything but b',
  '"Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole"':
    'Allow sts:AssumeRole for lambda.amazonaws.com',
  '"Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:root" }, "Action": "sts:AssumeRole"':
    'Allow sts:AssumeRole for account 123456789012',
  '"Effect": "Deny", "Principal": "*", "Action": "s3:*"': 'Deny s3:* for anybody',
  '"Effect": "Allow", "Action": "", "Resource": [': 'Allow',
  '"Action": ["s3:GetObject", "s3:': 's3:GetObject and 1 more',
  '"Effect":': 'Unfinished statement',
  '"Effect": "Al\\nlow"': 'Al low',
  '': 'Empty statement',
};

describe('document symbols', () => {
  for (const [members, name] of Object.entries(names)) {
    it(`call { ${members} } ${name}`, () => {
      const [symbol, ...others] = symbolsOf(`{ "Version": "2012-10-17", "Statement": [{ ${members} }] }`);
      assert.deepEqual(others, []);
      assert.equal(symbol?.kind, 'statement');
      assert.equal(symbol?.name, name);
    });
  }

  it('list what a statement speaks of, in source order, with its Sid', () => {
    const text = policyWith(
      `"Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.7"] } },
      "Resource": ["${API}/prod/GET/pets", "*"],
      "NotAction": "iam:*"`,
      '"Sid": "Pets", "Effect": "Allow",',
    );
    const [statement] = symbolsOf(text);
    assert.equal(statement?.detail, 'Pets');
    assert.deepEqual(
      statement?.children.map(({ kind, name, detail }) => [kind, name, detail]),
      [
        ['condition', 'aws:SourceIp', 'IpAddress 203.0.113.0/24, 198.51.100.7'],
        ['resource', 'GET /pets', 'Resource'],
        ['resource', 'all resources', 'Resource'],
        ['action', 'iam:*', 'NotAction'],
      ],
    );
  });

  it('name each policy and its place where there are several, also one in a string', () => {
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const text = JSON.stringify({
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
            Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
          },
        },
      },
      other: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    assert.deepEqual(
      symbolsOf(text).map(({ kind, name, detail, children }) => [kind, name, detail, children[0]?.name]),
      [
        [
          'policy',
          'Trust policy',
          'Role.AssumeRolePolicyDocument',
          'Allow sts:AssumeRole for ec2.amazonaws.com',
        ],
        [
          'policy',
          'Identity policy',
          'Role.Policies.0.PolicyDocument',
          'Allow s3:GetObject on all resources',
        ],
        ['policy', 'Identity policy', '', 'Allow s3:GetObject on all resources'],
      ],
    );
  });

  it('name a statement that is being typed', () => {
    assert.equal(symbolsOf('{ "Statement": [{ "Effect": "Deny", "Action": "s3:Get')[0]?.name, 'Deny s3:Get');
  });

  it('leave other documents alone', () => {
    assert.deepEqual(symbolsOf('{ "name": "x", "Statement": { "type": "array" } }'), []);
  });

  it('are named and lie within each other in a document cut at any place', () => {
    const whole = policyWith(
      `"Principal": { "AWS": ["*"] }, "Action": ["s3:*"],\n"Resource": "${API}/a/GET/b",\n"Condition": { "Null": { "aws:x": "true" } }`,
    );
    for (const { text } of withLineEndings(whole)) {
      for (let end = 0; end <= text.length; end += 1) {
        check(symbolsOf(text.slice(0, end)), { start: 0, end });
      }
    }
  });

  for (const first of ['', 'effect = "Deny"', 'sid = "A"']) {
    it(`are named and lie within each other in Terraform cut at any place: ${first || 'no effect'}`, () => {
      const whole = `data "aws_iam_policy_document" "a" {
  statement {
    ${first}
    actions = ["s3:GetObject"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      values   = ["true"]
      variable = "aws:SecureTransport"
      test     = "Bool"
    }
  }
}
`;
      const service = languageService();
      for (let end = 0; end <= whole.length; end += 1) {
        const text = whole.slice(0, end);
        check(service.documentSymbols(service.open({ text, language: 'hcl' })), { start: 0, end });
      }
    });
  }

  it('have every statement of a text that is longer than any policy, and the first of what these speak of', () => {
    const statements = Array.from({ length: 4_990 }, (_, index) => ({
      Sid: `S${index}`,
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: '*',
    }));
    const symbols = symbolsOf(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
    assert.equal(symbols.length, statements.length);
    const children = symbols.map(({ children }) => children.length);
    assert.deepEqual(children.slice(0, 5), [3, 3, 3, 0, 0]);
    assert.equal(symbols.length + children.reduce((sum, each) => sum + each, 0), MOST_SYMBOLS - 1);
  });
});

function check(symbols: readonly DocumentSymbol[], within: DocumentSymbol['span']): void {
  for (const { name, span, selection, children } of symbols) {
    assert.match(name, /^\S([^\r\n]*\S)?$/);
    assert.ok(within.start <= span.start && span.end <= within.end, `${name} leaves what holds it`);
    assert.ok(span.start <= selection.start && selection.end <= span.end, `${name} is not where it is`);
    check(children, span);
  }
}

function symbolsOf(text: string): readonly DocumentSymbol[] {
  return languageService().documentSymbols(openJson(languageService(), text));
}
