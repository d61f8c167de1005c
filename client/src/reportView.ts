import * as vscode from 'vscode';
import { reportPage, withSteps } from './reportText';

/** A report of ours beside the policy; nothing of it is written to disk. */
export interface ReportView extends vscode.Disposable {
  /** Takes the place of the report before, whose steps then do nothing any more. */
  set(markdown: string, steps?: readonly Step[]): void;
  /** Shows the report beside the policy without taking the cursor; false when there is none yet. */
  show(): boolean;
}

/** Something that can be done about a report. */
export interface Step {
  /** As the report calls it. */
  readonly label: string;
  readonly run: () => unknown;
}

/** The only command that a link of a report can run. It knows steps by names that nobody can guess. */
const TAKE_STEP = 'iamPolicy.takeStep';

const steps = new Map<string, Step['run']>();

/** Registers the command behind the links of reports. Called with anything else, it does nothing. */
export function registerReportSteps(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(TAKE_STEP, (name: unknown) =>
      typeof name === 'string' ? steps.get(name)?.() : undefined,
    ),
    new vscode.Disposable(() => steps.clear()),
  );
}

/** A webview for reports; each report replaces the one before, whose links then do nothing. */
export function createReportView(title: string): ReportView {
  let current: string | undefined;
  let names: readonly string[] = [];
  let panel: vscode.WebviewPanel | undefined;
  const forget = (): void => {
    for (const name of names) {
      steps.delete(name);
    }
    names = [];
  };
  const draw = async (): Promise<void> => {
    const drawn = current;
    if (panel === undefined || drawn === undefined) {
      return;
    }
    const html = reportPage(await rendered(drawn), crypto.randomUUID());
    // Meanwhile there may be another report, or nobody who looks at it.
    if (panel !== undefined && drawn === current) {
      panel.webview.html = html;
    }
  };
  return {
    set: (markdown, next = []) => {
      forget();
      const linked = next.map(({ label, run }) => ({ label, run, name: crypto.randomUUID() }));
      for (const { name, run } of linked) {
        steps.set(name, run);
      }
      names = linked.map(({ name }) => name);
      current = withSteps(
        markdown,
        linked.map(({ label, name }) => ({ label, href: addressOf(name) })),
      );
      void draw();
    },
    show: () => {
      if (current === undefined) {
        return false;
      }
      if (panel === undefined) {
        panel = createPanel(title);
        panel.onDidDispose(() => {
          panel = undefined;
        });
        void draw();
      } else {
        panel.reveal(undefined, true);
      }
      return true;
    },
    dispose: () => {
      forget();
      panel?.dispose();
    },
  };
}

function addressOf(name: string): string {
  return `command:${TAKE_STEP}?${encodeURIComponent(JSON.stringify([name]))}`;
}

function createPanel(title: string): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    'iamPolicy.report',
    title,
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: false, enableCommandUris: [TAKE_STEP], localResourceRoots: [], enableFindWidget: true },
  );
}

/** VS Code's own Markdown as HTML; where that extension is switched off, the text reads well enough as it is. */
async function rendered(markdown: string): Promise<string> {
  try {
    return await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
  } catch {
    return `<pre><code>${escaped(markdown)}</code></pre>`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
