import { setPriority } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { languageService } from '../support/policies';
import { type CaseId, documentOf, report, runCase } from './cases';
import { missingCorpora, seedsOf } from './seeds';

/*
 * `npm run fuzz`: documents that nobody would write, shown to every feature.
 *
 *   --seed N      where the numbers come from; 1 otherwise
 *   --cases N     how many documents; 2000 otherwise
 *   --minutes N   as many as that takes
 *   --case N      this one alone
 *   --own         no files but those of this repository, as in `npm test`
 *
 * Cases run in a worker, so that one that never ends can be named. The exit code is 1 if any fails.
 */

/** One case may take so many milliseconds of processor time; what takes longer never ends. */
const LONGEST_MS = 120_000;
/** How often somebody looks whether a case has ended. */
const WATCH_MS = 2_000;
/** After so many cases a new worker begins, so that memory stays bounded. */
const BATCH = 500;

interface Batch {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly own: boolean;
}

type Told =
  | { readonly begun: number }
  | { readonly failed: string; readonly kind: string }
  | { readonly done: true };

function work({ seed, from, to, own }: Batch): void {
  const service = languageService();
  const seeds = seedsOf(!own);
  const tell = (told: Told): void => parentPort?.postMessage(told);
  for (let index = from; index < to; index += 1) {
    tell({ begun: index });
    const failed = runCase(service, { seed, index }, seeds, () => tell({ begun: index }));
    if (failed !== undefined) {
      tell({ failed: report(failed), kind: failed.failure.kind });
    }
  }
  tell({ done: true });
}

/** Runs a batch in a worker, and ends it where a case does not end. */
function runBatch(batch: Batch, onFailure: (text: string, kind: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(__filename, {
      workerData: batch,
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    let current = batch.from;
    let begun = process.cpuUsage();
    const watch = setInterval(() => {
      if (process.cpuUsage(begun).user / 1000 > LONGEST_MS) {
        give('never ends');
      }
    }, WATCH_MS);
    const give = (what: string): void => {
      clearInterval(watch);
      const id: CaseId = { seed: batch.seed, index: current };
      const { language, text } = documentOf(id, seedsOf(!batch.own));
      onFailure(
        `FAILED ${what}\nin ${language}: ${JSON.stringify(text.slice(0, 4000))}\nagain: npm run fuzz -- --seed ${id.seed} --case ${id.index}`,
        what,
      );
      void worker.terminate();
      if (current + 1 < batch.to) {
        runBatch({ ...batch, from: current + 1 }, onFailure).then(resolve);
      } else {
        resolve();
      }
    };
    worker.on('message', (told: Told) => {
      if ('begun' in told) {
        current = told.begun;
        begun = process.cpuUsage();
      } else if ('failed' in told) {
        onFailure(told.failed, told.kind);
      } else {
        clearInterval(watch);
        resolve();
      }
    });
    worker.once('error', (error) => give(`ends the process: ${error.message}`));
  });
}

async function main(): Promise<void> {
  const value = (name: string): number | undefined => {
    const at = process.argv.indexOf(`--${name}`);
    return at === -1 ? undefined : Number(process.argv[at + 1]);
  };
  const own = process.argv.includes('--own');
  const seed = value('seed') ?? 1;
  const single = value('case');
  const minutes = value('minutes');
  const cases = minutes === undefined ? (value('cases') ?? 2000) : Number.POSITIVE_INFINITY;
  const until = minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
  setPriority(19);
  const missing = own ? [] : missingCorpora();
  if (missing.length > 0) {
    console.log(`Without ${missing.join(', ')}: no such folder beside the repository.`);
  }
  const kinds = new Map<string, number>();
  const onFailure = (text: string, kind: string): void => {
    const count = (kinds.get(kind) ?? 0) + 1;
    kinds.set(kind, count);
    // The first few of a kind show what it is.
    if (count <= 3) {
      console.log(`${text}\n`);
    }
  };
  let from = single ?? 0;
  const end = single === undefined ? cases : single + 1;
  for (; from < end && Date.now() < until; from += BATCH) {
    await runBatch({ seed, from, to: Math.min(from + BATCH, end), own }, onFailure);
  }
  const ran = Math.min(from, end) - (single ?? 0);
  console.log(
    `seed ${seed}: ${ran} cases, ${[...kinds.values()].reduce((sum, count) => sum + count, 0)} failed`,
  );
  for (const [kind, count] of kinds) {
    console.log(`  ${count} ${kind}`);
  }
  process.exitCode = kinds.size === 0 ? 0 : 1;
}

if (isMainThread) {
  void main();
} else {
  work(workerData as Batch);
}
