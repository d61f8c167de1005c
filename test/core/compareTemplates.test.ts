import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import { type Side, sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import { type Random, randomOf } from '../fuzz/random';
import { loadIamData } from '../support/iamData';
import {
  type NaivePolicy,
  type NaiveRequest,
  type NaiveStatement,
  naiveAnswer,
} from '../support/naiveEvaluation';
import { limit } from '../support/patience';
import { runs } from '../support/thorough';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333';
const ACTIONS = ['sqs:SendMessage', 'sqs:ReceiveMessage', 's3:GetObject'];
const RESOURCES = [`${QUEUE}:a`, `${QUEUE}:b`, `${QUEUE}:ab`];
const VALUES = ['x', 'y'];

/** What a template has yet to fill in, with the values that it may come to have. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Action: [...ACTIONS, 'sqs:*', '*'],
  OtherAction: [...ACTIONS, 's3:*'],
  Queue: [...RESOURCES, `${QUEUE}:*`],
  OtherQueue: [...RESOURCES, '*'],
  Name: ['a', 'b', 'ab'],
  Team: VALUES,
  Effect: ['Allow', 'Deny'],
};

/** A text, the value of a parameter, or a text with it. */
type Part = string | { readonly Ref: string } | { readonly 'Fn::Sub': string };
type Parts = Part | readonly Part[];

interface Template {
  readonly Effect: Part;
  readonly Action?: Parts;
  readonly NotAction?: Parts;
  readonly Resource?: Parts;
  readonly NotResource?: Parts;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Parts>>>>;
}

const ref = (Ref: string): Part => ({ Ref });
const named: Part = { 'Fn::Sub': `${QUEUE}:\${Name}` };

const some = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  Array.from({ length: 1 + random.below(2) }, () => random.pick(values));

function makeStatement(random: Random): Template {
  const actions = some<Part>([...ACTIONS, 'sqs:*', '*', ref('Action'), ref('OtherAction')], random);
  const resources: Parts =
    random.below(4) === 0
      ? random.pick([ref('Queue'), named])
      : some<Part>([...RESOURCES, '*', `${QUEUE}:a*`, ref('Queue'), ref('OtherQueue'), named], random);
  const operator = random.pick(['StringEquals', 'StringNotEquals', 'StringLikeIfExists']);
  return {
    Effect: random.below(9) === 0 ? ref('Effect') : random.below(4) === 0 ? 'Deny' : 'Allow',
    ...(random.below(8) === 0 ? { NotAction: actions } : { Action: actions }),
    ...(random.below(8) === 0 ? { NotResource: resources } : { Resource: resources }),
    ...(random.below(3) === 0
      ? {
          Condition: {
            [operator]: { 'aws:PrincipalTag/team': some<Part>([...VALUES, ref('Team')], random) },
          },
        }
      : {}),
  };
}

function edited(all: readonly Template[], random: Random): readonly Template[] {
  const at = random.below(all.length);
  const { Condition, ...bare } = all[at] ?? makeStatement(random);
  const { Action, NotAction, ...rest } = { ...bare, ...(Condition && { Condition }) };
  const other = makeStatement(random);
  return random.pick([
    all,
    all.toReversed(),
    all.toSpliced(at, 1),
    [...all, other],
    all.toSpliced(at, 1, bare),
    all.toSpliced(at, 1, { ...bare, Condition: other.Condition ?? {} }),
    all.toSpliced(at, 1, { ...rest, Action: other.Action ?? '*' }),
    all.toSpliced(at, 1, { ...rest, Action: [Action ?? [], ref('OtherAction')].flat() }),
  ]);
}

function sideOfTemplate(statements: readonly Template[]): Side {
  const PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const text = JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } },
  });
  const { policies } = openDocument({ text, language: 'json' });
  assert.equal(policies.length, 1);
  return sideOf('identity', policies);
}

/** The policy that a template comes to. */
function filledIn(statements: readonly Template[], values: ReadonlyMap<string, string>): NaivePolicy {
  const fill = (part: Part): string =>
    typeof part === 'string'
      ? part
      : 'Ref' in part
        ? (values.get(part.Ref) ?? '')
        : part['Fn::Sub'].replace(/\$\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '');
  const list = (parts: Parts): readonly string[] => [parts].flat().map((part) => fill(part as Part));
  return {
    type: 'identity',
    version: '2012-10-17',
    statements: statements.map(
      ({ Effect, Condition = {}, ...elements }): NaiveStatement => ({
        Effect: fill(Effect) as NaiveStatement['Effect'],
        ...Object.fromEntries(Object.entries(elements).map(([name, parts]) => [name, list(parts as Parts)])),
        Condition: Object.fromEntries(
          Object.entries(Condition).map(([operator, block]) => [
            operator,
            Object.fromEntries(Object.entries(block).map(([key, parts]) => [key, list(parts)])),
          ]),
        ),
      }),
    ),
  };
}

/**
 * Templates against a naive evaluation of what they come to: whatever is granted newly for some values of the parameters is
 * said to be granted, perhaps; what is certain is granted for all values; and nothing is said to be new where statements only
 * went or changed their places.
 */
describe('gains of templates against a naive evaluation', function () {
  const CASES = Number(process.env.CASES ?? runs(6_000, 150));
  this.timeout(limit(60_000 + CASES * 100));

  it(`are right of ${CASES} edits, and miss nothing`, () => {
    const random = randomOf(20_261_204);
    const iamData = loadIamData();
    const seen = { gained: 0, empty: 0, open: 0, certain: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const before = Array.from({ length: 1 + random.below(3) }, () => makeStatement(random));
      const after = edited(before, random);
      const is = sideOfTemplate(after);
      const gains = gainsOf(is, sideOfTemplate(before), { iamData });
      const isLess =
        after.every((each) => before.includes(each)) &&
        before.every((each) => each.Effect === 'Allow' || after.includes(each));
      assert.ok(gains.length === 0 || !isLess, `nothing is new: ${JSON.stringify({ before, after })}`);
      seen.empty += gains.length === 0 ? 1 : 0;
      for (const { isCertain, resource, statement } of gains) {
        const entries = statement.resources.flatMap(({ negated, entries: all }) => (negated ? [] : all));
        assert.ok(resource === undefined || entries.some(({ text }) => text === resource), resource);
        seen[isCertain ? 'certain' : 'open'] += 1;
      }
      for (let tried = 0; tried < 20; tried += 1) {
        const values = new Map(
          Object.entries(PARAMETERS).map(([name, possible]) => [name, random.pick(possible)]),
        );
        const [was, will] = [before, after].map((statements) => filledIn(statements, values));
        assert.ok(was !== undefined && will !== undefined);
        const isGained = (request: NaiveRequest): boolean =>
          naiveAnswer([will], request) === 'allow' && naiveAnswer([was], request) !== 'allow';
        const told = (request: NaiveRequest): string =>
          JSON.stringify({ ...request, context: [...request.context], values: [...values], before, after });
        for (const { isCertain, witness } of gains) {
          if (isCertain && witness !== undefined && !witness.resource.includes('${')) {
            const context = new Map(
              [...(witness.context ?? [])].map(([key, given]) => [key.toLowerCase(), given] as const),
            );
            const request = { ...OF_SOMEBODY, action: witness.action, resource: witness.resource, context };
            assert.ok(isGained(request), `not granted ${told(request)}`);
          }
        }
        for (let asked = 0; asked < 12; asked += 1) {
          const request = {
            ...OF_SOMEBODY,
            action: random.pick(ACTIONS),
            resource: random.pick(RESOURCES),
            context: new Map([['aws:principaltag/team', random.pick([[], ['x'], ['y']])]]),
          };
          if (isGained(request)) {
            seen.gained += 1;
            const telling = gains.filter(({ statement }) => {
              const allowing = will.statements[is.policies[0]?.statements.indexOf(statement) ?? -1];
              return (
                naiveAnswer([{ ...will, statements: [allowing].flatMap((each) => each ?? []) }], request) ===
                'allow'
              );
            });
            assert.ok(telling.length > 0, `missed ${told(request)}`);
          }
        }
      }
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.ok(
      seen.gained > CASES && seen.certain > CASES / 2 && seen.empty > CASES / 4,
      JSON.stringify(seen),
    );
  });
});

const OF_SOMEBODY = {
  principal: 'arn:aws:iam::111122223333:user/ann',
  account: '111122223333',
  owner: '111122223333',
} as const;
