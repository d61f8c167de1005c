import { splitArn } from '../../arn/arn';
import { removeValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { PrincipalEntry } from '../../model/policy';

/**
 * IAM User Guide, "AWS JSON policy elements: Principal": a role stands for all its sessions. The session is not always
 * redundant: what a policy grants to a session of the same account is not held back by the role's permissions boundary
 * or a session policy that merely does not allow it, and what it grants to the role is; "Policy evaluation logic".
 */
export const rule = defineRule({
  meta: {
    id: 'trust-session-redundant',
    category: 'suggestion',
    summary: 'A role session is trusted in addition to its role',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY',
    sources: ['iam-principal'],
    messages: {
      redundant: 'The role {role}, which is trusted too, includes all its sessions.',
    },
  },
  create: (context) => ({
    principalElement: ({ entries, negated }) => {
      if (negated || entries.length < 2) {
        return;
      }
      const roles = new Set(entries.flatMap((entry) => nameOf(entry, ROLE) ?? []));
      for (const entry of roles.size === 0 ? [] : entries) {
        const role = nameOf(entry, SESSION);
        if (role !== undefined && roles.has(role)) {
          context.report({
            message: 'redundant',
            at: entry.node,
            data: { role: role.slice(role.indexOf('/') + 1) },
            fixes: [
              {
                title: 'Remove the session',
                kind: 'suggestion',
                edits: () => removeValue(entry.node),
              },
            ],
          });
        }
      }
    },
  }),
});

/** A role's path is not in the ARNs of its sessions. */
const ROLE = /^role\/(?:.*\/)?([^/]+)$/s;
const SESSION = /^assumed-role\/([^/]+)\/[^/]+$/s;

/** Account and name of the role that an ARN speaks of. AWS's page has sessions under iam as well as sts. */
function nameOf({ type, text }: PrincipalEntry, form: RegExp): string | undefined {
  const { partition, service, account, resource } = splitArn(text);
  const name = form.exec(resource?.text ?? '')?.[1];
  return type?.value === 'AWS' && name !== undefined && /^(iam|sts)$/.test(service?.text ?? '')
    ? `${partition?.text}:${account?.text}/${name}`
    : undefined;
}
