import { defineRule } from '../../lint/rule';
import { isContradictory } from '../support/elements';
import { mayBeAbsent } from '../support/known';

/** IAM User Guide, "AWS JSON policy elements: NotPrincipal". */
export const rule = defineRule({
  meta: {
    id: 'not-principal-allow',
    category: 'security',
    summary: 'A statement allows everybody except those in NotPrincipal',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint'],
    accessAnalyzer: 'ALLOW_WITH_NOT_PRINCIPAL',
    sources: ['iam-not-principal'],
    messages: {
      everybody: 'Allow with NotPrincipal allows everybody else, including anonymous callers.',
    },
  },
  create: (context) => ({
    principalElement: ({ member, negated, statement }) => {
      if (
        negated &&
        !mayBeAbsent(member) &&
        statement.effect?.value === 'Allow' &&
        !isContradictory(statement.principals)
      ) {
        context.report({ message: 'everybody', at: member });
      }
    },
  }),
});
