import { statementMembers } from '../locate/elements';
import type { LocatedPolicy } from '../locate/locate';
import type { PolicyKind } from '../locate/policyType';
import { type InternedText, internPassage, internText, noted } from '../pattern/internedText';
import { masked, templatesIn } from '../pattern/templates';
import { branchesOf, functionCall } from '../syntax/functions';
import { textNodeOf } from '../syntax/functionTexts';
import type { MemberNode, ObjectNode, StringNode, SyntaxNode } from '../syntax/nodes';
import { withAttributeArn } from './attributeArns';
import { type OperatorTraits, operatorOf } from './conditionOperators';
import type {
  ActionElement,
  ActionEntry,
  Condition,
  ConditionOperator,
  ConditionValue,
  ListElement,
  Policy,
  PolicyTraits,
  PolicyVersion,
  PrincipalElement,
  PrincipalEntry,
  ResourceElement,
  ResourceEntry,
  Statement,
} from './policy';
import { objectsOf, type Scalar, scalarsOf, stringOf, stringsOf } from './values';

/*
 * What there may be thousands of is made by classes and by methods of arrays. V8 watches what literals make, and takes
 * to making it among the old where it lived long in earlier versions of a document; everything in a model hangs
 * together, so that one such part keeps all of it in memory, and the whole tree, when nobody needs them any more.
 */

/** A statement whose parts are made when they are needed; for most statements they never are. */
class LoweredStatement implements Statement {
  readonly node: ObjectNode;
  readonly index: number;
  readonly policy: PolicyTraits;
  #interned: InternedText | undefined = undefined;
  #parts: StatementParts | undefined = undefined;

  constructor(node: ObjectNode, index: number, policy: PolicyTraits) {
    this.node = node;
    this.index = index;
    this.policy = policy;
  }

  get interned(): InternedText | undefined {
    if (this.#interned === undefined && this.node.closed) {
      const { text } = this.node;
      this.#interned = text === undefined ? undefined : internPassage(text);
    }
    return this.#interned;
  }

  get members(): readonly MemberNode[] {
    return this.node.members;
  }

  get sid(): StringNode | undefined {
    return this.#lowered.sid;
  }

  get effect(): StringNode | undefined {
    return this.#lowered.effect;
  }

  get actions(): readonly ActionElement[] {
    return this.#lowered.actions;
  }

  get resources(): readonly ResourceElement[] {
    return this.#lowered.resources;
  }

  get principals(): readonly PrincipalElement[] {
    return this.#lowered.principals;
  }

  get operators(): readonly ConditionOperator[] {
    return this.#lowered.conditional.operators;
  }

  get conditions(): readonly Condition[] {
    return this.#lowered.conditional.conditions;
  }

  get #lowered(): StatementParts {
    this.#parts ??= new StatementParts(this);
    return this.#parts;
  }
}

/** Resources and conditions are made apart: most questions are settled by the actions. */
class StatementParts {
  sid: StringNode | undefined = undefined;
  effect: StringNode | undefined = undefined;
  actions: readonly ActionElement[] = NONE;
  principals: readonly PrincipalElement[] = NONE;
  readonly #statement: Statement;
  #resources: readonly ResourceElement[] | undefined = undefined;
  #conditional: ConditionParts | undefined = undefined;

  constructor(statement: Statement) {
    this.#statement = statement;
    for (const member of statement.members) {
      switch (member.name) {
        case 'Sid':
          this.sid ??= stringOf(member.value);
          break;
        case 'Effect':
          this.effect ??= stringOf(member.value);
          break;
        case 'Principal':
        case 'NotPrincipal':
          this.principals = added(this.principals, lowerPrincipals(member, statement));
          break;
        case 'Action':
        case 'NotAction':
          this.actions = added(this.actions, lowerActions(member, statement));
          break;
      }
    }
  }

  get resources(): readonly ResourceElement[] {
    if (this.#resources === undefined) {
      let resources: readonly ResourceElement[] = NONE;
      for (const member of this.#statement.members) {
        if (member.name === 'Resource' || member.name === 'NotResource') {
          resources = added(resources, lowerResources(member, this.#statement));
        }
      }
      this.#resources = resources;
    }
    return this.#resources;
  }

  get conditional(): ConditionParts {
    this.#conditional ??= this.#statement.members.some(({ name }) => name === 'Condition')
      ? new ConditionParts(this.#statement)
      : NO_CONDITIONS;
    return this.#conditional;
  }
}

class ConditionParts {
  operators: readonly ConditionOperator[] = NONE;
  conditions: readonly Condition[] = NONE;

  constructor(statement: Statement | undefined) {
    for (const { name, value } of statement?.members ?? NONE) {
      if (name === 'Condition') {
        for (const object of value?.kind === 'array' ? NONE : objectsOf(value)) {
          const operators = object.members.map((member) => new LoweredOperator(member));
          this.operators = joined(this.operators, operators);
          for (const operator of operators) {
            this.conditions = joined(this.conditions, conditionsUnder(operator, statement as Statement));
          }
        }
      }
    }
  }
}

class LoweredList<Entry> implements ListElement<Entry> {
  readonly member: MemberNode;
  readonly negated: boolean;
  entries: readonly Entry[] = NONE;
  readonly statement: Statement;

  constructor(member: MemberNode, statement: Statement) {
    this.member = member;
    this.negated = member.name.startsWith('Not');
    this.statement = statement;
  }
}

/** A string in a list, with its interned text, for which only some rules ask. */
abstract class LoweredEntry<Element> {
  readonly node: StringNode;
  readonly text: string;
  #interned: InternedText | undefined = undefined;
  readonly element: Element;

  constructor(node: StringNode, element: Element) {
    this.node = node;
    this.text = node.value;
    this.element = element;
  }

  get interned(): InternedText {
    this.#interned ??= internText(this.text);
    return this.#interned;
  }
}

/** Few rules ask for the parts of an action's name, and of few actions. */
class LoweredAction extends LoweredEntry<ActionElement> implements ActionEntry {
  get service(): string | undefined {
    return partsOf(this.interned).service;
  }

  get name(): string {
    return partsOf(this.interned).name;
  }
}

const partsOf = noted((text) => {
  // A colon within what a template fills in divides nothing.
  const colon = masked(text, templatesIn(text)).indexOf(':');
  return { service: colon < 0 ? undefined : text.slice(0, colon), name: text.slice(colon + 1) };
});

class LoweredResource extends LoweredEntry<ResourceElement> implements ResourceEntry {}

class LoweredPrincipal implements PrincipalEntry {
  readonly type: StringNode | undefined;
  readonly node: StringNode;
  readonly text: string;
  readonly element: PrincipalElement;

  constructor(type: StringNode | undefined, node: StringNode, element: PrincipalElement) {
    this.type = type;
    this.node = node;
    this.text = node.value;
    this.element = element;
  }
}

class LoweredOperator implements ConditionOperator {
  readonly node: StringNode;
  readonly member: MemberNode;
  readonly qualifier: ConditionOperator['qualifier'];
  readonly base: string;
  readonly ifExists: boolean;
  readonly traits: OperatorTraits | undefined;

  constructor(member: MemberNode) {
    const { qualifier, base, ifExists, traits } = operatorOf(member.name);
    this.node = member.key;
    this.member = member;
    this.qualifier = qualifier;
    this.base = base;
    this.ifExists = ifExists;
    this.traits = traits;
  }
}

class LoweredCondition implements Condition {
  readonly operator: ConditionOperator;
  readonly key: StringNode;
  readonly member: MemberNode;
  readonly values: readonly ConditionValue[];
  readonly statement: Statement;

  constructor(member: MemberNode, operator: ConditionOperator, statement: Statement) {
    this.operator = operator;
    this.key = member.key;
    this.member = member;
    this.values = scalarsOf(member.value).map((node) => new LoweredValue(node));
    this.statement = statement;
  }
}

class LoweredValue implements ConditionValue {
  readonly node: SyntaxNode;
  readonly text: string;

  constructor(node: Scalar) {
    this.node = node;
    this.text = String(node.value);
  }
}

/** Lowers a located policy. Never throws. */
export function lowerPolicy(located: LocatedPolicy): Policy {
  const { node, kind, faults } = located;
  const statements: Statement[] = [];
  const policy: Policy = {
    node,
    kind,
    members: node.members,
    version: versionOf(node, kind),
    statements,
    faults,
  };
  for (const { value } of statementMembers(node)) {
    for (const item of objectsOf(value)) {
      statements.push(new LoweredStatement(item, statements.length, policy));
    }
  }
  return policy;
}

function versionOf(node: ObjectNode, { versionWritten }: PolicyKind): PolicyVersion {
  const member = node.members.find(({ name }) => name === 'Version');
  if (member === undefined && versionWritten) {
    return '2012-10-17';
  }
  const value = member?.value;
  return value?.kind === 'string' && value.value === '2012-10-17' ? '2012-10-17' : '2008-10-17';
}

const NONE: readonly never[] = [];

const NO_CONDITIONS = new ConditionParts(undefined);

/**
 * Most statements have one element of a kind, and the list is exactly as long: one that grows takes room for more. A longer
 * list is one that this made, and grows.
 */
function added<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length <= FEW) {
    return list.length === 0 ? [item].slice() : list.concat(item);
  }
  (list as T[]).push(item);
  return list;
}

const FEW = 8;

/** @param more a list that nobody else has */
function joined<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  return list.length === 0 ? more : more.reduce<readonly T[]>(added, list);
}

function lowerActions(member: MemberNode, statement: Statement): ActionElement {
  const element = new LoweredList<ActionEntry>(member, statement);
  element.entries = stringsOf(member.value).map((node) => new LoweredAction(node, element));
  return element;
}

function lowerResources(member: MemberNode, statement: Statement): ResourceElement {
  const element = new LoweredList<ResourceEntry>(member, statement);
  element.entries = stringsOf(member.value).map(
    (node) => new LoweredResource(withAttributeArn(node), element),
  );
  return element;
}

function lowerPrincipals(member: MemberNode, statement: Statement): PrincipalElement {
  const element = new LoweredList<PrincipalEntry>(member, statement);
  for (const value of member.value === undefined ? NONE : branchesOf(member.value)) {
    if (value.kind === 'object' && functionCall(value) === undefined) {
      for (const typed of value.members) {
        const entries = stringsOf(typed.value).map((node) => new LoweredPrincipal(typed.key, node, element));
        element.entries = joined(element.entries, entries);
      }
    } else if (value.kind !== 'array') {
      const node = textNodeOf(value);
      element.entries =
        node === undefined
          ? element.entries
          : added(element.entries, new LoweredPrincipal(undefined, node, element));
    }
  }
  return element;
}

function conditionsUnder(operator: ConditionOperator, statement: Statement): readonly Condition[] {
  const { value } = operator.member;
  return (value?.kind === 'array' ? NONE : objectsOf(value)).flatMap((object) =>
    object.members.map((member) => new LoweredCondition(member, operator, statement)),
  );
}
