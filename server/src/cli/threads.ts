import type { Edit, Finding, LanguageService } from '../core/index';
import {
  type Check,
  type CheckedFile,
  type CheckedReport,
  type CheckIo,
  type CheckSettings,
  cannotCheck,
  createCheck,
  readInputs,
} from './check';
import { createConfigs } from './config';
import { STANDARD_INPUT } from './files';
import type { Input } from './inputs';
import type { CliIo } from './io';
import type { Share } from './shares';

/** The threads of a host, which check files beside the one that the program runs on. */
export interface Threads {
  /** How many can work at once, with the one that the program runs on. */
  readonly processors: number;
  /** The bytes of a file; 0 if they are not known. */
  sizeOf(path: string): number;
  /** Lets the messages of other threads arrive. */
  turn(): Promise<void>;
  /**
   * Starts a thread that checks shares until none is left.
   *
   * @param told is called with what came of each share
   * @returns in half a sentence why it ended before that, if it did; never rejects
   */
  run(task: CheckTask, told: (checked: CheckedShare) => void): Promise<'done' | { readonly problem: string }>;
}

/**
 * What the command line needs of the world, with the threads that files can be checked in; absent where there is but
 * one.
 */
export interface ThreadedIo extends CliIo {
  readonly threads?: (() => Threads) | undefined;
}

/** What a thread is given: plain data, and two arrays that are shared. */
export interface CheckTask {
  readonly settings: CheckSettings;
  readonly inputs: readonly Input[];
  /** As for `createCheck`. */
  readonly moduleFiles: readonly string[];
  readonly shares: readonly Share[];
  /** The bytes of files that can perhaps be read only once, by their names: those of a configuration that was named. */
  readonly given: ReadonlyMap<string, Uint8Array>;
  /** Whether anybody looks at the edits of fixes. */
  readonly edits: 'wanted' | 'unwanted';
  /** By share, 1 where a thread has taken it. */
  readonly taken: Int32Array;
  /** One number: the input that the thread is at, -1 before it is at any. */
  readonly at: Int32Array;
}

/** What came of the inputs of a share, in order, as plain data. */
export interface CheckedShare {
  readonly share: number;
  readonly files: readonly PlainFile[];
}

/** A checked file whose fixes have their edits, if they are wanted. */
export type PlainFile = Omit<CheckedFile, 'report'> & { readonly report?: PlainReport | undefined };

type PlainReport = Omit<CheckedReport, 'findings' | 'suppressed'> & {
  readonly findings: readonly PlainFinding[];
  readonly suppressed: readonly (Omit<CheckedReport['suppressed'][number], 'finding'> & {
    readonly finding: PlainFinding;
  })[];
};

type PlainFinding = Omit<Finding, 'fixes'> & {
  readonly fixes: readonly (Omit<Finding['fixes'][number], 'edits'> & { readonly edits: readonly Edit[] })[];
};

/** What a thread does: it takes shares, from the first on, until all are taken, and tells what came of each. */
export async function checkShares(
  io: CheckIo,
  service: LanguageService,
  task: CheckTask,
  tell: (checked: CheckedShare) => void,
): Promise<void> {
  const { settings, inputs, shares, given, taken, at } = task;
  const ownIo: CheckIo = {
    ...io,
    readFile: async (path, as) => given.get(path) ?? io.readFile(path, as),
    readStdin: async () => given.get(STANDARD_INPUT) ?? io.readStdin(),
  };
  const configs = createConfigs(ownIo, service, settings.config, settings.rules);
  const check = createCheck(ownIo, service, settings, configs, task.moduleFiles);
  for (const [share, each] of shares.entries()) {
    if (take(taken, share)) {
      const begin = (number: number): void => void Atomics.store(at, 0, number);
      const files = await checkShare(ownIo, check, inputs, each, begin);
      tell({ share, files: files.map((file) => plainFile(file, task.edits)) });
    }
  }
}

/**
 * Checks files in several threads, this one among them. A thread that ends early, as it does without memory, costs the file
 * that it was at: the others are checked again.
 *
 * @param check checks a file on this thread
 * @param done is called with each input that was checked
 * @returns what came of the files, by the numbers of the inputs; without some where no thread can be started
 */
export async function checkInThreads(
  io: CheckIo,
  threads: Threads,
  count: number,
  task: Omit<CheckTask, 'taken' | 'at'>,
  check: Check,
  done: (input: Input) => void,
): Promise<ReadonlyMap<number, CheckedFile>> {
  const { inputs, shares } = task;
  const results = new Map<number, CheckedFile>();
  const enter = (share: Share | undefined, files: readonly CheckedFile[]): void => {
    for (const [index, number] of (share?.inputs ?? []).entries()) {
      const [file, input] = [files[index], inputs[number]];
      if (file !== undefined && input !== undefined) {
        results.set(number, file);
        done(input);
      }
    }
  };
  /** The file at which the thread ended early. */
  const run = async (taskOfThread: Omit<CheckTask, 'at'>) => {
    const at = sharedNumbers(1).fill(-1);
    const end = await threads.run({ ...taskOfThread, at }, ({ share, files }) =>
      enter(taskOfThread.shares[share], files.map(checkedFile)),
    );
    return end === 'done' ? undefined : { ...end, at: Atomics.load(at, 0) };
  };

  const taken = sharedNumbers(shares.length);
  const running = Array.from({ length: count - 1 }, () => run({ ...task, taken }));
  // From the end, so that what is large, and comes first, is left to others.
  for (const [index, share] of [...shares.entries()].reverse()) {
    if (!share.isLarge && take(taken, index)) {
      enter(share, await checkShare(io, check, inputs, share));
      await threads.turn();
    }
  }
  const suspects = new Set((await Promise.all(running)).map((end) => end?.at ?? -1));
  const isLeft = (number: number): boolean => !results.has(number);
  let left = shares.flatMap((share) => share.inputs).filter(isLeft);
  while (left.length > 0) {
    const again = left.map((number): Share => ({ inputs: [number], isLarge: false }));
    const end = await run({ ...task, shares: again, taken: sharedNumbers(again.length) });
    // Where no thread can be started, those files are checked here at which none has ended.
    const fatal = end === undefined || end.at < 0 ? [...suspects] : suspects.has(end.at) ? [end.at] : [];
    for (const number of fatal) {
      const input = inputs[number];
      if (input !== undefined && isLeft(number)) {
        results.set(number, { problems: [cannotCheck(input, end?.problem ?? 'its thread has ended')] });
      }
    }
    if (end === undefined || end.at < 0) {
      break;
    }
    suspects.add(end.at);
    left = left.filter(isLeft);
  }
  return results;
}

async function checkShare(
  io: CheckIo,
  check: Check,
  inputs: readonly Input[],
  share: Share,
  begin?: (number: number) => void,
): Promise<readonly CheckedFile[]> {
  const numbers = share.inputs;
  const files: CheckedFile[] = [];
  for await (const { input, outcome } of readInputs(
    io,
    numbers.flatMap((number) => inputs[number] ?? []),
  )) {
    begin?.(numbers[files.length] ?? -1);
    files.push(await check(input, outcome));
  }
  return files;
}

/** Takes a share, if no other thread has. */
function take(taken: Int32Array, share: number): boolean {
  return Atomics.compareExchange(taken, share, 0, 1) === 0;
}

function sharedNumbers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

function plainFile(file: CheckedFile, edits: CheckTask['edits']): PlainFile {
  const { report } = file;
  if (report === undefined) {
    return { ...file, report };
  }
  const { findings, suppressed } = report;
  return {
    ...file,
    report: {
      ...report,
      findings: findings.map((finding) => plainFinding(finding, edits)),
      suppressed: suppressed.map((each) => ({ ...each, finding: plainFinding(each.finding, edits) })),
    },
  };
}

function plainFinding(finding: Finding, edits: CheckTask['edits']): PlainFinding {
  return {
    ...finding,
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: edits === 'wanted' ? editsOf(fix) : [] })),
  };
}

/** A fix that cannot be worked out changes nothing. */
function editsOf({ edits }: Finding['fixes'][number]): readonly Edit[] {
  try {
    return edits();
  } catch {
    return [];
  }
}

function checkedFile(file: PlainFile): CheckedFile {
  const { report } = file;
  return {
    ...file,
    report: report && {
      ...report,
      findings: report.findings.map(findingOf),
      suppressed: report.suppressed.map((each) => ({ ...each, finding: findingOf(each.finding) })),
    },
  };
}

function findingOf(finding: PlainFinding): Finding {
  return { ...finding, fixes: finding.fixes.map((fix) => ({ ...fix, edits: () => fix.edits })) };
}
