import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { defineRule, type Rule } from '../../server/src/core/lint/rule';
import type { RuleMeta } from '../../server/src/core/lint/ruleMeta';

const TEXT =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "a:One" }, { "Action": ["a:Two", "a:Three"], "Effect": "Deny" }], "Id": "last" }';

/** Where a text stands in the document, with some characters more at its beginning and end. */
function spanOf(text: string, before = 0, behind = 0) {
  const start = TEXT.indexOf(text);
  return { start: start - before, end: start + text.length + behind };
}

/** A rule that reports spans, each in words of the document. */
function telling(
  id: string,
  spans: readonly ReturnType<typeof spanOf>[],
  more: Partial<RuleMeta> = {},
): Rule {
  return defineRule({
    meta: { id, category: 'error', summary: 'Tells', since: '0.1.0', messages: { m: 'This.' }, ...more },
    create: ({ report }) => ({
      policy: ({ node }) => {
        for (const span of spans) {
          report({ message: 'm', at: { node, span } });
        }
      },
    }),
  });
}

describe('text of which one rule alone speaks', () => {
  const FIRST = '{ "Effect": "Deny", "Action": "a:One" }';
  const ALL = ['"2012-10-17"', FIRST, '"a:One"', 'One', '"a:Two"', '"a:Three"', '"last"'];

  /** Whose statement it is that has an action; asked so often. */
  let asked = 0;
  const owner = (spans: readonly ReturnType<typeof spanOf>[]): Rule => ({
    ...telling('owner', [spanOf('"a:One"')]),
    owns: (statement) => {
      asked += 1;
      const { start, end } = statement.node.span;
      return spans.filter((span) => start <= span.start && span.start < end);
    },
  });

  function told(owned: readonly ReturnType<typeof spanOf>[], more: Partial<RuleMeta> = {}, isOff = false) {
    asked = 0;
    const service = createLanguageService({
      iamData: undefined,
      rules: [
        owner(owned),
        telling(
          'other',
          ALL.map((text) => spanOf(text)),
          more,
        ),
      ],
    });
    const { findings, failures } = service.lint(service.open({ text: TEXT, language: 'json' }), {
      rules: isOff ? [{ rule: 'owner', severity: 'off' }] : [],
    });
    assert.deepEqual(failures, []);
    const of = (id: string) =>
      findings.filter(({ rule }) => rule === id).map(({ span }) => TEXT.slice(span.start, span.end));
    return { owner: of('owner'), other: of('other') };
  }

  const without = (...gone: readonly string[]) => ALL.filter((text) => !gone.includes(text));

  const first = spanOf(FIRST);
  const second = spanOf('"a:Two"');
  /** What the rule owns, and what is not told then. */
  const rows: readonly (readonly [
    name: string,
    owned: readonly ReturnType<typeof spanOf>[],
    gone: readonly string[],
  ])[] = [
    ['nothing', [], []],
    ['an action', [second], ['"a:Two"']],
    ['a part of an action', [spanOf('Tw')], ['"a:Two"']],
    ['more than an action', [spanOf('"a:Two"', 1, 1)], ['"a:Two"']],
    ['two actions of one statement', [second, spanOf('"a:Three"')], ['"a:Two"', '"a:Three"']],
    ['what stands between two actions', [{ start: second.end, end: second.end + 2 }], []],
    ['the brace of a statement', [{ start: first.start, end: first.start + 1 }], [FIRST]],
    ['the end of a statement', [{ start: first.end - 1, end: first.end }], [FIRST]],
    ['nothing of a statement', [{ start: first.end, end: first.end + 1 }], []],
  ];
  for (const [name, owned, gone] of rows) {
    it(`has no finding of another rule: ${name}`, () => {
      assert.deepEqual(told(owned).other, without(...gone));
      assert.deepEqual(told(owned).owner, ['"a:One"']);
    });
  }

  it('has none of another rule whether its own is on or off', () => {
    assert.deepEqual(told([spanOf('"a:Two"')], {}, true), { owner: [], other: without('"a:Two"') });
  });

  it('has those of rules that compare texts', () => {
    assert.deepEqual(told([spanOf('"a:Two"')], { comparesTexts: true }).other, ALL);
  });

  it('is asked for once for each statement', () => {
    told([spanOf('"a:Two"')]);
    assert.equal(asked, 2);
  });
});
