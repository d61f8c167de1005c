import * as vscode from 'vscode';
import type { Identity } from '../../../server/src/protocol/invalidation';
import type { StagePlace } from '../../../server/src/protocol/stage';
import type { ClientContext } from '../context';

type TokenPlace = Pick<StagePlace, 'region' | 'apiId' | 'stage'>;
type Context = Pick<ClientContext, 'extension'>;

/**
 * The token that goes beside an identity: nothing for one that takes none, else that of the secret storage, or what the
 * user enters. `left` when the user leaves.
 */
export async function bearerFor(
  context: Context,
  identity: Identity,
  place: TokenPlace,
  title: string,
): Promise<{ readonly bearer?: string } | 'left'> {
  if (identity.kind !== 'bearer') {
    return {};
  }
  const kept = await context.extension.secrets.get(nameOf(place));
  const bearer = kept ?? (await askBearer(context, place, title));
  return bearer === undefined ? 'left' : { bearer };
}

/** Asks for the token of a stage's authorizer and puts it into the secret storage; an empty one is forgotten. */
export async function askBearer(
  { extension }: Context,
  place: TokenPlace,
  title: string,
): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Bearer token for {0}/{1} in {2}, kept in the secret storage; leave empty to forget it',
      place.apiId,
      place.stage,
      place.region,
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[\u0020-\u007e]*$/.test(text) ? undefined : vscode.l10n.t('A token is printable text.'),
  });
  const token = typed?.trim();
  if (token === undefined) {
    return undefined;
  }
  const { secrets } = extension;
  await (token === '' ? secrets.delete(nameOf(place)) : secrets.store(nameOf(place), token));
  return token === '' ? undefined : token;
}

/** The name of the token in the secret storage. */
function nameOf({ region, apiId, stage }: TokenPlace): string {
  return `bearer:${region}/${apiId}/${stage}`;
}
