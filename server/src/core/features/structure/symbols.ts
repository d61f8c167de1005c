import type { PolicyDocument } from '../../document';
import type { Condition, Policy, Statement } from '../../model/policy';
import { pathFrom, type Span, type StringNode, type SyntaxNode } from '../../syntax/nodes';
import { actionName, oneLine, POLICY_NAMES, principalName, resourceName, statementName } from './names';

export type SymbolKind = 'policy' | 'statement' | 'action' | 'principal' | 'resource' | 'condition';

export interface DocumentSymbol {
  readonly kind: SymbolKind;
  /** Never empty, one line. */
  readonly name: string;
  readonly detail: string;
  /** All of it. */
  readonly span: Span;
  /** Where the cursor goes; within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/**
 * The outline: the statements with what they speak of, under their policies where a document has several. What is
 * half typed is there as far as it goes.
 */
export function documentSymbols(document: PolicyDocument): readonly DocumentSymbol[] {
  const { policies } = document;
  return policies.length === 1
    ? policies.flatMap(statementSymbols)
    : policies.map((policy) => policySymbol(policy, document.tree.root));
}

function policySymbol(policy: Policy, root: SyntaxNode | undefined): DocumentSymbol {
  const { node, kind } = policy;
  return {
    kind: 'policy',
    name: POLICY_NAMES[kind.type],
    detail: root === undefined ? '' : oneLine(pathFrom(root, node).filter(isTelling).join('.')),
    span: node.span,
    selection: selectionIn(node.span, undefined),
    children: statementSymbols(policy),
  };
}

/** Not the words that every template has on the way to a policy. */
function isTelling(step: string | number): boolean {
  return step !== 'Resources' && step !== 'Properties';
}

function statementSymbols({ statements }: Policy): readonly DocumentSymbol[] {
  return statements.map((statement) => {
    const { node, sid, effect } = statement;
    return {
      kind: 'statement',
      name: statementName(statement),
      detail: oneLine(sid?.value ?? ''),
      span: node.span,
      selection: selectionIn(node.span, (sid ?? effect)?.span),
      children: partsOf(statement),
    };
  });
}

/**
 * The wanted span where it lies within the whole, else the beginning of the whole. A statement of Terraform that leaves
 * its effect out has one all the same, which stands at the word before the block; VS Code refuses an outline in which
 * one symbol is selected outside of itself.
 */
function selectionIn(whole: Span, wanted: Span | undefined): Span {
  return wanted !== undefined && whole.start <= wanted.start && wanted.end <= whole.end
    ? wanted
    : { start: whole.start, end: Math.min(whole.start + 1, whole.end) };
}

function partsOf({ principals, actions, resources, conditions }: Statement): readonly DocumentSymbol[] {
  return [
    ...principals.flatMap(({ member, entries }) =>
      entries.map((entry) =>
        leaf('principal', entry.node, principalName(entry), entry.type?.value ?? member.name),
      ),
    ),
    ...actions.flatMap(({ member, entries }) =>
      entries.map(({ node, text }) => leaf('action', node, actionName(text), member.name)),
    ),
    ...resources.flatMap(({ member, entries }) =>
      entries.map((entry) => leaf('resource', entry.node, resourceName(entry), member.name)),
    ),
    ...conditions.map(conditionSymbol),
  ].sort((a, b) => a.span.start - b.span.start);
}

function conditionSymbol({ key, member, operator, values }: Condition): DocumentSymbol {
  const compared = [operator.node.value, values.map(({ text }) => text).join(', ')].join(' ');
  return {
    ...leaf('condition', key, key.value, compared),
    span: member.span,
    selection: selectionIn(member.span, key.span),
  };
}

function leaf(kind: SymbolKind, { span }: StringNode, name: string, detail: string): DocumentSymbol {
  return { kind, name: oneLine(name) || '""', detail: oneLine(detail), span, selection: span, children: [] };
}
