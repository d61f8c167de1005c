import { API_GATEWAY_POLICY_KEYS } from '../../iamData/overlay/apiGatewayPolicyKeys';
import { defineRule } from '../../lint/rule';
import { API_GATEWAY_REST_API } from '../../locate/policyType';
import { isNull } from '../support/conditions';

/** API Gateway Developer Guide, "AWS condition keys that can be used in API Gateway resource policies". */
export const rule = defineRule({
  meta: {
    id: 'execute-api-policy-key',
    category: 'warning',
    summary: 'API Gateway gives a condition key no value in the resource policy of an API',
    since: '0.1.0',
    appliesTo: ['resource'],
    sources: ['api-gateway-policy-keys'],
    messages: {
      absent: '{key} is not among the keys that API Gateway gives a value in the resource policy of an API.',
    },
  },
  create: (context) => ({
    concerns: ({ kind }) => kind.resourceType === API_GATEWAY_REST_API,
    condition: ({ operator, key }) => {
      const name = key.value.toLowerCase();
      if (
        name.startsWith('aws:') &&
        !isNull(operator) &&
        !API_GATEWAY_POLICY_KEYS.has(name) &&
        !LEFT_OUT.test(name)
      ) {
        context.report({ message: 'absent', at: key, data: { key: key.value } });
      }
    },
  }),
});

/**
 * Tags of the principal are on the list, each under its own name. What describes the resource is left out, since the
 * policy of a VPC endpoint looks the same and can test it; so are the keys of a check that Access Analyzer has.
 */
const LEFT_OUT = /^aws:(principaltag\/|resource|vpce(account|orgid|orgpaths)$)/;
