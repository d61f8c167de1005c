import { DOCUMENT_TYPE } from '../syntax/hcl/policyDocument';
import {
  type MemberNode,
  memberOf,
  type ObjectNode,
  type SourceText,
  type SyntaxNode,
} from '../syntax/nodes';
import { indexAt } from '../syntax/stringSpans';
import type { PolicyKind, PolicyType } from './policyType';
import { ORGANIZATIONS_POLICY, TERRAFORM_HOLDERS } from './terraformHolders';

/**
 * Of what type a policy in a configuration of Terraform is: by the argument that it is the value of, or, for a data source
 * and a local value, by the arguments that name it. `.tf.json` files are objects of the same shape.
 */

/** What an argument of the AWS provider takes; `undefined` for a member that is none of them. */
export function terraformKind(member: MemberNode): PolicyKind | undefined {
  const place = placeOf(member);
  if (place === undefined) {
    return undefined;
  }
  return place.kind === 'argument' ? kindOfArgument(place) : kindOfNamed(usesIn(place.root), place.name);
}

interface Argument {
  readonly kind: 'argument';
  readonly resource: string;
  readonly keys: string;
  readonly member: MemberNode;
}

interface Named {
  readonly kind: 'named';
  /** As expressions name it: `local.x` or `data.aws_iam_policy_document.x`. */
  readonly name: string;
  readonly root: ObjectNode;
}

/** Where a member stands in a configuration, be it in the argument of a function or in a `dynamic` block. */
function placeOf(member: MemberNode): Argument | Named | undefined {
  const names: string[] = [];
  let root: ObjectNode = member.parent;
  for (let current: MemberNode | undefined = member; current !== undefined; current = memberAround(root)) {
    if (!current.name.startsWith('Fn::')) {
      names.unshift(current.name);
    }
    root = current.parent;
  }
  const [block, first, second, ...rest] = withoutDynamic(names);
  if (block === 'resource' && first !== undefined && rest.length > 0) {
    return { kind: 'argument', resource: first, keys: rest.join('.'), member };
  }
  if (block === 'locals' && first !== undefined && second === undefined) {
    return { kind: 'named', name: `local.${first}`, root };
  }
  return block === 'data' && first === DOCUMENT_TYPE && second !== undefined && rest.length === 0
    ? { kind: 'named', name: `data.${DOCUMENT_TYPE}.${second}`, root }
    : undefined;
}

/** A `dynamic` block stands for the blocks that it writes. */
function withoutDynamic(names: readonly string[]): readonly string[] {
  return names.filter(
    (name, at) => name !== 'dynamic' && !(name === 'content' && names[at - 2] === 'dynamic'),
  );
}

function memberAround(node: SyntaxNode): MemberNode | undefined {
  let { parent } = node;
  while (parent?.kind === 'array') {
    parent = parent.parent;
  }
  return parent;
}

function kindOfArgument({ resource, keys, member }: Omit<Argument, 'kind'>): PolicyKind | undefined {
  const reason = `it is ${keys} of ${resource}`;
  const row = TERRAFORM_HOLDERS.get(`${resource} ${keys}`);
  if (row !== undefined) {
    const { type, resourceType, mayLackResource } = row;
    return { type, resourceType, ...(mayLackResource && { mayLackResource }), reason };
  }
  if (resource !== ORGANIZATIONS_POLICY || keys !== 'content') {
    return undefined;
  }
  const written = memberOf(member.parent, 'type')?.value;
  const type: PolicyType | undefined =
    written === undefined
      ? 'scp'
      : written.kind === 'string'
        ? ORGANIZATION_TYPES.get(written.value)
        : undefined;
  return type === undefined ? undefined : { type, resourceType: undefined, reason };
}

/** Terraform Registry, hashicorp/aws, `aws_organizations_policy`, argument `type`. */
const ORGANIZATION_TYPES: ReadonlyMap<string, PolicyType> = new Map([
  ['SERVICE_CONTROL_POLICY', 'scp'],
  ['RESOURCE_CONTROL_POLICY', 'rcp'],
]);

/** Which arguments, local values and data sources name others: the kinds of each name, and the names that it is part of. */
interface Uses {
  readonly kinds: ReadonlyMap<string, readonly PolicyKind[]>;
  readonly partOf: ReadonlyMap<string, readonly string[]>;
}

const USES = new WeakMap<ObjectNode, Uses>();

/** Worked out once for each version of a document. */
function usesIn(root: ObjectNode): Uses {
  const known = USES.get(root);
  if (known !== undefined) {
    return known;
  }
  const kinds = new Map<string, PolicyKind[]>();
  const partOf = new Map<string, string[]>();
  for (const { name: block, value } of root.members) {
    for (const body of objectsOf(value)) {
      if (block === 'locals') {
        for (const local of body.members) {
          addNames(partOf, local.value, `local.${local.name}`);
        }
      } else if (block === 'resource' || block === 'data') {
        for (const { name: type, value: named } of body.members) {
          for (const resource of objectsOf(named).flatMap(({ members }) => members)) {
            if (block === 'resource') {
              addArguments(kinds, type, resource);
            } else if (type === DOCUMENT_TYPE) {
              addNames(partOf, resource.value, `data.${DOCUMENT_TYPE}.${resource.name}`);
            }
          }
        }
      }
    }
  }
  const uses = { kinds, partOf };
  USES.set(root, uses);
  return uses;
}

function objectsOf(value: SyntaxNode | undefined): readonly ObjectNode[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.filter((node) => node?.kind === 'object');
}

/** The names in the arguments of a resource that take policies. */
function addArguments(kinds: Map<string, PolicyKind[]>, resource: string, member: MemberNode): void {
  const open: { readonly member: MemberNode; readonly keys: readonly string[] }[] = objectsOf(
    member.value,
  ).flatMap(({ members }) => members.map((each) => ({ member: each, keys: [] })));
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { member: inner, keys } = each;
    const own = [...keys, inner.name];
    const kind = kindOfArgument({ resource, keys: withoutDynamic(own).join('.'), member: inner });
    if (kind !== undefined) {
      for (const name of namesIn(inner.value)) {
        listIn(kinds, name).push(kind);
      }
    } else if (own.length < DEEPEST) {
      open.push(
        ...objectsOf(inner.value).flatMap(({ members }) =>
          members.map((next) => ({ member: next, keys: own })),
        ),
      );
    }
  }
}

/** No argument of the table is further down, a `dynamic` block around it counted. */
const DEEPEST = 4;

function addNames(partOf: Map<string, string[]>, value: SyntaxNode | undefined, user: string): void {
  for (const name of namesIn(value)) {
    listIn(partOf, name).push(user);
  }
}

function listIn<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

/** The local values and documents that an expression names. */
function namesIn(value: SyntaxNode | undefined): ReadonlySet<string> {
  const source = value === undefined ? undefined : sourceOf(value);
  if (value === undefined || source === undefined) {
    return new Set();
  }
  const text = source.text.slice(indexAt(source, value.span.start), indexAt(source, value.span.end));
  return new Set(Array.from(text.matchAll(NAME), ([name]) => name));
}

const NAME = /\b(?:local|data\.aws_iam_policy_document)\.[\w-]+/g;

function sourceOf(node: SyntaxNode): SourceText | undefined {
  return 'source' in node ? node.source : undefined;
}

/** The one kind of all arguments that come to have what has a name; `undefined` where there is none, or several. */
function kindOfNamed({ kinds, partOf }: Uses, name: string): PolicyKind | undefined {
  const seen = new Set([name]);
  const found: PolicyKind[] = [];
  for (const each of seen) {
    found.push(...(kinds.get(each) ?? []));
    for (const user of partOf.get(each) ?? []) {
      seen.add(user);
    }
  }
  const [first] = found;
  return first !== undefined &&
    found.every(({ type, resourceType }) => type === first.type && resourceType === first.resourceType)
    ? first
    : undefined;
}
