import { type PolicyDocument, standsAsJson } from '../../document';
import type { Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { isAt } from '../../spans';
import { placesOf, type Span, type StringNode } from '../../syntax/nodes';
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
  let here: { readonly name: Name; readonly policy: number } | undefined;
  visitNames(document, (name, from, policy) => {
    const [, , start, end] = name;
    // What stands within another comes behind it.
    if (isAt({ start: from + start, end: from + end }, offset)) {
      here = { name, policy };
    }
  });
  const { name, policy: inPolicy } = here ?? {};
  if (name === undefined) {
    return undefined;
  }
  const [kind, thing] = name;
  const found: Highlight[] = [];
  visitNames(document, (other, from, policy) => {
    // The same Sid in another policy is another statement's.
    if (other[0] === kind && other[1] === thing && (kind !== 'sid' || policy === inPolicy)) {
      const span = { start: from + other[2], end: from + other[3] };
      found.push({ span, role: kind === 'sid' ? 'declaration' : 'use' });
    }
  });
  return found;
}

type Kind = 'sid' | 'action' | 'key' | 'value';

/** A name as it stands in a statement: what it names, in one spelling, and where, from where it is counted. */
type Name = readonly [kind: Kind, thing: string, start: number, end: number];

/** Shows all names in order, with the offset from which their places count and the number of their policy. */
function visitNames(
  document: PolicyDocument,
  visit: (name: Name, from: number, policy: number) => void,
): void {
  document.policies.forEach(({ statements }, policy) => {
    for (const statement of statements) {
      const isKnown = standsAsJson(document, statement.node);
      const from = isKnown ? statement.node.span.start : 0;
      for (const name of isKnown ? knownNames(statement) : namesIn(statement, 0)) {
        visit(name, from, policy);
      }
    }
  });
}

/** Counted from the statement's beginning; worked out once for each text of a statement. */
const knownNames = notedOf((statement: Statement): readonly Name[] =>
  namesIn(statement, statement.node.span.start),
);

function namesIn(statement: Statement, from: number): readonly Name[] {
  const name = (kind: Kind, thing: string, { start, end }: Span): Name => [
    kind,
    thing,
    start - from,
    end - from,
  ];
  const { sid } = statement;
  return [
    ...(sid === undefined ? [] : [name('sid', sid.value, contentSpan(sid))]),
    ...statement.actions.flatMap(({ entries }) =>
      entries.map(({ node, text }) => name('action', text.toLowerCase(), contentSpan(node))),
    ),
    ...statement.conditions.flatMap(({ key }) =>
      placesOf(key).map((place) => name('key', key.value.toLowerCase(), contentSpan(place))),
    ),
    ...valueStringsOf(statement).flatMap((node) => [
      name('value', node.value, contentSpan(node)),
      ...variablesIn(node).map(({ key, span }) => name('key', key, span)),
    ]),
  ];
}

/**
 * A variable is called like the key whose value it takes; what stands behind a comma is its default.
 * IAM User Guide, "IAM policy elements: Variables and tags".
 */
function variablesIn(node: StringNode): readonly { readonly key: string; readonly span: Span }[] {
  return [...node.value.matchAll(/\$\{([^{},]*)(?:,[^{}]*)?\}/g)].map(({ 0: text, 1: name = '', index }) => ({
    key: name.trim().toLowerCase(),
    span: spanOfValue(node, index, index + text.length),
  }));
}
