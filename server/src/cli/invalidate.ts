import type { EntryKeys } from '../gateway/cacheKeys';
import { curlCaveat, curlCommand } from '../gateway/curl';
import { type ClientCertificate, PROVENANCE } from '../gateway/host';
import type { ShownIdentity } from '../gateway/identity';
import { type InvalidationResult, invalidate } from '../gateway/invalidate';
import type { InvalidateOptions } from '../gateway/invalidateOptions';
import type { Proof } from '../gateway/proof';
import { createRedactor, sensitiveValues } from '../gateway/redact';
import { toJson } from '../gateway/report';
import { buildRequest, requestUrl } from '../gateway/request';
import type { InvalidationTarget, NameValue } from '../gateway/target';
import type { NextStep, NextStepId, Verdict } from '../gateway/verdictTable';
import { printable } from './format/printable';
import { createStyle, type Style } from './format/style';
import { type CliIo, complain, type ExitCode } from './io';

export interface InvalidateRequest {
  readonly profile: string | undefined;
  readonly signing: 'sigv4' | 'unsigned';
  readonly timeoutMs: number;
  readonly format: 'text' | 'json' | 'jsonl';
  readonly checks: Pick<InvalidateOptions, 'identify' | 'proof' | 'marker' | 'stage' | 'controlEndpoint'>;
  /** Which parameters make an entry, where that is known or to be asked. */
  readonly keysOf: (target: InvalidationTarget) => EntryKeys | 'read' | undefined;
  readonly apiKey: string | undefined;
  readonly bearer: string | undefined;
  readonly clientCertificate: ClientCertificate | undefined;
}

/** What the engine is given for a request. Calling it keeps an interruption from ending the program at once. */
export function optionsOf(
  io: CliIo,
  { profile, signing, apiKey, bearer, clientCertificate, timeoutMs, checks }: InvalidateRequest,
): InvalidateOptions {
  return {
    profile,
    signing,
    apiKey,
    bearer,
    clientCertificate,
    timeoutMs,
    signal: io.interruption(),
    ...checks,
  };
}

/** Prints requests as they would be sent, without a signature. Nothing is sent and no credentials are read. */
export function printRequests(
  io: CliIo,
  request: InvalidateRequest,
  targets: readonly InvalidationTarget[],
  number: 'one' | 'many',
): ExitCode {
  const shown = targets.map((target) => shownRequest(request, target));
  if (request.format === 'json') {
    io.stdout.write(toLine(number === 'one' ? shown[0] : shown));
  } else if (request.format === 'jsonl') {
    for (const each of shown) {
      io.stdout.write(toLine(each, 'one line'));
    }
  } else {
    const texts = shown.map(({ method, url, headers }) =>
      [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
        .map((line) => `${printable(line)}\n`)
        .join(''),
    );
    io.stdout.write(texts.join('\n'));
  }
  return 0;
}

function shownRequest(
  { apiKey, bearer }: InvalidateRequest,
  target: InvalidationTarget,
): { readonly method: string; readonly url: string; readonly headers: readonly NameValue[] } {
  const redactor = createRedactor([...sensitiveValues(target.query), ...sensitiveValues(target.headers)]);
  const built = buildRequest(target);
  const key = apiKey === undefined ? [] : [['x-api-key', apiKey] as const];
  const token = bearer === undefined ? [] : [['authorization', bearer] as const];
  return {
    method: built.method,
    url: redactor.url(requestUrl(built)),
    headers: redactor.headers([...built.headers, ...key, ...token]),
  };
}

/** Prints requests as commands for a shell; they hold no secret. Nothing is sent and no credentials are read. */
export function printCurl(
  io: CliIo,
  {
    signing,
    apiKey,
    bearer,
    clientCertificate,
  }: Pick<InvalidateRequest, 'signing' | 'apiKey' | 'bearer' | 'clientCertificate'>,
  targets: readonly InvalidationTarget[],
): ExitCode {
  const options = {
    signing,
    apiKey: apiKey === undefined ? 'absent' : 'sent',
    bearer: bearer === undefined ? 'absent' : 'sent',
    clientCertificate,
  } as const;
  const caveats = targets.flatMap((target) => curlCaveat(target, options) ?? []);
  for (const caveat of new Set(caveats)) {
    complain(io, caveat);
  }
  for (const target of targets) {
    io.stdout.write(`${curlCommand(target, options)}\n`);
  }
  return 0;
}

/** Sends the request and prints what came of it: 0 if it was accepted, 1 if the answer is no, 2 without an answer. */
export async function sendInvalidation(
  io: CliIo,
  request: InvalidateRequest,
  target: InvalidationTarget,
): Promise<ExitCode> {
  const result = await invalidate(await io.gatewayHost(), target, {
    ...optionsOf(io, request),
    keys: request.keysOf(target),
  });
  const { format } = request;
  io.stdout.write(
    format === 'text'
      ? renderResult(result, request.profile, createStyle(io.stdout, io.env))
      : toLine(toJson(result), format === 'json' ? 'indented' : 'one line'),
  );
  if (result.verdict.kind === 'accepted') {
    return 0;
  }
  return result.response === undefined ? 2 : 1;
}

/**
 * A value as JSON, indented unless said otherwise, and a line end. What a server sent may hold characters that a
 * terminal acts on or that hide others; as escapes they mean the same to a program.
 */
export function toLine(value: unknown, layout: 'indented' | 'one line' = 'indented'): string {
  const json = JSON.stringify(value, undefined, layout === 'indented' ? 2 : undefined);
  return `${json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapes)}\n`;
}

function escapes(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function renderResult(result: InvalidationResult, profile: string | undefined, style: Style): string {
  const { verdict, request, response, failure, timings, identity, proof, entry } = result;
  const colour = verdict.kind === 'accepted' ? 'green' : verdict.kind === 'ignored' ? 'yellow' : 'red';
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['sent', request && `${request.method} ${request.url}`],
    ['as', identity && describeIdentity(identity)],
    [
      'answer',
      response && `HTTP ${response.status}${timings === undefined ? '' : ` after ${timings.totalMs} ms`}`,
    ],
    [
      'error',
      [response?.errorType, response?.message].filter((part) => part !== undefined).join(': ') || undefined,
    ],
    ['failure', failure?.message],
    ['request ID', response?.requestId],
    ['entry', entry?.meant],
  ];
  const known = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${`${name}:`.padEnd(12)}${printable(value)}`],
  );
  return [
    style(colour, printable(verdict.title)),
    printable(verdict.explanation),
    ...(known.length === 0 ? [] : ['', ...known]),
    ...(proof === undefined ? [] : renderProof(proof)),
    ...bullets('What this cannot tell:', verdict.caveats),
    ...bullets(
      'What to do next:',
      verdict.nextSteps.map((step) => withHint(step, { ...HINTS, ...loginHint(verdict, identity, profile) })),
    ),
    '',
  ].join('\n');
}

function renderProof({ title, explanation, reads }: Proof): readonly string[] {
  return [
    '',
    title,
    explanation,
    ...reads.map(({ when, status, bodyDigest, marker, timings }) =>
      [
        `  ${`${when}:`.padEnd(15)}`,
        status === undefined ? 'no answer' : `HTTP ${status}`,
        ...(bodyDigest === undefined ? [] : [`body ${bodyDigest}`]),
        ...(marker === undefined ? [] : [`marker ${printable(marker)}`]),
        ...(timings === undefined ? [] : [`after ${timings.totalMs} ms`]),
      ].join(' '),
    ),
  ];
}

/** A titled list, with a blank line before; nothing for an empty one. */
export function bullets(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${printable(item)}`)];
}

/** How a next step is done on the command line, where one option does it. */
export type Hints = Readonly<Partial<Record<NextStepId, string>>>;

export const HINTS: Hints = {
  'choose-profile': '--profile NAME',
  'check-endpoint': '--endpoint URL',
  'correct-region': '--region NAME',
  'sign-request': 'without --unsigned',
  'flush-stage': 'iam-policy flush ARN',
  'show-stage-settings': 'iam-policy stage-cache ARN',
  'compare-plain-request': '--verify',
  'enter-api-key': '--api-key-env NAME',
  'enter-token': '--bearer-env NAME',
  'check-path': '--path PATH',
  'check-routes': 'iam-policy check-target ARN',
  'send-anyway': 'with * for the account in the ARN',
};

/** The command that renews a login, where it is known that there was one: an expired key of another kind has none. */
export function loginHint(
  { reason }: Pick<Verdict, 'reason'>,
  identity: ShownIdentity | undefined,
  wanted: string | undefined,
): Hints {
  const signed = identity?.signing === 'sigv4' ? identity : undefined;
  const command =
    reason === 'login-expired' || signed?.provenance === PROVENANCE.login
      ? 'aws login'
      : reason === 'sso-login-expired' || signed?.provenance === PROVENANCE.sso
        ? 'aws sso login'
        : undefined;
  const profile = signed?.profile ?? wanted;
  return command === undefined
    ? {}
    : { 'log-in-again': profile === undefined ? command : `${command} --profile ${shellWord(profile)}` };
}

function shellWord(text: string): string {
  return /^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A next step, with the option that takes it. */
export function withHint({ id, label }: NextStep, hints: Hints): string {
  const hint = hints[id];
  return hint === undefined ? label : `${label} (${hint})`;
}

function describeIdentity(identity: ShownIdentity): string {
  if (identity.signing === 'bearer') {
    return 'a bearer token (unsigned)';
  }
  if (identity.signing === 'unsigned') {
    return 'nobody (unsigned)';
  }
  const profile = identity.profile === undefined ? '' : `, profile ${identity.profile}`;
  const arn = identity.arn === undefined ? '' : `, known to AWS as ${identity.arn}`;
  return `access key ${identity.accessKeyId} (${identity.keys})${profile}, from ${identity.provenance}${arn}`;
}
