import type { IamDataAssets } from '../core/index';
import type { GatewayHost } from '../gateway/host';

/** All that the command line needs of the world, so that `run` can be tried without a process. */
export interface CliIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this package. */
  readonly version: string;
  /** Rejects with an error that has Node's `code`, such as `ENOENT`. */
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, text: string): Promise<void>;
  /** The absolute path that a name stands for, with forward slashes; `.` is the working folder. */
  resolvePath(name: string): string;
  /** The JSON files below a folder, as absolute paths with forward slashes; `undefined` where they are too many. */
  jsonFilesBelow(folder: string): Promise<readonly string[] | undefined>;
  /** Standard input to its end. */
  readStdin(): Promise<Uint8Array>;
  /** The compiled service reference, `undefined` where it is missing. Throws if it cannot be read. */
  iamDataAssets(): IamDataAssets | undefined;
  /** Loaded on demand: what finds credentials is large, and only one command needs it. */
  gatewayHost(): Promise<GatewayHost>;
  /** Asks a person for a yes; absent where there is nobody to ask. */
  readonly confirm: ((question: string) => Promise<'yes' | 'no'>) | undefined;
  /** Fires when the user interrupts. Asking for it keeps the interruption from ending the program at once. */
  interruption(): AbortSignal;
  /** Milliseconds since whenever, as fine as the host has them. */
  now(): number;
  /** Serves LSP on standard input and output; the client's leaving ends the process. */
  serveLanguage(): Promise<void>;
}

export interface Output {
  write(text: string): void;
  readonly isTty: boolean;
}

/** 0 for clean, 1 for findings or an answer that is no, 2 for what could not be done. */
export type ExitCode = 0 | 1 | 2;

/** One line on standard error, with the program's name, as a person at a prompt expects it. */
export function complain(io: CliIo, message: string): void {
  io.stderr.write(`iam-policy: ${message}\n`);
}
