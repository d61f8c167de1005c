import { splitArn } from '../arn/arn';
import { partitionById } from '../arn/partitions';
import type { PolicyDocument } from '../document';
import type { IamData } from '../iamData/iamData';
import type { ActionEntry, Statement } from '../model/policy';
import { hasWildcard } from '../pattern/pattern';
import { touches } from '../spans';
import type { Span, StringNode } from '../syntax/nodes';
import { counted } from '../wording';

export type InlayHintKind = 'actions' | 'region';

/** A few words between the letters of the document. */
export interface InlayHint {
  readonly kind: InlayHintKind;
  /** Where the words stand, UTF-16. */
  readonly offset: number;
  readonly label: string;
  /** What they explain, as it stands in the policy. */
  readonly text: string;
}

/**
 * The hints within a span, in source order: behind an action with wildcards how many actions it covers, and behind an
 * ARN what AWS calls its Region. No hint stands within a string: it would split what is read as one.
 */
export function inlayHints(
  document: PolicyDocument,
  span: Span,
  kinds: ReadonlySet<InlayHintKind>,
  iamData: IamData | undefined,
): readonly InlayHint[] {
  const isShown = ({ span: { start, end } }: StringNode): boolean => start <= span.end && span.start <= end;
  // What statements out of sight speak of is not read.
  return document.policies
    .flatMap(({ statements }) => statements.filter(({ node }) => touches(node.span, span)))
    .flatMap((statement) => [
      ...(kinds.has('actions') && iamData !== undefined
        ? actionsOf(statement)
            .filter(({ node }) => isShown(node))
            .flatMap((entry) => actionsHint(entry, iamData))
        : []),
      ...(kinds.has('region')
        ? arnListsOf(statement).flatMap((nodes) =>
            nodes
              .filter((node, index) => isShown(node) && isNewRegion(node, nodes[index - 1]))
              .flatMap((node) => regionHint(node, document.text)),
          )
        : []),
    ])
    .sort((a, b) => a.offset - b.offset);
}

function actionsOf({ actions }: Statement): readonly ActionEntry[] {
  return actions.flatMap(({ entries }) => entries);
}

function arnListsOf({ resources, principals }: Statement): readonly (readonly StringNode[])[] {
  return [...resources, ...principals].map(({ entries }) => entries.map(({ node }) => node));
}

/** In a list of ARNs of one Region its name is said once. */
function isNewRegion(node: StringNode, previous: StringNode | undefined): boolean {
  return (
    previous === undefined || splitArn(node.value).region?.text !== splitArn(previous.value).region?.text
  );
}

function actionsHint({ node, text, element }: ActionEntry, iamData: IamData): readonly InlayHint[] {
  if (!hasWildcard(text) || !node.closed) {
    return [];
  }
  const count = actionCount(text, iamData);
  const words = count === 0 ? 'no known action' : counted(count, 'action');
  const label = element.negated ? `${words} left out` : words;
  return [{ kind: 'actions', offset: node.span.end, label, text }];
}

/** `*` is counted without decoding every service. */
function actionCount(text: string, iamData: IamData): number {
  return /^\*+$/.test(text)
    ? iamData.services().reduce((sum, { actionCount }) => sum + actionCount, 0)
    : iamData.expandActions(text).length;
}

function regionHint(node: StringNode, documentText: string): readonly InlayHint[] {
  const { partition, region } = splitArn(node.value);
  const name = region && partitionById(partition?.text ?? '')?.regions.get(region.text);
  return name === undefined || region === undefined || !node.closed
    ? []
    : [
        {
          kind: 'region',
          offset: documentText[node.span.end] === ',' ? node.span.end + 1 : node.span.end,
          label: shortName(name),
          text: region.text,
        },
      ];
}

/** `N. Virginia` of `US East (N. Virginia)`: the Region's code says the rest. */
function shortName(name: string): string {
  return /\(([^()]+)\)$/.exec(name)?.[1] ?? name;
}
