import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { WorkspaceKnowledge } from '../../server/src/core/knowledge/knowledge';
import { joinKnowledge } from '../../server/src/core/knowledge/read';
import { type LintResult, lint } from '../../server/src/core/lint/lint';
import { type AnyRule, defineRule, type RuleContext, type Visitor } from '../../server/src/core/lint/rule';
import type { Category, RuleMeta, Severity } from '../../server/src/core/lint/ruleMeta';
import { isRuleSeverity, type RuleSetting, severityOf } from '../../server/src/core/lint/severity';
import type { Statement } from '../../server/src/core/model/policy';
import type { StringNode } from '../../server/src/core/syntax/nodes';

type Meta = Partial<Omit<RuleMeta, 'id' | 'messages'>>;

function ruleOf(
  id: string,
  create: (context: RuleContext<'found'>) => Visitor,
  meta: Meta = {},
  message = 'Found.',
): AnyRule {
  return defineRule<'found'>({
    meta: {
      id,
      category: 'warning',
      summary: 'A rule',
      since: '0.1.0',
      messages: { found: message },
      ...meta,
    },
    create,
  }) as AnyRule;
}

/** Reports every action. */
const actions = (id: string, meta?: Meta): AnyRule =>
  ruleOf(id, ({ report }) => ({ action: ({ node }) => report({ message: 'found', at: node }) }), meta);

const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["a:One", "a:Two"], "Resource": "*" },
    { "Effect": "Deny", "Action": "a:Three", "Resource": "*" }
  ]
}`;

function run(rules: readonly AnyRule[], text = TEXT, settings: readonly RuleSetting[] = []): LintResult {
  const { policies } = openDocument({ text, language: 'json' });
  return lint({ policies, rules, settings, iamData: undefined, text });
}

describe('lint', () => {
  for (const [where, thrower] of [
    [
      'create',
      () => {
        throw new Error('broken');
      },
    ],
    [
      'the first thing it is shown',
      (): Visitor => ({
        policy: () => {
          throw new Error('broken');
        },
        action: () => assert.fail('shown more'),
      }),
    ],
    [
      'the middle',
      (): Visitor => ({
        statement: ({ index }) => {
          if (index === 1) {
            throw new Error('broken');
          }
        },
      }),
    ],
  ] as const) {
    it(`loses only the findings of a rule that throws in ${where}`, () => {
      const { findings, failures } = run([actions('one'), ruleOf('two', thrower), actions('three')]);
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        ['one', 'three', 'one', 'three', 'one', 'three'],
      );
      assert.deepEqual(
        failures.map(({ rule, error }) => [rule, (error as Error).message]),
        [['two', 'broken']],
      );
    });
  }

  it('goes on with the next policy after a rule has thrown', () => {
    const text = `[${TEXT}, ${TEXT}]`;
    let seen = 0;
    const { failures } = run(
      [
        ruleOf('x', () => ({
          policy: () => {
            seen += 1;
            throw new Error('broken');
          },
        })),
      ],
      text,
    );
    assert.equal(seen, 2);
    assert.equal(failures.length, 2);
  });

  it('makes a rule ready once, and shows it only the policies that concern it', () => {
    const text = `[${TEXT}, { "Id": "x", "Statement": { "Effect": "Allow", "Action": "a:Four", "Resource": "*" } }]`;
    let made = 0;
    const rule = ruleOf('x', (context) => {
      made += 1;
      return {
        concerns: ({ members }) => members.some(({ key }) => key.value === 'Id'),
        action: ({ node }) => {
          assert.equal(context.policy.node.members.length, 2);
          context.report({ message: 'found', at: node });
        },
      };
    });
    const rules = [rule];
    const marked = () => run(rules, text).findings.map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual([marked(), marked()], [['"a:Four"'], ['"a:Four"']]);
    assert.equal(made, 1);
  });

  it('loses the findings of a rule that reports on a policy before it is shown one', () => {
    const { findings, failures } = run([
      ruleOf('x', ({ policy }) => ({ policy: () => assert.fail(String(policy)) })),
    ]);
    assert.deepEqual(findings, []);
    assert.match(String(failures[0]?.error), /shown none/);
  });

  it('shows a statement again only where it gave reason to say something, or somebody is asked who was not', () => {
    const shown: string[] = [];
    const note = (name: string): ((statement: { readonly sid: StringNode | undefined }) => void) => {
      return ({ sid }) => shown.push(`${name} ${sid?.value}`);
    };
    const rules = [
      ruleOf('quiet', () => ({ statement: note('quiet') })),
      ruleOf('choosy', () => ({
        concerns: ({ members }) => members.some(({ key }) => key.value === 'Id'),
        statement: note('choosy'),
      })),
      ruleOf('loud', ({ report }) => ({
        statement: ({ sid, node }) => {
          if (sid?.value === 'Bad') {
            report({ message: 'found', at: node });
          }
        },
      })),
    ];
    const shownOf = (before: string, after = '') => {
      shown.length = 0;
      const text = `{ ${before} "Statement": [{ "Sid": "Good" }, { "Sid": "Bad" }, { "Sid": "Open" ${after}`;
      assert.equal(run(rules, text).findings.length, 1);
      return shown.join(', ');
    };
    const isRead = 'quiet Good, quiet Bad, quiet Open';
    assert.equal(shownOf(''), isRead);
    assert.equal(shownOf(''), 'quiet Bad, quiet Open');
    assert.equal(shownOf('', '}] }'), 'quiet Bad, quiet Open');
    assert.equal(shownOf('', '}] }'), 'quiet Bad');
    assert.equal(shownOf('"Version": "2012-10-17",'), isRead);
    assert.match(shownOf('"Version": "2012-10-17", "Id": "x",'), /^quiet Good, choosy Good, quiet Bad/);
    assert.equal(shownOf('"Version": "2012-10-17",'), isRead);
  });

  it('shows a statement again when other files tell something else', () => {
    let shown = 0;
    const rules = [ruleOf('x', () => ({ statement: () => (shown += 1) }), { needs: 'knowledge' })];
    const { policies } = openDocument({ text: TEXT, language: 'json' });
    const knowing = (knowledge: WorkspaceKnowledge) => {
      shown = 0;
      lint({ policies, rules, settings: [], iamData: undefined, knowledge, text: TEXT });
      return shown;
    };
    const [before, after] = [joinKnowledge([]), joinKnowledge([])];
    assert.deepEqual([knowing(before), knowing(before), knowing(after)], [2, 0, 2]);
  });

  it('goes on showing a statement while a rule has failed', () => {
    let broken = true;
    const rules = [
      ruleOf('x', ({ report }) => ({
        statement: ({ node }) => {
          if (broken) {
            throw new Error('broken');
          }
          report({ message: 'found', at: node });
        },
      })),
    ];
    assert.equal(run(rules).findings.length, 0);
    broken = false;
    assert.equal(run(rules).findings.length, 2);
  });

  it('shows the text of an action again only where it gave reason to say something', () => {
    const shown: string[] = [];
    const rules = [
      ruleOf('quiet', () => ({ actionText: ({ text }) => shown.push(text) })),
      ruleOf('loud', ({ report }) => ({
        actionText: ({ text, node }) => {
          if (text === 'once:Bad') {
            report({ message: 'found', at: node });
          }
        },
      })),
    ];
    const text =
      '{ "Statement": { "Effect": "Allow", "Action": ["once:Good", "once:Bad"], "Resource": "*" } }';
    assert.equal(run(rules, text).findings.length, 1);
    assert.equal(run(rules, text).findings.length, 1);
    assert.deepEqual(shown, ['once:Good', 'once:Bad', 'once:Bad']);
    assert.equal(run([...rules], text).findings.length, 1);
    assert.deepEqual(shown.slice(3), ['once:Good', 'once:Bad']);
  });

  it('goes on showing a text while a rule that would judge it has failed', () => {
    let broken = true;
    const rule = ruleOf('x', ({ report }) => ({
      actionText: ({ node }) => {
        if (broken) {
          throw new Error('broken');
        }
        report({ message: 'found', at: node });
      },
    }));
    const rules = [rule];
    assert.equal(run(rules).findings.length, 0);
    broken = false;
    assert.equal(run(rules).findings.length, 3);
  });

  it('shows a rule only the conditions of the names that it wants, and asks once for each name', () => {
    const [asked, shown]: [string[], string[]] = [[], []];
    const rule = ruleOf('x', () => ({
      ifCondition: ({ operator, key }) => {
        asked.push(`${operator.traits?.name} ${key}`);
        return operator.traits?.family !== 'Bool' && key !== 'no';
      },
      condition: ({ operator, key }) => shown.push(`${operator.node.value} ${key.value}`),
    }));
    const rules = [rule];
    const condition =
      '{ "StringLike": { "a:b": "*", "no": "*" }, "Bool": { "a:b": "*" }, "None a": { "b": "*" } }';
    for (const sid of ['First', 'Second']) {
      run(rules, `{ "Statement": { "Sid": "${sid}", "Condition": ${condition} } }`);
    }
    assert.deepEqual(shown, ['StringLike a:b', 'None a b', 'StringLike a:b', 'None a b']);
    // What is no operator is asked about each time.
    assert.deepEqual(asked, ['StringLike a:b', 'StringLike no', 'Bool a:b', 'undefined b', 'undefined b']);
  });

  it('leaves it to a rule to fail that cannot say which conditions it wants', () => {
    const rules = [
      ruleOf('x', () => ({
        ifCondition: () => {
          throw new Error('broken');
        },
        condition: () => assert.fail('shown'),
      })),
      ruleOf('y', ({ report }) => ({ condition: ({ key }) => report({ message: 'found', at: key }) })),
    ];
    const text = '{ "Statement": { "Effect": "Allow", "Condition": { "Bool": { "a:b": "true" } } } }';
    const { findings, failures } = run(rules, text);
    assert.deepEqual([findings.map(({ rule }) => rule), failures.map(({ rule }) => rule)], [['y'], ['x']]);
  });

  it('shows the next policy to a rule that failed on the one before, whatever type it is of', () => {
    const rule = ruleOf('x', ({ report }) => ({
      policy: ({ node, kind }) => {
        if (kind.type === 'identity') {
          throw new Error('broken');
        }
        report({ message: 'found', at: node });
      },
    }));
    const rules = [rule];
    const trust =
      '{ "Statement": { "Effect": "Allow", "Principal": { "Service": "a.amazonaws.com" }, "Action": "sts:AssumeRole" } }';
    assert.equal(run(rules).failures.length, 1);
    assert.equal(run(rules).failures.length, 1);
    assert.equal(run(rules, trust).findings.length, 1);
  });

  it('gives findings in order of place, then of rule', () => {
    const wide = ruleOf('wide', ({ report }) => ({
      statement: ({ node }) => report({ message: 'found', at: { node, span: node.span } }),
    }));
    const { findings } = run([actions('b'), wide, actions('a')]);
    assert.deepEqual(
      findings.map(({ rule, span }) => `${rule} ${TEXT.slice(span.start, span.end).slice(0, 9)}`),
      [
        'wide { "Effect',
        'a "a:One"',
        'b "a:One"',
        'a "a:Two"',
        'b "a:Two"',
        'wide { "Effect',
        'a "a:Three"',
        'b "a:Three"',
      ],
    );
  });

  it('looks ahead in each statement before rules are asked about a policy, once for all that share how', () => {
    const calls: string[] = [];
    const lookAhead = ({ effect }: Statement) => calls.push(`look ${effect?.value}`);
    const rules = ['a', 'b', 'c'].map((id) =>
      ruleOf(id, () => ({
        ...(id !== 'c' && { lookAhead }),
        concerns: () => {
          calls.push(`concerns ${id}`);
          return true;
        },
      })),
    );
    assert.deepEqual(run(rules).failures, []);
    assert.deepEqual(calls, ['look Allow', 'look Deny', 'concerns a', 'concerns b', 'concerns c']);
  });

  it('gives the findings of many rules at one place in the order of their names', () => {
    const names = Array.from({ length: 300 }, (_, index) => `r${(index * 7919) % 300}`);
    const { findings } = run(names.map((name) => actions(name)));
    const inOrder = [...names].sort();
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      [...inOrder, ...inOrder, ...inOrder],
    );
  });

  it('marks no more than the bracket of an object on one line', () => {
    const rule = ruleOf('x', ({ report }) => ({
      statement: ({ node }) => report({ message: 'found', at: node }),
    }));
    assert.deepEqual(
      run([rule]).findings.map(({ span }) => TEXT.slice(span.start, span.end)),
      ['{', '{'],
    );
  });

  it('marks a member by its key, a container by its bracket, and nothing beyond its line', () => {
    const places = ruleOf('places', ({ report }) => ({
      policy: ({ node, members }) => {
        report({ message: 'found', at: node });
        for (const member of members) {
          report({ message: 'found', at: member });
          if (member.value !== undefined) {
            report({ message: 'found', at: member.value });
          }
        }
        report({ message: 'found', at: { node, span: node.span } });
      },
      action: ({ node }) => report({ message: 'found', at: { node, from: 2, to: 4 } }),
    }));
    for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n')]) {
      const { findings } = run([places], text);
      assert.deepEqual(
        findings.map(({ span }) => text.slice(span.start, span.end)),
        ['{', '{', '"Version"', '"2012-10-17"', '"Statement"', '[', 'On', 'Tw', 'Th'],
      );
    }
  });

  it('says where a finding stands in its policy', () => {
    const everything = ruleOf('everything', ({ report }) => ({
      policy: ({ node }) => report({ message: 'found', at: node }),
      statement: ({ node, members }) => {
        report({ message: 'found', at: node });
        const [effect] = members;
        if (effect !== undefined) {
          report({ message: 'found', at: effect });
          report({ message: 'found', at: effect.key });
        }
      },
      action: ({ node }) => report({ message: 'found', at: { node, from: 0, to: 1 } }),
    }));
    const paths = (text: string): readonly unknown[] =>
      run([everything], text).findings.map(({ path }) => path);
    const expected = [
      [],
      ['Statement', 0],
      ['Statement', 0, 'Effect'],
      ['Statement', 0, 'Effect'],
      ['Statement', 0, 'Action', 0],
      ['Statement', 0, 'Action', 1],
      ['Statement', 1],
      ['Statement', 1, 'Effect'],
      ['Statement', 1, 'Effect'],
      ['Statement', 1, 'Action'],
    ];
    assert.deepEqual(paths(TEXT), expected);
    assert.deepEqual(paths(JSON.stringify({ a: [JSON.parse(TEXT)] })), expected);
    assert.deepEqual(paths(JSON.stringify({ a: TEXT })), expected);
  });

  it('says of one problem all places that it has', () => {
    const rule = ruleOf(
      'x',
      ({ report }) => ({
        statement: ({ actions, resources }) => {
          const [action] = actions;
          const [resource] = resources;
          if (action !== undefined && resource !== undefined) {
            report({
              message: 'found',
              at: action.member,
              data: { what: 'action' },
              also: [{ message: 'found', at: resource.member, data: { what: 'resource' } }],
            });
          }
        },
      }),
      {},
      'The {what}.',
    );
    const { findings } = run([rule]);
    assert.deepEqual(
      findings.map(({ message, path, also }) => [
        message,
        path,
        also?.map((place) => [place.message, place.path, TEXT.slice(place.span.start, place.span.end)]),
      ]),
      [0, 1].map((index) => [
        'The action.',
        ['Statement', index, 'Action'],
        [['The resource.', ['Statement', index, 'Resource'], '"Resource"']],
      ]),
    );
  });

  it('fills the placeholders of a message, and leaves what it is not given', () => {
    const rule = ruleOf(
      'x',
      ({ report }) => ({
        policy: ({ node }) =>
          report({ message: 'found', at: node, data: { value: '$& {count} $1', count: 2, empty: '' } }),
      }),
      {},
      'Has "{value}" {count} times{empty}, not {other}.',
    );
    assert.equal(run([rule]).findings[0]?.message, 'Has "$& {count} $1" 2 times, not {other}.');
  });

  it('carries what a finding is', () => {
    const [finding] = run([actions('x', { category: 'security', accessAnalyzer: 'SOMETHING' })]).findings;
    assert.equal(finding?.category, 'security');
    assert.equal(finding.severity, 'warning');
    assert.equal(finding.accessAnalyzer, 'SOMETHING');
    assert.equal(finding.policyType, 'identity');
    assert.deepEqual(finding.fixes, []);
  });

  it('runs a rule only where it applies and has what it needs', () => {
    assert.equal(run([actions('x', { appliesTo: ['identity', 'scp'] })]).findings.length, 3);
    assert.equal(run([actions('x', { appliesTo: ['resource'] })]).findings.length, 0);
    assert.equal(run([actions('x', { needs: 'iamData' })]).findings.length, 0);
    assert.equal(run([actions('x', { defaultOff: true })]).findings.length, 0);
    assert.equal(run([actions('x')], TEXT, [{ rule: 'x', severity: 'off' }]).findings.length, 0);
  });

  it('gives the same findings every time', () => {
    assert.deepEqual(run([actions('x')]), run([actions('x')]));
  });
});

describe('what AWS refuses', () => {
  const RESOURCE_POLICY = TEXT.replaceAll('"Resource"', '"Principal": "*", "Resource"');
  const severities = (text: string, settings: readonly RuleSetting[] = []) => [
    ...new Set(
      run([actions('x', { category: 'suggestion', refusedIn: ['identity'] })], text, settings).findings.map(
        ({ severity }) => severity,
      ),
    ),
  ];

  it('is an error in the policies that are refused, and what the category says in others', () => {
    assert.deepEqual(severities(TEXT), ['error']);
    assert.deepEqual(severities(RESOURCE_POLICY), ['info']);
  });

  it('has the severity of a configuration everywhere', () => {
    const settings: readonly RuleSetting[] = [{ rule: 'x', severity: 'warning' }];
    assert.deepEqual(severities(TEXT, settings), ['warning']);
    assert.deepEqual(severities(RESOURCE_POLICY, settings), ['warning']);
    assert.deepEqual(severities(TEXT, [...settings, { rule: 'x', severity: 'default' }]), ['error']);
    assert.deepEqual(severities(TEXT, [{ rule: 'x', severity: 'off' }]), []);
  });
});

describe('severity', () => {
  const meta = (more: Meta = {}): RuleMeta => ({
    id: 'execute-api-method-case',
    category: 'error',
    summary: 'A rule',
    since: '0.1.0',
    messages: {},
    ...more,
  });

  const categories: readonly (readonly [category: Category, severity: Severity])[] = [
    ['error', 'error'],
    ['security', 'warning'],
    ['warning', 'warning'],
    ['suggestion', 'info'],
  ];
  for (const [category, severity] of categories) {
    it(`of ${category} is ${severity}, unless the rule has one of its own`, () => {
      assert.equal(severityOf(meta({ category }), []), severity);
      assert.equal(severityOf(meta({ category, severity: 'info' }), []), 'info');
    });
  }

  const settings: readonly (readonly [
    settings: readonly (readonly [rule: string, severity: RuleSetting['severity']])[],
    severity: Severity | undefined,
    meta?: Meta,
  ])[] = [
    [[['execute-api-method-case', 'info']], 'info'],
    [[['execute-api-*', 'warning']], 'warning'],
    [[['*', 'off']], undefined],
    [[['execute-api-method-cas?', 'info']], 'info'],
    [[['execute-api-method', 'off']], 'error'],
    [[['action-*', 'off']], 'error'],
    [
      [
        ['*', 'off'],
        ['execute-api-*', 'warning'],
      ],
      'warning',
    ],
    [
      [
        ['execute-api-*', 'warning'],
        ['*', 'off'],
      ],
      undefined,
    ],
    [
      [
        ['*', 'off'],
        ['execute-api-*', 'default'],
      ],
      'error',
    ],
    [
      [
        ['*', 'info'],
        ['execute-api-method-case', 'default'],
      ],
      'info',
      { severity: 'info' },
    ],
    [[], undefined, { defaultOff: true }],
    [[['*', 'default']], 'error', { defaultOff: true }],
    [[['execute-api-*', 'warning']], 'warning', { defaultOff: true }],
  ];
  for (const [lines, severity, more] of settings) {
    it(`under ${JSON.stringify(lines)} is ${severity ?? 'off'}${more === undefined ? '' : ` for ${JSON.stringify(more)}`}`, () => {
      const list = lines.map(([rule, wanted]) => ({ rule, severity: wanted }));
      assert.equal(severityOf(meta(more), list), severity);
    });
  }

  it('knows its words', () => {
    for (const word of ['off', 'default', 'error', 'warning', 'info']) {
      assert.ok(isRuleSeverity(word));
    }
    for (const word of ['', 'Error', 'hint', 'toString', 'constructor', '__proto__']) {
      assert.ok(!isRuleSeverity(word), word);
    }
  });
});
