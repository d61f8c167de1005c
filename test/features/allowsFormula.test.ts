import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { openQuestion } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import { answerSentence, deniesPart } from '../../server/src/core/features/allows/formula';
import { sideSentences, sidesOf } from '../../server/src/core/features/allows/sides';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;

function policy(type: PolicyType, ...statements: readonly Json[]): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: type },
  });
}

const ALL = { Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' };
const DENY = { ...ALL, Sid: 'No', Effect: 'Deny' };
const when = (operator: string, key: string, ...values: readonly string[]): Json => ({
  Condition: { [operator]: { [key]: values } },
});

function ask(documents: readonly PolicyDocument[], request: Partial<EvaluationRequest> = {}) {
  const question = openQuestion(
    documents.flatMap(({ policies }) => policies),
    { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', ...request },
  );
  return {
    sentence: answerSentence(question.evaluation),
    part: deniesPart(question.evaluation),
    sides: sideSentences(sidesOf(question)),
    outcome: question.evaluation.outcome,
  };
}

describe('an answer as a sentence', () => {
  const cases: readonly (readonly [
    sentence: string | undefined,
    documents: readonly PolicyDocument[],
    request?: Partial<EvaluationRequest>,
  ])[] = [
    ['Allowed by "All".', [policy('identity', ALL)]],
    ['Denied by "No".', [policy('identity', ALL, DENY)]],
    [
      'This caller needs no Allow for it.',
      [policy('identity', DENY)],
      { principal: 'arn:aws:iam::111122223333:root' },
    ],
    [
      'This caller needs no Allow for it.',
      [policy('identity', { ...DENY, Action: 'sts:*' })],
      { action: 'sts:GetCallerIdentity', resource: '*' },
    ],
    [undefined, [policy('identity', { ...ALL, Action: 'sqs:*' })]],
    [
      'Allowed by "All", unless aws:SourceVpce is not vpce-1.',
      [policy('identity', ALL, { ...DENY, ...when('StringNotEquals', 'aws:SourceVpce', 'vpce-1') })],
    ],
    [
      'Allowed by "All", unless aws:SourceVpce is not vpce-1 ("No"), or aws:SecureTransport is false ("Tls").',
      [
        policy(
          'identity',
          ALL,
          { ...DENY, ...when('StringNotEquals', 'aws:SourceVpce', 'vpce-1') },
          { ...DENY, Sid: 'Tls', ...when('Bool', 'aws:SecureTransport', 'false') },
        ),
      ],
    ],
    [
      'Allowed by "All" if aws:SourceIp is in 203.0.113.0/24 or 198.51.100.0/24.',
      [
        policy('identity', {
          ...ALL,
          ...when('IpAddress', 'aws:SourceIp', '203.0.113.0/24', '198.51.100.0/24'),
        }),
      ],
    ],
    [
      'Allowed by "All" if s3:max-keys is at most 10, or by "B" if aws:CurrentTime is before 2030-01-01T00:00:00Z.',
      [
        policy(
          'identity',
          { ...ALL, ...when('NumericLessThanEquals', 's3:max-keys', '10') },
          { ...ALL, Sid: 'B', ...when('DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z') },
        ),
      ],
    ],
    [
      'Allowed by "All", and by "Limit" if aws:PrincipalTag/team is like red*.',
      [
        policy('identity', ALL),
        policy('boundary', { ...ALL, Sid: 'Limit', ...when('StringLike', 'aws:PrincipalTag/team', 'red*') }),
      ],
    ],
    [
      'Allowed by "All" if each value of aws:TagKeys is team or cost.',
      [policy('identity', { ...ALL, ...when('ForAllValues:StringEquals', 'aws:TagKeys', 'team', 'cost') })],
    ],
    [
      'Allowed by "All" if aws:SourceVpc is in the request.',
      [policy('identity', { ...ALL, ...when('Null', 'aws:SourceVpc', 'false') })],
    ],
    [
      'Allowed by "All" if aws:SourceVpc is vpc-1, or is not in the request.',
      [policy('identity', { ...ALL, ...when('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1') })],
    ],
    [
      'Allowed by "All", but denied by "No" for the part that arn:aws:s3:::bucket/secret/* matches.',
      [policy('identity', ALL, { ...DENY, Resource: 'arn:aws:s3:::bucket/secret/*' })],
      { resource: 'arn:aws:s3:::bucket/*' },
    ],
    [
      'Allowed by "All" for the part that arn:aws:s3:::bucket/a/* matches.',
      [policy('identity', { ...ALL, Resource: 'arn:aws:s3:::bucket/a/*' })],
      { resource: 'arn:aws:s3:::bucket/*' },
    ],
    [
      'Allowed by "All" if the caller is AWS arn:aws:iam::111122223333:role/r.',
      [policy('resource', { ...ALL, Principal: { AWS: 'arn:aws:iam::111122223333:role/r' } })],
    ],
    [
      'Allowed by "All", as far as these policies tell.',
      [policy('identity', { ...ALL, Action: 'kms:*' })],
      { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111122223333:key/1234' },
    ],
    [
      'Allowed by statement 1 if aws:username is a, b, c, d or 6 other values.',
      [
        policy('identity', {
          ...ALL,
          Sid: undefined,
          ...when('StringEquals', 'aws:username', ...'abcdefghij'),
        }),
      ],
    ],
  ];
  for (const [sentence, documents, request] of cases) {
    it(`says ${sentence ?? 'nothing'}`, () => {
      assert.equal(ask(documents, request).sentence, sentence);
    });
  }

  it('knows a deny of a part', () => {
    const secret = { ...DENY, Resource: 'arn:aws:s3:::bucket/secret/*' };
    const all = { resource: 'arn:aws:s3:::bucket/*' };
    assert.equal(ask([policy('identity', ALL, secret)], all).part, true);
    const perhaps = { ...secret, ...when('Bool', 'aws:SecureTransport', 'false') };
    assert.equal(ask([policy('identity', ALL, perhaps)], all).part, false);
    assert.equal(ask([policy('identity', ALL)], all).part, false);
  });

  it('shows text of the policies only as the caller has it shown', () => {
    const { evaluation } = openQuestion(
      policy('identity', { ...ALL, Sid: 'X\u001b', ...when('StringEquals', 'aws:a\u001b', 'v\u001b') })
        .policies,
      { action: 's3:GetObject', resource: '*' },
    );
    const sentence = answerSentence(evaluation, (text) => text.replaceAll('\u001b', '.')) ?? '';
    assert.equal(sentence, 'Allowed by "X." if aws:a. is v..');
  });
});

describe('what follows from each side', () => {
  const one = (condition: Json): readonly string[] =>
    ask([policy('identity', { ...ALL, ...condition })]).sides;
  const cases: readonly (readonly [condition: Json, sides: readonly string[]])[] = [
    [
      when('StringEquals', 'aws:SourceVpce', 'vpce-1', 'vpce-2'),
      [
        'allowed if aws:SourceVpce is vpce-1 or vpce-2',
        'not allowed if aws:SourceVpce has another value or is not in the request',
      ],
    ],
    [
      when('StringNotEquals', 'aws:SourceVpce', 'vpce-1'),
      [
        'not allowed if aws:SourceVpce is vpce-1',
        'allowed if aws:SourceVpce has another value or is not in the request',
      ],
    ],
    [
      when('NumericLessThan', 's3:max-keys', '10'),
      ['allowed if s3:max-keys is 9', 'not allowed if s3:max-keys is 10 or 11 or is not in the request'],
    ],
    [
      when('Bool', 'aws:MultiFactorAuthPresent', 'true'),
      [
        'allowed if aws:MultiFactorAuthPresent is true',
        'not allowed if aws:MultiFactorAuthPresent is false or is not in the request',
      ],
    ],
    [
      when('Null', 'aws:SourceVpc', 'true'),
      ['not allowed if aws:SourceVpc has another value', 'allowed if aws:SourceVpc is not in the request'],
    ],
    [
      when('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:111122223333:*'),
      [
        'allowed if aws:SourceArn is arn:aws:sns:example:111122223333:example',
        'not allowed if aws:SourceArn has another value or is not in the request',
      ],
    ],
  ];
  for (const [condition, sides] of cases) {
    it(JSON.stringify(condition), () => {
      assert.deepEqual(one(condition), sides);
    });
  }

  it('is an example for each outcome where several keys decide', () => {
    const denial = { ...DENY, ...when('StringNotEquals', 'aws:SourceVpce', 'vpce-1') };
    const allow = { ...ALL, ...when('Bool', 'aws:MultiFactorAuthPresent', 'true') };
    assert.deepEqual(ask([policy('identity', allow, denial)]).sides, [
      'allowed if aws:MultiFactorAuthPresent is true and aws:SourceVpce is vpce-1',
      'denied if aws:MultiFactorAuthPresent is true and aws:SourceVpce has another value',
      'not allowed if aws:MultiFactorAuthPresent is false and aws:SourceVpce is vpce-1',
    ]);
  });

  it('ends however many keys decide', () => {
    const keys = Array.from({ length: 40 }, (_, index) => [`aws:RequestTag/${index}`, ['a', 'b', 'c']]);
    const sides = one({ Condition: { StringEquals: Object.fromEntries(keys) } });
    assert.deepEqual(sides, []);
  });
});
