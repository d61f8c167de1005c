import {
  fileRules,
  type LanguageService,
  type RuleMeta,
  type RuleSetting,
  type Severity,
  severityOf,
  sourcesOf,
} from '../../core/index';
import type { CliIo } from '../io';
import { bodyOfPage } from '../rulePage';
import { renderGitHub } from './github';
import { renderGitLab } from './gitlab';
import { renderJson } from './json';
import { renderJUnit } from './junit';
import type { RunReport } from './report';
import { renderSarif } from './sarif';
import { createStyle } from './style';
import { renderText } from './text';

/** How findings can be printed. */
export const lintFormats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const;

export type LintFormat = (typeof lintFormats)[number];

/** A run in the format that was asked for. */
export function renderReports(
  format: LintFormat,
  run: RunReport,
  io: Pick<CliIo, 'stdout' | 'env' | 'rulePage'>,
  { failOn, rules }: { readonly failOn: Severity; readonly rules: readonly RuleSetting[] },
  service: Pick<LanguageService, 'rules'>,
): string {
  switch (format) {
    case 'json':
      return renderJson(run.reports);
    case 'sarif':
      return renderSarif(run, {
        rules: [...service.rules, ...fileRules],
        severityOf: (rule: RuleMeta) => severityOf(rule, rules),
        sourcesOf,
        pageOf: (rule) => {
          const page = io.rulePage(rule);
          return page === undefined ? undefined : bodyOfPage(page);
        },
      });
    case 'github':
      return renderGitHub(run);
    case 'gitlab':
      return renderGitLab(run);
    case 'junit':
      return renderJUnit(run, failOn);
    default:
      return renderText(run.reports, createStyle(io.stdout, io.env));
  }
}
