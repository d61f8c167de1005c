import assert from 'node:assert/strict';
import { cursorAt } from '../support/fixtures';
import { hoverAt } from '../support/hovers';
import { languageService } from '../support/policies';

/** The first paragraph that is said on the effect of a statement. */
function sentence(members: Readonly<Record<string, unknown>>, effect = 'Allow'): string | undefined {
  const statement = JSON.stringify({ Effect: 'EFFECT', ...members });
  const text = `{ "Version": "2012-10-17", "Statement": [${statement.replace('EFFECT', `$0${effect}`)}] }`;
  return hoverAt(languageService(), text)?.split('\n\n', 1)[0];
}

const API = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5';

const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string, string?])[] = [
  [
    'actions on a resource',
    { Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*' },
    'Allows `s3:GetObject` and `s3:PutObject` on `arn:aws:s3:::amzn-s3-demo-bucket/*`.',
  ],
  ['everything', { Action: '*', Resource: '*' }, 'Allows every action on every resource.'],
  [
    'requests to an API by everybody, under a condition',
    {
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: `${API}/prod/GET/pets/*`,
      Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.7'] } },
    },
    'Allows everybody to call `execute-api:Invoke` for GET on everything below `/pets`, at any depth, in the stage `prod` of the API `a1b2c3d4e5` in `eu-west-1`, if `aws:SourceIp` is in `203.0.113.0/24` or `198.51.100.7`.',
  ],
  [
    'requests that no caller can send',
    { Action: 'execute-api:Invoke', Resource: `${API}/prod/get/pets` },
    `Allows \`execute-api:Invoke\` on \`${API}/prod/get/pets\`, which matches no request.`,
  ],
  [
    'a Deny that also reaches requests without the key',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    },
    'Denies `s3:*` on every resource, if `aws:PrincipalOrgID` is not `o-a1b2c3d4e5` or is missing.',
    'Deny',
  ],
  [
    'a Deny to somebody',
    { NotPrincipal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: '*' },
    'Forbids everybody but the account `111122223333` to call `s3:GetObject` on every resource.',
    'Deny',
  ],
  [
    'what is left out',
    { NotAction: ['iam:*', 'sts:*'], NotResource: 'arn:aws:s3:::private/*' },
    'Denies every action but `iam:*` and `sts:*` on every resource but `arn:aws:s3:::private/*`.',
    'Deny',
  ],
  [
    'principals by what they are',
    {
      Principal: {
        AWS: ['111122223333', 'arn:aws:iam::444455556666:role/deploy'],
        Service: 'lambda.amazonaws.com',
      },
      Action: 'sts:AssumeRole',
    },
    'Allows the account `111122223333`, the role `deploy` of the account `444455556666` and the service `lambda.amazonaws.com` to call `sts:AssumeRole`.',
  ],
  [
    'several conditions',
    {
      Action: 's3:GetObject',
      Resource: '*',
      Condition: {
        Null: { 'aws:TokenIssueTime': 'true' },
        'ForAllValues:StringLike': { 'aws:TagKeys': 'a*' },
        'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' },
        NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '3600' },
      },
    },
    'Allows `s3:GetObject` on every resource, if `aws:TokenIssueTime` is missing, every value of `aws:TagKeys`, if there is any, fits `a*`, some value of `aws:CalledVia` is `athena.amazonaws.com` and `aws:MultiFactorAuthAge` is less than `3600` or is missing.',
  ],
  [
    'the first few of many',
    { Action: ['s3:a', 's3:b', 's3:c', 's3:d', 's3:e', 's3:f'], Resource: '*' },
    'Allows `s3:a`, `s3:b`, `s3:c`, `s3:d` and 2 more on every resource.',
  ],
  [
    'nothing that a template has still to fill in',
    { Action: 's3:*', Resource: [{ Ref: 'Bucket' }] },
    '`Allow`: permitted, unless a `Deny` in this or another policy that counts says otherwise.',
  ],
  [
    'nothing of a resource that is meant otherwise',
    { Action: 'execute-api:Invoke', Resource: 'execute-api:/prod/GET/pets' },
    'Allows `execute-api:Invoke` on `execute-api:/prod/GET/pets`.',
  ],
  [
    'nothing of a statement without resources',
    { Action: 's3:*' },
    '`Deny`: refused, whatever else allows it.',
    'Deny',
  ],
  [
    'nothing of a statement whose places are to be filled in',
    { Action: '', Resource: [''] },
    '`Deny`: refused, whatever else allows it.',
    'Deny',
  ],
  [
    'nothing of a statement without actions',
    { Resource: '*' },
    '`Deny`: refused, whatever else allows it.',
    'Deny',
  ],
  [
    'numbers and booleans in conditions',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: {
        Bool: { 'aws:SecureTransport': true },
        NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
      },
    },
    'Allows `s3:*` on every resource, if `aws:SecureTransport` is `true` and `aws:MultiFactorAuthAge` is less than `3600`.',
  ],
  [
    'that a key is asked for',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: { Null: { a: 'False', b: 'TRUE', c: ['true', 'false'], d: 'yes' } },
    },
    'Allows `s3:*` on every resource, if `a` is there, `b` is missing, `c` is missing or there and `d` passes `Null` with `yes`.',
  ],
  [
    'four conditions, each with all of three values',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { a: '1', b: '2', c: '3', d: ['4', '5', '6'] } },
    },
    'Allows `s3:*` on every resource, if `a` is `1`, `b` is `2`, `c` is `3` and `d` is `4`, `5` or `6`.',
  ],
  [
    'how many more values and conditions there are',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { a: ['1', '2', '3', '4'], b: '2', c: '3', d: '4', e: '5' } },
    },
    'Allows `s3:*` on every resource, if `a` is `1`, `2`, `3` or 1 more, `b` is `2`, `c` is `3`, `d` is `4` and one more condition holds.',
  ],
  [
    'that several more conditions hold',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } },
    },
    'Allows `s3:*` on every resource, if `a` is `1`, `b` is `2`, `c` is `3`, `d` is `4` and 2 more conditions hold.',
  ],
  [
    'what negated and optional operators ask of one value and of each',
    {
      Action: 's3:*',
      Resource: '*',
      Condition: {
        StringNotLike: { a: ['1', '2'] },
        'ForAllValues:StringNotLike': { b: '1' },
        'ForAnyValue:StringNotLike': { c: '1' },
        'ForAnyValue:StringLikeIfExists': { d: '1' },
      },
    },
    'Allows `s3:*` on every resource, if `a` does not fit `1` nor `2` or is missing, every value of `b`, if there is any, does not fit `1`, some value of `c` does not fit `1` and some value of `d` fits `1`, or it is missing.',
  ],
  [
    'an operator that is not known by its name',
    { Action: 's3:*', Resource: '*', Condition: { Foo: { a: '1' } } },
    'Allows `s3:*` on every resource, if `a` passes `Foo` with `1`.',
  ],
  [
    'the root user of an account, and everybody',
    { Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] }, Action: 's3:*', Resource: '*' },
    'Allows the account `111122223333` and everybody to call `s3:*` on every resource.',
  ],
  [
    'principals of other types',
    { Principal: { Federated: 'accounts.google.com', CanonicalUser: '79a5' }, Action: 's3:*' },
    'Allows `accounts.google.com` and `79a5` to call `s3:*`.',
  ],
  [
    'everything that is said beside a wildcard',
    { Action: ['s3:*', '*'], Resource: ['arn:aws:s3:::a', '*'] },
    'Allows every action on every resource.',
  ],
  [
    'several resources, also of an API',
    { Action: 'execute-api:Invoke', Resource: [`${API}/prod/GET/a`, `${API}/prod/GET/b`] },
    `Allows \`execute-api:Invoke\` on \`${API}/prod/GET/a\` and \`${API}/prod/GET/b\`.`,
  ],
  [
    'requests to an API in any Region',
    { Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:*:111122223333:a1b2c3d4e5/prod/GET/a' },
    'Allows `execute-api:Invoke` for GET on exactly `/a` in the stage `prod` of the API `a1b2c3d4e5`.',
  ],
  [
    'requests to an API of any kind',
    { Action: 'execute-api:Invoke', Resource: `${API}/*` },
    'Allows `execute-api:Invoke` for methods of REST and HTTP APIs, WebSocket routes and connections of WebSocket APIs in every stage of the API `a1b2c3d4e5` in `eu-west-1`.',
  ],
  [
    'requests to an API but some',
    { Action: 'execute-api:Invoke', NotResource: `${API}/prod/GET/pets` },
    `Allows \`execute-api:Invoke\` on every resource but \`${API}/prod/GET/pets\`.`,
  ],
  [
    'a misspelt effect',
    { Action: '*', Resource: '*' },
    '`Allow` or `Deny`, in exactly this spelling.',
    'allow',
  ],
];

describe('hover on the effect says in one sentence', () => {
  for (const [title, members, expected, effect] of cases) {
    it(title, () => {
      assert.equal(sentence(members, effect), expected);
    });
  }

  it('nothing of a statement with parts that cannot be read, or that IAM would refuse', () => {
    const rest = '"Action": "s3:*", "Resource": "*"';
    for (const members of [
      '"Action": "s3:*", "Action": "s3:Get*", "Resource": "*"',
      '"Action": "s3:*", "action": "s3:Get*", "Resource": "*"',
      '"Action": "s3:*", "NotAction": "s3:Get*", "Resource": "*"',
      '"Action": "s3:*", "Resource": "*", "NotResource": "a"',
      '"Action": 5, "Resource": "*"',
      '"Action": ["s3:*", null], "Resource": "*"',
      '"Action": "s3:*", "Resource": ["*", ""]',
      '"Action": "s3:*", "Resource": []',
      `${rest}, "Condtion": { "Bool": { "aws:SecureTransport": "true" } }`,
      `${rest}, "Condition": {}`,
      `${rest}, "Condition": "x"`,
      `${rest}, "Condition": { "StringEquals": {} }`,
      `${rest}, "Condition": { "StringEquals": "x" }`,
      `${rest}, "Condition": { "StringEquals": { "a": [] } }`,
      `${rest}, "Condition": { "StringEquals": { "a": { "Ref": "A" } } }`,
      `${rest}, "Condition": { "StringEquals": { "a": } }`,
      `${rest}, "Condition": { "StringEquals": { "a": "1", "A": "2" } }`,
      `${rest}, "Condition": { "StringEquals": { "a": "1" }, "StringEquals": { "b": "2" } }`,
      `${rest}, "Principal": {}`,
      `${rest}, "Principal": { "AWS": [] }`,
      `${rest}, "Principal": { "AWS": 111122223333 }`,
      `${rest}, "Principal": { "AWS": { "Ref": "A" } }`,
      `${rest}, "Principal": "*", "NotPrincipal": { "AWS": "111122223333" }`,
    ]) {
      const said = hoverAt(
        languageService(),
        `{ "Version": "2012-10-17", "Statement": [{ "Sid": "A", "Effect": "$0Allow", ${members} }] }`,
      );
      assert.match(said ?? '', /^`Allow`: permitted/, members);
    }
  });

  it('and that a permissions guardrail grants nothing', () => {
    const text =
      '{ "Version": "2012-10-17", "Statement": { "Effect": "Al$0low", "Action": "*", "Resource": "*" } }';
    assert.match(hoverAt(languageService(), text) ?? '', /unless a `Deny`/);
    const scp = `{ "Type": "AWS::Organizations::Policy", "Properties": { "Type": "SERVICE_CONTROL_POLICY", "Content": ${text} } }`;
    const template = `{ "Resources": { "P": ${scp} } }`;
    assert.match(
      hoverAt(languageService(), template) ?? '',
      /grants nothing by itself; a service control policy/,
    );
    for (const [policyType, bounds] of [
      ['boundary', /`Allow`: grants nothing by itself; a permissions boundary/],
      ['session', /`Allow`: grants nothing by itself; a session policy/],
      ['endpoint', /`Allow`: grants nothing by itself; an endpoint policy/],
      ['rcp', /`Allow`: grants nothing by itself; a resource control policy/],
      ['identity', /`Allow`: permitted/],
      ['trust', /`Allow`: permitted/],
    ] as const) {
      const { text: policy, offset } = cursorAt(text);
      const document = languageService().open({ text: policy, language: 'json', override: { policyType } });
      assert.match(languageService().hover(document, offset)?.contents ?? '', bounds, policyType);
    }
  });
});
