import { own, type ResponseTransfer } from '../core/index';
import type { MethodCacheSettings, StageDescription } from './host';
import { patternValues, specificity } from './resourcePath';

/*
 * What the settings of a stage mean for invalidations, without asking anybody
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html and the Stage type of
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html).
 */

/** A stage's cache. What the answer of AWS left out is `undefined`, and never guessed. */
export interface StageCache {
  readonly cluster: 'on' | 'off';
  /** What the cluster is doing, such as `AVAILABLE`. */
  readonly status: string | undefined;
  /** In GB. */
  readonly size: string | undefined;
  /** For every method without settings of its own; absent where the stage has none. */
  readonly defaults: MethodCache | undefined;
  /** In the order of the answer. */
  readonly overrides: readonly MethodOverride[];
  /** Whether the canary serves the same deployment as the stage: that decides if they share entries. */
  readonly canary:
    | (StageDescription['canary'] & { readonly deployment: 'same' | 'another' | 'not-told' })
    | undefined;
}

export interface MethodCache {
  readonly caching: 'on' | 'off' | undefined;
  readonly ttlSeconds: number | undefined;
  readonly encrypted: boolean | undefined;
  /** Whether only callers with execute-api:InvalidateCache may invalidate. */
  readonly authorization: 'required' | 'not-required';
  /** What those who may not are answered: one of `UNAUTHORIZED_STRATEGIES`, or what AWS added since. */
  readonly strategy: string;
}

export interface MethodOverride {
  /** As the answer spells it. */
  readonly key: string;
  /** With its leading slash, as in `/pets/{petId}`. */
  readonly resourcePath: string;
  readonly method: string;
  readonly settings: MethodCache;
  /**
   * Given for a key with a plain slash before its path, as in `/pets/GET`: it is stored, the console does not show it,
   * and nobody has documented that it applies (hashicorp/terraform-provider-aws#9738).
   */
  readonly standing?: 'doubtful' | undefined;
}

/** Which settings a request falls under. */
export interface AppliedCache {
  readonly settings: MethodCache | undefined;
  readonly override: MethodOverride | undefined;
  /**
   * `likely` where the key of the override is doubtful, or a more specific resource without settings of its own might
   * take the request: then it falls under the settings of the stage.
   */
  readonly certainty: 'certain' | 'likely';
}

/** What the settings decide about an invalidation before it is sent. */
export interface Settled {
  /** Why nothing is cached for the request; then there is nothing to invalidate. */
  readonly uncached: string | undefined;
  /** Whether an unauthorized invalidation would look like a good one. */
  readonly silence: 'silent' | 'told';
  readonly authorization: MethodCache['authorization'] | undefined;
  /** How the integration hands its response on, where that is known: a streamed one is never cached. */
  readonly transfer?: ResponseTransfer | undefined;
  /** Sentences for people, the weightiest first. */
  readonly notes: readonly string[];
}

export type StageFindingId =
  | 'anybody-may-invalidate'
  | 'silent-refusals'
  | 'nothing-cached'
  | 'ttl-zero'
  | 'not-encrypted'
  | 'cluster-unready'
  | 'canary-shares-cache';

/** A setting that is hardly meant, or that is good to know of. */
export interface StageFinding {
  readonly id: StageFindingId;
  readonly weight: 'wrong' | 'note';
  readonly message: string;
}

/** The three behaviours towards callers who may not invalidate. */
export const UNAUTHORIZED_STRATEGIES: Readonly<
  Record<string, { readonly answer: string; readonly tells: string }>
> = {
  FAIL_WITH_403: {
    answer: 'refused with status 403',
    tells:
      'yes, but a client that sends Cache-Control by habit (a browser does on reload) is refused as well',
  },
  SUCCEED_WITH_RESPONSE_HEADER: {
    answer: 'answered as if it had not asked, with a Warning header',
    tells: 'yes, by the header',
  },
  SUCCEED_WITHOUT_RESPONSE_HEADER: {
    answer: 'answered as if it had not asked, without a word',
    tells: 'no: a successful invalidation looks the same',
  },
};

/** What AWS takes where nothing was chosen. */
const DEFAULT_STRATEGY = 'SUCCEED_WITH_RESPONSE_HEADER';

const SILENT_STRATEGY = 'SUCCEED_WITHOUT_RESPONSE_HEADER';

/** Reads what GetStage tells. An override's missing member is the stage's. */
export function readStage(description: StageDescription): StageCache {
  const entries = Object.entries(description.methodSettings).map(([key, settings]) => ({
    key,
    settings,
    ...readKey(key),
  }));
  const whole = entries.find(({ method, resourcePath }) => method === '*' && resourcePath === '/*');
  return {
    cluster: description.cacheClusterEnabled === true ? 'on' : 'off',
    status: description.cacheClusterStatus,
    size: description.cacheClusterSize,
    defaults: whole === undefined ? undefined : readSettings(whole.settings, {}),
    overrides: entries
      .filter((entry) => entry !== whole)
      .map(({ key, method, resourcePath, standing, settings }) => ({
        key,
        method,
        resourcePath,
        ...(standing === undefined ? {} : { standing }),
        settings: readSettings(settings, whole?.settings ?? {}),
      })),
    canary: readCanary(description),
  };
}

function readCanary({ canary, deploymentId }: StageDescription): StageCache['canary'] {
  return canary === undefined
    ? undefined
    : {
        ...canary,
        deployment:
          canary.deploymentId === undefined || deploymentId === undefined
            ? 'not-told'
            : canary.deploymentId === deploymentId
              ? 'same'
              : 'another',
      };
}

/**
 * What a canary release means for one invalidation: with `useStageCache`, different deployments have separate entries
 * in the stage's cache (https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html). What holds
 * without it is not documented.
 */
function canaryNote(canary: StageCache['canary']): string | undefined {
  if (canary === undefined || canary.percentTraffic === 0) {
    return undefined;
  }
  if (!canary.useStageCache) {
    return "The stage has a canary release that does not use the stage's cache. AWS does not document what is cached for it then; a request reaches the stage or its canary by chance.";
  }
  if (canary.deployment === 'same') {
    return undefined;
  }
  return canary.deployment === 'another'
    ? "The stage has a canary release of another deployment, whose entries in the stage's cache are separate: an invalidation reaches one of the two entries, by chance. Flush the stage's cache to renew both."
    : "The stage has a canary release. If it is of another deployment, its entries in the stage's cache are separate, and an invalidation reaches one of the two, by chance.";
}

/**
 * The settings that a request falls under. API Gateway tells overrides by the resource, not by the path, so a
 * resource that is more specific than the override and has no settings of its own cannot be ruled out.
 *
 * @param path without its leading slash
 */
export function cacheOf(stage: StageCache, method: string, path: string): AppliedCache {
  const [best] = stage.overrides
    .filter(
      (override) =>
        (override.method === method || override.method === 'ANY') &&
        patternValues(override.resourcePath, path) !== undefined,
    )
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return best === undefined
    ? { settings: stage.defaults, override: undefined, certainty: 'certain' }
    : {
        settings: best.settings,
        override: best,
        certainty: best.standing === 'doubtful' || best.resourcePath.includes('{') ? 'likely' : 'certain',
      };
}

/** The more specific resource first; of two keys for one resource the usual one, and the method before `ANY`. */
function sortKey({ resourcePath, standing, method }: MethodOverride): string {
  return [specificity(resourcePath), standing === 'doubtful' ? 1 : 0, method === 'ANY' ? 1 : 0].join(' ');
}

/**
 * What the settings decide about an invalidation of this method and path (without its leading slash). Where two sets of
 * settings may apply, that nothing is cached is decided only if both say so, and it is silent if one of them is.
 */
export function settledBy(
  stage: StageCache,
  method: string,
  path: string,
  transfer?: ResponseTransfer | undefined,
): Settled {
  const applied = cacheOf(stage, method, path);
  const { override, certainty } = applied;
  const possible: readonly Pick<AppliedCache, 'settings' | 'override'>[] =
    certainty === 'certain' ? [applied] : [applied, { settings: stage.defaults, override: undefined }];
  const reasons = possible.map((each) => whyUncached(stage, each, method));
  const [reason] = reasons;
  const streamed = transfer === 'stream' ? STREAMED : undefined;
  const uncached = streamed ?? (reasons.every((each) => each !== undefined) ? reason : undefined);
  const silent = possible.find(
    ({ settings }) => settings?.authorization === 'required' && settings.strategy === SILENT_STRATEGY,
  );
  const authorization = applied.settings?.authorization;
  const notes = [
    streamed,
    reason,
    silent === undefined
      ? undefined
      : `The settings of ${placeOf(silent)} ignore unauthorized invalidations silently: the response does not show whether it succeeded.`,
    authorization === 'not-required'
      ? `The settings of ${placeOf(applied)} require no authorization: anybody who reaches the API may invalidate, signed or not.`
      : undefined,
    stage.cluster === 'off' ? undefined : own(STATUS_NOTES, stage.status ?? ''),
    canaryNote(stage.canary),
    override === undefined || certainty === 'certain'
      ? undefined
      : override.standing === 'doubtful'
        ? `The settings of ${placeOf(applied)} are under the key ${JSON.stringify(override.key)}, which begins with a slash. It is not certain that API Gateway applies them; the usual key is ${JSON.stringify(usualKey(override))}.`
        : `The settings of ${placeOf(applied)} apply unless a more specific resource takes this path.`,
  ];
  return {
    uncached,
    silence: silent === undefined ? 'told' : 'silent',
    authorization,
    transfer,
    notes: notes.filter((note) => note !== undefined),
  };
}

/** Developer Guide, "Stream the integration response for your proxy integrations in API Gateway". */
const STREAMED =
  'The integration streams its response (responseTransferMode STREAM), and API Gateway never caches a streamed response.';

/** Said where nobody knows it: the settings of a stage do not tell. */
export const TRANSFER_UNKNOWN =
  'Whether the integration streams its response is not among the settings of the stage: a streamed response (responseTransferMode STREAM) is never cached.';

function placeOf({ override }: Pick<AppliedCache, 'override'>): string {
  return override === undefined ? 'this stage' : `${override.method} ${override.resourcePath}`;
}

/** As the answers of AWS have it. */
function usualKey({ resourcePath, method }: MethodOverride): string {
  return `${resourcePath.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
}

/** The settings that look wrong, and those that are good to know of; the former first. */
export function stageFindings(stage: StageCache): readonly StageFinding[] {
  if (stage.cluster === 'off') {
    return [];
  }
  const places = [
    ...(stage.defaults === undefined ? [] : [{ place: 'the stage', settings: stage.defaults }]),
    ...stage.overrides.map(({ method, resourcePath, settings }) => ({
      place: `${method} ${resourcePath}`,
      settings,
    })),
  ];
  const status = own(STATUS_NOTES, stage.status ?? '');
  const canary = canaryNote(stage.canary);
  const cached = places.filter(({ settings }) => settings.caching !== 'off' && settings.ttlSeconds !== 0);
  const among = (found: typeof places) => found.map(({ place }) => place).join(', ');
  const finding = (
    id: StageFindingId,
    weight: StageFinding['weight'],
    found: typeof places,
    message: string,
  ): readonly StageFinding[] =>
    found.length === 0 ? [] : [{ id, weight, message: `${message} (${among(found)})` }];
  return [
    ...finding(
      'anybody-may-invalidate',
      'wrong',
      cached.filter(({ settings }) => settings.authorization === 'not-required'),
      'Anybody who reaches the API may invalidate, and so send every request to the backend',
    ),
    ...finding(
      'silent-refusals',
      'wrong',
      cached.filter(
        ({ settings }) => settings.authorization === 'required' && settings.strategy === SILENT_STRATEGY,
      ),
      'An invalidation without permission is ignored silently, so no caller can tell whether it worked',
    ),
    ...(cached.length === 0
      ? [
          {
            id: 'nothing-cached',
            weight: 'wrong',
            message: 'The cache cluster is on, and charged for, but no method is cached',
          } as const,
        ]
      : []),
    ...finding(
      'ttl-zero',
      'wrong',
      places.filter(({ settings }) => settings.caching === 'on' && settings.ttlSeconds === 0),
      'Caching is on with a time to live of 0, which caches nothing',
    ),
    ...finding(
      'not-encrypted',
      'note',
      cached.filter(({ settings }) => settings.encrypted === false),
      'Cached responses are not encrypted at rest',
    ),
    ...(status === undefined
      ? []
      : [
          {
            id: 'cluster-unready',
            weight: 'note',
            message: `The cache cluster is not ready: ${stage.status}`,
          } as const,
        ]),
    ...(canary === undefined
      ? []
      : [{ id: 'canary-shares-cache', weight: 'note', message: canary.replace(/\.$/, '') } as const]),
  ];
}

const STATUS_NOTES: Readonly<Record<string, string>> = {
  CREATE_IN_PROGRESS: 'The cache cluster is still being made, which takes a few minutes.',
  DELETE_IN_PROGRESS: 'The cache cluster is being taken away.',
  NOT_AVAILABLE: 'The cache cluster is not available.',
  FLUSH_IN_PROGRESS: 'The cache cluster is being flushed at this moment.',
};

function whyUncached(
  stage: StageCache,
  { settings, override }: Pick<AppliedCache, 'settings' | 'override'>,
  method: string,
): string | undefined {
  if (stage.cluster === 'off') {
    return 'The stage has no cache, so there is nothing to invalidate.';
  }
  const place = override === undefined ? 'the stage' : `${override.method} ${override.resourcePath}`;
  if (override === undefined && method !== 'GET') {
    return `By default only GET is cached, and the stage has no settings of its own for ${method} on this path.`;
  }
  if (settings === undefined) {
    return 'The stage has a cache, and no settings that switch caching on for this method, so there is nothing to invalidate.';
  }
  if (settings.caching === 'off') {
    return `Caching is off in the settings of ${place}, so there is nothing to invalidate.`;
  }
  return settings.ttlSeconds === 0
    ? `The time to live is 0 in the settings of ${place}, so nothing is kept.`
    : undefined;
}

/**
 * A key names a resource path and a method. AWS documents `~1` for a slash in patches, and does not say how the
 * answer spells the path of a nested resource, so every spelling is taken.
 */
function readKey(key: string): Pick<MethodOverride, 'resourcePath' | 'method' | 'standing'> {
  const decoded = key.replaceAll('~1', '/').replaceAll('~0', '~');
  const slash = decoded.lastIndexOf('/');
  const path = decoded.slice(0, Math.max(slash, 0)).replace(/^\/+|(?<!\/)\/+$/g, '');
  return {
    resourcePath: `/${path}`,
    method: decoded.slice(slash + 1),
    // `/GET` is the root in the spelling that leaves a slash out.
    standing: /^\/[^/]/.test(key) && path !== '' ? 'doubtful' : undefined,
  };
}

function readSettings(own: MethodCacheSettings, fallback: MethodCacheSettings): MethodCache {
  const caching = own.cachingEnabled ?? fallback.cachingEnabled;
  const required =
    own.requireAuthorizationForCacheControl ?? fallback.requireAuthorizationForCacheControl ?? true;
  return {
    caching: caching === undefined ? undefined : caching ? 'on' : 'off',
    ttlSeconds: own.cacheTtlInSeconds ?? fallback.cacheTtlInSeconds,
    encrypted: own.cacheDataEncrypted ?? fallback.cacheDataEncrypted,
    authorization: required ? 'required' : 'not-required',
    strategy:
      own.unauthorizedCacheControlHeaderStrategy ??
      fallback.unauthorizedCacheControlHeaderStrategy ??
      DEFAULT_STRATEGY,
  };
}
