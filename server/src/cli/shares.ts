import { isModuleFile, isProgramLanguage, languageOfName } from '../core/index';

/** How many threads check files: a number, as many as pay (`auto`), or one (`off`). */
export type Concurrency = number | 'auto' | 'off';

/** A file to be checked: its number among the inputs of a run, and its length. */
export interface SizedFile {
  readonly number: number;
  readonly path: string;
  readonly bytes: number;
}

/** Some of the files of a run, which one thread checks. */
export interface Share {
  /** The numbers of the inputs, in order. */
  readonly inputs: readonly number[];
  /** Whether it is one file that may take much memory: for a thread that the program can do without. */
  readonly isLarge: boolean;
}

/** More threads than these take memory and save little time. */
const MOST_THREADS = 8;

/**
 * So many bytes each thread has to check before another one pays. It takes 0.1 seconds to start and, until V8 has
 * compiled what it needs once more, another second of the processor's time. On two processors, the second of which
 * compiles and collects garbage for a single thread already, five megabytes in all take as long with two threads as
 * with one.
 */
const LEAST_BYTES = 3 * 1024 * 1024;

/** What a file costs that is empty: looking for its configuration, and for what lies around. */
const BYTES_OF_A_FILE = 1024;

/** A longer file is a share of its own. */
const LARGE_BYTES = 1024 * 1024;

/** The lengths of a share: a short one makes many messages, at the end of a long one the other threads wait. */
const SHARE_BYTES = { least: 16 * 1024, most: 256 * 1024, perThread: 16 };

/**
 * How many threads are to check files.
 *
 * @param processors how many can work at once
 */
export function threadCount(
  concurrency: Concurrency,
  processors: number,
  files: readonly SizedFile[],
): number {
  const wanted =
    concurrency === 'off'
      ? 1
      : concurrency === 'auto'
        ? Math.min(processors, MOST_THREADS, Math.floor(sum(files) / LEAST_BYTES))
        : concurrency;
  return Math.max(1, Math.min(wanted, files.length));
}

/**
 * Divides files into shares. Large ones come first, each by itself. The others keep their order, and the files of a module
 * of Terraform stay together, since a thread reads all of a module to check one of its files.
 */
export function sharesOf(files: readonly SizedFile[], threads: number): readonly Share[] {
  const aim = sum(files) / (threads * SHARE_BYTES.perThread);
  const length = Math.min(SHARE_BYTES.most, Math.max(SHARE_BYTES.least, aim));
  const large: Share[] = [];
  const shares: Share[] = [];
  let inputs: number[] = [];
  let taken = 0;
  let module: string | undefined;
  for (const file of files) {
    if (file.bytes > LARGE_BYTES) {
      large.push({ inputs: [file.number], isLarge: true });
      continue;
    }
    const own = isModuleFile(file.path) ? folderOf(file.path) : undefined;
    const isWithin = own !== undefined && own === module && taken < 4 * length;
    if (taken >= length && !isWithin) {
      shares.push({ inputs, isLarge: false });
      inputs = [];
      taken = 0;
    }
    inputs.push(file.number);
    taken += weightOf(file);
    module = own;
  }
  return [...large, ...shares, ...(inputs.length === 0 ? [] : [{ inputs, isLarge: false }])];
}

function sum(files: readonly SizedFile[]): number {
  return files.reduce((total, file) => total + weightOf(file), 0);
}

/** Most programs hold no policy, and are not parsed. */
function weightOf({ path, bytes }: SizedFile): number {
  const language = languageOfName(path);
  return BYTES_OF_A_FILE + (language !== undefined && isProgramLanguage(language) ? bytes / 4 : bytes);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}
