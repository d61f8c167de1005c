import { BLOCK_ARGUMENTS, isEmptyList, POLICY_NAMES, STATEMENT_NAMES, wordOf } from './documentNames';
import type { HclBlock, HclBody, HclExpression } from './hclSyntax';
import type { PolicyDocument } from './policyDocument';

/**
 * Whether a data source says nothing but its own statements, each of them once and whatever happens: no argument that
 * Terraform has for all blocks, no other document, no `dynamic` block, nothing half typed and nothing without a value.
 */
export function isWholeDocument({ source, body }: PolicyDocument): boolean {
  const { text } = source;
  return holdsOnly(text, body, POLICY_NAMES.keys(), (block) => {
    const isStatement = wordOf(text, block.type) === 'statement';
    return (
      isStatement &&
      block.labels.length === 0 &&
      holdsOnly(text, block.body, STATEMENT_NAMES.keys(), ({ type, labels, body: inner }) => {
        const names = BLOCK_ARGUMENTS.get(wordOf(text, type));
        return (
          names !== undefined &&
          labels.length === 0 &&
          inner.items.length === names.length &&
          holdsOnly(text, inner, names.values(), () => false)
        );
      })
    );
  });
}

/** Whether a body is closed, and has no arguments but some, each at most once, and no blocks but some. */
function holdsOnly(
  text: string,
  { items, closed }: HclBody,
  names: Iterable<string>,
  isKnownBlock: (block: HclBlock) => boolean,
): boolean {
  const left = new Set(names);
  return (
    closed &&
    items.every((item) =>
      item.kind === 'block'
        ? isKnownBlock(item)
        : left.delete(wordOf(text, item.name)) && isWritten(item.value),
    )
  );
}

/** Whether Terraform writes a value into the policy: it leaves `null` out, and empty lists. */
function isWritten(value: HclExpression | undefined): boolean {
  return value !== undefined && value.kind !== 'null' && !isEmptyList(value);
}
