import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import type { Condition, Statement } from '../../model/policy';
import type { MemberNode, Span, StringNode } from '../../syntax/nodes';
import { contentSpan, spanOfValue } from '../../syntax/stringSpans';

export interface DocumentLink {
  readonly span: Span;
  /** A page of AWS's documentation that is known to exist. */
  readonly target: string;
  /** What it is about, for the tooltip. */
  readonly title: string;
}

const IAM_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

/** The elements that the IAM User Guide has a page for, which is called like the element in lower case. */
const ELEMENTS: ReadonlySet<string> = new Set([
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

const OPERATORS_PAGE = `${IAM_GUIDE}/reference_policies_elements_condition_operators.html`;
const GLOBAL_KEYS_PAGE = `${IAM_GUIDE}/reference_policies_condition-keys.html`;
const VARIABLES_PAGE = `${IAM_GUIDE}/reference_policies_variables.html`;
const MANAGED_POLICIES = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference';

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
    .flatMap(({ members, statements, version }) => [
      ...elementLinks(members),
      ...statements.flatMap((statement) => [
        ...elementLinks(statement.members),
        ...statement.operators.flatMap(({ node, traits }) =>
          traits === undefined ? [] : [link(node, OPERATORS_PAGE, 'condition operators')],
        ),
        ...statement.conditions.flatMap((condition) => globalKeyLink(condition, iamData)),
        ...stringsOf(statement).flatMap((node) => [
          ...managedPolicyLink(node),
          ...(version === '2012-10-17' ? variableLinks(node) : []),
        ]),
      ]),
    ])
    .sort((a, b) => a.span.start - b.span.start);
}

function elementLinks(members: readonly MemberNode[]): readonly DocumentLink[] {
  return members.flatMap(({ key }) =>
    ELEMENTS.has(key.value)
      ? [
          link(
            key,
            `${IAM_GUIDE}/reference_policies_elements_${key.value.toLowerCase()}.html`,
            `the element ${key.value}`,
          ),
        ]
      : [],
  );
}

function globalKeyLink({ key }: Condition, iamData: IamData | undefined): readonly DocumentLink[] {
  return iamData?.globalConditionKey(key.value) === undefined
    ? []
    : [link(key, GLOBAL_KEYS_PAGE, 'global condition keys')];
}

/** AWS Managed Policy Reference: a page per policy, called by the policy's name without its path. */
function managedPolicyLink(node: StringNode): readonly DocumentLink[] {
  const name = /^arn:aws:iam::aws:policy\/(?:[\w-]+\/)*([\w+=.@-]+)$/.exec(node.value)?.[1];
  return name === undefined
    ? []
    : [link(node, `${MANAGED_POLICIES}/${name}.html`, `the managed policy ${name}`)];
}

function variableLinks(node: StringNode): readonly DocumentLink[] {
  return [...node.value.matchAll(/\$\{[^{}*?$][^{}]*\}/g)].map(({ 0: text, index }) => ({
    span: spanOfValue(node, index, index + text.length),
    target: VARIABLES_PAGE,
    title: 'policy variables',
  }));
}

function stringsOf({ resources, principals, conditions }: Statement): readonly StringNode[] {
  return [
    ...[...resources, ...principals].flatMap(({ entries }) => entries.map(({ node }) => node)),
    ...conditions.flatMap(({ values }) =>
      values.flatMap(({ node }) => (node.kind === 'string' ? [node] : [])),
    ),
  ];
}

function link(node: StringNode, target: string, title: string): DocumentLink {
  return { span: contentSpan(node), target, title };
}
