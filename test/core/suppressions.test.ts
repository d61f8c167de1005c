import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { defineRule } from '../../server/src/core/lint/rule';
import { languageService } from '../support/policies';

const service = languageService();

const statement = (sid: string, more = '') =>
  `{ "Sid": "${sid}", "Effect": "Allow", "Action": "s3:Frob", "Resource": "*"${more} }`;
const policy = (...statements: readonly string[]) => `{ "Statement": [${statements.join(', ')}], "Id": 7 }`;

/** A document with two policies, of which each has two statements, a mistake in each, and mistakes around them. */
const TEXT = `{ "Resources": {
  "P": { "Type": "AWS::S3::BucketPolicy", "Properties": { "PolicyDocument":
    ${policy(statement('A', ', "Principal": "*"'), statement('B', ', "Principal": "*"'))} } },
  "Q": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "PolicyDocument":
    ${policy(statement('B', ', "Principal": "*"'), statement('C', ', "Principal": "*", "Principl": 1'))} } }
} }`;

/** The findings of a document under suppressions: those that are left, and with their reason those that are not. */
function lint(suppressions: readonly object[], path = 'a.json') {
  const config = service.readConfig(JSON.stringify({ suppressions }));
  assert.deepEqual(config.findings, []);
  const result = service.lint(service.open({ text: TEXT, language: 'json' }), {
    configured: { config, path },
  });
  const placed = ({ rule, span }: (typeof result.findings)[number]) => {
    const sids = [...TEXT.matchAll(/"Sid": "(\w)"[^}]*/g)].filter(
      ({ index, 0: whole }) => index <= span.start && span.start < index + whole.length,
    );
    return `${rule} ${sids[0]?.[1] ?? '-'}`;
  };
  return {
    left: result.findings.map(placed),
    suppressed: (result.suppressed ?? []).map(
      ({ finding, reason, by }) => `${placed(finding)}: ${reason} (${by})`,
    ),
    used: config.suppressions.flatMap((each, index) => (result.used?.has(each) ? [index] : [])),
  };
}

describe('what a configuration suppresses', () => {
  const all = lint([]).left;
  const without = (...gone: readonly string[]) => all.filter((each) => !gone.includes(each));

  it('is nothing where it has no entry', () => {
    assert.deepEqual(
      all.filter((each) => /^(?:action-unknown|element)/.test(each)),
      [
        'action-unknown A',
        'action-unknown B',
        'element-type -',
        'action-unknown B',
        'action-unknown C',
        'element-unknown C',
        'element-type -',
      ],
    );
    assert.deepEqual(lint([]).suppressed, []);
  });

  it('is a rule in all of the file, or rules by a glob', () => {
    assert.deepEqual(
      lint([{ rule: 'action-unknown', reason: 'r' }]).left,
      without('action-unknown A', 'action-unknown B', 'action-unknown C'),
    );
    assert.deepEqual(
      lint([{ rule: 'element-*', reason: 'r' }]).left,
      without('element-type -', 'element-unknown C'),
    );
  });

  it('is what lies in the statements of a Sid, and nothing around them', () => {
    for (const [sid, gone] of [
      ['A', ['action-unknown A']],
      ['B', ['action-unknown B']],
      ['C', ['action-unknown C', 'element-unknown C']],
      ['D', []],
    ] as const) {
      const { left, used } = lint([
        { rule: '*-un*', sid, reason: 'r' },
        { rule: 'element-type', sid, reason: 'r' },
      ]);
      assert.deepEqual(left, without(...gone), sid);
      assert.deepEqual(used, gone.length === 0 ? [] : [0]);
    }
  });

  it('is of use where it fits, be another entry that fits in front of it', () => {
    const { suppressed, used } = lint([
      { rule: 'element-unknown', files: 'b.json', reason: 'elsewhere' },
      { rule: 'element-unknown', files: 'a.json', reason: 'first' },
      { rule: 'element-*', sid: 'C', reason: 'second' },
      { rule: 'element-*', sid: 'A', reason: 'none' },
    ]);
    assert.deepEqual(suppressed, ['element-unknown C: first (configuration)']);
    assert.deepEqual(used, [1, 2]);
  });

  it('is nothing in a file that no entry names', () => {
    const { left, suppressed, used } = lint([{ rule: '*', files: 'b.json', reason: 'r' }]);
    assert.deepEqual([left, suppressed, used], [all, [], []]);
  });
});

describe('an entry of a configuration that suppresses nothing', () => {
  const POLICY = policy(statement('A'));
  const WELL = policy(statement('A')).replace('Frob', 'GetObject');

  interface Case {
    readonly name: string;
    readonly config: { readonly rules?: object; readonly suppressions: readonly object[] };
    readonly files?: Readonly<Record<string, string>>;
    readonly rules?: readonly { readonly rule: string; readonly severity: 'off' | 'error' }[];
    /** The entries of which it is told. */
    readonly unused: readonly number[];
  }
  const entry = (rule: string, more: object = {}) => ({ rule, reason: 'r', ...more });
  const cases: readonly Case[] = [
    {
      name: 'is told of, and what suppresses something is not',
      config: { suppressions: [entry('action-unknown'), entry('sid-empty')] },
      unused: [1],
    },
    {
      name: 'is judged by all files that it is about',
      config: {
        suppressions: [
          entry('action-unknown', { files: 'a.json' }),
          entry('action-unknown', { files: 'b.json' }),
          entry('action-unknown', { files: '*.json' }),
          entry('action-unknown', { files: 'c.json' }),
        ],
      },
      files: { 'a.json': WELL, 'b.json': POLICY },
      unused: [0, 3],
    },
    {
      name: 'is told of where the configuration itself has turned its rule off',
      config: { rules: { 'action-unknown': 'off' }, suppressions: [entry('action-unknown')] },
      unused: [0],
    },
    {
      name: 'is not judged where its rule was turned off from outside',
      config: { suppressions: [entry('sid-empty'), entry('version-missing')] },
      files: { 'a.json': POLICY.replace('"Statement"', '"Version": "2012-10-17", "Statement"') },
      rules: [{ rule: 'sid-empty', severity: 'off' }],
      unused: [1],
    },
    {
      name: 'is not judged where one of its rules did not run',
      config: { suppressions: [entry('sid-*')] },
      rules: [{ rule: 'sid-empty', severity: 'off' }],
      unused: [],
    },
    {
      name: 'is told of where all of its rules ran',
      config: { suppressions: [entry('sid-*')] },
      unused: [0],
    },
    {
      name: 'is not judged if it is about files, such as configurations',
      config: { suppressions: [entry('policy-not-found'), entry('*-unused'), entry('sid-empty')] },
      unused: [2],
    },
    {
      name: 'is not judged by a file with a fault, which may hide findings',
      config: {
        suppressions: [
          entry('sid-empty'),
          entry('sid-empty', { files: 'a.json' }),
          entry('sid-empty', { files: 'b.json' }),
        ],
      },
      files: { 'a.json': POLICY.replace('"Effect":', '"Effect"'), 'b.json': POLICY },
      unused: [2],
    },
    {
      name: 'is not judged by a file in which one policy of two has a fault',
      config: { suppressions: [entry('sid-empty')] },
      files: { 'a.json': TEXT.replace('"Effect":', '"Effect"') },
      unused: [],
    },
    {
      name: 'is judged by files that hold policies only',
      config: { suppressions: [entry('sid-empty')] },
      files: { 'a.json': '{ "x": [1, }', 'b.json': POLICY },
      unused: [0],
    },
    {
      name: 'has the severity of the configuration, or none',
      config: { rules: { 'suppression-unused': 'off' }, suppressions: [entry('sid-empty')] },
      unused: [],
    },
  ];

  function unused({ config, files = { 'a.json': POLICY }, rules }: Case, linter = service) {
    const read = linter.readConfig(JSON.stringify(config));
    assert.deepEqual(read.findings, []);
    return {
      read,
      findings: linter.unusedSuppressions({
        config: read,
        files: Object.entries(files).map(([path, text]) => ({
          path,
          place: undefined,
          text,
          language: 'json',
        })),
        ...(rules && { rules }),
      }),
    };
  }

  for (const each of cases) {
    it(each.name, () => {
      const { read, findings } = unused(each);
      assert.deepEqual(
        findings.map(({ rule, span }) => [
          rule,
          read.suppressions.findIndex(
            ({ node }) => node.span.start < span.start && span.start < node.span.end,
          ),
        ]),
        each.unused.map((index) => ['suppression-unused', index]),
      );
    });
  }

  it('is not told of if it is known to be of use', () => {
    const config = service.readConfig(JSON.stringify({ suppressions: [entry('sid-empty')] }));
    const used = new Set(config.suppressions);
    assert.deepEqual(service.unusedSuppressions({ config, files: [], used }), []);
    assert.equal(service.unusedSuppressions({ config, files: [], used: new Set() }).length, 1);
  });

  it('is not judged where its rule needs a service reference that is not there', () => {
    const rules = (['iamData', 'knowledge', undefined] as const).map((needs) =>
      defineRule({
        meta: {
          id: `test-${needs ?? 'nothing'}`,
          category: 'error',
          summary: 'A rule',
          since: '0.1.0',
          messages: {},
          ...(needs && { needs }),
        },
        create: () => ({}),
      }),
    );
    const suppressions = rules.map(({ meta: { id } }) => entry(id));
    const each = { name: '', config: { suppressions }, unused: [] };
    const told = (linter: typeof service) =>
      unused(each, linter).findings.map(({ message }) => /"test-(\w+)"/.exec(message)?.[1]);
    assert.deepEqual(told(createLanguageService({ iamData: undefined, rules })), ['nothing']);
  });

  it('is not judged by a file on which a rule fails', () => {
    const failing = defineRule({
      meta: { id: 'test-failing', category: 'error', summary: 'Fails', since: '0.1.0', messages: {} },
      create: () => ({
        policy: () => {
          throw new Error('always');
        },
      }),
    });
    const linter = createLanguageService({ iamData: undefined, rules: [failing] });
    const each = { name: '', config: { suppressions: [entry('test-failing')] }, unused: [] };
    assert.deepEqual(unused(each, linter).findings, []);
    assert.equal(unused({ ...each, files: {} }, linter).findings.length, 1);
  });

  it('is taken out of the list by its fix', () => {
    const { findings } = unused(cases[0] as Case);
    const [finding] = findings;
    assert.deepEqual(
      finding?.fixes.map(({ title, kind }) => [title, kind]),
      [['Remove the suppression', 'suggestion']],
    );
    assert.equal(finding?.severity, 'info');
    assert.match(
      finding?.message ?? '',
      /^This suppresses nothing: it applies to no finding of "sid-empty"\.$/,
    );
    assert.deepEqual(finding?.path, ['suppressions', 1, 'rule']);
    assert.equal(finding?.fixes[0]?.edits().length, 1);
  });
});
