import * as vscode from 'vscode';
import type { Identity, Verdict } from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import type { Memory } from './memory';
import { invalidationSettings } from './settings';

/** What is signed: the control plane of AWS takes nothing unsigned. */
export type Purpose = 'invalidate' | 'manage';

/** The profile of the settings, or whom the user chooses; `undefined` when the user leaves. */
export async function chooseIdentity(
  context: ClientContext,
  memory: Memory,
  title: string,
  purpose: Purpose,
): Promise<Identity | undefined> {
  const { profile } = invalidationSettings();
  return profile === ''
    ? askIdentity(context, { last: memory.identity(), title, purpose })
    : { kind: 'profile', name: profile };
}

export interface IdentityQuestion {
  readonly title: string;
  readonly purpose: Purpose;
  /** Offered first. */
  readonly last: Identity | undefined;
}

/** Asks who signs; `undefined` when the user leaves. */
export async function askIdentity(
  context: ClientContext,
  { last, title, purpose }: IdentityQuestion,
): Promise<Identity | undefined> {
  const { profiles } = await request(context, 'iamPolicy/profiles', {});
  const choices: readonly IdentityItem[] = [
    ...profiles.map(
      ({ name, region, source }): IdentityItem => ({
        label: name,
        description: [vscode.l10n.t('profile'), source, region]
          .filter((part) => part !== undefined)
          .join(', '),
        identity: { kind: 'profile', name },
      }),
    ),
    {
      label: vscode.l10n.t('Default credential chain'),
      description: vscode.l10n.t(
        'environment variables, then the default profile, then the role of this machine',
      ),
      identity: { kind: 'default' },
    },
    ...(purpose === 'manage'
      ? []
      : [
          {
            label: vscode.l10n.t('Bearer token'),
            description: vscode.l10n.t('for a Cognito or Lambda authorizer; nothing is signed'),
            identity: { kind: 'bearer' } as const,
          },
          {
            label: vscode.l10n.t('Unsigned'),
            description: vscode.l10n.t('works only where the stage does not require authorization'),
            identity: { kind: 'unsigned' } as const,
          },
        ]),
  ];
  const isLast = ({ identity }: IdentityItem): boolean =>
    last !== undefined && describeIdentity(identity) === describeIdentity(last);
  const picked = await vscode.window.showQuickPick(
    [...choices.filter(isLast), ...choices.filter((choice) => !isLast(choice))],
    { title, placeHolder: vscode.l10n.t('Sign the request as'), ignoreFocusOut: true },
  );
  return picked?.identity;
}

interface IdentityItem extends vscode.QuickPickItem {
  readonly identity: Identity;
}

/** Whether AWS learns from a request who sent it: its control plane takes no other. */
export function isSigned({ kind }: Identity): boolean {
  return kind !== 'unsigned' && kind !== 'bearer';
}

/** Who signs, in words that go into a sentence. */
export function describeIdentity(identity: Identity): string {
  switch (identity.kind) {
    case 'profile':
      return vscode.l10n.t('profile {0}', identity.name);
    case 'unsigned':
      return vscode.l10n.t('unsigned');
    case 'bearer':
      return vscode.l10n.t('a bearer token, unsigned');
    default:
      return vscode.l10n.t('the default credential chain');
  }
}

/** The line of a confirmation that says whose credentials a request has. */
export function credentialsLine(identity: Identity): string {
  return identity.kind === 'unsigned'
    ? vscode.l10n.t('Credentials: none; the request is not signed')
    : vscode.l10n.t('Credentials: {0}', describeIdentity(identity));
}

/** Types the login into a terminal and leaves it to the user to run it. Resolves with the wish to try again. */
export async function offerLogin(
  context: ClientContext,
  identity: Identity,
  { reason }: Partial<Pick<Verdict, 'reason'>>,
): Promise<'try-again' | 'leave'> {
  const command = (await isConsoleLogin(context, identity, reason)) ? 'aws login' : 'aws sso login';
  const terminal = vscode.window.createTerminal(vscode.l10n.t('AWS Login'));
  terminal.show();
  const profile = identity.kind === 'profile' ? ` --profile=${shellWord(identity.name)}` : '';
  // Nothing runs before the user presses Enter: a line break in the name would.
  terminal.sendText(`${command}${profile}`, false);
  const again = vscode.l10n.t('Try Again');
  const picked = await vscode.window.showInformationMessage(
    vscode.l10n.t('Run the command in the terminal. When you are logged in, try again.'),
    again,
  );
  return picked === again ? 'try-again' : 'leave';
}

/** Whether it is a login with the credentials of the console, which has a command of its own. */
async function isConsoleLogin(
  context: ClientContext,
  identity: Identity,
  reason: string | undefined,
): Promise<boolean> {
  if (reason === 'login-expired' || reason === 'sso-login-expired' || identity.kind !== 'profile') {
    return reason === 'login-expired';
  }
  const { profiles } = await request(context, 'iamPolicy/profiles', {});
  return profiles.find(({ name }) => name === identity.name)?.source === 'login';
}

function shellWord(text: string): string {
  const line = text.replace(/\p{Cc}/gu, ' ');
  return /^[\w.@+-]+$/.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
}
