import { requestMethods } from '../arn/executeApi';
import { own } from '../own';
import type { Span } from '../syntax/nodes';
import { caching, queryOf, readCacheKey, readCaching, TEMPLATE_INTEGRATION } from './caching';
import { type KnownApi, type KnownRoute, type RouteCaching, readResponseTransfer } from './knowledge';
import { type Definition, isOpenApi, readOpenApi, unique } from './openApi';
import {
  get,
  getIn,
  isFilledIn,
  itemsOf,
  type Member,
  membersOf,
  type TextValue,
  textOf,
  type Value,
} from './values';

/** An API of a template, under its logical id. */
export interface TemplateApi extends Definition {
  readonly logicalId: string;
}

/** Whether a value reads as a CloudFormation template with an API in it. */
export function isTemplate(value: Value): boolean {
  return membersOf(get(value, 'Resources')).some((resource) => /^AWS::/.test(typeOf(resource)));
}

/**
 * Reads the APIs of a CloudFormation or SAM template: REST, HTTP and WebSocket APIs with a body or with resources,
 * methods, routes and stages of their own, and those that the events of functions make (CloudFormation Template
 * Reference, "AWS::ApiGateway" and "AWS::ApiGatewayV2"; SAM specification, "Api" and "HttpApi" event sources). What
 * cannot be told from the template alone leaves an API's routes open.
 */
export function readTemplate(template: Value): readonly TemplateApi[] {
  const resources = membersOf(get(template, 'Resources'));
  const apis = new Map<string, Draft>();
  const apiOf = (id: string, kind: KnownApi['kind']): Draft => {
    const draft = apis.get(id) ?? {
      kind,
      stages: [],
      routes: [],
      isOpen: false,
      isDefined: false,
      ids: [],
      regions: [],
    };
    apis.set(id, draft);
    return draft;
  };
  let isWhole = showsAll(template);
  const context: Context = {
    template,
    resources: new Map(resources.map((resource) => [resource.key, resource])),
    apiOf,
    leaveOpen: () => {
      isWhole = false;
    },
  };
  for (const resource of resources) {
    own(READERS, typeOf(resource))?.(context, resource);
  }
  for (const resource of resources) {
    readEvents(context, resource);
  }
  const handedOn = apisHandedOn(template);
  return [...apis].map(([logicalId, { kind, ids, stages, regions, routes, isOpen }]) => ({
    logicalId,
    kind,
    ids: unique(ids),
    stages: unique(stages),
    regions: unique(regions),
    routes,
    complete: !isOpen && isWhole && !handedOn.has(logicalId),
  }));
}

/** An API while the template is being read; an open one may have routes that nobody has seen. */
interface Draft {
  readonly kind: KnownApi['kind'];
  readonly ids: string[];
  readonly stages: string[];
  readonly regions: string[];
  readonly routes: KnownRoute[];
  isOpen: boolean;
  /** Whether the API has a definition of its own, here or elsewhere. */
  isDefined: boolean;
}

interface Context {
  readonly template: Value;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, Member>;
  /** The API under a logical id or a literal id; made when it is first heard of. */
  readonly apiOf: (id: string, kind: KnownApi['kind']) => Draft;
  /** Leaves all APIs open: one of them, nobody knows which, has a route more. */
  readonly leaveOpen: () => void;
}

type Reader = (context: Context, resource: Member) => void;

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::ApiGateway::RestApi': (context, resource) => readBody(context.apiOf(resource.key, 'rest'), resource),
  'AWS::ApiGateway::Method': readMethod,
  'AWS::ApiGateway::Stage': (context, resource) => readStage(context, resource, 'RestApiId', 'rest'),
  'AWS::ApiGateway::Deployment': (context, resource) => readStage(context, resource, 'RestApiId', 'rest'),
  'AWS::ApiGatewayV2::Api': (context, resource) => {
    const isSocket = textOf(property(resource, 'ProtocolType')) === 'WEBSOCKET';
    const draft = context.apiOf(resource.key, isSocket ? 'websocket' : 'http');
    readBody(draft, resource);
    // With a target the API gets a route for everything ("quick create").
    draft.isOpen ||= isSocket || property(resource, 'Target') !== undefined;
  },
  'AWS::ApiGatewayV2::Route': readRoute,
  'AWS::ApiGatewayV2::Stage': (context, resource) => readStage(context, resource, 'ApiId', 'http'),
  'AWS::Serverless::Api': (context, resource) => readServerlessApi(context, resource, 'rest'),
  'AWS::Serverless::HttpApi': (context, resource) => readServerlessApi(context, resource, 'http'),
};

function readBody(draft: Draft, resource: Member): void {
  const body = property(resource, 'Body') ?? property(resource, 'DefinitionBody');
  const isElsewhere = ['BodyS3Location', 'DefinitionUri', 'CloneFrom', 'BasePath'].some(
    (name) => property(resource, name) !== undefined,
  );
  draft.isOpen ||= isElsewhere;
  draft.isDefined ||= isElsewhere || body !== undefined;
  if (body === undefined) {
    return;
  }
  if (!isOpenApi(body)) {
    draft.isOpen = true;
    return;
  }
  const { ids, stages, regions, routes, complete } = readOpenApi(body);
  draft.ids.push(...ids);
  draft.stages.push(...stages);
  draft.regions.push(...regions);
  draft.routes.push(...routes);
  draft.isOpen ||= !complete;
}

function readServerlessApi(context: Context, resource: Member, kind: 'rest' | 'http'): void {
  const draft = context.apiOf(resource.key, kind);
  readBody(draft, resource);
  const stage = literal(context, property(resource, 'StageName'));
  draft.stages.push(...(stage === undefined ? [] : [stage.text]));
}

function readStage(context: Context, resource: Member, owner: string, kind: KnownApi['kind']): void {
  const draft = ownerOf(context, property(resource, owner), kind);
  const stage = literal(context, property(resource, 'StageName'));
  if (draft !== undefined && stage !== undefined) {
    draft.stages.push(stage.text);
  }
}

function readMethod(context: Context, resource: Member): void {
  const draft = ownerOf(context, property(resource, 'RestApiId'), 'rest');
  if (draft === undefined) {
    return;
  }
  const path = pathOf(context, property(resource, 'ResourceId'), 0);
  const method = literal(context, property(resource, 'HttpMethod'));
  const at = placeOf(property(resource, 'HttpMethod'), resource);
  addRoute(draft, path === undefined ? undefined : route(context, method?.text, path, resource, at));
}

function readRoute(context: Context, resource: Member): void {
  const draft = ownerOf(context, property(resource, 'ApiId'), 'http');
  if (draft === undefined || draft.kind === 'websocket') {
    return;
  }
  const key = literal(context, property(resource, 'RouteKey'));
  const [method = '', path = ''] = key?.text === '$default' ? CATCH_ALL : (key?.text.split(' ') ?? []);
  const at = placeOf(property(resource, 'RouteKey'), resource);
  addRoute(draft, key === undefined ? undefined : route(context, method, path, resource, at));
}

const CATCH_ALL = ['ANY', '/{proxy+}'] as const;

/** A route that cannot be read is one that nobody knows. */
function addRoute(draft: Draft, added: KnownRoute | undefined): void {
  if (added === undefined) {
    draft.isOpen = true;
  } else {
    draft.routes.push(added);
  }
}

function route(
  context: Context,
  method: string | undefined,
  path: string,
  resource: Member,
  span: Span,
): KnownRoute | undefined {
  const name = method?.toUpperCase() ?? '';
  if (!path.startsWith('/') || (name !== 'ANY' && !requestMethods.includes(name))) {
    return undefined;
  }
  const type = literal(context, property(resource, 'AuthorizationType'))?.text;
  const transfer = literal(context, get(property(resource, 'Integration'), 'ResponseTransferMode'))?.text;
  return {
    method: name,
    path,
    span,
    authorization: type && authorizationWord(type),
    caching: readCaching(property(resource, 'Integration'), TEMPLATE_INTEGRATION),
    queries: membersOf(property(resource, 'RequestParameters')).flatMap(({ key }) => queryOf(key) ?? []),
    responseTransfer: readResponseTransfer(transfer),
  };
}

function authorizationWord(type: string): string {
  return type === 'AWS_IAM' ? 'iam' : type.toLowerCase();
}

/** The path of a resource by way of its parents up to the root; `undefined` where the way leaves the template. */
function pathOf(context: Context, reference: Value | undefined, depth: number): string | undefined {
  if (isRootResource(reference)) {
    return '/';
  }
  const resource = context.resources.get(wholeReferenceOf(reference) ?? '');
  if (resource === undefined || typeOf(resource) !== 'AWS::ApiGateway::Resource' || depth > MAX_SEGMENTS) {
    return undefined;
  }
  const parent = pathOf(context, property(resource, 'ParentId'), depth + 1);
  const part = literal(context, property(resource, 'PathPart'))?.text;
  return parent === undefined || part === undefined ? undefined : `${parent === '/' ? '' : parent}/${part}`;
}

/** A resource that is its own parent must not keep anybody waiting. */
const MAX_SEGMENTS = 64;

function isRootResource(reference: Value | undefined): boolean {
  return attributeOf(reference)[1] === 'RootResourceId';
}

/** `!GetAtt Api.RootResourceId`, in each of its spellings. */
function attributeOf(value: Value | undefined): readonly (string | undefined)[] {
  const attribute = get(value, 'Fn::GetAtt');
  return textOf(attribute)?.split('.') ?? itemsOf(attribute).map(textOf);
}

/** An API of this template, or one that is only named by its id and has more to it elsewhere. */
function ownerOf(
  { apiOf, resources, leaveOpen }: Context,
  reference: Value | undefined,
  kind: KnownApi['kind'],
): Draft | undefined {
  const written = textOf(reference);
  const id = written ?? wholeReferenceOf(reference);
  if (id === undefined) {
    // What is imported is none of this template's.
    if (get(reference, 'Fn::ImportValue') === undefined) {
      leaveOpen();
    }
    return undefined;
  }
  const draft = apiOf(id, kind);
  if (!resources.has(id)) {
    draft.isOpen = true;
    draft.ids.push(...(written === undefined || written.includes('${') ? [] : [written]));
  }
  return draft;
}

/** The events of a function or state machine; without an API of its own an event belongs to the implicit one. */
function readEvents(context: Context, resource: Member): void {
  if (!typeOf(resource).startsWith('AWS::Serverless::')) {
    return;
  }
  for (const event of membersOf(property(resource, 'Events'))) {
    const implicit = own(IMPLICIT_APIS, typeOf(event));
    if (implicit === undefined) {
      continue;
    }
    const { kind, id, stage, owner } = implicit;
    const reference = property(event, owner);
    if (reference === undefined) {
      context.apiOf(id, kind).stages.push(stage);
    }
    const draft = reference === undefined ? context.apiOf(id, kind) : ownerOf(context, reference, kind);
    if (draft !== undefined) {
      addRoute(draft, eventRoute(context, event, draft));
    }
  }
}

interface ImplicitApi {
  readonly kind: 'rest' | 'http';
  readonly id: string;
  readonly stage: string;
  /** The property of an event that names another API. */
  readonly owner: string;
}

/** SAM Developer Guide, "Generated CloudFormation resources". */
const IMPLICIT_APIS: Readonly<Record<string, ImplicitApi>> = {
  Api: { kind: 'rest', id: 'ServerlessRestApi', stage: 'Prod', owner: 'RestApiId' },
  HttpApi: { kind: 'http', id: 'ServerlessHttpApi', stage: '$default', owner: 'ApiId' },
};

function eventRoute(context: Context, event: Member, { isDefined }: Draft): KnownRoute | undefined {
  const path = property(event, 'Path');
  const method = property(event, 'Method');
  if (path === undefined && method === undefined && typeOf(event) === 'HttpApi') {
    return { method: 'ANY', path: '/{proxy+}', span: event.span };
  }
  const written = literal(context, path);
  const name = literal(context, method)?.text.toUpperCase();
  if (written === undefined || !written.text.startsWith('/') || name === undefined) {
    return undefined;
  }
  const authorizer = textOf(getIn(get(event.value, 'Properties'), 'Auth', 'Authorizer'));
  const parameters = property(event, 'RequestParameters');
  return {
    method: name === 'X-AMAZON-APIGATEWAY-ANY-METHOD' ? 'ANY' : name,
    path: written.text,
    span: placeOf(path, event),
    authorization: authorizer && authorizationWord(authorizer),
    // Of an API with a definition of its own, that says what the keys are.
    caching: isDefined ? undefined : eventCaching(parameters),
    queries: itemsOf(parameters)
      .flatMap((item) => textOf(item) ?? membersOf(item).map(({ key }) => key))
      .flatMap((name) => queryOf(name) ?? []),
  };
}

/**
 * Of the parameters of an event those with `Caching` become cache keys (SAM specification, "RequestParameters" and
 * "RequestParameter" of an Api event). Without any the integration that SAM writes has none.
 */
function eventCaching(parameters: Value | undefined): RouteCaching | undefined {
  const items = itemsOf(parameters);
  const isTold =
    parameters === undefined ||
    (parameters.kind === 'list' && items.every(({ kind }) => kind === 'text' || kind === 'map'));
  const named = items.flatMap(membersOf).map(({ key, value }) => ({ key, caching: get(value, 'Caching') }));
  return isTold && named.every(({ caching }) => caching === undefined || isSwitch(caching))
    ? caching(
        named
          .filter(({ caching }) => textOf(caching)?.toLowerCase() === 'true')
          .map(({ key }) => readCacheKey(key)),
      )
    : undefined;
}

/** Whether a value says yes or no, and leaves neither to a tool. */
function isSwitch(value: Value): boolean {
  return value.kind === 'text' && /^(?:true|false)$/i.test(value.text);
}

/**
 * Whether a template shows all of its resources and their events. Macros may add some, and so may what is included
 * (CloudFormation Template Reference, "Transform" and "Fn::ForEach"); the transforms that AWS hosts add none besides.
 */
function showsAll(template: Value): boolean {
  const transform = get(template, 'Transform');
  const macros = transform?.kind === 'list' ? transform.items : [transform ?? OWN_TRANSFORM];
  const resources = get(template, 'Resources');
  return (
    ![template, resources].some(isFilledIn) &&
    macros.every((macro) => textOf(macro)?.startsWith('AWS::') === true) &&
    membersOf(resources).every(
      (resource) =>
        resource.value.kind === 'map' &&
        ![resource.value, get(resource.value, 'Properties')].some(isFilledIn) &&
        showsEvents(resource),
    )
  );
}

const OWN_TRANSFORM: Value = { kind: 'text', text: 'AWS::', span: { start: 0, end: 0 } };

function showsEvents(resource: Member): boolean {
  const events = property(resource, 'Events');
  return (
    !typeOf(resource).startsWith('AWS::Serverless::') ||
    events === undefined ||
    (events.kind === 'map' &&
      !isFilledIn(events) &&
      events.members.every(
        (event) => typeOf(event) !== '' && ![event.value, get(event.value, 'Properties')].some(isFilledIn),
      ))
  );
}

/**
 * The APIs that somebody else may add routes to, since another stack or a parameter is told what that takes: the root or
 * another resource of a REST API, the ID of an HTTP API.
 */
export function apisHandedOn(template: Value): ReadonlySet<string> {
  const resources = membersOf(get(template, 'Resources'));
  const byId = new Map(resources.map((resource) => [resource.key, resource]));
  const apis = new Set<string>();
  const told = membersOf(get(template, 'Outputs')).map(({ value }) => get(value, 'Value'));
  for (const resource of resources) {
    const type = typeOf(resource);
    if (type !== 'AWS::ApiGateway::Resource' && type !== 'AWS::ApiGateway::Method') {
      addRoots(resource.value, apis, 0);
    }
    // Of stacks and applications, and of a parameter of AWS Systems Manager.
    told.push(...membersOf(property(resource, 'Parameters')).map(({ value }) => value));
    told.push(property(resource, 'Value'));
  }
  for (const value of told) {
    if (value !== undefined) {
      addRoots(value, apis, 0);
    }
    const id = wholeReferenceOf(value) ?? '';
    const resource = byId.get(id);
    const type = resource === undefined ? own(MADE_HTTP_APIS, id) : typeOf(resource);
    if (type === 'AWS::ApiGatewayV2::Api' || type === 'AWS::Serverless::HttpApi') {
      apis.add(id);
    } else if (type === 'AWS::ApiGateway::Resource' && resource !== undefined) {
      apis.add(wholeReferenceOf(property(resource, 'RestApiId')) ?? '');
    }
  }
  return apis;
}

/** HTTP APIs that SAM and the Serverless Framework add to a template ("AWS CloudFormation Resource Reference"). */
const MADE_HTTP_APIS: Readonly<Record<string, string>> = {
  ServerlessHttpApi: 'AWS::Serverless::HttpApi',
  HttpApi: 'AWS::ApiGatewayV2::Api',
};

/** The logical id whose own id a value is, and nothing more. */
function wholeReferenceOf(value: Value | undefined): string | undefined {
  const [owner, attribute = ''] = attributeOf(value);
  return (
    referenceOf(value) ??
    (/^(?:Api|Resource|RestApi)Id$/.test(attribute)
      ? owner
      : /^\$\{(\w+)(?:\.(?:Api|Resource|RestApi)Id)?\}$/.exec(textOf(get(value, 'Fn::Sub')) ?? '')?.[1])
  );
}

function addRoots(value: Value, roots: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) {
    return;
  }
  if (isRootResource(value)) {
    roots.add(attributeOf(value)[0] ?? '');
  }
  for (const [, id = ''] of textOf(value)?.matchAll(/\$\{(\w+)\.RootResourceId\}/g) ?? []) {
    roots.add(id);
  }
  for (const inner of [...membersOf(value).map((member) => member.value), ...itemsOf(value)]) {
    addRoots(inner, roots, depth + 1);
  }
}

/** Deeper than any intrinsic function in an output. */
const MAX_DEPTH = 32;

function typeOf({ value }: Member): string {
  return textOf(get(value, 'Type')) ?? '';
}

function property({ value }: Member, name: string): Value | undefined {
  return getIn(value, 'Properties', name);
}

/** The logical id that a `Ref` names. */
function referenceOf(value: Value | undefined): string | undefined {
  return textOf(get(value, 'Ref'));
}

/** Where a value stands; its owner's name for one that a parameter gives, which stands far from it. */
function placeOf(value: Value | undefined, owner: Member): Span {
  return value?.kind === 'text' ? value.span : owner.span;
}

/** A text as it stands, or what the template's parameter behind it is when nobody says otherwise. */
function literal({ template }: Pick<Context, 'template'>, value: Value | undefined): TextValue | undefined {
  const id = referenceOf(value);
  const found = id === undefined ? value : getIn(template, 'Parameters', id, 'Default');
  return found?.kind === 'text' && !found.text.includes('${') ? found : undefined;
}
