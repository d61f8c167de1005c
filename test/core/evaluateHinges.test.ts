import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import {
  ALWAYS,
  type Application,
  allOf,
  anyOf,
  type Hinge,
  hingesByStatement,
  inverse,
  NEVER,
  perhaps,
} from '../../server/src/core/evaluate/application';
import { hasUnknownParts } from '../../server/src/core/evaluate/elements';
import { type EvaluationOptions, evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import type { Statement } from '../../server/src/core/model/policy';

/*
 * What an answer hangs on that is not certain: each part of a statement that nobody can tell, where it is written, and the
 * condition keys that would tell it.
 */

const USER = 'arn:aws:iam::111122223333:user/jo';
const READ: EvaluationRequest = {
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
  resourceAccount: '111122223333',
  principal: USER,
};

function opened(statement: object, policyType: PolicyType = 'identity', Version = '2012-10-17') {
  const text = JSON.stringify({
    Version,
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', ...statement }],
  });
  const { policies } = openDocument({ text, language: 'json', override: { policyType } });
  return { text, policies };
}

/** Each as its kind, its text, what it marks in the document and the keys that would tell. */
function hingesOf(
  statement: object,
  request: Partial<EvaluationRequest> = {},
  {
    type,
    version,
    ...options
  }: EvaluationOptions & { readonly type?: PolicyType; readonly version?: string } = {},
): readonly string[] {
  const { text, policies } = opened(statement, type, version);
  const { outcome, hinges } = evaluate(policies, { ...READ, ...request }, options);
  assert.equal(outcome === 'depends', hinges.length > 0, outcome);
  return hinges.map(({ kind, text: said, node: { span }, unknownKeys }) => {
    const marked = text.slice(span.start, span.end);
    return [kind, said, marked, ...(unknownKeys === undefined ? [] : [unknownKeys.join()])].join(' | ');
  });
}

describe('what an answer hangs on', () => {
  const MORE = { a: 1, b: 2 };
  const CASES: readonly (readonly [
    name: string,
    hinges: readonly string[],
    statement: object,
    request?: Partial<EvaluationRequest>,
  ])[] = [
    ['nothing', [], {}],
    [
      'a part of a pattern that is asked about',
      ['wildcard | arn:aws:s3:::b/a* | "arn:aws:s3:::b/a*"'],
      { Resource: 'arn:aws:s3:::b/a*' },
      { resource: 'arn:aws:s3:::b/*' },
    ],
    ['a part of the actions', ['wildcard | s3:Get* | "s3:Get*"'], { Action: 's3:Get*' }, { action: 's3:*' }],
    [
      'each part that one of several stands for, in their order',
      ['wildcard | s3:Get* | "s3:Get*"', 'wildcard | s3:List* | "s3:List*"'],
      { Action: ['s3:Get*', 'ec2:*', 's3:List*'] },
      { action: 's3:*' },
    ],
    [
      'parts of the action and of the resource',
      ['wildcard | s3:Get* | "s3:Get*"', 'wildcard | arn:aws:s3:::b/a* | "arn:aws:s3:::b/a*"'],
      { Action: 's3:Get*', Resource: 'arn:aws:s3:::b/a*' },
      { action: 's3:*', resource: 'arn:aws:s3:::b/*' },
    ],
    [
      'a part that is left out',
      ['wildcard | arn:aws:s3:::b/a* | "arn:aws:s3:::b/a*"'],
      { Resource: undefined, NotResource: 'arn:aws:s3:::b/a*' },
      { resource: 'arn:aws:s3:::b/*' },
    ],
    [
      'a variable',
      ['variable | ${aws:principaltag/t} | "arn:aws:s3:::b/${aws:PrincipalTag/t}" | aws:principaltag/t'],
      { Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/t}' },
    ],
    [
      'a variable with a default',
      [
        "variable | ${aws:principaltag/t, 'x'} | \"arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}\" | aws:principaltag/t",
      ],
      { Resource: "arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}" },
    ],
    [
      'two variables',
      [
        'variable | ${aws:requesttag/a} | "arn:aws:s3:::b${aws:RequestTag/a}/${aws:RequestTag/b}*" | aws:requesttag/a',
        'variable | ${aws:requesttag/b} | "arn:aws:s3:::b${aws:RequestTag/a}/${aws:RequestTag/b}*" | aws:requesttag/b',
      ],
      { Resource: 'arn:aws:s3:::b${aws:RequestTag/a}/${aws:RequestTag/b}*' },
    ],
    [
      'an expression of a tool',
      ['template | ${Name} | "arn:aws:s3:::${Name}/k"'],
      { Resource: 'arn:aws:s3:::${Name}/k' },
    ],
    [
      'an object that comes to anything, for a resource',
      ['template | Resource | {"a":1,"b":2}'],
      { Resource: MORE },
    ],
    ['one among actions', ['template | Action | {"a":1,"b":2}'], { Action: ['ec2:*', MORE, 'sqs:*'] }],
    [
      'one branch',
      ['branch | Action | "s3:GetObject"', 'template | Action | {"Fn::If":["C","s3:GetObject","ec2:*"]}'],
      { Action: { 'Fn::If': ['C', 's3:GetObject', 'ec2:*'] } },
    ],
    [
      'no branch beside what is certain otherwise',
      [],
      { Action: ['s3:Get*', { 'Fn::If': ['C', 's3:*', 'ec2:*'] }] },
    ],
    ['no part of a list that is certain', [], { Action: [MORE, 's3:GetObject'] }],
    [
      'a condition',
      ['condition | StringEquals aws:RequestTag/t | "aws:RequestTag/t" | aws:RequestTag/t'],
      { Condition: { StringEquals: { 'aws:RequestTag/t': 'x' } } },
    ],
    [
      'both of two conditions',
      [
        'condition | StringLike aws:RequestTag/t | "aws:RequestTag/t" | aws:RequestTag/t',
        'condition | Bool aws:SecureTransport | "aws:SecureTransport" | aws:SecureTransport',
      ],
      {
        Condition: {
          StringLike: { 'aws:RequestTag/t': 'x*' },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      },
    ],
    [
      'only the condition that is not told',
      ['condition | Bool aws:SecureTransport | "aws:SecureTransport" | aws:SecureTransport'],
      {
        Condition: {
          StringLike: { 'aws:PrincipalAccount': '1111*' },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      },
    ],
    [
      'several values where one is compared, which no key would tell',
      ['condition | StringEquals aws:TagKeys | "aws:TagKeys" | '],
      { Condition: { StringEquals: { 'aws:TagKeys': 'x' } } },
      { context: new Map([['aws:TagKeys', ['x', 'y']]]) },
    ],
    [
      'a variable of several values, which no key would tell',
      ['condition | StringEquals aws:RequestTag/t | "aws:RequestTag/t" | '],
      { Condition: { StringEquals: { 'aws:RequestTag/t': '${aws:TagKeys}' } } },
      {
        context: new Map([
          ['aws:RequestTag/t', ['x']],
          ['aws:TagKeys', ['x', 'y']],
        ]),
      },
    ],
  ];
  for (const [name, hinges, statement, request] of CASES) {
    it(`is ${name}`, () => {
      assert.deepEqual(hingesOf(statement, request), hinges);
    });
  }

  it('is the effect of a statement, which may come to deny what another allows', () => {
    const open = (statement: object): readonly string[] => {
      const { text, policies } = opened(statement);
      const { outcome, hinges } = evaluate([...policies, ...opened({}).policies], READ);
      return [
        outcome,
        ...hinges.map(({ kind, text: said, node: { span } }) =>
          [kind, said, text.slice(span.start, span.end)].join(' | '),
        ),
      ];
    };
    assert.deepEqual(open({ Effect: '${Effect}' }), ['depends', 'template | Effect | "${Effect}"']);
    const whole = '{"Action":"s3:*","Resource":"*","Fn::Transform":{}}';
    assert.deepEqual(open({ Effect: undefined, 'Fn::Transform': {} }), [
      'depends',
      `merged | Statement | ${whole}`,
      `template | Effect | ${whole}`,
    ]);
    // Neither allows nor denies anything.
    assert.deepEqual(open({ Effect: 'Alow' }), ['allow']);
  });

  it('is the whole entry of the older language, which knows no variables', () => {
    assert.deepEqual(
      hingesOf({ Resource: 'arn:aws:s3:::b/${aws:username}' }, {}, { version: '2008-10-17' }),
      [],
    );
  });

  it('is who calls, and the service of a resource control policy', () => {
    const resource = { type: 'resource' } as const;
    assert.deepEqual(hingesOf({ Principal: { AWS: 'AIDAEXAMPLE' } }, {}, resource), [
      'principal | AWS AIDAEXAMPLE | "AIDAEXAMPLE"',
    ]);
    assert.deepEqual(hingesOf({ Principal: 'x' }, { principal: undefined }, resource), [
      'principal | x | "x"',
    ]);
    const denial = { Effect: 'Deny', Principal: '*' };
    const rcp = (action: string, ...services: readonly string[]): readonly string[] => {
      const { policies, text } = opened({ ...denial, Action: '*' }, 'rcp');
      const own = opened({ Action: '*' });
      const { outcome, hinges } = evaluate(
        [...policies, ...own.policies],
        { ...READ, action },
        { rcpServices: new Set(services) },
      );
      return [
        outcome,
        ...hinges.map(({ kind, text: said, node: { span } }) => {
          assert.match(text.slice(span.start, span.end), /^\{"Effect":"Deny".*\}$/);
          return `${kind} ${said}`;
        }),
      ];
    };
    assert.deepEqual(rcp('s3:GetObject', 'sqs', 's3'), ['deny']);
    assert.deepEqual(rcp('S3:GetObject', 's3'), ['deny']);
    assert.deepEqual(rcp('s3:GetObject', 'sqs'), ['depends', 'service s3']);
    assert.deepEqual(rcp('*', 's3'), ['depends', 'service ']);
  });
});

describe('a list of which a template gives a part', () => {
  const first = (statement: object): Statement => {
    const [read] = opened(statement).policies[0]?.statements ?? [];
    assert.ok(read !== undefined);
    return read;
  };
  const CASES: readonly (readonly [value: unknown, isOpen: boolean])[] = [
    ['s3:*', false],
    [['s3:*', 'ec2:*'], false],
    [[], false],
    [5, false],
    [{ Ref: 'X' }, false],
    [{ a: 1, b: 2 }, true],
    [['s3:*', { a: 1, b: 2 }], true],
    [[{ a: 1, b: 2 }, 's3:*'], true],
    [{ 'Fn::If': ['C', 's3:*', 'ec2:*'] }, true],
    [['ec2:*', { 'Fn::If': ['C', 's3:*', { Ref: 'AWS::NoValue' }] }], true],
    [{ 'Fn::Sub': 's3:*' }, false],
  ];
  for (const [value, isOpen] of CASES) {
    it(`is ${isOpen ? 'open' : 'whole'}: ${JSON.stringify(value)}`, () => {
      for (const element of ['Action', 'Resource'] as const) {
        const { actions, resources } = first({ [element]: value });
        const [read] = element === 'Action' ? actions : resources;
        assert.equal(read && hasUnknownParts(read as never), isOpen, element);
      }
    });
  }
});

describe('whether parts apply together', () => {
  const { policies } = opened({});
  const [statement] = policies[0]?.statements ?? [];
  assert.ok(statement !== undefined);
  const own: Statement = statement;
  const hinge = (text: string): Hinge => ({ kind: 'template', text, node: own.node, statement: own });
  const PARTS: readonly Application[] = [
    ALWAYS,
    NEVER,
    perhaps([hinge('a')]),
    perhaps([hinge('b'), hinge('c')]),
    perhaps([hinge('d')]),
  ];
  const lists = (length: number): readonly (readonly Application[])[] =>
    length === 0 ? [[]] : lists(length - 1).flatMap((list) => PARTS.map((part) => [...list, part]));

  it('is what all, one or none of them are, with all that is uncertain in its order', () => {
    let tried = 0;
    for (const list of [0, 1, 2, 3, 4].flatMap(lists)) {
      const has = (applies: Application['applies']) => list.some((part) => part.applies === applies);
      const texts = list.flatMap(({ hinges }) => hinges.map(({ text }) => text));
      const check = ({ applies, hinges }: Application, expected: Application['applies']) => {
        assert.equal(applies, expected);
        assert.deepEqual(
          hinges.map(({ text }) => text),
          expected === 'perhaps' ? texts : [],
        );
      };
      check(allOf(list), has('never') ? 'never' : has('perhaps') ? 'perhaps' : 'always');
      check(anyOf(list), has('always') ? 'always' : has('perhaps') ? 'perhaps' : 'never');
      tried += 1;
    }
    assert.equal(tried, 1 + 5 + 25 + 125 + 625);
    assert.equal(inverse(ALWAYS), NEVER);
    assert.equal(inverse(NEVER), ALWAYS);
    assert.deepEqual(inverse(perhaps([hinge('a')])), perhaps([hinge('a')]));
  });

  it('is told by statements', () => {
    const [other] = opened({ Sid: 'x' }).policies[0]?.statements ?? [];
    assert.ok(other !== undefined);
    const hinges = [hinge('a'), { ...hinge('b'), statement: other }, hinge('c')];
    const byStatement = hingesByStatement(hinges);
    assert.deepEqual(byStatement(own), [hinges[0], hinges[2]]);
    assert.deepEqual(byStatement(other), [hinges[1]]);
    assert.deepEqual(hingesByStatement([])(own), []);
  });
});
