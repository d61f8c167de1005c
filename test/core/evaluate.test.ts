import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { openDocument } from '../../server/src/core/document';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import { limit } from '../support/patience';
import { runs } from '../support/thorough';

type Json = Readonly<Record<string, unknown>>;

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
/** What CloudFormation puts in. */
const HOLE = '$' + '{Stage}/*';
const ALLOW = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${API}/*` };
const DENY = { ...ALLOW, Effect: 'Deny' };
const HERE = { 'aws:SourceIp': '203.0.113.0/24' };

function judged(
  statements: readonly Json[],
  resource = `${API}/prod/GET/pets`,
  action = 'execute-api:Invoke',
  details: { readonly version?: string; readonly policyType?: PolicyType } = {},
): Evaluation {
  const { version = '2012-10-17', policyType } = details;
  const document = openDocument({
    text: JSON.stringify({ Version: version, Statement: statements }),
    language: 'json',
    override: { policyType },
  });
  return evaluate(document.policies, { action, resource });
}

describe('evaluate', function () {
  this.timeout(limit(30_000));

  const table: readonly (readonly [
    name: string,
    statements: readonly Json[],
    outcome: Evaluation['outcome'],
    deciding: readonly number[],
  ])[] = [
    ['nothing at all', [], 'implicit-deny', []],
    ['an Allow', [ALLOW], 'allow', [0]],
    ['an Allow for something else', [{ ...ALLOW, Action: 's3:*' }], 'implicit-deny', []],
    ['an Allow elsewhere', [{ ...ALLOW, Resource: `${API}/test/*` }], 'implicit-deny', []],
    ['a Deny alone', [DENY], 'deny', [0]],
    ['a Deny behind an Allow', [ALLOW, DENY], 'deny', [1]],
    ['a Deny elsewhere', [ALLOW, { ...DENY, Resource: `${API}/test/*` }], 'allow', [0]],
    ['an Allow in other letters', [{ ...ALLOW, Action: 'EXECUTE-API:in*' }], 'allow', [0]],
    ['everything', [{ Effect: 'Allow', Action: '*', Resource: '*' }], 'allow', [0]],
    ['a resource in other letters', [{ ...ALLOW, Resource: `${API}/PROD/*` }], 'implicit-deny', []],
    ['an Effect in other letters', [{ ...ALLOW, Effect: 'allow' }], 'implicit-deny', []],
    ['no Action yet', [{ Effect: 'Allow', Resource: '*' }], 'implicit-deny', []],
    ['no Resource yet', [{ Effect: 'Allow', Action: '*' }], 'implicit-deny', []],
    ['an empty Action', [{ ...ALLOW, Action: [] }], 'implicit-deny', []],
    ['an Allow under conditions', [{ ...ALLOW, Condition: { IpAddress: HERE } }], 'depends', [0]],
    ['an Allow under no conditions', [{ ...ALLOW, Condition: {} }], 'allow', [0]],
    [
      'an Allow under conditions of a template',
      [{ ...ALLOW, Condition: { 'Fn::If': ['x', {}, {}] } }],
      'depends',
      [0],
    ],
    ['a Deny under conditions', [ALLOW, { ...DENY, Condition: { IpAddress: HERE } }], 'depends', [1]],
    [
      'a Deny under conditions, and no Allow',
      [{ ...DENY, Condition: { IpAddress: HERE } }],
      'implicit-deny',
      [],
    ],
    [
      'a certain Allow beside a conditional one',
      [{ ...ALLOW, Condition: { IpAddress: HERE } }, ALLOW],
      'allow',
      [1],
    ],
    ['a resource of a template', [{ ...ALLOW, Resource: { 'Fn::Sub': `${API}/${HOLE}` } }], 'depends', [0]],
    ['another resource of a template', [{ ...ALLOW, Resource: { 'Fn::Sub': 'x' } }], 'implicit-deny', []],
    [
      'a resource of a template among others',
      [{ ...ALLOW, Resource: [{ Ref: 'Api' }, `${API}/*`] }],
      'allow',
      [0],
    ],
    ['NotAction that leaves it in', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], 'allow', [0]],
    [
      'NotAction that takes it out',
      [{ Effect: 'Allow', NotAction: 'execute-api:*', Resource: '*' }],
      'implicit-deny',
      [],
    ],
    [
      'NotResource that leaves it in',
      [{ Effect: 'Allow', Action: '*', NotResource: `${API}/test/*` }],
      'allow',
      [0],
    ],
    [
      'NotResource that takes it out',
      [{ Effect: 'Allow', Action: '*', NotResource: `${API}/prod/*` }],
      'implicit-deny',
      [],
    ],
    ['Deny with NotAction', [ALLOW, { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }], 'deny', [1]],
    [
      'Deny with NotResource',
      [ALLOW, { Effect: 'Deny', Action: '*', NotResource: `${API}/prod/*` }],
      'allow',
      [0],
    ],
    ['a Principal that is everybody', [{ ...ALLOW, Principal: '*' }], 'allow', [0]],
    ['a Principal that is every account', [{ ...ALLOW, Principal: { AWS: ['*'] } }], 'allow', [0]],
    ['a Principal that is somebody', [{ ...ALLOW, Principal: { AWS: '123456789012' } }], 'depends', [0]],
    ['a NotPrincipal', [{ ...ALLOW, NotPrincipal: { AWS: '123456789012' } }], 'depends', [0]],
    ['a NotPrincipal that is everybody', [{ ...ALLOW, NotPrincipal: { AWS: '*' } }], 'implicit-deny', []],
    ['a variable', [{ ...ALLOW, Resource: `${API}/prod/GET/\${aws:username}` }], 'depends', [0]],
    [
      'a variable elsewhere',
      [{ ...ALLOW, Resource: `${API}/test/GET/\${aws:username}` }],
      'implicit-deny',
      [],
    ],
    ...(
      [
        ['Action', { Ref: 'Verb' }],
        ['Action', 's3:${verb}'],
        ['Action', ['s3:GetObject', '{{ actions }}']],
        ['Action', `execute-api:\${verb}`],
        ['NotAction', '<%= action %>'],
        ['Resource', `arn:aws:execute-api:us-east-1:123456789012:{{ api }}/prod/GET/pets`],
        ['Resource', '#{arn}'],
        ['NotResource', `${API}/{{ stage }}/GET/*`],
        ['Resource', `${API}/${'a/'.repeat(10_000)}`],
      ] as const
    ).map(
      ([element, value]) =>
        [
          `a Deny whose ${element} is ${JSON.stringify(value).slice(0, 60)}`,
          [
            ALLOW,
            {
              Effect: 'Deny',
              ...(element.endsWith('Action') ? { Resource: '*' } : { Action: '*' }),
              [element]: value,
            },
          ],
          value === 's3:${verb}' ? 'allow' : 'depends',
          value === 's3:${verb}' ? [0] : [1],
        ] as const,
    ),
    ['a short ARN', [{ ...ALLOW, Resource: 'arn:aws:execute-api:us-east-1' }], 'allow', [0]],
    ['the shortest ARN', [{ ...ALLOW, Resource: 'arn:aws' }], 'allow', [0]],
    ['less than an ARN', [{ ...ALLOW, Resource: 'arn' }], 'implicit-deny', []],
    ['what only looks like an ARN', [{ ...ALLOW, Resource: 'urn:aws' }], 'implicit-deny', []],
    [
      'a short ARN of elsewhere',
      [{ ...ALLOW, Resource: 'arn:aws:execute-api:eu-west-1' }],
      'implicit-deny',
      [],
    ],
  ];
  for (const [name, statements, outcome, deciding] of table) {
    it(`${name}: ${outcome}`, () => {
      const result = judged(statements);
      assert.equal(result.outcome, outcome);
      assert.deepEqual(
        result.deciding.map(({ index }) => index),
        deciding,
      );
    });
  }

  it('asks of a pattern whether all of it is allowed', () => {
    assert.equal(judged([ALLOW], `${API}/prod/GET/*`).outcome, 'allow');
    assert.equal(judged([ALLOW], `${API}*`).outcome, 'depends');
    assert.equal(
      judged([{ ...ALLOW, Resource: `${API}/prod/GET/a` }], `${API}/prod/GET/*`).outcome,
      'depends',
    );
    assert.equal(
      judged([ALLOW, { ...DENY, Resource: `${API}/prod/GET/a` }], `${API}/prod/GET/*`).outcome,
      'depends',
    );
    assert.equal(judged([ALLOW, DENY], `${API}/prod/GET/*`).outcome, 'deny');
  });

  it('takes a variable of the question for what is not known', () => {
    const asked = `${API}/prod/GET/\${aws:username}`;
    assert.equal(judged([ALLOW], asked).outcome, 'allow');
    assert.equal(judged([{ ...ALLOW, Resource: asked }], asked).outcome, 'allow');
    assert.equal(judged([{ ...ALLOW, Resource: `${API}/prod/GET/alice` }], asked).outcome, 'depends');
  });

  it('reads no variables in the older version', () => {
    const statement = { ...ALLOW, Resource: `${API}/prod/GET/\${aws:username}` };
    assert.equal(
      judged([statement], undefined, undefined, { version: '2008-10-17' }).outcome,
      'implicit-deny',
    );
  });

  it('reads the shorthand of a resource policy as its own API', () => {
    const statement = { ...ALLOW, Principal: '*', Resource: 'execute-api:/prod/GET/*' };
    assert.equal(judged([statement]).outcome, 'allow');
    assert.equal(judged([statement], 'execute-api:/prod/GET/pets').outcome, 'allow');
    assert.equal(judged([statement], `${API}/test/GET/pets`).outcome, 'implicit-deny');
  });

  it('reads a trust policy, which has no resources', () => {
    const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
    assert.equal(judged([statement], 'arn:aws:iam::123456789012:role/a', 'sts:AssumeRole').outcome, 'allow');
  });

  const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
    fc.oneof(item, fc.array(item, { maxLength: 3 }));
  const actions = list(fc.constantFrom('a:X', 'a:Y', 'A:x', 'a:*', '*', 'a:?', 'b:X'));
  const resources = list(fc.constantFrom('r/1', 'r/2', 'r/*', '*', 'r/?', 's/1', 'r*1'));
  const statement = fc
    .tuple(fc.constantFrom('Allow', 'Deny'), fc.boolean(), actions, fc.boolean(), resources)
    .map(([Effect, notAction, action, notResource, resource]) => ({
      Effect,
      [notAction ? 'NotAction' : 'Action']: action,
      [notResource ? 'NotResource' : 'Resource']: resource,
    }));
  const request = fc.record({
    action: fc.constantFrom('a:X', 'a:y', 'b:X', 'c:Z'),
    resource: fc.constantFrom('r/1', 'r/2', 's/1', 'r/11'),
  });

  /** What a policy without conditions says about one request, read off the user guide. */
  function oracle(statements: readonly Json[], asked: { action: string; resource: string }): string {
    const fits = (value: unknown, text: string, flags: string): boolean =>
      [value]
        .flat()
        .some((pattern) =>
          new RegExp(`^${String(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, flags).test(text),
        );
    const applying = statements.filter(
      ({ Action, NotAction, Resource, NotResource }) =>
        (Action === undefined ? !fits(NotAction, asked.action, 'i') : fits(Action, asked.action, 'i')) &&
        (Resource === undefined
          ? !fits(NotResource, asked.resource, '')
          : fits(Resource, asked.resource, '')),
    );
    const has = (effect: string): boolean => applying.some(({ Effect }) => Effect === effect);
    return has('Deny') ? 'deny' : has('Allow') ? 'allow' : 'implicit-deny';
  }

  it('agrees with the rule of the user guide on any policy without conditions', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 4 }), request, (statements, asked) => {
        assert.equal(judged(statements, asked.resource, asked.action).outcome, oracle(statements, asked));
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('is as certain about a pattern as about all that the pattern stands for', () => {
    const texts = ['r/1', 'r/2', 'r/11', 'r/', 'r/x1', 'r/\u00e9'];
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 3 }), (statements) => {
        const { outcome } = judged(statements, 'r/*', 'a:X');
        if (outcome !== 'depends') {
          for (const text of texts) {
            const one = judged(statements, text, 'a:X').outcome;
            // Where nothing is allowed, some of the texts may be denied besides.
            assert.equal(outcome === 'implicit-deny' && one === 'deny' ? outcome : one, outcome, text);
          }
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('never takes an allowance away by one more Allow, nor gives one by one more Deny', () => {
    const rank = { deny: 0, 'implicit-deny': 1, depends: 2, allow: 3 };
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 3 }),
        statement,
        request,
        fc.boolean(),
        (statements, more, asked, conditional) => {
          const added = { ...more, ...(conditional ? { Condition: { IpAddress: HERE } } : {}) };
          const outcome = (list: readonly Json[]): number =>
            rank[judged(list, asked.resource, asked.action).outcome];
          const before = outcome(statements);
          const after = outcome([...statements, added]);
          assert.ok(more.Effect === 'Allow' ? after >= before : after <= before);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });
});
