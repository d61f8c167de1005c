import type { PolicyDocument } from '../../document';
import { atOnce, type Steps } from '../../steps';
import type { Span, StringNode } from '../../syntax/nodes';
import { contentSpan } from '../../syntax/stringSpans';
import { managedPolicyPage } from '../documentation';
import { valueStringsOf } from '../valueStrings';

export interface DocumentLink {
  readonly span: Span;
  /** A page of AWS's documentation that is known to exist. */
  readonly target: string;
  /** What the page is about, for the tooltip. */
  readonly title: string;
}

/**
 * Links to AWS's documentation, in source order: the AWS managed policies. Editors underline what is linked, as they do
 * what is wrong, so what tells its page when it is pointed at, as elements, operators, keys and variables do, has no link
 * in the text. The pages of the services are named after titles that the service reference does not have, so an action has
 * none either: it would be a guess.
 */
export function documentLinks(document: PolicyDocument): readonly DocumentLink[] {
  return atOnce(documentLinkSteps(document));
}

/** The same in parts. */
export function* documentLinkSteps(document: PolicyDocument): Steps<readonly DocumentLink[]> {
  const links: DocumentLink[] = [];
  let looked = 0;
  for (const { statements } of document.policies) {
    for (const statement of statements) {
      for (const node of valueStringsOf(statement)) {
        links.push(...link(node, managedPolicyPage(node.value), 'this managed policy'));
      }
      looked += 1;
      if (looked % STATEMENTS_AT_ONCE === 0) {
        yield;
      }
    }
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

/** So many statements take some milliseconds at most. */
const STATEMENTS_AT_ONCE = 100;

function link(node: StringNode, target: string | undefined, title: string): readonly DocumentLink[] {
  return target === undefined ? [] : [{ span: contentSpan(node), target, title }];
}
