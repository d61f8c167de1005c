import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { languageService } from '../support/policies';
import { ruleFiles } from '../support/rules';

/** Resources that were meant as execute-api ARNs have rules of their own: nothing may be reported twice. */
describe('the rules about ARNs of every service', () => {
  for (const { id, page } of ruleFiles().filter(({ group }) => group === 'executeApi')) {
    it(`leave the examples of ${id} alone`, () => {
      const service = languageService();
      const blocks = readFileSync(page, 'utf8').matchAll(/^```json[^\n]*\n(.*?)^```$/gms);
      const texts = [...blocks].map(([, body = '']) => body.replaceAll(/^ *(?:\^+|\|) .*\n/gm, ''));
      assert.ok(texts.length > 0);
      const reported = texts
        .flatMap((text) => service.lint(service.open({ text, language: 'json' })).findings)
        .filter(({ rule }) => /^(arn|service|resource-action)-/.test(rule))
        .map(({ rule, message }) => `${rule}: ${message}`);
      assert.deepEqual(reported, []);
    });
  }
});
