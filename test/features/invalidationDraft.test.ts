import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import {
  type InvalidationDraft,
  invalidationDraftAt,
  invalidationDraftOf,
  type Preflight,
  preflightOf,
} from '../../server/src/core/features/invalidation/draft';

const A = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** What is known of a draft, in one line: region, API, stage, method, path; `-` for what is open. */
function known({ region, apiId, stage, method, path }: InvalidationDraft): string {
  return [region, apiId, stage, method, path].map((part) => part ?? '-').join(' ');
}

describe('an invalidation from an ARN', () => {
  const drafts: readonly (readonly [arn: string, known: string])[] = [
    [`${A}/prod/GET/pets`, 'us-east-1 a1b2c3d4e5 prod GET pets'],
    [`${A}/prod/GET/pets/1/toys`, 'us-east-1 a1b2c3d4e5 prod GET pets/1/toys'],
    [`${A}/prod/GET/`, 'us-east-1 a1b2c3d4e5 prod GET '],
    [`${A}/prod/POST/pets`, 'us-east-1 a1b2c3d4e5 prod POST pets'],
    [`${A}/prod/GET/pets/*`, 'us-east-1 a1b2c3d4e5 prod GET -'],
    [`${A}/prod/GET/pets/?`, 'us-east-1 a1b2c3d4e5 prod GET -'],
    [`${A}/prod/GET/pets/{petId}`, 'us-east-1 a1b2c3d4e5 prod GET -'],
    [`${A}/prod/GET/\${aws:username}`, 'us-east-1 a1b2c3d4e5 prod GET -'],
    [`${A}/prod/GET/pets?x=1`, 'us-east-1 a1b2c3d4e5 prod GET -'],
    [`${A}/prod/*/pets`, 'us-east-1 a1b2c3d4e5 prod - pets'],
    [`${A}/*/GET/pets`, 'us-east-1 a1b2c3d4e5 - GET pets'],
    [`${A}/prod/*`, 'us-east-1 a1b2c3d4e5 prod - -'],
    [`${A}/*`, 'us-east-1 a1b2c3d4e5 - - -'],
    ['arn:aws:execute-api:*:*:*', '- - - - -'],
    ['arn:aws:execute-api:us-*:123456789012:a1b2c3d4e5/prod/GET/pets', '- a1b2c3d4e5 prod GET pets'],
    ['arn:aws:execute-api:region:account-id:api-id/stage-name/GET/resource-path', '- - - GET -'],
    [`${A}/prod/get/pets`, 'us-east-1 a1b2c3d4e5 prod - pets'],
    [`${A}/prod/ANY/pets`, 'us-east-1 a1b2c3d4e5 prod - pets'],
    ['execute-api:/prod/GET/pets', '- - prod GET pets'],
    ['execute-api:/*', '- - - - -'],
    [`  ${A}/prod/GET/pets\n`, 'us-east-1 a1b2c3d4e5 prod GET pets'],
  ];
  for (const [arn, expected] of drafts) {
    it(`${arn.trim()} knows ${expected}`, () => {
      const draft = invalidationDraftOf(arn);
      assert.equal(known(draft), expected);
      assert.equal(draft.refusal, undefined);
      const values = [draft.region, draft.apiId, draft.stage, draft.method, draft.path];
      const names = ['region', 'apiId', 'stage', 'method', 'path'];
      assert.deepEqual(
        draft.open,
        names.filter((_, i) => values[i] === undefined),
      );
    });
  }

  it('shows what the ARN has written for each part', () => {
    assert.deepEqual(invalidationDraftOf(`${A}/p*/GET/pets/{id}`).patterns, {
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      stage: 'p*',
      method: 'GET',
      path: 'pets/{id}',
    });
    assert.deepEqual(invalidationDraftOf(`${A}/*`).patterns, {
      region: 'us-east-1',
      apiId: 'a1b2c3d4e5',
      stage: '*',
      method: '*',
      path: '*',
    });
  });

  it('knows the partition and the account', () => {
    const part = (arn: string): readonly (string | undefined)[] => {
      const { partition, account } = invalidationDraftOf(arn);
      return [partition, account];
    };
    assert.deepEqual(part(`${A}/prod/GET/x`), ['aws', '123456789012']);
    assert.deepEqual(part('arn:aws-cn:execute-api:cn-north-1:*:a1b2c3d4e5/*'), ['aws-cn', undefined]);
    assert.deepEqual(part('arn:*:execute-api:us-gov-west-1:*:a1b2c3d4e5/*'), ['aws-us-gov', undefined]);
    assert.deepEqual(part('execute-api:/*'), ['aws', undefined]);
  });

  const refusals: readonly (readonly [arn: string, why: RegExp])[] = [
    [`${A}/prod/$connect`, /WebSocket route/],
    [`${A}/prod/sendMessage`, /WebSocket route/],
    [`${A}/prod/POST/@connections/*`, /connections/],
    [`${A}/$default/GET/pets`, /HTTP API/],
    ['arn:aws:execute-api:us-east-1:123456789012:/domainnames/api.example.com+abc123', /custom domain/],
    ['arn:aws:s3:::bucket/key', /ARN of s3/],
    ['arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod', /ARN of apigateway/],
    ['hello', /not an execute-api ARN/],
    ['*', /not an execute-api ARN/],
    ['', /not an execute-api ARN/],
  ];
  for (const [arn, why] of refusals) {
    it(`is refused for ${JSON.stringify(arn)}`, () => {
      assert.match(invalidationDraftOf(arn).refusal ?? 'no refusal', why);
    });
  }

  it('takes any text', () => {
    for (const text of [
      `${A}/prod/GET/pets`,
      'execute-api:/prod/GET/x',
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/x',
    ]) {
      for (let cut = 0; cut <= text.length; cut += 1) {
        invalidationDraftOf(text.slice(0, cut));
        invalidationDraftOf(text.slice(cut));
      }
    }
  });
});

describe('an invalidation from a document', () => {
  const policy = (...resources: readonly string[]): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:*', Resource: resources }],
    });

  it('is that of the ARN under the cursor, with its place', () => {
    const text = policy(`${A}/prod/GET/one`, `${A}/prod/GET/two`);
    const document = openDocument({ text, language: 'json' });
    const start = text.indexOf(`${A}/prod/GET/two`);
    for (const offset of [start - 1, start, start + 20, start + `${A}/prod/GET/two`.length + 1]) {
      const draft = invalidationDraftAt(document, offset);
      assert.equal(draft?.path, 'two');
      assert.deepEqual(draft?.span, { start, end: start + `${A}/prod/GET/two`.length });
    }
    assert.equal(invalidationDraftAt(document, 0), undefined, 'two to choose from');
  });

  it('is that of the only ARN from anywhere', () => {
    const text = policy(`${A}/prod/GET/one`, 'arn:aws:s3:::b/*', `${A}/prod/GET/one`);
    const document = openDocument({ text, language: 'json' });
    assert.equal(invalidationDraftAt(document, 0)?.path, 'one');
    assert.equal(invalidationDraftAt(openDocument({ text: '{}', language: 'json' }), 0), undefined);
  });

  it('is found in a policy in a string', () => {
    const text = JSON.stringify({ PolicyDocument: policy(`${A}/prod/GET/one`) });
    const draft = invalidationDraftAt(openDocument({ text, language: 'json' }), 0);
    assert.equal(text.slice(draft?.span?.start, draft?.span?.end), `${A}/prod/GET/one`);
  });

  const preflight = (statements: readonly object[], arn: string): Preflight =>
    preflightOf(
      openDocument({
        text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
        language: 'json',
      }),
      arn,
    );
  const both = ['execute-api:Invoke', 'execute-api:InvalidateCache'];
  const cases: readonly (readonly [
    name: string,
    statements: readonly object[],
    arn: string,
    invoke: string,
    invalidateCache: string,
  ])[] = [
    [
      'both allowed',
      [{ Effect: 'Allow', Action: both, Resource: `${A}/*` }],
      `${A}/prod/GET/x`,
      'allow',
      'allow',
    ],
    [
      'Invoke alone',
      [{ Effect: 'Allow', Action: both[0], Resource: `${A}/*` }],
      `${A}/prod/GET/x`,
      'allow',
      'implicit-deny',
    ],
    [
      'InvalidateCache denied',
      [
        { Effect: 'Allow', Action: 'execute-api:*', Resource: '*' },
        { Effect: 'Deny', Action: both[1], Resource: '*' },
      ],
      `${A}/prod/GET/x`,
      'allow',
      'deny',
    ],
    [
      'part of what is asked',
      [{ Effect: 'Allow', Action: both, Resource: `${A}/prod/GET/a` }],
      `${A}/prod/GET/*`,
      'depends',
      'depends',
    ],
    [
      'conditions',
      [
        {
          Effect: 'Allow',
          Action: both,
          Resource: `${A}/*`,
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        },
      ],
      `${A}/prod/GET/x`,
      'depends',
      'depends',
    ],
    [
      'NotAction',
      [{ Effect: 'Allow', NotAction: both[1], Resource: '*' }],
      `${A}/prod/GET/x`,
      'allow',
      'implicit-deny',
    ],
    [
      'NotResource',
      [{ Effect: 'Allow', Action: both, NotResource: `${A}/test/*` }],
      `${A}/prod/GET/x`,
      'allow',
      'allow',
    ],
    [
      'a resource policy in shorthand',
      [{ Effect: 'Allow', Principal: '*', Action: both, Resource: 'execute-api:/prod/GET/*' }],
      `${A}/prod/GET/x`,
      'allow',
      'allow',
    ],
    [
      'a named principal',
      [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: both, Resource: '*' }],
      `${A}/prod/GET/x`,
      'depends',
      'depends',
    ],
  ];
  for (const [name, statements, arn, invoke, invalidateCache] of cases) {
    it(`is looked at beforehand: ${name}`, () => {
      assert.deepEqual(preflight(statements, arn), { invoke, invalidateCache });
    });
  }

  it('carries that look with it', () => {
    const text = policy(`${A}/prod/GET/\${aws:username}`);
    const draft = invalidationDraftAt(openDocument({ text, language: 'json' }), 0);
    assert.deepEqual(draft?.preflight, { invoke: 'allow', invalidateCache: 'allow' });
  });
});
