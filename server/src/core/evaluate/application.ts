import type { Condition, Statement } from '../model/policy';
import type { SyntaxNode } from '../syntax/nodes';

/** Whether something applies to a request: whatever is not in the policies makes it `perhaps`. */
export type Applies = 'always' | 'perhaps' | 'never';

/** What an answer depends on, as data. */
export interface Hinge {
  /**
   * A `condition` must hold, a `principal` must be the caller, a `variable` must have a fitting value, a `template`
   * function must come to something fitting, the `branch` of a template or program in which something stands must be
   * taken, what is `merged` into a statement must leave it as it is, a `fault` beside it must not hide a part of it, and of a `wildcard` only a part is spoken of: a part of
   * what was asked. A `service` must be one that policies of this kind apply to. A `limit` must not count for what is
   * granted to everybody.
   */
  readonly kind:
    | 'condition'
    | 'principal'
    | 'variable'
    | 'template'
    | 'branch'
    | 'merged'
    | 'fault'
    | 'wildcard'
    | 'service'
    | 'limit';
  /** As written in the policy: `IpAddress aws:SourceIp`, `AWS 123456789012`, `${aws:username}`, `Resource`. */
  readonly text: string;
  /** Where it stands. */
  readonly node: SyntaxNode;
  readonly statement: Statement;
  /** Of a `condition` what it is. */
  readonly condition?: Condition;
  /** The condition keys whose values would tell, as the policy writes them; none where no key would. */
  readonly unknownKeys?: readonly string[];
}

/** What each statement depends on, indexed because there may be thousands. */
export function hingesByStatement(hinges: readonly Hinge[]): (statement: Statement) => readonly Hinge[] {
  const groups = new Map<Statement, Hinge[]>();
  for (const hinge of hinges) {
    const group = groups.get(hinge.statement);
    if (group === undefined) {
      groups.set(hinge.statement, [hinge]);
    } else {
      group.push(hinge);
    }
  }
  return (statement) => groups.get(statement) ?? [];
}

/** Whether something applies, and if that is not certain, what it depends on. */
export interface Application {
  readonly applies: Applies;
  /** Empty unless `applies` is `perhaps`. */
  readonly hinges: readonly Hinge[];
}

export const ALWAYS: Application = { applies: 'always', hinges: [] };
export const NEVER: Application = { applies: 'never', hinges: [] };

/** Whether it applies depends on these. */
export function perhaps(hinges: readonly Hinge[]): Application {
  return { applies: 'perhaps', hinges };
}

/** All must apply; nothing to apply is certain. */
export function allOf(parts: readonly Application[]): Application {
  const all = new Together('never', ALWAYS);
  return parts.some((part) => all.isDecidedBy(part)) ? NEVER : all.result;
}

/** One must apply; of nothing none does. */
export function anyOf(parts: readonly Application[]): Application {
  const any = new Together('always', NEVER);
  return parts.some((part) => any.isDecidedBy(part)) ? ALWAYS : any.result;
}

/**
 * What parts come to together, given one after the other, without a list of them: thousands of statements come here with
 * each question, and of most parts one at most is uncertain.
 */
export class Together {
  readonly #decisive: 'always' | 'never';
  readonly #otherwise: Application;
  #uncertain: Application | undefined;
  #hinges: Hinge[] | undefined;

  /**
   * @param decisive what a single part has to be for all to be decided
   * @param otherwise what they are together where none of them is uncertain
   */
  constructor(decisive: 'always' | 'never', otherwise: Application) {
    this.#decisive = decisive;
    this.#otherwise = otherwise;
    this.#uncertain = undefined;
    this.#hinges = undefined;
  }

  /** Takes a part in, and says whether it decides alone. */
  isDecidedBy(part: Application): boolean {
    if (part.applies !== 'perhaps') {
      return part.applies === this.#decisive;
    }
    if (this.#uncertain === undefined) {
      this.#uncertain = part;
    } else if (this.#hinges === undefined) {
      // As long as needed: a list that grows takes room for many more.
      this.#hinges = this.#uncertain.hinges.concat(part.hinges);
    } else {
      for (const hinge of part.hinges) {
        this.#hinges.push(hinge);
      }
    }
    return false;
  }

  /** For parts none of which decides. */
  get result(): Application {
    return this.#hinges === undefined ? (this.#uncertain ?? this.#otherwise) : perhaps(this.#hinges);
  }
}

/** The same of whatever a part does not apply to, as for the elements that begin with Not. */
export function inverse(part: Application): Application {
  return part.applies === 'perhaps' ? part : part.applies === 'always' ? NEVER : ALWAYS;
}
