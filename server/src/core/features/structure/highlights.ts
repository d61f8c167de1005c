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
  const names = document.policies.flatMap((policy, index) => namesIn(policy, index));
  const [here] = names
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  return here === undefined
    ? undefined
    : names
        .filter(({ thing }) => thing === here.thing)
        .map(({ thing, span }) => ({ span, role: thing.startsWith('sid ') ? 'declaration' : 'use' }));
}

/** A name as it stands in the document, and what it names; the same thing has the same text. */
interface Name {
  readonly thing: string;
  readonly span: Span;
}

function namesIn(policy: Policy, index: number): readonly Name[] {
  return policy.statements.flatMap((statement) => [
    ...(statement.sid === undefined ? [] : [whole(statement.sid, `sid ${index} ${statement.sid.value}`)]),
    ...namesInStatement(statement),
  ]);
}

function namesInStatement(statement: Statement): readonly Name[] {
  return [
    ...statement.actions.flatMap(({ entries }) =>
      entries.map(({ node, text }) => whole(node, `action ${text.toLowerCase()}`)),
    ),
    ...statement.conditions.map(({ key }) => whole(key, `key ${key.value.toLowerCase()}`)),
    ...valueStringsOf(statement).flatMap((node) => [
      whole(node, `value ${node.value}`),
      ...variablesIn(node),
    ]),
  ];
}

function whole(node: StringNode, thing: string): Name {
  return { thing, span: contentSpan(node) };
}

/**
 * A variable is called like the key whose value it takes; what stands behind a comma is its default.
 * IAM User Guide, "IAM policy elements: Variables and tags".
 */
function variablesIn(node: StringNode): readonly Name[] {
  return [...node.value.matchAll(/\$\{([^{},]*)(?:,[^{}]*)?\}/g)].map(({ 0: text, 1: name = '', index }) => ({
    thing: `key ${name.trim().toLowerCase()}`,
    span: spanOfValue(node, index, index + text.length),
  }));
}
