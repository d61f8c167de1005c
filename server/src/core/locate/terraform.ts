import { functionCall } from '../syntax/functions';
import { isConfiguration } from '../syntax/hcl/configuration';
import { DOCUMENT_TYPE } from '../syntax/hcl/documentNames';
import {
  type MemberNode,
  memberAround,
  memberOf,
  type ObjectNode,
  type SyntaxNode,
  topMemberAround,
} from '../syntax/nodes';
import { STATEMENT_ELEMENTS } from './elements';
import { NamedKinds } from './namedKinds';
import type { PolicyKind } from './policyType';
import { type Argument, kindOfArgument, withoutDynamic } from './terraformArguments';
import type { ModuleContext } from './terraformModule';
import { type TerraformUses, usesIn } from './terraformUses';

/**
 * Of what type a policy in a configuration of Terraform is: by the argument that it is the value of, or, for a data source
 * and a local value, by the arguments that name it, in whatever file of the module. `.tf.json` files are objects of the same
 * shape.
 */

/**
 * What an argument of the AWS provider takes; `undefined` for a member that is none of them.
 *
 * @param module what the other files of the folder say
 */
export function terraformKind(member: MemberNode, module: ModuleContext | undefined): PolicyKind | undefined {
  const place = placeOf(member);
  if (place === undefined) {
    return undefined;
  }
  if (place.kind === 'argument') {
    return kindOfArgument(place);
  }
  const kind = kindsIn(usesIn(place.root), module).of(place.name);
  return kind === 'several' ? undefined : kind;
}

/**
 * Whether a member of a configuration holds statements and no policy: a local value that is the Statement of a policy
 * somewhere in the module, and what can be nothing else among local values, variables, and what a module is given.
 *
 * @param module what the other files of the folder say
 */
export function holdsStatementsAlone(member: MemberNode, module: ModuleContext | undefined): boolean {
  const { value, parent } = member;
  if (value === undefined || (value.kind !== 'array' && value.kind !== 'object')) {
    return false;
  }
  const place =
    parent.parent?.kind === 'member' && parent.parent.name === 'locals' ? placeOf(member) : undefined;
  if (place?.kind === 'named') {
    const uses = [usesIn(place.root), ...(module?.others ?? [])];
    if (uses.some(({ statements }) => statements.has(place.name)) && functionCall(value) === undefined) {
      return true;
    }
  }
  return areStatements(value) && isGivenOn(member);
}

/** Whether a value is a statement, or a list of such and of what is not told. */
function areStatements(value: SyntaxNode): boolean {
  const items = value.kind === 'array' ? value.items : [value];
  return (
    items.every((item) => isStatement(item) || functionCall(item) !== undefined) && items.some(isStatement)
  );
}

function isStatement(node: SyntaxNode): boolean {
  const effect = node.kind === 'object' ? memberOf(node, 'Effect') : undefined;
  const action =
    node.kind === 'object' ? (memberOf(node, 'Action') ?? memberOf(node, 'NotAction')) : undefined;
  return (
    node.kind === 'object' &&
    effect !== undefined &&
    action !== undefined &&
    // Either may be half typed.
    (hasText(effect, /^(?:Allow|Deny)$/) || hasText(action, /^[a-z][\w-]{1,60}:\S/)) &&
    // A name without a value is being typed.
    node.members.every(({ name, value }) => value === undefined || STATEMENT_ELEMENTS.includes(name))
  );
}

/** Whether a text is the value of a member, or the first of a list. */
function hasText({ value }: MemberNode, pattern: RegExp): boolean {
  const text = value?.kind === 'array' ? value.items[0] : value;
  return text?.kind === 'string' && pattern.test(text.value);
}

/** Whether a member stands where a configuration says what is used elsewhere. */
function isGivenOn(member: MemberNode): boolean {
  const top = topMemberAround(member.parent) ?? member;
  const { source } = top.parent;
  return (
    /^(?:locals|variable|module)$/.test(top.name) && (source.syntax === 'hcl' || isConfiguration(top.parent))
  );
}

const KINDS = new WeakMap<
  TerraformUses,
  { readonly module: ModuleContext | undefined; readonly kinds: NamedKinds }
>();

/** The kinds of what has a name, worked out once for each version of a document in a module. */
function kindsIn(uses: TerraformUses, module: ModuleContext | undefined): NamedKinds {
  const known = KINDS.get(uses);
  if (known !== undefined && known.module === module) {
    return known.kinds;
  }
  const kinds = new NamedKinds([uses, ...(module?.others ?? [])]);
  KINDS.set(uses, { module, kinds });
  return kinds;
}

interface ArgumentPlace extends Argument {
  readonly kind: 'argument';
}

interface Named {
  readonly kind: 'named';
  /** As expressions name it: `local.x` or `data.aws_iam_policy_document.x`. */
  readonly name: string;
  readonly root: ObjectNode;
}

/** Where a member stands in a configuration, be it in the argument of a function or in a `dynamic` block. */
function placeOf(member: MemberNode): ArgumentPlace | Named | undefined {
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
