#!/usr/bin/env node
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { forwardSlashes, jsonFilesBelow } from '../node/files';
import { installationFolder, installedVersion, readIamDataAssets } from '../node/installation';
import type { CliIo, Output } from './io';
import { run } from './run';

const folder = installationFolder();
const interruption = new AbortController();
/** A language server stays until its client leaves. */
let isServing = false;

const io: CliIo = {
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  env: process.env,
  version: installedVersion(folder),
  readFile: (path) => readFile(path),
  writeFile: (path, text) => writeFile(path, text),
  resolvePath: (name) => forwardSlashes(resolve(name)),
  jsonFilesBelow,
  readStdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  },
  iamDataAssets: () => readIamDataAssets(folder),
  gatewayHost: async () => (await import('../node/gatewayHost.js')).createGatewayHost(),
  confirm: process.stdin.isTTY ? confirm : undefined,
  interruption: () => {
    // Once: a second Ctrl-C ends the program as it always does.
    process.once('SIGINT', () => interruption.abort());
    return interruption.signal;
  },
  now: () => performance.now(),
  serveLanguage: async () => {
    isServing = true;
    (await import('../node/languageServer.js')).runLanguageServer();
  },
};

// What counts if the program ends before it is done, as when nothing keeps it that it waits for.
process.exitCode = 2;

run(process.argv.slice(2), io).then((exitCode) => {
  // Not process.exit at once: output to a pipe may still be on its way.
  process.exitCode = exitCode;
  if (!isServing) {
    // A source of credentials, or a proxy, may not know that nobody waits for it any more.
    process.stdout.write('', () => process.stderr.write('', () => process.exit()));
  }
});

/** On standard error, so that standard output has the answer alone. */
async function confirm(question: string): Promise<'yes' | 'no'> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim()) ? 'yes' : 'no';
  } catch {
    // The input ended, or the question was interrupted.
    return 'no';
  } finally {
    prompt.close();
  }
}

function outputTo(stream: NodeJS.WriteStream): Output {
  // A reader such as `head` may leave before everything is written; that is no error of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
  return { write: (text) => stream.write(text), isTty: stream.isTTY === true };
}
