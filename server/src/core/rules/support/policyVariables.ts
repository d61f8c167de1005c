import type { IamData } from '../../iamData/iamData';
import type { Visitor } from '../../lint/rule';
import type { Policy } from '../../model/policy';
import { memoize, rememberLast } from '../../pattern/memo';
import type { StringNode } from '../../syntax/nodes';

/** A `${…}` in a text. Offsets are indexes into the text. */
export interface PolicyVariable {
  readonly from: number;
  /** Behind the closing brace, or the end of the text where there is none. */
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
 * Whether a variable is one of IAM's: named after a condition key. Terraform, CloudFormation, the Serverless Framework
 * and others write `${…}` too, and theirs are gone before AWS sees the policy.
 */
export function isPolicyVariable({ name }: PolicyVariable, iamData: IamData | undefined): boolean {
  const bare = name.replaceAll(/\s+/g, '');
  return bare.includes(':') && iamData?.conditionKey(bare) !== undefined;
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
export const mayHoldVariables = rememberLast((policy: Policy): boolean =>
  policy.node.source.text.includes('${'),
);
