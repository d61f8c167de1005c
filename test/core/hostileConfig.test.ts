import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { readSettings } from '../../server/src/lsp/settings';
import { limit, processorTime } from '../support/patience';

const service = createLanguageService({ iamData: undefined });

describe('a hostile configuration', function () {
  this.timeout(limit(20_000));

  function within(milliseconds: number, run: () => void): void {
    const took = processorTime(run);
    assert.ok(took < milliseconds, `${took} ms`);
  }

  it('that is too long is not read, and says so', () => {
    const text = `{"rules": {${'"a": "off",'.repeat(1_000_000)}}}`;
    within(5_000, () => {
      const { rules, findings } = service.readConfig(text);
      assert.deepEqual(rules, []);
      assert.match(
        findings.map(({ message }) => message).join('\n'),
        /^The file has more than 262,144 characters/,
      );
    });
  });

  it('counts so many entries of a section', () => {
    const text = `{"rules": {${Array.from({ length: 9_000 }, () => '"version-missing": "info"').join(',')}}}`;
    const { rules, findings } = service.readConfig(text);
    assert.equal(rules.length, 2_000);
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['Only the first 2,000 entries count.'],
    );
  });

  it('gets no suggestion for a long name, and costs no time', () => {
    const long = 'condition-'.repeat(2_000);
    within(5_000, () => {
      const { findings } = service.readConfig(
        `{"rules": {"${long}": "off", "version-missing": "${long}"}, "${long}": 1}`,
      );
      assert.ok(findings.length === 3 && findings.every(({ message }) => !message.includes('Did you mean')));
      const lines: string[] = [];
      const names = Object.fromEntries(
        Array.from({ length: 5_000 }, (_, n) => [`${n}${long.slice(0, 40)}`, 'off']),
      );
      const { rules } = readSettings(
        { rules: { [long]: 'off', ...names }, policyTypes: { [long]: 'scp' } },
        (line) => lines.push(line),
      );
      assert.equal(rules.length, 2_000);
      assert.ok(lines.length >= 2 && lines.every((line) => line.length < 1_000));
    });
  });

  it('has no glob that is longer than a path', () => {
    const { policyTypes, findings } = service.readConfig(
      `{"policyTypes": {"${'a/**/'.repeat(2_000)}b": "scp"}}`,
    );
    assert.deepEqual(policyTypes, []);
    assert.match(findings[0]?.message ?? '', /more than 4,096 characters/);
  });
});
