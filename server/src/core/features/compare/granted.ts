import { attachedOf } from '../../compare/attached';
import { Effort } from '../../compare/effort';
import { gainsOf } from '../../compare/gains';
import { type Side, sideOf } from '../../compare/sides';
import type { PolicyDocument } from '../../document';
import { accountOf } from '../../evaluate/caller';
import { evaluate } from '../../evaluate/evaluate';
import { exceptionsOf, freeTo, isKeptByRoot } from '../../evaluate/exceptions';
import { holdsUnknownStatements } from '../../evaluate/unfinished';
import type { IamData } from '../../iamData/iamData';
import type { PolicyType } from '../../locate/policyType';
import type { Policy, PolicyTraits } from '../../model/policy';
import { type Change, changesOf, inOrder } from './changes';

export interface GrantedQuestion {
  /** `service:Name`, with wildcards for several; all without one. */
  readonly action?: string | undefined;
  /** An ARN with wildcards for several; all without one. */
  readonly resource?: string | undefined;
  /** Only what anybody at all can do. */
  readonly onlyPublic?: boolean | undefined;
  /** At which level of the organization a service control policy is attached. */
  readonly levels?: ReadonlyMap<PolicyTraits, string> | undefined;
}

export interface Granted extends Change {
  /** What the policy is attached to, as far as its document has a name for it. */
  readonly holder: string;
}

/** The policies that can grant something by themselves. */
const GRANTING: ReadonlySet<PolicyType> = new Set(['identity', 'resource', 'trust']);

/** Types that limit the holders of identity policies. What a resource policy grants to others they need not limit. */
const LIMITS = ['scp', 'boundary', 'session', 'rcp'] as const satisfies readonly PolicyType[];

/**
 * What policies grant, each by itself and within the limits among them. Nothing else has to be considered: no policy
 * denies what the policy of another thing grants. Boundaries, session policies and service control policies limit what
 * identity policies grant, resource control policies what all policies grant. A document whose type nobody has given has no
 * limits: it does not say whom they limit.
 */
export function grantedBy(
  documents: readonly PolicyDocument[],
  { action, resource, onlyPublic, levels }: GrantedQuestion,
  iamData: IamData | undefined,
): readonly Granted[] {
  const effort = new Effort();
  const limiting = limitingIn(documents);
  const limits = LIMITS.flatMap((type) => limitsOf(type, limiting, levels));
  return inOrder(
    documents.flatMap((document) =>
      attachedOf([document]).flatMap(({ type, policies: attached, name: holder }): Granted[] => {
        if (!GRANTING.has(type) || (onlyPublic === true && type === 'identity')) {
          return [];
        }
        const side = sideOf(type, attached);
        const gains = gainsOf(side, sideOf(type, []), {
          iamData,
          rcpServices: iamData?.rcpSupportedServices,
          action,
          resource,
          onlyPublic,
          levels,
          effort,
          limits: limits.filter((limit) => type === 'identity' || limit.type === 'rcp'),
        });
        return changesOf(gains, side, iamData, action !== undefined).map((change) => ({ ...change, holder }));
      }),
    ),
  );
}

/** What some may do whatever policies say about it. */
export interface Regardless {
  /** An action that was asked for. */
  readonly action: string;
  /** Everybody with credentials, users and root users, or the root user of the account that owns the resource. */
  readonly who: 'everybody' | 'users' | 'root';
  /** Whether no policy of an organization that was given may stand in the way. */
  readonly isCertain: boolean;
}

/**
 * What was asked for and needs no permission, or what the root user can do to its buckets and queues although their policies
 * deny it. What else a root user may do in its own account follows from no policy, and no policy of a resource is about it.
 */
export function grantedRegardless(
  documents: readonly PolicyDocument[],
  { action, resource }: GrantedQuestion,
  iamData: IamData | undefined,
): readonly Regardless[] {
  if (action === undefined) {
    return [];
  }
  const policies = documents.flatMap((document) => document.policies);
  const organization = limitingIn(documents).filter(({ kind }) => kind.type === 'rcp');
  const rcpServices = iamData?.rcpSupportedServices;
  return exceptionsOf(action).flatMap((each): Regardless[] => {
    const known = iamData?.action(each)?.name;
    const name = known === undefined ? each : `${each.slice(0, each.indexOf(':'))}:${known}`;
    const who = freeTo(each);
    if (who !== undefined) {
      return [{ action: name, who, isCertain: true }];
    }
    const owned = policies.filter((policy) => policy.kind.type === 'resource' && mayBeAbout(policy, each));
    if (!isKeptByRoot(each) || owned.length === 0) {
      return [];
    }
    const account = accountOf(resource ?? '') ?? SOME_ACCOUNT;
    const { outcome } = evaluate(
      [...owned, ...organization],
      {
        action: each,
        resource: resource ?? '*',
        principal: `arn:aws:iam::${account}:root`,
        resourceAccount: account,
      },
      { rcpServices },
    );
    return outcome === 'allow' || outcome === 'depends'
      ? [{ action: name, who: 'root', isCertain: outcome === 'allow' }]
      : [];
  });
}

const SOME_ACCOUNT = '111122223333';

/** Whether a policy may be that of a bucket or a queue: by what has it, or else by the actions that it names. */
function mayBeAbout({ kind: { resourceType }, statements }: Policy, action: string): boolean {
  const service = action.slice(0, action.indexOf(':'));
  if (resourceType !== undefined) {
    const [, of = '', kind = ''] = resourceType.toLowerCase().split('::');
    return of === service.replace('-', '') && /bucket|queue/.test(kind);
  }
  return statements.some(({ actions }) =>
    actions.some(
      ({ negated, entries }) =>
        negated ||
        entries.some(({ service: named }) => named === undefined || named.toLowerCase() === service),
    ),
  );
}

/** Whether a document has policies that may grant more by statements that a template or a program puts in elsewhere. */
export function mayGrantUnseen(
  { policies }: PolicyDocument,
  { onlyPublic }: Pick<GrantedQuestion, 'onlyPublic'>,
): boolean {
  return policies.some(
    (policy) =>
      holdsUnknownStatements(policy) &&
      (onlyPublic !== true || (GRANTING.has(policy.kind.type) && policy.kind.type !== 'identity')),
  );
}

function limitingIn(documents: readonly PolicyDocument[]): readonly Policy[] {
  return documents.flatMap(({ override, policies }) => (override?.policyType === undefined ? [] : policies));
}

/** The policies of one level of the organization add up, and each level must allow; a principal has one boundary. */
function limitsOf(
  type: (typeof LIMITS)[number],
  policies: readonly Policy[],
  levels: ReadonlyMap<PolicyTraits, string> | undefined,
): readonly Side[] {
  const byLevel = new Map<string, Policy[]>();
  for (const policy of policies.filter(({ kind }) => kind.type === type)) {
    const level = levels?.get(policy) ?? '';
    byLevel.set(level, [...(byLevel.get(level) ?? []), policy]);
  }
  return [...byLevel.values()].map((of) => sideOf(type, of));
}
