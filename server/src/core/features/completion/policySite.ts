import type { PolicyDocument } from '../../document';
import { isPolicyHolder, kindFromHolder } from '../../locate/kind';
import { hintOfPath } from '../../locate/pathKind';
import type { PolicyKind, PolicyType } from '../../locate/policyType';
import { indexAt } from '../../syntax/stringSpans';
import { bareWord, containerAt, gapOf, type Site, siteIn } from './site';

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

/** Nothing but blanks, comments and the word at the cursor. */
function emptyDocument(
  { tree: { source }, override = {} }: PolicyDocument,
  index: number,
): PolicySite | undefined {
  const { text } = source;
  const word = bareWord(text, index, { from: 0, to: text.length });
  const isEmpty = [text.slice(0, word.from), text.slice(word.to)].every(
    (part) => gapOf(`${part}\n`)?.trim() === '',
  );
  return isEmpty && /^[\w-]*$/.test(word.before + word.after)
    ? {
        site: {
          source,
          role: 'value',
          holder: 'member',
          string: undefined,
          quoted: false,
          from: word.from,
          to: word.to,
          before: word.before,
          after: word.after,
          missing: undefined,
          commaAfter: false,
          value: 'absent',
        },
        kind: undefined,
        likely: override.policyType ?? hintOfPath(override.path ?? '')?.type,
      }
    : undefined;
}
