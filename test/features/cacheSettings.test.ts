import assert from 'node:assert/strict';
import { languageService } from '../support/policies';

const service = languageService();

const GLOBALS = `Globals:
  Api:
    MethodSettings:
      - HttpMethod: '*'
        ResourcePath: /*
        CachingEnabled: true
Resources:
  A: {Type: AWS::Serverless::Api, Properties: {StageName: a}}
  B: {Type: AWS::Serverless::Api, Properties: {StageName: b}}
`;

const METHODS = `Resources:
  Pets:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets}
  Pet:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Api, ParentId: !Ref Pets, PathPart: '{id}'}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Pet
      HttpMethod: GET
      Integration: {Type: AWS_PROXY, KEYS}
  Deploy:
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: !Ref Api
      StageDescription: {CacheClusterEnabled: CLUSTER, CachingEnabled: true, CacheDataEncrypted: true}
`;

function told(text: string): readonly string[] {
  return service
    .lint(service.open({ text, language: 'yaml' }))
    .findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

describe('the settings of caches in a template', () => {
  it('are told once where several APIs share them', () => {
    assert.deepEqual(told(GLOBALS), ['cache-without-cluster: CachingEnabled']);
  });

  it('are those of all APIs and those of their own', () => {
    const api = (globals: string, own: string, more = '') => `Globals:
  Api: {${globals}}
Resources:
  A: {Type: AWS::Serverless::Api, Properties: {StageName: a, ${own}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: {Type: Api, Properties: {Path: '/pets/{id}', Method: get, RestApiId: !Ref A}}
${more}`;
    const set = (path: string, method: string, encrypted: boolean) =>
      `MethodSettings: [{ResourcePath: '${path}', HttpMethod: '${method}', CachingEnabled: true, CacheDataEncrypted: ${encrypted}}]`;
    const cluster = 'CacheClusterEnabled: true';
    const all = set('/*', '*', true);
    const other = set('/toys', 'GET', true);
    const incomplete = 'cache-key-incomplete: /pets/{id}';
    // The cluster may be the API's own, and then nothing is without one.
    assert.deepEqual(told(api(all, cluster)), [incomplete]);
    assert.deepEqual(told(api(`${cluster}, ${all}`, 'Name: x')), [incomplete]);
    // Settings are added to those of all.
    assert.deepEqual(told(api(`${cluster}, ${all}`, other)), [incomplete]);
    assert.deepEqual(told(api(`${cluster}, ${other}`, 'Name: x')), []);
    assert.deepEqual(told(api(`${cluster}, ${set('/*', '*', false)}`, other)), [
      'cache-unencrypted: CachingEnabled',
      incomplete,
    ]);
    assert.deepEqual(told(api(`${cluster}, ${all}`, 'CacheClusterEnabled: false')), [
      'cache-without-cluster: CachingEnabled',
    ]);
    // An event that names no API belongs to one of its own, which has what all have and no more.
    const implicit = "        Two: {Type: Api, Properties: {Path: '/toys', Method: get}}\n";
    assert.deepEqual(told(api(all, cluster, implicit)), [
      'cache-without-cluster: CachingEnabled',
      incomplete,
    ]);
  });

  it('are those of a deployment too, and methods are held to them', () => {
    const methods = (cluster: string, keys: string) =>
      METHODS.replace('CLUSTER', cluster).replace('KEYS', keys);
    assert.deepEqual(told(methods('true', 'Uri: x')), ['cache-key-incomplete: GET']);
    assert.deepEqual(told(methods('true', 'CacheKeyParameters: [method.request.path.id]')), []);
    assert.deepEqual(told(methods('true', 'CacheKeyParameters: [!Ref Key]')), []);
    assert.deepEqual(told(methods('false', 'Uri: x')), ['cache-without-cluster: CachingEnabled']);
    assert.deepEqual(told(methods('!Ref Large', 'Uri: x')), []);
  });

  it('know the keys and the parameters as the routes of the workspace do', () => {
    const method = METHODS.replace('CLUSTER', 'true').replace(', KEYS', '');
    const withKeys = (integration: string, parameters: string) =>
      method.replace(
        'Integration: {Type: AWS_PROXY}',
        `Integration: {${integration}}\n      RequestParameters: {${parameters}}`,
      );
    const query = 'method.request.querystring.page: true';
    assert.deepEqual(told(withKeys('CacheKeyParameters: [method.request.path.id]', query)), [
      'cache-key-incomplete: GET',
    ]);
    assert.deepEqual(
      told(
        withKeys(
          'CacheKeyParameters: [method.request.path.id, method.request.multivaluequerystring.page]',
          query,
        ),
      ),
      [],
    );
    assert.deepEqual(
      told(
        withKeys(
          'CacheKeyParameters: [integration.request.path.x, integration.request.querystring.p], RequestParameters: {integration.request.path.x: method.request.path.id, integration.request.querystring.p: method.request.querystring.page}',
          query,
        ),
      ),
      [],
    );
    // A method that a parameter gives is told at the resource, and not where the parameter stands.
    const byParameter = `Parameters: {Verb: {Type: String, Default: GET}}\n${method.replace('HttpMethod: GET', 'HttpMethod: !Ref Verb')}`;
    assert.deepEqual(told(byParameter), ['cache-key-incomplete: Get']);
  });

  it('need be about caching in one place only', () => {
    const settings = [
      "{HttpMethod: GET, ResourcePath: '/~1a', ThrottlingRateLimit: 1}",
      "{HttpMethod: '*', ResourcePath: '/*', CachingEnabled: true}",
    ];
    const stage = (more: readonly string[]) =>
      `Resources:\n  S:\n    Type: AWS::ApiGateway::Stage\n    Properties: {StageName: x, MethodSettings: [${more}]}\n`;
    assert.deepEqual(told(stage(settings)), ['cache-without-cluster: CachingEnabled']);
    assert.deepEqual(told(stage(settings.toReversed())), ['cache-without-cluster: CachingEnabled']);
    assert.deepEqual(told(stage(settings.slice(0, 1))), []);
  });

  it('take no key for that of a parameter of the same name elsewhere', () => {
    const methods = (keys: string) =>
      METHODS.replace('CLUSTER', 'true').replace('KEYS', `CacheKeyParameters: [${keys}]`);
    assert.deepEqual(told(methods('method.request.header.id')), ['cache-key-incomplete: GET']);
    assert.deepEqual(told(methods('method.request.path.pet')), ['cache-key-incomplete: GET']);
    assert.deepEqual(told(methods('method.request.header.id, method.request.path.id')), []);
  });

  it('of events count where the API has no definition of its own', () => {
    const sam = (api: string, parameter: string) => `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      CacheClusterEnabled: true
      MethodSettings: [{HttpMethod: '*', ResourcePath: /*, CachingEnabled: true, CacheDataEncrypted: true}]
      ${api}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: {Type: Api, Properties: {RestApiId: !Ref Api, Path: '/pets/{id}', Method: get, RequestParameters: [${parameter}]}}
`;
    const none = 'Name: x';
    assert.deepEqual(told(sam(none, 'method.request.path.id')), ['cache-key-incomplete: /pets/{id}']);
    assert.deepEqual(told(sam(none, 'method.request.path.id: {Caching: true}')), []);
    assert.deepEqual(told(sam(none, 'method.request.path.id: {Caching: !Ref Keyed}')), []);
    assert.deepEqual(told(sam('DefinitionUri: api.yaml', 'method.request.path.id')), []);
    const body = (keys: string) =>
      `DefinitionBody: {openapi: 3.0.1, paths: {'/pets/{id}': {get: {x-amazon-apigateway-integration: {cacheKeyParameters: [${keys}]}}}}}`;
    assert.deepEqual(told(sam(body('method.request.path.id'), 'method.request.path.id')), []);
    assert.deepEqual(told(sam(body(''), 'method.request.path.id')), ['cache-key-incomplete: get']);
  });

  it('are not judged behind a syntax fault, nor without any', () => {
    const text =
      '{"Resources": {"S": {"Type": "AWS::ApiGateway::Stage", "Properties": {"CachingEnabled": true,,}}}}';
    const { findings } = service.lint(service.open({ text, language: 'json' }));
    assert.deepEqual(findings, []);
    assert.deepEqual(
      told('Resources:\n  S:\n    Type: AWS::ApiGateway::Stage\n    Properties: {StageName: x}\n'),
      [],
    );
  });

  it('have a note on the type of the stage about what they cannot say', () => {
    const text = METHODS.replace('KEYS', 'Uri: x').replace('CLUSTER', 'true');
    const document = service.open({ text, language: 'yaml' });
    const at = text.indexOf('AWS::ApiGateway::Deployment');
    assert.match(service.hover(document, at + 3)?.contents ?? '', /CloudFormation has no field/);
    assert.equal(service.hover(document, text.indexOf('AWS::ApiGateway::Method')), undefined);
  });
});
