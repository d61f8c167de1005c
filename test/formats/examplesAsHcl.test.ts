import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { DocumentInput, PolicyDocument } from '../../server/src/core/document';
import { codeActions } from '../../server/src/core/features/codeActions';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Finding } from '../../server/src/core/lint/finding';
import type { Edit } from '../../server/src/core/lint/rule';
import { HCL_FORMS, policyOfHcl, sorted, withLists } from '../support/hclPolicies';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { examplePolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';
import { step } from '../support/thorough';
import { valueOfJson } from '../support/yamlPolicies';

/** Of text that only JSON has, or of its length, which is that of another text in HCL. */
const OF_TEXT = /^(?:json-|policy-size-|member-duplicate|function-without-template)/;

const service = languageService();
const rules = [{ rule: '*', severity: 'default' }] as const;

/** Every example of the rules' pages that HCL can say, once, with lists wherever the data source has them. */
const examples = [
  ...new Map(
    ruleFiles()
      .flatMap(({ page, furtherCases }) => [readIfThere(page), readIfThere(furtherCases)])
      .flatMap((page) => (page === undefined ? [] : examplePolicies(page)))
      .flatMap((input) => {
        const value = valueOfJson(input.text);
        // What looks like an expression of Terraform is one in JSON too, and text in HCL.
        return value === undefined || /\$\{[^}:]*\}|%\{|"(?:Fn::|Ref)/.test(input.text)
          ? []
          : [[input.text + JSON.stringify(input.override), { input, value }] as const];
      }),
  ).values(),
];

function told(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ rule }) => !OF_TEXT.test(rule))
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

const FORMS = Object.keys(HCL_FORMS);
const known = new Map<string, Read>();

/** Each text is read and checked once, for all forms and tests that ask for it. */
function readOnce(input: DocumentInput): Read {
  const key = JSON.stringify([input.language, input.override, input.text]);
  let read = known.get(key);
  if (read === undefined) {
    const document = service.open(input);
    read = { text: input.text, document, findings: findingsOf(document) };
    known.set(key, read);
  }
  return read;
}

/**
 * Every example that has a form, in it and in JSON, both in something around them; in a quick run every second in one
 * form.
 */
function* some(
  form: string,
): Generator<{ readonly input: DocumentInput; readonly hcl: Read; readonly json: Read }> {
  for (const [index, { input, value }] of examples.entries()) {
    if ((index + FORMS.indexOf(form)) % step(1, 2 * FORMS.length - 1) !== 0) {
      continue;
    }
    const said = form === 'data source' ? withLists(value) : value;
    const text = HCL_FORMS[form]?.(said);
    if (text !== undefined) {
      const json = JSON.stringify({ x: said }, undefined, 2);
      yield {
        input,
        hcl: readOnce({ ...input, text, language: 'hcl' }),
        json: readOnce({ ...input, text: json, language: 'json' }),
      };
    }
  }
}

/** What is under `x` in a text of JSON after some edits. */
function valueAfter(json: string, edits: readonly Edit[]): unknown {
  return (JSON.parse(applyEdits(json, edits)) as { readonly x: unknown }).x;
}

function meaning(form: string, value: unknown): unknown {
  return form === 'data source' ? sorted(withLists(value)) : value;
}

describe('an example of a rule’s page, as HCL', function () {
  this.timeout(limit(120_000));

  it('is one of many', () => {
    assert.ok(examples.length > 500, `${examples.length} examples`);
  });

  for (const form of FORMS) {
    it(`has the same findings at the same places as ${form}`, () => {
      let compared = 0;
      for (const { hcl, json } of some(form)) {
        // The provider writes the Version, and may leave out what is empty.
        if (form === 'data source' && json.document.policies.some(({ kind }) => kind.mayLackResource)) {
          continue;
        }
        compared += 1;
        // Of a data source that nobody names it is not told whether it needs resources.
        const wanted = json.findings.filter(
          ({ rule }) => form !== 'data source' || rule !== 'resource-missing',
        );
        assert.deepEqual(told(hcl.findings), told(wanted), hcl.text);
      }
      assert.ok(compared > (form === 'data source' ? 35 : 85), `${compared} compared`);
    });

    it(`is mended with the same meaning as ${form}, or not at all, and has the findings then that JSON has`, () => {
      let mended = 0;
      let left = 0;
      for (const { input, hcl: fromHcl, json: fromJson } of some(form)) {
        const texts = { hcl: fromHcl.text, json: fromJson.text };
        const [inHcl, inJson] = [fromHcl.findings, fromJson.findings];
        for (const finding of inHcl.filter(({ rule }) => !OF_TEXT.test(rule))) {
          const twin = inJson.find(
            ({ rule, message, path }) =>
              rule === finding.rule && message === finding.message && path.join() === finding.path.join(),
          );
          for (const fix of finding.fixes) {
            const same = twin?.fixes.find(({ title }) => title === fix.title);
            const edits = fix.edits();
            if (edits.length === 0 || same === undefined) {
              left += 1;
              continue;
            }
            mended += 1;
            const after = applyEdits(texts.hcl, edits);
            const wanted = valueAfter(texts.json, same.edits());
            assert.deepEqual(
              meaning(form, policyOfHcl(after)),
              meaning(form, wanted),
              `${finding.rule}: ${fix.title}\n${texts.hcl}\nbecomes\n${after}`,
            );
            if (mended % 5 === 0) {
              const text = applyEdits(texts.json, same.edits());
              const json = findingsOf(service.open({ ...input, text, language: 'json' }));
              const hcl = findingsOf(service.open({ ...input, text: after, language: 'hcl' }));
              assert.ok(hcl.length <= Math.max(json.length, inHcl.length - 1), after);
            }
          }
        }
      }
      assert.ok(mended > (form === 'data source' ? 17 : 50), `${mended} mended`);
      assert.ok(left <= mended / 5, `${left} of ${mended + left} are left as they are`);
    });

    it(`is rewritten with the same meaning as ${form}`, () => {
      const { iamData } = service;
      let rewritten = 0;
      let index = 0;
      for (const { hcl: fromHcl, json: fromJson } of some(form)) {
        index += 1;
        if (index % step(3, 2) !== 0) {
          continue;
        }
        const texts = { hcl: fromHcl.text, json: fromJson.text };
        const [hcl, json] = [fromHcl.document, fromJson.document];
        for (const [at, policy] of hcl.policies.entries()) {
          for (const [place, statement] of policy.statements.entries()) {
            for (const member of statement.members) {
              const twin = json.policies[at]?.statements[place]?.members.find(
                ({ name }) => name === member.name,
              );
              if (twin === undefined) {
                continue;
              }
              const wanted = codeActions(json, twin.key.span, [], iamData);
              for (const action of codeActions(hcl, member.key.span, [], iamData)) {
                const same = wanted.find(({ title }) => title === action.title);
                if (same === undefined) {
                  continue;
                }
                rewritten += 1;
                const after = applyEdits(texts.hcl, action.edits());
                const right = valueAfter(texts.json, same.edits());
                assert.ok(
                  isDeepStrictEqual(meaning(form, policyOfHcl(after)), meaning(form, right)),
                  `${action.title}\n${texts.hcl}\nbecomes\n${after}`,
                );
              }
            }
          }
        }
      }
      assert.ok(rewritten > 15, `${rewritten} rewritten`);
    });
  }
});
