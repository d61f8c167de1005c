import type { Connection } from 'vscode-languageserver';
import { fileExtensions } from '../core/index';
import type { ClientRequests } from '../protocol/messages';
import { EXCLUDED_FOLDERS, LONGEST_WAIT_MS } from './fileStore';
import type { ConfigFiles, ServerHost, WorkspaceFiles } from './host';

/** Bytes. No configuration and no policy is longer. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** More files than this are no folder of policies, and looking through them would keep the user waiting. */
const MAX_FILES = 1000;

/**
 * The files of a workspace as the client sees them, which may lie anywhere. What lies on this machine is read here: that
 * spares the detour of its text through the client.
 */
export function clientFiles(
  connection: Connection,
  host: Pick<ServerHost, 'workspaceFiles'>,
): WorkspaceFiles {
  return {
    find: async ({ endings, excludedFolders, limit }) =>
      (await ask(connection, 'iamPolicy/findFiles', { endings, excludedFolders, limit })).uris,
    read: async (uri, maxLength) =>
      isHere(uri, host.workspaceFiles)
        ? host.workspaceFiles.read(uri, maxLength)
        : (await ask(connection, 'iamPolicy/readFile', { uri, maxLength })).text,
  };
}

/**
 * The same for configurations, and for the files of which they speak. Nothing here rejects, and what takes too long is as
 * good as absent: findings wait for it.
 */
export function clientConfigFiles(
  connection: Connection,
  host: Pick<ServerHost, 'files' | 'timers'>,
): ConfigFiles {
  const inTime = <T>(asked: Promise<T>): Promise<T | undefined> =>
    new Promise((resolve) => {
      const callOff = host.timers.after(LONGEST_WAIT_MS, () => resolve(undefined));
      void asked
        .catch(() => undefined)
        .then((value) => {
          callOff();
          resolve(value);
        });
    });
  return {
    read: async (uri) => {
      if (isHere(uri, host.files)) {
        return host.files.read(uri);
      }
      return (await inTime(ask(connection, 'iamPolicy/readFile', { uri, maxLength: MAX_LENGTH })))?.text;
    },
    allPolicyFilesBelow: async (folder) => {
      if (isHere(folder, host.files)) {
        return host.files.allPolicyFilesBelow(folder);
      }
      const found = await inTime(
        ask(connection, 'iamPolicy/findFiles', {
          endings: fileExtensions,
          excludedFolders: EXCLUDED_FOLDERS,
          limit: MAX_FILES + 1,
          folder,
        }),
      );
      return found === undefined || found.uris.length > MAX_FILES ? undefined : [...found.uris].sort();
    },
  };
}

function isHere<T>(uri: string, files: T | undefined): files is T {
  return files !== undefined && uri.startsWith('file:');
}

function ask<M extends 'iamPolicy/findFiles' | 'iamPolicy/readFile'>(
  connection: Connection,
  method: M,
  params: ClientRequests[M]['params'],
): Promise<ClientRequests[M]['result']> {
  return connection.sendRequest(method, params);
}
