import { moduleOf, policyOf, templateOf } from './documents';

/** A kind of document that grows in one way, for what must not take the square of its size. */
export interface Shape {
  readonly name: string;
  readonly languageId: string;
  /** A document with about so many of what there is many of. */
  readonly textOf: (size: number) => string;
}

const many = <T>(size: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: size }, (_, index) => make(index));

const policy = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);

const one = (members: object): string =>
  policy([{ Sid: 'One', Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...members }]);

const json = (name: string, textOf: (size: number) => string): Shape => ({
  name,
  languageId: 'json',
  textOf,
});

const alternating = (name: string, membersOf: (index: number) => object): Shape =>
  json(name, (size) =>
    policy(
      many(size, (index) => ({
        Sid: `S${index}`,
        Effect: index % 2 === 0 ? 'Deny' : 'Allow',
        ...membersOf(index),
      })),
    ),
  );

const statementText = (index: number): string =>
  `{"Sid":"S${index}","Effect":"Allow","Action":"s3:GetObjct","Resource":"*"}`;

const lines = (size: number, make: (index: number) => string): string => many(size, make).join('');

/** Each took the square of its size in some version, or is built to. */
export const SHAPES: readonly Shape[] = [
  json('policy', (size) => policyOf(size)),
  json('policy on one line', (size) => JSON.stringify(JSON.parse(policyOf(size)))),
  json('duplicate actions', (size) => one({ Action: many(size, (index) => `s3:Get${index >> 1}`) })),
  json('equal actions', (size) => one({ Action: many(size, () => 's3:GetObject') })),
  json('misspelt actions', (size) => one({ Action: many(size, (index) => `s3:GetObjct${index}`) })),
  json('actions without a service', (size) => one({ Action: many(size, (index) => `GetObject${index}`) })),
  json('misspelt services', (size) => one({ Action: many(size, (index) => `lamda${index}:Invoke`) })),
  json('misspelt statements', (size) =>
    policy(many(size, (index) => ({ Effect: 'Allow', Action: `s3:GetObjct${index}`, Resouce: '*' }))),
  ),
  json('wildcards in actions', (size) =>
    one({ Action: many(size, (index) => `s3:Get*${index.toString(36)}`) }),
  ),
  json('resources that begin alike', (size) =>
    one({ Resource: many(size, (index) => `arn:aws:s3:::b*x${index}`) }),
  ),
  alternating('Allow and Deny', (index) => ({
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::b${index}/key`,
  })),
  alternating('Allow and Deny, wildcards', (index) => ({
    Action: ['s3:Get*', 'ec2:*Tags'],
    Resource: `arn:aws:s3:::*b${index}/*`,
  })),
  alternating('Allow and Deny, all but some', (index) => ({
    Action: 's3:*',
    NotResource: `arn:aws:s3:::b${index}/*`,
  })),
  alternating('Deny with MFA', (index) => ({
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::b${index}/*`,
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
  })),
  json('statements to merge', (size) =>
    policy(
      many(size, (index) => ({
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::b${index}`,
      })),
    ),
  ),
  json('keys under an operator', (size) =>
    one({
      Condition: {
        StringEquals: Object.fromEntries(
          many(size, (index) => [`aws:PrincipalTag/${index % 2 === 0 ? 'T' : 't'}${index >> 1}`, 'v']),
        ),
      },
    }),
  ),
  json('operators', (size) =>
    one({
      Condition: Object.fromEntries(
        many(size, (index) => [`StringEqual${index}`, { 'aws:PrincipalTag/a': 'v' }]),
      ),
    }),
  ),
  json('principals', (size) =>
    one({ Principal: { AWS: many(size, (index) => `arn:aws:iam::${111_122_220_000 + index}:role/r`) } }),
  ),
  json('types of principals', (size) =>
    one({ Principal: Object.fromEntries(many(size, (index) => [`Servic${index}`, '*'])) }),
  ),
  json('wildcards that are none', (size) =>
    one({
      Condition: {
        StringEquals: { 'aws:SourceArn': many(size, (index) => `arn:aws:s3:::b${index}*`) },
      },
    }),
  ),
  json(
    'equal elements',
    (size) =>
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${many(size, () => '\n"Action":"s3:GetObject"').join()}}]}`,
  ),
  json(
    'missing commas',
    (size) =>
      `{"Version":"2012-10-17","Statement":[${lines(size, (index) => `\n{"Sid":"S${index}" "Effect":"Allow","Action":"s3:Get*","Resource":"*"}`)}\n]}`,
  ),
  json(
    'missing brackets',
    (size) =>
      `{"Version":"2012-10-17","Statement":[\n${lines(size, (index) => `{"Sid":"S${index}","Effect":"Allow","Action":["s3:Get*","Resource":"*"\n`)}\n]}`,
  ),
  json('a list of policies', (size) =>
    JSON.stringify(
      many(size, (index) => ({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::b${index}/*` }],
      })),
      undefined,
      2,
    ),
  ),
  {
    name: 'comments, JSON',
    languageId: 'jsonc',
    textOf: (size) =>
      `{"Version":"2012-10-17","Statement":[\n${many(size, (index) => `// why\n${statementText(index)}`).join(',\n')}]}`,
  },
  { name: 'template, YAML', languageId: 'yaml', textOf: (size) => templateOf(size * 300) },
  {
    name: 'equal actions, YAML',
    languageId: 'yaml',
    textOf: (size) =>
      `Version: 2012-10-17\nStatement:\n- Effect: Allow\n  Action:\n${lines(size, () => '  - s3:GetObject\n')}  Resource: "*"\n`,
  },
  {
    name: 'equal statements, YAML',
    languageId: 'yaml',
    textOf: (size) =>
      `Version: 2012-10-17\nStatement:\n${lines(size, () => '# why\n- Effect: Allow\n  Action: s3:GetObject\n  Resource: "*"\n')}`,
  },
  {
    name: 'equal elements, YAML',
    languageId: 'yaml',
    textOf: (size) =>
      `Version: 2012-10-17\nStatement:\n- Effect: Allow\n${lines(size, () => '  Action: s3:GetObject\n')}  Resource: "*"\n`,
  },
  {
    name: 'one line, YAML',
    languageId: 'yaml',
    textOf: (size) =>
      `{Version: 2012-10-17, Statement: [${many(size, (index) => `{Sid: S${index}, Effect: Allow, Action: [s3:GetObject], Resource: "*"}`).join(', ')}]}\n`,
  },
  { name: 'module, HCL', languageId: 'terraform', textOf: (size) => moduleOf(size * 300) },
  {
    name: 'data sources, HCL',
    languageId: 'terraform',
    textOf: (size) =>
      lines(
        size,
        (index) =>
          `data "aws_iam_policy_document" "a${index}" {\n  source_policy_documents = [data.aws_iam_policy_document.a${index + 1}.json]\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::\${var.b${index}}/*"]\n  }\n}\n`,
      ),
  },
  {
    name: 'equal actions, HCL',
    languageId: 'terraform',
    textOf: (size) =>
      `data "aws_iam_policy_document" "a" {\n  statement {\n    actions = [\n${lines(size, () => '      "s3:GetObject",\n')}    ]\n    resources = ["*"]\n  }\n}\n`,
  },
  {
    name: 'program, TypeScript',
    languageId: 'typescript',
    textOf: (size) =>
      lines(
        size,
        (index) =>
          `role${index}.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b${index}/*'] }));\n`,
      ),
  },
];
