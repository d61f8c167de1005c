import assert from 'node:assert/strict';
import { Composer, Parser } from 'yaml';
import { faultsOfTokens } from '../../../server/src/core/syntax/yaml/yamlFaults';

const TEXT = `# A template
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: "a b"
          PolicyDocument: &document
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: [ "s3:GetObject", 's3:ListBucket' ]
                Resource: !Sub 'arn:aws:s3:::\${Bucket}/*'
              - !If
                - IsProd
                - { Effect: Deny, Action: s3:*, Resource: "*" }
                - !Ref AWS::NoValue
        -
          PolicyName: >-
            folded
            text
          PolicyDocument: *document
`;

/** What the library says of trees, which the product does not have. */
function composerFaults(text: string): readonly string[] {
  const documents = new Composer({ uniqueKeys: false, logLevel: 'silent' }).compose(new Parser().parse(text));
  return [...documents].flatMap(({ errors }) => errors.map(({ message }) => message));
}

/** What is wrong within one mark or scalar, which moves nothing else. */
const OF_ONE_TOKEN =
  /^(?:Tags and anchors must be|Block scalar header|Could not resolve tag|Verbatim tags|Plain value cannot|Invalid escape|Anchor cannot|Alias cannot|Aliased anchor)/;

describe('the faults of YAML', () => {
  const edits: readonly (readonly [string, (at: number) => string])[] = [
    ['one character less', (at) => TEXT.slice(0, at) + TEXT.slice(at + 1)],
    ['one blank more', (at) => `${TEXT.slice(0, at)} ${TEXT.slice(at)}`],
    ['one quote more', (at) => `${TEXT.slice(0, at)}"${TEXT.slice(at)}`],
    ['one line break more', (at) => `${TEXT.slice(0, at)}\n${TEXT.slice(at)}`],
  ];
  for (const [title, edit] of edits) {
    it(`are found where the library finds some, and nowhere else: ${title}`, () => {
      let faulty = 0;
      for (let at = 0; at < TEXT.length; at += 1) {
        const text = edit(at);
        const expected = composerFaults(text);
        const found = faultsOfTokens([...new Parser().parse(text)]);
        const around = `${expected.join()} ${text.slice(Math.max(0, at - 40), at + 40)}`;
        if (expected.length === 0) {
          assert.deepEqual(found, [], around);
        } else if (expected.some((message) => !OF_ONE_TOKEN.test(message))) {
          faulty += 1;
          assert.ok(found.length > 0, around);
        }
      }
      assert.ok(faulty > 20, `${faulty} are faulty`);
    });
  }

  it('are none in YAML', () => {
    assert.deepEqual(faultsOfTokens([...new Parser().parse(TEXT)]), []);
  });
});
