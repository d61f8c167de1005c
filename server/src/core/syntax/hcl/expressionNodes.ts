import type { ArrayNode, MemberNode, ObjectNode, SyntaxNode } from '../nodes';
import { spanIn } from '../stringSpans';
import {
  HclArray,
  HclFunction,
  HclFunctionList,
  HclMember,
  HclObjectNode,
  type Parent,
  type Range,
} from './hclNodes';
import { DOCUMENT_DIALECT, type HclContext, HclString, PLAIN_DIALECT } from './hclStrings';
import type { HclExpression, HclLiteral, HclName, HclPair } from './hclSyntax';
import type { Dialect } from './hclTemplates';

/**
 * The nodes of HCL. An attribute is a member; a block is one too, and its labels are members around what stands in it, as
 * in Terraform's JSON syntax. Of expressions what can be known is known: `jsonencode` and parentheses are what they hold,
 * lists that functions join are one, and a conditional reads as `Fn::If` does in CloudFormation's templates, which is what
 * the layers above know of conditions. Every other expression reads as the call of a function: a hole where a text should
 * be, with the literals in it to be found.
 */

/** The node of an expression. */
export function nodeOf(
  context: HclContext,
  expression: HclExpression,
  parent: Parent,
  dialect: Dialect = PLAIN_DIALECT,
): SyntaxNode {
  switch (expression.kind) {
    case 'template':
      return new HclString(context, expression, parent, { dialect });
    case 'number':
    case 'boolean':
      // The data source takes texts, and Terraform makes texts of these (Terraform language, "Type conversion").
      return dialect === DOCUMENT_DIALECT
        ? new HclString(context, expression, parent, { dialect })
        : scalarNode(context, expression, parent);
    case 'null':
      return scalarNode(context, expression, parent);
    case 'tuple':
      return listNode(context, expression, parent, dialect);
    case 'object':
      return new HclObjectNode(context, expression, parent, {
        members: (object) => pairMembers(context, object, expression.pairs, dialect),
        closed: expression.closed,
      });
    case 'call':
      return callNode(context, expression, parent, dialect);
    case 'conditional':
      return branchNode(context, expression, parent, (list) =>
        expression.branches
          .filter(({ kind }) => kind !== 'null')
          .map((branch) => nodeOf(context, branch, list, dialect)),
      );
    case 'for':
      return forNode(context, expression, parent, dialect);
    case 'reference':
      return new HclFunction(context, expression, 'Ref', parent, (member) => {
        const { start, end } = unquoted(context.source.text, expression);
        return new HclString(context, { start, end }, member);
      });
    case 'other':
      return functionNode(context, expression, 'expression', expression.parts, parent, dialect);
  }
}

function listNode(
  context: HclContext,
  {
    start,
    end,
    items,
    closed,
  }: Range & { readonly items: readonly HclExpression[]; readonly closed: boolean },
  parent: Parent,
  dialect: Dialect,
): HclArray {
  return new HclArray(context, { start, end }, parent, {
    items: (list) => items.map((item) => nodeOf(context, item, list, dialect)),
    closed,
  });
}

function scalarNode({ source }: HclContext, { kind, start, end }: HclLiteral, parent: Parent): SyntaxNode {
  const span = spanIn(source, start, end);
  const text = source.text.slice(start, end);
  switch (kind) {
    case 'number':
      return { kind, span, parent, value: Number(text) };
    case 'boolean':
      return { kind, span, parent, value: text === 'true' };
    case 'null':
      return { kind, span, parent };
  }
}

/** The functions that give the lists they are given, in one or another order, with or without repetitions. */
const LIST_FUNCTIONS: ReadonlySet<string> = new Set([
  'concat',
  'flatten',
  'distinct',
  'compact',
  'sort',
  'reverse',
  'tolist',
  'toset',
  'setunion',
]);

const DECODERS: ReadonlySet<string> = new Set(['jsondecode', 'yamldecode', 'csvdecode']);

/** The functions that give what they are given. */
const SAME: ReadonlySet<string> = new Set(['jsonencode', 'tomap', 'sensitive', 'nonsensitive']);

type HclCallExpression = Extract<HclExpression, { kind: 'call' }>;

function callNode(
  context: HclContext,
  call: HclCallExpression,
  parent: Parent,
  dialect: Dialect,
): SyntaxNode {
  const [first] = call.args;
  if (first !== undefined && call.args.length === 1 && SAME.has(call.name)) {
    return nodeOf(context, first, parent, dialect);
  }
  if (LIST_FUNCTIONS.has(call.name) && call.args.some(isList)) {
    return listNode(
      context,
      {
        start: call.start,
        end: call.end,
        items: itemsOfCall(call),
        closed: true,
      },
      parent,
      dialect,
    );
  }
  const objects = call.args.filter((each) => each.kind === 'object');
  if (call.name === 'merge' && objects.length > 0) {
    return new HclObjectNode(context, call, parent, {
      // Of a key that stands in several the last counts, and what else is merged may have more.
      members: (object) =>
        lastOfEach(
          pairMembers(
            context,
            object,
            objects.flatMap(({ pairs }) => pairs),
            dialect,
          ),
        ),
      closed: objects.length === call.args.length && objects.every(({ closed }) => closed),
      isCall: true,
    });
  }
  if (call.name === 'replace' && first !== undefined) {
    const { start, end } = call;
    const within = withReplaced(context, call.args[1]);
    return new HclFunction(context, { start, end }, 'Fn::replace', parent, (member) =>
      argumentList(context, call, member, (list) =>
        call.args.map((each) => nodeOf(each === first ? within : context, each, list, dialect)),
      ),
    );
  }
  // What is decoded is taken apart, and is no policy as it stands.
  const args = DECODERS.has(call.name) ? [] : call.args;
  return functionNode(context, call, call.name.replaceAll(/\W+/g, '_'), args, parent, dialect);
}

/**
 * The context in which the letters that `replace` looks for are holes; those of a regular expression are told where it has
 * none but letters (Terraform language, "replace Function").
 */
function withReplaced(context: HclContext, sought: HclExpression | undefined): HclContext {
  const { replaced = [], source } = context;
  if (sought?.kind !== 'template' || replaced.length >= MOST_REPLACED) {
    return context;
  }
  const { value } = new HclString(context, sought, undefined);
  const isPattern = value.length > 2 && value.startsWith('/') && value.endsWith('/');
  const letters = isPattern ? value.slice(1, -1) : value;
  const isKnown = letters !== '' && !/[$%]\{/.test(source.text.slice(sought.from, sought.to));
  return isKnown && !(isPattern && /\W/.test(letters))
    ? { ...context, replaced: [...replaced, letters] }
    : context;
}

/** Each is looked for at each letter. */
const MOST_REPLACED = 50;

/** Whether an expression gives a list of which items are written. */
export function isList(expression: HclExpression): boolean {
  return (
    expression.kind === 'tuple' ||
    (expression.kind === 'for' && expression.makes === 'tuple') ||
    (expression.kind === 'conditional' && expression.branches.some(isList)) ||
    (expression.kind === 'call' && LIST_FUNCTIONS.has(expression.name) && expression.args.some(isList))
  );
}

/** What an argument of a function of lists brings: the items of a list, those of lists in it as well, or itself. */
function itemsOf(expression: HclExpression): readonly HclExpression[] {
  switch (expression.kind) {
    case 'tuple':
      return expression.items.flatMap(itemsOf);
    case 'for': {
      const { makes, body, start, end } = expression;
      return makes === 'object' || body === undefined
        ? [expression]
        : [{ kind: 'conditional', start, end, branches: itemsOf(body) }];
    }
    case 'conditional':
      return [{ ...expression, branches: expression.branches.flatMap(itemsOf) }];
    case 'call':
      return isList(expression) ? itemsOfCall(expression) : [expression];
    default:
      return [expression];
  }
}

function itemsOfCall({ name, args }: HclCallExpression): readonly HclExpression[] {
  const items = args.flatMap(itemsOf);
  return name === 'compact' ? items.flatMap(withoutEmpty) : items;
}

/** `compact` leaves out empty texts. */
function withoutEmpty(expression: HclExpression): readonly HclExpression[] {
  if (expression.kind === 'conditional') {
    return [{ ...expression, branches: expression.branches.flatMap(withoutEmpty) }];
  }
  return expression.kind === 'template' && expression.from === expression.to ? [] : [expression];
}

function lastOfEach(members: readonly MemberNode[]): readonly MemberNode[] {
  return [...new Map(members.map((member) => [member.name, member])).values()];
}

/** What may be there or not, and what may be there instead. */
export function branchNode(
  context: HclContext,
  range: Range,
  parent: Parent,
  branches: (list: ArrayNode) => readonly SyntaxNode[],
): SyntaxNode {
  return new HclFunction(context, range, 'Fn::If', parent, (member) =>
    argumentList(context, range, member, branches),
  );
}

/** Something of which nothing is known, but that it is there. */
export function unknownNode(context: HclContext, range: Range, name: string, parent: Parent): SyntaxNode {
  return functionNode(context, range, name, [], parent, PLAIN_DIALECT);
}

/** The first argument is the condition, or whatever nobody can know. */
function argumentList(
  context: HclContext,
  range: Range,
  member: MemberNode,
  rest: (list: ArrayNode) => readonly SyntaxNode[],
): ArrayNode {
  return new HclFunctionList(context, range, member, {
    items: (list) => [
      { kind: 'opaque', span: spanIn(context.source, range.start, range.start), parent: list },
      ...rest(list),
    ],
  });
}

/** The body of a `for` stands as often as there is something to go through, which may be never. */
function forNode(
  context: HclContext,
  expression: Extract<HclExpression, { kind: 'for' }>,
  parent: Parent,
  dialect: Dialect,
): SyntaxNode {
  const { body, makes } = expression;
  if (makes === 'object' || body === undefined) {
    return functionNode(context, expression, 'for', body === undefined ? [] : [body], parent, dialect);
  }
  const { start, end } = expression;
  return listNode(
    context,
    {
      start,
      end,
      items: [{ kind: 'conditional', start: body.start, end: body.end, branches: [body] }],
      closed: true,
    },
    parent,
    dialect,
  );
}

function functionNode(
  context: HclContext,
  range: Range,
  name: string,
  parts: readonly HclExpression[],
  parent: Parent,
  dialect: Dialect,
): SyntaxNode {
  return new HclFunction(context, range, `Fn::${name}`, parent, (member) =>
    argumentList(context, range, member, (list) => parts.map((part) => nodeOf(context, part, list, dialect))),
  );
}

/** A reference in quotes is what stands between `${` and `}`. */
function unquoted(text: string, { start, end }: Range): { readonly start: number; readonly end: number } {
  return text.charAt(start) === '"'
    ? { start: start + 3, end: Math.max(start + 3, end - 2) }
    : { start, end };
}

/** The members of an object constructor. */
function pairMembers(
  context: HclContext,
  object: ObjectNode,
  pairs: readonly HclPair[],
  dialect: Dialect,
): readonly MemberNode[] {
  return pairs.map((pair) => {
    const { value } = pair;
    return new HclMember(context, object, {
      start: pair.start,
      end: pair.end,
      key: (member) => keyNode(context, pair.key, member),
      value: value === undefined ? undefined : (member) => nodeOf(context, value, member, dialect),
    });
  });
}

/** The key of a pair, or the name of an attribute: a word, a template, or an expression, which is a hole. */
export function keyNode(
  context: HclContext,
  key: HclName | HclExpression,
  member: MemberNode,
  dialect: Dialect = PLAIN_DIALECT,
): HclString {
  const { text } = context.source;
  if ('kind' in key) {
    return key.kind === 'template'
      ? new HclString(context, key, member, { dialect })
      : new HclString(context, key, member, {
          name: `\${${text.slice(key.start, key.end).replace(/[{}$]/g, '')}}`,
        });
  }
  return nameNode(context, key, member);
}

/** The node of a name, be it in quotes or not; `name` where it is shown under another one. */
export function nameNode(
  context: HclContext,
  { start, end, quoted }: HclName,
  member: MemberNode,
  name?: string,
): HclString {
  const closed = end - start > 1 && context.source.text.charAt(end - 1) === '"';
  return new HclString(
    context,
    quoted
      ? { kind: 'template', style: 'quoted', start, end, from: start + 1, to: closed ? end - 1 : end, closed }
      : { start, end },
    member,
    name === undefined ? {} : { name },
  );
}
