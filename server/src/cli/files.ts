import { type DocumentLanguage, languageOfFile, own, tellingPath } from '../core/index';
import type { CliIo } from './io';

/** A policy file as it was read. Offsets are those of `text`, which has no byte order mark. */
export interface SourceFile {
  /** As given on the command line; `-` is standard input. */
  readonly name: string;
  readonly text: string;
  /** As it was on disk. */
  readonly bytes: Uint8Array;
  readonly hasByteOrderMark: boolean;
  readonly language: DocumentLanguage;
}

export type ReadOutcome =
  | { readonly file: SourceFile }
  | {
      readonly problem: string;
      readonly isAbsent: boolean;
      /** Whether the file is there and can be none that holds policies. */
      readonly isNone?: boolean;
      /** What a text in another encoding seems to say; nothing is found in it or changed by it. */
      readonly guess?: Pick<SourceFile, 'text' | 'language'>;
    };

export const STANDARD_INPUT = '-';

const BYTE_ORDER_MARK = '\ufeff';

/** Where a file lies, as far as that tells what is in it; `undefined` for standard input. */
export function placeOf(io: Pick<CliIo, 'resolvePath'>, name: string): string | undefined {
  return name === STANDARD_INPUT ? undefined : tellingPath(io.resolvePath(name), [io.resolvePath('.')]);
}

/**
 * The path of a file from the working folder, with forward slashes and without dots where it lies below, else its absolute
 * path. Standard input keeps its name.
 */
export function pathFromHere(io: Pick<CliIo, 'resolvePath'>, name: string): string {
  return pathFrom(io.resolvePath('.'), io, name);
}

/**
 * The same from the root of the repository that the working folder lies in: what shows findings beside the changes of a
 * repository knows its files by that, wherever the command ran.
 */
export function pathsFromRepository(
  io: Pick<CliIo, 'resolvePath' | 'repositoryFolder'>,
): (name: string) => string {
  let root: string | undefined;
  return (name) => {
    root ??= io.repositoryFolder() ?? io.resolvePath('.');
    return pathFrom(root, io, name);
  };
}

function pathFrom(folder: string, io: Pick<CliIo, 'resolvePath'>, name: string): string {
  const start = folder.replace(/\/?$/, '/');
  const path = name === STANDARD_INPUT ? name : io.resolvePath(name);
  return path.startsWith(start) ? path.slice(start.length) : path;
}

/** The folder of a path with forward slashes; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/**
 * Reads a file or standard input. What keeps it from being read is told in half a sentence.
 *
 * @param as `found` where no person named the file, but a folder had it
 * @param shown what the file is called, where standard input is the text of a file
 */
export async function readSource(
  io: Pick<CliIo, 'readFile' | 'readStdin'>,
  name: string,
  as: 'named' | 'found' = 'named',
  shown = name,
): Promise<ReadOutcome> {
  if (name === '') {
    return { problem: 'the name is empty', isAbsent: false };
  }
  let bytes: Uint8Array;
  try {
    bytes = await (name === STANDARD_INPUT ? io.readStdin() : io.readFile(name, as));
  } catch (error) {
    const problem = describeFileError(error);
    const isAbsent = problem === FILE_ERRORS.ENOENT;
    return {
      // Node reads names as UTF-8, and cannot find again what it could not read.
      problem: isAbsent && name.includes('\ufffd') ? `${problem}, or its name is not UTF-8` : problem,
      isAbsent,
      ...(IS_NONE.has(problem) && { isNone: true }),
    };
  }
  const wide = wideEncodingOf(bytes);
  if (wide !== undefined) {
    return foreignText(shown, new TextDecoder(wide).decode(bytes), 'UTF-16 text; save it as UTF-8');
  }
  let decoded: string;
  try {
    decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const latin = new TextDecoder('latin1').decode(bytes);
    return foreignText(shown, latin, 'not UTF-8 text; save it as UTF-8');
  }
  const hasByteOrderMark = decoded.startsWith(BYTE_ORDER_MARK);
  return {
    file: {
      name: shown,
      text: hasByteOrderMark ? decoded.slice(1) : decoded,
      bytes,
      hasByteOrderMark,
      language: languageOfFile(shown, decoded),
    },
  };
}

function foreignText(name: string, text: string, problem: string): ReadOutcome {
  return { problem, isAbsent: false, isNone: true, guess: { text, language: languageOfFile(name, text) } };
}

/**
 * UTF-16, as PowerShell writes it: by its byte order mark, or, since a text in any of our languages begins with an ASCII
 * character, by where the first zero byte stands (RFC 4627, section 3).
 */
function wideEncodingOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === undefined || second === undefined) {
    return undefined;
  }
  return (first === 0xff && second === 0xfe) || (first !== 0 && second === 0)
    ? 'utf-16le'
    : (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
      ? 'utf-16be'
      : undefined;
}

/** Writes a new text to where the file came from. Returns what went wrong, if anything did. */
export async function writeSource(
  io: Pick<CliIo, 'writeFile'>,
  file: SourceFile,
  text: string,
): Promise<string | undefined> {
  try {
    await io.writeFile(file.name, file.hasByteOrderMark ? BYTE_ORDER_MARK + text : text, file.bytes);
    return undefined;
  } catch (error) {
    return describeFileError(error);
  }
}

/** Why a file was not written that holds something else than it did when it was read. */
export const CHANGED = 'it has been changed meanwhile; run this again';

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a directory; name the files in it',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'on a read-only file system',
  ELOOP: 'a link that leads to itself',
  EFBIG: 'it is too long to be a policy or a definition',
  EFTYPE: 'no regular file',
  ENAMETOOLONG: 'its path is too long',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  ECHANGED: CHANGED,
  EREADTWICE: 'standard input has been read already, as another file',
};

/** What keeps a file from being one that holds policies, which is no problem with one that nobody named. */
const IS_NONE: ReadonlySet<string | undefined> = new Set([FILE_ERRORS.EFBIG, FILE_ERRORS.EFTYPE]);

/** What went wrong with a file, in half a sentence. */
export function describeFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return own(FILE_ERRORS, code) ?? (error instanceof Error ? error.message : String(error));
}
