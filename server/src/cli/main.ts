#!/usr/bin/env node
import { fstatSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { useCompiledCode } from '../node/compiledCode';
import { allPolicyFilesBelow, forwardSlashes } from '../node/files';
import { changedSince } from '../node/gitChanges';
import { readGitFile } from '../node/gitFile';
import { installationFolder, installedVersion, readIamDataAssets, readRulePage } from '../node/installation';
import { policyFilesBelow, repositoryAround } from '../node/policyFiles';
import { replaceFile } from '../node/replaceFile';
import { describeFileError } from './files';
import { withoutCommands } from './format/printable';
import { createInterruption } from './interruption';
import type { Output } from './io';
import { nodeFiles } from './nodeFiles';
import { askMfaCode, confirm } from './prompt';
import { run } from './run';
import type { ThreadedIo } from './threads';
import { createThreads, workerScript } from './workers';

useCompiledCode('cli');

const folder = installationFolder();
/** A language server stays until its client leaves. */
let isServing = false;

/** What went wrong with an output; whoever reads it may leave early, and that is no error of ours. */
let outputProblem: string | undefined;

const stdout = outputTo(1, () => process.stdout);
const stderr = outputTo(2, () => process.stderr);
const interruption = createInterruption(process, stderr);

// Node makes the streams of a process, which takes a tenth of a short run, when they are first asked for.
const io: ThreadedIo = {
  stdout,
  stderr: interruption.stderr,
  env: process.env,
  get version() {
    return installedVersion(folder);
  },
  ...nodeFiles,
  writeFile: (path, text, before) => replaceFile(path, before, Buffer.from(text)),
  policyFilesBelow: async (name) => policyFilesBelow(resolve(name)),
  allPolicyFilesBelow,
  threads: () => createThreads(workerScript(folder)),
  changedSince: (revision) => changedSince(process.cwd(), revision),
  repositoryFolder: () => {
    const found = repositoryAround(process.cwd());
    return found === undefined ? undefined : forwardSlashes(found);
  },
  rulePage: (id) => readRulePage(id, folder),
  gitFile: (revision, path) => readGitFile(revision, path),
  iamDataAssets: () => readIamDataAssets(folder),
  gatewayHost: async () =>
    (await import('../node/gatewayHost.js')).createGatewayHost({
      mfaCode: process.stdin.isTTY
        ? (serial) => askMfaCode(serial, process.stdin, process.stderr)
        : undefined,
    }),
  // On standard error, so that standard output has the answer alone.
  get confirm() {
    return process.stdin.isTTY
      ? (question: string) => confirm(question, process.stdin, process.stderr)
      : undefined;
  },
  interruption: interruption.signal,
  today: () => new Date(),
  now: () => performance.now(),
  serveLanguage: async () => {
    isServing = true;
    (await import('../node/languageServer.js')).runLanguageServer();
  },
};

// What counts if the program ends before it is done, as when nothing keeps it that it waits for.
process.exitCode = 2;

run(process.argv.slice(2), io).then((exitCode) => {
  process.exitCode = exitCode;
  if (!isServing) {
    // Not process.exit at once: output to a pipe may still be on its way. But a source of credentials, or a proxy, may
    // not know that nobody waits for it any more.
    stdout.whenWritten(() =>
      stderr.whenWritten(() => {
        if (outputProblem !== undefined) {
          process.exitCode = 2;
          stderr.write(`iam-policy: cannot write the output: ${outputProblem}\n`);
        }
        stderr.whenWritten(() => process.exit());
      }),
    );
  }
});

interface ProcessOutput extends Output {
  /** Calls back when all that was written has left. */
  whenWritten(done: () => void): void;
}

function outputTo(fd: number, streamOfProcess: () => NodeJS.WriteStream): ProcessOutput {
  const note = (error: NodeJS.ErrnoException | null | undefined): void => {
    if (error !== null && error !== undefined && error.code !== 'EPIPE') {
      outputProblem ??= describeFileError(error);
    }
  };
  let made: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    if (made === undefined) {
      made = streamOfProcess();
      // Without it an error would end the program where it stands.
      made.on('error', () => undefined);
    }
    return made;
  };
  const kind = kindOf(fd);
  const write = (text: string): void => {
    if (kind !== 'file') {
      stream().write(text, note);
      return;
    }
    try {
      writeAll(fd, text);
    } catch (error) {
      note(error as NodeJS.ErrnoException);
    }
  };
  return {
    write: (text, has) => write(has === 'commands' ? text : withoutCommands(text)),
    get isTty() {
      return kind === 'device' && stream().isTTY === true;
    },
    whenWritten: (done) => (made === undefined ? done() : void made.write('', done)),
  };
}

/** What an output leads to; a terminal is a device. */
function kindOf(fd: number): 'file' | 'pipe' | 'device' {
  try {
    const found = fstatSync(fd);
    return found.isFile() ? 'file' : found.isFIFO() || found.isSocket() ? 'pipe' : 'device';
  } catch {
    return 'device';
  }
}

/** Node writes to a file once, and does not look how much of it the disk took. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(fd, bytes, at);
  }
}
