import assert from 'node:assert/strict';
import type { DocumentLanguage } from '../../server/src/core/index';
import { languageService } from '../support/policies';

const service = languageService();

/** What rules that compare statements say, each as "rule: line". */
function told(text: string, language: DocumentLanguage): readonly string[] {
  const { findings, failures } = service.lint(service.open({ text, language }));
  assert.deepEqual(failures, []);
  return findings
    .filter(({ rule }) => /^(?:statement-denied|statement-redundant|sid-duplicate)$/.test(rule))
    .map(({ rule, span }) => `${rule}: ${text.slice(0, span.start).split('\n').length}`);
}

const PUT = 'Effect: Allow, Action: "s3:PutObject", Resource: "*"';
const DENY = 'Effect: Deny, Action: "s3:*", Resource: "*"';
const NAMED = `Sid: A, ${PUT}`;
const OTHER = 'Sid: A, Effect: Allow, Action: "sqs:SendMessage", Resource: "*"';

/** What is told of some statements, `?` being one that may not be there, and `? … :` two of which one is. */
const CASES: readonly (readonly [
  title: string,
  statements: readonly string[],
  ...told: readonly string[],
])[] = [
  ['two statements', [PUT, PUT], 'statement-redundant: 2'],
  ['two statements', [PUT, DENY], 'statement-denied: 1'],
  ['two statements', [NAMED, OTHER], 'sid-duplicate: 2'],
  ['one that may not be there, and one that is', [`? ${PUT}`, PUT]],
  ['one that is there, and one that may not be', [PUT, `? ${PUT}`], 'statement-redundant: 2'],
  ['two that may each not be there', [`? ${PUT}`, `? ${PUT}`]],
  ['a third beside two that may not be there', [`? ${PUT}`, PUT, PUT], 'statement-redundant: 3'],
  ['two of which one is there', [`? ${PUT} : ${PUT}`]],
  ['a Deny that may not be there', [PUT, `? ${DENY}`]],
  ['an Allow that may not be there', [`? ${PUT}`, DENY], 'statement-denied: 1'],
  ['a Deny or an Allow', [`? ${PUT} : ${DENY}`]],
  ['one Sid in two branches', [`? ${NAMED} : ${OTHER}`]],
  ['one Sid in two that may each not be there', [`? ${NAMED}`, `? ${OTHER}`]],
  ['one Sid in one that may not be there', [`? ${NAMED}`, OTHER], 'sid-duplicate: 2'],
  ['one Sid in two branches and beside', [`? ${NAMED} : ${OTHER}`, OTHER], 'sid-duplicate: 2'],
];

describe('statements in branches', () => {
  const inYaml = (statement: string): string => {
    const [, yes = '', no] = /^\? (.*?)(?: : (.*))?$/.exec(statement) ?? [];
    return statement.startsWith('?')
      ? `!If [Cond, {${yes}}, ${no === undefined ? '!Ref AWS::NoValue' : `{${no}}`}]`
      : `{${statement}}`;
  };
  const inHcl = (statement: string): string => {
    const [, yes = '', no] = /^\? (.*?)(?: : (.*))?$/.exec(statement) ?? [];
    const object = (text: string) =>
      `{ ${text.replaceAll(/(\w+): (\w+)(?=,)/g, '$1 = "$2"').replaceAll(': "', ' = "')} }`;
    return statement.startsWith('?')
      ? `var.x ? [${object(yes)}] : [${no === undefined ? '' : object(no)}],`
      : `[${object(statement)}],`;
  };
  const form = (language: DocumentLanguage, statements: readonly string[]): string =>
    language === 'yaml'
      ? `Resources: {P: {Type: "AWS::IAM::ManagedPolicy", Properties: {PolicyDocument: {Version: "2012-10-17", Statement: [\n${statements.map((each) => `${inYaml(each)},\n`).join('')}]}}}}\n`
      : `resource "aws_iam_policy" "p" { policy = jsonencode({ Version = "2012-10-17", Statement = concat(\n${statements.map((each) => `${inHcl(each)}\n`).join('')}) })\n}\n`;

  for (const language of ['yaml', 'hcl'] as const) {
    for (const [title, statements, ...expected] of CASES) {
      it(`are compared as far as they are there together: ${title}, ${language}: ${expected.join() || 'nothing'}`, () => {
        const text = form(language, statements);
        const places = expected.map((each) => each.replace(/\d+$/, (line) => String(Number(line) + 1)));
        assert.deepEqual(told(text, language), places, text);
      });
    }
  }

  it('are not taken out of a function that needs them', () => {
    for (const [text, language] of [
      [form('yaml', [PUT, `? ${PUT}`]), 'yaml'],
      [
        '{"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}, {"Fn::If": ["Cond", {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}, {"Ref": "AWS::NoValue"}]}]}}}}}',
        'json',
      ],
    ] as const) {
      const document = service.open({ text, language });
      const { findings } = service.lint(document);
      const found = findings.filter(({ rule }) => rule === 'statement-redundant');
      assert.equal(found.length, 1);
      const titles = found.flatMap(({ span }) =>
        service.codeActions(document, span, findings).map(({ title }) => title),
      );
      assert.ok(!titles.includes('Remove the statement'), titles.join());
    }
  });

  for (const [what, action, resource, isFound] of [
    [
      'functions whose texts are known',
      '!Sub S3:getobject',
      '[!Join ["", ["arn:aws:s3:::", "pets/*"]]]',
      true,
    ],
    ['a function that fills something in', 's3:GetObject', '!Sub "arn:aws:s3:::${Pets}/*"', false],
    ['another text', '!Sub s3:PutObject', 'arn:aws:s3:::pets/*', false],
  ] as const) {
    it(`are compared by what functions make: ${what}`, () => {
      const statements = [
        '{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::pets/*"}',
        `{Effect: Allow, Action: ${action}, Resource: ${resource}}`,
      ];
      const text = `Resources: {P: {Type: "AWS::IAM::ManagedPolicy", Properties: {PolicyDocument: {Version: "2012-10-17", Statement: [${statements.join()}]}}}}\n`;
      const { findings } = service.lint(service.open({ text, language: 'yaml' }));
      assert.equal(
        findings.some(({ rule }) => rule === 'statement-redundant'),
        isFound,
      );
    });
  }
});
