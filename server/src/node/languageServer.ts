import { createConnection } from 'vscode-languageserver/node';
import type { ServerHost } from '../lsp/host';
import { startServer } from '../lsp/server';
import { listProfiles } from './credentials';
import { configFiles } from './files';
import { createGatewayHost } from './gatewayHost';
import { committedFile } from './gitFile';
import { installationFolder, installedVersion, readIamDataAssets } from './installation';
import { environmentNetwork } from './network';
import { rulePageUri } from './rulePageUri';
import { workspaceFiles } from './workspaceFiles';

/**
 * Serves until the client leaves. How to talk to it stands on the process's command line, as the protocol library
 * defines it: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
 */
export function runLanguageServer(): void {
  const connection = createConnection();
  // A stray rejection of some library is worth a line; it is no reason to leave the user without diagnostics.
  process.on('uncaughtException', (error) => connection.console.error(`Uncaught: ${error.stack ?? error}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`Unhandled rejection: ${reason}`));
  startServer(connection, nodeHost());
}

/** The server's view of a machine with Node. */
export function nodeHost(folder = installationFolder()): ServerHost {
  return {
    name: 'iam-policy-tools',
    version: installedVersion(folder),
    timers: {
      after: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    },
    iamDataAssets: () => readIamDataAssets(folder),
    rulePage: (rule) => rulePageUri(rule, folder),
    files: configFiles,
    committed: committedFile,
    workspaceFiles,
    openGateway: ({ mfaCode, network }) => ({
      host: createGatewayHost({
        mfaCode,
        network: async () => ({ ...environmentNetwork(process.env), ...(await network()) }),
      }),
      profiles: async () =>
        (await listProfiles()).map(({ name, region, source }) => ({
          name,
          source,
          ...(region === undefined ? {} : { region }),
        })),
    }),
  };
}
