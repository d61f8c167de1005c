import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import type { CodeAction } from '../../server/src/core/features/codeAction';
import { codeActions } from '../../server/src/core/features/codeActions';
import { insertInvalidateCacheActions } from '../../server/src/core/features/invalidation/insertInvalidateCache';
import { lint } from '../../server/src/core/lint/lint';
import { allRules } from '../../server/src/core/rules/registry';
import { loadIamData } from '../support/iamData';
import { applyEdits } from '../support/rulePages';

const INSERT = 'Insert InvalidateCache statement';
const ADD = 'Add InvalidateCache to this statement';

/** The document of a text, without the `$0` that says where the cursor is. */
function at(
  marked: string,
  language: 'json' | 'jsonc' = 'json',
): { document: PolicyDocument; offset: number } {
  const offset = marked.indexOf('$0');
  assert.ok(offset >= 0, 'no cursor');
  return { document: openDocument({ text: marked.replace('$0', ''), language }), offset };
}

function offered(marked: string, language: 'json' | 'jsonc' = 'json'): readonly CodeAction[] {
  const { document, offset } = at(marked, language);
  return insertInvalidateCacheActions(document, { start: offset, end: offset });
}

/** The document after the action, which must parse and be clean of findings of every rule. */
function applied(marked: string, title: string, language: 'json' | 'jsonc' = 'json'): string {
  const { document } = at(marked, language);
  const action = offered(marked, language).find((candidate) => candidate.title === title);
  assert.ok(action !== undefined, `${title} is not offered`);
  const text = applyEdits(document.text, action.edits());
  const after = openDocument({ text, language });
  assert.deepEqual(after.tree.faults, []);
  const before = new Set(findingsOf(document));
  assert.deepEqual(
    findingsOf(after).filter((finding) => !before.has(finding)),
    [],
    text,
  );
  return text;
}

function findingsOf({ policies, text }: ReturnType<typeof openDocument>): readonly string[] {
  const { findings, failures } = lint({
    policies,
    rules: allRules,
    settings: [],
    iamData: loadIamData(),
    text,
  });
  assert.deepEqual(failures, []);
  return findings.map(({ rule, message }) => `${rule}: ${message}`);
}

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';
const statement = (more: string): string => `{ "Version": "2012-10-17", "Statement": [{ $0${more} }] }`;

describe('InvalidateCache actions', () => {
  const table: readonly (readonly [name: string, text: string, titles: readonly string[]])[] = [
    [
      'where Invoke is allowed',
      statement(`"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${ARN}"`),
      [INSERT, ADD],
    ],
    [
      'where Invoke is allowed in other letters',
      statement(`"Effect": "Allow", "Action": "Execute-API:invoke", "Resource": "${ARN}"`),
      [INSERT, ADD],
    ],
    [
      'where Invoke is covered by a wildcard that leaves InvalidateCache out',
      statement(`"Effect": "Allow", "Action": ["execute-api:Invo*"], "Resource": "${ARN}"`),
      [INSERT, ADD],
    ],
    [
      'not where a wildcard covers both',
      statement(`"Effect": "Allow", "Action": "execute-api:Inv*", "Resource": "${ARN}"`),
      [],
    ],
    ['not where everything is allowed', statement('"Effect": "Allow", "Action": "*", "Resource": "*"'), []],
    [
      'not where both are allowed',
      statement(
        `"Effect": "Allow", "Action": ["execute-api:Invoke", "execute-api:InvalidateCache"], "Resource": "${ARN}"`,
      ),
      [],
    ],
    [
      'not where Invoke is denied',
      statement(`"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": "${ARN}"`),
      [],
    ],
    [
      'not where the policy is about something else',
      statement('"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"'),
      [],
    ],
    [
      'not on a WebSocket route, which has no cache',
      statement(
        '"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/$connect"',
      ),
      [],
    ],
    [
      'not on POST, which is not cached by default',
      statement(
        '"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/pets"',
      ),
      [],
    ],
    [
      'not on a malformed ARN',
      statement(
        '"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets"',
      ),
      [],
    ],
    [
      'without the addition where part of the resources has no cache',
      statement(
        `"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ["${ARN}", "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/pets"]`,
      ),
      [INSERT],
    ],
    [
      'not where resources are excluded instead of named',
      statement(`"Effect": "Allow", "Action": "execute-api:Invoke", "NotResource": "${ARN}"`),
      [],
    ],
    [
      'not where actions are excluded instead of named',
      statement(`"Effect": "Allow", "NotAction": "s3:*", "Resource": "${ARN}"`),
      [],
    ],
    ['on an empty list', '{ "Version": "2012-10-17", "Statement": [$0] }', [INSERT]],
    ['on an empty statement', '{ "Version": "2012-10-17", "Statement": {$0} }', [INSERT]],
    ['on an empty statement in a list', '{ "Version": "2012-10-17", "Statement": [{$0}] }', [INSERT]],
    ['not outside the policy', '[$0     , { "Version": "2012-10-17", "Statement": [] }]', []],
    ['not where there is no policy', '{ "a": [$0] }', []],
    ['not in an empty document', '$0', []],
  ];
  for (const [name, text, titles] of table) {
    it(`are offered ${name}`.replace('offered not', 'not offered'), () => {
      assert.deepEqual(
        offered(text).map(({ title }) => title),
        titles,
      );
    });
  }

  it('come behind the fixes of findings, and each works on its own', () => {
    const { document, offset } = at(
      statement(`"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${ARN}"`),
    );
    const actions = codeActions(document, { start: offset, end: offset }, [], undefined);
    assert.deepEqual(
      actions.slice(0, 2).map(({ title }) => title),
      [INSERT, ADD],
    );
  });

  it('come first only where they are about the statement at hand', () => {
    const invoke = `{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${ARN}" }`;
    const read =
      '{ "Effect": "Allow", "Action": ["s3:PutObject", "s3:Get*"], "Resource": "arn:aws:s3:::b/*" }';
    const policy = (...statements: readonly string[]): string =>
      `{ "Version": "2012-10-17", "Statement": [${statements.join(', ')}] }`;
    const inStatement = (text: string): string =>
      text.replace('"Action": [', '"Action": [$0').replace('"Action": "', '"Action": "$0');
    for (const [text, isFirst] of [
      [policy(invoke, inStatement(read)), false],
      [policy(inStatement(read), invoke), false],
      [policy(read, '{$0}'), false],
      [policy(read, inStatement(invoke)), true],
      [policy('{$0}'), true],
    ] as const) {
      const { document, offset } = at(text);
      const actions = codeActions(document, { start: offset, end: offset }, [], loadIamData());
      const { kind } = actions.find(({ title }) => title === INSERT) ?? {};
      assert.equal(kind === 'quickfix', isFirst, text);
      assert.equal(actions.at(isFirst ? 0 : -1)?.title, INSERT, text);
      assert.ok(kind !== undefined, text);
    }
  });

  it('are offered wherever a broken policy still shows them, and never throw', () => {
    const text = statement(
      `"Effect": "Allow", "Action": ["execute-api:Invoke"], "Resource": "${ARN}"`,
    ).replace('$0', '');
    for (let cut = 0; cut <= text.length; cut += 1) {
      for (const piece of [text.slice(0, cut), text.slice(0, cut) + text.slice(cut + 1)]) {
        const document = openDocument({ text: piece, language: 'json' });
        for (const action of insertInvalidateCacheActions(document, { start: cut, end: cut })) {
          applyEdits(piece, action.edits());
        }
      }
    }
  });
});

describe('Insert InvalidateCache statement', () => {
  it('writes a statement of its own, two blanks deep', () => {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Call",
      "Effect": "Allow",$0
      "Action": "execute-api:Invoke",
      "Resource": "${ARN}"
    }
  ]
}
`;
    assert.equal(
      applied(text, INSERT),
      `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Call",
      "Effect": "Allow",
      "Action": "execute-api:Invoke",
      "Resource": "${ARN}"
    },
    {
      "Sid": "InvalidateCache",
      "Effect": "Allow",
      "Action": "execute-api:InvalidateCache",
      "Resource": "${ARN}"
    }
  ]
}
`,
    );
  });

  it('writes as deep as the document does, with its line ends', () => {
    const text = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",$0
            "Action": "execute-api:Invoke",
            "Resource": [
                "${ARN}",
                "${ARN}/*"
            ]
        }
    ]
}`;
    const expected = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "execute-api:Invoke",
            "Resource": [
                "${ARN}",
                "${ARN}/*"
            ]
        },
        {
            "Effect": "Allow",
            "Action": "execute-api:InvalidateCache",
            "Resource": [
                "${ARN}",
                "${ARN}/*"
            ]
        }
    ]
}`;
    for (const [indent, end] of [
      ['    ', '\n'],
      ['    ', '\r\n'],
      ['\t', '\n'],
      ['\t', '\r\n'],
      ['   ', '\n'],
    ] as const) {
      const relaid = (plain: string): string => plain.replaceAll('    ', indent).replaceAll('\n', end);
      assert.equal(applied(relaid(text), INSERT), relaid(expected));
    }
  });

  it('makes a list of a single statement', () => {
    assert.equal(
      applied(
        `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",$0
    "Action": "execute-api:Invoke",
    "Resource": "${ARN}"
  }
}`,
        INSERT,
      ),
      `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "execute-api:Invoke",
      "Resource": "${ARN}"
    },
    {
      "Effect": "Allow",
      "Action": "execute-api:InvalidateCache",
      "Resource": "${ARN}"
    }
  ]
}`,
    );
  });

  it('stands behind the statement under the cursor, of several', () => {
    const call = (stage: string, cursor: string): string =>
      `{ ${cursor}"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/${stage}/GET/*" }`;
    const result = applied(
      `{ "Version": "2012-10-17", "Statement": [${call('one', '')}, ${call('two', '$0')}, ${call('three', '')}] }`,
      INSERT,
    );
    const { Statement } = JSON.parse(result) as {
      Statement: readonly { Action: string; Resource: string }[];
    };
    assert.deepEqual(
      Statement.map(({ Action, Resource }) => `${Action} ${Resource.split('/')[1]}`),
      [
        'execute-api:Invoke one',
        'execute-api:Invoke two',
        'execute-api:InvalidateCache two',
        'execute-api:Invoke three',
      ],
    );
  });

  it('takes over who may and under which conditions', () => {
    const result = applied(
      `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/b"] },
      "Action": "execute-api:Invoke",$0
      "Resource": "execute-api:/prod/GET/*",
      "Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24"] }, "Bool": { "aws:SecureTransport": true } }
    }
  ]
}`,
      INSERT,
    );
    const { Statement } = JSON.parse(result) as { Statement: readonly Record<string, unknown>[] };
    assert.deepEqual(Statement[1], { ...Statement[0], Action: 'execute-api:InvalidateCache' });
    assert.deepEqual(Object.keys(Statement[1] ?? {}), [
      'Effect',
      'Principal',
      'Action',
      'Resource',
      'Condition',
    ]);
  });

  it('never grants to everybody but those that the statement excludes', () => {
    const text = `{ "Version": "2012-10-17", "Statement": [{ $0"Effect": "Allow", "NotPrincipal": { "AWS": "arn:aws:iam::123456789012:role/a" }, "Action": "execute-api:Invoke", "Resource": "${ARN}" }] }`;
    for (const action of offered(text)) {
      const { document } = at(text);
      const result = JSON.parse(applyEdits(document.text, action.edits())) as {
        Statement: readonly Record<string, unknown>[];
      };
      for (const written of result.Statement) {
        assert.ok('NotPrincipal' in written, JSON.stringify(written));
      }
    }
  });

  it('leaves out the resources without a cache, and any resource becomes any cached one', () => {
    const resources = (list: string): unknown => {
      const result = applied(
        `{ "Version": "2012-10-17", "Statement": [{ $0"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ${list} }] }`,
        INSERT,
      );
      return (JSON.parse(result) as { Statement: readonly { Resource: unknown }[] }).Statement[1]?.Resource;
    };
    assert.equal(
      resources(`["${ARN}", "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/$connect"]`),
      ARN,
    );
    assert.equal(resources('"*"'), 'arn:aws:execute-api:*:*:*/*/GET/*');
    assert.deepEqual(resources(`["${ARN}", "${ARN}"]`), ARN);
  });

  it('keeps every comment where it is', () => {
    assert.equal(
      applied(
        `{
  // who may what
  "Version": "2012-10-17",
  "Statement": [
    { // calls
      "Effect": "Allow",$0
      "Action": "execute-api:Invoke", // GET
      "Resource": "${ARN}" /* the pets */
    }, // end of calls
  ] // end
}`,
        INSERT,
        'jsonc',
      ),
      `{
  // who may what
  "Version": "2012-10-17",
  "Statement": [
    { // calls
      "Effect": "Allow",
      "Action": "execute-api:Invoke", // GET
      "Resource": "${ARN}" /* the pets */
    }, // end of calls
    {
      "Effect": "Allow",
      "Action": "execute-api:InvalidateCache",
      "Resource": "${ARN}"
    },
  ] // end
}`,
    );
  });

  it('does not come between a statement and the comment above it', () => {
    const call = `{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${ARN}" }`;
    const text = (cursor: string, more: string): string =>
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${cursor}${call}, // first\n${more}    // second\n    ${call}\n  ]\n}`;
    const own = `    {\n      "Effect": "Allow",\n      "Action": "execute-api:InvalidateCache",\n      "Resource": "${ARN}"\n    },\n`;
    assert.equal(applied(text('$0', ''), INSERT, 'jsonc'), text('', own));
  });

  it('fills what is empty, laid out as its surroundings are', () => {
    const filled = `{
      "Effect": "Allow",
      "Action": "execute-api:InvalidateCache",
      "Resource": "arn:aws:execute-api:*:*:*/*/GET/*"
    }`;
    assert.equal(
      applied('{\n  "Version": "2012-10-17",\n  "Statement": [$0]\n}', INSERT),
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${filled}\n  ]\n}`,
    );
    assert.equal(
      applied('{\n  "Version": "2012-10-17",\n  "Statement": [\n    {$0}\n  ]\n}', INSERT),
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${filled}\n  ]\n}`,
    );
    assert.equal(
      applied('{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n    $0}\n  ]\n}', INSERT),
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${filled}\n  ]\n}`,
    );
    assert.equal(
      applied('{ "Version": "2012-10-17", "Statement": [$0] }', INSERT),
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "execute-api:InvalidateCache", "Resource": "arn:aws:execute-api:*:*:*/*/GET/*" }] }',
    );
  });

  it('does not drop the comments of an empty statement', () => {
    const result = applied(
      '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      // TODO$0\n    }\n  ]\n}',
      INSERT,
      'jsonc',
    );
    assert.match(result, /TODO/);
  });

  it('writes into a policy that is itself a string', () => {
    const policy = `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "execute-api:Invoke",\n      "Resource": "${ARN}"\n    }\n  ]\n}`;
    for (const depth of [1, 2]) {
      let text = policy;
      for (let i = 0; i < depth; i += 1) {
        text = JSON.stringify({ PolicyDocument: text });
      }
      const offset = text.indexOf('Effect');
      let result = applied(`${text.slice(0, offset)}$0${text.slice(offset)}`, INSERT);
      for (let i = 0; i < depth; i += 1) {
        result = (JSON.parse(result) as { PolicyDocument: string }).PolicyDocument;
      }
      const own = policy.indexOf('Effect');
      assert.equal(result, applied(`${policy.slice(0, own)}$0${policy.slice(own)}`, INSERT));
    }
  });

  it('keeps a principal of a template function out of what it cannot know', () => {
    const text = `{ "Version": "2012-10-17", "Statement": [{ $0"Effect": "Allow", "Principal": { "AWS": { "Ref": "Role" } }, "Action": "execute-api:Invoke", "Resource": "${ARN}" }] }`;
    const { Statement } = JSON.parse(applied(text, INSERT)) as {
      Statement: readonly { Principal: unknown }[];
    };
    assert.deepEqual(Statement[1]?.Principal, { AWS: { Ref: 'Role' } });
  });
});

describe('Add InvalidateCache to this statement', () => {
  it('appends to a list, and makes one of a single action', () => {
    const text = (actions: string, cursor: string): string =>
      `{ "Version": "2012-10-17", "Statement": [{ ${cursor}"Effect": "Allow", "Action": ${actions}, "Resource": "${ARN}" }] }`;
    assert.equal(
      applied(text('["execute-api:Invoke"]', '$0'), ADD),
      text('["execute-api:Invoke", "execute-api:InvalidateCache"]', ''),
    );
    assert.equal(
      applied(text('"execute-api:Invoke"', '$0'), ADD),
      text('["execute-api:Invoke", "execute-api:InvalidateCache"]', ''),
    );
    assert.equal(
      applied(text('[\n  "execute-api:Invoke"\n]', '$0'), ADD),
      text('[\n  "execute-api:Invoke",\n  "execute-api:InvalidateCache"\n]', ''),
    );
  });

  it('is not offered from another statement, where nobody would see which one it changes', () => {
    const text = `{ "Version": "2012-10-17", "Statement": [
      { "Effect": "Allow", "Action": "s3:$0GetObject", "Resource": "*" },
      { "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${ARN}" }
    ] }`;
    assert.deepEqual(
      offered(text).map(({ title }) => title),
      [INSERT],
    );
  });

  it('keeps minified text minified, and takes a Sid where the neighbours have one', () => {
    const minified = `{"Version":"2012-10-17","Statement":[{$0"Sid":"Read","Effect":"Allow","Action":"execute-api:Invoke","Resource":"${ARN}"}]}`;
    assert.equal(
      applied(minified, INSERT),
      minified
        .replace('$0', '')
        .replace(
          ']}',
          `,{"Sid":"InvalidateCache","Effect":"Allow","Action":"execute-api:InvalidateCache","Resource":"${ARN}"}]}`,
        ),
    );
    const alone = `{"Version":"2012-10-17","Statement":{$0"Effect":"Allow","Action":"execute-api:Invoke","Resource":"${ARN}"}}`;
    assert.match(
      applied(alone, INSERT),
      /"Statement":\[\{"Effect".*\},\{"Effect":"Allow","Action":"execute-api:InvalidateCache"/,
    );
    assert.match(applied(alone, ADD), /"Action":\["execute-api:Invoke","execute-api:InvalidateCache"\]/);
    const taken = minified.replace('"Read"', '"InvalidateCache"');
    assert.match(applied(taken, INSERT), /"Sid":"InvalidateCache2"/);
    const spaced = `{"Version": "2012-10-17", "Statement": [{$0"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${ARN}"}]}`;
    assert.match(applied(spaced, INSERT), /, \{ "Effect": "Allow", "Action": "execute-api:InvalidateCache"/);
  });
});
