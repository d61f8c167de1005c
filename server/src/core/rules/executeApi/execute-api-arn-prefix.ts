import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-arn-prefix',
    category: 'error',
    summary: 'An ARN begins with arn',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-arns'],
    codes: { mistake: 'INVALID_ARN_PREFIX', missing: 'INVALID_ARN_PREFIX' },
    messages: {
      mistake: '"{value}" is not how an ARN begins: write "arn" in lower case.',
      missing: 'The ARN lacks its beginning: "arn:" comes before the partition "{value}".',
    },
  },
  create: (context) => mistakeVisitor('arn-prefix', context),
});
