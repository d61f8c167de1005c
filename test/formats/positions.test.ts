import assert from 'node:assert/strict';
import { type DocumentLanguage, openDocument, type PolicyDocument } from '../../server/src/core/document';
import { functionCall } from '../../server/src/core/syntax/functions';
import { textNodeOf } from '../../server/src/core/syntax/functionTexts';
import type { StringNode, SyntaxNode } from '../../server/src/core/syntax/nodes';
import { spanOfValue } from '../../server/src/core/syntax/stringSpans';

/*
 * A finding is drawn where a string stands, and a fix is written there. So every letter of every string, in every
 * language and whatever it was put together of, has to know its place.
 */

const JSON_POLICY =
  '{ "Version": "2012-10-17", "Statement": [{ "Sid": "A1", "Effect": "Allow", "Action": ["s3:Get*", "sns:Publish"], "Resource": "arn:aws:s3:::b/*" }] }';

/** At the end the texts that stand otherwise in the document: short forms, names of blocks, and what is encoded. */
const DOCUMENTS: readonly (readonly [
  name: string,
  language: DocumentLanguage,
  text: string,
  elsewhere?: readonly string[],
])[] = [
  ['JSON', 'json', JSON_POLICY],
  ['JSON with comments', 'jsonc', `// one\n${JSON_POLICY.replace('[{', '[ /* two */ {')}`],
  ['JSON in JSON', 'json', JSON.stringify({ PolicyDocument: JSON_POLICY }, undefined, 2)],
  ['JSON in JSON in JSON', 'json', JSON.stringify({ Message: JSON.stringify({ Policy: JSON_POLICY }) })],
  ['JSON encoded for a URL', 'json', JSON.stringify({ PolicyDocument: encodeURIComponent(JSON_POLICY) })],
  [
    'CloudFormation in JSON',
    'json',
    JSON.stringify({
      PolicyDocument: {
        Statement: [
          {
            Action: { 'Fn::Sub': 's3:${Verb}Object${!aws:username}Tagging' },
            Resource: [
              {
                'Fn::Join': [
                  '',
                  ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::Sub': 'b-${Env}-x' }, '/*'],
                ],
              },
              { 'Fn::Join': ['/', ['arn:aws:s3:::c', 'd', 7, true]] },
              { 'Fn::Sub': ['arn:aws:s3:::${Name}/${!x}y', { Name: 'n' }] },
              { 'Fn::GetAtt': ['Bucket', 'Arn'] },
              { Ref: 'Name' },
              { 'Fn::If': ['Prod', 'arn:aws:s3:::p', 'arn:aws:s3:::q'] },
            ],
          },
        ],
      },
    }),
  ],
  [
    'YAML',
    'yaml',
    `PolicyDocument:
  Version: '2012-10-17'
  Statement:
  - Sid: "A1"
    Effect: Allow
    Action: [s3:Get*, 'sns:Publish', "sqs:Send"]
    Resource:
      - arn:aws:s3:::b/*
      - >-
        arn:aws:s3:::folded
      - |
        arn:aws:s3:::literal
      - arn:aws:s3:::plain
        continued
    Condition: {StringLike: {"aws:username": [a, b]}}
`,
  ],
  [
    'CloudFormation in YAML',
    'yaml',
    `PolicyDocument:
  Statement:
    Effect: Allow
    Action: !Sub s3:\${Verb}Object
    Resource:
      - !Sub "arn:\${AWS::Partition}:s3:::b/\${!aws:username}/*"
      - !Join ["", ["arn:aws:s3:::", !Ref Name, "/x"]]
      - Fn::Join:
          - ':'
          - - arn:aws
            - !GetAtt A.Arn
            - tail
      - !If [Prod, arn:aws:s3:::p, !Ref AWS::NoValue]
      - !GetAtt Bucket.Arn
`,
    ['Fn::GetAtt', 'Fn::If', 'Fn::Join', 'Fn::Sub', 'Ref'],
  ],
  [
    'JSON in YAML',
    'yaml',
    `data:\n  policy: |\n    ${JSON_POLICY}\n  folded: >\n    ${JSON_POLICY}\n  quoted: '${JSON_POLICY}'\n  double: ${JSON.stringify(JSON_POLICY)}\n`,
  ],
  [
    'Terraform',
    'hcl',
    `resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "A1", Effect = "Allow", "Action" = ["s3:Get*", "sns:\${var.verb}x"]
      Resource = concat(["arn:aws:s3:::b/*"], var.more)
    }]
  })
}
resource "aws_sns_topic_policy" "t" {
  policy = <<EOF
${JSON_POLICY}
EOF
}
resource "aws_sqs_queue_policy" "q" {
  policy = <<-EOF
    ${JSON_POLICY.replace('"s3:Get*"', '"s3:Get${var.x}"')}
    EOF
}
resource "aws_iam_role_policy" "r" {
  policy = ${JSON.stringify(JSON_POLICY)}
}
data "aws_iam_policy_document" "d" {
  statement {
    sid       = "B1"
    actions   = ["s3:Get*"]
    resources = ["\${aws_s3_bucket.b.arn}/*", aws_sns_topic.t.arn, "arn:aws:s3:::x"]
    principals {
      type        = "AWS"
      identifiers = ["111122223333", "*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:username"
      values   = ["jo"]
    }
  }
}
`,
    [
      ...['Statement', 'Sid', 'Effect', 'Allow', 'Action', 'Resource', 'Principal', 'Condition', 'Ref'],
      'arn:${aws_s3_bucket.b.partition}:s3:::${aws_s3_bucket.b.bucket}/*',
      'arn:${aws_sns_topic.t.partition}:sns:${aws_sns_topic.t.region}:${aws_sns_topic.t.account}:${aws_sns_topic.t.name}',
    ],
  ],
  [
    'TypeScript',
    'typescript',
    `const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: "Allow", Action: ['s3:Get*', \`sns:\${verb}Publish\`], Resource: 'arn:aws:s3:::' + name + '/*' }],
};
const text = JSON.stringify(${JSON_POLICY});
const written = '${JSON_POLICY}';
`,
  ],
  [
    'Python',
    'python',
    `policy = {
    "Version": "2012-10-17",
    'Statement': [{"Effect": "Allow", "Action": ["s3:Get*", 'sns:Publish'], "Resource": f"arn:aws:s3:::{name}/x"}],
}
document = """
${JSON_POLICY}
"""
other = "arn:aws:s3:::" "b"
`,
  ],
  [
    'Markdown',
    'markdown',
    `# Title\n\n\`\`\`json\n${JSON_POLICY}\n\`\`\`\n\n- item\n\n  \`\`\`yaml\n  Version: '2012-10-17'\n  Statement:\n  - Effect: Allow\n    Action: s3:*\n    Resource: '*'\n  \`\`\`\n`,
  ],
  [
    'a template',
    'template',
    '{% if x %}\n{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::{{ bucket }}/*" }\n{% endif %}\n] }\n',
  ],
];

/** All strings of a document: those of its tree, those that functions give, and those of its policies. */
function stringsOf(document: PolicyDocument): readonly StringNode[] {
  const strings = new Set<StringNode>();
  const look = (node: SyntaxNode | undefined): void => {
    switch (node?.kind) {
      case 'string':
        strings.add(node);
        break;
      case 'array':
        node.items.forEach(look);
        break;
      case 'object': {
        const text = functionCall(node) === undefined ? undefined : textNodeOf(node);
        if (text !== undefined) {
          strings.add(text);
        }
        for (const { key, value } of node.members) {
          strings.add(key);
          look(value);
        }
        break;
      }
    }
  };
  look(document.tree.root);
  for (const { node, statements } of document.policies) {
    look(node);
    for (const { actions, resources, principals } of statements) {
      for (const { entries } of [...actions, ...resources, ...principals]) {
        for (const entry of entries) {
          strings.add(entry.node);
        }
      }
    }
  }
  return [...strings];
}

/** The indexes of letters and digits that no expression writes. */
function lettersOf({ value }: StringNode): readonly number[] {
  const known = value.replace(/\$\{[^}]*\}?|\{\{.*?\}\}/g, (hole) => ' '.repeat(hole.length));
  return [...known.matchAll(/[a-z0-9]/gi)].map(({ index }) => index);
}

describe('every string knows where it stands', () => {
  for (const [name, language, text, elsewhere = []] of DOCUMENTS) {
    it(`in ${name}`, () => {
      const document = openDocument({ text, language });
      const strings = stringsOf(document);
      assert.ok(document.policies.length > 0 && strings.length > 8);
      const misplaced = new Set<string>();
      for (const node of strings) {
        const { value, span, content } = node;
        const told = JSON.stringify(value);
        const table = node.offsetTable();
        assert.ok(
          span.start <= content.start && content.start <= content.end && content.end <= span.end,
          told,
        );
        assert.equal(table.length, value.length + 1, told);
        for (const [index, offset] of table.entries()) {
          assert.equal(node.offsetAt(index), offset, `${told} at ${index}`);
          assert.ok(offset >= content.start && offset <= content.end, `${told} at ${index}`);
        }
        for (const index of lettersOf(node)) {
          const { start, end } = spanOfValue(node, index, index + 1);
          if (text.slice(start, end) !== value[index]) {
            misplaced.add(value);
            continue;
          }
          assert.equal(node.indexAt(start), index, `${told} at ${index}`);
          const slice = node.writtenSlice?.(index, index + 1);
          if (node.writtenSlice !== undefined) {
            const written = slice?.node.value.slice(slice.from, slice.to);
            assert.equal(written, value[index], `${told} at ${index}`);
          }
        }
        const whole = spanOfValue(node, 0, value.length);
        assert.ok(whole.start >= span.start && whole.end <= span.end, told);
      }
      assert.deepEqual([...misplaced].sort(), [...elsewhere].sort());
    });
  }
});

describe('a letter of an action or a resource is replaced', () => {
  const WRITTEN = '${aws:username} "b\'c\\d ü: #<&>%';

  /** The actions and resources of all policies, by their values. */
  const entriesOf = (document: PolicyDocument): readonly StringNode[] =>
    document.policies.flatMap(({ statements }) =>
      statements.flatMap(({ actions, resources }) =>
        [...actions, ...resources].flatMap(({ entries }) => entries.map(({ node }) => node)),
      ),
    );

  /** What a hole is called after its place does not count. */
  const named = (value: string) => value.replace(/#\d+\}/g, '#}');

  for (const [name, language, text] of DOCUMENTS) {
    it(`in ${name}`, () => {
      const entries = entriesOf(openDocument({ text, language }));
      let replaced = 0;
      for (const [at, node] of entries.entries()) {
        const index = lettersOf(node).at(-1) ?? 0;
        const slice =
          node.writtenSlice === undefined
            ? { node, from: index, to: index + 1, escaped: (plain: string) => plain }
            : node.writtenSlice(index, index + 1);
        if (slice === undefined || slice.node.source.isReadOnly) {
          continue;
        }
        const { start, end } = spanOfValue(slice.node, slice.from, slice.to);
        // A scalar of YAML without quotes takes what needs none.
        const isPlain =
          slice.node.source.syntax === 'yaml' && slice.node.span.start === slice.node.content.start;
        // What an engine or a program puts together takes letters and nothing else.
        const takesLetters = language === 'template' || language === 'typescript' || language === 'python';
        const written = isPlain || takesLetters ? 'ü' : WRITTEN;
        const edited: string =
          text.slice(0, start) + slice.node.encode(slice.escaped(written)) + text.slice(end);
        const expected = entries.map(({ value }, other) =>
          named(other === at ? value.slice(0, index) + written + value.slice(index + 1) : value),
        );
        const read = entriesOf(openDocument({ text: edited, language }));
        assert.deepEqual(
          read.map(({ value }) => named(value)),
          expected,
          edited.slice(start - 20, start + 40),
        );
        replaced += 1;
      }
      // What is decoded for reading, and a fenced block, is left as it is.
      assert.equal(replaced > 0, name !== 'JSON encoded for a URL' && name !== 'Markdown');
    });
  }
});
