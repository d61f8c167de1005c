import { memoize } from '../../pattern/memo';

/**
 * The literals of conditions that are not compared letter by letter. What AWS's guides do not settle is not read, so
 * that nothing certain follows from it. IAM User Guide, "IAM JSON policy elements: Condition operators" and
 * "Supported data types".
 */

/** An integer or a decimal; no more digits than a number of this language tells apart. */
export function readNumber(text: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15 ? Number(text) : undefined;
}

/** Seconds since 1970, of a date of the W3C's profile of ISO 8601 or of an epoch time in seconds. */
export const readDate: (text: string) => number | undefined = memoize(dateOf, { room: 300_000, longest: 64 });

function dateOf(text: string): number | undefined {
  // Four digits alone are a year or a second of 1970.
  if (/^-?\d{5,11}$/.test(text)) {
    return Number(text);
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = W3C_DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    return undefined;
  }
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const whole = new Date(midnight);
  if (whole.getUTCMonth() !== Number(month) - 1 || whole.getUTCDate() !== Number(day)) {
    return undefined;
  }
  if (hour === undefined) {
    return midnight / 1000;
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) {
    return undefined;
  }
  return (
    midnight / 1000 +
    Number(hour) * 3600 +
    Number(minute) * 60 +
    Number(second ?? 0) +
    Number(fraction ?? 0) -
    offsetOf(zone ?? 'Z')
  );
}

const W3C_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function offsetOf(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}

/** `true` and `false`; of other spellings in case AWS does not say what they are. */
export function readBoolean(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Base64 in the one form that each sequence of bytes has, without padding; `undefined` for any other. */
export function readBinary(text: string): string | undefined {
  const [, digits, padding] = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text) ?? [];
  if (digits === undefined || padding === undefined || (digits.length + padding.length) % 4 !== 0) {
    return undefined;
  }
  const last = BASE64.indexOf(digits.at(-1) ?? 'A');
  const unused = padding.length === 2 ? 0b1111 : padding.length === 1 ? 0b11 : 0;
  return (last & unused) === 0 ? digits : undefined;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
