import { strict as assert } from 'node:assert';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { type LspClient, startLspClient } from '../support/lspClient';

const FOLDER = 'file:///repo';
const YAML = `${FOLDER}/petstore.yaml`;
const DEFINITION = `openapi: 3.0.1
info: { title: Petstore }
servers: [{ url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod }]
paths:
  /pets/{petId}:
    get: {}
  /pets:
    post: {}
`;
const MENTION = '"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/test/GET/pets"';

describe('routes of the workspace as beginnings of an invalidation', () => {
  let client: LspClient;
  const start = async (): Promise<void> => {
    const disk = new Map([
      [YAML, DEFINITION],
      [`${FOLDER}/policy.json`, MENTION],
    ]);
    client = await startLspClient({
      workspaceFolders: [FOLDER],
      host: {
        workspaceFiles: {
          find: async () => [...disk.keys()],
          read: async (uri) => disk.get(uri),
        },
        openGateway: () => ({ host: createGatewayHost(), profiles: async () => [] }),
      },
    });
  };
  afterEach(() => client.stop());

  it('the route at a cursor, in a document that is not open, with the stages that others mention', async () => {
    await start();
    const { draft } = await client.request('iamPolicy/routeDraft', {
      uri: YAML,
      text: DEFINITION,
      position: { line: 5, character: 6 },
    });
    assert.deepEqual(draft?.known, { region: 'us-east-1', apiId: 'a1b2c3d4e5', method: 'GET' });
    assert.deepEqual(draft.open, ['stage', 'path']);
    assert.deepEqual(draft.choices.stage, ['prod', 'test']);
    assert.equal(draft.patterns.path, 'pets/{petId}');
  });

  it('no route where the text has none, as it stands in the editor', async () => {
    await start();
    const position = { line: 5, character: 6 };
    const result = await client.request('iamPolicy/routeDraft', { uri: YAML, text: 'paths:', position });
    assert.deepEqual(result, {});
  });

  it('the routes of all APIs, and of those that a pattern matches', async () => {
    await start();
    const { apis } = await client.request('iamPolicy/invalidatableRoutes', {});
    assert.deepEqual(
      apis.map(({ name, uri, routes }) => ({ name, uri, routes })),
      [
        {
          name: 'Petstore',
          uri: YAML,
          routes: [{ path: 'pets/{petId}', parameters: { path: ['petId'], query: [], headers: [] } }],
        },
      ],
    );
    const arn = 'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/GET/cats/*';
    assert.deepEqual(await client.request('iamPolicy/invalidatableRoutes', { arn }), { apis: [] });
  });

  it('entries for every combination of values, and none for a path that lacks one', async () => {
    await start();
    const place = {
      partition: 'aws',
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      stage: 'prod',
      method: 'GET',
      path: '',
      query: [],
      headers: [],
    };
    const none = { path: [], query: [], headers: [] };
    const { targets, skipped } = await client.request('iamPolicy/fillRoutes', {
      place,
      routes: [
        { path: 'pets/{petId}', parameters: { ...none, path: ['petId'] } },
        { path: 'pets', parameters: { ...none, query: ['page'], headers: ['X-Tenant'] } },
        { path: 'files/{proxy+}', parameters: { ...none, path: ['proxy'] } },
      ],
      values: [
        ['petId', ['1', 'a/b*']],
        ['page', ['1', '2']],
        ['X-Tenant', ['blue']],
        ['proxy', []],
      ],
    });
    assert.deepEqual(
      targets.map(({ path, query, headers }) => [path, ...query, ...headers].join(' ')),
      ['pets/1', 'pets/a%2Fb%2A', 'pets page,1 X-Tenant,blue', 'pets page,2 X-Tenant,blue'],
    );
    assert.deepEqual(skipped, [{ path: 'files/{proxy+}', parameter: 'proxy' }]);
    const many = await client.request('iamPolicy/fillRoutes', {
      place,
      routes: [{ path: '{a}/{b}', parameters: { ...none, path: ['a', 'b'] } }],
      values: ['a', 'b'].map((name) => [name, Array.from({ length: 101 }, (_, at) => `${at}`)] as const),
    });
    assert.deepEqual([many.targets.length, /more than 10000/.test(many.problem ?? '')], [0, true]);
  });

  it('a target that was forbidden is compared with what the workspace knows', async () => {
    await start();
    const target = {
      partition: 'aws',
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      method: 'GET',
      query: [],
      headers: [],
    };
    const ask = (stage: string, path: string) =>
      client.request('iamPolicy/checkTarget', {
        target: { ...target, stage, path },
        by: 'workspace',
        identity: { kind: 'default' },
        timeoutSeconds: 5,
      });
    assert.equal((await ask('prod', 'pets/7')).fits, 'yes');
    const lacking = await ask('pets', '7');
    assert.equal(lacking.fits, 'no');
    assert.match(lacking.findings[0] ?? '', /the stage seems to be left out/);
  });

  it('a URL leaves to the workspace what it does not tell', async () => {
    await start();
    const { draft } = await client.request('iamPolicy/targetOfUrl', {
      url: 'http://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5/prod/pets/1',
    });
    assert.deepEqual(draft?.open, ['region']);
    assert.deepEqual(draft.choices.region, ['us-east-1']);
  });
});
