import type { DefinitionParams, Location, LocationLink } from 'vscode-languageserver';
import { type HoverWorkspace, NO_KNOWLEDGE, type WorkspaceKnowledge } from '../core/index';
import { toOffset, toRange } from './convert';
import { asksForKnowledge, type Snapshot } from './documents';
import type { HandlerContext } from './handlerContext';

/** Registers "go to definition": from the stage, method or path of an execute-api ARN to the routes that it matches. */
export function registerDefinition(context: HandlerContext): void {
  const { connection, documents, guard, service, knowledge } = context;
  connection.onDefinition(
    guard.request(
      'textDocument/definition',
      [],
      async ({ textDocument, position }: DefinitionParams): Promise<LocationLink[] | Location[]> => {
        const snapshot = await documents.snapshot(textDocument.uri);
        if (snapshot === undefined) {
          return [];
        }
        const told = await knowledgeAround(context, snapshot);
        const found = service().routesAt(snapshot.policy, toOffset(snapshot.text, position), told);
        const places = (found?.routes ?? []).flatMap(({ uri, span }): Location[] => {
          const text = knowledge.textOf(uri);
          return text === undefined ? [] : [{ uri, range: toRange(text, span) }];
        });
        if (found === undefined || context.client().links === 'plain') {
          return places;
        }
        const originSelectionRange = toRange(snapshot.text, found.span);
        return places.map(({ uri, range }) => ({
          originSelectionRange,
          targetUri: uri,
          targetRange: range,
          targetSelectionRange: range,
        }));
      },
    ),
  );
}

/** All that the workspace tells, for a document that may be seen together with it. */
export function knowledgeFor(
  { knowledge }: Pick<HandlerContext, 'knowledge'>,
  { settings }: Pick<Snapshot, 'settings'>,
): Promise<WorkspaceKnowledge> {
  return settings.features.has('workspaceKnowledge') ? knowledge.ask() : Promise.resolve(NO_KNOWLEDGE);
}

/** The same for what stands in a document, which waits for nothing where it has to do with no other file. */
export async function knowledgeAround(
  { knowledge }: Pick<HandlerContext, 'knowledge'>,
  { text, settings }: Pick<Snapshot, 'text' | 'settings'>,
): Promise<WorkspaceKnowledge> {
  return asksForKnowledge(text, settings) ? knowledge.inTime() : NO_KNOWLEDGE;
}

/** Links in Markdown to places in other documents, by line, as editors open them. */
export function linksInto({ knowledge }: Pick<HandlerContext, 'knowledge'>): HoverWorkspace['linkTo'] {
  return (uri, span) => {
    const text = span === undefined ? undefined : knowledge.textOf(uri);
    return text === undefined || span === undefined ? uri : `${uri}#L${text.positionAt(span.start).line + 1}`;
  };
}
