import type { MemberNode, ObjectNode, SourceText, StringNode, SyntaxNode } from '../nodes';
import { indexAt, nestedSource } from '../stringSpans';
import { nodeOf } from './expressionNodes';
import { parseHclBody } from './hclParser';
import { HclString } from './hclStrings';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclName, HclPair } from './hclSyntax';
import { withHoles } from './hclTemplates';
import { PolicyDocument } from './policyDocument';

/**
 * Terraform's JSON syntax (Terraform language, "JSON Configuration Syntax"): objects are blocks or values by the schema,
 * repeated blocks are lists, and each string is a template. So the letters of a string in JSON are those of a template in
 * HCL, but for the quotes of an expression in it.
 */

/** The blocks of the data source of policies, and what `dynamic` blocks have in them. */
const BLOCKS: ReadonlySet<string> = new Set([
  'statement',
  'principals',
  'not_principals',
  'condition',
  'content',
]);

/** The policies that the data sources in such a member make. Fixes replace letters within their strings alone. */
export function documentsIn({ value }: MemberNode): readonly PolicyDocument[] {
  return (value?.kind === 'object' ? value.members : []).flatMap((member) =>
    objectsIn(member.value).map((object) => {
      const source = withHoles({ ...object.source, syntax: 'program' });
      return new PolicyDocument({ source }, bodyOf(object, source), member);
    }),
  );
}

function objectsIn(value: SyntaxNode | undefined): readonly ObjectNode[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.filter((node) => node?.kind === 'object');
}

function bodyOf(object: ObjectNode, source: SourceText): HclBody {
  const { start, end } = rangeOf(object, source);
  return {
    kind: 'body',
    start,
    end,
    items: object.members.flatMap((member) => itemsOf(member, source)),
    closed: object.closed,
  };
}

function itemsOf(member: MemberNode, source: SourceText): readonly (HclAttribute | HclBlock)[] {
  const { name, value } = member;
  if (BLOCKS.has(name)) {
    return blocksOf(member, source, []);
  }
  if (name === 'dynamic') {
    const word = nameOf(member, source);
    return objectsIn(value).flatMap(({ members }) =>
      members.flatMap((label) => blocksOf(label, source, [word])),
    );
  }
  const start = indexAt(source, member.span.start);
  const end = indexAt(source, member.span.end);
  const expression = value === undefined ? undefined : valueExpression(value, source);
  return [{ kind: 'attribute', start, end, name: nameOf(member, source), value: expression }];
}

/** A block for each object of a member, whose name is its type or, of a `dynamic` one, its label. */
function blocksOf(member: MemberNode, source: SourceText, around: readonly HclName[]): readonly HclBlock[] {
  const name = nameOf(member, source);
  const [type = name, ...labels] = [...around, name];
  return objectsIn(member.value).map((object): HclBlock => {
    const body = bodyOf(object, source);
    return { kind: 'block', start: type.start, end: body.end, type, labels, body };
  });
}

function valueExpression(node: SyntaxNode, source: SourceText): HclExpression {
  const range = rangeOf(node, source);
  switch (node.kind) {
    case 'string': {
      const text = source.text.slice(range.start, range.end);
      if (/^"\$\{[\w.-]+(?:\[[\w*]+\][\w.-]*)*\}"$/.test(text)) {
        return { kind: 'reference', ...range };
      }
      if (/^"\$\{(?:[^{}]|\{[^{}]*\})*\}"$/.test(text)) {
        return { kind: 'other', ...range, parts: [] };
      }
      const from = indexAt(source, node.content.start);
      const to = indexAt(source, node.content.end);
      return { kind: 'template', style: 'quoted', ...range, from, to, closed: node.closed };
    }
    case 'number':
    case 'boolean':
    case 'null':
      return { kind: node.kind, ...range };
    case 'array':
      return {
        kind: 'tuple',
        ...range,
        items: node.items.map((item) => valueExpression(item, source)),
        closed: node.closed,
      };
    case 'object':
      return {
        kind: 'object',
        ...range,
        pairs: node.members.map(
          (member): HclPair => ({
            start: indexAt(source, member.span.start),
            end: indexAt(source, member.span.end),
            key: nameOf(member, source),
            value: member.value === undefined ? undefined : valueExpression(member.value, source),
          }),
        ),
        closed: node.closed,
      };
    case 'opaque':
      return { kind: 'other', ...range, parts: [] };
  }
}

function nameOf({ key }: MemberNode, source: SourceText): HclName {
  return { ...rangeOf(key, source), quoted: true };
}

function rangeOf({ span }: SyntaxNode, source: SourceText): { readonly start: number; readonly end: number } {
  return { start: indexAt(source, span.start), end: indexAt(source, span.end) };
}

/** A string of a configuration in JSON as the template that it is (`isInConfiguration`). */
export function templateOf(node: StringNode): StringNode {
  const { source, parent, closed } = node;
  const { start, end } = rangeOf(node, source);
  const from = indexAt(source, node.content.start);
  const to = indexAt(source, node.content.end);
  return new HclString(
    { source },
    { kind: 'template', style: 'quoted', start, end, from, to, closed },
    parent,
  );
}

/** What a string of JSON gives that is one expression (`isExpression`). The node has no parent. */
export function expressionIn(node: StringNode): SyntaxNode | undefined {
  return expressionOf({ ...nestedSource(node, 'hcl'), text: node.value });
}

/**
 * What `${expression}` gives, which is all of a text but for blanks; `undefined` for what cannot be read. The node has no
 * parent.
 */
export function expressionOf(source: SourceText): SyntaxNode | undefined {
  const { text } = source;
  const start = text.indexOf('${');
  // An attribute of the same length, so that all positions stay.
  const attribute = `${text.slice(0, start)}p=${text.slice(start + 2, text.lastIndexOf('}'))}`;
  const [item] = parseHclBody(attribute).items;
  const written = item?.kind === 'attribute' ? item.value : undefined;
  // Behind the brace that ends it may be another expression.
  return written === undefined || /^\s*\}[\s\S]*\$\{/.test(attribute.slice(written.end))
    ? undefined
    : nodeOf({ source: withHoles({ ...source, text: attribute }) }, written, undefined);
}
