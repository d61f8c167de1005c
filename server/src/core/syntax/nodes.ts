/**
 * The syntax port: the one shape every front end lowers a document to,
 * and the only thing the layers above know of a document's language.
 *
 * Offsets are UTF-16 code units into the whole document, spans half-open. A tree is immutable once built.
 */

/** A half-open range of UTF-16 offsets in the document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A run of text inside the document, together with how its offsets map to the document's. */
export interface SourceText {
  /** Which front end parsed the text, and so how more of it is written. */
  readonly syntax: SyntaxName;
  /** The text the front end parsed: the whole document, or the value of a string that holds a policy. */
  readonly text: string;
  /** The document offset of an index into `text`; total on 0..text.length. */
  offsetAt(index: number): number;
  /** Writes text the way it must stand in the document, so that it reads as `text` at this level. */
  encode(text: string): string;
  /**
   * Set where control lines of a template engine stand between the parts: what is written twice may be meant for one of two
   * cases, and nothing but letters within strings can be replaced.
   */
  readonly isTemplate?: boolean;
  /** Set where directives of a template decide which parts of the text are there; what can be replaced is as above. */
  readonly hasDirectives?: boolean;
  /** Set where expressions of a program write parts of the text: nothing but letters within strings can be replaced. */
  readonly hasHoles?: boolean;
  /** Set where expressions write parts of the text that are no strings: the faults that this leaves are told to nobody. */
  readonly isPartial?: boolean;
  /** Set where the text is to be read only: no fix is offered in it. */
  readonly isReadOnly?: boolean;
  /** Set where expressions of Terraform or CloudFormation write parts of the text. */
  readonly expressionOf?: ExpressionOf;
  /**
   * The document offsets of what is not of the language, in order: set where other tools tell of such faults, and no finding
   * does. What is half-typed at the end of a line may be among them.
   */
  readonly unreportedFaults?: () => readonly number[];
  /** The string that the text is the value of; absent for the text of a document. */
  readonly within?: StringNode;
}

/**
 * What is written where a text has a variable `${…}`, if that is not IAM's but an expression of the language that the text
 * is written in; `undefined` for one that is written as a variable of IAM, and where it may be either.
 */
export type ExpressionOf = (variable: string) => WrittenExpression | undefined;

export interface WrittenExpression {
  /** With its dollar sign and braces. */
  readonly text: string;
  readonly language: 'terraform' | 'cloudformation';
}

/** The syntaxes that there is a front end for. */
export type SyntaxName = 'json' | 'yaml' | 'hcl' | 'program' | 'markdown';

interface NodeBase {
  readonly span: Span;
  /** The member whose value, or the array whose item, this node is; `undefined` at the root. */
  readonly parent: MemberNode | ArrayNode | undefined;
}

/** What a program, or a library of it, adds to a policy. */
export interface PolicyHost {
  /** Whether a policy stands there, or none, whatever is in it. */
  readonly isPolicy?: boolean;
  /** The call that takes the object as its argument, by the names that it is called by: `aws.s3.BucketPolicy`. */
  readonly takenBy?: string;
  /** Whether Version 2012-10-17 is written where there is none. */
  readonly writesVersion?: true;
  /** Whether policies are often written without a Version there, which is added elsewhere. */
  readonly versionOptional?: true;
  /** Whether the program may do without it, or change it, before anybody sees it. */
  readonly isDynamic?: true;
  /** Whether the policy may be for something whose policies name no resources. */
  readonly mayLackResource?: true;
}

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  /** In source order; duplicate keys are kept. */
  readonly members: readonly MemberNode[];
  /** How many those are, where that is known before any is made; absent elsewhere. */
  readonly memberCount?: number;
  /** False while the closing brace has not been typed. */
  readonly closed: boolean;
  /** How many of its characters, in the source's text, are white space, that within strings included. */
  readonly blanks: number;
  readonly source: SourceText;
  /** For a policy of which only the statements are written: the member that holds them, under whatever name. */
  readonly held?: MemberNode;
  /** What the library of a program that the object is handed to does with it. */
  readonly host?: PolicyHost | undefined;
  /**
   * As it stands in the source's text, braces included; `undefined` where it does not say all, as with an alias of
   * YAML, which stands for what is written elsewhere.
   */
  readonly text: string | undefined;
  /** Set where a policy is written in other names than IAM's, of which Terraform makes one. */
  readonly hasOwnNames?: true;
  /** Whether the object is merged from others by a function; not all of them may be known. */
  readonly isCall?: boolean;
  /** Of a policy or a statement in other names than IAM's: those in it that are mistakes of such names. */
  readonly misnamed?: readonly Misnamed[] | undefined;
}

/** A name that the form of a policy does not have, which is a mistake of one that it has. */
export interface Misnamed {
  readonly name: string;
  readonly span: Span;
  readonly kind: 'argument' | 'block' | 'property';
  /** What it is named in. */
  readonly holder: string;
  readonly meant: string;
  /** Whether the name that is meant can be put in its place. */
  readonly canChange: boolean;
}

export interface MemberNode {
  readonly kind: 'member';
  /** From the key to the end of the value, or to the end of what there is of it. */
  readonly span: Span;
  readonly key: StringNode;
  /** What the key says. */
  readonly name: string;
  /** The same name in the other blocks, for a member that consists of several blocks. */
  readonly otherKeys?: readonly StringNode[];
  /** Absent while only the key has been typed. */
  readonly value: SyntaxNode | undefined;
  /** Whether nobody has written it, and it says what holds without it. */
  readonly isImplied?: boolean;
  /** Where the language that the policy is written in takes nothing but a list, and a text stands: the name of the argument. */
  readonly wantsList?: string | undefined;
  readonly parent: ObjectNode;
}

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly items: readonly SyntaxNode[];
  /** False while the closing bracket has not been typed. */
  readonly closed: boolean;
  /** Whether the dash of an item is there, and nothing behind it. */
  readonly awaitsItem?: boolean;
  readonly source: SourceText;
}

/** A slice of a string's value, and how other text is written into it. */
export interface WrittenSlice {
  readonly node: StringNode;
  readonly from: number;
  readonly to: number;
  /** Plain text as the function takes it. */
  escaped(text: string): string;
}

/**
 * A string. Its value and what stands in the document for it differ by the escapes, folds and indentation of the
 * language; the node itself knows how the two map. Indexes are UTF-16 code units of the value.
 */
export interface StringNode {
  readonly kind: 'string';
  /** Includes the quotes, where there are any. */
  readonly span: Span;
  /** A key's parent is its own member. */
  readonly parent: MemberNode | ArrayNode | undefined;
  readonly value: string;
  readonly source: SourceText;
  /** Between the quotes, or all of a string without. */
  readonly content: Span;
  /** False while the closing quote has not been typed. */
  readonly closed: boolean;
  /** The document offset at which a code unit of the value begins; the value's length gives the end of the content. */
  offsetAt(index: number): number;
  /**
   * The document offset at which the code unit before `index` ends, where that is another than the one at which the next
   * begins: a text may be put together of parts that stand at several places. `index` is at least 1.
   */
  endAt?(index: number): number;
  /**
   * The index into the value that a document offset falls on. An offset inside an escape gives the escape's own code
   * unit, one outside the content is clamped to it.
   */
  indexAt(offset: number): number;
  /** The document offset of each code unit of the value, and of its end: for many questions about a long string. */
  offsetTable(): Int32Array;
  /** For a string that reads as more than is written: what is written, as messages should quote it. */
  readonly written?: string;
  /** Whether expressions write parts of it that are no text in quotes, so that it is no whole JSON as it stands. */
  readonly isPartial?: boolean;
  /** Whether directives of a template decide which parts of it are there. */
  readonly hasDirectives?: boolean;
  /** Whether expressions of a program write parts of it. */
  readonly hasHoles?: boolean;
  /** Whether a program may do without it. */
  readonly isDynamic?: boolean;
  /** Whether it cannot be told how a text must stand in it. */
  readonly isReadOnly?: boolean;
  /** For a string that a function of a template makes: the call; for one that reads as more than is written: that one. */
  readonly call?: ObjectNode | StringNode;
  /** For a string that a function makes: the slice of a written string that a slice of the value comes from. */
  writtenSlice?(from: number, to: number): WrittenSlice | undefined;
  /** For a string that a function makes; that of its source holds for others. */
  readonly expressionOf?: ExpressionOf | undefined;
  /** Writes text as it must stand between this string's quotes, in the document, so that it reads as `text`. */
  encode(text: string): string;
}

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly value: number;
}

export interface BooleanNode extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends NodeBase {
  readonly kind: 'null';
}

/** A value that exists and cannot be known: a template expression, a reference, or nesting beyond reason. */
export interface OpaqueNode extends NodeBase {
  readonly kind: 'opaque';
}

export type SyntaxNode =
  | ObjectNode
  | ArrayNode
  | StringNode
  | NumberNode
  | BooleanNode
  | NullNode
  | OpaqueNode;

export type SyntaxKind = SyntaxNode['kind'];

/** A fault in the document's own syntax. `code` is stable; the message is written by the rule that reports it. */
export interface SyntaxFault {
  readonly code: SyntaxFaultCode;
  readonly span: Span;
}

export type SyntaxFaultCode =
  | 'invalid-symbol'
  | 'unseen-character'
  | 'invalid-number'
  | 'property-name-expected'
  | 'value-expected'
  | 'colon-expected'
  | 'comma-expected'
  | 'close-brace-expected'
  | 'close-bracket-expected'
  | 'end-of-file-expected'
  | 'comment-not-permitted'
  | 'trailing-comma'
  | 'unterminated-string'
  | 'unterminated-comment'
  | 'invalid-escape'
  | 'invalid-character'
  | 'nested-too-deep';

/** The result of a front end. */
export interface SyntaxTree {
  /** Absent for an empty document. */
  readonly root: SyntaxNode | undefined;
  readonly source: SourceText;
  /** In source order. */
  readonly faults: readonly SyntaxFault[];
}

/** One step of a path: a member's name or an item's index. */
export type PathStep = string | number;

/**
 * The steps from `root` down to a node, member or key.
 * A key and its member have the same path as the member's value. The array is empty for `root` itself.
 */
export function pathFrom(root: SyntaxNode, node: SyntaxNode | MemberNode): readonly PathStep[] {
  const steps: PathStep[] = [];
  let current: SyntaxNode | MemberNode | undefined = node;
  while (current !== undefined && current !== root) {
    if (current.kind === 'member') {
      // A policy that a host writes around its statements begins at the member that holds them.
      if (root.kind === 'object' && root.held === current) {
        steps.push('Statement');
        break;
      }
      steps.push(current.name);
      current = current.parent;
      continue;
    }
    const parent: MemberNode | ArrayNode | undefined = current.parent;
    if (parent?.kind === 'array') {
      // What a function gives stands where the function does.
      const item = current.kind === 'string' ? (current.call ?? current) : current;
      steps.push(parent.items.indexOf(item));
    }
    current = parent;
  }
  return steps.reverse();
}

/** What something stands in: for the root of a text that is the value of a string, that string. */
export function parentOf(node: SyntaxNode | MemberNode): SyntaxNode | MemberNode | undefined {
  return node.parent ?? (node.kind === 'object' || node.kind === 'array' ? node.source.within : undefined);
}

/** The first member of that exact name, as JSON readers that keep the first would see it. */
export function memberOf(node: ObjectNode, name: string): MemberNode | undefined {
  for (const member of node.members) {
    if (member.name === name) {
      return member;
    }
  }
  return undefined;
}

/** The member that holds a node, be it in lists. */
export function memberAround(node: SyntaxNode): MemberNode | undefined {
  let { parent } = node;
  while (parent?.kind === 'array') {
    parent = parent.parent;
  }
  return parent;
}

/** The member of a document's object that a node stands in. */
export function topMemberAround(node: SyntaxNode): MemberNode | undefined {
  let top: MemberNode | undefined;
  for (let at = memberAround(node); at !== undefined; at = memberAround(at.parent)) {
    top = at;
  }
  return top;
}

const NO_KEYS: readonly StringNode[] = [];

/** A string, and if it is the name of a member, that name wherever it is written. */
export function placesOf(node: StringNode): readonly StringNode[] {
  const { parent } = node;
  return parent?.kind === 'member' && parent.key === node && parent.otherKeys !== undefined
    ? [node, ...parent.otherKeys]
    : [node];
}

/**
 * A string at a node or below it that meets a test, whether a value or a name; in no particular order. Works for lists
 * of any length and nesting of any depth.
 */
export function stringWhere(root: SyntaxNode, holds: (node: StringNode) => boolean): StringNode | undefined {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'string') {
      if (holds(node)) {
        return node;
      }
    } else if (node.kind === 'array') {
      for (const item of node.items) {
        open.push(item);
      }
    } else if (node.kind === 'object') {
      for (const { key, otherKeys = NO_KEYS, value } of node.members) {
        open.push(key);
        for (const other of otherKeys) {
          open.push(other);
        }
        if (value !== undefined) {
          open.push(value);
        }
      }
    }
  }
  return undefined;
}
