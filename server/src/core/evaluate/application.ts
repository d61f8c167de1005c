import type { Condition, Statement } from '../model/policy';
import type { SyntaxNode } from '../syntax/nodes';

/** Whether something applies to a request: whatever is not in the policies makes it `perhaps`. */
export type Applies = 'always' | 'perhaps' | 'never';

/** What an answer that depends hangs on, as data. */
export interface Hinge {
  /**
   * A `condition` must hold, a `principal` must be the caller, a `variable` must have a fitting value, a `template`
   * function must come to something fitting, and of a `wildcard` only a part is spoken of: a part of what was asked. A
   * `service` must be one that policies of this kind apply to. A `limit` must not count for what is granted to everybody.
   */
  readonly kind: 'condition' | 'principal' | 'variable' | 'template' | 'wildcard' | 'service' | 'limit';
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

/** What each statement hangs on, found at once where there are thousands. */
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

/** Whether something applies, and if that is not certain, what it hangs on. */
export interface Application {
  readonly applies: Applies;
  /** Empty unless `applies` is `perhaps`. */
  readonly hinges: readonly Hinge[];
}

export const ALWAYS: Application = { applies: 'always', hinges: [] };
export const NEVER: Application = { applies: 'never', hinges: [] };

export function perhaps(hinges: readonly Hinge[]): Application {
  return { applies: 'perhaps', hinges };
}

/** All must apply; nothing to apply is certain. */
export function allOf(parts: readonly Application[]): Application {
  return combine(parts, 'never', ALWAYS);
}

/** One must apply; of nothing none does. */
export function anyOf(parts: readonly Application[]): Application {
  return combine(parts, 'always', NEVER);
}

export function inverse(part: Application): Application {
  return part.applies === 'perhaps' ? part : part.applies === 'always' ? NEVER : ALWAYS;
}

function combine(
  parts: readonly Application[],
  decisive: 'always' | 'never',
  otherwise: Application,
): Application {
  if (parts.some((part) => part.applies === decisive)) {
    return decisive === 'always' ? ALWAYS : NEVER;
  }
  const uncertain = parts.filter((part) => part.applies === 'perhaps');
  return uncertain.length === 0 ? otherwise : perhaps(uncertain.flatMap((part) => part.hinges));
}
