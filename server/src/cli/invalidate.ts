import type { InvalidationDraft, OpenPart } from '../core/index';
import type { ShownIdentity } from '../gateway/identity';
import { type InvalidationResult, invalidate } from '../gateway/invalidate';
import { createRedactor, sensitiveValues } from '../gateway/redact';
import { toJson } from '../gateway/report';
import {
  buildRequest,
  type InvalidationTarget,
  mayChangeState,
  type NameValue,
  requestUrl,
  validateTarget,
} from '../gateway/request';
import type { NextStepId } from '../gateway/verdictTable';
import { printable } from './format/printable';
import { createStyle, type Style } from './format/style';
import type { CliIo, ExitCode } from './io';

export interface InvalidateRequest {
  readonly draft: InvalidationDraft;
  /** What the command line says of the parts that the ARN leaves open. */
  readonly parts: Readonly<Partial<Record<OpenPart, string | undefined>>>;
  readonly query: readonly NameValue[];
  readonly headers: readonly NameValue[];
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly signing: 'sigv4' | 'unsigned';
  readonly timeoutMs: number;
  readonly format: 'text' | 'json';
}

export type TargetOutcome = { readonly target: InvalidationTarget } | { readonly problem: string };

/** The option that fills in each part of an ARN. */
export const PART_OPTIONS: Readonly<Record<OpenPart, string>> = {
  region: '--region',
  apiId: '--api-id',
  stage: '--stage',
  method: '--method',
  path: '--path',
};

/** The one cache entry that the ARN and the options name together, or why they do not name one. */
export function targetOf(request: InvalidateRequest): TargetOutcome {
  const { draft, parts, query, headers, endpoint } = request;
  if (draft.refusal !== undefined) {
    return { problem: draft.refusal };
  }
  const missing = draft.open.filter((part) => parts[part] === undefined);
  if (missing.length > 0) {
    const options = missing.map((part) => `${PART_OPTIONS[part]} (the ARN has '${draft.patterns[part]}')`);
    return { problem: `the ARN does not name one cache entry; add ${options.join(', ')}` };
  }
  const contradicted = PARTS.find(
    (part) => parts[part] !== undefined && draft[part] !== undefined && parts[part] !== draft[part],
  );
  if (contradicted !== undefined) {
    return {
      problem: `${PART_OPTIONS[contradicted]} ${parts[contradicted]} contradicts the ARN, which has '${draft[contradicted]}'`,
    };
  }
  const target: InvalidationTarget = {
    partition: draft.partition,
    region: parts.region ?? draft.region ?? '',
    accountId: draft.account,
    apiId: parts.apiId ?? draft.apiId ?? '',
    stage: parts.stage ?? draft.stage ?? '',
    method: parts.method ?? draft.method ?? '',
    path: parts.path ?? draft.path ?? '',
    query,
    headers,
    endpoint,
  };
  const problems = validateTarget(target);
  if (problems.length > 0) {
    return { problem: problems.map((problem) => problem.message).join(' ') };
  }
  if (mayChangeState(target.method) && parts.method === undefined) {
    // A policy is full of ARNs for POST and DELETE; nobody sends one of these by pasting an ARN.
    return {
      problem: `${target.method} may change something behind the API; add --method ${target.method} to send it all the same`,
    };
  }
  return { target };
}

const PARTS = Object.keys(PART_OPTIONS) as readonly OpenPart[];

/** Prints the request as it would be sent, without its signature. Nothing is sent and no credentials are read. */
export function printRequest(io: CliIo, request: InvalidateRequest, target: InvalidationTarget): ExitCode {
  const redactor = createRedactor([...sensitiveValues(target.query), ...sensitiveValues(target.headers)]);
  const built = buildRequest(target);
  const { method } = built;
  const url = redactor.url(requestUrl(built));
  const headers = redactor.headers(built.headers);
  io.stdout.write(
    request.format === 'json'
      ? toLine({ method, url, headers })
      : [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
          .map((line) => `${printable(line)}\n`)
          .join(''),
  );
  return 0;
}

/** Sends the request and prints what came of it: 0 if it was accepted, 1 if the answer is no, 2 without an answer. */
export async function sendInvalidation(
  io: CliIo,
  request: InvalidateRequest,
  target: InvalidationTarget,
): Promise<ExitCode> {
  const result = await invalidate(await io.gatewayHost(), target, {
    profile: request.profile,
    signing: request.signing,
    timeoutMs: request.timeoutMs,
    signal: io.interruption(),
  });
  io.stdout.write(
    request.format === 'json' ? toLine(toJson(result)) : renderResult(result, createStyle(io.stdout, io.env)),
  );
  if (result.verdict.kind === 'accepted') {
    return 0;
  }
  return result.response === undefined ? 2 : 1;
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function renderResult(result: InvalidationResult, style: Style): string {
  const { verdict, request, response, failure, timings, identity } = result;
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
    ['request id', response?.requestId],
  ];
  const known = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${`${name}:`.padEnd(12)}${printable(value)}`],
  );
  return [
    style(colour, printable(verdict.title)),
    printable(verdict.explanation),
    ...(known.length === 0 ? [] : ['', ...known]),
    ...bullets('What this cannot tell:', verdict.caveats),
    ...bullets(
      'What to do next:',
      verdict.nextSteps.map(({ id, label }) => `${label}${HINTS[id] === undefined ? '' : ` (${HINTS[id]})`}`),
    ),
    '',
  ].join('\n');
}

function bullets(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${printable(item)}`)];
}

/** How a next step is done on the command line, where one option does it. */
const HINTS: Readonly<Partial<Record<NextStepId, string>>> = {
  'choose-profile': '--profile NAME',
  'check-endpoint': '--endpoint URL',
  'correct-region': '--region NAME',
  'sign-request': 'without --unsigned',
  'log-in-again': 'aws sso login',
  'flush-stage': 'aws apigateway flush-stage-cache',
};

function describeIdentity(identity: ShownIdentity): string {
  if (identity.signing === 'unsigned') {
    return 'nobody (unsigned)';
  }
  const profile = identity.profile === undefined ? '' : `, profile ${identity.profile}`;
  return `access key ${identity.accessKeyId} (${identity.keys})${profile}, from ${identity.provenance}`;
}
