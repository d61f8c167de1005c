import { requestMethods } from '../arn/executeApi';
import { OPENAPI_INTEGRATION, readCaching } from './caching';
import { type KnownApi, type KnownRoute, readResponseTransfer } from './knowledge';
import { readInvokeUrl } from './mentions';
import { get, getIn, isFilledIn, itemsOf, type Member, membersOf, textOf, type Value } from './values';

/** What a definition says, without a name and a place. */
export type Definition = Pick<KnownApi, 'kind' | 'ids' | 'stages' | 'regions' | 'routes' | 'complete'>;

/** Whether a value reads as a definition in OpenAPI 3 or Swagger 2. */
export function isOpenApi(value: Value | undefined): boolean {
  return (
    (get(value, 'openapi') !== undefined || get(value, 'swagger') !== undefined) &&
    get(value, 'paths') !== undefined
  );
}

/**
 * Reads a definition in OpenAPI or Swagger with the extensions of API Gateway (Developer Guide, "OpenAPI extensions for
 * API Gateway"). A path that stands in another file or that a tool fills in leaves the routes open, and so does a base path
 * that may or may not be put in front of them: that is decided when the definition is imported ("Set the OpenAPI basePath
 * property").
 */
export function readOpenApi(definition: Value): Definition {
  const paths = membersOf(get(definition, 'paths')).filter(({ key }) => !key.startsWith('x-'));
  const servers = serversOf(definition);
  return {
    kind: kindOf(definition),
    ids: unique(servers.flatMap(({ apiId }) => apiId ?? [])),
    stages: unique(servers.flatMap(({ stage }) => stage ?? [])),
    regions: unique(servers.flatMap(({ region }) => region ?? [])),
    routes: paths.flatMap((path) => routesOf(definition, path)),
    complete:
      get(definition, 'paths')?.kind === 'map' &&
      ![definition, get(definition, 'paths')].some(isFilledIn) &&
      paths.every(({ key, value }) => !key.includes('${') && value.kind === 'map' && !isFilledIn(value)) &&
      servers.every(({ basePath }) => basePath === ''),
  };
}

/** Each text once, in order. */
export function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function routesOf(definition: Value, { key, value }: Member): readonly KnownRoute[] {
  const path = key === DEFAULT_ROUTE ? '/{proxy+}' : key;
  return membersOf(value).flatMap(({ key: name, span, value: operation }): readonly KnownRoute[] => {
    const method = name === ANY_METHOD ? 'ANY' : name.toUpperCase();
    return /^\/(?!.*\$\{)/.test(path) && (method === 'ANY' || requestMethods.includes(method))
      ? [
          {
            method,
            path,
            span,
            authorization: authorizationOf(definition, operation),
            caching: readCaching(get(operation, 'x-amazon-apigateway-integration'), OPENAPI_INTEGRATION),
            queries: queriesIn(value, operation),
            responseTransfer: readResponseTransfer(
              textOf(getIn(operation, 'x-amazon-apigateway-integration', 'responseTransferMode')),
            ),
          },
        ]
      : [];
  });
}

/** Parameters of a path are those of each of its operations too (OpenAPI Specification, "Path Item Object"). */
function queriesIn(...holders: readonly Value[]): readonly string[] {
  return holders
    .flatMap((holder) => itemsOf(get(holder, 'parameters')))
    .filter((parameter) => textOf(get(parameter, 'in')) === 'query')
    .flatMap((parameter) => textOf(get(parameter, 'name')) ?? []);
}

/** How the catch-all route of an HTTP API is exported. */
const DEFAULT_ROUTE = '/$default';
const ANY_METHOD = 'x-amazon-apigateway-any-method';

/** The operation's own wish comes before the one for all; no requirement at all is an open door. */
function authorizationOf(definition: Value, operation: Value): string | undefined {
  const own = textOf(getIn(operation, 'x-amazon-apigateway-auth', 'type'));
  if (own !== undefined) {
    return own === 'AWS_IAM' ? 'iam' : own.toLowerCase();
  }
  const security = get(operation, 'security') ?? get(definition, 'security');
  if (security?.kind !== 'list' || security.items.some(isFilledIn)) {
    return undefined;
  }
  const [scheme] = security.items.flatMap((requirement) => membersOf(requirement));
  if (scheme === undefined) {
    return 'none';
  }
  const schemes =
    getIn(definition, 'components', 'securitySchemes') ?? get(definition, 'securityDefinitions');
  const type = textOf(getIn(schemes, scheme.key, 'x-amazon-apigateway-authtype'));
  return type === 'awsSigv4' ? 'iam' : scheme.key;
}

/** HTTP APIs import OpenAPI 3 only; what else tells the two apart are extensions that one of them has alone. */
function kindOf(definition: Value): KnownApi['kind'] {
  const keys = membersOf(definition).map(({ key }) => key);
  const isOf = (names: readonly string[]): boolean => names.some((name) => keys.includes(name));
  if (isOf(HTTP_EXTENSIONS)) {
    return 'http';
  }
  if (isOf(REST_EXTENSIONS)) {
    return 'rest';
  }
  const isSwagger = keys.includes('swagger');
  return isSwagger && keys.some((key) => key.startsWith('x-amazon-apigateway-')) ? 'rest' : 'unknown';
}

/** Developer Guide, "OpenAPI extensions for API Gateway", at the top of a definition. */
const HTTP_EXTENSIONS = ['x-amazon-apigateway-cors', 'x-amazon-apigateway-importexport-version'];
const REST_EXTENSIONS = [
  'x-amazon-apigateway-api-key-source',
  'x-amazon-apigateway-binary-media-types',
  'x-amazon-apigateway-documentation',
  'x-amazon-apigateway-endpoint-configuration',
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-minimum-compression-size',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-request-validator',
  'x-amazon-apigateway-request-validators',
];

interface Server {
  readonly apiId?: string | undefined;
  readonly region?: string | undefined;
  readonly stage?: string | undefined;
  /** What stands before the paths and is no stage; empty where there is nothing. */
  readonly basePath: string;
}

function serversOf(definition: Value): readonly Server[] {
  const host = textOf(get(definition, 'host'));
  const basePath = textOf(get(definition, 'basePath'));
  const swagger = host === undefined && basePath === undefined ? [] : [serverOf(host ?? '', basePath ?? '')];
  return [...swagger, ...itemsOf(get(definition, 'servers')).map(openApiServer)];
}

function openApiServer(server: Value): Server {
  const url = textOf(get(server, 'url')) ?? '';
  const filled = url.replaceAll(
    /\{(\w+)\}/g,
    (whole, name: string) => textOf(getIn(server, 'variables', name, 'default')) ?? whole,
  );
  const [, host = '', path = ''] = /^(?:https?:\/\/([^/?#]*))?([^?#]*)/i.exec(filled) ?? [];
  return serverOf(host, path);
}

function serverOf(host: string, path: string): Server {
  const [first = '', ...rest] = path.split('/').filter((segment) => segment !== '');
  const invoke = readInvokeUrl(`https://${host}/${first}`);
  return invoke === undefined
    ? { basePath: [first, ...rest].join('/') }
    : { ...invoke, basePath: rest.join('/') };
}
