import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { DocumentLanguage } from '../../server/src/core/index';
import { renameKey, replaceValueSlice } from '../../server/src/core/lint/edits';
import { Unwritable } from '../../server/src/core/lint/writers/writer';
import { atOnce } from '../../server/src/core/steps';
import type { StringNode, SyntaxNode } from '../../server/src/core/syntax/nodes';
import { parseProgramIn } from '../../server/src/core/syntax/program/parse';
import { spanOfValue } from '../../server/src/core/syntax/stringSpans';
import { shown } from '../support/shownTree';

/*
 * Where the texts, names and lists of a program stand: what is marked for each letter, what is written in its place, and what
 * has no letters of its own.
 */

type Language = Extract<DocumentLanguage, 'typescript' | 'python'>;

const AROUND: Readonly<Record<Language, readonly [before: string, behind: string]>> = {
  typescript: ["const p = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: ", ' }] };\n'],
  python: ["p = {'Statement': [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': ", '}]}\n'],
};

function programOf(language: Language, expression: string): string {
  return AROUND[language].join(expression);
}

function memberOf(object: SyntaxNode | undefined, name: string) {
  return object?.kind === 'object' ? object.members.find((member) => member.name === name) : undefined;
}

function resourceIn(text: string, language: Language): SyntaxNode | undefined {
  const [policy] = openDocument({ text, language }).policies;
  const statements = memberOf(policy?.node, 'Statement')?.value;
  return memberOf(statements?.kind === 'array' ? statements.items[0] : statements, 'Resource')?.value;
}

function isWritable(edit: () => unknown): boolean {
  try {
    edit();
    return true;
  } catch (error) {
    assert.ok(error instanceof Unwritable);
    return false;
  }
}

/** What is marked for each letter, with `!` where other letters can be written in its place. */
function lettersOf(node: StringNode, text: string): readonly string[] {
  return Array.from({ length: node.value.length }, (_, index) => {
    const { start, end } = spanOfValue(node, index, index + 1);
    assert.ok(start <= end, 'no letter ends before it begins');
    const isReplaced = isWritable(() => {
      const { span } = replaceValueSlice(node, index, index + 1, 'x');
      assert.deepEqual(span, { start, end });
    });
    return text.slice(start, end) + (isReplaced ? '!' : '');
  });
}

const TEXTS: readonly (readonly [
  language: Language,
  expression: string,
  content: string,
  letters: string,
  hasHoles: boolean,
])[] = [
  ['typescript', "'ab'", 'ab', 'a! b!', false],
  ['typescript', "''", '', '', false],
  ['typescript', '`ab`', 'ab', 'a! b!', false],
  ['typescript', '``', '', '', false],
  ['typescript', '`a${b}c`', 'a${b}c', 'a! ${b} {b} b} } c!', true],
  ['typescript', '`${b}`', '${b}', '${b} {b} b} }', true],
  ['typescript', '`${b}c`', '${b}c', '${b} {b} b} } c!', true],
  ['typescript', '`${a}${b}`', '${a}${b}', '${a} {a} a} } ${b} {b} b} }', true],
  ['typescript', '`${ b }`', '${ b }', '${ b } ${ b } ${ b } ${ b }', true],
  ['typescript', "'a' + 'b'", "a' + 'b", 'a! b!', true],
  ['typescript', "'a' + b + 'c'", "a' + b + 'c", 'a! b b b b c!', true],
  ['typescript', "b + 'c'", "b + 'c", 'b b b b c!', true],
  ['typescript', "'a' + (b)", "a' + (b", 'a! b b b b', true],
  ['typescript', 'String.raw`a`', 'a', 'a', false],
  ['typescript', "String.raw`a` + 'b'", "a` + 'b", 'a b!', true],
  ['typescript', "'\\x61\\n'", '\\x61\\n', '\\x61! \\n!', false],
  ['typescript', "['a', 'b'].join('--')", "a', 'b", 'a!   b!', true],
  ['typescript', `['a', 'b'].join("'b")`, "a', 'b", 'a!   b!', true],
  ['typescript', "Fn.join(':', ['a', b])", "a', b", 'a!  b b b b', true],
  ['python', "'ab'", 'ab', 'a! b!', false],
  ['python', "''", '', '', false],
  ['python', '"""ab"""', 'ab', 'a! b!', false],
  ['python', "f''", '', '', false],
  ['python', "f'a{b}c'", 'a{b}c', 'a! {b} {b} {b} {b} c!', true],
  ['python', "f'{b}'", '{b}', '{b} {b} {b} {b}', true],
  ['python', "f'{a}{b}'", '{a}{b}', '{a} {a} {a} {a} {b} {b} {b} {b}', true],
  ['python', "f'{{a}}'", '{{a}}', '{{! a! }}!', false],
  ['python', "r'a'", 'a', 'a', false],
  ['python', "'a' 'b'", "a' 'b", 'a! b!', true],
  ['python', "'a' r'b'", "a' r'b", 'a! b', true],
  ['python', "r'a' 'b'", "a' 'b", 'a b!', true],
  ['python', "'a%s' % b", 'a%s', 'a! %! s!', true],
  ['python', "'a{}c'.format(b)", 'a{}c', 'a! {} {} {} {} {} {} c!', true],
  ['python', "'{b}'.format(b=c)", '{b}', '{b} {b} {b} {b}', true],
  ['python', "'a'.format()", 'a', 'a!', false],
];

describe('a text that a program writes', () => {
  for (const [language, expression, content, letters, hasHoles] of TEXTS) {
    it(`has its letters in the ${expression} of ${language}`, () => {
      const text = programOf(language, expression);
      const node = resourceIn(text, language);
      assert.equal(node?.kind, 'string');
      assert.equal(text.slice(node.span.start, node.span.end), expression);
      assert.equal(text.slice(node.content.start, node.content.end), content);
      assert.equal(lettersOf(node, text).join(' '), letters);
      assert.equal(node.offsetAt(-1), node.content.start);
      assert.equal(node.offsetAt(node.value.length + 3), node.content.end);
      assert.equal(node.hasHoles, hasHoles);
    });
  }
});

describe('a slice of a text that a program writes', () => {
  it('is never replaced where it stands in two literals or in an expression', () => {
    for (const [language, expression] of [
      ['typescript', "'ab' + 'cd'"],
      ['typescript', '`ab${c}de`'],
      ['python', "'ab' 'cd'"],
      ['python', "'ab{}cd'.format(e)"],
    ] as const) {
      const node = resourceIn(programOf(language, expression), language);
      assert.equal(node?.kind, 'string');
      assert.ok(isWritable(() => replaceValueSlice(node, 0, 2, 'x')));
      assert.ok(!isWritable(() => replaceValueSlice(node, 1, 3, 'x')));
      assert.ok(!isWritable(() => replaceValueSlice(node, 0, node.value.length, 'x')));
    }
  });

  it('is replaced in JSON that stands in one literal, with or without expressions', () => {
    const before = '{"Statement": [{"Effect": "Allow", "Action": "s3:*", ';
    const behind = '"Resource": "*"}]}';
    for (const [language, literal, canBe] of [
      ['typescript', `'${before}${behind}'`, true],
      ['typescript', `\`${before}"Sid": "\${x}", ${behind}\``, true],
      ['typescript', `'${before}' + '${behind}'`, false],
      ['typescript', `'${before}"Sid": "' + x + '", ${behind}'`, false],
      ['typescript', `String.raw\`${before}${behind}\``, false],
      ['python', `'${before}${behind}'`, true],
      ['python', `r'${before}${behind}'`, false],
      ['python', `'${before}' '${behind}'`, false],
      ['python', `'${before}"Sid": "%s", ${behind}' % x`, true],
    ] as const) {
      const text = `p = ${literal}\n`;
      const [policy] = openDocument({ text, language }).policies;
      const action = policy?.statements[0]?.actions[0]?.entries[0]?.node;
      assert.ok(action !== undefined, literal);
      assert.equal(
        isWritable(() => replaceValueSlice(action, 0, 1, 'x')),
        canBe,
        literal,
      );
    }
  });
});

describe('a name that a program writes', () => {
  const NAMES: readonly (readonly [
    language: Language,
    text: string,
    element: string,
    name: string,
    offsets: readonly number[],
    indexes: readonly number[],
  ])[] = [
    // Letter by letter where it has as many of them as the element, and else as one.
    [
      'typescript',
      "p = { Statement: [{ Effect: 'Allow', Action: 's3:*' }] }",
      'Effect',
      'Effect',
      [0, 1, 2, 3, 4, 5, 6],
      [0, 0, 1, 2, 3, 4, 5, 6, 6],
    ],
    [
      'typescript',
      "iam.PolicyStatement.fromJson({ Effect: 'Allow', Action: 's3:*' })",
      'Effect',
      'Effect',
      [0, 1, 2, 3, 4, 5, 6],
      [0, 0, 1, 2, 3, 4, 5, 6, 6],
    ],
    [
      'typescript',
      "new iam.PolicyStatement({ sid: 'x', actions: ['s3:*'] })",
      'Sid',
      'sid',
      [0, 1, 2, 3],
      [0, 0, 1, 2, 3, 3],
    ],
    [
      'typescript',
      "new iam.PolicyStatement({ actions: ['s3:*'] })",
      'Action',
      'actions',
      [0, 0, 0, 0, 0, 0, 7],
      [0, 0, 0, 0, 0, 0, 0, 0, 6, 6],
    ],
    [
      'typescript',
      "new iam.PolicyStatement({ 'actions': ['s3:*'] })",
      'Action',
      "'actions'",
      [0, 0, 0, 0, 0, 0, 9],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 6],
    ],
    [
      'python',
      "iam.PolicyStatement(not_actions=['s3:*'])",
      'NotAction',
      'not_actions',
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 11],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9],
    ],
  ];
  for (const [language, text, element, name, offsets, indexes] of NAMES) {
    it(`stands for ${element} in ${text}, and is never written anew`, () => {
      const [policy] = openDocument({ text, language }).policies;
      const statements = memberOf(policy?.node, 'Statement')?.value;
      const member = memberOf(statements?.kind === 'array' ? statements.items[0] : statements, element);
      assert.ok(member !== undefined);
      const { key } = member;
      const { start, end } = key.span;
      assert.equal(text.slice(start, end), name);
      assert.deepEqual(key.content, key.span);
      assert.equal(key.closed, true);
      assert.deepEqual(
        offsets.map((_, index) => key.offsetAt(index) - start),
        offsets,
      );
      assert.deepEqual(
        indexes.map((_, at) => key.indexAt(start - 1 + at)),
        indexes,
      );
      assert.equal(
        isWritable(() => renameKey(member, 'Sid')),
        false,
      );
      assert.equal(key.encode("it's"), "it's");
    });
  }
});

describe('a part of a policy in a program', () => {
  const PARTS: readonly (readonly [
    language: Language,
    text: string,
    path: readonly string[],
    part: string,
  ])[] = [
    [
      'typescript',
      "p = { Statement: [{ Effect: 'Allow', Action: 's3:*' }] }",
      ['Statement', 'Action'],
      "Action: 's3:*'",
    ],
    [
      'python',
      "p = {'Statement': [{'Effect': 'Allow', 'Action': 's3:*'}]}",
      ['Statement', 'Action'],
      "'Action': 's3:*'",
    ],
    ['python', "p = {'Statement': [{'Effect': 'Allow', 'Action': }]}", ['Statement', 'Action'], "'Action':"],
    ['python', "f(Effect='Allow', Action='s3:*')", ['Statement', 'Action'], "Action='s3:*'"],
    ['python', "f(Effect='Allow', Action=)", ['Statement', 'Action'], 'Action='],
    [
      'typescript',
      "s.Effect = 'Allow'; s.Action = 's3:*';",
      ['Statement'],
      "Effect = 'Allow'; s.Action = 's3:*'",
    ],
    [
      'typescript',
      "const s = new PolicyStatement(); s.addActions('s3:Get*'); s.addResources('*', b); s.addActions('s3:Put*');",
      ['Statement', 'Action'],
      "addActions('s3:Get*')",
    ],
    [
      'typescript',
      "const s = new PolicyStatement(); s.addActions('s3:Get*'); s.addResources('*', b);",
      ['Statement'],
      "addActions('s3:Get*'); s.addResources('*', b)",
    ],
    [
      'typescript',
      "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'] }, x] })",
      ['Statement'],
      "statements: [{ actions: ['s3:*'] }, x]",
    ],
    [
      'typescript',
      "f(new iam.PolicyStatement({ actions: ['s3:*'], principals: [new iam.ArnPrincipal('a'), new iam.ArnPrincipal('b')] }))",
      ['Statement', 'Principal', 'AWS'],
      "new iam.ArnPrincipal('a')",
    ],
  ];
  for (const [language, text, path, part] of PARTS) {
    it(`is ${part} in ${text}`, () => {
      const [policy] = openDocument({ text, language }).policies;
      let at: SyntaxNode | undefined = policy?.node;
      let span = at?.span;
      for (const name of path) {
        const member = memberOf(at?.kind === 'array' ? at.items[0] : at, name);
        span = member?.span;
        at = member?.value;
      }
      assert.equal(span && text.slice(span.start, span.end), part);
    });
  }

  it('is a list from its first to its last item where several make it', () => {
    for (const [language, text, path, list] of [
      [
        'typescript',
        "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'] }, x] })",
        ['Statement'],
        "[{ actions: ['s3:*'] }, x]",
      ],
      [
        'typescript',
        "aws.iam.getPolicyDocument({ statements: { actions: ['s3:*'] } })",
        ['Statement'],
        "{ actions: ['s3:*'] }",
      ],
      ['typescript', 'aws.iam.getPolicyDocument({ statements: })', ['Statement'], ''],
      [
        'typescript',
        "f(new iam.PolicyStatement({ actions: ['s3:*'], principals: [new iam.ArnPrincipal('a'), x, new iam.ArnPrincipal('b')] }))",
        ['Statement', 'Principal', 'AWS'],
        "'a'), x, new iam.ArnPrincipal('b'",
      ],
      [
        'typescript',
        "const s = new PolicyStatement(); s.addActions('s3:Get*'); s.addResources('*', b); s.addActions('s3:Put*');",
        ['Statement', 'Action'],
        "('s3:Get*'); s.addResources('*', b); s.addActions('s3:Put*')",
      ],
    ] as const) {
      const [policy] = openDocument({ text, language }).policies;
      let at: SyntaxNode | undefined = policy?.node;
      for (const name of path) {
        at = memberOf(at, name)?.value;
      }
      assert.equal(at?.kind, 'array', text);
      assert.equal(text.slice(at.span.start, at.span.end), list, text);
    }
  });

  it('that nobody has written, an effect, lies where the properties of its statement begin', () => {
    for (const [language, text, before] of [
      ['typescript', "new iam.PolicyStatement({ actions: ['s3:*'] })", 'new iam.PolicyStatement('],
      ['python', "iam.PolicyStatement(actions=['s3:*'])", 'iam.PolicyStatement'],
      [
        'python',
        "from aws_cdk.aws_iam import PolicyStatement\nPolicyStatement(actions=['s3:*'])",
        'from aws_cdk.aws_iam import PolicyStatement\nPolicyStatement',
      ],
      [
        'typescript',
        "const s: PolicyStatementProps = { actions: ['s3:*'] };",
        'const s: PolicyStatementProps = ',
      ],
      [
        'typescript',
        "aws.iam.getPolicyDocument({ statements: [{ actions: ['s3:*'] }] })",
        'aws.iam.getPolicyDocument({ statements: [',
      ],
      ['typescript', "sst.aws.permission({ actions: ['s3:*'], resources: ['*'] })", 'sst.aws.permission('],
    ] as const) {
      const [policy] = openDocument({ text, language }).policies;
      const effect = policy?.statements[0]?.effect;
      assert.deepEqual(effect?.span, { start: before.length, end: before.length }, text);
    }
  });
});

describe('the policies of a program', () => {
  it('stand in the order of the text, whatever they are read from', () => {
    const policy = "{ Statement: [{ Effect: 'Allow', Action: 's3:*' }] }";
    const text = `function f() { const a = ${policy}; s.Effect = 'Deny'; s.Action = 's3:*'; g({ b: ${policy} }, [${policy}]); }\nconst c = ${policy};`;
    const { root } = atOnce(parseProgramIn('typescript', text));
    const starts = root?.kind === 'array' ? root.items.map(({ span }) => span.start) : [];
    assert.equal(starts.length, 5);
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    );
  });

  it('are read as deep as anybody writes them, and however much stands beside one another', () => {
    const nested = (depth: number): string => {
      const text = programOf('typescript', `${'['.repeat(depth)}'a'${']'.repeat(depth)}`);
      return shown(resourceIn(text, 'typescript'));
    };
    assert.equal(nested(50), `${'['.repeat(50)}"a"${']'.repeat(50)}`);
    assert.match(nested(400), /^\[+\?\]+$/);
    const many = Array.from({ length: 500 }, () => "['a']").join(', ');
    assert.ok(!shown(resourceIn(programOf('typescript', `[${many}]`), 'typescript')).includes('?'));
  });
});
