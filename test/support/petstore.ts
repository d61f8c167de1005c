import type { ApiConfig, CallerConfig, RouteConfig, StageConfig } from './loopbackGateway';

/** The API of the sample workspace, with one stage for each way to treat unauthorized invalidations. */
export const petstore: ApiConfig = {
  id: 'a1b2c3d4e5',
  region: 'us-east-1',
  accountId: '123456789012',
  apiKeys: ['d41d8cd98f00b204e9800998ecf8427eEXAMPLE'],
  stages: [
    stage('prod', 'SUCCEED_WITH_RESPONSE_HEADER'),
    stage('strict', 'FAIL_WITH_403'),
    stage('silent', 'SUCCEED_WITHOUT_RESPONSE_HEADER'),
    { ...stage('open', 'SUCCEED_WITH_RESPONSE_HEADER'), requireAuthorizationForCacheControl: false },
    { ...stage('uncached', 'SUCCEED_WITH_RESPONSE_HEADER'), cache: 'off' },
    {
      ...stage('mixed', 'SUCCEED_WITH_RESPONSE_HEADER'),
      cacheSize: '1.6',
      overrides: {
        '~1pets/GET': { ttlSeconds: 60 },
        'public/{proxy+}/GET': { caching: 'off' },
        '/metered/GET': {
          requireAuthorizationForCacheControl: false,
          unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITHOUT_RESPONSE_HEADER',
        },
      },
    },
  ],
  routes: [
    cached('/', 'AWS_IAM'),
    {
      ...cached('/pets', 'AWS_IAM'),
      cache: { keyParameters: ['method.request.querystring.page', 'method.request.header.X-Tenant'] },
    },
    {
      ...cached('/pets/{petId}', 'AWS_IAM'),
      cache: { keyParameters: ['method.request.path.petId'] },
    },
    cached('/public/{proxy+}', 'NONE'),
    { ...cached('/metered', 'NONE'), apiKey: 'required' },
    { method: 'POST', path: '/pets', auth: 'AWS_IAM' },
  ],
};

/** May invoke everything and invalidate everything. The keys are the examples of AWS's documentation. */
export const invalidator: CallerConfig = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  arn: 'arn:aws:iam::123456789012:user/Ana',
  statements: [
    {
      Effect: 'Allow',
      Action: ['execute-api:Invoke', 'execute-api:InvalidateCache'],
      Resource: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*',
    },
  ],
};

/** May also read the settings of stages and flush their caches. */
export const manager: CallerConfig = {
  accessKeyId: 'AKIAMANAGERS7EXAMPLE',
  secretAccessKey: 'bPxRfiCYwJalr/K7MDENG/XUtnFEMIEXAMPLEKEY',
  arn: 'arn:aws:iam::123456789012:user/Mateo',
  statements: [
    ...invalidator.statements,
    {
      Effect: 'Allow',
      Action: ['apigateway:GET', 'apigateway:DELETE'],
      Resource: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/*',
    },
  ],
};

/** May invoke everything, and invalidate nothing. */
export const reader: CallerConfig = {
  accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
  secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  arn: 'arn:aws:iam::123456789012:user/Saanvi',
  statements: [
    {
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*',
    },
  ],
};

function stage(name: string, strategy: StageConfig['unauthorizedCacheControlHeaderStrategy']): StageConfig {
  return {
    name,
    cache: 'on',
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: strategy,
  };
}

function cached(path: string, auth: RouteConfig['auth']): RouteConfig {
  const [, greedy] = /\{(\w+)\+\}/.exec(path) ?? [];
  return {
    method: 'GET',
    path,
    auth,
    cache: { keyParameters: greedy === undefined ? [] : [`method.request.path.${greedy}`] },
  };
}
