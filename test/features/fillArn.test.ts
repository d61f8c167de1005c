import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyEdits,
  joinKnowledge,
  readKnowledge,
  type WorkspaceKnowledge,
} from '../../server/src/core/index';
import { cursorAt } from '../support/fixtures';
import { knownApi } from '../support/knownApi';
import { languageService, openJson } from '../support/policies';
import { repositoryRoot } from '../support/repository';

const workspace = join(repositoryRoot, 'test/workspace');
const read = (name: string): string => readFileSync(join(workspace, name), 'utf8');

const KNOWLEDGE: WorkspaceKnowledge = joinKnowledge(
  ['petstore.yaml', 'petstore-invoke.json', 'petstore-strict.json'].map((name) => {
    const uri = `file:///${name}`;
    return [uri, readKnowledge(uri, read(name))] as const;
  }),
);

function offersAt(text: string, at: string, knowledge: WorkspaceKnowledge | undefined = KNOWLEDGE) {
  const service = languageService();
  const document = openJson(service, text);
  const offset = text.indexOf(at) + 1;
  const span = { start: offset, end: offset };
  const actions = service.codeActions(document, span, service.lint(document).findings, undefined, knowledge);
  return actions
    .filter(({ kind }) => kind === 'quickfix')
    .map(({ title, edits }) => ({ title, text: applyEdits(text, edits()) }));
}

const policy = (arn: string): string =>
  `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "execute-api:InvalidateCache", "Resource": "${arn}" }] }`;

const SEVERAL: WorkspaceKnowledge = {
  accounts: ['111122223333', '444455556666'],
  apis: [
    knownApi('petstore', 'rest', {
      ids: ['a1b2c3d4e5'],
      stages: ['prod', 'test', 'test-invoke-stage'],
      regions: ['eu-west-1'],
      routes: ['GET /', 'GET /pets', 'POST /pets', 'GET /pets/{petId}', 'ANY /any'],
    }),
    knownApi('orders', 'rest', {
      ids: ['f6g7h8i9j0'],
      stages: ['live'],
      regions: ['us-east-1', 'us-west-2'],
      routes: ['GET /orders', 'PUT /orders/{id}'],
    }),
    knownApi('chat', 'websocket', {
      ids: ['k1l2m3n4o5'],
      stages: ['live'],
      regions: ['eu-west-1'],
      routes: ['ANY sendMessage'],
    }),
    knownApi('drafts', 'unknown', { routes: ['GET /drafts', 'DELETE /drafts/{id}'] }),
    knownApi('m1m2m3m4m5', 'unknown', {
      ids: ['m1m2m3m4m5'],
      stages: ['seen'],
      regions: ['sa-east-1'],
      routes: [],
      complete: false,
    }),
  ],
};

/** All offers at the cursor: whole ARNs, and values with the ARN that they make. */
const OFFERS: readonly (readonly [arn: string, offers: readonly string[]])[] = [
  [
    'arn:aws:execute-api:$0region:account-id:api-id/stage-name/GET/resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/any (ANY /any of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/ (GET / of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets (GET /pets of petstore)',
      'Replace with eu-west-1 (petstore) → arn:aws:execute-api:eu-west-1:account-id:api-id/stage-name/GET/resource-path-specifier',
      'Replace with us-east-1 (orders) → arn:aws:execute-api:us-east-1:account-id:api-id/stage-name/GET/resource-path-specifier',
      'Replace with us-west-2 (orders) → arn:aws:execute-api:us-west-2:account-id:api-id/stage-name/GET/resource-path-specifier',
    ],
  ],
  [
    'arn:aws:execute-api:region:$0account-id:api-id/stage-name/GET/resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/any (ANY /any of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/ (GET / of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets (GET /pets of petstore)',
      'Replace with 111122223333 (seen in the workspace) → arn:aws:execute-api:region:111122223333:api-id/stage-name/GET/resource-path-specifier',
      'Replace with 444455556666 (seen in the workspace) → arn:aws:execute-api:region:444455556666:api-id/stage-name/GET/resource-path-specifier',
    ],
  ],
  [
    'arn:aws:execute-api:region:account-id:api-id/$0stage-name/GET/resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/any (ANY /any of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/ (GET / of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets (GET /pets of petstore)',
      'Replace with prod (petstore) → arn:aws:execute-api:region:account-id:api-id/prod/GET/resource-path-specifier',
      'Replace with test (petstore) → arn:aws:execute-api:region:account-id:api-id/test/GET/resource-path-specifier',
      'Replace with live (orders) → arn:aws:execute-api:region:account-id:api-id/live/GET/resource-path-specifier',
    ],
  ],
  [
    'arn:aws:execute-api:region:account-id:api-id/stage-name/GET/$0resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/any (ANY /any of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/ (GET / of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets (GET /pets of petstore)',
      'Replace with pets (petstore) → arn:aws:execute-api:region:account-id:api-id/stage-name/GET/pets',
      'Replace with pets/* (petstore) → arn:aws:execute-api:region:account-id:api-id/stage-name/GET/pets/*',
      'Replace with any (petstore) → arn:aws:execute-api:region:account-id:api-id/stage-name/GET/any',
    ],
  ],
  [
    'arn:aws:execute-api:region:account-id:api-id/stage-name/$0HTTP-VERB/resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/pets (POST /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/any (ANY /any of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets (GET /pets of petstore)',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:$0api-id/prod/GET/pets',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (petstore)',
      'Replace with a1b2c3d4e5 (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets',
    ],
  ],
  [
    'arn:aws:execute-api:us-west-2:111122223333:$0api-id/live/GET/orders',
    [
      'Use arn:aws:execute-api:us-west-2:111122223333:f6g7h8i9j0/live/GET/orders (orders)',
      'Replace with f6g7h8i9j0 (orders) → arn:aws:execute-api:us-west-2:111122223333:f6g7h8i9j0/live/GET/orders',
    ],
  ],
  ['arn:aws:execute-api:ap-south-1:111122223333:$0api-id/live/GET/orders', []],
  [
    'arn:aws:execute-api:*:111122223333:$0api-id/*/GET/orders',
    [
      'Use arn:aws:execute-api:*:111122223333:a1b2c3d4e5/*/GET/orders (petstore)',
      'Use arn:aws:execute-api:*:111122223333:f6g7h8i9j0/*/GET/orders (orders)',
      'Use arn:aws:execute-api:*:111122223333:m1m2m3m4m5/*/GET/orders (m1m2m3m4m5)',
      'Replace with a1b2c3d4e5 (petstore) → arn:aws:execute-api:*:111122223333:a1b2c3d4e5/*/GET/orders',
      'Replace with f6g7h8i9j0 (orders) → arn:aws:execute-api:*:111122223333:f6g7h8i9j0/*/GET/orders',
      'Replace with m1m2m3m4m5 (m1m2m3m4m5) → arn:aws:execute-api:*:111122223333:m1m2m3m4m5/*/GET/orders',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/$0stage-name/GET/pets',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets (petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets (petstore)',
      'Replace with prod (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets',
      'Replace with test (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/test/GET/pets',
    ],
  ],
  ['arn:aws:execute-api:eu-west-1:111122223333:zzzzzzzzzz/$0stage-name/GET/pets', []],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/$0resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/pets (POST /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/any (ANY /any of petstore)',
      'Replace with pets (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/pets',
      'Replace with any (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/any',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/$0resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/any (ANY /any of petstore)',
      'Replace with pets (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/pets',
      'Replace with pets/* (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/pets/*',
      'Replace with any (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/*/any',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/PATCH/$0resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/PATCH/any (ANY /any of petstore)',
      'Replace with any (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/PATCH/any',
    ],
  ],
  ['arn:aws:execute-api:eu-west-1:111122223333:f6g7h8i9j0/live/GET/$0resource-path-specifier', []],
  [
    'arn:aws:execute-api:us-east-1:111122223333:f6g7h8i9j0/live/GET/$0resource-path-specifier',
    [
      'Use arn:aws:execute-api:us-east-1:111122223333:f6g7h8i9j0/live/GET/orders (GET /orders of orders)',
      'Replace with orders (orders) → arn:aws:execute-api:us-east-1:111122223333:f6g7h8i9j0/live/GET/orders',
    ],
  ],
  [
    'arn:aws:execute-api:$0region:111122223333:f6g7h8i9j0/live/GET/orders',
    [
      'Use arn:aws:execute-api:us-east-1:111122223333:f6g7h8i9j0/live/GET/orders (orders)',
      'Replace with us-east-1 (orders) → arn:aws:execute-api:us-east-1:111122223333:f6g7h8i9j0/live/GET/orders',
      'Replace with us-west-2 (orders) → arn:aws:execute-api:us-west-2:111122223333:f6g7h8i9j0/live/GET/orders',
    ],
  ],
  [
    // Some text names the id, which says of the stage and of nothing else.
    'arn:aws:execute-api:sa-east-1:111122223333:m1m2m3m4m5/$0stage-name/GET/resource-path-specifier',
    [
      'Use arn:aws:execute-api:sa-east-1:111122223333:m1m2m3m4m5/stage-name/GET/drafts (GET /drafts of drafts)',
      'Use arn:aws:execute-api:sa-east-1:111122223333:m1m2m3m4m5/seen/GET/resource-path-specifier (m1m2m3m4m5)',
      'Replace with seen (m1m2m3m4m5) → arn:aws:execute-api:sa-east-1:111122223333:m1m2m3m4m5/seen/GET/resource-path-specifier',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/$0resource-path-specifier',
    [
      'Use arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/pets (GET /pets of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/pets/* (GET /pets/{petId} of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/any (ANY /any of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/ (GET / of petstore)',
      'Use arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/drafts (GET /drafts of drafts)',
      'Replace with pets (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/pets',
      'Replace with pets/* (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/pets/*',
      'Replace with any (petstore) → arn:aws:execute-api:eu-west-1:111122223333:a*/prod/GET/any',
    ],
  ],
];

describe('placeholders in an execute-api ARN', () => {
  for (const [marked, expected] of OFFERS) {
    it(`are filled in with what is known: ${marked}`, () => {
      const service = languageService();
      const { text, offset } = cursorAt(policy(marked).replace('InvalidateCache', 'Invoke'));
      const document = openJson(service, text);
      const span = { start: offset + 1, end: offset + 1 };
      const { findings } = service.lint(document);
      const offers = service
        .codeActions(document, span, findings, undefined, SEVERAL)
        .filter(({ title }) => /^(?:Use|Replace with [^*])/.test(title))
        .map(({ title, edits }) => {
          const arn = /"Resource": "(.*?)"/.exec(applyEdits(text, edits()))?.[1] ?? '';
          return title.startsWith(`Use ${arn} (`) ? title : `${title} → ${arn}`;
        });
      assert.deepEqual(offers, expected);
    });
  }

  const seed = read('seed.json');

  it('are filled in all at once with what the workspace knows, first of all', () => {
    for (const segment of ['region:', 'account-id', 'api-id/', 'stage-name', 'resource-path-specifier']) {
      const [first] = offersAt(seed, segment);
      assert.match(
        first?.text ?? '',
        /"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5\/prod\/GET\/pets"/,
        segment,
      );
      assert.match(first?.title ?? '', /^Use arn:aws:execute-api:us-east-1\S+ \(GET \/pets of petstore\)$/);
    }
  });

  it('leave a policy without findings when that is taken', () => {
    const [first] = offersAt(seed, 'region:');
    const service = languageService();
    const { findings } = service.lint(openJson(service, first?.text ?? ''));
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
      [],
    );
  });

  it('are filled in one by one after that, and by a wildcard last, which says what it grants', () => {
    const titles = offersAt(seed, 'region:').map(({ title }) => title);
    assert.ok(
      titles.indexOf('Replace with us-east-1 (petstore)') >
        titles.findLastIndex((title) => title.startsWith('Use ')),
    );
    assert.equal(titles.at(-1), 'Replace with *, which grants every Region');
    const stages = offersAt(seed, 'stage-name').map(({ title }) => title);
    assert.ok(
      stages.includes('Replace with prod (petstore)') && stages.includes('Replace with strict (petstore)'),
    );
    assert.equal(stages.at(-1), 'Replace with *, which grants every stage');
  });

  it('keep what the ARN says already', () => {
    const offers = offersAt(
      policy('arn:aws:execute-api:us-east-1:123456789012:api-id/prod/POST/pets'),
      'api-id',
    );
    assert.match(offers[0]?.text ?? '', /:a1b2c3d4e5\/prod\/POST\/pets"/);
    const elsewhere = offersAt(
      policy('arn:aws:execute-api:eu-west-1:123456789012:api-id/prod/GET/pets'),
      'api-id',
    );
    assert.ok(!elsewhere.some(({ title }) => title.startsWith('Use ')));
  });

  it('have no such offer where nothing is known, or nothing is wrong', () => {
    assert.deepEqual(
      offersAt(seed, 'region:', { accounts: [], apis: [] }).map(({ title }) => title),
      ['Replace with *, which grants every Region'],
    );
    assert.deepEqual(
      offersAt(read('petstore-invoke.json'), 'execute-api:us').filter(({ title }) =>
        title.startsWith('Use '),
      ),
      [],
    );
  });
});
