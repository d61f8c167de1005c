import type {
  CodeLensParams,
  HoverParams,
  CodeLens as LspCodeLens,
  Hover as LspHover,
} from 'vscode-languageserver';
import type { Edit, LanguageService, Span } from '../core/index';
import { actionsLinkOf } from './actionsLink';
import { changeLenses } from './changes';
import { toHover, toOffset, toRange } from './convert';
import { knowledgeAround, linksInto } from './definition';
import type { Snapshot } from './documents';
import type { HandlerContext } from './handlerContext';
import { lensCommand } from './lensCommand';

/** Registers the language features. Each is recomputed from the document; nothing is remembered between requests. */
export function registerHandlers(context: HandlerContext): void {
  const { connection, documents, guard, service } = context;

  connection.onHover(
    guard.request(
      'textDocument/hover',
      null,
      async (params: HoverParams, token): Promise<LspHover | null> => {
        const snapshot = await documents.snapshot(params.textDocument.uri, token);
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
        return hover === undefined ? null : toHover(snapshot.text, hover, context.client().markup);
      },
    ),
  );

  connection.onCodeLens(
    guard.request(
      'textDocument/codeLens',
      [],
      async (params: CodeLensParams, token): Promise<LspCodeLens[]> => {
        const snapshot = await documents.snapshot(params.textDocument.uri, token);
        if (snapshot === undefined || !snapshot.settings.codeLens || context.client().commands === 'absent') {
          return [];
        }
        const offers = service()
          .codeLenses(snapshot.policy)
          .filter(({ kind }) => snapshot.settings.codeLensKinds.has(kind))
          .map((lens) => ({
            range: toRange(snapshot.text, lens.span),
            command: lensCommand(snapshot, lens),
          }));
        return [...(await changeLenses(context, snapshot, token)), ...offers];
      },
    ),
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
