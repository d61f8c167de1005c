import type { HoverWorkspace } from '../../server/src/core/index';
import { joinKnowledge, readKnowledge } from '../../server/src/core/knowledge/read';

/** Documents in which a text stands in each place that something is said about. */
export function documentsWith(text: string): readonly string[] {
  const inside = JSON.stringify(text).slice(1, -1);
  const put = (document: string): string => document.replaceAll('@@', () => inside);
  const policy = (members: string, rest = ''): string =>
    `{"Version": "2012-10-17", ${rest} "Statement": [{${members}}]}`;
  return [
    policy(
      '"Sid": "@@", "Effect": "@@", "Action": "@@", "Resource": "@@", "@@": "@@"',
      '"Id": "@@", "@@": 1,',
    ),
    `{"Version": "@@", "Statement": {"Effect": "Allow", "Action": "s3:@@", "NotResource": "arn:aws:s3:::@@"}}`,
    policy(
      '"Effect": "Allow", "Action": ["@@:Get", "s3:Get@@", "s3:*@@", "*@@", "execute-api:@@"], "Resource": ["arn:@@:s3:::b", "arn:aws:@@:::b", "arn:aws:sqs:@@:1:b", "arn:aws:sqs::@@:b", "arn:aws:sqs:us-east-1:123456789012:@@", "@@:aws:s3:::x", "*@@", "arn:@@"]',
    ),
    policy(
      `"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": [${[
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/@@',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/@@/*',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/@@*',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/@@/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/@@*/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/@@',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/@@/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/@@*/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:@@/prod/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:@@*/prod/GET/pets',
        'arn:aws:execute-api:us-east-1:@@:a1b2c3d4e5/prod/GET/pets',
        'arn:aws:execute-api:@@:123456789012:a1b2c3d4e5/prod/GET/pets',
        'arn:aws:execute-api:us-@@:123456789012:a1b2c3d4e5/prod/GET/pets',
        'arn:@@:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
        '@@:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/POST/@connections/@@',
        'arn:aws:execute-api:us-east-1:123456789012:/domainnames/@@',
        'arn:aws:execute-api:us-east-1:123456789012:@@',
        'execute-api:/@@/GET/x',
        'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/@@/x',
      ]
        .map((arn) => `"${arn}"`)
        .join(', ')}]`,
    ),
    ...['prod/GET/@@', 'prod/@@/x', '@@/GET/x'].map((tail) =>
      policy(
        `"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/${tail}"`,
      ),
    ),
    ...['Allow', 'Deny'].flatMap((effect) => [
      policy(
        `"Effect": "${effect}", "Principal": {"AWS": ["@@", "arn:aws:iam::123456789012:role/@@", "arn:aws:iam::@@:user/x", "arn:@@"], "Service": ["@@", "@@.amazonaws.com"], "Federated": ["@@", "arn:aws:iam::123456789012:oidc-provider/@@"], "CanonicalUser": "@@", "@@": "@@"}, "Action": ["sts:AssumeRole", "@@"]`,
      ),
      policy(`"Effect": "${effect}", "NotPrincipal": "@@", "NotAction": "@@", "NotResource": "@@"`),
      policy(
        `"Effect": "${effect}", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::b/\${@@}", "arn:aws:s3:::b/\${aws:@@}", "arn:aws:s3:::b/\${aws:username, '@@'}"], "Condition": {"StringLike": {"@@": "@@", "aws:PrincipalTag/@@": ["@@", "\${aws:PrincipalTag/@@}"], "s3:ExistingObjectTag/@@": "x", "@@:sub": "x", "www.evil.com:aud": "x", "aws:SourceArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/@@/GET/@@", "aws:RequestedRegion": "@@"}, "@@": {"aws:x": "1"}, "Null": {"@@": "true"}, "ForAnyValue:StringEquals@@": {"aws:TagKeys": "@@"}, "ForAllValues:StringEquals": {"@@": ["@@", "b", "c", "d"]}}`,
      ),
    ]),
    `{"Resources": {"@@": {"Type": "@@", "Properties": {"PolicyDocument": ${policy('"Effect": "Allow", "Action": "*", "Resource": "*"')}, "AssumeRolePolicyDocument": ${policy('"Effect": "Allow"')}, "KeyPolicy": ${policy('"Effect": "Allow", "Principal": "*"')}}}}}`,
    policy('"Effect": "Allow", "Principal": "*", "Action": "@@:x"'),
  ].map(put);
}

/** Files of a workspace with hostile names and routes. */
export function workspaceWith(text: string): HoverWorkspace {
  const name = encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '')).replaceAll(/%2F/g, '/');
  const definitions = [
    [
      `file:///workspace/${name}.json`,
      { openapi: '3.0.0', paths: { [`/${text}`]: { get: {} }, '/pets': { get: {} } } },
    ],
    [`file:///workspace/(x).json`, { openapi: '3.0.0', paths: { '/x': { [text]: {}, get: {} } } }],
    [
      'file:///workspace/template.json',
      {
        Resources: {
          [text]: {
            Type: 'AWS::Serverless::Function',
            Properties: {
              Events: { [text]: { Type: 'Api', Properties: { Path: `/${text}`, Method: 'get' } } },
            },
          },
        },
      },
    ],
  ] as const;
  return {
    knowledge: joinKnowledge(
      definitions.map(([uri, value]) => [uri, readKnowledge(uri, JSON.stringify(value))] as const),
    ),
    linkTo: (uri, span) => (span === undefined ? uri : `${uri}#L1`),
  };
}
