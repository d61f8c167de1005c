import * as vscode from 'vscode';
import { type ClientContext, request } from '../context';
import { plainText } from '../plainText';
import { apiKeyOf } from './apiKey';
import { attemptOf, targetOf } from './attempt';
import { isSigned } from './identity';
import type { Answers } from './memory';
import { askParts } from './questions';
import type { InvalidationSession } from './session';
import { findStart, type StartArguments } from './start';

export interface CurlArguments extends StartArguments {
  readonly answers?: Answers;
}

const TITLE = vscode.l10n.t('API Gateway: Copy Request as curl');

/** Copies the request as a command that signs by itself and holds no secret. Resolves with the command. */
export async function copyAsCurl(
  context: ClientContext,
  session: InvalidationSession,
  args: CurlArguments,
): Promise<string | undefined> {
  const start = await findStart(context, session, args, TITLE);
  if (start === undefined) {
    return undefined;
  }
  const { draft, kept } = start;
  const given = { ...kept?.answers, ...args.answers };
  const missing = draft.open.filter((part) => given[part] === undefined);
  const asked = await askParts(context, draft, missing, session.memory.answers(draft.arn), TITLE);
  if (asked === undefined) {
    return undefined;
  }
  const identity = kept?.identity ?? session.memory.identity() ?? { kind: 'default' };
  const headers = kept?.headers ?? [];
  const target = targetOf(attemptOf(start, { ...asked, ...given }, { headers, identity, consent: 'ask' }));
  const { command, caveat, problems } = await request(context, 'iamPolicy/curl', {
    target,
    signing: isSigned(identity) ? 'sigv4' : 'unsigned',
    bearer: identity.kind === 'bearer' ? 'sent' : 'absent',
    apiKey: (await apiKeyOf(context, target)) === undefined ? 'absent' : 'sent',
  });
  if (command === undefined) {
    void vscode.window.showErrorMessage(plainText(problems.map(({ message }) => message).join(' ')));
    return undefined;
  }
  await vscode.env.clipboard.writeText(command);
  const told = vscode.l10n.t(
    'Copied. The command reads AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN when it runs.',
  );
  void vscode.window.showInformationMessage(caveat === undefined ? told : plainText(`${told} ${caveat}`));
  return command;
}
