import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKnowledge } from '../../server/src/core/index';
import { readUses } from '../../server/src/core/module';
import { createBackground } from '../../server/src/node/background';
import { backgroundScript } from '../../server/src/node/installation';
import { limit } from '../support/patience';

const DEFINITION = [
  'openapi: 3.0.1',
  'info: { title: Pets }',
  'servers: [{ url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod }]',
  'paths:',
  '  /pets/{petId}:',
  '    get:',
  '      parameters: [{ name: page, in: query }]',
  '      x-amazon-apigateway-integration: { cacheKeyParameters: [method.request.path.petId] }',
].join('\n');

const MODULE = [
  'variable "name" { default = "pets" }',
  'resource "aws_sqs_queue_policy" "queue" { policy = local.policy }',
  'locals { policy = templatefile("$' + '{path.module}/queue.json.tftpl", { name = var.name }) }',
].join('\n');

/** A thread that does as the text says. */
const OBEDIENT = `
const { parentPort } = require('node:worker_threads');
const kept = [];
parentPort.on('message', ({ id, text }) => {
  if (text === 'endless') for (;;);
  if (text === 'greedy') for (;;) kept.push(new Array(100000).fill(id));
  if (text === 'throwing') throw new Error('in a test');
  if (text === 'ending') process.exit(0);
  if (text === 'printing') console.log('Content-Length: 1');
  parentPort.postMessage({ id, told: text });
});
parentPort.postMessage('ready');
`;

describe('the thread that reads files', () => {
  it('tells the same as reading them here', async () => {
    const background = createBackground(backgroundScript());
    const [knowledge, uses] = await Promise.all([
      background.read('knowledge', 'file:///w/pets.yaml', DEFINITION),
      background.read('uses', 'file:///w/main.tf', MODULE),
    ]);
    assert.deepEqual(knowledge, readKnowledge('file:///w/pets.yaml', DEFINITION));
    assert.equal(knowledge?.apis[0]?.routes.length, 1);
    // What it is made by is not sent along.
    assert.deepEqual({ ...uses }, { ...readUses('file:///w/main.tf', MODULE) });
    assert.equal(uses?.values.get('var.name'), 'pets');
  });

  it('reads here where no thread can be started', async () => {
    const background = createBackground(join(tmpdir(), 'iam-policy-no-such-script.js'));
    const knowledge = await background.read('knowledge', 'file:///w/pets.yaml', DEFINITION);
    assert.equal(knowledge?.apis[0]?.name, 'Pets');
  });

  describe('when something goes wrong in it', () => {
    let folder: string;
    let script: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'iam-policy-background-'));
      script = join(folder, 'obedient.js');
      writeFileSync(script, OBEDIENT);
    });
    after(() => rmSync(folder, { recursive: true }));

    // Only what would never end needs a short time; where it is short, a busy machine takes it from the others too.
    const most = {
      endless: limit(1000),
      greedy: limit(20_000),
      throwing: limit(20_000),
      ending: limit(20_000),
    };
    for (const [text, time] of Object.entries(most)) {
      it(`gives that file up, and reads the others: ${text}`, async function () {
        this.timeout(5 * time);
        const background = createBackground(script, { time, memory: 64, idle: 1000 });
        const answers = ['before', text, 'after', text, 'last'].map((each) =>
          background.read('knowledge', `file:///w/${each}.json`, each),
        );
        assert.deepEqual(await Promise.all(answers), ['before', undefined, 'after', undefined, 'last']);
      });
    }

    it('reads here where no other thread can be started', async function () {
      this.timeout(limit(20_000));
      const other = join(folder, 'gone.js');
      writeFileSync(other, OBEDIENT);
      const background = createBackground(other, { time: limit(20_000), memory: 64, idle: 1000 });
      const read = (text: string) => background.read('knowledge', 'file:///w/pets.yaml', text);
      assert.equal(await read('before'), 'before');
      rmSync(other);
      assert.equal(await read('ending'), undefined);
      assert.equal((await read(DEFINITION))?.apis[0]?.name, 'Pets');
    });

    it('prints nothing where the protocol is spoken', async () => {
      const background = createBackground(script, { time: limit(20_000), memory: 64, idle: 1000 });
      assert.equal(await background.read('knowledge', 'file:///w/a.json', 'printing'), 'printing');
    });
  });
});
