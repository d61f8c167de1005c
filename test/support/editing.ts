import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Edit } from '../../server/src/core/lint/rule';
import { Unwritable } from '../../server/src/core/lint/writers/writer';
import type { ArrayNode, MemberNode, ObjectNode, SyntaxNode } from '../../server/src/core/syntax/nodes';

/** The text after edits, which must not overlap; `undefined` where the writer of the language refuses them. */
export function edited(text: string, edits: () => Edit | readonly Edit[] | undefined): string | undefined {
  try {
    const made = edits();
    if (made === undefined) {
      return undefined;
    }
    const inOrder = [made].flat().sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    for (const [index, { span }] of inOrder.entries()) {
      assert.ok(span.start >= (inOrder[index - 1]?.span.end ?? 0), 'editors refuse edits that overlap');
    }
    return applyEdits(text, inOrder);
  } catch (error) {
    if (error instanceof Unwritable) {
      return undefined;
    }
    throw error;
  }
}

/** The member of an object with this name, which it must have. */
export function memberAt(object: ObjectNode, name: string): MemberNode {
  return object.members.find((each) => each.name === name) ?? assert.fail(`no ${name}`);
}

/** The value below an object that a path of names leads to. */
export function valueAt(object: ObjectNode, ...path: readonly string[]): SyntaxNode {
  const [name = '', ...rest] = path;
  const value = memberAt(object, name).value ?? assert.fail(`no value of ${name}`);
  return rest.length === 0 ? value : valueAt(asObject(value), ...rest);
}

/** As `valueAt`, of an object. */
export function objectAt(object: ObjectNode, ...path: readonly string[]): ObjectNode {
  return asObject(valueAt(object, ...path));
}

/** As `valueAt`, of a list. */
export function listAt(object: ObjectNode, ...path: readonly string[]): ArrayNode {
  const value = valueAt(object, ...path);
  return value.kind === 'array' ? value : assert.fail(`${value.kind} is no list`);
}

/** The item of a list at an index, which it must have. */
export function itemAt(list: ArrayNode, index: number): SyntaxNode {
  return list.items[index] ?? assert.fail(`no item ${index}`);
}

function asObject(node: SyntaxNode): ObjectNode {
  return node.kind === 'object' ? node : assert.fail(`${node.kind} is no object`);
}
