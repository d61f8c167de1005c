import { isServicePrincipal } from '../../arn/servicePrincipal';
import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry, PrincipalEntry } from '../../model/policy';
import { listed } from '../../wording';
import { awsPrincipalFault } from '../support/awsPrincipal';
import { identityProviderOf } from '../support/federation';
import { quote } from '../support/quote';

/** AWS STS API reference: each action takes one kind of proof of identity. */
export const rule = defineRule({
  meta: {
    id: 'trust-action-principal',
    category: 'error',
    summary: 'A principal of a trust policy cannot assume the role with the allowed action',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'MISMATCHED_ACTION_FOR_PRINCIPAL',
    sources: ['iam-principal'],
    messages: {
      mismatch: '{action} is for {kind}, which {principals} is not.',
      mismatches: '{action} is for {kind}, which {principals} are not.',
    },
  },
  create: (context) => ({
    action: (entry) => {
      const way = WAYS.get(entry.text.toLowerCase());
      if (way === undefined || entry.element.negated) {
        return;
      }
      const principals = entry.element.statement.principals.flatMap((element) =>
        element.negated ? [] : element.entries,
      );
      const wrong = principals.filter((principal) => {
        const own = wayOf(principal);
        return own !== undefined && own !== way;
      });
      if (wrong.length === 0) {
        return;
      }
      context.report({
        message: wrong.length === 1 ? 'mismatch' : 'mismatches',
        at: entry.node,
        data: {
          action: entry.text,
          kind: way.kind,
          principals: listed(wrong.map(({ text }) => quote(text))),
        },
        fixes: fixesOf(entry, principals),
      });
    },
  }),
});

interface Way {
  readonly action: string;
  readonly kind: string;
}

const ROLE: Way = { action: 'sts:AssumeRole', kind: 'AWS and Service principals' };
const SAML: Way = { action: 'sts:AssumeRoleWithSAML', kind: 'SAML providers' };
const WEB: Way = { action: 'sts:AssumeRoleWithWebIdentity', kind: 'OIDC providers' };

/** By action in lower case. What only tags a session suits all; of wildcards something always fits. */
const WAYS: ReadonlyMap<string, Way> = new Map(
  [ROLE, SAML, WEB].map((way) => [way.action.toLowerCase(), way]),
);

/**
 * How a principal assumes a role; `undefined` for everybody, for unknown principals, and for invalid ones, which other
 * rules report.
 */
function wayOf({ type, text }: PrincipalEntry): Way | undefined {
  if (type?.value === 'Service') {
    return isServicePrincipal(text) ? ROLE : undefined;
  }
  if (type?.value === 'AWS') {
    return text === '*' || awsPrincipalFault(text) !== undefined ? undefined : ROLE;
  }
  const provider = type?.value === 'Federated' ? identityProviderOf(text) : undefined;
  return provider === undefined ? undefined : provider.kind === 'saml' ? SAML : WEB;
}

/** Where all principals are of one kind, the action was mistaken; another entry may have it already. */
function fixesOf({ node, element }: ActionEntry, principals: readonly PrincipalEntry[]): readonly Fix[] {
  const [way, ...others] = new Set(principals.map(wayOf));
  return way === undefined ||
    others.length > 0 ||
    element.entries.some(({ text }) => text.toLowerCase() === way.action.toLowerCase())
    ? []
    : [
        {
          title: `Change to "${way.action}"`,
          kind: 'suggestion',
          edits: () => [replaceString(node, way.action)],
        },
      ];
}
