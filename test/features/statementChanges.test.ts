import assert from 'node:assert/strict';
import type { DocumentLanguage, PolicyType, StatementChange } from '../../server/src/core/index';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';

const service = createLanguageService({ iamData: loadIamData() });

type Json = Readonly<Record<string, unknown>>;

const READ: Json = { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const ADMIN: Json = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' };
const GUARD: Json = {
  Sid: 'Guard',
  Effect: 'Deny',
  Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
  Resource: '*',
};

const policy = (...statements: readonly Json[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);

function changes(
  before: string,
  after: string,
  {
    language = 'json',
    policyType = undefined,
  }: { readonly language?: DocumentLanguage; readonly policyType?: PolicyType | undefined } = {},
): readonly StatementChange[] {
  const [was, is] = [before, after].map((text) =>
    service.open({ text, language, override: { policyType, path: '' } }),
  );
  assert.ok(was !== undefined && is !== undefined);
  return service.statementChanges(was, is);
}

/** Each as the text of its line and its title. */
function shown(after: string, found: readonly StatementChange[]): readonly (readonly [string, string])[] {
  return found.map(({ span, title }) => {
    const line = after.slice(after.lastIndexOf('\n', span.start - 1) + 1).split('\n')[0] ?? '';
    return [line.trim(), title];
  });
}

const titles = (found: readonly StatementChange[]): readonly string[] => found.map(({ title }) => title);

describe('what changed statements grant, in few words', () => {
  it('names what one statement newly grants and takes away, and is silent about the others', () => {
    const notify: Json = { Sid: 'Notify', Effect: 'Allow', Action: 'sns:Publish', Resource: '*' };
    const before = policy(notify, READ);
    const after = policy(notify, { ...READ, Action: ['s3:PutObject', 's3:DeleteObject', 's3:GetObjectAcl'] });
    const found = changes(before, after);
    assert.deepEqual(shown(after, found), [
      ['{', 'newly grants s3:PutObject and 2 more · takes away s3:GetObject'],
    ]);
    assert.match(after.slice(found[0]?.span.start), /^\{\s+"Sid": "Read"/);
  });

  it('says nothing where only the order, the Sids or the way of writing changed', () => {
    const before = policy(READ, GUARD);
    const after = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { ...GUARD, Action: ['cloudtrail:DeleteTrail', 'CloudTrail:StopLogging'] },
        { ...READ, Sid: 'R', Resource: ['arn:aws:s3:::b/*'] },
      ],
    });
    assert.deepEqual(changes(before, after), []);
  });

  it('says that a statement written in another way grants the same', () => {
    const found = changes(
      policy(READ),
      policy({ ...READ, Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x/*'] }),
    );
    assert.deepEqual(titles(found), ['changed: grants the same']);
  });

  it('says of a new statement that it changes nothing, once it says what it is about', () => {
    const empty: Json = { Effect: 'Allow', Action: '', Resource: '' };
    for (const unfinished of [empty, { ...empty, Action: 's3:GetObject' }, { ...empty, Action: [''] }]) {
      assert.deepEqual(titles(changes(policy(READ), policy(READ, unfinished))), []);
      assert.deepEqual(titles(changes('', policy(unfinished))), []);
    }
    const again = { ...READ, Sid: 'Again', Resource: 'arn:aws:s3:::b/x' };
    assert.deepEqual(titles(changes(policy(READ), policy(READ, again))), ['new: grants nothing more']);
    const denied = { ...GUARD, Action: 'sns:Publish' };
    assert.deepEqual(titles(changes(policy(READ), policy(READ, denied))), ['new: takes nothing away']);
  });

  it('says that an action is granted in more cases, or in fewer', () => {
    const wide = { ...READ, Resource: '*' };
    assert.deepEqual(titles(changes(policy(READ), policy(wide))), [
      'newly grants s3:GetObject in more cases',
    ]);
    assert.deepEqual(titles(changes(policy(wide), policy(READ))), ['takes away s3:GetObject in some cases']);
    const bounded = { ...READ, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    assert.deepEqual(titles(changes(policy(bounded), policy(READ))), [
      'newly grants s3:GetObject in more cases',
    ]);
  });

  it('stands at the Deny that denies less, and at the policy where it is gone', () => {
    const after = policy(ADMIN, { ...GUARD, Action: 'cloudtrail:DeleteTrail' });
    const found = changes(policy(ADMIN, GUARD), after);
    assert.deepEqual(titles(found), ['newly grants cloudtrail:StopLogging']);
    assert.ok((found[0]?.span.start ?? 0) > after.indexOf('"All"'));
    const gone = changes(policy(ADMIN, GUARD), policy(ADMIN));
    assert.deepEqual(
      gone.map(({ span, title }) => [span.start, title]),
      [[0, 'a statement removed: newly grants cloudtrail:DeleteTrail and 1 more']],
    );
  });

  it('stands at a new Deny with what it takes away', () => {
    const after = policy(ADMIN, GUARD);
    const found = changes(policy(ADMIN), after);
    assert.deepEqual(titles(found), ['takes away cloudtrail:DeleteTrail and 1 more']);
    assert.ok((found[0]?.span.start ?? 0) > after.indexOf('"All"'));
  });

  it('says that anyone can do it, and that it gives more permissions', () => {
    const partner: Json = { ...READ, Principal: { AWS: 'arn:aws:iam::444455556666:root' } };
    assert.deepEqual(
      titles(changes(policy(partner), policy({ ...partner, Principal: '*' }), { policyType: 'resource' })),
      ['newly public: s3:GetObject'],
    );
    const deploy: Json = { Effect: 'Allow', Action: ['lambda:CreateFunction'], Resource: '*' };
    assert.deepEqual(
      titles(
        changes(policy(deploy), policy({ ...deploy, Action: ['lambda:CreateFunction', 'iam:PassRole'] })),
      ),
      ['newly grants iam:PassRole (privilege escalation)'],
    );
  });

  it('waits for the syntax to be right', () => {
    const after = policy(READ, ADMIN).replace('"Allow",', '"Allow');
    assert.deepEqual(titles(changes(policy(READ), after)), [
      'changed; what that grants is shown once the syntax is correct',
    ]);
  });

  it('says where the policies are too large to decide while somebody types', () => {
    const many = (count: number): string =>
      policy(
        ...Array.from({ length: count }, (_, index) => ({
          Effect: index % 2 === 0 ? 'Allow' : 'Deny',
          Action: '*',
          Resource: `arn:aws:s3:::*${index}*`,
        })),
      );
    const found = changes(many(602), many(601));
    assert.equal(found.length, 1);
    assert.match(found[0]?.title ?? '', /too large to decide here$/);
  });

  it('makes no icon, no line and no long title of what a document says', () => {
    const found = changes(policy(READ), policy({ ...READ, Action: `s3:$(bug)\n${'x'.repeat(500)}` }));
    const [title = ''] = titles(found);
    assert.ok(!title.includes('$(bug)') && !title.includes('\n') && title.length < 160, title);
  });

  it('has one title for statements in one line', () => {
    const template = (action: string): string =>
      JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Resources: {
          P: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: {
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  { ...READ, Action: action },
                  { ...READ, Sid: 'Other', Action: action.replace('s3:', 'sqs:'), Resource: '*' },
                ],
              },
            },
          },
        },
      });
    assert.deepEqual(titles(changes(template('s3:A'), template('s3:B'))), [
      'newly grants s3:B and 1 more · takes away s3:A and 1 more',
    ]);
  });
});

describe('what changed statements grant, in every language with a place for them', () => {
  const cases: Readonly<Record<string, readonly [language: DocumentLanguage, text: string, at: string]>> = {
    YAML: [
      'yaml',
      'Version: "2012-10-17"\nStatement:\n  - Sid: Keep\n    Effect: Allow\n    Action: sns:Publish\n    Resource: "*"\n  - Sid: Read\n    Effect: Allow\n    Action: [s3:GetObject]\n    Resource: "arn:aws:s3:::b/*"\n',
      '- Sid: Read',
    ],
    'Terraform, as a data source': [
      'hcl',
      'data "aws_iam_policy_document" "a" {\n  statement {\n    sid       = "Keep"\n    actions   = ["sns:Publish"]\n    resources = ["*"]\n  }\n  statement {\n    sid       = "Read"\n    actions   = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n',
      'statement {',
    ],
    'Terraform, as jsonencode': [
      'hcl',
      'resource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [\n      { Sid = "Keep", Effect = "Allow", Action = ["sns:Publish"], Resource = "*" },\n      { Sid = "Read", Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::b/*" },\n    ]\n  })\n}\n',
      '{ Sid = "Read", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::b/*" },',
    ],
    TypeScript: [
      'typescript',
      'const policy = {\n  Version: "2012-10-17",\n  Statement: [\n    { Sid: "Keep", Effect: "Allow", Action: ["sns:Publish"], Resource: "*" },\n    { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" },\n  ],\n};\n',
      '{ Sid: "Read", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::b/*" },',
    ],
    'the CDK': [
      'typescript',
      'new iam.PolicyStatement({\n  sid: "Keep",\n  actions: ["sns:Publish"],\n  resources: ["*"],\n});\nnew iam.PolicyStatement({\n  sid: "Read",\n  actions: ["s3:GetObject"],\n  resources: ["arn:aws:s3:::b/*"],\n});\n',
      'new iam.PolicyStatement({',
    ],
    Python: [
      'python',
      'policy = {\n    "Version": "2012-10-17",\n    "Statement": [\n        {"Sid": "Keep", "Effect": "Allow", "Action": ["sns:Publish"], "Resource": "*"},\n        {"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::b/*"},\n    ],\n}\n',
      '{"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*"},',
    ],
  };
  for (const [name, [language, before, at]] of Object.entries(cases)) {
    it(`finds the statement in ${name}`, () => {
      const after = before.replace(/\[("?)s3:GetObject("?)\]/, '[$1s3:GetObject$2, $1s3:PutObject$2]');
      assert.notEqual(after, before);
      const found = changes(before, after, { language });
      assert.deepEqual(shown(after, found), [[at, 'newly grants s3:PutObject']]);
      assert.ok((found[0]?.span.start ?? 0) > after.indexOf('Publish'));
    });
  }

  it('shows nothing in a page, which has policies to be read', () => {
    const page = (action: string): string =>
      `# A\n\n\`\`\`json\n${policy({ ...READ, Action: action })}\n\`\`\`\n`;
    assert.deepEqual(changes(page('s3:GetObject'), page('s3:*'), { language: 'markdown' }), []);
  });
});
