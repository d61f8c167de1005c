import { isExecuteApiMeant, valueFor } from '../../arn/mistakes/executeApiMistakes';
import type { Placeholder } from '../../arn/placeholders';
import type { PlaceRole } from '../../arn/placeholderWords';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { spanOfValue } from '../../syntax/stringSpans';
import {
  type PlaceholderText,
  placeholdersBesideActions,
  placeholdersInAction,
  placeholderTexts,
} from '../support/placeholders';
import { quote } from '../support/quote';

/**
 * Text that documentation, or the author of a template, left to be filled in by hand. AWS refuses it, or compares it as
 * it stands, so that it matches nothing.
 */
export const rule = defineRule({
  meta: {
    id: 'placeholder',
    category: 'error',
    summary: 'A placeholder was not replaced',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-identifiers', 'iam-principal', 'api-gateway-arns'],
    codes: { account: 'INVALID_ARN_ACCOUNT', partition: 'INVALID_PARTITION', region: 'INVALID_ARN_REGION' },
    messages: {
      account: '"{value}" is a placeholder: write the account ID here.',
      partition: '"{value}" is a placeholder: write the partition here.',
      region: '"{value}" is a placeholder: write the Region here.',
      mistake: '"{value}" is a placeholder: write the {what} here.',
    },
  },
  create: (context) => {
    const report = (texts: readonly PlaceholderText[]): void => {
      for (const { node, placeholders, isResource } of texts) {
        for (const placeholder of placeholders) {
          const { from, to, role, text } = placeholder;
          context.report({
            message: isResource && isHeaderRole(role) ? role : 'mistake',
            at: { node, from, to },
            data: { value: quote(text).slice(1, -1), what: valueFor(role).what },
            fixes: isResource && isExecuteApiMeant(node.value) ? fixesOf(node, placeholder) : [],
          });
        }
      }
    };
    return {
      statement: (statement) => report(placeholdersBesideActions(statement)),
      actionText: (entry) => report(placeholdersInAction(entry)),
    };
  },
  owns: (statement) =>
    placeholderTexts(statement).flatMap(({ node, placeholders }) =>
      placeholders.map(({ from, to }) => spanOfValue(node, from, to)),
    ),
});

/** Every value, which is what testing needs; the placeholder's one honest answer is the author's. */
function fixesOf(node: StringNode, { from, to, role }: Placeholder): readonly Fix[] {
  const { stand } = valueFor(role);
  return stand === undefined
    ? []
    : [
        {
          title: stand.title,
          kind: 'suggestion',
          edits: () => [replaceValueSlice(node, from, to, stand.text)],
        },
      ];
}

/** Access Analyzer checks these fields of the ARNs of resources. */
function isHeaderRole(role: PlaceRole): role is 'account' | 'partition' | 'region' {
  return role === 'account' || role === 'partition' || role === 'region';
}
