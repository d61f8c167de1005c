import type { Policy } from '../../model/policy';
import { firstIndex } from '../../pattern/bisect';
import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, SyntaxNode } from '../../syntax/nodes';
import type { RuleMeta } from '../ruleMeta';
import { type Doubt, dependsOnAll, type Entry, type Ground, isShapeRule } from './doubt';

/** The faults around a policy that other tools tell, as document offsets in order; none in languages that have no others. */
export function unreportedFaultsOf({ node }: Policy): (() => readonly number[]) | undefined {
  let source: SourceText | undefined = node.source;
  while (source !== undefined && source.unreportedFaults === undefined) {
    source = source.within?.source;
  }
  return source?.unreportedFaults;
}

/**
 * What faults that are not told make uncertain: which names and values belong together, and not what a value says. A fault in a statement, or between
 * it and its neighbours, leaves open what the statement has; one elsewhere in the policy, what the policy has.
 */
export class UnreportedDoubt implements Doubt {
  readonly #root: ObjectNode;
  readonly #text: string;
  readonly #find: () => readonly number[];
  #faults: readonly number[] | undefined;
  #isOpen: boolean | undefined;

  constructor({ node }: Policy, text: string, find: () => readonly number[]) {
    this.#root = node;
    this.#text = text;
    this.#find = find;
  }

  reaches({ place, isLocal }: Ground, rule: Pick<RuleMeta, 'id' | 'category'>): boolean {
    const node = 'kind' in place ? place : place.node;
    const isName =
      node.kind === 'member' ||
      node.kind === 'object' ||
      node.kind === 'array' ||
      (node.parent?.kind === 'member' && node.parent.key === node);
    if (!isName && !isShapeRule(rule.id) && !dependsOnAll(isLocal, rule)) {
      return false;
    }
    const statement = this.#statementAround(node);
    return statement === undefined ? this.#isPolicyOpen() : this.#holds(this.#extentOf(statement));
  }

  /** Whether a fault lies in a range, its end included. */
  #holds({ start, end }: Span): boolean {
    this.#faults ??= this.#find();
    const faults = this.#faults;
    const first = faults[firstIndex(faults.length, (index) => (faults[index] ?? 0) >= start)];
    return first !== undefined && first <= end;
  }

  /** Whether a fault lies in the policy, or on the line before it, and in no statement. */
  #isPolicyOpen(): boolean {
    this.#isOpen ??= this.#lieOutside();
    return this.#isOpen;
  }

  #lieOutside(): boolean {
    const { span } = this.#root;
    const before = this.#text.lastIndexOf('\n', this.#text.lastIndexOf('\n', span.start) - 1) + 1;
    const end = this.#behindBlanks(span.end);
    if (!this.#holds({ start: before, end })) {
      return false;
    }
    let from = before;
    for (const member of this.#root.members) {
      for (const { span: statement } of statementsOf(member)) {
        if (this.#holds({ start: from, end: statement.start })) {
          return true;
        }
        from = statement.end + 1;
      }
    }
    return this.#holds({ start: from, end });
  }

  /** From behind what stands in front of a statement to the beginning of what stands behind it. */
  #extentOf(statement: SyntaxNode): Span {
    const { parent } = statement;
    const member = parent?.kind === 'array' ? parent.parent : parent;
    const items: readonly SyntaxNode[] = parent?.kind === 'array' ? parent.items : [statement];
    const index = items.indexOf(statement);
    const before =
      items[index - 1]?.span.end ?? (member?.kind === 'member' ? member.key.span.end : undefined);
    const after = items[index + 1]?.span.start ?? Math.max(statement.span.end, parent?.span.end ?? 0);
    return { start: (before ?? statement.span.start) + 1, end: this.#behindBlanks(after) };
  }

  #behindBlanks(from: number): number {
    let at = from;
    while (at < this.#text.length && /\s/.test(this.#text.charAt(at))) {
      at += 1;
    }
    return at;
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
  return value?.kind === 'array' ? (value as ArrayNode).items : value?.kind === 'object' ? [value] : [];
}
