import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { PolicyType } from '../../server/src/core/index';
import { type Random, randomOf } from '../fuzz/random';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

/**
 * What holds between the answers about a policy and about an edit of it, whatever the right answers are: a Deny more, or an
 * Allow less, allows nothing more, and neither the order of statements nor their division into several matters.
 */
describe('answers about edits of a policy', function () {
  const CASES = runs(16_000, 8);
  this.timeout(limit(20_000 + CASES * 5));

  it(`agree in ${CASES} cases`, () => {
    const random = randomOf(seedOf(20_261_130));
    const seen = { allow: 0, deny: 0, 'implicit-deny': 0, depends: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const type = random.pick(['identity', 'resource'] as const);
      const statements = Array.from({ length: 1 + random.below(4) }, () => statementOf(type, random));
      const request = requestOf(random);
      const outcomeOf = (edited: readonly Statement[]): keyof typeof seen =>
        edited.length === 0 ? 'implicit-deny' : answerOf(type, edited, request);
      const outcome = outcomeOf(statements);
      seen[outcome] += 1;
      const text = (): string =>
        JSON.stringify({ statements, ...request, context: [...(request.context ?? [])] });
      const at = random.below(statements.length);
      const denial = { ...statementOf(type, random), Effect: 'Deny' };
      const denied = outcomeOf([...statements.slice(0, at), denial, ...statements.slice(at)]);
      assert.ok(
        STRENGTH[denied] <= STRENGTH[outcome],
        `${outcome} ${denied} ${JSON.stringify(denial)} ${text()}`,
      );
      if (statements[at]?.Effect === 'Allow') {
        const fewer = outcomeOf(statements.filter((_, each) => each !== at));
        assert.ok(STRENGTH[fewer] <= STRENGTH[outcome], `${outcome} ${fewer} without ${at} ${text()}`);
      }
      assert.equal(outcomeOf([...statements].reverse()), outcome, text());
      for (const name of ['Action', 'Resource'] as const) {
        const parts = statements.flatMap((statement) =>
          (statement[name] ?? [undefined]).map((each) =>
            each === undefined ? statement : { ...statement, [name]: [each] },
          ),
        );
        assert.equal(outcomeOf(parts), outcome, `${name} ${text()}`);
      }
    }
    assert.ok(Math.min(...Object.values(seen)) > CASES / 40, JSON.stringify(seen));
  });
});

/** How much an answer allows. */
const STRENGTH = { deny: 0, 'implicit-deny': 0, depends: 1, allow: 2 } as const;

interface Statement {
  readonly Effect: string;
  readonly Action?: readonly string[];
  readonly Resource?: readonly string[];
}

const ACCOUNT = '111122223333';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}`;
const ACTIONS = ['sqs:SendMessage', 'sqs:Send*', '*', 's3:*', 'SQS:?endMessage', 'kms:Decrypt'];
const RESOURCES = [`${QUEUE}:q/ann`, `${QUEUE}:q/*`, `${QUEUE}:*/$\{aws:username}`, '*', `${QUEUE}:r`];
const PRINCIPALS = [
  '*',
  { AWS: ACCOUNT },
  { AWS: [`arn:aws:iam::${ACCOUNT}:user/ann`, `arn:aws:iam::${ACCOUNT}:root`] },
  { AWS: `arn:aws:iam::${ACCOUNT}:role/x/reader`, Service: 'sns.amazonaws.com' },
];
const CALLERS = [
  `arn:aws:iam::${ACCOUNT}:user/ann`,
  `arn:aws:sts::${ACCOUNT}:assumed-role/reader/bob`,
  'anonymous',
  'sns.amazonaws.com',
  'arn:aws:iam::444455556666:user/eve',
];
const CONDITIONS = [
  { StringEquals: { 'app:k': 'a' } },
  { StringNotEqualsIfExists: { 'app:k': ['a', 'b'] } },
  { 'ForAllValues:StringLike': { 'app:k': 'a*' } },
  { 'ForAnyValue:StringNotEquals': { 'app:k': 'a' } },
  { Null: { 'app:k': 'true' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
];
const VALUES: readonly (readonly string[])[] = [[], ['a'], ['b'], ['a', 'b']];

function statementOf(type: PolicyType, random: Random): Statement {
  const some = <Item>(items: readonly Item[]): Item[] =>
    Array.from({ length: 1 + random.below(2) }, () => random.pick(items));
  return {
    Effect: random.below(4) === 0 ? 'Deny' : 'Allow',
    ...(random.below(8) === 0 ? { NotAction: some(ACTIONS.slice(3)) } : { Action: some(ACTIONS) }),
    ...(random.below(8) === 0 ? { NotResource: some(RESOURCES.slice(0, 2)) } : { Resource: some(RESOURCES) }),
    ...(type === 'resource' ? { Principal: random.pick(PRINCIPALS) } : {}),
    ...(random.below(2) === 0 ? { Condition: random.pick(CONDITIONS) } : {}),
  };
}

function requestOf(random: Random): EvaluationRequest {
  const value = VALUES[random.below(VALUES.length + 1)];
  return {
    action: random.pick(['sqs:SendMessage', 'sqs:SendMessage', 'sqs:*', 's3:GetObject']),
    resource: random.pick([`${QUEUE}:q/ann`, `${QUEUE}:q/bob`, `${QUEUE}:q/*`]),
    principal: CALLERS[random.below(CALLERS.length + 1)],
    context: new Map(value === undefined ? [] : [['app:k', value]]),
  };
}

function answerOf(type: PolicyType, statements: readonly Statement[], request: EvaluationRequest) {
  const { policies } = openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: type },
  });
  const { outcome, doubts } = evaluate(policies, request);
  // No resource policy denies a root user some actions, and it needs no Allow: who else asks is denied.
  const isOfRoot =
    doubts.length > 0 && doubts.every((doubt) => doubt === 'root-user' || doubt === 'exceptions');
  return outcome === 'depends' && isOfRoot ? 'deny' : outcome;
}
