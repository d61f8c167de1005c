import { DOCUMENT_TYPE } from '../syntax/hcl/documentNames';
import {
  type MemberNode,
  memberAround,
  memberOf,
  type ObjectNode,
  type SyntaxNode,
  topMemberAround,
} from '../syntax/nodes';
import type { PolicyKind } from './policyType';
import { type Argument, kindOfArgument } from './terraformArguments';

/**
 * Plans and states of Terraform (Terraform documentation, "JSON Output Format"; the files of states are of the same kind). A
 * plan says most things several times: what is planned, what each change makes of what, what was there before, and what the
 * configuration says.
 */

/** An argument of a resource in a plan or a state. */
export interface StateArgument extends Argument {
  /** The resource, which differs from others; absent in a file of a state, where none is said twice. */
  readonly address: string | undefined;
  /** Whether it is what will be no more, or is only the source of what is planned. */
  readonly isPast: boolean;
}

/** The members that hold the arguments of a resource, each with how far out its type stands. */
const ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['values', 0],
  ['before', 1],
  ['after', 1],
  ['attributes', 1],
]);

/** Where a member stands in a plan or a state; `undefined` for one that is no argument of a resource there. */
function stateArgumentOf(member: MemberNode): StateArgument | undefined {
  if (member.parent.source.syntax !== 'json') {
    return undefined;
  }
  const keys: string[] = [];
  for (let at: MemberNode | undefined = member; at !== undefined; at = memberAround(at.parent)) {
    const further = ARGUMENTS.get(at.name);
    const outer = further === 1 ? memberAround(at.parent) : at;
    const resource = further === undefined ? undefined : outer?.parent;
    const type = resource === undefined ? undefined : textOf(resource, 'type');
    if (resource !== undefined && type !== undefined && keys.length > 0) {
      return {
        resource: type,
        keys: keys.join('.'),
        member,
        address: textOf(resource, 'address'),
        isPast: at.name === 'before' || topMemberAround(resource)?.name === 'prior_state',
      };
    }
    keys.unshift(at.name);
  }
  return undefined;
}

/** What a policy in a plan or a state is; `undefined` for what is in neither, or in no argument that takes policies. */
export function stateKind(member: MemberNode): PolicyKind | undefined {
  const argument = stateArgumentOf(member);
  return argument && kindOfArgument(argument);
}

/** Whether a document is a plan or a state. */
export function isPlanOrState(root: SyntaxNode): root is ObjectNode {
  return (
    root.kind === 'object' &&
    root.source.syntax === 'json' &&
    memberOf(root, 'terraform_version') !== undefined &&
    ['planned_values', 'values', 'resources', 'resource_changes'].some(
      (name) => memberOf(root, name) !== undefined,
    )
  );
}

/** Tells policies that a plan has said before, in the order of the document. */
export class PlanRepetitions {
  readonly #isPlan: boolean;
  readonly #seen = new Set<string>();
  readonly #texts = new Set<string>();

  constructor(root: ObjectNode) {
    this.#isPlan = memberOf(root, 'planned_values') !== undefined;
  }

  /** Whether a policy is said elsewhere, or is replaced by what is planned. */
  repeats(node: ObjectNode, holder: MemberNode | undefined): boolean {
    const argument = holder && stateArgumentOf(holder);
    const text = (node.text ?? '').replaceAll(/\s+/g, '');
    // What has no resource around it is a part of the configuration.
    const place =
      argument === undefined
        ? undefined
        : `${argument.address} ${argument.keys.replace(/^minified_json$/, 'json')} ${text}`;
    const isSeen =
      place === undefined || this.#isPast(argument) ? this.#texts.has(text) : this.#seen.has(place);
    this.#texts.add(text);
    if (place !== undefined) {
      this.#seen.add(place);
    }
    return isSeen || (this.#isPlan && argument?.isPast === true && argument.resource !== DOCUMENT_TYPE);
  }

  #isPast(argument: StateArgument | undefined): boolean {
    return this.#isPlan && argument?.isPast === true;
  }
}

function textOf(object: ObjectNode, name: string): string | undefined {
  const value = memberOf(object, name)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}
