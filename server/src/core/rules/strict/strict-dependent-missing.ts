import type { Action } from '../../iamData/types';
import { defineRule } from '../../lint/rule';
import type { Policy } from '../../model/policy';
import { compilePattern, hasWildcard, matches } from '../../pattern/pattern';
import { listed } from '../../wording';
import { quote } from '../support/quote';

/**
 * Service Authorization Reference, "Actions table": dependent actions are permissions "that you must have, in addition
 * to permission for the action itself". Off by default: another policy of the same identity may grant them, and some
 * are needed for certain requests only.
 */
export const rule = defineRule({
  meta: {
    id: 'strict-dependent-missing',
    category: 'suggestion',
    summary: 'An action needs dependent actions that the policy does not allow',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['identity'],
    defaultOff: true,
    sources: ['service-authorization'],
    messages: {
      one: '{action} may need {missing} as well, and no statement of this policy allows that.',
      several: '{action} may need {missing} as well, and no statement of this policy allows these.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      const { iamData } = context;
      const isAllowed = allowanceOf(policy);
      for (const { effect, actions } of policy.statements) {
        for (const { negated, entries } of effect?.value === 'Allow' ? actions : []) {
          for (const { node, text } of negated ? [] : entries) {
            const action = hasWildcard(text) ? undefined : iamData?.action(text);
            const missing = action === undefined ? [] : dependentsOf(action).filter((id) => !isAllowed(id));
            if (action !== undefined && missing.length > 0) {
              context.report({
                message: missing.length === 1 ? 'one' : 'several',
                at: node,
                data: { action: quote(text), missing: listed(missing, 'and', MOST_NAMES) },
              });
            }
          }
        }
      }
    },
  }),
});

/** The hover of the action shows them all. */
const MOST_NAMES = 4;

/** What every request of the action needs: of the resources only those count without which there is none. */
function dependentsOf({ dependentActions, resources }: Action): readonly string[] {
  const ofResources = resources.flatMap((resource) => (resource.required ? resource.dependentActions : []));
  return [...new Set([...dependentActions, ...ofResources])];
}

/** Whether a statement allows an action, even if only under conditions or on other resources. */
function allowanceOf({ statements }: Policy): (action: string) => boolean {
  const names = new Set<string>();
  const patterns = new Set<string>();
  const exceptions: (readonly string[])[] = [];
  for (const { effect, actions } of statements) {
    for (const { negated, entries } of effect?.value === 'Allow' ? actions : []) {
      const texts = entries.map(({ text }) => text.toLowerCase());
      if (negated) {
        exceptions.push(texts);
      } else {
        for (const text of texts) {
          (hasWildcard(text) ? patterns : names).add(text);
        }
      }
    }
  }
  const covers = (text: string, action: string): boolean => matches(compilePattern(text), action);
  return (id) => {
    const action = id.toLowerCase();
    return (
      names.has(action) ||
      [...patterns].some((text) => covers(text, action)) ||
      exceptions.some((texts) => !texts.some((text) => covers(text, action)))
    );
  };
}
