import type { PolicyDocument } from '../document';
import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { isProgramLanguage } from '../syntax/languages';
import type { MemberNode, SyntaxNode } from '../syntax/nodes';
import { programName } from './programName';

/** Policies of one type that are attached to one thing. */
export interface Attached {
  readonly type: PolicyType;
  readonly policies: readonly Policy[];
  /** The name of that thing in its document; empty for a document that is one policy. */
  readonly name: string;
  /**
   * Whether the name tells it from all others in the document. Of a list of policies nobody knows what is attached to what:
   * places in a list change with what stands before them.
   */
  readonly isNamed: boolean;
  /** The same for what may be one thing in two versions of the document: the name without places in lists. */
  readonly family: string;
}

/** The policies of documents by what they are attached to, in the order of their places. */
export function attachedOf(documents: readonly PolicyDocument[]): readonly Attached[] {
  const named = new Map<string, { readonly attached: Attached; readonly policies: Policy[] }>();
  const all: Attached[] = [];
  for (const document of documents) {
    for (const policy of document.policies) {
      const { type } = policy.kind;
      const place = placeOf(policy, document);
      const key = `${type} ${place.name}`;
      const known = named.get(key);
      if (place.isNamed && known !== undefined) {
        known.policies.push(policy);
        continue;
      }
      const policies = [policy];
      const attached: Attached = { type, policies, ...place };
      all.push(attached);
      if (place.isNamed) {
        named.set(key, { attached, policies });
      }
    }
  }
  return all;
}

type Place = Pick<Attached, 'name' | 'isNamed' | 'family'>;

interface Step {
  readonly text: string;
  /** Absent for a place in a list. */
  readonly name: string | undefined;
  /** What tells a place in a list from others, though it need not be alone with it. */
  readonly label?: string | undefined;
}

function placeOf(policy: Policy, document: PolicyDocument): Place {
  const steps = stepsTo(policy.node, document);
  // All policies of one kind in a resource of a template are of the same role, user or resource.
  const at = steps.findIndex(({ name }) => name === 'Resources');
  const counted = at >= 0 && at < steps.length - 1 ? steps.slice(0, at + 2) : steps;
  return {
    name: counted.map(({ text }) => text).join('/'),
    isNamed: counted.every(({ name }) => name !== undefined),
    family: counted.map(({ name, label }) => name ?? label ?? '*').join('/'),
  };
}

/** The steps down to a policy; of one that stands in a string those to the string come first. */
function stepsTo(policy: SyntaxNode, document: PolicyDocument): readonly Step[] {
  const { root, steps } = climbed(policy);
  const whole = document.tree.root;
  if (whole === undefined || root === whole) {
    return named(steps, policy, document);
  }
  const host = innermost(whole, policy.span.start);
  return host === undefined ? steps : [...named(climbed(host).steps, host, document), ...steps];
}

function climbed(from: SyntaxNode): { readonly root: SyntaxNode; readonly steps: readonly Step[] } {
  const steps: Step[] = [];
  let child: SyntaxNode | MemberNode = from;
  for (let node: SyntaxNode | MemberNode | undefined = from.parent; node !== undefined; node = node.parent) {
    if (node.kind === 'member') {
      steps.unshift({ text: node.name, name: node.name });
    } else if (node.kind === 'array') {
      const name = nameOf(child, from);
      const place = String(node.items.indexOf(child as SyntaxNode));
      steps.unshift({ text: name ?? place, name, label: labelOf(child, from) });
    }
    child = node;
  }
  return { root: child as SyntaxNode, steps };
}

/** The expressions of a program are a list; what each is called stands before it, and need not be so only once. */
function named(steps: readonly Step[], node: SyntaxNode, document: PolicyDocument): readonly Step[] {
  const [first, ...others] = steps;
  if (first === undefined || first.name !== undefined || !isProgramLanguage(document.language)) {
    return steps;
  }
  let top: SyntaxNode | MemberNode = node;
  while (top.parent?.parent !== undefined) {
    top = top.parent;
  }
  const name = programName(document.text, top.span.start);
  return name === undefined ? steps : [{ text: name, name: undefined, label: name }, ...others];
}

/** The narrowest node that an offset falls in. */
function innermost(root: SyntaxNode, offset: number): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root;
  for (;;) {
    const children: readonly (SyntaxNode | undefined)[] =
      node?.kind === 'object'
        ? node.members.map(({ value }) => value)
        : node?.kind === 'array'
          ? node.items
          : [];
    const next = children.find(
      (each) => each !== undefined && each.span.start <= offset && offset < each.span.end,
    );
    if (next === undefined) {
      return node;
    }
    node = next;
  }
}

/** What an item of a list calls itself; a policy has no name of its own. */
function nameOf(item: SyntaxNode | MemberNode, policy: SyntaxNode): string | undefined {
  if (item.kind !== 'object' || item === policy) {
    return undefined;
  }
  const member = item.members.find(
    ({ name, value }) => /(?:Name|Id|Arn|^name|^id)$/.test(name) && value?.kind === 'string',
  );
  return member?.value?.kind === 'string' ? member.value.value : undefined;
}

/** What else an item of a list says in short texts, as in `{ "role": "reader", "policy": … }`. */
function labelOf(item: SyntaxNode | MemberNode, policy: SyntaxNode): string | undefined {
  if (item.kind !== 'object' || item === policy) {
    return undefined;
  }
  const texts = item.members.flatMap(({ name, value }) =>
    value?.kind === 'string' && value.value.length < LONGEST_LABEL ? [`${name}=${value.value}`] : [],
  );
  return texts.length === 0 ? undefined : texts.join();
}

const LONGEST_LABEL = 200;
