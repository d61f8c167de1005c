import { setPriority } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { languageService } from '../support/policies';
import { type CaseId, documentOf, report, runCase } from './cases';
import { corpusSeeds, ownSeeds } from './seeds';

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

/** One case may take so long; what takes longer never ends. */
const LONGEST_MS = 120_000;
/** The worker is made anew after so many cases, as a test of nothing but so that its memory stays bounded. */
const BATCH = 2000;

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
  const seeds = own ? ownSeeds() : [...ownSeeds(), ...corpusSeeds()];
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
    let watch = setTimeout(() => undefined, 0);
    const give = (what: string): void => {
      clearTimeout(watch);
      const id: CaseId = { seed: batch.seed, index: current };
      const { language, text } = documentOf(id, batch.own ? ownSeeds() : [...ownSeeds(), ...corpusSeeds()]);
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
        clearTimeout(watch);
        watch = setTimeout(() => give('never ends'), LONGEST_MS);
      } else if ('failed' in told) {
        onFailure(told.failed, told.kind);
      } else {
        clearTimeout(watch);
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
