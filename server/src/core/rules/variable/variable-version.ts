import { insertMemberBefore, replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Policy, PolicyTraits } from '../../model/policy';
import { memberOf } from '../../syntax/nodes';
import { isPolicyVariable, mayHoldVariables, variableVisitor } from '../support/policyVariables';

/** IAM User Guide, "IAM JSON policy elements: Version". */
export const rule = defineRule({
  meta: {
    id: 'variable-version',
    category: 'error',
    summary: 'A variable is used in a policy whose version does not support variables',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'VARIABLE_UNSUPPORTED_IN_VERSION',
    messages: {
      literal: '{variable} is plain text in a policy of version 2008-10-17; 2012-10-17 supports variables.',
    },
  },
  create: (context) => {
    const visitor = variableVisitor((node, variables) => {
      const variable = variables.find(
        (found) => found.closed && (isEscape(found.name) || isPolicyVariable(found, context.iamData)),
      );
      if (variable !== undefined) {
        const { from, to } = variable;
        context.report({
          message: 'literal',
          at: { node, from, to },
          data: { variable: node.value.slice(from, to) },
          fixes: versionFix(context.policy),
        });
      }
    });
    return { ...visitor, concerns: (policy) => isReadAsOld(policy) && mayHoldVariables(policy) };
  },
});

/** Whether the version is the old one in so many words, or missing: any other is a mistake of its own. */
function isReadAsOld({ node, version: read }: Policy): boolean {
  if (read === '2012-10-17') {
    return false;
  }
  const version = memberOf(node, 'Version');
  return version === undefined
    ? node.closed
    : version.value?.kind === 'string' && version.value.value === '2008-10-17';
}

/** `${*}`, `${?}` and `${$}` stand for the character. */
function isEscape(name: string): boolean {
  return name === '*' || name === '?' || name === '$';
}

function versionFix({ node }: PolicyTraits): readonly Fix[] {
  const value = memberOf(node, 'Version')?.value;
  const [first] = node.members;
  const title = 'Change the Version to "2012-10-17"';
  if (value?.kind === 'string') {
    return [{ title, kind: 'suggestion', edits: () => [replaceString(value, '2012-10-17')] }];
  }
  return first === undefined
    ? []
    : [{ title, kind: 'suggestion', edits: () => [insertMemberBefore(first, 'Version', '2012-10-17')] }];
}
