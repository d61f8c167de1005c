import * as vscode from 'vscode';
import type { ClientContext } from '../context';
import { createReportView, type ReportView } from '../reportView';
import type { Attempt } from './attempt';
import { createMemory, type Memory } from './memory';

/** What the commands of API Gateway share in this window. */
export interface InvalidationSession extends vscode.Disposable {
  readonly memory: Memory;
  /** The report of the last invalidation. */
  readonly reports: ReportView;
  /** The settings of the stage that was asked for last. */
  readonly stagePage: ReportView;
  /** The stages and callers that sending was agreed to for, as `consentKey` writes them. */
  readonly consents: Set<string>;
  /** The last one, whole: what is not kept beyond the window is here. */
  last: Attempt | undefined;
  /** Forgets every target, and with them what was agreed to and what could be repeated. */
  forgetTargets(): Promise<void>;
}

/** What the invalidations of a window share: their memory, reports and confirmations. */
export function createSession({ extension }: ClientContext): InvalidationSession {
  const reports = createReportView(vscode.l10n.t('API Gateway Invalidation'));
  const stagePage = createReportView(vscode.l10n.t('Stage Cache Settings'));
  const session: InvalidationSession = {
    memory: createMemory(extension.workspaceState, (memory) => {
      // For the keybinding: without anything to repeat the keys are somebody else's.
      void vscode.commands.executeCommand('setContext', 'apiGateway.canRepeat', memory.history().length > 0);
    }),
    reports,
    stagePage,
    consents: new Set(),
    last: undefined,
    forgetTargets: async () => {
      session.consents.clear();
      session.last = undefined;
      await session.memory.forget('all');
    },
    dispose: () => {
      reports.dispose();
      stagePage.dispose();
    },
  };
  return session;
}
