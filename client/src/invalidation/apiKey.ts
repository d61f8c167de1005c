import * as vscode from 'vscode';
import type { StagePlace } from '../../../server/src/protocol/stage';
import type { ClientContext } from '../context';

type KeyPlace = Pick<StagePlace, 'region' | 'apiId' | 'stage'>;

/** Asks for the API key of a stage and puts it into the secret storage, or takes the one there away. */
export async function askApiKey(
  { extension }: Pick<ClientContext, 'extension'>,
  place: KeyPlace,
  title: string,
): Promise<'done' | 'left'> {
  const key = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'API key for {0}/{1} in {2}, kept in the secret storage; leave empty to forget it',
      place.apiId,
      place.stage,
      place.region,
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) {
    return 'left';
  }
  const { secrets } = extension;
  await (key === '' ? secrets.delete(nameOf(place)) : secrets.store(nameOf(place), key));
  return 'done';
}

/** The API key that is stored for a stage; `undefined` if there is none. */
export function apiKeyOf(
  { extension }: Pick<ClientContext, 'extension'>,
  place: KeyPlace,
): Thenable<string | undefined> {
  return extension.secrets.get(nameOf(place));
}

/** The name of a stage's API key in the secret storage. */
function nameOf({ region, apiId, stage }: KeyPlace): string {
  return `apiKey:${region}/${apiId}/${stage}`;
}
