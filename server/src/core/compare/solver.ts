import { EVER_PRESENT_KEYS } from '../iamData/overlay/callerKeys';
import type { PolicyType } from '../locate/policyType';
import type { Statement } from '../model/policy';
import type { Representative } from './callers';
import type { Cell } from './cells';
import { isFixedByTemplate, isOpenToPublic } from './confining';
import type { ContextAnswer, Contexts } from './context';
import { isLimit } from './sides';

/** The statements that have a say in some requests, beside the one that allows them. */
export interface Around {
  /** Allows of the other side. */
  readonly allows: readonly Cell[];
  readonly denies: readonly Cell[];
  /** Of each limit the statements that allow the requests. */
  readonly limits: readonly (readonly Cell[])[];
  /** Denials of the other side that this side does not have. */
  readonly lifted: readonly Cell[];
}

/** Decides, for statements that all apply to the same requests, whether the conditions leave something to gain. */
export class Solver {
  private readonly contexts: Contexts;
  private readonly type: PolicyType;
  private readonly onlyPublic: boolean;

  /** @param onlyPublic whether only what no condition confines counts */
  constructor(contexts: Contexts, type: PolicyType, onlyPublic: boolean) {
    this.contexts = contexts;
    this.type = type;
    this.onlyPublic = onlyPublic;
  }

  /** Looks for a context in which the statement allows, none denies, and the other side does not allow. */
  solve(
    cell: Cell,
    { allows, denies, lifted, limits }: Around,
    known: ReadonlyMap<string, readonly string[]>,
    caller: Representative,
  ): ContextAnswer & { readonly isPublic: boolean; readonly denial: Statement | undefined } {
    const statements = (list: readonly Cell[]): Statement[] => list.map(({ statement }) => statement);
    let isUnknown = false;
    const modes =
      caller.isOutsider && !isLimit(this.type) ? (this.onlyPublic ? [true] : [true, false]) : [false];
    const ways = waysThrough(limits);
    if (ways.length > MOST_WAYS) {
      return { kind: 'unknown', isPublic: false, denial: undefined };
    }
    for (const [isPublic, way] of modes.flatMap((mode) => ways.map((each) => [mode, each] as const))) {
      const mayHave = isPublic ? isOpenToPublic : undefined;
      const hold = [cell.statement, ...statements(way)];
      if (isPublic && hold.some(({ conditions }) => conditions.some(isFixedByTemplate))) {
        continue;
      }
      const withoutAllow = this.contexts.find({
        hold,
        fail: statements([...denies, ...allows]),
        known,
        everPresent: EVER_PRESENT_KEYS,
        mayHave,
      });
      if (withoutAllow.kind === 'found') {
        return { ...withoutAllow, isPublic, denial: undefined };
      }
      isUnknown ||= withoutAllow.kind === 'unknown';
      for (const denial of lifted) {
        if (this.contexts.isSpent) {
          isUnknown = true;
          break;
        }
        const answer = this.contexts.find({
          hold: [...hold, denial.statement],
          fail: statements(denies),
          known,
          everPresent: EVER_PRESENT_KEYS,
          mayHave,
        });
        if (answer.kind === 'found') {
          return { ...answer, isPublic, denial: denial.statement };
        }
        isUnknown ||= answer.kind === 'unknown';
      }
    }
    return { kind: isUnknown ? 'unknown' : 'none', isPublic: false, denial: undefined };
  }
}

/** How many choices of one statement for each limit are tried. */
const MOST_WAYS = 64;

/** One statement for each limit, in every way; none where a limit has none. */
function waysThrough(limits: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  let ways: readonly (readonly Cell[])[] = [[]];
  for (const allows of limits) {
    // One without conditions lets through all that another does.
    const free = allows.find(
      ({ statement, isOpen }) => statement.members.every(({ name }) => name !== 'Condition') && !isOpen,
    );
    const list = free === undefined ? allows : [free];
    ways = ways.slice(0, MOST_WAYS + 1).flatMap((way) => list.map((cell) => [...way, cell]));
  }
  return ways;
}
