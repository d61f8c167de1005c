import assert from 'node:assert/strict';
import { languageOfName } from '../../server/src/core/index';
import { languageService } from '../support/policies';

/*
 * The versions of the language differ in what `${…}` means. The fix that writes the newer one is applied by `lint --fix` only
 * where no such text can come to stand in the policy.
 */

const service = languageService();

const template = (resource: string): string =>
  `{"Resources":{"P":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":${resource}}]}}}}}`;

const CASES: readonly (readonly [what: string, file: string, text: string, kind: 'safe' | 'suggestion'])[] = [
  ['all is known', 'a.json', template('"arn:aws:s3:::b/*"'), 'safe'],
  ['there is a variable', 'a.json', template('"arn:aws:s3:::b/${aws:username}"'), 'suggestion'],
  ['a resource of the template is named', 'a.json', template('{"Fn::GetAtt":["B","Arn"]}'), 'safe'],
  [
    'the account is filled in',
    'a.json',
    template('{"Fn::Join":[":",["arn:aws:s3:",{"Ref":"AWS::Region"},"","b"]]}'),
    'safe',
  ],
  ['a parameter is filled in', 'a.json', template('{"Ref":"Arn"}'), 'suggestion'],
  [
    'a parameter is a part',
    'a.json',
    template('{"Fn::Join":["",["arn:aws:s3:::b/",{"Ref":"Path"}]]}'),
    'suggestion',
  ],
  ['another stack gives it', 'a.json', template('{"Fn::ImportValue":"Arn"}'), 'suggestion'],
  ['a branch is a parameter', 'a.json', template('{"Fn::If":["C","*",{"Ref":"Arn"}]}'), 'suggestion'],
  [
    'a program gives a statement',
    'a.ts',
    "const p = { Version: '2008-10-17', Statement: statement ? [statement] : [] };",
    'suggestion',
  ],
  [
    'a program gives a resource',
    'a.py',
    'p = {"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": arn}]}',
    'suggestion',
  ],
  [
    'a program gives what has no variables',
    'a.ts',
    "const p = { Version: '2008-10-17', Statement: [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' }] };",
    'safe',
  ],
];

describe('the fix that writes the current version', () => {
  for (const [what, name, text, kind] of CASES) {
    it(`is ${kind === 'safe' ? '' : 'not '}safe where ${what}`, () => {
      const language = languageOfName(name) ?? 'json';
      for (const [rule, written] of [
        ['version-old', text],
        ['version-missing', text.replace(/"?Version"?: ?["']2008-10-17["'], ?/, '')],
      ] as const) {
        const { findings } = service.lint(service.open({ text: written, language }));
        const kinds = findings
          .filter((each) => each.rule === rule)
          .flatMap(({ fixes }) => fixes.map((fix) => fix.kind));
        assert.ok(kinds.length > 0 || (rule === 'version-missing' && language !== 'json'), rule);
        assert.deepEqual([...new Set([kind, ...kinds])], [kind], rule);
      }
    });
  }
});
