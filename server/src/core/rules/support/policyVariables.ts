import type { IamData } from '../../iamData/iamData';
import { VARIABLES_WITHOUT_KEY } from '../../iamData/overlay/policyVariables';
import type { Visitor } from '../../lint/rule';
import type { Condition, Policy } from '../../model/policy';
import { memoize } from '../../pattern/memo';
import type { StringNode } from '../../syntax/nodes';
import { ofWholeText } from './sourceText';

/** A `${…}` in a text. Offsets are indexes into the text. */
export interface PolicyVariable {
  readonly from: number;
  /** After the closing brace, or the end of the text if there is none. */
  readonly to: number;
  readonly closed: boolean;
  /** What stands before the first comma, blanks included. */
  readonly name: string;
  /** What stands behind that comma; `undefined` without one. */
  readonly fallback: string | undefined;
}

/** The variables of a text, in order. */
export const variablesOf: (text: string) => readonly PolicyVariable[] = memoize((text) => {
  const variables: PolicyVariable[] = [];
  let from = text.indexOf('${');
  while (from >= 0) {
    const brace = text.indexOf('}', from + 2);
    const closed = brace >= 0;
    const inner = text.slice(from + 2, closed ? brace : text.length);
    const comma = inner.indexOf(',');
    variables.push({
      from,
      to: closed ? brace + 1 : text.length,
      closed,
      name: comma < 0 ? inner : inner.slice(0, comma),
      fallback: comma < 0 ? undefined : inner.slice(comma + 1),
    });
    from = closed ? text.indexOf('${', brace + 1) : -1;
  }
  return variables;
});

/**
 * Whether a variable is AWS's: named after a condition key, or documented on its own. Terraform, CloudFormation, the
 * Serverless Framework and others write `${…}` too, and theirs are replaced before AWS sees the policy.
 */
export function isPolicyVariable({ name }: PolicyVariable, iamData: IamData | undefined): boolean {
  const bare = name.replaceAll(/\s+/g, '');
  return (
    bare.includes(':') &&
    (iamData?.conditionKey(bare) !== undefined || VARIABLES_WITHOUT_KEY.some((form) => form.test(bare)))
  );
}

/** Whether variables are replaced in the values of a condition: only String and ARN operators know them. */
export function takesVariables({ operator: { traits }, statement }: Condition): boolean {
  return (
    (traits?.family === 'String' || traits?.family === 'Arn') && statement.policy.version === '2012-10-17'
  );
}

/**
 * Whether a condition compares its key with other keys and with nothing else, as the IAM User Guide does to deny what
 * does not come from the instance that the credentials were made for: aws:Ec2InstanceSourcePrivateIPv4 with
 * `${aws:VpcSourceIp}`; "AWS global condition context keys", aws:Ec2InstanceSourcePrivateIPv4.
 */
export function isComparedWithKeys(condition: Condition, iamData: IamData | undefined): boolean {
  return (
    takesVariables(condition) &&
    condition.values.length > 0 &&
    condition.values.every(({ text }) => {
      const [variable] = variablesOf(text);
      return variable?.from === 0 && variable.to === text.length && isPolicyVariable(variable, iamData);
    })
  );
}

/** Shows the strings that may hold variables: resources and the values of conditions. */
export function variableVisitor(
  check: (node: StringNode, variables: readonly PolicyVariable[]) => void,
): Visitor {
  const show = (node: StringNode): void => {
    if (node.value.includes('${')) {
      check(node, variablesOf(node.value));
    }
  };
  return {
    concerns: mayHoldVariables,
    resource: ({ node }) => show(node),
    condition: ({ values }) => {
      for (const { node } of values) {
        if (node.kind === 'string') {
          show(node);
        }
      }
    },
  };
}

/** Most policies have none, and rules about them need not look at anything then. */
export const mayHoldVariables = ({ node }: Policy): boolean => hasOpening(node.source.text);

const hasOpening = ofWholeText((text) => text.includes('${'));
