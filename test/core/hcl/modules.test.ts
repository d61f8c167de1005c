import assert from 'node:assert/strict';
import { joinModules, languageOfName, readUses } from '../../../server/src/core/index';
import { languageService } from '../../support/policies';

const service = languageService();

/** A document of a workspace as the other files let it be read. */
function open(name: string, files: Readonly<Record<string, string>>) {
  const modules = joinModules(
    Object.entries(files)
      .filter(([each]) => /\.(?:tf|tofu)(?:\.json)?$/.test(each))
      .map(([each, text]) => [each, readUses(each, text)] as const),
  );
  const module = modules.contextOf(name);
  return service.open({
    text: files[name] ?? '',
    language: languageOfName(name) ?? 'json',
    override: { path: name, module },
  });
}

/** The types of the policies of one file, with what they are attached to. */
function kindsIn(name: string, files: Readonly<Record<string, string>>): readonly string[] {
  return open(name, files).policies.map(({ kind }) =>
    [kind.type, kind.resourceType].filter(Boolean).join(' '),
  );
}

const READ =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const DATA = (name: string, more = ''): string =>
  `data "aws_iam_policy_document" "${name}" {\n  ${more}\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n`;
const takes = (type: string, argument: string, value: string): string =>
  `resource "${type}" "x" {\n  ${argument} = ${value}\n}\n`;
const BUCKET = 'resource AWS::S3::Bucket';
const TRUST = 'trust AWS::IAM::AssumeRolePolicyDocument';

describe('the type of a policy that another file of the module names', () => {
  const document = 'data.aws_iam_policy_document.d.json';
  for (const [title, files, name, kinds] of [
    [
      'a data source',
      { 'm/main.tf': takes('aws_s3_bucket_policy', 'policy', document), 'm/p.tf': DATA('d') },
      'm/p.tf',
      [BUCKET],
    ],
    [
      'a data source through a local value of a third file, and a document around it',
      {
        'm/main.tf': takes('aws_iam_role', 'assume_role_policy', 'local.p'),
        'm/locals.tf': 'locals {\n  p = data.aws_iam_policy_document.all.json\n}',
        'm/all.tofu': DATA('all', `source_policy_documents = [${document}]`),
        'm/p.tf': DATA('d'),
      },
      'm/p.tf',
      [TRUST],
    ],
    [
      'a data source that a file of JSON names',
      {
        'm/main.tf.json': JSON.stringify({
          resource: { aws_s3_bucket_policy: { x: { policy: `\${${document}}` } } },
        }),
        'm/p.tf': DATA('d'),
      },
      'm/p.tf',
      [BUCKET],
    ],
    [
      'a data source that two files name for different things',
      {
        'm/a.tf': takes('aws_s3_bucket_policy', 'policy', document),
        'm/b.tf': takes('aws_iam_policy', 'policy', document),
        'm/p.tf': DATA('d'),
      },
      'm/p.tf',
      ['identity'],
    ],
    [
      'a data source that a file of another folder names',
      { 'other/main.tf': takes('aws_s3_bucket_policy', 'policy', document), 'm/p.tf': DATA('d') },
      'm/p.tf',
      ['identity'],
    ],
    [
      'a file',
      {
        'm/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/p/read.json")'),
        'm/p/read.json': READ,
      },
      'm/p/read.json',
      [BUCKET],
    ],
    [
      'a file of a module within, or beside',
      {
        'top/a/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/../p/read.json")'),
        'top/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("./p/read.json")'),
        'top/p/read.json': READ,
      },
      'top/p/read.json',
      [BUCKET],
    ],
    [
      'a file by its path from where Terraform is run',
      {
        'top/modules/a/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.root}/p/read.json")'),
        'top/p/read.json': READ,
      },
      'top/p/read.json',
      [BUCKET],
    ],
    [
      'a file of the same name elsewhere',
      {
        'm/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/read.json")'),
        'n/read.json': READ,
      },
      'n/read.json',
      ['identity'],
    ],
    [
      'the files of a folder',
      {
        'm/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/p/${each.key}.json")'),
        'm/p/read.json': READ,
      },
      'm/p/read.json',
      [BUCKET],
    ],
    [
      'a file that is taken for two things',
      {
        'm/main.tf':
          takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/read.json")') +
          takes('aws_iam_role', 'assume_role_policy', 'file("${path.module}/read.json")'),
        'm/read.json': READ,
      },
      'm/read.json',
      ['identity'],
    ],
    [
      'a file that is taken by nothing of which the type is known',
      {
        'm/main.tf': takes('other_thing', 'policy', 'file("${path.module}/read.json")'),
        'm/read.json': READ,
      },
      'm/read.json',
      ['identity'],
    ],
    [
      'any file',
      {
        'm/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/${var.file}.json")'),
        'm/read.json': READ,
      },
      'm/read.json',
      ['identity'],
    ],
    [
      'a file by data sources, and by a local value in its path',
      {
        'm/main.tf': `locals {\n  dir = "p"\n}\ndata "template_file" "t" {\n  template = "\${file("\${path.module}/\${local.dir}/read.json")}"\n}\n${takes('aws_s3_bucket_policy', 'policy', 'data.template_file.t.rendered')}`,
        'm/p/read.json': READ,
      },
      'm/p/read.json',
      [BUCKET],
    ],
    [
      'a file by the data source of local files',
      {
        'm/main.tf': `data "local_file" "t" {\n  filename = "\${path.module}/read.json"\n}\n${takes('aws_s3_bucket_policy', 'policy', 'data.local_file.t.content')}`,
        'm/read.json': READ,
      },
      'm/read.json',
      [BUCKET],
    ],
    [
      'a file, which is not what its own path says',
      {
        'm/main.tf': takes('aws_iam_policy', 'policy', 'file("${path.module}/scp/read.json")'),
        'm/scp/read.json': READ,
      },
      'm/scp/read.json',
      ['identity'],
    ],
  ] as const) {
    it(`is told for ${title}`, () => {
      assert.deepEqual(kindsIn(name, files), kinds);
    });
  }

  it('does not count against what a person has set', () => {
    const files = {
      'm/main.tf': takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/read.json")'),
    };
    const modules = joinModules(
      Object.entries(files).map(([name, text]) => [name, readUses(name, text)] as const),
    );
    const document = service.open({
      text: READ,
      language: 'json',
      override: { policyType: 'scp', module: modules.contextOf('m/read.json') },
    });
    assert.equal(document.policies[0]?.kind.type, 'scp');
  });

  it('is told for URIs as for paths', () => {
    const modules = joinModules([
      [
        'file:///w/a%20b/main.tf',
        readUses(
          'main.tf',
          takes('aws_iam_role', 'assume_role_policy', 'file("${path.module}/my trust.json")'),
        ),
      ],
    ]);
    assert.equal(modules.contextOf('file:///w/a%20b/my%20trust.json')?.kind?.type, 'trust');
  });
});

describe('a template that a configuration fills in', () => {
  const call =
    'templatefile("${path.module}/read.json", {\n    region = "eu-west-1"\n    account = var.account\n    arns = local.arns\n  })';
  const files = {
    'm/main.tf': takes('aws_s3_bucket_policy', 'policy', call),
    'm/variables.tf': 'variable "account" {\n  default = "123456789012"\n}\n',
    'm/read.json':
      '{"Version":"2012-10-17","Statement":[\n{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":${jsonencode(arns)}},\n%{ if wide ~}\n{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-${region}-${account}/*"}\n%{ endif ~}\n]}',
  };
  const document = open('m/read.json', files);

  it('is read as one, with the type of the argument', () => {
    assert.equal(document.language, 'template');
    const { findings } = service.lint(document);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
      [],
    );
    assert.deepEqual(kindsIn('m/read.json', files), [BUCKET]);
  });

  it('is only one that is filled in', () => {
    const taken = takes('aws_s3_bucket_policy', 'policy', 'file("${path.module}/read.json")');
    assert.equal(open('m/read.json', { ...files, 'm/main.tf': taken }).language, 'json');
    const both = open('m/read.json', { ...files, 'm/other.tf': taken });
    assert.equal(both.language, 'template');
  });

  it('shows the values of all calls', () => {
    const another = call.replace('eu-west-1', 'us-east-1');
    const twice = {
      ...files,
      'm/main.tf': `${files['m/main.tf']}${takes('aws_s3_bucket_policy', 'policy', another)}`,
    };
    const read = open('m/read.json', twice);
    const at = read.text.indexOf('${region') + 3;
    assert.match(
      service.hover(read, at)?.contents ?? '',
      /`eu-west-1` or `us-east-1`|`eu-west-1`, `us-east-1`/,
    );
  });

  it('shows what is filled in', () => {
    const said = (word: string) =>
      service.hover(document, document.text.indexOf(word) + 3)?.contents.split('\n')[0] ?? '';
    assert.equal(said('${region'), 'Terraform fills in `eu-west-1` for `region`.');
    assert.equal(said('${account'), 'Terraform fills in `123456789012` by default for `account`.');
    assert.doesNotMatch(said('(arns'), /Terraform/);
  });
});

it('shows values of other files of a module', () => {
  const files = {
    'm/variables.tf': 'variable "stage" {\n  default = "prod"\n}\n',
    'm/p.tf': DATA('d').replace('"*"', '"arn:aws:s3:::b/${var.stage}/*"'),
  };
  const document = open('m/p.tf', files);
  const said = service.hover(document, document.text.indexOf('var.stage') + 2)?.contents ?? '';
  assert.match(said, /^`var\.stage` is `prod` by default\./);
});
