import { defineRule } from '../../lint/rule';
import { variableVisitor } from '../support/policyVariables';
import { quote } from '../support/quote';

/** Access Analyzer had this check until 2022. Its page never said which symbols are meant. */
export const rule = defineRule({
  meta: {
    id: 'variable-symbol',
    category: 'error',
    severity: 'warning',
    summary: 'The name of a variable has a character that condition keys cannot have',
    since: '0.1.0',
    defaultOff: true,
    accessAnalyzer: 'UNSUPPORTED_SYMBOL_IN_VARIABLE',
    withdrawn: true,
    sources: ['iam-variables'],
    messages: {
      symbol: 'The name of a variable cannot have {symbol}.',
    },
  },
  create: (context) =>
    variableVisitor((node, variables) => {
      for (const { from, name } of variables) {
        const found = ESCAPE.test(name) ? null : SYMBOL.exec(name.split('/', 1)[0] ?? '');
        if (found !== null && context.policy.version === '2012-10-17') {
          const at = from + 2 + found.index;
          context.report({
            message: 'symbol',
            at: { node, from: at, to: at + found[0].length },
            data: { symbol: quote(found[0]) },
          });
        }
      }
    }),
});

/** The keys of tags, behind a slash, may have nearly any character. */
const SYMBOL = /[^\w:.\s-]+/;
const ESCAPE = /^[*?$]$/;
