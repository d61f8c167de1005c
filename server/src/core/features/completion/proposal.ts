import type { IamData } from '../../iamData/iamData';
import type { WorkspaceKnowledge } from '../../knowledge/knowledge';
import type { Cursor } from './cursor';

/** What an editor may draw beside an item. */
export type CompletionKind =
  | 'element'
  | 'service'
  | 'action'
  | 'wildcard'
  | 'operator'
  | 'key'
  | 'value'
  | 'variable'
  | 'arn'
  | 'block';

/** A place in an inserted text that the author fills in. */
export interface Hole {
  /** Shown there until something is typed. */
  readonly placeholder: string;
  /** What it may be. Editors without snippets get the first one, and nothing if there are none. */
  readonly choices?: readonly string[];
  /** Holes of one number are filled in together; 0 is where the cursor ends up. */
  readonly number?: number;
}

export type Template = readonly (string | Hole)[];

/** What a proposal writes. */
export type Content =
  /** The text of a string. */
  | { readonly kind: 'string'; readonly text: Template }
  /** Several strings: more items of a list, or a list. */
  | { readonly kind: 'strings'; readonly texts: readonly string[] }
  /** A name, and JSON for its value where that has none yet. */
  | { readonly kind: 'name'; readonly text: Template; readonly value: Template }
  /** JSON, with tabs for each level of indentation. */
  | { readonly kind: 'json'; readonly text: Template };

/** What a provider has to say. Where it goes, and with which punctuation, is the business of `insertion.ts`. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string | undefined;
  /** The smaller the further up; equal ones go by their label. */
  readonly rank: number;
  /** What the author's text is compared with; the label when absent. */
  readonly filter?: string;
  /** Whether it fits what is typed, where the provider tells. */
  readonly matches?: boolean;
  readonly content: Content;
  /** The slice of the string's text that is replaced; all of it when absent. */
  readonly slice?: { readonly from: number; readonly to: number };
  /** Whether the author goes on within the quotes: by typing, or with the next thing to complete. */
  readonly continues?: 'typing' | 'completing';
  /** Key for `completionDocumentation`. */
  readonly documentation?: string;
}

export interface ProviderContext {
  readonly cursor: Cursor;
  readonly iamData: IamData | undefined;
  readonly knowledge: WorkspaceKnowledge;
}

export interface Provided {
  readonly proposals: readonly Proposal[];
  /**
   * `given` where the provider has held the proposals to what is typed: they come in its order, and those with
   * `matches` fit, however the editor would see it.
   */
  readonly order?: 'given';
  /** Whether more typing may bring what is not in the list. */
  readonly isIncomplete?: boolean;
}

export type Provider = (context: ProviderContext) => Provided;

/** A proposal of a string's text, with nothing to fill in. */
export function stringProposal(
  label: string,
  more: Pick<Proposal, 'kind' | 'rank'> & Partial<Omit<Proposal, 'content'>> & { readonly text?: string },
): Proposal {
  const { text = label, ...rest } = more;
  return { label, content: { kind: 'string', text: [text] }, ...rest };
}

/** A complete list. */
export function provided(proposals: readonly Proposal[]): Provided {
  return { proposals };
}

/** The text with `${TagKey}` and `<key>` as holes. */
export function templateOf(text: string): Template {
  const parts: (string | Hole)[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}|<([^<>]*)>/g)) {
    parts.push(text.slice(from, match.index), { placeholder: match[1] ?? match[2] ?? '' });
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
