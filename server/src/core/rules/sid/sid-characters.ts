import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { StringNode } from '../../syntax/nodes';
import { sidGiver } from '../support/freeSid';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { sidOf } from '../support/statements';

/**
 * IAM User Guide, "IAM JSON policy elements: Sid". Services with policies of their own may allow more: the default
 * policy of an SNS topic has underscores, so nothing is said about resource-based policies.
 */
export const rule = defineRule({
  meta: {
    id: 'sid-characters',
    category: 'error',
    summary: 'A Sid has characters other than letters and digits',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'trust', 'scp'],
    fixable: 'safe',
    accessAnalyzer: 'UNSUPPORTED_SID',
    messages: {
      unsupported: 'A Sid can only have letters A to Z and digits, not {text}.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      const freeSid = sidGiver(policy);
      for (const statement of policy.statements) {
        const found = UNSUPPORTED.exec(sidOf(statement) ?? '');
        const sid = found === null ? undefined : statement.sid;
        if (sid !== undefined && found !== null && !isTemplateText(sid.value)) {
          context.report({
            message: 'unsupported',
            at: { node: sid, from: found.index, to: found.index + found[0].length },
            data: { text: quote(found[0]) },
            fixes: fixesOf(sid, freeSid),
          });
        }
      }
    },
  }),
});

const UNSUPPORTED = /[^A-Za-z0-9]+/;

/**
 * A Sid decides nothing, so what it is called is free. Words keep apart by their capitals, and letters lose their
 * accents.
 */
function fixesOf(sid: StringNode, freeSid: (wanted: string) => string): readonly Fix[] {
  const plain = sid.value.normalize('NFD').replaceAll(/\p{Mark}/gu, '');
  const words = plain.split(UNSUPPORTED).filter((word) => word !== '');
  if (words.length === 0) {
    return [];
  }
  const wanted = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const free = freeSid(wanted);
  return [{ title: `Change to "${free}"`, kind: 'safe', edits: () => [replaceString(sid, free)] }];
}
