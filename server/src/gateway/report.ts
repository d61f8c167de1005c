import type { InvalidationResult, ShownIdentity } from './invalidate';
import { type NameValue, targetArn } from './request';

/** The result as a Markdown document that a person can keep: it holds no secret. */
export function renderReport(result: InvalidationResult): string {
  const { verdict } = result;
  return [
    `# ${verdict.title}`,
    text(verdict.explanation),
    ...(verdict.caveats.length === 0 ? [] : ['## What this cannot know', list(verdict.caveats)]),
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
    '## Sent',
    ...sent(result),
    '## Came back',
    ...cameBack(result),
    '',
  ]
    .join('\n\n')
    .trimEnd()
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
  };
}

export type JsonReport = Pick<InvalidationResult, 'verdict' | 'target'> & {
  readonly resource: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
} & {
  readonly [Name in 'identity' | 'request' | 'response' | 'failure' | 'timings']?: Exclude<
    InvalidationResult[Name],
    undefined
  >;
};

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
  const size = response.truncated
    ? `The body's beginning (${response.bodyBytes} bytes were read, not all are shown):`
    : `The body (${response.bodyBytes} bytes):`;
  return [
    head,
    ...(timings === undefined
      ? []
      : [`First byte after ${timings.firstByteMs} ms, complete after ${timings.totalMs} ms.`]),
    ...(response.body === '' ? [] : [size, fence('', response.body)]),
  ];
}

function describeIdentity(identity: ShownIdentity | undefined): string {
  if (identity === undefined) {
    return 'none';
  }
  if (identity.signing === 'unsigned') {
    return 'unsigned';
  }
  const profile = identity.profile === undefined ? '' : `, profile ${code(identity.profile)}`;
  return `access key ${code(identity.accessKeyId)} (${identity.keys})${profile}, from ${text(identity.provenance)}`;
}

function headerLines(headers: readonly NameValue[]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(rows: readonly (readonly [string, string])[]): string {
  return [
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`),
  ].join('\n');
}

/** What a server sent must not end the block it is shown in, nor be read as Markdown. */
function fence(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${content.replaceAll('\r', '')}\n${marks}`;
}

function code(value: string): string {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return longest === 0 ? `${marks}${value}${marks}` : `${marks} ${value} ${marks}`;
}

function text(value: string): string {
  return value.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}
