import * as assert from 'node:assert/strict';
import { readKnowledge } from '../../server/src/core/index';
import {
  checkByAws,
  checkByFiles,
  compare,
  type KnownOfApi,
  type TargetCheck,
} from '../../server/src/gateway/targetCheck';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, manager, petstore } from '../support/petstore';
import { aTarget } from './targets';

const chief: CallerConfig = {
  ...manager,
  statements: [{ Effect: 'Allow', Action: 'apigateway:GET', Resource: '*' }],
};

const ids = ({ findings }: TargetCheck) => findings.map(({ id }) => id);

describe('A target compared with the stages and routes that AWS tells', () => {
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [chief, invalidator] });
  });
  after(() => gateway.close());

  const check = async (changes: Parameters<typeof aTarget>[0], caller = chief) =>
    checkByAws(hostOf(caller), aTarget(changes), { timeoutMs: limit(20_000), controlEndpoint: gateway.url });

  const CASES: readonly (readonly [
    name: string,
    Parameters<typeof aTarget>[0],
    fits: TargetCheck['fits'],
    ids: readonly string[],
    says: RegExp,
  ])[] = [
    ['is there', { path: 'pets/7' }, 'yes', ['stage-known', 'route-known'], /GET \/pets\/\{petId\}/],
    [
      'has a stage that is misspelt',
      { stage: 'prdo', path: 'pets/7' },
      'no',
      ['stage-unknown', 'route-known'],
      /no stage "prdo"\. Its stages: "prod", .*Did you mean "prod"\?/,
    ],
    [
      'comes of a URL without its stage',
      { stage: 'pets', path: '' },
      'no',
      ['stage-left-out', 'stage-unknown'],
      /"\/pets" is a path of the route GET \/pets.*as in "\/prod\/pets"/,
    ],
    [
      'comes of a deeper URL without its stage',
      { stage: 'pets', path: '7' },
      'no',
      ['stage-left-out', 'stage-unknown'],
      /"\/pets\/7" is a path of the route GET \/pets\/\{petId\}/,
    ],
    [
      'has a path that is misspelt',
      { path: 'metred' },
      'no',
      ['stage-known', 'route-unknown'],
      /no route answers "\/metred".*Did you mean "\/metered"\?/,
    ],
    [
      'has a method that the path does not have',
      { method: 'DELETE', path: 'pets' },
      'no',
      ['stage-known', 'method-unknown'],
      /but GET \/pets, POST \/pets/,
    ],
  ];
  for (const [name, changes, fits, found, says] of CASES) {
    it(`${name}: ${fits}`, async () => {
      const answer = await check(changes);
      assert.ok(answer.check, answer.verdict.title);
      assert.deepEqual([answer.check.fits, ids(answer.check)], [fits, found]);
      assert.match(answer.check.findings.map(({ message }) => message).join(' '), says);
    });
  }

  it('is not compared where the caller may not ask, and the verdict names the permission', async () => {
    const answer = await check({}, invalidator);
    assert.equal(answer.check, undefined);
    assert.match(answer.verdict.explanation, /apigateway:GET on arn:aws:apigateway.*\/stages/);
  });
});

describe('A target compared with what files tell', () => {
  const DEFINITION = JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'Pets' },
    servers: [{ url: 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod' }],
    paths: { '/pets': { get: {} }, '/pets/{id}': { get: {}, put: {} } },
  });
  const files = (text: string) => ({
    accounts: [],
    apis: readKnowledge('pets.json', text).apis,
  });
  const CASES: readonly (readonly [
    name: string,
    Parameters<typeof aTarget>[0],
    TargetCheck['fits'],
    readonly string[],
  ])[] = [
    ['is there', { path: 'pets/7' }, 'yes', ['stage-known', 'route-known']],
    ['has no such route', { path: 'cats/7' }, 'no', ['stage-known', 'route-unknown']],
    // Files need not tell of every stage.
    ['has another stage', { stage: 'beta' }, 'not-known', ['stage-unknown', 'route-known']],
    ['lacks its stage', { stage: 'pets', path: '' }, 'no', ['stage-left-out', 'stage-unknown']],
    ['is of another API', { apiId: 'zzzzzzzzzz' }, 'not-known', ['nothing-known']],
  ];
  for (const [name, changes, fits, found] of CASES) {
    it(`${name}: ${fits}`, () => {
      const check = checkByFiles(aTarget(changes), files(DEFINITION));
      assert.deepEqual([check.fits, ids(check)], [fits, found]);
    });
  }

  it('says that an HTTP API has no cache', () => {
    const text = DEFINITION.replace('"paths"', '"x-amazon-apigateway-cors":{},"paths"');
    assert.deepEqual(ids(checkByFiles(aTarget(), files(text))), ['other-kind']);
  });

  it('takes every route of an API whose files do not tell its ID for a possible one', () => {
    const text = DEFINITION.replace(/"servers":\[[^\]]*\],/, '');
    assert.equal(checkByFiles(aTarget({ path: 'pets/7' }), files(text)).fits, 'not-known');
    assert.equal(checkByFiles(aTarget({ path: 'cats' }), files(text)).fits, 'not-known');
  });
});

describe('A target compared with what somebody tells of its API', () => {
  const route = (method: string, path: string) => ({ method, path, span: { start: 0, end: 0 } });
  const PETS: KnownOfApi = {
    source: 'Somebody',
    kind: 'rest',
    stages: ['prod', 'dev'],
    stagesAre: 'complete',
    routes: [route('GET', '/pets'), route('POST', '/pets'), route('GET', '/pets/{id}')],
    routesAre: 'complete',
  };
  const many = Array.from({ length: 9 }, (_, index) => route('GET', `/number${index}`));
  const CASES: readonly (readonly [
    target: Parameters<typeof aTarget>[0],
    known: Partial<KnownOfApi>,
    fits: TargetCheck['fits'],
    ids: readonly string[],
    says?: RegExp,
  ])[] = [
    [
      { path: 'pets' },
      {},
      'yes',
      ['stage-known', 'route-known'],
      /the route GET \/pets answers "GET \/pets"/,
    ],
    [{ path: 'pets' }, { stagesAre: 'in-part', routesAre: 'in-part' }, 'yes', ['stage-known', 'route-known']],
    [{ path: 'pets' }, { kind: 'unknown' }, 'yes', ['stage-known', 'route-known']],
    [{ path: 'pets' }, { kind: 'http' }, 'no', ['other-kind'], /an HTTP API, which has no cache/],
    [{ path: 'pets' }, { kind: 'websocket' }, 'no', ['other-kind'], /a WebSocket API, which has no cache/],
    // Who tells only a part cannot say that something is not there.
    [
      { path: 'pets', stage: 'x' },
      { stagesAre: 'in-part' },
      'not-known',
      ['stage-unknown', 'route-known'],
      /not known whether the API has a stage "x"\. Stages by Somebody: "prod", "dev"\.$/m,
    ],
    [
      { path: 'pets', stage: 'x' },
      {},
      'no',
      ['stage-unknown', 'route-known'],
      /has no stage "x"\. Its stages: "prod", "dev"\./,
    ],
    [
      { path: 'pets', stage: 'x' },
      { stages: [] },
      'no',
      ['stage-unknown', 'route-known'],
      /Its stages: none\./,
    ],
    [{ path: 'pets', stage: 'prot' }, {}, 'no', ['stage-unknown', 'route-known'], /Did you mean "prod"\?/],
    [
      { path: 'cats/1/2' },
      {},
      'no',
      ['stage-known', 'route-unknown'],
      /By Somebody no route answers "\/cats\/1\/2"\. Its routes: GET \/pets, POST \/pets, GET \/pets\/\{id\}\.$/,
    ],
    [
      { path: 'cats/1/2' },
      { routesAre: 'in-part' },
      'not-known',
      ['stage-known', 'route-unknown'],
      /no route answers "\/cats\/1\/2", as far as it tells\./,
    ],
    [{ path: 'pest' }, {}, 'no', ['stage-known', 'route-unknown'], /"\/pest"\. Did you mean "\/pets"\?$/],
    [{ path: 'x/y' }, { routes: many }, 'no', ['stage-known', 'route-unknown'], /GET \/number7 and more\.$/],
    [{ path: 'x/y' }, { routes: many.slice(1) }, 'no', ['stage-known', 'route-unknown'], /GET \/number8\.$/],
    [
      { path: 'pets', method: 'PUT' },
      {},
      'no',
      ['stage-known', 'method-unknown'],
      /but GET \/pets, POST \/pets\.$/,
    ],
    [
      { path: 'pets', method: 'PUT' },
      { routesAre: 'in-part' },
      'not-known',
      ['stage-known', 'method-unknown'],
    ],
    [{ path: 'pets' }, { routes: [], routesAre: 'in-part' }, 'not-known', ['stage-known']],
    [{ path: 'pets' }, { routes: [] }, 'no', ['stage-known', 'route-unknown']],
    [{ stage: 'pets', path: '7' }, {}, 'no', ['stage-left-out', 'stage-unknown'], /as in "\/prod\/pets\/7"/],
    [
      { stage: 'pets', path: '7' },
      { stages: [] },
      'no',
      ['stage-left-out', 'stage-unknown'],
      /as in "\/STAGE\/pets\/7"/,
    ],
    // A route that takes any path says nothing of whether the stage is there.
    [
      { stage: 'x', path: 'pets' },
      { routes: [route('ANY', '/{proxy+}')] },
      'no',
      ['stage-unknown', 'route-known'],
    ],
    [{ stage: 'x', path: 'y'.repeat(300) }, {}, 'no', ['stage-unknown', 'route-unknown'], /"\/y{199}…"/],
    [{ path: `${'y'.repeat(199)}` }, {}, 'no', ['stage-known', 'route-unknown'], /"\/y{199}"/],
  ];
  for (const [target, known, fits, found, says = /./] of CASES) {
    it(`${JSON.stringify(target)} with ${JSON.stringify(known).slice(0, 80)}: ${fits}`, () => {
      const check = compare(aTarget(target), { ...PETS, ...known });
      assert.deepEqual([check.fits, ids(check)], [fits, found]);
      assert.match(check.findings.map(({ message }) => message).join('\n'), says);
    });
  }

  it('is sought among the APIs that may be it', () => {
    const api = (apiIds: readonly string[], path: string, name: string) => ({
      name,
      uri: `${name}.yaml`,
      kind: 'rest' as const,
      ids: apiIds,
      stages: ['prod'],
      regions: [],
      complete: true,
      routes: [route('GET', path)],
    });
    const check = (...apis: readonly ReturnType<typeof api>[]) =>
      checkByFiles(aTarget({ path: 'pets' }), { accounts: [], apis });
    const own = ['a1b2c3d4e5'];
    assert.equal(check(api(own, '/cats', 'A'), api(own, '/pets', 'B')).fits, 'yes');
    assert.equal(check(api(own, '/cats', 'A'), api([], '/pets', 'B')).fits, 'no');
    assert.equal(check(api([], '/cats', 'A'), api([], '/pets', 'B')).fits, 'yes');
    // Neither may be it at all.
    const neither = check(api([], '/cats', 'A'), api([], '/dogs', 'B'));
    assert.deepEqual([neither.fits, ids(neither)], ['not-known', ['stage-known', 'route-unknown']]);
    const bare = { ...api(own, '/x', 'A'), routes: [], complete: false };
    assert.deepEqual(ids(check(bare)), ['nothing-known']);
    assert.deepEqual(ids(check({ ...bare, complete: true })), ['stage-known', 'route-unknown']);
    assert.equal(check({ ...api(own, '/cats', 'A'), complete: false }).fits, 'not-known');
  });
});
