import { type ExecuteApiArn, readExecuteApiArn } from '../arn/executeApi';
import { isExecuteApiMeant } from '../arn/mistakes/executeApiMistakes';
import type { PolicyDocument } from '../document';
import type { KnownApi, KnownRoute, WorkspaceKnowledge } from '../knowledge/knowledge';
import { fileName } from '../knowledge/read';
import { apisOf, routeName, routesMatched } from '../knowledge/routes';
import type { ResourceEntry } from '../model/policy';
import type { Span } from '../syntax/nodes';
import { spanOfValue, valueIndexAt } from '../syntax/stringSpans';
import { counted, grouped, shortenedBy } from '../wording';
import { codeLink } from './markdown';

/** The address of a place in another document, for a link; the shell knows its lines. */
export type LinkTo = (uri: string, span: Span | undefined) => string;

/** Routes that something in a document stands for. */
export interface RoutesAt {
  /** What stands for them: a segment of an ARN. */
  readonly span: Span;
  readonly routes: readonly RoutePlace[];
}

export interface RoutePlace {
  readonly uri: string;
  /** In that document. */
  readonly span: Span;
}

/**
 * Which of the known routes an execute-api ARN matches, a paragraph for each API that it may speak of; `undefined`
 * where no API is known.
 */
export function routesText(text: string, knowledge: WorkspaceKnowledge, linkTo: LinkTo): string | undefined {
  const arn = readExecuteApiArn(text);
  const apis = arn.shapes.has('method')
    ? apisOf(arn, knowledge).filter(({ routes }) => routes.length > 0)
    : [];
  return apis.length === 0
    ? undefined
    : apis
        .slice(0, MAX_APIS)
        .map((api) => apiText(api, routesMatched(text, api), linkTo))
        .join('\n\n');
}

/**
 * The routes that the ARN at an offset matches, when the offset lies on its stage, method or path.
 *
 * @param offset UTF-16, into the document
 */
export function routesAt(
  document: PolicyDocument,
  offset: number,
  knowledge: WorkspaceKnowledge,
): RoutesAt | undefined {
  const entry = executeApiEntryAt(document, offset);
  if (entry === undefined) {
    return undefined;
  }
  const arn = readExecuteApiArn(entry.text);
  const segment = segmentAt(arn, valueIndexAt(entry.node, offset));
  if (segment === undefined) {
    return undefined;
  }
  const routes = apisOf(arn, knowledge).flatMap((api) =>
    routesMatched(entry.text, api).map(({ span }) => ({ uri: api.uri, span })),
  );
  return routes.length === 0
    ? undefined
    : { span: spanOfValue(entry.node, segment.from, segment.to), routes: routes.slice(0, MAX_PLACES) };
}

/** Beyond these nobody reads on. */
const MAX_APIS = 4;
const MAX_NAMED = 6;
const MAX_PLACES = 200;

function apiText(api: KnownApi, matched: readonly KnownRoute[], linkTo: LinkTo): string {
  const { routes, uri, complete } = api;
  const file = codeLink(fileName(uri), linkTo(uri, undefined));
  const isMatched = new Set(matched);
  const missed = routes.filter((route) => !isMatched.has(route));
  const named = (some: readonly KnownRoute[]): string =>
    shortenedBy(some, MAX_NAMED, (route) => codeLink(routeName(route), linkTo(uri, route.span)));
  const noun = complete ? 'route' : 'known route';
  if (routes.length === 1) {
    const verb = matched.length === 0 ? 'does not match' : 'matches';
    return `This pattern ${verb} the only ${noun} of ${file}: ${named(routes)}.`;
  }
  const whole = `${counted(routes.length, noun)} of ${file}`;
  if (matched.length === 0) {
    return `This pattern matches none of the ${whole}, which are ${named(routes)}.`;
  }
  return missed.length === 0
    ? `This pattern matches all ${whole}: ${named(routes)}.`
    : `This pattern matches ${grouped(matched.length)} of the ${whole}: ${named(matched)}; not ${named(missed)}.`;
}

function executeApiEntryAt(document: PolicyDocument, offset: number): ResourceEntry | undefined {
  return document.policies
    .flatMap((policy) => policy.statements)
    .flatMap((statement) => statement.resources.flatMap((element) => element.entries))
    .find(({ node, text }) => node.span.start < offset && offset < node.span.end && isExecuteApiMeant(text));
}

function segmentAt(arn: ExecuteApiArn, index: number): ExecuteApiArn['segments'][number] | undefined {
  return arn.segments.find(
    ({ role, from, to }) => role !== 'apiId' && role !== 'domain' && from <= index && index <= to,
  );
}
