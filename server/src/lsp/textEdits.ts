import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { toSpan } from './convert';
import { TextVersion } from './textVersion';

/**
 * The version of a document after some changes. Edits outside of the document apply at its nearest place. The text is put
 * together when it is first asked for: thousands of edits may come at once, in one message as when all occurrences of a
 * word are replaced or in as many messages, and for each the whole text would be copied.
 */
export function changed(
  before: TextVersion,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): TextVersion {
  const { uri, languageId } = before;
  let first = 0;
  let base = before;
  // A change without a range is a new text.
  for (let at = changes.length - 1; at >= 0 && first === 0; at -= 1) {
    const change = changes[at];
    if (change !== undefined && !('range' in change)) {
      base = new TextVersion(uri, languageId, version, String(change.text));
      first = at + 1;
    }
  }
  const edits = changes.slice(first).flatMap((change) => ('range' in change ? [editOf(change)] : []));
  const waiting = (waitingOf.get(base)?.count ?? 0) + edits.length;
  const next = TextVersion.later(uri, languageId, version, () => joined(next));
  waitingOf.set(next, { base, edits, count: waiting });
  if (waiting > MOST_WAITING) {
    // Of a document that nobody asks for they would pile up.
    void next.getText();
  }
  return next;
}

type RangeChange = Extract<TextDocumentContentChangeEvent, { readonly range: unknown }>;

interface RangeEdit {
  readonly range: Range;
  readonly text: string;
}

/** Throws where a range lacks an end, so that the document stays as it is. */
function editOf({ range, text }: RangeChange): RangeEdit {
  const { line: from } = range.start;
  const { line: to } = range.end;
  void [from, to];
  return { range, text: String(text) };
}

interface Waiting {
  readonly base: TextVersion;
  readonly edits: readonly RangeEdit[];
  /** With those of the version that it is based on. */
  readonly count: number;
}

/** What is yet to be applied, of versions whose text nobody has asked for. */
const waitingOf = new WeakMap<TextVersion, Waiting>();

const MOST_WAITING = 1_000;

/** So few edits are applied one after the other. */
const FEW = 4;

function joined(version: TextVersion): TextVersion {
  const lists: (readonly RangeEdit[])[] = [];
  let base = version;
  for (let waiting = waitingOf.get(base); waiting !== undefined; waiting = waitingOf.get(base)) {
    lists.push(waiting.edits);
    base = waiting.base;
  }
  const edits = lists.reverse().flat();
  const text = applied(base, edits, version);
  waitingOf.delete(version);
  return text;
}

function applied(base: TextVersion, edits: readonly RangeEdit[], version: TextVersion): TextVersion {
  if (edits.length <= FEW) {
    return edits.reduce(
      (text, { range, text: inserted }) => text.replaced(toSpan(text, range), inserted, version.version),
      base,
    );
  }
  const blocks = new Blocks(base.getText());
  for (const { range, text } of edits) {
    blocks.replace(toSpan(blocks, range), text);
  }
  return new TextVersion(version.uri, version.languageId, version.version, blocks.getText());
}

/** A block has so many characters, some more up to the end of its last line, and not many times as many after edits. */
const BLOCK = 8_192;
const LARGEST_BLOCK = 4 * BLOCK;

/**
 * A text in blocks of whole lines, of which an edit copies one. Each but the last ends with a line break, and none begins
 * with the second character of one.
 */
class Blocks {
  #blocks: readonly TextVersion[] = [];
  #lengths: number[] = [];
  /** How many line breaks each has. */
  #breaks: number[] = [];

  constructor(text: string) {
    this.#splice(0, 0, text);
  }

  getText(): string {
    return this.#blocks.map((block) => block.getText()).join('');
  }

  offsetAt({ line, character }: { readonly line: number; readonly character: number }): number {
    let before = 0;
    let lines = 0;
    let at = 0;
    while (at < this.#blocks.length - 1 && line >= lines + (this.#breaks[at] ?? 0)) {
      before += this.#lengths[at] ?? 0;
      lines += this.#breaks[at] ?? 0;
      at += 1;
    }
    return before + (this.#blocks[at]?.offsetAt({ line: line - lines, character }) ?? 0);
  }

  replace({ start, end }: { readonly start: number; readonly end: number }, text: string): void {
    let first = 0;
    let before = 0;
    const last = this.#blocks.length - 1;
    while (first < last && before + (this.#lengths[first] ?? 0) <= start) {
      before += this.#lengths[first] ?? 0;
      first += 1;
    }
    let behind = first;
    let length = 0;
    do {
      length += this.#lengths[behind] ?? 0;
      behind += 1;
    } while (behind <= last && before + length < end);
    const old = this.#joined(first, behind);
    let content = old.slice(0, start - before) + text + old.slice(end - before);
    // Where the edit has taken a line break apart, or put one together, or taken one away, the neighbours belong to it.
    if (first > 0 && content.startsWith('\n') && this.#blocks[first - 1]?.getText().endsWith('\r')) {
      first -= 1;
      content = this.#joined(first, first + 1) + content;
    }
    while (
      behind <= last &&
      (!/[\r\n]$/.test(content) ||
        (content.endsWith('\r') && this.#blocks[behind]?.getText().startsWith('\n')))
    ) {
      content += this.#joined(behind, behind + 1);
      behind += 1;
    }
    this.#splice(first, behind, content);
  }

  #joined(from: number, to: number): string {
    return this.#blocks
      .slice(from, to)
      .map((block) => block.getText())
      .join('');
  }

  #splice(from: number, to: number, text: string): void {
    const made = text.length > LARGEST_BLOCK || this.#blocks.length === 0 ? split(text) : [text];
    const blocks = made.map((each) => new TextVersion('', '', 0, each));
    const isSame = blocks.length === to - from;
    const [block] = blocks;
    if (isSame && blocks.length === 1 && block !== undefined) {
      (this.#blocks as TextVersion[])[from] = block;
      this.#lengths[from] = text.length;
      this.#breaks[from] = block.lineCount - 1;
      return;
    }
    this.#blocks = [...this.#blocks.slice(0, from), ...blocks, ...this.#blocks.slice(to)];
    this.#lengths = this.#blocks.map((each) => each.getText().length);
    this.#breaks = this.#blocks.map((each) => each.lineCount - 1);
  }
}

/** The parts of a text, each but the last with a line break at its end. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  while (text.length - start > BLOCK) {
    const end = text.indexOf('\n', start + BLOCK) + 1;
    if (end === 0) {
      break;
    }
    parts.push(text.slice(start, end));
    start = end;
  }
  return [...parts, text.slice(start)];
}
