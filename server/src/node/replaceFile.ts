import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readLimited } from './readLimited';

/**
 * Replaces what a file holds, or leaves it as it was: the new content is written beside it, and takes its place when it
 * is complete on disk. A link stays one, and what it leads to is replaced; mode and owner stay.
 *
 * Where nothing can be written beside it, or the file has more than one name, it is overwritten in place, and gets its
 * old content back if that fails.
 *
 * Rejects with Node's own errors, or with one whose `code` is `ECHANGED` where the file does not hold `before` any more:
 * somebody else has saved it.
 */
export async function replaceFile(path: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  const target = await realpath(path);
  // Taking the place of a file asks nobody whether it may be written.
  await access(target, constants.W_OK);
  const found = await stat(target);
  await assertUnchanged(target, before);
  if (found.nlink > 1) {
    return overwrite(target, before, after);
  }
  let beside: string;
  try {
    beside = await writeBeside(target, after, found);
  } catch (error) {
    if (error instanceof Error && 'code' in error && CANNOT_BESIDE.has(String(error.code))) {
      return overwrite(target, before, after);
    }
    throw error;
  }
  try {
    await assertUnchanged(target, before);
    await rename(beside, target);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
}

/** The folder, or the owner of the file, is not ours. */
const CANNOT_BESIDE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG']);

async function assertUnchanged(path: string, before: Uint8Array): Promise<void> {
  const now = await readLimited(path, { maxBytes: before.length, kinds: 'files' }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EFBIG') {
      return undefined;
    }
    throw error;
  });
  if (now === undefined || Buffer.compare(now, before) !== 0) {
    throw Object.assign(new Error(`ECHANGED: ${path}`), { code: 'ECHANGED' });
  }
}

/** Writes a new file in the folder of another, with its mode and owner; leaves nothing behind when that fails. */
async function writeBeside(target: string, content: Uint8Array, { mode, uid, gid }: Stats): Promise<string> {
  const name = `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`;
  const path = join(dirname(target), name);
  const file = await open(path, 'wx', 0o600);
  try {
    await writeAll(file, content);
    const made = await file.stat();
    if (made.uid !== uid || made.gid !== gid) {
      await file.chown(uid, gid);
    }
    // Behind the owner: a change of it takes some bits away.
    await file.chmod(mode & 0o7777);
    await file.sync();
    await file.close();
    return path;
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Not truncated first: the blocks that the old content has are kept, so that it can be written back. */
async function overwrite(target: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  const file = await open(target, 'r+');
  try {
    await writeAll(file, after);
    await file.truncate(after.length);
    await file.sync();
  } catch (error) {
    await writeAll(file, before);
    await file.truncate(before.length);
    throw error;
  } finally {
    await file.close();
  }
}

/** From the beginning. A write may take less than it is given, as when a disk is nearly full. */
async function writeAll(file: FileHandle, content: Uint8Array): Promise<void> {
  for (let at = 0; at < content.length; ) {
    const { bytesWritten } = await file.write(content, at, content.length - at, at);
    at += bytesWritten;
  }
}
