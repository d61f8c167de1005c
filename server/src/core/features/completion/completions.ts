import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import { NO_KNOWLEDGE, type WorkspaceKnowledge } from '../../knowledge/knowledge';
import type { Edit } from '../../lint/rule';
import { cursorAt, type Place } from './cursor';
import { inserter, type SnippetSupport } from './insertion';
import type { CompletionKind, Provider } from './proposal';
import { actions } from './providers/actions';
import { resources } from './providers/arns';
import { conditionKeys } from './providers/conditionKeys';
import { conditionValues } from './providers/conditionValues';
import {
  asBlock,
  effects,
  newStatements,
  policyElements,
  principalTypes,
  sids,
  statementElements,
  versions,
} from './providers/elements';
import { operators } from './providers/operators';
import { principals, principalsOfType } from './providers/principals';

export interface CompletionOptions {
  readonly knowledge?: WorkspaceKnowledge | undefined;
  /** Whether an item's text may have places to fill in. */
  readonly snippets: SnippetSupport;
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
  /** Whether to ask again with the next letter. */
  readonly isIncomplete: boolean;
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string | undefined;
  readonly sortText: string;
  /** Compared with the text from the start of the edit up to the cursor. */
  readonly filterText: string;
  /** Never goes over a line break, and holds the cursor. The text is already escaped for the place. */
  readonly edit: Edit;
  /** They do not touch `edit`. */
  readonly additionalEdits: readonly Edit[];
  readonly insertFormat: 'plain' | 'snippet';
  /** Whether there is something to complete behind it right away. */
  readonly continues: boolean;
  /** For `completionDocumentation`; absent where there is nothing to say. */
  readonly documentation?: string | undefined;
}

const NOTHING: CompletionList = { items: [], isIncomplete: false };

/** One for each thing that can stand at the cursor. */
const PROVIDERS: Readonly<Record<Place, Provider>> = {
  'policy-element': policyElements,
  'statement-element': statementElements,
  'principal-type': principalTypes,
  operator: operators,
  'condition-key': conditionKeys,
  version: versions,
  statement: newStatements,
  effect: effects,
  sid: sids,
  action: actions,
  resource: resources,
  principal: principals,
  'principal-of-type': principalsOfType,
  condition: inBlocks(operators),
  'operator-value': inBlocks(conditionKeys),
  'condition-value': conditionValues,
};

function inBlocks(provider: Provider): Provider {
  return (context) => {
    const { proposals, ...rest } = provider(context);
    return { ...rest, proposals: proposals.map(asBlock) };
  };
}

/** What can be written at an offset of a document; nothing outside of its policies. */
export function completions(
  document: PolicyDocument,
  offset: number,
  options: CompletionOptions & { readonly iamData: IamData | undefined },
): CompletionList {
  const cursor = cursorAt(document, offset);
  if (cursor === undefined || cursor.site.source.syntax !== 'json') {
    return NOTHING;
  }
  const { iamData, knowledge = NO_KNOWLEDGE, snippets } = options;
  const { proposals, isIncomplete = false } = PROVIDERS[cursor.place]({ cursor, iamData, knowledge });
  const insert = inserter(cursor.site, snippets);
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  for (const proposal of proposals) {
    const { label, kind, detail, rank, continues, documentation } = proposal;
    if (seen.has(label)) {
      continue;
    }
    seen.add(label);
    const { format, ...insertion } = insert(proposal);
    items.push({
      label,
      kind,
      detail,
      sortText: `${String(rank).padStart(RANK_DIGITS, '0')}${label}`,
      ...insertion,
      insertFormat: format,
      continues: continues === 'completing',
      documentation,
    });
  }
  return { items, isIncomplete };
}

const RANK_DIGITS = 4;
