import assert from 'node:assert/strict';
import { languageOfFile } from '../../server/src/core/index';
import { languageService } from '../support/policies';

/*
 * Policies where people keep them, each with a mistake or two: what is found, and on which text.
 */

const service = languageService();

/** The findings but suggestions, as "rule: marked text". */
function told(name: string, text: string): readonly string[] {
  const document = service.open({ text, language: languageOfFile(name, text) });
  const { findings, failures } = service.lint(document);
  assert.deepEqual(failures, []);
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObjct', Resource: 'arn:aws:s3:::b/*' }],
});
const UNKNOWN = 'action-unknown: GetObjct';

const FORMS: readonly (readonly [title: string, name: string, text: string, expected: readonly string[]])[] =
  [
    [
      'a policy in a string in a string',
      'x.json',
      JSON.stringify({ a: JSON.stringify({ b: POLICY }) }),
      [UNKNOWN],
    ],
    [
      'a policy that is encoded for a URL',
      'x.json',
      JSON.stringify({ PolicyDocument: encodeURIComponent(POLICY) }),
      [UNKNOWN],
    ],
    ['a document that is encoded for a URL', 'x.json', encodeURIComponent(POLICY), [UNKNOWN]],
    ['one in YAML', 'x.yaml', `PolicyDocument: "${encodeURIComponent(POLICY)}"\n`, [UNKNOWN]],
    [
      'a statement in the answer of AWS Lambda',
      'x.json',
      JSON.stringify({
        Statement: JSON.stringify({
          Sid: 's',
          Effect: 'Allow',
          Principal: { AWS: '123456789012' },
          Action: 'lambda:InvokeFunctin',
          Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        }),
      }),
      ['action-unknown: InvokeFunctin'],
    ],
    [
      'a template of CloudFormation with a comma too many',
      'x.template',
      `{"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": ${POLICY},},},},}`,
      [UNKNOWN],
    ],
    [
      'a pattern of printf',
      'x.yaml',
      `fmt: |
  {
    "Version": "2012-10-17",
    "Statement": [
      {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::%s:oidc-provider/%s", "Service": "logs.%[1]s.amazonaws.com"},
        "Action": "s3:GetObjct",
        "Resource": ["%s", "%s/index/*", "arn:aws:s3:::%v/*", "%1$s"],
        "Condition": {"StringEquals": {"aws:SourceAccount": "%d"}}
      }
    ]
  }
`,
      [UNKNOWN],
    ],
    [
      'an access policy of a search domain, which names no resource',
      'x.yaml',
      `accessPolicies: '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "cloudsearch:*"}]}'
Resources:
  D:
    Type: AWS::OpenSearchService::Domain
    Properties:
      AccessPolicies:
        Version: 2012-10-17
        Statement:
          - Effect: Deny
            Principal: {AWS: "*"}
            Action: es:*
`,
      [],
    ],
    [
      'a policy for a custom resource, whose program writes the rest',
      'x.yaml',
      `Resources:
  B:
    Type: Custom::Bucket
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {AWS: "123456789012"}
            Action: s3:GetObjct
`,
      [UNKNOWN],
    ],
    [
      'a policy of AWS SAM without Version, and one for which that matters',
      'x.yaml',
      `Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - S3ReadPolicy: {BucketName: x}
        - Statement:
            Effect: Allow
            Action: s3:GetObjct
            Resource: !Sub "arn:aws:s3:::\${Bucket}/*"
        - Statement:
            - Effect: Allow
              Action: s3:GetObject
              Resource: !Sub "arn:aws:s3:::b/\${!aws:username}"
`,
      [UNKNOWN, 'version-missing: Statement', 'variable-version: ${!aws:username}'],
    ],
    [
      'methods behind what CloudFormation fills in',
      'x.yaml',
      `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Action: execute-api:Invoke
            Resource:
              - !Sub arn:aws:execute-api:\${R}:\${A}:\${Api}/prod/get/pets
              - !Sub arn:aws:execute-api:\${R}:\${A}:\${Api}/\${Stage}/put/pets
              - !Join ["", ["arn:aws:execute-api:", !Ref R, ":", !Ref A, ":", !Ref Api, "/prod/post/pets"]]
              - !Sub arn:aws:execute-api:\${R}:\${A}:\${ApiAndStage}/GET/pets
              - !Sub arn:aws:execute-api:\${R}:\${A}:\${ApiAndStage}/GET/get/pets
              - !Sub \${Api.ExecutionArn}/get/pets
`,
      ['execute-api-method-case: get', 'execute-api-method-case: put', 'execute-api-method-case: post'],
    ],
    [
      'tabs where blanks belong',
      'x.yaml',
      'Statement:\n\t- Effect: Allow\n\t  Action: s3:GetObjct\n\t  Resource: arn:aws:s3:::b/*\nVersion: 2012-10-17\n',
      [UNKNOWN],
    ],
    [
      'names that are being typed',
      'x.yaml',
      `Version: 2012-10-17
Statement:
  - Effect: Allow
    Acti
    Resource: arn:aws:s3:::b/*
  - Effect: Allow
    Action: s3:
    Resource: arn:aws:s3:::b/*
  - Effect: Allow
    Action: s3:GetObjct
    Resource:
  - Effect:
  - Sid
`,
      ['action-unknown: s3:', UNKNOWN],
    ],
    [
      'a chart of Helm',
      'x.yaml',
      `{{- if .Values.on }}
Version: "2012-10-17"
Statement:
  - Effect: Allow
    {{- if .Values.y }}
    Action: s3:GetObjct
    {{- else }}
    Action: s3:GetObject
    {{- end }}
    {{- include "resource" . | nindent 4 }}
  - Effect: "{{ .Values.effect }}"
    Action: "{{ .x }}"
    Resource: {{ .Values.arn | quote }}
  - Effect: Allow
    Action: [{{ .a }}, s3:PutObject]
    Resource: "arn:aws:s3:::{{ .b }}/{{ printf "%s" .c }}"
{{- end }}
`,
      [UNKNOWN],
    ],
    [
      'a configuration of the Serverless Framework with statements from a file',
      'serverless.yml',
      `provider:
  name: aws
  iam:
    role:
      statements:
        - Effect: Allow
          Action: [s3:GetObjct]
          Resource: arn:aws:s3:::\${aws:accountId}-\${self:custom.b}/*
        - \${file(more.yml):statements}
`,
      [UNKNOWN],
    ],
    [
      'several documents, with scalars of all styles',
      'x.yaml',
      `---
Version: "2012-10-17"
Statement: {Effect: Allow, Action: "s3:GetObjct", Resource: "arn:aws:s3:::b/*"}
---
data:
  literal: |-
    ${POLICY}
  folded: >
    {"Version": "2012-10-17",
    "Statement": [{"Effect": "Allow",
    "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/*"}]}
  single: '${POLICY}'
  double: ${JSON.stringify(POLICY)}
`,
      [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
    ],
  ];

describe('a policy where people keep it', () => {
  for (const [title, name, text, expected] of FORMS) {
    it(`is judged: ${title}`, () => {
      assert.deepEqual(told(name, text), expected);
    });
  }

  it('has no fix where it is encoded for a URL', () => {
    const text = JSON.stringify({ PolicyDocument: encodeURIComponent(POLICY) });
    const { findings } = service.lint(service.open({ text, language: 'json' }));
    assert.ok(findings.length > 0);
    assert.deepEqual(
      findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits())),
      [],
    );
  });

  it('is found on the escapes of a character that has several', () => {
    const text = encodeURIComponent(POLICY.replace('b/*', 'bé/*'));
    assert.ok(told('x.json', text).includes('arn-resource-name: %C3%A9'));
  });

  it('is found on the whole of an escaped bracket', () => {
    const statement = '{"Effect":"Allow","Action":"s3:GetObject"}';
    const text = encodeURIComponent(`{"Version":"2012-10-17","Statement":[${statement}]}`);
    assert.deepEqual(told('x.json', JSON.stringify({ PolicyDocument: text })), ['resource-missing: %7B']);
  });
});

describe('a place of a template where a policy stands', () => {
  const service = languageService();

  for (const [type, keys, policyType, resourceType] of [
    ['AWS::VpcLattice::AuthPolicy', ['Policy'], 'resource', 'AWS::VpcLattice::Service'],
    ['AWS::S3Express::BucketPolicy', ['PolicyDocument'], 'resource', 'AWS::S3Express::DirectoryBucket'],
    ['AWS::Oam::Sink', ['Policy'], 'resource', 'AWS::Oam::Sink'],
    [
      'AWS::Logs::DeliveryDestination',
      ['DeliveryDestinationPolicy', 'DeliveryDestinationPolicy'],
      'resource',
      'AWS::Logs::DeliveryDestination',
    ],
    ['AWS::XRay::ResourcePolicy', ['PolicyDocument'], 'resource', 'AWS::XRay::ResourcePolicy'],
    ['AWS::RolesAnywhere::Profile', ['SessionPolicy'], 'session', undefined],
    ['AWS::EC2::VPCEndpoint', ['PolicyDocument'], 'endpoint', undefined],
  ] as const) {
    it(`is known: ${type}, as an object and as a string`, () => {
      for (const form of ['object', 'string', 'Fn::ToJsonString', 'Fn::Sub']) {
        const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
        const value =
          form === 'object'
            ? policy
            : form === 'string'
              ? JSON.stringify(policy)
              : { [form]: form === 'Fn::Sub' ? JSON.stringify(policy) : policy };
        const properties = keys.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), value);
        const text = JSON.stringify({ Resources: { X: { Type: type, Properties: properties } } });
        const kinds = service
          .open({ text, language: 'yaml' })
          .policies.map(({ kind }) => [kind.type, kind.resourceType]);
        assert.deepEqual(kinds, [[policyType, resourceType]], form);
      }
    });
  }

  it('is told by the Type of a policy of AWS Organizations', () => {
    for (const [type, policyType] of [
      ['SERVICE_CONTROL_POLICY', 'scp'],
      ['RESOURCE_CONTROL_POLICY', 'rcp'],
    ]) {
      const text = `Resources:
  P:
    Type: AWS::Organizations::Policy
    Properties:
      Name: p
      Type: ${type}
      Content:
        Version: 2012-10-17
        Statement: {Effect: Deny, Principal: "*", Action: s3:*, Resource: "*"}
`;
      assert.deepEqual(
        service.open({ text, language: 'yaml' }).policies.map(({ kind }) => kind.type),
        [policyType],
      );
    }
  });
});
