import assert from 'node:assert/strict';
import { readKnowledge } from '../../../server/src/core/knowledge/read';
import { languageService } from '../../support/policies';

const API = `
variable "part" {
  default = "pets"
}

resource "aws_api_gateway_rest_api" "store" {
  name = "Pet store"
}

resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.store.id
  parent_id   = aws_api_gateway_rest_api.store.root_resource_id
  path_part   = var.part
}

resource "aws_api_gateway_resource" "pet" {
  rest_api_id = "\${aws_api_gateway_rest_api.store.id}"
  parent_id   = aws_api_gateway_resource.pets.id
  path_part   = "{petId}"
}

resource "aws_api_gateway_method" "get_pet" {
  rest_api_id   = aws_api_gateway_rest_api.store.id
  resource_id   = aws_api_gateway_resource.pet.id
  http_method   = "GET"
  authorization = "AWS_IAM"
  request_parameters = {
    "method.request.path.petId"        = true
    "method.request.querystring.owner" = false
  }
}

resource "aws_api_gateway_integration" "get_pet" {
  rest_api_id          = aws_api_gateway_rest_api.store.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = aws_api_gateway_method.get_pet.http_method
  cache_key_parameters = ["method.request.path.petId"]
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id           = aws_api_gateway_rest_api.store.id
  stage_name            = "prod"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.store.id
  stage_name  = aws_api_gateway_stage.prod.stage_name
  method_path = "*/*"
  settings {
    caching_enabled                         = true
    cache_data_encrypted                    = true
    require_authorization_for_cache_control = false
  }
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "list" {
  api_id    = aws_apigatewayv2_api.web.id
  route_key = "GET /things/{id}"
}
`;

const service = languageService();

function findings(text: string): readonly string[] {
  const document = service.open({ text, language: 'hcl' });
  const rules = [{ rule: 'cache-*', severity: 'default' }] as const;
  return service
    .lint(document, { rules })
    .findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

describe('what Terraform tells of API Gateway', () => {
  it('is which APIs have which routes, and by what their caches tell entries apart', () => {
    const { apis } = readKnowledge('file:///a/main.tf', API);
    assert.deepEqual(
      apis.map(({ name, kind, stages, complete }) => ({ name, kind, stages, complete })),
      [
        { name: 'Pet store', kind: 'rest', stages: ['prod'], complete: false },
        { name: 'web', kind: 'http', stages: [], complete: false },
      ],
    );
    const [store, web] = apis;
    assert.deepEqual(
      store?.routes.map(({ span, ...route }) => ({ ...route, at: API.slice(span.start, span.end) })),
      [
        {
          method: 'GET',
          path: '/pets/{petId}',
          at: 'GET',
          authorization: 'iam',
          caching: { keys: [{ place: 'path', name: 'petId' }] },
          queries: ['owner'],
          responseTransfer: undefined,
        },
      ],
    );
    assert.deepEqual(
      web?.routes.map(({ method, path }) => `${method} ${path}`),
      ['GET /things/{id}'],
    );
  });

  it('is what its caches are set to', () => {
    assert.deepEqual(findings(API), [
      'cache-key-incomplete: GET',
      'cache-authorization-off: require_authorization_for_cache_control',
    ]);
  });

  for (const [title, from, to, expected] of [
    [
      'a cache without a cluster',
      'cache_cluster_enabled = true',
      '',
      [
        'cache-authorization-off: require_authorization_for_cache_control',
        'cache-without-cluster: caching_enabled',
      ],
    ],
    [
      'a cluster that a variable decides on',
      'cache_cluster_enabled = true',
      'cache_cluster_enabled = var.cached',
      ['cache-authorization-off: require_authorization_for_cache_control'],
    ],
    [
      'a cache that is not encrypted',
      'cache_data_encrypted                    = true',
      '',
      [
        'cache-key-incomplete: GET',
        'cache-unencrypted: caching_enabled',
        'cache-authorization-off: require_authorization_for_cache_control',
      ],
    ],
    ['no cache', 'caching_enabled                         = true', 'caching_enabled = false', []],
    ['settings for what an expression says', '"*/*"', '"${var.path}/GET"', []],
  ] as const) {
    it(`is judged: ${title}`, () => {
      assert.ok(API.includes(from));
      assert.deepEqual(findings(API.replace(from, () => to)).toSorted(), [...expected].toSorted());
    });
  }

  it('never throws, wherever the text ends', () => {
    for (let end = 0; end < API.length; end += 7) {
      readKnowledge('file:///a/main.tf', API.slice(0, end));
      findings(API.slice(0, end));
    }
  });
});
