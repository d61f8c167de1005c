import { functionCall } from '../../syntax/functions';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';
import { isTemplateKey } from './known';

/** Whether `${` stands in any value of a policy, so that the version of the language makes a difference. */
export function holdsVariables(node: SyntaxNode): boolean {
  return holdsText(node, (text) => text.includes('${'));
}

/**
 * Whether `${` may stand in a value of a policy once all of it is there: also in what a program or a template puts in, which
 * nobody can see yet.
 */
export function mayHoldVariables(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'string':
      return node.value.includes('${');
    case 'opaque':
      return true;
    case 'array':
      return node.items.some(mayHoldVariables);
    case 'object': {
      const call = functionCall(node);
      return call === undefined ? node.members.some(memberMayHold) : callMayGive(call);
    }
    default:
      return false;
  }
}

function memberMayHold({ name, value }: MemberNode): boolean {
  return (
    isTemplateKey(name) ||
    (value !== undefined && (WITHOUT_VARIABLES.test(name) ? holdsVariables(value) : mayHoldVariables(value)))
  );
}

/** Elements in which the versions of the language mean the same. IAM User Guide, "IAM policy elements: Variables and tags". */
const WITHOUT_VARIABLES = /^(?:Version|Id|Sid|Effect|(?:Not)?Principal|(?:Not)?Action)$/;

/** What a resource is called by AWS has no `${` in it; what somebody hands to the template may. */
function callMayGive({ name, value }: MemberNode): boolean {
  switch (name) {
    case 'Ref':
      return value?.kind !== 'string' || !value.value.startsWith('AWS::');
    case 'Fn::GetAtt':
      return false;
    case 'Fn::If':
    case 'Fn::Join':
    case 'Fn::Sub':
      return value !== undefined && mayHoldVariables(value);
    default:
      return true;
  }
}

/** Whether a value of a policy names a variable of IAM, by the one colon in it: CloudFormation's names have none or two. */
export function namesPolicyVariables(node: SyntaxNode): boolean {
  return holdsText(node, (text) => /\$\{!?[\w-]+:[^:]/.test(text));
}

function holdsText(node: SyntaxNode, fits: (text: string) => boolean): boolean {
  switch (node.kind) {
    case 'string':
      return fits(node.value);
    case 'array':
      return node.items.some((item) => holdsText(item, fits));
    case 'object':
      return node.members.some((member) => member.value !== undefined && holdsText(member.value, fits));
    default:
      return false;
  }
}
