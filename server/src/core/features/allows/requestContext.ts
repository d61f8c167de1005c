import type { Asked } from '../../evaluate/evaluate';
import { operatorTraits, SET_QUALIFIERS } from '../../model/conditionOperators';
import { quote } from '../../rules/support/quote';
import { parseJson } from '../../syntax/json';
import type { MemberNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';
import { grouped } from '../../wording';

/** Condition keys as a question tells them; no value at all says that the key is not in the request. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/**
 * What is wrong with the name of a condition key, as a sentence; `undefined` where nothing is. IAM User Guide, "IAM JSON
 * policy elements: Condition": a prefix, a colon and a name. The prefix may be the issuer of an identity provider, and
 * the name of a tag may have spaces and further colons.
 */
export function contextKeyProblem(key: string): string | undefined {
  const [prefix = ''] = key.split(':');
  if (isOperator(prefix)) {
    return 'Give the condition key without the operator, as in aws:SourceIp.';
  }
  return key.length <= LONGEST_KEY &&
    /^[a-z0-9][a-z0-9._/-]*:[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/iu.test(key)
    ? undefined
    : 'A condition key is a prefix, a colon and a name, as in aws:SourceIp.';
}

function isOperator(text: string): boolean {
  const base = text.replace(/IfExists$/i, '');
  return (
    operatorTraits(base) !== undefined ||
    SET_QUALIFIERS.some((qualifier) => qualifier.toLowerCase() === text.toLowerCase())
  );
}

/** The prefix, and a tag key of 128 characters. */
const LONGEST_KEY = 512;

export type ContextOutcome =
  | { readonly context: RequestContext }
  /** A sentence, and the offset in the text that it is about. */
  | { readonly problem: string; readonly offset: number };

/**
 * Reads a request context from JSON, comments allowed: an object from condition keys to a string, a number, a boolean, a
 * list of these, or `null` for a key that is not in the request. Never throws; the first mistake is told.
 */
export function readContext(text: string): ContextOutcome {
  if (text.length > MAX_CONTEXT_LENGTH) {
    const most = grouped(MAX_CONTEXT_LENGTH);
    return { problem: `It has more than ${most} characters.`, offset: 0 };
  }
  const { root, faults } = parseJson(text, 'jsonc');
  const [fault] = faults;
  if (fault !== undefined) {
    return {
      problem: `It is not well-formed JSON: ${fault.code.replaceAll('-', ' ')}.`,
      offset: fault.span.start,
    };
  }
  if (root?.kind !== 'object') {
    return {
      problem:
        'A context is an object from condition keys to values, as in { "aws:SourceIp": "203.0.113.7" }.',
      offset: root?.span.start ?? 0,
    };
  }
  return contextOf(root, text);
}

/** Reads a request context from an object of a document in any language. */
export function contextOf(root: ObjectNode, text: string): ContextOutcome {
  const context = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  for (const member of root.members) {
    const values = valuesOf(member, text);
    const problem = contextKeyProblem(member.name) ?? (values === undefined ? VALUES : undefined);
    if (problem !== undefined || values === undefined) {
      return { problem: `${quote(member.name)}: ${problem ?? VALUES}`, offset: member.span.start };
    }
    if (seen.has(member.name.toLowerCase())) {
      return {
        problem: `${quote(member.name)} is given twice; condition keys ignore case.`,
        offset: member.span.start,
      };
    }
    seen.add(member.name.toLowerCase());
    context.set(member.name, values);
  }
  return { context };
}

/** A request has some dozens of keys; each value is compared with each of every condition about it. */
const MAX_CONTEXT_LENGTH = 65_536;

const VALUES =
  'A value is a string, a number, true or false, a list of these, or null where the key is absent.';

function valuesOf({ value }: MemberNode, text: string): readonly string[] | undefined {
  if (value === undefined || value.kind === 'null') {
    return value === undefined ? undefined : [];
  }
  const nodes = value.kind === 'array' ? value.items : [value];
  const texts = nodes.map((node) => textOf(node, text));
  return texts.every((each) => each !== undefined) ? texts : undefined;
}

/** A scalar as text; a number as it is written, so that none is rounded. */
export function textOf(node: SyntaxNode, text: string): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return text.slice(node.span.start, node.span.end);
    case 'boolean':
      return String(node.value);
    default:
      return undefined;
  }
}

/**
 * The values of a condition key that somebody may choose from: those that the policies compare it with, without patterns,
 * which no request holds. Of a boolean both.
 */
export function valueChoices({ values }: Asked): readonly string[] {
  const isBoolean = values.length > 0 && values.every((value) => BOOLEANS.includes(value.toLowerCase()));
  return isBoolean ? BOOLEANS : values.filter((value) => value !== '' && !/[*?]|\$\{/.test(value));
}

const BOOLEANS = ['true', 'false'];
