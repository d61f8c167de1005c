/** The value types that a text can be read as. IAM User Guide, "IAM JSON policy elements: Supported data types". */

/** An integer or a decimal number. */
export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

/** Four digits are a year in W3C's profile of ISO 8601 rather than an hour of 1970. */
export function isYear(text: string): boolean {
  return /^[12]\d{3}$/.test(text);
}

/** A date, perhaps with a time, in W3C's profile of ISO 8601: https://www.w3.org/TR/NOTE-datetime. */
export function isDate(text: string): boolean {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = DATE.exec(text) ?? [];
  return (
    year !== undefined &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(year), Number(month)) &&
    Number(hour) <= 24 &&
    Number(minute) <= 59 &&
    Number(second) <= 60
  );
}

/** Whether a text is base64 with its padding. */
export function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}

/** The zone may be left out, which the profile does not foresee and readers understand. */
const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
