import type { SourceText } from './nodes';

/**
 * Documents that are encoded for a URL, as IAM's API hands them out: "the document is URL-encoded compliant with RFC 3986"
 * (IAM API Reference, "GetRolePolicy").
 */

/** Whether a text is a JSON object that is encoded for a URL. */
export function isUrlEncoded(text: string): boolean {
  return /^\s*%7B(?:%[0-9A-F]{2}|\s)*%22/i.test(text);
}

/**
 * The decoded text of a source. Spans found in it are spans of the document. What is written into it is encoded; but
 * nobody wants to edit such a text, so that it takes no fixes.
 */
export function decodedSource(source: SourceText): SourceText {
  const { text } = source;
  const starts: number[] = [];
  let decoded = '';
  for (let at = 0; at < text.length; ) {
    const end = text.charCodeAt(at) === PERCENT ? endOfEscapes(text, at) : at + 1;
    const stands = end === at + 1 ? text.charAt(at) : characterOf(text.slice(at, end));
    for (let unit = 0; unit < stands.length; unit += 1) {
      starts.push(at);
    }
    decoded += stands;
    at = end;
  }
  starts.push(text.length);
  return {
    syntax: 'json',
    text: decoded,
    isReadOnly: true,
    offsetAt: (index) => source.offsetAt(starts[Math.min(index, decoded.length)] ?? text.length),
    encode: (inserted) => source.encode(encodeURIComponent(inserted)),
    ...(source.within && { within: source.within }),
  };
}

/** Behind the escapes of the one character that begins at a `%`; right behind the `%` where none does. */
function endOfEscapes(text: string, at: number): number {
  const first = byteAt(text, at);
  if (first === undefined) {
    return at + 1;
  }
  // How many bytes a character has in UTF-8 stands in its first one (RFC 3629).
  const bytes = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  for (let index = 1; index < bytes; index += 1) {
    if (byteAt(text, at + 3 * index) === undefined) {
      return at + 1;
    }
  }
  return at + 3 * bytes;
}

function byteAt(text: string, at: number): number | undefined {
  const written = text.slice(at, at + 3);
  return /^%[0-9A-Fa-f]{2}$/.test(written) ? Number.parseInt(written.slice(1), 16) : undefined;
}

function characterOf(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

const PERCENT = 0x25;
