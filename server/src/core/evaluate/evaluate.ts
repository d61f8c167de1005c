import { splitArn } from '../arn/arn';
import { SHORTHAND_PREFIX } from '../arn/executeApi';
import type { PolicyKind } from '../locate/policyType';
import type { ActionElement, Policy, ResourceElement, Statement } from '../model/policy';
import { compilePattern, covers, intersects, type Pattern, type PatternOptions } from '../pattern/pattern';
import { memberOf, type SyntaxNode } from '../syntax/nodes';

/** A request, or with wildcards in the resource all the requests of a kind. */
export interface EvaluationRequest {
  /** `execute-api:InvalidateCache`; case does not count. */
  readonly action: string;
  /** An ARN; `*` and `?` stand for whatever is not known. */
  readonly resource: string;
}

export interface Evaluation {
  /**
   * `deny` is an explicit one, `implicit-deny` is no statement that allows, `depends` is an answer that rests on what
   * is not in the policies: conditions, principals, variables, or which of the requests is sent.
   */
  readonly outcome: 'allow' | 'deny' | 'implicit-deny' | 'depends';
  /** The statements that decide, in source order; empty for an implicit deny. */
  readonly deciding: readonly Statement[];
}

/**
 * What policies say about a request, offline. IAM User Guide, "Policy evaluation logic": an explicit Deny wins, then
 * an Allow, and otherwise the request is denied.
 *
 * The policies count as those of one caller. Nothing is assumed about conditions: a statement that has any applies
 * perhaps, never certainly.
 */
export function evaluate(policies: readonly Policy[], request: EvaluationRequest): Evaluation {
  const judged = policies
    .flatMap((policy) => policy.statements)
    .map((statement) => ({ statement, applies: appliesTo(statement, request) }));
  const of = (effect: string, applies: Application): readonly Statement[] =>
    judged
      .filter((entry) => entry.statement.effect?.value === effect && entry.applies === applies)
      .map((entry) => entry.statement);

  const denied = of('Deny', 'always');
  if (denied.length > 0) {
    return { outcome: 'deny', deciding: denied };
  }
  const allowed = of('Allow', 'always');
  const perhapsDenied = of('Deny', 'perhaps');
  if (allowed.length > 0) {
    return perhapsDenied.length > 0
      ? { outcome: 'depends', deciding: perhapsDenied }
      : { outcome: 'allow', deciding: allowed };
  }
  const perhapsAllowed = of('Allow', 'perhaps');
  return perhapsAllowed.length > 0
    ? { outcome: 'depends', deciding: [...perhapsAllowed, ...perhapsDenied] }
    : { outcome: 'implicit-deny', deciding: [] };
}

type Application = 'always' | 'perhaps' | 'never';

function appliesTo(statement: Statement, request: EvaluationRequest): Application {
  const { kind, version } = statement.policy;
  return allOf([
    elementsApply(statement.actions, request.action, { case: 'ignore' }),
    // Trust policies have no Resource; in any other policy a statement without one is not finished.
    kind.type === 'trust' && statement.resources.length === 0
      ? 'always'
      : elementsApply(
          statement.resources,
          fullArn(request.resource),
          { variables: version === '2012-10-17' ? 'substitute' : 'literal' },
          (text) => writtenInFull(text, kind),
        ),
    conditionsApply(statement),
    principalApplies(statement),
  ]);
}

function elementsApply(
  elements: readonly (ActionElement | ResourceElement)[],
  wanted: string,
  options: PatternOptions,
  written: (text: string) => string = (text) => text,
): Application {
  if (elements.length === 0) {
    return 'never';
  }
  // What a variable of the request holds is not known, whatever the policy's version makes of its own.
  const wantedPattern = compilePattern(wanted, { ...options, variables: 'substitute' });
  return allOf(
    elements.map((element) => {
      const any = anyOf([
        ...element.entries.map((entry) =>
          patternApplies(written(entry.text), wanted, wantedPattern, options),
        ),
        ...(isPartlyUnknown(element.member.value) ? (['perhaps'] as const) : []),
      ]);
      return element.negated ? INVERSE[any] : any;
    }),
  );
}

/** A template function stands where a string should: it may come to be anything. */
function isPartlyUnknown(value: SyntaxNode | undefined): boolean {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.some((node) => node?.kind === 'object' || node?.kind === 'opaque');
}

/** IAM User Guide, "Grammar of the IAM JSON policy language": identity policies fill short ARNs up with `*`. */
function writtenInFull(text: string, kind: PolicyKind): string {
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  if (
    kind.type !== 'identity' ||
    prefix.text !== 'arn' ||
    partition === undefined ||
    resource !== undefined
  ) {
    return fullArn(text);
  }
  const missing = [service, region, account, resource].filter((field) => field === undefined).length;
  return text + ':*'.repeat(missing);
}

/** The shorthand leaves out the API that a resource policy belongs to, which is the one the question is about. */
function fullArn(text: string): string {
  return text.startsWith(SHORTHAND_PREFIX)
    ? `arn:*:execute-api:*:*:*/${text.slice(SHORTHAND_PREFIX.length)}`
    : text;
}

/** Conditions may hold or not, and so may what should be conditions and cannot be read. */
function conditionsApply(statement: Statement): Application {
  const value = memberOf(statement.node, 'Condition')?.value;
  const isEmpty = value === undefined || (value.kind === 'object' && value.members.length === 0);
  return isEmpty && statement.conditions.length === 0 ? 'always' : 'perhaps';
}

function allOf(parts: readonly Application[]): Application {
  return parts.includes('never') ? 'never' : parts.includes('perhaps') ? 'perhaps' : 'always';
}

function anyOf(parts: readonly Application[]): Application {
  return parts.includes('always') ? 'always' : parts.includes('perhaps') ? 'perhaps' : 'never';
}

const INVERSE: Readonly<Record<Application, Application>> = {
  always: 'never',
  perhaps: 'perhaps',
  never: 'always',
};

function patternApplies(
  text: string,
  wanted: string,
  wantedPattern: Pattern,
  options: PatternOptions,
): Application {
  const pattern = compilePattern(text, options);
  if (covers(pattern, wantedPattern, text, wanted)) {
    return 'always';
  }
  return intersects(pattern, wantedPattern) ? 'perhaps' : 'never';
}

/** Who calls is not part of the question, so only a principal that means everybody is certain. */
function principalApplies(statement: Statement): Application {
  const isCertain = statement.principals.every(
    (element) =>
      !element.negated &&
      element.entries.some(
        (entry) => entry.text === '*' && (entry.type === undefined || entry.type.value === 'AWS'),
      ),
  );
  return isCertain ? 'always' : 'perhaps';
}
