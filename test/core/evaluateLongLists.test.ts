import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;

const IAM = 'arn:aws:iam::111122223333';
const STS = 'arn:aws:sts::111122223333';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';

function outcome(
  type: PolicyType,
  statements: readonly Json[],
  action = 'sqs:SendMessage',
  principal: string | undefined = undefined,
): string {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { policies } = openDocument({ text, language: 'json', override: { policyType: type } });
  return evaluate(policies, { action, resource: QUEUE, principal }).outcome;
}

/** Lists of these lengths are read in different ways, which must not be seen. */
const LENGTHS = [0, 22, 23, 24, 40];

/** The same answer for some entries alone and for each length with entries that say nothing of what is asked. */
function check(
  entries: readonly unknown[],
  filling: (index: number) => unknown,
  answer: (all: readonly unknown[]) => string,
  expected: string,
): void {
  for (const length of LENGTHS) {
    const fill = Array.from({ length }, (_, index) => filling(index));
    assert.equal(answer([...entries, ...fill]), expected, `in front of ${length}`);
    assert.equal(answer([...fill, ...entries]), expected, `behind ${length}`);
  }
}

describe('a long list of actions', () => {
  const IF = { 'Fn::If': ['c', 'sqs:SendMessage', 'sqs:X'] };
  for (const [entries, action, expected, negated] of [
    [['sqs:SendMessage'], 'sqs:SendMessage', 'allow', 'implicit-deny'],
    [['SQS:sendMESSAGE'], 'sqs:SendMessage', 'allow', 'implicit-deny'],
    [['sqs:Y'], 'sqs:SendMessage', 'implicit-deny', 'allow'],
    [['sqs:Send*'], 'sqs:SendMessage', 'allow', 'implicit-deny'],
    [['sqs:SendMessag?'], 'sqs:SendMessage', 'allow', 'implicit-deny'],
    [['sqs:${x}'], 'sqs:SendMessage', 'depends', 'depends'],
    [['sqs:SendMessage'], 'sqs:Send*', 'depends', 'depends'],
    [['sqs:Send*'], 'sqs:Send*', 'allow', 'implicit-deny'],
    [[IF], 'sqs:SendMessage', 'depends', 'depends'],
    [[IF, 'sqs:SendMessage'], 'sqs:SendMessage', 'allow', 'implicit-deny'],
  ] as const) {
    it(`${JSON.stringify(entries)} of ${action}: ${expected}`, () => {
      const filling = (index: number): string => `sqs:Other${index}`;
      const ask = (name: string) => (all: readonly unknown[]) =>
        outcome('identity', [{ Effect: 'Allow', [name]: all, Resource: '*' }], action);
      check(entries, filling, ask('Action'), expected);
      check(entries, filling, ask('NotAction'), negated);
    });
  }
});

describe('a long list of principals', () => {
  const user = `${IAM}:user/ann`;
  const role = `${IAM}:role/a/reader`;
  const session = `${STS}:assumed-role/reader/ann`;
  for (const [entries, caller, expected] of [
    [[user], user, 'allow'],
    [[`${IAM}:user/bob`], user, 'implicit-deny'],
    [[role], role, 'allow'],
    [[role], session, 'allow'],
    [[session], session, 'allow'],
    [[session], role, 'depends'],
    [['*'], user, 'allow'],
    [['${Who}'], user, 'depends'],
    [[{ Ref: 'Who' }], user, 'depends'],
    [['444455556666'], 'arn:aws:iam::444455556666:root', 'allow'],
    [['444455556666'], '777788889999', 'implicit-deny'],
    [[user], undefined, 'depends'],
  ] as const) {
    it(`${JSON.stringify(entries)} of ${caller}: ${expected}`, () => {
      check(
        entries,
        (index) => `${IAM}:user/other${index}`,
        (all) =>
          outcome(
            'resource',
            [{ Effect: 'Allow', Principal: { AWS: all }, Action: 'sqs:*', Resource: '*' }],
            undefined,
            caller,
          ),
        expected,
      );
      check(
        entries,
        (index) => ({
          Effect: 'Allow',
          Principal: { AWS: `${IAM}:user/other${index}` },
          Action: 'sqs:*',
          Resource: '*',
        }),
        (all) => {
          const [entry] = entries;
          const statements = all.map((each) =>
            each === entry
              ? { Effect: 'Allow', Principal: { AWS: entry }, Action: 'sqs:*', Resource: '*' }
              : (each as Json),
          );
          return outcome('resource', statements, undefined, caller);
        },
        expected,
      );
    });
  }

  it('of those whom a Deny leaves out', () => {
    const answer = (all: readonly unknown[]): string =>
      outcome(
        'resource',
        [
          { Effect: 'Allow', Principal: { AWS: user }, Action: 'sqs:*', Resource: '*' },
          { Effect: 'Deny', NotPrincipal: { AWS: all }, Action: 'sqs:*', Resource: '*' },
        ],
        undefined,
        user,
      );
    const filling = (index: number): string => `${IAM}:user/other${index}`;
    check([user, `${IAM}:root`], filling, answer, 'allow');
    check([`${IAM}:user/bob`], filling, answer, 'deny');
  });

  it('of services', () => {
    const answer = (all: readonly unknown[]): string =>
      outcome(
        'resource',
        [{ Effect: 'Allow', Principal: { Service: all }, Action: 'sqs:*', Resource: '*' }],
        undefined,
        'sns.amazonaws.com',
      );
    const filling = (index: number): string => `s${index}.amazonaws.com`;
    check(['sns.amazonaws.com'], filling, answer, 'allow');
    check(['sqs.amazonaws.com'], filling, answer, 'implicit-deny');
  });
});
