import type { Policy } from '../../model/policy';
import type { MemberNode, ObjectNode, Span, SyntaxNode } from '../../syntax/nodes';
import { behindBlanks, holdsFault, startOfLineBefore, unreportedSourceOf } from '../../syntax/unreported';
import type { RuleMeta } from '../ruleMeta';
import { type Doubt, dependsOnAll, type Entry, type Ground, isShapeRule, namedBy } from './doubt';

/** A longer text would keep other questions waiting while its faults are looked for. */
const LONGEST = 500_000;

/** The doubt by faults that other tools tell; `undefined` in languages that have none. */
export function unreportedDoubt({ node }: Policy, text: string): Doubt | undefined {
  const source = text.length > LONGEST ? undefined : unreportedSourceOf(node);
  return source && new UnreportedDoubt(node, text, () => source.unreportedFaults?.() ?? []);
}

/**
 * What faults that are not told make uncertain: which names and values belong together, and not what a value says. A fault
 * in a statement, or between it and its neighbours, leaves open what the statement has; one elsewhere in the policy, what
 * the policy has.
 */
class UnreportedDoubt implements Doubt {
  readonly #root: ObjectNode;
  readonly #text: string;
  readonly #find: () => readonly number[];
  #isOpen: boolean | undefined;

  constructor(root: ObjectNode, text: string, find: () => readonly number[]) {
    this.#root = root;
    this.#text = text;
    this.#find = find;
  }

  reaches({ place, isLocal }: Ground, rule: Pick<RuleMeta, 'id' | 'category'>): boolean {
    const node = 'kind' in place ? place : place.node;
    const isName =
      node.kind === 'member' ||
      node.kind === 'object' ||
      node.kind === 'array' ||
      namedBy(node) !== undefined;
    if (!isName && !isShapeRule(rule.id) && !dependsOnAll(isLocal, rule)) {
      return false;
    }
    const statement = this.#statementAround(node);
    return statement === undefined ? this.#isPolicyOpen() : this.#holds(this.#extentOf(statement));
  }

  #holds({ start, end }: Span): boolean {
    return holdsFault(this.#find(), start, end);
  }

  /** Whether a fault lies in the policy, or on the line before it, and in no statement. */
  #isPolicyOpen(): boolean {
    this.#isOpen ??= this.#liesOutside();
    return this.#isOpen;
  }

  #liesOutside(): boolean {
    const { span, members } = this.#root;
    let from = startOfLineBefore(this.#text, span.start);
    const end = behindBlanks(this.#text, span.end);
    if (!this.#holds({ start: from, end })) {
      return false;
    }
    for (const { span: statement } of members.flatMap(statementsOf)) {
      if (this.#holds({ start: from, end: statement.start })) {
        return true;
      }
      from = statement.end + 1;
    }
    return this.#holds({ start: from, end });
  }

  /** From behind what stands in front of a statement to the beginning of what stands behind it. */
  #extentOf(statement: SyntaxNode): Span {
    const { parent = statement } = statement;
    const member = parent.kind === 'array' ? parent.parent : parent;
    const items: readonly SyntaxNode[] = parent.kind === 'array' ? parent.items : [statement];
    const index = items.indexOf(statement);
    const before =
      items[index - 1]?.span.end ?? (member?.kind === 'member' ? member.key.span.end : undefined);
    const after = items[index + 1]?.span.start ?? parent.span.end;
    return { start: (before ?? statement.span.start) + 1, end: behindBlanks(this.#text, after) };
  }

  #statementAround(node: Entry): SyntaxNode | undefined {
    for (let at: Entry | undefined = node; at !== undefined && at !== this.#root; at = at.parent) {
      if (at.kind !== 'member' && this.#isStatement(at)) {
        return at;
      }
    }
    return undefined;
  }

  #isStatement({ kind, parent }: SyntaxNode): boolean {
    const member = parent?.kind === 'array' ? parent.parent : kind === 'object' ? parent : undefined;
    return member?.kind === 'member' && (member.parent === this.#root || member === this.#root.held);
  }
}

/** What stands where statements do. */
function statementsOf({ value }: MemberNode): readonly SyntaxNode[] {
  return value?.kind === 'array' ? value.items : value?.kind === 'object' ? [value] : [];
}
