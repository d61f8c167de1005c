import { hasComment, hasEachName } from '../../../lint/layout';
import type { Policy } from '../../../model/policy';
import { DOCUMENT_TYPE } from '../../../syntax/hcl/documentNames';
import { HclObjectNode } from '../../../syntax/hcl/hclNodes';
import { HclString } from '../../../syntax/hcl/hclStrings';
import { PolicyDocument } from '../../../syntax/hcl/policyDocument';
import { isWholeDocument } from '../../../syntax/hcl/wholeDocument';
import type { MemberNode, SourceText, SyntaxNode } from '../../../syntax/nodes';
import type { RefactorPlace } from '../refactoring';

/** How a policy is written in Terraform: as JSON in a string, as an object in `jsonencode`, or as a data source. */
export type Form = 'json' | 'object' | 'document';

/** A policy that can be written in another form without a loss. */
export interface WrittenPolicy {
  readonly form: Form;
  readonly policy: Policy;
  /** The text of the file, of which all indexes are. */
  readonly source: SourceText;
  /** What stands for the policy: the string, the call of `jsonencode`, or the block of the data source. */
  readonly start: number;
  readonly end: number;
  /** The names of the block around it, `resource`, `aws_iam_role` and its own one, and of the arguments down to it. */
  readonly names: readonly string[];
  /** Where the block around it begins that stands by itself. */
  readonly blockStart: number;
  /** Whether nothing but blocks and arguments is around it, so that it stands once and always. */
  readonly isPlain: boolean;
}

/**
 * The policy of a place, where it can be rewritten: one without a fault, a comment, an unknown argument or a block that is
 * written by others.
 */
export function writtenPolicy({ document, policy }: RefactorPlace): WrittenPolicy | undefined {
  const { node, faults } = policy;
  const { root, source } = document.tree;
  if (
    root === undefined ||
    document.language !== 'hcl' ||
    faults.length > 0 ||
    !node.closed ||
    !hasEachName(node) ||
    hasOpenHeredoc(source)
  ) {
    return undefined;
  }
  if (node.source.syntax === 'json') {
    const { within } = node.source;
    // A policy in a script, or in a string within the text, is not all that the string says.
    const isAll =
      node.parent === undefined &&
      within instanceof HclString &&
      within.source === source &&
      within.value === node.source.text;
    return !isAll || within.isPartial || hasComment(node)
      ? undefined
      : written('json', policy, source, within, within);
  }
  if (!(node instanceof HclObjectNode) || node.source !== source || hasComment(node)) {
    return undefined;
  }
  if (node instanceof PolicyDocument) {
    const block = outermost(node).at(0);
    return block === undefined || !isWholeDocument(node)
      ? undefined
      : written('document', policy, source, node, { start: block.span.start, end: node.end });
  }
  const call = CALL.exec(source.text.slice(Math.max(0, node.start - 200), node.start));
  const closing = /^\s*\)/.exec(source.text.slice(node.end, node.end + 200));
  return call === null || closing === null
    ? undefined
    : written('object', policy, source, node, {
        start: node.start - call[0].length,
        end: node.end + closing[0].length,
      });
}

/** Not at the end of a longer name: names have hyphens and letters of any script in them. */
const CALL = /(?<![\w\u0080-\uffff.-]|::)jsonencode\(\s*$/;

/** One marker more or less, and a heredoc that lacks its own would end elsewhere. */
function hasOpenHeredoc({ text, unreportedFaults }: SourceText): boolean {
  return unreportedFaults?.().some((at) => text.startsWith('<<', at)) ?? false;
}

function written(
  form: Form,
  policy: Policy,
  source: SourceText,
  node: SyntaxNode,
  { start, end }: { readonly start: number; readonly end: number },
): WrittenPolicy {
  const around = outermost(node);
  return {
    form,
    policy,
    source,
    start,
    end,
    names: around.map(({ name }) => name),
    blockStart: around[0]?.span.start ?? start,
    isPlain: isPlain(node),
  };
}

/** The members around a node, the outermost first. */
function outermost(node: SyntaxNode): readonly MemberNode[] {
  const members: MemberNode[] = [];
  for (let current: SyntaxNode | undefined = node; current !== undefined; ) {
    const { parent }: SyntaxNode = current;
    if (parent?.kind === 'member') {
      members.unshift(parent);
    }
    current = parent?.kind === 'member' ? parent.parent : parent;
  }
  return members;
}

/** Whether a node is the value of an argument of a block, or a block itself, and none of them is written by `dynamic`. */
function isPlain(node: SyntaxNode): boolean {
  let { parent } = node;
  while (parent !== undefined) {
    if (parent.kind !== 'member' || parent.name === 'dynamic' || parent.name.startsWith('Fn::')) {
      return false;
    }
    ({ parent } = parent.parent);
  }
  return true;
}

/** How expressions name a data source of policies. */
export function documentAddress(name: string): string {
  return `data.${DOCUMENT_TYPE}.${name}`;
}
