import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';

/** A longer index is not one of ours. */
const LONGEST_INDEX = 64 * 1024;

/**
 * Pieces of data by name in one file: a line of JSON, names and lengths in order, and the pieces behind it. The whole stands
 * there twice, for who reads it would believe anything: what differs was damaged on the disk. To compare takes a tenth of the
 * time of a checksum.
 *
 * A file that cannot be read, or is none of ours, holds nothing.
 */
export class KeptFile {
  readonly #path: string;
  #opened: OpenedFile | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** @returns `undefined` where there is no such piece, or a damaged one. */
  read(name: string): Buffer | undefined {
    const opened = this.#open();
    const place = opened?.places.get(name);
    try {
      return opened === undefined || place === undefined
        ? undefined
        : readTwice(opened.descriptor, opened.half, ...place);
    } catch {
      return undefined;
    }
  }

  /** All pieces that are not damaged. */
  readAll(): Map<string, Buffer> {
    const pieces = new Map<string, Buffer>();
    for (const name of this.#open()?.places.keys() ?? []) {
      const piece = this.read(name);
      if (piece !== undefined) {
        pieces.set(name, piece);
      }
    }
    return pieces;
  }

  /** Replaces the file; who reads it meanwhile has the old one whole. */
  write(pieces: ReadonlyMap<string, Buffer>): void {
    this.close();
    const lengths = [...pieces].map(([name, { length }]) => [name, length]);
    const all = [Buffer.from(`${JSON.stringify(lengths)}\n`), ...pieces.values()];
    const made = `${this.#path}.${process.pid}`;
    try {
      const file = openSync(made, 'w', 0o600);
      try {
        for (const piece of [...all, ...all]) {
          writeAll(file, piece);
        }
      } finally {
        closeSync(file);
      }
      renameSync(made, this.#path);
    } catch {
      // A full disk, say: then nothing is kept.
      rmSync(made, { force: true });
    }
  }

  #open(): OpenedFile | undefined {
    try {
      this.#opened ??= open(this.#path);
    } catch {
      // There is none yet.
    }
    return this.#opened;
  }

  /** Lets go of the file until something is read again. */
  close(): void {
    if (this.#opened !== undefined) {
      closeSync(this.#opened.descriptor);
      this.#opened = undefined;
    }
  }
}

interface OpenedFile {
  readonly descriptor: number;
  /** Where everything begins once more, in bytes. */
  readonly half: number;
  readonly places: ReadonlyMap<string, Place>;
}

/** In bytes from the beginning. */
type Place = readonly [start: number, length: number];

function open(path: string): OpenedFile {
  const descriptor = openSync(path, 'r');
  try {
    const half = fstatSync(descriptor).size / 2;
    const head = readTwice(descriptor, half, 0, Math.min(half, LONGEST_INDEX));
    return { descriptor, half, places: head === undefined ? new Map() : placesIn(head) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function readTwice(descriptor: number, half: number, start: number, length: number): Buffer | undefined {
  const [once, again] = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)];
  const count =
    readSync(descriptor, once, 0, length, start) + readSync(descriptor, again, 0, length, half + start);
  return count === 2 * length && once.equals(again) ? once : undefined;
}

/** Node does not look how much of it the disk took. */
function writeAll(file: number, piece: Buffer): void {
  for (let at = 0; at < piece.length; ) {
    at += writeSync(file, piece, at);
  }
}

/** Where the pieces lie, by the line at the beginning. */
function placesIn(head: Buffer): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let start = head.indexOf('\n') + 1;
  for (const [name, length] of JSON.parse(head.toString('utf8', 0, start)) as [string, number][]) {
    places.set(name, [start, length]);
    start += length;
  }
  return places;
}
