import { type MemberNode, memberAround, memberOf, type ObjectNode } from '../syntax/nodes';
import { kindFromContent } from './contentKind';
import { HOLDERS, type Holder } from './holders';
import { hintOfPath, kindByPath } from './pathKind';
import {
  ORGANIZATIONS_POLICY_TYPES,
  type PolicyKind,
  type PolicyType,
  ROLE_TRUST_POLICY,
} from './policyType';
import { programKind } from './programHolders';
import { terraformKind } from './terraform';
import type { ModuleContext } from './terraformModule';
import { stateKind } from './terraformState';

/** What is known of a policy from outside of its document. */
export interface TypeOverride {
  /** What the user or a setting says it is; that wins over everything that is found in the document. */
  readonly policyType?: PolicyType | undefined;
  readonly resourceType?: string | undefined;
  /** Where the document lies, from the workspace or the current folder; its words tell where nothing else does. */
  readonly path?: string | undefined;
  /** What the Terraform modules of the workspace say of it. */
  readonly module?: ModuleContext | undefined;
}

/**
 * What kind of policy an object is: from the override, else from what holds it, else from its content and, if it is all of
 * a document, from the document's path.
 *
 * Without a Principal an identity policy, a permissions boundary, a session policy and an SCP cannot be told apart
 * by their text; such a policy counts as an identity policy unless its path says more.
 *
 * @param holder the member whose value the policy is, or whose value is the string that the policy stands in
 */
export function kindOf(
  policy: ObjectNode,
  override: TypeOverride,
  holder: MemberNode | undefined,
): PolicyKind {
  if (override.policyType !== undefined) {
    const content = kindFromContent(policy);
    const resourceType = override.resourceType ?? content.resourceType;
    return {
      type: override.policyType === 'resource' ? typeOfResource(resourceType) : override.policyType,
      resourceType,
      ...(resourceType === undefined && content.isGuess && { isGuess: true }),
      reason: 'it was set for this document',
    };
  }
  const kind =
    kindFromHolder(holder, override.module) ??
    kindInProgram(holder, kindFromDocument(policy, holder, override));
  return override.resourceType === undefined
    ? kind
    : {
        type: typeOfResource(override.resourceType),
        resourceType: override.resourceType,
        reason: 'its resource type was set for this document',
      };
}

/** A policy in a document of something else has nothing to do with how that is called. */
function kindFromDocument(
  policy: ObjectNode,
  holder: MemberNode | undefined,
  { path, module }: TypeOverride,
): PolicyKind {
  if (holder === undefined && module?.kind !== undefined) {
    return module.kind;
  }
  const kind = kindFromContent(policy);
  const hint = path === undefined || holder !== undefined ? undefined : hintOfPath(path);
  return hint === undefined ? kind : kindByPath(policy, kind, hint);
}

/**
 * What stands in a custom resource goes to a program of its own (AWS CloudFormation User Guide, "Create custom provisioning
 * logic with custom resources"), which may add a Version and resources to a policy.
 */
function kindInProgram(holder: MemberNode | undefined, kind: PolicyKind): PolicyKind {
  const type = holder === undefined ? undefined : templateResourceAround(holder)?.type;
  return type !== undefined && /^(?:Custom::|AWS::CloudFormation::CustomResource$)/.test(type)
    ? { ...kind, versionWritten: true, mayLackResource: true }
    : kind;
}

/** A kind that a host document tells, unless the user or a setting says otherwise. */
export function overruled(kind: PolicyKind, { policyType, resourceType }: TypeOverride): PolicyKind {
  if (policyType === undefined && resourceType === undefined) {
    return kind;
  }
  const type = policyType ?? 'resource';
  return {
    ...kind,
    type: type === 'resource' ? typeOfResource(resourceType) : type,
    resourceType: resourceType ?? kind.resourceType,
    reason: 'it was set for this document',
  };
}

/** A trust policy is the resource policy of a role, and Access Analyzer has a resource type for it. */
function typeOfResource(resourceType: string | undefined): PolicyType {
  return resourceType === ROLE_TRUST_POLICY ? 'trust' : 'resource';
}

/** What Organizations calls the type of a policy: beside the content, or, in what DescribePolicy answers, in the summary. */
function organizationsTypeOf(object: ObjectNode): string | undefined {
  const summary = memberOf(object, 'PolicySummary')?.value;
  return (
    textOf(memberOf(object, 'Type')) ??
    (summary?.kind === 'object' ? textOf(memberOf(summary, 'Type')) : undefined)
  );
}

/**
 * What kind of policy stands where something else holds it; `undefined` where that does not tell.
 *
 * @param holder the member whose value the policy is, or whose value is the string that the policy stands in
 */
export function kindFromHolder(
  holder: MemberNode | undefined,
  module?: ModuleContext | undefined,
): PolicyKind | undefined {
  if (holder === undefined) {
    return undefined;
  }
  if (holder.key.value.startsWith('Fn::')) {
    return kindFromHolder(memberAround(holder.parent), module);
  }
  const key = holder.key.value;
  const around = templateResourceAround(holder);
  const row = holderRow(holder, around);
  if (row !== undefined) {
    return {
      type: row.type,
      resourceType: row.resourceType,
      ...(row.writesVersion && { versionWritten: true }),
      ...(row.versionOptional && { versionOptional: true }),
      ...(row.mayLackResource && { mayLackResource: true }),
      reason: around === undefined ? `it is the value of ${key}` : `it is ${around.keys} of ${around.type}`,
    };
  }
  const named = key === 'Content' ? organizationsTypeOf(holder.parent) : undefined;
  const type = ORGANIZATIONS_POLICY_TYPES.get(named ?? '');
  return type === undefined
    ? (terraformKind(holder, module) ?? stateKind(holder) ?? programKind(holder))
    : { type, resourceType: undefined, reason: `it is the content of a ${named}` };
}

/** The row of the table of holders for a member. */
export function holderRow(
  member: MemberNode,
  around: TemplateResource | undefined = templateResourceAround(member),
): Holder | undefined {
  const key = member.key.value;
  return HOLDERS.find((candidate) =>
    candidate.resource === undefined
      ? candidate.key === key
      : candidate.resource === around?.type && candidate.key === around.keys,
  );
}

/**
 * Whether a member's value is to be a policy. Those of identities need no row above: they all have this name.
 *
 * @param module what the other files of a Terraform module say
 */
export function isPolicyHolder(holder: MemberNode, module?: ModuleContext | undefined): boolean {
  return holder.key.value === 'PolicyDocument' || kindFromHolder(holder, module) !== undefined;
}

interface TemplateResource {
  readonly type: string;
  readonly keys: string;
}

/** The CloudFormation resource whose `Properties` a member stands in, and the keys from there to the member. */
function templateResourceAround(member: MemberNode): TemplateResource | undefined {
  const keys: string[] = [];
  let current: MemberNode | undefined = member;
  while (current !== undefined && current.key.value !== 'Properties') {
    // A function stands for what it gives.
    if (!current.key.value.startsWith('Fn::')) {
      keys.unshift(current.key.value);
    }
    current = memberAround(current.parent);
  }
  const type = current === undefined ? undefined : textOf(memberOf(current.parent, 'Type'));
  return type === undefined ? undefined : { type, keys: keys.join('.') };
}

function textOf(member: MemberNode | undefined): string | undefined {
  return member?.value?.kind === 'string' ? member.value.value : undefined;
}
