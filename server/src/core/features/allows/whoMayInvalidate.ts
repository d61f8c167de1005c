import { openDocument, type PolicyDocument } from '../../document';
import { accountOf } from '../../evaluate/caller';
import { type Evaluation, evaluate, type Lack } from '../../evaluate/evaluate';
import type { PolicyType } from '../../locate/policyType';
import type { Policy, PrincipalEntry, Statement } from '../../model/policy';
import { hingeSentence, lackSentence } from './sentences';

/** What one policy says about invalidating what an ARN names. */
export interface PolicyStanding {
  readonly policy: Policy;
  /** `limits` are policies that grant nothing, and may stand in the way. */
  readonly role: 'grants' | 'limits';
  /** One entry for each whom the policy speaks of. */
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
  return document.policies
    .filter(({ kind }) => kind.type !== 'trust')
    .map((policy) => ({
      policy,
      role: LIMITS.has(policy.kind.type) ? 'limits' : 'grants',
      callers: callersOf(policy).map(({ principal, asked }) => {
        const standing = (action: string): Standing =>
          standingOf(policy, {
            action: `execute-api:${action}`,
            resource: arn,
            principal: asked === 'anybody' ? anybodyOf(arn) : asked?.arn,
          });
        return {
          principal,
          invalidateCache: standing('InvalidateCache'),
          invoke: standing('Invoke'),
        };
      }),
    }));
}

const LIMITS: ReadonlySet<PolicyType> = new Set(['scp', 'rcp', 'boundary', 'session', 'endpoint']);

interface CallerOfPolicy {
  readonly principal: string | undefined;
  /** What the evaluation is asked with: nothing where it cannot tell who that is. */
  readonly asked: { readonly arn: string } | 'anybody' | undefined;
}

/** Somebody whom no policy names, of the API's account where that is known. */
function anybodyOf(arn: string): string {
  return `arn:aws:iam::${accountOf(arn) ?? '000000000000'}:role/anybody`;
}

const HOLDER: CallerOfPolicy = { principal: undefined, asked: undefined };

/** Those whom the Allow statements of a resource policy name; for all other policies whoever holds them. */
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
      named.set('', { principal: "whom the template's function names", asked: undefined });
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

function askedAs({ type, text }: PrincipalEntry): CallerOfPolicy['asked'] {
  if (text === '*') {
    return 'anybody';
  }
  return type?.value === 'AWS' || type?.value === 'Service' ? { arn: text } : undefined;
}

/** Stands for all that a caller may have been granted elsewhere, so that a limit alone can be asked. */
const EVERYTHING = openDocument({
  text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  language: 'json',
}).policies;

function standingOf(
  policy: Policy,
  request: { readonly action: string; readonly resource: string; readonly principal: string | undefined },
): Standing {
  const policies = LIMITS.has(policy.kind.type) ? [policy, ...EVERYTHING] : [policy];
  const evaluation = evaluate(policies, request);
  const deciding = evaluation.deciding.filter((statement) => statement.policy === policy);
  return { answer: answerOf(evaluation), because: reasonsOf(evaluation, deciding), deciding };
}

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
      return hinges.filter(({ statement }) => own.has(statement)).map((hinge) => hingeSentence(hinge));
    }
    default:
      return isLeftToCaller(lacks)
        ? ['if an identity policy of the caller allows it too']
        : lacks.filter((lack) => lack !== 'identity').map((lack) => SHORT[lack] ?? lackSentence(lack));
  }
}

/** The resource policy has done its part; whether the caller's own policies do theirs is not in it. */
function isLeftToCaller(lacks: readonly Lack[]): boolean {
  return lacks.every((lack) => lack === 'identity');
}

/** Of one policy alone there is less to say. */
const SHORT: Partial<Readonly<Record<Lack, string>>> = { grant: 'no statement allows it' };
