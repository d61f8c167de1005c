import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { sharedCorpus } from '../support/repository';

/** AWS wrote these policies and they are in force: whatever is called an error in one of them is a false alarm. */
describe('policies that AWS itself has written', () => {
  const corpus = sharedCorpus('managed-policies');
  if (corpus === undefined) {
    console.log('    corpus managed-policies is not here: the check for false alarms is left out');
    return;
  }
  const service = createLanguageService({ iamData: loadIamData() });
  const linted = readdirSync(corpus)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const document = service.open({ text: readFileSync(join(corpus, file), 'utf8'), language: 'json' });
      return { file, document, ...service.lint(document) };
    });

  it('are found, one in each file, and no rule breaks on them', () => {
    assert.ok(linted.length > 1000);
    assert.deepEqual(
      linted.filter(({ document }) => document.policies.length !== 1).map(({ file }) => file),
      [],
    );
    assert.deepEqual(
      linted.flatMap(({ failures }) => failures),
      [],
    );
  });

  it('have no errors', () => {
    const alarms = linted.flatMap(({ file, findings }) =>
      findings
        .filter(({ severity }) => severity === 'error')
        .map(({ rule, message }) => `${file}: ${rule}: ${message}`),
    );
    assert.deepEqual(alarms, []);
  });

  it('name few actions that the service reference does not know', () => {
    const doubtful = linted.filter(({ findings }) =>
      findings.some(({ rule }) => rule === 'action-unknown' || rule === 'service-unknown'),
    );
    assert.ok(doubtful.length <= 45, `${doubtful.length} policies: is the service reference out of date?`);
  });
});
