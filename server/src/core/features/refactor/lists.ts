import { unwrapArray, wrapInArray } from '../../lint/edits';
import { ifWritable } from '../../lint/writers/writer';
import { statementMembers } from '../../locate/elements';
import { touches } from '../../spans';
import { functionCall } from '../../syntax/functions';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';
import { isIntact, type Refactor, type RefactorPlace } from './refactoring';

/** Makes a list of the single value of an element. IAM reads both alike. */
export const valueToList: Refactor = (place) =>
  singleOrListMembers(place).flatMap(({ member, value, isStatement }) => {
    const isSingle = isStatement
      ? value.kind === 'object' && functionCall(value) === undefined
      : isOneText(value);
    return isSingle ? [{ title: `Make a list of ${member.name}`, edits: () => wrapInArray(value) }] : [];
  });

/** Whether a value certainly is a single one: what a template refers to may be a list, which would then stand in a list. */
function isOneText(value: SyntaxNode): boolean {
  return value.kind === 'object'
    ? /^Fn::(?:Sub|Join)$/.test(functionCall(value)?.name ?? '')
    : value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean';
}

/** Takes the brackets from a list of one. */
export const listToValue: Refactor = (place) =>
  singleOrListMembers(place).flatMap(({ member, value, isStatement }) => {
    const edits =
      value.kind === 'array' && (!isStatement || value.items[0]?.kind === 'object')
        ? ifWritable(value.source.syntax, () => unwrapArray(value) ?? [])
        : undefined;
    return edits === undefined || edits.length === 0
      ? []
      : [{ title: `Make a single value of ${member.name}`, edits: () => edits }];
  });

interface SingleOrList {
  readonly member: MemberNode;
  readonly value: SyntaxNode;
  /** Whether it is the Statement of the policy, whose values are objects. */
  readonly isStatement: boolean;
}

/**
 * The members under the cursor that take one value or a list. IAM User Guide, "Grammar of the IAM JSON policy
 * language". Statement only on its key: everything else stands in its value. Under another name, as in a file of the
 * Serverless Framework, statements are always a list.
 */
function singleOrListMembers({ policy, statements, span }: RefactorPlace): readonly SingleOrList[] {
  const statement = policy.node.held === undefined ? statementMembers(policy.node)[0] : undefined;
  const members = statements.flatMap(({ actions, resources, principals, conditions }) => [
    ...[...actions, ...resources, ...conditions].map(({ member }) => member),
    ...principals.flatMap(({ member: { value } }) => (value?.kind === 'object' ? value.members : [])),
  ]);
  return [
    ...members.filter((member) => touches(member.span, span)),
    ...(statement !== undefined && touches(statement.key.span, span) ? [statement] : []),
  ].flatMap((member) => {
    const { value } = member;
    return value === undefined || !isIntact(policy, value)
      ? []
      : [{ member, value, isStatement: member === statement }];
  });
}
