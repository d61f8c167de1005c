import type { ArrayNode, MemberNode, ObjectNode, SyntaxNode } from '../nodes';
import { DOCUMENT_TYPE, wantsList, wordOf } from './documentNames';
import { branchNode, keyNode, nodeOf } from './expressionNodes';
import { HclFunctionList, HclMember, HclObjectNode } from './hclNodes';
import { DOCUMENT_DIALECT, type HclContext } from './hclStrings';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclName } from './hclSyntax';

/** The blocks within a statement of Terraform's data source: those of one kind make one object. */

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A block of a certain name. */
export interface FoundBlock {
  /** All of it, a `dynamic` block around it included. */
  readonly block: Range;
  readonly body: HclBody;
  readonly word: HclName;
  readonly isDynamic: boolean;
}

/** A block of a name, or what a `dynamic` block of that name writes as often as it has something to go through. */
export function blockNamed(text: string, block: HclBlock, name: string): FoundBlock | undefined {
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

/** What the blocks of principals of a statement make together. */
export function principalNode(
  context: HclContext,
  range: Range,
  parent: MemberNode | ArrayNode,
  blocks: readonly FoundBlock[],
): SyntaxNode {
  const { text } = context.source;
  const groups = new Groups(context, 'identifiers');
  for (const { block, body, isDynamic } of blocks) {
    const attributes = attributesOf(text, body);
    const type = attributes.get('type')?.value;
    const value = attributes.get('identifiers')?.value;
    if (type !== undefined) {
      groups.add(type, { block, value, isDynamic, body });
    }
  }
  // Everybody is `*` alone (`IAMPolicyStatementPrincipalSet.MarshalJSON`), and stays it whoever is added that is not told here.
  const [only, ...others] = groups.list.filter(
    ({ key, name }) => key.kind === 'template' && !/[$%]\{/.test(name),
  );
  if (others.length === 0 && only?.name === '*' && only.given.length === 1) {
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

/** What the conditions of a statement make together. */
export function conditionNode(
  context: HclContext,
  range: Range,
  parent: MemberNode | ArrayNode,
  blocks: readonly FoundBlock[],
): SyntaxNode {
  const { text } = context.source;
  const operators = new Map<
    string,
    {
      readonly test: HclExpression;
      readonly otherTests: HclExpression[];
      readonly keys: Groups;
      readonly blocks: Range[];
      end: Range;
    }
  >();
  for (const { block, body, isDynamic } of blocks) {
    const attributes = attributesOf(text, body);
    const test = attributes.get('test')?.value;
    const variable = attributes.get('variable')?.value;
    if (test === undefined) {
      continue;
    }
    const name = nameOf(context, test);
    const known = operators.get(name);
    const operator = known ?? {
      test,
      otherTests: [],
      keys: new Groups(context, 'values'),
      blocks: [],
      end: body,
    };
    operators.set(name, operator);
    if (known !== undefined) {
      known.otherTests.push(test);
    }
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
        ({ test, otherTests, keys, blocks: own, end }) =>
          new HclMember(context, object, {
            start: test.start,
            end: end.end,
            blocks: own,
            key: (member) => keyNode(context, test, member, DOCUMENT_DIALECT),
            otherKeys: (member) =>
              otherTests.map((other) => keyNode(context, other, member, DOCUMENT_DIALECT)),
            value: (member) => keys.object({ start: test.start, end: end.end }, member),
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
  /** The name of the argument that holds the values. */
  readonly #list: string;
  readonly #byName = new Map<
    string,
    {
      readonly name: string;
      readonly key: HclExpression;
      readonly otherKeys: HclExpression[];
      given: Given[];
    }
  >();

  constructor(context: HclContext, list: string) {
    this.#context = context;
    this.#list = list;
  }

  add(key: HclExpression, given: Given): void {
    const name = nameOf(this.#context, key);
    const known = this.#byName.get(name);
    const group = known ?? { name, key, otherKeys: [], given: [] };
    this.#byName.set(name, group);
    if (known !== undefined) {
      known.otherKeys.push(key);
    }
    group.given.push(given);
  }

  get list(): readonly {
    readonly name: string;
    readonly key: HclExpression;
    readonly otherKeys: readonly HclExpression[];
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
        this.list.map(({ key, otherKeys, given }) => {
          const [first] = given;
          const end = given.at(-1)?.body.end ?? key.end;
          const values = given.filter(({ value }) => value !== undefined);
          const single = values.length === 1 && values[0]?.isDynamic === false ? values[0] : undefined;
          return new HclMember(context, object, {
            start: key.start,
            end: Math.max(key.end, end - 1),
            wantsList: single && wantsList(context.source.text, this.#list, single.value),
            blocks: given.map(({ block }) => block),
            key: (member) => keyNode(context, key, member, DOCUMENT_DIALECT),
            otherKeys: (member) =>
              otherKeys.map((other) => keyNode(context, other, member, DOCUMENT_DIALECT)),
            value:
              first === undefined || values.length === 0
                ? undefined
                : (member) =>
                    given.length === 1
                      ? givenNode(context, first, member)
                      : new HclFunctionList(context, { start: key.start, end }, member, {
                          items: (list) => values.flatMap((each) => givenItems(context, each, list)),
                        }),
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
