import * as vscode from 'vscode';
import type { ClientContext } from '../context';
import {
  type InvalidateCacheArguments,
  type InvalidateCacheOutcome,
  type InvalidationSession,
  invalidateCache,
} from '../invalidation/flow';
import { createMemory } from '../invalidation/memory';
import type { Reports } from '../invalidation/report';

/** Resolves with the result of the invalidation, so that a keybinding, a task or a test can go on from there. */
export function registerInvalidateCache(context: ClientContext, reports: Reports): vscode.Disposable {
  const session: InvalidationSession = {
    memory: createMemory(context.extension.workspaceState),
    reports,
    consents: new Set(),
  };
  return vscode.commands.registerCommand(
    'apiGateway.invalidateCache',
    (args?: InvalidateCacheArguments): Promise<InvalidateCacheOutcome> =>
      invalidateCache(context, session, args ?? {}),
  );
}
