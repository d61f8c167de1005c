import { defineRule } from '../../lint/rule';
import { keyFormVisitor } from '../support/idForms';

export const rule = defineRule({
  meta: {
    id: 'condition-value-account',
    category: 'error',
    summary: 'A condition compares an account with something else',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys'],
    messages: {
      wrong: '{key} is the twelve digits of an account, and never {value}.',
    },
  },
  create: (context) => keyFormVisitor(context, 'account'),
});
