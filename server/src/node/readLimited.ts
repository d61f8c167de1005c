// `promises` is loaded when it is first asked for, which takes a thirtieth of a short run.
import { closeSync, constants, fstatSync, openSync, promises, readSync, statSync } from 'node:fs';

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
  if (kinds === 'files' && !(await promises.stat(path)).isFile()) {
    throw fileError('EFTYPE', path);
  }
  const file = await promises.open(
    path,
    constants.O_RDONLY | (kinds === 'files' ? (constants.O_NONBLOCK ?? 0) : 0),
  );
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

/**
 * The same of a regular file, at once: for a program that has nothing to do meanwhile. It takes a fifth of the processor's
 * time, of which a look through thousands of small files is made.
 */
export function readFileNow(path: string, { maxBytes }: Pick<ReadLimits, 'maxBytes'>): Uint8Array {
  if (!statSync(path).isFile()) {
    throw fileError('EFTYPE', path);
  }
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    if (!found.isFile()) {
      throw fileError('EFTYPE', path);
    }
    if (found.size > maxBytes) {
      throw fileError('EFBIG', path);
    }
    let bytes = new Uint8Array(found.size > 0 ? found.size + 1 : CHUNK_BYTES);
    let length = 0;
    for (;;) {
      const count = readSync(file, bytes, length, bytes.length - length, null);
      length += count;
      if (length > maxBytes) {
        throw fileError('EFBIG', path);
      }
      // A file that says how long it is has one byte less than there is room for, and has ended.
      if (count === 0 || (length === found.size && length > 0)) {
        return bytes.subarray(0, length);
      }
      if (length === bytes.length) {
        const more = new Uint8Array(2 * bytes.length);
        more.set(bytes);
        bytes = more;
      }
    }
  } finally {
    closeSync(file);
  }
}

const CHUNK_BYTES = 65_536;

function fileError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
