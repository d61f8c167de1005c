import { strict as assert } from 'node:assert';
import {
  CancellationTokenSource,
  type DocumentDiagnosticReport,
  type Hover,
} from 'vscode-languageserver/node';
import { inOneStep } from '../../server/src/core/index';
import { policyOf } from '../bench/documents';
import { type LspClient, PULLING, PUSHED_TO, startLspClient } from '../support/lspClient';
import { languageService, positionOf } from '../support/policies';
import { policyText } from './rules';

const LONG = 'file:///repo/long.json';
const OTHER = 'file:///repo/other.json';

describe('while a long document is checked', () => {
  let client: LspClient;
  /** Hundreds of kilobytes that no test before has seen, with no mistake but the size. */
  let text = '';
  let seed = 0;
  beforeEach(() => {
    seed += 1;
    text = policyOf(1_000, seed);
  });
  afterEach(() => client.stop());

  const hover = (): Promise<Hover | null> =>
    client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: OTHER },
      position: positionOf(policyText('s3:GetObject'), 'GetObject'),
    });
  const codesOf = async (uri: string): Promise<readonly unknown[]> => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
  };

  /** How often one question after the other about the other document is answered before something else is there. */
  const answersBefore = async (done: Promise<unknown>): Promise<number> => {
    let isDone = false;
    void done.then(() => {
      isDone = true;
    });
    let answers = 0;
    while (!isDone) {
      assert.notEqual(await hover(), null);
      answers += 1;
    }
    return answers;
  };

  for (const [how, capabilities] of [
    ['asked for', PULLING],
    ['sent', PUSHED_TO],
  ] as const) {
    it(`questions about another one are answered, where findings are ${how}`, async () => {
      client = await startLspClient({ createService: languageService, capabilities });
      await client.open(OTHER, policyText('s3:GetObject'));
      await hover();
      await client.open(LONG, withMistake(text));
      const found =
        how === 'asked for'
          ? codesOf(LONG)
          : (async () => {
              for (;;) {
                const { uri, diagnostics } = await client.published.next();
                if (uri === LONG) {
                  return diagnostics.map(({ code }) => code);
                }
              }
            })();
      assert.ok((await answersBefore(found)) > 10);
      assert.deepEqual(await found, ['policy-size-identity', 'action-unknown']);
    });
  }

  it('another document that is opened has its findings first', async () => {
    client = await startLspClient({ createService: languageService });
    await client.open(LONG, withMistake(text));
    const order: string[] = [];
    const long = codesOf(LONG).then(() => order.push('long'));
    await client.open(OTHER, policyText('s3:GetObjekt'));
    assert.deepEqual(await codesOf(OTHER), ['action-unknown']);
    order.push('other');
    await long;
    assert.deepEqual(order, ['other', 'long']);
  });

  it('its colours, and all that is asked when it is opened, do not hold up the others either', async () => {
    client = await startLspClient({ createService: languageService });
    await client.open(OTHER, policyText('s3:GetObject'));
    await hover();
    await client.open(LONG, withMistake(text));
    const methods = ['semanticTokens/full', 'documentSymbol', 'foldingRange', 'codeLens', 'documentLink'];
    const asked = Promise.all([
      codesOf(LONG),
      ...methods.map((method) =>
        client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: LONG } }),
      ),
    ]);
    assert.ok((await answersBefore(asked)) > 10);
  });

  it('a change makes the check begin again: the findings are those of the new text', async () => {
    client = await startLspClient({ createService: languageService });
    await client.open(LONG, withMistake(text));
    const found = codesOf(LONG);
    await hover();
    await client.change(LONG, 2, [{ text }]);
    assert.deepEqual(await found, ['policy-size-identity']);
  });

  it('what is called off is not worked out any more', async () => {
    let begun = 0;
    const service = {
      ...languageService(),
      foldingSpanSteps: () =>
        inOneStep(() => {
          begun += 1;
          return [];
        }),
    };
    client = await startLspClient({ createService: () => service });
    await client.open(LONG, withMistake(text));
    const calledOff = new CancellationTokenSource();
    const asked = Array.from({ length: 50 }, () =>
      client.connection
        .sendRequest('textDocument/foldingRange', { textDocument: { uri: LONG } }, calledOff.token)
        .catch(() => 'called off'),
    );
    calledOff.cancel();
    assert.deepEqual(new Set(await Promise.all(asked)), new Set(['called off']));
    assert.equal(begun, 0);
  });

  it('closing it ends the check, and whoever waits for findings is told that there are none', async () => {
    client = await startLspClient({ createService: languageService });
    await client.open(LONG, withMistake(text));
    const found = codesOf(LONG);
    await hover();
    await client.close(LONG);
    assert.deepEqual(await found, []);
  });
});

function withMistake(text: string): string {
  const at = text.lastIndexOf('"s3:');
  return `${text.slice(0, at)}"s3:Objekt${text.slice(at + 4)}`;
}
