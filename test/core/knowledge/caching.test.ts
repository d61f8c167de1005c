import assert from 'node:assert/strict';
import type { KnownRoute } from '../../../server/src/core/knowledge/knowledge';
import { readKnowledge } from '../../../server/src/core/knowledge/read';

/** In one line, or `undefined` where the document does not tell. */
function shown({ caching, responseTransfer }: KnownRoute): string | undefined {
  return (
    caching &&
    [
      ...caching.keys.map(({ place, name }) => `${place} ${name}`),
      ...(caching.namespace === undefined ? [] : [`in ${caching.namespace}`]),
      ...(responseTransfer === undefined ? [] : [responseTransfer]),
    ].join(', ')
  );
}

function cachings(uri: string, text: string): readonly (string | undefined)[] {
  return readKnowledge(uri, text).apis.flatMap(({ routes }) => routes.map(shown));
}

function openApi(integration: object | undefined): string {
  const operation = integration === undefined ? {} : { 'x-amazon-apigateway-integration': integration };
  return JSON.stringify({ openapi: '3.0.1', paths: { '/pets/{petId}': { get: operation } } });
}

describe('what definitions tell about the cache of a route', () => {
  for (const [name, integration, expected] of [
    ['nothing without an integration', undefined, undefined],
    ['that there are no keys', { type: 'aws_proxy' }, ''],
    [
      'keys of every place, in their case',
      {
        cacheKeyParameters: [
          'method.request.path.petId',
          'method.request.querystring.Page',
          'method.request.header.X-Tenant',
          'method.request.multivaluequerystring.tag',
          'method.request.querystring.filter.name',
        ],
      },
      'path petId, querystring Page, header X-Tenant, querystring tag, querystring filter.name',
    ],
    [
      'what an integration maps from a parameter of the method',
      {
        cacheKeyParameters: ['integration.request.querystring.p', 'integration.request.header.h'],
        requestParameters: {
          'integration.request.querystring.p': 'method.request.querystring.page',
          'integration.request.header.h': "'constant'",
        },
      },
      'querystring page, other integration.request.header.h',
    ],
    [
      'what no caller can choose',
      { cacheKeyParameters: ['method.request.body', 'integration.request.path.x'] },
      'other method.request.body, other integration.request.path.x',
    ],
    [
      'namespace and streaming',
      { cacheNamespace: 'pets', responseTransferMode: 'STREAM', cacheKeyParameters: [] },
      'in pets, stream',
    ],
    ['nothing where a reference has it', { $ref: '#/components/x' }, undefined],
    ['nothing where a key is no text', { cacheKeyParameters: [{ 'Fn::Sub': 'x' }] }, undefined],
    ['nothing where a function has the keys', { cacheKeyParameters: { 'Fn::If': [] } }, undefined],
    [
      'nothing of more keys than anybody has',
      { cacheKeyParameters: Array.from({ length: 101 }, (_, index) => `method.request.header.h${index}`) },
      undefined,
    ],
  ] as const) {
    it(`OpenAPI: ${name}`, () => {
      assert.deepEqual(cachings('a.json', openApi(integration)), [expected]);
    });
  }

  it('CloudFormation: the integration of a method', () => {
    const template = `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: x } }
  Pets: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Pets
      HttpMethod: GET
      Integration:
        Type: HTTP
        CacheNamespace: shared
        CacheKeyParameters: [method.request.querystring.page, integration.request.header.t]
        RequestParameters: { integration.request.header.t: method.request.header.X-Tenant }
        ResponseTransferMode: BUFFERED
  Bare:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET }
`;
    assert.deepEqual(cachings('template.yaml', template), [
      'querystring page, header X-Tenant, in shared, buffered',
      undefined,
    ]);
  });

  it('SAM: the parameters of an event that have Caching, and the body of an API', () => {
    const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /cats: { get: { x-amazon-apigateway-integration: { cacheKeyParameters: [method.request.header.Accept] } } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Keyed:
          Type: Api
          Properties:
            Path: /pets
            Method: get
            RequestParameters:
              - method.request.header.X-Tenant: { Required: true, Caching: true }
              - method.request.querystring.page: { Caching: true }
              - method.request.querystring.trace: { Caching: false }
              - method.request.querystring.plain
        Bare: { Type: Api, Properties: { Path: /dogs, Method: get } }
        Untold: { Type: Api, Properties: { Path: /cows, Method: get, RequestParameters: { "Fn::If": [] } } }
`;
    assert.deepEqual(cachings('template.yaml', template), [
      'header Accept',
      'header X-Tenant, querystring page',
      '',
      undefined,
    ]);
  });

  for (const [name, parameters, expected] of [
    ['without any', '[]', ''],
    [
      'of several forms',
      '[method.request.querystring.a, method.request.header.b: { Caching: TRUE }]',
      'header b',
    ],
    ['with one that is half-typed', '[method.request.header.b: { Caching: true }, null]', undefined],
    ['with a list among them', '[method.request.header.b: { Caching: true }, []]', undefined],
    [
      'with one that a condition decides on',
      '[method.request.header.b: { Caching: !If [Is, true, false] }]',
      undefined,
    ],
    ['with one that is neither on nor off', '[method.request.header.b: { Caching: maybe }]', undefined],
    ['in a text', 'method.request.header.b', undefined],
  ] as const) {
    it(`SAM: the parameters of an event, ${name}`, () => {
      const template = `Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: { Type: Api, Properties: { Path: /pets, Method: get, RequestParameters: ${parameters} } }
`;
      assert.deepEqual(cachings('template.yaml', template), [expected]);
    });
  }

  it('know the query parameters that a method declares, in each language', () => {
    const queries = (uri: string, text: string) =>
      readKnowledge(uri, text).apis.flatMap(({ routes }) => routes.map((route) => route.queries));
    const parameter = (name: string, place: string) => ({ name, in: place });
    assert.deepEqual(
      queries(
        'a.json',
        JSON.stringify({
          openapi: '3.0.1',
          paths: {
            '/pets': {
              parameters: [parameter('page', 'query'), parameter('X-Tenant', 'header')],
              get: { parameters: [parameter('size', 'query'), { $ref: '#/components/parameters/x' }] },
            },
          },
        }),
      ),
      [['page', 'size']],
    );
    assert.deepEqual(
      queries(
        'template.yaml',
        `Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: { Type: Api, Properties: { Path: /pets, Method: get, RequestParameters: [method.request.querystring.a, method.request.header.b, method.request.querystring.c: { Required: true }] } }
`,
      ),
      [['a', 'c']],
    );
    assert.deepEqual(
      queries(
        'serverless.yml',
        `provider: { name: aws }
functions:
  a: { events: [{ http: { path: cats, method: get, request: { parameters: { querystrings: { page: true }, headers: { x: true } } } } }] }
`,
      ),
      [['page']],
    );
  });

  it('Serverless Framework: what the caching plugin is told', () => {
    const service = `service: pets
provider: { name: aws }
functions:
  a:
    handler: a
    events:
      - http: { path: 'cats/{pawId}', method: get, caching: { enabled: true, cacheKeyParameters: [{ name: request.path.pawId }, { name: request.header.Accept-Language }, { name: integration.request.header.t, mappedFrom: method.request.header.X-Tenant }, { name: request.body }] } }
      - http: { path: dogs, method: get, caching: { enabled: true } }
      - http: { path: cows, method: get, caching: { enabled: false, cacheKeyParameters: [{ name: request.path.x }] } }
      - http: { path: pigs, method: get, caching: { enabled: true, cacheKeyParameters: [{ name: '\${self:custom.key}' }] } }
      - http: GET bees
`;
    assert.deepEqual(cachings('serverless.yml', service), [
      'path pawId, header Accept-Language, header X-Tenant, other method.request.body',
      '',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
