import { attachedOf } from '../../compare/attached';
import { Effort } from '../../compare/effort';
import { gainsOf } from '../../compare/gains';
import { type Side, sideOf } from '../../compare/sides';
import type { PolicyDocument } from '../../document';
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
 * identity policies grant, resource control policies what all policies grant.
 */
export function grantedBy(
  documents: readonly PolicyDocument[],
  { action, resource, onlyPublic, levels }: GrantedQuestion,
  iamData: IamData | undefined,
): readonly Granted[] {
  const policies = documents.flatMap((document) => document.policies);
  const effort = new Effort();
  const limits = LIMITS.flatMap((type) => limitsOf(type, policies, levels));
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
