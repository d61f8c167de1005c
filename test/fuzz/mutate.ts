import type { DocumentInput, DocumentLanguage } from '../../server/src/core/index';
import type { Random } from './random';

/** What parsers, patterns and tables stumble over. */
const TOKENS: readonly string[] = [
  ...[
    '\ud800',
    '\udfff',
    '\ufeff',
    '\0',
    '\u2028',
    '\u2029',
    '\u0085',
    '\u202e',
    '\u200b',
    '\x7f',
    'é',
    '\u{1f600}',
    'ﬀ',
    'İ',
    'ß',
  ],
  ...['\r', '\n', '\r\n', '\t', ' ', '  ', '\v', '\f', '\u00a0'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'],
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    '\\',
    ':',
    ',',
    '=',
    '#',
    '//',
    '/*',
    '*/',
    '<!--',
    '-->',
    '|',
    '>',
    '&',
    '@',
    '%',
    '!',
    '?',
  ],
  ...[
    '${',
    '${aws:username}',
    '${*}',
    "${aws:x, 'y'}",
    '$${',
    '%{if x}',
    '%{',
    '<%= x %>',
    '<%',
    '{{ x }}',
    '{{',
    '{%',
    '#{x}',
    '<x>',
    '<<EOF\n',
    '<<-EOF\n',
    '\nEOF\n',
  ],
  ...['\\u12', '\\ud800', '\\"', '\\n', '\\x', '\\u0000', '%22', '%7B', '%ZZ', '&amp;', '&#34;'],
  ...[
    '- ',
    '? ',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary ',
    '!Sub ',
    '!Join [a, ',
    '!GetAtt a.b',
    '---\n',
    '...\n',
    '>-\n',
    '|2\n',
    '%YAML 1.2\n',
    '"""',
    "'''",
    'f"',
    'r"',
    '${`',
    '}`',
  ],
  ...[
    '*',
    '?',
    '**',
    '*?*',
    ':',
    '::',
    'arn:',
    'arn:aws:',
    'arn:*:*:*:*:*',
    'execute-api:',
    'arn:aws:execute-api:',
    '/',
    '//',
    '/../',
    '@connections/',
    's3:',
    's3:*',
    'sts:AssumeRole',
    'iam:PassRole',
  ],
  ...[
    'null',
    'true',
    '1e999',
    '-0',
    '0x10',
    'NaN',
    '123456789012',
    '1'.repeat(400),
    '0/0',
    '::ffff:1.2.3.4/129',
    '2012-10-17',
    '2008-10-17',
  ],
  ...[
    '"Effect": "Allow",',
    '"Effect": "Deny",',
    '"Action": "*",',
    '"NotAction": [],',
    '"Resource": "*",',
    '"NotResource": {},',
    '"Principal": "*",',
    '"NotPrincipal": {"AWS": []},',
    '"Statement": [',
    '"Condition": {"StringEquals": {"aws:x": []}},',
    '"Condition": {"ForAllValues:StringLike": {"aws:TagKeys": "*"}},',
    '"Sid": "",',
    '"Version": "2012-10-17",',
  ],
  ...[
    '{"Ref": "x"}',
    '{"Fn::Sub": "${x}"}',
    '{"Fn::If": ["c", [], {}]}',
    '{"Fn::Join": ["", []]}',
    '"Fn::GetAtt": [',
    'jsonencode({',
    'data "aws_iam_policy_document" "x" {',
    'statement {',
    'dynamic "statement" {',
    'new iam.PolicyStatement({',
    'effect: iam.Effect.DENY',
    'json.dumps({',
  ],
  ...['// iam-policy-ignore', '# iam-policy-ignore-file', '/* iam-policy-ignore-next-line x */'],
];

/** Longer documents take long and show nothing new but that they do. */
const LONGEST = 60_000;

type Mutation = (text: string, random: Random, other: string) => string;

const cut = (text: string, start: number, end: number, put = ''): string =>
  text.slice(0, start) + put + text.slice(end);

/** A place in a text: any, or just beside a mark, where grammars decide. */
function place(text: string, random: Random): number {
  const at = random.below(text.length + 1);
  if (random.chance(0.5)) {
    return at;
  }
  const mark = /["'{}[\],:\n=]/g;
  mark.lastIndex = at;
  return (mark.exec(text)?.index ?? at) + random.below(2);
}

/** The spans of what stands in quotes. */
function quoted(text: string): readonly (readonly [start: number, end: number])[] {
  return [...text.matchAll(/"[^"\n]*"/g)].map(({ index, 0: found }) => [index + 1, index + found.length - 1]);
}

const nest: Mutation = (text, random) => {
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['(', ')'],
    ['{', '}'],
    ['${', '}'],
    ['- ', ''],
    ['"\\', ''],
    ['!Sub [', ']'],
    ['jsonencode(', ')'],
    ['{"Fn::If":["c",', ']}'],
  ]);
  const depth = random.pick([3, 40, 1500]);
  const start = place(text, random);
  const end = random.chance(0.5) ? start : Math.min(text.length, start + random.below(200));
  const inside = text.slice(start, end);
  return cut(text, start, end, open.repeat(depth) + inside + (random.chance(0.7) ? close.repeat(depth) : ''));
};

const MUTATIONS: readonly Mutation[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => {
    const start = place(text, random);
    return cut(text, start, start + 1 + random.below(random.pick([1, 3, 30, 400])));
  },
  (text, random) => {
    const start = place(text, random);
    const end = Math.min(text.length, start + 1 + random.below(random.pick([3, 60, 600])));
    return cut(text, end, end, text.slice(start, end).repeat(random.pick([1, 1, 2, 5])));
  },
  (text, random) => {
    const at = place(text, random);
    return cut(text, at, at, random.pick(TOKENS));
  },
  (text, random) => {
    const at = place(text, random);
    return cut(text, at, at + 1, random.pick(TOKENS));
  },
  (text, random) => {
    const at = place(text, random);
    return cut(text, at, at, random.pick(TOKENS).repeat(random.pick([10, 300])));
  },
  // What stands in quotes becomes something else, part of something else, or something more.
  (text, random, other) => {
    const spans = quoted(text);
    if (spans.length === 0) {
      return text;
    }
    const [start, end] = random.pick(spans);
    const others = quoted(other);
    const [from, to] = others.length === 0 ? [0, 0] : random.pick(others);
    const put = random.chance(0.5) ? random.pick(TOKENS) : other.slice(from, to);
    return random.chance(0.5)
      ? cut(text, start, end, put)
      : cut(text, start + random.below(end - start + 1), end, put);
  },
  // A part of another document stands in this one.
  (text, random, other) => {
    const start = place(text, random);
    const end = random.chance(0.5) ? start : Math.min(text.length, start + random.below(300));
    const from = place(other, random);
    return cut(text, start, end, other.slice(from, from + random.below(600)));
  },
  // Lines go, come twice, change places, or are indented otherwise.
  (text, random) => {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    const line = lines[at] ?? '';
    switch (random.below(4)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(at, 0, line);
        break;
      case 2:
        lines.splice(at, 1);
        lines.splice(random.below(lines.length + 1), 0, line);
        break;
      default:
        lines[at] = random.pick([' ', '  ', '\t', '      ']) + (random.chance(0.5) ? line.trimStart() : line);
    }
    return lines.join('\n');
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    const letter = text.charAt(at);
    return cut(
      text,
      at,
      at + 1,
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    );
  },
  (text, random) => text.replaceAll('\n', random.pick(['\r\n', '\r', '\n\n', ' '])),
  (text) => `\ufeff${text}`,
  nest,
];

/** A document put into another form, in which a policy may stand too. */
const WRAPPINGS: readonly (readonly [language: DocumentLanguage, wrap: (text: string) => string])[] = [
  ['json', (text) => JSON.stringify({ PolicyDocument: text })],
  ['json', (text) => JSON.stringify({ a: JSON.stringify({ Policy: text }) })],
  [
    'json',
    (text) => JSON.stringify({ PolicyDocument: encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '')) }),
  ],
  [
    'json',
    (text) => `{"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": ${text}}}}}`,
  ],
  [
    'json',
    (text) =>
      `{"resource": {"aws_iam_policy": {"p": {"policy": "\${jsonencode(${text.replaceAll('"', '\\"')})}"}}}}`,
  ],
  ['yaml', (text) => `PolicyDocument: |\n${text.replaceAll(/^/gm, '  ')}\n`],
  [
    'yaml',
    (text) =>
      `Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: ${text}\n`,
  ],
  ['hcl', (text) => `resource "aws_iam_policy" "p" {\n  policy = jsonencode(${text})\n}\n`],
  ['hcl', (text) => `resource "aws_iam_policy" "p" {\n  policy = <<EOF\n${text}\nEOF\n}\n`],
  ['typescript', (text) => `const policy = ${text};\n`],
  ['typescript', (text) => `const policy = JSON.stringify(${text});\nx(\`${text}\`);\n`],
  ['javascript', (text) => `module.exports = iam.PolicyDocument.fromJson(${text});\n`],
  ['python', (text) => `policy = ${text}\njson.dumps(policy)\n`],
  ['python', (text) => `POLICY = """${text}"""\n`],
  [
    'markdown',
    (text) => `# Policy\n\n\`\`\`json\n${text}\n\`\`\`\n\n- item\n\n  ~~~yaml\n  ${text}\n  ~~~\n`,
  ],
  ['template', (text) => `<% if x %>\n${text}\n{{ end }}\n`],
];

/** The document of a case: one of the seeds, in some form, with some mutations. */
export function mutated(seeds: readonly DocumentInput[], random: Random): DocumentInput {
  let { text, language, override } = random.pick(seeds);
  if ((language === 'json' || language === 'jsonc') && random.chance(0.4)) {
    const [other, wrap] = random.pick(WRAPPINGS);
    text = wrap(text);
    language = other;
  }
  for (let left = random.below(6); left >= 0; left -= 1) {
    text = random.pick(MUTATIONS)(text, random, random.pick(seeds).text).slice(0, LONGEST);
  }
  if (random.chance(0.04)) {
    language = random.pick(seeds).language;
  }
  return { text, language, ...(override === undefined ? {} : { override }) };
}
