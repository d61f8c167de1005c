import { readFileSync } from 'node:fs';

/** The names of a zip file's entries and their unpacked sizes in bytes, read from its central directory. */
export function zipEntries(file: string): ReadonlyMap<string, number> {
  const bytes = readFileSync(file);
  // The end record is the last thing in the file when there is no archive comment, which vsce does not write.
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
