import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import { grantsOf } from '../../server/src/core/features/allows/grants';
import { questionChoices } from '../../server/src/core/features/allows/question';
import {
  type CallerStanding,
  type PolicyStanding,
  whoMayInvalidate,
} from '../../server/src/core/features/allows/whoMayInvalidate';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const PETS = `${API}/prod/GET/pets`;
const ROLE = 'arn:aws:iam::123456789012:role/reader';
const STRANGER = 'arn:aws:iam::999999999999:role/reader';
const ROOT = 'arn:aws:iam::123456789012:root';
const INVOKE = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: PETS };
const HERE = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

function policy(type: PolicyType | undefined, ...statements: readonly Json[]): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2),
    language: 'json',
    ...(type === undefined ? {} : { override: { policyType: type } }),
  });
}

const invalidate = (principal?: string, resource = PETS): EvaluationRequest => ({
  action: 'execute-api:InvalidateCache',
  resource,
  principal,
});

describe('the smallest change that would grant', () => {
  const table: readonly (readonly [
    name: string,
    documents: readonly PolicyDocument[],
    request: EvaluationRequest,
    titles: readonly string[],
  ])[] = [
    [
      'is the action, where a statement names just the resource',
      [policy('identity', { ...INVOKE, Sid: 'Read' })],
      invalidate(),
      [
        'Add execute-api:InvalidateCache to "Read"',
        'Insert a statement that allows it into the identity policy',
      ],
    ],
    [
      'is a statement of its own, where the statement names more than the resource',
      [policy('identity', { ...INVOKE, Resource: `${API}/prod/GET/*` })],
      invalidate(),
      [
        'Insert a statement that allows it into the identity policy',
        'Add execute-api:InvalidateCache to statement 1',
      ],
    ],
    [
      'is never in a statement that grants on everything, or on what is left over',
      [
        policy(
          'identity',
          { ...INVOKE, Resource: '*' },
          { Effect: 'Allow', Action: 's3:*', NotResource: PETS },
        ),
      ],
      invalidate(),
      ['Insert a statement that allows it into the identity policy'],
    ],
    [
      'is never in a statement that covers only a part',
      [policy('identity', INVOKE)],
      invalidate(undefined, `${API}/prod/GET/*`),
      ['Insert a statement that allows it into the identity policy'],
    ],
    [
      'names the principal in a resource policy',
      [policy('resource', { ...INVOKE, Principal: { AWS: ROLE } })],
      invalidate(ROLE),
      [
        'Add execute-api:InvalidateCache to statement 1',
        'Insert a statement that allows it into the resource policy',
      ],
    ],
    [
      'is none where the principal is not known and nobody is spoken of',
      [policy('resource', { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: PETS })],
      invalidate(),
      [],
    ],
    ['is none for a service: limits other than these are not its', [policy('scp', INVOKE)], invalidate(), []],
    [
      'is none where it is allowed',
      [policy('identity', INVOKE)],
      { action: 'execute-api:Invoke', resource: PETS },
      [],
    ],
    [
      'is none where a Deny decides',
      [policy('identity', { Effect: 'Deny', Action: '*', Resource: '*' })],
      invalidate(),
      [],
    ],
    [
      'is none for an action with a wildcard',
      [policy('identity', { ...INVOKE, Action: 's3:GetObject' })],
      { action: 'execute-api:*', resource: PETS },
      [],
    ],
    [
      'is in the policy that stands in the way',
      [policy('identity', { ...INVOKE, Action: 'execute-api:*' }), policy('boundary', INVOKE)],
      invalidate(ROLE),
      [
        'Add execute-api:InvalidateCache to statement 1',
        'Insert a statement that allows it into the boundary policy',
      ],
    ],
    [
      'is in both policies where both must allow',
      [
        policy('identity', { ...INVOKE, Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }),
        policy('resource', { ...INVOKE, Principal: { AWS: ROLE } }),
      ],
      { action: 'execute-api:Invoke', resource: PETS, principal: STRANGER },
      [
        'Insert a statement that allows it into the identity policy, and Insert a statement that allows it into the resource policy',
      ],
    ],
    [
      'is none for what API Gateway does not have',
      [policy('identity', INVOKE), policy('resource', { ...INVOKE, Principal: '*' })],
      invalidate(STRANGER),
      [],
    ],
    [
      'goes into an empty list',
      [policy('identity')],
      invalidate(),
      ['Insert a statement that allows it into the identity policy'],
    ],
    [
      'is in the trust policy for assuming a role',
      [
        policy('trust', {
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      ],
      { action: 'sts:AssumeRole', resource: ROLE, principal: 'lambda.amazonaws.com' },
      ['Insert a statement that allows it into the trust policy'],
    ],
  ];
  for (const [name, documents, request, titles] of table) {
    it(name, () => {
      const grants = grantsOf(documents, request);
      assert.deepEqual(
        grants.map(({ title }) => title),
        titles,
      );
      for (const { changes } of grants) {
        const after = documents.map((document) => {
          const edits = changes.find((change) => change.document === document)?.edits ?? [];
          const { text, language, override } = document;
          return openDocument({ text: applyEdits(text, edits), language, ...(override && { override }) });
        });
        assert.deepEqual(
          after.flatMap(({ tree }) => tree.faults),
          [],
        );
        const policies = after.flatMap((document) => document.policies);
        assert.equal(evaluate(policies, request).outcome, 'allow');
        // Nothing that was not asked for: neither another action nor another caller.
        assert.notEqual(
          evaluate(policies, { ...request, action: 'execute-api:ManageConnections' }).outcome,
          'allow',
        );
      }
    });
  }

  it('says what else it grants, and what it leaves open', () => {
    const [wide] = grantsOf(
      [policy('identity', { ...INVOKE, Resource: [PETS, `${API}/prod/GET/toys`] })],
      invalidate(),
    ).filter(({ title }) => title.startsWith('Add'));
    assert.match(wide?.note ?? '', /prod\/GET\/toys/);
    const [conditional] = grantsOf([policy('identity', { ...INVOKE, Condition: HERE })], invalidate()).filter(
      ({ title }) => title.startsWith('Add'),
    );
    assert.match(conditional?.note ?? '', /depends on conditions/);
  });

  it('names whoever else gains by a policy that is attached', () => {
    const notes = (...args: Parameters<typeof grantsOf>) => grantsOf(...args).map(({ note }) => note ?? '');
    for (const note of notes([policy('identity', INVOKE)], invalidate(ROLE))) {
      assert.match(note, /Whoever else holds the identity policy gains it too\./);
    }
    const limited = [policy('identity', { ...INVOKE, Action: 'execute-api:*' }), policy('boundary', INVOKE)];
    for (const note of notes(limited, invalidate(ROLE))) {
      assert.match(note, /Whoever else has the permissions boundary is no longer limited there\./);
    }
    const [exact, ...wider] = grantsOf(
      [policy('identity', INVOKE), policy('resource', { ...INVOKE, Principal: { AWS: [ROLE, STRANGER] } })],
      invalidate(ROLE),
    );
    assert.equal(exact?.title, 'Insert a statement that allows it into the resource policy');
    assert.equal(exact?.note, undefined);
    assert.match(wider.at(-1)?.note ?? '', /Also grants execute-api:InvalidateCache to AWS .*:999999999999:/);
  });

  it('puts a pattern behind resources that are counted', () => {
    const titles = grantsOf(
      [
        policy(
          'identity',
          { ...INVOKE, Resource: `${API}/prod/*` },
          { ...INVOKE, Resource: [PETS, `${API}/prod/GET/toys`] },
        ),
      ],
      invalidate(),
    ).map(({ title }) => title);
    assert.deepEqual(titles, [
      'Insert a statement that allows it into the identity policy',
      'Add execute-api:InvalidateCache to statement 2',
      'Add execute-api:InvalidateCache to statement 1',
    ]);
  });

  it('never throws on a half-typed policy, and never makes one worse', () => {
    const { text } = policy('identity', INVOKE, { ...INVOKE, Action: ['s3:GetObject'], Resource: [PETS] });
    for (let cut = 0; cut <= text.length; cut += 1) {
      const document = openDocument({ text: text.slice(0, cut), language: 'json' });
      for (const { changes } of grantsOf([document], invalidate())) {
        const [change] = changes;
        const after = openDocument({
          text: applyEdits(document.text, change?.edits ?? []),
          language: 'json',
        });
        assert.ok(after.tree.faults.length <= document.tree.faults.length);
      }
    }
  });
});

describe('who may invalidate', () => {
  const table: readonly (readonly [
    name: string,
    document: PolicyDocument,
    told: readonly string[],
    arn?: string,
  ])[] = [
    [
      'whoever holds an identity policy that says so',
      policy('identity', { ...INVOKE, Action: ['execute-api:Invoke', 'execute-api:InvalidateCache'] }),
      ['identity grants: holder: invalidate yes, invoke yes'],
    ],
    [
      'not who may only invoke',
      policy('identity', INVOKE),
      ['identity grants: holder: invalidate no (no statement allows it), invoke yes'],
    ],
    [
      'not who is denied it',
      policy(
        'identity',
        { ...INVOKE, Action: 'execute-api:*' },
        { Effect: 'Deny', Action: 'execute-api:InvalidateCache', Resource: '*' },
      ),
      ['identity grants: holder: invalidate no (a statement denies it), invoke yes'],
    ],
    [
      'each principal of a resource policy, by name',
      policy(
        'resource',
        { ...INVOKE, Action: 'execute-api:*', Principal: { AWS: [ROLE, STRANGER, '123456789012', ROOT] } },
        { ...INVOKE, Principal: '*', Condition: HERE },
      ),
      [
        `resource grants: ${ROLE}: invalidate yes, invoke yes`,
        `resource grants: ${STRANGER}: invalidate no (API Gateway has no cache invalidation across accounts), invoke depends (if an identity policy of the caller allows it too)`,
        'resource grants: 123456789012: invalidate depends (if an identity policy of the caller allows it too), invoke depends (if aws:SourceIp is in 203.0.113.0/24)',
        `resource grants: ${ROOT}: invalidate depends (if an identity policy of the caller allows it too), invoke depends (if aws:SourceIp is in 203.0.113.0/24)`,
        'resource grants: everybody: invalidate depends (if an identity policy of the caller allows it too), invoke depends (if aws:SourceIp is in 203.0.113.0/24)',
      ],
    ],
    [
      'nobody, where nothing is allowed',
      policy('resource', { ...INVOKE, Effect: 'Deny', Principal: '*' }),
      [],
    ],
    [
      'nobody more by a limit, which may stand in the way',
      policy('boundary', INVOKE),
      ['boundary limits: holder: invalidate no (the permissions boundary does not allow it), invoke yes'],
    ],
    [
      'nobody by a trust policy',
      policy('trust', { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'sts:AssumeRole' }),
      [],
    ],
  ];
  for (const [name, document, told, arn = PETS] of table) {
    it(name, () => {
      assert.deepEqual(
        whoMayInvalidate(document, arn).flatMap((standing) =>
          standing.callers.map((caller) => tell(standing, caller)),
        ),
        told,
      );
    });
  }
});

function tell({ policy: { kind }, role }: PolicyStanding, caller: CallerStanding): string {
  const { principal, invalidateCache, invoke } = caller;
  const standing = ({ answer, because }: CallerStanding['invoke']): string =>
    because.length === 0 ? answer : `${answer} (${because.join('; ')})`;
  return `${kind.type} ${role}: ${principal ?? 'holder'}: invalidate ${standing(invalidateCache)}, invoke ${standing(invoke)}`;
}

describe('what can be asked', () => {
  const text = `{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": ["${ROLE}", "*"], "Service": "sns.amazonaws.com", "Federated": "accounts.google.com", "CanonicalUser": "${'0'.repeat(64)}" }, "Action": ["s3:GetObject", "s3:Put*"], "Resource": ["${PETS}", "*"] },
    { "Effect": "Deny", "Principal": "*", "NotAction": "s3:ListBucket", "Resource": "execute-api:/prod/GET/*" }
  ] }`;
  const document = openDocument({ text, language: 'json' });

  it('is what the policies name, and the actions of execute-api', () => {
    const { here, ...choices } = questionChoices([document]);
    assert.deepEqual(choices, {
      actions: [
        's3:GetObject',
        's3:ListBucket',
        'execute-api:Invoke',
        'execute-api:InvalidateCache',
        'execute-api:ManageConnections',
      ],
      resources: [PETS, 'execute-api:/prod/GET/*'],
      principals: [ROLE, 'sns.amazonaws.com'],
      asksPrincipal: true,
    });
    assert.deepEqual(here, { action: undefined, resource: undefined });
  });

  it('starts with what stands at the cursor, or alone in its statement', () => {
    const at = (part: string) =>
      questionChoices([document], { document, offset: text.indexOf(part) + 2 }).here;
    assert.deepEqual(at(PETS), { action: 's3:GetObject', resource: PETS });
    assert.deepEqual(at('"Deny"'), { action: 's3:ListBucket', resource: 'execute-api:/prod/GET/*' });
    assert.deepEqual(at('"Version"'), { action: undefined, resource: undefined });
  });
});
