import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';

const service = createLanguageService({ iamData: undefined });

/** Rule, marked text and message of each mistake. */
function mistakes(text: string): readonly string[] {
  return service
    .readConfig(text)
    .findings.map(({ rule, span, message }) => `${rule} [${text.slice(span.start, span.end)}] ${message}`);
}

describe('the configuration file', () => {
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
  ];
  for (const [text, ...told] of rows) {
    it(`is told of ${text}`, () => {
      assert.deepEqual(mistakes(text), told);
    });
  }

  it('is told of what is half typed', () => {
    assert.match(mistakes('{ "rules": {')[0] ?? '', /^config-syntax /);
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
