import {
  isModuleFile,
  joinModules,
  MAX_FILE_LENGTH,
  type ModuleContext,
  readUses,
  type TerraformUses,
} from '../core/index';
import { createFileStore, type FileStore, type FileStoreDependencies, MAX_KNOWN_FILES } from './fileStore';
import type { Background } from './readings';
import { canonicalUri } from './uris';

/** What the Terraform modules of the workspace say about its documents. */
export interface ModuleStore
  extends Pick<
    FileStore<TerraformUses, unknown>,
    'filesChanged' | 'documentChanged' | 'documentSaved' | 'foldersChanged'
  > {
  /**
   * What is known of a document without waiting. One object as long as it is the same, so that whoever keeps something by
   * it need not look further.
   */
  contextOf(uri: string): ModuleContext | undefined;
  /** Told whenever what is known of some document has become something else. */
  onDidChange(run: () => void): void;
}

/** Keeps what the Terraform files of the workspace say about policies in others. */
export function createModuleStore(dependencies: FileStoreDependencies, background?: Background): ModuleStore {
  const store = createFileStore(
    {
      name: 'The Terraform modules of the workspace',
      endings: ['.tf', '.tf.json', '.tofu', '.tofu.json'],
      mayTell: isModuleFile,
      maxLength: MAX_FILE_LENGTH,
      read: (uri, text) => background?.read('uses', uri, text) ?? readUses(uri, text),
      empty: readUses('', ''),
      print: printOf,
      join: (files) => ({ modules: joinModules(files), contexts: new Map<string, Told>() }),
      isConcerned: () => true,
      cut: `There are more than ${MAX_KNOWN_FILES} Terraform files: only the first ones are read for the types of policies in other files.`,
      nothing: { modules: joinModules([]), contexts: new Map<string, Told>() },
    },
    dependencies,
  );
  let before: ReadonlyMap<string, Told> = new Map();
  let current: ReadonlyMap<string, Told> | undefined;
  return {
    filesChanged: store.filesChanged,
    documentChanged: store.documentChanged,
    documentSaved: store.documentSaved,
    foldersChanged: store.foldersChanged,
    onDidChange: store.onDidChange,
    contextOf: (written) => {
      const uri = canonicalUri(written);
      const joined = store.soFar();
      if (joined === undefined) {
        return undefined;
      }
      const { modules, contexts } = joined;
      if (current !== contexts) {
        before = current ?? before;
        current = contexts;
      }
      let told = contexts.get(uri);
      if (told === undefined) {
        const context = modules.contextOf(uri);
        const print = context === undefined ? '' : printOfContext(context);
        const known = before.get(uri);
        told = known?.print === print ? known : { context, print };
        contexts.set(uri, told);
      }
      return told.context;
    },
  };
}

interface Told {
  readonly context: ModuleContext | undefined;
  readonly print: string;
}

function printOfContext({ others, kind, variables }: ModuleContext): string {
  return JSON.stringify([others.map(printOf), kind, variables && [...variables]]);
}

function printOf({ kinds, statements, partOf, files, values }: TerraformUses): string {
  return JSON.stringify([
    [...kinds],
    [...statements],
    [...partOf],
    [...files].map(([name, { variables }]) => [name, variables && [...variables]]),
    [...values],
  ]);
}
