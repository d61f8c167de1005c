import { nearest } from '../pattern/nearest';
import { POLICY_ELEMENTS, STATEMENT_ELEMENTS } from '../syntax/elementNames';
import { type MemberNode, memberOf, type ObjectNode } from '../syntax/nodes';

export { POLICY_ELEMENTS, STATEMENT_ELEMENTS };

/**
 * Which of the possible words an unknown word is a mistake for: the same except for case and blanks, or else the
 * nearest. `undefined` if none is near.
 */
export function meantBy(word: string, possible: readonly string[]): string | undefined {
  const folded = word.trim().toLowerCase();
  return possible.find((candidate) => candidate.toLowerCase() === folded) ?? nearest(word.trim(), possible);
}

/** The element that a name stands for, itself or one that it is a mistake of. */
export function elementMeant(name: string, elements: readonly string[]): string | undefined {
  return elements.includes(name) ? name : meantBy(name, elements);
}

/** The member of a statement that is an element, or else one whose name is a mistake of it. */
export function elementOf(statement: ObjectNode, element: string): MemberNode | undefined {
  return (
    memberOf(statement, element) ??
    statement.members.find(
      ({ name }) => !STATEMENT_ELEMENTS.includes(name) && meantBy(name, STATEMENT_ELEMENTS) === element,
    )
  );
}

/** The members of a policy that are its Statement, or else the ones whose names are mistakes of it. */
export function statementMembers({ members }: ObjectNode): readonly MemberNode[] {
  const exact = members.filter(({ name }) => name === 'Statement');
  return exact.length > 0
    ? exact
    : members.filter(
        ({ name }) => !POLICY_ELEMENTS.includes(name) && meantBy(name, POLICY_ELEMENTS) === 'Statement',
      );
}

/**
 * Whether one of the named elements is among the members, correctly spelt or not: misspelt ones have a rule of their
 * own.
 */
export function standsAmong(
  members: readonly MemberNode[],
  elements: readonly string[],
  ...names: readonly string[]
): boolean {
  return members.some(({ name }) => {
    const meant = elementMeant(name, elements);
    return meant !== undefined && names.includes(meant);
  });
}
