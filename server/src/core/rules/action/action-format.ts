import type { IamData } from '../../iamData/iamData';
import { replaceString } from '../../lint/edits';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
import { type ActionFault, actionFaultOf } from '../support/actionFormat';
import { charactersName, plainCharacters } from '../support/characters';
import { quote } from '../support/quote';
import { severalTexts } from '../support/severalTexts';

/**
 * IAM answers "Actions/Condition can contain only one colon" or "Vendor … is not valid". Where such an action is
 * accepted, it matches nothing: no action has that form.
 */
export const rule = defineRule({
  meta: {
    id: 'action-format',
    category: 'error',
    summary: 'An action is not one service, one colon and one name',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ACTION',
    sources: ['iam-action', 'iam-one-colon'],
    messages: {
      arn: '{text} is an ARN, and an action is a service, a colon and a name.',
      colons: '{text} has {count} colons; an action has one.',
      several: '{text} contains {count} actions: write each as a string of its own.',
      characters: '{text} has {characters}, which no action has.',
    },
  },
  create: (context) => ({
    actionText: (entry) => {
      const fault = actionFaultOf(entry.interned);
      if (fault !== undefined) {
        context.report(reportOf(entry, fault, context.iamData));
      }
    },
  }),
});

function reportOf(
  entry: ActionEntry,
  fault: ActionFault,
  iamData: IamData | undefined,
): Report<ActionFault['kind']> {
  const { node, text } = entry;
  const message = fault.kind;
  switch (fault.kind) {
    case 'arn':
      return { message, at: node, data: { text: quote(text) } };
    case 'colons':
      return {
        message,
        at: node,
        data: { text: quote(text), count: fault.count },
        fixes: fixesOf(entry, withOneColon(text, iamData)),
      };
    case 'several':
      return {
        message,
        at: node,
        data: { text: quote(text), count: fault.actions.length },
        fixes: splitFixes(entry, fault.actions, iamData),
      };
    case 'characters':
      return {
        message,
        at: { node, from: fault.from, to: fault.to },
        data: { text: quote(text), characters: charactersName(text.slice(fault.from, fault.to)) },
        fixes: fixesOf(entry, withoutCharacters(text, iamData)),
      };
  }
}

function fixesOf({ node }: ActionEntry, wanted: string | undefined): readonly Fix[] {
  return wanted === undefined
    ? []
    : [{ title: `Change to "${wanted}"`, kind: 'suggestion', edits: () => [replaceString(node, wanted)] }];
}

function splitFixes(
  entry: ActionEntry,
  actions: readonly string[],
  iamData: IamData | undefined,
): readonly Fix[] {
  const edit = severalTexts(entry, actions);
  return edit === undefined ||
    iamData === undefined ||
    !actions.every((action) => iamData.coversAnyAction(action))
    ? []
    : [
        {
          title: `Make a list of the ${actions.length} actions`,
          kind: 'suggestion',
          edits: () => [edit()],
        },
      ];
}

/** A colon too many stands in the name, or behind a service that is written twice, or behind another word. */
function withOneColon(text: string, iamData: IamData | undefined): string | undefined {
  const parts = text.split(':').map((part) => part.trim());
  const [first = '', ...rest] = parts;
  const possible = new Set([
    `${first}:${rest.join('')}`,
    `${first}:${parts.at(-1)}`,
    parts.slice(-2).join(':'),
  ]);
  const known = [...possible].filter((each) => iamData?.action(each) !== undefined);
  return known.length === 1 ? known[0] : undefined;
}

function withoutCharacters(text: string, iamData: IamData | undefined): string | undefined {
  const legal = plainCharacters(text).replaceAll(/[^A-Za-z0-9*?:-]/g, '');
  // A dash stands between words as often as it stands in a prefix.
  const colon = legal.indexOf(':');
  const undashed = legal.slice(0, colon) + legal.slice(colon).replaceAll('-', '');
  return [legal, undashed].find((each) => iamData?.coversAnyAction(each));
}
