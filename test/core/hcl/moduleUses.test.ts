import assert from 'node:assert/strict';
import { openDocument } from '../../../server/src/core/document';
import { joinModules, readUses } from '../../../server/src/core/index';
import type { PolicyKind } from '../../../server/src/core/locate/policyType';
import { isModuleFile, type TerraformUses } from '../../../server/src/core/locate/terraformUses';

/*
 * What a file of a Terraform module says of names, of the files that it reads and of what it fills into them; and what the
 * module says of a file that way. Terraform language, "Filesystem and Workspace Info", "templatefile" and "dynamic blocks".
 */

const resource = (type: string, body: string) => `resource "${type}" "x" {\n${body}\n}\n`;
const bucket = (value: string) => resource('aws_s3_bucket_policy', `policy = ${value}`);
const role = (value: string) => resource('aws_iam_role', `assume_role_policy = ${value}`);

const kindOf = ({ type, resourceType, mayLackResource }: PolicyKind): string =>
  [type, resourceType?.replace('AWS::', ''), mayLackResource && 'mayLackResource']
    .filter((each) => each !== undefined && each !== false)
    .join(' ');

function kindsIn(text: string, name = 'main.tf'): Readonly<Record<string, readonly string[]>> {
  const { kinds } = readUses(name, text);
  return Object.fromEntries([...kinds].map(([each, all]) => [each, all.map(kindOf)]));
}

describe('a file of a Terraform module', () => {
  it('is told by its name', () => {
    for (const [name, isOne] of [
      ['main.tf', true],
      ['a/b.TF', true],
      ['a.tofu', true],
      ['a.tf.json', true],
      ['a.tofu.json', true],
      ['a.json', false],
      ['a.tfvars', false],
      ['tf', false],
      ['a.tf.yaml', false],
    ] as const) {
      assert.equal(isModuleFile(name), isOne, name);
    }
  });

  const B = 'resource S3::Bucket';
  const DOC = 'data.aws_iam_policy_document.d';
  const KINDS: readonly (readonly [text: string, kinds: Readonly<Record<string, readonly string[]>>])[] = [
    [bucket(`${DOC}.json`), { [DOC]: [B] }],
    [bucket('local.p'), { 'local.p': [B] }],
    [bucket('var.p'), {}],
    [bucket('data.template_file.t-1.rendered'), { 'data.template_file.t-1': [B] }],
    [bucket('data.local_file.t.content'), { 'data.local_file.t': [B] }],
    [bucket('data.other.t.content'), {}],
    [bucket('mylocal.p'), {}],
    [bucket('var.x ? local.a : local.b'), { 'local.a': [B], 'local.b': [B] }],
    [bucket('merge(local.a, local.a)'), { 'local.a': [B] }],
    [bucket('"${local.a}"'), { 'local.a': [B] }],
    [bucket('local.a') + role('local.a'), { 'local.a': [B, 'trust IAM::AssumeRolePolicyDocument'] }],
    [resource('aws_s3_bucket_policy', 'bucket = local.b'), {}],
    [resource('aws_other', 'policy = local.b'), {}],
    [resource('aws_glue_resource_policy', 'policy = local.b'), { 'local.b': ['resource mayLackResource'] }],
    [resource('aws_iam_role', 'inline_policy {\n policy = local.b\n}'), { 'local.b': ['identity'] }],
    [
      resource(
        'aws_iam_role',
        'inline_policy {\n policy = local.a\n}\ninline_policy {\n policy = local.b\n}',
      ),
      { 'local.a': ['identity'], 'local.b': ['identity'] },
    ],
    [
      resource(
        'aws_iam_role',
        'dynamic "inline_policy" {\n for_each = local.all\n content {\n policy = local.b\n }\n}',
      ),
      { 'local.b': ['identity'] },
    ],
    [resource('aws_iam_role', 'content {\n policy = local.b\n}'), {}],
    [resource('aws_iam_role', 'a {\n inline_policy {\n policy = local.b\n}\n}'), {}],
    [resource('aws_organizations_policy', 'content = local.b'), { 'local.b': ['scp'] }],
    [
      resource('aws_organizations_policy', 'type = "RESOURCE_CONTROL_POLICY"\ncontent = local.b'),
      { 'local.b': ['rcp'] },
    ],
    [resource('aws_organizations_policy', 'type = "TAG_POLICY"\ncontent = local.b'), {}],
    [resource('aws_organizations_policy', 'type = var.t\ncontent = local.b'), {}],
    [resource('aws_organizations_policy', 'name = local.b'), {}],
    [`data "aws_s3_bucket_policy" "x" {\n policy = local.b\n}\n`, {}],
    [bucket('file("${path.module}/p.json")'), { 'file module p.json': [B] }],
    [bucket('file("${ path.root }/a/p.json")'), { 'file root a/p.json': [B] }],
    [bucket('file("${path.cwd}/p.json")'), { 'file root p.json': [B] }],
    [bucket('file("p.json")'), { 'file root p.json': [B] }],
    [bucket('file("${path.module}//p.json")'), { 'file module p.json': [B] }],
    [bucket('file("//p.json")'), {}],
    [bucket('templatefile("p.json", {})'), { 'file root p.json': [B] }],
    [bucket('file("${path.module}/p/${var.x}.json")'), { 'file module p/${var.x}.json': [B] }],
    [bucket('file("/etc/p.json")'), {}],
    [bucket('file("~/p.json")'), {}],
    [bucket('file("")'), {}],
    [bucket(`file("${'a'.repeat(500)}")`), { [`file root ${'a'.repeat(500)}`]: [B] }],
    [bucket(`file("${'a'.repeat(501)}")`), {}],
    [bucket('myfile("p.json")'), {}],
    [bucket('file(var.path)'), {}],
    // What an element of a statement names is no policy, and what is filled into a template is a part of one at most.
    [
      bucket('jsonencode({ Statement = concat(local.s, [{ Resource = local.b.arn, Action = local.a }]) })'),
      { 'local.s': [B] },
    ],
    [bucket('jsonencode(var.x ? { Statement = { Condition = local.c } } : local.p)'), { 'local.p': [B] }],
    [bucket('templatefile("${path.module}/p.json", { arn = local.b.arn })'), { 'file module p.json': [B] }],
  ];
  for (const [text, kinds] of KINDS) {
    it(`says what is taken: ${text.replaceAll('\n', ' ').slice(0, 110)}`, () => {
      assert.deepEqual(kindsIn(text), kinds);
    });
  }

  it('says the same in JSON', () => {
    const json = (value: unknown) => kindsIn(JSON.stringify(value), 'main.tf.json');
    const policy = `\${${DOC}.json}`;
    assert.deepEqual(json({ resource: { aws_s3_bucket_policy: { x: { policy } } } }), { [DOC]: [B] });
    assert.deepEqual(json({ resource: [{ aws_s3_bucket_policy: [{ x: [{ policy }] }] }] }), { [DOC]: [B] });
    const file = '${file("${path.module}/p.json")}';
    assert.deepEqual(json({ resource: { aws_s3_bucket_policy: { x: { policy: file } } } }), {
      'file module p.json': [B],
    });
    assert.deepEqual(json([]), {});
  });

  it('says what is part of what', () => {
    const parts = (text: string) => Object.fromEntries(readUses('main.tf', text).partOf);
    assert.deepEqual(parts('locals {\n a = local.b\n c = [local.b, local.d]\n}'), {
      'local.b': ['local.a', 'local.c'],
      'local.d': ['local.c'],
    });
    assert.deepEqual(
      parts(`data "aws_iam_policy_document" "x" {\n source_policy_documents = [${DOC}.json]\n}`),
      {
        [DOC]: ['data.aws_iam_policy_document.x'],
      },
    );
    // A statement has names of resources, not of documents.
    const statement = 'statement {\n resources = [local.b.arn]\n}\n';
    assert.deepEqual(
      parts(
        `data "aws_iam_policy_document" "x" {\n ${statement} dynamic "statement" {\n for_each = local.c\n content {\n actions = local.d\n }\n }\n override_policy_documents = [local.e]\n}`,
      ),
      { 'local.e': ['data.aws_iam_policy_document.x'] },
    );
    const inJson = { statement: { resources: ['${local.b.arn}'] }, source_policy_documents: ['${local.e}'] };
    assert.deepEqual(
      Object.fromEntries(
        readUses('main.tf.json', JSON.stringify({ data: { aws_iam_policy_document: { x: inJson } } })).partOf,
      ),
      { 'local.e': ['data.aws_iam_policy_document.x'] },
    );
    assert.deepEqual(parts('data "template_file" "t" {\n template = file("p.json")\n}'), {
      'file root p.json': ['data.template_file.t'],
    });
    assert.deepEqual(parts('data "local_file" "t" {\n filename = "p.json"\n}'), {
      'file root p.json': ['data.local_file.t'],
    });
    assert.deepEqual(parts('data "local_file" "t" {\n other = "p.json"\n}'), {});
    assert.deepEqual(parts('data "other" "t" {\n filename = "p.json"\n x = local.b\n}'), {});
    assert.deepEqual(parts('resource "local_file" "t" {\n filename = "p.json"\n}'), {});
    assert.deepEqual(parts('module "m" {\n policy = local.b\n}'), {});
  });

  it('says literals of local values, and of the defaults of variables', () => {
    const long = 'x'.repeat(201);
    const { values } = readUses(
      'main.tf',
      `locals {\n a = "x"\n b = 5\n c = true\n d = "\${var.x}"\n e = [1]\n f = "${long}"\n g = "${long.slice(1)}"\n h = "a\\nb"\n}\nvariable "v" {\n type = string\n default = "y"\n}\nvariable "w" {\n type = string\n}\n`,
    );
    assert.deepEqual(Object.fromEntries(values), {
      'local.a': 'x',
      'local.b': '5',
      'local.c': 'true',
      'local.g': long.slice(1),
      'var.v': 'y',
    });
  });

  it('says what it fills into a template', () => {
    const files = (text: string) =>
      Object.fromEntries(
        [...readUses('main.tf', text).files].map(([name, { path, from, variables }]) => [
          name,
          [from, path, variables && Object.fromEntries(variables)],
        ]),
      );
    const call = (variables: string) => `templatefile("\${path.module}/p.json", ${variables})`;
    const NAME = 'file module p.json';
    const said = (variables: Readonly<Record<string, readonly string[]>> | undefined) => ({
      [NAME]: ['module', 'p.json', variables],
    });
    assert.deepEqual(files(bucket('file("${path.module}/p.json")')), said(undefined));
    assert.deepEqual(files(bucket(call('{}'))), said({}));
    assert.deepEqual(
      files(
        bucket(call('{ a = "x", b = 5, c = true, d = var.v, e = local.l, f = [1], g = var.v.w, h = null }')),
      ),
      said({ a: ['x'], b: ['5'], c: ['true'], d: ['${var.v}'], e: ['${local.l}'] }),
    );
    assert.deepEqual(files(bucket(call('var.all'))), said({}));
    // Several calls, one of them deep in an expression, fill in what all of them say.
    assert.deepEqual(
      files(
        `${bucket(call('{ a = "x" }'))}locals {\n l = { m = [upper(${call('{ a = "y", b = "z" }')})] }\n}\n`,
      ),
      said({ a: ['x', 'y'], b: ['z'] }),
    );
    assert.deepEqual(
      files(`${bucket(call('{ a = "x" }'))}${bucket(call('{ a = "x" }'))}`),
      said({ a: ['x'] }),
    );
    assert.deepEqual(
      files(`${bucket(call('{ a = "x" }'))}${bucket('file("${path.module}/p.json")')}`),
      said({ a: ['x'] }),
    );
    assert.deepEqual(
      files(`${bucket('file("${path.module}/p.json")')}${bucket(call('{ a = "x" }'))}`),
      said({ a: ['x'] }),
    );
    assert.deepEqual(files(`module "m" {\n policy = ${call('{ a = "x" }')}\n}\n`), said({ a: ['x'] }));
    assert.deepEqual(
      files(
        'data "template_file" "t" {\n template = file("${path.module}/p.json")\n vars = {\n a = "x"\n }\n}\n',
      ),
      said({ a: ['x'] }),
    );
    assert.deepEqual(
      files(
        'data "template_file" "t" {\n template = file("${path.module}/p.json")\n other = {\n a = "x"\n }\n}\n',
      ),
      said(undefined),
    );
  });

  it('says no more than a bound, of however many files it reads', () => {
    const many = Array.from({ length: 1100 }, (_, index) => `file("p${index}.json")`);
    const { files } = readUses(
      'main.tf',
      `locals {\n a = [${many.join(', ')}]\n}\n${bucket('file("p0.json")')}`,
    );
    assert.equal(files.size, 1000);
    assert.ok(files.has('file root p0.json'));
  });

  it('says nothing where it is no configuration', () => {
    for (const text of ['', '[1]', '{', 'x']) {
      const { kinds, partOf, files, values } = readUses('main.tf.json', text);
      assert.deepEqual([kinds.size, partOf.size, files.size, values.size], [0, 0, 0, 0]);
    }
  });
});

describe('what the modules of a workspace say of a file', () => {
  const contextOf = (place: string, files: Readonly<Record<string, string>>) =>
    joinModules(
      Object.entries(files).map(([name, text]): readonly [string, TerraformUses] => [
        name,
        readUses(name, text),
      ]),
    ).contextOf(place);
  const said = (place: string, files: Readonly<Record<string, string>>): string | undefined => {
    const context = contextOf(place, files);
    return context && (context.kind === undefined ? '' : kindOf(context.kind));
  };
  const reads = (path: string) => bucket(`file("${path}")`);
  const B = 'resource S3::Bucket';
  const CASES: readonly (readonly [
    place: string,
    files: Readonly<Record<string, string>>,
    said: string | undefined,
  ])[] = [
    ['m/p.json', { 'm/a.tf': reads('${path.module}/p.json') }, B],
    ['m/p.json', { 'm/a.tf': reads('${path.module}/./p.json') }, B],
    ['p.json', { 'm/a.tf': reads('${path.module}/../p.json') }, B],
    ['m/q/p.json', { 'm/n/a.tf': reads('${path.module}/../q/p.json') }, B],
    ['m/q/p.json', { 'm/n/a.tf': reads('../q/p.json') }, B],
    ['x/q/p.json', { 'm/n/a.tf': reads('../q/p.json') }, undefined],
    ['p.json', { 'm/a.tf': reads('${path.module}/p.json') }, undefined],
    ['m/n/p.json', { 'm/a.tf': reads('${path.module}/p.json') }, undefined],
    ['m/xp.json', { 'm/a.tf': reads('${path.module}/p.json') }, undefined],
    // Terraform is run in the folder of the module or in one around it.
    ['m/p.json', { 'm/a.tf': reads('p.json') }, B],
    ['m/p.json', { 'm/a.tf': reads('./p.json') }, B],
    ['m/p.json', { 'm/n/o/a.tf': reads('${path.root}/p.json') }, B],
    ['mm/p.json', { 'm/a.tf': reads('p.json') }, undefined],
    ['m/p.json', { 'mm/a.tf': reads('p.json') }, undefined],
    ['m/n/p.json', { 'm/a.tf': reads('p.json') }, undefined],
    ['m/xp.json', { 'm/a.tf': reads('p.json') }, undefined],
    // A slash too many and a dot change nothing, and what begins with a slash is somewhere else.
    ['m/p.json', { 'm/a.tf': reads('${path.module}//p.json') }, B],
    ['m/q/p.json', { 'm/a.tf': reads('${path.module}/q//./p.json') }, B],
    ['m/q/p.json', { 'm/a.tf': reads('${path.root}//q/p.json') }, B],
    ['m/q/p.json', { 'm/a.tf': reads('q//.//p.json') }, B],
    ['q/p.json', { 'm/a.tf': reads('${path.module}//../q/p.json') }, B],
    ['m/p/x.json', { 'm/a.tf': reads('${path.module}//p//${var.x}.json') }, B],
    ['m/n/p.json', { 'm/a.tf': reads('${path.module}//p.json') }, undefined],
    ['m/p.json', { 'm/a.tf': reads('//p.json') }, undefined],
    ['m/q/p.json', { 'm/a.tf': `locals {\n x = "/q"\n}\n${reads('${path.module}/${local.x}/p.json')}` }, B],
    ['m/q/p.json', { 'm/a.tf': `locals {\n x = "/q"\n}\n${reads('${local.x}/p.json')}` }, undefined],
    ['m/q/p.json', { 'm/a.tf': `locals {\n x = "~"\n}\n${reads('${local.x}/q/p.json')}` }, undefined],
    // A part of the path that is not known may be anything.
    ['m/p/x.json', { 'm/a.tf': reads('${path.module}/p/${var.x}.json') }, B],
    ['m/p/x.yaml', { 'm/a.tf': reads('${path.module}/p/${var.x}.json') }, undefined],
    ['m/q/x.json', { 'm/a.tf': reads('${path.module}/p/${var.x}.json') }, undefined],
    ['m/x.json', { 'm/a.tf': reads('${path.module}/${var.x}.json') }, undefined],
    ['m/x/p.json', { 'm/a.tf': reads('${path.module}/${var.x}/p.json') }, B],
    ['m/a-x.json', { 'm/a.tf': reads('${path.module}/a-${var.x}.json') }, B],
    ['m/x-y/p.json', { 'm/a.tf': reads('${path.module}/${var.x}-${var.y}/p.json') }, B],
    ['m/x-y.json', { 'm/a.tf': reads('${path.module}/${var.x}-${var.y}.json') }, undefined],
    ['m/x.json', { 'm/a.tf': reads('${path.module}/${var.x}/${var.y}') }, undefined],
    ['m/pqr/x.json', { 'm/a.tf': reads('${path.module}/p*r/${var.x}.json') }, undefined],
    // What a variable or a local value is, is put in.
    ['m/p/x.json', { 'm/a.tf': `locals {\n x = "p"\n}\n${reads('${path.module}/${local.x}/x.json')}` }, B],
    [
      'm/q/x.json',
      { 'm/a.tf': `locals {\n x = "p"\n}\n${reads('${path.module}/${local.x}/x.json')}` },
      undefined,
    ],
    [
      'm/p.json',
      { 'm/a.tf': reads('${path.module}/${var.x}.json'), 'm/b.tf': 'variable "x" {\n default = "p"\n}' },
      B,
    ],
    [
      'm/p.json',
      { 'm/a.tf': reads('${path.module}/${var.x}.json'), 'n/b.tf': 'variable "x" {\n default = "p"\n}' },
      undefined,
    ],
    // Who names a file counts before who may mean it.
    [
      'm/p/x.json',
      {
        'm/a.tf': reads('${path.module}/p/x.json'),
        'm/b.tf': role('file("${path.module}/p/${var.x}.json")'),
      },
      B,
    ],
    [
      'm/p.json',
      { 'm/a.tf': reads('${path.module}/p.json'), 'm/b.tf': role('file("${path.module}/p.json")') },
      '',
    ],
    ['m/p.json', { 'm/a.tf': 'locals {\n x = file("${path.module}/p.json")\n}' }, ''],
    [
      'm/p.json',
      { 'm/a.tf': 'locals {\n x = file("${path.module}/p.json")\n}', 'm/b.tf': bucket('local.x') },
      B,
    ],
    ['file:///w/a%20b/p.json', { 'file:///w/a%20b/a.tf': reads('${path.module}/p.json') }, B],
    ['file:///w/100%/p.json', { 'file:///w/100%/a.tf': reads('${path.module}/p.json') }, B],
    ['w/a%20b/p.json', { 'w/a b/a.tf': reads('${path.module}/p.json') }, undefined],
  ];
  for (const [place, files, expected] of CASES) {
    it(`is ${expected ?? 'nothing'} of ${place} for ${JSON.stringify(files).slice(0, 100)}`, () => {
      assert.equal(said(place, files), expected);
    });
  }

  it('is what the others of its folder say, for one of the module itself', () => {
    const files = { 'm/a.tf': bucket('local.x'), 'm/b.tf': role('local.y'), 'n/c.tf': '' };
    assert.equal(contextOf('m/a.tf', files)?.others.length, 1);
    assert.equal(contextOf('m/new.tf', files)?.others.length, 2);
    assert.equal(contextOf('n/c.tf', files), undefined);
    assert.equal(contextOf('m/p.json', files), undefined);
  });

  it('has what all calls fill in, with what is only a default', () => {
    const call = (variables: string) => bucket(`templatefile("\${path.module}/p.json", ${variables})`);
    const files = {
      'm/a.tf':
        call('{ a = "x", b = var.v, c = local.l, d = var.w }') + call('{ a = "y", b = "z", c = "l" }'),
      'm/b.tf': 'variable "v" {\n default = "dv"\n}\nlocals {\n l = "l"\n}\n',
    };
    const variables = contextOf('m/p.json', files)?.variables;
    const shown = Object.fromEntries(
      [...(variables ?? [])].map(([name, values]) => [
        name,
        values.map(({ text, isDefault }) => (isDefault ? `${text} by default` : text)),
      ]),
    );
    assert.deepEqual(shown, { a: ['x', 'y'], b: ['dv by default', 'z'], c: ['l'], d: [] });
    assert.equal(contextOf('m/p.json', { 'm/a.tf': reads('${path.module}/p.json') })?.variables, undefined);
  });
});

const P = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});

/** Terraform Registry, hashicorp/aws; Terraform language, "JSON Configuration Syntax". */
describe('the kind of a policy by the argument that it stands in', () => {
  const kinds = (text: string, language: 'hcl' | 'json' = 'hcl') =>
    openDocument({ text, language }).policies.map(({ kind }) => kindOf(kind));
  const E =
    'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })';
  const CASES: readonly (readonly [text: string, kinds: readonly string[]])[] = [
    [bucket(E), ['resource S3::Bucket']],
    [resource('aws_iam_role', `inline_policy {\n name = "x"\n policy = ${E}\n}`), ['identity']],
    [resource('aws_transfer_user', `policy = ${E}`), ['session']],
    [resource('aws_vpc_endpoint', `policy = ${E}`), ['endpoint']],
    [resource('aws_msk_cluster_policy', `policy = ${E}`), ['resource MSK::Cluster mayLackResource']],
    [
      resource('aws_iam_role', `dynamic "inline_policy" {\n for_each = []\n content {\n policy = ${E}\n}\n}`),
      ['identity'],
    ],
    [resource('aws_organizations_policy', `content = ${E}`), ['scp']],
    [`locals {\n p = ${E}\n}\n${bucket('local.p')}`, ['resource S3::Bucket']],
    [`locals {\n p = { q = ${E} }\n}\n${bucket('local.p')}`, ['identity']],
    [`locals {\n p = ${E}\n}\n${bucket('local.q')}`, ['identity']],
    [`locals {\n p = ${E}\n}\n${bucket('local.p')}${role('local.p')}`, ['identity']],
    [`output "x" {\n value = ${E}\n}`, ['identity']],
    [`data "aws_s3_bucket_policy" "x" {\n policy = ${E}\n}`, ['identity']],
    [`resource "aws_s3_bucket_policy" {\n policy = ${E}\n}`, ['identity']],
  ];
  for (const [text, expected] of CASES) {
    it(`is ${expected.join()} in ${text.replaceAll('\n', ' ').replaceAll(E, '…').slice(0, 110)}`, () => {
      assert.deepEqual(kinds(text), expected);
    });
  }

  it('may lack resources in a data source of which nothing tells where it goes', () => {
    const data =
      'data "aws_iam_policy_document" "d" {\n statement {\n actions = ["s3:GetObject"]\n resources = ["*"]\n }\n}\n';
    const read = (text: string, override = {}) =>
      openDocument({ text, language: 'hcl', override }).policies.map(({ kind }) =>
        [kindOf(kind), kind.versionWritten && 'versionWritten'].filter(Boolean).join(' '),
      );
    assert.deepEqual(read(data), ['identity mayLackResource versionWritten']);
    const taken = bucket('data.aws_iam_policy_document.d.json');
    assert.deepEqual(read(data + taken), ['resource S3::Bucket versionWritten']);
    assert.deepEqual(read(data, { module: { others: [readUses('b.tf', taken)] } }), [
      'resource S3::Bucket versionWritten',
    ]);
  });
});

/** Terraform documentation, "JSON Output Format". */
describe('the kind of a policy in a plan or a state', () => {
  const read = (value: object) =>
    openDocument({ text: JSON.stringify(value), language: 'json' }).policies.map(({ kind }) =>
      [kindOf(kind), kind.isRepeated && 'again'].filter(Boolean).join(' '),
    );
  const own = (address: string, policy = P, type = 'aws_sqs_queue_policy') => ({
    address,
    type,
    values: { policy },
  });
  const change = (address: string, before: object | null, after: object | null) => ({
    address,
    type: 'aws_sqs_queue_policy',
    change: { actions: ['update'], before, after },
  });
  const Q = 'resource SQS::Queue';
  const plan = (parts: object) => ({ terraform_version: '1.9.0', planned_values: {}, ...parts });
  const planned = (...resources: readonly object[]) => ({ root_module: { resources } });
  const OTHER = P.replace('GetObject', 'PutObject');
  const CASES: readonly (readonly [name: string, value: object, kinds: readonly string[]])[] = [
    ['planned', plan({ planned_values: planned(own('a')) }), [Q]],
    ['planned twice', plan({ planned_values: planned(own('a'), own('b')) }), [Q, Q]],
    ['planned at one address', plan({ planned_values: planned(own('a'), own('a')) }), [Q, `${Q} again`]],
    [
      'planned at one address, as something else',
      plan({ planned_values: planned(own('a'), own('a', OTHER)) }),
      [Q, Q],
    ],
    [
      'with other blanks',
      plan({ planned_values: planned(own('a'), own('a', P.replaceAll(':', ' : '))) }),
      [Q, `${Q} again`],
    ],
    [
      'changed',
      plan({
        planned_values: planned(own('a')),
        resource_changes: [change('a', { policy: OTHER }, { policy: P })],
      }),
      [Q, `${Q} again`, `${Q} again`],
    ],
    [
      'what is no more',
      plan({
        resource_changes: [change('a', { policy: P }, null)],
        prior_state: { values: planned(own('b')) },
      }),
      [`${Q} again`, `${Q} again`],
    ],
    [
      'the documents that are read for what is planned',
      plan({
        prior_state: {
          values: planned({ address: 'd', type: 'aws_iam_policy_document', values: { json: P } }),
        },
      }),
      ['identity'],
    ],
    [
      'the same with all that is written smaller',
      plan({
        prior_state: {
          values: planned({
            address: 'd',
            type: 'aws_iam_policy_document',
            values: { json: P, minified_json: P },
          }),
        },
      }),
      ['identity', 'identity again'],
    ],
    [
      'the configuration, after what comes of it',
      plan({
        planned_values: planned(own('a')),
        configuration: { root_module: { resources: [{ expressions: { policy: { constant_value: P } } }] } },
      }),
      [Q, 'identity again'],
    ],
    [
      'the configuration alone',
      plan({
        configuration: { root_module: { resources: [{ expressions: { policy: { constant_value: P } } }] } },
      }),
      ['identity'],
    ],
    ['a state', { terraform_version: '1.9.0', values: planned(own('a'), own('b')) }, [Q, Q]],
    [
      'the file of a state',
      {
        terraform_version: '1.9.0',
        resources: [{ type: 'aws_sqs_queue_policy', instances: [{ attributes: { policy: P } }] }],
      },
      [Q],
    ],
    [
      'arguments within others',
      {
        terraform_version: '1.9.0',
        values: planned({ address: 'a', type: 'aws_iam_role', values: { inline_policy: [{ policy: P }] } }),
      },
      ['identity'],
    ],
    [
      'an argument of another resource',
      { terraform_version: '1', values: planned(own('a', P, 'other')) },
      ['identity'],
    ],
    [
      'a resource without a type',
      { terraform_version: '1', values: planned({ values: { policy: P } }) },
      ['identity'],
    ],
    [
      'what is called like a part of a resource, in each of two',
      plan({
        planned_values: planned(
          ...['a', 'b'].map((address) => ({
            address,
            type: 'other',
            values: { x: { type: 'y', values: P } },
          })),
        ),
      }),
      ['identity', 'identity'],
    ],
    // Something else that looks a little like it.
    ['no version of Terraform', { planned_values: planned(own('a'), own('a')) }, [Q, Q]],
    ['none of the parts', { terraform_version: '1', other: planned(own('a'), own('a')) }, [Q, Q]],
  ];
  for (const [name, value, expected] of CASES) {
    it(`is told: ${name}`, () => {
      assert.deepEqual(read(value), expected);
    });
  }
});
