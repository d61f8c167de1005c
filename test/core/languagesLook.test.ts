import assert from 'node:assert/strict';
import { type DocumentLanguage, mayHavePolicy } from '../../server/src/core/index';
import { StatementsPolicy } from '../../server/src/core/locate/statementsPolicy';
import { parseJson } from '../../server/src/core/syntax/json';
import { pathFrom, stringWhere } from '../../server/src/core/syntax/nodes';

/** Texts that hold a policy, and such as hold none; a look at the letters may be wrong about the second ones alone. */
const LOOKS: Readonly<Record<DocumentLanguage, { some: readonly string[]; none: readonly string[] }>> = {
  json: {
    some: [
      '{"Statement": []}',
      '{"statement": []}',
      '{"x": "{\\"Statement\\": []}"}',
      '%7B%22Statement%22%3A%5B%5D%7D',
      '{"resourcePolicy": {}}',
      '{"Version": "2012-10-17"}',
      '{"Version":"2008-10-17"}',
      '{"Statements": []}',
    ],
    none: ['', '{"a": "statement of b"}', '{"Version": "2020-10-17"}', '{"name": "x"}'],
  },
  jsonc: { some: ['// x\n{"Statement": []}'], none: ['', '// statement\n{}'] },
  yaml: {
    some: [
      'Statement:\n',
      '"Statement": []',
      'statement: x',
      'resourcePolicy: x',
      'Version: 2012-10-17',
      "'Version': '2008-10-17'",
    ],
    none: ['', 'a: b', 'Version: 2020-10-17', 'Version: 1'],
  },
  hcl: {
    some: [
      'Statement = []',
      'data "aws_iam_policy_document" "d" {}',
      'Version = "2012-10-17"',
      '"Version": "2008-10-17"',
      'x = "{\\"Version\\":\\"2012-10-17\\"}"',
    ],
    none: ['', 'resource "aws_s3_bucket" "b" {}', 'version = "1.2"'],
  },
  typescript: { some: ['const p = { Statement: [{ Effect: "Allow" }] };'], none: ['', 'const a = 1;'] },
  javascript: { some: ['const p = { Statement: [{ Effect: "Allow" }] };'], none: ['', 'const a = 1;'] },
  python: { some: ['p = {"Statement": [{"Effect": "Allow"}]}'], none: ['', 'a = 1'] },
  template: { some: ['{"Statement": []}', 'Statement:\n', '{"Version": "2012-10-17"}'], none: ['', 'a: b'] },
  markdown: {
    some: ['```json\n{"Statement": []}\n```', '~~~\n{"statement": []}\n~~~', '```\nEffect\n```'],
    none: ['', '{"Statement": []}', '```\nx\n```', '`Statement`'],
  },
};

describe('a look at the letters of a file', () => {
  for (const [language, { some, none }] of Object.entries(LOOKS)) {
    it(`tells where there may be a policy in ${language}`, () => {
      for (const text of some) {
        assert.equal(mayHavePolicy(language as DocumentLanguage, text), true, text);
      }
      for (const text of none) {
        assert.equal(mayHavePolicy(language as DocumentLanguage, text), false, text);
      }
    });
  }
});

describe('the path to a node', () => {
  it('has the names of members and the numbers of items', () => {
    const { root } = parseJson('{"a": {"b": ["c", {"d": "e"}], "f": "g"}, "h": "i"}', 'json');
    assert.ok(root?.kind === 'object');
    for (const [value, ...path] of [
      ['c', 'a', 'b', 0],
      ['d', 'a', 'b', 1, 'd'],
      ['e', 'a', 'b', 1, 'd'],
      ['g', 'a', 'f'],
      ['a', 'a'],
      ['i', 'h'],
    ] as const) {
      const node = stringWhere(root, (each) => each.value === value);
      assert.deepEqual(node && pathFrom(root, node), path, value);
    }
    assert.equal(
      stringWhere(root, ({ value }) => value === 'x'),
      undefined,
    );
    assert.deepEqual(pathFrom(root, root), []);
    const [first] = root.members;
    assert.deepEqual(first && pathFrom(root, first), ['a']);
    const inner = first?.value;
    const [list] = inner?.kind === 'object' ? inner.members : [];
    assert.ok(inner !== undefined && list !== undefined);
    assert.deepEqual(pathFrom(inner, list), ['b']);
  });

  it('begins at the statements where they alone are written, under whatever name', () => {
    const { root } = parseJson('{"rules": [{"Action": "s3:x"}]}', 'json');
    const [member] = root?.kind === 'object' ? root.members : [];
    assert.ok(member);
    const policy = new StatementsPolicy(member);
    const node = stringWhere(policy, ({ value }) => value === 's3:x');
    assert.ok(node);
    assert.deepEqual(pathFrom(policy, node), ['Statement', 0, 'Action']);
    assert.deepEqual(pathFrom(policy, policy.held), ['Statement']);
  });
});
