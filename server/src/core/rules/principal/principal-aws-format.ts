import { defineRule } from '../../lint/rule';
import { awsPrincipalFault } from '../support/awsPrincipal';
import { PRINCIPAL_MESSAGES, principalReport } from '../support/principalFaults';

export const rule = defineRule({
  meta: {
    id: 'principal-aws-format',
    category: 'error',
    summary: 'An AWS principal is malformed',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    sources: ['iam-principal', 'iam-identifiers', 'iam-quotas'],
    messages: {
      ...PRINCIPAL_MESSAGES,
      empty: 'An AWS principal is empty, which names nobody.',
      foreign:
        'An ARN of {part} is not a principal: accounts, roles, users and sessions have ARNs of iam and sts.',
      format:
        '{part} names nobody: an AWS principal is "*", an account ID, or the ARN of an account, role, user or session.',
      kind: '{part} is {what}, which cannot be a principal.',
      name: 'No role, user or session is called {part}: names have up to 64 letters, digits and +=,.@_-.',
      nameless: 'The principal {text} lacks the name of the {kind}.',
      service: 'In the ARN of a principal {kind} belongs to {home}, not to {part}.',
      session: '{part} names no session: write assumed-role/role/session, without the path of the role.',
      type: '{part} is not an AWS principal: it goes under {type}.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      const fault = type?.value === 'AWS' ? awsPrincipalFault(text) : undefined;
      if (fault !== undefined) {
        context.report(principalReport(node, fault));
      }
    },
  }),
});
