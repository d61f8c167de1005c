import assert from 'node:assert/strict';
import { parse as parseYaml } from 'yaml';
import { openDocument } from '../../server/src/core/document';
import {
  asksForModule,
  type OfferedRefactoring,
  type RefactoringKind,
  refactorings,
} from '../../server/src/core/features/refactor/refactorings';
import { sortPolicy } from '../../server/src/core/features/refactor/sort';
import { SCP_QUOTA } from '../../server/src/core/iamData/overlay/policyQuotas';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import type { Span } from '../../server/src/core/syntax/nodes';
import { loadIamData } from '../support/iamData';
import { applyEdits } from '../support/rulePages';

/** `$0` marks the cursor, `$[` and `$]` a selection. The fixture stands for what is between the statement's braces. */
interface Case {
  readonly name: string;
  readonly before: string;
  /** Absent where nothing is to be offered. */
  readonly after?: string;
  readonly title?: string;
}

type Name = RefactoringKind extends `${string}iamPolicy.${infer N}` ? N : never;

const CASES: Readonly<Record<Name, readonly Case[]>> = {
  expandWildcard: [
    {
      name: 'a single value becomes a list, on lines where the element has one',
      title: 'Expand "sqs:*Visibility" to the 1 action of today',
      before: '{\n  "Action": "sqs:$0*Visibility"\n}',
      after: '{\n  "Action": "sqs:ChangeMessageVisibility"\n}',
    },
    {
      name: 'an entry among others, without those that are there already',
      title: 'Expand "execute-api:Inv*" to the 2 actions of today',
      before:
        '{\n  "Action": [\n    "s3:GetObject", // read\n    "execute-api:$0Inv*",\n    "execute-api:Invoke"\n  ]\n}',
      after:
        '{\n  "Action": [\n    "s3:GetObject", // read\n    "execute-api:InvalidateCache",\n    "execute-api:Invoke"\n  ]\n}',
    },
    {
      name: 'what is too much for one line gets lines',
      before: '{\n  "NotAction": ["EXECUTE-API:$0In*", "s3:GetObject"]\n}',
      after:
        '{\n  "NotAction": [\n    "execute-api:InvalidateCache",\n    "execute-api:Invoke",\n    "s3:GetObject"\n  ]\n}',
    },
    {
      name: 'in one line where everything stands in one',
      before: '{ "Action": "execute-api:$0In*" }',
      after: '{ "Action": ["execute-api:InvalidateCache", "execute-api:Invoke"] }',
    },
    {
      name: 'one action among others on one line, which stays one',
      before: '{ "Action": ["s3:GetObject", "sqs:$0*Visibility"] }',
      after: '{ "Action": ["s3:GetObject", "sqs:ChangeMessageVisibility"] }',
    },
    {
      name: 'in place where the list has lines already',
      before: '{\n  "Action": ["execute-api:$0In*", "s3:GetObject",\n    "s3:PutObject"]\n}',
      after:
        '{\n  "Action": ["execute-api:InvalidateCache", "execute-api:Invoke", "s3:GetObject",\n    "s3:PutObject"]\n}',
    },
    {
      name: 'beside what a template fills in, which stays',
      before: '{ "Action": ["execute-api:$0In*", { "Ref": "More" }] }',
      after: '{ "Action": ["execute-api:InvalidateCache", "execute-api:Invoke", { "Ref": "More" }] }',
    },
    {
      name: 'beside a comment, which stays',
      before: '{ "Action": ["execute-api:$0In*", /* why */ "s3:GetObject"] }',
      after: '{ "Action": ["execute-api:InvalidateCache", "execute-api:Invoke", /* why */ "s3:GetObject"] }',
    },
    {
      name: 'a choice of a template for a list',
      before: '{ "Action": { "Fn::If": ["C", "execute-api:$0In*", "s3:GetObject"] } }',
      after:
        '{ "Action": { "Fn::If": ["C", ["execute-api:InvalidateCache", "execute-api:Invoke"], "s3:GetObject"] } }',
    },
    {
      name: 'not a choice of a template for one item of a list',
      before: '{ "Action": [{ "Fn::If": ["C", "execute-api:$0In*", "s3:GetObject"] }] }',
    },
    { name: 'not a wildcard in the name of a service', before: '{ "Action": "execute-ap*:In*$0" }' },
    { name: 'not all actions of all services', before: '{ "Action": "*$0" }' },
    { name: 'not more than a policy could hold', before: '{ "Action": "ec2:*$0" }' },
    { name: 'not what nobody knows', before: '{ "Action": ["nosuch:Get*$0"] }' },
    { name: 'not what is no wildcard', before: '{ "Action": "s3:GetObject$0" }' },
    { name: 'not in a string without an end', before: '{ "Action": "execute-api:In*$0' },
  ],
  collapseToWildcard: [
    {
      name: 'all that a wildcard grants',
      title: 'Collapse 2 actions to "sqs:Delete*" (also what AWS adds later)',
      before: '{ "Action": ["sqs:DeleteQueue", "s3:GetObject", "SQS:$0deleteMessage"] }',
      after: '{ "Action": ["sqs:Delete*", "s3:GetObject"] }',
    },
    {
      name: 'all of a service',
      before:
        '{\n  "Action": [\n    "execute-api:InvalidateCache",\n    "s3:GetObject",\n    "execute-api:$0Invoke",\n    "execute-api:ManageConnections"\n  ]\n}',
      after: '{\n  "Action": [\n    "execute-api:*",\n    "s3:GetObject"\n  ]\n}',
    },
    { name: 'not what would grant more', before: '{ "Action": ["s3:GetObject", "s3:GetObjectAcl$0"] }' },
    {
      name: 'not where comments would go',
      before: '{ "Action": ["execute-api:Invoke", /* why */ "execute-api:InvalidateCache$0"] }',
    },
  ],
  valueToList: [
    {
      name: 'Action',
      title: 'Make a list of Action',
      before: '{ "Action": "s3:$0GetObject" }',
      after: '{ "Action": ["s3:GetObject"] }',
    },
    {
      name: 'on its key',
      before: '{ "NotRe$0source": "arn:aws:s3:::b/*" }',
      after: '{ "NotResource": ["arn:aws:s3:::b/*"] }',
    },
    {
      name: 'the accounts of a principal',
      title: 'Make a list of AWS',
      before: '{ "Principal": { "AWS": "123456$0789012" } }',
      after: '{ "Principal": { "AWS": ["123456789012"] } }',
    },
    { name: 'not a principal of no type', before: '{ "Principal": "*$0" }' },
    {
      name: 'a condition value',
      title: 'Make a list of aws:SecureTransport',
      before: '{ "Condition": { "Bool": { "aws:SecureTransport": true$0 } } }',
      after: '{ "Condition": { "Bool": { "aws:SecureTransport": [true] } } }',
    },
    {
      name: 'the only statement of a policy',
      title: 'Make a list of Statement',
      before: '{ "Version": "2012-10-17", "State$0ment": { "Effect": "Deny" } }',
      after: '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny" }] }',
    },
    {
      name: 'not statements that may be a list',
      before: '{ "Version": "1", "State$0ment": { "Ref": "S" } }',
    },
    { name: 'not what may be a list already', before: '{ "Action": { "Ref": "Ac$0tions" } }' },
    {
      name: 'what a function makes of texts',
      before: '{ "Resource": { "Fn::Sub": "arn:aws:s3:::${Buc$0ket}/*" } }',
      after: '{ "Resource": [{ "Fn::Sub": "arn:aws:s3:::${Bucket}/*" }] }',
    },
    { name: 'not half a string', before: '{ "Action": "s3:$0' },
    { name: 'not where there is nothing', before: '{ "Action": $0 }' },
  ],
  listToValue: [
    {
      name: 'an action on lines of its own',
      title: 'Make a single value of Action',
      before: '{\n  "Action": [$0\n    "s3:GetObject"\n  ],\n  "Resource": "*"\n}',
      after: '{\n  "Action": "s3:GetObject",\n  "Resource": "*"\n}',
    },
    {
      name: 'a trailing comma goes',
      before: '{ "Resource": ["*"$0,] }',
      after: '{ "Resource": "*" }',
    },
    {
      name: 'the statements of a policy that has one',
      title: 'Make a single value of Statement',
      before: '{ "Version": "2012-10-17", "State$0ment": [{ "Effect": "Deny" }] }',
      after: '{ "Version": "2012-10-17", "Statement": { "Effect": "Deny" } }',
    },
    { name: 'not what is no statement', before: '{ "Version": "2012-10-17", "State$0ment": ["Deny"] }' },
    { name: 'not a list of two', before: '{ "Resource": ["a"$0, "b"] }' },
    { name: 'not an empty list', before: '{ "Resource": [$0] }' },
    { name: 'not with a comment', before: '{ "Resource": ["*"$0 /* all */] }' },
    { name: 'not an open list', before: '{ "Resource": ["*"$0' },
  ],
  sort: [
    {
      name: 'the list under the cursor, ignoring case, once each',
      title: 'Sort Action',
      before:
        '{\n  "Action": [\n    "sns:Publish",\n    "S3:PutObject",$0\n    "s3:GetObject",\n    "SNS:publish"\n  ],\n  "Resource": ["b", "a"]\n}',
      after:
        '{\n  "Action": [\n    "s3:GetObject",\n    "S3:PutObject",\n    "sns:Publish"\n  ],\n  "Resource": ["b", "a"]\n}',
    },
    {
      name: 'all lists of the statement',
      title: 'Sort Action and Resource',
      before: '{ "Sid$0": "A", "Action": ["b:B", "a:A"], "Resource": ["b", "a", "B", "b"] }',
      after: '{ "Sid": "A", "Action": ["a:A", "b:B"], "Resource": ["B", "a", "b"] }',
    },
    {
      name: 'what is selected',
      title: 'Sort the selected entries of Action',
      before: '{ "Action": ["z:Z", $["y:Y", "x:X", $]"a:A"] }',
      after: '{ "Action": ["z:Z", "x:X", "y:Y", "a:A"] }',
    },
    {
      name: 'not what a selection only touches',
      title: 'Sort the selected entries of Action',
      before: '{ "Action": ["z:Z"$[, "y:Y", "x:X", $]"a:A"] }',
      after: '{ "Action": ["z:Z", "x:X", "y:Y", "a:A"] }',
    },
    {
      name: 'all of a list in which one entry is selected',
      title: 'Sort Action',
      before: '{ "Action": ["c:C", $["b:B"$], "a:A"] }',
      after: '{ "Action": ["a:A", "b:B", "c:C"] }',
    },
    {
      name: 'what is selected in two lists, all of them',
      title: 'Sort Action and Resource',
      before: '{ "Action": ["c:C", $["b:B", "a:A"], "Resource": ["b", "a"$], "A"] }',
      after: '{ "Action": ["a:A", "b:B", "c:C"], "Resource": ["A", "a", "b"] }',
    },
    {
      name: 'an entry once that stands there three times, as it stands first',
      before: '{ "Action": ["s3:GetObject", "a:A", "S3:GetObject", "s3:getobject"$0] }',
      after: '{ "Action": ["a:A", "s3:GetObject"] }',
    },
    {
      name: 'comments go with their entries',
      before:
        '{\n  "Action": [ // what\n    // to write\n    "s3:PutObject", // there\n    "s3:GetObject$0" // here\n    // end\n  ]\n}',
      after:
        '{\n  "Action": [ // what\n    "s3:GetObject", // here\n    // to write\n    "s3:PutObject" // there\n    // end\n  ]\n}',
    },
    {
      name: 'a template function stays in its place',
      before: '{ "Resource": ["b", { "Ref": "Bucket" }, "a"$0] }',
      after: '{ "Resource": ["a", { "Ref": "Bucket" }, "b"] }',
    },
    { name: 'not what is in order', before: '{ "Action": ["a:A", "b:B"$0] }' },
    { name: 'not comments on one line', before: '{ "Action": ["b:B", /* first */ "a:A"$0] }' },
    { name: 'not while a comma is missing', before: '{ "Action": ["b:B" "a:A"$0] }' },
    { name: 'not an open list', before: '{ "Action": ["b:B", "a:A"$0' },
  ],
  mergeStatements: [
    {
      name: 'of different resources',
      title: 'Merge 3 statements that differ in Resource only',
      before: `[
  { "Sid": "First", "Effect": "Allow", "Action": ["a:A", "b:B"], "Resource": "one" },
  { "Effect": "Deny", "Action": "*", "Resource": "*" },
  { "Sid": "Second", "Effect": "Allow$0", "Resource": ["two", "one"], "Action": ["b:B", "a:A"] },
  { "Effect": "Allow", "Action": ["a:A", "b:B"], "Resource": ["three"] }
]`,
      after: `[
  { "Sid": "First", "Effect": "Allow", "Action": ["a:A", "b:B"], "Resource": ["one", "two", "three"] },
  { "Effect": "Deny", "Action": "*", "Resource": "*" }
]`,
    },
    {
      name: 'of different actions, under the same conditions',
      title: 'Merge 2 statements that differ in Action only',
      before: `[
  {
    "Effect": "Deny",
    "Action": [
      "a:A"
    ],
    "Resource": "*",
    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
  },
  {
    "Effect": "Deny",
    "Action": "b:B$0",
    "Resource": ["*"],
    "Condition": { "Bool": { "aws:SecureTransport": ["false"] } }
  }
]`,
      after: `[
  {
    "Effect": "Deny",
    "Action": [
      "a:A",
      "b:B"
    ],
    "Resource": "*",
    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
  }
]`,
    },
    {
      name: 'of different principals',
      title: 'Merge 2 statements that differ in Principal AWS only',
      before: `[
  { "Effect": "Allow$0", "Principal": { "AWS": "111111111111" }, "Action": "a:A", "Resource": "*" },
  { "Effect": "Allow", "Principal": { "AWS": "222222222222" }, "Action": "a:A", "Resource": "*" }
]`,
      after: `[
  { "Effect": "Allow", "Principal": { "AWS": ["111111111111", "222222222222"] }, "Action": "a:A", "Resource": "*" }
]`,
    },
    {
      name: 'into a list of several',
      title: 'Merge 2 statements that differ in Resource only',
      before: `[
  { "Effect": "Allow$0", "Action": "a:A", "Resource": ["one", "two", "three"] },
  { "Effect": "Allow", "Action": "a:A", "Resource": ["two", "four"] }
]`,
      after: `[
  { "Effect": "Allow", "Action": "a:A", "Resource": ["one", "two", "three", "four"] }
]`,
    },
    {
      name: 'what another says already',
      title: 'Merge 2 statements that differ in Resource only',
      before: `[
  { "Effect": "Allow$0", "Action": "a:A", "Resource": ["one", "two"] },
  { "Effect": "Allow", "Action": "a:A", "Resource": "two" }
]`,
      after: `[
  { "Effect": "Allow", "Action": "a:A", "Resource": ["one", "two"] }
]`,
    },
    {
      name: 'not of a list that is empty, which grants nothing',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": [] }, { "Effect": "Allow", "Action": "a:A", "Resource": "b" }]',
    },
    {
      name: 'not of a list that a template adds to',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": ["a", { "Ref": "B" }] }, { "Effect": "Allow", "Action": "a:A", "Resource": "b" }]',
    },
    {
      name: 'not of an element that stands there twice',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": "a", "Resource": "c" }, { "Effect": "Allow", "Action": "a:A", "Resource": "b", "Resource": "c" }]',
    },
    {
      name: 'not of statements of which one has a comment',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": "a" }, { "Effect": "Allow", "Action": "a:A", "Resource": "b" }, { "Effect": "Allow", "Action": "a:A" /* why */, "Resource": "c" }]',
    },
    {
      name: 'not of statements that are selected',
      before:
        '[{ "Effect": "Allow", $["Action": "a:A", "Resource": "a" }, { "Effect": "Allow"$], "Action": "a:A", "Resource": "b" }]',
    },
    {
      name: 'not around a missing comma',
      before:
        '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "a:A$0", "Resource": "*" } { "Effect": "Deny" }, { "Effect": "Allow", "Action": "b:B", "Resource": "*" }] }',
    },
    {
      name: 'not of two lists',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": "one" }, { "Effect": "Allow", "Action": "b:B", "Resource": "two" }]',
    },
    {
      name: 'not of Effect or of conditions',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": "*" }, { "Effect": "Deny", "Action": "b:B", "Resource": "*" }, { "Effect": "Allow", "Action": "b:B", "Resource": "*", "Condition": {} }]',
    },
    {
      name: 'not of what is excepted',
      before:
        '[{ "Effect": "Allow$0", "NotAction": "a:A", "Resource": "*" }, { "Effect": "Allow", "NotAction": "b:B", "Resource": "*" }]',
    },
    {
      name: 'not where a template function orders its list otherwise',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": { "Fn::Join": ["", ["a", "b"]] } }, { "Effect": "Allow", "Action": "b:B", "Resource": { "Fn::Join": ["", ["b", "a"]] } }]',
    },
    {
      name: 'not where a comment would go',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": "*" }, { "Effect": "Allow", "Action": "b:B" /* why */, "Resource": "*" }]',
    },
    {
      name: 'not while one is being typed',
      before:
        '[{ "Effect": "Allow$0", "Action": "a:A", "Resource": "*" }, { "Effect": "Allow", "Action": "b:B", "Resource": "*"',
    },
  ],
  toJsonencode: [{ name: 'is for Terraform alone', before: '"Action": "s3:GetObject$0"' }],
  toDataSource: [{ name: 'is for Terraform alone', before: '"Action": "s3:GetObject$0"' }],
  toHeredoc: [{ name: 'is for Terraform alone', before: '"Action": "s3:GetObject$0"' }],
  splitByService: [
    {
      name: 'in the order of the services',
      title: 'Split into 2 statements by service',
      before: `[
  {
    "Sid": "Both",
    "Effect": "Allow$0",
    "Action": [
      "s3:GetObject",
      "sqs:SendMessage",
      "S3:PutObject"
    ],
    "Resource": "*"
  }
]`,
      after: `[
  {
    "Sid": "Both",
    "Effect": "Allow",
    "Action": [
      "s3:GetObject",
      "S3:PutObject"
    ],
    "Resource": "*"
  },
  {
    "Sid": "BothSqs",
    "Effect": "Allow",
    "Action": "sqs:SendMessage",
    "Resource": "*"
  }
]`,
    },
    {
      name: 'not where a template fills in a service',
      before: '{ "Effect": "Allow$0", "Action": ["s3:GetObject", "${Service}:Get*"], "Resource": "*" }',
    },
    {
      name: 'a statement without a list around it',
      before: '{ "Effect": "Allow$0", "Action": ["s3:GetObject", "execute-api:Invoke"], "Resource": "*" }',
      after: `[
  {
    "Effect": "Allow",
    "Action": "s3:GetObject",
    "Resource": "*"
  },
  {
    "Effect": "Allow",
    "Action": "execute-api:Invoke",
    "Resource": "*"
  }
]`,
    },
    {
      name: 'not of several statements',
      before:
        '[{ "Effect": "Allow", $["Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*" }, { "Effect": "Deny"$], "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*" }]',
    },
    {
      name: 'not without a resource',
      before: '{ "Effect": "Allow$0", "Action": ["s3:GetObject", "sqs:SendMessage"] }',
    },
    {
      name: 'not where a template writes one of the actions',
      before:
        '{ "Effect": "Allow$0", "Action": ["s3:GetObject", { "Fn::Sub": "sqs:${Verb}Message" }], "Resource": "*" }',
    },
    {
      name: 'not with what is no text among the actions',
      before: '{ "Effect": "Allow$0", "Action": ["s3:GetObject", "sqs:SendMessage", 1], "Resource": "*" }',
    },
    {
      name: 'not of one service',
      before: '{ "Effect": "Allow$0", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*" }',
    },
    {
      name: 'not what is excepted',
      before: '{ "Effect": "Deny$0", "NotAction": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*" }',
    },
    {
      name: 'not where a name stands twice',
      before:
        '{ "Effect": "Allow$0", "Effect": "Deny", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*" }',
    },
  ],
  minify: [
    {
      name: 'keeps what stands in strings, and every token',
      before: '{\n  "Version"$0: "2012-10-17",\n  "Statement": [{ "Sid": "a: b ,c", "Sid": 1.50 }]\n}',
      after: '{"Version":"2012-10-17","Statement":[{"Sid":"a: b ,c","Sid":1.50}]}',
    },
    { name: 'not with comments', before: '{ "Version"$0: "2012-10-17", "Statement": [] /* none */ }' },
    { name: 'not what is half typed', before: '{ "Version"$0: "2012-10-17", "Statement": [' },
  ],
  prettify: [
    {
      name: 'gives everything its line',
      before:
        '{\n  "Version"$0:"2012-10-17","Statement":[{"Effect":"Allow","Condition":{},"Resource":[ ],"Action":["a:A","b:B"]}]}',
      after: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Condition": {},
      "Resource": [],
      "Action": [
        "a:A",
        "b:B"
      ]
    }
  ]
}`,
    },
    {
      name: 'indented as the document is, and where the policy stands',
      before: `{
    "Role": {
        "Policy": {"Version"$0:"2012-10-17","Statement":[]}
    }
}`,
      after: `{
    "Role": {
        "Policy": {
            "Version": "2012-10-17",
            "Statement": []
        }
    }
}`,
    },
    { name: 'not what is half typed', before: '{"Version"$0:"2012-10-17","Statement":[' },
  ],
};

interface Marked {
  readonly text: string;
  readonly span: Span;
}

function marked(fixture: string): Marked {
  const text = fixture.replaceAll(/\$0|\$\[|\$\]/g, '');
  const cursor = fixture.indexOf('$0');
  const start = fixture.indexOf('$[');
  assert.notEqual(cursor < 0, start < 0, `a cursor or a selection: ${fixture}`);
  return {
    text,
    span: cursor < 0 ? { start, end: fixture.indexOf('$]') - 2 } : { start: cursor, end: cursor },
  };
}

function offered(kind: Name, { text, span }: Marked): readonly OfferedRefactoring[] {
  const wanted = `refactor.rewrite.iamPolicy.${kind}`;
  return refactorings(
    openDocument({ text, language: 'jsonc' }),
    span,
    loadIamData(),
    (name) => name === wanted,
  );
}

/** The ways in which the same policy may be written. */
const STYLES: readonly (readonly [name: string, relay: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['with tabs', (text) => text.replaceAll('  ', '\t')],
];

/** The fixture as a statement of a policy, and as typed so far where it is not closed. */
function documentOf(fixture: string): string {
  if (fixture.includes('"Version"')) {
    return fixture;
  }
  const count = (letters: RegExp): number => fixture.match(letters)?.length ?? 0;
  const isClosed = count(/[{[]/g) - count(/\$\[/g) === count(/[}\]]/g) - count(/\$\]/g);
  return `{\n  "Version": "2012-10-17",\n  "Statement": ${fixture.replaceAll('\n', '\n  ')}${isClosed ? '\n}' : ''}`;
}

/** The same in a policy that is a string of a document, where everything is escaped once more. */
function checkInString(kind: Name, fixture: string, expected: string): void {
  const inString = marked(JSON.stringify({ PolicyDocument: fixture }));
  const [action] = offered(kind, inString);
  const { PolicyDocument } = JSON.parse(applyEdits(inString.text, action?.edits() ?? [])) as {
    readonly PolicyDocument: string;
  };
  assert.equal(PolicyDocument, expected, 'in a string');
}

describe('refactorings', () => {
  for (const [name, value] of [
    ['plain text', 's3:GetObject\n        s3:PutObject'],
    ['plain text that is hardly indented', 's3:GetObject\n     s3:PutObject'],
    ['plain text below its key', '\n      arn:aws:s3:::a\n      b'],
    ['plain text with an empty line', 'a\n\n      b'],
    ['single quotes', "'a\n     b'"],
    ['double quotes with an escaped end of line', '"a\\\n     b\n\n     c"'],
    ['a function in brackets', '{\n     "Fn::Sub": "a\n     b"\n     }'],
  ] as const) {
    for (const lists of ['- ', '  - ']) {
      it(`make a list in YAML of a value on several lines, ${name}, beside lists with '${lists}'`, () => {
        const text = `Statement:\n  - Effect: Allow\n    Action:\n    ${lists}s3:Get*\n    Resource: ${value}\n    Sid: A\n`;
        const [offer] = refactorings(
          openDocument({ text, language: 'yaml' }),
          { start: text.indexOf('Resource'), end: text.indexOf('Resource') },
          undefined,
          (kind) => kind.endsWith('valueToList'),
        );
        const [before, after] = [text, applyEdits(text, offer?.edits() ?? [])].map((each) => parseYaml(each));
        before.Statement[0].Resource = [before.Statement[0].Resource];
        assert.deepEqual(after, before);
      });
    }
  }

  it('of single values are not offered by the dozen', () => {
    const kindsIn = (count: number): ReadonlySet<string> => {
      const statements = Array.from({ length: count }, () => ({
        Effect: 'Allow',
        Action: 's3:Get*',
        Resource: '*',
      }));
      const text = JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
      const whole = { start: 0, end: text.length };
      const offers = refactorings(openDocument({ text, language: 'json' }), whole, loadIamData());
      return new Set(offers.map(({ kind }) => kind.slice(kind.lastIndexOf('.') + 1)));
    };
    assert.deepEqual([...kindsIn(2)], ['expandWildcard', 'valueToList']);
    assert.deepEqual([...kindsIn(10)], ['expandWildcard', 'valueToList']);
    assert.deepEqual([...kindsIn(11)], []);
    assert.deepEqual([...kindsIn(20)], []);
  });

  for (const [kind, cases] of Object.entries(CASES) as [Name, readonly Case[]][]) {
    describe(kind, () => {
      for (const { name, before, after, title } of cases) {
        it(name, () => {
          for (const [style, relay] of STYLES) {
            const fixture = relay(documentOf(before));
            const actions = offered(kind, marked(fixture));
            if (after === undefined) {
              assert.deepEqual(actions, [], style);
              continue;
            }
            const [action] = actions;
            assert.equal(actions.length, 1, `${style}: ${actions.map((each) => each.title)}`);
            assert.equal(action?.title, title ?? action?.title);
            const { text } = marked(fixture);
            const expected = relay(documentOf(after));
            assert.equal(applyEdits(text, action?.edits() ?? []), expected, style);
            if (!/\/[/*]|"Role"/.test(expected)) {
              checkInString(kind, fixture, expected);
            }
          }
        });
      }
    });
  }

  for (const [language, before, after] of [
    [
      'yaml',
      'Action: [execute-api:In*, !Ref More]',
      'Action: ["execute-api:InvalidateCache", "execute-api:Invoke", !Ref More]',
    ],
    [
      'yaml',
      'Action: [execute-api:In*, !Sub "s3:${Verb}Object"]',
      'Action: ["execute-api:InvalidateCache", "execute-api:Invoke", !Sub "s3:${Verb}Object"]',
    ],
    [
      'hcl',
      'actions = ["execute-api:In*", var.more]',
      'actions = ["execute-api:InvalidateCache", "execute-api:Invoke", var.more]',
    ],
    [
      'hcl',
      'actions = ["execute-api:In*", "s3:${var.verb}Object"]',
      'actions = [\n      "execute-api:InvalidateCache",\n      "execute-api:Invoke",\n      "s3:${var.verb}Object",\n    ]',
    ],
  ] as const) {
    it(`expand a wildcard beside what is filled in later, which stays: ${before}`, () => {
      const around = (line: string): string =>
        language === 'yaml'
          ? `Statement:\n  - Effect: Allow\n    ${line}\n`
          : `data "aws_iam_policy_document" "x" {\n  statement {\n    ${line}\n  }\n}\n`;
      const text = around(before);
      const at = text.indexOf('In*');
      const [offer] = refactorings(
        openDocument({ text, language }),
        { start: at, end: at },
        loadIamData(),
        (kind) => kind.endsWith('expandWildcard'),
      );
      assert.equal(applyEdits(text, offer?.edits() ?? []), around(after));
    });
  }

  it('leave the list of statements a list where it stands under another name', () => {
    const text =
      'provider:\n  iamRoleStatements:\n    - Effect: Allow\n      Action: s3:GetObject\n      Resource: "*"\n';
    const start = text.indexOf('iamRole') + 1;
    const offers = refactorings(
      openDocument({ text, language: 'yaml' }),
      { start, end: start },
      undefined,
      (kind) => /ToValue|ToList/.test(kind),
    );
    assert.deepEqual(
      offers.map(({ title }) => title),
      [],
    );
  });

  it('make no list of a reference of Terraform, which may be one', () => {
    const text =
      'data "aws_iam_policy_document" "x" {\n  statement {\n    actions   = "s3:GetObject"\n    resources = var.buckets\n  }\n}\n';
    const document = openDocument({ text, language: 'hcl' });
    const whole = { start: 0, end: text.length };
    const offers = refactorings(document, whole, undefined, (kind) => kind.endsWith('valueToList'));
    assert.deepEqual(
      offers.map(({ title }) => title),
      ['Make a list of Action'],
    );
  });

  it('sort every statement of a policy at once', () => {
    const statement = (actions: string): string => `{ "Action": ${actions}, "Resource": "*" }`;
    const policy = (actions: string): string =>
      `{ "Statement": [${statement(actions)}, ${statement(actions)}] }`;
    const text = policy('["b:B", "a:A", "B:b"]');
    const [opened] = openDocument({ text, language: 'json' }).policies;
    assert.ok(opened !== undefined);
    assert.equal(applyEdits(text, sortPolicy(opened)), policy('["a:A", "b:B"]'));
  });

  it('prettify only while the policy stays within a quota that counts white space', () => {
    const statement = '{"Effect":"Deny","Action":"s3:*","Resource":"*"}';
    const titles = (count: number, type: PolicyType): readonly string[] => {
      const text = `{"Version":"2012-10-17","Statement":[${Array(count).fill(statement).join()}]}`;
      const document = openDocument({ text, language: 'json', override: { policyType: type } });
      return refactorings(document, { start: 1, end: 1 }, undefined).map(({ title }) => title.slice(0, 8));
    };
    assert.deepEqual(titles(10, 'scp'), ['Prettify']);
    assert.deepEqual(titles(200, 'scp'), []);
    assert.deepEqual(titles(200, 'identity'), ['Prettify']);
  });

  it('prettify up to the last character of a quota, and what is longer anyway', () => {
    const { characters } = SCP_QUOTA;
    const compact = (id: number): string =>
      `{"Version":"2012-10-17","Id":"${'i'.repeat(id)}","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}`;
    const offer = (id: number): OfferedRefactoring | undefined => {
      const document = openDocument({
        text: compact(id),
        language: 'json',
        override: { policyType: 'scp' },
      });
      return refactorings(document, { start: 1, end: 1 }, undefined).find(({ kind }) =>
        kind.endsWith('prettify'),
      );
    };
    const added = applyEdits(compact(0), offer(0)?.edits() ?? []).length - compact(0).length;
    const spare = characters - compact(0).length;
    assert.ok(added > 0 && spare > added);
    assert.notEqual(offer(spare - added), undefined, 'exactly as long as it may be afterwards');
    assert.equal(offer(spare - added + 1), undefined, 'one character too long afterwards');
    assert.equal(offer(spare), undefined, 'exactly as long as it may be before');
    assert.notEqual(offer(spare + 1), undefined, 'too long before');
  });

  it('ask for the other files of a module in policies of Terraform alone, for the forms that depend on these', () => {
    const data = 'data "aws_iam_policy_document" "x" {\n  statement {\n    actions = ["s3:*"]\n  }\n}\n';
    const asks = (text: string, at: number, kind?: string, language: 'hcl' | 'json' = 'hcl'): boolean =>
      asksForModule(
        openDocument({ text, language }),
        { start: at, end: at },
        kind === undefined ? undefined : (each) => each === `refactor.rewrite.iamPolicy.${kind}`,
      );
    const [outside, inStatement] = [data.indexOf('aws_iam'), data.indexOf('actions')];
    assert.equal(asks(data, outside), true);
    assert.equal(asks(data, inStatement), false, 'forms are not offered in a statement');
    for (const kind of ['toDataSource', 'toJsonencode', 'toHeredoc']) {
      assert.equal(asks(data, inStatement, kind), true, kind);
    }
    assert.equal(asks(data, inStatement, 'sort'), false);
    assert.equal(asks('x = 1\n', 1), false, 'no policy');
    assert.equal(asks('{ "Statement": [] }', 1, undefined, 'json'), false);
  });

  for (const [title, language, text] of [
    ['a bracket of its list', 'yaml', 'Statement:\n  - Effect: Allow\n    Action: [b:B, a:A\n'],
    ['a brace around its list', 'yaml', 'Statement:\n  - { Effect: Allow, Action: [b:B, a:A]\n'],
    ['a bracket further out', 'yaml', 'Statement: [ { Effect: Allow, Action: [b:B, a:A] }\n'],
    ['a quote in its list', 'yaml', 'Statement:\n  - Effect: Allow\n    Action: [b:B, "a:A\n'],
    ['a bracket in its list', 'yaml', 'Statement:\n  - Effect: Allow\n    Action: [b:B, a:A, [x]\n'],
    ['a brace in its list', 'yaml', 'Statement:\n  - Effect: Allow\n    Action: [b:B, a:A, { x: y ]\n'],
    [
      'a bracket of its list',
      'hcl',
      'x = jsonencode({\n  Statement = [{ Effect = "Allow", Action = ["b:B", "a:A"\n',
    ],
    [
      'a quote in its list',
      'hcl',
      'x = jsonencode({\n  Statement = [{ Effect = "Allow", Action = ["b:B", "a:A\n',
    ],
    [
      'a brace in its list',
      'hcl',
      'x = jsonencode({\n  Statement = [{ Effect = "Allow", Action = ["b:B", "a:A", { x = "y" ]\n',
    ],
  ] as const) {
    it(`leave alone what may go on, since nothing closes ${title} in ${language}`, () => {
      const at = text.indexOf('b:B');
      const offers = refactorings(
        openDocument({ text, language }),
        { start: at, end: at },
        loadIamData(),
        (kind) => /sort|valueToList|splitByService/.test(kind),
      );
      assert.deepEqual(
        offers.map(({ title: offer }) => offer),
        [],
      );
    });
  }

  it('of the whole policy are offered in a statement only to those who ask', () => {
    const { text, span } = marked(documentOf('{ "Effect": "Al$0low" }'));
    const kinds = (asked?: (kind: string) => boolean): readonly string[] =>
      refactorings(openDocument({ text, language: 'json' }), span, loadIamData(), asked).map(
        ({ kind }) => kind,
      );
    assert.deepEqual(kinds(), []);
    assert.deepEqual(
      kinds(() => true).map((kind) => kind.replace(/.*\./, '')),
      ['minify', 'prettify'],
    );
  });
});
