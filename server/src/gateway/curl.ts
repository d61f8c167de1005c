import { encodeStrict } from './encoding';
import type { ClientCertificate } from './host';
import { isSensitive } from './redact';
import { buildRequest, type GatewayRequest, requestUrl } from './request';
import type { InvalidationTarget } from './target';

export interface CurlOptions {
  readonly signing: 'sigv4' | 'unsigned';
  readonly apiKey: 'sent' | 'absent';
  readonly bearer?: 'sent' | 'absent' | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
}

/**
 * The request of a target as a command for a POSIX shell. It holds no secret: keys, and values whose names sound like
 * secrets, are variables of the shell, those of the query in their encoded form. Throws a TypeError for a target with
 * problems, as `buildRequest` does.
 *
 * curl signs by itself from version 7.75 on (https://curl.se/docs/manpage.html#--aws-sigv4).
 */
export function curlCommand(
  target: InvalidationTarget,
  { signing, apiKey, bearer, clientCertificate }: CurlOptions,
): string {
  const query = sortedQuery(target, signing);
  const shown = {
    ...target,
    query: query.map(([name, value]): readonly [string, string] => [name, isSensitive(name) ? MARK : value]),
  };
  const request = buildRequest(shown);
  const nameVariable = variables([
    ...(apiKey === 'sent' ? [API_KEY] : []),
    ...(bearer === 'sent' ? [TOKEN] : []),
  ]);
  const secretNames = query
    .map(([name]) => name)
    .filter(isSensitive)
    .map(nameVariable);
  const header = ([name, value]: readonly [string, string]) =>
    isSensitive(name)
      ? `--header ${quoted(`${name}: `)}"\${${nameVariable(name)}}"`
      : // A header that ends with a colon is one that curl leaves out.
        `--header ${quoted(value.trim() === '' ? `${name};` : `${name}: ${value}`)}`;
  return [
    // Exactly this path and no globbing of brackets: both would be another request than the one that is meant.
    `curl --include --path-as-is --globoff${request.method === 'HEAD' ? ' --head' : ` --request ${request.method}`}`,
    urlWord(requestUrl(request), secretNames),
    ...(signing === 'unsigned'
      ? []
      : [
          `--aws-sigv4 ${quoted(`aws:amz:${target.region}:execute-api`)}`,
          '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
          // Nothing at all where there is no session token: an empty header would be signed.
          '${AWS_SESSION_TOKEN:+--header} ${AWS_SESSION_TOKEN:+"x-amz-security-token: $AWS_SESSION_TOKEN"}',
        ]),
    ...(clientCertificate === undefined
      ? []
      : [`--cert ${quoted(clientCertificate.certFile)}`, `--key ${quoted(clientCertificate.keyFile)}`]),
    ...(apiKey === 'sent' ? [`--header "x-api-key: $${API_KEY}"`] : []),
    ...(bearer === 'sent' ? [`--header "authorization: Bearer $${TOKEN}"`] : []),
    // curl sends its own.
    ...request.headers
      .filter(([name, value]) => name !== 'user-agent' && (name !== 'host' || isOther(request, value)))
      .map(header),
  ].join(' \\\n  ');
}

/**
 * The query in the order in which it is signed: not every version of curl sorts it before. To the API the order of names
 * means nothing; that of the values of one name may, and is kept where nothing is signed.
 */
function sortedQuery(
  { query }: Pick<InvalidationTarget, 'query'>,
  signing: CurlOptions['signing'],
): InvalidationTarget['query'] {
  return query.toSorted(
    ([left, one], [right, other]) =>
      compare(encodeStrict(left), encodeStrict(right)) ||
      (signing === 'sigv4' ? compare(encodeStrict(one), encodeStrict(other)) : 0),
  );
}

/**
 * What may go wrong with the command although the request is right: curl 7.88, tried, signs a path with anything but
 * unreserved characters differently from AWS.
 */
export function curlCaveat(target: InvalidationTarget, { signing }: CurlOptions): string | undefined {
  const [path = ''] = buildRequest(target).path.split('?');
  const signed = sortedQuery(target, 'sigv4');
  const given = sortedQuery(target, 'unsigned');
  const moved = signing === 'sigv4' ? given.find((pair, index) => pair !== signed[index]) : undefined;
  if (moved !== undefined) {
    return `The values of the query parameter ${JSON.stringify(moved[0])} are sorted in the command, since older versions of curl sign them wrongly otherwise. Where the API goes by their order, this is another request.`;
  }
  if (signing === 'sigv4' && target.headers.some(([, value]) => value.trim() === '')) {
    return 'Older versions of curl sign an empty header wrongly, which AWS then refuses.';
  }
  return signing === 'unsigned' || (/^[A-Za-z0-9\-._~/]*$/.test(path) && !path.includes('//'))
    ? undefined
    : 'Older versions of curl sign a path with such characters differently from AWS, which then refuses the signature.';
}

/** Whether the Host header is not what the URL has. */
function isOther(request: GatewayRequest, host: string): boolean {
  return new URL(requestUrl(request)).host !== host;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Stands for a secret while the URL is built; its letters are encoded as they are. */
const MARK = 'SECRET-VALUE-OF-A-PARAMETER';

function urlWord(url: string, secretNames: readonly string[]): string {
  const [first = '', ...rest] = url.split(MARK);
  return rest.reduce(
    (word, part, index) => `${word}"\${${secretNames[index] ?? ''}}"${part === '' ? '' : quoted(part)}`,
    quoted(first),
  );
}

/** A word that the shell takes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const API_KEY = 'API_KEY';
const TOKEN = 'TOKEN';

/**
 * Names of variables for secrets, one for each: `X-Session-Token` is `X_SESSION_TOKEN`, a second one
 * `X_SESSION_TOKEN_2`.
 */
function variables(taken: readonly string[]): (name: string) => string {
  const used = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', ...taken]);
  return (name) => {
    const base = name
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '_')
      .replace(/^(?=\d)/, '_');
    let free = base;
    for (let count = 2; used.has(free); count += 1) {
      free = `${base}_${count}`;
    }
    used.add(free);
    return free;
  };
}
