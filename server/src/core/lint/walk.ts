import type { WorkspaceKnowledge } from '../knowledge/knowledge';
import type { Policy, ResourceEntry, Statement } from '../model/policy';
import type { Finding } from './finding';
import type { CacheDocument, ResourceSlip, Rule, Visitor } from './rule';
import { slipsOf } from './slips';

/** A rule that threw: its own findings are lost, nobody else's. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

/** A rule at work. */
export interface Worker {
  readonly rule: Rule;
  readonly visitor: Visitor;
  /** What was thrown by `create`. */
  readonly flaw: { readonly error: unknown } | undefined;
  /** Whether the policy at hand concerns the rule, which has not thrown on it. */
  isAtWork: boolean;
}

/** The workers that are shown policies of one type. */
export interface Shift {
  readonly workers: readonly Worker[];
  readonly handlers: Handlers;
  /** Those that policies may not concern. */
  readonly choosy: readonly Worker[];
  /** Stands on the words of actions whose text alone gave none of the workers reason to say anything. */
  readonly quiet: object;
  /** What stands on the words of statements that gave none of them reason to. */
  readonly circles: WeakMap<object, Map<string, object>>;
}

export function createShift(workers: readonly Worker[]): Shift {
  return {
    workers,
    handlers: handlersOf(workers),
    choosy: workers.filter(({ visitor }) => visitor.concerns !== undefined),
    quiet: {},
    circles: new WeakMap(),
  };
}

type Event = Exclude<keyof Visitor, 'concerns'>;

interface Handler<Subject> {
  readonly worker: Worker;
  readonly handle: (subject: Subject) => void;
}

/** For each event the handlers that want it, so that the walk asks nobody who has nothing to say. */
type Handlers = { readonly [K in Event]-?: readonly Handler<Parameters<NonNullable<Visitor[K]>>[0]>[] };

function handlersOf(workers: readonly Worker[]): Handlers {
  return {
    policy: handlersOn('policy', workers),
    statement: handlersOn('statement', workers),
    actionElement: handlersOn('actionElement', workers),
    action: handlersOn('action', workers),
    actionText: handlersOn('actionText', workers),
    resourceElement: handlersOn('resourceElement', workers),
    resource: handlersOn('resource', workers),
    executeApiSlip: handlersOn('executeApiSlip', workers),
    principalElement: handlersOn('principalElement', workers),
    principal: handlersOn('principal', workers),
    condition: handlersOn('condition', workers),
    caches: handlersOn('caches', workers),
  };
}

function handlersOn<K extends Event>(event: K, workers: readonly Worker[]): Handlers[K] {
  return workers.flatMap((worker) => {
    const handle = worker.visitor[event];
    return handle === undefined ? [] : [{ worker, handle }];
  }) as unknown as Handlers[K];
}

/** What a walk is about, and where it puts what comes of it. */
export interface Round {
  readonly policy: Policy;
  readonly knowledge: WorkspaceKnowledge | undefined;
  /** Grows while the workers report. */
  readonly findings: readonly Finding[];
  readonly failures: RuleFailure[];
}

/**
 * Shows a policy to a shift. A statement on which nobody had anything to say is not shown again, in whatever version of
 * the document or other document it stands: while somebody types, all statements but one are as they were.
 */
export function walk(round: Round, shift: Shift): void {
  const { policy, findings, failures } = round;
  for (const worker of shift.workers) {
    begin(worker, policy, failures);
  }
  show(shift.handlers.policy, policy, failures);
  const circle = circleOf(shift, round);
  for (const statement of policy.statements) {
    const { word } = statement;
    if (word?.isQuietFor(circle) !== true) {
      const said = findings.length;
      showStatement(statement, shift, round);
      if (findings.length === said && failures.length === 0) {
        word?.setQuietFor(circle);
      }
    }
  }
}

/** Shows the workers what a document says of caches. */
export function showCaches(
  document: CacheDocument,
  { workers, handlers }: Shift,
  failures: RuleFailure[],
): void {
  for (const worker of workers) {
    worker.isAtWork = worker.flaw === undefined;
  }
  show(handlers.caches, document, failures);
}

function begin(worker: Worker, policy: Policy, failures: RuleFailure[]): void {
  const { visitor, flaw } = worker;
  worker.isAtWork = true;
  if (flaw !== undefined) {
    fail(worker, failures, flaw.error);
  } else if (visitor.concerns !== undefined) {
    try {
      worker.isAtWork = visitor.concerns(policy);
    } catch (error) {
      fail(worker, failures, error);
    }
  }
}

/** How many are kept; each stands for a choice of rules that some policy concerns. */
const MOST_CIRCLES = 1_024;

/** What stands for all that workers may go by, beside the text of a statement, when they say something of it. */
function circleOf({ choosy, circles }: Shift, { policy, knowledge }: Round): object {
  const owner = knowledge ?? WITHOUT_KNOWLEDGE;
  let byTraits = circles.get(owner);
  if (byTraits === undefined) {
    byTraits = new Map();
    circles.set(owner, byTraits);
  }
  const { resourceType, isGuess, mayLackResource } = policy.kind;
  let traits = `${policy.version} ${resourceType} ${isGuess === true} ${mayLackResource === true} `;
  for (const { isAtWork } of choosy) {
    traits += isAtWork ? '1' : '0';
  }
  let circle = byTraits.get(traits);
  if (circle === undefined) {
    if (byTraits.size >= MOST_CIRCLES) {
      byTraits.clear();
    }
    circle = {};
    byTraits.set(traits, circle);
  }
  return circle;
}

const WITHOUT_KNOWLEDGE = {};

function showStatement(statement: Statement, { handlers, quiet }: Shift, round: Round): void {
  const { findings, failures } = round;
  show(handlers.statement, statement, failures);
  for (const element of statement.principals) {
    show(handlers.principalElement, element, failures);
    for (const entry of element.entries) {
      show(handlers.principal, entry, failures);
    }
  }
  for (const element of statement.actions) {
    show(handlers.actionElement, element, failures);
    for (const entry of element.entries) {
      show(handlers.action, entry, failures);
      if (!entry.word.isQuietFor(quiet)) {
        const said = findings.length;
        show(handlers.actionText, entry, failures);
        if (findings.length === said && handlers.actionText.every(isAtWork)) {
          entry.word.setQuietFor(quiet);
        }
      }
    }
  }
  for (const element of statement.resources) {
    show(handlers.resourceElement, element, failures);
    for (const entry of element.entries) {
      show(handlers.resource, entry, failures);
      showSlips(handlers.executeApiSlip, entry, failures);
    }
  }
  for (const condition of statement.conditions) {
    show(handlers.condition, condition, failures);
  }
}

function isAtWork({ worker }: Handler<never>): boolean {
  return worker.isAtWork;
}

/** An ARN's slips are found once for the thirty-odd rules that each speak of one kind. */
function showSlips(
  handlers: readonly Handler<ResourceSlip>[],
  entry: ResourceEntry,
  failures: RuleFailure[],
): void {
  if (handlers.length > 0) {
    for (const slip of slipsOf(entry)) {
      show(handlers, { entry, slip }, failures);
    }
  }
}

function show<Subject>(
  handlers: readonly Handler<Subject>[],
  subject: Subject,
  failures: RuleFailure[],
): void {
  for (const { worker, handle } of handlers) {
    if (worker.isAtWork) {
      try {
        handle(subject);
      } catch (error) {
        fail(worker, failures, error);
      }
    }
  }
}

function fail(worker: Worker, failures: RuleFailure[], error: unknown): void {
  worker.isAtWork = false;
  failures.push({ rule: worker.rule.meta.id, error });
}
