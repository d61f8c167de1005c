import assert from 'node:assert/strict';
import { arnCompletions } from '../../server/src/core/features/completion/arns/arnCompletions';
import type { ArnCompletionInput, ArnProposal } from '../../server/src/core/features/completion/arns/site';
import type { PolicyType } from '../../server/src/core/index';
import type { WorkspaceKnowledge } from '../../server/src/core/knowledge/knowledge';
import { NO_KNOWLEDGE } from '../../server/src/core/knowledge/knowledge';
import { cursorAt } from '../support/fixtures';
import { loadIamData } from '../support/iamData';
import { knownApi } from '../support/knownApi';
import { languageService, openJson } from '../support/policies';

const ACCOUNT = '111122223333';
const API = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:a1b2c3d4e5`;

const KNOWLEDGE: WorkspaceKnowledge = {
  accounts: [ACCOUNT, '444455556666'],
  apis: [
    knownApi('petstore', 'rest', {
      ids: ['a1b2c3d4e5'],
      stages: ['prod', 'test', 'test-invoke-stage'],
      regions: ['eu-west-1'],
      routes: ['GET /', 'GET /pets', 'POST /pets', 'GET /pets/{petId}', 'ANY /pets/{petId}/toys/{proxy+}'],
    }),
    knownApi('orders', 'http', { ids: ['f6g7h8i9j0'], stages: ['$default'], routes: ['PUT /orders/{id}/'] }),
    knownApi('chat', 'websocket', { ids: ['k1l2m3n4o5'], stages: ['live'], routes: ['ANY sendMessage'] }),
    knownApi('drafts', 'unknown', { routes: ['GET /drafts/caf%C3%A9', 'DELETE /drafts/{id}'] }),
  ],
};

type Options = Partial<Omit<ArnCompletionInput, 'before' | 'after'>>;

function proposalsAt(fixture: string, options: Options = {}): readonly ArnProposal[] {
  const { text, offset } = cursorAt(fixture);
  return arnCompletions({
    before: text.slice(0, offset),
    after: text.slice(offset),
    place: 'resource',
    actions: ['execute-api:*'],
    policyType: 'identity',
    knowledge: KNOWLEDGE,
    iamData: loadIamData(),
    ...options,
  });
}

function labelsAt(fixture: string, options: Options = {}): readonly string[] {
  return proposalsAt(fixture, options).map(({ label }) => label);
}

function accept(text: string, { from, to, text: inserted }: ArnProposal): string {
  return text.slice(0, from) + inserted + text.slice(to);
}

/** The text after the proposal of a label was accepted. */
function accepted(fixture: string, label: string, options: Options = {}): string {
  const found = proposalsAt(fixture, options).find((proposal) => proposal.label === label);
  assert.ok(found, `${label} is not proposed, but ${labelsAt(fixture, options).join(', ')}`);
  return accept(cursorAt(fixture).text, found);
}

/** What is proposed first, as its label and what it makes of the text; `…` is where its author goes on. */
const FIRST: readonly (readonly [fixture: string, options: Options, proposals: readonly string[]])[] = [
  [
    'arn:$0',
    {},
    [
      'aws → arn:aws:…',
      'aws-cn → arn:aws-cn:…',
      'aws-us-gov → arn:aws-us-gov:…',
      'aws-iso → arn:aws-iso:…',
      'aws-iso-b → arn:aws-iso-b:…',
    ],
  ],
  [
    'arn:aws:$0',
    { actions: ['s3:GetObject'] },
    [
      's3 → arn:aws:s3:…',
      'arn:aws:s3:::*/* → arn:aws:s3:::*/*',
      'arn:aws:s3:*:111122223333:accesspoint/*/object/* → arn:aws:s3:*:111122223333:accesspoint/*/object/*',
    ],
  ],
  ['arn:aws:$0:x', { actions: ['sqs:*'] }, ['sqs → arn:aws:sqs:x']],
  [
    'arn:$0:s3:::b',
    {},
    [
      'aws → arn:aws:s3:::b',
      'aws-cn → arn:aws-cn:s3:::b',
      'aws-us-gov → arn:aws-us-gov:s3:::b',
      'aws-iso → arn:aws-iso:s3:::b',
      'aws-iso-b → arn:aws-iso-b:s3:::b',
    ],
  ],
  ['arn:$0:sqs:cn-north-1:', {}, ['aws-cn → arn:aws-cn:sqs:cn-north-1:']],
  ['arn:aws:s3:$0', { actions: ['s3:GetObject'] }, ['(no Region) → arn:aws:s3:::…', '* → arn:aws:s3:*:…']],
  [
    'arn:aws:s3:$0:x',
    { actions: ['s3:GetObject'] },
    ['* → arn:aws:s3:*:x', 'af-south-1 → arn:aws:s3:af-south-1:x'],
  ],
  [
    'arn:aws:iam:$0',
    { actions: ['iam:GetRole'] },
    ['(no Region) → arn:aws:iam::…', 'arn:aws:iam::111122223333:role/* → arn:aws:iam::111122223333:role/*'],
  ],
  [
    'arn:aws:sqs:$0',
    { actions: ['sqs:*'] },
    ['* → arn:aws:sqs:*:…', 'af-south-1 → arn:aws:sqs:af-south-1:…'],
  ],
  [
    'arn:aws-cn:sqs:$0',
    { actions: ['sqs:*'] },
    [
      '* → arn:aws-cn:sqs:*:…',
      'cn-north-1 → arn:aws-cn:sqs:cn-north-1:…',
      'cn-northwest-1 → arn:aws-cn:sqs:cn-northwest-1:…',
    ],
  ],
  [
    'arn:aws:execute-api:$0',
    {},
    [
      'eu-west-1 → arn:aws:execute-api:eu-west-1:…',
      '* → arn:aws:execute-api:*:…',
      'af-south-1 → arn:aws:execute-api:af-south-1:…',
      'ap-east-1 → arn:aws:execute-api:ap-east-1:…',
      'ap-east-2 → arn:aws:execute-api:ap-east-2:…',
    ],
  ],
  [
    'arn:aws:sqs:eu-west-1:$0',
    { actions: ['sqs:*'] },
    [
      '111122223333 → arn:aws:sqs:eu-west-1:111122223333:…',
      '444455556666 → arn:aws:sqs:eu-west-1:444455556666:…',
      '* → arn:aws:sqs:eu-west-1:*:…',
    ],
  ],
  [
    'arn:aws:iam::$0',
    { actions: ['iam:*'] },
    [
      '111122223333 → arn:aws:iam::111122223333:…',
      '444455556666 → arn:aws:iam::444455556666:…',
      '* → arn:aws:iam::*:…',
      'aws → arn:aws:iam::aws:…',
    ],
  ],
  [
    'arn:aws:s3::$0',
    { actions: ['s3:*'] },
    [
      '(no account) → arn:aws:s3:::…',
      '111122223333 → arn:aws:s3::111122223333:…',
      '444455556666 → arn:aws:s3::444455556666:…',
      '* → arn:aws:s3::*:…',
      'arn:aws:s3:::* → arn:aws:s3:::*',
    ],
  ],
  ['arn:aws:s3:::$0', { actions: ['s3:GetObject'] }, ['*/* → arn:aws:s3:::*/*', '* → arn:aws:s3:::*']],
  [
    'arn:aws:iam::111122223333:$0',
    { actions: ['iam:GetRole'] },
    ['role/* → arn:aws:iam::111122223333:role/*', '* → arn:aws:iam::111122223333:*'],
  ],
  [
    'arn:aws:iam::111122223333:ro$0',
    { actions: ['iam:*'] },
    [
      'role/* → arn:aws:iam::111122223333:role/*',
      'role-template/*/*:* → arn:aws:iam::111122223333:role-template/*/*:*',
    ],
  ],
  [
    'arn:aws:lambda:eu-west-1:111122223333:$0',
    { actions: ['lambda:InvokeFunction'] },
    [
      'function:* → arn:aws:lambda:eu-west-1:111122223333:function:*',
      '* → arn:aws:lambda:eu-west-1:111122223333:*',
    ],
  ],
  [
    'arn:aws:dynamodb:eu-west-1:111122223333:table/$0',
    { actions: ['dynamodb:*'] },
    [
      'table/* → arn:aws:dynamodb:eu-west-1:111122223333:table/*',
      'table/*/backup/* → arn:aws:dynamodb:eu-west-1:111122223333:table/*/backup/*',
      'table/*/stream/* → arn:aws:dynamodb:eu-west-1:111122223333:table/*/stream/*',
      'table/*/export/* → arn:aws:dynamodb:eu-west-1:111122223333:table/*/export/*',
      'table/*/import/* → arn:aws:dynamodb:eu-west-1:111122223333:table/*/import/*',
    ],
  ],
  [
    'arn:aws:dynamodb:eu-west-1:111122223333:table/t$0',
    { actions: ['dynamodb:*'] },
    [
      'table/t/backup/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/backup/*',
      'table/t/stream/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/*',
      'table/t/export/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/export/*',
      'table/t/import/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/import/*',
      'table/t/index/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/index/*',
    ],
  ],
  [
    'arn:aws:dynamodb:eu-west-1:111122223333:table/t/$0',
    { actions: ['dynamodb:*'] },
    [
      'table/t/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/*',
      'table/t/backup/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/backup/*',
      'table/t/stream/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/*',
      'table/t/export/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/export/*',
      'table/t/import/* → arn:aws:dynamodb:eu-west-1:111122223333:table/t/import/*',
    ],
  ],
  [
    'arn:aws:dynamodb:eu-west-1:111122223333:ta$0ble/t',
    { actions: ['dynamodb:*'] },
    [
      'table → arn:aws:dynamodb:eu-west-1:111122223333:table/t',
      '* → arn:aws:dynamodb:eu-west-1:111122223333:*/t',
    ],
  ],
  [
    'arn:aws:dynamodb:eu-west-1:111122223333:table/$0t',
    { actions: ['dynamodb:*'] },
    ['* → arn:aws:dynamodb:eu-west-1:111122223333:table/*'],
  ],
  [
    '$0',
    { actions: ['sqs:SendMessage'], place: 'principal' },
    [
      'arn:aws:iam::111122223333:root → arn:aws:iam::111122223333:root',
      'arn:aws:iam::444455556666:root → arn:aws:iam::444455556666:root',
      'arn:aws:iam::111122223333:role/ → arn:aws:iam::111122223333:role/…',
      'arn:aws:iam::444455556666:role/ → arn:aws:iam::444455556666:role/…',
      'arn:aws:iam::111122223333:user/ → arn:aws:iam::111122223333:user/…',
    ],
  ],
  [
    'arn:aws:iam::$0',
    { place: 'principal', actions: [] },
    [
      '111122223333 → arn:aws:iam::111122223333:…',
      '444455556666 → arn:aws:iam::444455556666:…',
      'arn:aws:iam::111122223333:root → arn:aws:iam::111122223333:root',
      'arn:aws:iam::444455556666:root → arn:aws:iam::444455556666:root',
      'arn:aws:iam::111122223333:role/ → arn:aws:iam::111122223333:role/…',
    ],
  ],
  [
    'arn:aws:iam::111122223333:$0',
    { place: 'principal', actions: [] },
    [
      'root → arn:aws:iam::111122223333:root',
      'role/ → arn:aws:iam::111122223333:role/…',
      'user/ → arn:aws:iam::111122223333:user/…',
    ],
  ],
  ['arn:aws:iam::111122223333:role/$0', { place: 'principal', actions: [] }, []],
  [
    '$0',
    { place: 'condition', actions: [] },
    [
      `${API}/* → ${API}/*`,
      'arn:aws:execute-api:*:111122223333:f6g7h8i9j0/* → arn:aws:execute-api:*:111122223333:f6g7h8i9j0/*',
      'arn:aws:execute-api:*:111122223333:k1l2m3n4o5/* → arn:aws:execute-api:*:111122223333:k1l2m3n4o5/*',
      'arn:aws:execute-api:*:111122223333:*/* → arn:aws:execute-api:*:111122223333:*/*',
      `${API}/*/GET/ → ${API}/*/GET/`,
    ],
  ],
  [
    'arn:aws:$0',
    { place: 'condition', actions: [] },
    [
      `${API}/* → ${API}/*`,
      'arn:aws:execute-api:*:111122223333:f6g7h8i9j0/* → arn:aws:execute-api:*:111122223333:f6g7h8i9j0/*',
      'arn:aws:execute-api:*:111122223333:k1l2m3n4o5/* → arn:aws:execute-api:*:111122223333:k1l2m3n4o5/*',
      'arn:aws:execute-api:*:111122223333:*/* → arn:aws:execute-api:*:111122223333:*/*',
    ],
  ],
  [
    'arn:aws:sns:eu-west-1:111122223333:$0',
    { place: 'condition', actions: [] },
    ['* → arn:aws:sns:eu-west-1:111122223333:*'],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:$0',
    {},
    [
      `a1b2c3d4e5 → ${API}/…`,
      'f6g7h8i9j0 → arn:aws:execute-api:eu-west-1:111122223333:f6g7h8i9j0/…',
      'k1l2m3n4o5 → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/…',
      `a1b2c3d4e5/* → ${API}/*`,
      'f6g7h8i9j0/* → arn:aws:execute-api:eu-west-1:111122223333:f6g7h8i9j0/*',
    ],
  ],
  [`${API}/$0`, {}, [`prod → ${API}/prod/…`, `test → ${API}/test/…`, `* → ${API}/*/…`]],
  [
    `${API}/prod/$0`,
    {},
    [
      `GET → ${API}/prod/GET/…`,
      `POST → ${API}/prod/POST/…`,
      `* → ${API}/prod/*/…`,
      `HEAD → ${API}/prod/HEAD/…`,
      `OPTIONS → ${API}/prod/OPTIONS/…`,
    ],
  ],
  [
    `${API}/prod/GET/$0`,
    {},
    [
      `pets → ${API}/prod/GET/pets`,
      `pets/* → ${API}/prod/GET/pets/*`,
      `pets/*/toys/* → ${API}/prod/GET/pets/*/toys/*`,
      `* → ${API}/prod/GET/*`,
      `@connections/* → ${API}/prod/GET/@connections/*`,
    ],
  ],
  [
    `${API}/prod/GET/pets$0`,
    {},
    [
      `pets → ${API}/prod/GET/pets`,
      `pets/* → ${API}/prod/GET/pets/*`,
      `pets/*/toys/* → ${API}/prod/GET/pets/*/toys/*`,
      `* → ${API}/prod/GET/*`,
      `@connections/* → ${API}/prod/GET/@connections/*`,
    ],
  ],
  [
    `${API}/prod/$0/pets`,
    {},
    [
      `GET → ${API}/prod/GET/pets`,
      `POST → ${API}/prod/POST/pets`,
      `* → ${API}/prod/*/pets`,
      `HEAD → ${API}/prod/HEAD/pets`,
      `OPTIONS → ${API}/prod/OPTIONS/pets`,
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/$0',
    {},
    [
      '* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/*/…',
      'GET → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/GET/…',
      'HEAD → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/HEAD/…',
      'OPTIONS → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/OPTIONS/…',
      'PATCH → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/PATCH/…',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/POST/$0',
    {},
    [
      '* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/POST/*',
      '@connections/* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/POST/@connections/*',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:zzz/prod/$0',
    {},
    [
      'GET → arn:aws:execute-api:eu-west-1:111122223333:zzz/prod/GET/…',
      'DELETE → arn:aws:execute-api:eu-west-1:111122223333:zzz/prod/DELETE/…',
      '* → arn:aws:execute-api:eu-west-1:111122223333:zzz/prod/*/…',
      'HEAD → arn:aws:execute-api:eu-west-1:111122223333:zzz/prod/HEAD/…',
      'OPTIONS → arn:aws:execute-api:eu-west-1:111122223333:zzz/prod/OPTIONS/…',
    ],
  ],
  [
    'execute-api:/$0',
    { policyType: 'resource' },
    ['prod → execute-api:/prod/…', 'test → execute-api:/test/…', '* → execute-api:/*/…'],
  ],
  [
    'execute-api:/prod/$0',
    { policyType: 'resource' },
    [
      'GET → execute-api:/prod/GET/…',
      'POST → execute-api:/prod/POST/…',
      'DELETE → execute-api:/prod/DELETE/…',
      '* → execute-api:/prod/*/…',
      'HEAD → execute-api:/prod/HEAD/…',
    ],
  ],
  [
    `${API}/$0`,
    { actions: ['execute-api:InvalidateCache'] },
    [`prod → ${API}/prod/…`, `test → ${API}/test/…`, `* → ${API}/*/…`],
  ],
  [`${API}/prod/$0`, { actions: ['execute-api:InvalidateCache'] }, [`GET → ${API}/prod/GET/…`]],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/$0',
    { actions: ['execute-api:ManageConnections'] },
    [
      '*/@connections/* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/*/@connections/*',
      'POST/@connections/* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/POST/@connections/*',
      'GET/@connections/* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/GET/@connections/*',
      'DELETE/@connections/* → arn:aws:execute-api:eu-west-1:111122223333:k1l2m3n4o5/live/DELETE/@connections/*',
    ],
  ],
  [
    'arn:aws:execute-api:eu-west-1:111122223333:f6g7h8i9j0/$0',
    {},
    [
      '$default → arn:aws:execute-api:eu-west-1:111122223333:f6g7h8i9j0/$default/…',
      '* → arn:aws:execute-api:eu-west-1:111122223333:f6g7h8i9j0/*/…',
    ],
  ],
  [
    '$0',
    { actions: ['dynamodb:GetItem'], knowledge: NO_KNOWLEDGE },
    ['arn:aws:dynamodb:*:*:table/* → arn:aws:dynamodb:*:*:table/*', '* → *', 'arn:aws: → arn:aws:…'],
  ],
  [
    '$0',
    { actions: ['kms:Decrypt'], place: 'condition', knowledge: NO_KNOWLEDGE },
    ['arn:aws:execute-api:*:*:* → arn:aws:execute-api:*:*:*', 'arn:aws: → arn:aws:…'],
  ],
];

describe('completion of ARNs', () => {
  for (const [fixture, options, expected] of FIRST) {
    it(`goes on in ${fixture}, ${Object.values(options).flat().join(' ') || 'for any action of APIs'}`, () => {
      const { text } = cursorAt(fixture);
      const first = proposalsAt(fixture, options).slice(0, Math.max(1, expected.length));
      assert.deepEqual(
        first.map((each) => `${each.label} → ${accept(text, each)}${each.continues ? '…' : ''}`),
        expected,
      );
    });
  }

  describe('as a whole', () => {
    it('proposes the resource types of the statement’s actions, and only those', () => {
      assert.deepEqual(labelsAt('$0', { actions: ['s3:GetObject'] }), [
        'arn:aws:s3:::*/*',
        `arn:aws:s3:*:${ACCOUNT}:accesspoint/*/object/*`,
        '*',
        'arn:aws:',
      ]);
    });

    it('leaves the account open where none is known', () => {
      const labels = labelsAt('$0', { actions: ['sqs:SendMessage'], knowledge: NO_KNOWLEDGE });
      assert.deepEqual(labels, ['arn:aws:sqs:*:*:*', '*', 'arn:aws:']);
    });

    it('proposes the star first for actions that name no resource', () => {
      assert.equal(labelsAt('$0', { actions: ['s3:ListAllMyBuckets'] })[0], '*');
    });

    it('proposes what to begin with where the actions say nothing', () => {
      assert.deepEqual(labelsAt('$0', { actions: ['s3:Ge'] }), ['*', 'arn:aws:']);
      assert.deepEqual(labelsAt('$0', { actions: [] }), ['*', 'arn:aws:']);
    });

    it('proposes the routes of known APIs in the form that requests have', () => {
      const labels = labelsAt('$0', { actions: ['execute-api:Invoke'] });
      assert.equal(labels[0], `${API}/*`);
      for (const label of [`${API}/*/GET/`, `${API}/*/GET/pets/*`, `${API}/*/*/pets/*/toys/*`]) {
        assert.ok(labels.includes(label), label);
      }
      assert.ok(!labels.some((label) => /[{}]|ANY/.test(label)));
    });

    it('proposes for InvalidateCache only what may be cached', () => {
      const labels = labelsAt('$0', { actions: ['execute-api:InvalidateCache'] });
      assert.equal(labels[0], `${API}/*/GET/*`);
      assert.ok(
        labels.every((label) => /^(\*|arn:aws:)$|\/GET\//.test(label)),
        labels.join('\n'),
      );
      assert.ok(!labels.some((label) => /f6g7h8i9j0|k1l2m3n4o5/.test(label)));
    });

    it('proposes for ManageConnections only connections', () => {
      const labels = labelsAt('$0', { actions: ['execute-api:ManageConnections'] });
      assert.ok(labels.includes(`arn:aws:execute-api:*:${ACCOUNT}:k1l2m3n4o5/*/*/@connections/*`));
      assert.ok(
        labels.every((label) => /^(\*|arn:aws:)$|@connections\/\*$/.test(label)),
        labels.join('\n'),
      );
    });

    it('proposes the shorthand in a resource policy, and nowhere else', () => {
      assert.ok(labelsAt('$0', { policyType: 'resource' }).includes('execute-api:/*'));
      assert.ok(!labelsAt('$0').some((label) => label.startsWith('execute-api:')));
    });

    it('widens no name that is typed', () => {
      for (const [typed, actions, more] of [
        ['arn:aws:s3:::pets$0', ['s3:ListBucket'], []],
        ['arn:aws:s3:::pets$0', ['s3:GetObject'], ['pets/*']],
        ['arn:aws:s3:::pets/cat$0', ['s3:GetObject'], []],
        ['arn:aws:dynamodb:*:*:table/Music$0', ['dynamodb:Query'], ['table/Music/index/*']],
        ['arn:aws:lambda:*:*:function:pets$0', ['lambda:InvokeFunction'], []],
      ] as const) {
        const labels = labelsAt(typed, { actions: [...actions] }).filter((label) => label !== '*');
        assert.deepEqual(
          labels.filter((label) => !label.startsWith('arn:')),
          more,
          typed,
        );
      }
    });

    it('goes on with a whole ARN from a beginning of it', () => {
      const fixture = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:$0`;
      assert.equal(
        accepted('arn:aws:s3:$0', 'arn:aws:s3:::*/*', { actions: ['s3:GetObject'] }),
        'arn:aws:s3:::*/*',
      );
      assert.equal(accepted(fixture, 'a1b2c3d4e5/*'), `${API}/*`);
    });

    it('begins in the partition of the known Regions', () => {
      const knowledge = {
        accounts: [],
        apis: [knownApi('p', 'rest', { regions: ['cn-north-1'], routes: [] })],
      };
      assert.ok(labelsAt('$0', { knowledge, actions: ['s3:GetObject'] }).includes('arn:aws-cn:s3:::*/*'));
    });
  });

  describe('field by field', () => {
    const cases: readonly (readonly [string, string, string, string, Options?])[] = [
      ['a partition', 'arn:$0', 'aws-cn', 'arn:aws-cn:'],
      ['a partition in a whole ARN', 'arn:a$0ws:s3:::x', 'aws-cn', 'arn:aws-cn:s3:::x'],
      [
        'a service and its empty fields',
        'arn:aws:$0',
        'route53',
        'arn:aws:route53:::',
        { actions: ['route53:GetHostedZone'] },
      ],
      ['a service without a Region', 'arn:aws:i$0', 'iam', 'arn:aws:iam::', { actions: ['iam:GetRole'] }],
      ['a service, the rest kept', 'arn:aws:sn$0:eu-west-1:1:x', 'sqs', 'arn:aws:sqs:eu-west-1:1:x'],
      ['a Region', 'arn:aws:execute-api:eu$0', 'eu-west-1', 'arn:aws:execute-api:eu-west-1:'],
      ['a Region in a whole ARN', 'arn:aws:sqs:us-$0east-1:1:x', 'us-west-2', 'arn:aws:sqs:us-west-2:1:x'],
      ['no Region', 'arn:aws:s3:$0', '(no Region)', 'arn:aws:s3::', { actions: ['s3:*'] }],
      ['a Region out of the way', 'arn:aws:s3:eu$0:1:x', '(no Region)', 'arn:aws:s3::1:x', { actions: [] }],
      ['an account', 'arn:aws:sqs:eu-west-1:$0', ACCOUNT, `arn:aws:sqs:eu-west-1:${ACCOUNT}:`],
      ['every account', 'arn:aws:sqs:eu-west-1:44$0:x', '*', 'arn:aws:sqs:eu-west-1:*:x'],
      ['AWS itself', 'arn:aws:iam::$0', 'aws', 'arn:aws:iam::aws:', { actions: ['iam:GetPolicy'] }],
      ['an API', `arn:aws:execute-api:*:*:$0`, 'a1b2c3d4e5', 'arn:aws:execute-api:*:*:a1b2c3d4e5/'],
      [
        'an API in a whole ARN',
        'arn:aws:execute-api:*:*:$0x/prod/GET/pets',
        '*',
        'arn:aws:execute-api:*:*:*/prod/GET/pets',
      ],
      ['a stage', `${API}/$0`, 'prod', `${API}/prod/`],
      ['a stage in a whole ARN', `${API}/p$0rd/GET/pets`, 'prod', `${API}/prod/GET/pets`],
      [
        'the stage of an HTTP API',
        'arn:aws:execute-api:*:*:f6g7h8i9j0/$0',
        '$default',
        'arn:aws:execute-api:*:*:f6g7h8i9j0/$default/',
      ],
      ['a method', `${API}/prod/$0`, 'POST', `${API}/prod/POST/`],
      ['a method in a whole ARN', `${API}/prod/G$0/pets`, 'GET', `${API}/prod/GET/pets`],
      ['a path', `${API}/prod/GET/$0`, 'pets', `${API}/prod/GET/pets`],
      ['a path for another', `${API}/prod/GET/ca$0ts/1`, 'pets/*', `${API}/prod/GET/pets/*`],
      [
        'a trailing slash dropped',
        'arn:aws:execute-api:*:*:f6g7h8i9j0/*/PUT/$0',
        'orders/*',
        'arn:aws:execute-api:*:*:f6g7h8i9j0/*/PUT/orders/*',
      ],
      [
        'a route',
        'arn:aws:execute-api:*:*:k1l2m3n4o5/live/$0',
        'sendMessage',
        'arn:aws:execute-api:*:*:k1l2m3n4o5/live/sendMessage',
      ],
      [
        'a predefined route',
        'arn:aws:execute-api:*:*:k1l2m3n4o5/live/$0',
        '$connect',
        'arn:aws:execute-api:*:*:k1l2m3n4o5/live/$connect',
      ],
      [
        'connections',
        `${API}/prod/$0`,
        'POST/@connections/*',
        `${API}/prod/POST/@connections/*`,
        { actions: ['execute-api:ManageConnections'] },
      ],
      [
        'a type',
        'arn:aws:dynamodb:*:*:$0',
        'table/*/index/*',
        'arn:aws:dynamodb:*:*:table/*/index/*',
        { actions: ['dynamodb:*'] },
      ],
      [
        'a type begun',
        'arn:aws:lambda:*:*:fun$0',
        'function:*',
        'arn:aws:lambda:*:*:function:*',
        { actions: [] },
      ],
      [
        'a name gone on with',
        'arn:aws:s3:::logs/2026/$0',
        'logs/2026/*',
        'arn:aws:s3:::logs/2026/*',
        { actions: ['s3:GetObject'] },
      ],
      [
        'the next part',
        'arn:aws:dynamodb:*:*:table/Music/$0',
        'table/Music/index/*',
        'arn:aws:dynamodb:*:*:table/Music/index/*',
        { actions: ['dynamodb:Query'] },
      ],
      [
        'a piece in the middle',
        'arn:aws:dynamodb:*:*:ta$0/Music',
        'table',
        'arn:aws:dynamodb:*:*:table/Music',
        { actions: ['dynamodb:Query'] },
      ],
      [
        'a star in the middle',
        'arn:aws:dynamodb:*:*:table/Mu$0sic/index/x',
        '*',
        'arn:aws:dynamodb:*:*:table/*/index/x',
        { actions: ['dynamodb:Query'] },
      ],
      [
        'a stage in the shorthand',
        'execute-api:/$0',
        'prod',
        'execute-api:/prod/',
        { policyType: 'resource' },
      ],
      [
        'a path in the shorthand',
        'execute-api:/prod/GET/$0',
        'pets/*',
        'execute-api:/prod/GET/pets/*',
        { policyType: 'resource' },
      ],
    ];
    for (const [title, fixture, label, expected, options] of cases) {
      it(`${title}: ${fixture}`, () => {
        assert.equal(accepted(fixture, label, options), expected);
      });
    }

    it('proposes the services of the actions first', () => {
      assert.deepEqual(labelsAt('arn:aws:$0', { actions: ['sqs:SendMessage', 'sns:Publish'] }).slice(0, 2), [
        'sqs',
        'sns',
      ]);
    });

    it('tells the Region’s name', () => {
      const region = proposalsAt('arn:aws:sqs:$0').find(({ label }) => label === 'eu-central-1');
      assert.equal(region?.detail, 'Europe (Frankfurt)');
    });

    it('proposes the Regions of the partition only, those of known APIs first', () => {
      assert.equal(labelsAt('arn:aws:execute-api:$0')[0], 'eu-west-1');
      assert.deepEqual(labelsAt('arn:aws-cn:sqs:$0'), ['*', 'cn-north-1', 'cn-northwest-1']);
    });

    it('proposes no partition that the Region is not in', () => {
      assert.deepEqual(labelsAt('arn:$0:sqs:cn-north-1:1:x'), ['aws-cn']);
    });

    it('proposes nothing but the empty field where nothing else is right', () => {
      assert.deepEqual(labelsAt('arn:aws:iam:$0', { actions: ['iam:GetRole'] }), [
        '(no Region)',
        `arn:aws:iam::${ACCOUNT}:role/*`,
      ]);
    });

    it('tells which routes a path comes from', () => {
      const path = proposalsAt(`${API}/prod/GET/$0`).find(({ label }) => label === 'pets/*');
      assert.equal(path?.detail, 'GET /pets/{petId} of petstore, everything below /pets of petstore');
      assert.match(path?.documentation ?? '', /slashes/);
    });

    it('leaves out stages that nobody calls, and puts a star for what is encoded', () => {
      assert.ok(!labelsAt(`${API}/$0`).includes('test-invoke-stage'));
      assert.ok(
        !labelsAt('arn:aws:execute-api:*:*:zzzzzzzzzz/*/GET/$0').some((label) => label.includes('%')),
      );
    });

    it('says nothing inside a variable', () => {
      assert.deepEqual(labelsAt('arn:aws:s3:::${aws:us$0'), []);
    });
  });

  describe('of principals', () => {
    const principal: Options = { place: 'principal', policyType: 'trust', actions: ['sts:AssumeRole'] };

    it('proposes the forms of each known account', () => {
      const labels = labelsAt('$0', principal);
      assert.deepEqual(labels.slice(0, 3), [
        `arn:aws:iam::${ACCOUNT}:root`,
        'arn:aws:iam::444455556666:root',
        `arn:aws:iam::${ACCOUNT}:role/`,
      ]);
      assert.ok(labels.includes(`arn:aws:sts::${ACCOUNT}:assumed-role/`));
      assert.ok(!labels.some((label) => label.includes('*')));
    });

    it('goes through the fields', () => {
      assert.deepEqual(labelsAt('arn:aws:$0', { ...principal, knowledge: NO_KNOWLEDGE }).slice(0, 2), [
        'iam',
        'sts',
      ]);
      assert.equal(accepted('arn:aws:$0', 'iam', principal), 'arn:aws:iam::');
      assert.equal(accepted('arn:aws:iam::$0', ACCOUNT, principal), `arn:aws:iam::${ACCOUNT}:`);
      assert.equal(
        accepted(`arn:aws:iam::${ACCOUNT}:$0`, 'user/', principal),
        `arn:aws:iam::${ACCOUNT}:user/`,
      );
      assert.equal(
        accepted(`arn:aws:iam::${ACCOUNT}:r$0`, 'root', principal),
        `arn:aws:iam::${ACCOUNT}:root`,
      );
    });

    it('proposes identity providers for Federated', () => {
      const labels = labelsAt(`arn:aws:iam::${ACCOUNT}:$0`, { ...principal, principalType: 'Federated' });
      assert.deepEqual(labels, ['oidc-provider/', 'saml-provider/']);
    });
  });

  describe('of condition values', () => {
    it('proposes known APIs as a source', () => {
      assert.ok(
        labelsAt('$0', { place: 'condition', conditionKey: 'aws:SourceArn', actions: [] }).includes(
          `${API}/*`,
        ),
      );
    });

    it('proposes principals with wildcards for aws:PrincipalArn', () => {
      const labels = labelsAt('$0', { place: 'condition', conditionKey: 'aws:PrincipalArn' });
      assert.ok(labels.includes(`arn:aws:iam::${ACCOUNT}:role/*`), labels.join('\n'));
      assert.ok(!labels.includes('*'));
    });

    it('are proposed by the key they stand under', () => {
      const fixture =
        '{ "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "ArnLike": { "aws:PrincipalArn": "$0" } } } }';
      const { text, offset } = cursorAt(fixture);
      const document = openJson(languageService(), text);
      const { items } = languageService().completions(document, offset, {
        knowledge: KNOWLEDGE,
        snippets: 'plain',
      });
      assert.ok(items.some(({ label }) => label === `arn:aws:iam::${ACCOUNT}:role/*`));
    });

    it('proposes policies of AWS for iam:PolicyARN', () => {
      const labels = labelsAt('$0', { place: 'condition', conditionKey: 'iam:PolicyARN' });
      assert.equal(labels[0], 'arn:aws:iam::aws:policy/*');
    });
  });

  describe('taken to its end', () => {
    const statements: readonly (readonly [PolicyType, readonly string[]])[] = [
      ['identity', ['execute-api:Invoke']],
      ['identity', ['execute-api:InvalidateCache']],
      ['identity', ['execute-api:ManageConnections']],
      ['identity', ['execute-api:*']],
      ['identity', ['s3:GetObject', 's3:ListBucket']],
      ['identity', ['iam:GetPolicy', 'iam:GetRole']],
      ['identity', ['dynamodb:*']],
      ['identity', ['lambda:InvokeFunction', 'sqs:*', 'kms:Decrypt']],
      ['identity', ['ec2:RunInstances', 'states:*', 'secretsmanager:GetSecretValue']],
      ['resource', ['execute-api:Invoke']],
    ];
    for (const [policyType, actions] of statements) {
      it(`leaves no ARN that the rules find wrong: ${policyType}, ${actions.join(' ')}`, () => {
        const finished = endsFrom({ policyType, actions });
        assert.ok(finished.size > 3, `only ${[...finished].join(', ')}`);
        for (const arn of finished) {
          assert.deepEqual(findingsOn(arn, policyType, actions), [], arn);
        }
      });
    }
  });
});

/** The ARNs that can be reached from nothing by accepting; where there are many ways on, the first and the last. */
function endsFrom(options: Options): ReadonlySet<string> {
  const finished = new Set<string>();
  const begun = new Set(options.policyType === 'resource' ? ['', 'execute-api:/'] : ['']);
  for (const text of begun) {
    const proposals = proposalsAt(`${text}$0`, options);
    const goingOn = proposals.filter(({ continues }) => continues);
    for (const proposal of [...goingOn.slice(0, 1), ...goingOn.slice(-1)]) {
      assert.notEqual(accept(text, proposal), text, `${proposal.label} changes nothing`);
      begun.add(accept(text, proposal));
    }
    for (const proposal of proposals) {
      if (!proposal.continues) {
        finished.add(accept(text, proposal));
      }
    }
  }
  return finished;
}

function findingsOn(arn: string, policyType: PolicyType, actions: readonly string[]): readonly string[] {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      ...(policyType === 'resource' ? { Principal: '*' } : {}),
      Action: actions,
      Resource: arn,
    },
  });
  const service = languageService();
  const start = text.indexOf(JSON.stringify(arn));
  return service
    .lint(openJson(service, text))
    .findings.filter(({ span }) => span.start >= start && span.end <= start + arn.length + 2)
    .map(({ rule, message }) => `${rule}: ${message}`);
}
