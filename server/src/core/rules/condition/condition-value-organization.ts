import { defineRule } from '../../lint/rule';
import { keyFormVisitor } from '../support/idForms';

export const rule = defineRule({
  meta: {
    id: 'condition-value-organization',
    category: 'error',
    summary: 'A condition compares an organization with something other than its ID',
    since: '0.1.0',
    sources: ['iam-condition-keys', 'organizations-ids'],
    messages: {
      wrong: '{key} is the ID of an organization, as in o-a1b2c3d4e5, and never {value}.',
    },
  },
  create: (context) => keyFormVisitor(context, 'organization'),
});
