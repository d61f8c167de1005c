import { readTemplate, type TemplateApi } from './cloudFormation';
import { get, type Member, membersOf, type TextValue, textOf, type Value } from './values';

/**
 * What a configuration of Terraform says about API Gateway, as the equivalent CloudFormation template, so that one
 * reader serves both (Terraform Registry, hashicorp/aws, the pages of these resources). The values are at their places
 * in the configuration. A module is all files of a folder, and only one is read here, so the routes of an API are never
 * complete.
 */

/** Whether a value reads as a configuration of Terraform with resources. */
export function isTerraform(value: Value): boolean {
  return membersOf(value).some(({ key, value: inner }) => key === 'resource' && inner.kind === 'map');
}

/** The APIs of a configuration, by their names if these are given. */
export function readTerraform(configuration: Value): readonly TemplateApi[] {
  const names = new Map(
    resourcesOf(configuration).map(({ id, name, body }) => [id, literalOf(get(body, 'name')) ?? name]),
  );
  return readTemplate(templateOf(configuration)).map((api) => ({
    ...api,
    logicalId: names.get(api.logicalId) ?? api.logicalId,
    complete: false,
  }));
}

interface Resource {
  /** Its type and name, as expressions name it. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Where the name of the type stands. */
  readonly member: Member;
  readonly body: Value;
}

function resourcesOf(configuration: Value): readonly Resource[] {
  return membersOf(configuration)
    .filter(({ key }) => key === 'resource')
    .flatMap(({ value }) => membersOf(value))
    .flatMap((member) =>
      membersOf(member.value).map(({ key: name, value: body }) => ({
        id: `${member.key}.${name}`,
        type: member.key,
        name,
        member,
        // In Terraform's JSON syntax a body may be a list of one.
        body: body.kind === 'list' ? (body.items[0] ?? body) : body,
      })),
    );
}

/** The CloudFormation types of resources, with their properties by the names of arguments. */
const TYPES: ReadonlyMap<string, readonly [type: string, properties: Readonly<Record<string, string>>]> =
  new Map([
    ['aws_api_gateway_rest_api', ['AWS::ApiGateway::RestApi', { body: 'Body' }]],
    [
      'aws_api_gateway_resource',
      [
        'AWS::ApiGateway::Resource',
        { rest_api_id: 'RestApiId', parent_id: 'ParentId', path_part: 'PathPart' },
      ],
    ],
    [
      'aws_api_gateway_method',
      [
        'AWS::ApiGateway::Method',
        {
          rest_api_id: 'RestApiId',
          resource_id: 'ResourceId',
          http_method: 'HttpMethod',
          authorization: 'AuthorizationType',
          request_parameters: 'RequestParameters',
        },
      ],
    ],
    [
      'aws_api_gateway_deployment',
      ['AWS::ApiGateway::Deployment', { rest_api_id: 'RestApiId', stage_name: 'StageName' }],
    ],
    [
      'aws_api_gateway_stage',
      [
        'AWS::ApiGateway::Stage',
        {
          rest_api_id: 'RestApiId',
          stage_name: 'StageName',
          cache_cluster_enabled: 'CacheClusterEnabled',
        },
      ],
    ],
    [
      'aws_apigatewayv2_api',
      ['AWS::ApiGatewayV2::Api', { protocol_type: 'ProtocolType', body: 'Body', target: 'Target' }],
    ],
    [
      'aws_apigatewayv2_route',
      [
        'AWS::ApiGatewayV2::Route',
        { api_id: 'ApiId', route_key: 'RouteKey', authorization_type: 'AuthorizationType' },
      ],
    ],
    ['aws_apigatewayv2_stage', ['AWS::ApiGatewayV2::Stage', { api_id: 'ApiId', name: 'StageName' }]],
  ]);

const INTEGRATION: Readonly<Record<string, string>> = {
  cache_key_parameters: 'CacheKeyParameters',
  cache_namespace: 'CacheNamespace',
  request_parameters: 'RequestParameters',
  response_transfer_mode: 'ResponseTransferMode',
};

const SETTINGS: Readonly<Record<string, string>> = {
  caching_enabled: 'CachingEnabled',
  cache_data_encrypted: 'CacheDataEncrypted',
  require_authorization_for_cache_control: 'RequireAuthorizationForCacheControl',
};

/** The CloudFormation template that is equivalent to what a configuration says about API Gateway. */
export function templateOf(configuration: Value): Value {
  const resources = resourcesOf(configuration);
  const integrations = new Map(
    resources
      .filter(({ type }) => type === 'aws_api_gateway_integration')
      .flatMap((each) =>
        keysOf(each.body, 'http_method', 'resource_id').map((key) => [key, each.body] as const),
      ),
  );
  const settings = new Map<string, Value[]>();
  for (const { type, body } of resources) {
    if (type === 'aws_api_gateway_method_settings') {
      for (const key of keysOf(body, 'stage_name', 'rest_api_id')) {
        const known = settings.get(key) ?? [];
        known.push(settingOf(body));
        settings.set(key, known);
      }
    }
  }
  const more = ({ id, type, body }: Resource): readonly Entry[] => {
    if (type === 'aws_api_gateway_method') {
      const own = [id, ...keysOf(body, 'http_method', 'resource_id')];
      const integration = own.map((key) => integrations.get(key)).find((each) => each !== undefined);
      return integration === undefined ? [] : [['Integration', map(propertiesOf(integration, INTEGRATION))]];
    }
    if (type === 'aws_api_gateway_stage') {
      const own = [id, ...keysOf(body, 'stage_name', 'rest_api_id')].flatMap(
        (key) => settings.get(key) ?? [],
      );
      return own.length === 0 ? [] : [['MethodSettings', list(own)]];
    }
    return [];
  };
  return map([
    ['Resources', map(resources.flatMap((resource) => resourceOf(resource, more(resource))))],
    ['Parameters', map(parametersOf(configuration))],
  ]);
}

/**
 * By what a resource is told that another belongs to it: the other names it in an argument, or has the same text there and
 * names the same resource in a second one.
 */
function keysOf(body: Value, named: string, owner: string): readonly string[] {
  const target = targetOf(get(body, named));
  const own = literalOf(get(body, named));
  const around = targetOf(get(body, owner));
  return target !== undefined
    ? [target]
    : own === undefined || around === undefined
      ? []
      : [`${around} ${own}`];
}

function resourceOf({ id, type, body, member }: Resource, more: readonly Entry[]): readonly Entry[] {
  const known = TYPES.get(type);
  if (known === undefined) {
    return [];
  }
  const [name, names] = known;
  return [
    [
      id,
      map([
        ['Type', text(name, member.span)],
        ['Properties', map([...propertiesOf(body, names), ...more])],
      ]),
      member.span,
    ],
  ];
}

function propertiesOf(body: Value | undefined, names: Readonly<Record<string, string>>): Entry[] {
  const known = new Map(Object.entries(names));
  return membersOf(body).flatMap(({ key, value, span }): readonly Entry[] => {
    const property = known.get(key);
    return property === undefined ? [] : [[property, referenced(value), span]];
  });
}

/** A reference to a resource as CloudFormation writes it. */
function referenced(value: Value): Value {
  const path = referenceIn(value);
  if (path === undefined) {
    return value;
  }
  const [, id, attribute] = /^(\w+\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)$/.exec(path) ?? [];
  if (id === undefined || /^(?:var|local|module|data|each)\./.test(path)) {
    return map([['Ref', text(path, { start: 0, end: 0 })]]);
  }
  return attribute === 'root_resource_id'
    ? map([
        ['Fn::GetAtt', list([text(id, { start: 0, end: 0 }), text('RootResourceId', { start: 0, end: 0 })])],
      ])
    : map([['Ref', text(id, { start: 0, end: 0 })]]);
}

/** What a reference names, with the attribute; in Terraform's JSON syntax it is a template. */
function referenceIn(value: Value | undefined): string | undefined {
  const members = membersOf(value);
  const named = members.length === 1 && members[0]?.key === 'Ref' ? textOf(members[0].value) : undefined;
  return named ?? /^\$\{([\w.[\]*-]+)\}$/.exec(textOf(value) ?? '')?.[1];
}

/** The resource that a reference names. */
function targetOf(value: Value | undefined): string | undefined {
  return /^\w+\.[\w-]+/.exec(referenceIn(value) ?? '')?.[0];
}

/** `pets/{id}/GET` or `*` `/*`: the path of a resource without its first slash, and a method. */
function settingOf(body: Value): Value {
  const path = get(body, 'method_path');
  const settings = get(body, 'settings');
  const properties = propertiesOf(settings?.kind === 'list' ? settings.items[0] : settings, SETTINGS);
  const written = literalOf(path);
  if (written?.includes('/') !== true || path?.kind !== 'text') {
    // Nobody can tell of which methods it speaks.
    return map([['Ref', text('', { start: 0, end: 0 })]]);
  }
  const slash = written.lastIndexOf('/');
  return map([
    ['HttpMethod', text(written.slice(slash + 1), path.span)],
    ['ResourcePath', text(`/${written.slice(0, slash)}`, path.span)],
    ...properties,
  ]);
}

/** Variables and local values as parameters: what they are when nobody says otherwise. */
function parametersOf(configuration: Value): readonly Entry[] {
  return membersOf(configuration).flatMap(({ key, value }): readonly Entry[] => {
    switch (key) {
      case 'variable':
        return membersOf(value).flatMap((variable) => {
          const given = get(variable.value, 'default');
          return given === undefined ? [] : [[`var.${variable.key}`, map([['Default', given]])] as const];
        });
      case 'locals':
        return membersOf(value).map(
          (local) => [`local.${local.key}`, map([['Default', local.value]])] as const,
        );
      default:
        return [];
    }
  });
}

/** A text without expressions. */
function literalOf(value: Value | undefined): string | undefined {
  const written = textOf(value);
  return written?.includes('${') ? undefined : written;
}

type Entry = readonly [key: string, value: Value, span?: Member['span']];

function map(entries: readonly Entry[]): Value {
  return {
    kind: 'map',
    members: entries.map(([key, value, span]) => ({ key, value, span: span ?? { start: 0, end: 0 } })),
  };
}

function list(items: readonly Value[]): Value {
  return { kind: 'list', items };
}

function text(written: string, span: Member['span']): TextValue {
  return { kind: 'text', text: written, span };
}
