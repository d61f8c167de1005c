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
import { readSource, type SourceFile, STANDARD_INPUT } from './files';
import type { CliIo } from './io';

/** What the Terraform modules around files say of them; each folder is looked into once. */
export interface Modules {
  /** `undefined` for what no module says anything of. Never rejects. */
  contextOf(file: Pick<SourceFile, 'name' | 'text' | 'language'>): Promise<ModuleContext | undefined>;
}

/** Beyond this many files of Terraform no more are read. */
const MOST_FILES = 2000;

/** A module reads files from a folder of its own; this many folders up are looked into, within a repository. */
const MOST_FOLDERS_UP = 4;

/** @param inputs the paths of all files that the run is about, the folders of which may be modules */
export function createModules(io: CliIo, inputs: readonly string[]): Modules {
  const folders = new Map<string, Promise<Folder>>();
  const files = new Map<string, TerraformUses>();
  const lookInto = (folder: string): Promise<Folder> => {
    const looking = folders.get(folder) ?? readFolder(io, folder, files);
    folders.set(folder, looking);
    return looking;
  };
  let others: Promise<unknown> | undefined;
  /** Looks into all that may say something of a file in a folder that is none of a module. */
  const lookFrom = async (own: string): Promise<void> => {
    await lookInto(own);
    others ??= Promise.all(
      [...new Set(inputs.filter(isModuleFile).map((path) => folderOf(io.resolvePath(path))))].map(lookInto),
    );
    await others;
    let folder = own;
    for (let up = 0; up < MOST_FOLDERS_UP && folder !== '' && !(await lookInto(folder)).isTop; up += 1) {
      folder = folderOf(folder);
      await lookInto(folder);
    }
  };
  const around = new Map<string, Promise<void>>();
  const lookAround = (folder: string): Promise<void> => {
    const looking = around.get(folder) ?? lookFrom(folder);
    around.set(folder, looking);
    return looking;
  };
  let joined: { readonly count: number; readonly modules: TerraformModules } | undefined;
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
      await (isModuleFile(place) ? lookInto(own) : lookAround(own));
      if (joined?.count !== files.size) {
        joined = { count: files.size, modules: joinModules(files) };
      }
      return joined.modules.contextOf(place);
    },
  };
}

interface Folder {
  /** Whether a repository begins there. */
  readonly isTop: boolean;
}

async function readFolder(io: CliIo, folder: string, files: Map<string, TerraformUses>): Promise<Folder> {
  const names = await io.namesIn(folder === '' ? '/' : folder);
  for (const name of names.filter(isModuleFile).sort()) {
    if (files.size >= MOST_FILES) {
      break;
    }
    const path = `${folder}/${name}`;
    const outcome = await readSource(io, path, 'found');
    if (!('problem' in outcome)) {
      files.set(path, readUses(path, outcome.file.text));
    }
  }
  return { isTop: names.includes('.git') };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
