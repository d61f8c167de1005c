import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import { sourceOf } from '../../lint/layout';
import type { Edit } from '../../lint/rule';
import type { Policy, Statement } from '../../model/policy';
import { firstIndex } from '../../pattern/bisect';
import { rememberOf } from '../../pattern/memo';
import { touches } from '../../spans';
import { HclObjectNode } from '../../syntax/hcl/hclNodes';
import { PolicyDocument as DataSource } from '../../syntax/hcl/policyDocument';
import { parseJsonTemplate } from '../../syntax/json';
import type { ArrayNode, MemberNode, SourceText, Span, SyntaxNode } from '../../syntax/nodes';
import { indexAt } from '../../syntax/stringSpans';
import { isBesideUnreportedFault } from '../../syntax/unreported';
import { YamlArray, YamlObject } from '../../syntax/yaml/yamlNodes';

/** Another way to write the same policy: which requests it allows and denies stays as it is. */
export interface Refactoring {
  readonly title: string;
  /** Replacements that do not overlap, in document offsets; computed only when they are needed. */
  readonly edits: () => readonly Edit[];
}

/** Where the cursor or the selection is. */
export interface RefactorPlace {
  readonly document: PolicyDocument;
  readonly policy: Policy;
  readonly span: Span;
  /** The statements that the span touches. */
  readonly statements: readonly Statement[];
  readonly iamData: IamData | undefined;
  /** Whether refactorings were requested, rather than whatever is available each time the cursor moves. */
  readonly asked: boolean;
  /**
   * The texts of the other files of the module, for a file of Terraform; `undefined` where nobody looked at them, and then
   * nothing that they may name goes away.
   */
  readonly module: readonly string[] | undefined;
}

/** What one kind of refactoring offers at a place. Never throws; offers nothing for what is half typed. */
export type Refactor = (place: RefactorPlace) => readonly Refactoring[];

/** The policy at a span, or else the document's only one, with what the span touches of it. */
export function placeAt(
  document: PolicyDocument,
  span: Span,
  given: Pick<RefactorPlace, 'iamData' | 'asked' | 'module'>,
): RefactorPlace | undefined {
  const { policies } = document;
  const policy =
    policies.find(({ node }) => touches(node.span, span)) ??
    policies.find(({ node }) => node instanceof DataSource && touches(node.block, span)) ??
    (policies.length === 1 ? policies[0] : undefined);
  return (
    policy && {
      document,
      policy,
      span,
      statements: policy.statements.filter(({ node }) => touches(node.span, span)),
      ...given,
    }
  );
}

/**
 * Whether a part of the policy can be rewritten as it stands. Where a comma is missing or a bracket open, nobody knows
 * yet where it ends; trailing commas and comments, which some readers refuse, leave no doubt.
 */
export function isIntact({ faults }: Policy, node: SyntaxNode): boolean {
  return isClear(faults, node.span) && isClear(untoldFaults(sourceOf(node)), node.span) && !isLeftOpen(node);
}

/** Whether what a node is written in may be another thing than what was read, since a fault that other tools tell is near. */
function isBesideFault(node: SyntaxNode | MemberNode): boolean {
  return node.kind === 'object'
    ? isBesideUnreportedFault(node)
    : node.parent !== undefined && isBesideFault(node.parent);
}

/**
 * Whether a bracket or a quote is open around a node of YAML, or in one of YAML or Terraform, or a fault is beside one of
 * YAML: nobody is told of these.
 */
function isLeftOpen(node: SyntaxNode): boolean {
  switch (sourceOf(node)?.syntax) {
    case 'yaml':
      return isOpenAround(node) || holdsOpen(node) || isBesideFault(node);
    case 'hcl':
      return holdsOpen(node);
    default:
      return false;
  }
}

function isOpenAround(node: SyntaxNode): boolean {
  const around = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
  return around !== undefined && (isOpen(around) || isOpenAround(around));
}

const holdsOpen = rememberOf((node: SyntaxNode): boolean => {
  switch (node.kind) {
    case 'array':
      return isOpen(node) || node.items.some(holdsOpen);
    case 'object':
      return isOpen(node) || node.members.some(({ value }) => value !== undefined && holdsOpen(value));
    default:
      return isOpen(node);
  }
});

/** What has no brackets, and what others write more of, is open in another sense. */
function isOpen(node: SyntaxNode): boolean {
  if (node instanceof YamlObject || node instanceof YamlArray) {
    return node.isFlow && !node.closed;
  }
  return node.kind === 'object'
    ? node instanceof HclObjectNode && !node.isCall && !node.closed
    : (node.kind === 'array' || node.kind === 'string') && !node.closed;
}

/** Of a text that expressions write parts of: nobody is told of them, but what cannot be read cannot be rewritten. */
function untoldFaults(source: SourceText | undefined): Policy['faults'] {
  if (source?.isPartial !== true) {
    return NONE;
  }
  const faults = untold.get(source) ?? parseJsonTemplate(source, 'json').faults;
  untold.set(source, faults);
  return faults;
}

const NONE: Policy['faults'] = [];
const untold = new WeakMap<SourceText, Policy['faults']>();

function isClear(faults: Policy['faults'], span: Span): boolean {
  const doubtful = doubtfulIn(faults);
  const behind = firstIndex(doubtful.length, (index) => (doubtful[index]?.start ?? 0) > span.end);
  return (doubtful[behind - 1]?.end ?? -1) < span.start;
}

/** Where it is not known how a text goes on, by start; each with the furthest end of all up to it. */
function doubtfulIn(faults: Policy['faults']): readonly Span[] {
  let found = doubtful.get(faults);
  if (found === undefined) {
    let end = -1;
    found = faults
      .filter(({ code }) => code !== 'trailing-comma' && code !== 'comment-not-permitted')
      .map((fault) => fault.span)
      .sort((a, b) => a.start - b.start)
      .map((span) => {
        end = Math.max(end, span.end);
        return { start: span.start, end };
      });
    doubtful.set(faults, found);
  }
  return found;
}

const doubtful = new WeakMap<Policy['faults'], readonly Span[]>();

/** Whether all of a list is text that stands there: what a function or a reference gives cannot be written as one. */
export function isOfTexts({ items }: ArrayNode): boolean {
  return items.every(({ kind }) => kind === 'string');
}

/** A value's own text, as it reads where its brackets stand. */
export function textOf(node: SyntaxNode): string {
  const source = sourceOf(node);
  return source === undefined
    ? ''
    : source.text.slice(indexAt(source, node.span.start), indexAt(source, node.span.end));
}
