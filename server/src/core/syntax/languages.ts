import type { DocumentLanguage } from './frontEnds';

/** What an editor and a file system call the languages that are read. */
interface LanguageRow {
  readonly language: DocumentLanguage;
  /** Language ids of editors, as the Language Server Protocol sends them. */
  readonly ids: readonly string[];
  /** The ends of file names, in lower case. */
  readonly extensions: readonly string[];
}

const ROWS: readonly LanguageRow[] = [
  { language: 'json', ids: ['json'], extensions: ['.json'] },
  { language: 'jsonc', ids: ['jsonc'], extensions: ['.jsonc'] },
  {
    language: 'yaml',
    // Extensions for CloudFormation, the Serverless Framework and Helm have ids of their own.
    ids: ['yaml', 'cloudformation', 'serverless', 'helm'],
    extensions: ['.yaml', '.yml'],
  },
  { language: 'typescript', ids: ['typescript'], extensions: ['.ts', '.mts', '.cts'] },
  {
    language: 'javascript',
    ids: ['javascript', 'javascriptreact', 'typescriptreact'],
    extensions: ['.js', '.mjs', '.cjs', '.jsx', '.tsx'],
  },
  { language: 'python', ids: ['python'], extensions: ['.py'] },
];

const BY_ID: ReadonlyMap<string, DocumentLanguage> = new Map(
  ROWS.flatMap(({ language, ids }) => ids.map((id) => [id, language] as const)),
);

const BY_EXTENSION: ReadonlyMap<string, DocumentLanguage> = new Map(
  ROWS.flatMap(({ language, extensions }) => extensions.map((extension) => [extension, language] as const)),
);

/** Whether a language is one of programs, in which a policy is a part among others and the rest is not ours. */
export function isProgramLanguage(language: DocumentLanguage): boolean {
  return language === 'typescript' || language === 'javascript' || language === 'python';
}

/** The languages that are read. */
export const documentLanguages: readonly DocumentLanguage[] = ROWS.map(({ language }) => language);

/** The language ids of editors that are read. */
export const languageIds: readonly string[] = [...BY_ID.keys()];

/** What an editor's language id is read as; `undefined` for what is not read. */
export function languageOfId(id: string): DocumentLanguage | undefined {
  return BY_ID.get(id);
}

/** What a file is read as by its name alone; `undefined` where the name tells nothing. */
export function languageOfName(name: string): DocumentLanguage | undefined {
  return BY_EXTENSION.get(/\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? '');
}

/**
 * What a file is read as, by its name or else by what it begins with. CloudFormation takes templates in JSON and in YAML,
 * which has all of JSON and is no stricter about commas: a `.template` that is no JSON is read as YAML.
 */
export function languageOfFile(name: string, text: string): DocumentLanguage {
  const language = languageOfName(name) ?? languageOfText(text);
  return language === 'json' && /\.template$/i.test(name) && !isJson(text) ? 'yaml' : language;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a text is read as whose name tells nothing: YAML where it begins with a key or an item, else JSON. */
export function languageOfText(text: string): DocumentLanguage {
  return /^(?:\s|#[^\n]*\n|---[^\n]*\n|%[^\n]*\n)*(?:-\s|["']?[\w:.-]+["']?:(?:\s|$))/.test(
    text.slice(0, 10_000),
  )
    ? 'yaml'
    : 'json';
}
