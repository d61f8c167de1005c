import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { languageOfFile } from '../../server/src/core/index';
import { misplacedIn, shown } from '../support/shownTree';

/*
 * What the policies of a program come to, in the words of the policy language, with the type of each in front, and what the
 * library or the program adds to it.
 */

function policiesOf(name: string, text: string): readonly string[] {
  return openDocument({ text, language: languageOfFile(name, text) }).policies.map(({ node, kind }) => {
    const { type, resourceType = '', versionWritten, versionOptional, mayLackResource, isGuess } = kind;
    const traits = {
      [resourceType]: resourceType !== '',
      versionWritten,
      versionOptional,
      mayLackResource,
      isGuess,
      isDynamic: node.host?.isDynamic,
    };
    const named = Object.entries(traits).flatMap(([trait, isTrue]) => (isTrue === true ? [trait] : []));
    assert.deepEqual(misplacedIn(node), []);
    return [type, ...named, shown(node)].join(' ');
  });
}

/** In each `@` stands for an Effect and an Action, as they are written in the language. */
const PROGRAMS: readonly (readonly [name: string, text: string, ...policies: readonly string[]])[] = [
  [
    'x.ts',
    `const p = { Statement: [{ @, Resource: '*' }] };`,
    'identity versionOptional {Statement: [{@, Resource: "*"}]}',
  ],
  [
    'x.ts',
    `const p = { "Statement": [{ @, ['Resource']: "*", 5: 1_000, x: true, y: false, z: null, w: -1 }] };`,
    'identity versionOptional {Statement: [{@, Resource: "*", 5: 1000, x: true, y: false, z: null, w: ?}]}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: a ? 'x' : 'y' } };`,
    'identity versionOptional {Statement: {@, Resource: {Fn::If: [?, "x", "y"]}}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: a || 'y', NotResource: b ?? 'z', Principal: c && '*' } };`,
    'resource versionOptional {Statement: {@, Resource: {Fn::If: [?, ?, "y"]}, NotResource: {Fn::If: [?, ?, "z"]}, Principal: {Fn::If: [?, "*", {Ref: "AWS::NoValue"}]}}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: a > 'y' } };`,
    'identity versionOptional {Statement: {@, Resource: ?}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: ('x' as string), Sid: ('y')!, Condition: await f({}), NotResource: <string>'z' } };`,
    'identity versionOptional {Statement: {@, Resource: "x", Sid: "y", Condition: ?, NotResource: "z"}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: 'x' satisfies Arn } };`,
    'identity versionOptional {Statement: {@, Resource: "x"}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: ['a', ...['b', 'c'], ...more, , 'd'] } };`,
    'identity versionOptional {Statement: {@, Resource: ["a", "b", "c", ?, "d"]}}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: [] } };',
    'identity versionOptional {Statement: {@, Resource: […]}}',
  ],
  ['x.ts', 'const p = { Statement: { @, ...rest } };', 'identity versionOptional {Statement: {@, <<: ?}}'],
  [
    'x.ts',
    'const p = { Statement: { @, Resource, get() { return 1; } } };',
    'identity versionOptional {Statement: {@, Resource: ?, get: ?}}',
  ],
  ['x.ts', `const p = { Statement: { @, [key]: 'x' } };`, 'identity versionOptional {Statement: {@, <<: ?}}'],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a' + 'b' + c + ('d' + `e${f}g`) } };",
    'identity versionOptional {Statement: {@, Resource: "ab${c}${#85}"}}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: a + b } };',
    'identity versionOptional {Statement: {@, Resource: ?}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: 'a' - 'b' } };`,
    'identity versionOptional {Statement: {@, Resource: ?}}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: String.raw`a\\b`, Sid: tag`x\\ty` } };',
    'identity versionOptional {Statement: {@, Resource: "a\\\\b", Sid: "x\\ty"}}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: `${a}${b}`, Sid: `` } };',
    'identity versionOptional {Statement: {@, Resource: "${a}${b}", Sid: ""}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: 'a`,
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a\n} };",
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: `a',
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: } };',
    'identity versionOptional {Statement: {@, Resource: ∅, …}, …}',
  ],
  ['x.ts', 'const p = { Statement: { @, Res } };', 'identity versionOptional {Statement: {@, Res: ?}}'],
  [
    'x.ts',
    `const p = { Statement: [{ @ } { Sid: 'x' }] };`,
    'identity versionWritten {Statement: {@, …}, …}',
  ],
  ['x.ts', 'const p = { Statement: [{ @ }', 'identity versionOptional {Statement: [{@, …}, …], …}'],
  [
    'x.ts',
    `const s: iam.PolicyStatementProps = { actions: ['s3:*'], resources: ['*'] };`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.ts',
    `const s = { actions: ['s3:*'], resources: ['*'] } as PolicyStatementProps;`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.ts',
    `const s = <PolicyStatementProps>{ actions: ['s3:*'], resources: ['*'] };`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.ts',
    `const s = { actions: ['s3:*'], resources: ['*'] } satisfies PolicyStatementProps;`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  ['x.ts', `const s: Other = { actions: ['s3:*'], resources: ['*'] }; type T = PolicyStatementProps;`],
  [
    'x.ts',
    `new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }))`,
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ actions: [], resources: ['*'] }))`,
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: […], Resource: ["*"]}, …}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ ...x, actions: ['s3:*'], resources: ['*'] }))`,
    'identity versionWritten versionOptional {Statement: {<<: ?, Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  ['x.ts', 'f(new PolicyStatement({ actions: [x], resources: [y] }))'],
  [
    'x.ts',
    `f(new PolicyStatement({ actions: ['x'], resources: ['*'] }))`,
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["x"], Resource: ["*"]}, …}',
  ],
  ['x.ts', `f(new PolicyStatement({ actions: ['GetItem'], resources: ['thing'] }))`],
  [
    'x.ts',
    `import x from 'aws-cdk-lib/aws-iam'; f(new PolicyStatement({ actions: [x], resources: [y] }))`,
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: [?], Resource: [?]}, …}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ sid: 'S', effect: iam.Effect.DENY, notActions: ['s3:*'], notResources: ['*'], principals: [new iam.ServicePrincipal('x.amazonaws.com'), new iam.AnyPrincipal(), new iam.ArnPrincipal(arn), other], conditions: { Bool: { 'aws:SecureTransport': 'false' } } }))`,
    'resource versionWritten versionOptional mayLackResource {Statement: {Sid: "S", Effect: "Deny", NotAction: ["s3:*"], NotResource: ["*"], Principal: {Service: "x.amazonaws.com", AWS: ["*", ?, …], <<: ?, …}, Condition: {Bool: {aws:SecureTransport: "false"}}}, …}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ effect: a ? Effect.ALLOW : Effect.DENY, actions: ['s3:*'], resources: ['*'], principals: p }))`,
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: ?, Action: ["s3:*"], Resource: ["*"], Principal: ?}, …}',
  ],
  [
    'x.ts',
    `const s = new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [new iam.AnyPrincipal(), new iam.AccountPrincipal('1'), new iam.AccountRootPrincipal(), new iam.CompositePrincipal(new iam.ServicePrincipal('a'), new iam.ServicePrincipal('b'), c), new iam.StarPrincipal(), new iam.CanonicalUserPrincipal('u')] })`,
    'resource versionWritten mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], Principal: {<<: [?, ?, ?, ?, …], AWS: "1", Service: ["a", "b", …], CanonicalUser: "u", …}, …}, …}',
  ],
  [
    'x.ts',
    `const s = new iam.PolicyStatement(); s.addActions('s3:Get*', 's3:Put*'); s.addResources('*'); s.addActions('s3:List*');`,
    'identity versionWritten isDynamic {Statement: {<<: ?, Action: ["s3:Get*", "s3:Put*", "s3:List*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.ts',
    `function f() { const s = {}; s.Effect = 'Allow'; s['Action'] = 's3:*'; s.Resource = r; s.Effect = 'Deny'; s.Action = 's3:Get*'; s.Other = 1; t.Effect = 'Allow'; }`,
    'identity versionWritten isDynamic {Statement: {@, Resource: ?, …}, …}',
    'identity versionWritten isDynamic {Statement: {Effect: "Deny", Action: "s3:Get*", …}, …}',
  ],
  [
    'x.ts',
    'iam.PolicyDocument.fromJson({ Statement: [{ @ }] })',
    'identity versionWritten {Statement: [{@}]}',
  ],
  ['x.ts', 'iam.PolicyStatement.fromJson({ @ })', 'identity versionWritten {Statement: {@}, …}'],
  ['x.ts', 'Other.fromJson({ @ })', 'identity versionWritten {Statement: {@, …}, …}'],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ version: '2008-10-17', sourceJson: x, statements: [{ effect: 'Deny', actions: ['s3:*'], resources: ['arn:aws:s3:::&{aws:username}'], principals: [{ type: 'AWS', identifiers: ['1', '2'] }, { type: 'AWS', identifiers: [x] }, { type: t, identifiers: [] }], conditions: [{ test: 'Bool', variable: 'k', values: ['v'] }, { test: 'Bool', variable: 'k', values: ['w'] }, { test: 'Bool', variable: 'l', values: [] }, { test: t }] }, other] })`,
    'resource versionWritten mayLackResource {Version: "2008-10-17", <<: ?, Statement: [{Effect: "Deny", Action: ["s3:*"], Resource: ["arn:aws:s3:::${aws:username}"], Principal: {AWS: ["1", "2", ?, …], <<: ?, …}, Condition: {Bool: {k: ["v", "w", …], l: […]}, <<: ?}}, ?], …}',
  ],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ statements: { actions: ['s3:*'] } })`,
    'identity versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"]}, …], …}',
  ],
  ['x.ts', 'aws.iam.getPolicyDocument({ other: 1 })'],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'] }, { actions: ['s3:*'], principals: [{ type: 'AWS', identifiers: ['1'] }] }] })`,
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"]}, {Effect: "Allow", Action: ["s3:*"], Principal: {AWS: ["1"], …}}], …}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: `',
    'identity versionOptional {Statement: {@, Resource: ""…, …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': '''`,
    'identity versionWritten {Statement: {@, Resource: ""…, …}, …}',
  ],
  [
    'x.ts',
    `new sst.aws.Function('f', { permissions: [{ actions: ['s3:*'], resources: ['*'] }, { effect: 'deny', actions: ['s3:*'], resources: ['*'] }, { effect: e, actions: [], resources: [] }, { actions: [] }] })`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
    'identity versionWritten {Statement: {Effect: "Deny", Action: ["s3:*"], Resource: ["*"]}, …}',
    'identity versionWritten {Statement: {Effect: ?, Action: […], Resource: […]}, …}',
  ],
  [
    'x.ts',
    `sst.aws.permission({ actions: ['s3:*'], resources: ['*'] })`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  ['x.ts', 'JSON.stringify({ Statement: [{ @ }] })', 'identity versionOptional {Statement: [{@}]}'],
  ['x.ts', 'Object.freeze({ Statement: [{ @ }] })', 'identity versionOptional {Statement: [{@}]}'],
  [
    'x.ts',
    `expect(x).toMatchObject({ Statement: [{ @, Resource: '' }] })`,
    'identity versionOptional {Statement: [{@, Resource: ?, …}, …], …}',
  ],
  ['x.ts', 'f({ Statement: [{ @ }] }, 1)', 'identity versionOptional {Statement: [{@}]}'],
  [
    'x.ts',
    `new PutBucketPolicyCommand({ Bucket: 'b', Policy: JSON.stringify({ Statement: [{ @, Principal: '*' }] }) })`,
    'resource AWS::S3::Bucket versionOptional {Statement: [{@, Principal: "*"}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: Fn.join(':', ['arn', Aws.PARTITION, 's3', x]), NotResource: Fn.sub('a${B}c'), Sid: ['a', 'b'].join('-'), Principal: ['a', b].concat(['c'], 'd') } };",
    'resource versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:s3:${x}", NotResource: {Fn::Sub: "a${B}c"}, Sid: "a-b", Principal: ["a", ?, "c", ?, …]}}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: ['a', 'b'].filter(Boolean), NotResource: [['a'], b].flat(), Principal: pulumi.concat('a', b), Condition: pulumi.interpolate`a${b}` } };",
    'resource versionOptional {Statement: {@, Resource: ["a", "b", …], NotResource: [["a"], ?, …], Principal: "a${b}", Condition: "a${b}"}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: Stack.of(this).formatArn({ service: 's3', resource: 'b', resourceName: 'k' }), NotResource: api.arnForExecuteApi('GET', '/pets', 'prod') } };`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:s3:${Aws.REGION}:${Aws.ACCOUNT_ID}:b/k", NotResource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/prod/GET/pets"}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: api.arnForExecuteApi(), NotResource: Arn.format({ service: 'sns', region: '', account: '1', resource: 'r', arnFormat: f }, stack) } };`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/*/*/*", NotResource: "arn:${Aws.PARTITION}:sns::1:r"}}',
  ],
  ['x.ts', 'if (a) { f({ Statement: [{ @ }] }); }', 'identity versionOptional isDynamic {Statement: [{@}]}'],
  ['x.ts', 'a && f({ Statement: [{ @ }] });', 'identity versionOptional isDynamic {Statement: [{@}]}'],
  ['x.ts', 'f([...x, { Statement: [{ @ }] }]);', 'identity versionOptional {Statement: [{@}]}'],
  ['x.ts', 'f([y, { Statement: [{ @ }] }]);', 'identity versionOptional {Statement: [{@}]}'],
  ['x.ts', '[{ Statement: [{ @ }] }].map(f);', 'identity versionOptional {Statement: [{@}]}'],
  ['x.ts', 'x.map(() => ({ Statement: [{ @ }] }));', 'identity versionOptional isDynamic {Statement: [{@}]}'],
  ['x.ts', 'x.then(() => ({ Statement: [{ @ }] }));', 'identity versionOptional {Statement: [{@}]}'],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p.Statement.push(x);',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p.Statement.map(x);',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p.Statement[0].Action = x;',
    'identity versionOptional isDynamic {Statement: [{@, …}, …], …}',
  ],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p.Statement[0].Action == x; xp.Statement = 1; p2.Statement = 1;',
    'identity versionOptional isDynamic {Statement: [{@, …}, …], …}',
  ],
  [
    'x.ts',
    `let p = f(); p = { Statement: [{ @ }] }; p.Version += 'x';`,
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    `class X { p = { Statement: [{ @ }] }; f() { this.p.Version = 'x'; } }`,
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  ['x.ts', `const p = { Statement: [{ Action: 'deposit' }] };`],
  ['x.ts', `const p = { Version: '1', Statement: [{ Action: 's3:*' }] };`],
  [
    'x.ts',
    'const p = { Version: v, Statement: [] };',
    'identity versionOptional {Version: ?, Statement: […]}',
  ],
  ['x.ts', 'const p = { Statement: [] };', 'identity versionOptional {Statement: […]}'],
  [
    'x.ts',
    `const p = { Statement: [{ Action: 's3:Get' }] };`,
    'identity versionOptional {Statement: [{Action: "s3:Get"}]}',
  ],
  [
    'x.ts',
    `const p = { Statement: [{ Action: '*' }] };`,
    'identity versionOptional {Statement: [{Action: "*"}]}',
  ],
  [
    'x.ts',
    `const p = { Statement: [{ Resource: 'arn:x' }] };`,
    'identity versionOptional {Statement: [{Resource: "arn:x"}]}',
  ],
  ['x.ts', `const p = { Statement: [{ Resource: 'x' }] };`],
  [
    'x.ts',
    `const p = { Statement: [{ Principal: '*' }] };`,
    'resource versionOptional isGuess {Statement: [{Principal: "*"}]}',
  ],
  [
    'x.ts',
    `const p = { Statement: [{ Principal: { AWS: 'x' } }] };`,
    'resource versionOptional isGuess {Statement: [{Principal: {AWS: "x"}}]}',
  ],
  ['x.ts', `const p = { Statement: [{ Principal: { X: 'x' } }] };`],
  ['x.ts', `const p = { Statement: [{ Sid: 'x' }] };`, 'identity versionOptional {Statement: [{Sid: "x"}]}'],
  ['x.ts', 'const p = { Statement: x };'],
  ['x.ts', 'const s = { @ };', 'identity versionWritten {Statement: {@, …}, …}'],
  [
    'x.ts',
    `const s = { Effect: e, Action: 's3:Get' };`,
    'identity versionWritten {Statement: {Effect: ?, Action: "s3:Get", …}, …}',
  ],
  [
    'x.ts',
    `const s = { Effect: 'Allow', Action: x };`,
    'identity versionWritten {Statement: {Effect: "Allow", Action: ?, …}, …}',
  ],
  ['x.ts', 'const s = { Effect: e, Action: x };'],
  ['x.ts', `const s = { Effect: 'blur', Action: 'x' };`],
  [
    'x.ts',
    `const s = { Effect: 'Allow', NotAction: 'x' };`,
    'identity versionWritten {Statement: {Effect: "Allow", NotAction: "x", …}, …}',
  ],
  ['x.ts', `const s = { Effect: 'Allow' };`],
  ['x.ts', 'const s = [x, { @ }];', 'identity versionWritten {Statement: [?, {@}, …], …}'],
  [
    'x.ts',
    `const s = { a: { @ }, b: [{ c: [{ Effect: 'Deny', Action: '*' }] }] };`,
    'identity versionWritten {Statement: {@, …}, …}',
    'identity versionWritten {Statement: [{Effect: "Deny", Action: "*"}, …], …}',
  ],
  [
    'x.py',
    `p = {'Statement': [{@, "Resource": "*", 5: 1_000, 'x': True, 'y': False, 'z': None, 'w': 2.5, 'v': -1}]}`,
    'identity versionOptional {Statement: [{@, Resource: "*", <<: ?, x: true, y: false, z: null, w: 2.5, v: ?}]}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'x' if a else 'y', 'NotResource': a or 'z', 'Principal': a and '*'}}`,
    'resource versionOptional {Statement: {@, Resource: {Fn::If: [?, "x", "y"]}, NotResource: {Fn::If: [?, ?, "z"]}, Principal: ?}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': ('x'), 'NotResource': ('x', 'y'), 'Sid': ('x',), 'Principal': ()}}`,
    'resource versionOptional {Statement: {@, Resource: "x", NotResource: ["x", "y"], Sid: ["x"], Principal: […]}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': ['a', *['b', 'c'], *more, 'd'], **rest}}`,
    'identity versionOptional {Statement: {@, Resource: ["a", "b", "c", ?, "d"], <<: ?}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': []}}`,
    'identity versionOptional {Statement: {@, Resource: […]}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': [x for x in y], 'Sid': [f'a{x}' for x in y]}}`,
    'identity versionOptional {Statement: {@, Resource: ?, Sid: ["a${x}", …]}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'a' 'b' "c", 'Sid': 'a' + 'b' + c + ('d' + f'e{f}g')}}`,
    'identity versionOptional {Statement: {@, Resource: "abc", Sid: "ab${c}${#105}"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': a + b, 'Sid': 'a' - 'b', 'NotResource': ['a'] + ['b'] + c}}`,
    'identity versionOptional {Statement: {@, Resource: ?, Sid: ?, NotResource: ["a", "b", ?, …]}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'a%sb%sc' % (x, y), 'Sid': 'a%s' % x + 'b', 'NotResource': x % y}}`,
    'identity versionOptional {Statement: {@, Resource: "a%sb%sc", Sid: "a%sb", NotResource: ?}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'a{}b{x}c{{d}}'.format(x, x=y), 'Sid': x.format(y), 'NotResource': pulumi.Output.format('a{0}', x)}}`,
    'identity versionOptional {Statement: {@, Resource: "a${#70}b${x}c{d}", Sid: ?, NotResource: "a${0}"}}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': r'a\\d', 'Sid': '\\x41\\u0042\\103\\n', 'NotResource': u'x', 'Principal': b'x', 'Condition': rf'a\\d{x}'}}",
    'resource versionOptional {Statement: {@, Resource: "a\\\\d", Sid: "ABC\\n", NotResource: "x", Principal: "x", Condition: "a\\\\d${x}"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': '''a"b''', 'Sid': """c'd""", 'NotResource': f"""{x}"""}}`,
    'identity versionOptional {Statement: {@, Resource: "a\\"b", Sid: "c\'d", NotResource: "${x}"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': f'{{a}}{b!r:>{c}}'}}`,
    'identity versionOptional {Statement: {@, Resource: "{a}${#75}"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': ':'.join(['a', b, 'c']), 'Sid': ','.join(x)}}`,
    'identity versionOptional {Statement: {@, Resource: "a:${b}:c", Sid: ?}}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'a\n}}",
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'a`,
    'identity versionWritten {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': """a`,
    'identity versionWritten {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': }}`,
    'identity versionOptional {Statement: {@, Resource: ∅, …}, …}',
  ],
  ['x.py', `p = {'Statement': {@, 'Res'}}`, 'identity versionOptional {Statement: {@, Res: ∅, …}, …}'],
  ['x.py', `p = {'Statement': [{@}`, 'identity versionWritten {Statement: [{@, …}, …], …}'],
  [
    'x.py',
    `p = dict(Statement=[dict(Effect='Allow', Action='s3:*', **more)])`,
    'identity versionOptional {Statement: [{@, <<: ?, …}]}',
  ],
  ['x.py', 'p = dict(x)'],
  [
    'x.py',
    `f(iam.PolicyStatement(actions=['s3:*'], resources=['*'], effect=iam.Effect.DENY))`,
    'identity versionWritten versionOptional {Statement: {Action: ["s3:*"], Resource: ["*"], Effect: "Deny"}, …}',
  ],
  [
    'x.py',
    `f(iam.PolicyStatement(actions=['s3:*'], resources=['*'], **more))`,
    'identity versionWritten versionOptional {Statement: {Action: ["s3:*", …], Resource: ["*", …], <<: ?, …}, …}',
  ],
  [
    'x.py',
    `s = iam.PolicyStatement(not_actions=['s3:*'], not_resources=['*'], principals=[iam.ServicePrincipal('a'), iam.AnyPrincipal()])`,
    'resource versionWritten mayLackResource {Statement: {Effect: "Allow", NotAction: ["s3:*", …], NotResource: ["*", …], Principal: {Service: "a", <<: ?, …}, …}, …}',
  ],
  [
    'x.py',
    "s = iam.PolicyStatement()\ns.add_actions('s3:Get*', 's3:Put*')\ns.add_resources('*')\n",
    'identity versionWritten isDynamic {Statement: {<<: ?, Action: ["s3:Get*", "s3:Put*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.py',
    "s = {}\ns['Effect'] = 'Allow'\ns['Action'] = 's3:*'\ns['Other'] = 1\n",
    'identity versionWritten isDynamic {Statement: {@, …}, …}',
  ],
  [
    'x.py',
    `iam.PolicyDocument.from_json({'Statement': [{@}]})`,
    'identity versionWritten {Statement: [{@}]}',
  ],
  [
    'x.py',
    `aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgs(actions=['s3:*'], principals=[{'type': 'AWS', 'identifiers': ['*']}])])`,
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Principal: {AWS: ["*"], …}}], …}',
  ],
  [
    'x.py',
    "from awacs.aws import Allow, Policy, Statement, Action, Principal\np = Policy(Version='2012-10-17', Statement=[Statement(Effect=Allow, Action=[Action('s3', 'Get*'), awacs.s3.PutObject], Principal=Principal('Service', ['a', 'b']), Resource=['*'])])",
    'resource versionOptional {Version: "2012-10-17", Statement: [{Effect: "Allow", Action: ["s3:Get*", ?], Principal: {Service: ["a", "b"]}, Resource: ["*"]}]}',
  ],
  ['x.py', `p = Policy(Statement=[Statement(Effect=Allow, Action=[Action('s3', 'Get*')])])`],
  [
    'x.py',
    "from awacs.aws import Allow\nq = Statement(Effect=aws.Deny, Action=[Action('s3', '*')], Principal=Principal('*'))",
    'resource versionWritten mayLackResource {Statement: {Effect: "Deny", Action: ["s3:*"], Principal: "*", …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': Join('', ['a', Ref('B'), 'c']), 'NotResource': Sub('a${B}'), 'Sid': GetAtt('A', 'Arn')}}",
    'identity versionOptional {Statement: {@, Resource: "a${#83}c", NotResource: {Fn::Sub: "a${B}"}, Sid: ?}}',
  ],
  [
    'x.py',
    `iam.create_role(RoleName=n, AssumeRolePolicyDocument=json.dumps({'Statement': [{@}]}))`,
    'trust AWS::IAM::AssumeRolePolicyDocument versionOptional {Statement: [{@}]}',
  ],
  [
    'x.py',
    `s3.put_bucket_policy(Bucket=b, Policy=json.dumps({'Statement': [{@, 'Principal': '*'}]}))`,
    'resource AWS::S3::Bucket versionOptional {Statement: [{@, Principal: "*"}]}',
  ],
  ['x.py', "if a:\n    f({'Statement': [{@}]})\n", 'identity versionOptional isDynamic {Statement: [{@}]}'],
  [
    'x.py',
    "for a in b:\n    p = {'Statement': [{@}]}\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': [{@}]}\np['Statement'].append(x)\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': [{@}]}\np.update(x)\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': [{@}]}\np['Version'] = 'x'\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  ['x.py', "p = {'Statement': [{@}]}\nx = p['Version']\n", 'identity versionOptional {Statement: [{@}]}'],
  [
    'x.py',
    `ps = [f({'Statement': [{@}]}) for x in y]`,
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  ['x.py', `map(lambda x: {'Statement': [{@}]}, y)`, 'identity versionOptional isDynamic {Statement: [{@}]}'],
  [
    'x.py',
    `p = {'Statement': [{'Effect': 'Allow', 'Action': {'s3:*', 's3:x'}}]}`,
    'identity versionOptional {Statement: [{Effect: "Allow", Action: ?}]}',
  ],
  [
    'x.py',
    `template.has_resource_properties('AWS::IAM::Policy', {'Statement': [{@}]})`,
    'identity versionOptional {Statement: [{@, …}, …], …}',
  ],
  [
    'x.py',
    `p = '{"Statement": [{"Effect": "Allow", "Action": "%s"}]}' % x`,
    'identity {Statement: [{Effect: "Allow", Action: "%s"}]}',
  ],
  [
    'x.py',
    `p = '{"Statement": [{"Effect": "Allow", "Action": "s3:*"}, ' + more + ']}'`,
    'identity {Statement: [{@}, ?]}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: a ? 'x' } };`,
    'identity versionOptional {Statement: {@, Resource: ?, …}, …}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, get() { f({ Statement: [{ @ }] }); } } };',
    'identity versionOptional {Statement: {@, get: ?}}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'f(new iam.PolicyStatement({ actions: [x], resources: [y] }))',
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: [?], Resource: [?]}, …}',
  ],
  ['x.ts', 'f(new my.PolicyStatement({ actions: [x], resources: [y] }))'],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ actions: ['x'] }))`,
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["x"]}, …}',
  ],
  ['x.ts', `f(new iam.PolicyStatement({ effect: x, sid: 'y' }))`],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: Fn.sub('a${B}', { B: 'x' }), NotResource: Fn.sub(x), Sid: Other.sub('a') } };",
    'identity versionOptional {Statement: {@, Resource: {Fn::Sub: ["a${B}", ?]}, NotResource: ?, Sid: ?}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: Fn.join(x, ['a']), NotResource: Fn.join(':', x), Sid: ['a'].join(x), Condition: x.join(':') } };`,
    'identity versionOptional {Statement: {@, Resource: ?, NotResource: ?, Sid: ?, Condition: ?}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: ['a'].join(), NotResource: [].join(':'), Sid: Join(':', ['a', 'b']), Condition: 'a'.concat('b'), Principal: [].concat(x) } };`,
    'resource versionOptional {Statement: {@, Resource: ?, NotResource: ?, Sid: "a:b", Condition: "ab", Principal: [?, …]}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: stack.formatArn({ service: 's3', resource: 'b', sep: '/', resourceName: 'k' }), NotResource: stack.formatArn({ service: 'sns', resource: x }), Sid: stack.formatArn(x), Condition: stack.formatArn({ partition: 'aws', service: 'lambda', region: r, account: '1', resource: 'function', arnFormat: ArnFormat.COLON_RESOURCE_NAME, resourceName: 'f' }) } };`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:s3:${Aws.REGION}:${Aws.ACCOUNT_ID}:b/k", NotResource: "arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:${x}", Sid: ?, Condition: "arn:aws:lambda:${r}:1:function:f"}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: api.arnForExecuteApi(m, '/a/{b}'), NotResource: api.arnForExecuteApi('ANY', '/', x) } };`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/*/${m}/a/{b}", NotResource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/${x}/*/"}}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: "a", ...(x ? { Sid: 'y' } : {}), ...{ Condition: {} } } };`,
    'identity versionOptional {Statement: {@, Resource: "a", <<: ?, <<: ?}}',
  ],
  [
    'x.ts',
    'const p = { Statement: [...(a ? [{ @ }] : []), { @ }] };',
    'identity versionOptional {Statement: [{Fn::If: [?, {@}, {Ref: "AWS::NoValue"}]}, {@}]}',
  ],
  [
    'x.ts',
    `const p = { Statement: a ? [{ @ }] : [{ Effect: 'Deny', Action: 's3:*' }] };`,
    'identity versionOptional {Statement: {Fn::If: [?, [{@}], [{Effect: "Deny", Action: "s3:*"}]]}}',
  ],
  [
    'x.ts',
    'switch (a) { case 1: f({ Statement: [{ @ }] }); }',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'while (a) { f({ Statement: [{ @ }] }); }',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'x.filter(function () { return { Statement: [{ @ }] }; });',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'x.forEach((y) => f({ Statement: [{ @ }] }));',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  ['x.ts', 'a ?? f({ Statement: [{ @ }] });', 'identity versionOptional isDynamic {Statement: [{@}]}'],
  ['x.ts', 'a + f({ Statement: [{ @ }] });', 'identity versionOptional {Statement: [{@}]}'],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; delete p.Statement[0].Condition;',
    'identity versionOptional isDynamic {Statement: [{@, …}, …], …}',
  ],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p.Statement.slice(0); q(p); p?.toString();',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    `const p = { Statement: [{ @ }] }; p['Statement'].unshift(x);`,
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p!.Statement!.push(x);',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'const p = { Statement: [{ @ }] }; p . Statement . push (x);',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'a' 'b\n}}",
    'identity versionOptional {Statement: {@, Resource: "ab"…, …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': ['a' 'b', 'c`,
    'identity versionWritten {Statement: {@, Resource: ["ab", "c"…, …], …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': [*x, 'a'], 'Sid': [* 'b'], 'NotResource': ['a' b]}}`,
    'identity versionOptional {Statement: {@, Resource: [?, "a"], Sid: [?], NotResource: ["a", …], …}, …}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, **({'Sid': 'x'} if a else {}), **b}}`,
    'identity versionOptional {Statement: {@, <<: ?, <<: ?}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, x: 'y', 'Resource': await z, 'Sid': lambda: 1}}`,
    'identity versionOptional {Statement: {@, <<: ?, Resource: ?, Sid: ?}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'a%s' % x % y, 'Sid': ('a' '%s') % x, 'NotResource': f'{a}' % x}}`,
    'identity versionOptional {Statement: {@, Resource: ?, Sid: "a%s", NotResource: "${a}"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': 'a{0}{1.b}{c[0]}{d!r}{e:>3}'.format(x), 'Sid': f'a'.format(x), 'NotResource': 'a{'.format(x)}}`,
    'identity versionOptional {Statement: {@, Resource: "a${0}${1.b}${#78}${#84}${#89}", Sid: ?, NotResource: "a{"}}',
  ],
  [
    'x.py',
    "match a:\n    case 1:\n        f({'Statement': [{@}]})\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.py',
    "while a:\n    f({'Statement': [{@}]})\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  ['x.py', `a and f({'Statement': [{@}]})`, 'identity versionOptional isDynamic {Statement: [{@}]}'],
  [
    'x.py',
    "def f():\n    self.p = {'Statement': [{@}]}\n    self.p['Statement'].extend(x)\n",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': [{@}]}\np2['Version'] = 1\nxp.update(1)\np.get('x')\n",
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.py',
    `f(iam.PolicyStatement(actions=['s3:*'], resources=['*'], principals=[iam.CompositePrincipal(iam.ServicePrincipal('a'), iam.ArnPrincipal('b')), iam.CanonicalUserPrincipal('c'), iam.Other('d')]))`,
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: {Service: "a", AWS: "b", CanonicalUser: "c", <<: ?, …}}, …}',
  ],
  [
    'x.py',
    `f(iam.PolicyStatement(actions=['s3:*'], resources=['*'], conditions={'Bool': {'k': 'v'}}, sid='x', effect=e))`,
    'identity versionWritten versionOptional {Statement: {Action: ["s3:*"], Resource: ["*"], Condition: {Bool: {k: "v"}}, Sid: "x", Effect: ?}, …}',
  ],
  [
    'x.ts',
    `const p = { Statement: { @, Resource: this.api.arnForExecuteApi('ANY', '/x', 'prod') } };`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.restApiId}/prod/*/x"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': self.my.api.arn_for_execute_api('GET', '/x', 'prod'), 'NotResource': api.arn_for_execute_api(stage='dev')}}`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${self.my.api.rest_api_id}/prod/GET/x", NotResource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.rest_api_id}/dev/*/*"}}',
  ],
  [
    'x.py',
    `p = {'Statement': {@, 'Resource': self.format_arn(service='s3', resource='b', resource_name='k')}}`,
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:s3:${Aws.REGION}:${Aws.ACCOUNT_ID}:b/k"}}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [{ type: 'AWS', identifiers: ['1'] }, { type: 'AWS' }, { identifiers: ['2'] }] }))`,
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: {AWS: ["1"], <<: [?, ?, …], …}}, …}',
  ],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], principals: [{ type: '*', identifiers: ['*'] }] }] })`,
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Principal: "*"}], …}',
  ],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], principals: [{ type: '*', identifiers: ['*'] }, ...others] }] })`,
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Principal: "*"}], …}',
  ],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], principals: [{ type: '*', identifiers: ['*'] }, { type: 'AWS', identifiers: ['1'] }] }] })`,
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Principal: {*: ["*"], AWS: ["1"], …}}], …}',
  ],
  [
    'x.ts',
    `aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], principals: { type: 'AWS', identifiers: ['1'] }, conditions: [{ test: 'Bool', variable: 'k' }, { variable: 'l', values: ['v'] }] }] })`,
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Principal: {AWS: ["1"], …}, Condition: {Bool: {k: ∅}, <<: ?}}], …}',
  ],
  [
    'x.ts',
    `f(new iam.PolicyStatement(...x, { actions: ['s3:*'], resources: ['*'] }))`,
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  ['x.ts', 'f(new iam.PolicyStatement)'],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: '\\x41\\u{1F600}\\u0042\\n\\0\\'\\q', Sid: 'a\\\nb', NotResource: \"\\u00e9\\x4\" } };",
    'identity versionOptional {Statement: {@, Resource: "A😀B\\n\\u0000\'q", Sid: "ab", NotResource: "éx4", …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'a%%b%(c)sd%s' % x, 'Sid': 'a%%b', 'NotResource': '\\N{DASH}\\U0001F600\\7\\a'}}",
    'identity versionOptional {Statement: {@, Resource: "a%%b%(c)sd%s", Sid: "a%%b", NotResource: "�😀\\u0007\\u0007"}}',
  ],
  [
    'x.ts',
    "f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [new iam.ArnPrincipal(Fn.sub('a')), new iam.ArnPrincipal(Fn.sub('b'))] }))",
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: {AWS: [{Fn::Sub: "a"}, {Fn::Sub: "b"}, …], …}}, …}',
  ],
  [
    'x.ts',
    "f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [new iam.ArnPrincipal(a ? 'x' : 'y'), new iam.ArnPrincipal(b ? 'z' : c)] }))",
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: {AWS: [{Fn::If: [?, "x", "y"]}, {Fn::If: [?, "z", ?]}, …], …}}, …}',
  ],
  [
    'x.ts',
    "f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [a ? new iam.ServicePrincipal('x') : new iam.AnyPrincipal(), new iam.ArnPrincipal('b')] }))",
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: {<<: ?, AWS: "b", …}}, …}',
  ],
  [
    'x.ts',
    "f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [...(a ? [new iam.ServicePrincipal('x')] : []), new iam.ArnPrincipal('b')] }))",
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: {<<: ?, AWS: "b", …}}, …}',
  ],
  [
    'x.ts',
    "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], conditions: [{ test: 'Bool', variable: 'k', values: a ? ['v'] : ['w'] }, { test: 'Bool', variable: 'k', values: ['x'] }, { test: 'Bool', variable: 'k', values: y }] }] })",
    'identity versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Condition: {Bool: {k: [{Fn::If: [?, ["v"], ["w"]]}, "x", ?, …]}}}], …}',
  ],
  [
    'x.ts',
    "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], conditions: [{ test: 'Bool', variable: 'k' }, { test: 'Bool', variable: 'k', values: ['x'] }, { test: 'Null', variable: 'k', values: ['x'] }, { test: 'Null', variable: 'k' }] }] })",
    'identity versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Condition: {Bool: {k: ["x"]}, Null: {k: ["x"]}}}], …}',
  ],
  [
    'x.ts',
    "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], conditions: [{ test: `${t}`, variable: 'k', values: [] }, { test: `Bool${t}`, variable: 'k', values: [] }, { test: 'Bool', variable: `k/${t}`, values: [] }, ...more, { test: 'Bool', variable: 'k', values: ['v'] }] }] })",
    'identity versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Condition: {Bool: {k: ["v"]}, <<: [?, ?, ?, ?, …]}}], …}',
  ],
  [
    'x.ts',
    "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'], principals: [{ type: `A${t}`, identifiers: ['1'] }, { type: 'AWS', identifiers: a ? ['1'] : ['2'] }, { type: 'AWS', identifiers: ['3'] }] }] })",
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["s3:*"], Principal: {<<: ?, AWS: [{Fn::If: [?, ["1"], ["2"]]}, "3", …], …}}], …}',
  ],
  [
    'x.ts',
    "const s = new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals: [new iam.ArnPrincipal(`arn:aws:iam::${a}:root`), new iam.AnyPrincipal()] })",
    'resource versionWritten mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], Principal: {AWS: "arn:aws:iam::${a}:root", <<: ?, …}, …}, …}',
  ],
  [
    'x.ts',
    "f({ permissions: [{ actions: ['s3:*'], resources: ['*'] }] }); const p = { Statement: [{ @ }] };",
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "new sst.aws.Function('f', { permissions: a ? ['x'] : b, other: [{ actions: ['s3:*'], resources: ['*'] }], p: { Statement: [{ @ }] } })",
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "new sst.aws.Function('f', { permissions: [x, 'y', { resources: ['*'] }, { @ }, { actions: ['s3:*'], resources: ['*'] }] })",
    'identity versionWritten {Statement: {@, …}, …}',
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  [
    'x.ts',
    "aws.permission({ actions: ['s3:*'], resources: ['*'] }); sst.permission({ actions: ['s3:*'], resources: ['*'] }); my.aws.permission({ actions: ['s3:*'], resources: ['*'] }); permission({ actions: ['s3:*'], resources: ['*'] }); const s = { @ };",
    'identity versionWritten {Statement: {@, …}, …}',
  ],
  [
    'x.ts',
    "f(new PolicyStatement({ actions: ['x', 's3:*'], resources: ['y'] }))",
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["x", "s3:*"], Resource: ["y"]}, …}',
  ],
  [
    'x.ts',
    "f(new PolicyStatement({ actions: ['x'], notResources: ['y', '*'] }))",
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["x"], NotResource: ["y", "*"]}, …}',
  ],
  [
    'x.ts',
    "const s = [{ @, Principal: '*' }, { @ }];",
    'resource versionWritten mayLackResource {Statement: [{@, Principal: "*"}, {@}, …], …}',
  ],
  [
    'x.ts',
    "const p = { Statement: [{ Action: ['x', 's3:Get'] }] };",
    'identity versionOptional {Statement: [{Action: ["x", "s3:Get"]}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: [{ Resource: ['x', 'arn:y'] }] };",
    'identity versionOptional {Statement: [{Resource: ["x", "arn:y"]}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: [{ Principal: { X: 'x', AWS: 'y' } }] };",
    'resource versionOptional isGuess {Statement: [{Principal: {X: "x", AWS: "y"}}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: [{ Action: 'deposit' }, { Action: 's3:*' }] };",
    'identity versionOptional {Statement: [{Action: "deposit"}, {Action: "s3:*"}]}',
  ],
  ['x.ts', "const p = { Statement: [{ Action: 'deposit', when: 'now' }] };"],
  [
    'x.ts',
    "const p = { Statement: [{ Action: 'deposit', Efect: }] };",
    'identity versionOptional {Statement: [{Action: "deposit", Efect: ∅, …}, …], …}',
  ],
  ['x.ts', 's.Condition = { Statement: [{ @ }] };', 'identity versionOptional {Statement: [{@}]}'],
  [
    'x.ts',
    "const p = { Statement: [{ @ }] }; p.Statement[0].Effect = 'Deny'; p.Statement[0].Action = 's3:*';",
    'identity versionOptional isDynamic {Statement: [{@, …}, …], …}',
  ],
  [
    'x.ts',
    "s.Effect = 'Allow'; s.Action += 's3:*'; s.NotAction = 's3:Get*';",
    'identity versionWritten isDynamic {Statement: {Effect: "Allow", NotAction: "s3:Get*", …}, …}',
  ],
  ['x.ts', "s?.addActions('s3:*'); addActions('s3:*'); s.add('s3:*'); s['addActions']('s3:*');"],
  ['x.ts', "s = { actions: ['s3:*'], resources: ['*'] } as any as PolicyStatementProps;"],
  ['x.ts', "const s: Readonly<PolicyStatementProps> = { actions: ['s3:*'], resources: ['*'] };"],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: g({ Statement: [{ @ }] }) && 'x' } };",
    'identity versionOptional {Statement: {@, Resource: {Fn::If: [?, "x", {Ref: "AWS::NoValue"}]}}}',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, [`Resource`]: 'x', ['Sid']: 'y', [5]: 'z', [f({ Statement: [{ @ }] })]: 'w' } };",
    'identity versionOptional {Statement: {@, Resource: "x", Sid: "y", 5: "z", <<: ?}}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, async get() { return { Statement: [{ @ }] }; }, get x() { return { @ }; } } };',
    'identity versionOptional {Statement: {@, <<: ?, <<: ?}}',
    'identity versionOptional {Statement: [{@}]}',
    'identity versionWritten {Statement: {@, …}, …}',
  ],
  ['x.py', "a.b['Effect'] = 'Allow'\na.b['Action'] = 's3:*'\n"],
  ['x.py', "s['Effect'] = 'Allow'\ns['Action'] = t = 's3:*'\ns[Action] = 's3:*'\n"],
  [
    'x.py',
    "s['Effect'] = 'Allow'\ns[\"Action\"] += 's3:*'\ns[\"NotAction\"] = 's3:*'\n",
    'identity versionWritten isDynamic {Statement: {Effect: "Allow", NotAction: "s3:*", …}, …}',
  ],
  [
    'x.py',
    "p = Policy(Statement=[Statement(Effect=Allow, Action=[Action('s3', 'Get*')], Principal=Principal(x, ['a'])), Statement(Effect=Allow, Principal=Principal())]) # awacs",
    'resource versionOptional {Statement: [{Effect: "Allow", Action: ["s3:Get*"], Principal: ?}, {Effect: "Allow", Principal: ?}]}',
  ],
  [
    'x.ts',
    '(() => x)({ Statement: [{ @ }] }); f()({ Statement: [{ @ }] }); new (g())({ Statement: [{ @ }] });',
    'identity versionOptional {Statement: [{@}]}',
    'identity versionOptional {Statement: [{@}]}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "this.s.Effect = 'Allow'; this.s.Action = 's3:*'; this.s.addActions('s3:Get*'); s.p.addActions('s3:*'); s.Effect = 'Deny'; s[x] = 's3:*'; const p = { Statement: [{ @ }] };",
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "f({ actions: ['s3:*'], resources: ['*'] }, PolicyStatementProps); const p = { Statement: [{ @ }] };",
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: ['a\n] } };\nconst q = { Statement: { @, Resource: } };",
    'identity versionOptional {Statement: {@, Resource: ["a"…, …], …}, …}',
    'identity versionOptional {Statement: {@, Resource: ∅, …}, …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: '\n} };\nconst q = { Statement: { @, Resource: 'q' } };",
    'identity versionOptional {Statement: {@, Resource: ""…, …}, …}',
    'identity versionOptional {Statement: {@, Resource: "q"}}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a b\n} };\nconst q = { Statement: { @, Resource: 'q' } };",
    'identity versionOptional {Statement: {@, Resource: "a b"…, …}, …}',
    'identity versionOptional {Statement: {@, Resource: "q"}}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a' } }; const q = { Statement: { @, Resource: ['b] } };\nconst r = { Statement: { @, Resource: 'q' } };",
    'identity versionOptional {Statement: {@, Resource: "a"}}',
    'identity versionOptional {Statement: {@, Resource: ["b"…, …], …}, …}',
    'identity versionOptional {Statement: {@, Resource: "q"}}',
  ],
  [
    'x.ts',
    "const m = 'see ], or, x: y';\nconst p = { Statement: { @, Resource: 'a\n} };",
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: ['a', 'b,\n 'c'] } };",
    'identity versionOptional {Statement: {@, Resource: ["a", "b"…, "c", …], …}, …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: ['a, Sid: 'b' } };",
    'identity versionOptional {Statement: {@, Resource: ["a"…, ?, …], …}, …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a\n } };\nconst q = { Statement: { @, Resource: 'b\n } };\nconst r = { Statement: { @, Resource: 'c\n } };\nconst s = { Statement: { @, Resource: 'd\n } };\nconst t = { Statement: { @, Resource: 'e\n } };",
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
    'identity versionOptional {Statement: {@, Resource: "b"…, …}, …}',
    'identity versionOptional {Statement: {@, Resource: "c"…, …}, …}',
    'identity versionOptional {Statement: {@, Resource: "d"}}',
    'identity versionOptional {Statement: {@, Resource: "e"}}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: "a ] , ) ;\n } };',
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'x' if a }}",
    'identity versionOptional {Statement: {@, Resource: ?, …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'x' if a else }}",
    'identity versionOptional {Statement: {@, Resource: {Fn::If: [?, "x", ?]}, …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'a' + 'b\n}}",
    'identity versionOptional {Statement: {@, Resource: "ab"…, …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'a' 'b' c, 'Sid': 'x'}}",
    'identity versionOptional {Statement: {@, Resource: "ab", Sid: "x", …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': [= 'a', * , 'b', *c d]}}",
    'identity versionOptional {Statement: {@, Resource: [?, ?, "b", ?, …], …}, …}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': 'a{}'.format(f({'Statement': [{@}]})), 'NotResource': Output.format('b{}', f({'Statement': [{@}]}))}}",
    'identity versionOptional {Statement: {@, Resource: "a${#70}", NotResource: "b${#172}"}}',
    'identity versionOptional {Statement: [{@}]}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': my.Output.format('{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\"}]}'), 'NotResource': xOutput.format('b'), 'Sid': format('x'), 'Id': 'a'.format}}",
    'identity versionOptional {Statement: {@, Resource: "{\\"Statement\\": [${#101}]}", NotResource: ?, Sid: ?, Id: ?}}',
  ],
  [
    'x.py',
    "f()({'Statement': [{@}]})\n(lambda: x)({'Statement': [{@}]})\n(yield)({'Statement': [{@}]})",
    'identity versionOptional {Statement: [{@}]}',
    'identity versionOptional {Statement: [{@}]}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.py',
    "iam.create_role(name, AssumeRolePolicyDocument=json.dumps({'Statement': [{@}]}))",
    'trust AWS::IAM::AssumeRolePolicyDocument versionOptional {Statement: [{@}]}',
  ],
  ['x.py', 'f(Statement=[{@}])', 'identity versionOptional {Statement: [{@}], …}'],
  ['x.py', 'f(x, y, Statement=[{@}])', 'identity versionOptional {Statement: [{@}], …}'],
  [
    'x.py',
    "f(Policy={'Statement': [{@}]}, **{'x': {'Statement': [{@}]}})",
    'identity versionOptional {Statement: [{@}]}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  ['x.py', "f(Effect='Allow', Action='s3:*')", 'identity versionWritten {Statement: {@, …}, …}'],
  [
    'x.py',
    "f(Effect=, Action='s3:*')",
    'identity versionWritten {Statement: {Effect: ∅, Action: "s3:*", …}, …}',
  ],
  ['x.py', "f(**x, Effect='Allow', Action='s3:*')", 'identity versionWritten {Statement: {<<: ?, @, …}, …}'],
  ['x.py', "f(Effect='Allow', Action='s3:*', **)", 'identity versionWritten {Statement: {@, <<: ?, …}, …}'],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: a ?? '' + 'b', NotResource: a ?? '' + '' } };",
    'identity versionOptional {Statement: {@, Resource: {Fn::If: [?, ?, "b"]}, NotResource: {Fn::If: [?, ?, ?]}}}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': a or ('' 'b'), 'NotResource': a or ('' '')}}",
    'identity versionOptional {Statement: {@, Resource: {Fn::If: [?, ?, "b"]}, NotResource: {Fn::If: [?, ?, ?]}}}',
  ],
  [
    'x.ts',
    "role.assumeRolePolicy?.addStatements(...[new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })]);",
    'trust AWS::IAM::AssumeRolePolicyDocument versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  [
    'x.ts',
    "role.assumeRolePolicy.addStatements((new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })));",
    'trust AWS::IAM::AssumeRolePolicyDocument versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["s3:*", …], Resource: ["*", …], …}, …}',
  ],
  [
    'x.ts',
    "role.assumeRolePolicy.addStatements({ a: new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }) });",
    'identity versionWritten {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  [
    'x.ts',
    "bucket.addToResourcePolicy(f(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })));",
    'identity versionWritten versionOptional {Statement: {Effect: "Allow", Action: ["s3:*"], Resource: ["*"]}, …}',
  ],
  [
    'x.ts',
    'const p = { Statement: { @, Resource: this.a.b.c.d.e.f.g.h.arnForExecuteApi() } };',
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.a.b.c.d.e.f.g.h.restApiId}/*/*/*"}}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: new Api(this, 'a name that is very long, so that nobody wants to read it', { more: 1, and: 2, again: 3, so: 4 }).arnForExecuteApi('GET', '/', 's') } };",
    'identity versionOptional {Statement: {@, Resource: "arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${#181}/s/GET/"}}',
  ],
  [
    'x.ts',
    'const p = () => { const q = { Statement: [{ @ }] }; }; p.x = 1;',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    'const p = f({ Statement: [{ @ }] }); p.x = 1;',
    'identity versionOptional isDynamic {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a' + 'b\n} };",
    'identity versionOptional {Statement: {@, Resource: "ab"…, …}, …}',
  ],
  [
    'x.ts',
    "const a = { Statement: [{ @ }] };\nfunction f() { s.Effect = 'Deny'; s.Action = 's3:*'; }\nconst b = { Statement: [{ @ }] };",
    'identity versionOptional {Statement: [{@}]}',
    'identity versionWritten isDynamic {Statement: {Effect: "Deny", Action: "s3:*", …}, …}',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.py',
    "p = {'Statement': {@, 'Resource': \"\n}}\nq = {'Statement': {@, 'Resource': 'q'}}",
    'identity versionOptional {Statement: {@, Resource: ""…, …}, …}',
    'identity versionOptional {Statement: {@, Resource: "q"}}',
  ],
  ['x.ts', "import { Effect } from 'effect'; menu.addActions('copy');"],
  [
    'x.ts',
    "const p = { Statement: [{ Effect: 'Allow', Action: ['], Resource: '*' }] };",
    'identity versionOptional {Statement: [{Effect: "Allow", Action: [""…, …], Resource: "*", …}, …], …}',
  ],
  [
    'x.py',
    "p = {'Statement': [{'Effect': 'Allow', 'Action': ['], 'Resource': '*'}]}",
    'identity versionOptional {Statement: [{Effect: "Allow", Action: [""…, …], Resource: "*", …}, …], …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, Resource: 'a' + '\n} };",
    'identity versionOptional {Statement: {@, Resource: "a"…, …}, …}',
  ],
  [
    'x.ts',
    "const p = { Statement: { @, [`Resource`]: '*', [`a${b}`]: 'c', [`${d}`]: 'e' } };",
    'identity versionOptional {Statement: {@, Resource: "*", a${b}: "c", ${d}: "e"}}',
  ],
  [
    'x.ts',
    "iam.getPolicyDocumentOutput({ statements: [...(a ? [{ actions: ['a:b'], resources: [c] }] : []), ...(d ? [{ actions: ['e:f'], resources: ['*'] }, { actions: ['g:h'], resources: ['*'] }] : [])] })",
    'identity versionWritten mayLackResource {Statement: [{Fn::If: [?, {Effect: "Allow", Action: ["a:b"], Resource: [?]}, {Ref: "AWS::NoValue"}]}, {Fn::If: [?, {Effect: "Allow", Action: ["e:f"], Resource: ["*"]}, {Ref: "AWS::NoValue"}]}, {Fn::If: [?, {Effect: "Allow", Action: ["g:h"], Resource: ["*"]}, {Ref: "AWS::NoValue"}]}], …}',
  ],
  [
    'x.ts',
    "iam.getPolicyDocument({ statements: a ? [{ actions: ['a:b'] }] : [{ actions: ['c:d'] }, e] })",
    'identity versionWritten mayLackResource {Statement: [{Fn::If: [?, [{Effect: "Allow", Action: ["a:b"]}], [{Effect: "Allow", Action: ["c:d"]}, ?]]}, …], …}',
  ],
  [
    'x.ts',
    "iam.getPolicyDocument({ statements: [a ? { actions: ['a:b'] } : { effect: 'Deny', actions: ['c:d'] }, b && { actions: ['e:f'] }] })",
    'identity versionWritten mayLackResource {Statement: [{Fn::If: [?, {Effect: "Allow", Action: ["a:b"]}, {Effect: "Deny", Action: ["c:d"]}]}, {Fn::If: [?, {Effect: "Allow", Action: ["e:f"]}, {Ref: "AWS::NoValue"}]}], …}',
  ],
  [
    'x.ts',
    "iam.getPolicyDocument({ statements: [{ actions: ['a:b'], conditions: a ? [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] }] : [] }, { actions: ['a:b'], conditions: [...(a ? [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] }] : []), { test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] }] }] })",
    'identity versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["a:b"], Condition: {Fn::If: [?, {Bool: {aws:SecureTransport: ["true"]}}, {…}]}}, {Effect: "Allow", Action: ["a:b"], Condition: {Bool: {aws:SecureTransport: ["true"]}, <<: ?}}], …}',
  ],
  [
    'x.ts',
    "iam.getPolicyDocument({ statements: [{ actions: ['a:b'], principals: a ? [{ type: 'AWS', identifiers: ['1'] }] : [], notPrincipals: [...(a ? [{ type: 'AWS', identifiers: ['1'] }] : [])] }] })",
    'resource versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["a:b"], Principal: ?, NotPrincipal: {<<: ?, …}}], …}',
  ],
  [
    'x.py',
    "aws.iam.get_policy_document(statements=[*([{'actions': ['a:b']}] if x else []), {'actions': ['c:d']} if y else {'actions': ['e:f']}])",
    'identity versionWritten mayLackResource {Statement: [{Fn::If: [?, {Effect: "Allow", Action: ["a:b"]}, {Ref: "AWS::NoValue"}]}, {Fn::If: [?, {Effect: "Allow", Action: ["c:d"]}, {Effect: "Allow", Action: ["e:f"]}]}], …}',
  ],
  [
    'x.py',
    "aws.iam.get_policy_document(statements=[{'actions': [f'a:{b}']} for b in c] + [{'actions': ['d:e']}])",
    'identity versionWritten mayLackResource {Statement: [{Effect: "Allow", Action: ["a:${b}"]}, {Effect: "Allow", Action: ["d:e"]}, …], …}',
  ],
  [
    'x.ts',
    "iam.getPolicyDocument({ statements: names.map((n) => ({ actions: ['a:b'], resources: [n] })) })",
    'identity versionWritten mayLackResource {Statement: [?, …], …}',
  ],
  [
    'x.ts',
    "template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ @, Resource: [{}, {}] }, { Effect: 'Allow', Action: 's3:*', Resource: {} }] } });",
    'identity versionOptional {Statement: [{@, Resource: [?, ?, …], …}, {@, Resource: ?, …}, …], …}',
  ],
  [
    'x.ts',
    "template.resourcePropertiesCountIs('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ @ }] } }, 2); expect(s).to(countResourcesLike('AWS::IAM::Policy', 8, { PolicyDocument: { Statement: [{ @ }] } })); template.templateMatches({ Resources: { P: { Properties: { PolicyDocument: { Statement: [{ @ }] } } } } });",
    'identity versionOptional {Statement: [{@, …}, …], …}',
    'identity versionOptional {Statement: [{@, …}, …], …}',
    'identity versionOptional {Statement: [{@, …}, …], …}',
  ],
  [
    'x.py',
    "p = Policy(Statement=[Statement(Effect=Allow, Action=[awacs.ecs.Action('Submit*'), Action('*'), Action('s3:Get*'), Action('s3', 'Put*'), Action(x)])])",
    'identity versionOptional {Statement: [{Effect: "Allow", Action: [?, "*", "s3:Get*", "s3:Put*", ?]}]}',
  ],
  [
    'x.ts',
    "client.send(new PutDataProtectionPolicyCommand({ policyDocument: JSON.stringify({ Name: 'a', Version: '2021-06-01', Statement: [{ Sid: 'audit', DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } }] }) }));",
  ],
  [
    'x.ts',
    "const ALLOW = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }; // Statement",
  ],
  [
    'x.ts',
    "const ALLOW = { Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }] };",
  ],
  [
    'x.ts',
    "const a = [{ Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: 'LogicalResourceId/x' }]; const b = { @ };",
    'identity versionWritten {Statement: {@, …}, …}',
  ],
  [
    'x.ts',
    'expect(f({ Statement: [{ @ }] })).toMatchInlineSnapshot(`{"Statement": [{"Effect": "Allow", "Action": "s3:*",},]}`); expect(x).toMatchInlineSnapshot({ Statement: [{ @ }] }, `{}`);',
    'identity versionOptional {Statement: [{@}]}',
  ],
  [
    'x.ts',
    "template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([{ @, Resource: '' }]) } });",
    'identity versionOptional {Statement: [{@, Resource: ?, …}, …], …}',
  ],
  [
    'x.ts',
    "expect(x).toEqual(expect.arrayContaining([{ @, Resource: [''] }]));",
    'identity versionWritten {Statement: [{@, Resource: [?, …], …}, …], …}',
  ],
  [
    'x.ts',
    "f(new iam.PolicyStatement({ actions: ['s3:*'], notPrincipals: [new iam.ArnPrincipal('a')] }))",
    'resource versionWritten versionOptional mayLackResource {Statement: {Effect: "Allow", Action: ["s3:*"], NotPrincipal: {AWS: "a", …}}, …}',
  ],
  [
    'x.py',
    "from awacs.aws import Allow\np = PolicyDocument(Statement=[Statement(Effect=Allow, Action=[Action('s3', '*')])])",
    'identity versionOptional {Statement: [{Effect: "Allow", Action: ["s3:*"]}]}',
  ],
  [
    'x.ts',
    "const a = { Effect: 'Deny', Action: 'Update:Modify' }; const b = { Effect: 'Deny', Action: 'Update:Replace' }; const c = { Effect: 'Deny', Action: 'Update:Delete' }; const d = { Effect: 'Deny', Action: 'Update:x' };",
    'identity versionWritten {Statement: {Effect: "Deny", Action: "Update:x", …}, …}',
  ],
];

const STATEMENTS = {
  'x.ts': "Effect: 'Allow', Action: 's3:*'",
  'x.py': "'Effect': 'Allow', 'Action': 's3:*'",
};

describe('the policies of a program', () => {
  for (const [name, text, ...policies] of PROGRAMS) {
    it(`are read in ${name}: ${text}`, () => {
      const written = text.replaceAll('@', STATEMENTS[name === 'x.py' ? 'x.py' : 'x.ts']);
      assert.deepEqual(
        policiesOf(name, written),
        policies.map((policy) => policy.replaceAll('@', 'Effect: "Allow", Action: "s3:*"')),
      );
    });
  }
});

describe('what a library of a program implies', () => {
  for (const [name, text, statement, effect] of [
    [
      'x.ts',
      "role.add(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }))",
      'PolicyStatement',
      '',
    ],
    [
      'x.ts',
      "new PolicyStatement({ actions: ['s3:*'], effect: Effect.DENY })",
      'PolicyStatement',
      'Effect.DENY',
    ],
    ['x.py', "iam.PolicyStatement(actions=['s3:*'], resources=['*'])", 'PolicyStatement', ''],
    [
      'x.ts',
      "aws.iam.getPolicyDocument({ statements: [{ effect: 'Deny', actions: ['s3:*'] }] })",
      'statements',
      "'Deny'",
    ],
  ] as const) {
    it(`lies on its names in ${text}`, () => {
      const [policy] = openDocument({ text, language: languageOfFile(name, text) }).policies;
      const [member] = policy?.node.members ?? [];
      assert.equal(member && text.slice(member.key.span.start, member.key.span.end), statement);
      const [read] = policy?.statements ?? [];
      assert.equal(read?.effect && text.slice(read.effect.span.start, read.effect.span.end), effect);
      const action = read?.actions[0]?.member.key.span;
      assert.equal(action && text.slice(action.start, action.end), 'actions');
    });
  }
});

describe('a text of a program', () => {
  const WRITTEN: readonly (readonly [name: string, literal: string, text: string, encoded: string])[] = [
    ['x.ts', "'s3:x'", 'it\'s "a" \\ b', 'it\\\'s "a" \\\\ b'],
    ['x.ts', '"s3:x"', 'it\'s "a"', 'it\'s \\"a\\"'],
    ['x.ts', '`s3:x`', 'a`${b}', 'a\\`\\${b}'],
    ['x.ts', '`${a}s3:x`', "a'b`", "a'b\\`"],
    ['x.ts', 'pulumi.interpolate`s3:x`', "a'b`${c}", "a'b\\`\\${c}"],
    ['x.ts', "a + 's3:x'", "it's", "it\\'s"],
    ['x.py', '"s3:x"', 'a"b\\', 'a\\"b\\\\'],
    ['x.py', "f's3:x{a}'", '{b}', '{{b}}'],
  ];
  for (const [name, literal, text, encoded] of WRITTEN) {
    it(`is written into ${literal} as ${encoded}`, () => {
      const written =
        name === 'x.ts'
          ? `const p = { Statement: [{ Effect: 'Allow', Action: ${literal} }] };`
          : `p = {'Statement': [{'Effect': 'Allow', 'Action': ${literal}}]}`;
      const [policy] = openDocument({ text: written, language: languageOfFile(name, written) }).policies;
      assert.equal(policy?.statements[0]?.actions[0]?.entries[0]?.node.encode(text), encoded);
    });
  }

  it('is known to be put together by an operator', () => {
    for (const [literal, hasHoles] of [
      ["'s3:%s' % x", true],
      ["'s3:x'", false],
    ] as const) {
      const text = `p = {'Statement': [{'Effect': 'Allow', 'Action': ${literal}}]}`;
      const [policy] = openDocument({ text, language: 'python' }).policies;
      assert.equal(policy?.statements[0]?.actions[0]?.entries[0]?.node.hasHoles, hasHoles, literal);
    }
  });
});
