import type { CacheDocument } from '../knowledge/cacheSettings';
import { API_GATEWAY_REST_API } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { compareTexts } from '../pattern/bisect';
import { forgetLast, makeRoomFor } from '../pattern/memo';
import { atOnce, type Steps } from '../steps';
import type { ObjectNode } from '../syntax/nodes';
import type { Doubt, Ground } from './doubt/doubt';
import { doubtAbout } from './doubt/doubtAbout';
import type { Finding } from './finding';
import {
  activeRulesFor,
  createRuleSet,
  enabledRules,
  type RuleSet,
  type RuleSetInput,
  ruleSetOf,
} from './ruleSet';
import { type RuleCost, timed } from './timing';
import { Pace, type RuleFailure, showCaches, walk } from './walk';

export interface LintResult {
  /** By start of span, then by rule. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  /** One for each rule that was on, where a clock was handed in. */
  readonly costs?: readonly RuleCost[] | undefined;
}

export interface LintInput extends RuleSetInput {
  readonly policies: readonly Policy[];
  /** The cache settings of API Gateway in the document; absent if there are none. */
  readonly caches?: CacheDocument | undefined;
  /** The document's text, to keep spans within a line. */
  readonly text: string;
  /** A clock in milliseconds. With it each rule's time is taken, which costs time itself. */
  readonly now?: (() => number) | undefined;
}

/** Runs the rules over policies in one walk each. Never throws; same input, same findings. */
export function lint(input: LintInput): LintResult {
  return atOnce(lintSteps(input, UNBROKEN));
}

/** The pace of those who wait for the whole: to leave a walk takes time. */
export const UNBROKEN = new Pace(Number.POSITIVE_INFINITY);

/** The same in parts. Between them the rules may be shown other policies. */
export function* lintSteps(input: LintInput, pace = new Pace()): Steps<LintResult> {
  const { now } = input;
  if (now === undefined) {
    return yield* runRuleSet(ruleSetOf(input), input, pace);
  }
  const timedRules = enabledRules(input).map((enabled) => ({ ...enabled, ...timed(enabled.rule, now) }));
  const result = yield* runRuleSet(createRuleSet(timedRules, input), input, pace);
  return { ...result, costs: timedRules.map(({ cost }) => cost) };
}

function* runRuleSet(
  ruleSet: RuleSet,
  { policies, caches, text, knowledge }: LintInput,
  pace: Pace,
): Steps<LintResult> {
  const { target } = ruleSet;
  makeRoomFor(text.length);
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  if (caches !== undefined) {
    const policy = settingsPolicy(caches.root);
    target.current = { policy, text, knowledge, findings, grounds: [] };
    showCaches(caches, activeRulesFor(ruleSet, policy.kind.type), failures);
  }
  for (const policy of policies) {
    if (policy.kind.isRepeated) {
      continue;
    }
    const grounds: Ground[] = [];
    const shown = { policy, text, knowledge, findings, grounds };
    const resume = (): void => {
      target.current = shown;
    };
    resume();
    yield* walk(
      { policy, knowledge, findings, failures, pace, resume },
      activeRulesFor(ruleSet, policy.kind.type),
    );
    dropDoubtful(findings, grounds, doubtAbout(policy, text));
  }
  target.current = undefined;
  forgetLast();
  findings.sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compareTexts(a.rule, b.rule),
  );
  return { findings, failures };
}

/** Settings of a template stand in no policy; those of API Gateway count as with the resource policy of an API. */
function settingsPolicy(node: ObjectNode): Policy {
  return {
    node,
    kind: { type: 'resource', resourceType: API_GATEWAY_REST_API, reason: 'it is the settings of a cache' },
    members: node.members,
    version: '2012-10-17',
    statements: [],
    faults: [],
  };
}

/** Takes out what is half-typed or faulty, and what that makes uncertain, of a policy's findings, which are the last ones, one for each ground. */
function dropDoubtful(findings: Finding[], grounds: readonly Ground[], doubt: Doubt): void {
  const certain = findings
    .splice(findings.length - grounds.length)
    .filter(({ rule: id, category }, index) => {
      const ground = grounds[index];
      return id === SYNTAX_RULE || ground === undefined || !doubt.reaches(ground, { id, category });
    });
  // One by one: there may be more than a call takes.
  for (const finding of certain) {
    findings.push(finding);
  }
}

/** The rule that tells of the faults themselves. */
const SYNTAX_RULE = 'json-syntax';
