import { compilePattern, matches } from '../pattern/pattern';
import { joinedKind, NamedKinds } from './namedKinds';
import type { PolicyKind } from './policyType';
import { type FileUse, isModuleFile, type TerraformUses } from './terraformUses';

/** What the files of a Terraform module say of a document of theirs. */
export interface ModuleContext {
  /** Of the other files in the document's folder; empty for a document that is no file of a module. */
  readonly others: readonly TerraformUses[];
  /** What the document is as a whole, where a configuration reads it as a file. */
  readonly kind?: PolicyKind;
  /**
   * What a configuration fills into the document, by the names of variables, as far as it tells; absent where none reads it
   * as a template.
   */
  readonly variables?: ReadonlyMap<string, readonly FilledValue[]>;
}

/** What is filled in for a variable of a template. */
export interface FilledValue {
  readonly text: string;
  /** Whether it is the default of a variable, which a person who runs Terraform may set. */
  readonly isDefault: boolean;
}

/** The modules of a workspace. */
export interface TerraformModules {
  /**
   * What the modules say of a document; `undefined` where they say nothing.
   *
   * @param place its path or URI, with forward slashes
   */
  contextOf(place: string): ModuleContext | undefined;
}

/**
 * Puts together what files say.
 *
 * @param files by path or URI, with forward slashes
 */
export function joinModules(
  files: Iterable<readonly [place: string, uses: TerraformUses]>,
): TerraformModules {
  const folders = new Map<string, Map<string, TerraformUses>>();
  for (const [place, uses] of files) {
    const path = decoded(place);
    const folder = folderOf(path);
    const inFolder = folders.get(folder) ?? new Map<string, TerraformUses>();
    folders.set(folder, inFolder.set(path, uses));
  }
  const references = [...folders].flatMap(([folder, files]) => referencesOf(folder, [...files.values()]));
  return {
    contextOf: (place) => {
      const path = decoded(place);
      if (isModuleFile(path)) {
        const others = [...(folders.get(folderOf(path)) ?? [])].filter(([file]) => file !== path);
        return others.length === 0 ? undefined : { others: others.map(([, uses]) => uses) };
      }
      return contextOfFile(path, references);
    },
  };
}

/** A file that a module reads. */
interface Reference {
  readonly folder: string;
  readonly name: string;
  readonly file: FileUse;
  readonly uses: readonly TerraformUses[];
  readonly kinds: NamedKinds;
  readonly fits: (path: string) => boolean;
  /** Whether an expression says a part of the path, so that others may fit as well. */
  readonly isPattern: boolean;
}

function referencesOf(folder: string, uses: readonly TerraformUses[]): readonly Reference[] {
  const kinds = new NamedKinds(uses);
  return uses.flatMap(({ files }) =>
    [...files].flatMap(([name, file]): readonly Reference[] => {
      const fits = fitting(folder, file, uses);
      return fits === undefined ? [] : [{ folder, name, file, uses, kinds, ...fits }];
    }),
  );
}

/** Which paths a reference may mean; `undefined` where it may be any. */
function fitting(
  folder: string,
  { path, from }: FileUse,
  uses: readonly TerraformUses[],
): Pick<Reference, 'fits' | 'isPattern'> | undefined {
  const filled = path.replaceAll(/\$\{\s*((?:local|var)\.[\w-]+)\s*\}/g, (written, name: string) => {
    const value = namedValue(uses, name);
    return value === undefined || value.includes('${') ? written : value;
  });
  if (from === 'root' && /^[/~]/.test(filled)) {
    return undefined;
  }
  const isPattern = filled.includes('${');
  if (!isPattern) {
    const place = joinPath(folder, filled);
    const ending = `/${namesIn(filled).join('/')}`;
    return {
      isPattern,
      fits:
        from === 'module' || ending.includes('/../')
          ? (other) => other === place
          : (other) => other.endsWith(ending) && isAround(other.slice(0, -ending.length), folder),
    };
  }
  const parts = filled.split(/\$\{[^{}]*\}/).map((part) => part.replaceAll(/[*?]/g, '_'));
  // With nothing but an ending it may be any file.
  const last = parts.at(-1) ?? '';
  if (!/\w/.test(parts.slice(0, -1).join('')) && !last.includes('/')) {
    return undefined;
  }
  const pattern = compilePattern(joinPath(folder, parts.join('*')));
  return { isPattern, fits: (other) => matches(pattern, other) };
}

/** What a local value, or the default of a variable, is. */
export function namedValue(files: readonly TerraformUses[], name: string): string | undefined {
  for (const { values } of files) {
    const value = values.get(name);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function contextOfFile(path: string, references: readonly Reference[]): ModuleContext | undefined {
  const fitting = references.filter(({ fits }) => fits(path));
  const exact = fitting.filter(({ isPattern }) => !isPattern);
  const chosen = exact.length > 0 ? exact : fitting;
  if (chosen.length === 0) {
    return undefined;
  }
  const kind = chosen.map(({ kinds, name }) => kinds.of(name)).reduce(joinedKind, undefined);
  const templates = chosen.filter(({ file }) => file.variables !== undefined);
  return {
    others: NO_OTHERS,
    ...(kind !== undefined && kind !== 'several' && { kind }),
    ...(templates.length > 0 && { variables: variablesOf(templates) }),
  };
}

const NO_OTHERS: readonly TerraformUses[] = [];

/** What all of the calls fill in. */
function variablesOf(references: readonly Reference[]): ReadonlyMap<string, readonly FilledValue[]> {
  const variables = new Map<string, Map<string, FilledValue>>();
  for (const { file, uses } of references) {
    for (const [name, values] of file.variables ?? []) {
      const all = variables.get(name) ?? new Map<string, FilledValue>();
      variables.set(name, all);
      for (const value of values) {
        const reference = /^\$\{([^{}]*)\}$/.exec(value)?.[1];
        const text = reference === undefined ? value : namedValue(uses, reference);
        if (text !== undefined) {
          all.set(text, { text, isDefault: reference?.startsWith('var.') === true });
        }
      }
    }
  }
  return new Map([...variables].map(([name, values]) => [name, [...values.values()]]));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isAround(folder: string, inner: string): boolean {
  return inner === folder || inner.startsWith(`${folder}/`);
}

/** A path from a folder, without dots. */
function joinPath(folder: string, path: string): string {
  const names = folder.split('/');
  for (const name of namesIn(path)) {
    if (name === '..') {
      names.pop();
    } else {
      names.push(name);
    }
  }
  return names.join('/');
}

/** The names that a path goes through: a slash too many and a dot change nothing. */
function namesIn(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '.' && name !== '');
}

/** A URI as paths are written; what is no URI stays as it is. */
function decoded(place: string): string {
  try {
    return place.includes('://') ? decodeURIComponent(place) : place;
  } catch {
    return place;
  }
}
