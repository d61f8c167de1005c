import type { ConditionKey, KeyType } from '../../iamData/types';
import { defineRule, type Fix } from '../../lint/rule';
import type { OperatorFamily } from '../../model/conditionOperators';
import type { Condition } from '../../model/policy';
import { isOfType, keyOf, moveKeyFix, operatorName } from '../support/conditions';
import { isComparedWithKeys } from '../support/policyVariables';

/**
 * IAM User Guide, "IAM JSON policy elements: Condition operators". String operators work on ARNs and ARN operators on
 * strings that hold ARNs; Access Analyzer lets both pass in AWS managed policies. Keys that are compared with each
 * other are compared by their texts.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-type-mismatch',
    category: 'warning',
    summary: 'The condition operator does not match the type of the key',
    since: '0.1.0',
    needs: 'iamData',
    fixable: 'suggestion',
    accessAnalyzer: 'TYPE_MISMATCH',
    messages: {
      mismatch: '{key} is of type {type}, which {operator} does not compare.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator: { traits }, key }) => {
      const known = context.iamData?.conditionKey(key);
      return (
        known !== undefined &&
        traits !== undefined &&
        traits.family !== 'Null' &&
        !FITTING_TYPES[traits.family].some((type) => isOfType(known, type))
      );
    },
    condition: (condition) => {
      const { operator, member } = condition;
      const known = keyOf(context, condition);
      if (known !== undefined && !isComparedWithKeys(condition, context.iamData)) {
        context.report({
          message: 'mismatch',
          at: member,
          data: { key: condition.key.value, type: typesOf(known), operator: operator.traits?.name ?? '' },
          fixes: fittingFix(condition, known.type),
        });
      }
    },
  }),
});

const FITTING_TYPES: Readonly<Record<Exclude<OperatorFamily, 'Null'>, readonly KeyType[]>> = {
  String: ['String', 'ARN'],
  Arn: ['ARN', 'String'],
  Numeric: ['Numeric'],
  Date: ['Date'],
  Bool: ['Bool'],
  Binary: ['Binary'],
  IpAddress: ['IPAddress'],
};

function typesOf({ type, alternativeType }: ConditionKey): string {
  return alternativeType === undefined ? type : `${type} or ${alternativeType}`;
}

/** The same comparison by the operator for the key's type, where there is one and it takes the values. */
function fittingFix(condition: Condition, type: KeyType): readonly Fix[] {
  const { operator } = condition;
  const comparison = /(?:LessThan|GreaterThan)(?:Equals)?$/.exec(operator.traits?.name ?? '')?.[0];
  const { equal, notEqual, ordered } = OPERATORS[type];
  const base =
    comparison !== undefined
      ? ordered && ordered + comparison
      : operator.traits?.negated === true
        ? notEqual
        : equal;
  const losesVariables =
    !FITTING_TYPES.String.includes(type) && condition.values.some(({ text }) => text.includes('${'));
  return base === undefined || losesVariables ? [] : moveKeyFix(condition, operatorName(operator, { base }));
}

const OPERATORS: Readonly<
  Record<KeyType, { readonly equal: string; readonly notEqual?: string; readonly ordered?: string }>
> = {
  String: { equal: 'StringEquals', notEqual: 'StringNotEquals' },
  ARN: { equal: 'ArnEquals', notEqual: 'ArnNotEquals' },
  Numeric: { equal: 'NumericEquals', notEqual: 'NumericNotEquals', ordered: 'Numeric' },
  Date: { equal: 'DateEquals', notEqual: 'DateNotEquals', ordered: 'Date' },
  Bool: { equal: 'Bool' },
  Binary: { equal: 'BinaryEquals' },
  IPAddress: { equal: 'IpAddress', notEqual: 'NotIpAddress' },
};
