import type { MemberNode, SyntaxNode } from '../../syntax/nodes';
import type { Place } from '../rule';
import type { RuleMeta } from '../ruleMeta';

/** What a finding depends on. */
export class Ground {
  readonly place: Place;
  /** Whether the rule is shown single values and no statements. */
  readonly isLocal: boolean;

  constructor(place: Place, isLocal: boolean) {
    this.place = place;
    this.isLocal = isLocal;
  }
}

/**
 * What a policy that is not whole makes uncertain. How a reader goes on behind a fault is a guess, and what follows from the
 * guess alone is not worth a word. What a fault does not reach is certain all the same: a policy is mostly half-typed.
 */
export interface Doubt {
  /** Whether it is open that the rule would say so if the policy were whole. */
  reaches(ground: Ground, rule: Pick<RuleMeta, 'id' | 'category'>): boolean;
}

/** What a finding can lie on: a value, or a name with one. */
export type Entry = MemberNode | SyntaxNode;

/** The member that a text is the name of. */
export function namedBy(node: Entry): MemberNode | undefined {
  const { parent } = node;
  return parent?.kind === 'member' && parent.key === node ? parent : undefined;
}

/** Whether a finding depends on the whole statement. */
export function dependsOnAll(isLocal: boolean, { id, category }: Pick<RuleMeta, 'id' | 'category'>): boolean {
  return (
    category === 'security' ||
    category === 'suggestion' ||
    (category === 'warning' && !isLocal) ||
    RELATION.test(id)
  );
}

/** What a rule is called that says what lacks, or what does not go together. */
const RELATION = /-(?:missing|mismatch|unpaired|unsupported)$/;

/** Whether a rule tells of a text where names with values should be. */
export function isShapeRule(id: string): boolean {
  return OBJECT_RULES.has(id);
}

const OBJECT_RULES: ReadonlySet<string> = new Set(['element-type', 'principal-format']);

/** What was found of something, which is looked for once: there may be a finding on each of thousands of its parts. */
export function kept<Key, Value>(found: Map<Key, Value>, key: Key, find: () => Value): Value {
  let value = found.get(key);
  if (value === undefined) {
    value = find();
    found.set(key, value);
  }
  return value;
}

/** How far to look for what may follow a place: a look over all of a long text would cost too much. */
export const FAR = 1_000;
