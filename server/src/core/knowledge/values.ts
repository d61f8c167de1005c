import { parseHcl } from '../syntax/hcl/hcl';
import { parseJson } from '../syntax/json';
import type { MemberNode, ObjectNode, Span, SyntaxNode } from '../syntax/nodes';
import { contentSpan } from '../syntax/stringSpans';
import { isStream, parseYaml } from '../syntax/yaml/yaml';

/**
 * What the readers of definitions see of a document, the same for JSON, YAML and HCL. Where policies need every escape,
 * these readers need names, texts and where they stand.
 */
export type Value = MapValue | ListValue | TextValue | OpaqueValue;

export interface MapValue {
  readonly kind: 'map';
  /** In source order. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly key: string;
  /** The key without its quotes. */
  readonly span: Span;
  readonly value: Value;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

/** A scalar; whether `1` is a number or a text makes no difference to anybody here. */
export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
  /** Without the quotes. */
  readonly span: Span;
}

/** Null, nothing, or what cannot be understood. */
export interface OpaqueValue {
  readonly kind: 'opaque';
}

/** Reads JSON, with or without comments, whole or half-typed. */
export function parseJsonValue(text: string): Value {
  return treeValue(parseJson(text, 'jsonc').root);
}

/** Reads YAML, half-typed too; of several documents in a stream the first. Never throws. */
export function parseYamlValue(text: string): Value {
  const { root } = parseYaml(text);
  return treeValue(root?.kind === 'array' && isStream(root) ? root.items[0] : root);
}

/** Reads HCL, half-typed too. Never throws. */
export function parseHclValue(text: string): Value {
  return treeValue(parseHcl(text).root);
}

/**
 * What a tree says, in whatever language it is written. A cascade of aliases ends where no honest document gets to.
 *
 * @param root of a document that may be open in an editor
 */
export function treeValue(root: SyntaxNode | undefined): Value {
  return fromNode(root, { count: 0 });
}

/** The value of a member, the first of that name. */
export function get(value: Value | undefined, key: string): Value | undefined {
  return membersOf(value).find((member) => member.key === key)?.value;
}

/** The value at the end of several names. */
export function getIn(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  return keys.reduce(get, value);
}

/** The members of a map; an empty list for anything else. */
export function membersOf(value: Value | undefined): readonly Member[] {
  return value?.kind === 'map' ? value.members : NO_MEMBERS;
}

/** The items of a list; an empty list for anything else. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : NO_ITEMS;
}

/** The text of a value that is one. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined;
}

/**
 * Whether a map has members that nobody sees here: those that a function of CloudFormation returns, those of another
 * document, and those of mappings that are merged in a way that is not read.
 */
export function isFilledIn(value: Value | undefined): boolean {
  return membersOf(value).some(
    ({ key }) => key.startsWith('Fn::') || key === 'Ref' || key === '$ref' || key === '<<',
  );
}

const NO_MEMBERS: readonly Member[] = [];
const NO_ITEMS: readonly Value[] = [];
const OPAQUE: OpaqueValue = { kind: 'opaque' };

/** What is kept while a tree is read. */
interface Reading {
  /** Values so far, those behind an alias counted each time. */
  count: number;
}

/** Only a document made to keep a reader busy has more values than this behind aliases. */
const MAX_VALUES = 500_000;

function fromNode(node: SyntaxNode | undefined, reading: Reading): Value {
  reading.count += 1;
  if (reading.count > MAX_VALUES) {
    return OPAQUE;
  }
  switch (node?.kind) {
    case 'object':
      return { kind: 'map', members: node.members.flatMap((member) => membersFrom(member, node, reading)) };
    case 'array':
      return { kind: 'list', items: node.items.map((item) => fromNode(item, reading)) };
    case 'string':
      return { kind: 'text', text: node.value, span: contentSpan(node) };
    case 'number':
    case 'boolean':
      return { kind: 'text', text: String(node.value), span: node.span };
    default:
      return OPAQUE;
  }
}

/** The merge key stands for the members of what an alias names (YAML 1.1, as CloudFormation and Serverless read it). */
function membersFrom({ key, value }: MemberNode, object: ObjectNode, reading: Reading): readonly Member[] {
  const read = fromNode(value, reading);
  const isAlias =
    value !== undefined && (value.span.start < object.span.start || value.span.start >= object.span.end);
  return key.value === '<<' && isAlias && read.kind === 'map'
    ? read.members
    : [{ key: key.value, span: contentSpan(key), value: read }];
}
