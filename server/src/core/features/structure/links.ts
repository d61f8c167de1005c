import type { PolicyDocument } from '../../document';
import type { MemberNode, Span, StringNode } from '../../syntax/nodes';
import { contentSpan } from '../../syntax/stringSpans';
import { elementPage, managedPolicyPage } from '../documentation';
import { valueStringsOf } from '../valueStrings';

export interface DocumentLink {
  readonly span: Span;
  /** A page of AWS's documentation that is known to exist. */
  readonly target: string;
  /** What the page is about, for the tooltip. */
  readonly title: string;
}

/**
 * Editors underline what is linked. Linked are therefore only the elements that are easily misread; the others stand
 * in every statement.
 */
const LINKED_ELEMENTS: ReadonlySet<string> = new Set(['Version', 'NotPrincipal', 'NotAction', 'NotResource']);

/**
 * Links to AWS's documentation, in source order: elements and AWS managed policies. What tells its page when it is
 * pointed at, as operators, global keys and variables do, has no second link. The pages of the services are named after
 * titles that the service reference does not have, so an action has none either: it would be a guess.
 */
export function documentLinks(document: PolicyDocument): readonly DocumentLink[] {
  return document.policies
    .flatMap(({ members, statements }) => [
      ...members.flatMap(elementLink),
      ...statements.flatMap((statement) => [
        ...statement.members.flatMap(elementLink),
        ...valueStringsOf(statement).flatMap((node) =>
          link(node, managedPolicyPage(node.value), 'this managed policy'),
        ),
      ]),
    ])
    .sort((a, b) => a.span.start - b.span.start);
}

function elementLink({ key }: MemberNode): readonly DocumentLink[] {
  return LINKED_ELEMENTS.has(key.value) ? link(key, elementPage(key.value), `the element ${key.value}`) : [];
}

function link(node: StringNode, target: string | undefined, title: string): readonly DocumentLink[] {
  return target === undefined ? [] : [{ span: contentSpan(node), target, title }];
}
