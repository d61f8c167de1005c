/** A path whose segments are encoded one by one. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** One segment of a path: keeps `pchar` of RFC 3986 and whole %XX triplets; a lone percent sign becomes %25. */
export function encodeSegment(segment: string): string {
  return segment.replace(
    /%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:@]+|[^%A-Za-z0-9\-._~!$&'()*+,;=:@]+|%/g,
    (run) => (/^(?:%..|[A-Za-z0-9\-._~!$&'()*+,;=:@]+)$/.test(run) ? run : encodeURIComponent(run)),
  );
}

/** For a query: only unreserved characters stay. */
export function encodeStrict(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Whether the text has no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
