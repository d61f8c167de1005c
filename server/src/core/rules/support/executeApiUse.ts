import { type ExecuteApiArn, isExecuteApiArn, readExecuteApiArn } from '../../arn/executeApi';
import type { ActionEntry, ResourceEntry, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';

/** The three actions of execute-api; Service Authorization Reference, "API Gateway Management". */
export type ExecuteApiAction = 'Invoke' | 'InvalidateCache' | 'ManageConnections';

const EXECUTE_API_ACTIONS: readonly ExecuteApiAction[] = ['Invoke', 'InvalidateCache', 'ManageConnections'];

const arnsByEntry = new WeakMap<ResourceEntry, ExecuteApiArn>();
const usesByStatement = new WeakMap<Statement, ExecuteApiUse | undefined>();

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
  // Most entries name another service, and need no pattern to be told so.
  if (!MAY_BE_EXECUTE_API.test(entry.text)) {
    return [];
  }
  const pattern = compilePattern(entry.text, { case: 'ignore' });
  return EXECUTE_API_ACTIONS.filter((action) => matches(pattern, `execute-api:${action.toLowerCase()}`));
}

export interface ExecuteApiUse {
  readonly actions: ReadonlySet<ExecuteApiAction>;
  /** Whether every action of the statement is one of execute-api. */
  readonly only: boolean;
}

/**
 * What a statement's `Action` lists cover of execute-api. `undefined` where `NotAction` stands, since that covers
 * nearly everything.
 */
export function executeApiUseOf(statement: Statement): ExecuteApiUse | undefined {
  if (!usesByStatement.has(statement)) {
    usesByStatement.set(statement, readUse(statement));
  }
  return usesByStatement.get(statement);
}

const MAY_BE_EXECUTE_API = /[*?]|^execute-api:/i;
const NOT_USED: ExecuteApiUse = { actions: new Set(), only: false };

function readUse(statement: Statement): ExecuteApiUse | undefined {
  if (statement.actions.length === 0 || statement.actions.some((element) => element.negated)) {
    return undefined;
  }
  const entries = statement.actions.flatMap((element) => element.entries);
  if (!entries.some(({ text }) => MAY_BE_EXECUTE_API.test(text))) {
    return NOT_USED;
  }
  return {
    actions: new Set(entries.flatMap(executeApiActionsOf)),
    only: entries.length > 0 && entries.every((entry) => entry.service?.toLowerCase() === 'execute-api'),
  };
}
