import {
  CodeActionKind,
  type CodeActionParams,
  type CodeLensParams,
  type Connection,
  type HoverParams,
  type CodeAction as LspCodeAction,
  type CodeLens as LspCodeLens,
  type Hover as LspHover,
  type SemanticTokens,
  type SemanticTokensParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type CodeAction,
  type CodeLens,
  type CodeLensKind,
  type Edit,
  type LanguageService,
  type Span,
  statementFinder,
} from '../core/index';
import type { CompletionAbilities } from './completion';
import { type Configs, isConfigFile, relativePath } from './configs';
import {
  toCodeAction,
  toDiagnostic,
  toFileCreation,
  toHover,
  toOffset,
  toRange,
  toSpan,
  toTokenData,
  toWorkspaceEdit,
  UNOPENED,
} from './convert';
import { knowledgeFor, linksInto } from './definition';
import type { Documents, Snapshot } from './documents';
import { failureLine, type Guard, type Log } from './guard';
import type { ServerHost } from './host';
import type { KnowledgeStore } from './knowledge';
import type { SettingsStore } from './settings';

/** Applies the first safe fix of every finding in one step; on save when the user configures it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.iamPolicy`;

/** Sorts the actions and resources of all statements; on save when the user configures it. */
export const SORT = `${CodeActionKind.Source}.sort.iamPolicy`;

/** What an offer about an ARN is called, what it does in more words, and which command of the client it runs. */
const LENSES: Readonly<
  Record<CodeLensKind, { readonly title: string; readonly tooltip: string; readonly command: string }>
> = {
  'invalidate-cache': {
    title: 'Invalidate cache',
    tooltip: 'Have the cached response for this ARN fetched anew',
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
  readonly commands: 'present' | 'absent';
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
      const hover = service().hover(snapshot.policy, toOffset(snapshot.text, params.position), {
        knowledge: await knowledgeFor(context, snapshot),
        linkTo: linksInto(context),
      });
      return hover === undefined ? null : toHover(snapshot.text, hover);
    }),
  );

  connection.onCodeAction(
    guard.request(
      'textDocument/codeAction',
      [],
      async (params: CodeActionParams): Promise<LspCodeAction[]> => {
        const snapshot = await documents.snapshot(params.textDocument.uri);
        return snapshot === undefined ? [] : codeActionsOf(context, snapshot, params);
      },
    ),
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

async function codeActionsOf(
  context: HandlerContext,
  snapshot: Snapshot,
  params: CodeActionParams,
): Promise<LspCodeAction[]> {
  const { text, policy } = snapshot;
  const span = toSpan(text, params.range);
  const { only } = params.context;
  const wanted = (kind: string): boolean =>
    only === undefined || only.some((prefix) => kind === prefix || kind.startsWith(`${prefix}.`));
  const actions = context
    .service()
    .codeActions(policy, span, snapshot.lint.findings, only === undefined ? undefined : wanted)
    .flatMap((action) => convertAction(context, snapshot, action));
  if (wanted(CodeActionKind.QuickFix)) {
    actions.push(...(await suppressActions(context, snapshot, span)));
  }
  // Source actions are for those who ask for them by name; the light bulb would show them at every cursor.
  if (only !== undefined && wanted(FIX_ALL)) {
    actions.push(...fixAll(context, snapshot));
  }
  if (only !== undefined && wanted(SORT)) {
    actions.push(
      ...sourceAction(context, snapshot, {
        title: 'Sort the actions and resources of this policy',
        kind: SORT,
        edits: context.service().sortEdits(policy),
      }),
    );
  }
  if (only === undefined && context.client().commands === 'present') {
    for (const offer of context.service().arnOffers(policy, span)) {
      const command = lensCommand(snapshot, offer);
      actions.push({ title: command.title, kind: CodeActionKind.Empty, command });
    }
  }
  return actions;
}

function convertAction(context: HandlerContext, snapshot: Snapshot, action: CodeAction): LspCodeAction[] {
  const { text } = snapshot;
  const { finding } = action;
  try {
    return [
      toCodeAction(
        action,
        toWorkspaceEdit(text, action.edits(), context.client().editForm),
        finding === undefined ? [] : [toDiagnostic(text, finding, context.host.rulePage(finding.rule))],
      ),
    ];
  } catch (error) {
    // One fix that fails must not take the others along.
    context.log(failureLine(`fix of ${finding?.rule ?? action.title}`, text.uri, error));
    return [];
  }
}

/** For each finding at a span the offer to suppress it, in the nearest configuration file or in a new one. */
async function suppressActions(
  context: HandlerContext,
  snapshot: Snapshot,
  span: Span,
): Promise<LspCodeAction[]> {
  const { text, lint, policy } = snapshot;
  const findings = lint.findings.filter((finding) => touches(finding.span, span));
  if (findings.length === 0 || isConfigFile(text.uri)) {
    return [];
  }
  const place = await context.configs.placeFor(text.uri);
  if (place === undefined || (place.text === undefined && context.client().fileCreation === 'absent')) {
    return [];
  }
  const statementOf = statementFinder(policy);
  const files = relativePath(place.uri.slice(0, place.uri.lastIndexOf('/')), text.uri);
  const offered = new Set<string>();
  return findings.flatMap((finding) => {
    const { rule } = finding;
    const sid = statementOf(finding)?.sid?.value;
    const isOffered = offered.has(`${rule} ${sid}`);
    const edits = isOffered
      ? undefined
      : context.service().suppressionEdits(place.text ?? '', { rule, files, sid });
    if (edits === undefined) {
      return [];
    }
    offered.add(`${rule} ${sid}`);
    const where = sid === undefined ? 'file' : 'statement';
    return [
      {
        title: `Suppress ${rule} for this ${where} in .iam-policy.json…`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(text, finding, context.host.rulePage(rule))],
        edit:
          place.text === undefined
            ? toFileCreation(place.uri, edits.map((edit) => edit.text).join(''))
            : toWorkspaceEdit(
                TextDocument.create(
                  place.uri,
                  'jsonc',
                  context.documents.version(place.uri) ?? UNOPENED,
                  place.text,
                ),
                edits,
                context.client().editForm,
              ),
      },
    ];
  });
}

function fixAll(context: HandlerContext, snapshot: Snapshot): LspCodeAction[] {
  const { text } = snapshot;
  const edits: Edit[] = [];
  for (const { rule, fixes } of snapshot.lint.findings) {
    const fix = fixes.find((candidate) => candidate.kind === 'safe');
    try {
      const next = fix?.edits() ?? [];
      // Of fixes that touch the same text the first wins; the next run sees what it left.
      if (!next.some((edit) => edits.some((taken) => touches(edit.span, taken.span)))) {
        edits.push(...next);
      }
    } catch (error) {
      context.log(failureLine(`fix of ${rule}`, text.uri, error));
    }
  }
  const title = 'Fix all that is safe to fix in this policy';
  return sourceAction(context, snapshot, { title, kind: FIX_ALL, edits });
}

function sourceAction(
  context: HandlerContext,
  { text }: Snapshot,
  { title, kind, edits }: { readonly title: string; readonly kind: string; readonly edits: readonly Edit[] },
): LspCodeAction[] {
  return edits.length === 0
    ? []
    : [{ title, kind, edit: toWorkspaceEdit(text, edits, context.client().editForm) }];
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** All these commands take the argument that `apiGateway.invalidateCache` documents. */
function lensCommand({ text }: Snapshot, lens: CodeLens) {
  const { start } = toRange(text, lens.span);
  return { ...LENSES[lens.kind], arguments: [{ uri: text.uri, position: start }] };
}
