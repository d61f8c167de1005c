import type { Statement } from '../model/policy';
import type { StringNode } from '../syntax/nodes';

/** The strings of a statement in which ARNs and variables stand: of resources, principals and conditions. */
export function valueStringsOf({ resources, principals, conditions }: Statement): readonly StringNode[] {
  return [
    ...[...resources, ...principals].flatMap(({ entries }) => entries.map(({ node }) => node)),
    ...conditions.flatMap(({ values }) =>
      values.flatMap(({ node }) => (node.kind === 'string' ? [node] : [])),
    ),
  ];
}
