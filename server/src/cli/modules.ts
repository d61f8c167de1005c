import {
  isModuleFile,
  isProgramLanguage,
  joinModules,
  type ModuleContext,
  mayHavePolicy,
  readUses,
  type TerraformModules,
  type TerraformUses,
} from '../core/index';
import { folderOf, readSource, type SourceFile, STANDARD_INPUT } from './files';
import type { CliIo } from './io';

/** What the Terraform modules around files say about them; each folder is read once. */
export interface Modules {
  /** `undefined` for what no module says anything of. Never rejects. */
  contextOf(file: Pick<SourceFile, 'name' | 'text' | 'language'>): Promise<ModuleContext | undefined>;
}

/** Of a folder no more files of Terraform are read, nor of all the modules that a file of JSON may be read by. */
const MOST_FILES = 2000;

/** A module reads files from a folder of its own; this many folders up are looked into, within a repository. */
const MOST_FOLDERS_UP = 4;

/**
 * What is said about a file depends only on the file and the parameters, not on earlier calls: several threads say the
 * same.
 *
 * @param files the paths of the files that the run is about; the folders of those of Terraform are modules
 */
export function createModules(
  io: Pick<CliIo, 'readFile' | 'readStdin' | 'resolvePath' | 'namesIn'>,
  files: readonly string[],
): Modules {
  const folders = new Map<string, Promise<Folder>>();
  const lookInto = (folder: string): Promise<Folder> => {
    const looking = folders.get(folder) ?? readFolder(io, folder);
    folders.set(folder, looking);
    return looking;
  };
  let around: Promise<ReadonlyMap<string, Folder>> | undefined;
  const joined = new Map<string, TerraformModules>();
  const join = (key: string, found: readonly Folder[]): TerraformModules => {
    const modules = joined.get(key) ?? joinModules(found.flatMap(({ files }) => files));
    joined.set(key, modules);
    return modules;
  };
  /** The modules among the inputs, as far as they are not too many. */
  const inputModules = async (): Promise<ReadonlyMap<string, Folder>> => {
    const found = new Map<string, Folder>();
    let count = 0;
    for (const folder of new Set(files.filter(isModuleFile).map((path) => folderOf(io.resolvePath(path))))) {
      if (count < MOST_FILES) {
        const module = await lookInto(folder);
        found.set(folder, module);
        count += module.files.length;
      }
    }
    return found;
  };
  /** The modules that may read a file of a folder: those of the inputs, and those in the folder and around it. */
  const modulesAround = async (own: string): Promise<TerraformModules> => {
    around ??= inputModules();
    const known = await around;
    const further = new Map<string, Folder>();
    let folder = own;
    for (let up = 0; up <= MOST_FOLDERS_UP; up += 1) {
      const module = await lookInto(folder);
      if (module.files.length > 0 && !known.has(folder)) {
        further.set(folder, module);
      }
      if (folder === '' || module.isTop) {
        break;
      }
      folder = folderOf(folder);
    }
    const key = `around ${[...further.keys()].join('\n')}`;
    return join(key, [...known.values(), ...further.values()]);
  };
  /** By folder: most files lie beside others. */
  const modulesOf = new Map<string, Promise<TerraformModules>>();
  return {
    contextOf: async ({ name, text, language }) => {
      if (
        name === STANDARD_INPUT ||
        language === 'yaml' ||
        isProgramLanguage(language) ||
        !mayHavePolicy(language, text)
      ) {
        return undefined;
      }
      const place = io.resolvePath(name);
      const own = folderOf(place);
      if (isModuleFile(place)) {
        return join(`in ${own}`, [await lookInto(own)]).contextOf(place);
      }
      const modules = modulesOf.get(own) ?? modulesAround(own);
      modulesOf.set(own, modules);
      return (await modules).contextOf(place);
    },
  };
}

interface Folder {
  /** Whether a repository begins there. */
  readonly isTop: boolean;
  /** Its files of Terraform, and what they say. */
  readonly files: readonly (readonly [path: string, uses: TerraformUses])[];
}

async function readFolder(
  io: Pick<CliIo, 'readFile' | 'readStdin' | 'resolvePath' | 'namesIn'>,
  folder: string,
): Promise<Folder> {
  const names = await io.namesIn(folder === '' ? '/' : folder);
  const files: (readonly [string, TerraformUses])[] = [];
  for (const name of names.filter(isModuleFile).sort().slice(0, MOST_FILES)) {
    const path = `${folder}/${name}`;
    const outcome = await readSource(io, path, 'found');
    if (!('problem' in outcome)) {
      files.push([path, readUses(path, outcome.file.text)]);
    }
  }
  return { isTop: names.includes('.git'), files };
}
