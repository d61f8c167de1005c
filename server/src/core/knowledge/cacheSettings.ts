import type { Span } from '../syntax/nodes';
import { templatePaths } from './cloudFormation';
import { isOpenApi } from './openApi';
import { get, getIn, itemsOf, type Member, membersOf, textOf, type Value } from './values';

/**
 * The settings of API Gateway's caches in templates of CloudFormation and AWS SAM, and in configurations of the Serverless
 * Framework with its caching plugin. AWS CloudFormation Template Reference, "AWS::ApiGateway::Stage" and
 * "AWS::ApiGateway::Deployment StageDescription"; AWS SAM specification, "AWS::Serverless::Api" and
 * "ApiFunctionDefinition"; README of serverless-api-gateway-caching.
 */
export interface CacheTemplate {
  readonly stages: readonly CachedStage[];
  readonly methods: readonly CachedMethod[];
}

/** A setting as it is written; `absent` where nothing stands, `unknown` what a tool decides. */
export type Switch = 'on' | 'off' | 'absent' | 'unknown';

export interface CachedStage {
  /** Who reads it. */
  readonly host: 'cloudFormation' | 'plugin';
  /** The logical id of the API; `undefined` where it is not told. */
  readonly api: string | undefined;
  /** What the stage is by its type, where a hover may lie: `AWS::ApiGateway::Stage`. */
  readonly type: Span | undefined;
  readonly cluster: Switch;
  readonly settings: readonly CacheSetting[];
  /** Where the plugin is told that whoever invalidates needs no permission. */
  readonly openToAll: readonly Span[];
}

/** What is set for a method, or for all. */
export interface CacheSetting {
  /** `*` for each, as CloudFormation writes it. */
  readonly method: string;
  /** With slashes; `/*` for all. */
  readonly path: string;
  readonly caching: Switch;
  readonly encryption: Switch;
  /** Where it says whether there is caching. */
  readonly at: Span | undefined;
}

/** A GET method and what of a request makes its cache key. */
export interface CachedMethod {
  readonly api: string | undefined;
  readonly path: string;
  readonly at: Span;
  /** Set where the method itself says so, as the plugin's events do. */
  readonly caching: Switch;
  /** Path and query parameters that are no part of the key. */
  readonly missing: readonly CacheParameter[];
}

export interface CacheParameter {
  readonly in: 'path' | 'query';
  readonly name: string;
}

/** A look at the letters: whether a text may say anything of caches. */
export function mayHoldCacheSettings(text: string): boolean {
  return /CachingEnabled|CacheClusterEnabled|apiGatewayCaching/.test(text);
}

/** What a document says of caches; `undefined` where nothing. */
export function readCacheSettings(root: Value): CacheTemplate | undefined {
  const plugin = getIn(root, 'custom', 'apiGatewayCaching');
  const own =
    get(root, 'Resources') === undefined ? readTemplates(get(root, 'resources')) : readTemplate(root);
  const read = plugin === undefined ? own : [...own, readPlugin(root, plugin)];
  const stages = read.flatMap((each) => each.stages);
  return stages.length === 0 ? undefined : { stages, methods: read.flatMap((each) => each.methods) };
}

/** The resources of the Serverless Framework are one template or a list of them. */
function readTemplates(resources: Value | undefined): readonly CacheTemplate[] {
  const list = resources?.kind === 'list' ? itemsOf(resources) : [resources];
  return list.flatMap((template) => (template === undefined ? [] : readTemplate(template)));
}

function readTemplate(template: Value): readonly CacheTemplate[] {
  const resources = membersOf(get(template, 'Resources'));
  const globals = getIn(template, 'Globals', 'Api');
  const stages = resources.flatMap((resource): readonly CachedStage[] => {
    const type = get(resource.value, 'Type');
    const properties = get(resource.value, 'Properties');
    switch (textOf(type)) {
      case 'AWS::ApiGateway::Stage':
        return [stageOf(type, referenceOf(get(properties, 'RestApiId')), [properties])];
      case 'AWS::ApiGateway::Deployment': {
        const description = get(properties, 'StageDescription');
        return description === undefined
          ? []
          : [stageOf(type, referenceOf(get(properties, 'RestApiId')), [description])];
      }
      case 'AWS::Serverless::Api':
        return [stageOf(type, resource.key, [properties, globals])];
      default:
        return [];
    }
  });
  const implicit = globals === undefined ? [] : [stageOf(undefined, IMPLICIT_API, [globals])];
  return [
    {
      stages: [...stages, ...implicit].filter(isAboutCaching),
      methods: [
        ...resources.flatMap((resource) => bodyMethods(resource)),
        ...templatePaths(template).map(({ api, path, resource }) => methodOf(api, path, resource)),
        ...resources.flatMap((resource) => eventMethods(resource, resources)),
      ],
    },
  ];
}

/** SAM Developer Guide, "Generated CloudFormation resources". */
const IMPLICIT_API = 'ServerlessRestApi';

function isAboutCaching({ cluster, settings }: CachedStage): boolean {
  return cluster !== 'absent' || settings.some(({ caching }) => caching !== 'absent');
}

/** @param holders what holds the properties; the first that has one counts */
function stageOf(
  type: Value | undefined,
  api: string | undefined,
  holders: readonly (Value | undefined)[],
): CachedStage {
  const property = (name: string) =>
    holders.map((holder) => memberOf(holder, name)).find((member) => member !== undefined);
  const settings = property('MethodSettings')?.value;
  const whole = property('CachingEnabled');
  return {
    host: 'cloudFormation',
    api,
    type: type?.kind === 'text' ? type.span : undefined,
    // What a template generates may have anything.
    cluster: holders.some(isGenerated) ? 'unknown' : switchOf(property('CacheClusterEnabled')?.value),
    settings: [
      // A StageDescription has settings for all methods beside those of single ones.
      ...(whole === undefined
        ? []
        : [
            {
              method: '*',
              path: '/*',
              caching: switchOf(whole.value),
              encryption: switchOf(property('CacheDataEncrypted')?.value),
              at: whole.span,
            },
          ]),
      ...itemsOf(settings).map((setting) => ({
        method: textOf(get(setting, 'HttpMethod')) ?? '*',
        path: pathOfSetting(textOf(get(setting, 'ResourcePath')) ?? '/*'),
        caching: isGenerated(setting) ? 'unknown' : switchOf(get(setting, 'CachingEnabled')),
        encryption: switchOf(get(setting, 'CacheDataEncrypted')),
        at: memberOf(setting, 'CachingEnabled')?.span,
      })),
    ],
    openToAll: [],
  };
}

function isGenerated(value: Value | undefined): boolean {
  return membersOf(value).some(({ key }) => key.startsWith('Fn::') || key === 'Ref' || key === '<<');
}

/** `/~1pets~1{id}` is the path `/pets/{id}`. */
function pathOfSetting(written: string): string {
  return `/${written.replaceAll('~1', '/').replace(/^\/+/, '')}`;
}

/** Methods in the OpenAPI definition that a resource holds. */
function bodyMethods(resource: Member): readonly CachedMethod[] {
  const properties = get(resource.value, 'Properties');
  const body = get(properties, 'Body') ?? get(properties, 'DefinitionBody');
  if (!isOpenApi(body)) {
    return [];
  }
  return membersOf(get(body, 'paths')).flatMap((path) =>
    membersOf(path.value)
      .filter(({ key }) => key === 'get')
      .flatMap((operation) => {
        const parameters = [
          ...itemsOf(get(path.value, 'parameters')),
          ...itemsOf(get(operation.value, 'parameters')),
        ];
        const keys = keysIn(getIn(operation.value, 'x-amazon-apigateway-integration', 'cacheKeyParameters'));
        const queries = parameters
          .filter((parameter) => textOf(get(parameter, 'in')) === 'query')
          .flatMap((parameter) => textOf(get(parameter, 'name')) ?? []);
        const mapping = getIn(operation.value, 'x-amazon-apigateway-integration', 'requestParameters');
        return [cachedMethod(resource.key, path.key, operation.span, queries, withMapped(keys, mapping))];
      }),
  );
}

/** A method that is a resource of its own. */
function methodOf(api: string | undefined, path: string, resource: Member): CachedMethod {
  const properties = get(resource.value, 'Properties');
  const queries = membersOf(get(properties, 'RequestParameters')).flatMap(
    ({ key }) => /^method\.request\.querystring\.(.+)$/.exec(key)?.[1] ?? [],
  );
  const keys = keysIn(getIn(properties, 'Integration', 'CacheKeyParameters'));
  const mapping = getIn(properties, 'Integration', 'RequestParameters');
  return cachedMethod(api, path, resource.span, queries, withMapped(keys, mapping));
}

/** Methods that the events of functions make, for APIs without a definition of their own. */
function eventMethods(resource: Member, resources: readonly Member[]): readonly CachedMethod[] {
  if (textOf(get(resource.value, 'Type')) !== 'AWS::Serverless::Function') {
    return [];
  }
  return membersOf(getIn(resource.value, 'Properties', 'Events')).flatMap((event) => {
    const properties = get(event.value, 'Properties');
    const path = textOf(get(properties, 'Path'));
    const api =
      get(properties, 'RestApiId') === undefined ? IMPLICIT_API : referenceOf(get(properties, 'RestApiId'));
    const owner = resources.find(({ key }) => key === api);
    if (
      textOf(get(event.value, 'Type')) !== 'Api' ||
      textOf(get(properties, 'Method'))?.toLowerCase() !== 'get' ||
      path === undefined ||
      api === undefined ||
      ['DefinitionBody', 'DefinitionUri'].some(
        (name) => getIn(owner?.value, 'Properties', name) !== undefined,
      )
    ) {
      return [];
    }
    const declared = itemsOf(get(properties, 'RequestParameters')).flatMap((item) =>
      item.kind === 'text'
        ? [{ name: item.text, isKey: false }]
        : membersOf(item).map(({ key, value }) => ({
            name: key,
            isKey: switchOf(get(value, 'Caching')) !== 'absent' && switchOf(get(value, 'Caching')) !== 'off',
          })),
    );
    const queries = declared.flatMap(
      ({ name }) => /^method\.request\.querystring\.(.+)$/.exec(name)?.[1] ?? [],
    );
    const keys = new Set(declared.flatMap(({ name, isKey }) => (isKey ? [name] : [])));
    return [cachedMethod(api, path, event.span, queries, keys)];
  });
}

function readPlugin(root: Value, plugin: Value): CacheTemplate {
  const isOn = switchOf(get(plugin, 'enabled'));
  const events = membersOf(get(root, 'functions'))
    .flatMap(({ value }) => itemsOf(get(value, 'events')))
    .flatMap((event) => get(event, 'http') ?? []);
  const settings = [plugin, ...events.map((event) => get(event, 'caching'))].filter(
    (value) => value !== undefined,
  );
  const methods = events.flatMap((event): readonly CachedMethod[] => {
    const [short = '', shortPath] = textOf(event)?.split(/\s+/) ?? [];
    const path = textOf(get(event, 'path')) ?? shortPath;
    const method = textOf(get(event, 'method')) ?? short;
    const caching = get(event, 'caching');
    const at = memberOf(caching, 'enabled')?.span;
    if (path === undefined || path.includes('${') || method.toLowerCase() !== 'get' || at === undefined) {
      return [];
    }
    const queries = membersOf(getIn(event, 'request', 'parameters', 'querystrings')).map(({ key }) => key);
    const keys = keysIn(get(caching, 'cacheKeyParameters'));
    const known = keys && new Set([...keys].map((key) => key.replace(/^request\./, 'method.request.')));
    return [
      {
        ...cachedMethod(undefined, `/${path.replace(/^\//, '')}`, at, queries, known),
        caching: isOn === 'on' ? switchOf(get(caching, 'enabled')) : 'unknown',
      },
    ];
  });
  return {
    stages: [
      {
        host: 'plugin',
        api: undefined,
        type: undefined,
        cluster: isOn,
        settings: [
          {
            method: '*',
            path: '/*',
            caching: isOn,
            encryption: switchOf(get(plugin, 'dataEncrypted')),
            at: memberOf(plugin, 'enabled')?.span,
          },
        ],
        openToAll: settings.flatMap((setting) => {
          const asked = memberOf(get(setting, 'perKeyInvalidation'), 'requireAuthorization');
          return asked !== undefined && switchOf(asked.value) === 'off' ? [asked.span] : [];
        }),
      },
    ],
    methods,
  };
}

/** @param keys absent where not all of them can be told */
function cachedMethod(
  api: string | undefined,
  path: string,
  at: Span,
  queries: readonly string[],
  keys: ReadonlySet<string> | undefined,
): CachedMethod {
  const parameters: readonly CacheParameter[] = [
    ...[...path.matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => ({ in: 'path' as const, name })),
    ...queries.map((name) => ({ in: 'query' as const, name })),
  ];
  const missing = parameters.filter(
    (parameter) =>
      keys?.has(`method.request.${parameter.in === 'path' ? 'path' : 'querystring'}.${parameter.name}`) ===
      false,
  );
  return { api, path, at, caching: 'absent', missing };
}

/** Texts, or objects with a name, as the plugin has them. */
function keysIn(list: Value | undefined): ReadonlySet<string> | undefined {
  if (list !== undefined && list.kind !== 'list') {
    return undefined;
  }
  const names = itemsOf(list).map(
    (item) => textOf(item) ?? textOf(get(item, 'mappedFrom')) ?? textOf(get(item, 'name')),
  );
  return names.every((name) => name !== undefined && !name.includes('${'))
    ? new Set(names as string[])
    : undefined;
}

/** A parameter of the integration stands for the parameter of the method that it is mapped from. */
function withMapped(
  keys: ReadonlySet<string> | undefined,
  mapping: Value | undefined,
): ReadonlySet<string> | undefined {
  return (
    keys &&
    new Set([
      ...keys,
      ...membersOf(mapping).flatMap(({ key, value }) => (keys.has(key) ? (textOf(value) ?? []) : [])),
    ])
  );
}

function switchOf(value: Value | undefined): Switch {
  if (value === undefined) {
    return 'absent';
  }
  const text = textOf(value)?.toLowerCase();
  return text === 'true' ? 'on' : text === 'false' ? 'off' : 'unknown';
}

function memberOf(value: Value | undefined, key: string): Member | undefined {
  return membersOf(value).find((member) => member.key === key);
}

/** The logical id that a reference names. */
function referenceOf(value: Value | undefined): string | undefined {
  return textOf(get(value, 'Ref')) ?? textOf(value);
}
