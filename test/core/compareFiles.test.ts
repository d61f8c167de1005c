import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { type Change, compareDocuments } from '../../server/src/core/features/compare/changes';
import type { DocumentLanguage } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';

type Json = Readonly<Record<string, unknown>>;
type Outcome = 'some' | 'none' | 'open';
type FileEdit = readonly [
  what: string,
  before: string,
  after: string,
  granted: Outcome,
  removed: Outcome,
  language?: DocumentLanguage,
];

const st = (a: unknown, r: unknown = 'arn:aws:s3:::b/*', sid?: string): Json => ({
  ...(sid && { Sid: sid }),
  Effect: 'Allow',
  Action: a,
  Resource: r,
});
const pol = (...s: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: s });
const j = JSON.stringify;
const cfn = (res: Json): string =>
  j({ AWSTemplateFormatVersion: '2010-09-09', Resources: res }, undefined, 1);
const mp = (...s: readonly Json[]): Json => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: pol(...s) },
});
const role = (trust: Json, ...pols: readonly (readonly [string, ...Json[]])[]): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust,
    Policies: pols.map(([n, ...s]) => ({ PolicyName: n, PolicyDocument: pol(...s) })),
  },
});
const lambdaTrust = pol({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const get = st('s3:GetObject'),
  put = st('s3:PutObject'),
  sns = st('sns:Publish', '*');
const tfDoc = (name: string, ...blocks: readonly string[]): string =>
  `data "aws_iam_policy_document" "${name}" {\n${blocks.join('')}}\n`;
const tfSt = (acts: readonly string[], res = 'arn:aws:s3:::b/*', more = ''): string =>
  `  statement {\n    actions = ${j(acts)}\n    resources = ["${res}"]\n${more}  }\n`;
const ts = (...p: readonly Json[]): string => p.map((s, i) => `const p${i} = ${j(s)};\n`).join('');
const cdk = (...p: readonly (readonly [readonly string[], readonly string[]])[]): string =>
  p
    .map(([a, r]) => `role.addToPolicy(new iam.PolicyStatement({ actions: ${j(a)}, resources: ${j(r)} }));\n`)
    .join('');
const str = (...p: readonly Json[]): string =>
  j({ things: Object.fromEntries(p.map((x, i) => [`k${i}`, { policy: j(x) }])) }, undefined, 1);
const TAGGED = { StringEquals: { 'aws:PrincipalTag/a': 'x' } };
const open: Json = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const queuePolicy = (...s: readonly Json[]): Json => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { PolicyDocument: pol(...s) },
});
/** Something that may stand in an element. */
const PARTS = {
  Action: 'sqs:ReceiveMessage',
  Resource: 'arn:aws:sqs:eu-west-1:111122223333:q',
  Condition: 'x',
  Principal: 'arn:aws:iam::111122223333:user/ann',
} as const;
const elementOf = (element: keyof typeof PARTS, list: readonly unknown[]): unknown =>
  element === 'Condition'
    ? { StringEquals: { 'aws:PrincipalTag/a': list } }
    : element === 'Principal'
      ? { AWS: ['arn:aws:iam::111122223333:user/bob', list[1]] }
      : element === 'Resource'
        ? ['arn:aws:sqs:eu-west-1:111122223333:other', list[1]]
        : list;
const deny = (a: string): Json => ({ Effect: 'Deny', Action: a, Resource: '*' });
const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const files: readonly FileEdit[] = [
  [
    'statements moved between items of a list that have one name',
    j([
      { RoleName: 'r', PolicyDocument: pol(get, put) },
      { RoleName: 'r', PolicyDocument: pol(sns) },
    ]),
    j([
      { RoleName: 'r', PolicyDocument: pol(get) },
      { RoleName: 'r', PolicyDocument: pol(put, sns) },
    ]),
    'none',
    'none',
  ],
  [
    'policies of a list that change their places, but not their Ids',
    j([
      { Id: 'x', ...pol(get) },
      { Id: 'y', ...pol(sns) },
    ]),
    j([
      { Id: 'x', ...pol(sns) },
      { Id: 'y', ...pol(get) },
    ]),
    'none',
    'none',
  ],
  [
    'ts: contents swapped between variables',
    `const a = ${j(pol(get))};\nconst b = ${j(pol(put))};\n`,
    `const a = ${j(pol(put))};\nconst b = ${j(pol(get))};\n`,
    'some',
    'some',
    'typescript',
  ],
  [
    'py: contents swapped',
    `a = ${j(pol(get))}\nb = ${j(pol(put))}\n`,
    `a = ${j(pol(put))}\nb = ${j(pol(get))}\n`,
    'some',
    'some',
    'python',
  ],
  [
    'strings: statement moved between two',
    str(pol(get, put), pol(sns)),
    str(pol(get), pol(sns, put)),
    'some',
    'some',
  ],
  [
    'strings: Deny dropped in one, kept in other',
    str(pol(all, deny('s3:PutObject')), pol(all, deny('s3:PutObject'))),
    str(pol(all), pol(all, deny('s3:PutObject'))),
    'some',
    'none',
  ],
  ['strings: same', str(pol(get), pol(put)), str(pol(get), pol(put)), 'none', 'none'],
  [
    'tf heredocs: moved',
    ['a', 'b']
      .map(
        (n, i) =>
          `resource "aws_iam_policy" "${n}" {\n policy = <<EOF\n${j(pol(...(i ? [sns] : [get, put])), undefined, 2)}\nEOF\n}\n`,
      )
      .join(''),
    ['a', 'b']
      .map(
        (n, i) =>
          `resource "aws_iam_policy" "${n}" {\n policy = <<EOF\n${j(pol(...(i ? [sns, put] : [get])), undefined, 2)}\nEOF\n}\n`,
      )
      .join(''),
    'some',
    'some',
    'hcl',
  ],
  [
    'list with role label: swapped',
    j([
      { role: 'r', doc: pol(get) },
      { role: 'w', doc: pol(put) },
    ]),
    j([
      { role: 'r', doc: pol(put) },
      { role: 'w', doc: pol(get) },
    ]),
    'some',
    'some',
  ],
  [
    'list with role label: reordered',
    j([
      { role: 'r', doc: pol(get) },
      { role: 'w', doc: pol(put) },
    ]),
    j([
      { role: 'w', doc: pol(put) },
      { role: 'r', doc: pol(get) },
    ]),
    'none',
    'none',
  ],
  [
    'list under a key: added in front',
    j({ policies: [pol(get), pol(put)] }),
    j({ policies: [pol(sns), pol(get), pol(put)] }),
    'some',
    'none',
  ],
  [
    'list under a key, objects: added in front',
    j({ policies: [{ doc: pol(get) }, { doc: pol(put) }] }),
    j({ policies: [{ doc: pol(sns) }, { doc: pol(get) }, { doc: pol(put) }] }),
    'some',
    'none',
  ],
  [
    'cdk policy by construct id swapped',
    `new iam.ManagedPolicy(this, 'A', { document: ${j(pol(get))} });\nnew iam.ManagedPolicy(this, 'B', { document: ${j(pol(put))} });\n`,
    `new iam.ManagedPolicy(this, 'A', { document: ${j(pol(put))} });\nnew iam.ManagedPolicy(this, 'B', { document: ${j(pol(get))} });\n`,
    'some',
    'some',
    'typescript',
  ],
  [
    'cdk construct ids reordered',
    `new iam.ManagedPolicy(this, 'A', { document: ${j(pol(get))} });\nnew iam.ManagedPolicy(this, 'B', { document: ${j(pol(put))} });\n`,
    `new iam.ManagedPolicy(this, 'B', { document: ${j(pol(put))} });\nnew iam.ManagedPolicy(this, 'A', { document: ${j(pol(get))} });\n`,
    'none',
    'none',
    'typescript',
  ],
  [
    'cdk two roles, statement moved',
    `reader.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));\nwriter.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: ['*'] }));\n`,
    `writer.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));\nwriter.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: ['*'] }));\n`,
    'some',
    'some',
    'typescript',
  ],
  [
    'py cdk reordered',
    `role.add_to_policy(iam.PolicyStatement(actions=["s3:GetObject"], resources=["*"]))\nrole.add_to_policy(iam.PolicyStatement(actions=["s3:PutObject"], resources=["*"]))\n`,
    `role.add_to_policy(iam.PolicyStatement(actions=["s3:PutObject"], resources=["*"]))\nrole.add_to_policy(iam.PolicyStatement(actions=["s3:GetObject"], resources=["*"]))\n`,
    'none',
    'none',
    'python',
  ],
  [
    'authorization details: policy of one user grows',
    j({
      UserDetailList: [
        { UserName: 'a', UserPolicyList: [{ PolicyName: 'p', PolicyDocument: pol(get) }] },
        { UserName: 'b', UserPolicyList: [{ PolicyName: 'p', PolicyDocument: pol(get) }] },
      ],
    }),
    j({
      UserDetailList: [
        { UserName: 'a', UserPolicyList: [{ PolicyName: 'p', PolicyDocument: pol(get) }] },
        { UserName: 'b', UserPolicyList: [{ PolicyName: 'p', PolicyDocument: pol(get, put) }] },
      ],
    }),
    'some',
    'none',
  ],

  [
    'cfn: policy added in front, other same',
    cfn({ W: mp(put) }),
    cfn({ R: mp(get), W: mp(put) }),
    'some',
    'none',
  ],
  ['cfn: policy removed', cfn({ R: mp(get), W: mp(put) }), cfn({ W: mp(put) }), 'none', 'some'],
  [
    'cfn: resource renamed',
    cfn({ R: mp(get), W: mp(put) }),
    cfn({ Reader: mp(get), W: mp(put) }),
    'none',
    'none',
  ],
  [
    'cfn: two renamed, same content',
    cfn({ R: mp(get), W: mp(put) }),
    cfn({ Reader: mp(get), Writer: mp(put) }),
    'none',
    'none',
  ],
  [
    'cfn: statements moved from one role to another',
    cfn({ R: mp(get, put), W: mp(sns) }),
    cfn({ R: mp(get), W: mp(sns, put) }),
    'some',
    'some',
  ],
  [
    'cfn: inline policies of one role split',
    cfn({ R: role(lambdaTrust, ['a', get, put]) }),
    cfn({ R: role(lambdaTrust, ['a', get], ['b', put]) }),
    'none',
    'none',
  ],
  [
    'cfn: inline policies reordered',
    cfn({ R: role(lambdaTrust, ['a', get], ['b', put]) }),
    cfn({ R: role(lambdaTrust, ['b', put], ['a', get]) }),
    'none',
    'none',
  ],
  [
    'json array of policies: added at front',
    j([pol(get), pol(put)]),
    j([pol(sns), pol(get), pol(put)]),
    'some',
    'none',
  ],
  [
    'json array of policies: first removed',
    j([pol(sns), pol(get), pol(put)]),
    j([pol(get), pol(put)]),
    'none',
    'some',
  ],
  ['json array reordered', j([pol(get), pol(put)]), j([pol(put), pol(get)]), 'none', 'none'],
  ['json single to array', j(pol(get)), j([pol(get)]), 'none', 'none'],
  [
    'tf data: doc added in front',
    tfDoc('a', tfSt(['s3:GetObject'])),
    tfDoc('n', tfSt(['sns:Publish'], '*')) + tfDoc('a', tfSt(['s3:GetObject'])),
    'some',
    'none',
    'hcl',
  ],
  [
    'tf data: docs reordered',
    tfDoc('a', tfSt(['s3:GetObject'])) + tfDoc('b', tfSt(['s3:PutObject'])),
    tfDoc('b', tfSt(['s3:PutObject'])) + tfDoc('a', tfSt(['s3:GetObject'])),
    'none',
    'none',
    'hcl',
  ],
  [
    'tf data: docs swapped contents',
    tfDoc('a', tfSt(['s3:GetObject'])) + tfDoc('b', tfSt(['s3:PutObject'])),
    tfDoc('a', tfSt(['s3:PutObject'])) + tfDoc('b', tfSt(['s3:GetObject'])),
    'some',
    'some',
    'hcl',
  ],
  [
    'tf data: doc removed in front',
    tfDoc('n', tfSt(['sns:Publish'], '*')) + tfDoc('a', tfSt(['s3:GetObject'])),
    tfDoc('a', tfSt(['s3:GetObject'])),
    'none',
    'some',
    'hcl',
  ],
  [
    'tf data: condition dropped',
    tfDoc(
      'a',
      tfSt(
        ['s3:GetObject'],
        'arn:aws:s3:::b/*',
        '    condition {\n test = "StringEquals"\n variable = "aws:SourceVpce"\n values = ["vpce-1"]\n }\n',
      ),
    ),
    tfDoc('a', tfSt(['s3:GetObject'])),
    'some',
    'none',
    'hcl',
  ],
  [
    'tf data: effect Deny dropped line',
    tfDoc('a', tfSt(['s3:GetObject'], '*', '    effect = "Deny"\n')),
    tfDoc('a', tfSt(['s3:GetObject'], '*')),
    'some',
    'none',
    'hcl',
  ],
  [
    'tf jsonencode policies reordered',
    ['a', 'b']
      .map(
        (n, i) => `resource "aws_iam_policy" "${n}" {\n policy = jsonencode(${j(pol(i ? put : get))})\n}\n`,
      )
      .join(''),
    ['b', 'a']
      .map(
        (n, i) => `resource "aws_iam_policy" "${n}" {\n policy = jsonencode(${j(pol(i ? get : put))})\n}\n`,
      )
      .join(''),
    'none',
    'none',
    'hcl',
  ],
  [
    'tf jsonencode to data source of the same',
    `resource "aws_iam_policy" "a" {\n policy = jsonencode(${j(pol(get))})\n}\n`,
    tfDoc('a', tfSt(['s3:GetObject'])),
    'none',
    'none',
    'hcl',
  ],
  [
    'tf heredoc to jsonencode',
    `resource "aws_iam_policy" "a" {\n policy = <<EOF\n${j(pol(get), undefined, 2)}\nEOF\n}\n`,
    `resource "aws_iam_policy" "a" {\n policy = jsonencode(${j(pol(get))})\n}\n`,
    'none',
    'none',
    'hcl',
  ],
  [
    'ts: policy added in front',
    ts(pol(get), pol(put)),
    `const n = ${j(pol(sns))};\n${ts(pol(get), pol(put))}`,
    'some',
    'none',
    'typescript',
  ],
  [
    'ts: first removed',
    `const n = ${j(pol(sns))};\n${ts(pol(get), pol(put))}`,
    ts(pol(get), pol(put)),
    'none',
    'some',
    'typescript',
  ],
  [
    'ts: reordered',
    `const a = ${j(pol(get))};\nconst b = ${j(pol(put))};\n`,
    `const b = ${j(pol(put))};\nconst a = ${j(pol(get))};\n`,
    'none',
    'none',
    'typescript',
  ],
  [
    'ts: one of three edited, one added in front',
    `const a = ${j(pol(get))};\nconst b = ${j(pol(put))};\nconst c=${j(pol(sns))};\n`,
    `const z = ${j(pol(st('sqs:SendMessage', '*')))};\nconst a = ${j(pol(get))};\nconst b = ${j(pol(st(['s3:PutObject', 's3:DeleteObject'])))};\nconst c=${j(pol(sns))};\n`,
    'some',
    'none',
    'typescript',
  ],
  [
    'cdk: statement added in front',
    cdk([['s3:GetObject'], ['arn:aws:s3:::b/*']], [['s3:PutObject'], ['arn:aws:s3:::b/*']]),
    cdk(
      [['sns:Publish'], ['*']],
      [['s3:GetObject'], ['arn:aws:s3:::b/*']],
      [['s3:PutObject'], ['arn:aws:s3:::b/*']],
    ),
    'some',
    'none',
    'typescript',
  ],
  [
    'cdk: reordered',
    cdk([['s3:GetObject'], ['*']], [['s3:PutObject'], ['*']]),
    cdk([['s3:PutObject'], ['*']], [['s3:GetObject'], ['*']]),
    'none',
    'none',
    'typescript',
  ],
  [
    'py: dict policies reordered',
    `a = ${j(pol(get))}\nb = ${j(pol(put))}\n`,
    `b = ${j(pol(put))}\na = ${j(pol(get))}\n`,
    'none',
    'none',
    'python',
  ],
  [
    'yaml cfn: added',
    `Resources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${j(pol(get))}\n`,
    `Resources:\n  W:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${j(pol(put))}\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${j(pol(get))}\n`,
    'some',
    'none',
    'yaml',
  ],
  [
    'yaml multi docs reordered',
    `${j(pol(get))}\n---\n${j(pol(put))}\n`,
    `${j(pol(put))}\n---\n${j(pol(get))}\n`,
    'none',
    'none',
    'yaml',
  ],
  [
    'yaml flow to block',
    `{Version: "2012-10-17", Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::b/*"}]}\n`,
    `Version: "2012-10-17"\nStatement:\n- Effect: Allow\n  Action:\n  - s3:GetObject\n  Resource: arn:aws:s3:::b/*\n`,
    'none',
    'none',
    'yaml',
  ],
  [
    'yaml anchors',
    `Version: "2012-10-17"\nStatement:\n- Effect: Allow\n  Action: &a [s3:GetObject]\n  Resource: arn:aws:s3:::b/*\n- Effect: Allow\n  Action: *a\n  Resource: arn:aws:s3:::c/*\n`,
    `Version: "2012-10-17"\nStatement:\n- Effect: Allow\n  Action: [s3:GetObject]\n  Resource: [arn:aws:s3:::b/*, arn:aws:s3:::c/*]\n`,
    'none',
    'none',
    'yaml',
  ],
  ['file added', ``, j(pol(get)), 'some', 'none'],
  ['file removed', j(pol(get)), ``, 'none', 'some'],
  [
    'type changes: identity to resource by Principal',
    j(pol(get)),
    j(pol({ ...get, Principal: '*' })),
    'some',
    'some',
  ],
  [
    'Version dropped: variables become plain',
    j(pol(st('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*'))),
    j({ Statement: [st('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*')] }),
    'open',
    'some',
  ],
  [
    'Version 2012 without variables: same',
    j(pol(get)),
    j({ Version: '2008-10-17', Statement: [get] }),
    'none',
    'none',
  ],
  ['Statement object vs array', j(pol(get)), j({ Version: '2012-10-17', Statement: get }), 'none', 'none'],
  [
    'cfn Sub same text',
    cfn({ R: mp(st('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${B}/*' })) }),
    cfn({ R: mp(st('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${B}/*' }), sns) }),
    'some',
    'none',
  ],
  [
    'cfn Ref changed',
    cfn({ R: mp(st('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${B}/*' })) }),
    cfn({ R: mp(st('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${C}/*' })) }),
    'open',
    'open',
  ],
  [
    'cfn GetAtt to Sub .Arn',
    cfn({ R: mp(st('s3:GetObject', { 'Fn::GetAtt': ['B', 'Arn'] })) }),
    cfn({ R: mp(st('s3:GetObject', { 'Fn::Sub': '${B.Arn}' })) }),
    'none',
    'none',
  ],
  [
    'cfn: an action that a parameter names is new',
    cfn({ R: mp(get) }),
    cfn({ R: mp(get, st({ Ref: 'A' }, '*')) }),
    'open',
    'none',
  ],
  [
    'cfn: all actions but one that a parameter names are new',
    cfn({ R: mp(get) }),
    cfn({ R: mp(get, { Effect: 'Allow', NotAction: [{ Ref: 'A' }], Resource: '*' }) }),
    'open',
    'none',
  ],
  [
    'cfn: a Deny of actions that a parameter names hides nothing',
    cfn({ R: mp({ Effect: 'Deny', Action: { Ref: 'A' }, Resource: '*' }) }),
    cfn({ R: mp({ Effect: 'Deny', Action: { Ref: 'A' }, Resource: '*' }, get) }),
    'open',
    'none',
  ],
  [
    'cfn: a Deny goes that may be of an action that a parameter names',
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*'), deny('s3:PutObject')) }),
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*')) }),
    'open',
    'none',
  ],
  [
    'cfn: a Deny goes by whose pattern an action that a parameter names may be denied',
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*'), deny('s3:Put*')) }),
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*')) }),
    'open',
    'none',
  ],
  [
    'cfn: a Deny of all other actions goes, beside an action that a parameter names',
    cfn({
      R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*'), { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' }),
    }),
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*')) }),
    'open',
    'none',
  ],
  [
    'cfn: what a map has for a parameter moves down',
    cfn({ R: mp(st('s3:GetObject', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'b'] })) }),
    cfn({ R: mp(sns, st('s3:GetObject', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'b'] })) }),
    'some',
    'none',
  ],
  ...(['Action', 'Resource', 'Condition'] as const).map((element): FileEdit => {
    const template = (parameter: string): string => {
      const list = { 'Fn::Split': [',', { Ref: parameter }] };
      const value = element === 'Condition' ? { StringEquals: { 'aws:PrincipalTag/a': list } } : list;
      return cfn({ R: mp({ ...get, [element]: value }) });
    };
    return [`cfn: ${element} is split from another parameter`, template('C'), template('D'), 'open', 'open'];
  }),
  ...(['Action', 'Resource', 'Condition', 'Principal'] as const).flatMap((element): FileEdit[] => {
    const template = (before: unknown, value: unknown): string => {
      const { Principal, ...own }: Json = { ...open, [element]: elementOf(element, [before, value]) };
      return cfn({ R: element === 'Principal' ? queuePolicy({ ...own, Principal }) : mp(own) });
    };
    const one = PARTS[element];
    const sub = (given: unknown): Json => ({ 'Fn::Sub': ['${Own}', { Own: given }] });
    const branch = (condition: string): Json => ({ 'Fn::If': [condition, one, { Ref: 'AWS::NoValue' }] });
    const other = 'sqs:ChangeMessageVisibility';
    return [
      [
        `cfn: a variable of Fn::Sub in ${element} is given another value`,
        template(other, sub(one)),
        template(other, sub(`${one}x`)),
        'open',
        'open',
      ],
      [
        `cfn: a variable of Fn::Sub in ${element} is given another parameter`,
        template(other, sub({ Ref: 'A' })),
        template(other, sub({ Ref: 'B' })),
        'open',
        'open',
      ],
      [
        `cfn: a variable of Fn::Sub in ${element} has another name`,
        template(other, sub(one)),
        template(other, { 'Fn::Sub': ['${New}', { New: one }] }),
        'none',
        'none',
      ],
      [
        `cfn: what stands in ${element} where a condition holds stands there always`,
        template(other, branch('C')),
        template(other, one),
        'open',
        // Of a resource or a value in a branch it is not worked out that it is no other.
        element === 'Action' || element === 'Principal' ? 'none' : 'open',
      ],
      [
        `cfn: another condition decides over what stands in ${element}`,
        template(other, branch('C')),
        template(other, branch('D')),
        'open',
        'open',
      ],
      [
        `cfn: what stands in ${element} where a condition holds stays`,
        template(other, branch('C')),
        template(other, branch('C')).replace('"2012-10-17"', '"2012-10-17" '),
        'none',
        'none',
      ],
    ];
  }),
  [
    'cfn: conditions are there only where one of the template holds',
    cfn({ R: mp({ ...get, Condition: TAGGED }) }),
    cfn({ R: mp({ ...get, Condition: { 'Fn::If': ['C', TAGGED, { Ref: 'AWS::NoValue' }] } }) }),
    'open',
    'open',
  ],
  [
    'cfn: the keys of an operator are there only where one of the template holds',
    cfn({ R: mp({ ...get, Condition: TAGGED }) }),
    cfn({
      R: mp({
        ...get,
        Condition: { StringEquals: { 'Fn::If': ['C', TAGGED.StringEquals, { Ref: 'AWS::NoValue' }] } },
      }),
    }),
    'open',
    'open',
  ],
  ...(['AWS: ["arn:aws:iam::111122223333:role/r", other.arn]', 'AWS: other.arn'] as const).map(
    (after): FileEdit => {
      const text = (principals: string): string =>
        `const p = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { ${principals} }, Action: 'sqs:SendMessage', Resource: '*' }] };\n`;
      return [
        `ts: a program names a principal in ${after}`,
        text('AWS: ["arn:aws:iam::111122223333:role/r"]'),
        text(after),
        'open',
        after.includes('role/r') ? 'none' : 'open',
        'typescript',
      ];
    },
  ),
  [
    'cfn: a statement with conditions that nobody can read is split',
    cfn({ R: mp({ ...st(['s3:GetObject', 's3:PutObject']), Condition: { Ref: 'C' } }) }),
    cfn({ R: mp({ ...get, Condition: { Ref: 'C' } }, { ...put, Condition: { Ref: 'C' } }) }),
    'none',
    'none',
  ],
  [
    'cfn: conditions that nobody can read confine what two statements grant together',
    cfn({
      R: mp({ ...get, Condition: TAGGED }, { ...get, Condition: { StringNotEquals: TAGGED.StringEquals } }),
    }),
    cfn({ R: mp({ ...get, Condition: { Ref: 'C' } }) }),
    'none',
    'open',
  ],
  [
    'policies of a list that change places are paired by what they have in common',
    j([pol(st(['s3:GetObject', 's3:PutObject'])), pol(st(['sqs:SendMessage', 'sqs:ReceiveMessage'], '*'))]),
    j([pol(st(['sqs:SendMessage'], '*')), pol(st(['s3:GetObject']))]),
    'none',
    'some',
  ],
  [
    'cfn: conditions that nobody can read are others',
    cfn({ R: mp({ ...get, Condition: { Ref: 'C' } }) }),
    cfn({ R: mp({ ...get, Condition: { Ref: 'D' } }) }),
    'open',
    'open',
  ],
  [
    'cfn: a Deny goes of another service than that of an action that a parameter names',
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*'), deny('sqs:SendMessage')) }),
    cfn({ R: mp(st({ 'Fn::Sub': 's3:${A}' }, '*')) }),
    'none',
    'none',
  ],
  [
    'tf: a variable takes the place of an action',
    tfDoc('a', tfSt(['s3:GetObject', 's3:PutObject'])),
    tfDoc('a', tfSt(['s3:GetObject', 's3:${var.action}'])),
    'open',
    'open',
    'hcl',
  ],
  [
    'cfn: conditions of an operator that a macro fills in are gone',
    cfn({ R: mp({ ...get, Condition: { StringEquals: { 'Fn::Transform': { Name: 'M' } } } }) }),
    cfn({ R: mp(get) }),
    'open',
    'none',
  ],
  ['comments in jsonc', `// a\n${j(pol(get))}`, j(pol(get)), 'none', 'none'],
  [
    'serverless provider statements reordered',
    `service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: s3:GetObject\n          Resource: "*"\n        - Effect: Allow\n          Action: s3:PutObject\n          Resource: "*"\n`,
    `service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: s3:PutObject\n          Resource: "*"\n        - Effect: Allow\n          Action: s3:GetObject\n          Resource: "*"\n`,
    'none',
    'none',
    'yaml',
  ],
];

describe('compare: files with several policies, and of every language', function () {
  this.timeout(limit(20_000));
  const iamData = loadIamData();

  for (const [what, before, after, granted, removed, language = 'json'] of files) {
    it(`${what}: grants ${granted}, takes away ${removed}`, () => {
      const [was, is] = [before, after].map((text) => openDocument({ text, language }));
      assert.ok(was !== undefined && is !== undefined);
      assert.ok(was.policies.length + is.policies.length > 0);
      const comparison = compareDocuments([was], [is], iamData);
      assert.equal(outcomeOf(comparison.granted), granted, told(comparison.granted));
      assert.equal(outcomeOf(comparison.removed), removed, told(comparison.removed));
    });
  }

  it('names no condition key that nobody can read', () => {
    const template = (more: Json): string => cfn({ R: mp({ ...get, ...more }) });
    const { granted } = compareDocuments(
      [openDocument({ text: template({ Condition: { Ref: 'X' } }), language: 'json' })],
      [openDocument({ text: template({}), language: 'json' })],
      iamData,
    );
    assert.deepEqual(
      granted.map(({ witness, isCertain }) => [[...(witness?.context?.keys() ?? [])], isCertain]),
      [[[], false]],
    );
  });

  it('names each policy that is new or gone once, where others moved in the list', () => {
    const list = (...actions: readonly string[]): string => j(actions.map((action) => pol(st(action, '*'))));
    const { granted, removed } = compareDocuments(
      [openDocument({ text: list('s3:GetObject', 'sqs:SendMessage'), language: 'json' })],
      [openDocument({ text: list('sns:Publish', 's3:GetObject'), language: 'json' })],
      iamData,
    );
    assert.deepEqual(
      [granted, removed].map((changes) => changes.flatMap(({ actions }) => actions)),
      [['sns:Publish'], ['sqs:SendMessage']],
    );
  });
});

function outcomeOf(changes: readonly Change[]): Outcome {
  return changes.length === 0 ? 'none' : changes.some(({ isCertain }) => isCertain) ? 'some' : 'open';
}

function told(changes: readonly Change[]): string {
  return JSON.stringify(
    changes.map(({ summary, resources, isCertain }) => ({ isCertain, summary, resources })),
  );
}
