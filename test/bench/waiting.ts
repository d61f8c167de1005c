import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BuiltServer } from '../support/builtServer';
import { repositoryRoot } from '../support/repository';
import { moduleOf, policyOf, programOf, statementsFor, templateOf } from './documents';
import { median } from './measure';
import { row } from './table';

const ROUNDS = 3;
const FOLDER = 'file:///bench';
const OTHER = `${FOLDER}/other.json`;

const LONG = 2_400_000;
/** In JSON; as long as the plan of a large configuration of Terraform. */
const LONGEST = 13_000_000;
/** How long a question about another document may wait. */
const MOST_MS = 100;
const MOST_MS_FOR_LONGEST = 1_000;

/** What VS Code asks of a document that it shows, beside the findings. */
const ASKED = [
  'documentSymbol',
  'semanticTokens/range',
  'semanticTokens/full',
  'foldingRange',
  'codeLens',
  'documentLink',
  'inlayHint',
] as const;

/**
 * How long a question about a short document waits at most while a long one, which nobody has read before, is opened and
 * everything about it is asked: by the processor's time of the thread that answers, since the machine may be busy.
 */
export async function waitingRows(): Promise<void> {
  if (!existsSync(join(repositoryRoot, 'dist/server.js')) || !existsSync('/proc/self/schedstat')) {
    console.log('The bundles are not here, or no /proc: the rows of waiting are left out.');
    return;
  }
  const documents = [
    ['JSON', 'json', policyOf(statementsFor(LONG), 71), MOST_MS],
    ['YAML', 'yaml', templateOf(LONG), MOST_MS],
    ['HCL', 'terraform', moduleOf(LONG), MOST_MS],
    ['TypeScript', 'typescript', programOf(LONG, 'with'), MOST_MS],
    ['JSON', 'json', policyOf(statementsFor(LONGEST), 72), MOST_MS_FOR_LONGEST],
  ] as const;
  for (const [name, languageId, text, most] of documents) {
    const rounds: (readonly number[])[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await waitsDuring(languageId, text));
    }
    const longest = median(rounds.map((waits) => Math.max(...waits)));
    const usual = median(rounds.map((waits) => median([...waits])));
    row(
      `others wait, ${(text.length / 1e6).toFixed(1)} MB of ${name}, ${most} ms`,
      ['', '', `usually ${usual.toFixed(1)} ms`, `longest ${longest.toFixed(1)} ms`],
      longest / most,
      1,
    );
  }
}

async function waitsDuring(languageId: string, text: string): Promise<readonly number[]> {
  const server = await BuiltServer.start(FOLDER);
  try {
    await server.open(OTHER, policyOf(1));
    const ask = (method: string, uri: string, params: object = {}): Promise<unknown> =>
      server.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });
    const position = { line: 2, character: 5 };
    const hover = () => ask('hover', OTHER, { position });
    for (let times = 0; times < 20; times += 1) {
      await hover();
    }
    const uri = `${FOLDER}/long`;
    const range = { start: { line: 0, character: 0 }, end: { line: 60, character: 0 } };
    const isShown = server.open(uri, text, 1, languageId);
    let isDone = false;
    const all = Promise.all([isShown, ...ASKED.map((method) => ask(method, uri, { range }))]);
    void all.finally(() => {
      isDone = true;
    });
    const waits: number[] = [];
    while (!isDone) {
      const before = server.busy();
      await hover();
      waits.push(server.busy() - before);
    }
    await all;
    return waits;
  } finally {
    await server.kill();
  }
}
