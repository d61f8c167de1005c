import { rememberLast } from '../../pattern/memo';
import type { MemberNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';

/** Keys by which a template computes what stands there: CloudFormation's functions, JSON references, YAML merges. */
const TEMPLATE_KEY = /^(?:Fn::.*|Ref|\$ref|<<)$/s;

/** Text that a tool fills in before AWS sees it: `${…}`, `#{…}`, `{{…}}`, `<%…%>`. */
const TEMPLATE_TEXT = /[$#]\{|\{\{|<%/;

/** A key that a template language owns, wherever it stands. */
export function isTemplateKey(name: string): boolean {
  // Every key of a policy is asked, and hardly any begins like one of these.
  return 'FR$<'.includes(name.charAt(0)) && TEMPLATE_KEY.test(name);
}

/** Whether a text is still to be filled in, so that nothing can be said about it. */
export function isTemplateText(text: string): boolean {
  return TEMPLATE_TEXT.test(text);
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

/** Whether all members of an object can be seen: only then can one be missing. */
export const isComplete = rememberLast((object: ObjectNode): boolean => object.closed && isKnown(object));

/** Whether an object has a member of one of the names. */
export function hasMember(members: readonly MemberNode[], ...names: readonly string[]): boolean {
  return members.some((member) => names.includes(member.name));
}
