import {
  type FileKnowledge,
  joinKnowledge,
  MAX_FILE_LENGTH,
  mayDefineApi,
  mayTell,
  NO_KNOWLEDGE,
  readKnowledge,
  type WorkspaceKnowledge,
} from '../core/index';
import { createFileStore, type FileStore, type FileStoreDependencies, MAX_KNOWN_FILES } from './fileStore';
import type { Background } from './readings';
import { type Text, TextVersion } from './textVersion';

/** What can tell something. */
const ENDINGS = ['.json', '.jsonc', '.tf', '.tofu', '.yaml', '.yml'];

/** For clients' watchers. */
export const KNOWLEDGE_FILES = `**/*{${['.gitignore', ...ENDINGS].join(',')}}`;

/** What the files of the workspace tell of accounts and APIs. */
export interface KnowledgeStore extends Omit<FileStore<ReadFile, WorkspaceKnowledge>, 'toldBy'> {
  /** The text of a file that defines an API, as it was when it was read. */
  textOf(uri: string): Text | undefined;
}

interface ReadFile {
  readonly knowledge: FileKnowledge;
  /** Of files that define an API. */
  readonly text: Text | undefined;
}

/** Keeps what the files of the workspace say about accounts, APIs and routes. */
export function createKnowledgeStore(
  dependencies: FileStoreDependencies,
  background?: Background,
): KnowledgeStore {
  const store = createFileStore<ReadFile, WorkspaceKnowledge>(
    {
      name: 'The knowledge of the workspace',
      endings: ENDINGS,
      mayTell,
      maxLength: MAX_FILE_LENGTH,
      read: async (uri, text) => {
        const knowledge =
          background === undefined ? readKnowledge(uri, text) : await background.read('knowledge', uri, text);
        return (
          knowledge && {
            knowledge,
            text: knowledge.apis.length === 0 ? undefined : new TextVersion(uri, '', 0, text),
          }
        );
      },
      empty: { knowledge: readKnowledge('', ''), text: undefined },
      print: ({ knowledge: { accounts, apis, mentions, actions = [] } }) =>
        JSON.stringify([...accounts, apis, mentions, [...actions]]),
      join: (files) => joinKnowledge(files.map(([uri, { knowledge }]) => [uri, knowledge] as const)),
      isConcerned: (file, text) => file.text !== undefined || mayDefineApi(text),
      cut: `There are more than ${MAX_KNOWN_FILES} files of JSON, YAML and Terraform: APIs are known from the first of them only.`,
      nothing: NO_KNOWLEDGE,
    },
    dependencies,
  );
  return { ...store, textOf: (uri) => store.toldBy(uri)?.text };
}
