import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sampleWorkspace } from './paths';
import {
  cleanEnvironment,
  removeTemporaryFolder,
  startProcess,
  stopProcess,
  temporaryFolder,
} from './processes';
import { provisionVsCode, type VsCodeInstall } from './provision';

/** What carries the extension into VS Code: the repository as it is built, or a packaged file. */
export type Extension =
  | { readonly kind: 'development'; readonly path: string }
  | { readonly kind: 'vsix'; readonly file: string };

export interface ServerOptions {
  /** Left out: a VS Code without the extension. */
  readonly extension?: Extension;
  /** A folder or a `.code-workspace` file, opened in place; see {@link copyOfSampleWorkspace}. */
  readonly workspace: string;
  /** `restricted` opens the folder as one that the user has not trusted. */
  readonly trust: 'trusted' | 'restricted';
  /** User settings on top of {@link quietSettings}. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's own keys, as in keybindings.json. */
  readonly keybindings?: readonly {
    readonly key: string;
    readonly command: string;
    readonly args?: unknown;
  }[];
  /**
   * Leaves out what no test looks at and every window pays for: most built-in extensions, and what only moves or shines.
   * Left out: VS Code as people have it.
   */
  readonly plain?: true;
  /** Variables for the extension host; nothing of the caller's AWS setup reaches it otherwise. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Seconds for which the extension host of a window that was closed waits for it to come back; VS Code's three hours when
   * left out. Tests open many windows, and the hosts of the closed ones would slow the next down.
   */
  readonly reconnectionGrace?: number;
  /** Lets a suite inside the window report to its page. Such a window shows no notifications. */
  readonly driver?: 'of-suite';
  readonly log?: (line: string) => void;
}

export interface VsCodeServer {
  /**
   * Shows the workspace with the extension loaded. It names the workspace: the server would name one by itself, but under
   * an authority that is not the window's, so that what the Explorer opens had another URI than what extensions see of it.
   */
  readonly url: string;
  readonly port: number;
  readonly options: ServerOptions;
  /** Everything the server has printed so far. */
  output(): string;
  /**
   * Resolves when the server, its extension hosts and its folders are gone.
   * @param look is shown the folder with all that VS Code has written, logs included, before it is removed
   */
  stop(look?: (folder: string) => void): Promise<void>;
}

/** User settings that leave the window to the editor: no welcome page, no chat, no tips, no telemetry. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'extensions.ignoreRecommendations': true,
  // In a browser VS Code saves by itself after a second; tests and newcomers expect the desktop's habit.
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.confirmBeforeClose': 'never',
};

/** A machine without a graphics card spends more on rounded corners, shadows and a blinking cursor than on the test. */
const plainSettings: Readonly<Record<string, unknown>> = {
  'workbench.experimental.modernUI': false,
  'workbench.shadows': false,
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'remote.autoForwardPorts': false,
  // One server for TypeScript instead of two, and nobody who looks for types on the network.
  'typescript.tsserver.useSyntaxServer': 'never',
  'typescript.disableAutomaticTypeAcquisition': true,
};

/** The built-in extensions that read the same files as ours, and those without which a window is none. */
const plainExtensions = [
  ...['json', 'json-language-features', 'yaml', 'javascript', 'python', 'go', 'ruby'],
  ...['typescript-basics', 'typescript-language-features', 'markdown-basics', 'markdown-language-features'],
  ...['theme-defaults', 'theme-modern-icons', 'theme-seti'],
];

/**
 * Starts a VS Code server on a port that the system chooses and resolves when it listens. The server and its
 * extension hosts end with {@link VsCodeServer.stop} or with this process. Rejects with the server's output
 * when it ends before it listens or when the VSIX cannot be installed.
 */
export async function startVsCodeServer(options: ServerOptions): Promise<VsCodeServer> {
  const install = await provisionVsCode(options.log ?? console.log);
  const folder = temporaryFolder('vscode');
  const data = dataFlags(folder);
  mkdirSync(join(folder, 'extensions'), { recursive: true });
  // The machine has them too: once a test has changed a setting, VS Code takes those of the machine from there alone.
  const settings = JSON.stringify(
    { ...quietSettings, ...(options.plain && plainSettings), ...options.settings },
    undefined,
    2,
  );
  for (const place of ['User', 'Machine']) {
    mkdirSync(join(folder, 'user', place), { recursive: true });
    writeFileSync(join(folder, 'user', place, 'settings.json'), settings);
  }
  writeFileSync(join(folder, 'user/User/keybindings.json'), JSON.stringify(options.keybindings ?? []));
  const env = cleanEnvironment(options.env ?? {});
  await addExtension(install, folder, options.extension, env);

  const trust = options.trust === 'trusted' ? ['--disable-workspace-trust'] : [];
  const flags = [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--accept-server-license-terms', '--disable-telemetry'],
    ...(options.driver === undefined ? [] : ['--enable-smoke-test-driver']),
    ...(options.reconnectionGrace === undefined
      ? []
      : ['--reconnection-grace-time', String(options.reconnectionGrace)]),
    // The variables are those given here: else a login shell is started to look for others.
    '--force-disable-user-env',
    ...(options.plain ? ['--builtin-extensions-dir', builtInExtensions(install, folder)] : []),
  ];
  const child = startProcess(install.runtime, [install.serverMain, ...flags, ...trust, ...data], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const port = await listening(child, output);
  return {
    url: addressOf(port, options.workspace),
    port,
    options,
    output,
    stop: async (look) => {
      await stopProcess(child);
      try {
        look?.(folder);
      } finally {
        removeTemporaryFolder(folder);
      }
    },
  };
}

/** Copies the sample workspace into a temporary folder, so that edits do not reach the repository. */
export function copyOfSampleWorkspace(): string {
  const folder = join(temporaryFolder('workspace'), 'policies');
  cpSync(sampleWorkspace, folder, { recursive: true });
  return folder;
}

/** A workspace of the sample's copy and a folder of the scheme `memory`, for whose files a suite provides. */
export function workspaceWithVirtualFolder(): string {
  const file = join(temporaryFolder('virtual'), 'virtual.code-workspace');
  const folders = [{ path: copyOfSampleWorkspace() }, { uri: 'memory:/', name: 'virtual' }];
  writeFileSync(file, JSON.stringify({ folders }));
  return file;
}

function addressOf(port: number, workspace: string): string {
  const address = new URL(`http://127.0.0.1:${port}/`);
  address.searchParams.set(
    workspace.endsWith('.code-workspace') ? 'workspace' : 'folder',
    decodeURIComponent(pathToFileURL(workspace).pathname),
  );
  return address.href;
}

/** A folder of links to the built-in extensions that a plain window has. */
function builtInExtensions({ serverMain }: VsCodeInstall, folder: string): string {
  const all = join(dirname(serverMain), '../extensions');
  const some = join(folder, 'built-in');
  mkdirSync(some);
  for (const name of [...plainExtensions, 'node_modules'])
    symlinkSync(join(all, name), join(some, name), 'junction');
  return some;
}

function dataFlags(folder: string): readonly string[] {
  return [
    ...['--server-data-dir', join(folder, 'server')],
    ...['--user-data-dir', join(folder, 'user')],
    ...['--extensions-dir', join(folder, 'extensions')],
  ];
}

/**
 * A repository is linked into the folder of installed extensions: there the window treats it like any
 * installed one, and a rebuild followed by "Reload Window" shows the new code.
 */
async function addExtension(
  install: VsCodeInstall,
  folder: string,
  extension: Extension | undefined,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (extension === undefined) return;
  if (extension.kind === 'development') {
    symlinkSync(extension.path, join(folder, 'extensions/development'), 'junction');
    return;
  }
  const child = startProcess(
    install.runtime,
    [
      install.serverMain,
      '--accept-server-license-terms',
      ...dataFlags(folder),
      '--install-extension',
      extension.file,
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = collect(child);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`VS Code refused ${extension.file}:\n${output()}`);
}

function collect(child: ChildProcess): () => string {
  let output = '';
  const add = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => output;
}

function listening(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}:\n${output()}`)));
  });
}
