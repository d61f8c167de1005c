import { strict as assert } from 'node:assert';
import { createMemory, type KeptTarget, keptOf, type Memory } from '../../client/src/invalidation/memory';
import type { InvalidationTarget } from '../../server/src/protocol/invalidation';

const SECRET = 'a1b2-not-for-anybody';

function createState(): { readonly all: Map<string, unknown>; readonly memory: Memory } {
  const all = new Map<string, unknown>();
  const state = {
    keys: () => [...all.keys()],
    // As VS Code does it: what is kept is JSON.
    get: <T>(key: string) => all.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void all.set(key, JSON.parse(JSON.stringify(value))),
  };
  return { all, memory: createMemory(state, () => undefined) };
}

const target: InvalidationTarget = {
  partition: 'aws',
  region: 'us-east-1',
  apiId: 'a1b2c3d4e5',
  stage: 'prod',
  method: 'GET',
  path: 'pets',
  query: [
    ['page', '2'],
    ['token', SECRET],
  ],
  headers: [
    ['Accept-Language', 'en'],
    ['X-Session-Token', SECRET],
  ],
};

function kept(more: Partial<InvalidationTarget> = {}, at = 1): KeptTarget {
  const wanted = { ...target, ...more };
  return keptOf(wanted, ['token', 'X-Session-Token'], {
    arn: `arn:aws:execute-api:us-east-1:*:${wanted.apiId}/*`,
    address: {},
    identity: { kind: 'profile', name: 'reader' },
    at,
  });
}

describe('what is kept of an invalidation', () => {
  it('holds no value that is a secret by its name, and the names to ask for it again', async () => {
    const { all, memory } = createState();
    await memory.keep(kept());
    const stored = JSON.stringify([...all]);
    assert.ok(stored.includes('Accept-Language'), stored);
    assert.ok(!stored.includes(SECRET), stored);
    assert.deepEqual(memory.history()[0]?.left, { query: ['token'], headers: ['X-Session-Token'] });
  });

  it('offers the answers again, with the query behind the path', async () => {
    const { memory } = createState();
    await memory.keep(kept());
    assert.deepEqual(memory.answers('arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/*'), {
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      stage: 'prod',
      method: 'GET',
      path: 'pets?page=2',
    });
    assert.deepEqual(memory.answers('arn:of:another'), {});
  });

  it('has the newest first, each target once, and no more than fifty', async () => {
    const { memory } = createState();
    for (let index = 0; index < 60; index++) {
      await memory.keep(kept({ path: `pets/${index}` }, index));
    }
    await memory.keep(kept({ path: 'pets/58' }, 61));
    const paths = memory.history().map(({ answers }) => answers.path);
    assert.equal(paths.length, 50);
    assert.deepEqual(paths.slice(0, 3), ['pets/58', 'pets/59', 'pets/57']);
  });

  it('is forgotten one by one, or all of it', async () => {
    const { memory } = createState();
    await memory.keep(kept({ path: 'cats' }, 1));
    await memory.keep(kept({ path: 'pets' }, 2));
    const [, cats] = memory.history();
    assert.ok(cats);
    await memory.forget(cats);
    assert.deepEqual(
      memory.history().map(({ answers }) => answers.path),
      ['pets'],
    );
    await memory.forget('all');
    assert.deepEqual(memory.history(), []);
  });
});
