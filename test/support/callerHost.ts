import type { GatewayHost } from '../../server/src/gateway/host';
import type { AwsKeys } from '../../server/src/gateway/sign';
import { createGatewayHost } from '../../server/src/node/gatewayHost';

/** Node's own host, with the keys of a caller in place of the AWS SDK's chain, and with whatever else is given. */
export function hostOf(
  { accessKeyId, secretAccessKey, sessionToken }: AwsKeys,
  more: Partial<GatewayHost> = {},
): GatewayHost {
  return {
    ...createGatewayHost(),
    credentials: async () => ({
      kind: 'credentials',
      credentials: { keys: { accessKeyId, secretAccessKey, sessionToken }, provenance: 'a test' },
    }),
    ...more,
  };
}
