import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import { languageOfFile, languageOfName } from '../../server/src/core/index';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Span } from '../../server/src/core/syntax/nodes';
import { processorTime } from '../support/patience';
import { languageService } from '../support/policies';
import { repositoryRoot } from '../support/repository';
import { runs, step } from '../support/thorough';

/*
 * Policies in programs as people write them with each library: what is found, and on which text.
 */

const service = languageService();

function opened(name: string, text: string) {
  return service.open({ text, language: languageOfFile(name, text) });
}

/** The findings but suggestions, as "rule: marked text". */
function told(name: string, text: string): readonly string[] {
  const { findings, failures } = service.lint(opened(name, text));
  assert.deepEqual(failures, []);
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const UNKNOWN = 'action-unknown: GetObjct';
const METHOD = 'execute-api-method-case: get';

const FORMS: readonly (readonly [title: string, name: string, text: string, expected: readonly string[]])[] =
  [
    [
      'values that are filled in later, in Python',
      'x.py',
      'p = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": None, "Condition": None}]}\np["Statement"][0]["Resource"] = arn',
      [UNKNOWN],
    ],
    [
      'the same in TypeScript, and one of another type',
      'x.ts',
      'const p = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: 7, Resource: null as any }] };',
      ['element-type: 7'],
    ],
    [
      'a statement of the CDK',
      'x.ts',
      "role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObjct', ...more], resources: [b.arnForObjects('*')] }));",
      [UNKNOWN],
    ],
    [
      'the same imported by its own name, with an effect',
      'x.ts',
      "new PolicyStatement({ effect: Effect.DENY, actions: ['s3:GetObjct'], resources: ['*'] })",
      [UNKNOWN],
    ],
    [
      'the same as a class of its own',
      'x.ts',
      `import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
export class Read extends PolicyStatement { constructor(table: string) { super({ actions: ['s3:GetObjct'], resources: [table] }); } }
export class Own extends Other { constructor(table: string) { super({ actions: ['s3:GetObjct'], resources: [table] }); } }`,
      [UNKNOWN],
    ],
    [
      'the same as a class of a module',
      'x.ts',
      "class Read extends iam.PolicyStatement { constructor() { super({ actions: ['s3:GetObjct'], resources: ['*'] }); this.addArnPrincipal(arn); } }",
      [UNKNOWN],
    ],
    [
      'a policy in texts one behind the other that are filled in',
      'x.py',
      `p = ('{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "s3:GetObjct", '
     '"Resource": "arn:aws:s3:::{bucket}/*"}}]}}').format(bucket=bucket)`,
      [UNKNOWN],
    ],
    [
      'statements of CDK for Terraform that a construct of one’s own takes, of which one leaves out its effect',
      'x.ts',
      `import { App } from 'cdktf';
new Application(this, 'app', { taskRolePolicyStatements: [
  { actions: ['s3:GetObjct'], resources: ['*'], effect: 'Allow' }, { actions: ['s3:GetObject'], resources: [bucket.arn] },
] });`,
      [UNKNOWN],
    ],
    [
      'the same in a program of something else',
      'x.ts',
      "const policyStatements = [{ actions: ['s3:GetObjct'], resources: ['*'], effect: 'Allow' }]; // PolicyStatement",
      [],
    ],
    [
      'what the program puts in the place of a word in capitals',
      'x.py',
      'p = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "S3_PLACEHOLDER"}]}',
      [],
    ],
    [
      'the same in Python',
      'x.py',
      'role.add_to_policy(iam.PolicyStatement(\n    effect=iam.Effect.ALLOW,\n    actions=["s3:GetObjct"],\n    resources=["*"],\n))',
      [UNKNOWN],
    ],
    [
      'an ARN with a part that is filled in',
      'x.ts',
      'new iam.PolicyStatement({ actions: ["execute-api:InvalidateCache"], resources: [`arn:aws:execute-api:${region}:${account}:${api.restApiId}/prod/get/pets`] })',
      [METHOD],
    ],
    [
      'the same put together by +',
      'x.js',
      "new iam.PolicyStatement({ actions: ['execute-api:InvalidateCache'], resources: ['arn:aws:execute-api:us-east-1:123456789012:' + id + '/prod/get/pets'] })",
      [METHOD],
    ],
    [
      'the same in an f-string, by format and by %',
      'x.py',
      [
        'iam.PolicyStatement(actions=["execute-api:InvalidateCache"], resources=[',
        '  f"arn:aws:execute-api:{region}:123456789012:{api_id}/prod/get/a",',
        '  "arn:aws:execute-api:us-east-1:{}:{}/prod/get/b".format(account, api_id),',
        '  "arn:aws:execute-api:us-east-1:%s:%s/prod/get/c" % (account, api_id),',
        '])',
      ].join('\n'),
      [METHOD, METHOD, METHOD],
    ],
    [
      'principals and conditions of the CDK',
      'x.ts',
      "bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('cloudfront.amazonaws.co')], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')], conditions: { StringEquls: { 'aws:SourceArn': arn } } }));",
      ["service-principal-format: 'cloudfront.amazonaws.co'", 'condition-operator-unknown: StringEquls'],
    ],
    [
      'a document that is read from an object',
      'x.ts',
      "iam.PolicyDocument.fromJson({ Statement: [{ Effect: 'Alow', Action: 's3:GetObject', Resource: '*' }] })",
      ["effect-invalid: 'Alow'"],
    ],
    [
      'JSON.stringify of an object, for Pulumi',
      'x.ts',
      "new aws.iam.Policy('p', { policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' }] }) });",
      [UNKNOWN],
    ],
    [
      "Pulumi's document",
      'x.ts',
      "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:GetObjct'], resources: ['arn:aws:s3:::b/&{aws:username}/*'], principals: [{ type: 'Servce', identifiers: ['ec2.amazonaws.com'] }], conditions: [{ test: 'StringLik', variable: 'aws:PrincipalArn', values: ['arn:aws:iam::123456789012:role/a'] }] }] })",
      [UNKNOWN, "principal-type-unknown: 'Servce'", "condition-operator-unknown: 'StringLik'"],
    ],
    [
      'the same in Python, with objects and dictionaries',
      'x.py',
      'aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgs(actions=["s3:GetObjct"], resources=["*"]), {"actions": ["s3:PutObjct"], "resources": ["*"]}])',
      [UNKNOWN, 'action-unknown: PutObjct'],
    ],
    [
      'a dictionary, spread and all',
      'x.py',
      'policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObjct", **rest}, *more]}',
      [UNKNOWN],
    ],
    [
      'json.dumps for boto3',
      'x.py',
      'iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObjct"], "Resource": "*"}]}))',
      [UNKNOWN],
    ],
    [
      'a trust policy by the name of its argument',
      'x.py',
      'iam.create_role(name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumRole"}]}))',
      ['action-unknown: AssumRole'],
    ],
    [
      'a trust policy by the name of its property',
      'x.ts',
      "new iam.CfnRole(this, 'r', { assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumRole' }] } });",
      ['action-unknown: AssumRole'],
    ],
    [
      'a class of the same name for another language of policies',
      'x.ts',
      'new agentcore.PolicyStatement({ effect: Effect.PERMIT, principal: Principal.any(), action: Action.all() })',
      [],
    ],
    [
      'what a test expects of a policy, which is a part of it',
      'x.ts',
      "template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([{ Effect: 'Allow', Action: 's3:GetObject' }]) } });",
      [],
    ],
    [
      'an authorizer that fills a statement in',
      'x.js',
      "function policyFor(effect, resource) {\n  const policyDocument = {};\n  policyDocument.Version = '2012-10-17';\n  policyDocument.Statement = [];\n  const statementOne = {};\n  statementOne.Action = 'execute-api:Invok';\n  statementOne.Effect = effect;\n  statementOne.Resource = resource;\n  policyDocument.Statement[0] = statementOne;\n  return { policyDocument };\n}",
      ['action-unknown: Invok'],
    ],
    [
      'the same in Python',
      'x.py',
      "def policy_for(effect, resource):\n    statement = {}\n    statement['Action'] = 'execute-api:Invok'\n    statement['Effect'] = effect\n    statement['Resource'] = resource\n    return {'policyDocument': {'Version': '2012-10-17', 'Statement': [statement]}}",
      ['action-unknown: Invok'],
    ],
    [
      'a statement without resources yet',
      'x.py',
      "statement = {'Action': 'execute-api:Invoke', 'Effect': effect[:1].upper() + effect[1:].lower(), 'Resource': []}",
      [],
    ],
    [
      'an f-string of JSON over several lines',
      'x.py',
      'p = f"""{{\n  "Version": "2012-10-17",\n  "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::{bucket}/*" }}]\n}}"""',
      [UNKNOWN],
    ],
    [
      'an object whose Statement is misspelt, whoever takes it',
      'x.ts',
      "new aws.iam.Policy('p', { policy: JSON.stringify({ Version: '2012-10-17', Staement: [{ Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' }] }) });\nconst q = { Version: '2012-10-17', Statment: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };",
      ['element-unknown: Staement', UNKNOWN, 'element-unknown: Statment'],
    ],
    [
      'the same in Python, and in a text',
      'x.py',
      'p = {"Version": "2012-10-17", "Statemnet": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}\nq = \'{"Version": "2012-10-17", "Sttement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}\'',
      ['element-unknown: "Statemnet"', 'element-unknown: "Sttement"'],
    ],
    [
      'names of another notation, whose statements are ours, and a policy to be filled in elsewhere',
      'x.ts',
      "const p = { version: '2012-10-17', statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };\nconst q = { Version: '2012-10-17', Statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };\nnew aws.iam.Policy('p', { policy: { Version: '2012-10-17' } });\n",
      [],
    ],
    [
      'a name like Statement, without a Version or beside names of something else',
      'x.ts',
      "const p = { Statment: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };\nconst q = { Version: '2012-10-17', Statment: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }], region: 'eu-west-1' };\nconst r = { Version: version, Statment: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };\n",
      [],
    ],
    [
      'JSON with escaped quotes, and an expression for a value',
      'x.ts',
      'const a = "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:GetObjct\\",\\"Resource\\":\\"*\\"}]}";\nconst b = `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:PutObjct", "Resource": ${JSON.stringify(arns)} }] }`;',
      [UNKNOWN, 'action-unknown: PutObjct'],
    ],
    [
      'statements for the Serverless Framework in TypeScript',
      'serverless.ts',
      "export const config: AWS = { service: 's', provider: { name: 'aws', iam: { role: { statements: [{ Effect: 'Allow', Action: ['s3:GetObjct'], Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }] } } } };",
      [UNKNOWN],
    ],
    [
      'JSON in quotes, in a template literal and in a string over several lines',
      'x.ts',
      'const a = \'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObjct","Resource":"*"}]}\';\nconst b = `{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": "s3:PutObjct", "Resource": "arn:aws:s3:::${bucket}/*" }]\n}`;',
      [UNKNOWN, 'action-unknown: PutObjct'],
    ],
    [
      'what a Lambda authorizer returns',
      'x.ts',
      "return { principalId: 'u', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invok', Effect: effect, Resource: event.methodArn }] } };",
      ['action-unknown: Invok'],
    ],
    [
      'the same in Python, with a slice of the ARN',
      'x.py',
      "return {'principalId': 'u', 'policyDocument': {'Version': '2012-10-17', 'Statement': [{'Action': 'execute-api:Invok', 'Effect': effect, 'Resource': '/'.join(event['methodArn'].split('/')[:2]) + '/*'}]}}",
      ['action-unknown: Invok'],
    ],
    [
      'a statement alone',
      'x.ts',
      "const statements = [{ Effect: 'Allow', Action: ['s3:GetObjct'], Resource: '*' }];",
      [UNKNOWN],
    ],
    [
      'a statement that more is added to',
      'x.ts',
      "const s = new iam.PolicyStatement({ actions: ['s3:GetObject'] });\ns.addResources('*');",
      [],
    ],
    [
      'a policy that more is added to',
      'x.js',
      "const doc = { Version: '2012-10-17', Statement: [] };\ndoc.Statement.push(s);",
      [],
    ],
    [
      'names and values that are not known',
      'x.ts',
      'const doc = { Version, Statement: [{ Effect: effect, Action: actions, Resource: [...a, b], ...rest }, other, f()] };',
      [],
    ],
    [
      'a syntax tree',
      'x.js',
      'const visitor = { Statement: { enter(path) { path.skip(); } }, Action() {} };',
      [],
    ],
    [
      'values by case, and lists that are put together',
      'x.ts',
      "new iam.PolicyStatement({ actions: [...(writable ? ['s3:PutObjct'] : []), 's3:GetObject'], resources: all ? ['*'] : [] });\nconst p = { Version: '2012-10-17', Statement: [{ Effect: ok ? 'Allow' : 'Deny', Action: 's3:GetObjct', Resource: '*' }, more && { Effect: 'Deny', Action: 's3:DeletObject', Resource: '*' }].filter(Boolean).concat(rest) };\nconst q = { Version: '2012-10-17', Statement: given ?? [{ Effect: 'Allow', Action: 's3:ListBuckt', Resource: '*' }] };",
      ['action-unknown: PutObjct', UNKNOWN, 'action-unknown: DeletObject', 'action-unknown: ListBuckt'],
    ],
    [
      'the same in Python, and an item for each name',
      'x.py',
      "p = {'Version': '2012-10-17', 'Statement': base + [{'Effect': 'Allow', 'Action': ['s3:GetObjct'] if ok else ['s3:PutObjct'], 'Resource': '*'}]}\nq = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:ListBuckt', 'Resource': f'arn:aws:s3:::{n}'} for n in names]}",
      [UNKNOWN, 'action-unknown: PutObjct', 'action-unknown: ListBuckt'],
    ],
    [
      'ARNs that calls put together',
      'x.ts',
      "new iam.PolicyStatement({ actions: ['execute-api:InvalidateCache'], resources: [\n  Stack.of(this).formatArn({ service: 'execute-api', resource: 'abcdef1234', resourceName: 'prod/get/a' }),\n  Fn.join(':', ['arn', Aws.PARTITION, 'execute-api', Aws.REGION, Aws.ACCOUNT_ID, 'abcdef1234/prod/get/b']),\n  Fn.sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/prod/get/c'),\n  api.arnForExecuteApi('get', '/d', 'prod'),\n  ['arn:aws:execute-api', region, account, 'abcdef1234/prod/get/e'].join(':'),\n  'arn:aws:execute-api:us-east-1:'.concat(account, ':abcdef1234/prod/get/f'),\n  api.arnForExecuteApi(), api.arnForExecuteApi('ANY', '/g'), path.join('arn:aws:execute-api', 'get'),\n] })",
      [METHOD, METHOD, METHOD, METHOD, METHOD, METHOD],
    ],
    [
      'the same in Python',
      'x.py',
      "iam.PolicyStatement(actions=['execute-api:InvalidateCache'], resources=[\n  self.format_arn(service='execute-api', resource='abcdef1234', resource_name='prod/get/a'),\n  ':'.join(['arn:aws:execute-api', region, account, 'abcdef1234/prod/get/b']),\n  Fn.sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/prod/get/c'),\n  api.arn_for_execute_api(method='get', path='/d', stage='prod'),\n  pulumi.Output.concat('arn:aws:execute-api:us-east-1:', account, ':abcdef1234/prod/get/e'),\n  pulumi.Output.format('arn:aws:execute-api:us-east-1:{0}:{1}/prod/get/f', account, api.id),\n])",
      [METHOD, METHOD, METHOD, METHOD, METHOD, METHOD],
    ],
    [
      'a statement of the CDK that is filled in by methods',
      'x.ts',
      "const statement = new iam.PolicyStatement();\nstatement.effect = iam.Effect.DENY;\nstatement.addActions('s3:GetObjct');\nstatement.addActions('s3:PutObjct', ...more);\nstatement.addResources('*');",
      [UNKNOWN, 'action-unknown: PutObjct'],
    ],
    [
      'names in brackets, and a type before the value',
      'x.ts',
      "new iam.PolicyStatement(<iam.PolicyStatementProps>{ ['actions']: ['s3:GetObjct'], ['resources']: ['*'] })",
      [UNKNOWN],
    ],
    [
      'a policy of which elements are written elsewhere',
      'x.js',
      "const policy = { Version: '2012-10-17', Statement: [{ Sid: 'Read', Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [''] }, { Effect: '', Action: 's3:ListBucket' }] };\npolicy.Statement[0].Resource[0] = arn;",
      [],
    ],
    [
      'a part of a statement, which another object is put into',
      'x.js',
      "const base = { Effect: 'Allow', Action: ['s3:GetObject'] };\nconst whole = Object.assign({}, { Effect: 'Allow', Action: 's3:PutObject' }, { Resource: arn });",
      [],
    ],
    [
      'statements of something else',
      'x.ts',
      "const a = { Statement: { id: 1, text: 'I owe you', Action: 'pay' } };\nconst b = { Statement: [{ Action: 'withdraw', Resource: 'cash' }], Version: '1' };\nconst c = new PolicyStatement({ actions: ['SELECT'], resources: ['table'] });\nconst d = { actions: ['s3:GetObjct'], resources: ['x'] };",
      [],
    ],
    [
      'properties of a statement by their type, and permissions of SST',
      'x.ts',
      "const props: iam.PolicyStatementProps = { actions: ['s3:GetObjct'], resources: ['*'] };\nnew sst.aws.Function('F', { permissions: [{ effect: 'deny', actions: ['s3:PutObjct'], resources: ['*'] }] });\nnew sst.aws.Function('G', { permissions: [sst.aws.permission({ actions: ['s3:ListBuckt'], resources: [b.arn] })] });",
      [UNKNOWN, 'action-unknown: PutObjct', 'action-unknown: ListBuckt'],
    ],
    [
      'classes of awacs',
      'x.py',
      "from awacs.aws import Action, Allow, PolicyDocument, Principal, Statement\nRole('R', AssumeRolePolicyDocument=PolicyDocument(Statement=[Statement(Effect=Allow, Action=[Action('sts', 'AssumRole')], Principal=Principal('Service', ['ec2.amazonaws.com']))]))",
      ['action-unknown: AssumRole'],
    ],
    [
      'statements of something that has the names of awacs',
      'x.py',
      "from bank import Action, Statement\ns = Statement(Effect=Burn, Action=[Action('pay', 'now')], Resource=['cash'])",
      [],
    ],
    [
      'what may be nothing, beside its opposite',
      'x.ts',
      "new iam.PolicyStatement({ actions: list ? ['s3:GetObject'] : undefined, notActions: others ?? this.others, resources: [file ?? ''] })",
      [],
    ],
    [
      'several objects that are put into one',
      'x.ts',
      "const p = { Version: '2012-10-17', ...a, ...b, Statement: [{ Effect: 'Allow', Action: 's3:GetObject', ...c, ...d, Condition: { Bool: { ...e, ...f }, ...g, ...h } }] };",
      [],
    ],
    [
      'the same in Python, and names that are worked out',
      'x.py',
      "p = {'Version': '2012-10-17', **a, **b, 'Statement': [{'Effect': 'Allow', 'Action': 's3:GetObject', **c, **d, 'Condition': {'StringEquals': {issuer + ':aud': 'x', issuer + ':sub': y}}}]}",
      [],
    ],
    [
      'names that are template literals',
      'x.ts',
      "const p = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subject }, [`StringEquls`]: { [other]: 'x' } } }] };",
      ['condition-operator-unknown: `StringEquls`'],
    ],
    [
      'a schema',
      'x.ts',
      "const schema = { Effect: { type: String, enum: ['Allow', 'Deny'] }, Action: [String] };",
      [],
    ],
    [
      'a part of a text',
      'x.ts',
      "const head = '{ \"Statement\": [' + items.join() + ']}'; const part = '\"Statement\": [{';",
      [],
    ],
    [
      'a literal without its end on a line of its own',
      'x.py',
      's = {"Statement": [\n  {"Effect": "Allow",\n   "Action": ["s3:GetObject],\n   "Resource": "*"},\n  {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}]}',
      [UNKNOWN],
    ],
    [
      'a statement that is being typed before another',
      'x.ts',
      "const p = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject, ], Resource: '*' }, { Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' }] };",
      [UNKNOWN],
    ],
  ];

const ANYBODY =
  "{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] }";
const OWN =
  "{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }";

const KINDS: readonly (readonly [title: string, name: string, text: string, expected: readonly string[]])[] =
  [
    [
      'the operation of the AWS SDK that takes it',
      'x.ts',
      `new PutBucketPolicyCommand({ Policy: JSON.stringify(${ANYBODY}) });
ec2.modifyVpcEndpoint({ PolicyDocument: JSON.stringify(${ANYBODY}) }).promise();
new AssumeRoleCommand({ Policy: JSON.stringify(${OWN}) });
new UpdateAssumeRolePolicyCommand({ PolicyDocument: JSON.stringify(${ANYBODY}) });
send({ Policy: JSON.stringify(${ANYBODY}) });`,
      [
        'resource AWS::S3::Bucket',
        'endpoint',
        'session',
        'trust AWS::IAM::AssumeRolePolicyDocument',
        'resource AWS::ApiGateway::RestApi',
      ],
    ],
    [
      'the operation of boto3 that takes it',
      'x.py',
      `sts.assume_role(RoleArn=arn, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}))
ec2.create_vpc_endpoint(PolicyDocument='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}]}')`,
      ['session', 'endpoint'],
    ],
    [
      'the class of the CDK or of Pulumi that takes it',
      'x.ts',
      `new s3.CfnBucketPolicy(this, 'B', { bucket: 'b', policyDocument: ${ANYBODY} });
new ec2.CfnVPCEndpoint(this, 'E', { policyDocument: ${ANYBODY} });
new organizations.CfnPolicy(this, 'S', { type: 'SERVICE_CONTROL_POLICY', content: ${OWN} });
new aws.organizations.Policy('s', { content: JSON.stringify(${OWN}) });
new aws.ec2.VpcEndpoint('v', { policy: JSON.stringify(${ANYBODY}) });
new aws.s3.BucketPolicy('b', { policy: b.arn.apply((arn) => JSON.stringify(${ANYBODY})) });`,
      ['resource AWS::S3::Bucket', 'endpoint', 'scp', 'scp', 'endpoint', 'resource AWS::ApiGateway::RestApi'],
    ],
    [
      'what a statement of the CDK is added to',
      'x.ts',
      `role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:TagSessions'], principals: [new iam.AccountRootPrincipal()] }));
bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));`,
      ['trust AWS::IAM::AssumeRolePolicyDocument', 'resource', 'identity'],
    ],
    [
      'what a statement of the CDK that is read from an object is added to',
      'x.ts',
      `role.assumeRolePolicy!.addStatements(iam.PolicyStatement.fromJson({ Effect: 'Allow', Action: 'sts:TagSessions', Principal: { Service: 'ec2.amazonaws.com' } }));
bucket.addToResourcePolicy(iam.PolicyStatement.fromJson({ Efect: 'Allow', Action: 's3:GetObject', Resource: '*' }));`,
      ['trust AWS::IAM::AssumeRolePolicyDocument', 'resource'],
    ],
  ];

describe('policies in programs', () => {
  for (const [title, name, text, expected] of FORMS) {
    it(`${title} (${name})`, () => assert.deepEqual(told(name, text), expected));
  }

  for (const [title, name, text, expected] of KINDS) {
    it(`tells the type of a policy by ${title}`, () => {
      const kinds = opened(name, text).policies.map(({ kind }) =>
        `${kind.type} ${kind.resourceType ?? ''}`.trim(),
      );
      assert.deepEqual(kinds, expected);
    });
  }

  it('marks a part of a text that ends with its literal without what follows', () => {
    const text =
      "new iam.PolicyStatement({ actions: ['execute-api:InvalidateCache'], resources: ['arn:aws:execute-api:us-east-1:123456789012:' + id + '/prod/' + 'get' + '/pets'] })";
    assert.deepEqual(told('x.ts', text), [METHOD]);
  });

  it('calls within calls are read once each', () => {
    // Read once for each way to look at a call, this took as long again with every level.
    for (const [name, open, close] of [
      ['x.ts', "new iam.PolicyStatement({ actions: ['s3:GetObject'], conditions: ", ' })'],
      ['x.py', 'iam.PolicyStatement(actions=["s3:GetObject"], conditions=', ')'],
    ] as const) {
      const text = `const x = ${open.repeat(18)}1${close.repeat(18)}`.slice(name === 'x.py' ? 6 : 0);
      assert.ok(processorTime(() => told(name, text)) < 3_000, name);
    }
  });

  it('reads escapes, and marks exactly what is written', () => {
    assert.deepEqual(
      told(
        'x.ts',
        "const s = [{ Effect: 'Allow', Action: ['\\x73\\u0033:GetObj\\u{63}t'], Resource: '*' }];",
      ),
      ['action-unknown: GetObj\\u{63}t'],
    );
    assert.deepEqual(
      told(
        'x.py',
        "s = [{'Effect': 'Allow', 'Action': ['s3:Get' 'Objct', r's3:PutObjct'], 'Resource': '*'}]",
      ),
      ["action-unknown: Get' 'Objct", 'action-unknown: PutObjct'],
    );
  });

  it('replaces within one literal, and offers nothing else', () => {
    const text =
      "new iam.PolicyStatement({ actions: ['execute-api:InvalidateCache'], resources: ['arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/get/pets', 'arn:aws:execute-api:us-east-1:123456789012:' + id + '/prod/post/pets', '*', '*'] })";
    const document = opened('x.ts', text);
    const fixes = service
      .lint(document)
      .findings.flatMap((finding) => finding.fixes.map((fix) => fix.edits()))
      .filter((edits) => edits.length > 0);
    assert.ok(fixes.length > 0);
    for (const edits of fixes) {
      for (const { span } of edits) {
        assert.match(text.slice(span.start, span.end), /^[^'\n]*$/);
      }
    }
    assert.ok(fixes.some((edits) => applyEdits(text, edits).includes('/prod/GET/pets')));
    assert.ok(fixes.some((edits) => applyEdits(text, edits).includes("+ id + '/prod/")));
  });

  it('offers nothing anywhere but what replaces letters within one literal', function () {
    this.timeout(60_000);
    let offered = 0;
    for (const [index, [, name, text]] of FORMS.entries()) {
      // What is half-typed the grammar reads in another way than we do.
      if (/⚠/.test(treeOf(name, text).toString())) {
        continue;
      }
      const document = opened(name, text);
      const { findings } = service.lint(document);
      assert.deepEqual(service.sortEdits(document), []);
      for (let offset = index % STEP; offset <= text.length; offset += 2 * STEP) {
        for (const action of service.codeActions(document, { start: offset, end: offset }, findings)) {
          offered += 1;
          const after = applyEdits(text, action.edits());
          for (const { span } of action.edits()) {
            assert.ok(isWithinOneLiteral(name, text, span), `${action.title} in ${text}`);
          }
          // What was an expression still is one.
          assert.deepEqual(holesIn(name, after), holesIn(name, text), `${action.title} in ${text}`);
        }
      }
    }
    assert.ok(offered > 5, `only ${offered}`);
  });

  it('completes actions and keys between quotes, and says nothing elsewhere', () => {
    const marked = (name: string, text: string) => {
      const offset = text.indexOf('|');
      const document = opened(name, text.replace('|', ''));
      return service.completions(document, offset, { snippets: 'supported' }).items;
    };
    const action = marked('x.ts', "new iam.PolicyStatement({ actions: ['s3:GetObj|'], resources: ['*'] })");
    const [first] = action;
    assert.equal(first?.label, 's3:GetObject');
    assert.equal(first?.edit.text, 's3:GetObject');
    const key = marked(
      'x.py',
      'iam.PolicyStatement(actions=["s3:*"], conditions={"StringEquals": {"aws:SourceAcc|": "1"}})',
    );
    assert.equal(key[0]?.label, 'aws:SourceAccount');
    // Behind a quote that has no partner yet, too.
    for (const [name, text] of [
      ['x.ts', "new iam.PolicyStatement({ actions: ['|\n], resources: ['*'] })"],
      ['x.py', 'iam.PolicyStatement(actions=["|\n], resources=["*"])'],
    ] as const) {
      assert.ok(marked(name, text).some(({ label }) => label === 's3:GetObject'));
    }
    assert.deepEqual(marked('x.ts', '|'), []);
    assert.deepEqual(marked('x.ts', "const x = { Version: '2012-10-17', | Statement: [] };"), []);
  });

  it('never throws on what is half-typed', function () {
    this.timeout(60_000);
    // Every so many-th length, another one for each form.
    for (const [index, [, name, text]] of FORMS.entries()) {
      for (let end = index % STEP; end <= text.length; end += STEP) {
        const { failures } = service.lint(opened(name, text.slice(0, end)));
        assert.deepEqual(failures, []);
      }
    }
  });

  it('draws nothing in ordinary code', function () {
    this.timeout(120_000);
    const files = programsBelow(join(repositoryRoot, 'node_modules'), runs(2_000, 4));
    assert.ok(files.length >= 500, `only ${files.length} files are installed`);
    const drawn = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const document = opened(file, text);
      const said = service.lint(document).findings.map(({ rule }) => rule);
      return said.length + service.codeLenses(document).length === 0 ? [] : [`${file}: ${said.join(' ')}`];
    });
    assert.deepEqual(drawn, []);
  });
});

function treeOf(name: string, text: string): Tree {
  return name.endsWith('.py') ? python.parse(text) : javascript.configure({ dialect: 'ts' }).parse(text);
}

function isWithinOneLiteral(name: string, text: string, { start, end }: Span): boolean {
  const tree = treeOf(name, text);
  const [from, to] = [literalAround(tree.resolveInner(start, 1)), literalAround(tree.resolveInner(end, -1))];
  return from !== null && from.from === to?.from && from.from < start && end < from.to;
}

function literalAround(node: SyntaxNode): SyntaxNode | null {
  let current: SyntaxNode | null = node;
  while (current !== null && !/String$/.test(current.name)) {
    current = current.parent;
  }
  return current;
}

/** The expressions in the literals of a program, in order. */
function holesIn(name: string, text: string): readonly string[] {
  const holes: string[] = [];
  treeOf(name, text).iterate({
    enter: ({ name: type, from, to }) => {
      if (type === 'Interpolation' || type === 'FormatReplacement') {
        holes.push(text.slice(from, to));
      }
    },
  });
  return holes;
}

/** How many lengths of a half-typed program are left out between two that are tried. */
const STEP = step(11, 4);

/** Every so many-th program of the installed packages, so that all of them are seen. */
function programsBelow(root: string, count: number): readonly string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const language = languageOfName(path);
    return (language === 'typescript' || language === 'javascript') && statSync(join(root, path)).isFile();
  });
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) =>
    join(root, all[Math.floor(index * step)] ?? ''),
  );
}
