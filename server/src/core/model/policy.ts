import type { LocatedPolicy } from '../locate/locate';
import type { PolicyKind } from '../locate/policyType';
import { memoize } from '../pattern/memo';
import { noted, type Word, wordOf } from '../pattern/word';
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
export interface Policy {
  readonly node: ObjectNode;
  readonly kind: PolicyKind;
  /** The members as written, duplicates and unknown ones included. */
  readonly members: readonly MemberNode[];
  readonly version: PolicyVersion;
  readonly statements: readonly Statement[];
  /** Syntax faults that concern the policy. */
  readonly faults: readonly SyntaxFault[];
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
  readonly policy: Policy;
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

export interface PrincipalElement {
  readonly member: MemberNode;
  readonly negated: boolean;
  /** The entry `{ type: undefined, text: '*' }` stands for a bare string. */
  readonly entries: readonly PrincipalEntry[];
  readonly statement: Statement;
}

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

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Lowers a located policy. Never throws. */
export function lowerPolicy(located: LocatedPolicy): Policy {
  const { node, kind, faults } = located;
  const statements: Statement[] = [];
  const policy: Policy = { node, kind, members: node.members, version: versionOf(node), statements, faults };
  for (const member of node.members) {
    if (member.key.value !== 'Statement') {
      continue;
    }
    const nodes = member.value?.kind === 'array' ? member.value.items : [member.value];
    for (const item of nodes) {
      if (item?.kind === 'object') {
        statements.push(lowerStatement(item, statements.length, policy));
      }
    }
  }
  return policy;
}

function versionOf(node: ObjectNode): PolicyVersion {
  const value = node.members.find((member) => member.key.value === 'Version')?.value;
  return value?.kind === 'string' && value.value === '2012-10-17' ? '2012-10-17' : '2008-10-17';
}

/** What most statements have none or one of is made exactly as long as it is: an array that grows takes room for more. */
const NONE: readonly never[] = [];

function lowerStatement(node: ObjectNode, index: number, policy: Policy): Statement {
  const statement: Mutable<Statement> = {
    node,
    index,
    policy,
    members: node.members,
    sid: undefined,
    effect: undefined,
    actions: NONE,
    resources: NONE,
    principals: NONE,
    operators: NONE,
    conditions: NONE,
  };
  for (const member of node.members) {
    switch (member.key.value) {
      case 'Sid':
        statement.sid ??= stringOf(member.value);
        break;
      case 'Effect':
        statement.effect ??= stringOf(member.value);
        break;
      case 'Principal':
      case 'NotPrincipal':
        statement.principals = joined(statement.principals, [lowerPrincipals(member, statement)]);
        break;
      case 'Action':
      case 'NotAction':
        statement.actions = joined(statement.actions, [lowerList(member, statement, lowerAction)]);
        break;
      case 'Resource':
      case 'NotResource':
        statement.resources = joined(statement.resources, [lowerList(member, statement, lowerResource)]);
        break;
      case 'Condition':
        addConditions(member, statement);
        break;
    }
  }
  return statement;
}

function joined<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  return list.length === 0 ? more : [...list, ...more];
}

function isNegated({ key }: MemberNode): boolean {
  return key.value.startsWith('Not');
}

function lowerList<Entry>(
  member: MemberNode,
  statement: Statement,
  lower: (node: StringNode, element: ListElement<Entry>) => Entry,
): ListElement<Entry> {
  const element: Mutable<ListElement<Entry>> = {
    member,
    negated: isNegated(member),
    entries: NONE,
    statement,
  };
  const { value } = member;
  element.entries =
    value?.kind === 'string' ? [lower(value, element)] : stringsOf(value).map((node) => lower(node, element));
  return element;
}

function lowerAction(node: StringNode, element: ActionElement): ActionEntry {
  return new LoweredAction(node, element);
}

/** Few rules ask for the parts of an action's name, and of few actions. */
class LoweredAction implements ActionEntry {
  readonly node: StringNode;
  readonly text: string;
  readonly word: Word;
  readonly element: ActionElement;

  constructor(node: StringNode, element: ActionElement) {
    this.node = node;
    this.text = node.value;
    this.word = wordOf(node.value);
    this.element = element;
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

function lowerResource(node: StringNode, element: ResourceElement): ResourceEntry {
  return { node, text: node.value, word: wordOf(node.value), element };
}

function lowerPrincipals(member: MemberNode, statement: Statement): PrincipalElement {
  const entries: PrincipalEntry[] = [];
  const element: PrincipalElement = { member, negated: isNegated(member), entries, statement };
  const { value } = member;
  if (value?.kind === 'string') {
    entries.push({ type: undefined, node: value, text: value.value, element });
  } else if (value?.kind === 'object') {
    for (const typed of value.members) {
      for (const node of stringsOf(typed.value)) {
        entries.push({ type: typed.key, node, text: node.value, element });
      }
    }
  }
  return element;
}

function addConditions(member: MemberNode, statement: Mutable<Statement>): void {
  if (member.value?.kind !== 'object') {
    return;
  }
  const operators = member.value.members.map(lowerOperator);
  statement.operators = joined(statement.operators, operators);
  for (const operator of operators) {
    statement.conditions = joined(statement.conditions, conditionsUnder(operator, statement));
  }
}

function conditionsUnder(operator: ConditionOperator, statement: Statement): readonly Condition[] {
  const { value } = operator.member;
  return value?.kind !== 'object'
    ? NONE
    : value.members.map((member) => ({
        operator,
        key: member.key,
        member,
        values: conditionValues(member.value),
        statement,
      }));
}

function lowerOperator(member: MemberNode): ConditionOperator {
  const { qualifier, base, ifExists, traits } = operatorOf(member.key.value);
  return { node: member.key, member, qualifier, base, ifExists, traits };
}

/**
 * IAM User Guide, "IAM JSON policy elements: Condition operators": `[Qualifier:]Operator[IfExists]`. IAM does not
 * mind the case of operators, so they are understood in any. The same few stand in every policy.
 */
export const operatorOf = memoize((text) => {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/is.exec(text);
  const qualifier = match?.[1]?.toLowerCase();
  const base = match?.[2] ?? text;
  return {
    qualifier: SET_QUALIFIERS.find((name) => name.toLowerCase() === qualifier),
    base,
    ifExists: match?.[3] !== undefined,
    traits: operatorTraits(base),
  };
}, 256);

function conditionValues(value: SyntaxNode | undefined): readonly ConditionValue[] {
  if (value?.kind !== 'array') {
    return value !== undefined && isScalar(value) ? [{ node: value, text: String(value.value) }] : [];
  }
  const scalars = value.items.every(isScalar) ? value.items : value.items.filter(isScalar);
  return scalars.map((node) => ({ node, text: String(node.value) }));
}

function isScalar(node: SyntaxNode): node is StringNode | NumberNode | BooleanNode {
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean';
}

function stringsOf(value: SyntaxNode | undefined): readonly StringNode[] {
  if (value?.kind === 'string') {
    return [value];
  }
  if (value?.kind !== 'array') {
    return NONE;
  }
  return value.items.every(isString) ? value.items : value.items.filter(isString);
}

function isString(node: SyntaxNode): node is StringNode {
  return node.kind === 'string';
}

function stringOf(value: SyntaxNode | undefined): StringNode | undefined {
  return value?.kind === 'string' ? value : undefined;
}
