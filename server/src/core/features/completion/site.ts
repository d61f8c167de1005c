import type {
  ArrayNode,
  MemberNode,
  ObjectNode,
  SourceText,
  StringNode,
  SyntaxNode,
} from '../../syntax/nodes';
import { indexAt, valueIndexAt } from '../../syntax/stringSpans';

/** Where an accepted proposal goes, and what has to go with it so that the text is valid. Indexes are the source's. */
export interface Site {
  readonly source: SourceText;
  readonly role: 'name' | 'value';
  /** Whether a value stands in a list or is all that its member has. */
  readonly holder: 'list' | 'member';
  /** The string at the cursor, if it has both its quotes. */
  readonly string: StringNode | undefined;
  /** Whether what is replaced begins with a quote. */
  readonly quoted: boolean;
  /** What is replaced as a whole, quotes included. */
  readonly from: number;
  readonly to: number;
  /** The text of the string, or the bare word, up to the cursor and behind it. */
  readonly before: string;
  readonly after: string;
  /** What is missing in front of it, at the end of what stands there. */
  readonly missing: { readonly at: number; readonly text: ',' | ':' } | undefined;
  /** Whether a comma is missing behind it. */
  readonly commaAfter: boolean;
  /** What a name has already: a value, and perhaps its colon. */
  readonly value: 'absent' | 'present' | 'without-colon';
}

/** The place of a word with which nothing else has to be written, no comma and no colon. */
export function wordSite(
  source: SourceText,
  { from, to, before, after }: Pick<Site, 'from' | 'to' | 'before' | 'after'>,
  rest: Pick<Site, 'role' | 'holder' | 'quoted' | 'value'>,
): Site {
  return {
    source,
    from,
    to,
    before,
    after,
    ...rest,
    string: undefined,
    missing: undefined,
    commaAfter: false,
  };
}

export type Container = ObjectNode | ArrayNode;

/** A key, a value or an item, with where it stands in the source. */
interface Part {
  readonly node: SyntaxNode;
  readonly member: MemberNode | undefined;
  readonly role: Site['role'];
  readonly from: number;
  readonly to: number;
}

export interface Surroundings {
  readonly container: Container;
  readonly parts: readonly Part[];
  /** Where the inside of the container begins and ends, the latter even if its bracket is yet to be typed. */
  readonly from: number;
  readonly to: number;
}

/** The innermost object or list around an index, from a root on. */
export function containerAt(source: SourceText, root: Container, index: number): Surroundings | undefined {
  let current = surroundingsOf(source, root, source.text.length);
  while (current.from <= index && index <= current.to) {
    const { parts, to } = current;
    const inner = parts
      .map((part, at) => ({ part, end: parts[at + 1]?.from ?? to }))
      .findLast(({ part, end }) => isContainer(part.node) && part.from < index && index <= end);
    if (inner === undefined || !isContainer(inner.part.node)) {
      return current;
    }
    const next = surroundingsOf(source, inner.part.node, inner.end);
    if (index > next.to) {
      return current;
    }
    current = next;
  }
  return undefined;
}

function surroundingsOf(source: SourceText, container: Container, limit: number): Surroundings {
  const nodes: Omit<Part, 'from' | 'to'>[] =
    container.kind === 'array'
      ? container.items.map((node) => ({ node, member: undefined, role: 'value' as const }))
      : container.members.flatMap((member) => [
          { node: member.key, member, role: 'name' as const },
          ...(member.value === undefined ? [] : [{ node: member.value, member, role: 'value' as const }]),
        ]);
  return {
    container,
    parts: nodes.map((part) => ({
      ...part,
      from: indexAt(source, part.node.span.start),
      to: endOf(source, part.node),
    })),
    from: indexAt(source, container.span.start) + 1,
    to: container.closed ? indexAt(source, container.span.end) - 1 : limit,
  };
}

/** A comma behind which a bracket is missing separates what is outside. */
function endOf(source: SourceText, node: SyntaxNode): number {
  const end = indexAt(source, node.span.end);
  return isContainer(node) && !node.closed ? startOfRun(source.text, end, /[\s,]/) : end;
}

function isContainer(node: SyntaxNode): node is Container {
  return node.kind === 'object' || node.kind === 'array';
}

export interface FoundSite {
  readonly site: Site;
  /** The member that is named or whose value is asked for; absent for a new name and in a list. */
  readonly member: MemberNode | undefined;
  /** The key, value or item at hand. */
  readonly node: SyntaxNode | undefined;
}

/** Where a name or a value goes among the parts of a container; `undefined` where nothing can go. */
export function siteIn(
  source: SourceText,
  around: Surroundings,
  index: number,
  offset: number,
): FoundSite | undefined {
  const { text } = source;
  const { container, parts } = around;
  const touched = parts.find((part) => isTouched(part, index));
  const { from, to, before, after, closed } =
    touched === undefined ? bareWord(text, index, around) : writtenAt(text, touched, index, offset);
  const others = parts.filter((part) => part !== touched);
  const previous = others.findLast((part) => part.to <= from);
  const next = others.find((part) => part.from >= to);
  const gap = gapOf(text.slice(previous?.to ?? around.from, from));
  const behind = text.slice(to, Math.max(to, next?.from ?? around.to));
  const isGuess = touched === undefined && (previous?.to === from || gapOf(behind) === undefined);
  if (gap === undefined || isGuess) {
    return undefined;
  }
  const written = { source, string: closed, quoted: text.charAt(from) === '"', from, to, before, after };
  const owner = container.kind === 'object' ? valueOwner(previous, gap, touched) : undefined;
  if (container.kind === 'object' && owner === undefined) {
    const end = nameEnd(touched, next, behind, written);
    const site = { ...written, ...end, missing: missingBefore(previous, gap, ',') };
    return { site, member: touched?.member, node: touched?.node };
  }
  if (owner?.value !== undefined && owner.value !== touched?.node) {
    return undefined;
  }
  const site = {
    ...written,
    role: 'value',
    holder: owner === undefined ? 'list' : 'member',
    value: 'absent',
    missing: missingBefore(previous, gap, owner === undefined ? ',' : ':'),
    commaAfter: needsComma(next, behind),
  } as const;
  return { site, member: owner, node: touched?.node };
}

/** What stands behind a name, and what is still to come. */
function nameEnd(
  touched: Part | undefined,
  next: Part | undefined,
  behind: string,
  { to, string }: Pick<Site, 'to' | 'string'>,
): Pick<Site, 'role' | 'holder' | 'value' | 'commaAfter' | 'to' | 'string'> {
  const name = { role: 'name', holder: 'member', to, string, commaAfter: false } as const;
  const isOwnValue = next !== undefined && next.member === touched?.member;
  const colon = /^\s*:(?:[ \t]*(?=[,\r\n]))?/.exec(behind)?.[0];
  if (colon === undefined) {
    return isOwnValue
      ? { ...name, value: 'without-colon' }
      : { ...name, value: 'absent', commaAfter: needsComma(next, behind) };
  }
  const gap = gapOf(behind);
  const hasValue =
    gap === undefined || (!gap.includes(',') && next !== undefined && (touched === undefined || isOwnValue));
  // A colon without a value is replaced together with the name, which goes for one line only.
  return hasValue || /[\r\n]/.test(colon)
    ? { ...name, value: 'present' }
    : {
        ...name,
        value: 'absent',
        to: to + colon.length,
        string: undefined,
        commaAfter: needsComma(next, behind.slice(colon.length)),
      };
}

/** A string is touched between its quotes, a word or a number also at its end. */
function isTouched({ node, from, to }: Part, index: number): boolean {
  if (isContainer(node) || index <= from) {
    return false;
  }
  return node.kind === 'string' && node.closed ? index < to : index <= to;
}

interface Written {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
  readonly closed: StringNode | undefined;
}

/**
 * The string, number or keyword that the cursor stands in. A string without its closing quote goes on to the end of
 * the line or takes the next string's opening quote for its own: where punctuation follows the word at the cursor, only
 * the word is taken from it.
 */
function writtenAt(text: string, { node, from, to }: Part, index: number, offset: number): Written {
  if (node.kind !== 'string') {
    return { from, to, before: text.slice(from, index), after: text.slice(index, to), closed: undefined };
  }
  const at = valueIndexAt(node, offset);
  const before = node.value.slice(0, at);
  if (!node.closed || /[\w*$]/.test(text.charAt(to))) {
    const after = wordAfter(text, index, WORD_IN_STRING);
    const end = index + after.length;
    if (/^\s*(?:[,:[\]{}]|"?$)/.test(text.slice(end, to))) {
      return { from, to: end, before, after, closed: undefined };
    }
  }
  return { from, to, before, after: node.value.slice(at), closed: node.closed ? node : undefined };
}

/** The word without quotes at an index. */
export function bareWord(
  text: string,
  index: number,
  { from: inside, to: limit }: Pick<Surroundings, 'from' | 'to'>,
): Written {
  const start = Math.max(inside, startOfRun(text, index, /[\w:*?.@-]/));
  const before = text.slice(start, index).replace(/^:+/, '');
  const after = wordAfter(text.slice(0, limit), index, BARE_WORD);
  return {
    from: index - before.length,
    to: index + after.length,
    before,
    after,
    closed: undefined,
  };
}

/** Where the characters of a kind begin that end at an index. */
function startOfRun(text: string, end: number, kind: RegExp): number {
  let start = end;
  while (start > 0 && kind.test(text.charAt(start - 1))) {
    start -= 1;
  }
  return start;
}

/** A colon at the end is a member's, and a brace an object's. */
function wordAfter(text: string, index: number, word: RegExp): string {
  return (word.exec(text.slice(index))?.[0] ?? '').replace(/(?<![:}])[:}]+$/, '');
}

const BARE_WORD = /^[\w:*?.@-]*/;
const WORD_IN_STRING = /^[\w:*?.@/${}-]*/;

/**
 * The text between two parts without its comments: nothing but blanks, commas and a colon. `undefined` if there is
 * anything else, or if a comment does not end.
 */
export function gapOf(text: string): string | undefined {
  const bare = text.replace(/\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (comment, at: number) =>
    // One that does not end stays, and is neither blanks nor a colon.
    (comment.startsWith('//') ? at + comment.length < text.length : /^.{2}[\s\S]*\*\/$/.test(comment))
      ? comment.replace(/[^\r\n]/g, ' ')
      : comment,
  );
  return /^[\s,]*(?::[\s,]*)?$/.test(bare) ? bare : undefined;
}

/** The member whose value the place is, going by the key in front of it. */
function valueOwner(
  previous: Part | undefined,
  gap: string,
  touched: Part | undefined,
): MemberNode | undefined {
  if (touched?.role === 'name') {
    return undefined;
  }
  if (touched?.member !== undefined) {
    return touched.member;
  }
  return previous?.role === 'name' && !gap.includes(',') ? previous.member : undefined;
}

function missingBefore(previous: Part | undefined, gap: string, wanted: ',' | ':'): Site['missing'] {
  return previous === undefined || gap.includes(wanted) ? undefined : { at: previous.to, text: wanted };
}

/** Where the gap holds something that cannot be read, a comma would be a guess. */
function needsComma(next: Part | undefined, behind: string): boolean {
  return next !== undefined && gapOf(behind)?.includes(',') === false;
}
