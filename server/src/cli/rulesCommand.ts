import type { Command } from 'commander';
import { fileRules, fitsRule, type LanguageService, type RuleMeta, severityOf } from '../core/index';
import { createStyle } from './format/style';
import type { CliIo } from './io';
import { type Finish, formatOption, usageError } from './options';
import { pageForTerminal } from './rulePage';

/** Adds `rules`. */
export function addRules(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = program
    .command('rules')
    .description('List the rules, or show the page of a rule.')
    .argument('[id]', 'a rule ID, or a glob to list the rules that match')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  iam-policy rules
  iam-policy rules 'execute-api-*'
  iam-policy rules execute-api-method-case

The list shows the default severity of each rule. A page explains why the rule exists, what to write
instead, and has examples.
Exit codes: 0 shown, 2 no such rule.`,
    );
  command.action((id: string | undefined, { format }: { readonly format: 'text' | 'json' }) => {
    const service = openService();
    const problem = id === undefined ? undefined : service.unknownRule(id);
    if (problem !== undefined) {
      usageError(command, problem);
    }
    const rules = [...service.rules, ...fileRules].filter(
      (rule) => id === undefined || fitsRule({ rule: id }, rule.id),
    );
    // Nothing but the ID of a rule names a page.
    const page = id === undefined ? undefined : io.rulePage(id);
    io.stdout.write(
      format === 'json'
        ? `${JSON.stringify(
            rules.map((rule) => ({ ...rowOf(rule), ...(page !== undefined && { page }) })),
            undefined,
            2,
          )}\n`
        : page === undefined
          ? listed(rules)
          : pageForTerminal(page, createStyle(io.stdout, io.env)),
    );
    finish(0);
  });
}

function rowOf(rule: RuleMeta) {
  return {
    id: rule.id,
    category: rule.category,
    severity: severityOf(rule, []) ?? 'off',
    fixable: rule.fixable ?? null,
    accessAnalyzer: rule.accessAnalyzer ?? null,
    summary: rule.summary,
  };
}

function listed(rules: readonly RuleMeta[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map((rule) => {
      const { id, severity, summary } = rowOf(rule);
      return `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`;
    })
    .join('');
}
