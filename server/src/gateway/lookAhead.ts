import type { ResponseTransfer } from '../core/index';
import { type EntryKeys, readEntryKeys } from './cacheKeys';
import { readStageCache, whoAmI } from './control';
import { transferOf } from './deployedApi';
import { CROSS_ACCOUNT } from './failureVerdicts';
import type { GatewayHost, ResolvedCredentials } from './host';
import { type ShownIdentity, shownIdentity } from './identity';
import type { InvalidateOptions } from './invalidateOptions';
import { type Settled, type StageCache, settledBy } from './stageCache';
import type { InvalidationTarget } from './target';
import { completeVerdict } from './verdict';
import type { Verdict } from './verdictTable';

/** What is known before anything is sent to the API. */
export interface Known {
  readonly identity: ShownIdentity;
  readonly settled: Settled | undefined;
  readonly keys: EntryKeys | undefined;
  readonly caveats: readonly string[];
}

const UNSIGNED = "The stage's settings were not read: that takes credentials, and the request is unsigned.";

const UNSIGNED_KEYS = 'The cache keys were not read: that takes credentials, and the request is unsigned.';

/**
 * Asks AWS who signs, how the stage is set and what makes an entry, as far as that was asked for. A question that fails
 * stops nothing.
 */
export async function lookAhead(
  host: GatewayHost,
  target: InvalidationTarget,
  resolved: ResolvedCredentials | undefined,
  options: InvalidateOptions,
): Promise<Known> {
  const identity: ShownIdentity =
    options.bearer === undefined ? shownIdentity(resolved) : { signing: 'bearer' };
  const settle = (stage: StageCache, transfer?: ResponseTransfer) =>
    settledBy(stage, target.method, target.path, transfer);
  const { stage, keys } = options;
  const known: Known = {
    identity,
    settled: stage === undefined || stage === 'read' ? undefined : settle(stage),
    keys: keys === 'read' ? undefined : keys,
    caveats: [],
  };
  if (resolved === undefined || identity.signing === 'unsigned') {
    // Asking takes credentials, and nobody gave any.
    return {
      ...known,
      caveats: [...(stage === 'read' ? [UNSIGNED] : []), ...(keys === 'read' ? [UNSIGNED_KEYS] : [])],
    };
  }
  // The same credentials for every question: a source may ask a person for a code.
  const same: GatewayHost = {
    ...host,
    credentials: async () => ({ kind: 'credentials', credentials: resolved }),
  };
  const asked = options.identify === 'ask' ? await whoAmI(same, target, options) : undefined;
  const read = stage === 'read' ? await readStageCache(same, target, options) : undefined;
  const transfer =
    read?.value === undefined
      ? undefined
      : await transferOf(same, target, { cache: read.value, request: target }, options);
  const integration = keys === 'read' ? await readEntryKeys(same, target, options) : undefined;
  return {
    keys: integration?.value ?? known.keys,
    identity: asked?.value === undefined ? identity : { ...identity, ...asked.value },
    settled: read?.value === undefined ? known.settled : settle(read.value, transfer),
    caveats: [
      ...(asked === undefined || asked.value !== undefined
        ? []
        : [`AWS was asked who the caller is, and did not tell: ${asked.verdict.title}.`]),
      ...(read === undefined || read.value !== undefined
        ? []
        : [`The stage's settings could not be read: ${read.verdict.title}.`]),
      ...(integration === undefined || integration.value !== undefined
        ? []
        : [
            integration.verdict.kind === 'accepted'
              ? 'The API has no resource that takes this path, or no such method on it, so its cache keys are not known.'
              : `The cache keys could not be read: ${integration.verdict.title}. ${integration.verdict.explanation}`,
          ]),
    ],
  };
}

/** The verdict where it is certain that the API belongs to another account than the caller's, and that it matters. */
export function crossAccount(
  { accountId }: Pick<InvalidationTarget, 'accountId'>,
  { identity, settled }: Known,
): Verdict | undefined {
  const caller = identity.signing === 'sigv4' ? identity.accountId : undefined;
  const isAnother =
    caller !== undefined && accountId !== undefined && /^\d{12}$/.test(accountId) && caller !== accountId;
  return isAnother && settled?.authorization !== 'not-required'
    ? completeVerdict(CROSS_ACCOUNT, [
        `The ARN names account ${accountId}, and the caller is of account ${caller}.`,
      ])
    : undefined;
}
