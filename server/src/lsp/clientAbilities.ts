/** How a client shows texts: as Markdown, or letter by letter. */
export type Markup = 'markdown' | 'plaintext';

/** Which kinds of items a client has pictures for: all, or those alone that the first version of the protocol had. */
export type Kinds = 'all' | 'first';

/** What a client can do with a list of completions. */
export interface CompletionAbilities {
  readonly kinds: Kinds;
  readonly documentation: Markup;
  /** Whether an inserted text may have places to fill in. */
  readonly snippets: 'supported' | 'plain';
  /** Whether the replaced range can be said once for all items. */
  readonly defaults: 'ranges' | 'none';
  /** Whether it can be told to leave the indentation of an inserted text as it is. */
  readonly layouts: 'kept' | 'untold';
  /** Whether items have to take the opening quote with them, as those of an editor's own JSON do. */
  readonly quotes: 'taken' | 'left';
}

/** When the edits of an offer are worked out: for the one that is chosen, or for all that are listed. */
export type EditTime = 'when-chosen' | 'when-listed';

/** What the client said in its initialization. */
export interface ClientAbilities {
  readonly editForm: 'versions' | 'plain';
  readonly edits: EditTime;
  readonly commands: 'present' | 'absent';
  /** Whether it can be asked to ask again for code lenses, and for inlay hints. */
  readonly lensRefresh: 'present' | 'absent';
  readonly hintRefresh: 'present' | 'absent';
  /** Those that go on with a rule from a light bulb. */
  readonly ruleCommands: 'present' | 'absent';
  /** Whether an edit may create a file. */
  readonly fileCreation: 'present' | 'absent';
  /** How an outline may be answered. */
  readonly symbols: 'tree' | 'list';
  readonly symbolKinds: Kinds;
  /** For hovers, and for the tooltips of hints, about which clients say nothing. */
  readonly markup: Markup;
  readonly completion: CompletionAbilities;
  /** Whether a definition may tell what is underlined. */
  readonly links: 'origin' | 'plain';
}
