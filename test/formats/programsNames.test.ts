import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { DocumentLanguage } from '../../server/src/core/index';
import { shown } from '../support/shownTree';

/*
 * The names that make something of an expression: those of libraries, and those of the languages' own lists and texts. One
 * that is not known is no reason for an error, so that only a table sees that it is missing.
 */

type Language = Extract<DocumentLanguage, 'typescript' | 'javascript' | 'python'>;

function policiesOf(language: Language, text: string) {
  return openDocument({ text, language }).policies;
}

function onlyPolicy(language: Language, text: string): string {
  const [policy, ...others] = policiesOf(language, text);
  assert.ok(policy !== undefined && others.length === 0, text);
  return shown(policy.node);
}

/** The statement of the only policy, without its brace at the end. */
function statementOf(language: Language, text: string): string {
  const [, statement = ''] =
    /^\{Statement: \[?\{(.*?)(?:, …)?\}(?:, …)?\]?(?:, …)?\}$/.exec(onlyPolicy(language, text)) ?? [];
  return statement;
}

describe('an element of a statement', () => {
  it('is read where it is assigned', () => {
    const elements = [
      'Sid',
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    ];
    const read = elements
      .map((name) => `${name}: ${name === 'Effect' ? '"Allow"' : name.endsWith('Action') ? '"s3:*"' : '?'}`)
      .join(', ');
    const value = (name: string): string =>
      name === 'Effect' ? "'Allow'" : name.endsWith('Action') ? "'s3:*'" : 'x';
    assert.equal(
      statementOf('typescript', elements.map((name) => `s.${name} = ${value(name)};`).join(' ')),
      read,
    );
    assert.equal(
      statementOf('javascript', elements.map((name) => `s["${name}"] = ${value(name)};`).join('\n')),
      read,
    );
    assert.equal(
      statementOf('python', `${elements.map((name) => `s['${name}'] = ${value(name)}`).join('\n')}\n`),
      read,
    );
  });

  it('is read where a method of the CDK adds to it', () => {
    assert.equal(
      statementOf(
        'typescript',
        "const s = new PolicyStatement(); s.addActions('a:1'); s.addNotActions('a:2'); s.addResources('b'); s.addNotResources('c');",
      ),
      '<<: ?, Action: ["a:1", …], NotAction: ["a:2", …], Resource: ["b", …], NotResource: ["c", …]',
    );
    assert.equal(
      statementOf(
        'python',
        "s = PolicyStatement()\ns.add_actions('a:1')\ns.add_not_actions('a:2')\ns.add_resources('b')\ns.add_not_resources('c')\n",
      ),
      '<<: ?, Action: ["a:1", …], NotAction: ["a:2", …], Resource: ["b", …], NotResource: ["c", …]',
    );
  });

  const PROPERTIES: readonly (readonly [name: string, value: string, read: string])[] = [
    ['sid', "'a'", 'Sid: "a"'],
    ['effect', 'Effect.DENY', 'Effect: "Deny"'],
    ['effect', 'iam.Effect.ALLOW', 'Effect: "Allow"'],
    ['actions', "['a:b']", 'Action: ["a:b"]'],
    ['notActions', "['a:b']", 'NotAction: ["a:b"]'],
    ['not_actions', "['a:b']", 'NotAction: ["a:b"]'],
    ['resources', "['*']", 'Resource: ["*"]'],
    ['notResources', "['*']", 'NotResource: ["*"]'],
    ['not_resources', "['*']", 'NotResource: ["*"]'],
    ['principals', "[iam.ServicePrincipal('a')]", 'Principal: {Service: "a", …}'],
    ['notPrincipals', "[iam.ServicePrincipal('a')]", 'NotPrincipal: {Service: "a", …}'],
    ['not_principals', "[iam.ServicePrincipal('a')]", 'NotPrincipal: {Service: "a", …}'],
    ['conditions', "{ 'Bool': { 'a': 'b' } }", 'Condition: {Bool: {a: "b"}}'],
    ['condition', "{ 'Bool': { 'a': 'b' } }", 'Condition: {Bool: {a: "b"}}'],
  ];
  for (const [name, value, read] of PROPERTIES) {
    it(`is read from the property ${name}: ${value}`, () => {
      const list = read.startsWith('Action') ? 'resources' : 'actions';
      const more = list === 'actions' ? 'Action: ["x:y"]' : 'Resource: ["x:y"]';
      const effect = name === 'effect' ? '' : 'Effect: "Allow", ';
      assert.equal(
        statementOf('typescript', `f(new iam.PolicyStatement({ ${name}: ${value}, ${list}: ['x:y'] }))`),
        `${effect}${read}, ${more}`,
      );
      assert.equal(
        statementOf('python', `f(iam.PolicyStatement(${name}=${value}, ${list}=['x:y']))\n`),
        `${effect}${read}, ${more}`,
      );
    });
  }
});

describe('an object with a Statement', () => {
  const TELLING: readonly string[] = [
    "Sid: 'x'",
    'Effect: x',
    "NotAction: 'x'",
    "NotResource: 'x'",
    "NotPrincipal: 'x'",
    "Action: '*'",
    "Action: 's3:Get'",
    "Action: ['x', 's3:Get']",
    "Action: a ? 'x' : 's3:Get'",
    "Resource: '*'",
    "Resource: ['x', 'arn:aws:s3:::b']",
    "Resource: 'execute-api:/prod/GET/pets'",
    "Principal: '*'",
    "Principal: { AWS: 'x' }",
    "Principal: { Service: 'x' }",
    "Principal: { Federated: 'x' }",
    "Principal: { CanonicalUser: 'x' }",
    "Principal: { X: 'x', AWS: 'y' }",
  ];
  const SILENT: readonly string[] = [
    "Action: 'deposit'",
    'Action: x',
    "Resource: 'cash'",
    "Resource: 'charn:x'",
    "Principal: 'me'",
    "Principal: { X: 'x' }",
  ];
  for (const element of TELLING) {
    it(`is a policy if there is ${element}`, () => {
      assert.equal(policiesOf('typescript', `p = { Statement: [{ ${element} }] };`).length, 1);
      assert.equal(policiesOf('typescript', `p = { Statement: a ? { ${element} } : b };`).length, 1);
      assert.equal(policiesOf('typescript', `p = { Statement: [{ id: 1 }, { ${element} }] };`).length, 1);
    });
  }
  it('is none if there is nothing of a statement', () => {
    for (const element of ["Condition: 'x'", 'id: 1', 'text: x']) {
      assert.equal(policiesOf('typescript', `p = { Statement: [{ ${element} }] };`).length, 0);
    }
  });
  for (const element of SILENT) {
    it(`is none if there is ${element} alone, unless the version is one of IAM`, () => {
      assert.equal(policiesOf('typescript', `p = { Statement: [{ ${element} }] };`).length, 0);
      assert.equal(policiesOf('typescript', `p = { Version: '1', Statement: [{ ${element} }] };`).length, 0);
      assert.equal(
        policiesOf('typescript', `p = { Version: '2008-10-17', Statement: [{ ${element} }] };`).length,
        1,
      );
      assert.equal(
        policiesOf('typescript', `p = { Version: version, Statement: [{ ${element} }] };`).length,
        1,
      );
    });
  }
});

describe('a call of a library', () => {
  for (const name of [
    'JSON.stringify',
    'pulumi.jsonStringify',
    'stack.toJsonString',
    'Fn.jsonencode',
    'Object.freeze',
    'Object.freeze<Policy>',
    'new my.Text<T>(1).toJsonString',
  ]) {
    it(`comes to what it is given in TypeScript if it is ${name}`, () => {
      const text = `new PutBucketPolicyCommand({ Policy: ${name}({ Statement: [{ Effect: 'Allow', Action: 's3:*' }] }) });`;
      assert.deepEqual(
        policiesOf('typescript', text).map(({ kind }) => kind.resourceType),
        ['AWS::S3::Bucket'],
      );
    });
  }
  for (const name of ['json.dumps', 'pulumi.Output.json_dumps', 'stack.to_json_string', 'Fn.jsonencode']) {
    it(`comes to what it is given in Python if it is ${name}`, () => {
      const text = `s3.put_bucket_policy(Policy=${name}({'Statement': [{'Effect': 'Allow', 'Action': 's3:*'}]}))\n`;
      assert.deepEqual(
        policiesOf('python', text).map(({ kind }) => kind.resourceType),
        ['AWS::S3::Bucket'],
      );
    });
  }

  for (const [language, call] of [
    ['typescript', "aws.iam.getPolicyDocument({ statements: [{ actions: ['a:b'] }] })"],
    ['typescript', "aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ['a:b'] }] })"],
    ['typescript', "new DataAwsIamPolicyDocument(this, 'x', { statement: [{ actions: ['a:b'] }] })"],
    ['python', "aws.iam.get_policy_document(statements=[{'actions': ['a:b']}])"],
    ['python', "aws.iam.get_policy_document_output(statements=[dict(actions=['a:b'])])"],
    [
      'python',
      "aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgs(actions=['a:b'])])",
    ],
    [
      'python',
      "aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgsDict(actions=['a:b'])])",
    ],
    [
      'python',
      "DataAwsIamPolicyDocument(self, 'x', statement=[DataAwsIamPolicyDocumentStatement(actions=['a:b'])])",
    ],
  ] as const) {
    it(`is a policy document if it is ${call}`, () => {
      assert.equal(
        onlyPolicy(language, `const_x = ${call}\n`),
        '{Statement: [{Effect: "Allow", Action: ["a:b"]}], …}',
      );
    });
  }

  it('holds more than is seen if other documents are merged into it', () => {
    for (const name of ['sourceJson', 'sourcePolicyDocuments', 'overrideJson', 'overridePolicyDocuments']) {
      assert.equal(
        onlyPolicy(
          'typescript',
          `aws.iam.getPolicyDocument({ ${name}: x, statements: [{ actions: ['a:b'] }] })`,
        ),
        '{<<: ?, Statement: [{Effect: "Allow", Action: ["a:b"]}], …}',
      );
    }
    for (const name of [
      'source_json',
      'source_policy_documents',
      'override_json',
      'override_policy_documents',
    ]) {
      assert.equal(
        onlyPolicy('python', `aws.iam.get_policy_document(${name}=x, statements=[{'actions': ['a:b']}])\n`),
        '{<<: ?, Statement: [{Effect: "Allow", Action: ["a:b"]}], …}',
      );
    }
    assert.equal(
      onlyPolicy(
        'typescript',
        "aws.iam.getPolicyDocument({ ...x, policyId: 'x', statements: [{ actions: ['a:b'] }] })",
      ),
      '{<<: ?, Statement: [{Effect: "Allow", Action: ["a:b"]}], …}',
    );
  });

  for (const [language, names] of [
    [
      'typescript',
      [
        'hasResource',
        'hasResourceProperties',
        'allResources',
        'allResourcesProperties',
        'findResources',
        'toHaveResource',
        'toHaveResourceLike',
        'haveResource',
        'haveResourceLike',
        'haveAResource',
        'countResourcesLike',
        'resourcePropertiesCountIs',
        'templateMatches',
        'objectLike',
        'objectContaining',
        'arrayWith',
        'arrayContaining',
        'toMatchObject',
      ],
    ],
    [
      'python',
      [
        'has_resource',
        'has_resource_properties',
        'all_resources',
        'all_resources_properties',
        'find_resources',
        'resource_properties_count_is',
        'template_matches',
        'object_like',
        'array_with',
      ],
    ],
  ] as const) {
    for (const name of names) {
      it(`says a part of what a test of ${language} expects if it is ${name}`, () => {
        const policy =
          language === 'python'
            ? "{'Statement': [{'Effect': 'Allow', 'Action': ['s3:*'], 'Resource': ''}]}"
            : "{ Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: '' }] }";
        for (const call of [
          `x.${name}(${policy})`,
          `x.${name}('AWS::IAM::Policy', ${policy})`,
          `x.${name}('AWS::IAM::Policy', ${policy}, 2)`,
        ]) {
          assert.equal(
            onlyPolicy(language, `${call}\n`),
            '{Statement: [{Effect: "Allow", Action: ["s3:*", …], Resource: ?, …}, …], …}',
          );
        }
      });
    }
  }
  it('says all of it if it has another name', () => {
    for (const name of [
      'hasResources2',
      'objectEquals',
      'matchObject',
      'xobjectLike',
      'arrayWithout',
      'toEqual',
    ]) {
      assert.equal(
        onlyPolicy(
          'typescript',
          `x.${name}({ Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: '' }] });`,
        ),
        '{Statement: [{Effect: "Allow", Action: ["s3:*"], Resource: ""}]}',
      );
    }
  });

  const PRINCIPALS: readonly (readonly [call: string, principal: string])[] = [
    ["iam.ServicePrincipal('a')", '{Service: "a", …}'],
    ["iam.ArnPrincipal('a')", '{AWS: "a", …}'],
    ["iam.AccountPrincipal('a')", '{AWS: "a", …}'],
    ["iam.CanonicalUserPrincipal('a')", '{CanonicalUser: "a", …}'],
    ['iam.AnyPrincipal()', '{AWS: "*", …}'],
    ['iam.StarPrincipal()', '{AWS: "*", …}'],
    ['iam.AccountRootPrincipal()', '{AWS: "arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root", …}'],
    [
      "iam.CompositePrincipal(iam.ServicePrincipal('a'), iam.ArnPrincipal('b'), x)",
      '{Service: "a", AWS: "b", <<: ?, …}',
    ],
    ["iam.FederatedPrincipal('a', {})", '{<<: ?, …}'],
    ['iam.OrganizationPrincipal(x)', '{<<: ?, …}'],
    ['iam.ServicePrincipal()', '{<<: ?, …}'],
  ];
  for (const [call, principal] of PRINCIPALS) {
    it(`is the principal ${principal} if it is ${call}`, () => {
      const made = call.replaceAll('iam.', 'new iam.');
      assert.match(
        onlyPolicy('typescript', `f(new iam.PolicyStatement({ actions: ['a:b'], principals: [${made}] }))`),
        new RegExp(`Principal: ${principal.replaceAll(/[{}$*.?]/g, '\\$&')}\\}`),
      );
      assert.match(
        onlyPolicy(
          'python',
          `f(iam.PolicyStatement(actions=['a:b'], principals=[${call.replace('{}', 'dict()')}]))\n`,
        ),
        new RegExp(`Principal: ${principal.replaceAll(/[{}$*.?]/g, '\\$&')}\\}`),
      );
    });
  }

  it('may be of a statement of the CDK alone where the module is named, or an action or all resources', () => {
    const read = (text: string): number => policiesOf('typescript', text).length;
    for (const list of ['actions', 'notActions', 'resources', 'notResources']) {
      assert.equal(read(`f(new PolicyStatement({ ${list}: x })) // aws-iam`), 1, list);
      assert.equal(read(`f(new PolicyStatement({ ${list}: x }))`), 0, list);
      assert.equal(read(`f(new PolicyStatement({ ${list}: ['x:y'] }))`), 1, list);
      assert.equal(read(`f(new PolicyStatement({ ${list}: ['*'] }))`), 1, list);
      assert.equal(read(`f(new PolicyStatement({ ${list}: ['x'] }))`), 0, list);
      assert.equal(read(`f(new iam.PolicyStatement({ ${list}: x }))`), 1, list);
      assert.equal(read(`f(new awsIam.PolicyStatement({ ${list}: x }))`), 1, list);
      assert.equal(read(`f(new iamx.PolicyStatement({ ${list}: x }))`), 0, list);
    }
    assert.equal(read('f(new iam.PolicyStatement({ sid: x })) // aws-iam'), 0);
    for (const list of ['actions', 'not_actions', 'resources', 'not_resources']) {
      const text = `from aws_cdk.aws_iam import PolicyStatement\nf(PolicyStatement(${list}=x))\n`;
      assert.equal(policiesOf('python', text).length, 1, list);
    }
  });

  it('is a permission of SST with an effect in lower case', () => {
    for (const [effect, read] of [
      ['', 'Effect: "Allow", '],
      ["effect: 'allow', ", 'Effect: "Allow", '],
      ["effect: 'deny', ", 'Effect: "Deny", '],
      ["effect: 'Allow', ", 'Effect: "Allow", '],
      ['effect: x, ', 'Effect: ?, '],
    ] as const) {
      assert.equal(
        statementOf('typescript', `sst.aws.permission({ ${effect}actions: ['a:b'], resources: ['*'] })`),
        `${read}Action: ["a:b"], Resource: ["*"]`,
      );
    }
  });

  it('gives a statement of the CDK that is whole where nobody can add to it', () => {
    const made = "new iam.PolicyStatement({ actions: ['a:b'] })";
    for (const [text, isWhole] of [
      [`f(${made})`, true],
      [`f([${made}])`, true],
      [`f({ x: ${made} })`, true],
      [`const x = ${made};`, false],
      [`f((${made}))`, false],
      [`() => ${made}`, false],
      [`function g() { return ${made}; }`, false],
      [`f(a ? ${made} : b)`, false],
      [`f(...${made})`, true],
    ] as const) {
      assert.equal(
        statementOf('typescript', text),
        `Effect: "Allow", Action: ["a:b"${isWhole ? '' : ', …'}]`,
        text,
      );
    }
    const given = "iam.PolicyStatement(actions=['a:b'])";
    for (const [text, isWhole] of [
      [`f(${given})`, true],
      [`f(x=${given})`, true],
      [`f([${given}])`, true],
      [`f((${given}, x))`, true],
      [`f({'x': ${given}})`, true],
      [`x = ${given}`, false],
      [`f((${given}))`, false],
      [`return ${given}`, false],
    ] as const) {
      assert.equal(
        statementOf('python', `${text}\n`),
        `Effect: "Allow", Action: ["a:b"${isWhole ? '' : ', …'}]`,
        text,
      );
    }
  });
});

describe('a policy of which an element is written elsewhere', () => {
  it('lacks nothing, whichever it is and however it is named', () => {
    for (const element of [
      'Sid',
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    ]) {
      for (const target of [
        `.Statement[0].${element}`,
        `.Statement[index]['${element}']`,
        `['Statement'][0]["${element}"]`,
      ]) {
        assert.equal(
          onlyPolicy(
            'typescript',
            `const p = { Statement: [{ Effect: '', Action: ['s3:*'] }] }; q(p)${target} = x;`,
          ),
          '{Statement: [{Effect: ?, Action: ["s3:*", …], …}, …], …}',
          target,
        );
      }
    }
  });

  it('is whole where something else is written', () => {
    for (const target of [
      '.Statement[0].Other',
      '.Statement.length',
      '.Statements[0].Effect',
      '.Statement[0]',
      '.Statement[0].Effects',
    ]) {
      assert.equal(
        onlyPolicy(
          'typescript',
          `const p = { Statement: [{ Effect: 'Allow', Action: ['s3:*'] }] }; q(p)${target} = x;`,
        ),
        '{Statement: [{Effect: "Allow", Action: ["s3:*"]}]}',
        target,
      );
    }
  });
});
