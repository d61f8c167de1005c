import * as assert from 'node:assert/strict';
import { readKnowledge } from '../../server/src/core/index';
import { checkByAws, checkByFiles, type TargetCheck } from '../../server/src/gateway/targetCheck';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
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
    checkByAws(hostOf(caller), aTarget(changes), { timeoutMs: 5000, controlEndpoint: gateway.url });

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

  it('takes every route of an API whose files do not tell its id for a possible one', () => {
    const text = DEFINITION.replace(/"servers":\[[^\]]*\],/, '');
    assert.equal(checkByFiles(aTarget({ path: 'pets/7' }), files(text)).fits, 'not-known');
    assert.equal(checkByFiles(aTarget({ path: 'cats' }), files(text)).fits, 'not-known');
  });
});
