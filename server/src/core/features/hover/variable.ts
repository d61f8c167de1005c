import { splitArn } from '../../arn/arn';
import type { IamData } from '../../iamData/iamData';
import type { Condition, Statement } from '../../model/policy';
import { type PolicyVariable, variablesOf } from '../../rules/support/policyVariables';
import type { StringNode } from '../../syntax/nodes';
import { VARIABLES_PAGE } from '../documentation';
import { code, link } from '../markdown';
import { descriptionOf, servicesOf } from './conditions';

/** The variable that an index into a string falls on; words in braces that cannot be IAM's are left to templates. */
export function variableAt({ value }: StringNode, index: number): PolicyVariable | undefined {
  return variablesOf(value).find(
    ({ from, to, closed, name }) =>
      closed && from <= index && index < to && (/^[*?$]$/.test(name) || name.includes(':')),
  );
}

/**
 * What a variable is filled in with. `condition` is the one whose value it stands in; without, it stands in a
 * resource. IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function variableText(
  node: StringNode,
  variable: PolicyVariable,
  statement: Statement,
  condition: Condition | undefined,
  iamData: IamData | undefined,
): string {
  const text = node.value.slice(variable.from, variable.to);
  return [
    `**Variable** ${code(text)}`,
    ...(whyPlain(node, variable, statement, condition) ?? filledIn(variable, statement, condition, iamData)),
    link('IAM User Guide', VARIABLES_PAGE),
  ].join('\n\n');
}

/** Why it is plain text where it stands; `undefined` where it is filled in. */
function whyPlain(
  { value }: StringNode,
  { from }: PolicyVariable,
  { policy }: Statement,
  condition: Condition | undefined,
): readonly string[] | undefined {
  if (policy.version !== '2012-10-17') {
    return ['Plain text here: variables are filled in only where the policy has the Version `2012-10-17`.'];
  }
  if (condition === undefined) {
    const resource = splitArn(value).resource;
    return resource !== undefined && from < resource.from
      ? ['Not filled in here: in an ARN variables count only after the fifth colon.']
      : undefined;
  }
  const family = condition.operator.traits?.family;
  return family === 'String' || family === 'Arn' || family === undefined
    ? undefined
    : ['Not filled in here: variables count only under operators for text and ARNs.'];
}

function filledIn(
  { name, fallback }: PolicyVariable,
  statement: Statement,
  condition: Condition | undefined,
  iamData: IamData | undefined,
): readonly string[] {
  if (name.length === 1) {
    return [`The character ${code(name)} itself, and no wildcard or variable.`];
  }
  const key = iamData?.conditionKey(name);
  if (key?.multivalued) {
    return [`${code(name)} has several values, and such a key cannot be a variable.`];
  }
  const instead = /^\s*'(.*)'\s*$/s.exec(fallback ?? '')?.[1];
  return [
    `Filled in with the value that ${code(name)} has in the request.`,
    ...descriptionOf(name, servicesOf(statement), iamData),
    instead === undefined
      ? withoutKey(condition)
      : `Where a request lacks the key, ${code(instead)} is filled in.`,
  ];
}

function withoutKey(condition: Condition | undefined): string {
  if (condition === undefined) {
    return 'For a request that lacks the key this resource matches nothing.';
  }
  return condition.operator.traits?.negated
    ? 'For a request that lacks the key the comparison holds, since the operator is negated.'
    : 'For a request that lacks the key the comparison does not hold.';
}
