import type { ArrayNode, MemberNode, ObjectNode, Span, SyntaxNode } from '../nodes';
import {
  branchNode,
  HclFunctionList,
  HclMember,
  HclObjectNode,
  isList,
  keyNode,
  nameNode,
  nodeOf,
  type Parent,
  unknownNode,
} from './hclNodes';
import { DOCUMENT_DIALECT, type HclContext, HclString } from './hclStrings';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclName } from './hclSyntax';

/**
 * `data "aws_iam_policy_document"`, the policies that Terraform's AWS provider writes, read as the JSON that it makes of
 * them (AWS provider, data source `aws_iam_policy_document`, and `policy_model.go`). The names are those of IAM, and lie on
 * the words of HCL: Action on `actions`. Blocks of one kind are items of a list, or members of one object.
 */

/** Whether a block is that data source. */
export function isDocumentBlock({ source }: HclContext, { type, labels }: HclBlock): boolean {
  const [label] = labels;
  return (
    label !== undefined &&
    wordOf(source.text, type) === 'data' &&
    wordOf(source.text, label) === DOCUMENT_TYPE
  );
}

export const DOCUMENT_TYPE = 'aws_iam_policy_document';

function wordOf(text: string, { start, end, quoted }: HclName): string {
  return quoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
}

/** The policy that such a data source makes. */
export class PolicyDocument extends HclObjectNode {
  readonly body: HclBody;

  constructor(context: HclContext, body: HclBody, parent: Parent) {
    super(context, body, parent, {
      members: (policy) => policyMembers(context, policy, body),
      closed: body.closed && statementParts(context, body).length > 0,
      reading: DOCUMENT_TYPE,
    });
    this.body = body;
  }

  /** All of its block, with the words in front of its braces. */
  get block(): Span {
    let { parent } = this;
    let { start } = this.span;
    while (parent?.kind === 'member') {
      ({ start } = parent.span);
      ({ parent } = parent.parent);
    }
    return { start, end: this.span.end };
  }

  /** Its names are not those of IAM. */
  override get text(): undefined {
    return undefined;
  }
}

/** A statement of it. */
export class DocumentStatement extends HclObjectNode {
  readonly body: HclBody;
  /** Where its block begins, with the word in front of its braces. */
  readonly blockStart: number;

  /** @param word the name in front of its braces, on which lies what it says without a word */
  constructor(context: HclContext, body: HclBody, word: HclName, parent: Parent) {
    super(context, body, parent, {
      members: (statement) => statementMembers(context, statement, body, word),
      closed: body.closed && isKnown(context, body),
      reading: DOCUMENT_TYPE,
    });
    this.body = body;
    this.blockStart = word.start;
  }
}

/** Other documents that are merged into this one. */
const MERGED: ReadonlySet<string> = new Set([
  'source_policy_documents',
  'override_policy_documents',
  'source_json',
  'override_json',
]);

interface Part {
  readonly item: HclAttribute | HclBlock;
  readonly make: (list: ArrayNode) => SyntaxNode;
}

function statementParts(context: HclContext, body: HclBody): readonly Part[] {
  const { text } = context.source;
  return body.items.flatMap((item): readonly Part[] => {
    if (item.kind === 'attribute') {
      return MERGED.has(wordOf(text, item.name)) && !isNull(item.value)
        ? [{ item, make: (list) => unknownNode(context, item, 'statements', list) }]
        : [];
    }
    const found = blockNamed(text, item, 'statement');
    return found === undefined
      ? []
      : [
          {
            item,
            make: (list) =>
              found.isDynamic
                ? branchNode(context, item, list, (branch) => [
                    new DocumentStatement(context, found.body, found.word, branch),
                  ])
                : new DocumentStatement(context, found.body, found.word, list),
          },
        ];
  });
}

interface FoundBlock {
  /** All of it, a `dynamic` block around it included. */
  readonly block: Range;
  readonly body: HclBody;
  readonly word: HclName;
  readonly isDynamic: boolean;
}

/** A block of a name, or what a `dynamic` block of that name writes as often as it has something to go through. */
function blockNamed(text: string, block: HclBlock, name: string): FoundBlock | undefined {
  const { type, labels, body } = block;
  const word = wordOf(text, type);
  if (word === name && labels.length === 0) {
    return { block, body, word: type, isDynamic: false };
  }
  if (word !== 'dynamic' || labels[0] === undefined || wordOf(text, labels[0]) !== name) {
    return undefined;
  }
  for (const item of body.items) {
    if (item.kind === 'block' && wordOf(text, item.type) === 'content') {
      return { block, body: item.body, word: item.type, isDynamic: true };
    }
  }
  return undefined;
}

function policyMembers(context: HclContext, policy: ObjectNode, body: HclBody): readonly MemberNode[] {
  const parts = statementParts(context, body);
  const [first] = parts;
  const last = parts.at(-1);
  return body.items.flatMap((item) => {
    if (item === first?.item && last !== undefined) {
      const range = { start: first.item.start, end: last.item.end };
      return new HclMember(context, policy, {
        ...range,
        key: (member) => nameNode(context, firstWord(item), member, 'Statement'),
        value: (member) =>
          new HclFunctionList(context, range, member, (list) => parts.map(({ make }) => make(list))),
      });
    }
    const name = item.kind === 'attribute' ? nameIn(context, POLICY_NAMES, item) : undefined;
    return item.kind === 'block' || name === undefined || isNull(item.value)
      ? []
      : attributeMember(context, policy, item, name);
  });
}

const POLICY_NAMES: ReadonlyMap<string, string> = new Map([
  ['version', 'Version'],
  ['policy_id', 'Id'],
]);

/** The arguments of a statement and what IAM calls them. */
export const STATEMENT_NAMES: ReadonlyMap<string, string> = new Map([
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
]);

/** The blocks of a statement and what IAM calls what they make together. */
export const STATEMENT_BLOCKS: ReadonlyMap<string, string> = new Map([
  ['principals', 'Principal'],
  ['not_principals', 'NotPrincipal'],
  ['condition', 'Condition'],
]);

/** What IAM calls an argument. */
function nameIn(
  { source: { text }, keepsUnknown }: HclContext,
  names: ReadonlyMap<string, string>,
  { name, value }: HclAttribute,
): string | undefined {
  const word = wordOf(text, name);
  return names.get(word) ?? (keepsUnknown && value === undefined ? word : undefined);
}

function firstWord(item: HclAttribute | HclBlock): HclName {
  return item.kind === 'attribute' ? item.name : item.type;
}

function isNull(value: HclExpression | undefined): boolean {
  return value?.kind === 'null';
}

/** Whether all that stands in a statement is understood: a word that is not may be half of one that counts. */
function isKnown({ source: { text } }: HclContext, body: HclBody): boolean {
  return body.items.every((item) => {
    if (item.kind === 'attribute') {
      return STATEMENT_NAMES.has(wordOf(text, item.name)) && item.value !== undefined;
    }
    const found = [...STATEMENT_BLOCKS.keys()]
      .map((name) => blockNamed(text, item, name))
      .find((each) => each);
    return found?.body.closed === true;
  });
}

function statementMembers(
  context: HclContext,
  statement: ObjectNode,
  body: HclBody,
  word: HclName,
): readonly MemberNode[] {
  const { text } = context.source;
  const members: MemberNode[] = [];
  const done = new Set<string>();
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      const name = nameIn(context, STATEMENT_NAMES, item);
      if (name !== undefined && !isNull(item.value)) {
        members.push(attributeMember(context, statement, item, name));
      }
      continue;
    }
    for (const [blockName, name] of STATEMENT_BLOCKS) {
      if (blockNamed(text, item, blockName) !== undefined && !done.has(name)) {
        done.add(name);
        const blocks = body.items.flatMap((each) =>
          each.kind === 'block' ? (blockNamed(text, each, blockName) ?? []) : [],
        );
        members.push(blocksMember(context, statement, { name, item, body, blockName, blocks }));
      }
    }
  }
  // AWS provider, `aws_iam_policy_document`, argument `effect`: "Defaults to Allow".
  return members.some(({ name }) => name === 'Effect')
    ? members
    : [impliedMember(context, statement, word, 'Effect', 'Allow'), ...members];
}

/** A member that nobody has written: it lies on the word that implies it. */
function impliedMember(
  context: HclContext,
  object: ObjectNode,
  { start, end }: HclName,
  name: string,
  value: string,
): MemberNode {
  return new HclMember(context, object, {
    start,
    end,
    isImplied: true,
    key: (member) => new HclString(context, { start, end }, member, { name, isImplied: true }),
    value: (member) => new HclString(context, { start, end }, member, { name: value, isImplied: true }),
  });
}

function attributeMember(
  context: HclContext,
  object: ObjectNode,
  { start, end, name, value }: HclAttribute,
  canonical: string,
): MemberNode {
  return new HclMember(context, object, {
    start,
    end,
    key: (member) => nameNode(context, name, member, canonical),
    value:
      value === undefined
        ? undefined
        : // What an expression gives may be null, and then the argument counts as not written.
          (member) =>
            value.kind === 'reference' || value.kind === 'other' || (value.kind === 'call' && !isList(value))
              ? branchNode(context, value, member, (list) => [nodeOf(context, value, list, DOCUMENT_DIALECT)])
              : nodeOf(context, value, member, DOCUMENT_DIALECT),
  });
}

interface Blocks {
  /** What IAM calls what they make. */
  readonly name: string;
  /** The first of them. */
  readonly item: HclBlock;
  readonly body: HclBody;
  readonly blockName: string;
  readonly blocks: readonly FoundBlock[];
}

/** The one member that blocks of a kind make. */
function blocksMember(context: HclContext, statement: ObjectNode, blocks: Blocks): MemberNode {
  const { text } = context.source;
  const last = blocks.body.items.findLast(
    (each) => each.kind === 'block' && blockNamed(text, each, blocks.blockName) !== undefined,
  );
  const range = { start: blocks.item.start, end: last?.end ?? blocks.item.end };
  return new HclMember(context, statement, {
    ...range,
    blocks: blocks.blocks.map(({ block }) => block),
    key: (member) => nameNode(context, blocks.item.type, member, blocks.name),
    value: (member) => {
      const make = blocks.name === 'Condition' ? conditionNode : principalNode;
      // All of them are there or not; if only some, the values of these are.
      return blocks.blocks.every(({ isDynamic }) => isDynamic)
        ? branchNode(context, range, member, (list) => [
            make(
              context,
              range,
              list,
              blocks.blocks.map((block) => ({ ...block, isDynamic: false })),
            ),
          ])
        : make(context, range, member, blocks.blocks);
    },
  });
}

/**
 * Whether a data source says nothing but its own statements, each of them once and whatever happens: no argument that
 * Terraform has for all blocks, no other document, no `dynamic` block, nothing half typed and nothing without a value.
 */
export function isWholeDocument({ source, body }: PolicyDocument): boolean {
  const { text } = source;
  return holdsOnly(text, body, POLICY_NAMES.keys(), (block) => {
    const isStatement = wordOf(text, block.type) === 'statement';
    return (
      isStatement &&
      block.labels.length === 0 &&
      holdsOnly(text, block.body, STATEMENT_NAMES.keys(), ({ type, labels, body: inner }) => {
        const names = BLOCK_ARGUMENTS.get(wordOf(text, type));
        return (
          names !== undefined &&
          labels.length === 0 &&
          inner.items.length === names.length &&
          holdsOnly(text, inner, names.values(), () => false)
        );
      })
    );
  });
}

/** The arguments that the blocks of a statement need, each of them. */
const BLOCK_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['principals', ['type', 'identifiers']],
  ['not_principals', ['type', 'identifiers']],
  ['condition', ['test', 'variable', 'values']],
]);

/** Whether a body is closed, and has no arguments but some, each at most once, and no blocks but some. */
function holdsOnly(
  text: string,
  { items, closed }: HclBody,
  names: Iterable<string>,
  isKnownBlock: (block: HclBlock) => boolean,
): boolean {
  const left = new Set(names);
  return (
    closed &&
    items.every((item) =>
      item.kind === 'block'
        ? isKnownBlock(item)
        : left.delete(wordOf(text, item.name)) && item.value !== undefined && !isNull(item.value),
    )
  );
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The attributes of a block of principals or of a condition, by their names. */
function attributesOf(text: string, { items }: HclBody): ReadonlyMap<string, HclAttribute> {
  return new Map(
    items.flatMap((item) => (item.kind === 'attribute' ? [[wordOf(text, item.name), item] as const] : [])),
  );
}

/** A value that blocks give: theirs, where it is one, and else all of theirs in one list. */
interface Given {
  readonly block: Range;
  readonly value: HclExpression | undefined;
  readonly isDynamic: boolean;
  readonly body: HclBody;
}

function principalNode(
  context: HclContext,
  range: Range,
  parent: MemberNode | ArrayNode,
  blocks: readonly FoundBlock[],
): SyntaxNode {
  const { text } = context.source;
  const groups = new Groups(context);
  for (const { block, body, isDynamic } of blocks) {
    const attributes = attributesOf(text, body);
    const type = attributes.get('type')?.value;
    const value = attributes.get('identifiers')?.value;
    if (type !== undefined) {
      groups.add(type, { block, value, isDynamic, body });
    }
  }
  // Everybody is `*` alone (`IAMPolicyStatementPrincipalSet.MarshalJSON`).
  const [only] = groups.list;
  if (groups.list.length === 1 && only?.name === '*' && only.given.length === 1) {
    const [given] = only.given;
    const value = given?.value;
    const [first] = value?.kind === 'tuple' ? value.items : [];
    const identifier = value?.kind === 'tuple' && value.items.length === 1 ? first : value;
    if (identifier !== undefined && identifier.kind !== 'tuple' && given !== undefined) {
      return given.isDynamic
        ? branchNode(context, given.body, parent, (list) => [
            nodeOf(context, identifier, list, DOCUMENT_DIALECT),
          ])
        : nodeOf(context, identifier, parent, DOCUMENT_DIALECT);
    }
  }
  return groups.object(range, parent);
}

function conditionNode(
  context: HclContext,
  range: Range,
  parent: MemberNode | ArrayNode,
  blocks: readonly FoundBlock[],
): SyntaxNode {
  const { text } = context.source;
  const operators = new Map<
    string,
    { readonly test: HclExpression; readonly keys: Groups; readonly blocks: Range[]; end: Range }
  >();
  for (const { block, body, isDynamic } of blocks) {
    const attributes = attributesOf(text, body);
    const test = attributes.get('test')?.value;
    const variable = attributes.get('variable')?.value;
    if (test === undefined) {
      continue;
    }
    const name = nameOf(context, test);
    const operator = operators.get(name) ?? { test, keys: new Groups(context), blocks: [], end: body };
    operators.set(name, operator);
    operator.end = body;
    operator.blocks.push(block);
    if (variable !== undefined) {
      operator.keys.add(variable, { block, value: attributes.get('values')?.value, isDynamic, body });
    }
  }
  return new HclObjectNode(context, range, parent, {
    closed: blocks.every(({ body }) => body.closed),
    reading: DOCUMENT_TYPE,
    members: (object) =>
      [...operators.values()].map(
        ({ test, keys, blocks: own, end }) =>
          new HclMember(context, object, {
            start: test.start,
            end: Math.max(test.end, end.end),
            blocks: own,
            key: (member) => keyNode(context, test, member, DOCUMENT_DIALECT),
            value: (member) => keys.object({ start: test.start, end: Math.max(test.end, end.end) }, member),
          }),
      ),
  });
}

function nameOf({ source: { text } }: HclContext, { start, end }: HclExpression): string {
  return text.charAt(start) === '"' ? text.slice(start + 1, end - 1) : text.slice(start, end);
}

/** What blocks give, by a name that one of their attributes has: the members of one object. */
class Groups {
  readonly #context: HclContext;
  readonly #byName = new Map<
    string,
    { readonly name: string; readonly key: HclExpression; given: Given[] }
  >();

  constructor(context: HclContext) {
    this.#context = context;
  }

  add(key: HclExpression, given: Given): void {
    const name = nameOf(this.#context, key);
    const group = this.#byName.get(name) ?? { name, key, given: [] };
    this.#byName.set(name, group);
    group.given.push(given);
  }

  get list(): readonly {
    readonly name: string;
    readonly key: HclExpression;
    readonly given: readonly Given[];
  }[] {
    return [...this.#byName.values()];
  }

  object(range: Range, parent: MemberNode | ArrayNode): ObjectNode {
    const context = this.#context;
    return new HclObjectNode(context, range, parent, {
      // A block without a name of what it is about is half typed.
      closed:
        this.list.length > 0 &&
        this.list.every(({ given }) => given.every(({ body, value }) => body.closed && value !== undefined)),
      reading: DOCUMENT_TYPE,
      members: (object) =>
        this.list.map(({ key, given }) => {
          const [first] = given;
          const end = given.at(-1)?.body.end ?? key.end;
          const values = given.filter(({ value }) => value !== undefined);
          return new HclMember(context, object, {
            start: key.start,
            end: Math.max(key.end, end - 1),
            blocks: given.map(({ block }) => block),
            key: (member) => keyNode(context, key, member, DOCUMENT_DIALECT),
            value:
              first === undefined || values.length === 0
                ? undefined
                : (member) =>
                    given.length === 1
                      ? givenNode(context, first, member)
                      : new HclFunctionList(context, { start: key.start, end }, member, (list) =>
                          values.flatMap((each) => givenItems(context, each, list)),
                        ),
          });
        }),
    });
  }
}

function givenNode(
  context: HclContext,
  { value, isDynamic, body }: Given,
  parent: MemberNode,
): SyntaxNode | undefined {
  if (value === undefined) {
    return undefined;
  }
  return isDynamic
    ? branchNode(context, body, parent, (list) => [nodeOf(context, value, list, DOCUMENT_DIALECT)])
    : nodeOf(context, value, parent, DOCUMENT_DIALECT);
}

function givenItems(
  context: HclContext,
  { value, isDynamic, body }: Given,
  list: ArrayNode,
): readonly SyntaxNode[] {
  if (value === undefined) {
    return [];
  }
  const make = (parent: ArrayNode): readonly SyntaxNode[] =>
    value.kind === 'tuple'
      ? value.items.map((item) => nodeOf(context, item, parent, DOCUMENT_DIALECT))
      : [nodeOf(context, value, parent, DOCUMENT_DIALECT)];
  return isDynamic ? [branchNode(context, body, list, make)] : make(list);
}
