import { defineRule } from '../../lint/rule';

export const rule = defineRule({
  meta: {
    id: 'strict-allow-not-resource',
    category: 'security',
    summary: 'Allow with NotResource covers every resource that is not listed, including future ones',
    since: '0.1.0',
    defaultOff: true,
    sources: ['iam-not-resource'],
    messages: {
      open: 'Allow with NotResource covers every resource but these, including future ones.',
    },
  },
  create: (context) => ({
    resourceElement: ({ member, negated, statement }) => {
      if (negated && statement.effect?.value === 'Allow') {
        context.report({ message: 'open', at: member });
      }
    },
  }),
});
