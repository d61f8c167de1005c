import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { overrideOf } from '../../server/src/core/lint/config';
import { limit } from '../support/patience';

const service = createLanguageService({ iamData: undefined });

/** Rule, marked text and message of each mistake. */
function mistakes(text: string): readonly string[] {
  return service
    .readConfig(text)
    .findings.map(({ rule, span, message }) => `${rule} [${text.slice(span.start, span.end)}] ${message}`);
}

describe('the configuration file', function () {
  this.timeout(limit(20_000));

  it('may have comments and trailing commas, and may be empty', () => {
    assert.deepEqual(mistakes('// nothing yet\n{ "rules": { "version-missing": "off", }, }'), []);
    assert.deepEqual(mistakes(''), []);
    assert.deepEqual(mistakes('{ "$schema": "x" }'), []);
  });

  const rows: readonly (readonly [text: string, ...told: string[]])[] = [
    ['[]', 'config-value-invalid [[] A configuration is an object.'],
    [
      '{ "rule": {} }',
      'config-key-unknown ["rule"] There is no "rule" here; there are $schema, rules, policyTypes, suppressions. Did you mean rules?',
    ],
    ['{ "rules": [] }', 'config-value-invalid [[] "rules" is an object.'],
    [
      '{ "rules": { "version-mising": "off" } }',
      'config-rule-unknown ["version-mising"] There is no rule "version-mising". Did you mean version-missing?',
    ],
    ['{ "rules": { "zebra-*": "off" } }', 'config-rule-unknown ["zebra-*"] No rule matches "zebra-*".'],
    [
      '{ "rules": { "version-missing": "warn" } }',
      'config-value-invalid ["warn"] A severity is one of off, error, warning, info, default.',
    ],
    [
      '{ "policyTypes": { "*.json": "scpp" } }',
      'config-value-invalid ["scpp"] A policy type is one of identity, resource, trust, scp, rcp, boundary, session, endpoint. Did you mean scp?',
    ],
    [
      '{ "policyTypes": { "a\\\\b.json": "scp" } }',
      'config-value-invalid ["a\\\\b.json"] This is not a file glob: folders are separated by forward slashes.',
    ],
    [
      '{ "policyTypes": { "*.json": { "type": "scp", "resourceType": "AWS::S3::Bucket" } } }',
      'config-value-invalid ["AWS::S3::Bucket"] "resourceType" narrows a resource policy, and "type" is "scp".',
    ],
    [
      '{ "suppressions": [{ "rule": "version-missing" }] }',
      'suppression-reason-missing [{] A suppression has a "reason"; without one it does not count.',
    ],
    [
      '{ "suppressions": [{ "rule": "version-missing", "reason": "" }] }',
      'suppression-reason-missing [""] A suppression has a "reason"; without one it does not count.',
    ],
    [
      '{ "suppressions": [{ "rule": "version-missing", "files": "", "reason": "r" }] }',
      'config-value-invalid [""] This is not a file glob: it is empty.',
    ],
    [
      '{ "rules": { "version-missing": 1, "no-such": "off" } }',
      'config-value-invalid [1] A severity is one of off, error, warning, info, default.',
      'config-rule-unknown ["no-such"] There is no rule "no-such".',
    ],
    ['{ "rules": {}, "rules": {} }', 'config-key-unknown ["rules"] "rules" is here a second time.'],
    ['{ "policyTypes": { "*": {} } }', 'config-value-invalid [{] Say "type", "resourceType" or both.'],
    [
      '{ "policyTypes": { "*": { "kind": "scp" } } }',
      'config-value-invalid [{] Say "type", "resourceType" or both.',
      'config-key-unknown ["kind"] There is no "kind" here; there are type, resourceType.',
    ],
    [
      '{ "policyTypes": { "*": { "type": "bucket", "resourceType": "S3" } } }',
      'config-value-invalid ["bucket"] A policy type is one of identity, resource, trust, scp, rcp, boundary, session, endpoint.',
    ],
    [
      '{ "policyTypes": { "*": { "resourceType": "AWS::S3" } } }',
      'config-value-invalid ["AWS::S3"] Write a resource type as CloudFormation does, as in "AWS::S3::Bucket".',
    ],
    [
      '{ "policyTypes": { "*": { "resourceType": 3 } } }',
      'config-value-invalid [3] Write a resource type as CloudFormation does, as in "AWS::S3::Bucket".',
    ],
    ['{ "suppressions": {} }', 'config-value-invalid [{] "suppressions" is a list.'],
    ['{ "suppressions": ["x"] }', 'config-value-invalid ["x"] A suppression is an object.'],
    [
      '{ "suppressions": [{ "reason": "r" }] }',
      'config-value-invalid [{] A suppression says which "rule" it is about.',
    ],
    [
      '{ "suppressions": [{ "rule": "no-such", "reason": " " }] }',
      'config-rule-unknown ["no-such"] There is no rule "no-such".',
      'suppression-reason-missing [" "] A suppression has a "reason"; without one it does not count.',
    ],
    ...['rule', 'files', 'sid', 'reason'].map((name): readonly [string, string] => [
      `{ "suppressions": [${JSON.stringify({ rule: 'version-missing', reason: 'r', [name]: 1 })}] }`,
      `config-value-invalid [1] "${name}" is a text.`,
    ]),
  ];
  for (const [text, ...told] of rows) {
    it(`is told of ${text}`, () => {
      assert.deepEqual(mistakes(text), told);
    });
  }

  it('says nothing else of a member that has no value yet', () => {
    for (const text of [
      '{ "rules": }',
      '{ "policyTypes": }',
      '{ "suppressions": }',
      '{ "rules": { "version-missing": } }',
      '{ "policyTypes": { "*": } }',
      '{ "policyTypes": { "*": { "type": "scp", "resourceType": } } }',
    ]) {
      assert.deepEqual(
        mistakes(text).filter((each) => !/^config-syntax .*value expected\.$/.test(each)),
        [],
        text,
      );
      assert.equal(mistakes(text).length, 1, text);
    }
  });

  it('has its mistakes in the order of the text, of two at one place the shorter first', () => {
    const { findings } = service.readConfig(
      '{ "suppressions": [{ "rule": "no-such", "reason": "" }, {}], "rules": { "no-such": "off" }, "x" 1 }',
    );
    const places = findings.map(({ span: { start, end } }) => [start, end] as const);
    assert.ok(places.length > 4);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    );
  });

  it('is read up to its greatest length', () => {
    const begin = '{ "rules": { "version-missing": "off" } }';
    const full = begin + ' '.repeat(262_144 - begin.length);
    assert.equal(service.readConfig(full).rules.length, 1);
    assert.equal(service.readConfig(`${full} `).rules.length, 0);
  });

  it('counts entries up to the greatest number', () => {
    const many = (count: number) =>
      service.readConfig(`{ "rules": {${Array(count).fill('"version-missing": "info"').join()}} }`);
    assert.deepEqual([many(2_000).rules.length, many(2_000).findings.length], [2_000, 0]);
    assert.deepEqual([many(2_001).rules.length, many(2_001).findings.length], [2_000, 1]);
    const suppressions = service.readConfig(
      `{ "suppressions": [${Array(2_001).fill('{ "rule": "version-missing", "reason": "r" }').join()}] }`,
    );
    assert.deepEqual([suppressions.suppressions.length, suppressions.findings.length], [2_000, 1]);
  });

  it('has the rules that it turns on and off, those with a mistake left out', () => {
    const { rules } = service.readConfig(
      '{ "rules": { "version-missing": "off", "no-such": "off", "sid-*": "error", "sid-empty": "loud" } }',
    );
    assert.deepEqual(rules, [
      { rule: 'version-missing', severity: 'off' },
      { rule: 'sid-*', severity: 'error' },
    ]);
  });

  /** What a configuration says about `a/x.json`. */
  const types: readonly (readonly [policyTypes: object, override: object])[] = [
    [{ 'a/*.json': 'scp' }, { policyType: 'scp' }],
    [{ 'b/*.json': 'scp' }, {}],
    [{ 'a/*': 'scp', '**': 'rcp', 'b/*': 'trust' }, { policyType: 'rcp' }],
    [{ 'a/*': { type: 'trust' } }, { policyType: 'trust' }],
    [
      { 'a/*': { type: 'resource', resourceType: 'AWS::S3::Bucket' } },
      { policyType: 'resource', resourceType: 'AWS::S3::Bucket' },
    ],
    [
      { 'a/*': { type: 'trust', resourceType: 'AWS::IAM::Role' } },
      { policyType: 'trust', resourceType: 'AWS::IAM::Role' },
    ],
    [
      { 'a/*': { resourceType: 'AWS::S3::Bucket' } },
      { policyType: undefined, resourceType: 'AWS::S3::Bucket' },
    ],
    // What has a mistake is left out as a whole.
    [{ 'a/*': 'scp', '**': 'bucket' }, { policyType: 'scp' }],
    [{ 'a/*': { type: 'bucket', resourceType: 'AWS::S3::Bucket' } }, {}],
    [{ 'a/*': { type: 'resource', resourceType: 'S3' } }, {}],
    [{ 'a/*': { type: 'scp', resourceType: 'AWS::S3::Bucket' } }, {}],
    [{ '': 'scp' }, {}],
  ];
  for (const [policyTypes, override] of types) {
    it(`gives a file its type: ${JSON.stringify(policyTypes)}`, () => {
      const config = service.readConfig(JSON.stringify({ policyTypes }));
      assert.deepEqual(overrideOf({ config, path: 'a/x.json' }), override);
    });
  }

  it('has suppressions of the files and the statement that they name', () => {
    const { suppressions } = service.readConfig(
      JSON.stringify({
        suppressions: [
          { rule: 'version-missing', reason: ' why ' },
          { rule: 'sid-*', files: 'a/*.json', sid: 'S', reason: 'r' },
          { rule: 'sid-*', sid: 1, reason: 'r' },
          { rule: 'sid-*', files: 'a\\b', reason: 'r' },
          { rule: 'no-such', reason: 'r' },
          { reason: 'r' },
          { rule: 'sid-*' },
          { rule: 'sid-*', reason: ' ' },
          { rule: 'sid-*', reason: 'r', reson: 'r' },
        ],
      }),
    );
    assert.deepEqual(
      suppressions.map(({ rule, sid, reason, fits }) => [
        rule,
        sid,
        reason,
        ['a/x.json', 'b/x.json'].filter((path) => fits(path)),
      ]),
      [
        ['version-missing', undefined, 'why', ['a/x.json', 'b/x.json']],
        ['sid-*', 'S', 'r', ['a/x.json']],
      ],
    );
  });

  it('is told of what is half typed', () => {
    for (const text of ['{ "rules": {', '{ "suppressions": [{', '{ "rules": { "version-missing": "off"']) {
      const [first, ...more] = mistakes(text).filter((each) => each.startsWith('config-syntax'));
      assert.match(first ?? '', /^config-syntax .*close brace expected\.$/, text);
      assert.deepEqual(more, [], `${text}: one problem is one finding`);
    }
  });

  it('has suppressions without a mistake only', () => {
    const { suppressions } = service.readConfig(
      '{ "suppressions": [{ "rule": "version-missing", "reason": "r", "file": "a.json" }, { "rule": "version-missing", "reason": "r" }] }',
    );
    assert.equal(suppressions.length, 1);
  });

  it('can grade what is said about itself', () => {
    const { findings } = service.readConfig('{ "rules": { "config-*": "info", "no-such": "off" } }');
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['info'],
    );
  });
});

describe('a written suppression', () => {
  const target = { rule: 'version-missing', files: 'a.json', sid: undefined };
  const written = (text: string, sid?: string) => {
    const edits = service.suppressionEdits(text, { ...target, sid });
    return edits?.reduce(
      (all, { span, text: piece }) => all.slice(0, span.start) + piece + all.slice(span.end),
      text,
    );
  };

  it('makes a file of nothing, which asks for the reason', () => {
    const text = written('') ?? '';
    assert.equal(
      text,
      '{\n  "suppressions": [\n    {\n      "rule": "version-missing",\n      "files": "a.json",\n      "reason": ""\n    }\n  ]\n}\n',
    );
    assert.deepEqual(mistakes(text), [
      'suppression-reason-missing [""] A suppression has a "reason"; without one it does not count.',
    ]);
  });

  it('joins those that are there, comments kept', () => {
    const text =
      '{\n  "suppressions": [\n    // old\n    { "rule": "action-unknown", "reason": "r" } // why\n  ]\n}\n';
    const next = written(text, 'S') ?? '';
    assert.match(next, /\/\/ old[\s\S]*\/\/ why/);
    assert.match(next, /"sid": "S"/);
    assert.deepEqual(mistakes(next).length, 1);
  });

  it('brings its section, and leaves alone what it does not understand', () => {
    assert.equal(mistakes(written('{ "rules": {} }') ?? '').length, 1);
    assert.equal(mistakes(written('{}') ?? '').length, 1);
    assert.equal(written('[]'), undefined);
    assert.equal(written('{ "suppressions": {} }'), undefined);
  });
});
