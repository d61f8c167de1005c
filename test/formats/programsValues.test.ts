import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { DocumentLanguage } from '../../server/src/core/index';
import { misplacedIn, shown } from '../support/shownTree';

/*
 * What an expression of a program comes to where it is the Resource of a statement, by the languages and by the libraries;
 * `${#}` is an expression that has no name.
 */

type Rows = readonly (readonly [expression: string, value: string])[];

const NO_VALUE = '{Ref: "AWS::NoValue"}';

const TYPESCRIPT: Rows = [
  ["'a'", '"a"'],
  ['"a"', '"a"'],
  ['`a`', '"a"'],
  ["('a')", '"a"'],
  ["(/* x */ 'a' /* y */)", '"a"'],
  ["'a' + /* x */ 'b'", '"ab"'],
  ["'a' + ('b' + ('c'))", '"a${#}"'],
  ["('a' + 'b') + 'c'", '"abc"'],
  ["a + 'b'", '"${a}b"'],
  ["a.b + 'c' + a.b", '"${a.b}c${a.b}"'],
  ["f(x) + 'b'", '"${#}b"'],
  ['a + b + c', '?'],
  ["'a' * 'b'", '?'],
  ["a - 'b' + 'c'", '"${#}c"'],
  ["'a' as const", '"a"'],
  ["'a' as Arn satisfies Arn", '"a"'],
  ["'a'!", '"a"'],
  ["await 'a'", '"a"'],
  ["await (['a'])", '["a"]'],
  ['await a', '?'],
  ['a', '?'],
  ['a.b', '?'],
  ['a?.b', '?'],
  ['f(x)', '?'],
  ['`${a}`', '"${a}"'],
  ['`a${b}`', '"a${b}"'],
  ['`a${$b.c$}`', '"a${_b.c_}"'],
  ['`${a}b`', '"${a}b"'],
  ['`a${`b${c}`}d`', '"a${#}d"'],
  ['`a\\`b`', '"a`b"'],
  ["a ? 'b' : 'c'", '{Fn::If: [?, "b", "c"]}'],
  ["a ? 'b' : c", '{Fn::If: [?, "b", ?]}'],
  ["a ? b ? 'c' : 'd' : ['e']", '{Fn::If: [?, {Fn::If: [?, "c", "d"]}, ["e"]]}'],
  ['a ? b : c', '?'],
  ['a ? 1 : 2', '?'],
  ["a || 'b'", '{Fn::If: [?, ?, "b"]}'],
  ["a ?? 'b'", '{Fn::If: [?, ?, "b"]}'],
  ["a && 'b'", `{Fn::If: [?, "b", ${NO_VALUE}]}`],
  ["a ?? ''", '{Fn::If: [?, ?, ?]}'],
  ['a || b', '?'],
  ['a && b', '?'],
  ["a == 'b'", '?'],
  ["a, 'b'", '?'],
  ["['a', 'b']", '["a", "b"]'],
  ["['a', 'b',]", '["a", "b"]'],
  ["['a' /* , 'x' */, 'b']", '["a", "b"]'],
  ["['a', ...['b', ...['c']], 'd']", '["a", "b", "c", "d"]'],
  ["['a', ...b]", '["a", ?]'],
  ["['a', ...'b']", '["a", ?]'],
  ["[...(a ? ['b'] : []), 'c']", `[{Fn::If: [?, "b", ${NO_VALUE}]}, "c"]`],
  [
    "[...(a ? ['b'] : ['c', 'd'])]",
    `[{Fn::If: [?, "b", ${NO_VALUE}]}, {Fn::If: [?, "c", ${NO_VALUE}]}, {Fn::If: [?, "d", ${NO_VALUE}]}]`,
  ],
  ["[...(a ? ['b'] : c)]", `[{Fn::If: [?, "b", ${NO_VALUE}]}, ?]`],
  ["[...(a && ['b']), 'c']", `[{Fn::If: [?, "b", ${NO_VALUE}]}, "c"]`],
  ["['a' 'b', 'c']", '["a", ?, …]'],
  ["['a', f('b'), 'c']", '["a", ?, "c"]'],
  ["{ a: 'b' }", '{a: "b"}'],
  ["{ a: 'b', }", '{a: "b"}'],
  ['{}', '{…}'],
  ['{ a: }', '{a: ∅, …}'],
  ["{ a: 'b', c: }", '{a: "b", c: ∅, …}'],
  ["{ a: 'b', = }", '{a: "b", …}'],
  ["{ 'a-b': 'c', 1: 'd', e: ['f'] }", '{a-b: "c", 1: "d", e: ["f"]}'],
  ["{ ...a, b: 'c' }", '{<<: ?, b: "c"}'],
  ["'a'.concat('b', c)", '"ab${c}"'],
  ['a.concat(b)', '?'],
  ["['a'].concat(['b'])", '["a", "b"]'],
  ["['a'].concat(b)", '["a", ?, …]'],
  ["['a', 'b'].join('-')", '"a-b"'],
  ["['a', b, 'c'].join('')", '"a${b}c"'],
  ["[a, b].join('-')", '?'],
  ["['a', 'b'].join(c)", '?'],
  ["a.join('-')", '?'],
  ["'aXbXc'.replace('X', y)", '"a${y}b${y}c"'],
  ["'X'.replaceAll('X', y.z)", '"${y.z}"'],
  ["'a\\u0058b'.replace('X', f())", '"a${#}b"'],
  ["'aXbY'.replace(/X/g, x).replace('Y', 'y')", '"a${x}b${#}"'],
  ["`aX${b}X`.replace('X', c)", '"a${c}${b}${c}"'],
  ["JSON.stringify({ aX: ['bX', c, { X: 'd' }] }).replace('X', y)", '{aX: ["b${y}", ?, {X: "d"}]}'],
  ["JSON.stringify({ 'aX': ['bX', c, { 'X': 'd' }] }).replace('X', y)", '{a${y}: ["b${y}", ?, {${y}: "d"}]}'],
  ["(a ? 'X' : 'b').replace('X', y)", '{Fn::If: [?, "${y}", "b"]}'],
  ["'aX'.replace(/X+/, y)", '?'],
  ["'aX'.replace(x, y)", '?'],
  ["'aX'.replace('', y)", '?'],
  ["'aX'.replace('X')", '?'],
  ["a.replace('X', y)", '?'],
  ["Fn.join('-', ['a', 'b'])", '"a-b"'],
  ["Fn.join(c, ['a', 'b'])", '?'],
  ["Fn.join('-', c)", '?'],
  ["cdk.Fn.sub('a${B}')", '{Fn::Sub: "a${B}"}'],
  ["Fn.sub('a${B}', { B: c })", '{Fn::Sub: ["a${B}", ?]}'],
  ['Fn.sub(a)', '?'],
  ["x.sub('a')", '?'],
  ["['a'].filter(f)", '["a", …]'],
  ["[['a']].flat()", '[["a"], …]'],
  ['a.filter(f)', '?'],
  ["pulumi.concat('a', b)", '"a${b}"'],
  ['pulumi.concat(a, b)', '?'],
  ["pulumi.concat('a', ...b)", '"a${b}"'],
  ["Output.concat('a', b)", '"a${b}"'],
  [
    "this.formatArn({ service: 's', resource: 'r' })",
    '"arn:${Aws.PARTITION}:s:${Aws.REGION}:${Aws.ACCOUNT_ID}:r"',
  ],
  [
    "this.formatArn({ service: 's', resource: 'r', resourceName: 'n', partition: 'aws', region: '', account: '1' })",
    '"arn:aws:s::1:r/n"',
  ],
  [
    "this.formatArn({ service: 's', region: '', account: a, resource: 'r', resourceName: 'n', sep: '.' })",
    '"arn:${Aws.PARTITION}:s::${a}:r.n"',
  ],
  ...(
    [
      ['SLASH_RESOURCE_NAME', 'r/n'],
      ['NO_RESOURCE_NAME', 'r/n'],
      ['COLON_RESOURCE_NAME', 'r:n'],
      ['SLASH_RESOURCE_SLASH_RESOURCE_NAME', '/r/n'],
    ] as const
  ).map(
    ([format, resource]) =>
      [
        `Arn.format({ service: 's', region: '', account: '', resource: 'r', resourceName: 'n', arnFormat: ArnFormat.${format} }, this)`,
        `"arn:\${Aws.PARTITION}:s:::${resource}"`,
      ] as const,
  ),
  [
    "this.formatArn({ service: 's', region: '', account: '', resource: 'r', resourceName: 'n', arnFormat: f })",
    '"arn:${Aws.PARTITION}:s:::r${f}n"',
  ],
  ["this.formatArn({ resource: 'r' })", '?'],
  ["this.formatArn({ service: 's' })", '?'],
  ["this.formatArn({ ...x, service: 's', resource: 'r' })", '?'],
  ['this.formatArn(x)', '?'],
  ["text.format({ service: 's', resource: 'r' })", '?'],
  [
    "api.arnForExecuteApi('any', '/p', 's')",
    '"arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/s/*/p"',
  ],
  [
    'api.arnForExecuteApi(m)',
    '"arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/*/${m}/*"',
  ],
  ['api.arnForExecuteApi(...x)', '?'],
  [
    "this.api.arnForExecuteApi('GET', '/', 's')",
    '"arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.restApiId}/s/GET/"',
  ],
];

const PYTHON: Rows = [
  ["'a'", '"a"'],
  ['"a"', '"a"'],
  ["'''a'b'''", '"a\'b"'],
  ['"""a\nb"""', String.raw`"a\nb"`],
  ["u'a'", '"a"'],
  ["r'a\\n'", String.raw`"a\\n"`],
  ["R'a\\''", String.raw`"a\\'"`],
  ["'a' 'b'", '"ab"'],
  ["'a' f'{b}' r'\\c'", String.raw`"a${'${b}'}\\c"`],
  ["('a'\n'b')", '"ab"'],
  ["f'a{b}c'", '"a${b}c"'],
  ["f'{a}{b}'", '"${a}${b}"'],
  ["f'{{a}}{b}'", '"{a}${b}"'],
  ["F'a{b.c}'", '"a${b.c}"'],
  ["f'a{b()}c'", '"a${#}c"'],
  ["f'a{ b }c'", '"a${b}c"'],
  ["fr'a\\n{b}'", String.raw`"a\\n${'${b}'}"`],
  ["f''", '""'],
  ["'a{b}'", '"a{b}"'],
  ["'a{}b{c}{{d}}'.format(x, c=y)", '"a${#}b${c}{d}"'],
  ["'a'.format()", '"a"'],
  ["a.format('b')", '?'],
  ["'a}}b{c}{{'.format(c=d)", '"a}b${c}{"'],
  ["pulumi.Output.concat('a', b)", '"a${b}"'],
  ["'a%s' % b", '"a%s"'],
  ["'a%s' % b + 'c'", '"a%sc"'],
  ['a % b', '?'],
  ["a % 'b'", '?'],
  ["a + 'b'", '"${a}b"'],
  ["'a' + b + 'c'", '"a${b}c"'],
  ["f(x) + 'b'", '"${#}b"'],
  ['a + b', '?'],
  ["'a' * 2", '?'],
  ["'a' - b", '?'],
  ["'a' if b else 'c'", '{Fn::If: [?, "a", "c"]}'],
  ["'a' if b else c", '{Fn::If: [?, "a", ?]}'],
  ['a if b else c', '?'],
  ["a or 'b'", '{Fn::If: [?, ?, "b"]}'],
  ['a or b', '?'],
  ["a and 'b'", '?'],
  ["not 'a'", '?'],
  ["lambda: 'a'", '?'],
  ["['a', 'b']", '["a", "b"]'],
  ["['a', 'b',]", '["a", "b"]'],
  ["['a', # x\n 'b']", '["a", "b"]'],
  ["('a', 'b')", '["a", "b"]'],
  ["('a',)", '["a"]'],
  ["('a')", '"a"'],
  ["['a', *['b', 'c'], *d]", '["a", "b", "c", ?]'],
  ["('a', *('b', 'c'))", '["a", "b", "c"]'],
  ["[*(['a'] if b else []), 'c']", `[{Fn::If: [?, "a", ${NO_VALUE}]}, "c"]`],
  ["['a'] + ['b']", '["a", "b"]'],
  ["['a'] + b", '["a", ?, …]'],
  ["a + ['b']", '[?, "b", …]'],
  ["['a' for b in c]", '["a", …]'],
  ["[f'a{b}' for b in c if d]", '["a${b}", …]'],
  ['[a for b in c]', '?'],
  ["['a' b, 'c']", '["a", "c", …]'],
  ["{'a': 'b'}", '{a: "b"}'],
  ["{'a': 'b',}", '{a: "b"}'],
  ['{}', '{…}'],
  ["{'a': 'b', 'c': }", '{a: "b", c: ∅, …}'],
  ["{'a'}", '?'],
  ["dict(a='b')", '{a: "b"}'],
  ["'-'.join(['a', 'b'])", '"a-b"'],
  ["''.join(('a', b))", '"a${b}"'],
  ["'-'.join(a)", '?'],
  ["'aXb'.replace('X', y)", '"a${y}b"'],
  ["json.dumps({'aX': ['bX']}).replace('X', y)", '{a${y}: ["b${y}"]}'],
  ["'-'.join([a, b])", '?'],
  ["a.join(['b'])", '?'],
  ["Fn.join('-', ['a', 'b'])", '"a-b"'],
  ["Join('-', ['a', 'b'])", '"a-b"'],
  ["Sub('a${B}')", '{Fn::Sub: "a${B}"}'],
  ["Fn.sub('a${B}', {'B': c})", '{Fn::Sub: ["a${B}", ?]}'],
  [
    "self.format_arn(service='s', resource='r', resource_name='n', region='', account='1')",
    '"arn:${Aws.PARTITION}:s::1:r/n"',
  ],
  [
    "Stack.of(self).format_arn(service='s', resource='r', resource_name='n', region='', account='1', arn_format=ArnFormat.COLON_RESOURCE_NAME)",
    '"arn:${Aws.PARTITION}:s::1:r:n"',
  ],
  ["self.format_arn(service='s', **x)", '?'],
  [
    "api.arn_for_execute_api(method='GET', path='/p', stage='s')",
    '"arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.rest_api_id}/s/GET/p"',
  ],
  [
    "api.arn_for_execute_api('GET', stage='s')",
    '"arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.rest_api_id}/s/GET/*"',
  ],
  ['1', '1'],
  ['None', 'null'],
  ['True', 'true'],
];

function resourceIn(text: string, language: DocumentLanguage): string {
  const { policies } = openDocument({ text, language });
  const [policy] = policies;
  assert.ok(policy !== undefined && policies.length === 1, text);
  assert.deepEqual(misplacedIn(policy.node), [], text);
  const [statement] = policy.node.members;
  const resource =
    statement?.value?.kind === 'object'
      ? statement.value.members.find(({ name }) => name === 'Resource')?.value
      : undefined;
  return shown(resource).replaceAll(/\$\{#\d+\}/g, '${#}');
}

describe('an expression of TypeScript', () => {
  for (const [expression, value] of TYPESCRIPT) {
    it(`comes to ${value} where it is ${expression}`, () => {
      const text = `const p = { Statement: { Effect: 'Allow', Action: 's3:*', Resource: ${expression} } };`;
      assert.equal(resourceIn(text, 'typescript'), value);
    });
  }
});

describe('an expression of Python', () => {
  for (const [expression, value] of PYTHON) {
    it(`comes to ${value} where it is ${expression}`, () => {
      const text = `p = {'Statement': {'Effect': 'Allow', 'Action': 's3:*', 'Resource': ${expression}}}\n`;
      assert.equal(resourceIn(text, 'python'), value);
    });
  }
});
