import {
  CONFIG_FILE,
  type Config,
  type Configured,
  type ConfiguredFile,
  type Finding,
  type LanguageService,
  languageOfFile,
  type RuleSetting,
  tellingPath,
} from '../core/index';
import type { ConfigFiles } from './host';

/** A configuration file as it is now, in the editor or on disk. Immutable; identity serves as a version. */
export interface ConfigSource {
  readonly uri: string;
  readonly text: string;
  readonly config: Config;
}

/** The configuration files of the documents; each is read once until something changes. */
export interface Configs {
  /** The nearest one upwards from a document, no further than its workspace folder. */
  of(uri: string): Promise<ConfigSource | undefined>;
  /** Where a configuration for a document belongs: the nearest one there is, or its place at the workspace's root. */
  placeFor(uri: string): Promise<{ readonly uri: string; readonly text: string | undefined } | undefined>;
  /** The findings on suppressions of an open configuration that suppress nothing in the files below it. */
  unused(uri: string, config: Config, rules: readonly RuleSetting[]): Promise<readonly Finding[]>;
  /** Something was saved, opened, changed or closed. */
  forget(): void;
}

/** Finds and reads the configuration files of documents; the text in an open editor takes precedence over the disk. */
export function createConfigs(dependencies: {
  readonly service: () => LanguageService;
  readonly files: () => ConfigFiles | undefined;
  /** The text of a document that is open in the editor, which wins over the one on disk. */
  readonly openText: (uri: string) => string | undefined;
  readonly workspaceFolders: () => readonly string[];
}): Configs {
  const { service, files, openText, workspaceFolders } = dependencies;
  const known = new Map<string, Promise<ConfigSource | undefined>>();
  const read = async (uri: string): Promise<string | undefined> => openText(uri) ?? files()?.read(uri);
  const load = async (uri: string, before?: ConfigSource): Promise<ConfigSource | undefined> => {
    const text = await read(uri);
    return text === before?.text
      ? before
      : text === undefined
        ? undefined
        : { uri, text, config: service().readConfig(text) };
  };
  type Look = (uri: string) => Promise<ConfigSource | undefined>;
  const at: Look = (uri) => {
    const source = known.get(uri) ?? load(uri);
    known.set(uri, source);
    return source;
  };
  /** As it is now, whatever was known. */
  const again: Look = async (uri) => {
    const source = load(uri, await known.get(uri));
    known.set(uri, source);
    return source;
  };
  const rootOf = (uri: string): string | undefined =>
    workspaceFolders()
      .filter((folder) => uri.startsWith(`${folder}/`))
      .sort((a, b) => b.length - a.length)[0];
  /** One that has not been saved lies in no folder. */
  const isInFolder = (uri: string): boolean => uri.startsWith('file:///') || rootOf(uri) !== undefined;
  const nearest = async (uri: string, look: Look): Promise<ConfigSource | undefined> => {
    for (const folder of foldersUpFrom(uri, rootOf(uri))) {
      const source = await look(`${folder}/${CONFIG_FILE}`);
      if (source !== undefined) {
        return source;
      }
    }
    return undefined;
  };
  return {
    of: (uri) => nearest(uri, at),
    placeFor: async (uri) => {
      // What is to be written into it must not rest on what was: not every client tells of files that change.
      const source = await nearest(uri, again);
      if (source !== undefined) {
        return source;
      }
      // Without a look at the disk nobody knows whether there is one already.
      return files() === undefined || !isInFolder(uri)
        ? undefined
        : { uri: `${rootOf(uri) ?? folderOf(uri)}/${CONFIG_FILE}`, text: undefined };
    },
    unused: async (uri, config, rules) => {
      const folder = folderOf(uri);
      if (config.suppressions.length === 0 || !isInFolder(uri)) {
        return [];
      }
      const uris = await files()?.allPolicyFilesBelow(folder);
      if (uris === undefined) {
        return [];
      }
      const foreign = uris.filter((each) => isConfigFile(each)).map(folderOf);
      const read: ConfiguredFile[] = [];
      for (const each of uris) {
        if (foreign.some((other) => pathOf(other) !== pathOf(folder) && each.startsWith(`${other}/`))) {
          continue;
        }
        const text = openText(each) ?? (await files()?.read(each));
        if (text !== undefined) {
          read.push({
            path: relativePath(folder, each),
            place: placeOf(each, workspaceFolders()),
            text,
            language: languageOfFile(each, text),
          });
        }
      }
      return service().unusedSuppressions({ config, files: read, rules });
    },
    forget: () => known.clear(),
  };
}

/** A configuration as it applies to a document. */
export function configuredFor(source: ConfigSource | undefined, uri: string): Configured | undefined {
  return source === undefined
    ? undefined
    : { config: source.config, path: relativePath(folderOf(source.uri), uri) };
}

/** Whether a URI is that of a configuration file. */
export function isConfigFile(uri: string): boolean {
  return uri.endsWith(`/${CONFIG_FILE}`);
}

/** The path of a URI from a folder, decoded; the whole path where it lies elsewhere. */
export function relativePath(folder: string, uri: string): string {
  const path = pathOf(uri);
  const start = `${pathOf(folder)}/`;
  return path.startsWith(start) ? path.slice(start.length) : path;
}

/** The path of a URI, decoded where it can be. */
export function pathOf(uri: string): string {
  const path = uri.replace(/^[^:]+:(?:\/\/[^/]*)?/, '').replace(/[?#][\s\S]*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Where a document lies, as far as that tells what is in it. */
export function placeOf(uri: string, folders: readonly string[]): string {
  return tellingPath(pathOf(uri), folders.map(pathOf));
}

function folderOf(uri: string): string {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}

/** No file system takes a longer path, also when each of its characters is escaped. */
const LONGEST_URI = 32_768;

/** Nobody nests folders deeper by hand. */
const MAX_FOLDERS = 500;

/** From the document's own folder to the root, which is the workspace folder or that of the file system. */
function foldersUpFrom(uri: string, root: string | undefined): readonly string[] {
  const folders: string[] = [];
  // A document without a folder, as one that has not been saved, is nobody's.
  const top = /^[^:]+:(?:\/\/[^/]*)?(?=\/)/.exec(uri)?.[0];
  if (top === undefined || uri.length > LONGEST_URI) {
    return folders;
  }
  const { length } = root ?? top;
  for (
    let folder = folderOf(uri);
    folder.length >= length && folders.length < MAX_FOLDERS;
    folder = folderOf(folder)
  ) {
    folders.push(folder);
  }
  return folders;
}
