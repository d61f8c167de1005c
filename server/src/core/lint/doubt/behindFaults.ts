import type { Policy } from '../../model/policy';
import { leavesDoubt } from '../../syntax/faults';
import { firstFrom } from '../../syntax/firstFrom';
import type {
  ArrayNode,
  MemberNode,
  ObjectNode,
  Span,
  SyntaxFault,
  SyntaxFaultCode,
  SyntaxNode,
} from '../../syntax/nodes';
import type { RuleMeta } from '../ruleMeta';
import { type Doubt, dependsOnAll, type Entry, FAR, type Ground, kept, namedBy } from './doubt';

/** A bracket that is not there is told by the container that lacks it. */
const UNCLOSED: ReadonlySet<SyntaxFaultCode> = new Set<SyntaxFaultCode>([
  'close-brace-expected',
  'close-bracket-expected',
]);

/** The faults of a policy that may make something uncertain, in source order. */
export function faultsInDoubt(policy: Policy): readonly SyntaxFault[] {
  const { end } = rootOf(policy.node).span;
  const isAtEnd = ({ code, span }: SyntaxFault) => UNCLOSED.has(code) && span.start >= end;
  // What is still to be typed at the end of a text leaves no doubt about what stands before it. But where one brace alone
  // lacks behind a statement, it may as well be the brace of something in the statement.
  const isCertain =
    policy.faults.filter(isAtEnd).length > 1 || policy.members.at(-1)?.value?.kind !== 'object';
  return policy.faults.filter((fault) => leavesDoubt(fault) && !(isCertain && isAtEnd(fault)));
}

type Container = ObjectNode | ArrayNode;

/** What syntax faults make uncertain: what they may hide, and what would stand elsewhere if they were mended. */
export class FaultDoubt implements Doubt {
  readonly #root: ObjectNode;
  readonly #faults: readonly SyntaxFault[];
  readonly #missingCommas: readonly SyntaxFault[];
  readonly #text: string;
  /** What was found of a container or an entry is kept: there may be a finding on each of thousands of its entries. */
  readonly #hasOwn = new Map<Container, boolean>();
  readonly #unbalanced = new Map<Container, Unbalanced>();
  readonly #besideFault = new Map<Entry, boolean>();

  /** @param faults those that are not harmless, in source order */
  constructor(policy: Policy, faults: readonly SyntaxFault[], text: string) {
    this.#root = policy.node;
    this.#faults = faults;
    this.#missingCommas = policy.faults.filter(({ code }) => code === 'comma-expected');
    this.#text = text;
  }

  reaches({ place, isLocal }: Ground, rule: Pick<RuleMeta, 'id' | 'category'>): boolean {
    const node = 'kind' in place ? place : place.node;
    const isWhole = node.kind === 'object' || node.kind === 'array';
    if (node.kind === 'string' && !node.closed) {
      return true;
    }
    const entry = namedBy(node) ?? node;
    if (entry.kind === 'member' && this.#isTornApart(entry)) {
      return true;
    }
    // What is not there, or not right as a whole, may be what the fault hides.
    if (isWhole && this.#isBroken(node)) {
      return true;
    }
    return this.#isMisplaced(entry, {
      isName: isWhole || entry.kind === 'member' || rule.id === SHAPE_RULE,
      dependsOnAll: dependsOnAll(isLocal, rule),
    });
  }

  /** Whether more than a colon or the value lacks between a name and what stands behind it. */
  #isTornApart({ key, value, span }: MemberNode): boolean {
    return this.#between(key.span.end, value?.span.start ?? span.end).some(
      (fault) =>
        isMisleading(fault) &&
        fault.code !== 'colon-expected' &&
        (fault.code !== 'value-expected' || this.#isUnbalanced(fault)),
    );
  }

  /** Whether an entry may belong elsewhere, or, if it is a name, may be none. */
  #isMisplaced(place: Entry, { isName, dependsOnAll }: Reading): boolean {
    let entry = place;
    while (entry !== this.#root) {
      const { parent }: { parent: Entry | undefined } = entry;
      if (parent === undefined) {
        return false;
      }
      if (parent.kind === 'member') {
        if (this.#isTornApart(parent)) {
          return true;
        }
        entry = parent;
        continue;
      }
      const container = parent as Container;
      if (
        ((isName || !isContainer(entry)) && this.#isBesideFault(entry, container)) ||
        (isName && this.#isMismatched(container, entry.span.start)) ||
        (dependsOnAll && container.kind === 'object' && container !== this.#root && this.#isBroken(container))
      ) {
        return true;
      }
      entry = container;
    }
    return false;
  }

  /** Whether a fault lies in a container, or beside it in the one around, so that it may be longer or shorter. */
  #isBroken(node: Container): boolean {
    if (this.#holdsFault(node.span.start, this.#endOf(node))) {
      return true;
    }
    const around = node === this.#root ? undefined : node.parent;
    return around !== undefined && this.#isDirectlyBroken(around);
  }

  /** Whether a fault lies between the entries of a container. */
  #isDirectlyBroken(around: MemberNode | ArrayNode): boolean {
    if (around.kind === 'member') {
      return this.#holdsFault(around.key.span.end, around.span.end + 1);
    }
    return this.#isCutOff(around) || this.#hasOwnFault(around);
  }

  /** Whether a fault lies in a container and in none of its entries. */
  #hasOwnFault(container: Container): boolean {
    return kept(this.#hasOwn, container, () =>
      this.#between(container.span.start, container.span.end).some(
        (fault) => !isInEntry(fault.span, entriesOf(container)),
      ),
    );
  }

  #isBesideFault(entry: Entry, container: Container): boolean {
    return kept(this.#besideFault, entry, () => this.#standsBesideFault(entry, container));
  }

  /** Whether a fault stands on an entry's side of the commas around it. */
  #standsBesideFault(entry: Entry, container: Container): boolean {
    const { before, after } = neighbours(entry, container);
    const isFree = (from: number, to: number) => !this.#text.slice(from, to).includes(',');
    // What is missing at the end of an entry has no width, and is the entry's own.
    const counts = (fault: SyntaxFault) => isMisleading(fault) && fault.span.end > fault.span.start;
    if (!isContainer(entry) && this.#isUndivided(entry, container, after)) {
      return true;
    }
    return (
      this.#between(before, entry.span.start).some(
        (fault) => counts(fault) && isFree(fault.span.end, entry.span.start),
      ) ||
      this.#between(entry.span.end, after).some(
        (fault) => counts(fault) && isFree(entry.span.end, fault.span.start),
      )
    );
  }

  /** Whether no comma divides an entry from its neighbours among other faults: quotes may stand the wrong way round. */
  #isUndivided({ span }: Entry, container: Container, next: number): boolean {
    return (this.#lacksComma(span.start) || this.#lacksComma(next)) && this.#hasOwnFault(container);
  }

  #lacksComma(offset: number): boolean {
    return this.#missingCommas[firstFrom(this.#missingCommas, offset)]?.span.start === offset;
  }

  /**
   * Whether an object was ended by the bracket of another container, or has one too many or too few before an offset:
   * then names in it may be those of another object.
   */
  #isMismatched(container: Container, offset: number): boolean {
    if (container.kind === 'array') {
      return false;
    }
    const { first, hasStray } = kept(this.#unbalanced, container, () => {
      const faults = this.#between(container.span.start, this.#endOf(container)).filter((fault) =>
        this.#isUnbalanced(fault),
      );
      return {
        first: faults[0]?.span.start ?? Number.POSITIVE_INFINITY,
        // A bracket that is one too many there means that one is missing before it, wherever that was.
        hasStray: faults.some((fault) => !isInEntry(fault.span, container.members)),
      };
    });
    return this.#isCutOff(container) || first <= offset || hasStray;
  }

  /** Whether a fault leaves a bracket too many or too few, or may hide one where a value is missing before a name. */
  #isUnbalanced({ code, span }: SyntaxFault): boolean {
    switch (code) {
      case 'close-brace-expected':
      case 'close-bracket-expected':
      case 'unterminated-string':
        return true;
      case 'property-name-expected':
        return '{['.includes(this.#text.charAt(span.start));
      case 'end-of-file-expected':
        return '}],'.includes(this.#text.charAt(span.start));
      case 'value-expected':
        return /^\s*"/.test(this.#text.slice(span.end, span.end + FAR));
      default:
        return false;
    }
  }

  /** Whether something else than its own bracket ended a container; the end of the text is no doubt about its names. */
  #isCutOff({ closed, span }: Container): boolean {
    return !closed && this.#between(span.end, span.end).some(({ code }) => UNCLOSED.has(code));
  }

  /** Where a container ends; the policy may go on behind a bracket that is one too many in it. */
  #endOf(container: Container): number {
    return container === this.#root ? Number.POSITIVE_INFINITY : container.span.end;
  }

  #holdsFault(from: number, to: number): boolean {
    const fault = this.#faults[firstFrom(this.#faults, from)];
    return fault !== undefined && fault.span.start <= to;
  }

  /** The faults that begin in a range, its end included. */
  #between(from: number, to: number): readonly SyntaxFault[] {
    return this.#faults.slice(firstFrom(this.#faults, from), firstFrom(this.#faults, to + 1));
  }
}

/** The faults of an object that leave a bracket too many or too few. */
interface Unbalanced {
  /** Where the first begins. */
  readonly first: number;
  /** Whether one lies in none of its members. */
  readonly hasStray: boolean;
}

/** How much of the document, beside its own place, a finding depends on. */
interface Reading {
  /** Whether it depends on the names on the path to the place. */
  readonly isName: boolean;
  /** Whether it depends on the whole statement, so that a fault anywhere in it may invalidate it. */
  readonly dependsOnAll: boolean;
}

/** The rule that tells which value is of the wrong type for its name. */
const SHAPE_RULE = 'element-type';

function rootOf(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  return parent === undefined ? node : rootOf(parent.kind === 'member' ? parent.parent : parent);
}

function isContainer(entry: Entry): entry is Container {
  return entry.kind === 'object' || entry.kind === 'array';
}

function isMisleading({ code }: SyntaxFault): boolean {
  return !UNCLOSED.has(code);
}

/** Whether a fault lies in one of the entries of a container. */
function isInEntry(fault: Span, entries: readonly Entry[]): boolean {
  const after = firstFrom(entries, fault.start + 1);
  const entry = entries[after - 1];
  return entry !== undefined && fault.end <= entry.span.end;
}

function entriesOf(container: Container): readonly Entry[] {
  return container.kind === 'object' ? container.members : container.items;
}

/** Where what stands before and behind an entry ends and begins. */
function neighbours(entry: Entry, container: Container): { readonly before: number; readonly after: number } {
  const entries = entriesOf(container);
  const at = firstFrom(entries, entry.span.start);
  return {
    before: entries[at - 1]?.span.end ?? container.span.start + 1,
    after: entries[at + 1]?.span.start ?? container.span.end - (container.closed ? 1 : 0),
  };
}
