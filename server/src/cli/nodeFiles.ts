import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { forwardSlashes } from '../node/files';
import { FOUND_FILES, type ReadLimits, readFileNow, readLimited } from '../node/readLimited';
import type { CheckIo } from './check';

/** Far more than any account has in policies. */
export const NAMED: ReadLimits = { maxBytes: 64 * 1024 * 1024, kinds: 'any' };

let isStdinRead = false;

/** The files of this machine. */
export const nodeFiles: CheckIo = {
  readFile: async (path, as) => (as === 'named' ? readNamed(path) : readFileNow(path, FOUND_FILES)),
  resolvePath: (name) => forwardSlashes(resolve(name)),
  namesIn: async (name) => namesIn(resolve(name)),
  readStdin: async () => {
    if (isStdinRead) {
      throw Object.assign(new Error('EREADTWICE: standard input'), { code: 'EREADTWICE' });
    }
    isStdinRead = true;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of process.stdin) {
      length += chunk.length;
      if (length > NAMED.maxBytes) {
        throw Object.assign(new Error('EFBIG: standard input'), { code: 'EFBIG' });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  },
};

/** A pipe has to be waited for. */
async function readNamed(path: string): Promise<Uint8Array> {
  try {
    return readFileNow(path, NAMED);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EFTYPE') {
      throw error;
    }
    return readLimited(path, NAMED);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
