import type { PolicyDocument } from '../../document';
import { replaceString } from '../../lint/edits';
import type { Edit } from '../../lint/rule';
import { ifWritable } from '../../lint/writers/writer';
import type { PolicyType } from '../../locate/policyType';
import type { Policy } from '../../model/policy';
import { isTemplateText } from '../../rules/support/known';
import type { Span, StringNode } from '../../syntax/nodes';
import { contentSpan } from '../../syntax/stringSpans';

/** A Sid that can be renamed: where its letters stand, and what it is called. */
export interface Renamable {
  readonly span: Span;
  readonly name: string;
}

/** The edits of a renaming, or in one sentence why it cannot be. */
export type Renaming = { readonly edits: readonly Edit[] } | { readonly problem: string };

/**
 * The Sid at an offset, touching its ends; `undefined` where there is none, or one that a template or a program computes.
 */
export function renamableAt(document: PolicyDocument, offset: number): Renamable | undefined {
  const found = sidAt(document, offset);
  return found === undefined || editsOf(found.sid, found.sid.value) === undefined
    ? undefined
    : { span: contentSpan(found.sid), name: found.sid.value };
}

/**
 * Renames the Sid at an offset. A Sid decides nothing and is named from nowhere else in a policy; what comments say stays.
 * Refused is what AWS would refuse: IAM User Guide, "IAM JSON policy elements: Sid" (letters and digits, unique within the
 * policy). Services with policies of their own may allow more, so resource-based policies are held to uniqueness alone.
 */
export function renameSid(document: PolicyDocument, offset: number, name: string): Renaming {
  const found = sidAt(document, offset);
  const edits = found === undefined ? undefined : editsOf(found.sid, name);
  if (found === undefined || edits === undefined) {
    return { problem: 'Only a Sid that is written out can be renamed.' };
  }
  const { policy, sid } = found;
  if (name === '') {
    return { problem: 'A Sid cannot be empty.' };
  }
  if (PLAIN_SIDS.has(policy.kind.type) && !/^[A-Za-z0-9]+$/.test(name)) {
    return { problem: `A Sid has letters A to Z and digits only, and ${JSON.stringify(name)} has others.` };
  }
  const other = policy.statements.find((each) => each.sid?.value === name && each.sid !== sid);
  return other === undefined
    ? { edits }
    : { problem: `Statement ${other.index + 1} has the Sid ${JSON.stringify(name)} already.` };
}

/** As of the rule sid-characters. */
const PLAIN_SIDS: ReadonlySet<PolicyType> = new Set(['identity', 'boundary', 'session', 'trust', 'scp']);

function sidAt(
  { policies }: PolicyDocument,
  offset: number,
): { readonly policy: Policy; readonly sid: StringNode } | undefined {
  for (const policy of policies) {
    for (const { sid } of policy.statements) {
      if (
        sid !== undefined &&
        sid.span.start <= offset &&
        offset <= sid.span.end &&
        !isTemplateText(sid.value)
      ) {
        return { policy, sid };
      }
    }
  }
  return undefined;
}

/** Nothing where the text cannot be written without losing what computes it. */
function editsOf(sid: StringNode, name: string): readonly Edit[] | undefined {
  return ifWritable(sid.source.syntax, () => [replaceString(sid, name)]);
}
