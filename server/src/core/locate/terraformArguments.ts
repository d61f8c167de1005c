import { type MemberNode, memberOf } from '../syntax/nodes';
import { ORGANIZATIONS_POLICY_TYPES, type PolicyKind, type PolicyType } from './policyType';
import { ORGANIZATIONS_POLICY, TERRAFORM_HOLDERS } from './terraformHolders';

/** An argument of a resource of Terraform. */
export interface Argument {
  readonly resource: string;
  /** The names from the resource's block down to the argument, with dots between them. */
  readonly keys: string;
  readonly member: MemberNode;
}

/** What an argument takes, by the table of holders; `undefined` where it takes no policy. */
export function kindOfArgument({ resource, keys, member }: Argument): PolicyKind | undefined {
  const reason = `it is ${keys} of ${resource}`;
  const row = TERRAFORM_HOLDERS.get(`${resource} ${keys}`);
  if (row !== undefined) {
    const { type, resourceType, mayLackResource } = row;
    return { type, resourceType, ...(mayLackResource && { mayLackResource }), reason };
  }
  if (resource !== ORGANIZATIONS_POLICY || keys !== 'content') {
    return undefined;
  }
  // Terraform Registry, hashicorp/aws, `aws_organizations_policy`, argument `type`.
  const written = memberOf(member.parent, 'type')?.value;
  const type: PolicyType | undefined =
    written === undefined
      ? 'scp'
      : written.kind === 'string'
        ? ORGANIZATIONS_POLICY_TYPES.get(written.value)
        : undefined;
  return type === undefined ? undefined : { type, resourceType: undefined, reason };
}

/** A `dynamic` block stands for the blocks that it writes. */
export function withoutDynamic(names: readonly string[]): readonly string[] {
  return names.filter(
    (name, at) => name !== 'dynamic' && !(name === 'content' && names[at - 2] === 'dynamic'),
  );
}
