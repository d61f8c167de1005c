import { createScanner, type JSONScanner, ScanError, SyntaxKind as Token } from 'jsonc-parser';
import { CLOSED, PLAIN } from './jsonTape';
import type { SyntaxFaultCode } from './nodes';

/** What is wrong with a token, or that it should not be there; indexes into the text, half-open. */
export type OnScanFault = (code: SyntaxFaultCode, start: number, end: number) => void;

/**
 * The tokens of a JSON text, one at a time and without comments and white space. Punctuation and strings without escapes,
 * nearly all of a policy, are read here, several times faster than by jsonc-parser's scanner, which reads the rest.
 */
export class JsonTokens {
  /** What the token at hand is; `Unknown` before the first. */
  kind: Token = Token.Unknown;
  /** Where it stands in the text. */
  start = 0;
  end = 0;
  /** Of a string, whether it is `CLOSED` and `PLAIN`. */
  flags = 0;
  previousEnd = 0;
  /** How many characters are white space up to the end of the token at hand, and of the one before. */
  blanks = 0;
  previousBlanks = 0;
  /** Whether something that is no token stood before the one at hand: its fault is enough. */
  skippedSymbol = false;
  private readonly text: string;
  private readonly fault: OnScanFault;
  private readonly scanner: JSONScanner;

  constructor(text: string, fault: OnScanFault) {
    this.text = text;
    this.fault = fault;
    this.scanner = createScanner(text, false);
  }

  /** Goes on to the next token, at last to the end of the file, and stays there. */
  next(): Token {
    this.previousEnd = this.end;
    this.previousBlanks = this.blanks;
    this.skippedSymbol = false;
    for (;;) {
      this.kind = this.scanPlainToken() ?? this.scanAnyToken();
      switch (this.kind) {
        case Token.LineBreakTrivia:
        case Token.Trivia:
          continue;
        case Token.LineCommentTrivia:
        case Token.BlockCommentTrivia:
          this.fault('comment-not-permitted', this.start, this.end);
          continue;
        case Token.Unknown:
          if (this.takeUnseen()) {
            this.fault('unseen-character', this.start, this.end);
            continue;
          }
          this.fault('invalid-symbol', this.start, this.end);
          this.skippedSymbol = true;
          continue;
        default:
          return this.kind;
      }
    }
  }

  /** Whether a colon comes next, be it behind what is not shown and is a fault of its own; nothing is consumed. */
  colonFollows(): boolean {
    const { text } = this;
    let at = this.end;
    while (isBlank(text.charCodeAt(at)) || isUnseen(text.charAt(at))) {
      at += 1;
    }
    return text.charCodeAt(at) === COLON;
  }

  /**
   * Punctuation, and strings without escapes: nearly all of a policy, and read several times faster here than by the
   * scanner. `undefined` for anything else, and nothing is consumed then but blanks.
   */
  private scanPlainToken(): Token | undefined {
    const { text } = this;
    let at = this.end;
    let code = text.charCodeAt(at);
    while (isBlank(code)) {
      at += 1;
      code = text.charCodeAt(at);
    }
    this.blanks += at - this.end;
    this.start = at;
    this.end = at;
    if (code !== QUOTE) {
      const token = punctuation(code);
      if (token !== undefined) {
        this.end = at + 1;
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
        this.end = end + 1;
        this.flags = CLOSED | PLAIN;
        return Token.StringLiteral;
      }
      // Escapes, control characters and the end of the text, where the code is NaN.
      if (code === BACKSLASH || !(code > SPACE)) {
        return undefined;
      }
    }
  }

  private scanAnyToken(): Token {
    const from = this.end;
    this.scanner.setPosition(from);
    const token = this.scanner.scan();
    this.start = this.scanner.getTokenOffset();
    // The scanner lets a comment without an end reach beyond the text.
    this.end = Math.min(this.scanner.getPosition(), this.text.length);
    this.blanks += blanksBetween(this.text, from, this.end);
    const error = this.scanner.getTokenError();
    this.flags = error === ScanError.UnexpectedEndOfString ? 0 : CLOSED;
    if (error !== ScanError.None) {
      this.fault(faultOfScanError(error), this.start, this.end);
    }
    if (token === Token.NumericLiteral) {
      this.takeDigitsAfterZero();
    }
    return token;
  }

  /**
   * Whether the token at hand begins with what looks like white space, or like nothing, and is none in JSON. All of such a
   * run becomes one token, plain blanks in it included.
   */
  private takeUnseen(): boolean {
    const run = UNSEEN.exec(this.text.slice(this.start, this.end));
    if (run === null) {
      return false;
    }
    // The scanner takes the number or the word behind it for a part of it.
    this.end = this.start + run[0].length;
    for (let at = this.end; ; at += 1) {
      const code = this.text.charCodeAt(at);
      if (isUnseen(this.text.charAt(at))) {
        this.blanks += blanksBetween(this.text, this.end, at);
        this.end = at + 1;
      } else if (code !== SPACE && code !== TAB) {
        // Also at the end of the text, where the code is NaN.
        return true;
      }
    }
  }

  /** An account id that begins with a zero is no number of JSON, and the scanner makes two of it. */
  private takeDigitsAfterZero(): void {
    const { text, end } = this;
    while (isDigit(text.charCodeAt(this.end))) {
      this.end += 1;
    }
    if (this.end > end) {
      this.fault('invalid-number', this.start, this.end);
    }
  }
}

/** What Unicode has of white space and of what is not shown. */
const UNSEEN = /^[\p{Z}\p{Cf}\x0b\x0c\x85]+/u;

function isUnseen(character: string): boolean {
  return character > '\u007f' && UNSEEN.test(character);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
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

const TAB = 0x09;
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
