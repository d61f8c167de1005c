import { readExecuteApiArn, requestMethods, SHORTHAND_PREFIX } from '../../arn/executeApi';
import type { WorkspaceKnowledge } from '../../knowledge/knowledge';
import { apisNamed, routesMatched } from '../../knowledge/routes';
import { compilePattern, matches } from '../../pattern/pattern';
import type { InvalidationDraft, OpenPart } from './draft';

/** For each part what the workspace knows that fits; a path may have parameters in braces, which are to be filled in. */
export type InvalidationChoices = Readonly<Record<OpenPart, readonly string[]>>;

/** What may be answered where a draft is open: only REST APIs have a cache, so only theirs is offered. */
export function invalidationChoices(
  draft: Pick<InvalidationDraft, 'arn' | 'patterns'>,
  knowledge: WorkspaceKnowledge,
): InvalidationChoices {
  const arn = readExecuteApiArn(draft.arn);
  const apis = apisNamed(arn, knowledge.apis).filter(({ kind }) => kind === 'rest' || kind === 'unknown');
  const fitting = (part: OpenPart, values: readonly string[]): readonly string[] => {
    const pattern = compilePattern(draft.patterns[part], { variables: 'substitute' });
    return [...new Set(values)].filter((value) => matches(pattern, value));
  };
  // Part by part, since a person is asked for one after the other: here no wildcard swallows a slash.
  const routes = new Set(
    apis.flatMap((api) =>
      fitting('method', requestMethods).flatMap((method) =>
        routesMatched(`${SHORTHAND_PREFIX}stage/${method}/${draft.patterns.path}`, api),
      ),
    ),
  );
  const inOrder = apis.flatMap((api) => api.routes.filter((route) => routes.has(route)));
  return {
    region: fitting(
      'region',
      apis.flatMap(({ regions }) => regions),
    ),
    apiId: fitting(
      'apiId',
      apis.flatMap(({ ids }) => ids),
    ),
    stage: fitting(
      'stage',
      apis.flatMap(({ stages }) => stages),
    ),
    method: fitting(
      'method',
      inOrder.map(({ method }) => method).filter((method) => method !== 'ANY'),
    ),
    // Whether a parameter fits is known only once it has a value.
    path: [...new Set(inOrder.map(({ path }) => path.slice(1)))],
  };
}
