import { createScanner, type JSONScanner, ScanError, SyntaxKind as Token } from 'jsonc-parser';
import { nodeAt, spanIn } from './jsonNodes';
import {
  ABSENT,
  ARRAY,
  BOOLEAN,
  CLOSED,
  JsonTape,
  NULL,
  NUMBER,
  OBJECT,
  OPAQUE,
  PLAIN,
  STRING,
} from './jsonTape';
import type { SourceText, Span, SyntaxFault, SyntaxFaultCode, SyntaxTree } from './nodes';
import { documentSource } from './stringSpans';

/** In `json` comments and trailing commas are faults; in `jsonc` they are not. */
export type JsonDialect = 'json' | 'jsonc';

/**
 * Parses JSON and JSONC into the syntax port. Never throws, keeps duplicate keys, and keeps everything that
 * stands before and after a fault: a policy is mostly half-typed while somebody writes it.
 *
 * The scanner is jsonc-parser's. The grammar on top is ours, because jsonc-parser's own tree loses the member
 * after a missing value or bracket, which is just where the author is typing.
 */
export function parseJson(text: string, dialect: JsonDialect): SyntaxTree {
  return parseJsonSource(documentSource(text), dialect);
}

/** As `parseJson`, for a text that stands inside a document: every span is the document's. */
export function parseJsonSource(source: SourceText, dialect: JsonDialect): SyntaxTree {
  return new JsonParser(source, dialect).parse();
}

/** Containers nested deeper than this are opaque: no policy is, and it bounds every recursion over a tree. */
const MAX_DEPTH = 256;

class JsonParser {
  private readonly scanner: JSONScanner;
  private readonly faults: SyntaxFault[] = [];
  private token: Token = Token.Unknown;
  /** Indexes of the token at hand into the source's text, and what the tape is to know of a string. */
  private tokenStart = 0;
  private tokenEnd = 0;
  private tokenFlags = 0;
  private readonly tape: JsonTape;
  private depth = 0;
  /** How many enclosing arrays and objects still wait for their bracket, so that a stray one is told from theirs. */
  private openArrays = 0;
  private openObjects = 0;
  private previousEnd = 0;
  /** How many characters are white space up to the end of the token at hand, and of the one before. */
  private blanks = 0;
  private previousBlanks = 0;
  /** Whether something that is no token stood before the one at hand: its fault is enough. */
  private skippedSymbol = false;
  private readonly source: SourceText;
  private readonly dialect: JsonDialect;

  constructor(source: SourceText, dialect: JsonDialect) {
    this.source = source;
    this.dialect = dialect;
    this.tape = new JsonTape(source);
    this.scanner = createScanner(source.text, false);
  }

  parse(): SyntaxTree {
    this.next();
    const hasRoot = this.parseValue();
    if (this.token !== Token.EOF) {
      this.fault(hasRoot ? 'end-of-file-expected' : 'value-expected', this.tokenSpan());
    }
    // Most are found where they stand; a comma is known to trail only at the bracket behind it.
    this.faults.sort((a, b) => a.span.start - b.span.start);
    const root = hasRoot ? nodeAt(this.tape, 0, undefined) : undefined;
    return { root, source: this.source, faults: this.faults };
  }

  private next(): Token {
    this.previousEnd = this.tokenEnd;
    this.previousBlanks = this.blanks;
    this.skippedSymbol = false;
    for (;;) {
      this.token = this.scanPlainToken() ?? this.scanAnyToken();
      switch (this.token) {
        case Token.LineBreakTrivia:
        case Token.Trivia:
          continue;
        case Token.LineCommentTrivia:
        case Token.BlockCommentTrivia:
          this.fault('comment-not-permitted', this.tokenSpan());
          continue;
        case Token.Unknown:
          this.fault('invalid-symbol', this.tokenSpan());
          this.skippedSymbol = true;
          continue;
        default:
          return this.token;
      }
    }
  }

  /**
   * Punctuation, and strings without escapes: nearly all of a policy, and read several times faster here than by the
   * scanner. `undefined` for anything else, and nothing is consumed then but blanks.
   */
  private scanPlainToken(): Token | undefined {
    const { text } = this.source;
    let at = this.tokenEnd;
    let code = text.charCodeAt(at);
    while (isBlank(code)) {
      at += 1;
      code = text.charCodeAt(at);
    }
    this.blanks += at - this.tokenEnd;
    this.tokenStart = at;
    this.tokenEnd = at;
    if (code !== QUOTE) {
      const token = punctuation(code);
      if (token !== undefined) {
        this.tokenEnd = at + 1;
      }
      return token;
    }
    let spaces = 0;
    for (let end = at + 1; ; end += 1) {
      code = text.charCodeAt(end);
      if (code === SPACE) {
        spaces += 1;
        continue;
      }
      if (code === QUOTE) {
        this.blanks += spaces;
        this.tokenEnd = end + 1;
        this.tokenFlags = CLOSED | PLAIN;
        return Token.StringLiteral;
      }
      // Escapes, control characters and the end of the text, where the code is NaN.
      if (code === BACKSLASH || !(code > SPACE)) {
        return undefined;
      }
    }
  }

  private scanAnyToken(): Token {
    const from = this.tokenEnd;
    this.scanner.setPosition(from);
    const token = this.scanner.scan();
    this.tokenStart = this.scanner.getTokenOffset();
    // The scanner lets a comment without an end reach beyond the text.
    this.tokenEnd = Math.min(this.scanner.getPosition(), this.source.text.length);
    this.blanks += blanksBetween(this.source.text, from, this.tokenEnd);
    const error = this.scanner.getTokenError();
    this.tokenFlags = error === ScanError.UnexpectedEndOfString ? 0 : CLOSED;
    if (error !== ScanError.None) {
      this.fault(faultOfScanError(error), this.tokenSpan());
    }
    return token;
  }

  /** Writes the value that the token at hand starts. Where it cannot start one, nothing is consumed or written. */
  private parseValue(): boolean {
    switch (this.token) {
      case Token.OpenBraceToken:
        if (this.depth < MAX_DEPTH) {
          this.parseObject();
        } else {
          this.skipContainer();
        }
        return true;
      case Token.OpenBracketToken:
        if (this.depth < MAX_DEPTH) {
          this.parseArray();
        } else {
          this.skipContainer();
        }
        return true;
      case Token.StringLiteral:
        return this.takeToken(STRING | this.tokenFlags);
      case Token.NumericLiteral:
        if (Number.isNaN(Number(this.source.text.slice(this.tokenStart, this.tokenEnd)))) {
          this.fault('invalid-number', this.tokenSpan());
        }
        return this.takeToken(NUMBER);
      case Token.TrueKeyword:
      case Token.FalseKeyword:
        return this.takeToken(BOOLEAN);
      case Token.NullKeyword:
        return this.takeToken(NULL);
      default:
        return false;
    }
  }

  private takeToken(what: number): true {
    this.tape.write(what, this.tokenStart, this.tokenEnd);
    this.next();
    return true;
  }

  private parseObject(): void {
    const at = this.openContainer(OBJECT);
    const blanksBefore = this.blanks;
    let count = 0;
    this.openObjects += 1;
    this.next();
    let comma: number | undefined;
    let needsComma = false;
    while (!this.atObjectEnd()) {
      if (this.token === Token.CommaToken) {
        if (needsComma) {
          comma = this.tokenStart;
        } else {
          this.fault('property-name-expected', this.tokenSpan());
        }
        needsComma = false;
        this.next();
        continue;
      }
      if (this.token !== Token.StringLiteral) {
        // A token that fits nowhere is stepped over alone, so that what follows it is still read.
        this.fault('property-name-expected', this.tokenSpan());
        this.next();
        continue;
      }
      if (needsComma) {
        this.fault('comma-expected', this.tokenSpan());
      }
      this.parseMember();
      count += 1;
      comma = undefined;
      needsComma = true;
    }
    if (comma !== undefined) {
      this.fault('trailing-comma', this.span(comma, comma + 1));
    }
    this.openObjects -= 1;
    this.closeContainer(at, count, blanksBefore, this.token === Token.CloseBraceToken);
  }

  private parseMember(): void {
    const { tape } = this;
    const at = tape.writeKey(STRING | this.tokenFlags, this.tokenStart, this.tokenEnd);
    const keyEnd = this.tokenEnd;
    const hasColon = this.next() === Token.ColonToken;
    if (hasColon) {
      this.next();
    } else {
      this.fault('colon-expected', this.tokenSpan());
    }
    const isNextMember = this.atMember();
    const hasValue = !isNextMember && this.parseValue();
    if (!hasValue) {
      tape.write(ABSENT, this.previousEnd, this.previousEnd);
      if (hasColon && !this.skippedSymbol) {
        this.fault('value-expected', this.span(this.previousEnd, this.previousEnd));
      }
    }
    tape.endMember(at, hasColon || !isNextMember ? this.previousEnd : keyEnd);
  }

  private parseArray(): void {
    const at = this.openContainer(ARRAY);
    const blanksBefore = this.blanks;
    let count = 0;
    this.openArrays += 1;
    this.next();
    let comma: number | undefined;
    let needsComma = false;
    while (!this.atArrayEnd()) {
      if (this.token === Token.CommaToken) {
        if (needsComma) {
          comma = this.tokenStart;
        } else {
          this.fault('value-expected', this.tokenSpan());
        }
        needsComma = false;
        this.next();
        continue;
      }
      const { tokenStart, tokenEnd } = this;
      if (!this.parseValue()) {
        this.fault('value-expected', this.span(tokenStart, tokenEnd));
        this.next();
        continue;
      }
      if (needsComma) {
        this.fault('comma-expected', this.span(tokenStart, tokenEnd));
      }
      count += 1;
      comma = undefined;
      needsComma = true;
    }
    if (comma !== undefined) {
      this.fault('trailing-comma', this.span(comma, comma + 1));
    }
    this.openArrays -= 1;
    this.closeContainer(at, count, blanksBefore, this.token === Token.CloseBracketToken);
  }

  /** Whether the token at hand is the name of a member. */
  private atMember(): boolean {
    return this.token === Token.StringLiteral && this.colonFollows();
  }

  /** Gives the container's place on the tape. */
  private openContainer(what: number): number {
    this.depth += 1;
    return this.tape.openContainer(what, this.tokenStart);
  }

  private closeContainer(at: number, count: number, blanksBefore: number, closed: boolean): void {
    const blanks = (closed ? this.blanks : this.previousBlanks) - blanksBefore;
    this.depth -= 1;
    if (closed) {
      this.next();
    } else {
      const missing = this.tape.what(at) === OBJECT ? 'close-brace-expected' : 'close-bracket-expected';
      this.fault(missing, this.span(this.previousEnd, this.previousEnd));
    }
    this.tape.closeContainer(at, { end: this.previousEnd, closed, count, blanks });
  }

  private atObjectEnd(): boolean {
    return (
      this.token === Token.CloseBraceToken ||
      this.token === Token.EOF ||
      (this.token === Token.CloseBracketToken && this.openArrays > 0)
    );
  }

  /** A string that a colon follows is the next member of the object around: the bracket is what is missing. */
  private atArrayEnd(): boolean {
    return (
      this.token === Token.CloseBracketToken ||
      this.token === Token.EOF ||
      (this.openObjects > 0 && (this.token === Token.CloseBraceToken || this.atMember()))
    );
  }

  /** Whether the token after the one at hand is a colon; the scanner stays where it is. */
  private colonFollows(): boolean {
    const { text } = this.source;
    let at = this.tokenEnd;
    while (isBlank(text.charCodeAt(at))) {
      at += 1;
    }
    return text.charCodeAt(at) === COLON;
  }

  /** Steps over a container without recursion. */
  private skipContainer(): void {
    const start = this.tokenStart;
    this.fault('nested-too-deep', this.tokenSpan());
    let open = 0;
    do {
      if (this.token === Token.OpenBraceToken || this.token === Token.OpenBracketToken) {
        open += 1;
      } else if (this.token === Token.CloseBraceToken || this.token === Token.CloseBracketToken) {
        open -= 1;
      }
      this.next();
    } while (open > 0 && this.token !== Token.EOF);
    this.tape.write(OPAQUE, start, this.previousEnd);
  }

  private tokenSpan(): Span {
    return this.span(this.tokenStart, this.tokenEnd);
  }

  private span(start: number, end: number): Span {
    return spanIn(this.source, start, end);
  }

  private fault(code: SyntaxFaultCode, span: Span): void {
    if (this.dialect === 'jsonc' && (code === 'comment-not-permitted' || code === 'trailing-comma')) {
      return;
    }
    this.faults.push({ code, span });
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function blanksBetween(text: string, from: number, to: number): number {
  let blanks = 0;
  for (let at = from; at < to; at += 1) {
    if (text.charCodeAt(at) <= SPACE) {
      blanks += 1;
    }
  }
  return blanks;
}

function punctuation(code: number): Token | undefined {
  switch (code) {
    case COLON:
      return Token.ColonToken;
    case COMMA:
      return Token.CommaToken;
    case OPEN_BRACE:
      return Token.OpenBraceToken;
    case CLOSE_BRACE:
      return Token.CloseBraceToken;
    case OPEN_BRACKET:
      return Token.OpenBracketToken;
    case CLOSE_BRACKET:
      return Token.CloseBracketToken;
    default:
      return undefined;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** All white space of JSON stands up to here, and before it what no string may hold. */
const SPACE = 0x20;

function faultOfScanError(error: ScanError): SyntaxFaultCode {
  switch (error) {
    case ScanError.UnexpectedEndOfString:
      return 'unterminated-string';
    case ScanError.UnexpectedEndOfComment:
      return 'unterminated-comment';
    case ScanError.UnexpectedEndOfNumber:
      return 'invalid-number';
    case ScanError.InvalidUnicode:
    case ScanError.InvalidEscapeCharacter:
      return 'invalid-escape';
    default:
      return 'invalid-character';
  }
}
