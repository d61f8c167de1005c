import { uncacheablePart } from '../../arn/cacheable';
import type { PolicyDocument } from '../../document';
import { appendItem, fillObject } from '../../lint/edits';
import { type JsonValue, plainValue } from '../../lint/layout';
import { mistakesOf } from '../../lint/mistakes';
import type { Edit } from '../../lint/rule';
import { statementMembers } from '../../locate/elements';
import type { Policy, PrincipalElement, ResourceEntry, Statement } from '../../model/policy';
import { actionListOf } from '../../rules/support/actionList';
import { executeApiActionsOf, reachableArnOf } from '../../rules/support/executeApiUse';
import { touches } from '../../spans';
import { type MemberNode, memberOf, type ObjectNode, type Span } from '../../syntax/nodes';
import { type CodeAction, writableActions } from '../codeAction';
import { insertStatementAfter, sidBeside } from '../statementEdits';

/**
 * "Insert InvalidateCache statement", and its neighbour that adds the action to the statement at hand.
 *
 * Offered where a policy allows `execute-api:Invoke` and nowhere `InvalidateCache`, and on an empty `Statement` or
 * statement. The new statement uses the ARNs at hand that can be cached, and takes over who and under which conditions
 * from the statement that allows Invoke, so that it never grants more widely than that one does. It is a quick fix where
 * the cursor is in that statement, or the policy has nothing else yet; elsewhere it comes behind what is about the place.
 *
 * API Gateway Developer Guide, "Cache settings for REST APIs in API Gateway": "Grant a client permission to invalidate
 * an API cache entry".
 */
export function insertInvalidateCacheActions(document: PolicyDocument, span: Span): readonly CodeAction[] {
  return writableActions(document, actionsAt(document, span));
}

function actionsAt(document: PolicyDocument, span: Span): readonly CodeAction[] {
  for (const policy of document.policies) {
    if (!touches(policy.node.span, span)) {
      continue;
    }
    const empty = emptyPlaceOf(policy, span);
    if (empty !== undefined) {
      const value = statementOf(policy, [ANY_CACHED_ARN], undefined);
      const hasOthers = policy.statements.some(({ node }) => node.members.length > 0);
      return [action(INSERT_TITLE, () => empty(value), hasOthers ? ELSEWHERE : 'quickfix')];
    }
    return allowsAlready(policy) ? [] : forInvoke(policy, span);
  }
  return [];
}

const INSERT_TITLE = 'Insert InvalidateCache statement';

/** Of an offer that is not about the statement at the cursor: editors list it behind the quick fixes. */
const ELSEWHERE = 'refactor.rewrite.iamPolicy.insertInvalidateCache';

/** Every GET of every API: the start for an author who has no ARN yet. */
const ANY_CACHED_ARN = 'arn:aws:execute-api:*:*:*/*/GET/*';

function forInvoke(policy: Policy, span: Span): readonly CodeAction[] {
  const granting = policy.statements.filter(
    (candidate) =>
      isAllow(candidate) &&
      candidate.actions.some((element) => !element.negated && element.entries.some(coversInvoke)),
  );
  // The one under the cursor, else the first: between two statements the offer would otherwise come and go.
  const statement = granting.find((candidate) => touches(candidate.node.span, span)) ?? granting[0];
  if (statement === undefined || granting.length === 0) {
    return [];
  }
  const resources = cacheableResources(statement);
  if (resources.length === 0) {
    return [];
  }
  const value = statementOf(policy, resources, statement);
  // A second Allow with NotPrincipal would be no narrower than everybody else in the world.
  const isForOthers = statement.principals.some((element) => element.negated);
  const title = statement.principals.some(namesEveryone) ? `${INSERT_TITLE}, for everyone` : INSERT_TITLE;
  const isAtHand = touches(statement.node.span, span);
  const actions = isForOthers
    ? []
    : [action(title, () => insertStatementAfter(statement, value), isAtHand ? 'quickfix' : ELSEWHERE)];
  const list = actionListOf(statement);
  if (
    list !== undefined &&
    // From another statement, nobody would see which one is changed.
    isAtHand &&
    resources.length === statement.resources.flatMap((element) => element.entries).length
  ) {
    const others = isForOthers || statement.principals.some(namesEveryone) ? ', for everyone it lets in' : '';
    const addTitle = `Add InvalidateCache to this statement${others}`;
    actions.push(action(addTitle, () => list('execute-api:InvalidateCache'), 'quickfix'));
  }
  return actions;
}

function action(title: string, edits: () => readonly Edit[], kind: CodeAction['kind']): CodeAction {
  return { title, kind, edits };
}

/** What is inserted is for whom Invoke is allowed; that it is everyone is not to be overlooked. */
function namesEveryone({ entries }: PrincipalElement): boolean {
  return entries.some(({ text }) => text === '*');
}

function isAllow(statement: Statement): boolean {
  return statement.effect?.value === 'Allow';
}

function coversInvoke(entry: Parameters<typeof executeApiActionsOf>[0]): boolean {
  // `*` grants everything already; the statement is for policies that are about API Gateway.
  return entry.service !== undefined && executeApiActionsOf(entry).includes('Invoke');
}

function allowsAlready(policy: Policy): boolean {
  return policy.statements.some(
    (statement) =>
      isAllow(statement) &&
      statement.actions.some(
        (element) =>
          element.negated ||
          element.entries.some((entry) => executeApiActionsOf(entry).includes('InvalidateCache')),
      ),
  );
}

/** The resources of a statement that are well-formed and may name something cached. */
function cacheableResources(statement: Statement): readonly JsonValue[] {
  const entries = statement.resources.flatMap((element) => (element.negated ? [] : element.entries));
  const values = entries.flatMap((entry): readonly (readonly [text: string, value: JsonValue])[] =>
    entry.text === '*'
      ? [[ANY_CACHED_ARN, ANY_CACHED_ARN]]
      : isCacheable(entry)
        ? [[entry.text, plainValue(entry.node)]]
        : [],
  );
  return [...new Map(values).values()];
}

function isCacheable(entry: ResourceEntry): boolean {
  const arn = reachableArnOf(entry);
  return arn !== undefined && mistakesOf(entry).length === 0 && uncacheablePart(arn) === undefined;
}

type NewStatement = { readonly [element: string]: JsonValue };

function statementOf(
  policy: Policy,
  resources: readonly JsonValue[],
  model: Statement | undefined,
): NewStatement {
  const principal = memberValue(model, 'Principal');
  const condition = memberValue(model, 'Condition');
  const [only] = resources;
  return {
    ...sidBeside(policy, 'InvalidateCache'),
    Effect: 'Allow',
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: 'execute-api:InvalidateCache',
    Resource: resources.length === 1 && only !== undefined ? only : resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

function memberValue(statement: Statement | undefined, name: string): JsonValue | undefined {
  const value = statement && memberOf(statement.node, name)?.value;
  return value === undefined ? undefined : plainValue(value);
}

/** An empty list, an empty statement, or a `Statement` without a value, under the cursor. */
function emptyPlaceOf(policy: Policy, span: Span): ((value: NewStatement) => readonly Edit[]) | undefined {
  const member = statementMembers(policy.node)[0];
  const value = member?.value;
  if (member === undefined || value === undefined) {
    return undefined;
  }
  if (value.kind === 'array' && value.items.length === 0 && touches(member.span, span)) {
    return (statement) => [appendItem(value, statement)];
  }
  const empty = emptyStatements(member).find(
    (node) => touches(node.span, span) || policy.statements.length === 1,
  );
  return empty === undefined ? undefined : (statement) => [fillObject(empty, statement)];
}

function emptyStatements(member: MemberNode): readonly ObjectNode[] {
  const nodes = member.value?.kind === 'array' ? member.value.items : [member.value];
  return nodes.filter((node): node is ObjectNode => node?.kind === 'object' && node.members.length === 0);
}
