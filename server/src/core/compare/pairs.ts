import type { PolicyDocument } from '../document';
import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import type { MemberNode, ObjectNode, SyntaxNode } from '../syntax/nodes';
import { type Side, sideOf } from './sides';

/** The policies of one thing, as they were and as they are. */
export interface PolicyPair {
  readonly type: PolicyType;
  readonly before: Side;
  readonly after: Side;
}

/**
 * Puts together what is attached to the same thing before and after a change: by its place in the document, where what
 * has a name of its own is known by that. What is left on both sides, one of its kind, is one thing under two names.
 */
export function pairsOf(
  before: readonly PolicyDocument[],
  after: readonly PolicyDocument[],
): readonly PolicyPair[] {
  const [old, fresh] = [attachedOf(before), attachedOf(after)];
  for (const [key, { type }] of [...fresh].filter(([each]) => !old.has(each))) {
    const unmatched = (of: Attached, others: Attached): string[] =>
      [...of].filter(([each, one]) => !others.has(each) && one.type === type).map(([each]) => each);
    const [only, ...more] = unmatched(old, fresh);
    const found = only === undefined ? undefined : old.get(only);
    if (
      only !== undefined &&
      found !== undefined &&
      more.length === 0 &&
      unmatched(fresh, old).length === 1
    ) {
      old.delete(only);
      old.set(key, found);
    }
  }
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((key): PolicyPair[] => {
    const [was, is] = [old.get(key), fresh.get(key)];
    const type = is?.type ?? was?.type;
    return type === undefined
      ? []
      : [{ type, before: sideOf(type, was?.policies ?? []), after: sideOf(type, is?.policies ?? []) }];
  });
}

type Attached = Map<string, { readonly type: PolicyType; readonly policies: Policy[] }>;

/** The policies of documents by what they are attached to. */
export function attachedOf(documents: readonly PolicyDocument[]): Attached {
  const attached: Attached = new Map();
  for (const policy of documents.flatMap((document) => document.policies)) {
    const { type } = policy.kind;
    const key = `${type} ${placeOf(policy.node)}`;
    const known = attached.get(key);
    if (known === undefined) {
      attached.set(key, { type, policies: [policy] });
    } else {
      known.policies.push(policy);
    }
  }
  return attached;
}

/** The name of what a policy of a larger document is attached to; empty for a document that is one policy. */
export function placeOf(policy: ObjectNode): string {
  const steps: string[] = [];
  let node: SyntaxNode | MemberNode | undefined = policy.parent;
  let child: SyntaxNode | MemberNode = policy;
  while (node !== undefined) {
    if (node.kind === 'member') {
      steps.unshift(node.name);
    } else if (node.kind === 'array') {
      steps.unshift(nameOf(child) ?? String(node.items.indexOf(child as SyntaxNode)));
    }
    child = node;
    node = node.parent;
  }
  // All policies of one kind in a resource of a template are of the same role, user or resource.
  const at = steps.indexOf('Resources');
  return at >= 0 && at < steps.length - 1 ? steps.slice(0, at + 2).join('/') : steps.join('/');
}

/** What an item of a list calls itself. */
function nameOf(item: SyntaxNode | MemberNode): string | undefined {
  if (item.kind !== 'object') {
    return undefined;
  }
  const named = item.members.find(
    ({ name, value }) => /(?:Name|Id|Arn|^name|^id)$/.test(name) && value?.kind === 'string',
  );
  return named?.value?.kind === 'string' ? named.value.value : undefined;
}
