import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** The names of a zip file's entries and their unpacked sizes in bytes, read from its central directory. */
export function zipEntries(file: string): ReadonlyMap<string, number> {
  const bytes = readFileSync(file);
  // The end record is the last thing in the file when there is no archive comment, which ours have not.
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end === -1) throw new Error(`${file} is not a zip file`);
  const entries = new Map<string, number>();
  let offset = bytes.readUInt32LE(end + 16);
  for (let rest = bytes.readUInt16LE(end + 10); rest > 0; rest--) {
    const nameLength = bytes.readUInt16LE(offset + 28);
    entries.set(
      bytes.toString('utf8', offset + 46, offset + 46 + nameLength),
      bytes.readUInt32LE(offset + 24),
    );
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
  }
  return entries;
}

/** The entries of a zip file, by name, with their bytes. Those that are stored or deflated, which is all that ours have. */
export function unzip(file: string): ReadonlyMap<string, Buffer> {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end === -1) throw new Error(`${file} is not a zip file`);
  const entries = new Map<string, Buffer>();
  let offset = bytes.readUInt32LE(end + 16);
  for (let rest = bytes.readUInt16LE(end + 10); rest > 0; rest--) {
    const nameLength = bytes.readUInt16LE(offset + 28);
    const name = bytes.toString('utf8', offset + 46, offset + 46 + nameLength);
    const local = bytes.readUInt32LE(offset + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(offset + 20));
    const method = bytes.readUInt16LE(offset + 10);
    if (!name.endsWith('/')) entries.set(name, method === 0 ? packed : inflateRawSync(packed));
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
  }
  return entries;
}
