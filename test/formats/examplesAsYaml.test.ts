import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../server/src/core/document';
import { codeActions } from '../../server/src/core/features/codeActions';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Finding } from '../../server/src/core/lint/finding';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { examplePolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';
import { valueOfJson, valueOfYaml, YAML_FORMS, type YamlForm } from '../support/yamlPolicies';

/** Of text that only JSON has, or of its length, which is that of another text in YAML. */
const ONLY_JSON = /^(?:json-|policy-size-|member-duplicate)/;

const service = languageService();
const rules = [{ rule: '*', severity: 'default' }] as const;

/** Every example of the rules' pages that YAML can say, once. */
const examples = [
  ...new Map(
    ruleFiles()
      .flatMap(({ page, furtherCases }) => [readIfThere(page), readIfThere(furtherCases)])
      .flatMap((page) => (page === undefined ? [] : examplePolicies(page)))
      .flatMap((input) => {
        const value = valueOfJson(input.text);
        return value === undefined
          ? []
          : [[input.text + JSON.stringify(input.override), { input, value }] as const];
      }),
  ).values(),
];

function told(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ rule }) => !ONLY_JSON.test(rule))
    .map(({ rule, path, message }) => `${rule} at ${path.join('.')}: ${message}`)
    .sort();
}

function findingsOf(document: PolicyDocument): readonly Finding[] {
  return service.lint(document, { rules }).findings;
}

describe('an example of a rule’s page, as YAML', function () {
  this.timeout(limit(120_000));

  it('is one of many', () => {
    assert.ok(examples.length > 600, `${examples.length} examples`);
  });

  for (const form of Object.keys(YAML_FORMS) as YamlForm[]) {
    it(`has the same findings at the same places in ${form} form`, () => {
      for (const { input, value } of examples) {
        const text = YAML_FORMS[form](value);
        const json = service.open({ ...input, text: JSON.stringify(value, undefined, 2), language: 'json' });
        const yaml = service.open({ ...input, text, language: 'yaml' });
        assert.deepEqual(told(findingsOf(yaml)), told(findingsOf(json)), text);
        for (const { span } of findingsOf(yaml)) {
          assert.ok(!text.slice(span.start, span.end).includes('\n'), text);
        }
      }
    });

    it(`is mended with the same meaning in ${form} form, or not at all`, () => {
      let mended = 0;
      let left = 0;
      for (const { input, value } of examples) {
        const jsonText = JSON.stringify(value, undefined, 2);
        const yamlText = YAML_FORMS[form](value);
        const inJson = findingsOf(service.open({ ...input, text: jsonText, language: 'json' }));
        const inYaml = findingsOf(service.open({ ...input, text: yamlText, language: 'yaml' }));
        for (const finding of inYaml.filter(({ rule }) => !ONLY_JSON.test(rule))) {
          const twin = inJson.find(
            ({ rule, path, message }) =>
              rule === finding.rule && message === finding.message && path.join() === finding.path.join(),
          );
          for (const fix of finding.fixes) {
            const edits = fix.edits();
            const same = twin?.fixes.find(({ title }) => title === fix.title);
            assert.ok(same !== undefined, `${finding.rule}: ${fix.title}`);
            if (edits.length === 0) {
              left += 1;
              continue;
            }
            mended += 1;
            assert.deepEqual(
              valueOfYaml(applyEdits(yamlText, edits)),
              JSON.parse(applyEdits(jsonText, same.edits())),
              `${finding.rule}: ${fix.title}\n${yamlText}\nbecomes\n${applyEdits(yamlText, edits)}`,
            );
          }
        }
      }
      assert.ok(mended > 300, `${mended} mended`);
      assert.ok(left <= mended / 50, `${left} of ${mended + left} are left as they are`);
    });
  }

  it('is rewritten with the same meaning', () => {
    const { iamData } = service;
    let rewritten = 0;
    for (const { input, value } of examples.filter((_, index) => index % 3 === 0)) {
      const jsonText = JSON.stringify(value, undefined, 2);
      const json = service.open({ ...input, text: jsonText, language: 'json' });
      for (const form of Object.keys(YAML_FORMS) as YamlForm[]) {
        const yamlText = YAML_FORMS[form](value);
        const yaml = service.open({ ...input, text: yamlText, language: 'yaml' });
        for (const [at, policy] of yaml.policies.entries()) {
          for (const [index, statement] of policy.statements.entries()) {
            for (const [place, member] of statement.members.entries()) {
              const twin = json.policies[at]?.statements[index]?.members[place];
              assert.equal(twin?.name, member.name);
              const wanted = new Map(
                codeActions(json, twin?.key.span ?? member.key.span, [], iamData).map((each) => [
                  each.title,
                  each,
                ]),
              );
              for (const action of codeActions(yaml, member.key.span, [], iamData)) {
                const same = wanted.get(action.title);
                assert.ok(same !== undefined, `${action.title} of\n${yamlText}`);
                rewritten += 1;
                const after = applyEdits(yamlText, action.edits());
                assert.deepEqual(
                  valueOfYaml(after),
                  JSON.parse(applyEdits(jsonText, same.edits())),
                  `${action.title}\n${yamlText}\nbecomes\n${after}`,
                );
              }
            }
          }
        }
      }
    }
    assert.ok(rewritten > 1_000, `${rewritten} rewritten`);
  });
});
