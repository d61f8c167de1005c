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
import { runs, seedOf } from '../support/thorough';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333';
const ACTIONS = ['sqs:SendMessage', 'sqs:ReceiveMessage', 's3:GetObject'];
const RESOURCES = [`${QUEUE}:a`, `${QUEUE}:b`, `${QUEUE}:ab`];
const VALUES = ['x', 'y'];
const USERS = ['ann', 'bob'].map((name) => `arn:aws:iam::111122223333:user/${name}`);

/** What a template has yet to fill in, with the values that it may come to have. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Action: [...ACTIONS, 'sqs:*', '*'],
  OtherAction: [...ACTIONS, 's3:*'],
  Queue: [...RESOURCES, `${QUEUE}:*`],
  OtherQueue: [...RESOURCES, '*'],
  Name: ['a', 'b', 'ab'],
  Team: VALUES,
  Effect: ['Allow', 'Deny'],
  User: USERS,
  IsProd: ['true', 'false'],
  IsTest: ['true', 'false'],
};

/** A text, the value of a parameter, a text with it, or one of two, of which the second may be nothing. */
type Part =
  | string
  | { readonly Ref: string }
  | { readonly 'Fn::Sub': string | readonly [text: string, given: Readonly<Record<string, Part>>] }
  | { readonly 'Fn::If': readonly [condition: string, one: Part, other: Part] };
type Parts = Part | readonly Part[];
type Block = Readonly<Record<string, Parts>>;
type Conditions = Readonly<Record<string, Block>>;

interface Template {
  readonly Effect: Part;
  readonly Action?: Parts;
  readonly NotAction?: Parts;
  readonly Resource?: Parts;
  readonly NotResource?: Parts;
  readonly Principal?: '*' | { readonly AWS: readonly Part[] };
  readonly Condition?: Conditions | { readonly 'Fn::If': readonly [string, Conditions, Part] };
}

const ref = (Ref: string): Part => ({ Ref });
const named: Part = { 'Fn::Sub': `${QUEUE}:\${Name}` };
const given = (Own: Part): Part => ({ 'Fn::Sub': [`${QUEUE}:\${Own}`, { Own }] });
const either = (one: Part, other: Part = ref('AWS::NoValue')): Part => ({
  'Fn::If': ['IsProd', one, other],
});

const some = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  Array.from({ length: 1 + random.below(2) }, () => random.pick(values));

type Type = 'identity' | 'resource';

function makeStatement(random: Random, type: Type): Template {
  const branches = either(random.pick(ACTIONS), random.pick(ACTIONS));
  const actions = some<Part>([...ACTIONS, 'sqs:*', '*', ref('Action'), ref('OtherAction'), branches], random);
  const resources: Parts =
    random.below(4) === 0
      ? random.pick([ref('Queue'), named, given('a'), given('b'), given(ref('Name'))])
      : some<Part>([...RESOURCES, '*', `${QUEUE}:a*`, ref('Queue'), ref('OtherQueue'), named], random);
  const operator = random.pick(['StringEquals', 'StringNotEquals', 'StringLikeIfExists']);
  const values = some<Part>([...VALUES, ref('Team')], random);
  const conditions: Conditions = {
    [operator]: { 'aws:PrincipalTag/team': random.below(4) === 0 ? [...values, either('x')] : values },
  };
  const users = some<Part>([...USERS, ref('User')], random);
  return {
    Effect: random.below(9) === 0 ? ref('Effect') : random.below(4) === 0 ? 'Deny' : 'Allow',
    ...(random.below(8) === 0 ? { NotAction: actions } : { Action: actions }),
    ...(random.below(8) === 0 ? { NotResource: resources } : { Resource: resources }),
    ...(type === 'identity'
      ? {}
      : {
          Principal: random.pick<Template['Principal'] & {}>([
            '*',
            { AWS: users },
            { AWS: [...users, either(USERS[0] ?? '')] },
            { AWS: [either(USERS[0] ?? '', USERS[1])] },
          ]),
        }),
    ...(random.below(3) === 0
      ? {
          Condition:
            random.below(4) === 0
              ? { 'Fn::If': ['IsTest', conditions, ref('AWS::NoValue')] as const }
              : conditions,
        }
      : {}),
  };
}

function edited(all: readonly Template[], random: Random, type: Type): readonly Template[] {
  const at = random.below(all.length);
  const { Condition, ...bare } = all[at] ?? makeStatement(random, type);
  const { Action, NotAction, ...rest } = { ...bare, ...(Condition && { Condition }) };
  const other = makeStatement(random, type);
  return random.pick([
    all,
    all.toReversed(),
    all.toSpliced(at, 1),
    [...all, other],
    all.toSpliced(at, 1, bare),
    all.toSpliced(at, 1, { ...bare, Condition: other.Condition ?? {} }),
    all.toSpliced(at, 1, plain({ ...bare, ...(Condition && { Condition }) })),
    all.toSpliced(at, 1, {
      ...bare,
      ...(Condition && { Condition }),
      ...(other.Principal && { Principal: other.Principal }),
    }),
    all.toSpliced(at, 1, { ...rest, Action: other.Action ?? '*' }),
    all.toSpliced(at, 1, { ...rest, Action: [Action ?? [], ref('OtherAction')].flat() }),
  ]);
}

/** The first of two parts wherever one of them would be chosen. */
function plain(statement: Template): Template {
  const first = (node: unknown): unknown => {
    if (Array.isArray(node)) {
      return node.map(first);
    }
    if (typeof node !== 'object' || node === null) {
      return node;
    }
    return 'Fn::If' in node && Array.isArray(node['Fn::If'])
      ? first(node['Fn::If'][1])
      : Object.fromEntries(Object.entries(node).map(([name, value]) => [name, first(value)]));
  };
  return first(statement) as Template;
}

function sideOfTemplate(statements: readonly Template[], type: Type): Side {
  const PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const Type = type === 'identity' ? 'AWS::IAM::ManagedPolicy' : 'AWS::SQS::QueuePolicy';
  const text = JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { P: { Type, Properties: { PolicyDocument } } },
  });
  const { policies } = openDocument({ text, language: 'json' });
  assert.deepEqual(
    policies.map(({ kind }) => kind.type),
    [type],
  );
  return sideOf(type, policies);
}

/** The policy that a template comes to. */
function filledIn(
  statements: readonly Template[],
  type: Type,
  values: ReadonlyMap<string, string>,
): NaivePolicy {
  const fill = (part: Part): readonly string[] => {
    if (typeof part === 'string') {
      return [part];
    }
    if ('Ref' in part) {
      return part.Ref === 'AWS::NoValue' ? [] : [values.get(part.Ref) ?? ''];
    }
    if ('Fn::If' in part) {
      const [condition, one, other] = part['Fn::If'];
      return fill(values.get(condition) === 'true' ? one : other);
    }
    const [text, own] =
      typeof part['Fn::Sub'] === 'string' ? [part['Fn::Sub'], {} as Record<string, Part>] : part['Fn::Sub'];
    return [
      text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
        const part = own[name];
        return part === undefined ? (values.get(name) ?? '') : (fill(part)[0] ?? '');
      }),
    ];
  };
  const list = (parts: Parts): readonly string[] => [parts].flat().flatMap((part) => fill(part as Part));
  const conditionsOf = (Condition: Template['Condition'] & {}): Conditions => {
    if (!('Fn::If' in Condition)) {
      return Condition as Conditions;
    }
    const [condition, conditions] = Condition['Fn::If'] as readonly [string, Conditions, Part];
    return values.get(condition) === 'true' ? conditions : {};
  };
  return {
    type,
    version: '2012-10-17',
    statements: statements.map(
      ({ Effect, Condition = {}, Principal, ...elements }): NaiveStatement => ({
        Effect: fill(Effect)[0] as NaiveStatement['Effect'],
        ...Object.fromEntries(Object.entries(elements).map(([name, parts]) => [name, list(parts as Parts)])),
        ...(Principal && { Principal: Principal === '*' ? '*' : { AWS: list(Principal.AWS) } }),
        Condition: Object.fromEntries(
          Object.entries(conditionsOf(Condition)).map(([operator, block]) => [
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
    const random = randomOf(seedOf(20_261_204));
    const iamData = loadIamData();
    const seen = { gained: 0, empty: 0, open: 0, certain: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const type = random.pick(['identity', 'resource'] as const);
      const before = Array.from({ length: 1 + random.below(3) }, () => makeStatement(random, type));
      const after = edited(before, random, type);
      const is = sideOfTemplate(after, type);
      const gains = gainsOf(is, sideOfTemplate(before, type), { iamData });
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
        const [was, will] = [before, after].map((statements) => filledIn(statements, type, values));
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
            const principal = witness.principal ?? OF_SOMEBODY.principal;
            const { action, resource } = witness;
            const request = { ...OF_SOMEBODY, principal, action, resource, context };
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
      seen.gained > CASES && seen.certain > CASES / 5 && seen.empty > CASES / 4,
      JSON.stringify(seen),
    );
  });
});

const OF_SOMEBODY = {
  principal: 'arn:aws:iam::111122223333:user/ann',
  account: '111122223333',
  owner: '111122223333',
} as const;

/** Principals as a template gives them. */
const NAMED = {
  parameter: { AWS: { Ref: 'Reader' } },
  another: { AWS: { Ref: 'Writer' } },
  branch: { AWS: either(USERS[0] ?? '', USERS[1]) },
  user: { AWS: USERS[0] },
  'ID of a user': { AWS: 'AIDACKCEVSQ6C2EXAMPLE' },
  'another ID': { AWS: 'AROADBQP57FF2AEXAMPLE' },
  role: { AWS: { 'Fn::GetAtt': ['Reader', 'Arn'] } },
  'another role': { AWS: { 'Fn::GetAtt': ['Writer', 'Arn'] } },
  service: { Service: 'sns.amazonaws.com' },
  'some service': { Service: { Ref: 'Notifier' } },
  'canonical user': { CanonicalUser: 'a'.repeat(64) },
  'another canonical user': { CanonicalUser: 'b'.repeat(64) },
} as const;
const OF_ALL_AWS = [
  'parameter',
  'another',
  'branch',
  'user',
  'ID of a user',
  'another ID',
  'role',
  'another role',
];
const CANONICAL = ['canonical user', 'another canonical user'];
const allBut = (other: string): readonly string[] => OF_ALL_AWS.filter((name) => name !== other);

/** For each of them, whose denial may have denied it something. */
const MAY_BE: Readonly<Record<keyof typeof NAMED, readonly string[]>> = {
  parameter: OF_ALL_AWS,
  another: OF_ALL_AWS,
  branch: [...OF_ALL_AWS, 'some service', ...CANONICAL],
  user: [...OF_ALL_AWS, 'some service', ...CANONICAL],
  // Two IDs are of two users or roles, and two resources have two ARNs.
  'ID of a user': allBut('another ID'),
  'another ID': allBut('ID of a user'),
  role: allBut('another role'),
  'another role': allBut('role'),
  service: ['parameter', 'another', 'service', 'some service', ...CANONICAL],
  'some service': Object.keys(NAMED),
  'canonical user': ['canonical user'],
  'another canonical user': ['another canonical user'],
};

describe('a denial that is gone', () => {
  const statement = (Effect: string, Principal: unknown) => ({
    Effect,
    Action: 'sqs:*',
    Resource: '*',
    Principal,
  });
  const sideOfAll = (statements: readonly unknown[]): Side =>
    sideOf(
      'resource',
      openDocument({
        text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
        language: 'json',
        override: { policyType: 'resource' },
      }).policies,
    );
  for (const [allowed, principal] of Object.entries(NAMED)) {
    it(`may have denied what is granted to a ${allowed}`, () => {
      const grant = statement('Allow', principal);
      const kept = sideOfAll([grant]);
      const found = Object.entries(NAMED).filter(
        ([, denied]) => gainsOf(kept, sideOfAll([grant, statement('Deny', denied)]), {}).length > 0,
      );
      assert.deepEqual(
        found.map(([denied]) => denied),
        Object.keys(NAMED).filter((name) => MAY_BE[allowed as keyof typeof NAMED].includes(name)),
      );
    });
  }

  it('finds whom a branch names beside what is filled in', () => {
    const principals = { AWS: [{ Ref: 'Reader' }, either(USERS[0] ?? '')] };
    const asked = { ...statement('Allow', principals), Condition: { StringEquals: { 'app:k': 'a' } } };
    const [before, after] = [[asked], [statement('Allow', principals)]].map((statements) =>
      gainsOf(sideOfAll(statements), sideOfAll([]), {}).map(({ callers }) =>
        callers.map(({ principal }) => principal),
      ),
    );
    assert.deepEqual(before, [[USERS[0]], [undefined]]);
    assert.deepEqual(after, before);
  });
});
