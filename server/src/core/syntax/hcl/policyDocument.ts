import type { ArrayNode, MemberNode, Misnamed, ObjectNode, Span, SyntaxNode } from '../nodes';
import {
  DOCUMENT_TYPE,
  isEmptyList,
  MERGED,
  POLICY_NAMES,
  SINGLE,
  STATEMENT_BLOCKS,
  STATEMENT_NAMES,
  wantsList,
  wordOf,
} from './documentNames';
import { branchNode, isList, nameNode, nodeOf, unknownNode } from './expressionNodes';
import { HclFunctionList, HclMember, HclObjectNode, type Parent } from './hclNodes';
import { DOCUMENT_DIALECT, type HclContext, HclString } from './hclStrings';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclName } from './hclSyntax';
import { misnamedIn } from './misnamed';
import { blockNamed, conditionNode, type FoundBlock, principalNode } from './statementBlocks';

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

/** The policy that such a data source makes. */
export class PolicyDocument extends HclObjectNode {
  readonly hasOwnNames = true;
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

  /** The names of its arguments and blocks, as they are written. */
  get names(): ReadonlySet<string> {
    const { text } = this.source;
    return new Set(
      this.body.items.map((item) => wordOf(text, item.kind === 'block' ? item.type : item.name)),
    );
  }

  get misnamed(): readonly Misnamed[] {
    return misnamedIn(this.context, this.body);
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
          new HclFunctionList(context, range, member, {
            items: (list) => parts.map(({ make }) => make(list)),
          }),
      });
    }
    const name = item.kind === 'attribute' ? nameIn(context, POLICY_NAMES, item) : undefined;
    return item.kind === 'block' || name === undefined || isNull(item.value)
      ? []
      : attributeMember(context, policy, item, name);
  });
}

/** What IAM calls an argument. */
function nameIn(
  { source: { text }, keepsUnknown }: HclContext,
  names: ReadonlyMap<string, string>,
  { name }: HclAttribute,
): string | undefined {
  const word = wordOf(text, name);
  return names.get(word) ?? (keepsUnknown && !MERGED.has(word) ? word : undefined);
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
      if (name !== undefined && !isLeftOut(context, item)) {
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

/** Whether Terraform leaves an argument out. Whoever types one in an empty list is between its brackets. */
function isLeftOut({ source: { text }, keepsUnknown }: HclContext, { name, value }: HclAttribute): boolean {
  return isNull(value) || (keepsUnknown !== true && isEmptyList(value) && !SINGLE.has(wordOf(text, name)));
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
    wantsList: wantsList(context.source.text, wordOf(context.source.text, name), value),
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
    otherKeys: (member) =>
      blocks.blocks.slice(1).map(({ word }) => nameNode(context, word, member, blocks.name)),
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
