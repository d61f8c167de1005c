import type { MemberNode, ObjectNode, SyntaxNode, SyntaxTree } from '../syntax/nodes';
import { isPolicyHolder, kindOf, type TypeOverride } from './kind';
import { faultsOf, type LocatedPolicy } from './locate';
import { hasElement, isUnfilled } from './policyShape';

/**
 * The policy that is being written at an offset and is none yet: what has been typed of it says nothing else, and it is
 * all of the document, or stands where a template has a policy, or has the language's Version.
 *
 * A name that has no value yet, or that the cursor is in, is half-typed and tells nothing.
 */
export function policyToComeAt(
  { root, faults }: SyntaxTree,
  offset: number,
  override: TypeOverride = {},
): LocatedPolicy | undefined {
  for (let node = root; node !== undefined; node = childAt(node, offset)) {
    if (node.kind === 'object' && isToCome(node, offset, node === root)) {
      const holder = node.parent?.kind === 'member' ? node.parent : undefined;
      return { node, kind: kindOf(node, override, holder), faults: faultsOf(node, faults) };
    }
  }
  return undefined;
}

/** The elements of a policy, in lower case. */
const POLICY_KEYS: ReadonlySet<string> = new Set(['version', 'id', 'statement']);

function isToCome(node: ObjectNode, offset: number, isRoot: boolean): boolean {
  const told = node.members.filter((member) => !isHalfTyped(member, offset));
  if (!told.every(({ name }) => POLICY_KEYS.has(name.toLowerCase()))) {
    return false;
  }
  if (told.some(isVersion)) {
    return true;
  }
  const isPlace = isRoot || (node.parent?.kind === 'member' && isPolicyHolder(node.parent));
  return (
    isPlace &&
    told.every((member) => isVersionToCome(member) || isStatement(member, offset)) &&
    (told.length > 0 || node.members.every(({ value }) => isUnfilled(value) || isBlank(value)))
  );
}

function isHalfTyped({ key, value }: MemberNode, offset: number): boolean {
  return value === undefined || (key.span.start <= offset && offset <= key.span.end);
}

/** IAM User Guide, "IAM JSON policy elements: Version": the two versions of the language. */
const VERSIONS: readonly string[] = ['2012-10-17', '2008-10-17'];

function isVersion({ name, value }: MemberNode): boolean {
  return name.toLowerCase() === 'version' && value?.kind === 'string' && VERSIONS.includes(value.value);
}

function isVersionToCome({ name, value }: MemberNode): boolean {
  return (
    name === 'Version' &&
    value?.kind === 'string' &&
    (value.value === '' ||
      (value.value.startsWith('20') && VERSIONS.some((each) => each.startsWith(value.value))))
  );
}

function isBlank(value: SyntaxNode | undefined): boolean {
  return value?.kind === 'string' && value.value === '';
}

/** Its statements may have half-typed names. */
function isStatement({ name, value }: MemberNode, offset: number): boolean {
  const statements = value?.kind === 'array' ? value.items : [value];
  return (
    name === 'Statement' &&
    statements.every(
      (each) =>
        each === undefined ||
        (each.kind === 'object' &&
          (hasElement(each) || each.members.every((inner) => isHalfTyped(inner, offset)))),
    )
  );
}

function childAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  const children =
    node.kind === 'object' ? node.members.map(({ value }) => value) : node.kind === 'array' ? node.items : [];
  return children.findLast(
    (child) =>
      child !== undefined && child.span.start <= offset && (offset <= child.span.end || isOpen(child)),
  );
}

/** A container whose bracket is yet to be typed goes on. */
function isOpen(node: SyntaxNode): boolean {
  return (node.kind === 'object' || node.kind === 'array') && !node.closed;
}
