import { counted } from '../core/index';
import type { Entry } from './cacheKeys';
import type { ShownIdentity } from './identity';
import type { InvalidationResult } from './invalidate';
import { code, fence, list, table, text } from './markdown';
import type { Proof } from './proof';
import { targetArn } from './request';
import type { NameValue } from './target';
import type { Verdict } from './verdictTable';

/** The result as a Markdown document that a person can keep: it holds no secret. */
export function renderReport(result: InvalidationResult): string {
  const { verdict } = result;
  return [
    `# ${text(verdict.title)}`,
    text(verdict.explanation),
    ...(verdict.caveats.length === 0 ? [] : ['## What this cannot know', list(verdict.caveats.map(text))]),
    ...(verdict.nextSteps.length === 0
      ? []
      : ['## What to do next', list(verdict.nextSteps.map((step) => step.label))]),
    '## Target',
    table([
      ['Resource', code(targetArn(result.target))],
      ['Started', result.startedAt.toISOString()],
      ['Identity', describeIdentity(result.identity)],
      ['Verdict', `${code(verdict.kind)} (${code(verdict.reason)})`],
    ]),
    ...(result.entry === undefined ? [] : entrySection(result.entry)),
    '## Sent',
    ...sent(result),
    '## Came back',
    ...cameBack(result),
    ...(result.proof === undefined ? [] : proved(result.proof)),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** A verdict alone as a Markdown document, where there is nothing else to tell. It holds no secret. */
export function verdictReport({ title, explanation, nextSteps }: Verdict): string {
  return [
    `# ${text(title)}`,
    text(explanation),
    ...(nextSteps.length === 0 ? [] : ['## What to do next', list(nextSteps.map(({ label }) => label))]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The result as a JSON value, with members that are absent rather than null. */
export function toJson(result: InvalidationResult): JsonReport {
  return {
    verdict: result.verdict,
    resource: targetArn(result.target),
    target: result.target,
    startedAt: result.startedAt.toISOString(),
    ...defined('identity', result.identity),
    ...defined('request', result.request),
    ...defined('response', result.response),
    ...defined('failure', result.failure),
    ...defined('timings', result.timings),
    ...defined('retry', result.retry),
    ...defined('proof', result.proof),
    ...defined('entry', result.entry),
  };
}

export type JsonReport = Pick<InvalidationResult, 'verdict' | 'target'> & {
  readonly resource: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
} & {
  readonly [Name in
    | 'identity'
    | 'request'
    | 'response'
    | 'failure'
    | 'timings'
    | 'retry'
    | 'proof'
    | 'entry']?: Exclude<InvalidationResult[Name], undefined>;
};

/** Which entry was meant, by its keys. */
function entrySection({ route, source, keys, namespace }: Entry): readonly string[] {
  return [
    '## Entry',
    `By ${source === 'aws' ? 'AWS' : 'the definition in the workspace'}, ${code(route)} has ${keys.length === 0 ? 'no cache keys' : 'these cache keys'}${namespace === undefined ? '' : `, in the namespace ${code(namespace)}`}.`,
    ...(keys.length === 0
      ? []
      : [
          table(
            keys.map(({ place, name, value }) => [
              place,
              code(name),
              place === 'other' ? 'not told' : value === undefined ? 'not sent' : code(value),
            ]),
            ['Place', 'Name', 'Value'],
          ),
        ]),
  ];
}

function sent({ request }: InvalidationResult): readonly string[] {
  return request === undefined
    ? ['Nothing was sent.']
    : [fence('http', [`${request.method} ${request.url}`, ...headerLines(request.headers)].join('\n'))];
}

function cameBack({ response, failure, timings }: InvalidationResult): readonly string[] {
  if (failure !== undefined) {
    const status = failure.status === undefined ? '' : ` The answer had begun with status ${failure.status}.`;
    return [`${text(failure.message)}${status}`];
  }
  if (response === undefined) {
    return ['Nothing.'];
  }
  const head = fence('http', [`HTTP ${response.status}`, ...headerLines(response.headers)].join('\n'));
  const bytes = counted(response.bodyBytes, 'byte');
  const size = response.truncated
    ? `The body's beginning (${bytes} read, not all of them shown):`
    : `The body (${bytes}):`;
  return [
    head,
    ...(timings === undefined
      ? []
      : [`First byte after ${timings.firstByteMs} ms, complete after ${timings.totalMs} ms.`]),
    ...(response.body === '' ? [] : [size, fence('', response.body)]),
  ];
}

function proved({ title, explanation, reads }: Proof): readonly string[] {
  return [
    `## ${text(title)}`,
    text(explanation),
    table(
      reads.map(({ when, status, bodyDigest, etag, marker, timings }) => [
        when,
        status === undefined ? 'no answer' : String(status),
        bodyDigest === undefined ? '' : code(bodyDigest),
        etag === undefined ? '' : code(etag),
        marker === undefined ? '' : code(marker),
        timings === undefined ? '' : `${timings.firstByteMs} ms`,
        timings === undefined ? '' : `${timings.totalMs} ms`,
      ]),
      ['Plain read', 'Status', 'Body (SHA-256 begins)', 'ETag', 'Marker', 'First byte', 'Complete'],
    ),
  ];
}

function describeIdentity(identity: ShownIdentity | undefined): string {
  if (identity === undefined) {
    return 'none';
  }
  if (identity.signing === 'bearer') {
    return 'a bearer token';
  }
  if (identity.signing === 'unsigned') {
    return 'unsigned';
  }
  const profile = identity.profile === undefined ? '' : `, profile ${code(identity.profile)}`;
  const arn = identity.arn === undefined ? '' : `, which AWS knows as ${code(identity.arn)}`;
  return `access key ${code(identity.accessKeyId)} (${identity.keys})${profile}, from ${text(identity.provenance)}${arn}`;
}

function headerLines(headers: readonly NameValue[]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}
