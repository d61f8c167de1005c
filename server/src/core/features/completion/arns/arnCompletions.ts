import { sliceOf } from '../../../arn/arn';
import { SHORTHAND_PREFIX } from '../../../arn/executeApi';
import { executeApiDrafts } from './executeApiDrafts';
import { accountDrafts, partitionDrafts, regionDrafts, serviceDrafts } from './headerDrafts';
import { resourceDrafts } from './resourceDrafts';
import { type ArnCompletionInput, type ArnProposal, type ArnSite, arnSite, type Draft } from './site';
import { wholeDrafts } from './wholeDrafts';

/**
 * How an ARN can continue at the cursor: whole ARNs while there is only its beginning, otherwise the field with the
 * cursor, while the others are kept. An accepted proposal leaves an ARN without findings, or one that `continues`.
 * Inside `${…}` nothing is proposed, since that is not part of an ARN.
 */
export function arnCompletions(input: ArnCompletionInput): readonly ArnProposal[] {
  if (/\$\{[^{}]*$/.test(input.before)) {
    return [];
  }
  const seen = new Set<string>();
  const proposals: ArnProposal[] = [];
  for (const draft of draftsAt(arnSite(input))) {
    const identity = `${draft.from} ${draft.to} ${draft.text}`;
    if (!seen.has(identity)) {
      seen.add(identity);
      proposals.push({ ...draft, rank: proposals.length });
    }
  }
  return proposals;
}

function draftsAt(site: ArnSite): readonly Draft[] {
  const { cursor, fields, value } = site;
  const { prefix, partition, service, region, account, resource } = fields;
  if (value.startsWith(SHORTHAND_PREFIX) && cursor >= SHORTHAND_PREFIX.length) {
    return executeApiDrafts(site, sliceOf(value, SHORTHAND_PREFIX.length, value.length));
  }
  if (cursor <= prefix.to) {
    return partition === undefined || prefix.text !== 'arn' ? wholeDrafts(site) : [];
  }
  // A whole ARN that begins with what is written saves going through its fields.
  const whole = wholeDrafts(site).filter(({ text }) => text.startsWith(value) && text !== value);
  if (partition !== undefined && cursor <= partition.to) {
    return [...partitionDrafts(site, partition), ...whole];
  }
  if (service !== undefined && cursor <= service.to) {
    return serviceDrafts(site, service, whole);
  }
  if (region !== undefined && cursor <= region.to) {
    return [...regionDrafts(site, region), ...whole];
  }
  if (account !== undefined && cursor <= account.to) {
    return [...accountDrafts(site, account), ...whole];
  }
  if (resource === undefined) {
    return [];
  }
  return service?.text === 'execute-api' ? executeApiDrafts(site, resource) : resourceDrafts(site, resource);
}
