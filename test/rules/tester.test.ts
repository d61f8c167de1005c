import assert from 'node:assert/strict';
import { defineRule, type Fix, type Report, type Rule } from '../../server/src/core/lint/rule';
import type { RuleMeta } from '../../server/src/core/lint/ruleMeta';
import type { Statement } from '../../server/src/core/model/policy';
import { loadIamData } from '../support/iamData';
import { pageCases, updatedPage } from '../support/rulePages';

/** What the tester of rule pages refuses, shown with a rule that minds every Sid. */
describe('the tester of rule pages', () => {
  const iamData = loadIamData();

  const bad = (carets = '             ^^^ sid-there: A Sid.') => `
\`\`\`json bad
{
  "Statement": [
    { "Sid": "a", "Effect": "Allow" }
${carets}
  ]
}
\`\`\`
`;
  const good = `
\`\`\`json good
{ "Statement": { "Effect": "Allow" } }
\`\`\`
`;
  const fixed = (sid: string) => `
\`\`\`json fixed
{
  "Statement": [
    { "Sid": "${sid}", "Effect": "Allow" }
  ]
}
\`\`\`
`;

  it('accepts a page that is right', () => {
    assert.deepEqual(failuresOf(sidRule({}), bad() + good), []);
  });

  it('refuses a page without something bad or something good', () => {
    assert.match(failuresOf(sidRule({}), good).join(), /no bad block/);
    assert.match(failuresOf(sidRule({}), bad()).join(), /no good block/);
  });

  it('refuses other carets, messages and places than the rule gives', () => {
    assert.notDeepEqual(failuresOf(sidRule({}), bad('             ^^ sid-there: A Sid.') + good), []);
    assert.notDeepEqual(failuresOf(sidRule({}), bad('             ^^^ sid-there: Sid.') + good), []);
    assert.notDeepEqual(failuresOf(sidRule({}), bad('') + good), []);
  });

  it('refuses findings in a good block', () => {
    assert.notDeepEqual(failuresOf(sidRule({}), bad() + bad('').replace('bad', 'good')), []);
  });

  it('refuses a JSON block that is not tested, an unknown option and a block without a policy', () => {
    assert.throws(() => pageCases(sidRule({}), ['```json\n{}\n```'], iamData), /says bad, fixed or good/);
    assert.throws(
      () => pageCases(sidRule({}), ['```json bad colour=red\n{}\n```'], iamData),
      /no option colour/,
    );
    assert.match(failuresOf(sidRule({}), `${bad()}\`\`\`json good\n{}\n\`\`\``).join(), /holds no policy/);
  });

  it('refuses a placeholder that gets no data', () => {
    const rule = sidRule({ messages: { there: 'A {what}.' } });
    assert.match(failuresOf(rule, bad() + good).join(), /not given its \{what\}/);
  });

  it('refuses two findings that are the same', () => {
    const rule = sidRule({}, (report) => [report, report]);
    assert.match(failuresOf(rule, bad() + good).join(), /are the same/);
  });

  it('refuses a rule that writes to the model', () => {
    const writers: readonly ((statement: Statement) => unknown)[] = [
      (statement) => Object.assign(statement, { sid: undefined }),
      (statement) => Object.assign(statement, { seen: true }),
      ({ members }) => (members as unknown[]).pop(),
    ];
    for (const write of writers) {
      const rule = sidRule({}, (report, statement) => {
        write(statement);
        return [report];
      });
      assert.match(
        failuresOf(rule, bad() + good).join(),
        /only a getter|not extensible|Cannot (assign|delete)/,
      );
    }
  });

  it('refuses fixes that change nothing, leave the finding, do not parse or overlap', () => {
    assert.match(failuresOf(fixing(3, 4, 'a'), bad() + fixed('a') + good).join(), /changes nothing/);
    assert.match(failuresOf(fixing(3, 4, 'b'), bad() + fixed('b') + good).join(), /leaves the finding/);
    assert.match(failuresOf(fixing(0, 0, '"'), bad() + fixed('b') + good).join(), /does not parse/);
    assert.match(
      failuresOf(
        fixRule(({ sid }) => [
          { span: sid, text: '' },
          { span: sid, text: '' },
        ]),
        bad() + fixed('b') + good,
      ).join(),
      /overlap/,
    );
  });

  it('refuses a rule that is not fixable as it says', () => {
    assert.match(failuresOf(sidRule({ fixable: 'safe' }), bad() + good).join(), /shows no fixed block/);
    assert.match(failuresOf(sidRule({ fixable: 'safe' }), bad() + good).join(), /meta.fixable is not/);
  });

  it('shows a rule what the blocks in front tell of a workspace, up to the next such', () => {
    const paths = (...names: readonly string[]) =>
      `\n\`\`\`yaml workspace\nopenapi: 3.0.0\npaths: { ${names.map((name) => `/${name}: { get: {} }`).join(', ')} }\n\`\`\`\n`;
    const rule = defineRule({
      meta: { ...sidRule({}).meta, needs: 'knowledge', messages: { there: 'A Sid.' } },
      create: (context) => ({
        statement: ({ sid }) => {
          const isKnown = context.knowledge?.apis.some(({ routes }) =>
            routes.some(({ path }) => path === `/${sid?.value}`),
          );
          if (sid !== undefined && isKnown === true) {
            context.report({ message: 'there', at: sid });
          }
        },
      }),
    });
    const other = bad('').replace('bad', 'good');
    assert.deepEqual(failuresOf(rule, other + paths('x') + paths('a') + bad() + paths('x') + other), []);
    assert.notDeepEqual(failuresOf(rule, paths('x') + bad() + good), []);
  });

  it('writes the carets of a page, and fills in an empty fixed block', () => {
    const empty = '\n```json fixed\n```\n';
    const rule = fixRule(({ sid, whole }) => [{ span: { start: whole.start, end: sid.end + 1 }, text: '' }]);
    const result = updatedPage(rule, bad('') + empty + good, iamData);
    assert.match(result, /\n {13}\^{3} sid-there: A Sid\.\n/);
    assert.match(
      result,
      /```json fixed\n\{\n {2}"Statement": \[\n {4}\{ {2}"Effect": "Allow" \}\n\n {2}\]\n\}\n```/,
    );
    assert.deepEqual(failuresOf(rule, result), []);
    assert.equal(updatedPage(rule, result, iamData), result);
  });

  function failuresOf(rule: Rule, page: string): readonly string[] {
    return pageCases(rule, [page], iamData).flatMap(({ run }) => {
      try {
        run();
        return [];
      } catch (error) {
        return [String(error)];
      }
    });
  }

  function sidRule(
    meta: Partial<RuleMeta>,
    reports: (report: Report<string>, statement: Statement) => readonly Report<string>[] = (report) => [
      report,
    ],
    fixes: (statement: Statement) => readonly Fix[] = () => [],
  ): Rule {
    return defineRule<string>({
      meta: {
        id: 'sid-there',
        category: 'warning',
        summary: 'A Sid',
        since: '0.1.0',
        messages: { there: 'A Sid.' },
        ...meta,
      },
      create: (context) => ({
        statement: (statement) => {
          if (statement.sid !== undefined) {
            const report = { message: 'there', at: statement.sid, fixes: fixes(statement) };
            reports(report, statement).forEach(context.report);
          }
        },
      }),
    });
  }

  interface Spans {
    readonly sid: { readonly start: number; readonly end: number };
    readonly whole: { readonly start: number; readonly end: number };
  }

  function fixRule(edits: (spans: Spans) => ReturnType<Fix['edits']>): Rule {
    return sidRule({ fixable: 'safe' }, undefined, ({ sid, members }) => [
      {
        title: 'Change it',
        kind: 'safe',
        edits: () => {
          const whole = members[0]?.span;
          assert.ok(sid !== undefined && whole !== undefined);
          return edits({ sid: sid.span, whole });
        },
      },
    ]);
  }

  /** A fix that replaces a stretch, counted from one before the Sid's second quotation mark. */
  function fixing(from: number, to: number, text: string): Rule {
    return fixRule(({ sid }) => [{ span: { start: sid.start - 2 + from, end: sid.start - 2 + to }, text }]);
  }
});
