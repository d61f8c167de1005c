import { unwrapArray, wrapInArray } from '../../lint/edits';
import { ifWritable } from '../../lint/writers/writer';
import { statementMembers } from '../../locate/elements';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';
import { isIntact, type Refactor, type RefactorPlace, touches } from './refactoring';

/** Makes a list of the single value of an element. IAM reads both alike. */
export const valueToList: Refactor = (place) =>
  singleOrListMembers(place).flatMap(({ member, value }) =>
    value.kind === 'array' || value.kind === 'null' || value.kind === 'opaque'
      ? []
      : [{ title: `Make a list of ${member.name}`, edits: () => wrapInArray(value) }],
  );

/** Takes the brackets from a list of one. */
export const listToValue: Refactor = (place) =>
  singleOrListMembers(place).flatMap(({ member, value }) => {
    const edits =
      value.kind === 'array' ? ifWritable(value.source.syntax, () => unwrapArray(value) ?? []) : undefined;
    return edits === undefined || edits.length === 0
      ? []
      : [{ title: `Make a single value of ${member.name}`, edits: () => edits }];
  });

interface SingleOrList {
  readonly member: MemberNode;
  readonly value: SyntaxNode;
}

/**
 * The members under the cursor that take one value or a list. IAM User Guide, "Grammar of the IAM JSON policy
 * language". Statement only on its key: everything else stands in its value.
 */
function singleOrListMembers({ policy, statements, span }: RefactorPlace): readonly SingleOrList[] {
  const statement = statementMembers(policy.node)[0];
  const members = statements.flatMap(({ actions, resources, principals, conditions }) => [
    ...[...actions, ...resources, ...conditions].map(({ member }) => member),
    ...principals.flatMap(({ member: { value } }) => (value?.kind === 'object' ? value.members : [])),
  ]);
  return [
    ...members.filter((member) => touches(member.span, span)),
    ...(statement !== undefined && touches(statement.key.span, span) ? [statement] : []),
  ].flatMap((member) => {
    const { value } = member;
    return value === undefined || !isIntact(policy, value) ? [] : [{ member, value }];
  });
}
