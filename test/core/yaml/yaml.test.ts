import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainValue } from '../../../server/src/core/lint/layout';
import { memberOf, type SyntaxNode } from '../../../server/src/core/syntax/nodes';
import { parseYaml } from '../../../server/src/core/syntax/yaml/yaml';
import { limit } from '../../support/patience';
import { sharedCorpus } from '../../support/repository';
import { skip } from '../../support/skip';
import { step } from '../../support/thorough';
import { valueOfYaml } from '../../support/yamlPolicies';

const TEMPLATE = `
Statement:
  - Effect: Allow
    Action: [s3:GetObject, "s3:PutObject"] # two
    Resource: !Sub 'arn:aws:s3:::\${Bucket}/*'
`;

describe('YAML as a syntax tree', function () {
  this.timeout(limit(60_000));

  it('is read in block and in flow form, with CloudFormation’s short tags as functions', () => {
    assert.deepEqual(valueOfYaml(TEMPLATE), {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' },
        },
      ],
    });
  });

  it('keeps dates, account IDs and their zeros as the texts that they are', () => {
    assert.deepEqual(valueOfYaml('Version: 2012-10-17\nAWS: 012345678901\nOn: on\nBool: false\nNone: ~'), {
      Version: '2012-10-17',
      AWS: '012345678901',
      On: 'on',
      Bool: false,
      None: null,
    });
  });

  it('follows an alias to what is written at its anchor, and not without end', () => {
    assert.deepEqual(valueOfYaml('a: &read [s3:GetObject]\nb: *read\nc: *missing'), {
      a: ['s3:GetObject'],
      b: ['s3:GetObject'],
      c: null,
    });
    const bomb = Array.from(
      { length: 30 },
      (_, level) => `k${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}x]`,
    ).join('\n');
    assert.ok(JSON.stringify(plainValue(parseYaml(bomb).root as SyntaxNode)).length < 1_000_000);
    const items = Array.from({ length: 900 }, (_, index) => `s3:Get${index}`).join(', ');
    const long = `a: &read [${items}]\nb: [${'*read, '.repeat(900)}]`;
    assert.ok(JSON.stringify(plainValue(parseYaml(long).root as SyntaxNode)).length < 1_000_000);
  });

  it('follows a thousand aliases, or as many as stand for 400,000 characters, and no more', () => {
    const followed = (text: string) => {
      const { root } = parseYaml(text);
      const list = root?.kind === 'object' ? memberOf(root, 'list')?.value : undefined;
      return list?.kind === 'array' ? list.items.filter(({ kind }) => kind === 'string').length : undefined;
    };
    assert.equal(followed(`a: &x b\nlist: [${'*x, '.repeat(1_002)}]`), 1_000);
    const long = `before: ${'y'.repeat(5_000)}\na: &x ${'z'.repeat(1_000)}\n`;
    assert.equal(followed(`${long}list: [${'*x, '.repeat(402)}]`), 400);
    assert.equal(followed(`${long}list: [${'*x, '.repeat(402)}]`.replace('zz', '')), 401);
  });

  for (const [title, text, expected] of [
    ['a key without a colon above another', 'a:\n  Act\n  b: x', { a: { Act: null, b: 'x' } }],
    ['a key without a colon', 'a:\n  b: x\n  Act\nc: y', { a: { b: 'x', Act: null }, c: 'y' }],
    ['an item without a value', 'Action:\n  - a\n  -\nc: y', { Action: ['a'], c: 'y' }],
    ['an open bracket', 'Action: [a, b\n', { Action: ['a', 'b'] }],
    ['a quote without its partner', 'Action:\n  - "s3:Get\n  - b\nc: y', { Action: ['s3:Get', 'b'], c: 'y' }],
    ['a quote that meets a later one', 'a: "x\nb: y\nc: "z"', { a: 'x', b: 'y', c: 'z' }],
    ['a name that stands twice', 'a: x\na: y', { a: 'y' }],
    ['several documents', '---\na: x\n---\nb: y\n', [{ a: 'x' }, { b: 'y' }]],
  ] as const) {
    it(`keeps what stands around ${title}`, () => {
      assert.deepEqual(valueOfYaml(text), expected);
    });
  }

  it('reads a text over several lines that look like keys, where all is YAML', () => {
    assert.deepEqual(
      valueOfYaml(`a:
  "One of 'x' or 'y'.
  Example: {z}
  - and more"
b: 'q
  c: r'
d: s
`),
      { a: "One of 'x' or 'y'. Example: {z} - and more", b: 'q c: r', d: 's' },
    );
  });

  it('keeps both members of one name', () => {
    const { root } = parseYaml('a: x\na: y');
    assert.equal(root?.kind === 'object' ? root.members.length : 0, 2);
  });

  it('is read as deep as anybody writes, and no deeper', () => {
    const isRead = (text: string) => parseYaml(text).root !== undefined;
    for (const [open, close] of [
      ['[', ']'],
      ['{a: ', '}'],
      ['- ', ''],
    ] as const) {
      const nested = (depth: number) => `${open.repeat(depth)}a${close.repeat(depth)}`;
      assert.deepEqual([256, 257].map(nested).map(isRead), [true, false], open);
    }
  });

  it('knows a key behind a quote without its partner by a hundred letters', () => {
    for (const [length, read] of [
      [95, true],
      [98, true],
      [120, false],
    ] as const) {
      const key = 'k'.repeat(length);
      const { root } = parseYaml(`a:\n        b: "c\n        ${key}: d`);
      const object = root?.kind === 'object' ? memberOf(root, 'a')?.value : undefined;
      assert.equal(object?.kind === 'object' && memberOf(object, key) !== undefined, read);
    }
  });

  it('looks for the ends of ten values that lack theirs, and of no more', () => {
    for (const [open, read] of [
      [8, 'b c'],
      [12, 'b'],
    ] as const) {
      const value = "- a: 'b\nc'\n";
      const items = valueOfYaml(`${value}${'- [\n'.repeat(open)}${value}`);
      assert.deepEqual(Array.isArray(items) && items.at(open + 1), { a: read });
    }
  });

  it('reads values that end at the margin as far into a text as they stand', () => {
    const items = valueOfYaml(`${'# a\n'.repeat(50_000)}${"- a: 'b\nc'\n".repeat(20)}`);
    assert.deepEqual(
      items,
      Array.from({ length: 20 }, () => ({ a: 'b c' })),
    );
  });

  it('takes nesting beyond reason for nothing, and never throws', () => {
    for (const text of [
      '['.repeat(50_000),
      '- '.repeat(5_000),
      `a: ${'{b: '.repeat(5_000)}`,
      '\t- a',
      '%',
      '? ',
      '&',
      '*',
      '!',
      '|',
      '"',
      "'",
    ]) {
      parseYaml(text);
    }
  });

  it('has spans of exactly what is written', () => {
    const text =
      'Statement:\n  - Action:\n      - s3:Get*   # all\n    Condition: {Bool: {a: "b"}}\n  - *x\n';
    const statement = memberOf(parseYaml(text).root as Extract<SyntaxNode, { kind: 'object' }>, 'Statement');
    const items = statement?.value?.kind === 'array' ? statement.value.items : [];
    assert.deepEqual(
      items.map(({ span }) => text.slice(span.start, span.end)),
      ['Action:\n      - s3:Get*   # all\n    Condition: {Bool: {a: "b"}}', '*x'],
    );
  });

  it('never throws on a file of people that is cut off anywhere', function () {
    const corpus = sharedCorpus('formats');
    if (corpus === undefined) {
      skip(this, 'the corpus of formats is not beside the repository');
    }
    const folder = join(corpus, 'sam-yaml');
    for (const name of readdirSync(folder).slice(0, 12)) {
      const text = readFileSync(join(folder, name), 'utf8').slice(0, 6_000);
      for (let end = 0; end <= text.length; end += step(37, 4)) {
        const { root } = parseYaml(text.slice(0, end));
        if (root !== undefined) {
          plainValue(root);
        }
      }
    }
  });
});
