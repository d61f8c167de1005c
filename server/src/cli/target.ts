import type { InvalidationDraft, OpenPart } from '../core/index';
import { mayChangeState } from '../gateway/method';
import type { CustomDomain, InvalidationTarget, NameValue } from '../gateway/target';
import { validateTarget } from '../gateway/targetProblems';
import { targetOfUrl, urlDraft } from '../gateway/targetUrl';

/** What the command line says about a target, however it names it. */
export interface TargetRequest {
  readonly source: TargetSource;
  /** What the options say about parts that the source leaves open. */
  readonly parts: Readonly<Partial<Record<OpenPart, string | undefined>>>;
  readonly query: readonly NameValue[];
  readonly headers: readonly NameValue[];
  readonly endpoint: string | undefined;
  /** As `--host` has it: the API's own name, or `NAME/BASEPATH` of a private custom domain. */
  readonly host?: string | undefined;
  /** What the source is called in messages, where it is not what `readSource` read. */
  readonly origin?: 'definition' | undefined;
}

/** An ARN or a URL, as far as it goes. */
export interface TargetSource {
  readonly draft: InvalidationDraft;
  readonly query: readonly NameValue[];
  readonly endpoint: string | undefined;
  readonly domain: CustomDomain | undefined;
  /** An ARN unless given. */
  readonly origin?: 'URL' | undefined;
}

export type TargetOutcome = { readonly target: InvalidationTarget } | { readonly problem: string };

/** The option that fills in each part of an ARN. */
const PART_OPTIONS: Readonly<Record<OpenPart, string>> = {
  region: '--region',
  apiId: '--api-id',
  stage: '--stage',
  method: '--method',
  path: '--path',
};

/**
 * Reads an ARN or an invoke URL. A custom domain is one of those that the command line names as the caller's own.
 *
 * @param region where the API behind the custom domain is
 */
export function readSource(
  text: string,
  {
    draftOf,
    domain,
    region,
  }: {
    readonly draftOf: (arn: string) => InvalidationDraft;
    readonly domain: CustomDomain | undefined;
    readonly region: string | undefined;
  },
): TargetSource | { readonly problem: string } {
  if (!/^[a-z]+:\/\//i.test(text)) {
    return { draft: draftOf(text), query: [], endpoint: undefined, domain };
  }
  if (domain !== undefined && region === undefined) {
    return { problem: 'a custom domain does not tell the Region; add --region' };
  }
  const outcome = targetOfUrl(text, domain === undefined ? [] : [{ ...domain, region: region ?? '' }]);
  if ('refusal' in outcome) {
    const hint =
      outcome.reason === 'unknown-host' ? ' (--domain NAME/BASEPATH says which custom domain is yours)' : '';
    return { problem: `${outcome.refusal}${hint}` };
  }
  const { query, endpoint, domain: matched } = outcome.target;
  return {
    draft: urlDraft(outcome.target, draftOf),
    origin: 'URL',
    query,
    endpoint,
    domain: matched === undefined ? undefined : { name: matched.name, basePath: matched.basePath },
  };
}

/** `NAME` or `NAME/BASEPATH`. */
export function readDomain(text: string): CustomDomain {
  const [name = '', ...basePath] = text.split('/');
  return { name: name.toLowerCase(), basePath: basePath.join('/').replace(/(?<!\/)\/+$/, '') };
}

/** The one cache entry that the source and the options name together, or why they do not name one. */
export function targetOf(request: TargetRequest): TargetOutcome {
  const { source, parts, query, headers, origin } = request;
  const { draft } = source;
  const filled = fill(draft, parts, PARTS, origin ?? source.origin);
  if ('problem' in filled) {
    return filled;
  }
  const target: InvalidationTarget = {
    partition: draft.partition,
    accountId: draft.account,
    ...filled.values,
    query: [...source.query, ...query],
    headers,
    endpoint: request.endpoint ?? source.endpoint,
    domain: request.endpoint === undefined ? source.domain : undefined,
    ...hostOf(request.host),
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

/** A name of execute-api is the API's own; any other is a custom domain that the caller names as theirs. */
function hostOf(text: string | undefined): Pick<InvalidationTarget, 'host' | 'domain'> {
  return text === undefined
    ? {}
    : /^[^/]*\.execute-api\./i.test(text)
      ? { host: text.toLowerCase() }
      : { domain: readDomain(text) };
}

export type StageOutcome =
  | {
      readonly stage: Pick<InvalidationTarget, 'partition' | 'region' | 'apiId' | 'stage'>;
      /** The method and path where the source names them as well. */
      readonly request: { readonly method: string; readonly path: string } | undefined;
    }
  | { readonly problem: string };

/** The stage that the source and the options name together, whatever they leave open below it. */
export function stageOf({
  source: { draft, origin },
  parts,
}: Pick<TargetRequest, 'source' | 'parts'>): StageOutcome {
  const filled = fill(draft, parts, STAGE_PARTS, origin);
  if ('problem' in filled) {
    return filled;
  }
  const { region, apiId, stage } = filled.values;
  const { method, path } = draft;
  return {
    stage: { partition: draft.partition, region, apiId, stage },
    request: method === undefined || path === undefined ? undefined : { method, path },
  };
}

const PARTS = Object.keys(PART_OPTIONS) as readonly OpenPart[];

const STAGE_PARTS: readonly OpenPart[] = ['region', 'apiId', 'stage'];

/** Every part, empty where it is not wanted; or why the wanted ones are not all there. */
function fill(
  draft: InvalidationDraft,
  parts: TargetRequest['parts'],
  wanted: readonly OpenPart[],
  origin: 'ARN' | 'URL' | 'definition' = 'ARN',
): { readonly values: Readonly<Record<OpenPart, string>> } | { readonly problem: string } {
  if (draft.refusal !== undefined) {
    return { problem: draft.refusal };
  }
  const missing = draft.open.filter((part) => wanted.includes(part) && parts[part] === undefined);
  if (missing.length > 0) {
    const what = wanted.includes('path') ? 'cache entry' : 'stage';
    const options = missing.map((part) =>
      origin === 'ARN' ? `${PART_OPTIONS[part]} (the ARN has '${draft.patterns[part]}')` : PART_OPTIONS[part],
    );
    return { problem: `the ${origin} does not name one ${what}; add ${options.join(', ')}` };
  }
  const contradicted = wanted.find(
    (part) => parts[part] !== undefined && draft[part] !== undefined && parts[part] !== draft[part],
  );
  if (contradicted !== undefined) {
    return {
      problem: `${PART_OPTIONS[contradicted]} ${parts[contradicted]} contradicts the ${origin}, which has '${draft[contradicted]}'`,
    };
  }
  const value = (part: OpenPart) => (wanted.includes(part) ? (parts[part] ?? draft[part] ?? '') : '');
  return {
    values: {
      region: value('region'),
      apiId: value('apiId'),
      stage: value('stage'),
      method: value('method'),
      path: value('path'),
    },
  };
}
