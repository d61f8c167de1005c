import type { ActionsLink } from '../core/index';
import type { HandlerContext } from './handlerContext';

/** How a hover leads to the list of all actions of a pattern, where the client has the command for it. */
export function actionsLinkOf({ client }: Pick<HandlerContext, 'client'>): ActionsLink | undefined {
  return client().commands === 'absent'
    ? undefined
    : (pattern) => `command:iamPolicy.listActions?${encodeURIComponent(JSON.stringify([pattern]))}`;
}
