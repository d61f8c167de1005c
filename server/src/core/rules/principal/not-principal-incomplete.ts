import { splitArn } from '../../arn/arn';
import { appendItem, wrapInArray } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { PrincipalElement, PrincipalEntry } from '../../model/policy';
import { listed } from '../../wording';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/**
 * IAM User Guide, "AWS JSON policy elements: NotPrincipal": beside a role or user its account has to be listed, and beside a
 * role its session, since the Deny is about each of the principals that a request has.
 */
export const rule = defineRule({
  meta: {
    id: 'not-principal-incomplete',
    category: 'warning',
    summary: 'A Deny exempts a role or user without its account, or a role without its session',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint'],
    fixable: 'suggestion',
    sources: ['iam-not-principal'],
    messages: {
      incomplete:
        'This Deny can still apply to {principal}: list {missing} as well, or test aws:PrincipalArn.',
    },
  },
  create: (context) => ({
    principalElement: (element) => {
      const { negated, entries, statement } = element;
      // Of what a template fills in nobody knows whom it names.
      if (
        !negated ||
        statement.effect?.value !== 'Deny' ||
        !isWhole(element) ||
        entries.some(({ text }) => isTemplateText(text))
      ) {
        return;
      }
      for (const entry of entries) {
        const missing = missingBeside(entry, entries);
        if (missing.length > 0) {
          context.report({
            message: 'incomplete',
            at: entry.node,
            data: { principal: quote(entry.text), missing: listed(missing.map(({ name }) => name)) },
            fixes: fixesOf(
              entry,
              missing.flatMap(({ arn }) => arn ?? []),
            ),
          });
        }
      }
    },
  }),
});

/** Whether all entries can be seen. */
function isWhole({ member: { value }, entries }: PrincipalElement): boolean {
  const lists = value?.kind === 'object' ? value.members.map((member) => member.value) : [];
  const count = lists.reduce((sum, list) => sum + (list?.kind === 'array' ? list.items.length : 1), 0);
  return count === entries.length;
}

interface Missing {
  /** As the message calls it. */
  readonly name: string;
  /** Where there is only one that it can be. */
  readonly arn?: string;
}

function missingBeside(entry: PrincipalEntry, all: readonly PrincipalEntry[]): readonly Missing[] {
  const { partition, service, account, resource } = splitArn(entry.text);
  const [, kind, name] = /^(role|user)\/(?:.*\/)?([^/]+)$/s.exec(resource?.text ?? '') ?? [];
  if (
    entry.type?.value !== 'AWS' ||
    service?.text !== 'iam' ||
    !/^\d{12}$/.test(account?.text ?? '') ||
    name === undefined
  ) {
    return [];
  }
  const root = `arn:${partition?.text}:iam::${account?.text}:root`;
  const sessions = `arn:${partition?.text}:sts::${account?.text}:assumed-role/${name}/`;
  const missing: Missing[] = [];
  if (!all.some(({ text }) => text === root || text === account?.text)) {
    missing.push({ name: root, arn: root });
  }
  if (kind === 'role' && !all.some(({ text }) => text.startsWith(sessions))) {
    missing.push({ name: `${sessions}NAME` });
  }
  return missing;
}

function fixesOf({ node }: PrincipalEntry, arns: readonly string[]): readonly Fix[] {
  const { parent } = node;
  return arns.length === 0
    ? []
    : [
        {
          title: 'List the account too',
          kind: 'suggestion',
          edits: () =>
            parent?.kind === 'array' ? arns.map((arn) => appendItem(parent, arn)) : wrapInArray(node, arns),
        },
      ];
}
