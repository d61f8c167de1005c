import { defineRule } from '../../lint/rule';
import { meantBy } from '../../locate/elements';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'effect-invalid',
    category: 'error',
    summary: 'An Effect is neither Allow nor Deny',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_EFFECT',
    messages: {
      invalid: 'Effect must be exactly "Allow" or "Deny", and not {text}.',
    },
  },
  create: (context) => ({
    statement: ({ effect }) => {
      if (effect === undefined || EFFECTS.includes(effect.value) || isTemplateText(effect.value)) {
        return;
      }
      context.report({
        message: 'invalid',
        at: effect,
        data: { text: quote(effect.value) },
        fixes: candidates(effect.value).map((text) => replaceStringFix(effect, text)),
      });
    },
  }),
});

/** Case counts; IAM User Guide, "IAM JSON policy elements: Effect". */
const EFFECTS: readonly string[] = ['Allow', 'Deny'];

/** "Denied" is not near enough to be a mistake of "Deny", yet nobody means "Allow" by it. */
function candidates(text: string): readonly string[] {
  const similar = meantBy(text, EFFECTS);
  const alike = EFFECTS.filter((effect) => effect.charAt(0) === text.trim().charAt(0).toUpperCase());
  return similar !== undefined ? [similar] : alike.length > 0 ? alike : EFFECTS;
}
