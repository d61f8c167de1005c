import { defineRule } from '../../lint/rule';
import { keyFormVisitor } from '../support/idForms';

export const rule = defineRule({
  meta: {
    id: 'condition-value-organization-path',
    category: 'error',
    summary: 'A condition compares an organization path with something that is not one',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys', 'organizations-ids'],
    messages: {
      wrong:
        '{key} is a path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/, with a slash at its end, and never {value}.',
    },
  },
  create: (context) => keyFormVisitor(context, 'organization-path'),
});
