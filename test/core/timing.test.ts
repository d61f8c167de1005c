import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { createLanguageService } from '../../server/src/core/index';
import { type LintResult, lint } from '../../server/src/core/lint/lint';
import { type AnyRule, defineRule, type RuleContext, type Visitor } from '../../server/src/core/lint/rule';

const TEXT = `[
  { "Statement": [{ "Effect": "Allow", "Action": ["a:One", "a:Two"], "Resource": "*" }] },
  { "Statement": [{ "Effect": "Deny", "Action": "a:Three", "Resource": "*" }] }
]`;

/** A clock that stands still but for what is spent on it. */
function createClock() {
  let time = 0;
  return {
    now: () => time,
    spend: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

function ruleOf(id: string, create: (context: RuleContext<'found'>) => Visitor, defaultOff?: true): AnyRule {
  return defineRule<'found'>({
    meta: {
      id,
      category: 'warning',
      summary: 'A rule',
      since: '0.1.0',
      messages: { found: 'Found' },
      ...(defaultOff && { defaultOff }),
    },
    create,
  }) as AnyRule;
}

function run(rules: readonly AnyRule[], now?: () => number): LintResult {
  const { policies } = openDocument({ text: TEXT, language: 'json' });
  return lint({ policies, rules, settings: [], iamData: undefined, text: TEXT, now });
}

describe('the cost of a rule', () => {
  it('is its own time, summed over policies', () => {
    const { now, spend } = createClock();
    const busy = ruleOf('busy', ({ report }) => {
      return {
        statement: () => spend(10),
        action: ({ node }) => {
          spend(1);
          report({ message: 'found', at: node });
        },
      };
    });
    const idle = ruleOf('idle', () => ({}));
    const { costs } = run([busy, idle], now);
    assert.deepEqual(costs, [
      { rule: 'busy', calls: 2 + 3, milliseconds: 2 * 10 + 3 * 1, findings: 3 },
      { rule: 'idle', calls: 0, milliseconds: 0, findings: 0 },
    ]);
  });

  it('is known of a rule that throws, up to there', () => {
    const { now, spend } = createClock();
    const thrower = ruleOf('thrower', () => ({
      action: () => {
        spend(7);
        throw new Error('no more');
      },
    }));
    const { costs, failures } = run([thrower], now);
    // It stops after its first action in each policy.
    assert.deepEqual(costs, [{ rule: 'thrower', calls: 2, milliseconds: 14, findings: 0 }]);
    assert.equal(failures.length, 2);
  });

  it('is told of no rule that is off', () => {
    const { now } = createClock();
    const off = ruleOf('off', () => ({}), true);
    assert.deepEqual(run([off], now).costs, []);
  });

  it('changes no finding, and is left out where there is no clock', () => {
    const finder = ruleOf('finder', (context) => ({
      action: ({ node }) => {
        if (context.policy.version === '2008-10-17') {
          context.report({ message: 'found', at: node });
        }
      },
    }));
    const { costs, ...timed } = run([finder], createClock().now);
    assert.ok(costs);
    assert.deepEqual(run([finder]), timed);
  });

  it('comes through the facade', () => {
    const { now, spend } = createClock();
    const rule = ruleOf('rule', () => ({ policy: () => spend(3) }));
    const service = createLanguageService({ iamData: undefined, rules: [rule] });
    const { costs } = service.lint(service.open({ text: TEXT, language: 'json' }), { now });
    assert.deepEqual(costs, [{ rule: 'rule', calls: 2, milliseconds: 6, findings: 0 }]);
  });
});
