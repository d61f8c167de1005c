import type { KeyRow } from './layout';
import type { ConditionKey, KeyType } from './types';

/** Decodes a row; the compiler of the data has checked the type. */
export function decodeKey([name, type]: KeyRow): ConditionKey {
  const multivalued = type.startsWith(ARRAY);
  return {
    name,
    type: (multivalued ? type.slice(ARRAY.length) : type) as KeyType,
    multivalued,
    hasPlaceholder: PLACEHOLDER.test(name),
  };
}

/**
 * A lookup by name that ignores case. A placeholder stands for one or more characters, so `aws:RequestTag/team`
 * finds `aws:RequestTag/${TagKey}`, while `aws:RequestTag` and `aws:RequestTag/` find nothing. An exact name goes
 * before a placeholder.
 */
export function keyLookup<Key extends ConditionKey>(keys: readonly Key[]): (name: string) => Key | undefined {
  const byName = new Map(keys.map((key) => [key.name.toLowerCase(), key]));
  // Compiled when a name first misses; most services never need them.
  let templates: readonly { readonly key: Key; readonly matches: (text: string) => boolean }[] | undefined;
  return (name) => {
    const exact = byName.get(name.toLowerCase());
    if (exact !== undefined) {
      return exact;
    }
    templates ??= keys
      .filter((key) => key.hasPlaceholder)
      .map((key) => ({ key, matches: placeholderTest(key.name) }));
    return templates.find(({ matches }) => matches(name))?.key;
  };
}

/** Tells whether a text is the template with every placeholder filled in, ignoring case. */
export function placeholderTest(template: string): (text: string) => boolean {
  const literals = template.split(PLACEHOLDER).map((literal) => literal.replace(/[^\w]/g, '\\$&'));
  const expression = new RegExp(`^${literals.join('.+')}$`, 'is');
  return (text) => text.length <= LONGEST_KEY && expression.test(text);
}

/** A tag's key has 128 characters at most, and a template has at most two of them. */
const LONGEST_KEY = 1024;

const ARRAY = 'ArrayOf';

/** `${TagKey}` nearly everywhere, `<key>` in Amazon S3's keys for object tags. */
const PLACEHOLDER = /\$\{[^{}]*\}|<[^<>]*>/;

/**
 * The rows with every tag's key as `${TagKey}`. A few tables spell it `tag-key`, as in
 * `secretsmanager:ResourceTag/tag-key`, or leave it out; one has it both ways.
 */
export function withTagPlaceholders(rows: readonly KeyRow[]): readonly KeyRow[] {
  return rows.map((row) => {
    const [name, type] = row;
    const spelled = name.replace(/(Tag\/)(?:tag-key)?$/i, '$1${TagKey}');
    return spelled === name || rows.some(([other]) => other === spelled) ? row : [spelled, type];
  });
}
