import { isMisspeltStatement } from '../syntax/elementNames';
import { branchesOf, functionCall } from '../syntax/functions';
import { HclBlockBody } from '../syntax/hcl/hclNodes';
import { type MemberNode, memberOf, type ObjectNode, type SyntaxNode } from '../syntax/nodes';
import { elementMeant, POLICY_ELEMENTS, STATEMENT_ELEMENTS, statementMembers } from './elements';

/** Where an object stands, as far as it tells whether the object is a policy. */
export interface Place {
  /** Whether it is all of a document, or of a text in one. */
  readonly isRoot: boolean;
  /** Whether something says that a policy stands there: the user, a setting, or what holds it. */
  isTold(): boolean;
}

/**
 * Whether an object is a policy of IAM. Many documents of AWS and of others have something called Statement: rules of
 * AWS WAF, policies of Verified Permissions, what Amazon Athena and PartiQL run. So a policy needs a sign of its own: an
 * element in a statement, the Version of the language, or a place that is for policies. Where names are in lower case or
 * misspelt, it needs two, and three where nothing says that a policy stands there.
 */
export function isPolicy(node: ObjectNode, place: Place): boolean {
  const exact = memberOf(node, 'Statement');
  if (exact !== undefined) {
    const statements = statementsIn(exact);
    return (
      (statements.some(hasElement) || hasVersion(node) || isBeginning(node, exact, statements, place)) &&
      !isOfAnotherLanguage(node, statements, place)
    );
  }
  if (isStatementInstead(node, place) || isMisnamed(node)) {
    return true;
  }
  if (
    node.members.length > POLICY_ELEMENTS.length ||
    !isBare(node) ||
    !(place.isRoot || place.isTold() || isMisspeltPolicy(node))
  ) {
    return false;
  }
  const [mistake] = statementMembers(node);
  if (mistake === undefined) {
    // `{ "Version": "2012-10-17" }` is a policy in the making, and a program may go on with it elsewhere.
    return hasVersion(node) && (place.isRoot || node.source.syntax !== 'program');
  }
  if (mistake.value instanceof HclBlockBody) {
    // A block of Terraform's data source, which documentation shows without what is around it.
    return false;
  }
  const statements = statementsIn(mistake);
  const version = node.members.find(({ name }) => elementMeant(name, POLICY_ELEMENTS) === 'Version');
  const isSigned =
    version === undefined
      ? statements.some(hasSeveralMistakes)
      : isLanguageVersion(version.value) && (statements.some(hasMistake) || isUnfilled(mistake.value));
  return isSigned && !isOfAnotherLanguage(node, statements, place);
}

/** Whether the form of a policy has a name of its own for a statement, and that is misspelt. */
function isMisnamed({ hasOwnNames, misnamed = [] }: ObjectNode): boolean {
  return hasOwnNames === true && misnamed.some(({ meant }) => meant === 'statement');
}

/**
 * Whether the elements of a statement stand where those of a policy should: beside the language's Version, or in a place
 * that is for policies. A statement that is all of a file may be put into a policy by somebody.
 */
function isStatementInstead(node: ObjectNode, place: Place): boolean {
  const effect = memberOf(node, 'Effect')?.value;
  return (
    effect?.kind === 'string' &&
    /^(?:Allow|Deny)$/.test(effect.value) &&
    (memberOf(node, 'Action') ?? memberOf(node, 'NotAction')) !== undefined &&
    node.members.every(({ name }) => ELEMENTS.has(name)) &&
    (place.isTold() || (place.isRoot && hasVersion(node)))
  );
}

const ELEMENTS: ReadonlySet<string> = new Set([...POLICY_ELEMENTS, ...STATEMENT_ELEMENTS]);

/**
 * Whether an object is a policy wherever it stands, though its Statement is misspelt: nothing else has the language's
 * Version, a name that can only be meant as Statement, and an element of IAM in what that holds.
 */
export function isMisspeltPolicy(node: ObjectNode): boolean {
  const mistakes = node.members.filter(({ name }) => isMisspeltStatement(name));
  return (
    mistakes.length === 1 &&
    memberOf(node, 'Statement') === undefined &&
    hasVersion(node) &&
    mistakes.some((mistake) => statementsIn(mistake).some(hasElement))
  );
}

/**
 * Whether an object that is a policy only holds the statements of one, as answers of APIs do: what else stands in it is not
 * of the policy language, and there is no Version. A body of Terraform is none either: while a heredoc is being typed, the
 * JSON that is to be in it reads as arguments of what is around it.
 */
export function isAroundStatements(node: ObjectNode, place: Place): boolean {
  return node instanceof HclBlockBody
    ? !isBare(node)
    : !place.isRoot && !isPolicyAnywhere(node) && !place.isTold();
}

/** Whether an object that is a policy is one as a whole wherever it stands: it has a Version, or nothing but a policy's keys. */
export function isPolicyAnywhere(node: ObjectNode): boolean {
  return isBare(node) || node.members.some(({ name }) => elementMeant(name, POLICY_ELEMENTS) === 'Version');
}

/** Whether an object with a Statement without any sign is to be a policy all the same, or one whose names are mistakes. */
function isBeginning(
  node: ObjectNode,
  { value }: MemberNode,
  statements: readonly ObjectNode[],
  { isRoot, isTold }: Place,
): boolean {
  return isBare(node) && (isUnfilled(value) || (isRoot && statements.some(hasSeveralMistakes)) || isTold());
}

/** The statements of a member, those in the branches of a template among them. */
function statementsIn({ value }: MemberNode): readonly ObjectNode[] {
  if (value?.kind === 'array' && value.items.every(isPlainObject)) {
    return value.items;
  }
  const nodes = value === undefined ? [] : branchesOf(value);
  return nodes
    .flatMap((node) => (node.kind === 'array' ? node.items.flatMap(branchesOf) : [node]))
    .filter((node): node is ObjectNode => node.kind === 'object');
}

function isPlainObject(node: SyntaxNode): node is ObjectNode {
  return node.kind === 'object' && functionCall(node) === undefined;
}

/** Keys that only IAM puts into a statement; one of them is enough. */
const TELLING_ELEMENTS: readonly string[] = STATEMENT_ELEMENTS.filter((name) => name !== 'Condition');

/** Whether an element stands in a statement, be it half-typed. */
export function hasElement(statement: ObjectNode): boolean {
  return statement.members.some(
    ({ name, value }) =>
      TELLING_ELEMENTS.includes(name) ||
      (value === undefined && TELLING_ELEMENTS.some((element) => element.startsWith(name))),
  );
}

/** Whether a name of an object can only be meant as an element of a statement, however it is spelt. */
function hasMistake(statement: ObjectNode): boolean {
  return hasElement(statement) || elementsMeant(statement).size > 0;
}

function hasSeveralMistakes(statement: ObjectNode): boolean {
  return elementsMeant(statement).size > 1;
}

function elementsMeant({ members }: ObjectNode): ReadonlySet<string> {
  return new Set(members.flatMap(({ name }) => elementMeant(name, TELLING_ELEMENTS) ?? []));
}

/**
 * Whether nothing is in a statement element. Inside a document `{ "Statement": { "type": "array" } }` is a schema, and
 * `{ "Statement": [] }` a beginning.
 */
export function isUnfilled(value: SyntaxNode | undefined): boolean {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.every((node) => node === undefined || (node.kind === 'object' && node.members.length === 0));
}

/** Whether nothing but a policy's own keys stands in the object, however they are spelt. */
function isBare({ members }: ObjectNode): boolean {
  return members.every(({ name }) => elementMeant(name, POLICY_ELEMENTS) !== undefined);
}

/** Whether an object says a version of the policy language. */
function hasVersion(node: ObjectNode): boolean {
  return isLanguageVersion(memberOf(node, 'Version')?.value);
}

function isLanguageVersion(value: SyntaxNode | undefined): boolean {
  return value?.kind === 'string' && /^20(08|12)-10-17$/.test(value.value.trim());
}

/**
 * Languages that look like IAM's: stack policies of CloudFormation, whose actions are on resources of a template (AWS
 * CloudFormation User Guide, "Prevent updates to stack resources"), data protection policies, whose statements have
 * operations on kinds of data (Amazon CloudWatch Logs User Guide, "Understanding data protection policies"), and policies of
 * other clouds, whose resources have
 * prefixes of their own (Alibaba Cloud RAM, Tencent Cloud CAM, Volcengine IAM), or whose versions are numbers (Alibaba 1,
 * Huawei Cloud 1.1 and 5.0, Tencent 2.0). A number may be a mistake beside what only AWS has.
 */
function isOfAnotherLanguage(node: ObjectNode, statements: readonly ObjectNode[], place: Place): boolean {
  // The first tells, in nearly every policy, and the others need not be read for it.
  if (STACK_ACTION.test(firstOf(statements, 'action', 'notaction') ?? '')) {
    return textsOf(statements, 'action', 'notaction').every((action) => STACK_ACTION.test(action));
  }
  if (hasVersion(node)) {
    return false;
  }
  if (isOfDataProtection(statements)) {
    return true;
  }
  const resources = textsOf(statements, 'resource', 'notresource');
  return (
    resources.some((text) => FOREIGN_RESOURCE.test(text)) ||
    (hasForeignVersion(node) &&
      !resources.some((text) => text.startsWith('arn:')) &&
      !hasPrincipal(statements) &&
      !place.isTold())
  );
}

function isOfDataProtection(statements: readonly ObjectNode[]): boolean {
  const hasAny = (...elements: readonly string[]): boolean =>
    statements.some(({ members }) => members.some(({ name }) => elements.includes(name)));
  return hasAny('DataIdentifier') && !hasAny('Effect', 'Action', 'NotAction');
}

function hasForeignVersion({ members }: ObjectNode): boolean {
  return members.some(
    ({ name, value }) =>
      name.toLowerCase() === 'version' && value?.kind === 'string' && FOREIGN_VERSIONS.has(value.value),
  );
}

function hasPrincipal(statements: readonly ObjectNode[]): boolean {
  return statements.some(({ members }) => members.some(({ name }) => /^(?:not)?principal$/i.test(name)));
}

/** The texts of elements, which are given in lower case, in whatever case. */
function textsOf(statements: readonly ObjectNode[], ...elements: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const { members } of statements) {
    for (const { name, value } of members) {
      if (elements.includes(name.toLowerCase())) {
        const nodes = value?.kind === 'array' ? value.items : [value];
        for (const node of nodes) {
          if (node?.kind === 'string') {
            texts.push(node.value);
          }
        }
      }
    }
  }
  return texts;
}

/** The first of these texts. */
function firstOf(statements: readonly ObjectNode[], ...elements: readonly string[]): string | undefined {
  for (const statement of statements) {
    const [first] = textsOf([statement], ...elements);
    if (first !== undefined) {
      return first;
    }
  }
  return undefined;
}

const STACK_ACTION = /^Update:(?:\*|Modify|Replace|Delete)$/;
const FOREIGN_VERSIONS: ReadonlySet<string> = new Set(['1', '1.1', '2.0', '5.0']);
const FOREIGN_RESOURCE = /^(?:acs|qcs|trn):/;
