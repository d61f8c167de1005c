import { mistakesOf } from '../../lint/mistakes';
import { defineRule, type Fix } from '../../lint/rule';
import type { ResourceEntry, Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { memoize } from '../../pattern/memo';
import { compilePattern, intersects } from '../../pattern/pattern';
import { actionListOf } from '../support/actionList';
import { type ExecuteApiAction, executeApiUseOf, reachableArnOf } from '../support/executeApiUse';
import { ofWholeText } from '../support/sourceText';

export const rule = defineRule({
  meta: {
    id: 'execute-api-invalidate-without-invoke',
    category: 'suggestion',
    summary: 'To invalidate a path of an API with IAM authorization, Invoke on it is needed as well',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-caching'],
    messages: {
      mistake:
        'This policy allows Invoke on other paths and not on this one: with IAM authorization an invalidation needs both.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      if (!namesExecuteApi(policy.node.source.text)) {
        return;
      }
      const invoking: Statement[] = [];
      const invalidating: Statement[] = [];
      for (const statement of policy.statements) {
        const allowed = allowedBy(statement);
        if (allowed === 'unknown') {
          return;
        }
        if (allowed?.has('Invoke')) {
          invoking.push(statement);
        }
        if (allowed?.has('InvalidateCache')) {
          invalidating.push(statement);
        }
      }
      const invoked = resourcesOf(invoking);
      // A policy without any Invoke is one of several of a caller, or for an API without IAM authorization.
      if (invoked.length === 0 || invalidating.length === 0) {
        return;
      }
      const isCovered = meetsAnyOf(invoked);
      for (const entry of resourcesOf(invalidating)) {
        if (!isCovered(entry) && reachableArnOf(entry) !== undefined && mistakesOf(entry).length === 0) {
          context.report({ message: 'mistake', at: entry.node, fixes: addInvokeFix(entry) });
        }
      }
    },
  }),
});

const namesExecuteApi = ofWholeText((text) => text.includes('execute-api'));

/** What of execute-api a statement allows, if anything. */
const allowedBy = notedOf((statement: Statement): ReadonlySet<ExecuteApiAction> | 'unknown' | undefined => {
  const use = statement.effect?.value === 'Allow' ? executeApiUseOf(statement) : NO_USE;
  return use === undefined ? 'unknown' : use.actions.size === 0 ? undefined : use.actions;
});

const NO_USE = { actions: new Set<ExecuteApiAction>() };

function addInvokeFix({ element }: ResourceEntry): readonly Fix[] {
  const add = actionListOf(element.statement);
  return add === undefined
    ? []
    : [
        {
          title: 'Add Invoke to this statement',
          kind: 'suggestion',
          edits: () => add('execute-api:Invoke'),
        },
      ];
}

function resourcesOf(statements: readonly Statement[]): readonly ResourceEntry[] {
  return statements.flatMap(({ resources }) =>
    resources.flatMap((element) => (element.negated ? [] : element.entries)),
  );
}

/**
 * Whether a resource can name a request that one of the others names too. Literal ARNs meet only when they are equal,
 * so only those with wildcards or variables are compared one by one: a policy may have thousands.
 */
function meetsAnyOf(others: readonly ResourceEntry[]): (entry: ResourceEntry) => boolean {
  const texts = new Set(others.map((entry) => entry.text));
  const compile = memoize((text) => compilePattern(text, { variables: 'substitute' }));
  const open = [...texts].filter(isOpen);
  return ({ text }) =>
    texts.has(text) ||
    (isOpen(text) ? [...texts] : open).some((other) => intersects(compile(other), compile(text)));
}

function isOpen(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}
