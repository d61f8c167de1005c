import { Cell } from '../../compare/cells';
import { Effort } from '../../compare/effort';
import { type PolicyPair, pairsOf } from '../../compare/pairs';
import type { Side } from '../../compare/sides';
import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import type { ListElement, Policy, PolicyTraits, Statement } from '../../model/policy';
import type { Span } from '../../syntax/nodes';
import { type Change, type Comparison, comparePairs } from './changes';

/** What a changed statement grants and takes away, compared with the document as it was. */
export interface StatementChange {
  /** Where the statement begins; the beginning of its policy for statements that are gone. Empty, in the new document. */
  readonly span: Span;
  /** In few words, plain text. */
  readonly title: string;
  readonly granted: readonly Change[];
  readonly removed: readonly Change[];
}

/**
 * About a tenth of what a person waits for who asks: an editor asks after each pause in typing. What is not decided within
 * it is said to be so.
 */
const STEPS = 400_000;

export interface StatementChangesOptions {
  readonly iamData: IamData | undefined;
  /** What each direction of the comparison may cost. */
  readonly steps?: number | undefined;
  /** Where the documents have been compared already. */
  readonly comparison?: Comparison | undefined;
}

/**
 * The statements of a document that do not say what they said before, in the order of their places, one for each line. The
 * order of statements, Sids and the way in which lists are written are no change.
 */
export function statementChanges(
  before: PolicyDocument,
  after: PolicyDocument,
  { iamData, steps = STEPS, comparison }: StatementChangesOptions,
): readonly StatementChange[] {
  if (before.text === after.text) {
    return [];
  }
  const pairs = pairsOf([before], [after]).filter(differ);
  if (pairs.length === 0) {
    return [];
  }
  const broken = pairs.flatMap(({ after: { policies } }) =>
    policies.filter(({ faults }) => faults.length > 0),
  );
  if (broken.length > 0) {
    return broken.map(({ node }) => ({
      span: { start: node.span.start, end: node.span.start },
      title: BROKEN,
      granted: [],
      removed: [],
    }));
  }
  const places = placesOf(pairs);
  const { granted, removed } = comparison ?? comparePairs(pairs, iamData, () => new Effort(steps));
  for (const change of granted) {
    placeOf(change, places).granted.push(change);
  }
  for (const change of removed) {
    placeOf(change, places).removed.push(change);
  }
  return onePerLine(places.all().filter(isWorthSaying), after.text).map(toStatementChange);
}

/** The changes of the statement that an offset falls on, or that begins on its line; `undefined` for none. */
export function statementChangeAt(
  changes: readonly StatementChange[],
  offset: number,
): StatementChange | undefined {
  return changes.findLast(({ span }) => span.start <= offset);
}

const BROKEN = 'changed; what that grants is shown once the syntax is correct';

function differ({ before, after }: PolicyPair): boolean {
  const ids = ({ allows, denies }: Side): ReadonlySet<string> =>
    new Set([...allows, ...denies].map(({ id }) => id));
  const [was, is] = [ids(before), ids(after)];
  return was.size !== is.size || [...was].some((id) => !is.has(id));
}

/** A place in the new document, and what is said there. */
interface Place {
  readonly offset: number;
  /** The statement as it was and as it is; neither for what is gone. */
  readonly before: Statement | undefined;
  readonly after: Statement | undefined;
  readonly gone: number;
  readonly granted: Change[];
  readonly removed: Change[];
}

class Places {
  readonly #of = new Map<Statement, Place>();
  readonly #rest = new Map<PolicyTraits, Place>();
  readonly #pairs: readonly PolicyPair[];
  #fallback: Place | undefined;

  constructor(pairs: readonly PolicyPair[]) {
    this.#pairs = pairs;
  }

  add(before: Statement | undefined, after: Statement): void {
    const offset = after.node.span.start;
    const place: Place = { offset, before, after, gone: 0, granted: [], removed: [] };
    this.#of.set(after, place);
    if (before !== undefined) {
      this.#of.set(before, place);
    }
  }

  /** Statements that are gone, and where they were. */
  addGone(statements: readonly Statement[], { before, after }: PolicyPair): void {
    const offset = after.policies[0]?.node.span.start ?? 0;
    const place: Place = {
      offset,
      before: undefined,
      after: undefined,
      gone: statements.length,
      granted: [],
      removed: [],
    };
    for (const statement of statements) {
      this.#of.set(statement, place);
    }
    for (const policy of [...before.policies, ...after.policies]) {
      this.#rest.set(policy, place);
    }
  }

  of(statement: Statement | undefined): Place | undefined {
    return statement === undefined ? undefined : this.#of.get(statement);
  }

  /** Where nothing but the policy is known, or not even that: what no policy limits stands in none. */
  rest(policy: PolicyTraits): Place {
    const known = this.#rest.get(policy);
    if (known !== undefined) {
      return known;
    }
    const pair = this.#pairs.find(({ before, after }) =>
      [...before.policies, ...after.policies].some((each: PolicyTraits) => each === policy),
    );
    this.#fallback ??= {
      offset: (pair ?? this.#pairs[0])?.after.policies[0]?.node.span.start ?? 0,
      before: undefined,
      after: undefined,
      gone: 0,
      granted: [],
      removed: [],
    };
    return this.#fallback;
  }

  all(): readonly Place[] {
    const all = new Set([...this.#of.values(), ...(this.#fallback === undefined ? [] : [this.#fallback])]);
    return [...all].toSorted((a, b) => a.offset - b.offset);
  }
}

/** A change stands at the statement that changed: the Deny that came or went where there is one, else the Allow. */
function placeOf(change: Change, places: Places): Place {
  const { statement, denial } = change;
  return places.of(denial) ?? places.of(statement) ?? places.rest(statement.policy);
}

function placesOf(pairs: readonly PolicyPair[]): Places {
  const places = new Places(pairs);
  for (const pair of pairs) {
    const was = changedOf(pair.before, pair.after);
    const is = changedOf(pair.after, pair.before);
    const partners = partnersOf(was, is);
    for (const statement of is) {
      places.add(partners.get(statement), statement);
    }
    const kept = new Set(partners.values());
    const gone = was.filter((statement) => !kept.has(statement));
    if (gone.length > 0) {
      places.addGone(gone, pair);
    }
  }
  return places;
}

/** The statements of a side that say what none of the other says. */
function changedOf(side: Side, other: Side): readonly Statement[] {
  const ids = new Set([...other.allows, ...other.denies].map(({ id }) => id));
  const own = new Set(side.policies.flatMap(({ statements }: Policy) => statements));
  return [...side.allows, ...side.denies]
    .filter(({ id, statement }) => !ids.has(id) && own.has(statement))
    .map(({ statement }) => statement)
    .toSorted((a, b) => a.node.span.start - b.node.span.start);
}

/**
 * Which changed statement was which: by the Sid, which is what names a statement; then those of the same Effect in their
 * order.
 */
function partnersOf(was: readonly Statement[], is: readonly Statement[]): ReadonlyMap<Statement, Statement> {
  const partners = new Map<Statement, Statement>();
  const taken = new Set<Statement>();
  const pair = (fits: (before: Statement, after: Statement) => boolean): void => {
    for (const after of is) {
      const before = partners.has(after)
        ? undefined
        : was.find((each) => !taken.has(each) && fits(each, after));
      if (before !== undefined) {
        partners.set(after, before);
        taken.add(before);
      }
    }
  };
  pair((before, after) => before.sid !== undefined && before.sid.value === after.sid?.value);
  pair(
    (before, after) =>
      before.effect?.value === after.effect?.value && (before.sid === undefined || after.sid === undefined),
  );
  return partners;
}

/** Of a statement that is still being written, there is nothing to say until it says what it is about. */
function isWorthSaying({ before, after, granted, removed }: Place): boolean {
  return (
    before !== undefined ||
    after === undefined ||
    granted.length + removed.length > 0 ||
    (isFilled(after.actions) &&
      (isFilled(after.resources) || (after.resources.length === 0 && isFilled(after.principals))))
  );
}

function isFilled(elements: readonly ListElement<{ readonly text: string }>[]): boolean {
  return elements.some(({ entries }) => entries.some(({ text }) => text !== ''));
}

/** Several statements in one line, as in a string, have one title. */
function onePerLine(places: readonly Place[], text: string): readonly (readonly Place[])[] {
  const lines: Place[][] = [];
  for (const place of places) {
    const last = lines.at(-1);
    const before = last?.[0]?.offset;
    if (last !== undefined && before !== undefined && !/[\r\n]/.test(text.slice(before, place.offset))) {
      last.push(place);
    } else {
      lines.push([place]);
    }
  }
  return lines;
}

function toStatementChange(places: readonly Place[]): StatementChange {
  const granted = places.flatMap((place) => place.granted);
  const removed = places.flatMap((place) => place.removed);
  const offset = places[0]?.offset ?? 0;
  return {
    span: { start: offset, end: offset },
    title: titleOf(places, granted, removed),
    granted,
    removed,
  };
}

function titleOf(places: readonly Place[], granted: readonly Change[], removed: readonly Change[]): string {
  const isDecided = (change: Change): boolean => !change.isCutShort;
  const known = granted.filter(isDecided);
  const certain = known.filter(({ isCertain }) => isCertain);
  const parts = [
    phrase(
      'newly public:',
      certain.filter(({ kind }) => kind === 'public'),
      [],
    ),
    phrase(
      'newly grants',
      certain.filter(({ kind }) => kind !== 'public'),
      places.map(({ before }) => before),
      'in more cases',
    ),
    phrase(
      'perhaps newly grants',
      known.filter(({ isCertain }) => !isCertain),
      [],
    ),
    phrase(
      'takes away',
      removed.filter(isDecided),
      places.map(({ after }) => after),
      'in some cases',
    ),
    [...granted, ...removed].every(isDecided) ? undefined : 'too large to decide here',
  ].filter((part) => part !== undefined);
  const gone = places.reduce((sum, place) => sum + place.gone, 0);
  const isGone = gone > 0 && places.every(({ after }) => after === undefined);
  const isNew = places.every(
    ({ before, after, gone }) => before === undefined && after !== undefined && gone === 0,
  );
  const lead = isGone
    ? `${gone === 1 ? 'a statement' : `${gone} statements`} removed`
    : isNew
      ? 'new'
      : 'changed';
  const text = parts.length > 0 ? parts.join(' · ') : isNew ? sameOfNew(places) : 'grants the same';
  return isGone || parts.length === 0 ? `${lead}: ${text}` : text;
}

/** What new statements grant or take away that change nothing beside the others. */
function sameOfNew(places: readonly Place[]): string {
  return places.every(({ after }) => after?.effect?.value === 'Deny')
    ? 'takes nothing away'
    : 'grants nothing more';
}

/**
 * What some changes grant or take away, in few words; `undefined` for none.
 *
 * @param others the statements as they are on the other side, and what to say where they speak of all these actions too
 */
function phrase(
  verb: string,
  changes: readonly Change[],
  others: readonly (Statement | undefined)[],
  where = '',
): string | undefined {
  const names = [...new Set(changes.flatMap(({ summary }) => summary))];
  const [first, ...more] = names;
  if (first === undefined) {
    return undefined;
  }
  const cells = others.flatMap((statement) => (statement === undefined ? [] : [new Cell(statement)]));
  const isSpoken =
    cells.length > 0 &&
    changes.every(
      ({ actions, statement }) =>
        actions.length > 0 &&
        actions.every((action) =>
          cells.some(
            (cell) =>
              cell.statement.effect?.value === statement.effect?.value &&
              cell.matchesAction(action.toLowerCase()),
          ),
        ),
    );
  const escalation = changes.some(({ kind }) => kind === 'escalation') ? ' (privilege escalation)' : '';
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return `${verb} ${plain(first)}${rest}${isSpoken ? ` ${where}` : ''}${escalation}`;
}

/** A name from the document in a title: one line, not long, and without what editors make icons of, as in `$(bug)`. */
function plain(name: string): string {
  const line = name.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ').replaceAll('$(', '$\u200b(');
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

const LONGEST_NAME = 60;
