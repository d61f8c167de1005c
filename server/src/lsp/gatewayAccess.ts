import type { CancellationToken } from 'vscode-languageserver';
import type { InvalidateOptions } from '../gateway/invalidateOptions';
import type { Verdict } from '../gateway/verdictTable';
import type { Identity } from '../protocol/invalidation';
import type { ClientRequests } from '../protocol/messages';
import type { HandlerContext } from './handlerContext';
import type { Gateway } from './host';
import { editorNetwork } from './invalidationSettings';

/**
 * Opens the host's gateway when it is first needed, and lets it ask the editor. There is none where the host has none, and
 * none for a workspace that is not trusted: see `noGateway`.
 */
export function gatewayOpener(context: HandlerContext): () => Gateway | undefined {
  const { connection, host, client, trust } = context;
  let opened: Gateway | undefined;
  return () => {
    if (trust() === 'untrusted') {
      return undefined;
    }
    opened ??= host.openGateway?.({
      mfaCode: async (serial) => {
        const method: keyof ClientRequests = 'iamPolicy/mfaCode';
        if (client().commands === 'absent') {
          throw new Error('This editor cannot ask for an MFA code.');
        }
        const answer: ClientRequests[typeof method]['result'] = await connection.sendRequest(method, {
          serial,
        });
        if (answer.code === undefined) {
          throw new Error('No MFA code was entered.');
        }
        return answer.code;
      },
      network: () => editorNetwork(context),
    });
    return opened;
  };
}

/** How an identity of the protocol signs. */
export function identityOptions(identity: Identity): Pick<InvalidateOptions, 'signing' | 'profile'> {
  return {
    signing: identity.kind === 'unsigned' || identity.kind === 'bearer' ? 'unsigned' : 'sigv4',
    profile: identity.kind === 'profile' ? identity.name : undefined,
  };
}

/** A signal that fires when the client cancels. */
export function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}

/** Why there is no gateway. */
export function noGateway({ trust }: Pick<HandlerContext, 'trust'>): Verdict {
  return trust() === 'untrusted' ? UNTRUSTED : NO_GATEWAY;
}

/** The client refuses before; this is for one that does not. */
const UNTRUSTED: Verdict = {
  kind: 'not-sent',
  reason: 'workspace-untrusted',
  title: 'Not sent: the workspace is not trusted',
  explanation: 'Nothing is sent from a workspace that is not trusted, and no credentials are looked for.',
  caveats: [],
  nextSteps: [],
};

const NO_GATEWAY: Verdict = {
  kind: 'not-sent',
  reason: 'no-gateway',
  title: 'Not sent: this editor cannot send requests',
  explanation:
    'In a browser there are no credentials, and hosts of API Gateway let no page of another origin call them (CORS). VS Code on the desktop and the command line can send.',
  caveats: [],
  nextSteps: [],
};

export const FAILED: Verdict = {
  kind: 'unknown',
  reason: 'internal-error',
  title: 'Unknown: the language server failed',
  explanation: 'Its log has one line about it. It is not known whether anything was sent.',
  caveats: [],
  nextSteps: [],
};
