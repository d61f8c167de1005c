import { nearest } from '../../pattern/nearest';
import { type Slice, sliceOf, splitSlice } from '../arn';
import { type ExecuteApiArn, predefinedRoutes, requestMethods } from '../executeApi';
import { hasWild } from './headerMistakes';
import { append, insertBefore, type KnownMistake, mistake, replace } from './mistake';

/**
 * The mistakes in what follows the account: API id, stage, method, path.
 *
 * A wildcard crosses slashes, so a segment behind one may match elsewhere than where it seems to stand. Mistakes are told
 * from legal patterns by whether everything before is literal (`anchored`), or at most a lone `*` for the stage, which
 * its author meant as one segment; whatever is only likely has a kind of its own with a milder rule.
 */
export function resourceMistakes(read: ExecuteApiArn): readonly KnownMistake[] {
  const { resource, text } = read;
  if (resource === undefined || resource.text.startsWith('/domainnames/')) {
    return [];
  }
  const whole = wholeResourceMistake(resource, text);
  if (whole !== undefined) {
    return [whole];
  }
  const pieces = splitSlice(resource, '/');
  if (read.form === 'shorthand') {
    return [
      ...stageMistakes(pieces[0], 'anchored'),
      ...methodAndPathMistakes(pieces.slice(0, 1), pieces.slice(1), text),
    ];
  }
  const [api, stage, third] = pieces;
  if (api === undefined) {
    return [];
  }
  const incomplete = incompleteConnections(pieces);
  if (incomplete !== undefined) {
    return [...apiIdMistakes(api), incomplete];
  }
  if (api.text === '') {
    // `/*` matches private custom domains, which do begin with a slash.
    if (read.failsAt === undefined) {
      return [];
    }
    return [
      mistake('incomplete', api, [insertBefore(api, '*', 'Insert * for every API')], { message: 'noApi' }),
    ];
  }
  const apiMistakes = apiIdMistakes(api);
  // Behind a wildcard in the API id anything may be part of the path, as in `*/@connections/*`.
  if (hasWild(api) && read.failsAt === undefined && !isLoneStar(api)) {
    return apiMistakes;
  }
  if (stage === undefined || (stage.text === '' && pieces.length === 2)) {
    return [...apiMistakes, ...incompleteApi(api, stage)];
  }
  if (isStageMissing(api, stage, third)) {
    return [
      ...apiMistakes,
      mistake('stage-missing', stage, [insertBefore(stage, '*/', 'Insert */ for every stage')], {
        data: { method: stage.text },
      }),
      ...pathMistakes(pieces.slice(2), text),
    ];
  }
  const head = [...apiMistakes, ...stageMistakes(stage, hasWild(api) ? 'afterWildcard' : 'anchored')];
  if (third === undefined || (third.text === '' && pieces.length === 3)) {
    // Behind a wildcard the last segment may end a path, so something is matched.
    return read.failsAt === undefined ? head : [...head, ...incompleteStage(stage, third)];
  }
  return [...head, ...methodAndPathMistakes(pieces.slice(0, 2), pieces.slice(2), text)];
}

/** Things that are no API id at all stand where the whole resource should. */
function wholeResourceMistake(resource: Slice, arn: string): KnownMistake | undefined {
  const control = /^\/?(restapis|apis)\//.exec(resource.text);
  if (control !== null) {
    return mistake('apigateway-mixup', sliceOf(arn, resource.from, resource.from + control[0].length), [], {
      message: 'controlPath',
    });
  }
  // `*.json` is any path that ends so, and no host name.
  const url = /^(?:https?:\/\/)?([^/:*?.]+\.[^/:]+)/.exec(resource.text);
  if (url?.[1] !== undefined) {
    const host = sliceOf(arn, resource.from, resource.from + url[0].length);
    const id = /^([a-z0-9]+)(?:-vpce-[0-9a-f]+)?\.execute-api\./.exec(url[1])?.[1];
    return mistake('api-host', host, id === undefined ? [] : [replace(host, id)]);
  }
  return undefined;
}

function apiIdMistakes(api: Slice): readonly KnownMistake[] {
  // Ten letters and digits are an id that AWS issued and somebody wrote in capitals; other capitals may be a chosen id.
  return /^[A-Za-z0-9]{10}$/.test(api.text) && /[A-Z]/.test(api.text)
    ? [mistake('api-id-case', api, [replace(api, api.text.toLowerCase())])]
    : [];
}

function isLoneStar(segment: Slice): boolean {
  return segment.text === '*';
}

function incompleteApi(api: Slice, stage: Slice | undefined): readonly KnownMistake[] {
  if (hasWild(api)) {
    return [];
  }
  const all = stage === undefined ? append(api, '/*') : append(stage, '*');
  return [mistake('incomplete', api, [all], { message: 'api' })];
}

function incompleteStage(stage: Slice, third: Slice | undefined): readonly KnownMistake[] {
  if (hasWild(stage)) {
    return [];
  }
  return [
    mistake('incomplete', stage, [third === undefined ? append(stage, '/*') : append(third, '*')], {
      message: 'stage',
    }),
  ];
}

/** `API/GET/pets`: a method where the stage belongs, and no method after it. */
function isStageMissing(api: Slice, stage: Slice, third: Slice | undefined): boolean {
  return (
    !hasWild(api) &&
    (requestMethods.includes(stage.text) || stage.text === 'ANY') &&
    (third === undefined || !(requestMethods.includes(third.text) || third.text === 'ANY'))
  );
}

/** Stages that only API Gateway's own console and tests use; no HTTP caller ever reaches them. */
const ARTEFACTS = ['test-invoke-stage', 'ESTestInvoke-stage', 'null'] as const;

export type ArtefactStage = (typeof ARTEFACTS)[number];

export const ARTEFACT_STAGES: ReadonlySet<string> = new Set(ARTEFACTS);

function stageMistakes(
  stage: Slice | undefined,
  position: 'anchored' | 'afterWildcard',
): readonly KnownMistake[] {
  if (stage === undefined || hasWild(stage) || stage.text === '$default') {
    return [];
  }
  // Behind a wildcard it may be part of a path, where more is allowed: `*/@connections/*`.
  if (position === 'afterWildcard') {
    return [];
  }
  if (ARTEFACT_STAGES.has(stage.text)) {
    return [mistake('stage-artefact', stage)];
  }
  if (/^[A-Za-z0-9_-]{1,128}$/.test(stage.text)) {
    return [];
  }
  if (stage.text === '') {
    return [mistake('stage-name', stage, [replace(stage, '*', 'Insert * for every stage')])];
  }
  const meant = stage.text.startsWith('$') ? nearest(stage.text, ['$default']) : undefined;
  return [mistake('stage-name', stage, meant === undefined ? [] : [replace(stage, meant)])];
}

/**
 * @param before the segments in front of the method: API id and stage, or the stage alone in the shorthand
 * @param rest the segments from the method on
 */
function methodAndPathMistakes(
  before: readonly Slice[],
  rest: readonly Slice[],
  arn: string,
): readonly KnownMistake[] {
  const [method, ...path] = rest;
  if (method === undefined) {
    return [];
  }
  const [first] = path;
  const anchored = before.every((segment) => !hasWild(segment));
  if (method.text === '@connections' && anchored) {
    const every = insertBefore(method, '*/', 'Insert */ for every method');
    return [mistake('connections-incomplete', method, [every], { message: 'method' })];
  }
  if (method.text === '' && first !== undefined && anchored && isMethodLike(first)) {
    const extra = sliceOf(arn, method.from, first.from);
    return [
      mistake('method-unknown', extra, [replace(extra, '', 'Remove the second slash')]),
      ...methodAndPathMistakes(before, path, arn),
    ];
  }
  // A lone `*` for the stage, behind a literal API id: `abc123/*/get/pets`.
  const likely =
    before.length > 0 && before.every((segment, i) => !hasWild(segment) || (i > 0 && segment.text === '*'));
  if (first !== undefined && predefinedRoutes.includes(first.text) && path.length === 1 && !hasWild(method)) {
    const extra = sliceOf(arn, method.from, first.from);
    return [
      mistake('route-method', method, [replace(extra, '', `Remove ${extra.text}`)], {
        data: { route: first.text },
      }),
    ];
  }
  const methodFaults = methodMistakes(method, path.length, anchored, likely);
  if (first === undefined) {
    return [...methodFaults, ...missingPath(method, anchored, likely)];
  }
  if (first.text === '@connections') {
    return methodFaults;
  }
  const leading = first.text === '' && path.length > 1 && (isMethodLike(method) || method.text === '*');
  if (leading) {
    const proper = path.findIndex((segment, i) => segment.text !== '' || i === path.length - 1);
    const extra = sliceOf(arn, first.from, path[proper]?.from ?? first.to);
    const title = proper === 1 ? 'Remove the second slash' : 'Remove the extra slashes';
    return [
      ...methodFaults,
      mistake('path-leading-slash', extra, [replace(extra, '', title)]),
      ...pathMistakes(path.slice(proper), arn),
    ];
  }
  return [...methodFaults, ...pathMistakes(path, arn)];
}

function isMethodLike(segment: Slice): boolean {
  return segment.text === 'ANY' || requestMethods.includes(segment.text.toUpperCase());
}

function methodMistakes(
  method: Slice,
  pathLength: number,
  anchored: boolean,
  likely: boolean,
): readonly KnownMistake[] {
  if (hasWild(method) || requestMethods.includes(method.text)) {
    return [];
  }
  const upper = method.text.toUpperCase();
  const proper = upper === 'ANY' ? '*' : requestMethods.includes(upper) ? upper : undefined;
  if (!anchored) {
    // Behind a wildcard it is text anywhere in the path: legal, and hardly ever what was meant.
    return likely && proper !== undefined && pathLength > 0
      ? [mistake('method-in-path', method, [replace(method, proper)])]
      : [];
  }
  if (upper === 'ANY') {
    return [mistake('method-any', method, [replace(method, '*')])];
  }
  if (proper !== undefined) {
    return [mistake('method-case', method, [replace(method, proper)])];
  }
  if (pathLength === 0) {
    // `API/STAGE/pets` is a WebSocket route of that name.
    return [];
  }
  const meant = nearest(upper, requestMethods);
  const any = method.text === '' ? '*' : '*/';
  return [
    mistake('method-unknown', method, [
      meant === undefined
        ? insertBefore(method, any, `Insert ${any} for every method`)
        : replace(method, meant),
    ]),
  ];
}

/** `…/GET` is the method without a resource: the root is `…/GET/`. */
function missingPath(method: Slice, anchored: boolean, likely: boolean): readonly KnownMistake[] {
  if (!requestMethods.includes(method.text) || !(anchored || likely)) {
    return [];
  }
  return [
    mistake('path-missing', method, [
      append(method, '/*', 'Append /* for every path'),
      append(method, '/', 'Append / for the root path alone'),
    ]),
  ];
}

/** `…/@connections` without an id ends where a connection's own segment should follow, whatever stands before it. */
function incompleteConnections(pieces: readonly Slice[]): KnownMistake | undefined {
  const at = pieces.findIndex((piece) => piece.text === '@connections');
  const connections = pieces[at];
  const id = pieces[at + 1];
  if (connections === undefined || pieces.length > at + 2 || (id !== undefined && id.text !== '')) {
    return undefined;
  }
  const repair = id === undefined ? append(connections, '/*') : append(id, '*');
  return mistake('connections-incomplete', connections, [repair], { message: 'id' });
}

/** The mistakes in a path, given as the segments it was split into. */
function pathMistakes(path: readonly Slice[], arn: string): readonly KnownMistake[] {
  const [first] = path;
  if (first === undefined) {
    return [];
  }
  const last = path.at(-1) ?? first;
  const whole = sliceOf(arn, first.from, last.to);
  const query = /\?[A-Za-z0-9_.\-[\]]+=/.exec(whole.text);
  const end = query === null ? whole.to : whole.from + query.index;
  const mistakes: KnownMistake[] = [];
  for (const segment of path) {
    mistakes.push(...segmentMistakes(sliceOf(arn, segment.from, Math.min(segment.to, end)), arn));
  }
  if (query !== null) {
    const tail = sliceOf(arn, end, whole.to);
    mistakes.push(mistake('path-query', tail, [replace(tail, '', 'Remove the query string')]));
    return mistakes;
  }
  const proper = path.findLast((segment) => segment.text !== '');
  // Behind wildcards `GET/` is the root path of that method, as in `abc123/*/*/GET/`.
  if (proper !== undefined && last !== proper && !requestMethods.includes(proper.text)) {
    const extra = sliceOf(arn, proper.to, last.to);
    const title = extra.text === '/' ? 'Remove the trailing slash' : 'Remove the trailing slashes';
    mistakes.push(mistake('path-trailing-slash', extra, [replace(extra, '', title)]));
  }
  return mistakes;
}

function segmentMistakes(segment: Slice, arn: string): readonly KnownMistake[] {
  const parameters = [...segment.text.matchAll(/(?<!\$)\{[^{}/]*\}/g)];
  if (parameters.length > 0) {
    return parameters.map((match) => {
      const at = sliceOf(arn, segment.from + match.index, segment.from + match.index + match[0].length);
      return mistake('path-parameter', at, [replace(at, '*')]);
    });
  }
  const odd = /%[0-9A-Fa-f]{2}|[^!-~]|["#<>\\^`|]/.exec(segment.text);
  return odd === null
    ? []
    : [mistake('path-encoding', segment, [replace(segment, '*')], { data: { odd: odd[0] } })];
}
