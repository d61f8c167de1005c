import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import { compilePattern, covers, intersects } from '../../server/src/core/pattern/pattern';
import { languageService } from '../support/policies';

/** As for a policy of 2008, in which IAM knows no variables. */
function pattern(text: string) {
  return compilePattern(text, { variables: 'literal' });
}

describe('what a tool fills in', () => {
  it('is a hole in a pattern, whatever the version, and a variable of IAM is none', () => {
    const kinds = (text: string) =>
      compilePattern(text, { variables: 'substitute' })
        .tokens.map(({ kind }) => kind)
        .filter((kind) => kind !== 'literal');
    assert.deepEqual(kinds('a${Bucket}b${AWS::Region}${Api.Arn}${Fn::Select 0}'), [
      'hole',
      'hole',
      'hole',
      'hole',
    ]);
    assert.deepEqual(kinds('{{ .x }}%s#{y}${self:custom.z}'), ['hole', 'hole', 'hole', 'hole']);
    assert.deepEqual(kinds('${aws:username}${aws:PrincipalTag/a, b}${*}'), ['unknown', 'unknown']);
    assert.deepEqual(
      pattern('${B}').tokens.map(({ kind }) => kind),
      ['hole'],
    );
    assert.equal(pattern('${aws:username}').tokens.length, '${aws:username}'.length);
  });

  it('may come to anything: it covers nothing for certain, and nothing is certain not to meet it', () => {
    for (const hole of ['${Bucket}', '{{ bucket }}', '%s']) {
      const wide = `arn:aws:s3:::${hole}/*`;
      assert.equal(covers(pattern(wide), pattern('arn:aws:s3:::b/*'), wide, 'arn:aws:s3:::b/*'), false);
      assert.equal(intersects(pattern(wide), pattern('arn:aws:s3:::b/x/y')), true);
      assert.equal(intersects(pattern(wide), pattern('arn:aws:sns:::b')), false);
      assert.equal(covers(pattern('arn:aws:s3:::*'), pattern(wide), 'arn:aws:s3:::*', wide), true);
      assert.equal(covers(pattern('arn:aws:s3:::?/*'), pattern(wide), 'arn:aws:s3:::?/*', wide), false);
    }
  });
});

describe('an answer about a template', () => {
  const request = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/x',
    principal: 'arn:aws:iam::111122223333:role/r',
  };

  function told(statements: string): string {
    const { policies } = openDocument({
      text: `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
${statements.replaceAll(/^/gm, '          ')}
`,
      language: 'yaml',
    });
    assert.equal(policies.length, 1);
    const { outcome, hinges, doubts } = evaluate(policies, request);
    return [outcome, ...hinges.map(({ kind, text }) => `${kind} ${text}`), ...doubts].join(', ');
  }

  const allow = (resource: string) => `- Effect: Allow\n  Action: s3:GetObject\n  Resource: ${resource}`;

  for (const [title, statements, expected] of [
    ['a bucket that is filled in', allow('!Sub arn:aws:s3:::${B}/*'), 'depends, template ${B}'],
    ['what is filled in and never fits', allow('!Sub arn:aws:sns:${R}:x'), 'implicit-deny'],
    ['all resources', allow('"*"'), 'allow'],
    [
      'a resource in a branch',
      allow('!If [C, "*", !Ref "AWS::NoValue"]'),
      'depends, branch Resource, template Resource',
    ],
    ['statements that another file has', '- Fn::Transform: {Name: AWS::Include}', 'depends, templates'],
    [
      'statements that another file has beside an Allow',
      `${allow('"*"')}\n- !Ref More`,
      'depends, templates',
    ],
    [
      'a statement in a branch',
      '- !If\n  - C\n  - Effect: Allow\n    Action: "*"\n    Resource: "*"\n  - !Ref AWS::NoValue',
      'depends, branch Statement',
    ],
    [
      'an Allow and a Deny in a branch',
      `${allow('"*"')}\n- !If [C, {Effect: Deny, Action: "*", Resource: "*"}, !Ref AWS::NoValue]`,
      'depends, branch Statement',
    ],
    [
      'an effect that is decided later',
      '- Effect: !If [C, Allow, Deny]\n  Action: s3:*\n  Resource: "*"',
      'depends, templates',
    ],
    [
      'an effect that is decided later of something else',
      '- Effect: !Ref E\n  Action: sns:*\n  Resource: "*"',
      'implicit-deny',
    ],
    ['a certain Deny', `- !Ref More\n${allow('"*"').replace('Allow', 'Deny')}`, 'deny'],
  ] as const) {
    it(`is right for ${title}`, () => {
      assert.equal(told(statements), expected);
    });
  }
});

describe('a list of which a template writes a part', () => {
  function redundant(list: string): number {
    const text = `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: ${list}
`;
    const service = languageService();
    return service
      .lint(service.open({ text, language: 'yaml' }))
      .findings.filter(({ rule }) => rule === 'resource-redundant').length;
  }

  it('has nothing redundant, and one of which all is seen may have', () => {
    assert.equal(redundant('[arn:aws:s3:::b/*, arn:aws:s3:::b/c]'), 1);
    assert.equal(redundant('[arn:aws:s3:::*, !Sub "arn:aws:s3:::${B}/c"]'), 1);
    assert.equal(redundant('[arn:aws:s3:::b/*, !If [C, arn:aws:s3:::b/c, arn:aws:s3:::b/d]]'), 0);
    assert.equal(redundant('[arn:aws:s3:::b/*, arn:aws:s3:::b/c, !If [C, x, !Ref AWS::NoValue]]'), 0);
    assert.equal(redundant('["arn:aws:s3:::%s", "arn:aws:s3:::%s"]'), 0);
  });
});
