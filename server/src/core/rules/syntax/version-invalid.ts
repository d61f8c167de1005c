import { defineRule } from '../../lint/rule';
import { memberOf } from '../../syntax/nodes';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'version-invalid',
    category: 'error',
    summary: 'The Version is not a version of the policy language',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_VERSION',
    messages: {
      unknown: '{text} is not a version of the policy language: there are 2012-10-17 and 2008-10-17.',
      old: 'AWS Organizations accepts only policies of Version 2012-10-17, not {text}.',
    },
  },
  create: (context) => ({
    policy: ({ node, kind }) => {
      const version = memberOf(node, 'Version')?.value;
      if (version?.kind !== 'string' || version.value === CURRENT || isTemplateText(version.value)) {
        return;
      }
      const isOfOrganization = kind.type === 'scp' || kind.type === 'rcp';
      if (version.value !== OLD || isOfOrganization) {
        context.report({
          message: version.value === OLD ? 'old' : 'unknown',
          at: version,
          data: { text: quote(version.value) },
          fixes: [replaceStringFix(version, CURRENT)],
        });
      }
    },
  }),
});

/** IAM User Guide, "IAM JSON policy elements: Version"; AWS Organizations User Guide, "SCP syntax". */
const CURRENT = '2012-10-17';
const OLD = '2008-10-17';
