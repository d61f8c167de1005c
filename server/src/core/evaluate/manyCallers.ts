import type { Policy, Statement } from '../model/policy';
import type { Caller } from './caller';
import { keysOf } from './conditions/derivedKeys';
import { RequestKeys } from './conditions/requestKeys';
import { callerOf, conclude, type Evaluation, judge } from './evaluate';
import { isConcerned, type Judged } from './needs';
import { mentionsOf } from './principalIndex';
import type { EvaluationRequest } from './request';
import { statementApplies } from './statement';

/** How many statements may still be judged that do not name who asks. */
export interface JudgingBudget {
  left: number;
}

/**
 * Asks one policy the same question for many callers, in a time that grows with the policy and with the callers, not
 * with their product: what a statement does that names none of them is evaluated once for all callers that it cannot
 * tell apart.
 *
 * Of statements that decide alike only some are listed; the outcome is that of `evaluate`.
 *
 * @returns the answer for a caller, as a question names one; `undefined` once the budget is spent
 */
export function askOfMany(
  policy: Policy,
  asked: EvaluationRequest,
  budget: JudgingBudget,
): (principal: string | undefined) => Evaluation | undefined {
  const statements = policy.statements.filter(
    (statement) => statementApplies(statement, asked, NOBODY, NOTHING_KNOWN).applies !== 'never',
  );
  const names = namesIn(statements);
  const mentions = mentionsOf(statements);
  const groups = new Map<string, Group>();
  return (principal) => {
    const request = { ...asked, principal };
    const caller = callerOf([policy], request);
    const keys = keysOf(request, caller);
    const judged = (statement: Statement): Judged => judge(statement, request, caller, keys, {});
    const spending = (statement: Statement): Judged => {
      budget.left -= 1;
      return judged(statement);
    };
    if (budget.left <= 0) {
      return undefined;
    }
    const concerned = isConcerned(policy, request, caller) ? [policy] : [];
    const own = concerned.length === 0 ? NONE : mentions(caller);
    if (own === undefined) {
      return conclude(concerned, statements.map(spending).filter(mayApply), request, caller, keys);
    }
    const key = JSON.stringify([caller.kind, caller.account, keys.toldOf(names)]);
    let group = groups.get(key);
    if (group === undefined) {
      group = new Group(concerned.length === 0 ? [] : statements);
      groups.set(key, group);
    }
    if (own.size === 0 && group.answer !== undefined) {
      return group.answer;
    }
    const common = group.judgedBeside(own, spending);
    const all = [...[...own].map(judged).filter(mayApply), ...common];
    all.sort((a, b) => a.statement.index - b.statement.index);
    const answer = conclude(concerned, all, request, caller, keys);
    group.answer = own.size === 0 ? answer : undefined;
    return answer;
  };
}

const NONE: ReadonlySet<Statement> = new Set();
const NOBODY: Caller = { kind: 'unknown', account: undefined };
const NOTHING_KNOWN = new RequestKeys();

function mayApply({ application }: Judged): boolean {
  return application.applies !== 'never';
}

/** What statements do for callers that differ only in who is named. */
class Group {
  /** For callers that no statement names. */
  answer: Evaluation | undefined;
  /** Those that nobody has been judged by yet whom they do not name. */
  private open: readonly Statement[];
  private readonly byKind = new Map<string, Judged[]>();

  constructor(statements: readonly Statement[]) {
    this.open = statements;
  }

  /** Those that do not name the caller, of each kind some. */
  judgedBeside(own: ReadonlySet<Statement>, judged: (statement: Statement) => Judged): readonly Judged[] {
    const still: Statement[] = [];
    for (const statement of this.open) {
      if (own.has(statement)) {
        still.push(statement);
        continue;
      }
      const each = judged(statement);
      const { applies, reach } = each.application;
      if (applies !== 'never') {
        const kind = `${statement.effect?.value} ${applies} ${reach}`;
        const alike = this.byKind.get(kind);
        if (alike === undefined) {
          this.byKind.set(kind, [each]);
        } else {
          alike.push(each);
        }
      }
    }
    this.open = still;
    return [...this.byKind.values()].flatMap((alike) => firstBeside(alike, own));
  }
}

function firstBeside(alike: readonly Judged[], own: ReadonlySet<Statement>): readonly Judged[] {
  const found: Judged[] = [];
  for (const each of alike) {
    if (!own.has(each.statement)) {
      found.push(each);
      if (found.length >= SHOWN) {
        break;
      }
    }
  }
  return found;
}

/** At most this many statements of a kind are listed; one would do for the outcome. */
const SHOWN = 20;

/** The condition keys that the statements ask for, by conditions and by variables; in lower case. */
function namesIn(statements: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  const addVariables = (text: string): void => {
    for (const [, name = ''] of text.includes('${') ? text.matchAll(/\$\{\s*([^,{}\s]+)/g) : []) {
      names.add(name.toLowerCase());
    }
  };
  for (const { conditions, resources } of statements) {
    for (const { key, values } of conditions) {
      names.add(key.value.toLowerCase());
      for (const { text } of values) {
        addVariables(text);
      }
    }
    for (const { text } of resources.flatMap(({ entries }) => entries)) {
      addVariables(text);
    }
  }
  return names;
}
