import * as vscode from 'vscode';
import type { PolicyTypesResult } from '../../server/src/protocol/policies';

const DAY_MS = 24 * 60 * 60 * 1000;

/** AWS adds actions every week: beyond half a year too many are missing for findings about unknown names to be of use. */
const OLD_DAYS = 180;

/** The language status item that says from which day the service reference is, and how old that makes it. */
export interface ReferenceStatus extends vscode.Disposable {
  /** Nothing hides the item. */
  show(reference: PolicyTypesResult['reference']): void;
}

/** The language status item that shows the date and age of the service reference. */
export function createReferenceStatus(selector: vscode.DocumentSelector): ReferenceStatus {
  let item: vscode.LanguageStatusItem | undefined;
  const hide = (): void => {
    item?.dispose();
    item = undefined;
  };
  return {
    show: (reference) => {
      if (reference === undefined) {
        hide();
        return;
      }
      item ??= vscode.languages.createLanguageStatusItem('iamPolicy.reference', selector);
      describe(item, reference.date);
    },
    dispose: hide,
  };
}

function describe(item: vscode.LanguageStatusItem, date: string): void {
  const days = ageInDays(date, Date.now());
  const isOld = days > OLD_DAYS;
  item.name = vscode.l10n.t('IAM Service Reference');
  item.text = vscode.l10n.t('Service reference of {0}', date);
  item.detail = isOld ? vscode.l10n.t('{0}: newer actions are unknown', age(days)) : age(days);
  item.severity = isOld ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1}', item.text, item.detail) };
}

/** Whole days from a day, `YYYY-MM-DD`, to a moment; never less than none, whatever the clock says. */
function ageInDays(day: string, now: number): number {
  const age = Math.floor((now - Date.parse(`${day}T00:00:00Z`)) / DAY_MS);
  return Number.isNaN(age) ? 0 : Math.max(0, age);
}

function age(days: number): string {
  return days === 1 ? vscode.l10n.t('1 day old') : vscode.l10n.t('{0} days old', days);
}
