import { strict as assert } from 'node:assert';
import { languageName, writesPolicy } from '../../client/src/unreadText';

const policies: Readonly<Record<string, string>> = {
  'a data source of Terraform': 'data "aws_iam_policy_document" "x" {\n  statement {\n  }\n}',
  'jsonencode of Terraform': 'policy = jsonencode({\n  Version = "2012-10-17"\n  Statement = []\n})',
  'a here document': 'policy = <<EOF\n{\n  "Version": "2012-10-17"\n}\nEOF',
  'an escaped string': 'policy = "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"',
  'an object of TypeScript': "const policy = { Version: '2012-10-17', Statement: [] };",
  'the CDK in Python': 'role.add_to_policy(iam.PolicyStatement(actions=["s3:*"]))',
  'a dictionary of Python': "policy = {'Version': '2012-10-17', 'Statement': []}",
  'a map of Go': 'map[string]any{"Version": "2012-10-17"}',
  'a map of Ruby': "{ 'Version' => '2012-10-17' }",
  Pulumi: 'aws.iam.getPolicyDocument({ statements: [] })',
};

const others: Readonly<Record<string, string>> = {
  'a template version': "AWSTemplateFormatVersion = '2010-09-09'",
  'another date': 'version = "2024-01-01"',
  prose: 'The policy was last changed on 2012-10-17; its version is 3.',
  'a package': 'export const version = "1.2.3";',
  nothing: '',
};

describe('a policy in a language that is not read', () => {
  for (const [name, text] of Object.entries(policies)) {
    it(`is seen in ${name}`, () => assert.ok(writesPolicy(text)));
  }

  for (const [name, text] of Object.entries(others)) {
    it(`is not seen in ${name}`, () => assert.ok(!writesPolicy(text)));
  }

  it('is called by its language', () => {
    assert.equal(languageName('csharp'), 'C#');
    assert.equal(languageName('plaintext'), 'plain text');
    assert.equal(languageName('constructor'), 'constructor');
  });
});
