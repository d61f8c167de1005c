import { atOnce, type Steps } from '../../steps';
import { HclCursor, isCloser } from './hclCursor';
import { COLON, EQUALS, HclExpressions, MAX_DEPTH, OPEN_BRACKET, OPEN_PAREN } from './hclExpressions';
import type { HclAttribute, HclBlock, HclBody, HclFile, HclName } from './hclSyntax';
import {
  CLOSE_BRACE,
  indentationAt,
  isFirstOnLine,
  isWordStart,
  LINE_FEED,
  OPEN_BRACE,
  QUOTE,
} from './hclText';

/**
 * Parses HCL. Never throws. Where brackets or quotes do not match, the text is read a second time, and in those of its
 * blocks in which something is wrong the indentation tells what an open bracket holds: what stands no further in than the
 * line of the bracket is behind it. So a block that is being typed takes none of its neighbours along, and what is without
 * faults is read by its brackets alone.
 */
export function parseHclBody(text: string): HclFile {
  return atOnce(parseHclBodySteps(text));
}

/** The same in parts: the blocks and attributes that stand in no other. */
export function* parseHclBodySteps(text: string): Steps<HclFile> {
  const cursor = new HclCursor(text);
  const file = yield* new HclBodies(cursor).file(false);
  return cursor.isBroken ? yield* new HclBodies(new HclCursor(text)).file(true) : file;
}

/** Each block that is not closed is looked for to the end of the text; beyond so many the indentation tells at once. */
const MOST_UNCLOSED = 16;

/** Reads attributes and blocks. */
class HclBodies {
  readonly #cursor: HclCursor;
  readonly #expressions: HclExpressions;

  constructor(cursor: HclCursor) {
    this.#cursor = cursor;
    this.#expressions = new HclExpressions(cursor);
  }

  /** @param isBroken whether brackets or quotes do not match somewhere */
  *file(isBroken: boolean): Steps<HclFile> {
    const items: (HclAttribute | HclBlock)[] = [];
    let unclosed = 0;
    const read = (): HclAttribute | HclBlock => {
      if (!isBroken) {
        return this.#bodyItem();
      }
      if (unclosed < MOST_UNCLOSED) {
        const before = this.#cursor.note();
        const item = this.#bodyItem();
        if (!this.#cursor.isBroken && !this.#endsWithin(item)) {
          return item;
        }
        unclosed += 1;
        this.#cursor.backTo(before);
      }
      this.#cursor.recovers = true;
      const item = this.#bodyItem();
      this.#cursor.recovers = false;
      return item;
    };
    for (let item = this.#nextItem(read); item !== undefined; item = this.#nextItem(read)) {
      items.push(item);
      yield;
    }
    const { text, faults } = this.#cursor;
    return { kind: 'body', start: 0, end: text.length, items, closed: true, faults };
  }

  /** Whether a block ends at a brace that is further in than the block, as it does where there is one too many. */
  #endsWithin({ start, end }: HclAttribute | HclBlock): boolean {
    const { text } = this.#cursor;
    return isFirstOnLine(text, end - 1) && indentationAt(text, end - 1) > indentationAt(text, start);
  }

  #bodyItems(): { readonly items: (HclAttribute | HclBlock)[]; readonly hasWhole: boolean } {
    const items: (HclAttribute | HclBlock)[] = [];
    let hasWhole = true;
    const read = () => this.#bodyItem();
    for (let item = this.#nextItem(read); item !== undefined; item = this.#nextItem(read)) {
      hasWhole &&= item.kind === 'block' || item.value !== undefined;
      items.push(item);
    }
    return { items, hasWhole };
  }

  /** What comes next in a body, behind what is neither a block nor an attribute; `undefined` at its end. */
  #nextItem(read: () => HclAttribute | HclBlock): HclAttribute | HclBlock | undefined {
    while (this.#cursor.toNext()) {
      const code = this.#cursor.text.charCodeAt(this.#cursor.at);
      if (isWordStart(code) || code === QUOTE) {
        return read();
      }
      this.#cursor.at += 1;
    }
    return undefined;
  }

  #bodyItem(): HclAttribute | HclBlock {
    const name = this.#cursor.name();
    let code = this.#cursor.next(false);
    if (code === EQUALS) {
      return this.#attribute(name);
    }
    const labels: HclName[] = [];
    while (code === QUOTE || isWordStart(code)) {
      labels.push(this.#cursor.name());
      code = this.#cursor.next(false);
    }
    if (code === OPEN_BRACE && this.#cursor.brackets < MAX_DEPTH) {
      const start = this.#cursor.at;
      this.#cursor.open(CLOSE_BRACE);
      const { items, hasWhole } = this.#bodyItems();
      const isClosed = this.#cursor.close(CLOSE_BRACE);
      const end = this.#cursor.at;
      const body: HclBody = {
        kind: 'body',
        start,
        end: isClosed ? end : this.#cursor.trimmedEnd(start + 1, items.at(-1)?.end),
        items,
        closed: isClosed && hasWhole,
      };
      return { kind: 'block', start: name.start, end: body.end, type: name, labels, body };
    }
    // A colon is what one writes who thinks of JSON; anything else is yet to be typed.
    if (code === COLON && labels.length === 0) {
      return this.#attribute(name);
    }
    this.#skipRest();
    return {
      kind: 'attribute',
      start: name.start,
      end: labels.at(-1)?.end ?? name.end,
      name,
      value: undefined,
    };
  }

  /** Its name has been read, and the cursor is on what stands between that and its value. */
  #attribute(name: HclName): HclAttribute {
    this.#cursor.at += 1;
    const value = this.#expressions.value();
    const end = this.#expressions.endOf(value) ?? name.end;
    this.#skipRest();
    return { kind: 'attribute', start: name.start, end, name, value };
  }

  /** What stands behind a value on its line and cannot be read goes up to the next bracket or line. */
  #skipRest(): void {
    for (;;) {
      const code = this.#cursor.next(false);
      if (
        this.#cursor.isAtEnd ||
        code === LINE_FEED ||
        code === CLOSE_BRACE ||
        isWordStart(code) ||
        code === QUOTE
      ) {
        return;
      }
      this.#cursor.noteSkipped(
        isCloser(code) || code === OPEN_BRACE || code === OPEN_BRACKET || code === OPEN_PAREN,
      );
      this.#cursor.at += 1;
    }
  }
}
