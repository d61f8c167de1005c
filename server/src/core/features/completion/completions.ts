import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import { NO_KNOWLEDGE, type WorkspaceKnowledge } from '../../knowledge/knowledge';
import type { Edit } from '../../lint/rule';
import { compareTexts } from '../../pattern/bisect';
import { type Cursor, cursorAt, type Place } from './cursor';
import { type BlockArguments, blockArgumentsAt } from './hcl/blockArguments';
import { type HclCursor, type HclPolicySite, hclCursorAt } from './hcl/hclCursor';
import { hclInserter, isOfBlocks, namedForHcl } from './hcl/hclInsertion';
import { jsonNamesAt } from './hcl/jsonNames';
import { type References, referencesAt } from './hcl/references';
import { type Insertion, inserter, type Quotes, type SnippetSupport } from './insertion';
import { fitOf, occurs } from './matching';
import { policySiteAt } from './policySite';
import { type ProgramCursor, programCursorAt, programInserter } from './programCursor';
import {
  type CompletionKind,
  type Proposal,
  type Provided,
  type Provider,
  type ProviderContext,
  provided,
} from './proposal';
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
  wholePolicies,
  wholeStatements,
} from './providers/elements';
import { operators } from './providers/operators';
import { principals, principalsOfType } from './providers/principals';
import { type YamlCursor, yamlCursorAt } from './yaml/yamlCursor';
import { yamlInserter } from './yaml/yamlInsertion';

export interface CompletionOptions {
  readonly knowledge?: WorkspaceKnowledge | undefined;
  /** Whether an item's text may have places to fill in. */
  readonly snippets: SnippetSupport;
  readonly quotes?: Quotes | undefined;
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
  const { iamData, knowledge = NO_KNOWLEDGE, snippets, quotes } = options;
  const request: Request = {
    document,
    offset,
    snippets,
    quotes,
    order: quotes === 'taken' ? 'ours' : 'by-letters',
  };
  // The names of a data source in Terraform's JSON syntax, before its Version makes a policy of it.
  const inDocument = jsonNamesAt(document, offset);
  if (inDocument !== undefined) {
    return listOf(provided(inDocument.proposals), inserter(inDocument.site, { snippets, quotes }), request);
  }
  const cursor = cursorAt(document, offset);
  if (cursor !== undefined) {
    const found = PROVIDERS[cursor.place]({ cursor, iamData, knowledge });
    return listOf(found, inserter(cursor.site, { snippets, quotes }), request);
  }
  if (document.tree.source.syntax === 'yaml') {
    return yamlCompletions(yamlCursorAt(document, offset), { iamData, knowledge }, request);
  }
  if (document.tree.source.syntax === 'hcl') {
    const references = referencesAt(document, offset);
    if (references !== undefined) {
      return referenceList(references);
    }
    const blockArguments = blockArgumentsAt(document, offset);
    if (blockArguments !== undefined) {
      return argumentList(blockArguments, snippets);
    }
  }
  const inHcl = hclCursorAt(document, offset);
  if (inHcl !== undefined) {
    return hclCompletions(inHcl, { iamData, knowledge }, request);
  }
  if (document.tree.source.syntax === 'program') {
    return programCompletions(programCursorAt(document, offset), { iamData, knowledge }, request);
  }
  // The values of such a data source.
  const inData = document.tree.source.syntax === 'json' ? programCursorAt(document, offset) : undefined;
  if (inData !== undefined) {
    return programCompletions(inData, { iamData, knowledge }, request);
  }
  const place = policySiteAt(document, offset);
  return place === undefined
    ? NOTHING
    : listOf(
        provided(wholePolicies(place.kind, place.likely)),
        inserter(place.site, { snippets, quotes }),
        request,
      );
}

function yamlCompletions(
  found: ReturnType<typeof yamlCursorAt>,
  context: Omit<ProviderContext, 'cursor'>,
  request: Request,
): CompletionList {
  if (found === undefined) {
    return NOTHING;
  }
  // No editor takes the quotes of YAML for its own.
  const asked = { ...request, quotes: undefined };
  const proposals =
    'place' in found
      ? withStatements(PROVIDERS[found.place]({ ...context, cursor: found }), found)
      : provided(wholePolicies(found.kind));
  return listOf(proposals, yamlInserter(found.site, request.snippets), asked);
}

/** The elements of a statement that is to begin, and statements as a whole before them. */
function withStatements(elements: Provided, { newStatement, policy }: YamlCursor): Provided {
  return newStatement === undefined
    ? elements
    : {
        ...elements,
        proposals: [...wholeStatements(policy.kind, newStatement), ...elements.proposals],
      };
}

function hclCompletions(
  found: HclCursor | HclPolicySite,
  context: Omit<ProviderContext, 'cursor'>,
  request: Request,
): CompletionList {
  const asked = { ...request, quotes: undefined };
  const { proposals, ...rest } =
    'cursor' in found
      ? PROVIDERS[found.cursor.place]({ ...context, cursor: withBlocks(found) })
      : provided(wholePolicies(found.kind));
  return listOf(
    { ...rest, proposals: namedForHcl(proposals, found.site) },
    hclInserter(found.site, request.snippets),
    asked,
  );
}

/** A client that has shown them is asked again, since it takes the point within a name for its end. */
function referenceList({ span, names }: References): CompletionList {
  const items = names.map(
    ({ name, detail }, index): CompletionItem => ({
      label: name,
      kind: 'variable',
      detail,
      sortText: sortTextOf(index, name, undefined),
      filterText: name,
      edit: { span, text: name },
      additionalEdits: [],
      insertFormat: 'plain',
      continues: false,
    }),
  );
  return { items, isIncomplete: true };
}

function argumentList({ span, hasValue, names }: BlockArguments, snippets: SnippetSupport): CompletionList {
  const isSnippet = snippets === 'supported' && !hasValue;
  const hole = isSnippet ? '$1' : '';
  const items = names.map(
    ({ name, isList }, index): CompletionItem => ({
      label: name,
      kind: 'element',
      sortText: sortTextOf(index, name, undefined),
      filterText: name,
      edit: { span, text: hasValue ? name : `${name} = ${isList ? `["${hole}"]` : `"${hole}"`}` },
      additionalEdits: [],
      insertFormat: isSnippet ? 'snippet' : 'plain',
      continues: isSnippet,
    }),
  );
  return { items, isIncomplete: false };
}

/** Blocks of one name may stand beside each other. */
function withBlocks({ cursor, site }: HclCursor): Cursor {
  return site.document === undefined
    ? cursor
    : { ...cursor, siblings: new Set([...cursor.siblings].filter((name) => !isOfBlocks(name))) };
}

function programCompletions(
  found: ProgramCursor | undefined,
  context: Omit<ProviderContext, 'cursor'>,
  request: Request,
): CompletionList {
  if (found === undefined) {
    return NOTHING;
  }
  const { cursor } = found;
  return listOf(PROVIDERS[cursor.place]({ ...context, cursor }), programInserter(found, request.snippets), {
    ...request,
    quotes: undefined,
  });
}

interface Request {
  readonly document: PolicyDocument;
  readonly offset: number;
  readonly snippets: SnippetSupport;
  readonly quotes: Quotes | undefined;
  /** By what the editor orders its list: by `sortText` where all of it fits equally well, or by the letters first. */
  readonly order: 'ours' | 'by-letters';
}

interface Candidate {
  readonly item: Omit<CompletionItem, 'sortText'>;
  /** The smaller, the further up. */
  readonly key: readonly [fit: number, rank: number];
}

/** For what does not fit what is typed: editors leave it out, and a list that is asked for in full has it. */
const NO_FIT = 9;

/**
 * The items in their order. In VS Code, what fits is compared with exactly what is typed, so that all of it fits equally
 * well there and it goes by our order: else the row that repeats the typed word would come before the one that is meant.
 * Other editors are told so only of what their own comparison would leave out.
 */
function listOf(
  { proposals, order, isIncomplete = false }: Provided,
  insert: (proposal: Proposal) => Insertion | undefined,
  { document: { text }, offset, quotes, order: ordered }: Request,
): CompletionList {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  let hasFit = false;
  for (const [index, proposal] of proposals.entries()) {
    const { label, kind, detail, rank, continues, documentation } = proposal;
    if (seen.has(label)) {
      continue;
    }
    const inserted = insert(proposal);
    if (inserted === undefined) {
      continue;
    }
    seen.add(label);
    const { format, filterText, ...insertion } = inserted;
    const typed = text.slice(insertion.edit.span.start, offset);
    const fit = order === 'given' ? (proposal.matches === true ? 0 : undefined) : fitOf(typed, filterText);
    const isTyped = fit !== undefined && typed !== '';
    hasFit ||= isTyped;
    candidates.push({
      item: {
        label,
        kind,
        detail,
        ...insertion,
        filterText: isTyped && (ordered === 'ours' || !occurs(typed, filterText)) ? typed : filterText,
        insertFormat: format,
        continues: continues === 'completing',
        documentation,
      },
      key: [fit ?? NO_FIT, order === 'given' ? index : rank],
    });
  }
  const sorted = candidates.sort(
    (a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || compareTexts(a.item.label, b.item.label),
  );
  return {
    items: sorted.map(({ item }, index) => ({ ...item, sortText: sortTextOf(index, item.label, quotes) })),
    isIncomplete: isIncomplete || hasFit,
  };
}

/** Beside VS Code's own JSON, whose rows begin with quotes and dollar signs, a sign in front that comes before these. */
function sortTextOf(index: number, label: string, quotes: Quotes | undefined): string {
  return `${quotes === 'taken' ? '!' : ''}${String(index).padStart(SORT_DIGITS, '0')}${label}`;
}

const SORT_DIGITS = 4;
