import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

/** The documents on each type stand at `NAME_FORMS`. */
export const rule = defineRule({
  meta: {
    id: 'arn-resource-name',
    category: 'error',
    summary: 'An ARN has a name that is not valid for its resource type',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['s3-bucket-names', 'ssm-parameter-names', 'service-authorization'],
    messages: {
      empty: 'The ARN ends where the name of {what} belongs: this matches nothing.',
      fault: '{value} cannot be in the name of {what}, which has {has}: this matches nothing.',
      nameless: 'The name of {what} cannot begin with {value}: this matches nothing.',
    },
  },
  create: (context) => arnFaultVisitor('resource-name', context),
});
