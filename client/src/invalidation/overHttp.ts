import * as vscode from 'vscode';
import type { Identity } from '../../../server/src/protocol/invalidation';

/**
 * What a confirmation says about credentials that any program on this machine could read: plain http is allowed on
 * loopback only. Nothing for https and for requests without credentials.
 *
 * @param url where the request goes; empty for AWS itself
 */
export function overHttpLines(url: string, identity: Identity): readonly string[] {
  if (!/^http:/i.test(url) || identity.kind === 'unsigned') {
    return [];
  }
  return [
    identity.kind === 'bearer'
      ? vscode.l10n.t('The bearer token goes over plain http to a program on this machine.')
      : vscode.l10n.t(
          'The signature goes over plain http to a program on this machine, and with temporary credentials their session token as well.',
        ),
  ];
}
