import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-secret-suffix',
    category: 'warning',
    summary: 'The ARN of a secret lacks the six characters that end it',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-secrets'],
    messages: {
      fault:
        'The ARN of a secret ends with a hyphen and six characters from Secrets Manager: {value} is incomplete.',
    },
  },
  create: (context) =>
    arnFaultVisitor('secret-suffix', context, (_, { element }) =>
      isOnlyCreated(element.statement) ? undefined : 'fault',
    ),
});

/** A secret that is only now made has no such characters yet. */
function isOnlyCreated({ actions }: Statement): boolean {
  return actions.every(
    ({ negated, entries }) =>
      !negated && entries.every(({ text }) => text.toLowerCase() === 'secretsmanager:createsecret'),
  );
}
