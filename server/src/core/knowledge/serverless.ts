import { requestMethods } from '../arn/executeApi';
import { caching, MAX_KEYS, readCacheKey } from './caching';
import { apisHandedOn } from './cloudFormation';
import type { KnownApi, KnownRoute, RouteCaching } from './knowledge';
import type { Definition } from './openApi';
import { get, getIn, isFilledIn, itemsOf, membersOf, textOf, type Value } from './values';

/** Whether a value reads as the configuration of a service for the Serverless Framework on AWS. */
export function isServerless(value: Value): boolean {
  return textOf(getIn(value, 'provider', 'name')) === 'aws' && get(value, 'functions') !== undefined;
}

/**
 * Reads the REST and the HTTP API that the `http` and `httpApi` events of functions make (Serverless Framework,
 * "API Gateway" and "HTTP API" events). What stands in other files or variables leaves their routes open, and so do
 * resources of API Gateway beside the functions and an API that is shared between services.
 */
export function readServerless(service: Value): readonly Definition[] {
  const lists = functionsOf(service);
  const events = eventsOf(service);
  const isWhole = lists.every((list) => list?.kind === 'map') && events.every(({ kind }) => kind === 'map');
  const isOpen =
    !isWhole ||
    [service, get(service, 'provider'), ...lists].some(isFilledIn) ||
    !lists.flatMap(membersOf).every(({ value }) => showsEvents(value)) ||
    !fragmentsOf(get(service, 'resources')).every(isWithoutApi) ||
    // What is a text here stands in another file.
    [['custom'], ['provider', 'apiGateway'], ['provider', 'httpApi']].some(
      (names) => getIn(service, ...names)?.kind === 'text',
    ) ||
    getIn(service, 'custom', 'apiGatewayServiceProxies') !== undefined ||
    getIn(service, 'provider', 'apiGateway', 'restApiId') !== undefined ||
    getIn(service, 'provider', 'httpApi', 'id') !== undefined;
  const stage = settled(textOf(getIn(service, 'provider', 'stage')) ?? 'dev');
  const region = settled(textOf(getIn(service, 'provider', 'region')) ?? 'us-east-1');
  const apiOf = (kind: KnownApi['kind'], name: string, stages: readonly string[]): readonly Definition[] => {
    const found = events.flatMap((event) => get(event, name) ?? []);
    const routes = found.map(readEvent);
    return found.length === 0
      ? []
      : [
          {
            kind,
            ids: [],
            stages,
            regions: region === undefined ? [] : [region],
            routes: routes.filter((route) => route !== undefined),
            complete: !isOpen && !routes.includes(undefined),
          },
        ];
  };
  return [
    ...apiOf('rest', 'http', stage === undefined ? [] : [stage]),
    ...apiOf('http', 'httpApi', ['$default']),
  ];
}

/** The events of all functions, which are one mapping or a list of such. */
export function eventsOf(service: Value): readonly Value[] {
  return functionsOf(service)
    .flatMap(membersOf)
    .flatMap(({ value }) => itemsOf(get(value, 'events')));
}

function functionsOf(service: Value): readonly (Value | undefined)[] {
  const functions = get(service, 'functions');
  return functions?.kind === 'list' ? itemsOf(functions) : [functions];
}

/** `GET /pets`, `*`, or an object with `method` and `path`. */
function readEvent(event: Value): KnownRoute | undefined {
  const short = textOf(event)?.trim();
  const written = event.kind === 'text' ? event : get(event, 'path');
  const [method, path] =
    short === undefined
      ? [textOf(get(event, 'method')) ?? (textOf(written) === '*' ? '*' : undefined), textOf(written)]
      : short === '*'
        ? ['*', '*']
        : short.split(/\s+/);
  const name = method === '*' ? 'ANY' : method?.toUpperCase();
  const isKnown = name === 'ANY' || requestMethods.includes(name ?? '');
  if (
    path === undefined ||
    path.includes('${') ||
    name === undefined ||
    !isKnown ||
    written?.kind !== 'text'
  ) {
    return undefined;
  }
  const authorizer = textOf(get(event, 'authorizer')) ?? textOf(getIn(event, 'authorizer', 'type'));
  return {
    method: name,
    path: path === '*' ? '/{proxy+}' : `/${path.replace(/^\//, '')}`,
    span: written.span,
    authorization: authorizer?.toLowerCase() === 'aws_iam' ? 'iam' : authorizer,
    caching: pluginCaching(get(event, 'caching')),
    queries: membersOf(getIn(event, 'request', 'parameters', 'querystrings')).map(({ key }) => key),
  };
}

/**
 * The `caching` of an event, as the plugin serverless-api-gateway-caching reads it (its README, "Cache key parameters"):
 * names are those of API Gateway without `method.` before them, and `mappedFrom` tells what an integration's parameter
 * comes from. Without the plugin an event says nothing about keys.
 */
function pluginCaching(written: Value | undefined): RouteCaching | undefined {
  const listed = get(written, 'cacheKeyParameters');
  const names = itemsOf(listed).map((item) => textOf(get(item, 'mappedFrom')) ?? textOf(get(item, 'name')));
  if (
    textOf(get(written, 'enabled'))?.toLowerCase() !== 'true' ||
    (listed !== undefined && listed.kind !== 'list') ||
    names.length > MAX_KEYS ||
    !names.every((name) => name !== undefined && !name.includes('${'))
  ) {
    return undefined;
  }
  return caching(names.map((name = '') => readCacheKey(name.replace(/^request\./, 'method.request.'))));
}

/** A variable's value when nobody says otherwise: `${opt:stage, 'dev'}`. */
function settled(text: string): string | undefined {
  const [, fallback] = /^\$\{[^{}]*,\s*'([^'{}]+)'\s*\}$/.exec(text) ?? [];
  return fallback ?? (text.includes('${') ? undefined : text);
}

function showsEvents(definition: Value): boolean {
  const events = get(definition, 'events');
  return (
    definition.kind === 'map' && !isFilledIn(definition) && (events === undefined || events.kind === 'list')
  );
}

/** Resources are one template or a list of parts of it. */
function fragmentsOf(resources: Value | undefined): readonly Value[] {
  return resources?.kind === 'list' ? resources.items : resources === undefined ? [] : [resources];
}

/** Whether a part of a template shows all of its resources, has nothing of API Gateway, and hands no API on. */
function isWithoutApi(template: Value): boolean {
  const resources = get(template, 'Resources');
  return (
    template.kind === 'map' &&
    (resources === undefined || resources.kind === 'map') &&
    ![template, resources].some(isFilledIn) &&
    membersOf(resources).every(
      ({ value }) =>
        value.kind === 'map' &&
        !isFilledIn(value) &&
        textOf(get(value, 'Type'))?.startsWith('AWS::ApiGateway') !== true,
    ) &&
    apisHandedOn(template).size === 0
  );
}
