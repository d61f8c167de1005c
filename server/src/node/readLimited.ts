import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

export interface ReadLimits {
  /** A longer file is not read. */
  readonly maxBytes: number;
  /**
   * `files` alone where a repository decides what is read: a pipe or a device may never end. `any` where a person named
   * it, as in `lint <(command)`.
   */
  readonly kinds: 'files' | 'any';
}

/** What is found in a folder, and no person named: a link to a device, or a file of a hundred megabytes, is no policy. */
export const FOUND_FILES: ReadLimits = { maxBytes: 8 * 1024 * 1024, kinds: 'files' };

/** Rejects with Node's own errors, or with one whose `code` is `EFBIG` (too long) or `EFTYPE` (no regular file). */
export async function readLimited(path: string, { maxBytes, kinds }: ReadLimits): Promise<Uint8Array> {
  // Opening a pipe waits for somebody who writes to it.
  if (kinds === 'files' && !(await stat(path)).isFile()) {
    throw fileError('EFTYPE', path);
  }
  const file = await open(path, constants.O_RDONLY | (kinds === 'files' ? (constants.O_NONBLOCK ?? 0) : 0));
  try {
    const found = await file.stat();
    // A directory can be opened, and tells what it is when it is read.
    if (kinds === 'files' && !found.isFile()) {
      throw fileError('EFTYPE', path);
    }
    if (found.isFile() && found.size > maxBytes) {
      throw fileError('EFBIG', path);
    }
    // Sizes are not to be trusted: that of a device is 0, and a file may grow. Most files are as long as they say, and
    // are read at once.
    const size = found.isFile() ? found.size : 0;
    let next = size > 0 ? size + 1 : CHUNK_BYTES;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const chunk = new Uint8Array(Math.min(next, maxBytes + 1 - length));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) {
        return Buffer.concat(chunks);
      }
      length += bytesRead;
      if (length > maxBytes) {
        throw fileError('EFBIG', path);
      }
      const read = chunk.subarray(0, bytesRead);
      if (chunks.length === 0 && length === size && bytesRead < chunk.length) {
        return read;
      }
      chunks.push(read);
      next = CHUNK_BYTES;
    }
  } finally {
    await file.close();
  }
}

const CHUNK_BYTES = 65_536;

function fileError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
