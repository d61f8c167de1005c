import {
  CONFIG_FILE,
  type Config,
  type Configured,
  type ConfiguredFile,
  type Finding,
  type LanguageService,
  languageOfFile,
  type RuleSetting,
  type Suppression,
} from '../core/index';
import { folderOf, placeOf, readSource, type SourceFile } from './files';
import type { CliIo } from './io';

/** `nearest` is the one upwards from each file; a path is one for all files. */
export type ConfigChoice = 'nearest' | 'none' | { readonly path: string };

/** A configuration file that was read. */
export interface ConfigSource {
  readonly file: SourceFile;
  /** Absolute, with forward slashes. */
  readonly folder: string;
  readonly config: Config;
}

/** The configurations of a run; each is read once. */
export interface Configs {
  /** The configuration of a file, by its name on the command line. Rejects with a half sentence if it is unreadable. */
  of(name: string): Promise<ConfigSource | undefined>;
  /** Reads a configuration file from its own text. */
  read(file: SourceFile): ConfigSource;
  /** What of the configuration's folder a file is called. */
  configured(source: ConfigSource, name: string): Configured;
}

/** A configuration that is there and cannot be read: the findings would not be the ones that were asked for. */
export class UnreadableConfig extends Error {}

/** Finds and reads the configuration file of each checked file; each is read once. */
export function createConfigs(
  io: Pick<CliIo, 'readFile' | 'readStdin' | 'resolvePath'>,
  service: LanguageService,
  choice: ConfigChoice,
  rules: readonly RuleSetting[],
): Configs {
  const known = new Map<string, Promise<ConfigSource | undefined>>();
  const read = (file: SourceFile): ConfigSource => ({
    file,
    folder: folderOf(io.resolvePath(file.name)),
    config: service.readConfig(file.text, rules),
  });
  const load = async (name: string): Promise<ConfigSource | undefined> => {
    const outcome = await readSource(io, name, choice === 'nearest' ? 'found' : 'named');
    if ('file' in outcome) {
      return read(outcome.file);
    }
    if (outcome.isAbsent && choice === 'nearest') {
      return undefined;
    }
    throw new UnreadableConfig(`cannot read ${name}: ${outcome.problem}`);
  };
  const at = (name: string): Promise<ConfigSource | undefined> => {
    const path = io.resolvePath(name);
    const source = known.get(path) ?? load(name);
    known.set(path, source);
    return source;
  };
  const nearest = async (start: string): Promise<ConfigSource | undefined> => {
    const here = io.resolvePath('.');
    for (const folder of foldersUpFrom(start)) {
      const source = await at(displayName(`${folder}/${CONFIG_FILE}`, here));
      if (source !== undefined) {
        return source;
      }
    }
    return undefined;
  };
  /** By folder: most files lie beside others. */
  const nearestOf = new Map<string, Promise<ConfigSource | undefined>>();
  return {
    read,
    of: async (name) => {
      if (choice === 'none') {
        return undefined;
      }
      if (choice !== 'nearest') {
        return at(choice.path);
      }
      // Standard input stands in the working folder.
      const folder = name === '-' ? io.resolvePath('.') : folderOf(io.resolvePath(name));
      const found = nearestOf.get(folder) ?? nearest(folder);
      nearestOf.set(folder, found);
      return found;
    },
    configured: ({ config, folder }, name) => ({ config, path: relativeTo(folder, io.resolvePath(name)) }),
  };
}

/** The findings on suppressions that nothing needed, `used` being those that a run has seen at work. */
export async function unusedSuppressions(
  io: CliIo,
  service: LanguageService,
  choice: ConfigChoice,
  rules: readonly RuleSetting[],
  { config, folder }: ConfigSource,
  used: ReadonlySet<Suppression>,
): Promise<readonly Finding[]> {
  if (config.suppressions.every((suppression) => used.has(suppression))) {
    return [];
  }
  const paths = await io.allPolicyFilesBelow(folder);
  return paths === undefined
    ? []
    : service.unusedSuppressions({
        config,
        used,
        rules,
        files: await readAll(io, folder, choice === 'nearest' ? ownFiles(paths, folder) : paths),
      });
}

/** Without the files that a configuration further down speaks of, and without configurations. */
function ownFiles(paths: readonly string[], folder: string): readonly string[] {
  const foreign = paths
    .filter((path) => path.endsWith(`/${CONFIG_FILE}`))
    .map(folderOf)
    .filter((other) => other !== folder);
  return paths.filter((path) => !foreign.some((other) => path.startsWith(`${other}/`)));
}

async function readAll(
  io: CliIo,
  folder: string,
  paths: readonly string[],
): Promise<readonly ConfiguredFile[]> {
  const files: ConfiguredFile[] = [];
  for (const path of paths) {
    const outcome = await readSource(io, path, 'found');
    if ('file' in outcome) {
      files.push({
        path: relativeTo(folder, path),
        place: placeOf(io, path),
        text: outcome.file.text,
        language: languageOfFile(path, outcome.file.text),
      });
    }
  }
  return files;
}

function foldersUpFrom(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at.includes('/'); ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

/** As it would be written in the working folder. */
function displayName(path: string, here: string): string {
  return path.startsWith(`${here}/`) ? path.slice(here.length + 1) : path;
}

function relativeTo(folder: string, path: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
