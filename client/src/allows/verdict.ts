import * as vscode from 'vscode';
import type {
  AllowsParams,
  AllowsResult,
  AskedKey,
  DecidingStatement,
  Grant,
} from '../../../server/src/protocol/allows';
import type { PreflightAnswer } from '../../../server/src/protocol/draft';
import type { ClientContext } from '../context';
import { type ListItem, nameOfPlace, showList } from './list';
import { previewGrant } from './preview';
import { TITLE } from './question';
import { type Told, valuesText } from './told';

const VERDICTS: Readonly<Record<PreflightAnswer, string>> = {
  allow: vscode.l10n.t('yes, allowed'),
  deny: vscode.l10n.t('no, a statement denies it'),
  'implicit-deny': vscode.l10n.t('no, an Allow is missing'),
  depends: vscode.l10n.t('it depends'),
};

/** What can be asked next. */
export interface NextQuestions {
  readonly another: () => unknown;
  readonly withOthers: () => unknown;
  /** The same question, with one more condition key given. */
  readonly withKey: (asked: AskedKey) => unknown;
}

/**
 * Shows a verdict: what makes AWS refuse the policies, the statements that decide, what the answer depends on, the
 * condition keys that settle it or that were given, and for a no what would grant the request.
 */
export function showVerdict(
  context: ClientContext,
  question: AllowsParams,
  answer: AllowsResult & { readonly outcome: PreflightAnswer },
  told: readonly Told[],
  next: NextQuestions,
): Promise<void> {
  const { action, resource, principal } = question;
  return showList(context, {
    title: `${TITLE} ${VERDICTS[answer.outcome]}`,
    placeholder:
      principal === undefined
        ? vscode.l10n.t('{0} on {1}', action, resource)
        : vscode.l10n.t('{0} on {1} by {2}', action, resource, principal),
    items: [
      ...section(
        vscode.l10n.t('Does not count: AWS would refuse the policy'),
        answer.refusals.map((refusal) => ({
          label: `$(warning) ${refusal.text}`,
          description: nameOfPlace(context, refusal),
          place: refusal,
          alwaysShow: true,
        })),
      ),
      ...section(
        vscode.l10n.t('In short'),
        answer.outcome !== 'depends' || answer.sentence === undefined
          ? []
          : [{ label: answer.sentence, place: answer.deciding[0] }],
      ),
      ...section(
        vscode.l10n.t('Decided by'),
        answer.deciding.flatMap((statement) => statementItems(context, statement)),
      ),
      ...section(
        vscode.l10n.t('Missing'),
        answer.lacks.map((text) => ({ label: `$(circle-slash) ${text}`, alwaysShow: true })),
      ),
      ...section(vscode.l10n.t('What settles it'), [
        ...answer.asks.map((asked) => ({
          label: `$(question) ${vscode.l10n.t('Tell {0}…', asked.key)}`,
          description: valuesText(asked.values.slice(0, SHOWN_VALUES)),
          run: () => next.withKey(asked),
        })),
        ...answer.sides.slice(0, SHOWN_SIDES).map((side) => ({ label: `$(indent) ${side}` })),
      ]),
      ...section(
        vscode.l10n.t('Told of this request'),
        told.map(({ key, values, asked }) => ({
          label: `$(edit) ${key}: ${values.length === 0 ? vscode.l10n.t('not in the request') : valuesText(values)}`,
          description: vscode.l10n.t('choose another value'),
          run: () => next.withKey(asked),
        })),
      ),
      ...section(
        vscode.l10n.t('What would grant it'),
        answer.grants.map((grant) => grantItem(context, grant)),
      ),
      ...section(vscode.l10n.t('Next'), [
        { label: `$(comment-discussion) ${vscode.l10n.t('Ask something else…')}`, run: next.another },
        { label: `$(files) ${vscode.l10n.t('Ask with other open policies…')}`, run: next.withOthers },
      ]),
    ],
  });
}

/** The rest is shown when the value is asked for. */
const SHOWN_VALUES = 4;

const SHOWN_SIDES = 6;

function section(label: string, items: readonly ListItem[]): readonly ListItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function statementItems(context: ClientContext, statement: DecidingStatement): readonly ListItem[] {
  const { effect, name, policyType, hinges } = statement;
  const icon = effect === 'Deny' ? 'error' : hinges.length > 0 ? 'question' : 'pass';
  return [
    {
      label: `$(${icon}) ${effect} ${name}`,
      description: vscode.l10n.t('{0}, {1} policy', nameOfPlace(context, statement), policyType),
      place: statement,
    },
    ...hinges.map((hinge) => ({
      label: `$(indent) ${hinge.text}`,
      description: nameOfPlace(context, hinge),
      place: hinge,
    })),
  ];
}

function grantItem(context: ClientContext, grant: Grant): ListItem {
  const [change] = grant.changes;
  const [edit] = change?.edits ?? [];
  return {
    label: `$(lightbulb) ${grant.title}`,
    description: vscode.l10n.t('with a preview'),
    ...(grant.note === undefined ? {} : { detail: grant.note }),
    place: change && edit && { uri: change.uri, range: edit.range },
    run: () => previewGrant(context, grant),
  };
}
