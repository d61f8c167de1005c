import { POLICY_ELEMENTS, STATEMENT_ELEMENTS } from '../../locate/elements';
import type { Policy } from '../../model/policy';
import type { MemberNode, ObjectNode, StringNode, SyntaxNode } from '../../syntax/nodes';
import type { RuleMeta } from '../ruleMeta';
import { type Doubt, dependsOnAll, type Entry, FAR, type Ground, isShapeRule, kept, namedBy } from './doubt';

/**
 * What is uncertain in languages whose parsers report no faults, which are all but JSON: a text without its closing
 * quote, a name without a value and a list with a dash alone may all continue, and findings about the whole of an object with such a name may be
 * wrong.
 */
export class HalfTypedDoubt implements Doubt {
  readonly #root: ObjectNode;
  readonly #text: string;
  readonly #hasHalfTyped = new Map<ObjectNode, boolean>();

  constructor({ node }: Policy, text: string) {
    this.#root = node;
    this.#text = text;
  }

  reaches({ place, isLocal }: Ground, rule: Pick<RuleMeta, 'id' | 'category'>): boolean {
    const node = 'kind' in place ? place : place.node;
    if (isListToCome(node)) {
      return true;
    }
    if (node.kind === 'member' ? isHalfTyped(node) : this.#isHalfTypedText(node, rule.id)) {
      return true;
    }
    // A name that its library does not have is wrong whatever else is typed.
    const isWhole = 'kind' in place && (node.kind === 'object' || node.kind === 'array');
    return (isWhole || dependsOnAll(isLocal, rule)) && this.#isWithinHalfTyped(node);
  }

  #isHalfTypedText(node: SyntaxNode, rule: string): boolean {
    if (node.kind !== 'string') {
      return false;
    }
    const { parent } = node;
    return (
      !node.closed ||
      (parent?.kind === 'member' &&
        (parent.key === node ? isHalfTyped(parent) : isShapeRule(rule) && this.#isNameToBe(node, parent)))
    );
  }

  /** Whether a word in YAML stands alone on the line below a name, where a name of what that holds is typed. */
  #isNameToBe({ span, content, source }: StringNode, { key }: MemberNode): boolean {
    return (
      source.syntax === 'yaml' &&
      span.start === content.start &&
      /^[^\n]*\n\s*$/.test(this.#text.slice(key.span.end, Math.min(span.start, key.span.end + FAR)))
    );
  }

  /** Whether a name is half-typed in an object, or in one around it, of those that are of the policy. */
  #isWithinHalfTyped(node: Entry): boolean {
    for (let at: Entry | undefined = node; at !== undefined; at = at === this.#root ? undefined : at.parent) {
      if (at.kind === 'object' && (at !== this.#root || at === node)) {
        const { members } = at;
        // In a program more may come elsewhere.
        const lacksBrace = !at.closed && at.source.syntax === 'json';
        if (
          lacksBrace ||
          kept(this.#hasHalfTyped, at, () => members.some((each) => isHalfTyped(each) || isUnclosed(each)))
        ) {
          return true;
        }
      }
    }
    return false;
  }
}

/** Whether a list that a node is, or is the name of, has the dash of an item that is yet to be typed. */
function isListToCome(node: Entry): boolean {
  const member = node.kind === 'member' ? node : namedBy(node);
  const held = member === undefined ? node : member.value;
  return held?.kind === 'array' && held.awaitsItem === true;
}

/**
 * Whether there is no more than a name of a member. In a program it stands for a variable of that name too, but nobody calls
 * one like a mistake.
 */
function isHalfTyped({ key, name, value }: MemberNode): boolean {
  return (
    !key.closed ||
    value === undefined ||
    (value.kind === 'opaque' && value.span.start === key.span.start && !ELEMENTS.has(name))
  );
}

/** Whether a text or a list that a member holds goes on. */
function isUnclosed({ value }: MemberNode): boolean {
  const last = value?.kind === 'array' && value.closed ? value.items.at(-1) : value;
  return (last?.kind === 'string' || last?.kind === 'array') && !last.closed;
}

const ELEMENTS: ReadonlySet<string> = new Set([...POLICY_ELEMENTS, ...STATEMENT_ELEMENTS]);
