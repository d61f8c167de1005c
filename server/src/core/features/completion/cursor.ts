import type { PolicyDocument } from '../../document';
import { policyToComeAt } from '../../locate/toCome';
import { lowerPolicy } from '../../model/lower';
import type { ConditionOperator, Policy, Statement } from '../../model/policy';
import type { ArrayNode, MemberNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';
import { indexAt } from '../../syntax/stringSpans';
import { type Container, containerAt, type FoundSite, type Site, siteIn } from './site';

/** What stands at the cursor: the name of a member of some object, or the value of some element. */
export type Place =
  | 'policy-element'
  | 'statement-element'
  | 'principal-type'
  | 'operator'
  | 'condition-key'
  | 'version'
  | 'statement'
  | 'effect'
  | 'sid'
  | 'action'
  | 'resource'
  | 'principal'
  | 'principal-of-type'
  | 'condition'
  | 'operator-value'
  | 'condition-value';

/** All that a proposal may depend on. */
export interface Cursor {
  readonly place: Place;
  readonly policy: Policy;
  /** Absent outside of statements. */
  readonly statement: Statement | undefined;
  /** The names from the policy's root to the object whose member is named here, or to the value. */
  readonly path: readonly string[];
  /** The other names of the object, or the other strings of the list. */
  readonly siblings: ReadonlySet<string>;
  /** What the named member holds already. */
  readonly held: SyntaxNode | undefined;
  /** The operator that a condition key or value stands under. */
  readonly operator: ConditionOperator | undefined;
  readonly site: Site;
}

/** What stands at an offset of a document; `undefined` outside of policies and where nothing can go. */
export function cursorAt(document: PolicyDocument, offset: number): Cursor | undefined {
  const policy =
    document.policies.findLast(({ node }) => isWritableJson(node) && mayReach(node, offset)) ??
    toComeAt(document, offset);
  if (policy === undefined) {
    return undefined;
  }
  const { source } = policy.node;
  const index = indexAt(source, offset);
  const surroundings = containerAt(source, policy.node, index);
  const found = surroundings && siteIn(source, surroundings, index, offset);
  return found && cursorOf(policy, surroundings.container, found);
}

function isWritableJson({ source }: ObjectNode): boolean {
  return source.syntax === 'json' && source.isReadOnly !== true;
}

function toComeAt({ tree, override }: PolicyDocument, offset: number): Policy | undefined {
  if (tree.source.syntax !== 'json') {
    return undefined;
  }
  const located = policyToComeAt(tree, offset, override);
  return located && mayReach(located.node, offset) ? lowerPolicy(located) : undefined;
}

/** A policy whose brace is missing goes on to the end of its text. */
function mayReach({ span, closed, source }: ObjectNode, offset: number): boolean {
  const end = closed ? span.end - 1 : source.offsetAt(source.text.length);
  return span.start < offset && offset <= end;
}

/** What stands at a site that was found in a container of a policy. */
export function cursorOf(policy: Policy, container: Container, found: FoundSite): Cursor | undefined {
  const { site, member, node } = found;
  const path = [...pathTo(container, policy.node), ...(site.role === 'value' && member ? [member.name] : [])];
  const place = placeOf(path, site);
  if (place === undefined) {
    return undefined;
  }
  const statement = policy.statements.find((each) => encloses(each.node, container));
  const operatorName = path[2];
  return {
    place,
    policy,
    statement,
    path,
    siblings: new Set(
      container.kind === 'array'
        ? container.items.flatMap((item) => (item.kind === 'string' && item !== node ? [item.value] : []))
        : container.members.flatMap((each) => (each === member || each.isImplied ? [] : [each.key.value])),
    ),
    held: site.role === 'name' ? member?.value : undefined,
    operator:
      path[1] === 'Condition' && operatorName !== undefined
        ? statement?.operators.find(
            (each) => each.node.value === operatorName && holdsOrIs(each.member, container, member),
          )
        : undefined,
    site,
  };
}

/** The names of the members from the policy down to a container; lists have none. */
function pathTo(container: Container, root: ObjectNode): readonly string[] {
  const path: string[] = [];
  let current: SyntaxNode = container;
  while (current !== root && current.parent !== undefined) {
    const parent: MemberNode | ArrayNode = current.parent;
    if (parent.kind === 'member') {
      if (parent === root.held) {
        path.unshift('Statement');
        break;
      }
      // A branch of a condition stands where the condition does.
      if (parent.key.value !== 'Fn::If') {
        path.unshift(parent.key.value);
      }
      current = parent.parent;
    } else {
      current = parent;
    }
  }
  return path;
}

function encloses(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

function holdsOrIs(operator: MemberNode, container: Container, member: MemberNode | undefined): boolean {
  return operator === member || (operator.value !== undefined && encloses(operator.value, container));
}

const NAMES: readonly (readonly [place: Place, path: RegExp])[] = [
  ['policy-element', /^$/],
  ['statement-element', /^Statement$/],
  ['principal-type', /^Statement\n(?:Not)?Principal$/],
  ['operator', /^Statement\nCondition$/],
  ['condition-key', /^Statement\nCondition\n[^\n]*$/],
];

/** The second column says whether a list may hold such values. */
const VALUES: readonly (readonly [place: Place, holder: 'any' | 'member', path: RegExp])[] = [
  ['version', 'member', /^Version$/],
  ['statement', 'any', /^Statement$/],
  ['effect', 'member', /^Statement\nEffect$/],
  ['sid', 'member', /^Statement\nSid$/],
  ['action', 'any', /^Statement\n(?:Not)?Action$/],
  ['resource', 'any', /^Statement\n(?:Not)?Resource$/],
  ['principal', 'member', /^Statement\n(?:Not)?Principal$/],
  ['principal-of-type', 'any', /^Statement\n(?:Not)?Principal\n[^\n]*$/],
  ['condition', 'member', /^Statement\nCondition$/],
  ['operator-value', 'member', /^Statement\nCondition\n[^\n]*$/],
  ['condition-value', 'any', /^Statement\nCondition\n[^\n]*\n[^\n]*$/],
];

/** What stands at the end of a path, as a name or as a value. */
export function placeOf(
  path: readonly string[],
  { role, holder }: Pick<Site, 'role' | 'holder'>,
): Place | undefined {
  const key = path.join('\n');
  return role === 'name'
    ? NAMES.find(([, expected]) => expected.test(key))?.[0]
    : VALUES.find(
        ([, holders, expected]) => (holders === 'any' || holders === holder) && expected.test(key),
      )?.[0];
}
