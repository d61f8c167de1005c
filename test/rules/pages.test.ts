import { writeFileSync } from 'node:fs';
import { allRules } from '../../server/src/core/rules/registry';
import { loadIamData } from '../support/iamData';
import { pageCases, updatedPage } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';

describe('rule pages', () => {
  const iamData = loadIamData();
  for (const { id, page, furtherCases } of ruleFiles()) {
    const rule = allRules.find((candidate) => candidate.meta.id === id);
    if (rule === undefined) {
      continue; // test/meta/rules.test.ts says so.
    }
    describe(id, () => {
      const pages: string[] = [];
      for (const path of [page, furtherCases]) {
        const text = readIfThere(path);
        if (text === undefined) {
          continue;
        }
        const current = process.env.UPDATE === '1' ? updatedPage(rule, text, iamData) : text;
        if (current !== text) {
          writeFileSync(path, current);
        }
        pages.push(current);
      }
      for (const { name, run } of pageCases(rule, pages, iamData)) {
        it(name, run);
      }
    });
  }
});
