import { EVERYTHING } from '../../compare/sides';
import type { PolicyDocument } from '../../document';
import { accountOf, kindOfArn } from '../../evaluate/caller';
import { type Evaluation, evaluate, type Lack } from '../../evaluate/evaluate';
import { askOfMany, type JudgingBudget } from '../../evaluate/manyCallers';
import type { PolicyType } from '../../locate/policyType';
import type { Policy, PrincipalEntry, Statement } from '../../model/policy';
import { hingeSentence, lackSentence } from './sentences';

/** What one policy says about invalidating what an ARN names. */
export interface PolicyStanding {
  readonly policy: Policy;
  /** `limits` are policies that grant nothing, and may stand in the way. */
  readonly role: 'grants' | 'limits';
  /** One entry for each principal that the policy names. */
  readonly callers: readonly CallerStanding[];
}

export interface CallerStanding {
  /** As the policy names them; `undefined` for whoever holds the policy. */
  readonly principal: string | undefined;
  readonly invalidateCache: Standing;
  readonly invoke: Standing;
}

export interface Standing {
  readonly answer: 'yes' | 'no' | 'depends';
  /** Why, as clauses without full stops; empty for a plain yes. */
  readonly because: readonly string[];
  readonly deciding: readonly Statement[];
}

/**
 * Who may invalidate the cache entries that an ARN names, policy by policy, each taken alone. Trust policies are left
 * out: they say who may become a role, not what it may do.
 */
export function whoMayInvalidate(document: PolicyDocument, arn: string): readonly PolicyStanding[] {
  const statements = document.policies.reduce((sum, policy) => sum + policy.statements.length, 0);
  const budget = { left: MOST_JUDGED + 4 * statements };
  return document.policies
    .filter(({ kind }) => kind.type !== 'trust')
    .map((policy) => {
      const invalidateCache = standingsOf(policy, 'execute-api:InvalidateCache', arn, budget);
      const invoke = standingsOf(policy, 'execute-api:Invoke', arn, budget);
      return {
        policy,
        role: LIMITS.has(policy.kind.type) ? 'limits' : 'grants',
        callers: callersOf(policy).map(({ principal, asked }) => {
          const caller = asked === 'anybody' ? anybodyOf(arn) : asked?.arn;
          return { principal, invalidateCache: invalidateCache(caller), invoke: invoke(caller) };
        }),
      };
    });
}

/** About a second's work: policies that need more have conditions that tell thousands of callers apart one by one. */
const MOST_JUDGED = 50_000;

const LIMITS: ReadonlySet<PolicyType> = new Set(['scp', 'rcp', 'boundary', 'session', 'endpoint']);

interface CallerOfPolicy {
  readonly principal: string | undefined;
  /** What the evaluation is asked with: nothing where it cannot tell who that is. */
  readonly asked: { readonly arn: string } | 'anybody' | undefined;
}

/** A caller that no policy names, in the account of the API if that is known. */
function anybodyOf(arn: string): string {
  return `arn:aws:iam::${accountOf(arn) ?? '000000000000'}:role/anybody`;
}

const HOLDER: CallerOfPolicy = { principal: undefined, asked: undefined };

/** The principals that the Allow statements of a resource policy name; for all other policies whoever holds them. */
function callersOf(policy: Policy): readonly CallerOfPolicy[] {
  if (policy.kind.type !== 'resource') {
    return [HOLDER];
  }
  const named = new Map<string, CallerOfPolicy>();
  const elements = policy.statements
    .filter(({ effect }) => effect?.value === 'Allow')
    .flatMap(({ principals }) => principals);
  for (const { negated, entries, member } of elements) {
    if (negated) {
      const others = entries.map(({ text }) => text).join(', ');
      named.set(`not ${others}`, { principal: `everybody but ${others}`, asked: 'anybody' });
    } else if (entries.length === 0 && member.value !== undefined) {
      named.set('', { principal: 'whom an expression names', asked: undefined });
    } else {
      for (const entry of entries) {
        named.set(entry.text, { principal: spokenOf(entry), asked: askedAs(entry) });
      }
    }
  }
  return [...named.values()];
}

function spokenOf({ type, text }: PrincipalEntry): string {
  if (text === '*') {
    return 'everybody';
  }
  return type === undefined || type.value === 'AWS' ? text : `${type.value} ${text}`;
}

/** The ARN of an account's root user names the whole account in a policy, and the user alone in a question. */
function askedAs({ type, text }: PrincipalEntry): CallerOfPolicy['asked'] {
  if (text === '*') {
    return 'anybody';
  }
  const account = kindOfArn(text) === 'root' ? accountOf(text) : undefined;
  if (account !== undefined && type?.value === 'AWS') {
    return { arn: account };
  }
  return type?.value === 'AWS' || type?.value === 'Service' ? { arn: text } : undefined;
}

/** What a policy lets each caller do. */
function standingsOf(
  policy: Policy,
  action: string,
  resource: string,
  budget: JudgingBudget,
): (principal: string | undefined) => Standing {
  const request = { action, resource };
  const ask = LIMITS.has(policy.kind.type)
    ? (principal: string | undefined) => evaluate([policy, ...EVERYTHING], { ...request, principal })
    : askOfMany(policy, request, budget);
  // Callers of whom the policy says nothing by name share their answer.
  const known = new Map<Evaluation, Standing>();
  return (principal) => {
    const evaluation = ask(principal);
    if (evaluation === undefined) {
      return TOO_MANY;
    }
    let standing = known.get(evaluation);
    if (standing === undefined) {
      const deciding = evaluation.deciding.filter((statement) => statement.policy === policy);
      standing = { answer: answerOf(evaluation), because: reasonsOf(evaluation, deciding), deciding };
      known.set(evaluation, standing);
    }
    return standing;
  };
}

const TOO_MANY: Standing = {
  answer: 'depends',
  because: ['the policy names too many whom its conditions tell apart, and was not read to the end for all'],
  deciding: [],
};

function answerOf({ outcome, lacks }: Evaluation): Standing['answer'] {
  if (outcome === 'implicit-deny') {
    return isLeftToCaller(lacks) ? 'depends' : 'no';
  }
  return outcome === 'allow' ? 'yes' : outcome === 'deny' ? 'no' : 'depends';
}

function reasonsOf(
  { outcome, lacks, hinges }: Evaluation,
  deciding: readonly Statement[],
): readonly string[] {
  switch (outcome) {
    case 'allow':
      return [];
    case 'deny':
      return ['a statement denies it'];
    case 'depends': {
      const own = new Set(deciding);
      const reasons = hinges
        .filter(({ statement }) => own.has(statement))
        .map((hinge) => hingeSentence(hinge));
      const more = reasons.length - SHOWN_REASONS;
      return more > 1 ? [...reasons.slice(0, SHOWN_REASONS), `and on ${more} other things`] : reasons;
    }
    default:
      return isLeftToCaller(lacks)
        ? ['if an identity policy of the caller allows it too']
        : lacks.filter((lack) => lack !== 'identity').map((lack) => SHORT[lack] ?? lackSentence(lack));
  }
}

/** Nobody reads more of them. */
const SHOWN_REASONS = 20;

/** The resource policy has done its part; whether the caller's own policies do theirs is not in it. */
function isLeftToCaller(lacks: readonly Lack[]): boolean {
  return lacks.every((lack) => lack === 'identity');
}

/** Of one policy alone there is less to say. */
const SHORT: Partial<Readonly<Record<Lack, string>>> = { grant: 'no statement allows it' };
