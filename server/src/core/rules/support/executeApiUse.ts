import { type ExecuteApiArn, isExecuteApiArn, readExecuteApiArn } from '../../arn/executeApi';
import type { ActionEntry, ResourceEntry, Statement } from '../../model/policy';
import { internText, noted } from '../../pattern/internedText';
import { rememberLast } from '../../pattern/memo';
import { compilePattern, matches } from '../../pattern/pattern';
import { masked, templatesIn } from '../../pattern/templates';

/** The three actions of execute-api; Service Authorization Reference, "API Gateway Management". */
export type ExecuteApiAction = 'Invoke' | 'InvalidateCache' | 'ManageConnections';

const EXECUTE_API_ACTIONS: readonly ExecuteApiAction[] = ['Invoke', 'InvalidateCache', 'ManageConnections'];

/**
 * The ARN a resource is, read; `undefined` for one that is not execute-api's or that matches nothing. A template
 * expression reads as a variable, so that nothing in it divides the ARN.
 */
export function reachableArnOf({ interned }: ResourceEntry): ExecuteApiArn | undefined {
  return reachableArnIn(interned);
}

/** The same of a text. */
export const reachableArnIn = noted((text) => {
  const arn = isExecuteApiArn(text) ? readExecuteApiArn(masked(text, templatesIn(text))) : undefined;
  return arn?.failsAt === undefined ? arn : undefined;
});

/** The actions of execute-api that an entry names or covers. */
export function executeApiActionsOf(entry: ActionEntry): readonly ExecuteApiAction[] {
  return actionsCovered(entry.interned);
}

/** The same of an action's text alone. */
export function executeApiActionsIn(text: string): readonly ExecuteApiAction[] {
  return actionsCovered(internText(text));
}

const actionsCovered = noted((text): readonly ExecuteApiAction[] => {
  // Most entries name another service, and need no pattern to be told so.
  if (!/[*?]/.test(text) && !/^execute-api:/i.test(text)) {
    return [];
  }
  const pattern = compilePattern(text, { case: 'ignore' });
  return EXECUTE_API_ACTIONS.filter((action) => matches(pattern, `execute-api:${action.toLowerCase()}`));
});

export interface ExecuteApiUse {
  readonly actions: ReadonlySet<ExecuteApiAction>;
  /** Whether every action of the statement is one of execute-api. */
  readonly only: boolean;
}

/**
 * What a statement's `Action` lists cover of execute-api. `undefined` where `NotAction` stands, since that covers
 * nearly everything.
 */
export const executeApiUseOf = rememberLast((statement: Statement): ExecuteApiUse | undefined => {
  if (statement.actions.length === 0 || statement.actions.some((element) => element.negated)) {
    return undefined;
  }
  let actions: Set<ExecuteApiAction> | undefined;
  let count = 0;
  let others = 0;
  for (const { entries } of statement.actions) {
    for (const entry of entries) {
      const covered = executeApiActionsOf(entry);
      count += 1;
      others += isOfExecuteApi(entry.interned) ? 0 : 1;
      for (const action of covered) {
        actions ??= new Set();
        actions.add(action);
      }
    }
  }
  return { actions: actions ?? NO_ACTIONS, only: count > 0 && others === 0 };
});

const isOfExecuteApi = noted((text) => /^execute-api:/i.test(text));

const NO_ACTIONS: ReadonlySet<ExecuteApiAction> = new Set();
