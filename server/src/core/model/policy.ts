import type { LocatedPolicy } from '../locate/locate';
import type { PolicyKind } from '../locate/policyType';
import { memoize } from '../pattern/memo';
import { noted, passageOf, type Word, wordOf } from '../pattern/word';
import type {
  BooleanNode,
  MemberNode,
  NumberNode,
  ObjectNode,
  StringNode,
  SyntaxFault,
  SyntaxNode,
} from '../syntax/nodes';
import { type OperatorTraits, operatorTraits, SET_QUALIFIERS } from './conditionOperators';

/**
 * The typed model of a policy, lowered from the syntax tree. What cannot be understood is absent from the model;
 * the rules that speak of wrong types look at the syntax nodes, which every part of the model carries.
 */
export interface Policy extends PolicyTraits {
  /** The members as written, duplicates and unknown ones included. */
  readonly members: readonly MemberNode[];
  readonly statements: readonly Statement[];
  /** Syntax faults that concern the policy. */
  readonly faults: readonly SyntaxFault[];
}

/** What of a policy decides how each of its statements is read. */
export interface PolicyTraits {
  /** For edits outside of a statement. */
  readonly node: ObjectNode;
  readonly kind: PolicyKind;
  readonly version: PolicyVersion;
}

/**
 * The version of the language a policy is read in. A missing Version means 2008-10-17, in which `${…}` is plain text.
 * IAM User Guide, "IAM JSON policy elements: Version".
 */
export type PolicyVersion = '2008-10-17' | '2012-10-17';

export interface Statement {
  readonly node: ObjectNode;
  /** Position among the policy's statements. */
  readonly index: number;
  /** No more of it than decides about the statement: what looks at several statements is given the policy. */
  readonly policy: PolicyTraits;
  /** Of the statement as it is written; absent while its closing brace is, since its end is then anybody's guess. */
  readonly word: Word | undefined;
  readonly members: readonly MemberNode[];
  readonly sid: StringNode | undefined;
  /** Absent when missing or not a string; other spellings are kept for the rules to see. */
  readonly effect: StringNode | undefined;
  /** `Action` and `NotAction` elements; one in a correct statement, more while it has a fault. */
  readonly actions: readonly ActionElement[];
  /** `Resource` and `NotResource` elements. */
  readonly resources: readonly ResourceElement[];
  /** `Principal` and `NotPrincipal` elements. */
  readonly principals: readonly PrincipalElement[];
  /** Those without any key among them. */
  readonly operators: readonly ConditionOperator[];
  readonly conditions: readonly Condition[];
}

interface ListElement<Entry> {
  readonly member: MemberNode;
  /** True for the Not… form. */
  readonly negated: boolean;
  readonly entries: readonly Entry[];
  readonly statement: Statement;
}

export type ActionElement = ListElement<ActionEntry>;
export type ResourceElement = ListElement<ResourceEntry>;

export interface ActionEntry {
  readonly node: StringNode;
  readonly text: string;
  readonly word: Word;
  /** The service prefix as written; `undefined` for `*` and for text without a colon. */
  readonly service: string | undefined;
  /** What follows the colon, or the whole text without one. */
  readonly name: string;
  readonly element: ActionElement;
}

export interface ResourceEntry {
  readonly node: StringNode;
  readonly text: string;
  readonly word: Word;
  readonly element: ResourceElement;
}

/** The entry `{ type: undefined, text: '*' }` stands for a bare string. */
export type PrincipalElement = ListElement<PrincipalEntry>;

export interface PrincipalEntry {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser` as written; `undefined` for a bare string. */
  readonly type: StringNode | undefined;
  readonly node: StringNode;
  readonly text: string;
  readonly element: PrincipalElement;
}

/** One key under one operator. */
export interface Condition {
  readonly operator: ConditionOperator;
  readonly key: StringNode;
  readonly member: MemberNode;
  /** Strings, numbers and booleans as written; other kinds are left out. */
  readonly values: readonly ConditionValue[];
  readonly statement: Statement;
}

export interface ConditionOperator {
  readonly node: StringNode;
  readonly member: MemberNode;
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  /** Without qualifier and IfExists, as written. */
  readonly base: string;
  readonly ifExists: boolean;
  /** What the base is, in whatever case it is written; `undefined` for no operator of the language. */
  readonly traits: OperatorTraits | undefined;
}

export interface ConditionValue {
  readonly node: SyntaxNode;
  readonly text: string;
}

/*
 * What there may be thousands of is made by classes and by methods of arrays. V8 watches what literals make, and takes
 * to making it among the old where it lived long in earlier versions of a document; everything in a model hangs
 * together, so that one such part keeps all of it in memory, and the whole tree, when nobody needs them any more.
 */

/** A statement whose parts are made when somebody asks for one: of most, nobody does. */
class LoweredStatement implements Statement {
  readonly node: ObjectNode;
  readonly index: number;
  readonly policy: PolicyTraits;
  #word: Word | undefined = undefined;
  #parts: StatementParts | undefined = undefined;

  constructor(node: ObjectNode, index: number, policy: PolicyTraits) {
    this.node = node;
    this.index = index;
    this.policy = policy;
  }

  get word(): Word | undefined {
    if (this.#word === undefined && this.node.closed) {
      this.#word = passageOf(this.node.text);
    }
    return this.#word;
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
    return this.#lowered.operators;
  }

  get conditions(): readonly Condition[] {
    return this.#lowered.conditions;
  }

  get #lowered(): StatementParts {
    this.#parts ??= new StatementParts(this);
    return this.#parts;
  }
}

class StatementParts {
  sid: StringNode | undefined = undefined;
  effect: StringNode | undefined = undefined;
  actions: readonly ActionElement[] = NONE;
  resources: readonly ResourceElement[] = NONE;
  principals: readonly PrincipalElement[] = NONE;
  operators: readonly ConditionOperator[] = NONE;
  conditions: readonly Condition[] = NONE;

  constructor(statement: Statement) {
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
        case 'Resource':
        case 'NotResource':
          this.resources = added(this.resources, lowerResources(member, statement));
          break;
        case 'Condition':
          this.addConditions(member, statement);
          break;
      }
    }
  }

  private addConditions({ value }: MemberNode, statement: Statement): void {
    if (value?.kind === 'object') {
      const operators = value.members.map((member) => new LoweredOperator(member));
      this.operators = joined(this.operators, operators);
      for (const operator of operators) {
        this.conditions = joined(this.conditions, conditionsUnder(operator, statement));
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

/** Few rules ask for the parts of an action's name, and of few actions. */
class LoweredAction implements ActionEntry {
  readonly node: StringNode;
  readonly text: string;
  #word: Word | undefined = undefined;
  readonly element: ActionElement;

  constructor(node: StringNode, element: ActionElement) {
    this.node = node;
    this.text = node.value;
    this.element = element;
  }

  get word(): Word {
    this.#word ??= wordOf(this.text);
    return this.#word;
  }

  get service(): string | undefined {
    return partsOf(this.word).service;
  }

  get name(): string {
    return partsOf(this.word).name;
  }
}

const partsOf = noted((text) => {
  const colon = text.indexOf(':');
  return { service: colon < 0 ? undefined : text.slice(0, colon), name: text.slice(colon + 1) };
});

class LoweredResource implements ResourceEntry {
  readonly node: StringNode;
  readonly text: string;
  #word: Word | undefined = undefined;
  readonly element: ResourceElement;

  constructor(node: StringNode, element: ResourceElement) {
    this.node = node;
    this.text = node.value;
    this.element = element;
  }

  get word(): Word {
    this.#word ??= wordOf(this.text);
    return this.#word;
  }
}

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
  const policy: Policy = { node, kind, members: node.members, version: versionOf(node), statements, faults };
  for (const member of node.members) {
    if (member.name !== 'Statement') {
      continue;
    }
    const nodes = member.value?.kind === 'array' ? member.value.items : [member.value];
    for (const item of nodes) {
      if (item?.kind === 'object') {
        statements.push(new LoweredStatement(item, statements.length, policy));
      }
    }
  }
  return policy;
}

function versionOf(node: ObjectNode): PolicyVersion {
  const value = node.members.find((member) => member.name === 'Version')?.value;
  return value?.kind === 'string' && value.value === '2012-10-17' ? '2012-10-17' : '2008-10-17';
}

const NONE: readonly never[] = [];

/** Most statements have one element of a kind, and the list is exactly as long: one that grows takes room for more. */
function added<T>(list: readonly T[], item: T): readonly T[] {
  return list.length === 0 ? [item].slice() : list.concat(item);
}

function joined<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  return list.length === 0 ? more : list.concat(more);
}

function lowerActions(member: MemberNode, statement: Statement): ActionElement {
  const element = new LoweredList<ActionEntry>(member, statement);
  element.entries = stringsOf(member.value).map((node) => new LoweredAction(node, element));
  return element;
}

function lowerResources(member: MemberNode, statement: Statement): ResourceElement {
  const element = new LoweredList<ResourceEntry>(member, statement);
  element.entries = stringsOf(member.value).map((node) => new LoweredResource(node, element));
  return element;
}

function lowerPrincipals(member: MemberNode, statement: Statement): PrincipalElement {
  const element = new LoweredList<PrincipalEntry>(member, statement);
  const { value } = member;
  element.entries =
    value?.kind === 'object'
      ? value.members.flatMap((typed) =>
          stringsOf(typed.value).map((node) => new LoweredPrincipal(typed.key, node, element)),
        )
      : value?.kind === 'string'
        ? stringsOf(value).map((node) => new LoweredPrincipal(undefined, node, element))
        : NONE;
  return element;
}

function conditionsUnder(operator: ConditionOperator, statement: Statement): readonly Condition[] {
  const { value } = operator.member;
  return value?.kind === 'object'
    ? value.members.map((member) => new LoweredCondition(member, operator, statement))
    : NONE;
}

/**
 * IAM User Guide, "IAM JSON policy elements: Condition operators": `[Qualifier:]Operator[IfExists]`. IAM does not
 * mind the case of operators, so they are understood in any. The same few stand in every policy.
 */
export const operatorOf = memoize(
  (text) => {
    const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/is.exec(text);
    const qualifier = match?.[1]?.toLowerCase();
    const base = match?.[2] ?? text;
    return {
      qualifier: SET_QUALIFIERS.find((name) => name.toLowerCase() === qualifier),
      base,
      ifExists: match?.[3] !== undefined,
      traits: operatorTraits(base),
    };
  },
  { room: 20_000 },
);

type Scalar = StringNode | NumberNode | BooleanNode;

function scalarsOf(value: SyntaxNode | undefined): readonly Scalar[] {
  return value === undefined ? NONE : only(isScalar, value.kind === 'array' ? value.items : [value]);
}

function isScalar(node: SyntaxNode): node is Scalar {
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean';
}

function stringsOf(value: SyntaxNode | undefined): readonly StringNode[] {
  return value === undefined ? NONE : only(isString, value.kind === 'array' ? value.items : [value]);
}

/** Nearly always that is all of them. */
function only<T extends SyntaxNode>(
  is: (node: SyntaxNode) => node is T,
  nodes: readonly SyntaxNode[],
): readonly T[] {
  return nodes.every(is) ? nodes : nodes.filter(is);
}

function isString(node: SyntaxNode): node is StringNode {
  return node.kind === 'string';
}

function stringOf(value: SyntaxNode | undefined): StringNode | undefined {
  return value?.kind === 'string' ? value : undefined;
}
