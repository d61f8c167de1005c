import type { CacheDocument } from '../knowledge/cacheSettings';
import type { WorkspaceKnowledge } from '../knowledge/knowledge';
import { operatorOf } from '../model/conditionOperators';
import type { ActionEntry, Condition, Policy, ResourceEntry, Statement } from '../model/policy';
import { memoize } from '../pattern/memo';
import type { Steps } from '../steps';
import type { Finding } from './finding';
import { mistakesOf } from './mistakes';
import type { ConditionName, ResourceMistake, Rule, Visitor } from './rule';

/** A rule that threw: its own findings are lost, nobody else's. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

/** A rule at work. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly visitor: Visitor;
  /** What was thrown by `create`. */
  readonly flaw: { readonly error: unknown } | undefined;
  /** Whether the policy at hand concerns the rule, which has not thrown on it; of most rules it is so for every policy. */
  isActive: boolean;
}

/** The rules that are shown policies of one type. */
export interface ActiveRules {
  readonly activeRules: readonly ActiveRule[];
  readonly handlers: Handlers;
  /** Those that policies may not concern, and those that cannot be shown any: each policy is asked about them. */
  readonly selective: readonly ActiveRule[];
  /** What some of them look for in each statement first. */
  readonly lookAheads: readonly NonNullable<Visitor['lookAhead']>[];
  /** Noted on the texts of actions that alone gave none of the rules reason to say anything in a policy of the type. */
  readonly textMemo: object;
  /** What is noted on the texts of statements that gave none of them reason to. */
  readonly memos: WeakMap<object, Map<string, object>>;
}

/** Prepares rules for the walk; made once for all policies. */
export function createActiveRules(activeRules: readonly ActiveRule[]): ActiveRules {
  return {
    activeRules,
    handlers: handlersOf(activeRules),
    selective: activeRules.filter(
      ({ visitor, flaw }) => visitor.concerns !== undefined || flaw !== undefined,
    ),
    lookAheads: [...new Set(activeRules.flatMap(({ visitor: { lookAhead } }) => lookAhead ?? []))],
    textMemo: {},
    memos: new WeakMap(),
  };
}

type Event = Exclude<keyof Visitor, 'concerns' | 'lookAhead' | 'ifStatement' | 'ifResource' | 'ifCondition'>;

interface Handler<Subject> {
  readonly activeRule: ActiveRule;
  readonly handle: (subject: Subject) => void;
}

/** Handlers that are asked together whether something concerns them. */
interface Group<Subject> {
  readonly concerns: (subject: Subject) => boolean;
  readonly handlers: readonly Handler<Subject>[];
}

/** For each event the handlers that want it, so that the walk asks nobody who has nothing to say. */
type Handlers = {
  readonly [K in Exclude<Event, 'condition'>]-?: readonly Handler<Parameters<NonNullable<Visitor[K]>>[0]>[];
} & {
  /** Those that want a condition. */
  readonly condition: (condition: Condition) => readonly Handler<Condition>[];
  readonly statementGroups: readonly Group<Statement>[];
  readonly resourceGroups: readonly Group<ResourceEntry>[];
};

function handlersOf(activeRules: readonly ActiveRule[]): Handlers {
  return {
    policy: handlersOn('policy', activeRules),
    statement: handlersOn(
      'statement',
      activeRules.filter(({ visitor }) => visitor.ifStatement === undefined),
    ),
    statementGroups: groupsOf(
      activeRules,
      ({ ifStatement }) => ifStatement,
      (rules) => handlersOn('statement', rules),
    ),
    actionElement: handlersOn('actionElement', activeRules),
    action: handlersOn('action', activeRules),
    actionText: handlersOn('actionText', activeRules),
    resourceElement: handlersOn('resourceElement', activeRules),
    resource: handlersOn(
      'resource',
      activeRules.filter(({ visitor }) => visitor.ifResource === undefined),
    ),
    resourceGroups: groupsOf(
      activeRules,
      ({ ifResource }) => ifResource,
      (rules) => handlersOn('resource', rules),
    ),
    executeApiMistake: handlersOn('executeApiMistake', activeRules),
    principalElement: handlersOn('principalElement', activeRules),
    principal: handlersOn('principal', activeRules),
    condition: conditionHandlers(activeRules),
    caches: handlersOn('caches', activeRules),
  };
}

function handlersOn<K extends Event>(
  event: K,
  activeRules: readonly ActiveRule[],
): readonly Handler<Parameters<NonNullable<Visitor[K]>>[0]>[] {
  return activeRules.flatMap((activeRule) => {
    const handle = activeRule.visitor[event];
    return handle === undefined ? [] : [{ activeRule, handle }];
  }) as unknown as readonly Handler<Parameters<NonNullable<Visitor[K]>>[0]>[];
}

/** The same few names stand in all policies. */
function conditionHandlers(activeRules: readonly ActiveRule[]): Handlers['condition'] {
  const handlers = handlersOn('condition', activeRules);
  const wanting = (name: ConditionName) =>
    handlers.filter(({ activeRule: { visitor } }) => {
      const { ifCondition } = visitor;
      return ifCondition === undefined || mayConcern(ifCondition, name);
    });
  const known = memoize(
    (text) => {
      const space = text.indexOf(' ');
      return wanting({ operator: operatorOf(text.slice(0, space)), key: text.slice(space + 1) });
    },
    { room: 200_000 },
  );
  return ({ operator, key }) =>
    // The name of an operator has no space in it; what is no operator may have.
    operator.traits === undefined
      ? wanting({ operator, key: key.value })
      : known(`${operator.member.name} ${key.value}`);
}

function groupsOf<Subject>(
  activeRules: readonly ActiveRule[],
  concernsOf: (visitor: Visitor) => Group<Subject>['concerns'] | undefined,
  handlersOf: (rules: readonly ActiveRule[]) => readonly Handler<Subject>[],
): readonly Group<Subject>[] {
  const asked = new Set(activeRules.flatMap(({ visitor }) => concernsOf(visitor) ?? []));
  return [...asked].map((concerns) => ({
    concerns,
    handlers: handlersOf(activeRules.filter(({ visitor }) => concernsOf(visitor) === concerns)),
  }));
}

/** The input of a walk, and where its results go. */
export interface Round {
  readonly policy: Policy;
  readonly knowledge: WorkspaceKnowledge | undefined;
  /** Grows while the rules report. */
  readonly findings: readonly Finding[];
  readonly failures: RuleFailure[];
  readonly pace: Pace;
  /** Called where the walk goes on after it was left: others may have been at work with the same rules meanwhile. */
  readonly resume: () => void;
}

/** So many statements and entries are shown at once, or so many that were known. */
const SHOWN_AT_ONCE = 16;
const KNOWN_AT_ONCE = 512;
/** To look ahead in a statement takes as long as so many that were known. */
const LOOKED_AHEAD = 4;

/** Where walks are left, one after the other. */
export class Pace {
  readonly #most: number;
  #done = 0;

  /** @param most what is done between two leaves: 1, or more than there is where nobody waits */
  constructor(most = 1) {
    this.#most = most;
  }

  /** Whether with one more that was shown so much has been done that the walk should be left. */
  shown(): boolean {
    this.#done += 1 / SHOWN_AT_ONCE;
    return this.#done >= this.#most;
  }

  known(count: number): boolean {
    this.#done += count / KNOWN_AT_ONCE;
    return this.#done >= this.#most;
  }

  begin(): void {
    this.#done = 0;
  }
}

/** Leaves a walk, and goes on with it as if nobody else had shown anything to its rules, nor it to theirs. */
function* leave(active: ActiveRules, { pace, failures, resume }: Round): Steps<void> {
  const inactive = changed(active, failures).filter(({ isActive }) => !isActive);
  reactivate(inactive);
  yield;
  for (const activeRule of inactive) {
    activeRule.isActive = false;
  }
  resume();
  pace.begin();
}

/**
 * Shows a policy to the active rules. A statement without findings is not shown again, in any version of the document
 * or any other document: while somebody types, all statements but one are as they were.
 */
export function* walk(round: Round, active: ActiveRules): Steps<void> {
  const { policy, findings, failures, pace } = round;
  for (const statement of policy.statements) {
    lookAheadIn(statement, active);
    if (pace.known(LOOKED_AHEAD)) {
      yield* leave(active, round);
    }
  }
  for (const activeRule of active.selective) {
    begin(activeRule, policy, failures);
  }
  for (const handler of active.handlers.policy) {
    showTo(handler, policy, failures);
    if (pace.known(policy.statements.length)) {
      yield* leave(active, round);
    }
  }
  const memo = memoOf(active, round);
  for (const statement of policy.statements) {
    const { interned } = statement;
    if (interned?.hasNothingFor(memo) !== true) {
      const said = findings.length;
      yield* showStatement(statement, active, round);
      if (findings.length === said && failures.length === 0) {
        interned?.setNothingFor(memo);
      }
    }
    if (pace.known(1)) {
      yield* leave(active, round);
    }
  }
  reactivate(changed(active, failures));
}

/** The first rule that looks at the whole policy would have to do it for all statements at once. */
function lookAheadIn(statement: Statement, { lookAheads }: ActiveRules): void {
  try {
    for (const lookAhead of lookAheads) {
      lookAhead(statement);
    }
  } catch {
    // The rule that needs it throws as well, and then it is known which one does.
  }
}

/** Those that may not be active: each one if any has thrown. */
function changed(
  { activeRules, selective }: ActiveRules,
  failures: readonly RuleFailure[],
): readonly ActiveRule[] {
  return failures.length === 0 ? selective : activeRules;
}

/** That a policy does not concern a rule, or that the rule threw, says nothing of the next policy: between two, all are active. */
function reactivate(activeRules: readonly ActiveRule[]): void {
  for (const activeRule of activeRules) {
    activeRule.isActive = true;
  }
}

/** Shows the rules the cache settings of a document. */
export function showCaches(document: CacheDocument, active: ActiveRules, failures: RuleFailure[]): void {
  show(active.handlers.caches, document, failures);
  reactivate(changed(active, failures));
}

function begin(activeRule: ActiveRule, policy: Policy, failures: RuleFailure[]): void {
  const { visitor, flaw } = activeRule;
  if (flaw !== undefined) {
    fail(activeRule, failures, flaw.error);
  } else if (visitor.concerns !== undefined) {
    try {
      activeRule.isActive = visitor.concerns(policy);
    } catch (error) {
      fail(activeRule, failures, error);
    }
  }
}

/** How many are kept; each stands for a choice of rules that some policy concerns. */
const MOST_MEMOS = 1_024;

/** What stands for all that rules may go by, beside the text of a statement, when they say something of it. */
function memoOf({ selective, memos }: ActiveRules, { policy, knowledge }: Round): object {
  const owner = knowledge ?? WITHOUT_KNOWLEDGE;
  let byTraits = memos.get(owner);
  if (byTraits === undefined) {
    byTraits = new Map();
    memos.set(owner, byTraits);
  }
  const { resourceType, isGuess, mayLackResource } = policy.kind;
  let traits = `${policy.version} ${resourceType} ${isGuess === true} ${mayLackResource === true} `;
  for (const { isActive } of selective) {
    traits += isActive ? '1' : '0';
  }
  let memo = byTraits.get(traits);
  if (memo === undefined) {
    if (byTraits.size >= MOST_MEMOS) {
      byTraits.clear();
    }
    memo = {};
    byTraits.set(traits, memo);
  }
  return memo;
}

const WITHOUT_KNOWLEDGE = {};

function* showStatement(statement: Statement, active: ActiveRules, round: Round): Steps<void> {
  const { handlers, textMemo } = active;
  const { findings, failures, pace } = round;
  if (pace.shown()) {
    yield* leave(active, round);
  }
  show(handlers.statement, statement, failures);
  showGroups(handlers.statementGroups, statement, failures);
  for (const element of statement.principals) {
    show(handlers.principalElement, element, failures);
    for (const entry of element.entries) {
      show(handlers.principal, entry, failures);
      if (pace.shown()) {
        yield* leave(active, round);
      }
    }
  }
  for (const element of statement.actions) {
    show(handlers.actionElement, element, failures);
    for (let at = 0; at < element.entries.length; at += 1) {
      const entry = element.entries[at] as ActionEntry;
      show(handlers.action, entry, failures);
      if (!entry.interned.hasNothingFor(textMemo)) {
        const said = findings.length;
        show(handlers.actionText, entry, failures);
        if (findings.length === said && handlers.actionText.every(isActive)) {
          entry.interned.setNothingFor(textMemo);
        }
      }
      if (pace.shown()) {
        yield* leave(active, round);
      }
    }
  }
  for (const element of statement.resources) {
    show(handlers.resourceElement, element, failures);
    for (const entry of element.entries) {
      show(handlers.resource, entry, failures);
      showGroups(handlers.resourceGroups, entry, failures);
      showMistakes(handlers.executeApiMistake, entry, failures);
      if (pace.shown()) {
        yield* leave(active, round);
      }
    }
  }
  for (const condition of statement.conditions) {
    show(handlers.condition(condition), condition, failures);
    if (pace.shown()) {
      yield* leave(active, round);
    }
  }
}

function isActive({ activeRule }: Handler<never>): boolean {
  return activeRule.isActive;
}

/** An ARN's mistakes are found once for the thirty-odd rules that each speak of one kind. */
function showMistakes(
  handlers: readonly Handler<ResourceMistake>[],
  entry: ResourceEntry,
  failures: RuleFailure[],
): void {
  if (handlers.length > 0) {
    for (const mistake of mistakesOf(entry)) {
      show(handlers, { entry, mistake }, failures);
    }
  }
}

function showGroups<Subject>(
  groups: readonly Group<Subject>[],
  subject: Subject,
  failures: RuleFailure[],
): void {
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at];
    if (group !== undefined && mayConcern(group.concerns, subject)) {
      show(group.handlers, subject, failures);
    }
  }
}

/** What cannot be told is for each rule to see: one that throws costs only its own findings. */
function mayConcern<Subject>(concerns: Group<Subject>['concerns'], subject: Subject): boolean {
  try {
    return concerns(subject);
  } catch {
    return true;
  }
}

function show<Subject>(
  handlers: readonly Handler<Subject>[],
  subject: Subject,
  failures: RuleFailure[],
): void {
  // By index, here and where entries are shown: before V8 compiles it, a loop over the values makes an object for each.
  for (let at = 0; at < handlers.length; at += 1) {
    const handler = handlers[at];
    if (handler !== undefined) {
      showTo(handler, subject, failures);
    }
  }
}

function showTo<Subject>(
  { activeRule, handle }: Handler<Subject>,
  subject: Subject,
  failures: RuleFailure[],
): void {
  if (activeRule.isActive) {
    try {
      handle(subject);
    } catch (error) {
      fail(activeRule, failures, error);
    }
  }
}

function fail(activeRule: ActiveRule, failures: RuleFailure[], error: unknown): void {
  activeRule.isActive = false;
  failures.push({ rule: activeRule.rule.meta.id, error });
}
