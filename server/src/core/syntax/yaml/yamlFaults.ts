import type { CST } from 'yaml';

/**
 * Where the tokens of a stream make no YAML, as indexes into the text, in order. The library says it of trees only, whose
 * part of it is as large as the rest; this is held against that (YAML 1.2.2, chapters 6 to 9).
 */
export function faultsOfTokens(tokens: readonly CST.Token[]): readonly number[] {
  const faults: number[] = [];
  const open: (CST.Token | null | undefined)[] = [...tokens];
  while (open.length > 0) {
    const token = open.pop();
    if (token !== undefined && token !== null) {
      note(token, faults, open);
    }
  }
  return faults.toSorted((a, b) => a - b);
}

function note(token: CST.Token, faults: number[], open: (CST.Token | null | undefined)[]): void {
  switch (token.type) {
    case 'error':
      faults.push(token.offset);
      return;
    case 'document':
      noteErrors(token.start, faults);
      noteErrors(token.end, faults);
      open.push(token.value);
      return;
    case 'block-map':
      for (const item of token.items) {
        noteMapItem(item, token.indent, faults);
        noteErrors(item.start, faults);
        noteErrors(item.sep, faults);
        open.push(item.value, item.key);
      }
      return;
    case 'block-seq':
      for (const item of token.items) {
        noteErrors(item.start, faults);
        if (item.value && !item.start.some(({ type }) => type === 'seq-item-ind')) {
          faults.push(item.value.offset);
        }
        open.push(item.value);
      }
      return;
    case 'flow-collection':
      noteFlow(token, faults);
      for (const item of token.items) {
        noteErrors(item.start, faults);
        noteErrors(item.sep, faults);
        open.push(item.value, item.key);
      }
      return;
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      if (token.source.length < 2 || !token.source.endsWith(token.source.charAt(0))) {
        faults.push(token.offset);
      }
      noteErrors(token.end, faults);
      return;
    case 'block-scalar':
      noteErrors(token.props, faults);
      return;
    case 'scalar':
    case 'alias':
      noteErrors(token.end, faults);
      return;
    default:
  }
}

/** A key without an own mark stands in one line, where those of its mapping do, in front of a colon and no other mapping. */
function noteMapItem(
  { start, key, sep = [], value }: CST.CollectionItem,
  indent: number,
  faults: number[],
): void {
  const isExplicit = start.some(({ type }) => type === 'explicit-key-ind');
  const colon = sep.findIndex(({ type }) => type === 'map-value-ind');
  if (isExplicit) {
    return;
  }
  if (key && (isBlock(key) || ('indent' in key && key.indent !== indent) || isOverLines(key))) {
    faults.push(key.offset);
  }
  if (key && colon < 0) {
    faults.push(key.offset);
  }
  if (value && isBlock(value) && !sep.slice(colon + 1).some(({ type }) => type === 'newline')) {
    faults.push(value.offset);
  }
}

function noteFlow({ start, items, end }: CST.FlowCollection, faults: number[]): void {
  const closer = start.type === 'flow-map-start' ? 'flow-map-end' : 'flow-seq-end';
  if (!end.some(({ type }) => type === closer)) {
    faults.push(start.offset);
  }
  noteErrors(end, faults);
  items.forEach((item, index) => {
    const isApart = index === 0 || item.start.some(({ type }) => type === 'comma');
    if (!isApart && (item.key || item.value || item.sep)) {
      faults.push(item.key?.offset ?? item.value?.offset ?? start.offset);
    }
    const lacksColon = item.key && !item.sep?.some(({ type }) => type === 'map-value-ind');
    if (item.value && (lacksColon || isBlock(item.value))) {
      faults.push(item.value.offset);
    }
  });
}

/** What stands around values, other than blanks, marks and comments. */
function noteErrors(tokens: readonly CST.Token[] | undefined, faults: number[]): void {
  for (const { type, offset } of tokens ?? []) {
    if (!AROUND_VALUES.has(type)) {
      faults.push(offset);
    }
  }
}

const AROUND_VALUES: ReadonlySet<string> = new Set([
  'byte-order-mark',
  'doc-start',
  'doc-end',
  'space',
  'comment',
  'newline',
  'comma',
  'anchor',
  'tag',
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
  'flow-map-end',
  'flow-seq-end',
  'flow-error-end',
  'block-scalar-header',
]);

function isBlock({ type }: CST.Token): boolean {
  return type === 'block-map' || type === 'block-seq';
}

function isOverLines(token: CST.Token): boolean {
  return token.type !== 'block-scalar' && 'source' in token && token.source.includes('\n');
}
