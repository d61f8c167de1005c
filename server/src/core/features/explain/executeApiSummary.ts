import {
  type ExecuteApiArn,
  predefinedRoutes,
  type RequestShape,
  requestMethods,
  type SegmentRole,
} from '../../arn/executeApi';
import type { KnownMistake } from '../../arn/mistakes/mistake';
import { own } from '../../own';
import { compilePattern, matches, type Pattern } from '../../pattern/pattern';
import { listed } from '../../wording';
import { code } from '../markdown';
import { mistakeText } from '../mistakeText';
import { type ReadSegment, reachesIntoPath } from './executeApiSegments';
import { isOpen } from './fields';

/** In one sentence which requests an execute-api ARN matches, and which near ones it does not. */
export function executeApiSummary(
  read: ExecuteApiArn,
  segments: readonly ReadSegment[],
  mistakes: readonly KnownMistake[],
): string {
  const [reason] = mistakes;
  const advice = reason === undefined ? '' : ` ${mistakeText(reason)}`;
  if (read.failsAt !== undefined || hasNoSuchMethod(segments)) {
    return `Matches no request.${advice}`;
  }
  const { is, isNot = '' } = matched(read, segments);
  return `${is}${isNot}.${advice}`;
}

/** The requests that an execute-api ARN matches, without a full stop and without the near ones that it leaves out. */
export function executeApiRequests(read: ExecuteApiArn, segments: readonly ReadSegment[]): string {
  return hasNoSuchMethod(segments) ? 'Matches no request' : matched(read, segments).is;
}

interface Matched {
  readonly is: string;
  /** Near ones that are left out: begins with a semicolon. */
  readonly isNot?: string;
}

/** Behind a wildcard for the account even `get` could be reached, in a path that repeats half an ARN. */
function hasNoSuchMethod(segments: readonly ReadSegment[]): boolean {
  return segments.some(
    ({ role, text, positional }) =>
      role === 'method' && positional && !isOpen(text) && !requestMethods.includes(text),
  );
}

function matched(read: ExecuteApiArn, segments: readonly ReadSegment[]): Matched {
  const [, second] = read.segments;
  if (read.segments.length === 3 && second?.text === 'authorizers') {
    return {
      is: 'An authorizer of the API, as the source in a Lambda permission; no request that a client sends',
    };
  }
  const of = (role: SegmentRole): ReadSegment | undefined => segments.find((part) => part.role === role);
  const where = place(read, of('apiId')?.text ?? '*', of('stage')?.text);
  const domain = of('domain');
  if (domain !== undefined) {
    return {
      is: `Calls through the private custom domain name ${code(domain.text.replace(/^\/domainnames\//, ''))}`,
      isNot: '; not calls through the API’s own endpoint',
    };
  }
  if (of('connections') !== undefined) {
    const method = of('method')?.text ?? '*';
    const verb =
      method === '*' ? 'Sending to, looking at and closing' : (own(MANAGING, method) ?? 'Managing');
    const which = of('connectionId')?.text ?? '*';
    return {
      is: `${verb} ${which === '*' ? 'every connection' : `the connections that fit ${code(which)}`} of a WebSocket API, ${where}`,
      isNot: '; not the requests of its clients',
    };
  }
  const method = of('method');
  if (method?.positional === true && of('path')?.positional !== false && isAnchored(segments)) {
    return methodSentence(read, method.text, of('path')?.text, where);
  }
  const route = of('route');
  if (route !== undefined && predefinedRoutes.includes(route.text)) {
    return { is: `The WebSocket route ${code(route.text)} ${where}; no other route and no connection` };
  }
  if (route?.positional === true && !read.shapes.has('method') && isAnchored(segments)) {
    const routes = isOpen(route.text) && !route.text.startsWith('$') ? 'routes that fit' : 'route';
    return {
      is: `The WebSocket ${routes} ${code(route.text)} ${where}; no request to a REST or HTTP API`,
    };
  }
  return { is: broadSentence(read, segments, where) };
}

const MANAGING: Readonly<Record<string, string>> = {
  POST: 'Sending to',
  GET: 'Looking at',
  DELETE: 'Closing',
};

function isAnchored(segments: readonly ReadSegment[]): boolean {
  return segments.every((part) => part.positional);
}

/** "in the stage `prod` of the API `abc`", or as much of it as the ARN pins down. */
function place(read: ExecuteApiArn, api: string, stage: string | undefined): string {
  const ofApi =
    read.form === 'shorthand'
      ? 'of the API that the policy is attached to'
      : api === '*'
        ? 'of every API'
        : isOpen(api)
          ? `of each API that matches ${code(api)}`
          : `of the API ${code(api)}`;
  const inStage =
    stage === undefined || stage === '*'
      ? 'in every stage'
      : isOpen(stage) && stage !== '$default'
        ? `in each stage that matches ${code(stage)}`
        : `in the stage ${code(stage)}`;
  return `${inStage} ${ofApi}`;
}

function methodSentence(
  read: ExecuteApiArn,
  method: string,
  path: string | undefined,
  where: string,
): Matched {
  if (path === undefined) {
    return { is: `${capital(kindsOf(read.shapes))} ${where}` };
  }
  const near = nearMisses(read, path);
  const others =
    method === '*' && path === '*' && !read.shapes.has('route')
      ? ['WebSocket routes such as `$connect`, which have no method']
      : [];
  const misses = [...near, ...others];
  const also =
    read.shapes.has('connection') && method === '*' && path === '*'
      ? ', and the management of WebSocket connections'
      : '';
  const not = misses.length === 0 ? '' : `; not ${listed(misses, 'or')}`;
  const paths = reachesIntoPath(read.segments) ? pathEndWords(path) : pathWords(path);
  return { is: `${methodWords(method)} on ${paths} ${where}${also}`, isNot: not };
}

function methodWords(method: string): string {
  if (method === '*') {
    return 'Any method';
  }
  if (!isOpen(method)) {
    return method;
  }
  const pattern = compile(method);
  return listed(
    requestMethods.filter((candidate) => matches(pattern, candidate)),
    'or',
  );
}

function pathWords(path: string): string {
  if (path === '') {
    return 'the root, `/`,';
  }
  if (path === '*') {
    return 'every path, the root included,';
  }
  const parent = /^([^*?$]+)\/\*$/.exec(path)?.[1];
  if (parent !== undefined) {
    return `everything below ${code(`/${parent}`)}, at any depth,`;
  }
  const stem = /^([^*?$]+)\*$/.exec(path)?.[1];
  if (stem !== undefined) {
    return `every path that begins with ${code(`/${stem}`)}`;
  }
  return isOpen(path)
    ? `every path that matches ${code(`/${path}`)}${path.includes('*') ? `, ${code('*')} crossing slashes,` : ''}`
    : `exactly ${code(`/${path}`)}`;
}

/** The same behind a wildcard for the method, which may swallow the beginning of the path. */
function pathEndWords(path: string): string {
  if (path === '' || path === '*') {
    return path === '' ? 'every path that ends in a slash, the root included,' : pathWords(path);
  }
  const parent = /^([^*?$]+)\/\*$/.exec(path)?.[1];
  if (parent !== undefined) {
    return `everything below ${code(`/${parent}`)}, at any depth and wherever in the path that occurs,`;
  }
  return isOpen(path)
    ? `every path whose end matches ${code(`/${path}`)}`
    : `every path that ends in ${code(`/${path}`)}`;
}

/** Neighbours of the path that the ARN does not match: what an author might take for granted. */
function nearMisses(read: ExecuteApiArn, path: string): readonly string[] {
  const pattern = compile(read.resource?.text ?? '');
  const head = read.segments.flatMap((part) =>
    part.role === 'apiId' || part.role === 'stage' || part.role === 'method'
      ? [sampleOf(part.role, part.text)]
      : [],
  );
  const isMissed = (candidate: string): boolean => !matches(pattern, [...head, candidate].join('/'));
  const parent = /^(.*[^/])\/\*$/.exec(path)?.[1];
  if (parent !== undefined && !isOpen(parent)) {
    return isMissed(parent) ? [`${code(`/${parent}`)} itself`] : [];
  }
  if (isOpen(path)) {
    return [];
  }
  if (path === '') {
    return isMissed('x') ? ['anything below it'] : [];
  }
  return isMissed(`${path}/x`) ? [`anything below it`] : [];
}

/** A concrete text that a segment's pattern matches, to try near misses with. */
function sampleOf(role: SegmentRole, pattern: string): string {
  if (role === 'method') {
    const compiled = compile(pattern);
    return requestMethods.find((method) => matches(compiled, method)) ?? pattern;
  }
  return pattern.replaceAll(/\$\{[^{}]*\}|\*/g, 'x').replaceAll('?', 'x');
}

function broadSentence(read: ExecuteApiArn, segments: readonly ReadSegment[], where: string): string {
  const kinds = capital(kindsOf(read.shapes));
  const tail = segments.filter((part) => part.role !== 'apiId' && part.text !== '');
  const literal = tail.some((part) => part.role !== 'stage' && part.text !== '*');
  if (segments.length === 0) {
    return `${kinds} ${where}`;
  }
  const isWhole = !literal && isAnchored(segments);
  if (isWhole && (tail.length === 0 || tail.at(-1)?.text === '*')) {
    return `${kinds} ${where}`;
  }
  const shown = code(read.resource?.text ?? read.text);
  return `${kinds} whose ARN matches ${shown}, where ${code('*')} crosses slashes and so may cover several segments`;
}

const KINDS: Readonly<Record<RequestShape, string>> = {
  method: 'methods of REST and HTTP APIs',
  route: 'WebSocket routes',
  connection: 'connections of WebSocket APIs',
  domain: 'calls through private custom domain names',
};

function kindsOf(shapes: ReadonlySet<RequestShape>): string {
  return listed(
    Object.entries(KINDS).flatMap(([shape, word]) => (shapes.has(shape as RequestShape) ? [word] : [])),
  );
}

function compile(text: string): Pattern {
  return compilePattern(text, { variables: 'substitute' });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
