import { strict as assert } from 'node:assert';
import { createLanguageService, readKnowledge } from '../../server/src/core/index';

const service = createLanguageService({ iamData: undefined });

/** The request that the draft of the route at `$0` is for, or its refusal. */
function requestAt(uri: string, marked: string): string | undefined {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const found = service.routeAround(text, offset, readKnowledge(uri, text).apis);
  const draft = found && service.routeDraft(found);
  return draft?.refusal ?? draft?.arn.replace(/^[^/]*\//, '');
}

const OPEN_API = `openapi: 3.0.1
servers: [{ url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod }]
paths:
  /pets:
    get:
      summary: All pets

    post: {}
  /pets/{petId}:
    x-amazon-apigateway-any-method:
      responses: {}
info:
  title: Petstore
`;

const SAM = `Resources:
  List:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Pets:
          Type: Api
          Properties:
            Path: /pets
            Method: get
        Other:
          Type: HttpApi
          Properties: { Path: /other, Method: get }
`;

const SERVERLESS = `service: petstore
provider: { name: aws, region: eu-west-1 }
functions:
  list:
    handler: list.main
    events:
      - http: GET /pets
      - http:
          path: /pets/{id}
          method: get
`;

const JSON_DEFINITION = `{
  "swagger": "2.0",
  "x-amazon-apigateway-policy": {},
  "host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
  "basePath": "/prod",
  "paths": {
    "/pets": {
      "get": {
        "responses": {}
      },
      "post": {}
    }
  },
  "info": { "title": "Petstore" }
}
`;

const cases: readonly (readonly [
  what: string,
  file: string,
  text: string,
  mark: string,
  request: string | undefined,
])[] = [
  ['on a method', 'a.yaml', OPEN_API, 'get:', 'prod/GET/pets'],
  ['within an operation', 'a.yaml', OPEN_API, 'All pets', 'prod/GET/pets'],
  ['on the next method', 'a.yaml', OPEN_API, 'post', 'prod/POST/pets'],
  ['on a path', 'a.yaml', OPEN_API, '/pets:', 'prod/GET/pets'],
  ['on a path with a parameter, any method', 'a.yaml', OPEN_API, '{petId}', 'prod/*/pets/{petId}'],
  ['on the paths', 'a.yaml', OPEN_API, 'paths:', undefined],
  ['below the paths', 'a.yaml', OPEN_API, 'Petstore', undefined],
  ['at the very beginning', 'a.yaml', OPEN_API, 'openapi', undefined],
  ['on an event of SAM', 'template.yaml', SAM, 'Pets:', 'Prod/GET/pets'],
  ['on the method of an event', 'template.yaml', SAM, 'get', 'Prod/GET/pets'],
  [
    'on a route of an HTTP API',
    'template.yaml',
    SAM,
    '/other',
    'The route belongs to an HTTP API, and only REST APIs have a cache.',
  ],
  ['on a function with one route', 'template.yaml', SAM, 'Type: AWS', undefined],
  ['on an event of Serverless', 'serverless.yml', SERVERLESS, 'GET /pets', 'dev/GET/pets'],
  ['on the method of a longer event', 'serverless.yml', SERVERLESS, 'method: get', 'dev/GET/pets/{id}'],
  ['on a path in JSON', 'a.json', JSON_DEFINITION, '/pets', 'prod/GET/pets'],
  ['within an operation in JSON', 'a.json', JSON_DEFINITION, 'responses', 'prod/GET/pets'],
  ['beside the paths in JSON', 'a.json', JSON_DEFINITION, 'info', undefined],
  ['in JSON of one line', 'a.json', JSON_DEFINITION.replaceAll(/\s/g, ''), '"post"', 'prod/POST/pets'],
];

describe('the route that a cursor in a definition stands for', () => {
  for (const [what, file, text, mark, request] of cases) {
    it(`${what} (${file}): ${request ?? 'none'}`, () => {
      assert.ok(text.includes(mark), 'the mark is in the text');
      const at = text.indexOf(mark) + 1;
      assert.equal(requestAt(`file:///${file}`, `${text.slice(0, at)}$0${text.slice(at)}`), request);
    });
  }

  it('leaves open what the definition does not tell', () => {
    const text = SERVERLESS;
    const found = service.routeAround(text, text.indexOf('{id}'), readKnowledge('serverless.yml', text).apis);
    assert.ok(found);
    const { arn, open, region } = service.routeDraft(found);
    assert.equal(arn, 'arn:aws:execute-api:eu-west-1:*:*/dev/GET/pets/{id}');
    assert.deepEqual(open, ['apiId', 'path']);
    assert.equal(region, 'eu-west-1');
  });
});

describe('the APIs of a workspace whose routes can be invalidated', () => {
  const { apis } = readKnowledge('file:///a.yaml', OPEN_API);
  const routesOf = (pattern?: string): readonly string[] =>
    service.invalidatableApis(apis, pattern).flatMap(({ routes }) => routes.map(({ path }) => path));

  it('have those that answer GET', () => {
    assert.deepEqual(routesOf(), ['/pets', '/pets/{petId}']);
  });

  it('and of a pattern those that it matches', () => {
    assert.deepEqual(routesOf('arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/GET/pets/*'), [
      '/pets/{petId}',
    ]);
    assert.deepEqual(routesOf('arn:aws:execute-api:us-east-1:*:zzzzzzzzzz/prod/GET/*'), []);
  });

  it('are no HTTP APIs', () => {
    const http = readKnowledge('file:///t.yaml', SAM).apis;
    assert.deepEqual(
      service.invalidatableApis(http, undefined).map(({ api }) => api.kind),
      ['rest'],
    );
  });
});
