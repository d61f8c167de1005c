import 'mocha/mocha';
import { suiteMark } from '../../support/vscodeHost/suiteMark';

/** Tests of the trusted workspace that cannot run in a browser, by their full titles, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'activation is for JSON files, of which those that hold no policy start no server':
    'a browser has no processes to be counted',
};

/** Suites that send requests, which hosts of API Gateway let no page do (CORS). */
const NOT_SENT = /^invalidation (?!is copied as a command|is granted by)/;

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
  mocha.setup({ ui: 'bdd', timeout: 180_000, reporter: class {} });
  requireSuites();
  mocha.suite.eachTest((test) => {
    const title = test.fullTitle();
    const reason = NOT_SENT.test(title)
      ? 'sends requests'
      : Object.hasOwn(NOT_HERE, title)
        ? NOT_HERE[title]
        : undefined;
    if (reason !== undefined) {
      Object.assign(test, { pending: true, skipReason: reason });
    }
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      counts.passed++;
      log(`  ok ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on('fail', (test, error: Error) => {
      counts.failed++;
      log(`  FAILED ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
    runner.on('pending', (test) => {
      counts.skipped++;
      log(`  skipped ${test.fullTitle()}: ${Reflect.get(test, 'skipReason') ?? 'for no reason'}`);
    });
  });
  log(`totals ${JSON.stringify(counts)}`);
  if (counts.failed > 0) {
    throw new Error(`${counts.failed} of the tests failed`);
  }
}
