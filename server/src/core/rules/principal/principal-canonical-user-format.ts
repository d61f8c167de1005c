import { defineRule } from '../../lint/rule';
import { removeEntryFix } from '../support/forbiddenMember';
import { isTemplateText } from '../support/known';
import { changeTypeFix, principalTypeOf } from '../support/principalType';
import { quote } from '../support/quote';

/**
 * Canonical user ids are long hexadecimal numbers: 64 digits for accounts, 96 for CloudFront's origin access identities.
 * AWS does not promise the length, so that only what cannot be such a number is reported.
 */
export const rule = defineRule({
  meta: {
    id: 'principal-canonical-user-format',
    category: 'error',
    summary: 'A canonical user ID is malformed',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    sources: ['s3-principals'],
    messages: {
      form: '{text} is not a canonical user ID, which has 64 hexadecimal digits.',
      type: '{text} is not a canonical user ID: it goes under {type}.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      // A wildcard is the concern of principal-wildcard.
      if (type?.value !== 'CanonicalUser' || ID.test(text) || OPEN.test(text) || isTemplateText(text)) {
        return;
      }
      const meant = principalTypeOf(text);
      context.report({
        message: meant === undefined ? 'form' : 'type',
        at: node,
        data: { text: quote(text), type: meant ?? '' },
        fixes: [...(meant === undefined ? [] : changeTypeFix(node, meant)), ...removeEntryFix(node)],
      });
    },
  }),
});

/** Letters beyond F stand in the examples of AWS's pages. */
const ID = /^[0-9a-z]{40,}$/i;

/** Wildcards and placeholders. */
const OPEN = /[*?<>[\]{}$%]/;
