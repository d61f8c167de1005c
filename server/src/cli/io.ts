import type { IamDataAssets } from '../core/index';
import type { GatewayHost } from '../gateway/host';
import { withoutSecrets } from '../gateway/redact';
import type { Changes } from '../node/gitChanges';
import type { FoundFiles } from '../node/policyFiles';

/** All that the command line needs of the world, so that `run` can be tried without a process. */
export interface CliIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this package. */
  readonly version: string;
  /**
   * Reads a file that was named on the command line, which may be a pipe, or one that was found, which must be a
   * regular file. Rejects with an error that has Node's `code`, such as `ENOENT`; `EFBIG` if it is too long, `EFTYPE`
   * if a found one is not a regular file.
   */
  readFile(path: string, as: 'named' | 'found'): Promise<Uint8Array>;
  /** Replaces a file whole or not at all. Rejects with the `code` `ECHANGED` where it holds something else than `before`. */
  writeFile(path: string, text: string, before: Uint8Array): Promise<void>;
  /** The absolute path of a name, with forward slashes; `.` is the working folder. */
  resolvePath(name: string): string;
  /**
   * The files below a folder that may hold policies, from there and in order, without those that git ignores;
   * `undefined` for what is no folder.
   */
  policyFilesBelow(folder: string): Promise<FoundFiles | undefined>;
  /** The names of what a folder has, none where it cannot be read. */
  namesIn(folder: string): Promise<readonly string[]>;
  /**
   * The same with those that git ignores, as absolute paths with forward slashes; `undefined` where they are too many.
   */
  allPolicyFilesBelow(folder: string): Promise<readonly string[] | undefined>;
  /** What became of files since a revision of git, by paths as `resolvePath` has them. */
  changedSince(revision: string): Promise<Changes>;
  /** The root of the git repository that the working folder lies in, as `resolvePath` has paths; `undefined` outside of one. */
  repositoryFolder(): string | undefined;
  /** The page of a rule in Markdown, as it ships; `undefined` where there is none. */
  rulePage(id: string): string | undefined;
  /** A file as it was in a revision of the git repository that it lies in; what goes wrong is half a sentence. */
  gitFile(
    revision: string,
    path: string,
  ): Promise<{ readonly bytes: Uint8Array } | { readonly problem: string }>;
  /** Standard input to its end; rejects with the `code` `EFBIG` when it does not come, and with `EREADTWICE` the second time. */
  readStdin(): Promise<Uint8Array>;
  /** The compiled service reference, `undefined` where it is missing. Throws if it cannot be read. */
  iamDataAssets(): IamDataAssets | undefined;
  /** Loaded on demand: what finds credentials is large, and only one command needs it. */
  gatewayHost(): Promise<GatewayHost>;
  /** Asks a person for a yes; absent where there is nobody to ask. */
  readonly confirm: ((question: string) => Promise<'yes' | 'no'>) | undefined;
  /** Fires when the user interrupts. Asking for it keeps the interruption from ending the program at once. */
  interruption(): AbortSignal;
  /** The date and time, for the age of the service reference. */
  today(): Date;
  /** Milliseconds since whenever, as fine as the host has them. */
  now(): number;
  /** Serves LSP on standard input and output; the client's leaving ends the process. */
  serveLanguage(): Promise<void>;
}

export interface Output {
  /**
   * Output that cannot be written is reported by the process when it ends, and makes its exit code 2. What a pipeline would
   * take for a command is written so that it does not, unless it is said that these are the program's own.
   */
  write(text: string, has?: 'commands'): void;
  readonly isTty: boolean;
}

/** 0 for clean, 1 for findings or an answer that is no, 2 for what could not be done. */
export type ExitCode = 0 | 1 | 2;

/**
 * One line on standard error, with the program's name, as a person at a prompt expects it. A secret in an argument is not
 * repeated.
 */
export function complain(io: CliIo, message: string): void {
  io.stderr.write(`iam-policy: ${withoutSecrets(message)}\n`);
}
