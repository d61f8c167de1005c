import assert from 'node:assert/strict';
import { applyEdits } from '../../../server/src/core/lint/edits';
import { languageService } from '../../support/policies';

/*
 * Values in quotes and brackets whose lines stand no further in than their key. YAML does not allow them, and CloudFormation
 * reads them all the same.
 */

const service = languageService();

const OBJECT = '{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "${Bucket}" }';

/** A role with a policy that is written in some way, and another one behind it. */
const template = (value: string) => `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: a
          PolicyDocument: ${value}
        - PolicyName: b
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: s3:PutObjct
                Resource: "*"
`;

const VALUES: readonly (readonly [title: string, value: string])[] = [
  [
    'a single quote',
    `!Sub '{\n              "Version": "2012-10-17",\n              "Statement": [${OBJECT}]\n          }'`,
  ],
  ['a single quote, at the margin', `!Sub '{\n"Version": "2012-10-17",\n"Statement": [${OBJECT}]\n}'`],
  [
    'a double quote',
    `!Sub "{\n  \\"Version\\": \\"2012-10-17\\",\r\n  \\"Statement\\": [${OBJECT.replaceAll('"', '\\"')}]\n          }"`,
  ],
  [
    'a brace, and what begins no comment',
    `{\n  "Version": "2012-10-17",\n  "Statement": [\n${OBJECT.replace('}" }', '}", "Condition": { "StringEquals": { "aws:PrincipalTag/a": b# c } } }')},\n  ]\n          }`,
  ],
  ['a brace', `{\n          "Version": "2012-10-17",\n  "Statement": [\n${OBJECT},\n  ]\n          }`],
];

describe('a value of YAML that ends no further in than its key, with', () => {
  for (const [title, value] of VALUES) {
    it(`${title} is read, and so is what follows it`, () => {
      const text = template(value);
      const { findings } = service.lint(service.open({ text, language: 'yaml' }));
      assert.deepEqual(
        findings
          .filter(({ severity }) => severity !== 'info')
          .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`),
        ['action-unknown: GetObjct', 'action-unknown: PutObjct'],
      );
      const edits = findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits()));
      assert.equal(applyEdits(text, edits), text.replaceAll('Objct', 'Object'));
    });
  }

  it('many of its kind is read, with lines of text between them', () => {
    const statement = `'{ "Statement": [${OBJECT}]\n  }'`;
    const entries = Array.from(
      { length: 6 },
      () => `  - Description: |\n      Reads.\n    PolicyName: a\n    PolicyDocument: ${statement}\n`,
    );
    const text = `Type: AWS::IAM::Role\nProperties:\n  Policies:\n${entries.join('')}`;
    const { findings } = service.lint(service.open({ text, language: 'yaml' }));
    assert.equal(findings.filter(({ rule }) => rule === 'action-unknown').length, entries.length);
  });

  it('no end is half-typed, and what follows it is read', () => {
    for (const value of [`'{ "Version": "2012-10-17"`, '"{', '[', '{ "Statement": [']) {
      const text = template(value);
      const { findings } = service.lint(service.open({ text, language: 'yaml' }));
      assert.ok(
        findings.some(({ span }) => text.slice(span.start, span.end) === 'PutObjct'),
        text,
      );
    }
  });
});
