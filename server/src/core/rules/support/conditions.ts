import type { ConditionKey, KeyType } from '../../iamData/types';
import { appendMember, removeMember, renameKey, replaceValue } from '../../lint/edits';
import type { JsonValue } from '../../lint/layout';
import type { Edit, Fix, RuleContext } from '../../lint/rule';
import type { Condition, ConditionOperator, ConditionValue, Statement } from '../../model/policy';
import { rememberOf } from '../../pattern/memo';
import type { MemberNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';
import { isComplete, isTemplateKey, isTemplateText } from './known';

/** The key that a condition asks for; `undefined` where the reference is missing or does not know it. */
export function keyOf(context: RuleContext<never>, condition: Condition): ConditionKey | undefined {
  return context.iamData?.conditionKey(condition.key.value);
}

/** Whether a key takes values of a type: its own, or the one that AWS accepts just as well. */
export function isOfType(key: ConditionKey, type: KeyType): boolean {
  return key.type === type || key.alternativeType === type;
}

/** Whether a name of an operator or a key will be another when AWS sees it. */
export function isTemplateName(name: string): boolean {
  return isTemplateKey(name) || isTemplateText(name);
}

/**
 * Whether a condition fails when its key is absent. A negated operator, IfExists and ForAllValues let the request
 * through then; Null asks for nothing else. IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export function demandsKey({ operator }: Condition): boolean {
  return (
    operator.traits !== undefined &&
    operator.traits.family !== 'Null' &&
    !operator.traits.negated &&
    !operator.ifExists &&
    operator.qualifier !== 'ForAllValues'
  );
}

/** The first condition of a statement on one of the keys, given in lower case. */
export function conditionOn(statement: Statement, ...keys: readonly string[]): Condition | undefined {
  return statement.conditions.find(({ key }) => keys.includes(key.value.toLowerCase()));
}

/** Whether everything that a statement demands can be seen, so that a key can be said to be missing. */
export function areConditionsKnown({ node, members }: Statement): boolean {
  // What `merge` of Terraform is given besides may have conditions too.
  const mayHaveMore = node.isCall === true && !node.closed;
  return (
    !mayHaveMore &&
    members
      .filter((member) => member.name === 'Condition')
      .every(
        ({ value }) =>
          value?.kind === 'object' &&
          isComplete(value) &&
          value.members.every((operator) => operator.value?.kind === 'object' && isComplete(operator.value)),
      )
  );
}

/** Whether a statement tests one of the keys, given in lower case; `Null` asks only whether a key is there. */
export function usesKey(statement: Statement, keys: ReadonlySet<string>): boolean {
  return statement.conditions.some(
    (condition) => keys.has(condition.key.value.toLowerCase()) && !isNull(condition.operator),
  );
}

/** Whether an operator is Null, with or without a qualifier. */
export function isNull({ traits }: Pick<ConditionOperator, 'traits'>): boolean {
  return traits?.family === 'Null';
}

/** Whether a condition compares with patterns: the Like operators, and those of ARNs, which all do. */
export function takesWildcards({ operator }: Condition): boolean {
  return operator.traits?.wildcards === true;
}

/** Whether an operator holds for what it does not list. */
export function isNegative({ traits }: Pick<ConditionOperator, 'traits'>): boolean {
  return traits?.negated === true;
}

/** The values that are what they will be when AWS sees them. */
export function knownValues(condition: Condition): readonly ConditionValue[] {
  return condition.values.filter(({ text }) => !isTemplateText(text));
}

/** Whether nothing is left out of a condition's values: no template expression, no value of a wrong kind. */
export function hasAllValues({ member: { value }, values }: Condition): boolean {
  return (value?.kind === 'array' ? value.items.length : 1) === values.length;
}

/** The name of an operator with another base, or with other trimmings. */
export function operatorName(
  operator: Pick<ConditionOperator, 'qualifier' | 'base' | 'ifExists' | 'traits'>,
  change: {
    readonly base?: string;
    readonly qualifier?: ConditionOperator['qualifier'] | 'none';
    readonly ifExists?: boolean;
  },
): string {
  const qualifier = change.qualifier ?? operator.qualifier ?? 'none';
  const base = change.base ?? operator.traits?.name ?? operator.base;
  return `${qualifier === 'none' ? '' : `${qualifier}:`}${base}${(change.ifExists ?? operator.ifExists) ? 'IfExists' : ''}`;
}

/**
 * The fix that puts a key under another operator, with its values or with another value. The operator is renamed where
 * the key is its only one. A suggestion: what the condition means changes.
 */
export function moveKeyFix(condition: Condition, operator: string, value?: string): readonly Fix[] {
  const { key } = condition;
  const target = membersByName(condition.operator.member.parent).get(operator);
  const taken =
    target?.value?.kind !== 'object'
      ? target !== undefined
      : foldedNames(target.value).has(key.value.toLowerCase());
  const kept = value ?? valueToKeep(condition.member);
  if (taken || kept === undefined) {
    return [];
  }
  const shown = value === undefined ? operator : `${operator} "${value}"`;
  return [
    {
      title: `Change to ${shown}`,
      kind: 'suggestion',
      edits: () => moveKeyEdits(condition, target, operator, value, kept),
    },
  ];
}

function moveKeyEdits(
  { operator, key, member }: Condition,
  target: MemberNode | undefined,
  name: string,
  value: string | undefined,
  kept: JsonValue,
): readonly Edit[] {
  const isOnly = member.parent.members.length === 1;
  if (target?.value?.kind === 'object') {
    return [...removeMember(isOnly ? operator.member : member), appendMember(target.value, key.value, kept)];
  }
  if (!isOnly) {
    return [...removeMember(member), appendMember(operator.member.parent, name, { [key.value]: kept })];
  }
  const renamed = renameKey(operator.member, name);
  return value === undefined || member.value === undefined
    ? renamed
    : [...renamed, replaceValue(member.value, value)];
}

/** The first member of each name. */
const membersByName = rememberOf(
  ({ members }: ObjectNode): ReadonlyMap<string, MemberNode> =>
    new Map(members.toReversed().map((member) => [member.name, member])),
);

const foldedNames = rememberOf(
  ({ members }: ObjectNode): ReadonlySet<string> => new Set(members.map(({ name }) => name.toLowerCase())),
);

const valueToKeep = rememberOf(({ value }: MemberNode) => jsonOf(value));

/** What a node holds, to be written elsewhere; `undefined` where it cannot be known. */
export function jsonOf(node: SyntaxNode | undefined): JsonValue | undefined {
  switch (node?.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'array': {
      const items = node.items.map(jsonOf);
      return items.some((item) => item === undefined) ? undefined : (items as readonly JsonValue[]);
    }
    default:
      return undefined;
  }
}
