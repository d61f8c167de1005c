import { removeItem, removeItems } from '../../lint/edits';
import type { Edit, Fix, RuleContext } from '../../lint/rule';
import { ifWritable } from '../../lint/writers/writer';
import type { PolicyTraits } from '../../model/policy';
import { coveredPatterns, type Listed } from '../../pattern/covering';
import type { InternedText } from '../../pattern/internedText';
import { textNodeOf } from '../../syntax/functionTexts';
import type { ArrayNode, MemberNode, StringNode, SyntaxNode } from '../../syntax/nodes';
import { quote } from './quote';

interface Entry {
  readonly node: StringNode;
  readonly text: string;
  readonly interned: InternedText;
}

/**
 * Reports each entry of a list that another entry covers. That Access Analyzer judges by the text of the patterns, one
 * list at a time and without a look at which actions there are, was measured on AWS's managed policies of March 2026.
 *
 * Entries of a list are alternatives, in the Not… forms too, so a covered one can go and nothing changes.
 *
 * @param listedOf makes equal what AWS takes for equal
 */
export function reportRedundantEntries(
  context: RuleContext<'covered' | 'repeated'>,
  member: MemberNode,
  entries: readonly Entry[],
  listedOf: (interned: InternedText) => Listed,
): void {
  const list = member.value;
  if (list?.kind !== 'array' || entries.length < 2) {
    return;
  }
  // What a template puts in may be anything, and of the branches of a condition only one is taken.
  if (!list.closed || list.items.some((item) => textNodeOf(item) === undefined)) {
    return;
  }
  const texts = entries.map(({ interned }) => listedOf(interned));
  const covered = coveredPatterns(texts, variablesOf(context.policy));
  if (covered.size > 0) {
    reportCovered(context, { member, list, entries, texts, covered });
  }
}

interface Found {
  readonly member: MemberNode;
  readonly list: ArrayNode;
  readonly entries: readonly Entry[];
  readonly texts: readonly Listed[];
  readonly covered: ReadonlyMap<number, number>;
}

function reportCovered(
  context: RuleContext<'covered' | 'repeated'>,
  { member, list, entries, texts, covered }: Found,
): void {
  const indexes = new Map<SyntaxNode, number>(list.items.map((item, index) => [item, index]));
  const indexOf = ({ node }: Entry) => indexes.get(node.call ?? node);
  const redundant = [...covered.keys()].map((at) => entries[at]).filter((entry) => entry?.text !== '');
  const all = redundant.flatMap((entry) => (entry === undefined ? [] : (indexOf(entry) ?? [])));
  let removed: readonly Edit[] | undefined;
  // Each of thousands of findings offers it.
  const removeAll = (): readonly Edit[] => {
    removed ??= ifWritable(list.source.syntax, () => removeItems(list, all)) ?? [];
    return removed;
  };
  for (const [at, coverAt] of covered) {
    const [entry, cover] = [entries[at], entries[coverAt]];
    // An empty entry is wrong in itself.
    if (entry === undefined || cover === undefined || entry.text === '') {
      continue;
    }
    const index = indexOf(entry) ?? -1;
    const fixes: Fix[] = [
      {
        title: `Remove ${quote(writtenOf(entry))}`,
        kind: 'safe',
        edits: () => removeItem(list, index),
      },
    ];
    if (all.length > 1) {
      fixes.push({
        title: `Remove the ${all.length} redundant entries of ${member.name}`,
        kind: 'safe',
        edits: removeAll,
      });
    }
    context.report({
      message: texts[at]?.text === texts[coverAt]?.text ? 'repeated' : 'covered',
      at: entry.node,
      data: { entry: quote(writtenOf(entry)), cover: quote(writtenOf(cover)) },
      fixes,
    });
  }
}

function variablesOf({ version }: PolicyTraits): 'substitute' | 'literal' {
  return version === '2012-10-17' ? 'substitute' : 'literal';
}

/** What an entry is in the document. */
function writtenOf({ node, text }: Entry): string {
  return node.written ?? text;
}
