/** Definitions of every kind that is read, with what each tells in one line an API. */
export interface DefinitionCase {
  readonly title: string;
  readonly uri: string;
  readonly text: string;
  readonly apis: readonly string[];
}

export const definitions: readonly DefinitionCase[] = [
  {
    title: 'OpenAPI 3 in YAML',
    uri: 'file:///w/petstore.yaml',
    text: `openapi: "3.0.1"
info: { title: petstore }
servers:
  - url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/{basePath}
    variables: { basePath: { default: /prod } }
x-amazon-apigateway-request-validators: {}
security: [{ sigv4: [] }]
paths:
  /pets:
    parameters: []
    get: { summary: all }
    post: { security: [] }
  /pets/{petId}:
    "get": {}
  /public/{proxy+}:
    x-amazon-apigateway-any-method: { x-amazon-apigateway-auth: { type: NONE } }
  /trace: { trace: {} }
components:
  securitySchemes:
    sigv4: { type: apiKey, x-amazon-apigateway-authtype: awsSigv4 }
`,
    apis: [
      'petstore (rest, complete) a1b2c3d4e5 at prod in us-east-1: GET /pets [iam]; POST /pets [none]; GET /pets/{petId} [iam]; ANY /public/{proxy+} [none]',
    ],
  },
  {
    title: 'Swagger 2 in JSON, where the base path may or may not belong to the routes',
    uri: 'file:///w/s.json',
    text: '{"swagger": "2.0", "basePath": "/v1", "x-amazon-apigateway-documentation": {}, "paths": {"/\\u0061": {"get": {}}}}',
    apis: ['s.json (rest, open): GET /a'],
  },
  {
    title: 'Swagger 2 with the host and stage of an export',
    uri: 'file:///w/s.json',
    text: '{"swagger": "2.0", "host": "a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn", "basePath": "/beta", "paths": {"/a": {"head": {}}}}',
    apis: ['s.json (unknown, complete) a1b2c3d4e5 at beta in cn-north-1: HEAD /a'],
  },
  {
    title: 'Swagger 2 with the host of an API, and no stage',
    uri: 'file:///w/s.json',
    text: '{"swagger": "2.0", "host": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "paths": {"/a": {"get": {}}}}',
    apis: ['s.json (unknown, complete) a1b2c3d4e5 in eu-west-1: GET /a'],
  },
  {
    title: 'OpenAPI with servers of several stages, and one whose paths begin with something else',
    uri: 'file:///w/o.json',
    text: JSON.stringify({
      openapi: '3.0.1',
      servers: [
        { url: 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/beta' },
        { url: 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/v1' },
        { url: 'https://api.example.com' },
      ],
      paths: { '/a': { get: {} } },
    }),
    apis: ['o.json (unknown, open) a1b2c3d4e5 at beta, prod in eu-west-1: GET /a'],
  },
  {
    title: 'OpenAPI with paths in other files, anchors and the routes of an HTTP API',
    uri: 'file:///w/o.yml',
    text: `openapi: 3.0.0
x-amazon-apigateway-cors: {}
x-shared: &shared
  get: {}
paths:
  /a: *shared
  /b:
    <<: *shared
    put: {}
  /c: { $ref: ./c.yaml }
  /$default:
    x-amazon-apigateway-any-method: {}
`,
    apis: ['o.yml (http, open): GET /a; GET /b; PUT /b; ANY /{proxy+}'],
  },
  {
    title: 'CloudFormation with a tree of resources, in YAML with short tags',
    uri: 'file:///w/template.yaml',
    text: `Parameters:
  StageName: { Type: String, Default: beta }
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: pets } }
  Pets:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets }
  Pet:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !Ref Pets, PathPart: "{petId}" }
  Root:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt [Api, RootResourceId], HttpMethod: GET }
  GetPet:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !Ref Pet, HttpMethod: ANY, AuthorizationType: AWS_IAM }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: { RestApiId: !Ref Api, StageName: !Ref StageName }
`,
    apis: ['Api (rest, complete) at beta: GET /; ANY /pets/{petId} [iam]'],
  },
  {
    title: 'CloudFormation in JSON, whose root another stack may add to',
    uri: 'file:///w/template.json',
    text: `{"Resources": {
      "Api": {"Type": "AWS::ApiGateway::RestApi"},
      "Get": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"},
        "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "GET", "AuthorizationType": "NONE"}},
      "Elsewhere": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": "f6g7h8i9j0",
        "ResourceId": "x", "HttpMethod": "GET"}}},
      "Outputs": {"Root": {"Value": {"Fn::GetAtt": ["Api", "RootResourceId"]}}}}`,
    apis: ['Api (rest, open): GET / [none]', 'f6g7h8i9j0 (rest, open) f6g7h8i9j0:'],
  },
  {
    title: 'CloudFormation with a body, a body elsewhere, and a resource that is its own parent',
    uri: 'file:///w/body.yaml',
    text: `Resources:
  Inline:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: { swagger: "2.0", paths: { /a: { get: {} } } }
  Outside:
    Type: AWS::ApiGateway::RestApi
    Properties: { BodyS3Location: { Bucket: b } }
  Loop: { Type: AWS::ApiGateway::RestApi }
  Self:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Loop, ParentId: !Ref Self, PathPart: a }
  Method:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Loop, ResourceId: !Ref Self, HttpMethod: GET }
`,
    apis: ['Inline (rest, complete): GET /a', 'Outside (rest, open):', 'Loop (rest, open):'],
  },
  {
    title: 'HTTP and WebSocket APIs of CloudFormation',
    uri: 'file:///w/http.yaml',
    text: `Resources:
  Http: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } }
  Get: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: GET /pets } }
  Rest: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: $default } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Http, StageName: $default } }
  Socket: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET } }
  Send: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Socket, RouteKey: send } }
`,
    apis: ['Http (http, complete) at $default: GET /pets; ANY /{proxy+}', 'Socket (websocket, open):'],
  },
  {
    title: 'SAM with events of functions, explicit and implicit APIs',
    uri: 'file:///w/sam.yaml',
    text: `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: { StageName: prod }
  Body:
    Type: AWS::Serverless::Api
    Properties: { StageName: !Sub "\${Env}", DefinitionUri: openapi.yaml }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: { Type: Api, Properties: { Path: /pets, Method: get, RestApiId: !Ref Api, Auth: { Authorizer: AWS_IAM } } }
        Two: { Type: Api, Properties: { Path: /implicit, Method: any } }
        Three: { Type: HttpApi }
        Four: { Type: SQS, Properties: { Queue: q } }
`,
    apis: [
      'Api (rest, complete) at prod: GET /pets [iam]',
      'Body (rest, open):',
      'ServerlessRestApi (rest, complete) at Prod: ANY /implicit',
      'ServerlessHttpApi (http, complete) at $default: ANY /{proxy+}',
    ],
  },
  {
    title: 'serverless.yml',
    uri: 'file:///w/serverless.yml',
    text: `service: shop
provider: { name: aws, stage: "\${opt:stage, 'dev'}", region: eu-west-1 }
functions:
  list:
    events:
      - http: GET pets
      - http: { path: "/pets/{id}", method: delete, authorizer: aws_iam }
      - schedule: rate(1 hour)
  all:
    events:
      - httpApi: "*"
      - httpApi: { method: "*", path: /x }
`,
    apis: [
      'shop (rest, complete) at dev in eu-west-1: GET /pets; DELETE /pets/{id} [iam]',
      'shop (http, complete) at $default in eu-west-1: ANY /{proxy+}; ANY /x',
    ],
  },
  {
    title: 'serverless.yml with functions and paths from elsewhere',
    uri: 'file:///w/serverless.yml',
    text: `service: shop
provider: { name: aws }
functions:
  - \${file(functions.yml)}
  - f:
      events: [{ http: { path: "\${self:custom.path}", method: get } }, { http: any /y }]
`,
    apis: ['shop (rest, open) at dev in us-east-1: ANY /y'],
  },
  {
    title: 'CloudFormation with APIs and resources that are named in other ways than by Ref',
    uri: 'file:///w/names.yaml',
    text: `Resources:
  Rest: { Type: AWS::ApiGateway::RestApi }
  Pets:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !GetAtt Rest.RestApiId, ParentId: !GetAtt Rest.RootResourceId, PathPart: pets }
  Get:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !GetAtt [Rest, RestApiId], ResourceId: !GetAtt Pets.ResourceId, HttpMethod: GET }
  Put:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Sub "\${Rest}", ResourceId: !Sub "\${Pets}", HttpMethod: PUT }
  Http: { Type: AWS::ApiGatewayV2::Api }
  List: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !GetAtt Http.ApiId, RouteKey: GET /a } }
  Add: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Sub "\${Http.ApiId}", RouteKey: PUT /a } }
  Known: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: a1b2c3d4e5, RouteKey: GET /b } }
  Other: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !ImportValue other, RouteKey: GET /c } }
  Given: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Parameter, RouteKey: GET /d } }
`,
    apis: [
      'Rest (rest, complete): GET /pets; PUT /pets',
      'Http (http, complete): GET /a; PUT /a',
      'a1b2c3d4e5 (http, open) a1b2c3d4e5: GET /b',
      'Parameter (http, open): GET /d',
    ],
  },
  {
    title: 'OpenAPI in a template, with security that a condition decides on',
    uri: 'file:///w/security.yaml',
    text: `Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        security: []
        paths:
          /none: { get: {}, put: { security: [{}] } }
          /all: { get: { security: !If [IsOpen, [], [{ key: [] }]] } }
          /one: { get: { security: [!If [IsOpen, {}, { key: [] }]] } }
          /key: { get: { security: [{ key: [] }] } }
`,
    apis: ['Api (rest, complete): GET /none [none]; PUT /none [none]; GET /all; GET /one; GET /key [key]'],
  },
];
