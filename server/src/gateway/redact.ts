import { createSecretFinder, type SecretFinder } from './secretSpellings';
import type { NameValue } from './target';

export const REDACTED = '[redacted]';

/** Removes the secrets of one invalidation from everything that is shown or kept. */
export interface Redactor {
  /** Any text, such as a message or a body. */
  text(text: string): string;
  /** The beginning of a longer text: a secret that the cut runs through goes as well. */
  cutText(text: string): string;
  /** Text of any length, of which no more than so many characters are wanted. */
  brief(text: string, longest: number): string;
  headers(headers: readonly NameValue[]): readonly NameValue[];
  /** A path or URL with its query. */
  url(url: string): string;
}

/** Names of headers and query parameters whose values are taken for secrets. */
const SENSITIVE_NAME =
  /authorization|cookie|token|secret|password|passwd|credential|signature|session|api[-_]?key|^sig$|^key$|^code$/i;

/** A shorter "secret" (`test`, as local emulators use) is no secret, and would black out ordinary words. */
const SHORTEST_SECRET = 6;

/** Whether a header or a query parameter of this name is taken to hold a secret. */
export function isSensitive(name: string): boolean {
  return SENSITIVE_NAME.test(name);
}

/** The values among `pairs` that are secrets by their name. */
export function sensitiveValues(pairs: readonly NameValue[]): readonly string[] {
  return pairs.filter(([name]) => isSensitive(name)).map(([, value]) => value);
}

/**
 * A redactor for these secrets, in every spelling in which a server may send them back. Access key ids keep their last
 * four characters.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const finder = createSecretFinder(secrets.filter((secret) => secret.length >= SHORTEST_SECRET));

  const without = (raw: string, isCut: boolean): string =>
    replaceSecrets(raw, finder, isCut)
      .replace(/(Signature=)[0-9A-Fa-f]{8,}/g, `$1${REDACTED}`)
      .replace(/(Credential=)(\w+)(?=\/|%2F)/gi, (_, name: string, id: string) => name + accessKeyEnding(id))
      .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b/g, accessKeyEnding);
  const text = (raw: string) => without(raw, false);
  const cutText = (raw: string) => without(raw, true);
  const header = ([name, value]: NameValue): NameValue => [
    name,
    isSensitive(name) && !value.startsWith('AWS4-') ? REDACTED : text(value),
  ];
  return {
    text,
    cutText,
    brief: (raw, longest) => (raw.length > longest ? `${cutText(raw.slice(0, longest))}…` : text(raw)),
    headers: (headers) => headers.map(header),
    url: (url) => {
      const [path = '', ...query] = url.split('?');
      const pairs = query.join('?').split('&').map(redactPair);
      return text(query.length === 0 ? path : `${path}?${pairs.join('&')}`);
    },
  };
}

/**
 * A text such as a URL that somebody gave, without what is a secret by its place: the password of a user, and values of
 * parameters by their names. What goes to a log of a pipeline is read by many.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(^|[\s'"/])(?!arn:)[^\s'"/:@]+:[^\s'"/@]+@/g, `$1${REDACTED}@`)
    .replace(/(?<=^|[?&#;])([\w.%~-]{1,100})=([^\s'"&#;]+)/g, (whole, name: string) =>
      isSensitive(name) ? `${name}=${REDACTED}` : whole,
    )
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b/g, accessKeyEnding);
}

/** The last four characters of an access key id, which is what the AWS console shows to tell keys apart. */
export function accessKeyEnding(accessKeyId: string): string {
  return `****${accessKeyId.slice(-4)}`;
}

function redactPair(pair: string): string {
  const [name = '', value] = pair.split('=');
  return value !== undefined && isSensitive(name) ? `${name}=${REDACTED}` : pair;
}

/** With `isCut`, a piece of a secret at the very end goes without a trace. */
function replaceSecrets(raw: string, finder: SecretFinder, isCut: boolean): string {
  let result = '';
  let kept = 0;
  let offset = 0;
  while (offset < raw.length) {
    const end = finder.endAt(raw, offset, false);
    if (end === undefined) {
      if (isCut && finder.endAt(raw, offset, true) !== undefined) return result + raw.slice(kept, offset);
      offset++;
      continue;
    }
    result += raw.slice(kept, offset) + REDACTED;
    offset = end;
    kept = end;
  }
  return result + raw.slice(kept);
}
