import type { ActionEntry, Policy, ResourceEntry, Statement } from '../model/policy';
import { compilePattern, covers, intersects, type Pattern, type PatternOptions } from '../pattern/pattern';

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
  const substitute = statement.policy.version === '2012-10-17' ? 'substitute' : 'literal';
  const parts: readonly Application[] = [
    listApplies(statement.actions, request.action, { case: 'ignore' }),
    listApplies(statement.resources, request.resource, { variables: substitute }),
    statement.conditions.length > 0 ? 'perhaps' : 'always',
    principalApplies(statement),
  ];
  return parts.includes('never') ? 'never' : parts.includes('perhaps') ? 'perhaps' : 'always';
}

/** An element whose list is absent, as `Resource` is in a trust policy, restricts nothing. */
function listApplies(
  elements: readonly {
    readonly negated: boolean;
    readonly entries: readonly (ActionEntry | ResourceEntry)[];
  }[],
  wanted: string,
  options: PatternOptions,
): Application {
  const wantedPattern = compilePattern(wanted, { ...(options.case && { case: options.case }) });
  const results = elements.map((element): Application => {
    const covered = element.entries.map((entry) =>
      patternApplies(entry.text, wanted, wantedPattern, options),
    );
    const any: Application = covered.includes('always')
      ? 'always'
      : covered.includes('perhaps')
        ? 'perhaps'
        : 'never';
    return element.negated ? INVERSE[any] : any;
  });
  return results.includes('never') ? 'never' : results.includes('perhaps') ? 'perhaps' : 'always';
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
