import type { KnownMistake } from '../arn/mistakes/mistake';
import type { IamData } from '../iamData/iamData';
import type { CacheDocument } from '../knowledge/cacheSettings';
import type { WorkspaceKnowledge } from '../knowledge/knowledge';
import type {
  ActionElement,
  ActionEntry,
  Condition,
  ConditionOperator,
  Policy,
  PolicyTraits,
  PrincipalElement,
  PrincipalEntry,
  ResourceElement,
  ResourceEntry,
  Statement,
} from '../model/policy';
import type { MemberNode, Span, StringNode, SyntaxNode } from '../syntax/nodes';
import type { FixKind, RuleMeta } from './ruleMeta';

/** A replacement of a span by a text, in document offsets; the text is already encoded for the place. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  /** What the light bulb says, in the imperative, without a full stop. */
  readonly title: string;
  readonly kind: FixKind;
  /** Called only when the edit is needed: a keystroke does not pay for it. */
  readonly edits: () => readonly Edit[];
}

/** The place of a finding: a node, a member (its key is marked), a slice of a string's value, or a span in a node. */
export type Place =
  | SyntaxNode
  | MemberNode
  | {
      readonly node: StringNode;
      /** Indexes into the value, UTF-16, half-open. */
      readonly from: number;
      readonly to: number;
    }
  | { readonly node: SyntaxNode; readonly span: Span };

export interface Report<MessageId extends string> {
  readonly message: MessageId;
  readonly at: Place;
  readonly data?: Readonly<Record<string, string | number>>;
  /** Where else the same problem lies, each place with a sentence of its own. One problem is one finding. */
  readonly also?: readonly Pick<Report<MessageId>, 'message' | 'at' | 'data'>[];
  readonly fixes?: readonly Fix[];
}

/** All that a rule sees. */
export interface RuleContext<MessageId extends string = string> {
  /** Of the policy that the rule is being shown, what decides about each statement; there is none yet in `create`. */
  readonly policy: PolicyTraits;
  /** Present whenever the rule says that it needs it. */
  readonly iamData: IamData | undefined;
  /** Likewise, but not yet in `create`. */
  readonly knowledge: WorkspaceKnowledge | undefined;
  report(report: Report<MessageId>): void;
}

/** The same context, with another receiver of what is reported. A spread would ask for the policy while there is none. */
export function listening<MessageId extends string>(
  context: RuleContext<MessageId>,
  report: (report: Report<MessageId>) => void,
): RuleContext<MessageId> {
  return {
    get policy() {
      return context.policy;
    },
    iamData: context.iamData,
    get knowledge() {
      return context.knowledge;
    },
    report,
  };
}

/** A mistake and the resource that it is in. */
export interface ResourceMistake {
  readonly entry: ResourceEntry;
  readonly mistake: KnownMistake;
}

/** What a condition is called: by its operator, and by its key as written. */
export interface ConditionName {
  readonly operator: Pick<ConditionOperator, 'qualifier' | 'base' | 'ifExists' | 'traits'>;
  readonly key: string;
}

/**
 * What a rule wants to be shown; all rules share one walk, in source order. What it says of a statement, or of a part of
 * one, follows from the statement's text, the traits of the policy, and what the context holds beside: what looks at
 * several statements listens to `policy`. A statement on which nobody had anything to say is not shown again.
 */
export interface Visitor {
  /** Called first: if it returns false, the rule is shown nothing of the policy. */
  readonly concerns?: (policy: Policy) => boolean;
  /**
   * What `concerns` or `policy` ask of each statement and keep, as `notedOf` does: called before them, once for all rules that
   * share the function, so that a long policy is looked through in parts.
   */
  readonly lookAhead?: (statement: Statement) => unknown;
  /** Called once for all rules that share the function: if it returns false, none of them is shown the statement. */
  readonly ifStatement?: (statement: Statement) => boolean;
  /** The same of a resource. */
  readonly ifResource?: (entry: ResourceEntry) => boolean;
  /**
   * Called once for all conditions of a name, whatever the policy: if it returns false, the rule is shown none of them. Most
   * of the many rules on conditions concern a key or an operator that most conditions do not have.
   */
  readonly ifCondition?: (name: ConditionName) => boolean;
  readonly policy?: (policy: Policy) => void;
  readonly statement?: (statement: Statement) => void;
  readonly actionElement?: (element: ActionElement) => void;
  readonly action?: (entry: ActionEntry) => void;
  /**
   * For what depends only on the text of an action, the policy's type and the service reference, whatever else the policy
   * says: a text without findings is not shown again.
   */
  readonly actionText?: (entry: ActionEntry) => void;
  readonly resourceElement?: (element: ResourceElement) => void;
  readonly resource?: (entry: ResourceEntry) => void;
  /** Each known mistake of a resource that was meant as an execute-api ARN. */
  readonly executeApiMistake?: (found: ResourceMistake) => void;
  readonly principalElement?: (element: PrincipalElement) => void;
  readonly principal?: (entry: PrincipalEntry) => void;
  readonly condition?: (condition: Condition) => void;
  /** Cache settings of API Gateway, which are in no policy: called once for a document that has any. */
  readonly caches?: (document: CacheDocument) => void;
}

export interface Rule<MessageId extends string = string> {
  readonly meta: RuleMeta<MessageId>;
  /** Called once for many policies, so that nothing can be kept from one event to the next. */
  create(context: RuleContext<MessageId>): Visitor;
  /**
   * The spans of a statement that belong to this rule alone, whether it is on or off: what other rules report there is
   * left out. In document offsets.
   */
  owns?(statement: Statement): readonly Span[];
}

/** A rule of whatever messages, as the registry holds it. */
export type AnyRule = Rule<never>;

/** Ties the messages a rule reports to those it declares. */
export function defineRule<const MessageId extends string>(rule: Rule<MessageId>): Rule<MessageId> {
  return rule;
}
