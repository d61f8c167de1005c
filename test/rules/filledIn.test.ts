import assert from 'node:assert/strict';
import type { PolicyType } from '../../server/src/core/index';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { step } from '../support/thorough';

/** What template engines write, with dots, colons, slashes and quotes within. */
const EXPRESSIONS = [
  '${local.api.id}',
  '${x}',
  '{{ account }}',
  '{{a:b}}',
  '<%= x.y/z %>',
  '#{x.y}',
  '%{x}',
  '${data.a["b"].c}',
  '{% if x %}',
  '$(X)',
];

/** What is to be replaced by hand. */
const PLACEHOLDERS = [
  '<x>',
  '{x}',
  '[x]',
  '$REGION',
  '%ACCOUNT%',
  '@REGION@',
  '__ACCOUNT_ID__',
  '<YOUR ACCOUNT>',
  '{AWS::Region}',
  'YOUR_VALUE',
  '@@REGION@@',
  '%%ACCOUNT%%',
  '@{x}',
];

interface Place {
  readonly type: PolicyType;
  /** A statement around the text. */
  readonly statement: (text: string) => object;
  /** With which there is nothing to say about the statement but what does not depend on it. */
  readonly text: string;
}

const resource = (action: string, text: string): Place => ({
  type: 'identity',
  statement: (put) => ({ Effect: 'Allow', Action: action, Resource: put }),
  text,
});

const principal = (type: string, text: string): Place => ({
  type: 'resource',
  statement: (put) => ({
    Effect: 'Allow',
    Principal: { [type]: put },
    Action: 'sqs:SendMessage',
    Resource: 'arn:aws:sqs:us-east-1:123456789012:q',
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
  }),
  text,
});

const condition = (operator: string, key: string, text: string): Place => ({
  type: 'identity',
  statement: (put) => ({
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { [operator]: { [key]: put } },
  }),
  text,
});

const PLACES: readonly Place[] = [
  resource('execute-api:Invoke', 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/dogs'),
  resource('execute-api:Invoke', 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/$connect'),
  resource('s3:ListBucket', 'arn:aws:s3:::bucket1'),
  resource('sqs:SendMessage', 'arn:aws:sqs:us-east-1:123456789012:queue1'),
  resource('dynamodb:Query', 'arn:aws:dynamodb:us-east-1:123456789012:table/tbl/index/ix'),
  resource('lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:123456789012:function:fn:live'),
  resource(
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf',
  ),
  resource('iam:GetRole', 'arn:aws:iam::123456789012:role/path/name'),
  principal('AWS', 'arn:aws:iam::123456789012:role/path/name'),
  principal('AWS', '123456789012'),
  principal('Service', 'logs.us-east-1.amazonaws.com'),
  {
    type: 'trust',
    statement: (put) => ({
      Effect: 'Allow',
      Principal: { Federated: put },
      Action: 'sts:AssumeRoleWithSAML',
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
    text: 'arn:aws:iam::123456789012:saml-provider/x',
  },
  condition('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'),
  condition('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'),
  condition('StringEquals', 'aws:SourceAccount', '123456789012'),
  condition('ArnLike', 'aws:SourceArn', 'arn:aws:sns:us-east-1:123456789012:t'),
  condition('StringEquals', 'aws:SourceVpc', 'vpc-12345678'),
  condition('IpAddress', 'aws:SourceIp', '203.0.113.0/24'),
  condition('StringEquals', 'aws:RequestedRegion', 'us-east-1'),
  condition('DateGreaterThan', 'aws:CurrentTime', '2026-01-02T00:00:00Z'),
  condition('NumericLessThan', 'aws:MultiFactorAuthAge', '3600'),
  condition('StringEquals', 'kms:ViaService', 's3.us-east-1.amazonaws.com'),
  {
    type: 'identity',
    statement: (put) => ({ Effect: 'Allow', Action: put, Resource: '*' }),
    text: 's3:GetObject',
  },
];

/** The text with something in the place of each of its parts, before it and behind it, and in the place of a whole end. */
function variations(text: string, put: string): readonly string[] {
  const results = [put];
  for (const { 0: part, index } of text.matchAll(/[^:/.@]+/g)) {
    const before = text.slice(0, index);
    const after = text.slice(index + part.length);
    results.push(before + put + after, before + put + part + after, before + part + put + after);
    results.push(put + after, before + put);
  }
  return results;
}

/** The text with something in the place of each of its parts. */
function partsReplaced(text: string, put: string): readonly string[] {
  return [...text.matchAll(/[^:/.@]+/g)].map(
    ({ 0: part, index }) => text.slice(0, index) + put + text.slice(index + part.length),
  );
}

describe('text that is still to be filled in', function () {
  this.timeout(limit(60_000));
  const service = languageService();
  const rulesAt = ({ type, statement }: Place, put: string, off: readonly string[] = []): readonly string[] =>
    service
      .lint(
        service.open({
          text: JSON.stringify({ Version: '2012-10-17', Statement: [statement(put)] }),
          language: 'json',
          override: { policyType: type },
        }),
        { rules: off.map((rule) => ({ rule, severity: 'off' as const })) },
      )
      .findings.map(({ rule }) => rule);

  for (const [index, place] of PLACES.entries()) {
    /** Others at each place. */
    const isTried = (_: string, at: number): boolean => (at + index) % step(1, 2) === 0;
    const usual = new Set(rulesAt(place, place.text));

    it(`by a template engine draws nothing in ${place.text}`, () => {
      for (const put of EXPRESSIONS.flatMap((expression) => variations(place.text, expression)).filter(
        isTried,
      )) {
        assert.deepEqual(
          rulesAt(place, put).filter((rule) => !usual.has(rule)),
          [],
          put,
        );
      }
    });

    it(`by hand draws one rule in ${place.text}, and nothing where that is off`, () => {
      for (const placeholder of PLACEHOLDERS.filter(isTried)) {
        for (const put of [placeholder, ...partsReplaced(place.text, placeholder)]) {
          // Braces in a path are its parameter, of which another rule speaks.
          const own = /execute-api.*GET.*\{/.test(put) ? 'execute-api-path-parameter' : 'placeholder';
          const rules = rulesAt(place, put).filter((rule) => !usual.has(rule));
          assert.deepEqual([...new Set(rules)], [own], put);
          assert.deepEqual(
            rulesAt(place, put, [own]).filter((rule) => !usual.has(rule)),
            [],
            put,
          );
        }
      }
    });
  }
});

describe('an action without a service beside one that an expression gives', () => {
  const titlesOf = (others: string): readonly string[] => {
    const text = `x = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = [${others}, "GetObject"], Resource = "*" }] })`;
    const document = languageService().open({ text, language: 'hcl' });
    return languageService()
      .lint(document)
      .findings.filter(({ rule }) => rule === 'action-prefix-missing')
      .flatMap(({ fixes }) => fixes.map(({ title }) => title));
  };

  it('is given no part of the expression for a service', () => {
    for (const other of ['lower(var.a)', '1 + 2', '"${var.service}:Get*"']) {
      assert.deepEqual(titlesOf(other), [], other);
      assert.deepEqual(titlesOf(`"s3:PutObject", ${other}`), ['Change to "s3:GetObject"'], other);
    }
  });
});
