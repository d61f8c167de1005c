import type { PolicyDocument } from '../../document';
import { isPolicyHolder, kindFromHolder } from '../../locate/kind';
import { hintOfPath } from '../../locate/pathKind';
import type { PolicyKind, PolicyType } from '../../locate/policyType';
import { HclString } from '../../syntax/hcl/hclStrings';
import { type SourceText, type SyntaxNode, stringWhere } from '../../syntax/nodes';
import { indexAt } from '../../syntax/stringSpans';
import { bareWord, containerAt, gapOf, type Site, siteIn, wordSite } from './site';

/** Where a policy as a whole may be written. */
export interface PolicySite {
  readonly site: Site;
  /** The only kind that fits there; absent where nothing tells. */
  readonly kind: PolicyKind | undefined;
  /** The type that the path of the document tells, of which it may be all the same. */
  readonly likely?: PolicyType | undefined;
}

/** The place of a whole policy at an offset: a document with nothing in it, or the value of what holds a policy. */
export function policySiteAt(document: PolicyDocument, offset: number): PolicySite | undefined {
  const { root, source } = document.tree;
  const index = indexAt(source, offset);
  const heredoc = root && heredocAt(root, offset);
  if (heredoc !== undefined) {
    return inHeredoc(document, heredoc, index);
  }
  if (root?.kind !== 'object' && root?.kind !== 'array') {
    return emptyDocument(document, index);
  }
  const around = containerAt(source, root, index);
  const found = around && siteIn(source, around, index, offset);
  const { site, member } = found ?? {};
  return site?.role === 'value' && !site.quoted && member !== undefined && isPolicyHolder(member)
    ? { site, kind: kindFromHolder(member) }
    : undefined;
}

/** The heredoc of HCL that an offset is in. */
function heredocAt(root: SyntaxNode, offset: number): HclString | undefined {
  const found = stringWhere(
    root,
    (node) =>
      node instanceof HclString &&
      node.style.endsWith('heredoc') &&
      node.content.start <= offset &&
      offset <= node.content.end,
  );
  return found instanceof HclString ? found : undefined;
}

/** A heredoc with nothing in it, where Terraform takes a policy. */
function inHeredoc(
  { tree: { source }, override = {} }: PolicyDocument,
  { content, parent }: HclString,
  index: number,
): PolicySite | undefined {
  const holder = parent?.kind === 'member' && isPolicyHolder(parent, override.module) ? parent : undefined;
  const site = emptySite(source, index, {
    from: indexAt(source, content.start),
    to: indexAt(source, content.end),
  });
  return holder === undefined || site === undefined
    ? undefined
    : { site, kind: kindFromHolder(holder, override.module) };
}

/** Nothing but blanks, comments and the word at the cursor. */
function emptyDocument(
  { tree: { source }, override = {} }: PolicyDocument,
  index: number,
): PolicySite | undefined {
  const site = emptySite(source, index, { from: 0, to: source.text.length });
  return (
    site && {
      site,
      kind: undefined,
      likely: override.policyType ?? hintOfPath(override.path ?? '')?.type,
    }
  );
}

function emptySite(
  source: SourceText,
  index: number,
  range: { readonly from: number; readonly to: number },
): Site | undefined {
  const { text } = source;
  const word = bareWord(text, index, range);
  const isEmpty = [text.slice(range.from, word.from), text.slice(word.to, range.to)].every(
    (part) => gapOf(`${part}\n`)?.trim() === '',
  );
  return isEmpty && /^[\w-]*$/.test(word.before + word.after)
    ? wordSite(source, word, { role: 'value', holder: 'member', quoted: false, value: 'absent' })
    : undefined;
}
