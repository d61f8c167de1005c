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

/**
 * Tells whether a text is the template with every placeholder filled in, ignoring case. Not by regular expressions: the
 * services have two thousand templates, and compiling one takes longer than all that is asked of most of them.
 */
export function placeholderTest(template: string): (text: string) => boolean {
  const [start = '', ...others] = template.toLowerCase().split(PLACEHOLDER);
  const end = others.pop();
  if (end === undefined) {
    return (text) => text.toLowerCase() === start;
  }
  return (text) => {
    const folded = text.toLowerCase();
    if (!folded.startsWith(start) || !folded.endsWith(end)) {
      return false;
    }
    // Each placeholder stands for one character at least, and the first place where what follows it stands will do.
    let at = start.length + 1;
    for (const literal of others) {
      const found = folded.indexOf(literal, at);
      if (found === -1) {
        return false;
      }
      at = found + literal.length + 1;
    }
    return at <= folded.length - end.length;
  };
}

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
