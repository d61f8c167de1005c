import { type MemberNode, pathFrom, type Span, type SyntaxNode } from '../syntax/nodes';
import { configRules } from './fileRules';
import type { Finding } from './finding';
import type { Fix } from './rule';
import { type RuleSetting, severityOf } from './severity';

export type Place = SyntaxNode | MemberNode | Span;

export interface Mistake {
  readonly rule: string;
  readonly at: Place;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

/** The finding that a mistake is under settings; `undefined` where its rule is off. */
export function findingOf(
  { rule, at, message, fixes = [] }: Mistake,
  settings: readonly RuleSetting[],
): Finding | undefined {
  const meta = configRules.find(({ id }) => id === rule);
  const severity = meta === undefined ? undefined : severityOf(meta, settings);
  if (meta === undefined || severity === undefined) {
    return undefined;
  }
  return {
    rule,
    accessAnalyzer: undefined,
    category: meta.category,
    severity,
    message,
    span: spanOf(at),
    path: 'kind' in at ? pathFrom(rootOf(at), at) : [],
    // Part of every finding; a file of another kind has none of its own.
    policyType: 'identity',
    fixes,
  };
}

/** A member is marked by its key, a container by its opening bracket. */
function spanOf(at: Place): Span {
  if (!('kind' in at)) {
    return at;
  }
  switch (at.kind) {
    case 'member':
      return at.key.span;
    case 'object':
    case 'array':
      return { start: at.span.start, end: Math.min(at.span.start + 1, at.span.end) };
    default:
      return at.span;
  }
}

/** The root of the tree of a node. */
function rootOf(node: SyntaxNode | MemberNode): SyntaxNode {
  if (node.kind === 'member') {
    return rootOf(node.parent);
  }
  return node.parent === undefined ? node : rootOf(node.parent);
}
