/**
 * A `file` URI in the one way in which we compare them: editors write the same file in different ways, such as `a+b`, `a%2Bb`
 * and `a%2bb`, and a drive as `C:`, `c:` or `c%3A` (LSP 3.17, "URIs"). Others are left as they are: what they mean is their
 * editor's affair.
 */
export function canonicalUri(uri: string): string {
  if (PLAIN.test(uri)) {
    return uri;
  }
  const [, authority = '', path] = /^file:(?:\/\/([^/]*))?(\/.*)$/is.exec(uri) ?? [];
  if (path === undefined) {
    return uri;
  }
  try {
    const parts = path.split('/').map(decodeURIComponent);
    const [root = '', first = '', ...others] = parts;
    const drive = /^[A-Z]:$/.test(first) ? first.toLowerCase() : first;
    return `file://${authority}${[root, drive, ...others].map(encodeURIComponent).join('/')}`;
  } catch {
    return uri;
  }
}

/** Most URIs need no escapes, and a watcher may tell of a hundred thousand at once. */
const PLAIN = /^file:\/\/\/[\w/.!~*'()-]*$/;
