import { isModuleFile, MAX_FILE_LENGTH } from '../core/index';
import { EXCLUDED_FOLDERS, type FileStoreDependencies, MAX_KNOWN_FILES } from './fileStore';
import { failureLine } from './guard';

/** The texts of the other files of a Terraform module; `undefined` where not all of them can be known. Never rejects. */
export type ModuleTexts = (uri: string) => Promise<readonly string[] | undefined>;

/** Reads them at each question: what is asked for is a change of the module that must not rest on what was. */
export function createModuleTexts({ files, openText, log }: FileStoreDependencies): ModuleTexts {
  return async (uri) => {
    if (uri.startsWith('untitled:')) {
      return [];
    }
    const source = files();
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    if (source === undefined || !isModuleFile(uri)) {
      return undefined;
    }
    try {
      const found = await source.find({
        folders: [folder],
        endings: ENDINGS,
        excludedFolders: EXCLUDED_FOLDERS,
        limit: MAX_KNOWN_FILES + 1,
      });
      // A search that does not find the file itself has not looked into its folder.
      if (found.length > MAX_KNOWN_FILES || !found.some((each) => isSame(each, uri))) {
        return undefined;
      }
      const others = found.filter((each) => isOfModule(each, folder) && !isSame(each, uri));
      const texts = await Promise.all(
        others.map(async (each) => openText(each) ?? (await source.read(each, MAX_FILE_LENGTH))),
      );
      const known = texts.filter((text) => text !== undefined);
      return known.length < others.length ? undefined : known;
    } catch (error) {
      log(failureLine('The other files of the module', uri, error));
      return undefined;
    }
  };
}

/** Tests name what a module has, and stand in a folder of their own (Terraform language, "Tests"). */
const ENDINGS = ['.tf', '.tf.json', '.tofu', '.tofu.json', '.tftest.hcl', '.tofutest.hcl'];

function isOfModule(uri: string, folder: string): boolean {
  const at = decoded(uri);
  const own = decoded(folder);
  return at.startsWith(`${own}/`) && /^(?:tests\/)?[^/]+$/.test(at.slice(own.length + 1));
}

function isSame(a: string, b: string): boolean {
  return decoded(a) === decoded(b);
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
