import type { Severity } from '../../core/index';
import { printable } from './printable';
import { type RunReport, rangeOf } from './report';

/**
 * The findings as workflow commands of GitHub Actions, which shows them at the lines of a pull request (GitHub Docs,
 * "Workflow commands for GitHub Actions", "Setting an error message").
 */
export function renderGitHub({ reports, pathOf }: RunReport): string {
  const commands = reports.flatMap(({ file, lines, findings }) =>
    findings.map((finding) => {
      const { line, column, endLine, endColumn } = rangeOf(lines, finding);
      const properties = {
        file: pathOf(file),
        line,
        endLine,
        // GitHub takes columns only within one line, and marks up to and with the last one.
        ...(line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {}),
        title: finding.rule,
      };
      const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
      return `::${COMMANDS[finding.severity]} ${written.join(',')}::${data(finding.message)}\n`;
    }),
  );
  return commands.join('');
}

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** As the toolkit of GitHub Actions escapes them: no text of a document can begin a command of its own. */
function data(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
