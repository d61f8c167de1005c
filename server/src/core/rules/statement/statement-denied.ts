import { removeValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { STATEMENT_ELEMENTS } from '../../locate/elements';
import type { Policy, Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { hasWildcard } from '../../pattern/pattern';
import { isThereWith } from '../../syntax/functions';
import { single } from '../support/coverage';
import { StatementIndex } from '../support/statementIndex';
import { statementName } from '../support/statements';

/**
 * IAM User Guide, "Policy evaluation logic": an explicit Deny overrides any Allow. Only a Deny without conditions is
 * looked at, and each one alone: then nothing is left of the Allow, whoever asks for what.
 */
export const rule = defineRule({
  meta: {
    id: 'statement-denied',
    category: 'warning',
    summary: 'A statement allows only what another one denies',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-evaluation'],
    messages: {
      denied: 'This statement allows nothing: {deny} denies all of it.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      const denials = denialsOf(policy);
      if (denials === undefined) {
        return;
      }
      for (const statement of policy.statements) {
        const deny = denialOf(statement, denials);
        // One in a branch of a template may not be there.
        if (deny !== undefined && isThereWith(deny.node, statement.node)) {
          context.report({
            message: 'denied',
            at: statement.node,
            data: { deny: statementName(deny) },
            fixes: [
              {
                title: 'Remove the statement',
                kind: 'suggestion',
                edits: () => removeValue(statement.node),
              },
            ],
          });
        }
      }
    },
  }),
});

/** Deny statements by what the actions are that they name: exactly, by service, or whatever they match. */
interface Denials {
  readonly byAction: ReadonlyMap<string, StatementIndex>;
  readonly byService: ReadonlyMap<string, StatementIndex>;
  readonly ofAny: StatementIndex;
}

/**
 * The Deny statements that can cover another statement; `undefined` if there are none, as in most policies. They are
 * indexed, since a policy may have hundreds of which few concern the actions of a statement.
 */
function denialsOf({ statements }: Policy): Denials | undefined {
  const byAction = new Map<string, Statement[]>();
  const byService = new Map<string, Statement[]>();
  const ofAny: Statement[] = [];
  for (const statement of statements) {
    const denied = deniedBy(statement);
    for (const action of denied?.actions ?? []) {
      addTo(byAction, action, statement);
    }
    for (const service of denied?.services ?? []) {
      addTo(byService, service, statement);
    }
    if (denied?.any) {
      ofAny.push(statement);
    }
  }
  return byAction.size + byService.size + ofAny.length === 0
    ? undefined
    : { byAction: indexed(byAction), byService: indexed(byService), ofAny: new StatementIndex(ofAny) };
}

function indexed(lists: ReadonlyMap<string, readonly Statement[]>): ReadonlyMap<string, StatementIndex> {
  return new Map([...lists].map(([key, statements]) => [key, new StatementIndex(statements)]));
}

/** What a Deny without conditions names, in lower case; `undefined` for any other statement. */
const deniedBy = notedOf((statement: Statement) => {
  const action = statement.effect?.value === 'Deny' ? single(statement.actions) : undefined;
  // Of one that is not closed the condition may be still to come.
  if (action === undefined || action.negated || hasCondition(statement) || !statement.node.closed) {
    return undefined;
  }
  const actions = new Set<string>();
  const services = new Set<string>();
  let any = false;
  for (const { text, service } of action.entries) {
    if (!hasWildcard(text)) {
      actions.add(text.toLowerCase());
    } else if (service === undefined || hasWildcard(service)) {
      any = true;
    } else {
      services.add(service.toLowerCase());
    }
  }
  return { actions, services, any };
});

function addTo(index: Map<string, Statement[]>, key: string, statement: Statement): void {
  const known = index.get(key);
  if (known === undefined) {
    index.set(key, [statement]);
  } else {
    known.push(statement);
  }
}

/** What is no element of a statement may be a Condition that is misspelt. */
function hasCondition({ members }: Statement): boolean {
  return members.some(({ name }) => name === 'Condition' || !ELEMENTS.has(name));
}

const ELEMENTS: ReadonlySet<string> = new Set(STATEMENT_ELEMENTS);

/** The first action decides which Deny statements are looked at: one that covers all covers that one as well. */
function denialOf(statement: Statement, { byAction, byService, ofAny }: Denials): Statement | undefined {
  const first = firstAllowed(statement);
  if (first === undefined) {
    return undefined;
  }
  return (
    byAction.get(first)?.covering(statement) ??
    byService.get(first.slice(0, Math.max(0, first.indexOf(':'))))?.covering(statement) ??
    ofAny.covering(statement)
  );
}

/** The first action of an Allow, in lower case; an empty text for NotAction. */
const firstAllowed = notedOf(({ effect, actions }: Statement) => {
  const element = effect?.value === 'Allow' ? single(actions) : undefined;
  const first = element?.entries[0];
  return element === undefined || first === undefined
    ? undefined
    : element.negated
      ? ''
      : first.text.toLowerCase();
});
