import assert from 'node:assert/strict';
import { languageOfFile } from '../../server/src/core/index';
import { applyEdits } from '../../server/src/core/lint/edits';
import { languageService } from '../support/policies';

/*
 * Policies in the files of template engines and on pages in Markdown: what is found, and on which text.
 */

const service = languageService();

function told(name: string, text: string): readonly string[] {
  const { findings, failures } = service.lint(service.open({ text, language: languageOfFile(name, text) }));
  assert.deepEqual(failures, []);
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const UNKNOWN = 'action-unknown: GetObjct';
const head = '{\n  "Version": "2012-10-17",\n  "Statement": [\n';
const statement = (more: string) => `    { "Effect": "Allow", "Action": "s3:GetObjct", ${more} }`;

const TEMPLATES: readonly (readonly [
  title: string,
  name: string,
  text: string,
  expected: readonly string[],
])[] = [
  [
    'one expression of Terraform that makes all of it',
    'p.tftpl',
    '${jsonencode({\n  Version = "2012-10-17"\n  Statement = [for b in buckets : {\n    Effect = "Allow"\n    Action = "s3:GetObjct"\n    Resource = "${b}/*"\n  }]\n})}\n',
    [UNKNOWN],
  ],
  [
    'a macro and an assignment of Jinja in front',
    'p.j2',
    `{%- set x = 1 -%}\n{%- macro arn(b) -%}arn:aws:s3:::{{ b }}{%- endmacro -%}\n${head}${statement('"Resource": "{{ arn(x) }}"')}\n  ]\n}\n`,
    [UNKNOWN],
  ],
  [
    'code of ERB over lines in front',
    'p.json.erb',
    `<%\n  arns = []\n-%>\n${head}${statement('"Resource": <%= arns.to_json %>')}\n  ]\n}\n`,
    [UNKNOWN],
  ],
  [
    'a policy for each of two cases',
    'p.json.tftpl',
    `%{ if a ~}\n${head}${statement('"Resource": "*"')}\n  ]\n}\n%{ else ~}\n${head}${statement('"Resource": "*"')}\n  ]\n}\n%{ endif ~}\n`,
    [UNKNOWN, UNKNOWN],
  ],
  [
    'a name on a line of its own in a string',
    'p.json.tpl',
    `${head}${statement('"Resource": "${\n  arn\n}/*"')}\n  ]\n}\n`,
    [UNKNOWN],
  ],
  [
    'a configuration of Terraform',
    'main.tf.j2',
    '{% for b in buckets %}\nresource "aws_iam_policy" "{{ b }}" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{ Effect = "Allow", Action = "s3:GetObjct", Resource = "{{ b }}" }]\n  })\n}\n{% endfor %}\n',
    [UNKNOWN],
  ],
  [
    'a loop of Helm in a text of YAML',
    'config.yaml',
    `data:\n  policy.json: |-\n    {\n      "Version": "2012-10-17",\n      "Statement": [\n        {{- range $i, $b := .Values.buckets }}\n        {{- if $i }},{{ end }}\n        { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "{{ $b }}" }\n        {{- end }}\n      ]\n    }\n`,
    [UNKNOWN],
  ],
  [
    'a loop of Terraform in a list',
    'p.json.tftpl',
    `${head}${statement('"Resource": [\n%{ for b in buckets ~}\n      "arn:aws:s3:::${b}/*",\n%{ endfor ~}\n    ]')}\n  ]\n}\n`,
    [UNKNOWN],
  ],
  [
    'an expression for a value, and a comma that depends',
    'p.tpl',
    `${head}%{ for i, b in buckets ~}\n${statement('"Resource": ${jsonencode(b["arn"])}')}%{ if i < length(buckets) - 1 },%{ endif }\n%{ endfor ~}\n  ]\n}\n`,
    [UNKNOWN],
  ],
  [
    'quotes in an expression in a string',
    'p.tftpl',
    `${head}${statement('"Resource": "arn:aws:s3:::${lookup(names, "data")}/*"')}\n  ]\n}\n`,
    [UNKNOWN],
  ],
  [
    'branches of Jinja with one Sid and one element twice',
    'p.json.j2',
    `${head}    { "Sid": "One", {% if strict %}"Effect": "Deny",{% else %}"Effect": "Allow",{% endif %} "Action": "s3:GetObjct", "Resource": "*" }{% if more %},\n${statement('"Sid": "One", "Resource": "{{ arn }}"')}{% endif %}\n  ]\n}\n`,
    [UNKNOWN, UNKNOWN],
  ],
  [
    'ERB',
    'policy.json.erb',
    `<%# A comment %>\n${head}<% buckets.each do |b| %>\n${statement('"Resource": "arn:aws:s3:::<%= b["name"] %>/*"')},\n<% end %>\n${statement('"Resource": <%= arns.to_json %>')}\n  ]\n}\n`,
    [UNKNOWN, UNKNOWN],
  ],
  [
    'Go, as in Helm',
    'policy.json.tmpl',
    `{{- if .Values.policy }}\n${head}{{- range $i, $b := .Values.buckets }}\n{{ if $i }},{{ end }}\n${statement('"Resource": {{ $b | toJson }}')}\n{{- end }}\n  ]\n}\n{{- end }}\n`,
    [UNKNOWN],
  ],
  [
    'YAML in a template of Terraform',
    'stack.yaml.tftpl',
    'Resources:\n%{ for b in buckets ~}\n  P${b}:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - Effect: Allow\n            Action: s3:GetObjct\n            Resource: arn:aws:s3:::${b}/*\n%{ endfor ~}\n',
    [UNKNOWN],
  ],
  ['a script', 'user_data.sh.tpl', '#!/bin/bash\nset -e\necho \'{"Statement": [\' > ${file}\n', []],
  [
    'a real fault beside an expression',
    'p.json.tpl',
    `${head}${statement('"Resource": ${arn}')}\n}\n`,
    [UNKNOWN, 'json-syntax: '],
  ],
];

describe('policies in the files of template engines', () => {
  for (const [title, name, text, expected] of TEMPLATES) {
    it(`${title} (${name})`, () => assert.deepEqual([...told(name, text)].sort(), [...expected].sort()));
  }

  it('have variables of IAM behind the escapes of Terraform', () => {
    const text = `${head}${statement('"Resource": ["arn:aws:s3:::$${aws:PrincipalTag/b}/*", "arn:aws:s3:::${bucket}/$${ aws:username }"]')}\n  ]\n}\n`;
    assert.deepEqual(told('p.json.tftpl', text), [UNKNOWN, 'variable-space:  aws:username ']);
    const document = service.open({ text, language: 'template' });
    const [policy] = document.policies;
    assert.deepEqual(
      policy?.statements[0]?.resources[0]?.entries.map((entry) => entry.text),
      ['arn:aws:s3:::${aws:PrincipalTag/b}/*', 'arn:aws:s3:::${bucket}/${ aws:username }'],
    );
    // What is moved or added is written with the escape, and the parameter of the template without one.
    const source = policy?.node.source;
    assert.equal(source?.encode('"${bucket}/${aws:username}${*}"'), '"${bucket}/$${aws:username}$${*}"');
    const sorted = applyEdits(text, service.sortEdits(document));
    assert.ok(
      sorted.includes(
        '["arn:aws:s3:::$${aws:PrincipalTag/b}/*", "arn:aws:s3:::${bucket}/$${ aws:username }"]',
      ),
      sorted,
    );
    const fixes = service.lint(document).findings.flatMap((finding) => finding.fixes);
    assert.deepEqual(
      fixes.map((fix) => applyEdits(text, fix.edits())),
      [text.replace('GetObjct', 'GetObject'), text.replace('{ aws:username }', '{aws:username}')],
    );
  });

  it('never break while they are typed', () => {
    for (const [, name, text] of TEMPLATES) {
      for (let end = 0; end <= text.length; end += 1) {
        told(name, text.slice(0, end));
      }
    }
  }).timeout(60_000);

  it('replaces letters within strings and nothing else where control lines stand', () => {
    const text = `${head}%{ if a }\n${statement('"Resource": ["*", "*"]').replace('GetObjct', 'GetObject')}\n%{ endif }\n  ]\n}\n`;
    const document = service.open({ text, language: 'template' });
    const fixes = service.lint(document).findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits()));
    assert.ok(fixes.every(({ span }) => !/[\n,]/.test(text.slice(span.start, span.end))));
  });

  it('leaves a string without its end as it is', () => {
    const text =
      '{ "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username" } }';
    assert.equal(service.open({ text, language: 'json' }).policies[0]?.statements[0]?.resources.length, 1);
    assert.deepEqual(
      told('x.json', text).filter((each) => each.startsWith('json-syntax')),
      [],
    );
  });
});

const FENCED = (word: string, code: string) =>
  `# Setup\n\nAttach this:\n\n\`\`\`${word}\n${code}\n\`\`\`\n\nDone.\n`;
const WRONG =
  '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Alow", "Action": "s3:GetObjct", "Resource": "*" }]\n}';
const EFFECT = 'effect-invalid: "Alow"';

const PAGES: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
  ['JSON: errors, and no warnings', FENCED('json', WRONG), [EFFECT]],
  ['JSON with comments', FENCED('json', WRONG.replace('{\n', '{\n  // who may\n')), [EFFECT]],
  ['a block without a word', FENCED('', WRONG), [EFFECT]],
  ['a block in a list', `- one\n\n  \`\`\`json\n  ${WRONG.replaceAll('\n', '\n  ')}\n  \`\`\`\n`, [EFFECT]],
  [
    'YAML',
    FENCED(
      'yaml',
      'Version: "2012-10-17"\nStatement:\n  - Effect: Alow\n    Action: s3:GetObject\n    Resource: "*"',
    ),
    ['effect-invalid: Alow'],
  ],
  [
    'TypeScript and Python',
    `${FENCED('ts', "const p = { Statement: [{ Effect: 'Alow', Action: 's3:*', Resource: '*' }] };")}${FENCED('python', 'p = {"Statement": [{"Effect": "Alow", "Action": "s3:*", "Resource": "*"}]}')}`,
    ["effect-invalid: 'Alow'", EFFECT],
  ],
  ['an excerpt', FENCED('json', '{ "Statement": [ ... { "Effect": "Alow" } ] }'), []],
  [
    'values to be filled in',
    FENCED('json', WRONG.replace('Alow', 'Allow').replace('"*"', '"arn:aws:s3:::<bucket>/*"')),
    [],
  ],
  ['a block in a quote', `> ${FENCED('json', WRONG).trim().replaceAll('\n', '\n> ')}\n`, [EFFECT]],
  ['another language', FENCED('text', WRONG), []],
  ['prose', 'A policy has a "Statement" with an Effect.\n', []],
];

describe('policies on pages in Markdown', () => {
  for (const [title, text, expected] of PAGES) {
    it(title, () => assert.deepEqual(told('README.md', text), expected));
  }

  it('have a hover, and nothing that is in the way of who writes', () => {
    const text = FENCED('json', WRONG);
    const document = service.open({ text, language: 'markdown' });
    assert.ok(service.hover(document, text.indexOf('GetObjct') + 2) !== undefined);
    assert.deepEqual(service.documentSymbols(document), []);
    assert.deepEqual(service.semanticTokens(document), []);
    assert.deepEqual(service.codeLenses(document), []);
    assert.deepEqual(
      service.completions(document, text.indexOf('GetObjct'), { snippets: 'plain' }).items,
      [],
    );
    const { findings } = service.lint(document);
    assert.deepEqual(
      findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits())),
      [],
    );
  });
});
