import type { IamData } from '../../iamData/iamData';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';

export const rule = defineRule({
  meta: {
    id: 'strict-resource-star',
    category: 'security',
    summary: 'Allow on "*", although an action could be limited to certain resources',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['identity', 'session'],
    defaultOff: true,
    sources: ['service-authorization'],
    messages: {
      one: '{action} could be limited to certain resources, but "*" is all of them.',
      several: '{action} and {count} more could be limited to certain resources, but "*" is all of them.',
    },
  },
  create: (context) => ({
    resource: ({ node, text, element }) => {
      const { statement, negated } = element;
      const { iamData } = context;
      if (text !== '*' || negated || statement.effect?.value !== 'Allow' || iamData === undefined) {
        return;
      }
      const [first, ...more] = limitable(statement, iamData);
      if (first !== undefined) {
        context.report({
          message: more.length === 0 ? 'one' : 'several',
          at: node,
          data: { action: first, count: more.length },
        });
      }
    },
  }),
});

/** The action entries of a statement that cover an action with resource types. */
function limitable({ actions }: Statement, iamData: IamData): readonly string[] {
  return actions
    .filter(({ negated }) => !negated)
    .flatMap(({ entries }) => entries)
    .filter(({ text }) => iamData.expandActions(text).some(({ resources }) => resources.length > 0))
    .map(({ text }) => text);
}
