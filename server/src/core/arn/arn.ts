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
export const splitArn: (text: string) => ArnFields = rememberLast((text) => {
  const fields: Slice[] = [];
  let from = 0;
  while (fields.length < 5) {
    const colon = colonAfter(text, from);
    if (colon < 0) {
      break;
    }
    fields.push(sliceOf(text, from, colon));
    from = colon + 1;
  }
  fields.push(sliceOf(text, from, text.length));
  const [prefix = sliceOf(text, 0, text.length), partition, service, region, account, resource] = fields;
  return { prefix, partition, service, region, account, resource };
});

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
