import {
  type ExecuteApiArn,
  readExecuteApiArn,
  requestMethods,
  type Segment,
  SHORTHAND_PREFIX,
} from '../../arn/executeApi';
import type { KnownApi, WorkspaceKnowledge } from '../../knowledge/knowledge';
import { apisOf, definedApis, hasId, hasRouteMatched } from '../../knowledge/routes';
import { replaceValueSlice } from '../../lint/edits';
import { mistakesOf } from '../../lint/mistakes';
import { defineRule } from '../../lint/rule';
import { memoize, rememberOf } from '../../pattern/memo';
import { nearest } from '../../pattern/nearest';
import { listed } from '../../wording';
import { reachableArnOf } from '../support/executeApiUse';
import { quote } from '../support/quote';

/**
 * Reports only what can be known: a path without wildcards, if the definitions of all APIs that can be meant are
 * complete. If no document tells the API's ID, another API may be meant; then the path must be similar to a known one.
 */
export const rule = defineRule({
  meta: {
    id: 'execute-api-route-unknown',
    category: 'suggestion',
    summary: 'No API that the workspace defines serves the path',
    since: '0.1.0',
    needs: 'knowledge',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      path: 'No route of {api} serves {path}.',
      near: 'No route of {api} serves {path}; the nearest is {meant}.',
      method: 'The routes of {api} serve {path} with {methods} only.',
    },
  },
  create: (context) => ({
    resource: (entry) => {
      const { knowledge } = context;
      const arn = entry.element.negated ? undefined : reachableArnOf(entry);
      if (arn === undefined || knowledge === undefined || mistakesOf(entry).length > 0) {
        return;
      }
      const verdict = verdictsOf(knowledge)(arn.text);
      if (verdict === undefined) {
        return;
      }
      const { target, api, methods, meant } = verdict;
      const { method, path } = target;
      const data = { api, path: quote(`/${path.text}`) };
      if (methods.length > 0) {
        context.report({
          message: 'method',
          at: { node: entry.node, from: method.from, to: method.to },
          data: { ...data, methods: listed(methods) },
        });
        return;
      }
      context.report({
        message: meant === undefined ? 'path' : 'near',
        // The root has no letters, so it is shown by the slash in front.
        at: { node: entry.node, from: Math.min(path.from, path.to - 1), to: path.to },
        data: { ...data, meant: quote(`/${meant}`) },
        fixes:
          meant === undefined
            ? []
            : [
                {
                  title: `Change the path to ${meant}`,
                  kind: 'suggestion',
                  edits: () => [replaceValueSlice(entry.node, path.from, path.to, meant)],
                },
              ],
      });
    },
  }),
});

/** What is wrong with a target. */
interface Verdict {
  readonly target: Target;
  /** What the APIs are called that do not serve it. */
  readonly api: string;
  /** Those that the path is served with, where it is the method alone that is wrong. */
  readonly methods: readonly string[];
  /** The nearest path, without the slash in front. */
  readonly meant: string | undefined;
}

/** By ARN: each is looked for among all routes that are known, and that again with each key in a document that has it. */
const verdictsOf = rememberOf((knowledge: WorkspaceKnowledge) =>
  memoize((text) => verdictOn(readExecuteApiArn(text), knowledge)),
);

function verdictOn(arn: ExecuteApiArn, knowledge: WorkspaceKnowledge): Verdict | undefined {
  const target = targetOf(arn);
  const apis = target === undefined ? [] : judgesOf(arn, target, knowledge);
  if (target === undefined || apis.length === 0) {
    return undefined;
  }
  const { path } = target;
  const told = { target, api: namesOf(apis) };
  const methods = requestMethods.filter((each) => isServed(each, path.text, apis));
  if (methods.length > 0) {
    return { ...told, methods, meant: undefined };
  }
  const meant = nearest(
    path.text,
    apis.flatMap((api) => pathsLike(path.text, api)),
  );
  return meant === undefined && !isAtHome(path.text, arn, apis) ? undefined : { ...told, methods, meant };
}

interface Target {
  readonly method: Segment;
  readonly path: Segment;
}

/** Cross-origin settings make OPTIONS routes that no document lists, so these are left alone. */
function targetOf({ shapes, segments }: ExecuteApiArn): Target | undefined {
  const method = segments.find(({ role }) => role === 'method');
  const path = segments.find(({ role }) => role === 'path');
  return shapes.size === 1 &&
    shapes.has('method') &&
    method !== undefined &&
    method.text !== 'OPTIONS' &&
    path !== undefined &&
    !/[*?$]/.test(path.text)
    ? { method, path }
    : undefined;
}

/** The APIs that together show that nobody serves the target; none if an API does or may. */
function judgesOf(arn: ExecuteApiArn, target: Target, knowledge: WorkspaceKnowledge): readonly KnownApi[] {
  const judges = apisOf(arn, knowledge);
  const isSure = judges.every(
    (api) => api.complete && (hasId(api, arn) || api.kind !== 'unknown') && !hasRouteMatched(arn.text, api),
  );
  // The same API may be known under the id of another deployment.
  return isSure && !isServed(target.method.text, target.path.text, definedApis(knowledge)) ? judges : [];
}

function isServed(method: string, path: string, apis: readonly KnownApi[]): boolean {
  // The shorthand names no API, and any stage is as good as another.
  return apis.some((api) => hasRouteMatched(`${SHORTHAND_PREFIX}stage/${method}/${path}`, api));
}

function namesOf(apis: readonly KnownApi[]): string {
  const [only, ...more] = [...new Set(apis.map(({ name }) => name))];
  return more.length === 0 ? quote(only ?? '') : `the ${apis.length} known APIs`;
}

/** Whether an API has the ARN's id, or at least something below the first segment of the path. */
function isAtHome(path: string, arn: ExecuteApiArn, apis: readonly KnownApi[]): boolean {
  const [first = ''] = path.split('/');
  return apis.some(
    (api) =>
      hasId(api, arn) ||
      api.routes.some((route) => route.path === `/${first}` || route.path.startsWith(`/${first}/`)),
  );
}

/** The paths of routes, with what the path at hand has where they have parameters. */
function pathsLike(path: string, api: KnownApi): readonly string[] {
  const own = path.split('/');
  const alike = pathsByLength(api).get(own.length) ?? [];
  return alike.map((segments) =>
    segments.map((segment, index) => (segment.startsWith('{') ? own[index] : segment)).join('/'),
  );
}

/** The segments of the paths of an API, by their number. */
const pathsByLength = rememberOf(({ routes }: KnownApi) => {
  const byLength = new Map<number, string[][]>();
  for (const { path } of routes) {
    const segments = path.slice(1).split('/');
    const alike = byLength.get(segments.length) ?? [];
    alike.push(segments);
    byLength.set(segments.length, alike);
  }
  return byLength;
});
