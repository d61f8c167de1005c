import type {
  HclAttribute,
  HclBlock,
  HclBody,
  HclExpression,
  HclName,
  HclObject,
  HclPair,
  HclTemplate,
} from './hclSyntax';
import {
  behindBlanks,
  behindNumber,
  behindWord,
  CLOSE_BRACE,
  indentationAt,
  isDigit,
  isFirstOnLine,
  isWordStart,
  LINE_FEED,
  lineEnd,
  OPEN_BRACE,
  QUOTE,
  quotedExtent,
  sequenceEnd,
} from './hclText';
import { Heredocs } from './heredocs';

/**
 * Parses HCL. Never throws. Where brackets or quotes do not match, the text is read a second time, and then the indentation
 * tells what an open bracket holds: what stands no further in than the line of the bracket is behind it. So a block that
 * is being typed takes none of its neighbours along, and a text without faults is read by its brackets alone.
 */
export function parseHclBody(text: string): HclBody {
  const strict = new Parser(text, false);
  const body = strict.file();
  return strict.isBroken ? new Parser(text, true).file() : body;
}

/** Nesting deeper than this is no policy's, and it bounds every recursion. */
const MAX_DEPTH = 128;

const COMMA = 0x2c;
const EQUALS = 0x3d;
const COLON = 0x3a;
const QUESTION = 0x3f;
const DOT = 0x2e;
const OPEN_PAREN = 0x28;
const CLOSE_PAREN = 0x29;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LESS = 0x3c;
const MINUS = 0x2d;
const BANG = 0x21;

class Parser {
  readonly #text: string;
  readonly #recovers: boolean;
  readonly #heredocs: Heredocs;
  /** Where the reading is. */
  #at = 0;
  #isBroken = false;
  /** Behind the last bracket or quote that closes something. */
  #behind = 0;
  #depth = 0;
  /** Whether a line break means nothing here, as between parentheses and in lists. */
  #overLines = true;
  /** The brackets around, each by the character that closes it, and how far in its line is. */
  readonly #closers: number[] = [];
  readonly #indentations: number[] = [];

  constructor(text: string, recovers: boolean) {
    this.#text = text;
    this.#recovers = recovers;
    this.#heredocs = new Heredocs(text);
  }

  /** Whether brackets, quotes or heredocs do not match. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  file(): HclBody {
    const { items } = this.#bodyItems(true);
    return { kind: 'body', start: 0, end: this.#text.length, items, closed: true };
  }

  #bodyItems(isFile: boolean): { readonly items: (HclAttribute | HclBlock)[]; readonly hasWhole: boolean } {
    const items: (HclAttribute | HclBlock)[] = [];
    let hasWhole = true;
    for (;;) {
      const code = this.#next(true);
      if (this.#at >= this.#text.length || (!isFile && this.#isBehind())) {
        break;
      }
      if (isWordStart(code) || code === QUOTE) {
        const item = this.#bodyItem();
        hasWhole &&= item.kind === 'block' || item.value !== undefined;
        items.push(item);
      } else if (!isFile && isCloser(code) && this.#closes(code)) {
        break;
      } else {
        this.#isBroken ||= isCloser(code);
        this.#at += 1;
      }
    }
    return { items, hasWhole };
  }

  #bodyItem(): HclAttribute | HclBlock {
    const name = this.#name();
    let code = this.#next(false);
    if (code === EQUALS && this.#text.charCodeAt(this.#at + 1) !== EQUALS) {
      this.#at += 1;
      const value = this.#value();
      const end = this.#endOf(value) ?? name.end;
      this.#skipRest();
      return { kind: 'attribute', start: name.start, end, name, value };
    }
    const labels: HclName[] = [];
    while (code === QUOTE || isWordStart(code)) {
      labels.push(this.#name());
      code = this.#next(false);
    }
    if (code === OPEN_BRACE && this.#closers.length < MAX_DEPTH) {
      const start = this.#at;
      this.#open(CLOSE_BRACE);
      const { items, hasWhole } = this.#bodyItems(false);
      const isClosed = this.#close(CLOSE_BRACE);
      const end = this.#at;
      const body: HclBody = {
        kind: 'body',
        start,
        end: isClosed ? end : this.#trimmedEnd(start + 1, items.at(-1)?.end),
        items,
        closed: isClosed && hasWhole,
      };
      return { kind: 'block', start: name.start, end: body.end, type: name, labels, body };
    }
    // A colon is what one writes who thinks of JSON; anything else is yet to be typed.
    if (code === COLON && labels.length === 0) {
      this.#at += 1;
      const value = this.#value();
      const end = this.#endOf(value) ?? name.end;
      this.#skipRest();
      return { kind: 'attribute', start: name.start, end, name, value };
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

  /** Behind a value that has just been read, with the brackets or quotes around it. */
  #endOf(value: HclExpression | undefined): number | undefined {
    return value === undefined ? undefined : Math.max(value.end, this.#behind);
  }

  /** What an attribute's value is, on its line. */
  #value(): HclExpression | undefined {
    const around = this.#overLines;
    this.#overLines = false;
    const value = this.#expression();
    this.#overLines = around;
    return value;
  }

  /** What stands behind a value on its line and cannot be read goes up to the next bracket or line. */
  #skipRest(): void {
    for (;;) {
      const code = this.#next(false);
      if (
        this.#at >= this.#text.length ||
        code === LINE_FEED ||
        code === CLOSE_BRACE ||
        isWordStart(code) ||
        code === QUOTE
      ) {
        return;
      }
      this.#isBroken ||=
        isCloser(code) || code === OPEN_BRACE || code === OPEN_BRACKET || code === OPEN_PAREN;
      this.#at += 1;
    }
  }

  #name(): HclName {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== QUOTE) {
      this.#at = behindWord(this.#text, start);
      return { start, end: this.#at, quoted: false };
    }
    const { end, closed } = quotedExtent(this.#text, start);
    this.#isBroken ||= !closed;
    this.#at = Math.max(end, start + 1);
    return { start, end: this.#at, quoted: true };
  }

  #expression(): HclExpression | undefined {
    if (this.#depth > MAX_DEPTH) {
      this.#isBroken = true;
      return undefined;
    }
    this.#depth += 1;
    const expression = this.#conditional();
    this.#depth -= 1;
    return expression;
  }

  #conditional(): HclExpression | undefined {
    const first = this.#operation();
    const code = this.#next(this.#overLines);
    if (first === undefined || code !== QUESTION) {
      return first;
    }
    this.#at += 1;
    // The parts of a conditional may stand on lines of their own only in brackets.
    const yes = this.#expression();
    if (this.#next(this.#overLines) === COLON) {
      this.#at += 1;
    }
    const no = this.#expression();
    const branches = [yes, no].filter((branch) => branch !== undefined);
    return { kind: 'conditional', start: first.start, end: branches.at(-1)?.end ?? this.#at, branches };
  }

  /** Operands and the operators between them. */
  #operation(): HclExpression | undefined {
    const start = this.#skipTo();
    let isPlain = !this.#skipPrefix();
    const first = this.#operand();
    if (first === undefined) {
      return undefined;
    }
    const parts: HclExpression[] = [first];
    let end = first.end;
    for (let length = this.#operatorLength(); length > 0; length = this.#operatorLength()) {
      isPlain = false;
      this.#at += length;
      this.#skipPrefix();
      const operand = this.#operand();
      end = operand?.end ?? this.#at;
      if (operand === undefined) {
        break;
      }
      parts.push(operand);
    }
    if (isPlain) {
      return first;
    }
    if (parts.length === 1 && first.kind === 'number') {
      return { kind: 'number', start, end };
    }
    return { kind: 'other', start, end, parts };
  }

  #skipPrefix(): boolean {
    let found = false;
    for (
      let code = this.#next(this.#overLines);
      code === MINUS || (code === BANG && this.#text.charCodeAt(this.#at + 1) !== EQUALS);
      code = this.#next(this.#overLines)
    ) {
      this.#at += 1;
      found = true;
    }
    return found;
  }

  #operatorLength(): number {
    const code = this.#next(this.#overLines);
    return OPERATOR_STARTS.has(code)
      ? (OPERATOR.exec(this.#text.slice(this.#at, this.#at + 2))?.[0].length ?? 0)
      : 0;
  }

  /** A term with what is asked of it: names, indexes and splats. */
  #operand(): HclExpression | undefined {
    const start = this.#skipTo();
    if (this.#closers.length > MAX_DEPTH) {
      this.#isBroken = true;
      return undefined;
    }
    const term = this.#term();
    if (term === undefined) {
      return undefined;
    }
    let isAsked = false;
    let isBare = term.kind === 'reference';
    const parts: HclExpression[] = [];
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === DOT && this.#text.charCodeAt(this.#at + 1) !== DOT) {
        this.#at += 1;
        const next = this.#text.charCodeAt(this.#at);
        this.#at = next === 0x2a ? this.#at + 1 : Math.max(behindWord(this.#text, this.#at), this.#at);
      } else if (code === OPEN_BRACKET) {
        const index = this.#index();
        isBare &&= index.every(({ kind }) => kind === 'number' || kind === 'template');
        parts.push(...index);
      } else {
        break;
      }
      isAsked = true;
    }
    if (!isAsked || (isBare && parts.every(({ kind }) => kind !== 'other'))) {
      return isAsked ? { kind: 'reference', start, end: this.#at } : term;
    }
    return { kind: 'other', start, end: this.#at, parts: [term, ...parts] };
  }

  /** `[0]`, `["a"]`, `[each.key]` or `[*]`. */
  #index(): readonly HclExpression[] {
    this.#open(CLOSE_BRACKET);
    this.#overLines = true;
    if (this.#next(true) === 0x2a) {
      this.#at += 1;
      this.#next(true);
      this.#close(CLOSE_BRACKET);
      return [];
    }
    const index = this.#isBehind() ? undefined : this.#expression();
    this.#next(true);
    this.#close(CLOSE_BRACKET);
    return index === undefined ? [] : [index];
  }

  #term(): HclExpression | undefined {
    const start = this.#at;
    const code = this.#text.charCodeAt(start);
    if (this.#at >= this.#text.length) {
      return undefined;
    }
    if (code === QUOTE) {
      return this.#quoted();
    }
    if (isWordStart(code)) {
      return this.#word();
    }
    if (isDigit(code)) {
      this.#at = behindNumber(this.#text, start);
      return { kind: 'number', start, end: this.#at };
    }
    switch (code) {
      case OPEN_BRACE:
        return this.#object();
      case OPEN_BRACKET:
        return this.#tuple();
      case OPEN_PAREN: {
        this.#open(CLOSE_PAREN);
        this.#overLines = true;
        this.#next(true);
        const inner = this.#isBehind() ? undefined : this.#expression();
        this.#next(true);
        this.#close(CLOSE_PAREN);
        return inner ?? { kind: 'other', start, end: this.#at, parts: [] };
      }
      case LESS:
        return this.#heredoc();
      default:
        return undefined;
    }
  }

  #quoted(): HclExpression {
    const start = this.#at;
    const { end, closed } = quotedExtent(this.#text, start);
    this.#isBroken ||= !closed;
    const template: HclTemplate = {
      kind: 'template',
      style: 'quoted',
      start,
      end,
      from: start + 1,
      to: closed ? end - 1 : end,
      closed,
    };
    // `"${expression}"` is what the expression is (HCL native syntax specification, "Template Unwrapping").
    if (closed && this.#text.startsWith('${', start + 1) && sequenceEnd(this.#text, start + 1) === end - 1) {
      const inner = this.#unwrapped(start + 3, end - 2);
      this.#at = end;
      this.#behind = end;
      return inner === undefined || inner.kind === 'template' || inner.kind === 'number'
        ? template
        : inner.kind === 'reference' || inner.kind === 'other'
          ? { ...inner, start, end }
          : inner;
    }
    this.#at = end;
    return template;
  }

  #unwrapped(from: number, to: number): HclExpression | undefined {
    const overLines = this.#overLines;
    this.#overLines = true;
    this.#at = from;
    const inner = this.#expression();
    const isAll = behindBlanks(this.#text, this.#at, true) >= to;
    this.#overLines = overLines;
    return isAll ? inner : undefined;
  }

  #heredoc(): HclTemplate | undefined {
    const start = this.#at;
    const extent = this.#heredocs.at(start);
    if (extent === undefined) {
      return undefined;
    }
    const { from, to, end, closed, indented } = extent;
    this.#isBroken ||= !closed;
    this.#at = end;
    return {
      kind: 'template',
      style: indented ? 'indented-heredoc' : 'heredoc',
      start,
      end,
      from,
      to,
      closed,
    };
  }

  #word(): HclExpression {
    const start = this.#at;
    let end = behindWord(this.#text, start);
    // Functions of providers have names with colons.
    while (this.#text.startsWith('::', end) && isWordStart(this.#text.charCodeAt(end + 2))) {
      end = behindWord(this.#text, end + 2);
    }
    this.#at = end;
    if (this.#text.charCodeAt(end) === OPEN_PAREN) {
      return this.#call(start, this.#text.slice(start, end));
    }
    const word = this.#text.slice(start, end);
    switch (word) {
      case 'true':
      case 'false':
        return { kind: 'boolean', start, end };
      case 'null':
        return { kind: 'null', start, end };
      default:
        return { kind: 'reference', start, end };
    }
  }

  #call(start: number, name: string): HclExpression {
    this.#open(CLOSE_PAREN);
    const args = this.#list(CLOSE_PAREN);
    this.#close(CLOSE_PAREN);
    return { kind: 'call', start, end: this.#at, name, args };
  }

  #tuple(): HclExpression {
    const start = this.#at;
    this.#open(CLOSE_BRACKET);
    if (this.#isFor()) {
      return this.#for(start, CLOSE_BRACKET);
    }
    const items = this.#list(CLOSE_BRACKET);
    const closed = this.#close(CLOSE_BRACKET);
    const end = closed ? this.#at : this.#trimmedEnd(start + 1, items.at(-1)?.end);
    return { kind: 'tuple', start, end, items, closed };
  }

  /** Expressions with commas between them, up to a closing bracket. */
  #list(closer: number): readonly HclExpression[] {
    this.#overLines = true;
    const items: HclExpression[] = [];
    for (;;) {
      const code = this.#next(true);
      if (this.#at >= this.#text.length || this.#isBehind() || code === closer) {
        break;
      }
      if (isCloser(code)) {
        if (this.#closes(code)) {
          break;
        }
        this.#isBroken = true;
        this.#at += 1;
        continue;
      }
      const item = code === COMMA ? undefined : this.#expression();
      if (item === undefined) {
        this.#isBroken ||= code === EQUALS;
        this.#at += isCloser(this.#text.charCodeAt(this.#at)) ? 0 : 1;
      } else {
        items.push(item);
      }
    }
    return items;
  }

  /** Whether `for` stands behind an opening bracket. */
  #isFor(): boolean {
    this.#next(true);
    return this.#text.startsWith('for', this.#at) && /\s/.test(this.#text.charAt(this.#at + 3));
  }

  #for(start: number, closer: number): HclExpression {
    const makes = closer === CLOSE_BRACKET ? 'tuple' : 'object';
    this.#overLines = true;
    this.#at += 3;
    // The names, `in` and the collection.
    this.#skipToColon();
    let body = this.#isBehind() ? undefined : this.#expression();
    if (this.#next(true) === EQUALS && this.#text.charCodeAt(this.#at + 1) === 0x3e) {
      this.#at += 2;
      body = this.#expression();
    }
    for (let code = this.#next(true); code === DOT; code = this.#next(true)) {
      this.#at += 1;
    }
    const condition = behindWord(this.#text, this.#at);
    if (this.#text.slice(this.#at, condition) === 'if') {
      this.#at = condition;
      this.#expression();
    }
    this.#next(true);
    this.#close(closer);
    return { kind: 'for', start, end: this.#at, makes, body };
  }

  #skipToColon(): void {
    for (;;) {
      const code = this.#next(true);
      if (this.#at >= this.#text.length || isCloser(code) || this.#isBehind()) {
        return;
      }
      if (code === COLON) {
        this.#at += 1;
        this.#next(true);
        return;
      }
      const before = this.#at;
      this.#expression();
      this.#at += this.#at === before ? 1 : 0;
    }
  }

  #object(): HclExpression {
    const start = this.#at;
    this.#open(CLOSE_BRACE);
    if (this.#isFor()) {
      return this.#for(start, CLOSE_BRACE);
    }
    const pairs: HclPair[] = [];
    let hasWhole = true;
    for (;;) {
      const code = this.#next(true);
      if (this.#at >= this.#text.length || this.#isBehind()) {
        break;
      }
      if (isCloser(code)) {
        if (this.#closes(code)) {
          break;
        }
        this.#isBroken = true;
        this.#at += 1;
      } else {
        const pair = code === COMMA ? undefined : this.#pair();
        if (pair === undefined) {
          this.#isBroken ||= code === OPEN_BRACE || code === OPEN_BRACKET;
          this.#at += 1;
        } else {
          hasWhole &&= pair.value !== undefined;
          pairs.push(pair);
        }
      }
    }
    const isClosed = this.#close(CLOSE_BRACE);
    const end = isClosed ? this.#at : this.#trimmedEnd(start + 1, pairs.at(-1)?.end);
    const object: HclObject = { kind: 'object', start, end, pairs, closed: isClosed && hasWhole };
    return object;
  }

  #pair(): HclPair | undefined {
    const start = this.#at;
    const code = this.#text.charCodeAt(start);
    let key: HclName | HclExpression | undefined;
    if (isWordStart(code)) {
      const word = this.#name();
      // `(var.a) = …` needs its parentheses, but a traversal without them is written too.
      const behind = this.#text.charCodeAt(this.#at);
      if (behind === DOT || behind === OPEN_PAREN || behind === OPEN_BRACKET) {
        this.#at = start;
        key = this.#keyExpression();
      } else {
        key = word;
      }
    } else {
      key = this.#keyExpression();
    }
    if (key === undefined) {
      return undefined;
    }
    const next = this.#next(false);
    if (next !== COLON && (next !== EQUALS || /[=>]/.test(this.#text.charAt(this.#at + 1)))) {
      return { start, end: key.end, key, value: undefined };
    }
    const behind = this.#at + 1;
    this.#at = behind;
    const value = this.#value();
    return { start, end: this.#endOf(value) ?? key.end, key, value };
  }

  #keyExpression(): HclExpression | undefined {
    const overLines = this.#overLines;
    this.#overLines = false;
    const key = this.#operand();
    this.#overLines = overLines;
    return key;
  }

  /** Behind blanks and comments; what stands there. */
  #next(overLines: boolean): number {
    this.#at = behindBlanks(this.#text, this.#at, overLines);
    return this.#text.charCodeAt(this.#at);
  }

  #skipTo(): number {
    this.#next(this.#overLines);
    return this.#at;
  }

  readonly #modes: boolean[] = [];

  /** Goes behind an opening bracket. */
  #open(closer: number): void {
    this.#closers.push(closer);
    this.#indentations.push(this.#recovers ? indentationAt(this.#text, this.#at) : 0);
    this.#modes.push(this.#overLines);
    this.#at += 1;
  }

  /** Takes the closing bracket, if it is there; else that is a fault. */
  #close(closer: number): boolean {
    const isThere = this.#text.charCodeAt(this.#at) === closer && !this.#isBehind();
    this.#closers.pop();
    this.#indentations.pop();
    this.#overLines = this.#modes.pop() ?? true;
    this.#isBroken ||= !isThere;
    this.#at += isThere ? 1 : 0;
    this.#behind = isThere ? this.#at : this.#behind;
    return isThere;
  }

  /** Whether a closing bracket closes something that is open. */
  #closes(code: number): boolean {
    return this.#closers.includes(code);
  }

  /**
   * Whether what stands here is behind the innermost bracket although that has not been closed: it begins a line that is no
   * further in than the line of the bracket.
   */
  #isBehind(): boolean {
    if (!this.#recovers || !isFirstOnLine(this.#text, this.#at)) {
      return false;
    }
    const opened = this.#indentations.at(-1);
    if (opened === undefined) {
      return false;
    }
    const here = indentationAt(this.#text, this.#at);
    return isCloser(this.#text.charCodeAt(this.#at)) ? here < opened : here <= opened;
  }

  /** Where something without its bracket ends: behind the last that it holds. */
  #trimmedEnd(from: number, last: number | undefined): number {
    return last ?? Math.min(from, lineEnd(this.#text, from));
  }
}

function isCloser(code: number): boolean {
  return code === CLOSE_BRACE || code === CLOSE_BRACKET || code === CLOSE_PAREN;
}

const OPERATOR_STARTS: ReadonlySet<number> = new Set([...'=!<>&|*/%+-'].map((each) => each.charCodeAt(0)));
const OPERATOR = /^(?:==|!=|<=|>=|&&|\|\||[*/%+-]|<(?!<)|>)/;
