import type { SourceText, Span, StringNode } from './nodes';

/**
 * The document span of a slice of a string's value, exact across JSON escapes and across strings in strings.
 *
 * @param from index into `node.value`, UTF-16
 * @param to index into `node.value`, at least `from`; an empty slice gives an empty span
 */
export function spanOfValue(node: StringNode, from: number, to: number): Span {
  return { start: offsetInDocument(node, from), end: offsetInDocument(node, to) };
}

/** The document offset at which the value's code unit `index` begins; `value.length` gives the end of the content. */
export function offsetInDocument(node: StringNode, index: number): number {
  return node.source.offsetAt(tokenIndex(node, index));
}

/**
 * The index into the value that a document offset falls on; an offset inside an escape gives the escape's
 * own code unit, one outside the content is clamped to it.
 */
export function valueIndexAt(node: StringNode, offset: number): number {
  const { text } = node.source;
  const end = contentEnd(node);
  let index = 0;
  for (let at = node.tokenStart + 1; at < end; ) {
    const step = stepAt(text, at);
    if (step.units > 0 && node.source.offsetAt(Math.min(step.next, end)) > offset) {
      return index;
    }
    index += step.units;
    at = step.next;
  }
  return index;
}

/** The content between the quotes. */
export function contentSpan(node: StringNode): Span {
  return {
    start: node.source.offsetAt(Math.min(node.tokenStart + 1, node.tokenEnd)),
    end: node.source.offsetAt(contentEnd(node)),
  };
}

/** The text of a document as a front end parses it at the top level. */
export function documentSource(text: string): SourceText {
  return { text, offsetAt: (index) => index, encode: (inserted) => inserted };
}

/**
 * The value of a string as a text of its own, for a policy that is written inside a string.
 * Spans found in it are spans of the document, and text inserted into it is escaped once more.
 */
export function nestedSource(node: StringNode): SourceText {
  const offsets = new Int32Array(node.value.length + 1);
  const { text } = node.source;
  const end = contentEnd(node);
  let index = 0;
  for (let at = node.tokenStart + 1; at < end; ) {
    const step = stepAt(text, at);
    if (step.units > 0) {
      offsets[index] = node.source.offsetAt(at);
      index += 1;
    }
    at = step.next;
  }
  offsets[node.value.length] = node.source.offsetAt(end);
  return {
    text: node.value,
    offsetAt: (at) => offsets[Math.min(at, node.value.length)] ?? 0,
    encode: (inserted) => node.source.encode(JSON.stringify(inserted).slice(1, -1)),
  };
}

/** The index into a text that has a document offset, or the next one: the reverse of `offsetAt`, by bisection. */
export function indexAt(source: SourceText, offset: number): number {
  let low = 0;
  let high = source.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (source.offsetAt(middle) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function tokenIndex(node: StringNode, index: number): number {
  const start = node.tokenStart + 1;
  const end = contentEnd(node);
  // Without escapes the content is the value, letter by letter: nearly every string of a policy.
  if (end - start === node.value.length) {
    return start + Math.min(index, node.value.length);
  }
  const { text } = node.source;
  let at = start;
  for (let seen = 0; at < end; ) {
    const step = stepAt(text, at);
    if (seen >= index && step.units > 0) {
      break;
    }
    seen += step.units;
    at = step.next;
  }
  return Math.min(at, end);
}

function contentEnd(node: StringNode): number {
  return node.closed ? node.tokenEnd - 1 : node.tokenEnd;
}

/**
 * The next code unit of a value and where it ends in the source. A faulty escape gives none: jsonc-parser
 * drops it from the value, and so must the map.
 */
function stepAt(text: string, at: number): { readonly next: number; readonly units: 0 | 1 } {
  if (text.charCodeAt(at) !== BACKSLASH) {
    return { next: at + 1, units: 1 };
  }
  const escaped = text.charAt(at + 1);
  if (escaped === 'u') {
    const digits = /^[0-9a-fA-F]{0,4}/.exec(text.slice(at + 2, at + 6))?.[0].length ?? 0;
    return { next: at + 2 + digits, units: digits === 4 ? 1 : 0 };
  }
  return { next: at + 2, units: '"\\/bfnrt'.includes(escaped) && escaped !== '' ? 1 : 0 };
}

const BACKSLASH = 0x5c;
