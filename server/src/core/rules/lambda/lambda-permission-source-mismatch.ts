import { splitArn } from '../../arn/arn';
import { EVENT_SOURCE_SERVICES } from '../../iamData/overlay/lambdaEventSources';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { isNegative } from '../support/conditions';
import { quote } from '../support/quote';

/** AWS Lambda API reference, "AddPermission": SourceArn is the resource on whose behalf the service calls. */
export const rule = defineRule({
  meta: {
    id: 'lambda-permission-source-mismatch',
    category: 'warning',
    summary: 'The source of a Lambda permission is not a resource of the service that calls',
    since: '0.1.0',
    appliesTo: ['resource'],
    sources: ['lambda-resource-policies', 'api-gateway-arns'],
    messages: {
      mismatch: '{principal} calls on behalf of {expected} resources, so this {service} ARN never matches.',
    },
  },
  create: (context) => ({
    condition: ({ key, operator, values, statement }) => {
      if (key.value.toLowerCase() !== 'aws:sourcearn' || isNegative(operator)) {
        return;
      }
      const caller = callerOf(statement);
      if (caller === undefined) {
        return;
      }
      for (const { node, text } of values) {
        const { prefix, service } = splitArn(text);
        if (
          node.kind === 'string' &&
          prefix.text === 'arn' &&
          service !== undefined &&
          /^[a-z0-9-]+$/.test(service.text) &&
          service.text !== caller.source
        ) {
          context.report({
            message: 'mismatch',
            at: { node, from: service.from, to: service.to },
            data: { principal: caller.principal, expected: caller.source, service: quote(service.text) },
          });
        }
      }
    },
  }),
});

/** The one service that a statement allows to invoke a function; with several, any may be meant. */
function callerOf({
  actions,
  principals,
}: Statement): { readonly principal: string; readonly source: string } | undefined {
  const isForLambda =
    actions.length > 0 &&
    actions.every(
      (element) =>
        !element.negated && element.entries.every((action) => action.service?.toLowerCase() === 'lambda'),
    );
  if (!isForLambda) {
    return undefined;
  }
  const [entry, ...others] = principals.flatMap((element) => (element.negated ? [] : element.entries));
  const source = EVENT_SOURCE_SERVICES.get(entry?.text ?? '');
  return entry?.type?.value === 'Service' && others.length === 0 && source !== undefined
    ? { principal: entry.text, source }
    : undefined;
}
