import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import type { GainOptions } from '../../server/src/core/compare/options';
import { type Random, randomOf } from '../fuzz/random';
import { loadIamData } from '../support/iamData';
import type { NaivePolicy, NaiveRequest, NaiveStatement } from '../support/naiveEvaluation';
import { allowsAlone, sideOfNaive, speaksOf } from '../support/naiveSides';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

const OWNER = '111122223333';
const OTHER = '444455556666';
const UNNAMED = '777788889999';
const QUEUE = `arn:aws:sqs:eu-west-1:${OWNER}:q`;
const ACTIONS = ['sqs:SendMessage', 'sqs:ReceiveMessage', 's3:GetObject', 'kms:Decrypt'];
const RESOURCES = [QUEUE, `${QUEUE}-dead`, 'arn:aws:s3:::b/a', 'arn:aws:s3:::c/a'];

/** Who sends a request, with what follows from it. "AWS global condition context keys", IAM User Guide. */
interface Caller {
  readonly principal: string;
  readonly account: string;
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

const caller = (principal: string, account: string, type: string | undefined, user?: string): Caller => ({
  principal,
  account,
  keys: new Map([
    ...(type === undefined ? [] : [['aws:principaltype', [type]] as const]),
    ...(principal.startsWith('arn:') ? [['aws:principalarn', [principal]] as const] : []),
    ['aws:principalaccount', [type === 'Anonymous' ? 'anonymous' : account || '000011112222']],
    ...(user === undefined ? [] : [['aws:username', [user]] as const]),
    ...(type === 'Anonymous'
      ? []
      : [['aws:principalisawsservice', [String(principal.endsWith('.com'))]] as const]),
  ]),
});
const user = (account: string, name: string): Caller =>
  caller(`arn:aws:iam::${account}:user/${name}`, account, 'User', name.split('/').at(-1));
const role = (account: string, name: string): Caller =>
  caller(`arn:aws:iam::${account}:role/${name}`, account, 'AssumedRole');

const CALLERS: readonly Caller[] = [
  user(OWNER, 'ann'),
  user(OWNER, 'ops/bob'),
  role(OWNER, 'app'),
  role(OWNER, 'app-2'),
  user(OTHER, 'ann'),
  role(OTHER, 'app'),
  user(UNNAMED, 'ann'),
  user(UNNAMED, 'x'),
  role(UNNAMED, 'app'),
  caller('anonymous', '', 'Anonymous'),
  caller('sns.amazonaws.com', '', undefined),
];
const [ANN, BOB, APP] = CALLERS.map(({ principal }) => principal);

const PRINCIPALS: readonly NonNullable<NaiveStatement['Principal']>[] = [
  '*',
  '*',
  { AWS: ['*'] },
  { AWS: [OWNER] },
  { AWS: [`arn:aws:iam::${OTHER}:root`] },
  { AWS: [ANN ?? ''] },
  { AWS: [BOB ?? '', APP ?? ''] },
  { AWS: [OTHER, APP ?? ''] },
  { AWS: [], Service: ['sns.amazonaws.com'] },
  { AWS: [OWNER], Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'] },
];

type Block = readonly [operators: readonly string[], key: string, values: readonly string[]];

const BLOCKS: readonly Block[] = [
  [
    ['ArnLike', 'ArnEquals', 'ArnNotEquals'],
    'aws:PrincipalArn',
    [
      `arn:aws:iam::${OWNER}:role/app`,
      'arn:aws:iam::*:role/app*',
      `arn:*:iam::${OTHER}:*`,
      'arn:aws*:iam::7777????????:user/*',
      'arn:aws:iam::*:user/*',
    ],
  ],
  [
    ['StringLike', 'StringNotLike'],
    'aws:principalarn',
    ['arn:aws:iam::*', '*:role/app', `*${OTHER}*`, 'arn:aws:iam::1*:user/*', '*/bob'],
  ],
  [['StringEquals', 'StringNotEquals'], 'aws:PrincipalAccount', [OWNER, OTHER, 'anonymous']],
  [['StringLike'], 'aws:PrincipalAccount', ['4444*', '77778888????', '*']],
  [['StringEquals', 'StringNotEquals'], 'aws:username', ['ann', 'bob']],
  [['StringLike'], 'aws:username', ['a*', '?']],
  [['StringEquals', 'StringNotEquals'], 'aws:PrincipalType', ['User', 'AssumedRole', 'Anonymous']],
  [['Bool'], 'aws:PrincipalIsAWSService', ['true', 'false']],
  [['Null'], 'aws:PrincipalArn', ['true', 'false']],
  [['Null'], 'aws:username', ['true', 'false']],
  [['StringEquals', 'StringNotEquals'], 'aws:SourceVpce', ['vpce-1', 'vpce-2']],
  [['StringLike'], 'aws:SourceVpce', ['vpce-*']],
  [['IpAddress', 'NotIpAddress'], 'aws:VpcSourceIp', ['10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0']],
  [['StringEquals'], 'aws:Referer', ['x']],
];

const some = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  Array.from({ length: 1 + random.below(2) }, () => random.pick(values));

function makeStatement(random: Random, isResource = true): NaiveStatement {
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (let count = random.below(3); count > 0; count -= 1) {
    const [operators, key, values] = random.pick(BLOCKS);
    const operator = random.pick(operators);
    const name = operator === 'Null' ? operator : `${operator}${random.pick(['', '', 'IfExists'])}`;
    conditions[name] = { [key]: operator === 'Null' ? [random.pick(values)] : some(values, random) };
  }
  return {
    Effect: random.below(4) === 0 ? 'Deny' : 'Allow',
    ...(random.below(8) === 0
      ? { NotAction: some(ACTIONS, random) }
      : { Action: some([...ACTIONS, 'sqs:*', '*'], random) }),
    ...(random.below(8) === 0
      ? { NotResource: some([QUEUE, 'arn:aws:s3:::b/*'], random) }
      : { Resource: some([...RESOURCES, '*', `${QUEUE}*`, 'arn:aws:s3:::*'], random) }),
    ...(isResource ? { Principal: random.pick(PRINCIPALS) } : {}),
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

function makePolicy(type: NaivePolicy['type'], random: Random): NaivePolicy {
  const isNamed = type === 'resource' || type === 'rcp';
  return {
    type,
    version: '2012-10-17',
    statements: Array.from({ length: 1 + random.below(3) }, () => makeStatement(random, isNamed)),
  };
}

function makeRequest(random: Random): NaiveRequest {
  const { principal, account, keys } = random.pick(CALLERS);
  const vpce = random.pick([[], ['vpce-1'], ['vpce-2'], ['vpce-3']]);
  return {
    action: random.pick(ACTIONS),
    resource: random.pick(RESOURCES),
    principal,
    account,
    owner: account,
    context: new Map([
      ...keys,
      ['aws:sourcevpce', vpce],
      ['aws:vpcsourceip', random.pick([[], ['10.1.2.3'], ['10.200.2.3'], ['192.0.2.1']])],
      ['aws:referer', random.pick([[], ['x']])],
    ]),
  };
}

/** AWS does not say of which type a service is as a principal. */
function isUndocumented({ principal }: NaiveRequest, policies: string): boolean {
  return principal.endsWith('.com') && policies.includes('aws:PrincipalType');
}

/** Whether no policy names a caller, and none of its values is one that conditions fix. */
function isOfAnybody({ account, principal, context }: NaiveRequest): boolean {
  return (
    (account === UNNAMED || principal === 'anonymous') &&
    context.get('aws:sourcevpce')?.some((text) => text !== 'vpce-3') !== true &&
    context.get('aws:vpcsourceip')?.some((text) => text.startsWith('10.')) !== true
  );
}

const told = (request: NaiveRequest): string =>
  JSON.stringify({ ...request, context: Object.fromEntries(request.context) });

/**
 * Whom policies grant what, against a naive evaluation that shares no code with the comparison: each request that is granted
 * newly is one of which a gain speaks, by its statement, its actions and its resource, and everybody is said to be everybody.
 */
describe('gains of callers against a naive evaluation', function () {
  const CASES = Number(process.env.CASES ?? runs(4_000, 100));
  this.timeout(limit(60_000 + CASES * 100));
  const iamData = loadIamData();

  it(`are right of ${CASES} edits of resource policies, and miss nobody`, () => {
    const random = randomOf(seedOf(20_261_202));
    const seen = { gained: 0, public: 0, empty: 0, undecided: 0, certain: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const before = makePolicy('resource', random);
      const after =
        random.below(3) === 0
          ? makePolicy('resource', random)
          : { ...before, statements: edited(before.statements, random) };
      const [was, is] = [sideOfNaive(before), sideOfNaive(after)];
      const gains = gainsOf(is, was, { iamData });
      const text = JSON.stringify({ before, after });
      seen.empty += gains.length === 0 ? 1 : 0;
      for (const gain of gains) {
        seen[gain.isCertain ? 'certain' : 'undecided'] += 1;
      }
      for (let asked = 0; asked < 50; asked += 1) {
        const request = makeRequest(random);
        if (!isUndocumented(request, text) && allowsAlone(after, request) && !allowsAlone(before, request)) {
          seen.gained += 1;
          const telling = gains.filter((gain) => speaksOf(gain, is, after, request));
          assert.ok(telling.length > 0, `missed ${told(request)} of ${text}`);
          if (isOfAnybody(request)) {
            seen.public += 1;
            assert.ok(
              // Whoever was not looked at for lack of time is said to be open.
              telling.some(({ isPublic, isCutShort }) => isPublic || isCutShort),
              `not public: ${told(request)} of ${text}`,
            );
          }
        }
      }
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.ok(
      seen.gained > CASES && seen.public > CASES / 10 && seen.empty > CASES / 5,
      JSON.stringify(seen),
    );
    assert.ok(seen.undecided < seen.certain / 20, JSON.stringify(seen));
  });

  it(`are right of ${CASES} questions about policies with limits`, () => {
    const random = randomOf(seedOf(20_261_203));
    const seen = { gained: 0, empty: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const type = random.pick(['identity', 'resource'] as const);
      const policy = makePolicy(type, random);
      // All boundaries count as one, and so do all session policies.
      const limiting =
        type === 'resource'
          ? []
          : random.pick([
              [],
              ['scp'],
              ['scp', 'scp'],
              ['boundary'],
              ['session'],
              ['scp', 'boundary'],
            ] as const);
      const limits = limiting.map((each) => ({
        ...makePolicy(each, random),
        level: String(random.below(1e9)),
      }));
      const [action] = random.pick([[], ['sqs:SendMessage'], ['sqs:*'], ['kms:decrypt']]);
      const [resource] = random.pick([[], [], RESOURCES.slice(0, 1), RESOURCES.slice(3)]);
      const onlyPublic = type === 'resource' && random.below(2) === 0;
      const options: GainOptions = {
        iamData,
        limits: limits.map((each) => sideOfNaive(each)),
        action,
        resource,
        onlyPublic,
      };
      const side = sideOfNaive(policy);
      const gains = gainsOf(side, { ...side, policies: [], allows: [], denies: [] }, options);
      const text = JSON.stringify({ policy, limits, action, resource, onlyPublic });
      seen.empty += gains.length === 0 ? 1 : 0;
      for (const gain of gains) {
        assert.ok(!onlyPublic || !gain.isCertain || gain.isPublic, text);
        assert.ok(
          action === undefined ||
            gain.actions.every(({ name }) => new RegExp(`^${action.replace('*', '.*')}$`, 'i').test(name)),
          text,
        );
        assert.ok(
          resource === undefined ||
            gain.witness === undefined ||
            [resource, '*'].includes(gain.witness.resource),
          text,
        );
      }
      for (let asked = 0; asked < 50; asked += 1) {
        const made = makeRequest(random);
        const request = { ...made, resource: resource ?? made.resource };
        if (
          (action !== undefined && !new RegExp(`^${action.replace('*', '.*')}$`, 'i').test(request.action)) ||
          (type === 'identity' && !request.principal.startsWith('arn:')) ||
          (onlyPublic && !isOfAnybody(request)) ||
          isUndocumented(request, text) ||
          !allowsAlone(policy, request, limits)
        ) {
          continue;
        }
        seen.gained += 1;
        assert.ok(
          gains.some((gain) => speaksOf(gain, side, policy, request)),
          `missed ${told(request)} of ${text}`,
        );
      }
    }
    assert.ok(seen.gained > CASES && seen.empty > CASES / 5, JSON.stringify(seen));
  });
});

it('says that a grant is public where somebody else needs a certain value for it', () => {
  const conditional = {
    StringNotEquals: { 'aws:SourceVpce': ['vpce-2'] },
    StringLikeIfExists: { 'aws:PrincipalArn': ['*:role/app'] },
  };
  const [before, after] = [{ Condition: conditional }, {}].map((more) =>
    sideOfNaive({
      type: 'resource',
      version: '2012-10-17',
      statements: [{ Effect: 'Allow', Action: ['sqs:*'], Resource: [QUEUE], Principal: '*', ...more }],
    }),
  );
  assert.ok(before !== undefined && after !== undefined);
  // Who has no credentials could do it before, save from one VPC endpoint; who has some could not, but by one role.
  const gains = gainsOf(after, before, { iamData: loadIamData() });
  assert.deepEqual(
    gains.map(({ isPublic, callers }) => [isPublic, callers[0]?.principal]),
    [
      [false, 'anonymous'],
      [true, 'arn:aws:iam::999988887777:role/somebody'],
    ],
  );
});

/** An edit as people make them. */
function edited(all: readonly NaiveStatement[], random: Random): readonly NaiveStatement[] {
  const at = random.below(all.length);
  const { Condition, ...bare } = all[at] ?? makeStatement(random);
  const other = makeStatement(random);
  return random.pick([
    all.toSpliced(at, 1),
    [...all, other],
    all.toSpliced(at, 1, bare),
    all.toSpliced(at, 1, { ...bare, Principal: other.Principal ?? '*', ...(Condition && { Condition }) }),
    all.toSpliced(at, 1, { ...bare, ...(other.Condition && { Condition: other.Condition }) }),
  ]);
}

it('says that a grant is public where it is new for all on one resource, and for some on others', () => {
  const grant = { Effect: 'Allow', Action: ['sqs:*'], Principal: '*' } as const;
  const elsewhere = {
    ...grant,
    NotResource: [QUEUE],
    Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-1'] } },
  };
  const [before, after] = [[elsewhere], [elsewhere, { ...grant, Resource: ['*'] }]].map((statements) =>
    sideOfNaive({ type: 'resource', version: '2012-10-17', statements }),
  );
  assert.ok(before !== undefined && after !== undefined);
  const gains = gainsOf(after, before, { iamData: loadIamData() });
  assert.deepEqual(
    gains.map(({ isPublic, witness }) => [isPublic, witness?.resource]),
    [[true, QUEUE]],
  );
});
