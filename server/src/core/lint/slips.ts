import { executeApiSlips, type SlipContext } from '../arn/slips/executeApiSlips';
import type { Slip } from '../arn/slips/slip';
import { API_GATEWAY_REST_API, type PolicyKind } from '../locate/policyType';
import type { ResourceEntry } from '../model/policy';

/** Entries are immutable, so what was found about one stays true as long as it lives. */
const slipsByEntry = new WeakMap<ResourceEntry, readonly Slip[]>();

/** The execute-api slips of a resource, worked out once however often they are asked for. */
export function slipsOf(entry: ResourceEntry): readonly Slip[] {
  let slips = slipsByEntry.get(entry);
  if (slips === undefined) {
    slips = executeApiSlips(entry.text, slipContext(entry.element.statement.policy.kind));
    slipsByEntry.set(entry, slips);
  }
  return slips;
}

/**
 * Only the resource policy of a REST API is expanded by API Gateway when it is saved. A resource policy whose kind of
 * resource is unknown may be one.
 */
function slipContext(kind: PolicyKind): SlipContext {
  const isOfApi =
    kind.type === 'resource' &&
    (kind.resourceType === undefined || kind.resourceType === API_GATEWAY_REST_API);
  return {
    shorthand: isOfApi ? 'expanded' : 'refused',
    shortArn: kind.type === 'resource' || kind.type === 'session' ? 'refused' : 'padded',
  };
}
