import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { hintOfPath, tellingPath } from '../../server/src/core/locate/pathKind';

describe('the type that a path tells', () => {
  const told: readonly (readonly [path: string, type: string | undefined])[] = [
    ['scp/deny-regions.json', 'scp'],
    ['policies/SCPs/prod/a.json', 'scp'],
    ['deny.scp.json', 'scp'],
    ['denyRegionsSCP.json', 'scp'],
    ['scp_deny-leaving.jsonc', 'scp'],
    ['service-control-policies/a.json', 'scp'],
    ['ServiceControlPolicy.json', 'scp'],
    ['rcps/perimeter.json', 'rcp'],
    ['resource_control_policy.json', 'rcp'],
    ['permissions-boundary.json', 'boundary'],
    ['permissionBoundary.json', 'boundary'],
    ['boundaries/dev.json', 'boundary'],
    ['role/trust.json', 'trust'],
    ['lambda-trust-policy.json', 'trust'],
    ['trustPolicy.json', 'trust'],
    ['assume-role-policy.json', 'trust'],
    ['AssumeRolePolicyDocument.json', 'trust'],
    ['assumerole.json', 'trust'],
    ['session-policies/a.json', 'session'],
    ['sessionPolicy.json', 'session'],
    ['vpc-endpoint-policy.json', 'endpoint'],
    ['vpce/s3.json', 'endpoint'],
    ['endpoints\\s3.json', 'endpoint'],
    // The name nearest to the file decides.
    ['scp/boundary.json', 'boundary'],
    ['boundary/scp/a.json', 'scp'],
    // Other words, and parts of words.
    ['session-manager-policy.json', undefined],
    ['sagemaker-endpoint.json', undefined],
    ['bucket-policy-vpc-endpoint.json', undefined],
    ['trusted-advisor.json', undefined],
    ['scpx/a.json', undefined],
    ['describe.json', undefined],
    ['policy.scpolicy', undefined],
    ['a.scp', undefined],
    ['', undefined],
    ['scp-and-boundary.json', undefined],
    ['scp/trust-boundary.json', undefined],
  ];
  for (const [path, type] of told) {
    it(`is ${type} for ${JSON.stringify(path)}`, () => {
      assert.equal(hintOfPath(path)?.type, type);
    });
  }

  it('is looked for in the workspace and the folder it is, else in the last few names', () => {
    const path = '/home/trust/work/scps/eu/prod/team/a.json';
    assert.equal(tellingPath(path, ['/home/trust', '/home/trust/work/scps/']), 'scps/eu/prod/team/a.json');
    assert.equal(tellingPath(path, ['/somewhere']), 'eu/prod/team/a.json');
    assert.equal(tellingPath('/a.json', []), '/a.json');
  });

  it('takes no more time for a path of thousands of names', () => {
    assert.equal(hintOfPath(`scp/${'a-B/'.repeat(100_000)}x.json`), undefined);
    assert.equal(hintOfPath(`${'sCp-'.repeat(100_000)}x.json`)?.type, undefined);
  });
});

describe('the type of a policy in a file whose path tells one', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const deny = { ...allow, Effect: 'Deny' };
  const trusting = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const rows: readonly (readonly [path: string, statement: unknown, type: string])[] = [
    ['scp/a.json', allow, 'scp'],
    ['boundary.json', allow, 'boundary'],
    ['session-policy.json', allow, 'session'],
    ['scp/a.json', [], 'scp'],
    ['rcp/a.json', [], 'rcp'],
    ['trust.json', [], 'trust'],
    ['trust.json', { Effect: 'Allow' }, 'trust'],
    ['vpce/a.json', [], 'endpoint'],
    ['vpce/a.json', { ...allow, Principal: '*' }, 'endpoint'],
    ['rcp/a.json', { ...deny, Principal: '*' }, 'rcp'],
    ['rcp/a.json', deny, 'rcp'],
    ['trust.json', trusting, 'trust'],
    ['trust.json', { ...trusting, Resource: '*' }, 'trust'],
    ['trust.json', { ...trusting, Principal: undefined }, 'trust'],
    // What contradicts.
    ['scp/a.json', { ...deny, Principal: '*' }, 'resource'],
    ['boundary.json', trusting, 'trust'],
    ['rcp/a.json', { ...allow, Principal: '*' }, 'resource'],
    ['rcp/a.json', allow, 'identity'],
    ['rcp/a.json', { ...deny, Principal: { AWS: '111122223333' } }, 'resource'],
    ['rcp/a.json', { ...deny, Principal: { AWS: '*', Service: 's3.amazonaws.com' } }, 'resource'],
    ['rcp/a.json', { ...deny, Principal: { AWS: ['*', '111122223333'] } }, 'resource'],
    ['rcp/a.json', { ...deny, Principal: { AWS: ['*', ''] } }, 'rcp'],
    ['rcp/a.json', { ...deny, Principal: { AWS: ['*', 111122223333] } }, 'resource'],
    [
      'rcp/a.json',
      [
        { ...deny, Principal: '*' },
        { ...allow, Principal: '*' },
      ],
      'resource',
    ],
    ['trust.json', [trusting, { ...allow, Principal: '*' }], 'resource'],
    ['trust.json', { ...allow, Principal: '*' }, 'resource'],
    ['assume-role.json', { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }, 'identity'],
    ['vpce/a.json', allow, 'identity'],
    ['vpce/a.json', { ...allow, Principal: '*', Action: 'execute-api:Invoke' }, 'resource'],
    ['vpce/a.json', trusting, 'trust'],
  ];
  const open = (value: unknown, override: object) =>
    openDocument({ text: JSON.stringify(value), language: 'json', override }).policies[0]?.kind;
  const policy = (statement: unknown) => ({ Version: '2012-10-17', Statement: statement });
  for (const [path, statement, type] of rows) {
    it(`is ${type} in ${path} for ${JSON.stringify(statement)}`, () => {
      assert.equal(open(policy(statement), { path })?.type, type);
    });
  }

  it('is not told by what a program or a page is called', () => {
    const json = JSON.stringify(policy(allow), undefined, 1);
    for (const [language, text] of [
      ['markdown', `\`\`\`json\n${json}\n\`\`\`\n`],
      ['typescript', `const p = ${json};\n`],
      ['python', `p = ${json}\n`],
    ] as const) {
      const [read] = openDocument({ text, language, override: { path: 'scp/a' } }).policies;
      assert.equal(read?.kind.type, 'identity', language);
    }
    const yaml = 'Version: "2012-10-17"\nStatement: {Effect: Allow, Action: "s3:*", Resource: "*"}\n';
    const [told] = openDocument({ text: yaml, language: 'yaml', override: { path: 'scp/a.yaml' } }).policies;
    assert.equal(told?.kind.type, 'scp');
  });

  it('says where it comes from', () => {
    assert.equal(open(policy(allow), { path: 'my/scps/a.json' })?.reason, 'it is in a folder called "scps"');
    assert.equal(open(policy(allow), { path: 'a.scp.json' })?.reason, 'its file is called "a.scp.json"');
    const long = (length: number) =>
      open(policy(allow), { path: `scp-${'1'.repeat(length - 4)}/a.json` })?.reason;
    assert.equal(long(60), `it is in a folder called "scp-${'1'.repeat(56)}"`);
    assert.equal(long(61), `it is in a folder called "scp-${'1'.repeat(56)}…"`);
  });

  it('is attached to a role where it is one of trust', () => {
    assert.equal(
      open(policy(trusting), { path: 'trust.json' })?.resourceType,
      'AWS::IAM::AssumeRolePolicyDocument',
    );
    assert.equal(open(policy(allow), { path: 'scp/a.json' })?.resourceType, undefined);
  });

  it('is what somebody says, or what holds the policy', () => {
    assert.equal(open(policy(allow), { path: 'scp/a.json', policyType: 'boundary' })?.type, 'boundary');
    const template = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow) } };
    assert.equal(open({ Resources: { It: template } }, { path: 'scp/a.json' })?.type, 'identity');
    assert.equal(open({ Document: policy(allow) }, { path: 'scp/a.json' })?.type, 'identity');
    assert.equal(open([policy(allow)], { path: 'scp/a.json' })?.type, 'scp');
  });
});
