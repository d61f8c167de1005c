import assert from 'node:assert/strict';
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
  });
});
