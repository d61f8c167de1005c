import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import { toDiagnostic } from './convert';
import type { Documents, Snapshot } from './documents';
import type { Guard } from './guard';
import type { ServerHost, Timers } from './host';

/** How long typing must rest before findings are sent to a client that does not ask for them. */
const PUSH_DELAY_MS = 150;

/** All findings of a snapshot, each with a link to the page of its rule. */
export function diagnosticsOf(snapshot: Snapshot, host: Pick<ServerHost, 'rulePage'>): Diagnostic[] {
  return snapshot.lint.findings.map((finding) =>
    toDiagnostic(snapshot.text, finding, host.rulePage(finding.rule)),
  );
}

/** Answers clients that ask. */
export function answerDiagnostics(
  connection: Connection,
  documents: Documents,
  host: ServerHost,
  guard: Guard,
): void {
  const none: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guard.request(
      'textDocument/diagnostic',
      none,
      async ({ textDocument }: DocumentDiagnosticParams, token): Promise<DocumentDiagnosticReport> => {
        const snapshot = await documents.checked(textDocument.uri, token);
        return snapshot === undefined ? none : { ...none, items: diagnosticsOf(snapshot, host) };
      },
    ),
  );
}

/**
 * Sends findings to clients that do not request them: for a document that is opened at once, and then whenever typing
 * pauses. The returned function sends all of them again.
 */
export function pushDiagnostics(
  connection: Connection,
  documents: Documents,
  host: ServerHost,
  guard: Guard,
): () => void {
  const waiting = createDebounce(host.timers, PUSH_DELAY_MS);
  const push = (uri: string): Promise<void> =>
    guard.task('publishDiagnostics', uri, async () => {
      const version = documents.version(uri);
      const snapshot = await documents.checked(uri);
      // Of a document that has changed or closed meanwhile these would be yesterday's findings.
      if (version !== undefined && documents.version(uri) === version) {
        const diagnostics = snapshot === undefined ? [] : diagnosticsOf(snapshot, host);
        await connection.sendDiagnostics({ uri, version, diagnostics });
      }
    });
  const schedule = (uri: string): void => waiting.schedule(uri, () => void push(uri));
  const opened = new Set<string>();
  documents.onDidChange((uri) => {
    if (opened.has(uri)) {
      schedule(uri);
    } else {
      opened.add(uri);
      void push(uri);
    }
  });
  documents.onDidClose((uri) => {
    opened.delete(uri);
    waiting.cancel(uri);
    void guard.task('publishDiagnostics', uri, () => connection.sendDiagnostics({ uri, diagnostics: [] }));
  });
  return () => documents.uris().forEach(schedule);
}

function createDebounce(timers: Timers, delayMs: number) {
  const pending = new Map<string, () => void>();
  const cancel = (key: string): void => {
    pending.get(key)?.();
    pending.delete(key);
  };
  return {
    cancel,
    schedule: (key: string, run: () => void): void => {
      cancel(key);
      pending.set(
        key,
        timers.after(delayMs, () => {
          pending.delete(key);
          run();
        }),
      );
    },
  };
}
