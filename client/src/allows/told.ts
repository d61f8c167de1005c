import * as vscode from 'vscode';
import type { AllowsParams, AskedKey, ToldKey } from '../../../server/src/protocol/allows';
import { chooseOrType } from './choose';

/**
 * A condition key that the user gave, with the values to choose from. It lasts as long as the answer for which it was
 * given.
 */
export interface Told extends ToldKey {
  readonly asked: AskedKey;
}

/** Asks for the value of a condition key; `undefined` when the user leaves. */
export async function askKey(title: string, asked: AskedKey): Promise<Told | undefined> {
  const { key, values, choices } = asked;
  // Patterns are no values to choose, and yet tell which will do.
  const patterns = values.filter((value) => !choices.includes(value));
  const value = await chooseOrType({
    title,
    placeholder:
      patterns.length === 0
        ? vscode.l10n.t('Which value does {0} have? Choose or type it.', key)
        : vscode.l10n.t(
            'Which value does {0} have? The policies have {1}.',
            key,
            shortened(valuesText(patterns)),
          ),
    choices,
    none: vscode.l10n.t('It is not in the request'),
    problemOf: () => undefined,
  });
  return value === undefined ? undefined : { key, values: value === '' ? [] : [value], asked };
}

/** The question with the given condition keys; the last value of each key counts. */
export function withTold(question: AllowsParams, told: readonly Told[]): AllowsParams {
  return told.length === 0
    ? question
    : { ...question, context: told.map(({ key, values }) => ({ key, values })) };
}

/** The condition keys given before, and now this one. */
export function tellAlso(told: readonly Told[], next: Told): readonly Told[] {
  const folded = next.key.toLowerCase();
  return [...told.filter(({ key }) => key.toLowerCase() !== folded), next];
}

/** Values in a row; an empty one too is to be seen. */
export function valuesText(values: readonly string[]): string {
  return values.map((value) => (value === '' ? '""' : value)).join(', ');
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 60;
