import type { Finding, Severity } from '../../core/index';
import { excerptOf } from './excerpt';
import { printable } from './printable';
import type { FileReport } from './report';
import type { Colour, Style } from './style';

/** The findings for people: each with its line and carets under what is wrong, and a summary at the end. */
export function renderText(reports: readonly FileReport[], style: Style): string {
  const blocks = reports.flatMap((report) =>
    report.findings.map((finding) => `${renderFinding(report, finding, style)}\n\n`),
  );
  return `${blocks.join('')}${renderSummary(reports, style)}\n`;
}

const COLOURS: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', info: 'cyan' };

function renderFinding({ file, lines }: FileReport, finding: Finding, style: Style): string {
  const { line, column } = lines.positionAt(finding.span.start);
  const colour = COLOURS[finding.severity];
  const place = style('bold', `${printable(file)}:${line}:${column}`);
  const head = `${place} ${style(colour, finding.severity)} ${finding.rule} ${printable(finding.message)}`;
  const text = lines.lineAt(line);
  if (text.trim() === '') {
    return head;
  }
  const from = column - 1;
  const { source, marks } = excerptOf(text, from, from + finding.span.end - finding.span.start);
  const number = String(line);
  return [
    head,
    `${style('grey', ` ${number} |`)} ${source}`,
    `${style('grey', ` ${' '.repeat(number.length)} |`)} ${style(colour, marks)}`,
  ].join('\n');
}

function renderSummary(reports: readonly FileReport[], style: Style): string {
  const findings = reports.flatMap((report) => report.findings);
  const fixed = reports.reduce((sum, report) => sum + report.fixed, 0);
  const fixedNote = fixed === 0 ? '' : `, ${fixed} fixed`;
  if (findings.length === 0) {
    return style('green', `no findings in ${count(reports.length, 'file')}${fixedNote}`);
  }
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0
      ? []
      : [style(COLOURS[severity], number === 1 ? `1 ${severity}` : `${number} ${PLURALS[severity]}`)];
  });
  const affected = reports.filter((report) => report.findings.length > 0).length;
  const checked = affected === reports.length ? '' : ` (${reports.length} checked)`;
  const fixable = findings.filter((finding) => finding.fixes.some((fix) => fix.kind === 'safe')).length;
  const hint = fixable === 0 || fixed > 0 ? '' : `; --fix can fix ${fixable}`;
  return `${bySeverity.join(', ')} in ${count(affected, 'file')}${checked}${fixedNote}${hint}`;
}

const PLURALS: Readonly<Record<Severity, string>> = { error: 'errors', warning: 'warnings', info: 'infos' };

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
