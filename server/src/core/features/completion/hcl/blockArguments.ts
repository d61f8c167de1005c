import type { PolicyDocument } from '../../../document';
import { BLOCK_ARGUMENTS, wordOf } from '../../../syntax/hcl/documentNames';
import type { HclBody } from '../../../syntax/hcl/hclSyntax';
import { PolicyDocument as DataSource } from '../../../syntax/hcl/policyDocument';
import type { Span } from '../../../syntax/nodes';
import { indexAt } from '../../../syntax/stringSpans';

/** The arguments that may be written at a place, and what is replaced by one. */
export interface BlockArguments {
  readonly span: Span;
  /** Whether there is a value behind the name already. */
  readonly hasValue: boolean;
  readonly names: readonly { readonly name: string; readonly isList: boolean }[];
}

/**
 * The arguments that a block of principals or of a condition does not have yet, where the name of one may stand. They are no
 * elements of IAM, which their values are the names of. `undefined` elsewhere.
 */
export function blockArgumentsAt(document: PolicyDocument, offset: number): BlockArguments | undefined {
  const node = document.policies.find(
    ({ node: { span, source } }) => source.syntax === 'hcl' && span.start < offset && offset < span.end,
  )?.node;
  if (!(node instanceof DataSource)) {
    return undefined;
  }
  const { source, body } = node;
  const { text } = source;
  const index = indexAt(source, offset);
  const block = blockAround(text, body, index);
  const names = block && BLOCK_ARGUMENTS.get(block.name);
  if (block === undefined || names === undefined) {
    return undefined;
  }
  const { items, start } = block.body;
  const touched = items.find(
    (item) => item.kind === 'attribute' && item.name.start <= index && index <= item.name.end,
  );
  const from = touched?.start ?? index;
  const before = text.slice(Math.max(start + 1, text.lastIndexOf('\n', from - 1) + 1), from);
  if (
    before.trim() !== '' ||
    items.some((item) => item !== touched && item.start < index && index < item.end)
  ) {
    return undefined;
  }
  const attribute = touched?.kind === 'attribute' ? touched : undefined;
  const present = new Set(
    items.flatMap((item) => (item.kind === 'attribute' && item !== touched ? [wordOf(text, item.name)] : [])),
  );
  const end = attribute?.name.end ?? index;
  return {
    span: { start: source.offsetAt(from), end: source.offsetAt(end) },
    hasValue: attribute?.value !== undefined || /^[ \t]*=/.test(text.slice(end, end + FAR)),
    names: names.filter((name) => !present.has(name)).map((name) => ({ name, isList: LISTS.has(name) })),
  };
}

/** How far to look for what stands behind a name. */
const FAR = 200;

const LISTS: ReadonlySet<string> = new Set(['identifiers', 'values']);

/** The innermost block around an index, by the name that it has, or that the `dynamic` block around it gives it. */
function blockAround(
  text: string,
  body: HclBody,
  index: number,
): { readonly name: string; readonly body: HclBody } | undefined {
  let found: { readonly name: string; readonly body: HclBody } | undefined;
  for (let inside: HclBody | undefined = body; inside !== undefined; ) {
    let next: HclBody | undefined;
    for (const item of inside.items) {
      if (item.kind === 'block' && item.body.start < index && index < item.body.end) {
        const word = wordOf(text, item.type);
        const [label] = item.labels;
        const name: string =
          word === 'content' && found !== undefined
            ? found.name
            : word === 'dynamic' && label !== undefined
              ? wordOf(text, label)
              : word;
        found = { name, body: item.body };
        next = item.body;
      }
    }
    inside = next;
  }
  return found;
}
