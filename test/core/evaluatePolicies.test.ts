import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';
import { grantedBy } from '../../server/src/core/features/compare/granted';
import { type PolicyType, policyTypes } from '../../server/src/core/locate/policyType';

type Json = Readonly<Record<string, unknown>>;
type Given = readonly [type: PolicyType | 'key', ...statements: readonly Json[]];

const API = 'arn:aws:execute-api:us-east-1:111111111111:a1b2c3d4e5';
const USER = 'arn:aws:iam::111111111111:user/team/ann';
const ROLE = 'arn:aws:iam::111111111111:role/team/reader';
const SESSION = 'arn:aws:sts::111111111111:assumed-role/reader/ann';
const STRANGER = 'arn:aws:iam::222222222222:role/reader';
const HERE = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

const ALLOW = { Effect: 'Allow', Action: 'execute-api:*', Resource: '*' };
const DENY = { ...ALLOW, Effect: 'Deny' };
const to = (AWS: unknown, statement: Json = ALLOW): Json => ({ ...statement, Principal: { AWS } });
const toAll = (statement: Json = ALLOW): Json => ({ ...statement, Principal: '*' });

function open([type, ...statements]: Given): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: type === 'key' ? { resourceType: 'AWS::KMS::Key' } : { policyType: type },
  });
}

function judged(
  policies: readonly Given[],
  request: { readonly principal?: string; readonly action?: string; readonly resource?: string } = {},
): Evaluation {
  return evaluate(
    policies.map(open).flatMap((document) => document.policies),
    { action: 'execute-api:Invoke', resource: `${API}/prod/GET/pets`, ...request },
  );
}

/** What was decided and why, in one line. */
function told({ outcome, deciding, lacks, hinges }: Evaluation): string {
  const types = deciding.map(({ policy, index }) => `${policy.kind.type} ${index}`);
  const hangs = hinges.map(({ kind, text }) => `${kind} ${text}`);
  return [outcome, types.join(', '), lacks.join(', '), hangs.join(', ')].filter((part) => part).join('; ');
}

describe('several policies together', () => {
  const table: readonly (readonly [
    name: string,
    policies: readonly Given[],
    told: string,
    request?: Parameters<typeof judged>[1],
  ])[] = [
    ['nothing', [], 'implicit-deny; grant'],
    [
      'either grants',
      [
        ['identity', ALLOW],
        ['resource', toAll({ ...ALLOW, Action: 's3:*' })],
      ],
      'allow; identity 0',
    ],
    [
      'or the other',
      [
        ['identity', { ...ALLOW, Action: 's3:*' }],
        ['resource', toAll()],
      ],
      'allow; resource 0',
    ],
    [
      'a Deny anywhere wins',
      [
        ['identity', ALLOW],
        ['resource', toAll(DENY)],
      ],
      'deny; resource 0',
    ],
    [
      'a perhaps beside a certain grant does not matter',
      [
        ['identity', { ...ALLOW, Condition: HERE }],
        ['resource', toAll()],
      ],
      'allow; resource 0',
    ],
    ['a resource policy without a Principal grants nothing', [['resource', ALLOW]], 'implicit-deny; grant'],

    ['a boundary grants nothing', [['boundary', ALLOW]], 'implicit-deny; grant'],
    ['an SCP grants nothing', [['scp', ALLOW]], 'implicit-deny; grant'],
    ['an RCP grants nothing', [['rcp', toAll()]], 'implicit-deny; grant'],
    [
      'a boundary that allows',
      [
        ['identity', ALLOW],
        ['boundary', ALLOW],
      ],
      'allow; identity 0, boundary 0',
    ],
    [
      'a boundary that does not',
      [
        ['identity', ALLOW],
        ['boundary', { ...ALLOW, Action: 's3:*' }],
      ],
      'implicit-deny; boundary',
    ],
    [
      'an SCP that does not',
      [
        ['identity', ALLOW],
        ['scp', { ...ALLOW, Action: 's3:*' }],
      ],
      'implicit-deny; scp',
    ],
    [
      'an SCP that denies',
      [
        ['identity', ALLOW],
        ['scp', ALLOW, DENY],
      ],
      'deny; scp 1',
    ],
    [
      'one of several SCPs',
      [
        ['identity', ALLOW],
        ['scp', { ...DENY, Action: 's3:*' }],
        ['scp', ALLOW],
      ],
      'allow; identity 0, scp 0',
    ],
    [
      'a session policy that does not',
      [
        ['identity', ALLOW],
        ['session', { ...ALLOW, Action: 's3:*' }],
      ],
      'implicit-deny; session',
    ],
    [
      'a boundary under conditions',
      [
        ['identity', ALLOW],
        ['boundary', { ...ALLOW, Condition: HERE }],
      ],
      'depends; boundary 0; condition IpAddress aws:SourceIp',
    ],
    [
      'an SCP that denies under conditions',
      [
        ['identity', { ...ALLOW, Condition: HERE }],
        ['scp', ALLOW, { ...DENY, Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }],
      ],
      'depends; identity 0, scp 1; condition IpAddress aws:SourceIp, condition Bool aws:ViaAWSService',
    ],
    [
      'an RCP that says nothing of it',
      [
        ['identity', ALLOW],
        ['rcp', toAll({ ...DENY, Action: 's3:*' })],
      ],
      'allow; identity 0',
    ],
    [
      'an RCP that denies',
      [
        ['identity', ALLOW],
        ['rcp', toAll(DENY)],
      ],
      'deny; rcp 0',
    ],
    [
      'everything that is missing',
      [
        ['scp', DENY],
        ['boundary', { ...ALLOW, Action: 's3:*' }],
      ],
      'implicit-deny; grant, scp, boundary',
      { action: 'sqs:SendMessage' },
    ],

    [
      'another account without an identity policy',
      [['resource', to(STRANGER)]],
      'implicit-deny; identity',
      { principal: STRANGER },
    ],
    [
      'another account without a resource policy',
      [['identity', ALLOW]],
      'implicit-deny; resource',
      { principal: STRANGER },
    ],
    [
      'another account with both',
      [
        ['identity', ALLOW],
        ['resource', to('222222222222')],
      ],
      'allow; identity 0, resource 0',
      { principal: STRANGER },
    ],
    [
      'another account with both, one under conditions',
      [
        ['identity', ALLOW],
        ['resource', { ...to('222222222222'), Condition: HERE }],
      ],
      'depends; resource 0; condition IpAddress aws:SourceIp',
      { principal: STRANGER },
    ],
    [
      'invalidation across accounts',
      [
        ['identity', ALLOW],
        ['resource', to('222222222222')],
      ],
      'implicit-deny; invalidation-across-accounts',
      { principal: STRANGER, action: 'execute-api:InvalidateCache' },
    ],
    [
      'a resource without an account',
      [['identity', { ...ALLOW, Action: 's3:*' }]],
      'allow; identity 0',
      { principal: STRANGER, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' },
    ],

    [
      'an account leaves it to its identity policies',
      [['resource', to('111111111111')]],
      'implicit-deny; identity',
      { principal: ROLE },
    ],
    [
      'and they grant',
      [
        ['resource', to('arn:aws:iam::111111111111:root')],
        ['identity', ALLOW],
      ],
      'allow; identity 0',
      { principal: ROLE },
    ],
    [
      'a key policy that leaves it to them',
      [
        ['key', to('111111111111', { ...ALLOW, Action: 'kms:*' })],
        ['identity', { ...ALLOW, Action: 'kms:*' }],
      ],
      'allow; resource 0, identity 0',
      { principal: ROLE, action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111111111111:key/a' },
    ],
    [
      'a key policy that does not',
      [
        ['key', to(USER, { ...ALLOW, Action: 'kms:*' })],
        ['identity', { ...ALLOW, Action: 'kms:*' }],
      ],
      'implicit-deny; resource',
      { principal: ROLE, action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111111111111:key/a' },
    ],
    [
      'a trust policy that does not',
      [
        ['trust', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: USER } }],
        ['identity', { ...ALLOW, Action: 'sts:*' }],
      ],
      'implicit-deny; trust',
      { principal: ROLE, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111111111111:role/b' },
    ],
    [
      'a trust policy is about nothing else',
      [
        ['trust', { Effect: 'Deny', Action: '*', Principal: '*' }],
        ['identity', ALLOW],
      ],
      'allow; identity 0',
    ],

    [
      'a boundary and what a resource policy grants to a user',
      [
        ['resource', to(USER)],
        ['boundary', { ...ALLOW, Action: 's3:*' }],
      ],
      'allow; resource 0',
      { principal: USER },
    ],
    [
      'a boundary and what a resource policy grants to a role',
      [
        ['resource', to(ROLE)],
        ['boundary', { ...ALLOW, Action: 's3:*' }],
      ],
      'implicit-deny; boundary',
      { principal: ROLE },
    ],
    [
      'a session policy and what a resource policy grants to the session',
      [
        ['resource', to(SESSION)],
        ['session', { ...ALLOW, Action: 's3:*' }],
      ],
      'allow; resource 0',
      { principal: SESSION },
    ],
    [
      'a session policy and what a resource policy grants to the role',
      [
        ['resource', to(ROLE)],
        ['session', { ...ALLOW, Action: 's3:*' }],
      ],
      'implicit-deny; session',
      { principal: SESSION },
    ],
    [
      'a service',
      [
        ['resource', { ...ALLOW, Principal: { Service: 'lambda.amazonaws.com' } }],
        ['scp', DENY],
        ['identity', DENY],
      ],
      'allow; resource 0',
      { principal: 'lambda.amazonaws.com' },
    ],
  ];
  for (const [name, policies, expected, request] of table) {
    it(`${name}: ${expected}`, () => {
      assert.equal(told(judged(policies, request)), expected);
    });
  }

  it('names all that a statement hangs on, and where it stands', () => {
    const statement = {
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: `${API}/prod/GET/\${aws:username}`,
      Principal: { AWS: USER },
      Condition: { ...HERE, StringLike: { 'aws:PrincipalTag/team': 'pets' } },
    };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    const { hinges } = evaluate(openDocument({ text, language: 'json' }).policies, {
      action: 'execute-api:Invoke',
      resource: `${API}/prod/GET/ann`,
    });
    assert.deepEqual(
      hinges.map(({ kind, text: hinge, node }) => [kind, hinge, text.slice(node.span.start, node.span.end)]),
      [
        ['variable', '${aws:username}', JSON.stringify(statement.Resource)],
        ['condition', 'IpAddress aws:SourceIp', '"aws:SourceIp"'],
        ['condition', 'StringLike aws:PrincipalTag/team', '"aws:PrincipalTag/team"'],
        ['principal', `AWS ${USER}`, `"${USER}"`],
      ],
    );
  });

  it('lets a Deny of any kind of policy win over everything', () => {
    for (const type of policyTypes.filter((each) => each !== 'trust')) {
      const { outcome } = judged([
        ['identity', ALLOW],
        ['resource', toAll()],
        [type, toAll(ALLOW), toAll(DENY)],
      ]);
      assert.equal(outcome, 'deny', type);
    }
  });
});

describe('a principal', () => {
  const PROVIDER = 'arn:aws:iam::111111111111:saml-provider/company';
  /** Somebody of whom no more is told than the account. */
  const SOME_ROLE = 'arn:aws:iam::111111111111:role/*';
  const ROOT = 'arn:aws:iam::111111111111:root';
  const table: readonly (readonly [
    written: unknown,
    answers: Readonly<Record<string, Evaluation['outcome']>>,
  ])[] = [
    ['*', { [USER]: 'deny', [STRANGER]: 'deny', 'lambda.amazonaws.com': 'deny', '*': 'deny' }],
    [
      { AWS: '111111111111' },
      { [USER]: 'deny', [ROLE]: 'deny', [SESSION]: 'deny', [STRANGER]: 'allow', '111111111111': 'deny' },
    ],
    [{ AWS: 'arn:aws:iam::111111111111:root' }, { [USER]: 'deny', [STRANGER]: 'allow', '*': 'depends' }],
    [
      { AWS: USER },
      { [USER]: 'deny', [ROLE]: 'allow', [SESSION]: 'allow', '111111111111': 'depends', [ROOT]: 'allow' },
    ],
    [{ AWS: ROLE }, { [USER]: 'allow', [ROLE]: 'deny', [SESSION]: 'deny', [STRANGER]: 'allow' }],
    [{ AWS: SESSION }, { [USER]: 'allow', [ROLE]: 'depends', [SESSION]: 'deny' }],
    [{ AWS: `${SESSION}-too` }, { [SESSION]: 'allow' }],
    [{ AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, { [USER]: 'depends', 'lambda.amazonaws.com': 'allow' }],
    [{ AWS: [ROLE, USER] }, { [USER]: 'deny', [ROLE]: 'deny' }],
    [{ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { [USER]: 'depends' }],
    [{ Service: 'lambda.amazonaws.com' }, { 'lambda.amazonaws.com': 'deny', [USER]: 'allow' }],
    [{ Service: 'sns.amazonaws.com' }, { 'lambda.amazonaws.com': 'allow' }],
    [{ Federated: 'accounts.google.com' }, { [USER]: 'allow', '*': 'depends' }],
    [{ Federated: PROVIDER }, { [PROVIDER]: 'deny', [`${PROVIDER}-too`]: 'allow', [ROLE]: 'depends' }],
    [{ AWS: '111111111111' }, { [SOME_ROLE]: 'deny', [PROVIDER]: 'allow' }],
    [{ AWS: '222222222222' }, { [SOME_ROLE]: 'allow' }],
    [{ AWS: ROLE }, { [SOME_ROLE]: 'depends' }],
    [{ AWS: ROLE.replace('111111111111', '222222222222') }, { [SOME_ROLE]: 'allow', [ROLE]: 'allow' }],
    [
      { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
      { [USER]: 'depends' },
    ],
  ];
  for (const [Principal, answers] of table) {
    for (const [principal, outcome] of Object.entries(answers)) {
      it(`${JSON.stringify(Principal)} for ${principal}: ${outcome}`, () => {
        const allow: Json =
          principal === 'lambda.amazonaws.com'
            ? { ...ALLOW, Principal: { Service: principal } }
            : to(/\*|-provider/.test(principal) ? '*' : principal);
        const result = judged(
          [
            ['resource', allow, { ...DENY, Principal }],
            ['identity', ALLOW],
          ],
          { principal },
        );
        assert.equal(result.outcome, outcome);
      });
    }
  }

  const spared: readonly (readonly [
    written: readonly string[],
    principal: string,
    outcome: Evaluation['outcome'],
  ])[] = [
    [[USER], ROLE, 'deny'],
    [[USER], USER, 'depends'],
    [[USER, '111111111111'], USER, 'allow'],
    [['111111111111'], ROOT, 'allow'],
    [['111111111111'], '111111111111', 'depends'],
    [['222222222222'], USER, 'deny'],
  ];
  for (const [AWS, principal, outcome] of spared) {
    it(`denied all but ${AWS.join(' and ')}, for ${principal}: ${outcome}`, () => {
      const policies: readonly Given[] = [
        ['resource', { ...DENY, NotPrincipal: { AWS } }],
        ['identity', ALLOW],
      ];
      assert.equal(judged(policies, { principal }).outcome, outcome);
    });
  }
});

/** Amazon ECR User Guide, "Private repository policy examples in Amazon ECR": none of them has a Resource. */
describe('a statement without a Resource', () => {
  const pull = { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' };
  const { Resource: _, ...bare } = pull;
  const request = {
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:us-east-1:111111111111:repository/pets',
    principal: USER,
  };

  it('denies by the policy of a repository', () => {
    const repository = toAll({ ...bare, Effect: 'Deny' });
    assert.equal(
      told(
        judged(
          [
            ['identity', pull],
            ['resource', repository],
          ],
          request,
        ),
      ),
      'deny; resource 0',
    );
  });

  it('lets in by it', () => {
    assert.equal(told(judged([['resource', to(USER, bare)]], request)), 'allow; resource 0');
  });

  it('lets in anybody at all by it', () => {
    const document = open(['resource', toAll(bare)]);
    assert.deepEqual(
      grantedBy([document], { onlyPublic: true }, undefined).map(({ isCertain }) => isCertain),
      [true],
    );
  });

  it('is not finished in other policies', () => {
    const statement = to(USER, { Effect: 'Allow', Action: 'sqs:SendMessage' });
    const queue = {
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:us-east-1:111111111111:q',
      principal: USER,
    };
    assert.equal(judged([['resource', statement]], queue).outcome, 'implicit-deny');
  });
});

describe('who may do something on one resource', () => {
  it('leaves out statements whose variable cannot make that resource', () => {
    const home = {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::home/\${aws:username}/*`,
    };
    const document = open(['identity', home]);
    const granted = (resource: string) =>
      grantedBy([document], { action: 's3:GetObject', resource }, undefined).length;
    assert.equal(granted('arn:aws:s3:::data/x'), 0);
    assert.equal(granted('arn:aws:s3:::home/ann/x'), 1);
  });
});
