import { createConnection } from 'vscode-languageserver/node';
import type { ServerHost } from '../lsp/host';
import { withLifecycle } from '../lsp/lifecycle';
import { startServer } from '../lsp/server';
import { createBackground } from './background';
import { keepCompiledCode } from './compiledCode';
import { listProfiles } from './credentials';
import { configFiles } from './files';
import { createGatewayHost } from './gatewayHost';
import { committedFile } from './gitFile';
import { backgroundScript, installationFolder, installedVersion, readIamDataAssets } from './installation';
import { environmentNetwork } from './network';
import { memoryReleaser } from './releaseMemory';
import { rulePageUri } from './rulePageUri';
import { nodeTimers } from './timers';
import { openTransport } from './transport';
import { workspaceFiles } from './workspaceFiles';

/**
 * Serves until the client leaves. How to talk to it stands on the process's command line, as the protocol library
 * defines it: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
 *
 * Exit codes are the protocol's: 0 after `shutdown`, 1 where the client left without it or could not be understood.
 */
export function runLanguageServer(): void {
  const args = process.argv.slice(2);
  const [only] = args;
  if (args.length === 1 && (only === '--version' || only === '--help' || only === '-h')) {
    process.stdout.write(only === '--version' ? `${installedVersion(installationFolder())}\n` : `${USAGE}\n`);
    return;
  }
  let exitCode = 1;
  const end = (): never => process.exit(exitCode);
  const transport = openTransport(args, end);
  if (transport === undefined) {
    process.stderr.write(`How to talk to the client is missing. ${USAGE}\n`);
    end();
    return;
  }
  const { reader, writer, room } = transport;
  const connection = createConnection(withLifecycle(reader, writer), writer);
  const log = (line: string): void => {
    try {
      connection.console.error(line);
    } catch {
      process.stderr.write(`${line}\n`);
    }
  };
  // A stray rejection of some library is worth a line; it is no reason to leave the user without diagnostics.
  process.on('uncaughtException', (error) => log(`Uncaught: ${error.stack ?? error}`));
  process.on('unhandledRejection', (reason) => log(`Unhandled rejection: ${reason}`));
  connection.onShutdown(() => {
    exitCode = 0;
  });
  reader.onClose(end);
  writer.onClose(end);
  // Whoever no longer reads is gone.
  writer.onError(([error]) => {
    if ('code' in error && (error.code === 'EPIPE' || error.code === 'ERR_IPC_CHANNEL_CLOSED')) {
      end();
    }
  });
  startServer(connection, nodeHost(room));
}

const USAGE = `The language server of IAM Policy Tools is started by an editor, with one of these options:
  --stdio        communicate over standard input and output
  --node-ipc     over the channel to the process that started it
  --socket=PORT  over a connection to a port of this machine
  --pipe=NAME    over a named pipe or a socket file
server/docs/editors.md has settings for several editors.`;

/** The server's view of a machine with Node. */
function nodeHost(room: () => Promise<void> | undefined, folder = installationFolder()): ServerHost {
  const releaseMemory = memoryReleaser();
  return {
    name: 'iam-policy-tools',
    version: installedVersion(folder),
    timers: nodeTimers(room),
    atRest: () => {
      // Before a collection of garbage takes compiled code that was not used for long.
      keepCompiledCode();
      void releaseMemory();
    },
    iamDataAssets: () => readIamDataAssets(folder),
    rulePage: (rule) => rulePageUri(rule, folder),
    files: configFiles,
    committed: committedFile,
    workspaceFiles,
    background: createBackground(backgroundScript(folder)),
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
