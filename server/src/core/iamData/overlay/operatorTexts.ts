/** What a condition operator does, for people. */
export interface OperatorText {
  /** By the name that AWS writes. */
  readonly name: string;
  /** A sentence. */
  readonly compares: string;
  /** Between a key and its values, as in "`aws:SourceIp` is in `203.0.113.0/24`". */
  readonly phrase: string;
}

/**
 * IAM User Guide, "IAM JSON policy elements: Condition operators":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const ROWS: readonly (readonly [name: string, phrase: string, compares: string])[] = [
  ['StringEquals', 'is', 'Holds for exactly this text; upper and lower case differ.'],
  ['StringNotEquals', 'is not', 'Holds for any other text; upper and lower case differ.'],
  ['StringEqualsIgnoreCase', 'is', 'Holds for this text in upper or lower case.'],
  [
    'StringNotEqualsIgnoreCase',
    'is not',
    'Holds for any other text, upper and lower case taken for the same.',
  ],
  ['StringLike', 'fits', 'Holds for text that fits the pattern: `*` and `?` are wildcards, and case counts.'],
  [
    'StringNotLike',
    'does not fit',
    'Holds for text that does not fit the pattern: `*` and `?` are wildcards, and case counts.',
  ],
  ['NumericEquals', 'is', 'Holds for this number.'],
  ['NumericNotEquals', 'is not', 'Holds for any other number.'],
  ['NumericLessThan', 'is less than', 'Holds for smaller numbers.'],
  ['NumericLessThanEquals', 'is at most', 'Holds for this number and smaller ones.'],
  ['NumericGreaterThan', 'is more than', 'Holds for greater numbers.'],
  ['NumericGreaterThanEquals', 'is at least', 'Holds for this number and greater ones.'],
  ['DateEquals', 'is', 'Holds at this point in time, in ISO 8601 or as seconds since 1970.'],
  ['DateNotEquals', 'is not', 'Holds at any other point in time, in ISO 8601 or as seconds since 1970.'],
  ['DateLessThan', 'is before', 'Holds before this point in time, in ISO 8601 or as seconds since 1970.'],
  [
    'DateLessThanEquals',
    'is not after',
    'Holds up to this point in time, in ISO 8601 or as seconds since 1970.',
  ],
  ['DateGreaterThan', 'is after', 'Holds after this point in time, in ISO 8601 or as seconds since 1970.'],
  [
    'DateGreaterThanEquals',
    'is not before',
    'Holds from this point in time on, in ISO 8601 or as seconds since 1970.',
  ],
  ['Bool', 'is', 'Holds for `true` or for `false`, as written.'],
  ['BinaryEquals', 'is', 'Holds for exactly these bytes, written in base64.'],
  [
    'IpAddress',
    'is in',
    'Holds for addresses in a range such as `203.0.113.0/24` or `2001:db8::/32`; one address is a range too.',
  ],
  [
    'NotIpAddress',
    'is not in',
    'Holds for addresses outside a range such as `203.0.113.0/24` or `2001:db8::/32`.',
  ],
  [
    'ArnEquals',
    'fits',
    'Holds for ARNs that fit the pattern field by field; `*` and `?` are wildcards here as they are under `ArnLike`.',
  ],
  [
    'ArnLike',
    'fits',
    'Holds for ARNs that fit the pattern field by field: `*` and `?` are wildcards within a field.',
  ],
  [
    'ArnNotEquals',
    'does not fit',
    'Holds for ARNs that do not fit the pattern; `*` and `?` are wildcards here as they are under `ArnNotLike`.',
  ],
  [
    'ArnNotLike',
    'does not fit',
    'Holds for ARNs that do not fit the pattern field by field: `*` and `?` are wildcards within a field.',
  ],
  [
    'Null',
    '',
    '`true` holds for requests that lack the key, `false` for those that have it, whatever its value.',
  ],
];

export const OPERATOR_TEXTS: ReadonlyMap<string, OperatorText> = new Map(
  ROWS.map(([name, phrase, compares]) => [name, { name, phrase, compares }]),
);
