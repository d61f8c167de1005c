import type { PolicyKind } from '../locate/policyType';
import type { InternedText } from '../pattern/internedText';
import type { MemberNode, ObjectNode, StringNode, SyntaxFault, SyntaxNode } from '../syntax/nodes';
import type { OperatorTraits } from './conditionOperators';

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
  readonly interned: InternedText | undefined;
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

/** What a statement has several of in one element. */
export interface ListElement<Entry> {
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
  readonly interned: InternedText;
  /** The service prefix as written; `undefined` for `*` and for text without a colon. */
  readonly service: string | undefined;
  /** What follows the colon, or the whole text without one. */
  readonly name: string;
  readonly element: ActionElement;
}

export interface ResourceEntry {
  readonly node: StringNode;
  readonly text: string;
  readonly interned: InternedText;
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
