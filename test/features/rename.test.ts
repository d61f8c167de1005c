import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/lint/edits';
import { cursorAt } from '../support/fixtures';
import { languageService } from '../support/policies';

const POLICY = `{
  "Version": "2012-10-17", // Pets
  "Statement": [
    { "Sid": "Pe$0ts", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
    { "Sid": "Cats", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "Pets" }
  ]
}`;

/** What a document is after a renaming at `$0`, or why it stays as it is. */
function renamed(
  marked: string,
  name: string,
  language: 'jsonc' | 'yaml' | 'hcl' | 'typescript' = 'jsonc',
): string {
  const { text, offset } = cursorAt(marked);
  const service = languageService();
  const document = service.open({ text, language });
  const outcome = service.renameSid(document, offset, name);
  return 'problem' in outcome ? outcome.problem : applyEdits(text, outcome.edits);
}

describe('renaming a Sid', () => {
  it('changes the Sid alone, and no comment or other text that reads like it', () => {
    const { text } = cursorAt(POLICY);
    assert.equal(renamed(POLICY, 'Dogs'), text.replace('"Sid": "Pets"', '"Sid": "Dogs"'));
  });

  it('says where the letters stand that are replaced', () => {
    const { text, offset } = cursorAt(POLICY);
    const service = languageService();
    const found = service.renamableAt(service.open({ text, language: 'jsonc' }), offset);
    assert.equal(found?.name, 'Pets');
    assert.equal(text.slice(found?.span.start, found?.span.end), 'Pets');
    const elsewhere = service.renamableAt(
      service.open({ text, language: 'jsonc' }),
      text.indexOf('GetObject'),
    );
    assert.equal(elsewhere, undefined);
  });

  for (const [name, problem] of [
    ['Cats', /^Statement 2 has the Sid "Cats" already\.$/],
    ['', /empty/],
    ['two words', /letters A to Z and digits only, and "two words" has others/],
    ['a-b', /letters/],
    ['Größe', /letters/],
    ['"', /letters/],
  ] as const) {
    it(`refuses ${JSON.stringify(name)}`, () => assert.match(renamed(POLICY, name), problem));
  }

  it('keeps to a name that is the same', () => {
    assert.equal(renamed(POLICY, 'Pets'), cursorAt(POLICY).text);
  });

  it('refuses what is no Sid', () => {
    assert.match(renamed(POLICY.replace('$0', '').replace('GetOb', 'Get$0Ob'), 'x'), /Only a Sid/);
    assert.match(renamed(POLICY.replace('Pe$0ts', '${Pe$0ts}'), 'x'), /Only a Sid/);
  });

  it('lets policies of resources have other characters, which some services write, and keeps them unique', () => {
    const bucket = POLICY.replaceAll('"Effect"', '"Principal": "*", "Effect"');
    assert.match(renamed(bucket, '__default_statement_ID'), /"Sid": "__default_statement_ID"/);
    assert.match(renamed(bucket, 'a"b\\'), /"Sid": "a\\"b\\\\"/);
    assert.match(renamed(bucket, 'Cats'), /already/);
  });

  it('tells two policies of a document apart', () => {
    const two = `[${POLICY}, ${POLICY.replace('$0', '').replace('Cats', 'Dogs')}]`;
    assert.match(renamed(two, 'Dogs'), /"Sid": "Dogs"[\s\S]*"Sid": "Pets"/);
  });

  it('writes YAML, Terraform, and policies in strings as they are written', () => {
    const yaml = `Version: '2012-10-17'\nStatement:\n  - Sid: Pe$0ts # Pets\n    Effect: Allow\n    Action: s3:GetObject\n    Resource: '*'\n`;
    assert.match(renamed(yaml, 'Dogs', 'yaml'), /- Sid: Dogs # Pets/);
    const module = `data "aws_iam_policy_document" "a" {\n  statement {\n    sid = "Pe$0ts"\n    actions = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n`;
    assert.match(renamed(module, 'Dogs', 'hcl'), /sid = "Dogs"/);
    const quoted = `{ "PolicyDocument": ${JSON.stringify(cursorAt(POLICY.replace(' // Pets', '')).text).replace('Pets', 'Pe$0ts')} }`;
    assert.match(renamed(quoted, 'Dogs'), /\\"Sid\\": \\"Dogs\\"/);
  });

  it('leaves programs to the server of their language', () => {
    const program = `const p = { Version: '2012-10-17', Statement: [{ Sid: 'Pe$0ts', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };\n`;
    const { text, offset } = cursorAt(program);
    const service = languageService();
    assert.equal(service.renamableAt(service.open({ text, language: 'typescript' }), offset), undefined);
  });
});
