import assert from 'node:assert/strict';
import { applyEdits, type DocumentLanguage } from '../../server/src/core';
import { languageService } from '../support/policies';

/*
 * Names that a library does not have for the parts of a statement, and that are mistakes of such as it has. AWS CDK API
 * Reference, `PolicyStatementProps`; Pulumi Registry, "aws.iam.getPolicyDocument"; CDK for Terraform,
 * "DataAwsIamPolicyDocument"; SST documentation, "Function".
 */

const service = languageService();

/** The errors about a text, each with what it stands on, and the text with all fixes of misspelt names. */
function told(language: DocumentLanguage, text: string) {
  const { findings, failures } = service.lint(service.open({ text, language }));
  assert.deepEqual(failures, []);
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    said: errors.map(({ rule, span, message }) =>
      rule === 'element-unknown'
        ? `${text.slice(span.start, span.end)}: ${message}`
        : `${text.slice(span.start, span.end)}: ${rule}`,
    ),
    fixed: applyEdits(
      text,
      errors.flatMap(({ rule, fixes }) =>
        rule === 'element-unknown' ? fixes.flatMap((fix) => fix.edits()) : [],
      ),
    ),
  };
}

const IAM = "import * as iam from 'aws-cdk-lib/aws-iam';\n";
const PY = 'from aws_cdk import aws_iam as iam\n';
const READ = "actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*']";

const property = (name: string, holder: string, meant: string): string =>
  `${name}: "${name}" is not a property of ${holder}, and ${meant} is.`;
const argument = (name: string, holder: string, meant: string): string =>
  `${name}: "${name}" is not an argument of ${holder}, and ${meant} is.`;

describe('names that a library does not have', () => {
  const cases: readonly (readonly [
    title: string,
    language: DocumentLanguage,
    text: string,
    said: readonly string[],
    fixed: string,
  ])[] = [
    [
      'the CDK, in the singular',
      'typescript',
      `${IAM}f(new iam.PolicyStatement({ action: ['s3:GetObject'], resource: ['*'], principal: [], condition: {} }));`,
      [
        property('action', 'PolicyStatement', 'actions'),
        property('resource', 'PolicyStatement', 'resources'),
        property('principal', 'PolicyStatement', 'principals'),
        property('condition', 'PolicyStatement', 'conditions'),
      ],
      `${IAM}f(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], principals: [], conditions: {} }));`,
    ],
    [
      'the names of IAM, in quotes too',
      'javascript',
      `${IAM}const s = new iam.PolicyStatement({ Action: ['s3:GetObject'], 'Resource': ['*'], notaction: [] });`,
      [
        property('Action', 'PolicyStatement', 'actions'),
        property('Resource', 'PolicyStatement', 'resources'),
        property('notaction', 'PolicyStatement', 'notActions'),
      ],
      `${IAM}const s = new iam.PolicyStatement({ actions: ['s3:GetObject'], 'resources': ['*'], notActions: [] });`,
    ],
    [
      'the properties by their type',
      'typescript',
      "const p: iam.PolicyStatementProps = { actions: ['s3:GetObject'], resource: ['*'] };",
      [property('resource', 'PolicyStatement', 'resources')],
      "const p: iam.PolicyStatementProps = { actions: ['s3:GetObject'], resources: ['*'] };",
    ],
    [
      'the CDK in Python',
      'python',
      `${PY}role.add_to_policy(iam.PolicyStatement(action=["s3:GetObject"], notResources=["*"], effct=iam.Effect.DENY))\n`,
      [
        argument('action', 'PolicyStatement', 'actions'),
        argument('notResources', 'PolicyStatement', 'not_resources'),
        argument('effct', 'PolicyStatement', 'effect'),
      ],
      `${PY}role.add_to_policy(iam.PolicyStatement(actions=["s3:GetObject"], not_resources=["*"], effect=iam.Effect.DENY))\n`,
    ],
    [
      'Pulumi',
      'typescript',
      "aws.iam.getPolicyDocument({ statements: [{ action: ['s3:GetObject'], resources: ['*'] }, { actions: ['s3:*'], resource: ['*'], condition: [] }] });",
      [
        property('action', 'a statement', 'actions'),
        property('resource', 'a statement', 'resources'),
        property('condition', 'a statement', 'conditions'),
      ],
      "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:GetObject'], resources: ['*'] }, { actions: ['s3:*'], resources: ['*'], conditions: [] }] });",
    ],
    [
      'Pulumi in Python',
      'python',
      'aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgs(action=["s3:GetObject"], resources=["*"])])\n',
      [argument('action', 'a statement', 'actions')],
      'aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgs(actions=["s3:GetObject"], resources=["*"])])\n',
    ],
    [
      'CDK for Terraform, where a condition is one',
      'typescript',
      "new DataAwsIamPolicyDocument(this, 'd', { statement: [{ actions: ['s3:GetObject'], resource: ['*'], conditions: [] }] });",
      [property('resource', 'a statement', 'resources'), property('conditions', 'a statement', 'condition')],
      "new DataAwsIamPolicyDocument(this, 'd', { statement: [{ actions: ['s3:GetObject'], resources: ['*'], condition: [] }] });",
    ],
    [
      'what has no fix: the right one is there too',
      'typescript',
      `${IAM}f(new iam.PolicyStatement({ ${READ}, action: ['s3:PutObject'] }));`,
      [property('action', 'PolicyStatement', 'actions')],
      `${IAM}f(new iam.PolicyStatement({ ${READ}, action: ['s3:PutObject'] }));`,
    ],
  ];
  for (const [title, language, text, said, fixed] of cases) {
    it(`are told: ${title}`, () => {
      assert.deepEqual(told(language, text), { said, fixed });
    });
  }

  const silent: readonly (readonly [title: string, language: DocumentLanguage, text: string])[] = [
    [
      'all that the CDK has',
      'typescript',
      `${IAM}f(new iam.PolicyStatement({ sid: 'A', effect: iam.Effect.ALLOW, ${READ}, principals: [p], conditions: {} }));`,
    ],
    [
      'all that the CDK has to leave out',
      'python',
      `${PY}f(iam.PolicyStatement(sid="A", effect=iam.Effect.DENY, not_actions=["s3:*"], not_resources=["*"], not_principals=[p]))\n`,
    ],
    [
      'what is near to none, and may be new',
      'typescript',
      `${IAM}f(new iam.PolicyStatement({ ${READ}, minimize: true }));`,
    ],
    ['what is being typed', 'typescript', `${IAM}f(new iam.PolicyStatement({ ${READ}, conditio }));`],
    ['a variable of that name', 'typescript', `${IAM}f(new iam.PolicyStatement({ ${READ}, condition }));`],
    [
      'what others have, in a class of this name',
      'typescript',
      "import { PolicyStatement } from './grammar';\nf(new PolicyStatement({ action: ['read'], resource: 'x' }));",
    ],
    [
      'both spellings in a dictionary of Pulumi',
      'python',
      'aws.iam.get_policy_document(statements=[{"notActions": ["s3:*"], "not_resources": ["*"]}])\n',
    ],
    ['a class of the awacs', 'python', 'from awacs.aws import Statement\nStatement(Action=["x"])\n'],
  ];
  for (const [title, language, text] of silent) {
    it(`are none of these: ${title}`, () => {
      assert.deepEqual(
        told(language, text).said.filter((each) => each.includes(' is.')),
        [],
      );
    });
  }
});
