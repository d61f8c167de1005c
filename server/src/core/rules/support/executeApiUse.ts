import { type ExecuteApiArn, isExecuteApiArn, readExecuteApiArn } from '../../arn/executeApi';
import { executeApiSlips, type SlipContext } from '../../arn/slips/executeApiSlips';
import type { Slip } from '../../arn/slips/slip';
import { API_GATEWAY_REST_API, type PolicyKind } from '../../locate/policyType';
import type { ActionEntry, ResourceEntry, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';

/** The three actions of execute-api; Service Authorization Reference, "API Gateway Management". */
export type ExecuteApiAction = 'Invoke' | 'InvalidateCache' | 'ManageConnections';

const EXECUTE_API_ACTIONS: readonly ExecuteApiAction[] = ['Invoke', 'InvalidateCache', 'ManageConnections'];

/** Entries are immutable, so what was found about one stays true as long as it lives. */
const slipsByEntry = new WeakMap<ResourceEntry, readonly Slip[]>();
const arnsByEntry = new WeakMap<ResourceEntry, ExecuteApiArn>();

/** The slips of a resource, worked out once however many rules ask. */
export function slipsOf(entry: ResourceEntry): readonly Slip[] {
  let slips = slipsByEntry.get(entry);
  if (slips === undefined) {
    slips = executeApiSlips(entry.text, slipContext(entry.element.statement.policy.kind));
    slipsByEntry.set(entry, slips);
  }
  return slips;
}

/** The ARN a resource is, read; `undefined` for one that is not execute-api's or that matches nothing. */
export function reachableArnOf(entry: ResourceEntry): ExecuteApiArn | undefined {
  if (!isExecuteApiArn(entry.text)) {
    return undefined;
  }
  let arn = arnsByEntry.get(entry);
  if (arn === undefined) {
    arn = readExecuteApiArn(entry.text);
    arnsByEntry.set(entry, arn);
  }
  return arn.failsAt === undefined ? arn : undefined;
}

/** The actions of execute-api that an entry names or covers. */
export function executeApiActionsOf(entry: ActionEntry): readonly ExecuteApiAction[] {
  const pattern = compilePattern(entry.text, { case: 'ignore' });
  return EXECUTE_API_ACTIONS.filter((action) => matches(pattern, `execute-api:${action.toLowerCase()}`));
}

/**
 * What a statement's `Action` lists cover of execute-api, and whether they cover nothing else. `undefined` where
 * `NotAction` stands, since that covers nearly everything.
 */
export function executeApiUseOf(
  statement: Statement,
): { readonly actions: ReadonlySet<ExecuteApiAction>; readonly only: boolean } | undefined {
  if (statement.actions.length === 0 || statement.actions.some((element) => element.negated)) {
    return undefined;
  }
  const entries = statement.actions.flatMap((element) => element.entries);
  return {
    actions: new Set(entries.flatMap(executeApiActionsOf)),
    only: entries.length > 0 && entries.every((entry) => entry.service?.toLowerCase() === 'execute-api'),
  };
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
