import assert from 'node:assert/strict';
import { joinKnowledge, readKnowledge } from '../../../server/src/core/knowledge/read';
import { languageService, openJson, policyWithResource } from '../../support/policies';

/** Whether a policy that grants `GET /pats` beside a file is told that no route serves it. */
function isDenied(uri: string, text: string, api = '*'): boolean {
  const knowledge = joinKnowledge([[uri, readKnowledge(uri, text)]]);
  const service = languageService();
  const policy = policyWithResource(`arn:aws:execute-api:us-east-1:123456789012:${api}/prod/GET/pats`);
  const rules = [{ rule: 'execute-api-route-unknown', severity: 'default' }] as const;
  return service.lint(openJson(service, policy), { knowledge, rules }).findings.length > 0;
}

/** Lines of a part of a document, as deep as it is nested there. */
function at(depth: number, ...lines: readonly string[]): string {
  return lines.map((line) => `${' '.repeat(depth)}${line}\n`).join('');
}

const OPEN_API = (more: { top?: string; paths?: string; path?: string }): string =>
  at(0, 'openapi: 3.0.1', 'x-amazon-apigateway-request-validators: {}') +
  (more.top ?? '') +
  at(0, 'paths:', '  /pets:', '    get: {}') +
  (more.path ?? '') +
  (more.paths ?? '');

const REST = (more: { top?: string; resources?: string; api?: string }): string =>
  (more.top ?? '') +
  at(0, 'Resources:', '  Api:', '    Type: AWS::ApiGateway::RestApi') +
  (more.api ?? '') +
  at(
    2,
    'Pets:',
    '  Type: AWS::ApiGateway::Resource',
    '  Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets }',
    'Get:',
    '  Type: AWS::ApiGateway::Method',
    '  Properties: { RestApiId: !Ref Api, ResourceId: !Ref Pets, HttpMethod: GET }',
  ) +
  (more.resources ?? '');

const HTTP = (more: string): string =>
  at(
    0,
    'Resources:',
    '  Http: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } }',
    '  Get: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: GET /pets } }',
  ) + more;

const SAM = (more: { top?: string; events?: string; properties?: string; resources?: string }): string =>
  (more.top ?? 'Transform: AWS::Serverless-2016-10-31\n') +
  at(0, 'Resources:', '  Function:', '    Type: AWS::Serverless::Function', '    Properties:') +
  (more.properties ?? '') +
  at(6, 'Events:', '  Get: { Type: HttpApi, Properties: { Path: /pets, Method: get } }') +
  (more.events ?? '') +
  (more.resources ?? '');

const SERVERLESS = (more: { provider?: string; functions?: string; top?: string; get?: string }): string =>
  at(0, 'service: shop', 'provider:', '  name: aws') +
  (more.provider ?? '') +
  at(0, 'functions:', '  get:', '    handler: a.b', '    events: [{ http: GET /pets }]') +
  (more.get ?? '') +
  (more.functions ?? '') +
  (more.top ?? '');

const INCLUDED = "'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://bucket/key } }";

/** A file that shows all routes of an API, and what is added there without a route being hidden. */
const WHOLE: readonly (readonly [what: string, uri: string, text: string])[] = [
  ['an OpenAPI definition', 'a.yaml', OPEN_API({})],
  ['one with a path that has no method', 'a.yaml', OPEN_API({ paths: at(2, '/empty: {}') })],
  ['resources of CloudFormation', 'a.yaml', REST({})],
  [
    'a template whose transforms are those of AWS',
    'a.yaml',
    REST({ top: 'Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n' }),
  ],
  [
    'a template that tells others the ID of its REST API, which takes no routes without a resource',
    'a.yaml',
    REST({ resources: at(0, 'Outputs:', '  Id: { Value: !Ref Api, Export: { Name: id } }') }),
  ],
  [
    'a template that tells others another resource',
    'a.yaml',
    REST({
      resources:
        at(2, 'Role: { Type: AWS::IAM::Role }') + at(0, 'Outputs: { R: { Value: !GetAtt Role.Arn } }'),
    }),
  ],
  ['routes of CloudFormation', 'a.yaml', HTTP('')],
  [
    'a template that tells others the URL of its HTTP API',
    'a.yaml',
    HTTP(at(0, 'Outputs:', "  Url: { Value: !Sub 'https://${Http}.execute-api.us-east-1.amazonaws.com' }")),
  ],
  [
    'a template that tells a function the ID of its HTTP API',
    'a.yaml',
    HTTP(
      at(
        2,
        'Function:',
        '  Type: AWS::Lambda::Function',
        '  Properties: { Environment: { Variables: { API: !Ref Http } } }',
      ),
    ),
  ],
  ['events of SAM', 'a.yaml', SAM({})],
  [
    'a function beside it without events',
    'a.yaml',
    SAM({ resources: at(2, 'B: { Type: AWS::Serverless::Function }') }),
  ],
  ['events of the Serverless Framework', 'serverless.yml', SERVERLESS({})],
  [
    'resources of other services beside it, with lists of names',
    'serverless.yml',
    SERVERLESS({
      top: at(
        0,
        'resources:',
        '  Resources:',
        '    Topic: { Type: AWS::SNS::Topic }',
        '    Role:',
        '      Type: AWS::IAM::Role',
        '      DependsOn: [Topic, Other]',
        '      Properties: { ManagedPolicyArns: [a, b] }',
      ),
    }),
  ],
  ['a function without events', 'serverless.yml', SERVERLESS({ functions: at(2, 'b: { handler: c.d }') })],
];

/** The same files with something behind which there may be more routes. */
const OPEN: readonly (readonly [what: string, uri: string, text: string])[] = [
  [
    'all paths are included',
    'a.yaml',
    at(
      0,
      'openapi: 3.0.1',
      'x-amazon-apigateway-documentation: {}',
      'paths:',
      '  /pets: { get: {} }',
      `  ${INCLUDED}`,
    ),
  ],
  ['a path is included', 'a.yaml', OPEN_API({ path: at(4, INCLUDED) })],
  ['a path is in another file', 'a.yaml', OPEN_API({ paths: at(2, '/x: { $ref: ./x.yaml }') })],
  [
    'a path is chosen by a condition',
    'a.yaml',
    OPEN_API({ paths: at(2, '/x: !If [Is, { get: {} }, { put: {} }]') }),
  ],
  ['a path is left to a tool', 'a.yaml', OPEN_API({ paths: at(2, '/${name}: { get: {} }') })],
  ['a path is half-typed', 'a.yaml', OPEN_API({ paths: at(2, '/x:') })],
  ['a part of the definition is included', 'a.yaml', OPEN_API({ top: at(0, INCLUDED) })],
  [
    'mappings are merged by a list',
    'a.yaml',
    at(0, 'openapi: 3.0.1', 'x-a: &a { /a: { get: {} } }', 'paths:', '  <<: [*a]', '  /pets: { get: {} }'),
  ],
  ['a macro changes the template', 'a.yaml', REST({ top: 'Transform: Macro\n' })],
  [
    'one of its macros is not AWS’s',
    'a.yaml',
    REST({ top: 'Transform: [AWS::LanguageExtensions, Macro]\n' }),
  ],
  [
    'a part of the template is included',
    'a.yaml',
    REST({ top: 'Transform: { Name: AWS::Include, Parameters: { Location: s3://bucket/key } }\n' }),
  ],
  ['the template calls a macro', 'a.yaml', REST({ top: at(0, "'Fn::Transform': { Name: Macro }") })],
  [
    'resources are repeated',
    'a.yaml',
    REST({ resources: at(2, "'Fn::ForEach::X': [N, [a], { 'R${N}': {} }]") }),
  ],
  [
    'a resource is made by a macro',
    'a.yaml',
    REST({ resources: at(2, "M: { 'Fn::Transform': { Name: Macro } }") }),
  ],
  ['a resource is half-typed', 'a.yaml', REST({ resources: at(2, 'M:') })],
  [
    'the properties of a resource are made by a macro',
    'a.yaml',
    REST({
      resources: at(
        2,
        "M: { Type: AWS::Serverless::Function, Properties: { 'Fn::Transform': { Name: Macro } } }",
      ),
    }),
  ],
  [
    'the root is told to whom reads outputs',
    'a.yaml',
    REST({ resources: at(0, 'Outputs:', '  Root: { Value: !GetAtt [Api, RootResourceId] }') }),
  ],
  [
    'the root is told in a text',
    'a.yaml',
    REST({ resources: at(0, 'Outputs:', "  Root: { Value: !Sub '${Api}/${Api.RootResourceId}' }") }),
  ],
  [
    'the root is told to whom reads a parameter',
    'a.yaml',
    REST({
      resources: at(2, 'P: { Type: AWS::SSM::Parameter, Properties: { Value: !GetAtt Api.RootResourceId } }'),
    }),
  ],
  [
    'the root is told to a resource of somebody’s own',
    'a.yaml',
    REST({
      resources: at(2, 'C: { Type: Custom::Routes, Properties: { Root: !GetAtt Api.RootResourceId } }'),
    }),
  ],
  ...[
    'Outputs: { Pets: { Value: !Ref Pets } }',
    'Outputs: { Pets: { Value: !GetAtt Pets.ResourceId } }',
    "Outputs: { Pets: { Value: !Sub '${Pets}' } }",
  ].map((line) => [`another resource is told: ${line}`, 'a.yaml', REST({ resources: at(0, line) })] as const),
  [
    'another resource is told to a stack',
    'a.yaml',
    REST({
      resources: at(
        2,
        'S: { Type: AWS::CloudFormation::Stack, Properties: { Parameters: { Parent: !Ref Pets } } }',
      ),
    }),
  ],
  ...[
    'Outputs: { Id: { Value: !Ref Http } }',
    'Outputs: { Id: { Value: !GetAtt Http.ApiId } }',
    "Outputs: { Id: { Value: !Sub '${Http}' } }",
    "Outputs: { Id: { Value: !Sub '${Http.ApiId}' } }",
  ].map((line) => [`the ID of an HTTP API is told: ${line}`, 'a.yaml', HTTP(at(0, line))] as const),
  ...[
    'S: { Type: AWS::CloudFormation::Stack, Properties: { Parameters: { Id: !Ref Http } } }',
    'S: { Type: AWS::Serverless::Application, Properties: { Parameters: { Id: !Ref Http } } }',
    'S: { Type: AWS::SSM::Parameter, Properties: { Value: !Ref Http } }',
  ].map((line) => [`the ID of an HTTP API is told: ${line}`, 'a.yaml', HTTP(at(2, line))] as const),
  [
    'the ID of an HTTP API that SAM makes is told',
    'a.yaml',
    SAM({ resources: at(0, 'Outputs: { Id: { Value: !Ref ServerlessHttpApi } }') }),
  ],
  [
    'a condition decides whose a route is',
    'a.yaml',
    HTTP(
      at(
        2,
        'X: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !If [Is, !Ref Http, x], RouteKey: GET /x } }',
      ),
    ),
  ],
  [
    'a condition decides whose a method is',
    'a.yaml',
    REST({
      resources: at(
        2,
        'X: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !If [Is, !Ref Api, x] } }',
      ),
    }),
  ],
  [
    'a condition decides whose an event is',
    'a.yaml',
    SAM({
      events: at(
        8,
        'X: { Type: HttpApi, Properties: { ApiId: !If [Is, !Ref Http, x], Path: /x, Method: get } }',
      ),
    }),
  ],
  [
    'whose a route is has yet to be written',
    'a.yaml',
    HTTP(at(2, 'X: { Type: AWS::ApiGatewayV2::Route, Properties: { RouteKey: GET /x } }')),
  ],
  ['events are chosen by a condition', 'a.yaml', SAM({ events: at(8, "'Fn::If': [Is, {}, {}]") })],
  ['events are repeated', 'a.yaml', SAM({ events: at(8, "'Fn::ForEach::X': [N, [a], { 'E${N}': {} }]") })],
  ['an event is included', 'a.yaml', SAM({ events: at(8, `More: { ${INCLUDED} }`) })],
  ['an event is half-typed', 'a.yaml', SAM({ events: at(8, 'More: { Type: }') })],
  [
    'events stand in another place',
    'a.yaml',
    SAM({ resources: at(2, 'B: { Type: AWS::Serverless::Function, Properties: { Events: !Ref X } }') }),
  ],
  ['a function is in another file', 'serverless.yml', SERVERLESS({ functions: at(2, 'b: ${file(b.yml)}') })],
  [
    'events are in another file',
    'serverless.yml',
    SERVERLESS({ functions: at(2, 'b: { events: "${file(b.yml)}" }') }),
  ],
  [
    'an event is in another file',
    'serverless.yml',
    SERVERLESS({ functions: at(2, 'b: { events: ["${file(b.yml)}"] }') }),
  ],
  [
    'some functions are in another file',
    'serverless.yml',
    at(
      0,
      'provider: { name: aws }',
      'functions:',
      '  - get: { events: [{ http: GET /pets }] }',
      '  - ${file(b.yml)}',
    ),
  ],
  [
    'all resources are in another file',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'resources: ${file(r.yml)}') }),
  ],
  [
    'a part of the resources is in another file',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'resources:', '  - ${file(r.yml)}') }),
  ],
  [
    'the mapping of the resources is in another file',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'resources:', '  Resources: ${file(r.yml)}') }),
  ],
  [
    'a resource is in another file',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'resources:', '  - Resources:', '      R: ${file(r.yml)}') }),
  ],
  [
    'resources of API Gateway stand beside it',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'resources:', '  Resources:', '    M: { Type: AWS::ApiGateway::Method }') }),
  ],
  [
    'the root is told to other services',
    'serverless.yml',
    SERVERLESS({
      top: at(0, 'resources:', '  Outputs:', '    Root: { Value: !GetAtt ApiGatewayRestApi.RootResourceId }'),
    }),
  ],
  [
    'the ID of the HTTP API is told to other services',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'resources:', '  Outputs:', '    Id: { Value: !Ref HttpApi }') }).replace(
      'http:',
      'httpApi:',
    ),
  ],
  [
    'it is another service’s API',
    'serverless.yml',
    SERVERLESS({ provider: at(2, 'apiGateway: { restApiId: a1b2c3d4e5 }') }),
  ],
  [
    'it may be another service’s API',
    'serverless.yml',
    SERVERLESS({ provider: at(2, 'apiGateway: ${file(a.yml)}') }),
  ],
  [
    'it may be another service’s HTTP API',
    'serverless.yml',
    SERVERLESS({ provider: at(2, 'httpApi: ${file(a.yml)}') }),
  ],
  [
    'a plugin makes routes of integrations',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'custom: { apiGatewayServiceProxies: [] }') }),
  ],
  [
    'settings of plugins are in another file',
    'serverless.yml',
    SERVERLESS({ top: at(0, 'custom: ${file(c.yml)}') }),
  ],
];

describe('that no route serves a path', () => {
  for (const [what, uri, text] of WHOLE) {
    it(`is said beside ${what}`, () => {
      assert.equal(isDenied(`file:///w/${uri}`, text), true);
    });
  }

  for (const [what, uri, text] of OPEN) {
    it(`is not said where ${what}`, () => {
      assert.equal(isDenied(`file:///w/${uri}`, text), false);
    });
  }
});
