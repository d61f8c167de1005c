import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IamDataAssets } from '../core/index';

/** Where the package lies on disk: the nearest folder above this file that has a package.json. */
export function installationFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}

/** The script of the thread that reads files: a bundle in an installation, the compiled file in a checkout's tests. */
export function backgroundScript(folder = installationFolder()): string {
  const compiled = join(__dirname, 'backgroundMain.js');
  return existsSync(compiled) ? compiled : join(folder, 'dist', 'background.js');
}

/** The version that package.json states. */
export function installedVersion(folder = installationFolder()): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
  return String(manifest.version ?? '');
}

/** The compiled service reference; `undefined` where it has not been compiled. Throws if it cannot be read. */
export function readIamDataAssets(folder = installationFolder()): IamDataAssets | undefined {
  const data = join(folder, 'server', 'data');
  const index = join(data, 'index.json');
  if (!existsSync(index)) {
    return undefined;
  }
  return {
    index: readFileSync(index, 'utf8'),
    // ASCII, so that it is UTF-8 too, which Node reads in native memory that is free again at once: malloc takes that for a
    // sign to keep more, and V8's compiler waits for the system's memory half as often.
    facts: linesOfFile(join(data, 'facts.jsonl'), 'utf8'),
    prose: linesOfFile(join(data, 'prose.jsonl'), 'latin1'),
  };
}

/**
 * Reads lines of a file of ASCII or Latin-1 by the offsets where they begin: a policy asks for some services out of
 * hundreds, and the file is large. Who asks for many gets them from the whole text.
 */
function linesOfFile(path: string, encoding: 'utf8' | 'latin1'): (offset: number) => string {
  let asked = 0;
  let whole: string | undefined;
  return (offset) => {
    asked += 1;
    if (asked <= MAX_PIECES) {
      return readLine(path, offset);
    }
    whole ??= readFileSync(path, encoding);
    return whole.slice(offset, whole.indexOf('\n', offset));
  };
}

const MAX_PIECES = 24;
const PIECE_BYTES = 32 * 1024;

function readLine(path: string, offset: number): string {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    let line = '';
    for (;;) {
      const length = readSync(file, piece, 0, PIECE_BYTES, offset + line.length);
      const end = piece.subarray(0, length).indexOf(0x0a);
      line += piece.toString('latin1', 0, end < 0 ? length : end);
      if (end >= 0 || length === 0) {
        return line;
      }
    }
  } finally {
    closeSync(file);
  }
}

/**
 * The text of a rule's own page; `undefined` where there is none. A file in a checkout and in the npm package; the VSIX
 * has the pages in one.
 */
export function readRulePage(rule: string, folder = installationFolder()): string | undefined {
  // Ids are words and hyphens: nothing else names a file here.
  if (!/^[a-z][a-z0-9-]*$/.test(rule)) {
    return undefined;
  }
  const docs = join(folder, 'server', 'docs');
  const page = join(docs, 'rules', `${rule}.md`);
  if (existsSync(page)) {
    return readFileSync(page, 'utf8');
  }
  const packed = join(docs, 'rules.json');
  const pages = existsSync(packed) ? (JSON.parse(readFileSync(packed, 'utf8')) as object) : {};
  return new Map<string, string>(Object.entries(pages)).get(rule);
}
