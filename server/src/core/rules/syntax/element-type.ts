import { replaceValue, wrapInArray } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import { STATEMENT_ELEMENTS } from '../../locate/elements';
import { holdsTemplate } from '../../pattern/templates';
import type { MemberNode, ObjectNode, StringNode, SyntaxNode } from '../../syntax/nodes';
import { isKnown } from '../support/known';

/** The grammar by element; IAM User Guide, "Grammar of the IAM JSON policy language". */
const POLICY_TYPES: ReadonlyMap<string, Shape> = new Map([
  ['Version', 'string'],
  ['Id', 'string'],
  ['Statement', 'statements'],
]);

const STATEMENT_TYPES: ReadonlyMap<string, Shape> = new Map([
  ['Sid', 'string'],
  ['Effect', 'string'],
  ['Principal', 'principal'],
  ['NotPrincipal', 'principal'],
  ['Action', 'strings'],
  ['NotAction', 'strings'],
  ['Resource', 'strings'],
  ['NotResource', 'strings'],
  ['Condition', 'operators'],
]);

type Shape = 'string' | 'strings' | 'statements' | 'principal' | 'operators' | 'keys' | 'scalars';

/** The shapes that a string has. */
const TEXTS: ReadonlySet<Shape> = new Set(['string', 'strings', 'principal', 'scalars']);

const EXPECTED: Readonly<Record<Shape, string>> = {
  string: 'a string',
  strings: 'a string or a list of strings',
  statements: 'an object or a list of objects',
  principal: '"*" or an object',
  operators: 'an object of condition operators',
  keys: 'an object of condition keys',
  scalars: 'a string, number or boolean, or a list of these',
};

const FOUND: Readonly<Record<SyntaxNode['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
  opaque: 'something else',
};

/** An expression of a template engine may come to anything, and in YAML a name that is being typed is a text. */
function isYetToCome({ value, source }: StringNode): boolean {
  return (
    holdsTemplate(value) ||
    (source.syntax === 'yaml' && STATEMENT_ELEMENTS.some((element) => element.startsWith(value)))
  );
}

/** A program may write None or null where it fills in something later. */
function isYetToBeFilledIn({ key, value }: MemberNode): boolean {
  return value?.kind === 'null' && key.source.syntax === 'program';
}

export const rule = defineRule({
  meta: {
    id: 'element-type',
    category: 'error',
    summary: 'The value of an element has the wrong JSON type',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'DATA_TYPE_MISMATCH',
    messages: {
      value: '{name} must be {expected}, and this is {found}.',
      item: 'Each entry of {name} must be {expected}, and this is {found}.',
      list: 'Terraform takes nothing but a list for {name}, and this is a string.',
    },
  },
  create: (context) => {
    const reportAt = (node: SyntaxNode, message: 'value' | 'item', name: string, expected: string): void =>
      context.report({
        message,
        at: node,
        data: { name, expected, found: FOUND[node.kind] },
        fixes: expected.includes('string') ? quoteFix(node, name) : [],
      });

    const checkItems = (
      node: SyntaxNode,
      name: string,
      shape: Shape,
      fits: (item: SyntaxNode) => boolean,
      expected: string,
    ): void => {
      if (node.kind !== 'array') {
        if (!fits(node)) {
          reportAt(node, 'value', name, EXPECTED[shape]);
        }
        return;
      }
      for (const item of node.items) {
        if (!fits(item) && isKnown(item) && !(item.kind === 'string' && isYetToCome(item))) {
          reportAt(item, 'item', name, expected);
        }
      }
    };

    const checkValue = (member: MemberNode, shape: Shape): void => {
      const { value, wantsList } = member;
      if (value !== undefined && wantsList !== undefined) {
        context.report({
          message: 'list',
          at: value,
          data: { name: wantsList },
          fixes: [{ title: 'Put it in a list', kind: 'suggestion', edits: () => wrapInArray(value) }],
        });
        return;
      }
      // Where a string may stand, a string is right; only principals say more about it.
      if (
        !isKnown(value) ||
        isYetToBeFilledIn(member) ||
        (value.kind === 'string' && (TEXTS.has(shape) || isYetToCome(value)))
      ) {
        return;
      }
      const name = member.name;
      switch (shape) {
        case 'string':
          if (value.kind !== 'string') {
            reportAt(value, 'value', name, EXPECTED.string);
          }
          return;
        case 'strings':
          checkItems(value, name, shape, (item) => item.kind === 'string', 'a string');
          return;
        case 'scalars':
          checkItems(value, name, shape, isScalar, 'a string, number or boolean');
          return;
        case 'statements':
          checkItems(value, name, shape, (item) => item.kind === 'object', 'an object');
          return;
        case 'principal':
          if (value.kind !== 'string') {
            checkMembers(value, name, shape, 'strings');
          }
          return;
        case 'operators':
          checkMembers(value, name, shape, 'keys');
          return;
        case 'keys':
          checkMembers(value, name, shape, 'scalars');
          return;
      }
    };

    const checkMembers = (value: SyntaxNode, name: string, shape: Shape, inner: Shape): void => {
      if (value.kind !== 'object') {
        reportAt(value, 'value', name, EXPECTED[shape]);
        return;
      }
      for (const member of value.members) {
        checkValue(member, inner);
      }
    };

    const checkObject = (node: ObjectNode, types: ReadonlyMap<string, Shape>): void => {
      for (const member of node.members) {
        const shape = types.get(member.name);
        if (shape !== undefined) {
          checkValue(member, shape);
        }
      }
    };

    return {
      policy: ({ node }) => checkObject(node, POLICY_TYPES),
      statement: ({ node }) => checkObject(node, STATEMENT_TYPES),
    };
  },
});

function isScalar(node: SyntaxNode): boolean {
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean';
}

/** An account id without its quotes is the usual case; as a number it has lost the zeros that it began with. */
function quoteFix(node: SyntaxNode, name: string): readonly Fix[] {
  if (node.kind !== 'number' && node.kind !== 'boolean') {
    return [];
  }
  const text = String(node.value);
  const whole = name === 'AWS' && /^\d+$/.test(text) ? text.padStart(12, '0') : text;
  const title = whole === text ? 'Put it in quotes' : 'Put it in quotes, with its leading zeros';
  return [{ title, kind: 'suggestion', edits: () => [replaceValue(node, whole)] }];
}
