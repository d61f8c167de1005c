import { firstIndex } from '../pattern/bisect';
import { addressBounds } from './ipRange';

/** Many blocks of addresses; looking one up takes no longer than with few. */
export class AddressSet {
  private readonly blocks: { readonly from: string; readonly to: string }[] = [];
  /** Whether all of the texts are blocks or addresses; others are left out. */
  readonly isWhole: boolean;

  constructor(texts: readonly string[]) {
    const read = texts.flatMap((text) => addressBounds(text) ?? []);
    this.isWhole = read.length === texts.length;
    // Blocks are apart or one is within the other, so that the widest of those that begin alike is the last that is kept.
    read.sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const block of read) {
      const last = this.blocks.at(-1);
      if (last === undefined || block.to > last.to) {
        this.blocks.push(block);
      }
    }
  }

  /** Whether an address is in one of the blocks; `undefined` for what is no single address. */
  has(address: string): boolean | undefined {
    const given = addressBounds(address);
    if (given === undefined || given.from !== given.to) {
      return undefined;
    }
    const { blocks } = this;
    const block = blocks[firstIndex(blocks.length, (index) => (blocks[index]?.from ?? '') > given.from) - 1];
    return block !== undefined && given.from <= block.to;
  }
}
