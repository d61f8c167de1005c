import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import type { Policy, Statement } from '../../model/policy';
import type { MemberNode, Span, StringNode } from '../../syntax/nodes';
import { contentSpan, spanOfValue } from '../../syntax/stringSpans';
import {
  elementPage,
  GLOBAL_KEYS_PAGE,
  managedPolicyPage,
  OPERATORS_PAGE,
  VARIABLES_PAGE,
} from '../documentation';
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
 * Links to AWS's documentation, in source order: elements, condition operators, global condition keys, variables and
 * AWS managed policies. The pages of the services are named after titles that the service reference does not have, so
 * an action has no link: it would be a guess.
 */
export function documentLinks(
  document: PolicyDocument,
  iamData: IamData | undefined,
): readonly DocumentLink[] {
  return document.policies
    .flatMap((policy) => [
      ...policy.members.flatMap(elementLink),
      ...policy.statements.flatMap((statement) => linksIn(statement, policy, iamData)),
    ])
    .sort((a, b) => a.span.start - b.span.start);
}

function linksIn(
  statement: Statement,
  { version }: Policy,
  iamData: IamData | undefined,
): readonly DocumentLink[] {
  const known = statement.operators.filter(({ traits }) => traits !== undefined);
  const global = statement.conditions.filter(
    ({ key }) => iamData?.globalConditionKey(key.value) !== undefined,
  );
  const strings = valueStringsOf(statement);
  return [
    ...statement.members.flatMap(elementLink),
    ...known.flatMap(({ node }) => link(node, OPERATORS_PAGE, 'condition operators')),
    ...global.flatMap(({ key }) => link(key, GLOBAL_KEYS_PAGE, 'global condition keys')),
    ...strings.flatMap((node) => link(node, managedPolicyPage(node.value), 'this managed policy')),
    // In the older language `${…}` is plain text.
    ...(version === '2012-10-17' ? strings.flatMap(variableLinks) : []),
  ];
}

function elementLink({ key }: MemberNode): readonly DocumentLink[] {
  return LINKED_ELEMENTS.has(key.value) ? link(key, elementPage(key.value), `the element ${key.value}`) : [];
}

/** `${*}`, `${?}` and `${$}` are characters and no variables. */
function variableLinks(node: StringNode): readonly DocumentLink[] {
  return [...node.value.matchAll(/\$\{[^{}*?$][^{}]*\}/g)].map(({ 0: text, index }) => ({
    span: spanOfValue(node, index, index + text.length),
    target: VARIABLES_PAGE,
    title: 'policy variables',
  }));
}

function link(node: StringNode, target: string | undefined, title: string): readonly DocumentLink[] {
  return target === undefined ? [] : [{ span: contentSpan(node), target, title }];
}
