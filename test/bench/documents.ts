import { stringify } from 'yaml';

/**
 * Policies to measure with. They are the same in each run, look like what people write (a dozen services, ARNs of every
 * shape, conditions, a Deny here and there), and hold no mistake but their length, as most policies do.
 */
export function policyOf(statements: number, seed = 0): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: Array.from({ length: statements }, (_, index) => statementAt(index, seed)),
    },
    undefined,
    2,
  );
}

/** A template of CloudFormation in YAML with about so many characters, of policies like those above. */
export function templateOf(characters: number): string {
  const policies = Math.max(1, Math.round(characters / templateFor(1).length));
  return templateFor(policies);
}

function templateFor(policies: number): string {
  const resources = Array.from({ length: policies }, (_, index) => [
    `Policy${index}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: JSON.parse(policyOf(8, index)) as unknown },
    },
  ]);
  return stringify(
    { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) },
    {
      lineWidth: 0,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      aliasDuplicateObjects: false,
    },
  );
}

/** A configuration of Terraform with about so many characters: the same policies, as objects and in lines of JSON. */
export function moduleOf(characters: number): string {
  const policies = Math.max(1, Math.round((characters * 2) / moduleFor(2).length));
  return moduleFor(policies);
}

function moduleFor(policies: number): string {
  return Array.from({ length: policies }, (_, index) => {
    const text = policyOf(8, index).replaceAll('${', '$$$${');
    const policy =
      index % 2 === 0
        ? `jsonencode(${text.replaceAll(/^( *)"(\w+)": /gm, '$1$2 = ')})`
        : `<<-EOF\n${text}\n  EOF`;
    return `resource "aws_iam_policy" "policy_${index}" {\n  name   = "policy-${index}"\n  policy = ${policy}\n}\n`;
  }).join('\n');
}

/**
 * Somebody who types: gives one version of the texts after the other, and each text differs from all its earlier
 * versions by a few letters in one place. No two versions are the same, so that nobody can know one already.
 */
export function typist(texts: readonly string[]): () => readonly string[] {
  const documents = texts.map((text) => ({ text, places: placesIn(text) }));
  let version = 0;
  return () => {
    version += 1;
    const letters = version.toString(36);
    return documents.map(({ text, places }) => {
      const { at, blank } = places[version % places.length] ?? { at: text.length, blank: true };
      const typed = blank
        ? letters.replaceAll(/./g, (letter) => BLANKS[letter.charCodeAt(0) % 2] ?? ' ')
        : letters;
      // What is joined is one piece of memory, as a document is: what is added up is only put together by its reader.
      return [text.slice(0, at), typed, text.slice(at)].join('');
    });
  };
}

interface TypedPlace {
  readonly at: number;
  /** Whether only white space can be typed there without changing what the policy says. */
  readonly blank: boolean;
}

const BLANKS = [' ', '\n'];

/** The ends of ARNs, or else the beginnings of statements. */
function placesIn(text: string): readonly TypedPlace[] {
  const arns = [...text.matchAll(/"arn:[^"]*?(?=[:/]?\*?")/g)].map((match) => ({
    at: match.index + match[0].length,
    blank: false,
  }));
  return arns.length > 0
    ? arns
    : [...text.matchAll(/"Effect"/g)].map(({ index }) => ({ at: index, blank: true }));
}

/** The number of statements that makes a policy of about so many characters. */
export function statementsFor(characters: number): number {
  const [some, more] = [policyOf(100).length, policyOf(200).length];
  return Math.max(1, Math.round((100 * characters) / (more - some)));
}

function statementAt(index: number, seed: number): object {
  const account = String(100_000_000_000 + ((index * 7_919 + seed * 104_729) % 1_000_000_000));
  const region = ['us-east-1', 'eu-west-1', 'ap-southeast-2'][index % 3];
  const name = `team${seed}-${index}`;
  const make = KINDS[index % KINDS.length];
  return { Sid: `S${index}`, ...make?.({ index, account, region: region ?? '', name }) };
}

interface Names {
  readonly index: number;
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

const KINDS: readonly ((names: Names) => object)[] = [
  ({ name }) => ({
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: [`arn:aws:s3:::${name}-data/*`, `arn:aws:s3:::${name}-logs/incoming/*`],
  }),
  ({ name }) => ({
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: `arn:aws:s3:::${name}-data`,
    Condition: { StringLike: { 's3:prefix': [`home/${name}/*`, 'shared/*'] } },
  }),
  ({ account, region, name }) => ({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem'],
    Resource: [
      `arn:aws:dynamodb:${region}:${account}:table/${name}`,
      `arn:aws:dynamodb:${region}:${account}:table/${name}/index/*`,
    ],
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/team}'] } },
  }),
  ({ account, region, index }) => ({
    Effect: 'Allow',
    Action: 'execute-api:Invoke',
    Resource: [
      `arn:aws:execute-api:${region}:${account}:${apiId(index)}/prod/GET/pets/*`,
      `arn:aws:execute-api:${region}:${account}:${apiId(index)}/prod/POST/pets`,
    ],
  }),
  ({ account, region, index }) => ({
    Effect: 'Allow',
    Action: ['execute-api:Invoke', 'execute-api:InvalidateCache'],
    Resource: `arn:aws:execute-api:${region}:${account}:${apiId(index)}/prod/GET/toys/*`,
  }),
  ({ account, name }) => ({
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: `arn:aws:iam::${account}:role/service/${name}`,
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  }),
  ({ account, region, name }) => ({
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction', 'lambda:GetFunction', 'lambda:UpdateFunctionCode'],
    Resource: `arn:aws:lambda:${region}:${account}:function:${name}`,
  }),
  ({ account, region, name }) => ({
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}:*`,
  }),
  ({ region, name }) => ({
    Effect: 'Allow',
    Action: ['ec2:DescribeInstances', 'ec2:DescribeTags', 'ec2:DescribeVpcs'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestedRegion': [region], 'aws:PrincipalTag/team': name } },
  }),
  ({ account, region, index }) => ({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: `arn:aws:kms:${region}:${account}:key/${uuid(index)}`,
    Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
  }),
  ({ account, region, name }) => ({
    Effect: 'Allow',
    Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    Resource: [`arn:aws:sqs:${region}:${account}:${name}`, `arn:aws:sqs:${region}:${account}:${name}-dead`],
  }),
  ({ name }) => ({
    Effect: 'Deny',
    Action: 's3:DeleteBucket',
    Resource: `arn:aws:s3:::${name}-archive`,
  }),
  ({ name }) => ({
    Effect: 'Deny',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}-vault`, `arn:aws:s3:::${name}-vault/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }),
];

/** Ten letters and digits, as API Gateway makes them. */
function apiId(index: number): string {
  return (index + 1).toString(36).padStart(10, 'a1b2c3d4e5');
}

function uuid(index: number): string {
  return `12345678-90ab-cdef-1234-${(index + 0xab_cdef).toString(16).padStart(12, '0')}`;
}

/** A program in TypeScript of that many characters, which writes a policy with the CDK or none. */
export function programOf(characters: number, withPolicy: 'with' | 'without'): string {
  const functions: string[] = [];
  for (let index = 0, length = 0; length < characters; index += 1) {
    const text = [
      `/** Adds what the ${index}th queue needs. */`,
      `export function queue${index}(scope: Construct, props: Readonly<QueueProps>): Queue {`,
      `  const name = \`orders-\${props.stage}-${index}\`;`,
      `  const queue = new Queue(scope, 'Queue${index}', { queueName: name, retentionPeriod: Duration.days(${index % 14}) });`,
      `  for (const [key, value] of Object.entries(props.tags ?? {})) {`,
      `    Tags.of(queue).add(key, value satisfies string as string);`,
      `  }`,
      ...(withPolicy === 'with' && index % 20 === 0
        ? [
            `  props.role.addToPolicy(`,
            `    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [\`arn:aws:sqs:eu-west-1:111122223333:\${name}\`] }),`,
            `  );`,
          ]
        : []),
      `  return queue;`,
      `}`,
      '',
    ].join('\n');
    functions.push(text);
    length += text.length;
  }
  return functions.join('\n').slice(0, characters);
}
