/** Something that a reader of a report can do next, as the report calls it. */
export interface ReportStep {
  readonly label: string;
  /** The address of the link that does it. */
  readonly href: string;
}

/**
 * A report in Markdown with its next steps as links. A report names a step by its label, as an item of a list; a step
 * that it does not name comes at its end. Where a document could repeat a label, the link still does what it says.
 *
 * @param steps labels of ours, without Markdown in them
 */
export function withSteps(report: string, steps: readonly ReportStep[]): string {
  const items = new Map(steps.map(({ label, href }) => [`- ${label}`, `- [${label}](${href})`]));
  const lines = report.split('\n').map((line) => {
    const linked = items.get(line);
    items.delete(line);
    return linked ?? line;
  });
  return items.size === 0
    ? lines.join('\n')
    : `${lines.join('\n').trimEnd()}\n\n## What to do next\n\n${[...items.values()].join('\n')}\n`;
}

/**
 * A whole page for a webview. Nothing runs in it and nothing is loaded; VS Code follows its links.
 *
 * @param body HTML in which text from elsewhere is escaped
 * @param nonce allows the style of this page and no other
 */
export function reportPage(body: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

/** Sizes of the workbench rather than of a book, since a report stands beside a policy in half a window. */
const STYLE = `
body { padding: 0 16px 24px; font-size: var(--vscode-font-size, 13px); line-height: 1.5; }
main { max-width: 80ch; }
h1, h2, h3 { font-weight: 600; line-height: 1.3; }
h1 { font-size: 1.5em; margin: 16px 0 8px; }
h2 { font-size: 1.15em; margin: 20px 0 6px; }
h3 { font-size: 1em; margin: 16px 0 4px; }
p, ul, ol, table, pre { margin: 6px 0; }
ul, ol { padding-left: 20px; }
li { margin: 3px 0; }
a { text-underline-offset: 2px; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
code, pre { font-family: var(--vscode-editor-font-family); font-size: 0.95em; }
code { overflow-wrap: anywhere; }
pre { padding: 8px 10px; border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); background: var(--vscode-textCodeBlock-background); }
pre code { white-space: pre-wrap; background: none; padding: 0; }
table { border-collapse: collapse; width: 100%; }
thead:not(:has(th:not(:empty))) { display: none; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, currentColor)); }
th { font-weight: 600; }
td:first-child { min-width: 12ch; }
`;
