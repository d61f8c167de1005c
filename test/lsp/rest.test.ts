import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { PULLING, startLspClient } from '../support/lspClient';

const uri = 'file:///repo/policy.json';
const textDocument = { uri };
const TEXT =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Alow", "Action": "s3:*", "Resource": "*" }] }';

/** A server of which is noted which texts it keeps at each rest. */
async function startKeeping() {
  const kept: (readonly string[])[] = [];
  const client = await startLspClient({
    capabilities: PULLING,
    host: { atRest: () => undefined },
    createService: () => ({
      ...createLanguageService({ iamData: undefined }),
      keepOnly: (documents) => {
        kept.push(documents.map(({ text }) => text.trimEnd()));
      },
    }),
  });
  return { client, kept };
}

describe('a server at rest', () => {
  it('gives memory back once nobody asks, and answers as before', async () => {
    let released = 0;
    const client = await startLspClient({
      capabilities: PULLING,
      host: {
        atRest: () => {
          released += 1;
        },
      },
    });
    const ask = (): Promise<unknown> =>
      client.connection.sendRequest('textDocument/diagnostic', { textDocument });
    await client.open(uri, TEXT);
    const before = await ask();
    await ask();
    assert.deepEqual(client.timers.delays(), [20_000]);
    client.timers.elapse();
    assert.equal(released, 1);
    assert.deepEqual(await ask(), before);
    client.stop();
  });

  it('knows of the documents that were used last what it knew, and of no others', async () => {
    const { client, kept } = await startKeeping();
    const answers: unknown[] = [];
    const texts = Array.from({ length: 12 }, (_, index) => TEXT.replace('s3:*', `s3:${index}`));
    for (const [index, text] of texts.entries()) {
      const document = { textDocument: { uri: `file:///repo/${index}.json` } };
      await client.open(document.textDocument.uri, text);
      answers.push(await client.connection.sendRequest('textDocument/diagnostic', document));
    }
    client.timers.elapse();
    assert.deepEqual(kept, [texts.slice(-8)]);
    for (const [index, answer] of answers.entries()) {
      const document = { textDocument: { uri: `file:///repo/${index}.json` } };
      assert.deepEqual(await client.connection.sendRequest('textDocument/diagnostic', document), answer);
    }
    client.stop();
  });

  it('forgets what was closed, and nothing of what stays open', async () => {
    const { client, kept } = await startKeeping();
    const ask = (document: object): Promise<unknown> =>
      client.connection.sendRequest('textDocument/diagnostic', { textDocument: document });
    await client.open(uri, TEXT);
    await ask(textDocument);
    client.timers.elapse();
    const large = { uri: 'file:///repo/large.json' };
    await client.open(large.uri, TEXT.replace('s3:*', 'ec2:*'));
    await ask(large);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: large });
    // Answers come in order: it is closed when this one is here.
    await client.connection.sendRequest('textDocument/hover', {
      textDocument: large,
      position: { line: 0, character: 0 },
    });
    client.timers.elapse();
    client.timers.elapse();
    assert.deepEqual(kept, [[TEXT], [TEXT]]);
    client.stop();
  });

  it('knows of long documents the last ones, and of one that is longer than what is kept that one', async () => {
    const padded = (name: string, length: number) => TEXT.replace('s3:*', `s3:${name}`).padEnd(length, ' ');
    const cases: readonly (readonly [lengths: readonly number[], kept: readonly number[]])[] = [
      [
        [1_000_000, 1_000_000],
        [0, 1],
      ],
      [[1_000_001, 1_000_000], [1]],
      [[100, 1_000_000, 1_000_001], [2]],
      [[1_000_000, 2_000_001], [1]],
    ];
    for (const [lengths, expected] of cases) {
      const { client, kept } = await startKeeping();
      for (const [index, length] of lengths.entries()) {
        const document = { textDocument: { uri: `file:///repo/${index}.json` } };
        await client.open(document.textDocument.uri, padded(String(index), length));
        await client.connection.sendRequest('textDocument/diagnostic', document);
      }
      client.timers.elapse();
      assert.deepEqual(kept, [expected.map((index) => padded(String(index), 0))], lengths.join());
      client.stop();
    }
  });

  it('has nothing to forget where nothing was read', async () => {
    const { client, kept } = await startKeeping();
    await client.connection.sendRequest('textDocument/diagnostic', { textDocument });
    client.timers.elapse();
    assert.deepEqual(kept, []);
    client.stop();
  });

  it('works out again what was not used for longest, where many documents or much text are open', async () => {
    const trial = async (count: number, length: number): Promise<readonly number[]> => {
      const opened: number[] = [];
      const client = await startLspClient({
        capabilities: PULLING,
        createService: () => {
          const service = createLanguageService({ iamData: undefined });
          return {
            ...service,
            open: (input, before) => {
              opened.push(Number(/s3:(\d+)/.exec(input.text)?.[1]));
              return service.open(input, before);
            },
          };
        },
      });
      const ask = (index: number): Promise<unknown> =>
        client.connection.sendRequest('textDocument/diagnostic', {
          textDocument: { uri: `file:///repo/${index}.json` },
        });
      const numbers = Array.from({ length: count }, (_, index) => index);
      for (const index of numbers) {
        await client.open(`file:///repo/${index}.json`, TEXT.replace('s3:*', `s3:${index}`).padEnd(length));
        await ask(index);
      }
      assert.deepEqual(opened.splice(0), numbers);
      for (const index of numbers.toReversed()) {
        await ask(index);
      }
      client.stop();
      return opened;
    };
    assert.deepEqual(await trial(32, 0), []);
    assert.deepEqual(await trial(33, 0), [0]);
    assert.deepEqual(await trial(2, 6_700_000), []);
    assert.deepEqual(await trial(3, 6_700_000), [0]);
  });
});
