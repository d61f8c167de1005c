import assert from 'node:assert/strict';
import type { DocumentLanguage } from '../../server/src/core/index';
import { applyEdits } from '../../server/src/core/lint/edits';
import { languageService } from '../support/policies';

function told(text: string, language: DocumentLanguage = 'yaml'): readonly string[] {
  const service = languageService();
  return service
    .lint(service.open({ text, language }))
    .findings.map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);
}

const policy = (above: string, behind = '', second = '') => `Version: '2012-10-17'
Statement:
${above}  - Effect: Allow${behind}
    Action: s3:GetObjekt
    Resource: foo
${second}  - Effect: Allow
    Action: s3:GetObjekt
    Resource: '*'
`;

describe('a suppression by comment', () => {
  it('is about the statement below it, and no other', () => {
    assert.deepEqual(told(policy('')), [
      'action-unknown GetObjekt',
      'arn-prefix foo',
      'action-unknown GetObjekt',
    ]);
    assert.deepEqual(told(policy('  # iam-policy-ignore action-unknown: it is new\n')), [
      'arn-prefix foo',
      'action-unknown GetObjekt',
    ]);
  });

  it('may stand behind what it is about, or above one line of it', () => {
    assert.deepEqual(told(policy('', ' # iam-policy-ignore arn-*: filled in later')), [
      'action-unknown GetObjekt',
      'action-unknown GetObjekt',
    ]);
    const text = policy('').replace(
      'Resource: foo',
      'Resource: foo # iam-policy-ignore arn-prefix: filled in later',
    );
    assert.deepEqual(told(text), ['action-unknown GetObjekt', 'action-unknown GetObjekt']);
  });

  it('may be one of several, over blank lines', () => {
    const above = '  # iam-policy-ignore action-unknown: new\n\n  # iam-policy-ignore arn-prefix: later\n';
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      assert.deepEqual(told(policy(above).replaceAll('\n', lineBreak)), ['action-unknown GetObjekt']);
    }
  });

  it('needs a reason and a rule that exists, and says so', () => {
    assert.deepEqual(told(policy('  # iam-policy-ignore action-unknown\n')).slice(0, 2), [
      'suppression-reason-missing action-unknown',
      'action-unknown GetObjekt',
    ]);
    assert.deepEqual(
      told(policy('  # iam-policy-ignore action-unknwon: x\n'))[0],
      'config-rule-unknown action-unknwon',
    );
    assert.deepEqual(told(policy('  # iam-policy-ignore\n'))[0], 'config-rule-unknown iam-policy-ignore');
  });

  it('is reported where it suppresses nothing', () => {
    assert.ok(
      told(policy('  # iam-policy-ignore sid-empty: no reason\n')).includes('suppression-unused sid-empty'),
    );
  });

  it('is a comment only where the language has it', () => {
    const json =
      '{ "Version": "2012-10-17",\n// iam-policy-ignore action-unknown: new\n"Statement": { "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" } }';
    assert.deepEqual(told(json, 'jsonc'), []);
    assert.ok(told(json, 'json').includes('action-unknown GetObjekt'));
    assert.ok(
      told(policy('').replace("'*'", "'iam-policy-ignore action-unknown: x'")).includes(
        'action-unknown GetObjekt',
      ),
    );
  });
});

describe('the comment that suppresses a finding', () => {
  /** The text after the comment was written for the first finding of a rule, with a reason. */
  function written(text: string, rule: string, language: DocumentLanguage = 'yaml'): string | undefined {
    const service = languageService();
    const document = service.open({ text, language });
    const finding = service.lint(document).findings.find((each) => each.rule === rule);
    const edit = finding && service.commentEdit(document, finding);
    return edit && applyEdits(text, [{ ...edit, text: edit.text.replace(/ ?(\r?\n)$/, ' a reason$1') }]);
  }

  it('is written above the statement, as that is moved in, and works', () => {
    const text = written(policy(''), 'arn-prefix') ?? '';
    assert.ok(
      text.includes('Statement:\n  # iam-policy-ignore arn-prefix: a reason\n  - Effect: Allow\n'),
      text,
    );
    assert.deepEqual(told(text), ['action-unknown GetObjekt', 'action-unknown GetObjekt']);
  });

  it('keeps line ends, and works in flow form and in JSON with comments', () => {
    const windows = policy('').replaceAll('\n', '\r\n');
    assert.ok(written(windows, 'arn-prefix')?.includes('arn-prefix: a reason\r\n  - Effect'));
    // As line breaks were once written on a Macintosh: YAML takes either.
    const old = written(policy('').replaceAll('\n', '\r'), 'arn-prefix') ?? '';
    assert.ok(old.includes('\r  # iam-policy-ignore arn-prefix: a reason\n  - Effect: Allow\r'), old);
    assert.deepEqual(told(old), ['action-unknown GetObjekt', 'action-unknown GetObjekt']);
    const flow = 'Version: 2012-10-17\nStatement: [{Effect: Allow, Action: s3:GetObjekt, Resource: "*"}]\n';
    assert.deepEqual(told(written(flow, 'action-unknown') ?? ''), []);
    const json = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" }
  ]
}`;
    const mended = written(json, 'action-unknown', 'jsonc') ?? '';
    assert.ok(mended.includes('\n    // iam-policy-ignore action-unknown: a reason\n    {'), mended);
    assert.deepEqual(told(mended, 'jsonc'), []);
  });

  it('is not offered where no comment can stand', () => {
    const json =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObjekt","Resource":"*"}]}';
    assert.equal(written(json, 'action-unknown', 'json'), undefined);
    assert.equal(written(`policy: |\n  ${json}\n`, 'action-unknown'), undefined);
  });
});
