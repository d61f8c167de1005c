import type { ResponseTransfer } from '../core/index';
import { readStageCache, whoAmI } from './control';
import { transferOf } from './deployedApi';
import { CROSS_ACCOUNT } from './failureVerdicts';
import type { GatewayHost, ResolvedCredentials } from './host';
import { type ShownIdentity, shownIdentity } from './identity';
import type { InvalidateOptions } from './invalidate';
import type { InvalidationTarget } from './request';
import { type Settled, type StageCache, settledBy } from './stageCache';
import { completeVerdict } from './verdict';
import type { Verdict } from './verdictTable';

/** What is known before anything is sent to the API. */
export interface Known {
  readonly identity: ShownIdentity;
  readonly settled: Settled | undefined;
  readonly caveats: readonly string[];
}

const UNSIGNED = "The stage's settings were not read: that takes credentials, and the request is unsigned.";

/** Asks AWS who signs and how the stage is set, as far as that was asked for. A question that fails stops nothing. */
export async function lookAhead(
  host: GatewayHost,
  target: InvalidationTarget,
  resolved: ResolvedCredentials | undefined,
  options: InvalidateOptions,
): Promise<Known> {
  const identity = shownIdentity(resolved);
  const settle = (stage: StageCache, transfer?: ResponseTransfer) =>
    settledBy(stage, target.method, target.path, transfer);
  const { stage } = options;
  const known: Known = {
    identity,
    settled: stage === undefined || stage === 'read' ? undefined : settle(stage),
    caveats: [],
  };
  if (resolved === undefined || identity.signing === 'unsigned') {
    // Asking takes credentials, and nobody gave any.
    return stage === 'read' ? { ...known, caveats: [UNSIGNED] } : known;
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
  return {
    identity: asked?.value === undefined ? identity : { ...identity, ...asked.value },
    settled: read?.value === undefined ? known.settled : settle(read.value, transfer),
    caveats: [
      ...(asked === undefined || asked.value !== undefined
        ? []
        : [`AWS was asked who the caller is, and did not tell: ${asked.verdict.title}.`]),
      ...(read === undefined || read.value !== undefined
        ? []
        : [`The stage's settings could not be read: ${read.verdict.title}.`]),
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
