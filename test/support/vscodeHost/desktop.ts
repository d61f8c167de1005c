import { accessSync, constants } from 'node:fs';
import { get } from 'node:https';
import { delimiter, join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder } from './paths';

/**
 * The desktop VS Code to test in: the one that `VSCODE_PATH` names, else one downloaded by
 * `@vscode/test-electron` when its host answers. Undefined on a machine without a screen, where the download
 * host cannot be reached, or when `VSCODE_HOST=server` asks for the server.
 */
export async function desktopVsCode(): Promise<string | undefined> {
  if (process.env.VSCODE_HOST === 'server') return undefined;
  const named = process.env.VSCODE_PATH;
  if (named !== undefined) return named;
  if (!hasDisplay() || !(await downloadHostAnswers())) return undefined;
  return downloadAndUnzipVSCode({ cachePath: cacheFolder() });
}

/** The path of the `code` command of an installed VS Code, undefined when there is none on PATH. */
export function installedVsCode(): string | undefined {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/** Whether a window could be shown. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Asked first because a download that cannot succeed is retried for minutes. */
function downloadHostAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      'https://update.code.visualstudio.com/api/releases/stable',
      { timeout: 5000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
