import {
  type CancellationToken,
  CodeLensRefreshRequest,
  InlayHintRefreshRequest,
  type CodeLens as LspCodeLens,
  type InlayHint as LspInlayHint,
  type Range,
} from 'vscode-languageserver';
import type { PolicyDocument, StatementChange } from '../core/index';
import type { ChangeReportParams } from '../protocol/change';
import { toMarkup, toRange } from './convert';
import type { Snapshot } from './documents';
import type { HandlerContext } from './handlerContext';

/** For clients' watchers: what git writes when HEAD becomes another commit. */
export const COMMITS = '**/.git/{HEAD,logs/HEAD}';

/** Whether a file is one that Git changes with each commit. */
export function isOfCommits(uri: string): boolean {
  return /\/\.git\/(?:logs\/)?HEAD$/.test(uri);
}

/** What the older version is called. */
export const AGAINST = { commit: 'in the last commit', saved: 'as it is saved' } as const;
const COMPARED = { commit: 'Compared with the last commit', saved: 'Compared with the saved file' } as const;

/** Above each changed statement, what it newly grants; the command of the client shows the rest. */
export async function changeLenses(
  context: HandlerContext,
  snapshot: Snapshot,
  token: CancellationToken,
): Promise<readonly LspCodeLens[]> {
  const { text } = snapshot;
  const found = await changesOf(context, snapshot, token);
  return (found?.changes ?? []).map(({ span, title }) => {
    const range = toRange(text, span);
    return {
      range,
      command: {
        title,
        tooltip: `${COMPARED[found?.against ?? 'commit']}: show what this change grants and takes away`,
        command: 'iamPolicy.whatDoesThisChangeGrant',
        arguments: [{ uri: text.uri, against: found?.against, position: range.start }],
      },
    };
  });
}

/**
 * The same for editors without our commands: behind the line on which a changed statement begins, with what a lens
 * leads to.
 */
export async function changeHints(
  context: HandlerContext,
  snapshot: Snapshot,
  range: Range,
  token: CancellationToken,
): Promise<readonly LspInlayHint[]> {
  if (context.client().commands === 'present') {
    return [];
  }
  const { text } = snapshot;
  const found = await changesOf(context, snapshot, token);
  return (found?.changes ?? []).flatMap((change): LspInlayHint[] => {
    const { line } = text.positionAt(change.span.start);
    if (line < range.start.line || line > range.end.line) {
      return [];
    }
    const end = text.offsetAt({ line: line + 1, character: 0 });
    const behind = text.getText().slice(change.span.start, end).trimEnd().length;
    const words = context.service().changeText(change);
    return [
      {
        position: text.positionAt(change.span.start + behind),
        label: change.title,
        paddingLeft: true,
        tooltip: toMarkup(
          `${COMPARED[found?.against ?? 'commit']}${words === '' ? '.' : `:\n\n${words}`}`,
          context.client().markup,
        ),
      },
    ];
  });
}

/** Makes clients request again what depends on an older version of a document. */
export function refreshChanges({ baselines, client, connection, guard }: HandlerContext): void {
  baselines.onDidChange(() => {
    const { commands, lensRefresh, hintRefresh } = client();
    if (commands === 'present' && lensRefresh === 'present') {
      void guard.task('workspace/codeLens/refresh', '', () =>
        connection.sendRequest(CodeLensRefreshRequest.type),
      );
    }
    if (commands === 'absent' && hintRefresh === 'present') {
      void guard.task('workspace/inlayHint/refresh', '', () =>
        connection.sendRequest(InlayHintRefreshRequest.type),
      );
    }
  });
}

interface DocumentChanges {
  readonly against: ChangeReportParams['against'];
  readonly changes: readonly StatementChange[];
}

/**
 * The changed statements of a document. Where a client can be asked to come again, the older version is not waited for, and
 * it is fetched once for all versions of the document.
 */
async function changesOf(
  { baselines, client, host, service }: HandlerContext,
  { policy, text, settings }: Snapshot,
  token: CancellationToken,
): Promise<DocumentChanges | undefined> {
  if (!settings.codeLens || !settings.codeLensKinds.has('changes') || policy.policies.length === 0) {
    return undefined;
  }
  const { commands, lensRefresh, hintRefresh } = client();
  const isAskedAgain = (commands === 'present' ? lensRefresh : hintRefresh) === 'present';
  const baseline = isAskedAgain ? baselines.soFar(text.uri) : await baselines.of(text.uri);
  if (baseline === undefined || baseline.text === policy.text) {
    return undefined;
  }
  // A client that goes on typing calls it off.
  await host.timers.pause();
  if (token.isCancellationRequested) {
    return undefined;
  }
  const { language, override } = policy;
  const before = baseline.read({ language, ...(override && { override }) });
  const known = remembered.get(policy);
  if (known?.before === before) {
    return { against: baseline.against, changes: known.changes };
  }
  const changes = service().statementChanges(before, policy);
  remembered.set(policy, { before, changes });
  return { against: baseline.against, changes };
}

/** Editors ask for the same version again, as when somebody scrolls. */
const remembered = new WeakMap<
  PolicyDocument,
  { readonly before: PolicyDocument; readonly changes: readonly StatementChange[] }
>();
