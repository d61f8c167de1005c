import { arnCompletions } from '../arns/arnCompletions';
import type { ArnCompletionInput } from '../arns/site';
import type { Proposal, Provider, ProviderContext } from '../proposal';
import { stringProposal } from '../proposal';
import { variablesAt } from './variables';

/** ARNs of what the statement's actions act on. */
export const resources: Provider = (context) => ({
  isIncomplete: true,
  proposals: variablesAt(context) ?? [
    stringProposal('*', { kind: 'wildcard', rank: 999, detail: 'every resource' }),
    ...arnProposals('resource', context),
  ],
});

/** The ARNs that fit the statement at the cursor. */
export function arnProposals(
  place: ArnCompletionInput['place'],
  context: ProviderContext,
): readonly Proposal[] {
  const { cursor, knowledge, iamData } = context;
  const { before, after } = cursor.site;
  return arnCompletions({
    before,
    after,
    place,
    actions: (cursor.statement?.actions ?? []).flatMap(({ negated, entries }) =>
      negated ? [] : entries.map(({ text }) => text),
    ),
    policyType: cursor.policy.kind.type,
    knowledge,
    iamData,
    ...(place === 'condition' ? { conditionKey: cursor.path[3] } : {}),
  }).map(({ label, detail, from, to, text, continues, rank, documentation }) => ({
    label,
    kind: 'arn',
    detail,
    rank,
    filter: text,
    content: { kind: 'string', text: [text] },
    slice: { from, to },
    ...(continues ? { continues: 'completing' } : {}),
    ...(documentation === undefined ? {} : { documentation: `text ${documentation}` }),
  }));
}
