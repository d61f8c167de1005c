import { noted } from '../../pattern/internedText';
import { isTemplateText } from './known';

/** What keeps a text from being an action at all. */
export type ActionFault =
  | { readonly kind: 'arn' }
  | { readonly kind: 'colons'; readonly count: number }
  /** Several actions in one string, each with its service. */
  | { readonly kind: 'several'; readonly actions: readonly string[] }
  /** The first run of characters that no action has, by its indexes into the text. */
  | { readonly kind: 'characters'; readonly from: number; readonly to: number };

/**
 * The fault of a text that has a colon and is no action all the same, whatever services and actions there are. Of all
 * prefixes and names in the Service Authorization Reference none has other characters than letters, digits and hyphens.
 */
export const actionFaultOf = noted((text): ActionFault | undefined => {
  if (WELL_FORMED.test(text) || !text.includes(':') || isTemplateText(text) || PLACEHOLDER.test(text)) {
    return undefined;
  }
  if (/^\s*arn:/i.test(text)) {
    return { kind: 'arn' };
  }
  const actions = severalIn(text);
  if (actions !== undefined) {
    return { kind: 'several', actions };
  }
  const count = text.split(':').length - 1;
  if (count > 1) {
    return { kind: 'colons', count };
  }
  const [found = '', legal = ''] = FOREIGN_IN_SERVICE.exec(text) ?? FOREIGN_IN_NAME.exec(text) ?? [];
  return { kind: 'characters', from: legal.length, to: found.length };
});

/** No prefix has a dot, but host names do, and it is known which services these belong to. */
const WELL_FORMED = /^[A-Za-z0-9*?.-]*:[A-Za-z0-9*?-]*$/;

/** From the beginning to the end of the first run that is foreign; the group is what stands before it. */
const FOREIGN_IN_SERVICE = /^([A-Za-z0-9*?.-]*)[^A-Za-z0-9*?.:-]+/;
const FOREIGN_IN_NAME = /^([^:]*:[A-Za-z0-9*?-]*)[^A-Za-z0-9*?-]+/;

/** What is to be replaced by a person is a finding of its own. */
const PLACEHOLDER =
  /<[^<>]*>|\[[A-Za-z][\w -]*\]|\{[^{}]*\}|%[A-Za-z]\w*%|@[A-Za-z]\w*@|__[A-Za-z]\w*?__|\$[A-Za-z_]/;

const ONE = /^[A-Za-z0-9-]+:[A-Za-z0-9*?-]+$/;

/** Actions with something between them; behind a comma the service may be left out, where it is the one before. */
function severalIn(text: string): readonly string[] | undefined {
  // Of a list that was written as a string, too.
  const pieces = text.split(/([\s,;|"'[\]]+)/);
  const actions: string[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const piece = pieces[at] ?? '';
    const service = actions.at(-1)?.split(':')[0];
    const isBare = /[,;|]/.test(pieces[at - 1] ?? '') && /^[A-Z][A-Za-z0-9*?]*$/.test(piece);
    if (piece === '' && (at === 0 || at === pieces.length - 1)) {
      continue;
    }
    if (ONE.test(piece)) {
      actions.push(piece);
    } else if (isBare && service !== undefined) {
      actions.push(`${service}:${piece}`);
    } else {
      return undefined;
    }
  }
  return actions.length > 1 ? actions : undefined;
}
