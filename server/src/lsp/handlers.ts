import type {
  CodeLensParams,
  Connection,
  HoverParams,
  CodeLens as LspCodeLens,
  Hover as LspHover,
  SemanticTokens,
  SemanticTokensParams,
} from 'vscode-languageserver';
import type { CodeLens, CodeLensKind, Edit, LanguageService, Span } from '../core/index';
import { actionsLinkOf } from './actionsLink';
import type { EditTime } from './codeActions';
import type { CompletionAbilities } from './completion';
import type { Configs } from './configs';
import { toHover, toOffset, toRange, toTokenData } from './convert';
import { knowledgeAround, linksInto } from './definition';
import type { Documents, Snapshot } from './documents';
import type { Guard, Log } from './guard';
import type { ServerHost } from './host';
import type { KnowledgeStore } from './knowledge';
import type { SettingsStore } from './settings';

/** What an offer about an ARN is called, what it does in more words, and which command of the client it runs. */
const LENSES: Readonly<
  Record<CodeLensKind, { readonly title: string; readonly tooltip: string; readonly command: string }>
> = {
  'invalidate-cache': {
    title: 'Invalidate cache',
    tooltip: 'Invalidate the cached response for this ARN',
    command: 'apiGateway.invalidateCache',
  },
  'who-may-invalidate': {
    title: 'Who may invalidate?',
    tooltip: 'Show who may invalidate the cached response for this ARN',
    command: 'iamPolicy.whoMayInvalidate',
  },
  explain: {
    title: 'Explain',
    tooltip: 'Explain each segment of this ARN',
    command: 'iamPolicy.explainArn',
  },
};

/** What the client said in its initialization. */
export interface ClientAbilities {
  readonly editForm: 'versions' | 'plain';
  readonly edits: EditTime;
  readonly commands: 'present' | 'absent';
  /** Those that go on with a rule from a light bulb. */
  readonly ruleCommands: 'present' | 'absent';
  /** Whether an edit may create a file. */
  readonly fileCreation: 'present' | 'absent';
  /** How an outline may be answered. */
  readonly symbols: 'tree' | 'list';
  readonly completion: CompletionAbilities;
  /** Whether a definition may tell what is underlined. */
  readonly links: 'origin' | 'plain';
}

export interface HandlerContext {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly configs: Configs;
  readonly knowledge: KnowledgeStore;
  readonly host: ServerHost;
  readonly guard: Guard;
  readonly log: Log;
  readonly service: () => LanguageService;
  readonly client: () => ClientAbilities;
  /** Whether the user trusts the workspace; editors that know no trust count as those that do. */
  readonly trust: () => 'trusted' | 'untrusted';
  /** A section of the client's settings that no folder can change, `undefined` where it answers none. May reject. */
  readonly configuration: (section: string) => Promise<unknown>;
}

/** Registers the language features. Each is recomputed from the document; nothing is remembered between requests. */
export function registerHandlers(context: HandlerContext): void {
  const { connection, documents, guard, service } = context;

  connection.onHover(
    guard.request('textDocument/hover', null, async (params: HoverParams): Promise<LspHover | null> => {
      const snapshot = await documents.snapshot(params.textDocument.uri);
      if (snapshot === undefined) {
        return null;
      }
      const hover = service().hover(
        snapshot.policy,
        toOffset(snapshot.text, params.position),
        {
          knowledge: await knowledgeAround(context, snapshot),
          linkTo: linksInto(context),
        },
        actionsLinkOf(context),
      );
      return hover === undefined ? null : toHover(snapshot.text, hover);
    }),
  );

  connection.languages.semanticTokens.on(
    guard.request(
      'textDocument/semanticTokens/full',
      { data: [] },
      async (params: SemanticTokensParams): Promise<SemanticTokens> => {
        const snapshot = await documents.snapshot(params.textDocument.uri);
        return snapshot === undefined
          ? { data: [] }
          : { data: toTokenData(snapshot.text, service().semanticTokens(snapshot.policy)) };
      },
    ),
  );

  connection.onCodeLens(
    guard.request('textDocument/codeLens', [], async (params: CodeLensParams): Promise<LspCodeLens[]> => {
      const snapshot = await documents.snapshot(params.textDocument.uri);
      if (snapshot === undefined || !snapshot.settings.codeLens || context.client().commands === 'absent') {
        return [];
      }
      return service()
        .codeLenses(snapshot.policy)
        .filter(({ kind }) => snapshot.settings.codeLensKinds.has(kind))
        .map((lens) => ({
          range: toRange(snapshot.text, lens.span),
          command: lensCommand(snapshot, lens),
        }));
    }),
  );
}

/** The edits that insert the InvalidateCache statement at a place, or the first offer of it in the document. */
export function insertInvalidateCacheEdits(
  service: LanguageService,
  snapshot: Snapshot,
  offset: number,
): readonly Edit[] {
  const whole: Span = { start: 0, end: snapshot.policy.text.length };
  const [first] = [{ start: offset, end: offset }, whole].flatMap((span) =>
    service.insertInvalidateCache(snapshot.policy, span),
  );
  return first?.edits() ?? [];
}

/** All these commands take the argument that `apiGateway.invalidateCache` documents. */
export function lensCommand({ text }: Snapshot, lens: CodeLens) {
  const { start } = toRange(text, lens.span);
  return { ...LENSES[lens.kind], arguments: [{ uri: text.uri, position: start }] };
}
