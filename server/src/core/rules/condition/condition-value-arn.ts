import { defineRule } from '../../lint/rule';
import { keyFormVisitor } from '../support/idForms';

export const rule = defineRule({
  meta: {
    id: 'condition-value-arn',
    category: 'error',
    summary: 'A condition compares an ARN with something that is not an ARN',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys'],
    messages: {
      wrong: '{key} is an ARN, and never {value}.',
    },
  },
  create: (context) => keyFormVisitor(context, 'arn'),
});
