import { holdsMark, placeholdersInResource } from '../../arn/placeholders';
import type { InternedText } from '../../pattern/internedText';
import { rememberLast } from '../../pattern/memo';
import { holdsTemplate, masked, templatesIn } from '../../pattern/templates';
import { branchesOf, functionCall } from '../../syntax/functions';
import type { MemberNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';

/**
 * Keys by which a template computes what stands there: CloudFormation's functions, JSON references, merges of YAML,
 * expressions of Terraform.
 */
const TEMPLATE_KEY = /^(?:Fn::.*|Ref|\$ref|<<|\$\{[^{}]*\})$/s;

/** A key that a template language owns, wherever it stands. */
export function isTemplateKey(name: string): boolean {
  // Every key of a policy is asked, and hardly any begins like one of these.
  return 'FR$<'.includes(name.charAt(0)) && TEMPLATE_KEY.test(name);
}

/** Whether a text is still to be filled in, by a tool or by hand, so that nothing can be said about it. */
export function isTemplateText(text: string): boolean {
  return holdsTemplate(text) || holdsMark(text);
}

/**
 * An ARN in which everything that is still to be filled in reads as a variable, about which nothing is known; the
 * length stays the same. A placeholder for the name of a bucket stays, since the name of a bucket will replace it.
 */
export function withVariables(arn: InternedText): string {
  const { text } = arn;
  const placeholders = placeholdersInResource(arn).filter(
    (found) => found.role !== 'bucket' || !/^[A-Za-z]/.test(found.text),
  );
  return masked(masked(text, templatesIn(text)), placeholders);
}

/** Whether a value is there and is what it will be when AWS sees it. */
export function isKnown(value: SyntaxNode | undefined): value is SyntaxNode {
  return (
    value !== undefined &&
    value.kind !== 'opaque' &&
    !(value.kind === 'object' && value.members.some(isTemplateMember))
  );
}

function isTemplateMember({ key }: MemberNode): boolean {
  return isTemplateKey(key.value);
}

/** Whether a template may leave a member out: a branch of its value is nothing, or there is but one. */
export function mayBeAbsent({ value }: MemberNode): boolean {
  const call = functionCall(value);
  if (call?.name !== 'Fn::If' || call.value?.kind !== 'array') {
    return false;
  }
  const [, ...branches] = call.value.items;
  return branches.length < 2 || branches.some((branch) => branchesOf(branch).length === 0);
}

/** Whether all members of an object can be seen: only then can one be missing. */
export const isComplete = rememberLast((object: ObjectNode): boolean => object.closed && isKnown(object));

/** Whether an object has a member of one of the names. */
export function hasMember(members: readonly MemberNode[], ...names: readonly string[]): boolean {
  return members.some((member) => names.includes(member.name));
}
