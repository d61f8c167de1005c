import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { awsPrincipalFault, type PrincipalFault } from '../support/awsPrincipal';
import { removeEntryFix } from '../support/forbiddenMember';
import { changeTypeFix } from '../support/principalType';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'principal-aws-format',
    category: 'error',
    summary: 'An AWS principal is nothing that can be one',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    sources: ['iam-principal', 'iam-identifiers', 'iam-quotas'],
    messages: {
      account: '{part} is no account id, which has twelve digits: the principal names nobody.',
      accountless: 'The principal {text} lacks its account.',
      blank: 'A blank stands at the {end} of the principal {text}, which therefore names nobody.',
      case: '{part} is written {meant} in the ARN of a principal.',
      empty: 'An AWS principal is empty, which names nobody.',
      fields: 'The principal {text} has too few fields: it is arn:partition:service::account:resource.',
      foreign:
        'An ARN of {part} is no principal: accounts, roles, users and sessions have ARNs of iam and sts.',
      format:
        '{part} names nobody: an AWS principal is "*", an account id, or the ARN of an account, role, user or session.',
      kind: '{part} is {what}, which cannot be a principal.',
      name: 'No role, user or session is called {part}: names have up to 64 letters, digits and +=,.@_-.',
      nameless: 'The principal {text} lacks the name of the {kind}.',
      partition: '{part} is not a partition of AWS: the principal names nobody.',
      region: 'The ARN of a principal has no Region, and {part} stands in its place.',
      service: 'In the ARN of a principal {kind} belongs to {home}, not to {part}.',
      session: '{part} names no session: it is assumed-role/role/session, without the path of the role.',
      several: 'The principal {text} is several in one string: make it a list.',
      type: '{part} is no AWS principal: it goes under {type}.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      const fault = type?.value === 'AWS' ? awsPrincipalFault(text) : undefined;
      if (fault !== undefined) {
        const part = text.slice(fault.from, fault.to) || text;
        context.report({
          message: fault.kind,
          at: part === text ? node : { node, from: fault.from, to: fault.to },
          data: { ...fault.data, part: quote(part), text: quote(text) },
          fixes: fixesOf(node, fault),
        });
      }
    },
  }),
});

function fixesOf(node: StringNode, { data, repairs }: PrincipalFault): readonly Fix[] {
  return [
    ...repairs.map(
      ({ title, from, to, text }): Fix => ({
        title,
        kind: 'suggestion',
        edits: () => [replaceValueSlice(node, from, to, text)],
      }),
    ),
    ...(data.type === undefined ? [] : changeTypeFix(node, data.type)),
    ...removeEntryFix(node),
  ];
}
