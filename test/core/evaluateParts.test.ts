import assert from 'node:assert/strict';
import { type DocumentLanguage, openDocument } from '../../server/src/core/document';
import { readCaller } from '../../server/src/core/evaluate/caller';
import { keysOf } from '../../server/src/core/evaluate/conditions/derivedKeys';
import {
  readBinary,
  readBoolean,
  readDate,
  readNumber,
} from '../../server/src/core/evaluate/conditions/literals';
import {
  isAboutKey,
  isAssuming,
  isThroughAccessPoint,
  mustAllow,
} from '../../server/src/core/evaluate/decisive';
import { writtenInFull } from '../../server/src/core/evaluate/elements';
import { evaluate, wouldApplyWithAction } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import { needsNoResource } from '../../server/src/core/evaluate/statement';
import { holdsUnknownStatements, isDynamic, isEffectOpen } from '../../server/src/core/evaluate/unfinished';
import type { TypeOverride } from '../../server/src/core/locate/kind';
import type { Policy } from '../../server/src/core/model/policy';

/*
 * What the evaluation of a request is put together of, where the whole answer would show it in a roundabout way.
 */

function policyOf(
  value: unknown,
  override: TypeOverride = { policyType: 'resource' },
  language: DocumentLanguage = 'json',
): Policy {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const [policy] = openDocument({ text, language, override }).policies;
  assert.ok(policy !== undefined, text);
  return policy;
}

const policyWith = (statement: object, override?: TypeOverride) =>
  policyOf({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }, override);

describe('a request', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';
  const ABOUT_KEYS: readonly (readonly [action: string, resource: string, isAbout: boolean])[] = [
    ['kms:Decrypt', KEY, true],
    ['KMS:Decrypt', KEY, true],
    ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:alias/a', true],
    ['kms:Decrypt', '*', true],
    ['kms:Decrypt', '?*', true],
    ['kms:Decrypt', 'arn:aws:kms:*', true],
    ['kms:Decrypt', 'arn:aws:*:eu-west-1:111122223333:key/k', true],
    ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:*', true],
    ['kms:*', KEY, true],
    ['kms:Decrypt', 'arn:aws:s3:::b', false],
    ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:store/s', false],
    ['kms:CreateKey', '*', false],
    ['KMS:ListKeys', '*', false],
    ['s3:GetObject', '*', false],
    ['xkms:Decrypt', KEY, false],
  ];
  for (const [action, resource, isAbout] of ABOUT_KEYS) {
    it(`of ${action} on ${resource} is${isAbout ? '' : ' not'} about a key`, () => {
      assert.equal(isAboutKey({ action, resource }), isAbout);
    });
  }

  it('assumes a role, or goes with that, by some actions of STS', () => {
    const assuming = (action: string) => isAssuming({ action, resource: '*' });
    for (const action of [
      'sts:AssumeRole',
      'STS:assumerolewithsaml',
      'sts:TagSession',
      'sts:SetSourceIdentity',
    ]) {
      assert.equal(assuming(action), true, action);
    }
    for (const action of ['sts:GetCallerIdentity', 'sts:AssumeRoot', 'iam:AssumeRole', 'sts:TagSessions']) {
      assert.equal(assuming(action), false, action);
    }
  });

  const THROUGH: readonly (readonly [resource: string, isThrough: boolean])[] = [
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/k', true],
    ['arn:aws:s3-outposts:eu-west-1:111122223333:outpost/o/accesspoint/a', true],
    ['arn:aws:s3express:eu-west-1:111122223333:accesspoint/a', true],
    ['arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/a', true],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint:a', true],
    ['arn:aws:s3:::accesspoint', false],
    ['arn:aws:s3:::my-accesspoint/k', false],
    ['arn:aws:efs:eu-west-1:111122223333:accesspoint/a', false],
    ['*', false],
  ];
  for (const [resource, isThrough] of THROUGH) {
    it(`on ${resource} is${isThrough ? '' : ' not'} made through an access point`, () => {
      assert.equal(isThroughAccessPoint({ action: 's3:GetObject', resource }), isThrough);
    });
  }
});

describe('a policy that must allow', () => {
  const decrypt = { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111122223333:key/k' };
  const assume = { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/r' };
  const read = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
  const of = (Action: unknown) => policyWith({ Principal: '*', Action, Resource: '*' });
  const CASES: readonly (readonly [name: string, policy: Policy, request: typeof decrypt, must: boolean])[] =
    [
      [
        'of a role, for one who assumes it',
        policyWith({ Principal: '*', Action: 'sts:AssumeRole' }, { policyType: 'trust' }),
        assume,
        true,
      ],
      [
        'of a role, for something else',
        policyWith({ Principal: '*', Action: 'sts:AssumeRole' }, { policyType: 'trust' }),
        read,
        false,
      ],
      [
        'of a key',
        policyWith({ Principal: '*', Action: 's3:*', Resource: '*' }, { resourceType: 'AWS::KMS::Key' }),
        decrypt,
        true,
      ],
      [
        'of a key, for something else',
        policyWith({ Principal: '*', Action: 'kms:*', Resource: '*' }, { resourceType: 'AWS::KMS::Key' }),
        read,
        false,
      ],
      [
        'of a queue',
        policyWith({ Principal: '*', Action: 'kms:*', Resource: '*' }, { resourceType: 'AWS::SQS::Queue' }),
        decrypt,
        false,
      ],
      ['that speaks of keys', of('kms:*'), decrypt, true],
      ['that speaks of keys in any case', of(['s3:*', 'KMS:Decrypt']), decrypt, true],
      ['that speaks of everything', of('*'), decrypt, true],
      ['that may speak of keys', of('k?s:Decrypt'), decrypt, true],
      ['in which a template may speak of keys', of({ Ref: 'Actions' }), decrypt, true],
      ['that says nothing of actions', of([]), decrypt, true],
      ['that speaks of other services', of(['s3:*', 'sqs:SendMessage']), decrypt, false],
      [
        'of an identity',
        policyWith({ Action: 'kms:*', Resource: '*' }, { policyType: 'identity' }),
        decrypt,
        false,
      ],
      [
        'that speaks of all but',
        policyWith({ Principal: '*', NotAction: 's3:*', Resource: '*' }),
        decrypt,
        true,
      ],
    ];
  for (const [name, policy, request, must] of CASES) {
    it(`${must ? 'is' : 'is not'} one ${name}`, () => {
      assert.equal(mustAllow(policy, request), must);
    });
  }
});

describe('a statement without a Resource', () => {
  const CASES: readonly (readonly [
    name: string,
    statement: object,
    override: TypeOverride,
    needsNone: boolean,
  ])[] = [
    ['of a trust policy', { Action: 'sts:AssumeRole' }, { policyType: 'trust' }, true],
    ['of an identity policy', { Action: 'ecr:*' }, { policyType: 'identity' }, false],
    ['of a repository', { Action: 's3:*' }, { resourceType: 'AWS::ECR::Repository' }, true],
    ['of a bucket', { Action: 'ecr:*' }, { resourceType: 'AWS::S3::Bucket' }, false],
    ['about images', { Action: ['ecr:*', 'ECR:BatchGetImage'] }, { policyType: 'resource' }, true],
    ['about images and objects', { Action: ['ecr:*', 's3:*'] }, { policyType: 'resource' }, false],
    [
      'about images and files',
      { Action: ['ecr:*', 'elasticfilesystem:*'] },
      { policyType: 'resource' },
      true,
    ],
    [
      'about all but those',
      { NotAction: ['ecr:*', 'elasticfilesystem:*'] },
      { policyType: 'resource' },
      false,
    ],
    ['about everything', { Action: '*' }, { policyType: 'resource' }, false],
    ['about nothing yet', {}, { policyType: 'resource' }, false],
    ['that has one', { Action: 'ecr:*', Resource: '*' }, { policyType: 'resource' }, false],
  ];
  for (const [name, statement, override, needsNone] of CASES) {
    it(`${name} ${needsNone ? 'needs none' : 'is not finished'}`, () => {
      const [read] = policyWith({ Principal: '*', ...statement }, override).statements;
      assert.equal(read && needsNoResource(read), needsNone);
    });
  }
});

describe('a short ARN', () => {
  const IDENTITY = { type: 'identity', resourceType: undefined, reason: '' } as const;
  const RESOURCE = { ...IDENTITY, type: 'resource' } as const;
  for (const [written, identity] of [
    ['arn:aws:s3', 'arn:aws:s3:*:*:*'],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b'],
    ['arn:aws:s3:', 'arn:aws:s3::*:*'],
    ['arn:aws', 'arn:aws:*:*:*:*'],
    ['arn', 'arn'],
    ['*', '*'],
    ['aws:s3', 'aws:s3'],
    ['arn:aws:s3:::b:c', 'arn:aws:s3:::b:c'],
    ['arn:aws:s3:${aws:RequestedRegion}', 'arn:aws:s3:${aws:RequestedRegion}:*:*'],
    ['execute-api:/*', 'arn:*:execute-api:*:*:*/*'],
  ] as const) {
    it(`${written} is ${identity} in an identity policy, and as it is written in others`, () => {
      assert.equal(writtenInFull(written, IDENTITY), identity);
      assert.equal(writtenInFull(written, RESOURCE), written.startsWith('execute') ? identity : written);
    });
  }
});

describe('a policy of which a part is yet to be written', () => {
  const S = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const yaml = (statement: string) => `PolicyDocument:\n  Version: "2012-10-17"\n  Statement:\n${statement}`;
  const hcl = (value: string) => `resource "aws_iam_policy" "p" {\n  policy = jsonencode(${value})\n}\n`;
  const H = '{ Effect = "Allow", Action = "s3:*", Resource = "*" }';
  const J = "{ Effect: 'Allow', Action: 's3:*', Resource: '*' }";
  const CASES: readonly (readonly [name: string, policy: Policy, isUnknown: boolean])[] = [
    ['none', policyOf({ Statement: [S] }), false],
    ['none in a branch', policyOf({ Statement: [{ 'Fn::If': ['C', S, { Ref: 'AWS::NoValue' }] }] }), false],
    ['nothing in place of a statement', policyOf({ Statement: [S, { Ref: 'AWS::NoValue' }] }), false],
    [
      'a statement that a parameter gives',
      policyOf({ Version: '2012-10-17', Statement: [S, { Ref: 'X' }] }),
      true,
    ],
    ['one in a branch', policyOf({ Statement: [{ 'Fn::If': ['C', S, { Ref: 'X' }] }] }), true],
    ['one in a list in a branch', policyOf({ Statement: { 'Fn::If': ['C', [S, { Ref: 'X' }], S] } }), true],
    ['all statements', policyOf({ Version: '2012-10-17', Statement: { Ref: 'X' } }), true],
    ['a part of a statement', policyOf({ Statement: [{ ...S, 'Fn::Transform': {} }] }), true],
    [
      'a statement of a macro',
      policyOf({ Version: '2012-10-17', Statement: [S], 'Fn::Transform': {} }),
      true,
    ],
    ['a text that an engine fills in', policyOf({ Version: '2012-10-17', Statement: [S, '${X}'] }), true],
    ['no text that is filled in', policyOf({ Version: '2012-10-17', Statement: [S, 'x'] }), false],
    [
      'what is merged in YAML',
      policyOf(yaml('  - <<: *x\n    Effect: Allow\n    Action: s3:*\n'), {}, 'yaml'),
      true,
    ],
    [
      'an alias of nothing',
      policyOf(yaml('  - *x\n  - Effect: Allow\n    Action: s3:*\n'), {}, 'yaml'),
      true,
    ],
    ['nothing of YAML', policyOf(yaml('  - Effect: Allow\n    Action: s3:*\n'), {}, 'yaml'), false],
    [
      'lines of an engine',
      policyOf(`{% if x %}\n${JSON.stringify({ Statement: [S] })}\n{% endif %}`, {}, 'template'),
      true,
    ],
    [
      'lines of an engine within',
      policyOf(`{ "Statement": [\n{% if x %}\n${JSON.stringify(S)}\n{% endif %}\n] }`, {}, 'template'),
      true,
    ],
    ['what Terraform merges', policyOf(hcl(`merge({ Statement = [${H}] }, var.x)`), {}, 'hcl'), true],
    ['what Terraform joins', policyOf(hcl(`{ Statement = concat([${H}], var.x) }`), {}, 'hcl'), true],
    ['nothing of Terraform', policyOf(hcl(`{ Statement = [${H}] }`), {}, 'hcl'), false],
    ['what a program spreads', policyOf(`const p = { Statement: [${J}, ...x] };`, {}, 'typescript'), true],
    [
      'what a program adds',
      policyOf(`const p = { Statement: [${J}] }; p.Statement.push(x);`, {}, 'typescript'),
      true,
    ],
    [
      'what a program may do without',
      policyOf(`if (x) { f({ Statement: [${J}] }); }`, {}, 'typescript'),
      true,
    ],
    ['nothing of a program', policyOf(`const p = { Statement: [${J}] };`, {}, 'typescript'), false],
  ];
  for (const [name, policy, isUnknown] of CASES) {
    it(`holds ${isUnknown ? 'statements that nobody can see' : 'all that it says'}: ${name}`, () => {
      assert.equal(holdsUnknownStatements(policy), isUnknown);
      assert.equal(holdsUnknownStatements(policy), isUnknown);
    });
  }

  it('has an action and a resource that may be anything', () => {
    const asked = {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      principal: 'arn:aws:iam::111122223333:user/jo',
    };
    const outcome = (statement: string) =>
      evaluate(
        [policyOf(yaml(`  - Effect: Allow\n    ${statement}\n`), { policyType: 'identity' }, 'yaml')],
        asked,
      ).outcome;
    assert.equal(outcome('Action: *x\n    Resource: "*"'), 'depends');
    assert.equal(outcome('Action: [*x]\n    Resource: "*"'), 'depends');
    assert.equal(outcome('Action: s3:*\n    Resource: *x'), 'depends');
    assert.equal(outcome('Action: s3:*\n    Resource: "*"'), 'allow');
    assert.equal(outcome('Action: true\n    Resource: "*"'), 'implicit-deny');
  });

  it('is dynamic with all that stands in it', () => {
    const dynamic = policyOf(`if (x) { f({ Statement: [${J}] }); }`, {}, 'typescript');
    const [statement] = dynamic.statements;
    assert.equal(statement && isDynamic(statement.node), true);
    const [fixed] = policyOf(`const p = { Statement: [${J}] };`, {}, 'typescript').statements;
    assert.equal(fixed && isDynamic(fixed.node), false);
  });

  const EFFECTS: readonly (readonly [effect: object, isOpen: boolean])[] = [
    [{ Effect: 'Allow' }, false],
    [{ Effect: 'Deny' }, false],
    [{ Effect: 'Alow' }, false],
    [{}, false],
    [{ Effect: { 'Fn::If': ['C', 'Allow', 'Deny'] } }, true],
    [{ Effect: { Ref: 'X' } }, true],
    [{ Effect: '${X}' }, true],
    [{ 'Fn::Transform': {} }, true],
    [{ Effect: 'Allow', 'Fn::Transform': {} }, false],
    [{ Effect: ['Allow'] }, false],
    [{ Sid: '${X}' }, false],
  ];
  for (const [effect, isOpen] of EFFECTS) {
    it(`leaves${isOpen ? '' : ' not'} open whether ${JSON.stringify(effect)} allows`, () => {
      const [statement] = policyOf({
        Version: '2012-10-17',
        Statement: [{ Action: 's3:*', ...effect }],
      }).statements;
      assert.equal(statement && isEffectOpen(statement), isOpen);
    });
  }
});

describe('the condition keys that an answer asks for', () => {
  const request = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    principal: 'arn:aws:iam::111122223333:user/jo',
  };
  const when = (...keys: readonly string[]) => ({
    StringEquals: Object.fromEntries(keys.map((key) => [key, `v of ${key}`])),
  });
  const asked = (...statements: readonly object[]) => {
    const policy = policyOf(
      {
        Version: '2012-10-17',
        Statement: statements.map((each) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...each })),
      },
      { policyType: 'identity' },
    );
    const { outcome, asks } = evaluate([policy], { ...request, resourceAccount: '111122223333' });
    assert.equal(outcome, 'depends');
    return asks.map(({ key, values }) => `${key} ${values.join('|')}`);
  };
  const Deny = { Effect: 'Deny' };
  const [K, L, M] = ['aws:RequestTag/k', 'aws:RequestTag/l', 'aws:RequestTag/m'];

  it('are those of the Allow that takes the fewest', () => {
    assert.deepEqual(asked({ Condition: when(K, L) }, { Condition: when(M) }), [`${M} v of ${M}`]);
    assert.deepEqual(asked({ Condition: when(K, L) }), [`${K} v of ${K}`, `${L} v of ${L}`]);
  });

  it('are one of those of each Deny', () => {
    assert.deepEqual(asked({}, { ...Deny, Condition: when(K, L) }), [`${K} v of ${K}`]);
    assert.deepEqual(asked({}, { ...Deny, Condition: when(K) }, { ...Deny, Condition: when(L) }), [
      `${K} v of ${K}`,
      `${L} v of ${L}`,
    ]);
  });

  it('are no more where a Deny hangs on one that is asked for already', () => {
    assert.deepEqual(asked({ Condition: when(K) }, { ...Deny, Condition: when(L, K) }), [`${K} v of ${K}`]);
    assert.deepEqual(asked({ Condition: when(K) }, { ...Deny, Condition: when(L, M) }), [
      `${K} v of ${K}`,
      `${L} v of ${L}`,
    ]);
  });

  it('have the values of all conditions, each once and under the first spelling', () => {
    const upper = K.toUpperCase().replace('AWS:', 'aws:');
    assert.deepEqual(
      asked({ Condition: when(K) }, { ...Deny, Condition: { StringLike: { [upper]: ['x', `v of ${K}`] } } }),
      [`${K} v of ${K}|x`],
    );
    assert.deepEqual(asked({ Condition: { Null: { [K]: 'false' } } }), [`${K} `]);
  });

  it('are those of variables too, of which only a part is known by who asks', () => {
    // Of a session the name is told and the id of its role is not; every caller has an id.
    const session = 'arn:aws:sts::111122223333:assumed-role/app/jo';
    for (const [principal, context] of [
      [session, { [K]: ['AROA1:jo'] }],
      [session, {}],
      [request.principal, { [K]: ['AIDA1'] }],
    ] as const) {
      const { asks } = evaluate(
        [
          policyWith(
            { Action: 's3:*', Resource: '*', Condition: { StringEquals: { [K]: '${aws:userid}' } } },
            { policyType: 'identity' },
          ),
        ],
        { ...request, principal, resourceAccount: '111122223333', context: new Map(Object.entries(context)) },
      );
      const told = K in context ? [] : [K];
      assert.deepEqual(
        asks.map(({ key }) => key),
        [...told, 'aws:userid'],
      );
    }
  });

  it('are none where nothing hangs on a key', () => {
    assert.deepEqual(asked({ Resource: 'arn:aws:s3:::b/k', Action: { Ref: 'X' } }), []);
    assert.deepEqual(asked({}, { ...Deny, Action: { Ref: 'X' }, Condition: when(K) }), [`${K} v of ${K}`]);
  });
});

describe('what an answer needs', () => {
  const request = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    principal: 'arn:aws:iam::111122223333:user/jo',
    resourceAccount: '111122223333',
  };
  const bucket = (Principal: unknown) =>
    policyWith({ Principal, Action: 's3:*', Resource: '*' }, { resourceType: 'AWS::S3::Bucket' });
  const own = policyWith({ Action: 's3:*', Resource: '*' }, { policyType: 'identity' });
  const needs = (...policies: readonly Policy[]) =>
    evaluate(policies, request).formula?.needs.map(({ lack, certain }) => `${lack} ${certain.length}`);

  it('is a grant of either side, and an identity policy where the account is left to grant', () => {
    assert.deepEqual(needs(own), ['grant 1']);
    assert.deepEqual(needs(bucket({ AWS: request.principal })), ['grant 1']);
    assert.deepEqual(needs(bucket({ AWS: request.principal }), own), ['grant 2']);
    assert.deepEqual(needs(bucket({ AWS: '111122223333' }), own), ['identity 1']);
    assert.deepEqual(evaluate([bucket({ AWS: '111122223333' })], request).lacks, ['identity']);
    assert.deepEqual(evaluate([bucket({ AWS: '444455556666' })], request).lacks, ['grant']);
  });

  it('is nothing more where a Deny decides, or where nobody can see what the policy says', () => {
    const nothing = { hinges: [], lacks: [], mayLackMore: false, asks: [], formula: undefined };
    const denial = policyWith({ Effect: 'Deny', Action: '*', Resource: '*' }, { policyType: 'identity' });
    assert.deepEqual(evaluate([own, denial], request), {
      ...nothing,
      outcome: 'deny',
      deciding: denial.statements,
      doubts: [],
    });
    const open = policyOf({ Version: '2012-10-17', Statement: [{ Ref: 'X' }] }, { policyType: 'identity' });
    assert.deepEqual(evaluate([open], request), {
      ...nothing,
      outcome: 'depends',
      deciding: [],
      doubts: ['templates'],
    });
    assert.deepEqual(evaluate([bucket({ AWS: '444455556666' })], request), {
      ...nothing,
      outcome: 'implicit-deny',
      deciding: [],
      lacks: ['grant'],
      doubts: [],
    });
  });

  it('may be more where a Deny hangs on something', () => {
    const deny = (Condition: object) =>
      policyWith({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition }, { policyType: 'identity' });
    assert.equal(evaluate([bucket({ AWS: '444455556666' })], request).mayLackMore, false);
    const open = deny({ Bool: { 'aws:SecureTransport': 'false' } });
    const { outcome, mayLackMore } = evaluate([open], request);
    assert.deepEqual([outcome, mayLackMore], ['implicit-deny', true]);
    // Something else that is needed may be missing too.
    const scp = policyWith({ Action: 'ec2:*', Resource: '*' }, { policyType: 'scp' });
    const perhaps = policyWith(
      { Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      { policyType: 'identity' },
    );
    const lacking = (...policies: readonly Policy[]) => {
      const told = evaluate(policies, request);
      return [told.outcome, told.lacks.join(), told.mayLackMore];
    };
    assert.deepEqual(lacking(perhaps, scp), ['implicit-deny', 'scp', true]);
    assert.deepEqual(lacking(own, scp), ['implicit-deny', 'scp', false]);
    assert.deepEqual(lacking(scp), ['implicit-deny', 'grant,scp', false]);
  });
});

describe('a statement that has another action', () => {
  it('would apply with the one that is asked for, where all else does', () => {
    const request = {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      principal: 'arn:aws:iam::111122223333:user/jo',
    };
    const would = (statement: object, override: TypeOverride = { policyType: 'identity' }) => {
      const policy = policyWith({ Action: 's3:PutObject', Resource: '*', ...statement }, override);
      const [only] = policy.statements;
      return only && wouldApplyWithAction([policy], request)(only);
    };
    assert.equal(would({}), true);
    assert.equal(would({ Action: 's3:*' }), true);
    assert.equal(would({ Resource: 'arn:aws:s3:::b/*' }), true);
    assert.equal(would({ Resource: 'arn:aws:s3:::c/*' }), false);
    assert.equal(would({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), true);
    assert.equal(would({ Condition: { StringEquals: { 'aws:username': 'jo' } } }), true);
    assert.equal(would({ Condition: { StringEquals: { 'aws:username': 'al' } } }), false);
    assert.equal(would({ Principal: { AWS: request.principal } }, { policyType: 'resource' }), true);
    assert.equal(would({ Principal: { AWS: '444455556666' } }, { policyType: 'resource' }), false);
    assert.equal(would({}, { policyType: 'resource' }), false);
  });
});

describe('a value that a condition compares', () => {
  it('is a number of no more digits than can be told apart', () => {
    for (const [text, number] of [
      ['12', 12],
      ['-1.50', -1.5],
      ['+7', 7],
      ['007', 7],
      ['123456789012345', 123_456_789_012_345],
      ['1234567890123456', undefined],
      ['1.', undefined],
      ['.5', undefined],
      ['1e3', undefined],
      ['', undefined],
      [' 1', undefined],
    ] as const) {
      assert.equal(readNumber(text), number, text);
    }
  });

  it('is true or false in the one spelling that AWS documents', () => {
    assert.deepEqual(['true', 'false', 'True', '1', ''].map(readBoolean), [
      true,
      false,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is a sequence of bytes in the one form that it has', () => {
    for (const [text, digits] of [
      ['', ''],
      ['QUJD', 'QUJD'],
      ['QUI=', 'QUI'],
      ['QQ==', 'QQ'],
      // Bits that stand for no byte.
      ['QUJ=', undefined],
      ['QR==', undefined],
      ['QUI', undefined],
      ['QUJDRA', undefined],
      ['Q===', undefined],
      ['QU-D', undefined],
      ['QU=D', undefined],
      ['=', undefined],
    ] as const) {
      assert.equal(readBinary(text), digits, text);
    }
  });

  const DATES: readonly (readonly [text: string, seconds: number | undefined])[] = [
    ['2026-11-30', 1_795_996_800],
    ['2026-11-30T10:00Z', 1_796_032_800],
    ['2026-11-30T10:00:30Z', 1_796_032_830],
    ['2026-11-30T10:00:30.5Z', 1_796_032_830.5],
    ['2026-11-30T12:00:00+02:00', 1_796_032_800],
    ['2026-11-30T08:30:00-01:30', 1_796_032_800],
    ['1796032800', 1_796_032_800],
    ['-12345', -12_345],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['2026-00-10', undefined],
    ['2026', undefined],
    ['30.11.2026', undefined],
  ];
  for (const [text, seconds] of DATES) {
    it(`is ${seconds === undefined ? 'no date' : 'a date'}: ${text}`, () => {
      assert.equal(readDate(text), seconds);
    });
  }
});

describe('what follows from a question', () => {
  const valuesOf = (request: EvaluationRequest, key: string) => {
    const value = keysOf(request, readCaller(request.principal)).get(key);
    return value.kind === 'values' ? value.values.map(({ text }) => text) : value.kind;
  };
  const SESSION = 'arn:aws-cn:sts::111122223333:assumed-role/r/s';
  const read = { action: 's3:GetObject', resource: 'arn:aws-cn:s3:::b/k', principal: SESSION };

  it('has the partition of a session', () => {
    assert.deepEqual(valuesOf(read, 'aws:PrincipalArn'), ['arn:aws-cn:iam::111122223333:role/*r']);
    assert.deepEqual(valuesOf(read, 'aws:PrincipalType'), ['AssumedRole']);
    assert.deepEqual(valuesOf(read, 'aws:userid'), ['*:s']);
    assert.equal(valuesOf(read, 'aws:username'), 'absent');
  });

  it('has the account of the resource, where its ARN or the question tells', () => {
    const account = (resource: string, resourceAccount?: string, key = 'aws:ResourceAccount') =>
      valuesOf({ ...read, resource, resourceAccount }, key);
    const open = account('arn:aws:s3:::b');
    assert.equal(typeof open, 'string');
    assert.deepEqual(account('arn:aws:s3:::b', '444455556666'), ['444455556666']);
    assert.deepEqual(account('arn:aws:s3:::b', '444455556666', 's3:ResourceAccount'), ['444455556666']);
    assert.deepEqual(account('arn:aws:sqs:eu-west-1:444455556666:q'), ['444455556666']);
    assert.equal(
      typeof account('arn:aws:sqs:eu-west-1:444455556666:q', undefined, 's3:ResourceAccount'),
      'string',
    );
    assert.equal(account('arn:aws:route53:::hostedzone/z', '444455556666'), open);
  });
});
