import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../server/src/core/document';
import { codeActions } from '../../server/src/core/features/codeActions';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Finding } from '../../server/src/core/lint/finding';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { examplePolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';
import { step } from '../support/thorough';
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

interface Read {
  readonly text: string;
  readonly document: PolicyDocument;
  readonly findings: readonly Finding[];
}

type Example = (typeof examples)[number];

/** Each text is read and checked once, for all tests that ask for it. */
function readOnce(write: (value: unknown) => string, language: 'json' | 'yaml'): (example: Example) => Read {
  const read = new Map<Example, Read>();
  return (example) => {
    const known = read.get(example);
    if (known !== undefined) {
      return known;
    }
    const text = write(example.value);
    const document = service.open({ ...example.input, text, language });
    const made = { text, document, findings: findingsOf(document) };
    read.set(example, made);
    return made;
  };
}

const FORMS = Object.keys(YAML_FORMS) as YamlForm[];
const inJson = readOnce((value) => JSON.stringify(value, undefined, 2), 'json');
const inForm = new Map(FORMS.map((form) => [form, readOnce(YAML_FORMS[form], 'yaml')]));

/** Each example in each form; in a quick run every second in one of them. */
const some = (form: YamlForm): readonly { readonly json: Read; readonly yaml: Read }[] =>
  examples
    .filter((_, index) => (index + FORMS.indexOf(form)) % step(1, 2 * FORMS.length - 1) === 0)
    .flatMap((example) => {
      const yaml = inForm.get(form)?.(example);
      return yaml === undefined ? [] : [{ json: inJson(example), yaml }];
    });

describe('an example of a rule’s page, as YAML', function () {
  this.timeout(limit(120_000));

  it('is one of many', () => {
    assert.ok(examples.length > 600, `${examples.length} examples`);
  });

  for (const form of FORMS) {
    it(`has the same findings at the same places in ${form} form`, () => {
      for (const { json, yaml } of some(form)) {
        const { text, findings } = yaml;
        assert.deepEqual(told(findings), told(json.findings), text);
        for (const { span } of findings) {
          assert.ok(!text.slice(span.start, span.end).includes('\n'), text);
        }
      }
    });

    it(`is mended with the same meaning in ${form} form, or not at all`, () => {
      let mended = 0;
      let left = 0;
      for (const { json, yaml } of some(form)) {
        const [jsonText, yamlText] = [json.text, yaml.text];
        for (const finding of yaml.findings.filter(({ rule }) => !ONLY_JSON.test(rule))) {
          const twin = json.findings.find(
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
      assert.ok(mended > 50, `${mended} mended`);
      assert.ok(left <= mended / 50, `${left} of ${mended + left} are left as they are`);
    });
  }

  it('is rewritten with the same meaning', () => {
    const { iamData } = service;
    let rewritten = 0;
    for (const form of FORMS) {
      for (const {
        json: { text: jsonText, document: json },
        yaml: { text: yamlText, document: yaml },
      } of some(form).filter((_, index) => index % step(3, 2) === 0)) {
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
    assert.ok(rewritten > 200, `${rewritten} rewritten`);
  });
});
