import { splitArn } from '../../arn/arn';
import { UNTOLD_SERVICES } from '../../iamData/overlay/passedRoles';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { ActionElement, Condition, ResourceElement, ResourceEntry, Statement } from '../../model/policy';
import { rememberLast } from '../../pattern/memo';
import { compilePattern, covers, hasWildcard, matches, type Pattern } from '../../pattern/pattern';
import type { MemberNode, StringNode } from '../../syntax/nodes';
import { isContradictory } from './elements';
import { quote } from './quote';

/** One way of allowing an action on far too many roles. */
export interface RoleGrant {
  /** As documented: `iam:PassRole`. */
  readonly action: string;
  /** The condition key that makes up for it, in lower case; for NotResource Access Analyzer's page names none. */
  readonly key?: string;
  /** How the action is allowed: by its name, by a pattern, or by not being excepted. */
  readonly by: 'name' | 'pattern' | 'NotAction';
  readonly on: 'star' | 'NotResource';
}

/**
 * The visitor of a rule about one of these grants. The finding is on the action; the resource, for which Access
 * Analyzer has a finding of its own, is a related location. IAM User Guide, "Access Analyzer policy check reference".
 */
export function roleGrantVisitor(
  { action, key, by, on }: RoleGrant,
  context: RuleContext<'action' | 'resource'>,
): Visitor {
  const grantedIn = grantedBy(action);
  return {
    ifStatement: grantsAnyOf(action),
    statement: (statement) => {
      const actions = grantedIn(statement)?.[by] ?? NONE;
      if (
        actions.length === 0 ||
        isContradictory(statement.actions) ||
        isContradictory(statement.resources)
      ) {
        return;
      }
      const resources = openResources(statement.resources, on, action);
      if (resources.length === 0 || (key !== undefined && isRestricted(statement, key))) {
        return;
      }
      const data = { action: quote(textOf(actions[0])), resource: quote(textOf(resources[0])) };
      const [first, ...others] = [
        ...actions.map((at) => ({
          message: 'action' as const,
          at,
          data: { ...data, action: quote(textOf(at)) },
        })),
        ...resources.map((at) => ({
          message: 'resource' as const,
          at,
          data: { ...data, resource: quote(textOf(at)) },
        })),
      ];
      if (first !== undefined) {
        context.report({ ...first, also: others });
      }
    },
  };
}

const NONE: readonly never[] = [];

type Half = StringNode | MemberNode;

/** What allows an action, by the way in which it does. */
type Granted = Readonly<Record<RoleGrant['by'], readonly Half[]>>;

const askers = new Map<string, (statement: Statement) => Granted | undefined>();

const grantTests = new Map<string, (statement: Statement) => boolean>();

/** Whether a statement allows an action in any way: one function for each action, so that all the rules ask together. */
function grantsAnyOf(action: string): (statement: Statement) => boolean {
  let grants = grantTests.get(action);
  if (grants === undefined) {
    const grantedIn = grantedBy(action);
    grants = (statement) => grantedIn(statement) !== undefined;
    grantTests.set(action, grants);
  }
  return grants;
}

/** What of a statement allows an action: nothing, in most. Several rules ask the same, one after the other. */
function grantedBy(action: string): (statement: Statement) => Granted | undefined {
  let asker = askers.get(action);
  if (asker === undefined) {
    const name = action.toLowerCase();
    asker = rememberLast((statement: Statement) =>
      statement.effect?.value === 'Allow' ? findGranted(statement.actions, name) : undefined,
    );
    askers.set(action, asker);
  }
  return asker;
}

function findGranted(elements: readonly ActionElement[], action: string): Granted | undefined {
  // Made for the first that is found: most statements allow nothing of the kind.
  let found: Record<RoleGrant['by'], Half[]> | undefined;
  for (const { member, negated, entries } of elements) {
    if (negated) {
      if (entries.length > 0 && !entries.some(({ text }) => namesAction(text, action))) {
        found ??= { name: [], pattern: [], NotAction: [] };
        found.NotAction.push(member);
      }
      continue;
    }
    for (const { node, text } of entries) {
      if (namesAction(text, action)) {
        found ??= { name: [], pattern: [], NotAction: [] };
        found[hasWildcard(text) ? 'pattern' : 'name'].push(node);
      }
    }
  }
  return found;
}

/** Most actions of a policy differ in their first letter, and then nothing has to be compiled. */
function namesAction(text: string, action: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== STAR && first !== QUESTION && (first | 0x20) !== action.charCodeAt(0)) {
    return false;
  }
  // With a wildcard in front of the colon IAM refuses the policy, and service-wildcard says so.
  return hasWildcard(text)
    ? !/^[^:*?]*[*?][^:]*:/.test(text) && matches(compilePattern(text, { case: 'ignore' }), action)
    : text.length === action.length && text.toLowerCase() === action;
}

const STAR = 0x2a;
const QUESTION = 0x3f;

function openResources(
  elements: readonly ResourceElement[],
  on: RoleGrant['on'],
  action: string,
): readonly Half[] {
  return elements.flatMap(({ member, negated, entries }): readonly Half[] => {
    if (negated) {
      const roles = ROLES_OF.get(action) ?? EVERY_ROLE;
      return on === 'NotResource' && !entries.some((entry) => coversRoles(entry, roles)) ? [member] : [];
    }
    return on === 'star'
      ? entries.filter((entry) => coversRoles(entry, EVERY_ROLE)).map(({ node }) => node)
      : [];
  });
}

const EVERY_ROLE = compilePattern('role/*');

/** The roles that an action can be about where those are not all; IAM User Guide, "Create a service-linked role". */
const ROLES_OF: ReadonlyMap<string, Pattern> = new Map([
  ['iam:CreateServiceLinkedRole', compilePattern('role/aws-service-role/*')],
]);

/** `*`, or a pattern for all such roles of an account. One that begins with a service's own prefix is excused. */
function coversRoles({ text }: ResourceEntry, roles: Pattern): boolean {
  if (!text.endsWith('*')) {
    return false;
  }
  const { service, resource } = splitArn(text);
  return (
    text === '*' ||
    (service?.text === 'iam' && resource !== undefined && covers(compilePattern(resource.text), roles))
  );
}

/** Whether the statement says for which services. Null, negations and values that begin with `*` say nothing. */
function isRestricted({ conditions }: Statement, key: string): boolean {
  return conditions.some((condition) => condition.key.value.toLowerCase() === key && restricts(condition));
}

function restricts({ operator, key, values }: Condition): boolean {
  return (
    /^String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator.base) &&
    operator.qualifier !== 'ForAllValues' &&
    values.length > 0 &&
    values.every(({ text }) => !text.startsWith('*')) &&
    (!operator.ifExists ||
      key.value.toLowerCase() === ALWAYS_TOLD ||
      values.every(({ text }) => !UNTOLD_SERVICES.has(text.toLowerCase())))
  );
}

/** The service is a required parameter; IAM API Reference, "CreateServiceLinkedRole". */
const ALWAYS_TOLD = 'iam:awsservicename';

function textOf(half: Half | undefined): string {
  return half === undefined ? '' : half.kind === 'member' ? half.key.value : half.value;
}
