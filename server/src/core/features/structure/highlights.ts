import type { PolicyDocument } from '../../document';
import type { Policy, Statement } from '../../model/policy';
import type { Span, StringNode } from '../../syntax/nodes';
import { contentSpan, spanOfValue } from '../../syntax/stringSpans';
import { valueStringsOf } from '../valueStrings';

export interface Highlight {
  readonly span: Span;
  /** A Sid gives a statement its name; everything else is named from elsewhere. */
  readonly role: 'declaration' | 'use';
}

/**
 * Where a document names the same thing as at an offset: a Sid within its policy; an action, in whatever case; an ARN
 * or another principal; a condition key, also as a policy variable. `undefined` where the offset is at none.
 */
export function highlights(document: PolicyDocument, offset: number): readonly Highlight[] | undefined {
  const { policies } = document;
  let here: { readonly name: Name; readonly length: number } | undefined;
  visitNames(policies, (name) => {
    const { start, end } = spanOf(name);
    if (start <= offset && offset <= end && (here === undefined || end - start < here.length)) {
      here = { name, length: end - start };
    }
  });
  const { name } = here ?? {};
  if (name === undefined) {
    return undefined;
  }
  const thing = thingOf(name);
  const found: Highlight[] = [];
  const role = name.kind === 'sid' ? 'declaration' : 'use';
  visitNames(policies, (other) => {
    if (other.kind === name.kind && other.policy === name.policy && thingOf(other) === thing) {
      found.push({ span: spanOf(other), role });
    }
  });
  return found;
}

/** A name as it stands in the document. */
interface Name {
  /** What kind of thing it names; things of different kinds are different. */
  readonly kind: 'sid' | 'action' | 'key' | 'value';
  /** The policy in which it counts, by its number; -1 where it means the same in all. */
  readonly policy: number;
  readonly node: StringNode;
  readonly text: string;
  /** Of a variable, where in the string it stands. */
  readonly slice: readonly [from: number, to: number] | undefined;
}

/** The same thing has the same text. */
function thingOf({ kind, text }: Name): string {
  return kind === 'action' || kind === 'key' ? text.toLowerCase() : text;
}

function spanOf({ node, slice }: Name): Span {
  return slice === undefined ? contentSpan(node) : spanOfValue(node, slice[0], slice[1]);
}

/** Shows all names, statement by statement; there may be tens of thousands, so that nothing is kept of them. */
function visitNames(policies: readonly Policy[], visit: (name: Name) => void): void {
  policies.forEach(({ statements }, index) => {
    for (const statement of statements) {
      const { sid } = statement;
      if (sid !== undefined) {
        visit({ kind: 'sid', policy: index, node: sid, text: sid.value, slice: undefined });
      }
      visitStatement(statement, visit);
    }
  });
}

function visitStatement(statement: Statement, visit: (name: Name) => void): void {
  for (const { entries } of statement.actions) {
    for (const { node, text } of entries) {
      visit({ kind: 'action', policy: -1, node, text, slice: undefined });
    }
  }
  for (const { key } of statement.conditions) {
    visit({ kind: 'key', policy: -1, node: key, text: key.value, slice: undefined });
  }
  for (const node of valueStringsOf(statement)) {
    const { value } = node;
    visit({ kind: 'value', policy: -1, node, text: value, slice: undefined });
    if (value.includes('${')) {
      visitVariables(node, visit);
    }
  }
}

/**
 * A variable is called like the key whose value it takes; what stands behind a comma is its default.
 * IAM User Guide, "IAM policy elements: Variables and tags".
 */
function visitVariables(node: StringNode, visit: (name: Name) => void): void {
  for (const { 0: text, 1: name = '', index } of node.value.matchAll(/\$\{([^{},]*)(?:,[^{}]*)?\}/g)) {
    visit({ kind: 'key', policy: -1, node, text: name.trim(), slice: [index, index + text.length] });
  }
}
