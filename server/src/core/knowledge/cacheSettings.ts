import type { ObjectNode, Span } from '../syntax/nodes';
import { parametersWithoutKey, type RouteParameter } from './caching';
import { readTemplate as readCloudFormation } from './cloudFormation';
import type { Definition } from './openApi';
import { eventsOf, readServerless } from './serverless';
import { isTerraform, templateOf } from './terraform';
import { get, getIn, isFilledIn, itemsOf, type Member, membersOf, textOf, type Value } from './values';

/**
 * The settings of API Gateway's caches in templates of CloudFormation and AWS SAM, configurations of Terraform, and
 * configurations of the Serverless Framework with its caching plugin. AWS CloudFormation Template Reference,
 * "AWS::ApiGateway::Stage" and "AWS::ApiGateway::Deployment StageDescription"; AWS SAM specification,
 * "AWS::Serverless::Api" and "ApiFunctionDefinition"; README of serverless-api-gateway-caching.
 */
export interface CacheTemplate {
  readonly stages: readonly CachedStage[];
  readonly methods: readonly CachedMethod[];
}

/** A document that says something of API Gateway's caches. */
export interface CacheDocument {
  readonly root: ObjectNode;
  readonly caches: CacheTemplate;
}

/** A setting as it is written; `absent` where nothing stands, `unknown` what a tool decides. */
export type Switch = 'on' | 'off' | 'absent' | 'unknown';

export interface CachedStage {
  /** Who reads it. */
  readonly host: 'cloudFormation' | 'plugin' | 'terraform';
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

/** A GET method whose cache key leaves out parameters of a request. */
export interface CachedMethod {
  /** The logical id of the API; `undefined` where it is not told. */
  readonly api: string | undefined;
  readonly path: string;
  /** Where the method is defined. */
  readonly at: Span;
  /** Whether the method itself says so, as the plugin's events do; `absent` where the stage decides. */
  readonly caching: Switch;
  /** Path and query parameters that are no part of the key; never empty. */
  readonly missing: readonly RouteParameter[];
}

/** A look at the letters: whether a text may say anything of caches. */
export function mayHoldCacheSettings(text: string): boolean {
  return /CachingEnabled|CacheClusterEnabled|apiGatewayCaching|caching_enabled|cache_cluster_enabled/.test(
    text,
  );
}

/** The cache settings of a document; `undefined` if there are none. */
export function readCacheSettings(root: Value): CacheTemplate | undefined {
  const plugin = getIn(root, 'custom', 'apiGatewayCaching');
  const own = isTerraform(root)
    ? readTemplate(templateOf(root)).map(asTerraform)
    : get(root, 'Resources') === undefined
      ? readTemplates(get(root, 'resources'))
      : readTemplate(root);
  const read = plugin === undefined ? own : [...own, readPlugin(root, plugin)];
  const stages = read.flatMap((each) => each.stages);
  return stages.length === 0 ? undefined : { stages, methods: read.flatMap((each) => each.methods) };
}

function asTerraform({ stages, methods }: CacheTemplate): CacheTemplate {
  return { stages: stages.map((stage) => ({ ...stage, host: 'terraform' })), methods };
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
  const apis = readCloudFormation(template);
  const hasImplicit = globals !== undefined && apis.some(({ logicalId }) => logicalId === IMPLICIT_API);
  const implicit = hasImplicit ? [stageOf(undefined, IMPLICIT_API, [globals])] : [];
  return [
    {
      stages: [...stages, ...implicit].filter(isAboutCaching),
      methods: apis.flatMap((api) => methodsOf(api.logicalId, [api], 'absent')),
    },
  ];
}

/** The GET methods of definitions that have parameters which are no keys. */
function methodsOf(
  api: string | undefined,
  definitions: readonly Definition[],
  caching: Switch,
): readonly CachedMethod[] {
  return definitions
    .filter(({ kind }) => kind === 'rest')
    .flatMap(({ routes }) => routes)
    .filter(({ method }) => method === 'GET')
    .map((route) => ({
      api,
      path: route.path,
      at: route.span,
      caching,
      missing: parametersWithoutKey(route),
    }))
    .filter(({ missing }) => missing.length > 0);
}

/** SAM Developer Guide, "Generated CloudFormation resources". */
const IMPLICIT_API = 'ServerlessRestApi';

function isAboutCaching({ cluster, settings }: CachedStage): boolean {
  return cluster !== 'absent' || settings.some(({ caching }) => caching !== 'absent');
}

/**
 * @param holders what holds the properties; the first that has one counts, and of lists all items (SAM Developer Guide,
 *   "Globals section", "Lists are additive")
 */
function stageOf(
  type: Value | undefined,
  api: string | undefined,
  holders: readonly (Value | undefined)[],
): CachedStage {
  const property = (name: string) =>
    holders.map((holder) => memberOf(holder, name)).find((member) => member !== undefined);
  const settings = holders.flatMap((holder) => itemsOf(get(holder, 'MethodSettings')));
  const whole = property('CachingEnabled');
  return {
    host: 'cloudFormation',
    api,
    type: type?.kind === 'text' ? type.span : undefined,
    // What a template generates may have anything.
    cluster: holders.some(isFilledIn) ? 'unknown' : switchOf(property('CacheClusterEnabled')?.value),
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
      ...settings.map((setting) => ({
        method: textOf(get(setting, 'HttpMethod')) ?? '*',
        path: pathOfSetting(textOf(get(setting, 'ResourcePath')) ?? '/*'),
        caching: isFilledIn(setting) ? 'unknown' : switchOf(get(setting, 'CachingEnabled')),
        encryption: switchOf(get(setting, 'CacheDataEncrypted')),
        at: memberOf(setting, 'CachingEnabled')?.span,
      })),
    ],
    // Only Terraform has an argument for it.
    openToAll: settings.flatMap((setting) => {
      const asked = memberOf(setting, 'RequireAuthorizationForCacheControl');
      return asked !== undefined &&
        switchOf(asked.value) === 'off' &&
        switchOf(get(setting, 'CachingEnabled')) === 'on'
        ? [asked.span]
        : [];
    }),
  };
}

/** `/~1pets~1{id}` is the path `/pets/{id}`. */
function pathOfSetting(written: string): string {
  return `/${written.replaceAll('~1', '/').replace(/^\/+/, '')}`;
}

function readPlugin(root: Value, plugin: Value): CacheTemplate {
  const isOn = switchOf(get(plugin, 'enabled'));
  const events = eventsOf(root).flatMap((event) => get(event, 'http') ?? []);
  const settings = [plugin, ...events.map((event) => get(event, 'caching'))].filter(
    (value) => value !== undefined,
  );
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
    methods: methodsOf(undefined, readServerless(root), isOn === 'on' ? 'on' : 'unknown'),
  };
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
