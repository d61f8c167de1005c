import { type KnownApi, type KnownRoute, nearest, type WorkspaceKnowledge } from '../core/index';
import type { ControlOptions } from './control';
import { listStages, readDeployedApi, routeOf } from './deployedApi';
import type { GatewayHost } from './host';
import type { ShownIdentity } from './identity';
import { patternValues } from './resourcePath';
import type { InvalidationTarget } from './target';
import type { Verdict } from './verdictTable';

/*
 * A REST API answers a stage or a path that it does not have with 403, in words that fit many causes. What is known of
 * its stages and routes tells more.
 */

/** What a comparison of a target with what is known of its API comes to. */
export interface TargetCheck {
  /** `no` where the API certainly has no such stage or route. */
  readonly fits: 'yes' | 'no' | 'not-known';
  /** For people, the weightiest first. */
  readonly findings: readonly TargetFinding[];
}

export interface TargetFinding {
  readonly id:
    | 'stage-known'
    | 'stage-unknown'
    | 'stage-left-out'
    | 'route-known'
    | 'method-unknown'
    | 'route-unknown'
    | 'other-kind'
    | 'nothing-known';
  readonly message: string;
}

type Requested = Pick<InvalidationTarget, 'apiId' | 'stage' | 'method' | 'path'>;

/** What a source says about one API. */
export interface KnownOfApi {
  /** Whose word it is, as the subject of a sentence. */
  readonly source: string;
  readonly kind: KnownApi['kind'];
  readonly stages: readonly string[];
  readonly stagesAre: 'complete' | 'in-part';
  readonly routes: readonly KnownRoute[];
  readonly routesAre: 'complete' | 'in-part';
}

/** Compares a target with what files tell about its API: by the API's id, or else with the APIs that have none. */
export function checkByFiles(target: Requested, { apis }: WorkspaceKnowledge): TargetCheck {
  const defined = apis.filter(({ routes, complete }) => complete || routes.length > 0);
  const own = defined.filter(({ ids }) => ids.includes(target.apiId));
  const candidates = own.length > 0 ? own : defined.filter(({ ids }) => ids.length === 0);
  const stages = apis.filter(({ ids }) => ids.includes(target.apiId)).flatMap((api) => api.stages);
  const checks = candidates.map((api) =>
    compare(target, {
      source: `the definition of ${api.name}`,
      kind: api.kind,
      stages: [...new Set([...api.stages, ...stages])],
      // A stage may be made by hand, or by a deployment that no file tells of.
      stagesAre: 'in-part',
      routes: api.routes,
      routesAre: api.complete ? 'complete' : 'in-part',
    }),
  );
  const best = checks.find(({ fits }) => fits === 'yes') ?? checks.find(({ fits }) => fits === 'not-known');
  const [first] = checks;
  if (best !== undefined || first === undefined) {
    return best ?? NOTHING_KNOWN;
  }
  // None of several has it: that holds for all of them, and only the first is told at length.
  return own.length > 0 ? first : { ...first, fits: 'not-known' };
}

const NOTHING_KNOWN: TargetCheck = {
  fits: 'not-known',
  findings: [{ id: 'nothing-known', message: 'No file defines an API that this may be.' }],
};

/** Compares a target with the stages of its API and with what the stage serves as it is deployed. Never rejects. */
export async function checkByAws(
  host: GatewayHost,
  target: InvalidationTarget,
  options: ControlOptions,
): Promise<TargetAnswer> {
  const listed = await listStages(host, target, options);
  if (listed.value === undefined) {
    return { verdict: listed.verdict, identity: listed.identity, check: undefined };
  }
  const source = 'AWS';
  const known = { source, kind: 'rest', stages: listed.value, stagesAre: 'complete' } as const;
  // Where the stage is not there, the routes of another one tell whether the stage was left out.
  const stage = listed.value.includes(target.stage) ? target.stage : listed.value[0];
  const deployed =
    stage === undefined ? undefined : await readDeployedApi(host, { ...target, stage }, options);
  const { routes = [], complete = false } = deployed?.value ?? {};
  return {
    verdict: listed.verdict,
    identity: listed.identity,
    check: compare(target, { ...known, routes, routesAre: complete ? 'complete' : 'in-part' }),
  };
}

export interface TargetAnswer {
  /** Of the question about the stages, without whose answer there is no check. */
  readonly verdict: Verdict;
  readonly identity: ShownIdentity | undefined;
  readonly check: TargetCheck | undefined;
}

/** Compares a target with what is known of its API. */
export function compare(target: Requested, known: KnownOfApi): TargetCheck {
  const other = { http: 'an HTTP API', websocket: 'a WebSocket API', rest: undefined, unknown: undefined }[
    known.kind
  ];
  if (other !== undefined) {
    return {
      fits: 'no',
      findings: [{ id: 'other-kind', message: `By ${known.source} this is ${other}, which has no cache.` }],
    };
  }
  const stage = checkStage(target, known);
  const route = checkRoute(target, known);
  const leftOut = stage.id === 'stage-known' ? undefined : stageLeftOut(target, known);
  const found = [stage, ...(route === undefined ? [] : [route])];
  const isCertain = ({ id }: TargetFinding) =>
    (id === 'stage-unknown' && known.stagesAre === 'complete') ||
    ((id === 'route-unknown' || id === 'method-unknown') && known.routesAre === 'complete');
  return {
    fits: found.some(isCertain)
      ? 'no'
      : stage.id === 'stage-known' && route?.id === 'route-known'
        ? 'yes'
        : 'not-known',
    // Where the stage was left out, the path is none.
    findings: leftOut === undefined ? found : [leftOut, stage],
  };
}

function checkStage({ stage }: Requested, { source, stages, stagesAre }: KnownOfApi): TargetFinding {
  if (stages.includes(stage)) {
    return { id: 'stage-known', message: `By ${source} the API has the stage ${quote(stage)}.` };
  }
  const near = nearest(stage, stages);
  const names = stages.length === 0 ? 'none' : stages.slice(0, MOST_NAMES).map(quote).join(', ');
  return {
    id: 'stage-unknown',
    message: [
      stagesAre === 'complete'
        ? `By ${source} the API has no stage ${quote(stage)}. Its stages: ${names}.`
        : `It is not known whether the API has a stage ${quote(stage)}. Stages by ${source}: ${names}.`,
      ...(near === undefined ? [] : [`Did you mean ${quote(near)}?`]),
    ].join(' '),
  };
}

/** A URL without its stage is read as one whose first segment is the stage. */
function stageLeftOut(
  { stage, method, path }: Requested,
  { routes, stages }: KnownOfApi,
): TargetFinding | undefined {
  const whole = path === '' ? stage : `${stage}/${path}`;
  const route = routeOf(routes, { method, path: whole });
  // A route that takes any path takes this one too, and tells nothing.
  if (route === undefined || /^\/\{[^{}]*\}$/.test(route.path)) {
    return undefined;
  }
  const [first = 'STAGE'] = stages;
  return {
    id: 'stage-left-out',
    message: `${quote(`/${whole}`)} is a path of the route ${route.method} ${route.path}: the stage seems to be left out. A URL has it before the path, as in ${quote(`/${first}/${whole}`)}.`,
  };
}

function checkRoute(
  { method, path }: Requested,
  { source, routes, routesAre }: KnownOfApi,
): TargetFinding | undefined {
  if (routes.length === 0 && routesAre === 'in-part') {
    return undefined;
  }
  const found = routeOf(routes, { method, path });
  if (found !== undefined) {
    return {
      id: 'route-known',
      message: `By ${source} the route ${found.method} ${found.path} answers ${quote(`${method} /${path}`)}.`,
    };
  }
  const methods = routes.filter((route) => patternValues(route.path, path) !== undefined);
  if (methods.length > 0) {
    const names = [...new Set(methods.map((route) => `${route.method} ${route.path}`))];
    return {
      id: 'method-unknown',
      message: `By ${source} no route answers ${method} on ${quote(`/${path}`)}, but ${names.slice(0, MOST_NAMES).join(', ')}.`,
    };
  }
  const near = nearest(
    `/${path}`,
    routes.map((route) => route.path),
  );
  const names = [...new Set(routes.map((route) => `${route.method} ${route.path}`))];
  return {
    id: 'route-unknown',
    message: [
      `By ${source} no route answers ${quote(`/${path}`)}${routesAre === 'complete' ? '' : ', as far as it tells'}.`,
      near === undefined
        ? `Its routes: ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ' and more' : ''}.`
        : `Did you mean ${quote(near)}?`,
    ].join(' '),
  };
}

const MOST_NAMES = 8;

function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

const LONGEST = 200;
