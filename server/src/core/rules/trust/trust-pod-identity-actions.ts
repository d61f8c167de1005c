import { defineRule } from '../../lint/rule';
import { neededActionsVisitor } from '../support/serviceTrust';

/** A warning, since an association can be told to pass no session tags. */
export const rule = defineRule({
  meta: {
    id: 'trust-pod-identity-actions',
    category: 'warning',
    summary: 'A role for EKS Pod Identity lacks an action that the service calls',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    sources: ['eks-pod-identity'],
    messages: {
      missing: 'EKS Pod Identity also needs {actions} to assume this role.',
    },
  },
  create: (context) =>
    neededActionsVisitor(context, 'pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']),
});
