import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { iamDataAssets } from '../support/iamData';
import { runCli } from './memoryIo';

const READ =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}';
const DATA =
  'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n';
const bucket = (value: string): string => `resource "aws_s3_bucket_policy" "b" {\n  policy = ${value}\n}\n`;

describe('iam-policy lint in a module of Terraform', () => {
  const lint = async (files: Readonly<Record<string, string>>, ...names: readonly string[]) => {
    const read: string[] = [];
    const { stdout } = await runCli(['lint', ...names], {
      files,
      createService: ({ iamData }) => createLanguageService({ iamData }),
      io: {
        iamDataAssets,
        readFile: async (path) => {
          read.push(path);
          return new TextEncoder().encode(files[path] ?? files[path.replace(/^\/home\/me\//, '')] ?? '');
        },
      },
    });
    return { findings: stdout.match(/^\S+:\d+ error \S+/gm) ?? [], read };
  };

  it('reads the other files of the folder of a file that is named', async () => {
    const files = {
      'm/main.tf': bucket('data.aws_iam_policy_document.d.json'),
      'm/p.tf': DATA,
      'n/x.tf': '',
    };
    const { findings, read } = await lint(files, 'm/p.tf');
    assert.deepEqual(findings, ['m/p.tf:2:13 error principal-missing']);
    assert.ok(!read.some((path) => path.includes('n/x.tf')));
  });

  it('reads the modules around a file of JSON, up to the top of its repository', async () => {
    const files = {
      'main.tf': bucket('file("${path.module}/m/p/read.json")'),
      'm/p/read.json': READ,
    };
    assert.deepEqual((await lint(files, 'm/p/read.json')).findings, [
      'm/p/read.json:1:38 error principal-missing',
    ]);
    const apart = { ...files, 'm/.git': '' };
    assert.deepEqual((await lint(apart, 'm/p/read.json')).findings, []);
  });

  it('knows of the other modules of a folder', async () => {
    const files = {
      'w/a/main.tf': bucket('file("${path.module}/../p/read.json")'),
      'w/p/read.json': READ,
    };
    assert.deepEqual((await lint(files, 'w')).findings, ['w/p/read.json:1:38 error principal-missing']);
  });

  it('says the same of a file whatever was checked before it', async () => {
    const files = {
      'a/main.tf': bucket('file("${path.module}/../x/y/read.json")'),
      'a/p.json': READ,
      'x/y/read.json': READ,
    };
    const { findings } = await lint(files, 'x/y/read.json', 'a/p.json');
    assert.deepEqual((await lint(files, 'a/p.json', 'x/y/read.json')).findings, findings);
    assert.deepEqual(findings, []);
    const both = await lint(files, 'a/main.tf', 'a/p.json', 'x/y/read.json');
    assert.match(both.findings.join(), /x\/y\/read\.json:1:38 error principal-missing/);
  });
});
