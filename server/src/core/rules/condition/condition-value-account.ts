import { defineRule } from '../../lint/rule';
import { keyFormVisitor } from '../support/idForms';

export const rule = defineRule({
  meta: {
    id: 'condition-value-account',
    category: 'error',
    summary: 'A condition compares an account with something that is not an account ID',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys'],
    messages: {
      wrong: '{key} is a twelve-digit account ID, and never {value}.',
    },
  },
  create: (context) => keyFormVisitor(context, 'account'),
});
