import { SyntaxKind as Token } from 'jsonc-parser';
import { nodeAt } from './jsonNodes';
import { ABSENT, ARRAY, BOOLEAN, JsonTape, NULL, NUMBER, OBJECT, OPAQUE, STRING } from './jsonTape';
import { type JsonTemplate, jsonTemplateOf } from './jsonTemplates';
import { JsonTokens } from './jsonTokens';
import type { SourceText, SyntaxFault, SyntaxFaultCode, SyntaxTree } from './nodes';
import { documentSource, spanIn } from './stringSpans';

/** In `json` comments and trailing commas are faults; in `jsonc` they are not. */
export type JsonDialect = 'json' | 'jsonc';

/**
 * Parses JSON and JSONC into the syntax port. Never throws, keeps duplicate keys, and keeps everything that
 * stands before and after a fault: a policy is mostly half-typed while somebody writes it.
 *
 * The grammar is ours, because jsonc-parser's own tree loses the member after a missing value or bracket, which is just
 * where the author is typing.
 */
export function parseJson(text: string, dialect: JsonDialect): SyntaxTree {
  const parser = new JsonParser(documentSource(text, 'json'), dialect, undefined);
  if (text.length <= SHORT) {
    kept.parser = parser;
  }
  return parser.parse();
}

/**
 * The last parser of a short document. As long as there is one, V8 keeps the machine code that was compiled for parsers,
 * which long documents need; see `Specimen`.
 */
const kept: { parser: unknown } = { parser: undefined };

const SHORT = 4_096;

/** As `parseJson`, for a text that stands inside a document: every span is the document's. */
export function parseJsonSource(source: SourceText, dialect: JsonDialect): SyntaxTree {
  return new JsonParser(source, dialect, undefined).parse();
}

/** As `parseJsonSource`, for a text that a template engine or a program fills in before anybody reads it as JSON. */
export function parseJsonTemplate(source: SourceText, dialect: JsonDialect): SyntaxTree {
  const template = jsonTemplateOf(source.text);
  if (template === undefined || template.controls.length === 0) {
    return new JsonParser(source, dialect, template).parse();
  }
  const tree = new JsonParser({ ...source, isTemplate: true }, dialect, template).parse();
  // Commas come and go with what is between control lines.
  const faults = tree.faults.filter(({ code }) => code !== 'comma-expected' && code !== 'trailing-comma');
  return { ...tree, faults };
}

/** Containers nested deeper than this are opaque: no policy is, and it bounds every recursion over a tree. */
const MAX_DEPTH = 256;

class JsonParser {
  private readonly source: SourceText;
  private readonly dialect: JsonDialect;
  private readonly template: JsonTemplate | undefined;
  private readonly tokens: JsonTokens;
  private readonly tape: JsonTape;
  private readonly faults: SyntaxFault[] = [];
  private depth = 0;
  /** How many enclosing arrays and objects still wait for their bracket, so that a stray one is told from theirs. */
  private openArrays = 0;
  private openObjects = 0;

  constructor(source: SourceText, dialect: JsonDialect, template: JsonTemplate | undefined) {
    this.source = source;
    this.dialect = dialect;
    this.template = template;
    this.tape = new JsonTape(source);
    this.tokens = new JsonTokens(template?.text ?? source.text, (code, start, end) =>
      this.fault(code, start, end),
    );
  }

  parse(): SyntaxTree {
    this.tokens.next();
    const hasRoot = this.parseValue();
    if (this.tokens.kind !== Token.EOF) {
      this.faultHere(hasRoot ? 'end-of-file-expected' : 'value-expected');
    }
    // Most are found where they stand; a comma is known to trail only at the bracket behind it.
    this.faults.sort((a, b) => a.span.start - b.span.start);
    const root = hasRoot ? nodeAt(this.tape, 0, undefined) : undefined;
    return { root, source: this.source, faults: this.faults };
  }

  /** Writes the value that the token at hand starts. Where it cannot start one, nothing is consumed or written. */
  private parseValue(): boolean {
    switch (this.tokens.kind) {
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
        return this.takeToken(STRING | this.tokens.flags);
      case Token.NumericLiteral:
        if (this.takeExpression()) {
          return true;
        }
        if (Number.isNaN(Number(this.source.text.slice(this.tokens.start, this.tokens.end)))) {
          this.faultHere('invalid-number');
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

  /** An expression of a template engine, which the tokens have as a digit. */
  private takeExpression(): boolean {
    const end = this.template?.values.get(this.tokens.start);
    if (end === undefined) {
      return false;
    }
    this.tape.write(OPAQUE, this.tokens.start, end);
    this.tokens.next();
    return true;
  }

  /** Whether control lines stand in a stretch, so that there may be more in it, or less. */
  private isControlled(start: number, end: number): boolean {
    return this.template?.controls.some((at) => start <= at && at < end) === true;
  }

  private takeToken(what: number): true {
    this.tape.write(what, this.tokens.start, this.tokens.end);
    this.tokens.next();
    return true;
  }

  private parseObject(): void {
    const { tokens } = this;
    const at = this.openContainer(OBJECT);
    const blanksBefore = tokens.blanks;
    let count = 0;
    this.openObjects += 1;
    tokens.next();
    let comma: number | undefined;
    let needsComma = false;
    while (!this.atObjectEnd()) {
      if (tokens.kind === Token.CommaToken) {
        if (needsComma) {
          comma = tokens.start;
        } else {
          this.faultHere('property-name-expected');
        }
        needsComma = false;
        tokens.next();
        continue;
      }
      if (tokens.kind !== Token.StringLiteral) {
        // A token that fits nowhere is stepped over alone, so that what follows it is still read.
        this.faultHere('property-name-expected');
        tokens.next();
        continue;
      }
      if (needsComma) {
        this.faultHere('comma-expected');
      }
      this.parseMember();
      count += 1;
      comma = undefined;
      needsComma = true;
    }
    if (comma !== undefined) {
      this.fault('trailing-comma', comma, comma + 1);
    }
    this.openObjects -= 1;
    this.closeContainer(at, count, blanksBefore, tokens.kind === Token.CloseBraceToken);
  }

  private parseMember(): void {
    const { tape, tokens } = this;
    const at = tape.writeKey(STRING | tokens.flags, tokens.start, tokens.end);
    const keyEnd = tokens.end;
    const hasColon = tokens.next() === Token.ColonToken;
    if (hasColon) {
      tokens.next();
    } else {
      this.faultHere('colon-expected');
    }
    const isNextMember = this.atMember();
    const hasValue = !isNextMember && this.parseValue();
    if (!hasValue) {
      tape.write(ABSENT, tokens.previousEnd, tokens.previousEnd);
      if (hasColon && !tokens.skippedSymbol) {
        this.fault('value-expected', tokens.previousEnd, tokens.previousEnd);
      }
    }
    tape.endMember(at, hasColon || !isNextMember ? tokens.previousEnd : keyEnd);
  }

  private parseArray(): void {
    const { tokens } = this;
    const at = this.openContainer(ARRAY);
    const blanksBefore = tokens.blanks;
    let count = 0;
    this.openArrays += 1;
    tokens.next();
    let comma: number | undefined;
    let needsComma = false;
    while (!this.atArrayEnd()) {
      if (tokens.kind === Token.CommaToken) {
        if (needsComma) {
          comma = tokens.start;
        } else {
          this.faultHere('value-expected');
        }
        needsComma = false;
        tokens.next();
        continue;
      }
      const { start, end } = tokens;
      if (!this.parseValue()) {
        this.fault('value-expected', start, end);
        tokens.next();
        continue;
      }
      if (needsComma) {
        this.fault('comma-expected', start, end);
      }
      count += 1;
      comma = undefined;
      needsComma = true;
    }
    if (comma !== undefined) {
      this.fault('trailing-comma', comma, comma + 1);
    }
    this.openArrays -= 1;
    this.closeContainer(at, count, blanksBefore, tokens.kind === Token.CloseBracketToken);
  }

  /** Whether the token at hand is the name of a member. */
  private atMember(): boolean {
    return this.tokens.kind === Token.StringLiteral && this.tokens.colonFollows();
  }

  /** Gives the container's place on the tape. */
  private openContainer(what: number): number {
    this.depth += 1;
    return this.tape.openContainer(what, this.tokens.start);
  }

  private closeContainer(at: number, count: number, blanksBefore: number, closed: boolean): void {
    const { tokens } = this;
    const blanks = (closed ? tokens.blanks : tokens.previousBlanks) - blanksBefore;
    this.depth -= 1;
    if (closed) {
      tokens.next();
    } else {
      const missing = this.tape.what(at) === OBJECT ? 'close-brace-expected' : 'close-bracket-expected';
      this.fault(missing, tokens.previousEnd, tokens.previousEnd);
    }
    const end = tokens.previousEnd;
    const isComplete = closed && !this.isControlled(this.tape.start(at), end);
    this.tape.closeContainer(at, { end, closed: isComplete, count, blanks });
  }

  private atObjectEnd(): boolean {
    return (
      this.tokens.kind === Token.CloseBraceToken ||
      this.tokens.kind === Token.EOF ||
      (this.tokens.kind === Token.CloseBracketToken && this.openArrays > 0)
    );
  }

  /** A string that a colon follows is the next member of the object around: the bracket is what is missing. */
  private atArrayEnd(): boolean {
    return (
      this.tokens.kind === Token.CloseBracketToken ||
      this.tokens.kind === Token.EOF ||
      (this.openObjects > 0 && (this.tokens.kind === Token.CloseBraceToken || this.atMember()))
    );
  }

  /** Steps over a container without recursion. */
  private skipContainer(): void {
    const { tokens } = this;
    const start = tokens.start;
    this.faultHere('nested-too-deep');
    let open = 0;
    do {
      if (tokens.kind === Token.OpenBraceToken || tokens.kind === Token.OpenBracketToken) {
        open += 1;
      } else if (tokens.kind === Token.CloseBraceToken || tokens.kind === Token.CloseBracketToken) {
        open -= 1;
      }
      tokens.next();
    } while (open > 0 && tokens.kind !== Token.EOF);
    this.tape.write(OPAQUE, start, tokens.previousEnd);
  }

  /** At the token at hand. */
  private faultHere(code: SyntaxFaultCode): void {
    this.fault(code, this.tokens.start, this.tokens.end);
  }

  private fault(code: SyntaxFaultCode, start: number, end: number): void {
    if (this.dialect === 'jsonc' && (code === 'comment-not-permitted' || code === 'trailing-comma')) {
      return;
    }
    this.faults.push({ code, span: spanIn(this.source, start, end) });
  }
}
