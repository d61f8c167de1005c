import 'mocha/mocha';
import { limit } from '../../support/patience';
import { suiteMark } from '../../support/vscodeHost/suiteMark';
import { closeEverything, openDocument, waitForDiagnostics } from '../support';

const SENDS = 'sends requests, which API Gateway does not accept from a web page (CORS)';

/** Tests of the trusted workspace that cannot run in a browser, by their full titles, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'activation is for JSON files, of which those that hold no policy start no server':
    'a browser has no processes to be counted',
  'a language server that is killed is back by itself, and knows what was typed meanwhile':
    'the server is a thread of the browser, which cannot be killed from outside',
  'a language server that is restarted finds what Node compiled of it the last time': 'there is no Node',
  'invalidation is accepted, ignored or refused, as the caller and the stage have it': SENDS,
  'invalidation starts from the ARN in a document, with answers for what it leaves open': SENDS,
  'invalidation leaves a report that can be read': SENDS,
  'invalidation starts from an invoke URL, and tells no secret of it': SENDS,
  'invalidation starts from the route at a place of a definition, and asks for no part that was answered':
    SENDS,
  "invalidation is explained by the stage's settings, for those who may read them": SENDS,
  'invalidation is done for a whole stage at once': SENDS,
};

interface WebMocha {
  setup(options: { readonly ui: 'bdd'; readonly timeout: number; readonly reporter: unknown }): void;
  run(done: (failures: number) => void): Mocha.Runner;
  suite: Mocha.Suite;
}

declare const mocha: WebMocha;
/** Requires the files of the suite; written by the bundler. */
declare function requireSuites(): void;

/** Called by VS Code in the worker that is its extension host. Rejects when a test fails. */
export async function run(): Promise<void> {
  const log = (text: string): void => console.log(suiteMark + text);
  mocha.setup({ ui: 'bdd', timeout: limit(60_000), reporter: class {} });
  requireSuites();
  // What is typed before the server is up finds nobody who completes it.
  mocha.suite.beforeAll(async () => {
    const { uri } = await openDocument('broken.json');
    await waitForDiagnostics(uri, (all) => all.length > 0);
    await closeEverything();
  });
  const left = new Set(Object.keys(NOT_HERE));
  mocha.suite.eachTest((test) => {
    const title = test.fullTitle();
    if (left.delete(title)) {
      Object.assign(test, { pending: true, skipReason: NOT_HERE[title] });
    }
  });
  const totals = { passed: 0, failed: [] as string[], skipped: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      totals.passed++;
      log(`  ok ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on('fail', (test, error: Error) => {
      const what = `${test.fullTitle()}\n${error.stack ?? error.message}`;
      totals.failed.push(what);
      log(`  FAILED ${what}`);
    });
    runner.on('pending', (test) => {
      totals.skipped++;
      log(`  skipped ${test.fullTitle()}: ${Reflect.get(test, 'skipReason') ?? 'for no reason'}`);
    });
  });
  log(`totals ${JSON.stringify(totals)}`);
  if (left.size > 0) {
    log(`  Not found, though listed as not for a browser: ${[...left].join('; ')}`);
    throw new Error('The list of tests that are not for a browser is out of date');
  }
  if (totals.failed.length > 0) {
    throw new Error(`${totals.failed.length} of the tests failed`);
  }
}
