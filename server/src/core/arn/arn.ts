import { rememberLast } from '../pattern/memo';
import { templateEnd } from '../pattern/templates';

/** A stretch of a text: UTF-16 indexes, half-open. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The six fields of an ARN, `arn:partition:service:region:account:resource`; later colons belong to the resource.
 * Fields that a short text does not have are `undefined`.
 * IAM User Guide, "Amazon Resource Names (ARNs)".
 */
export interface ArnFields {
  readonly prefix: Slice;
  readonly partition: Slice | undefined;
  readonly service: Slice | undefined;
  readonly region: Slice | undefined;
  readonly account: Slice | undefined;
  readonly resource: Slice | undefined;
}

/** Splits a text at its first five colons. Any text can be split; whether it is an ARN is for the caller to judge. */
export const splitArn: (text: string) => ArnFields = rememberLast((text) => new SplitText(text));

/** How many of the six fields a text has. */
export function fieldCount(fields: ArnFields): number {
  return FIELDS.reduce((count, field) => count + (fields[field] === undefined ? 0 : 1), 0);
}

const FIELDS = ['prefix', 'partition', 'service', 'region', 'account', 'resource'] as const;

/** Nearly every caller needs one or two of the fields, so each is cut out when it is needed. */
class SplitText implements ArnFields {
  readonly #text: string;
  /** Behind the colons; those that the text does not have stand at -1. */
  readonly #partition: number;
  readonly #service: number;
  readonly #region: number;
  readonly #account: number;
  readonly #resource: number;

  constructor(text: string) {
    const mayHoldTemplates = text.includes('{') || text.includes('%') || text.includes('(');
    const behindColon = (from: number): number =>
      from < 0 ? -1 : (mayHoldTemplates ? colonAfter(text, from) : text.indexOf(':', from)) + 1 || -1;
    this.#text = text;
    this.#partition = behindColon(0);
    this.#service = behindColon(this.#partition);
    this.#region = behindColon(this.#service);
    this.#account = behindColon(this.#region);
    this.#resource = behindColon(this.#account);
  }

  get prefix(): Slice {
    return this.#field(0, this.#partition) as Slice;
  }

  get partition(): Slice | undefined {
    return this.#field(this.#partition, this.#service);
  }

  get service(): Slice | undefined {
    return this.#field(this.#service, this.#region);
  }

  get region(): Slice | undefined {
    return this.#field(this.#region, this.#account);
  }

  get account(): Slice | undefined {
    return this.#field(this.#account, this.#resource);
  }

  get resource(): Slice | undefined {
    return this.#field(this.#resource, -1);
  }

  /** @param next where the next field begins */
  #field(from: number, next: number): Slice | undefined {
    return from < 0 ? undefined : sliceOf(this.#text, from, next < 0 ? this.#text.length : next - 1);
  }
}

/** Whether a text is a list of ARNs in one string: `arn:…, arn:…`. */
export function holdsSeveralArns(text: string): boolean {
  return /^\s*arn:.*?[\s,;]arn:/s.test(text);
}

/** The ARNs of such a text. */
export function separateArns(text: string): readonly string[] {
  return text
    .split(/(?<![\s,;])[\s,;]+(?=arn:)/)
    .map((arn) => arn.trim().replace(/(?<![,;])[,;]+$/, ''))
    .filter((arn) => arn !== '');
}

/** A part of a text, with its place. */
export function sliceOf(text: string, from: number, to: number): Slice {
  return { from, to, text: text.slice(from, to) };
}

/** Splits a slice at a one-character separator; the pieces keep their place in the whole text. */
export function splitSlice(slice: Slice, separator: string): readonly Slice[] {
  const pieces: Slice[] = [];
  let from = 0;
  for (const piece of slice.text.split(separator)) {
    pieces.push({ from: slice.from + from, to: slice.from + from + piece.length, text: piece });
    from += piece.length + 1;
  }
  return pieces;
}

/** Colons inside an expression belong to it: `${aws:PrincipalAccount}` is one field. */
function colonAfter(text: string, from: number): number {
  let mayHold = true;
  for (let at = from; at < text.length; at += 1) {
    if (text.charCodeAt(at) === COLON) {
      return at;
    }
    const end = mayHold ? templateEnd(text, at) : undefined;
    if (end !== undefined && end <= text.length) {
      at = end - 1;
    } else if (end !== undefined) {
      // One without an end hides nothing, and no more are looked for.
      mayHold = false;
    }
  }
  return -1;
}

const COLON = 0x3a;
