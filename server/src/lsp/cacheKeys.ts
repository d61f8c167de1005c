import { type Entry, type EntryKeys, entryOf, keysInDefinitions, readEntryKeys } from '../gateway/cacheKeys';
import { createRedactor, sensitiveValues } from '../gateway/redact';
import type { InvalidationTarget as EngineTarget } from '../gateway/target';
import type { CacheEntry, InvalidationTarget } from '../protocol/invalidation';
import { knowledgeFor } from './definition';
import { FAILED, identityOptions, noGateway, signalOf } from './gatewayAccess';
import type { HandlerContext } from './handlerContext';
import type { Gateway } from './host';
import { invalidationSettings } from './invalidationSettings';
import { onAction, onRequest } from './requests';

/** Registers the questions which entry a target means: by the workspace, and by AWS where a person asks. */
export function registerCacheKeys(context: HandlerContext, gateway: () => Gateway | undefined): void {
  onRequest(context, 'iamPolicy/cacheKeys', {}, async ({ target }) => {
    const keys = await knownKeys(context, target);
    return keys === undefined ? {} : { entry: toEntry(shownEntry(target, keys)) };
  });

  onAction(context, 'iamPolicy/readCacheKeys', { problem: FAILED.title }, async (params, token) => {
    const engine = gateway();
    if (engine === undefined) {
      return { problem: noGateway(context).title };
    }
    const { target, identity, timeoutSeconds } = params;
    const { verdict, value } = await readEntryKeys(engine.host, target, {
      ...identityOptions(identity),
      timeoutMs: timeoutSeconds * 1000,
      controlEndpoint: (await invalidationSettings(context)).controlEndpoint,
      signal: signalOf(token),
    });
    return value === undefined
      ? {
          problem:
            verdict.kind === 'accepted'
              ? 'The API has no resource that takes this path.'
              : `${verdict.title}. ${verdict.explanation}`,
        }
      : { entry: toEntry(shownEntry(target, value)) };
  });
}

/** What the definitions of the workspace say about the method that takes a target. May reject. */
export async function knownKeys(
  context: HandlerContext,
  target: Pick<EngineTarget, 'apiId' | 'method' | 'path'>,
): Promise<EntryKeys | undefined> {
  const { apis } = await knowledgeFor(context, { settings: await context.settings.of('') });
  return keysInDefinitions(target, apis);
}

function shownEntry(target: InvalidationTarget, keys: EntryKeys): Entry {
  const redactor = createRedactor([...sensitiveValues(target.query), ...sensitiveValues(target.headers)]);
  return entryOf(
    { ...target, query: redactor.headers(target.query), headers: redactor.headers(target.headers) },
    keys,
  );
}

function toEntry({ route, source, keys, meant, warnings }: Entry): CacheEntry {
  return { route, source, keys, meant, warnings };
}
