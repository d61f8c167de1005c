import type { InlayHint as LspInlayHint, ServerCapabilities } from 'vscode-languageserver';
import type { ActionsLink, InlayHint, InlayHintKind, LanguageService } from '../core/index';
import { actionsLinkOf } from './actionsLink';
import { changeHints } from './changes';
import type { Markup } from './clientAbilities';
import { toMarkup, toSpan } from './convert';
import type { HandlerContext } from './handlerContext';
import type { Feature } from './settings';

export const hintCapabilities: ServerCapabilities = { inlayHintProvider: { resolveProvider: true } };

const SWITCHES: readonly (readonly [Feature, InlayHintKind])[] = [
  ['inlayHints.actions', 'actions'],
  ['inlayHints.regions', 'region'],
];

/** Which actions a hint counted; the list is made only for the hint that is pointed at. */
interface HintData {
  readonly pattern: string;
}

/** Answers requests for inlay hints. */
export function registerHints(context: HandlerContext): void {
  const { connection, documents, guard, service } = context;
  connection.languages.inlayHint.on(
    guard.request(
      'textDocument/inlayHint',
      [],
      async ({ textDocument, range }, token): Promise<LspInlayHint[]> => {
        const snapshot = await documents.snapshot(textDocument.uri, token);
        if (snapshot === undefined) {
          return [];
        }
        const { text, policy, settings } = snapshot;
        const kinds = new Set(
          SWITCHES.flatMap(([feature, kind]) => (settings.features.has(feature) ? [kind] : [])),
        );
        const hints = service()
          .inlayHints(policy, toSpan(text, range), kinds)
          .map((hint) => ({
            position: text.positionAt(hint.offset),
            label: hint.label,
            paddingLeft: true,
            ...dataOf(hint),
          }));
        return [...hints, ...(await changeHints(context, snapshot, range, token))];
      },
    ),
  );

  connection.languages.inlayHint.resolve((hint, token) =>
    guard.request('inlayHint/resolve', hint, (asked: LspInlayHint) =>
      withTooltip(asked, service(), actionsLinkOf(context), context.client().markup),
    )(hint, token),
  );
}

function withTooltip(
  hint: LspInlayHint,
  service: LanguageService,
  actionsLink: ActionsLink | undefined,
  markup: Markup,
): LspInlayHint {
  const pattern = (hint.data as HintData | undefined)?.pattern;
  const value = pattern === undefined ? undefined : service.actionPatternText(pattern, actionsLink);
  return value === undefined ? hint : { ...hint, tooltip: toMarkup(value, markup) };
}

function dataOf({ kind, text }: InlayHint): { readonly data?: HintData } {
  return kind === 'actions' ? { data: { pattern: text } } : {};
}
