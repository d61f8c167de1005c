import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { readCaller } from '../../server/src/core/evaluate/caller';
import { keysOf } from '../../server/src/core/evaluate/conditions/derivedKeys';
import { operandOf } from '../../server/src/core/evaluate/conditions/operand';
import { type KeyValue, RequestKeys } from '../../server/src/core/evaluate/conditions/requestKeys';
import { evaluate, openQuestion } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';

/** `?` for what is not known, `-` for a key that is not there, `~` before a pattern that the value fits. */
function said(value: KeyValue): string {
  switch (value.kind) {
    case 'unknown':
      return '?';
    case 'absent':
      return '-';
    case 'values':
      return value.values.map(({ text, isPattern }) => `${isPattern ? '~' : ''}${text}`).join(',');
  }
}

describe('the condition keys of a request', () => {
  it('are told one after the other, in any case', () => {
    const keys = new RequestKeys().tell('aws:A', 'x').tellPattern('aws:B', 'y*').tellAbsent('aws:C', 'aws:D');
    keys.tellAll(
      new Map([
        ['aws:E', ['1', '2']],
        ['aws:F', []],
      ]),
    );
    const shown = () =>
      ['AWS:a', 'aws:b', 'aws:c', 'aws:D', 'aws:e', 'aws:f', 'aws:g']
        .map((key) => said(keys.get(key)))
        .join(' ');
    const open = () =>
      ['AWS:a', 'aws:b', 'aws:c', 'aws:D', 'aws:e', 'aws:f', 'aws:g']
        .filter((key) => keys.isOpen(key))
        .join(' ');
    assert.equal(shown(), 'x ~y* - - 1,2 - ?');
    assert.equal(open(), 'aws:b aws:g');
    keys.tell('AWS:C', 'z').forget('aws:A', 'aws:D').tellAbsent('aws:b');
    assert.equal(shown(), '? - z ? 1,2 - ?');
    assert.equal(open(), 'AWS:a aws:D aws:g');
    assert.deepEqual(
      keys.toldOf(new Set(['aws:c', 'aws:a', 'aws:f'])).map(([key, value]) => `${key} ${said(value)}`),
      ['aws:c z', 'aws:f -'],
    );
  });
});

const A = '111122223333';

/**
 * What is known of keys by who calls. IAM User Guide, the table "Principal key values" of "IAM policy elements: Variables
 * and tags", and "AWS global condition context keys".
 */
describe('the condition keys of a caller', () => {
  const KEYS = [
    'aws:PrincipalType',
    'aws:username',
    'aws:userid',
    'aws:PrincipalArn',
    'aws:PrincipalAccount',
    'kms:CallerAccount',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalServiceName',
    'aws:PrincipalServiceNamesList',
    'aws:PrincipalOrgID',
    'aws:PrincipalTag/t',
  ];
  const ROOT = `arn:aws:iam::${A}:root`;
  const CASES: readonly (readonly [caller: string | undefined, values: string])[] = [
    [A, `~* ? ~* ? ${A} ${A} false - - ? ?`],
    [ROOT, `Account - ${A} ${ROOT} ${A} ${A} false - - ? ?`],
    [`arn:aws:iam::${A}:user/p/jo`, `User jo ~* arn:aws:iam::${A}:user/p/jo ${A} ${A} false - - ? ?`],
    [`arn:aws:iam::${A}:role/p/r`, `AssumedRole - ~* arn:aws:iam::${A}:role/p/r ${A} ${A} false - - ? ?`],
    [
      `arn:aws-us-gov:sts::${A}:assumed-role/r/s`,
      `AssumedRole - ~*:s ~arn:aws-us-gov:iam::${A}:role/*r ${A} ${A} false - - ? ?`,
    ],
    [
      `arn:aws:sts::${A}:federated-user/f`,
      `FederatedUser - ${A}:f arn:aws:sts::${A}:federated-user/f ${A} ${A} false - - ? ?`,
    ],
    ['lambda.amazonaws.com', '? - ? ? ? ? true lambda.amazonaws.com ? ? ?'],
    ['anonymous', 'Anonymous - anonymous - anonymous - - - - - ?'],
    ['accounts.google.com', '? - ? - ? ? ? ? ? - ?'],
    [undefined, '~* ? ~* ? ~* ? false - - ? ?'],
    [`arn:aws:iam::${A}:role/*`, `~* ? ~* ? ${A} ${A} false - - ? ?`],
  ];
  for (const [principal, values] of CASES) {
    it(`are known of ${principal}`, () => {
      const request = { action: 's3:GetObject', resource: '*', principal };
      const keys = keysOf(request, readCaller(principal));
      assert.equal(KEYS.map((key) => said(keys.get(key))).join(' '), values);
    });
  }

  it('are what the question says, where it says something', () => {
    const principal = `arn:aws:iam::${A}:user/jo`;
    const context = new Map([
      ['AWS:UserName', ['al']],
      ['aws:PrincipalOrgID', []],
    ]);
    const keys = keysOf({ action: 's3:GetObject', resource: '*', principal, context }, readCaller(principal));
    assert.equal(said(keys.get('aws:username')), 'al');
    assert.equal(said(keys.get('aws:PrincipalOrgID')), '-');
  });
});

/** API Gateway Developer Guide, "AWS condition keys that can be used in API Gateway resource policies". */
describe('the condition keys of a request to an API', () => {
  const KEYS = [
    'aws:PrincipalAccount',
    'aws:username',
    'aws:PrincipalType',
    'aws:userid',
    'aws:SourceVpce',
    'aws:SourceVpc',
  ];
  const CASES: readonly (readonly [request: Partial<EvaluationRequest>, values: string])[] = [
    [{}, `~* ? ~* ~* ? ?`],
    [{ auth: 'iam', api: 'public' }, `~* ? ~* ~* - -`],
    [{ auth: 'iam', api: 'private' }, `~* ? ~* ~* ~* ?`],
    [{ auth: 'none' }, '- - ? ? ? ?'],
    [{ auth: 'cognito', api: 'public' }, '- - ? ? - -'],
    [{ auth: 'lambda', api: 'private' }, '- - ? ? ~* ?'],
  ];
  for (const [request, values] of CASES) {
    it(`are known of ${JSON.stringify(request)}`, () => {
      const { auth = 'iam' } = request;
      const asked = { action: 'execute-api:Invoke', resource: '*', ...request };
      const keys = keysOf(asked, readCaller(auth === 'iam' ? undefined : 'anonymous'));
      assert.equal(KEYS.map((key) => said(keys.get(key))).join(' '), values);
    });
  }

  it('have the Region of the resource, where its ARN says one', () => {
    for (const [resource, region] of [
      [`arn:aws:sqs:eu-west-1:${A}:q`, 'eu-west-1'],
      [`arn:aws-us-gov:sqs:us-gov-west-1:${A}:q`, 'us-gov-west-1'],
      [`arn:aws:sqs:*:${A}:q`, '~*'],
      [`arn:aws:sqs:eu-*:${A}:q`, '~*'],
      ['arn:aws:s3:::b', '~*'],
      ['*', '~*'],
    ] as const) {
      const keys = keysOf({ action: 'sqs:SendMessage', resource }, readCaller(undefined));
      assert.equal(said(keys.get('aws:RequestedRegion')), region, resource);
    }
  });
});

/** IAM User Guide, "IAM policy elements: Variables and tags". */
describe('a value of a policy with its variables', () => {
  const keys = new RequestKeys()
    .tell('aws:username', 'jo')
    .tell('aws:PrincipalTag/star', 'a*')
    .tell('aws:PrincipalTag/dollar', 'a$b')
    .tell('aws:TagKeys', 'a', 'b')
    .tellPattern('aws:userid', '*:s')
    .tellAbsent('aws:PrincipalTag/none');
  const NOTHING = undefined;
  const CASES: readonly (readonly [
    text: string,
    wild: string | undefined,
    plain: string | undefined,
    unknown?: readonly string[],
  ])[] = [
    ['abc', 'abc', 'abc'],
    ['', '', ''],
    ['a*b?', 'a*b?', 'a${*}b${?}'],
    ['a$b', 'a${$}b', 'a${$}b'],
    ['${*}${?}${$}', '${*}${?}${$}', '${*}${?}${$}'],
    ['x/${aws:username}/y', 'x/jo/y', 'x/jo/y'],
    ['${aws:username}${aws:username}', 'jojo', 'jojo'],
    ['${AWS:UserName}', 'jo', 'jo'],
    ['${aws:username}*', 'jo*', 'jo${*}'],
    ["${aws:username, 'al'}", 'jo', 'jo'],
    ['${aws:PrincipalTag/dollar}', 'a${$}b', 'a${$}b'],
    // AWS does not say whether a wildcard in a value counts as one.
    ['${aws:PrincipalTag/star}', '${aws:principaltag/star}', 'a${*}'],
    // One that is not known is the same in any case, and is named as it is written.
    ['${aws:SourceVpc}', '${aws:sourcevpc}', '${aws:sourcevpc}', ['aws:SourceVpc']],
    ["a${aws:SourceVpc, 'X'}", "a${aws:sourcevpc, 'X'}", "a${aws:sourcevpc, 'X'}", ['aws:SourceVpc']],
    [
      '${aws:SourceVpc}${aws:SourceIp}',
      '${aws:sourcevpc}${aws:sourceip}',
      '${aws:sourcevpc}${aws:sourceip}',
      ['aws:SourceVpc', 'aws:SourceIp'],
    ],
    // What is known in part is asked for; what has several values cannot be a variable.
    ['${aws:userid}', '${aws:userid}', '${aws:userid}', ['aws:userid']],
    ['${aws:TagKeys}', '${aws:tagkeys}', '${aws:tagkeys}'],
    // Without a value there is the default, or nothing that is equal.
    ['${aws:PrincipalTag/none}', NOTHING, NOTHING],
    ['a${aws:PrincipalTag/none}b', NOTHING, NOTHING],
    ["a${aws:PrincipalTag/none, 'al'}b", 'aalb', 'aalb'],
    ["${aws:PrincipalTag/none,'al'}", 'al', 'al'],
    ["${aws:PrincipalTag/none, ''}", '', ''],
    ["${aws:PrincipalTag/none, 'a*'}", "${aws:principaltag/none, 'a*'}", 'a${*}'],
    ['${aws:PrincipalTag/none, al}', '${aws:principaltag/none, al}', '${aws:principaltag/none, al}'],
    // A brace that is never closed begins no variable, and an expression of a tool is none.
    ['a${aws:username', 'a${$}{aws:username', 'a${$}{aws:username'],
    ['{{name}}-${aws:username}', '{{name}}-jo', '{{name}}-jo'],
    ['${Name}/${aws:username}', '${Name}/jo', '${Name}/jo'],
    ['<%= a %>*', '<%= a %>*', '<%= a %>${*}'],
  ];
  for (const [text, wild, plain, unknown = []] of CASES) {
    it(`is put together: ${text}`, () => {
      for (const [wildcards, pattern] of [
        [true, wild],
        [false, plain],
      ] as const) {
        const operand = operandOf(text, { version: '2012-10-17', wildcards, keys });
        assert.deepEqual(operand, { pattern, unknownKeys: pattern === undefined ? [] : unknown });
      }
    });
  }

  it('is what is written in the older language', () => {
    const read = (text: string, wildcards: boolean) =>
      operandOf(text, { version: '2008-10-17', wildcards, keys });
    assert.deepEqual(read('${aws:username}*', true), { pattern: '${$}{aws:username}*', unknownKeys: [] });
    assert.deepEqual(read('${aws:username}*', false), { pattern: '${$}{aws:username}${*}', unknownKeys: [] });
  });
});

describe('a question that is asked again with more keys told', () => {
  const request: EvaluationRequest = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/jo/k',
    resourceAccount: A,
    principal: `arn:aws:sts::${A}:assumed-role/r/s`,
    context: new Map([
      ['aws:TagKeys', ['a', 'b']],
      ['aws:SourceVpc', ['vpc-1']],
    ]),
  };
  const when = (operator: string, key: string, value: unknown) => ({
    Condition: { [operator]: { [key]: value } },
  });
  const STATEMENTS: readonly object[] = [
    {},
    when('StringEquals', 'aws:RequestTag/a', 'x'),
    when('StringNotEquals', 'AWS:requesttag/A', 'x'),
    when('StringLike', 'aws:RequestTag/b', '${aws:RequestTag/a}*'),
    when('Null', 'aws:RequestTag/a', 'true'),
    when('StringLike', 'aws:PrincipalArn', '*role/p/r'),
    { Condition: { StringEquals: { 'aws:RequestTag/a': 'x', 'aws:RequestTag/b': 'y' } } },
    {
      Condition: {
        StringEquals: { 'aws:RequestTag/a': ['x', 'y'] },
        Bool: { 'aws:SecureTransport': 'true' },
      },
    },
    { Resource: 'arn:aws:s3:::b/${aws:RequestTag/a}/k' },
    { Resource: 'arn:aws:s3:::b/${aws:RequestTag/a}/k', ...when('StringEquals', 'aws:RequestTag/b', 'y') },
    { Action: { 'Fn::If': ['C', 's3:*', 'ec2:*'] }, ...when('StringEquals', 'aws:RequestTag/a', 'x') },
    { Effect: '${Effect}', ...when('StringEquals', 'aws:RequestTag/a', 'x') },
  ];
  const TOLD: readonly (readonly (readonly [key: string, values: readonly string[]])[])[] = [
    [],
    [['aws:RequestTag/a', ['x']]],
    [['AWS:RequestTag/A', ['jo']]],
    [['aws:RequestTag/a', []]],
    [['aws:RequestTag/b', ['y']]],
    [['aws:RequestTag/b', ['jo-1']]],
    [
      ['aws:RequestTag/a', ['jo']],
      ['aws:RequestTag/b', ['y']],
    ],
    [
      ['aws:RequestTag/a', ['x']],
      ['aws:SecureTransport', ['true']],
      ['aws:RequestTag/b', ['y']],
    ],
    [['aws:PrincipalArn', [`arn:aws:iam::${A}:role/p/r`]]],
  ];
  const opened = (...statements: readonly object[]) =>
    openDocument({
      text: JSON.stringify({
        Version: '2012-10-17',
        Statement: statements.map((each) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...each })),
      }),
      language: 'json',
      override: { policyType: 'identity' },
    }).policies;

  it('has the answer of one that has told them from the beginning', () => {
    const seen = new Set<string>();
    for (const one of STATEMENTS) {
      for (const other of [{}, ...STATEMENTS.map((each) => ({ Effect: 'Deny', ...each }))]) {
        const policies = opened(one, other);
        const question = openQuestion(policies, request);
        assert.deepEqual(question.evaluation, evaluate(policies, request));
        for (const told of TOLD) {
          const context = new Map([...(request.context ?? []), ...told]);
          const { outcome } = evaluate(policies, { ...request, context });
          assert.equal(question.outcomeWith(new Map(told)), outcome, JSON.stringify([one, other, told]));
          seen.add(`${question.evaluation.outcome} ${outcome}`);
        }
      }
    }
    assert.ok(
      ['depends allow', 'depends deny', 'depends depends', 'allow allow'].every((each) => seen.has(each)),
    );
  });

  it('says the one value of a key that is known', () => {
    const { knownValue } = openQuestion(opened({}), request);
    assert.equal(knownValue('AWS:sourcevpc'), 'vpc-1');
    assert.equal(knownValue('aws:TagKeys'), undefined);
    assert.equal(knownValue('aws:PrincipalArn'), undefined);
    assert.equal(knownValue('aws:username'), undefined);
    assert.equal(knownValue('aws:RequestTag/a'), undefined);
  });

  it('needs no policy for what needs no permission', () => {
    const question = openQuestion(opened({ Effect: 'Deny', Action: '*' }), {
      ...request,
      action: 'sts:GetCallerIdentity',
    });
    assert.equal(question.evaluation.outcome, 'allow');
    assert.equal(question.outcomeWith(new Map([['aws:RequestTag/a', ['x']]])), 'allow');
  });
});
