/** A value of a condition key in a request: a text, or a pattern that the unknown value matches. */
export interface KeyText {
  readonly text: string;
  readonly isPattern: boolean;
}

/** What is known of a condition key in a request. */
export type KeyValue =
  | { readonly kind: 'unknown' }
  /** Certainly not in the request. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'values'; readonly values: readonly KeyText[] };

const UNKNOWN: KeyValue = { kind: 'unknown' };
const ABSENT: KeyValue = { kind: 'absent' };

/**
 * What the condition keys of one request hold, as far as it is known. Names of keys are read in any case (IAM User
 * Guide, "AWS JSON policy elements: Condition"), keys of tags among them.
 */
export class RequestKeys {
  private readonly values = new Map<string, KeyValue>();

  /** The last given value counts. */
  tell(key: string, ...texts: readonly string[]): this {
    return this.put(key, { kind: 'values', values: texts.map((text) => ({ text, isPattern: false })) });
  }

  /** All that is known of the value is that the pattern stands for it, where `*`, `?` and the escapes count. */
  tellPattern(key: string, pattern: string): this {
    return this.put(key, { kind: 'values', values: [{ text: pattern, isPattern: true }] });
  }

  tellAbsent(...keys: readonly string[]): this {
    for (const key of keys) {
      this.put(key, ABSENT);
    }
    return this;
  }

  /** Nothing is known of these keys any more. */
  forget(...keys: readonly string[]): this {
    for (const key of keys) {
      this.values.delete(key.toLowerCase());
    }
    return this;
  }

  /** A key with no value at all counts as absent: it is a null data set. */
  tellAll(context: ReadonlyMap<string, readonly string[]>): this {
    for (const [key, texts] of context) {
      if (texts.length === 0) {
        this.tellAbsent(key);
      } else {
        this.tell(key, ...texts);
      }
    }
    return this;
  }

  get(key: string): KeyValue {
    return this.values.get(key.toLowerCase()) ?? UNKNOWN;
  }

  /** What is known of some keys, named in lower case; nothing of those that are not known. */
  toldOf(names: ReadonlySet<string>): readonly (readonly [key: string, value: KeyValue])[] {
    return [...this.values].filter(([key]) => names.has(key));
  }

  /** Whether a value may still be given: the key is unknown, or known in part. */
  isOpen(key: string): boolean {
    const value = this.get(key);
    return (
      value.kind === 'unknown' || (value.kind === 'values' && value.values.some((each) => each.isPattern))
    );
  }

  private put(key: string, value: KeyValue): this {
    this.values.set(key.toLowerCase(), value);
    return this;
  }
}
