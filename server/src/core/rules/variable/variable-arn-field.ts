import { splitArn } from '../../arn/arn';
import { replaceValueSlice } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { own } from '../../own';
import { isPolicyVariable, mayHoldVariables, variablesOf } from '../support/policyVariables';

/** IAM User Guide, "IAM policy elements: Variables and tags": only after the fifth colon of an ARN. */
export const rule = defineRule({
  meta: {
    id: 'variable-arn-field',
    category: 'warning',
    summary: 'A variable before the fifth colon of an ARN is not replaced, according to the documentation',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    sources: ['iam-variables'],
    messages: {
      field:
        'AWS documents that variables are replaced only after the fifth colon of an ARN; {variable} is in its {field}.',
    },
  },
  create: (context) => ({
    concerns: mayHoldVariables,
    resource: ({ node, text }) => {
      if (!text.includes('${') || !text.startsWith('arn:')) {
        return;
      }
      const fields = splitArn(text);
      for (const field of fields.resource === undefined ? [] : FIELDS) {
        const slice = fields[field];
        const variable =
          slice && variablesOf(slice.text).find((found) => isPolicyVariable(found, context.iamData));
        if (slice !== undefined && variable !== undefined) {
          const from = slice.from + variable.from;
          const to = slice.from + variable.to;
          context.report({
            message: 'field',
            at: { node, from, to },
            data: { field: own(FIELD_NAMES, field) ?? field, variable: text.slice(from, to) },
            fixes: WIDENED.has(field)
              ? [
                  {
                    title: 'Change to *, which matches every one',
                    kind: 'suggestion',
                    edits: () => [replaceValueSlice(node, from, to, '*')],
                  },
                ]
              : [],
          });
        }
      }
    },
  }),
});

/** Those in front of the resource. */
const FIELDS = ['partition', 'service', 'region', 'account'] as const;

const FIELD_NAMES: Readonly<Record<string, string>> = { region: 'Region' };

/** Fields in which a wildcard is usual; what it additionally matches, a condition can exclude. */
const WIDENED: ReadonlySet<string> = new Set(['region', 'account']);
