import { defineRule } from '../../lint/rule';

export const rule = defineRule({
  meta: {
    id: 's3-prefix-negative',
    category: 'security',
    summary:
      'A condition on s3:prefix blocks some prefixes, but a listing with a shorter prefix shows their keys',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp', 'rcp'],
    accessAnalyzer: 'S3_PREFIX_IN_NEGATIVE_CONTEXT',
    messages: {
      deny: 'Deny with {operator} blocks these prefixes only: a listing with a shorter one, or none, shows the same keys.',
      allow:
        'Allow with {operator} leaves out these prefixes only: a listing with a shorter one, or none, shows the same keys.',
      empty: '{effect} with {operator} and "" only applies to a listing with an empty prefix.',
    },
  },
  create: (context) => ({
    ifCondition: ({ key }) => key.toLowerCase() === 's3:prefix',
    condition: ({ member, operator, statement, values }) => {
      const negated = /^StringNot(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator.base);
      const positive = /^String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator.base);
      const isPattern = operator.traits?.wildcards === true && values.length > 0;
      const effect = statement.effect?.value;
      // A lone star asks whether there is a prefix at all.
      const asksForPresence = isPattern && values.every(({ text }) => text === '*');
      if (((effect === 'Deny' && positive) || (effect === 'Allow' && negated)) && !asksForPresence) {
        const isRoot = values.every(({ text }) => text === '');
        context.report({
          message: isRoot ? 'empty' : effect === 'Deny' ? 'deny' : 'allow',
          at: member,
          data: { operator: operator.node.value, effect },
        });
      }
    },
  }),
});
