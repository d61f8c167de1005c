import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { parseJson } from '../syntax/json';
import type { Span, SyntaxNode } from '../syntax/nodes';
import { contentSpan } from '../syntax/stringSpans';

/**
 * What the readers of definitions see of a document, the same for JSON and for YAML. Where policies need every escape,
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
  return fromJson(parseJson(text, 'jsonc').root);
}

/**
 * Reads YAML, half-typed too. A short tag of CloudFormation becomes its long form, so that `!Ref Api` and
 * `{"Ref": "Api"}` read the same (CloudFormation User Guide, "Intrinsic function reference"). An alias gives the very
 * value that its anchor has, and a cascade of aliases ends where no honest document gets to.
 *
 * @returns an opaque value for what the parser cannot cope with, such as nesting beyond reason
 */
export function parseYamlValue(text: string): Value {
  try {
    const document = parseDocument(text, {
      logLevel: 'silent',
      prettyErrors: false,
      strict: false,
      uniqueKeys: false,
    });
    return fromYaml(document.contents, { anchors: new Map(), count: 0 });
  } catch {
    return OPAQUE;
  }
}

/** The value of a member, the first of that name. */
export function get(value: Value | undefined, key: string): Value | undefined {
  return membersOf(value).find((member) => member.key === key)?.value;
}

/** The value at the end of several names. */
export function getIn(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  return keys.reduce(get, value);
}

export function membersOf(value: Value | undefined): readonly Member[] {
  return value?.kind === 'map' ? value.members : NO_MEMBERS;
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : NO_ITEMS;
}

export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined;
}

const NO_MEMBERS: readonly Member[] = [];
const NO_ITEMS: readonly Value[] = [];
const OPAQUE: OpaqueValue = { kind: 'opaque' };

function fromJson(node: SyntaxNode | undefined): Value {
  switch (node?.kind) {
    case 'object':
      return {
        kind: 'map',
        members: node.members.map(({ key, value }) => ({
          key: key.value,
          span: contentSpan(key),
          value: fromJson(value),
        })),
      };
    case 'array':
      return { kind: 'list', items: node.items.map(fromJson) };
    case 'string':
      return { kind: 'text', text: node.value, span: contentSpan(node) };
    case 'number':
    case 'boolean':
      return { kind: 'text', text: String(node.value), span: node.span };
    default:
      return OPAQUE;
  }
}

/** What is kept while a document is read. */
interface YamlReading {
  readonly anchors: Map<string, { readonly value: Value; readonly size: number }>;
  /** Values so far, those behind an alias counted each time. */
  count: number;
}

/** More values than this are behind aliases only where somebody wants to keep a reader busy. */
const MAX_VALUES = 500_000;

function fromYaml(node: unknown, reading: YamlReading): Value {
  if (isAlias(node)) {
    const { value, size } = reading.anchors.get(node.source) ?? { value: OPAQUE, size: 1 };
    reading.count += size;
    return reading.count > MAX_VALUES ? OPAQUE : value;
  }
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) {
    return OPAQUE;
  }
  const before = reading.count;
  reading.count += 1;
  const value = withTag(untagged(node, reading), node);
  if (node.anchor !== undefined) {
    reading.anchors.set(node.anchor, { value, size: reading.count - before });
  }
  return value;
}

function untagged(node: YAMLMap | YAMLSeq | Scalar, reading: YamlReading): Value {
  if (isMap(node)) {
    return { kind: 'map', members: node.items.flatMap(({ key, value }) => toMembers(key, value, reading)) };
  }
  if (isSeq(node)) {
    return { kind: 'list', items: node.items.map((item) => fromYaml(item, reading)) };
  }
  return node.value === null ? OPAQUE : { kind: 'text', text: scalarText(node), span: scalarSpan(node) };
}

/** The merge key stands for the members of what it names (YAML 1.1, as CloudFormation and Serverless read it). */
function toMembers(key: unknown, value: unknown, reading: YamlReading): readonly Member[] {
  if (!isScalar(key)) {
    return [];
  }
  const read = fromYaml(value, reading);
  const name = scalarText(key);
  return name === '<<' && isAlias(value) && read.kind === 'map'
    ? read.members
    : [{ key: name, span: scalarSpan(key), value: read }];
}

function withTag(value: Value, node: Node): Value {
  const [, name] = /^!([A-Z]\w*)$/.exec(node.tag ?? '') ?? [];
  if (name === undefined) {
    return value;
  }
  const [start = 0] = node.range ?? [];
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return { kind: 'map', members: [{ key, span: { start, end: start }, value }] };
}

function scalarText({ source, value }: Scalar): string {
  return source ?? String(value);
}

function scalarSpan({ range, type }: Scalar): Span {
  const [start, end] = range ?? [0, 0];
  const quotes = (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') && end - start >= 2 ? 1 : 0;
  return { start: start + quotes, end: end - quotes };
}
