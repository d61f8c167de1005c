import { isNameOfOne } from '../model/attributeArns';
import type { PrincipalElement, PrincipalEntry, Statement } from '../model/policy';
import { isTooLong } from '../model/values';
import { holdsTemplate, templatesIn } from '../pattern/templates';
import { branchesOf, functionCall } from '../syntax/functions';
import { textNodeOf } from '../syntax/functionTexts';
import type { StringNode, SyntaxNode } from '../syntax/nodes';
import { type Application, perhaps } from './application';
import type { Caller } from './caller';

/** What a template puts into an element. */
export interface OpenPart {
  /** The type of the principals that it stands among; absent where that is not told either. */
  readonly type: string | undefined;
  /** With holes for what is filled in; absent where nothing can be told. */
  readonly text: string | undefined;
  readonly application: Application;
}

/** Template functions stand where strings should. */
export function openParts({ member, statement }: PrincipalElement): readonly OpenPart[] {
  const { value } = member;
  const isTyped = value?.kind === 'object' && functionCall(value) === undefined;
  const values: readonly (readonly [type: string | undefined, SyntaxNode | undefined])[] = isTyped
    ? value.members.map((typed) => [TYPES.has(typed.name) ? typed.name : undefined, typed.value])
    : value?.kind === 'object'
      ? value.members.map((call) => [undefined, call.value])
      : [[undefined, value]];
  return values.flatMap(([type, each]) =>
    nodesIn(each).flatMap((node): readonly OpenPart[] => {
      const isCall = node.kind === 'object' || node.kind === 'opaque';
      if (!isCall && !(node.kind === 'string' && (isTooLong(node) || isFilledIn(node)))) {
        return [];
      }
      const text = isTyped || node.kind === 'string' ? textNodeOf(node) : undefined;
      return [
        {
          type,
          text: text === undefined || isTooLong(text) ? undefined : text.value,
          application: perhaps([{ kind: 'template', text: member.name, node, statement }]),
        },
      ];
    }),
  );
}

/** What stands at a place, in a list and in the branches of conditions. */
function nodesIn(value: SyntaxNode | undefined): readonly SyntaxNode[] {
  const nodes = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
  return nodes.flatMap((node) =>
    branchesOf(node).flatMap((branch) => (branch === node ? [node] : nodesIn(branch))),
  );
}

const TYPES: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/** Whether a caller can be of the type, or can be everybody, which letters around what is filled in never are. */
export function mayName(part: OpenPart, caller: Caller, { statement }: PrincipalElement): boolean {
  if (caller.kind === 'unknown' || mayBeEverybody(part)) {
    return true;
  }
  switch (caller.kind) {
    case 'anonymous':
      return false;
    case 'service':
      return part.type !== 'AWS' && part.type !== 'Federated';
    case 'provider':
      return part.type !== 'AWS' && part.type !== 'Service';
    case 'other':
      return part.type !== 'Service';
    case 'role':
    case 'session':
      // A provider stands for sessions, save in a trust policy.
      return part.type !== 'Service' && (part.type !== 'Federated' || statement.policy.kind.type !== 'trust');
    default:
      return part.type !== 'Service' && part.type !== 'Federated';
  }
}

/** Whether what a template puts in may be `*`, which a part of a principal never is. */
function mayBeEverybody({ type, text }: OpenPart): boolean {
  if (type !== undefined && type !== 'AWS') {
    return false;
  }
  if (text === undefined || DIRECTIVE.test(text)) {
    return true;
  }
  if (isNameOfOne(text)) {
    return false;
  }
  let rest = '';
  let at = 0;
  for (const { from, to } of templatesIn(text)) {
    rest += text.slice(at, from);
    at = to;
  }
  return /^[\s*]*$/.test(rest + text.slice(at));
}

/** What decides over the letters around it. */
const DIRECTIVE = /%\{|\{%|<%|\{\{-?\s*(?:[#/^]|(?:if|else|end|range|with|block|template|include)\b)/;

/** Whether a statement may be about everybody: by what it says of principals, or by what a template puts there. */
export function mayNameEverybody({ principals }: Statement): boolean {
  return principals.every(
    (element) =>
      element.negated ||
      element.entries.some(mayStandForEverybody) ||
      openParts(element).some(mayBeEverybody),
  );
}

/** Whether an entry may be everybody: a wildcard alone, of AWS or of a type that nobody knows. */
export function mayStandForEverybody({ text, type }: PrincipalEntry): boolean {
  return text === '*' && (type === undefined || type.value === 'AWS' || !TYPES.has(type.value));
}

/** A principal has no variables of IAM's: what looks like one is filled in by a tool. */
export function isFilledIn(node: SyntaxNode | undefined): node is StringNode {
  return node?.kind === 'string' && holdsTemplate(node.value);
}
