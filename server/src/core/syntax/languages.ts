import type { DocumentLanguage } from './documentLanguage';

/** What is known about a language beside its front end. */
interface LanguageRow {
  readonly language: DocumentLanguage;
  /** Language ids of editors, as the Language Server Protocol sends them. */
  readonly ids: readonly string[];
  /** The ends of file names, in lower case. */
  readonly extensions: readonly string[];
  /** What begins a comment that ends with its line; `undefined` where there are none, or suppressions are not read. */
  readonly comment: '//' | '#' | undefined;
  /** Whether a policy is one part of such a file among others, and the rest is not ours: programs and prose. */
  readonly isProgram: boolean;
}

const ROWS: readonly LanguageRow[] = [
  { language: 'json', ids: ['json'], extensions: ['.json'], comment: undefined, isProgram: false },
  { language: 'jsonc', ids: ['jsonc'], extensions: ['.jsonc'], comment: '//', isProgram: false },
  {
    language: 'yaml',
    // Extensions for CloudFormation, the Serverless Framework and Helm have ids of their own.
    ids: ['yaml', 'cloudformation', 'serverless', 'helm'],
    extensions: ['.yaml', '.yml'],
    comment: '#',
    isProgram: false,
  },
  {
    language: 'hcl',
    // HashiCorp's extension, OpenTofu's, and what editors with tree-sitter call the files of variables.
    ids: ['hcl', 'terraform', 'terraform-vars', 'opentofu', 'opentofu-vars', 'terragrunt'],
    extensions: ['.tf', '.tofu', '.hcl', '.tfvars'],
    comment: '#',
    isProgram: false,
  },
  {
    language: 'typescript',
    ids: ['typescript'],
    extensions: ['.ts', '.mts', '.cts'],
    comment: '//',
    isProgram: true,
  },
  {
    language: 'javascript',
    ids: ['javascript', 'javascriptreact', 'typescriptreact'],
    extensions: ['.js', '.mjs', '.cjs', '.jsx', '.tsx'],
    comment: '//',
    isProgram: true,
  },
  { language: 'python', ids: ['python'], extensions: ['.py'], comment: '#', isProgram: true },
  {
    language: 'template',
    ids: ['jinja', 'jinja-json', 'jinja-yaml', 'erb', 'gotmpl', 'tftpl', 'handlebars', 'mustache'],
    extensions: [
      '.tftpl',
      '.tpl',
      '.tmpl',
      '.gotmpl',
      '.j2',
      '.jinja',
      '.jinja2',
      '.erb',
      '.hbs',
      '.mustache',
    ],
    comment: undefined,
    isProgram: false,
  },
  {
    language: 'markdown',
    ids: ['markdown'],
    extensions: ['.md', '.markdown'],
    comment: undefined,
    isProgram: true,
  },
];

const BY_ID: ReadonlyMap<string, DocumentLanguage> = new Map(
  ROWS.flatMap(({ language, ids }) => ids.map((id) => [id, language] as const)),
);

const BY_EXTENSION: ReadonlyMap<string, DocumentLanguage> = new Map(
  ROWS.flatMap(({ language, extensions }) => extensions.map((extension) => [extension, language] as const)),
);

const BY_LANGUAGE: ReadonlyMap<DocumentLanguage, LanguageRow> = new Map(
  ROWS.map((row) => [row.language, row] as const),
);

/** Whether a language is one of programs or of prose, in which a policy is a part among others and the rest is not ours. */
export function isProgramLanguage(language: DocumentLanguage): boolean {
  return BY_LANGUAGE.get(language)?.isProgram === true;
}

/** Whether a language is JSON, with comments or without. */
export function isJsonLanguage(language: DocumentLanguage): boolean {
  return language === 'json' || language === 'jsonc';
}

/** What begins a comment that ends with its line; `undefined` where suppressions in comments are not read. */
export function commentMark({ language }: { readonly language: DocumentLanguage }): string | undefined {
  return BY_LANGUAGE.get(language)?.comment;
}

/** The ends of the names of files that are read. */
export const fileExtensions: readonly string[] = [...BY_EXTENSION.keys()];

/** The languages that are read. */
export const documentLanguages: readonly DocumentLanguage[] = ROWS.map(({ language }) => language);

/** The language ids of editors that are read. */
export const languageIds: readonly string[] = [...BY_ID.keys()];

/**
 * What a document of an editor is read as: by its language id, or by its name where that says HCL or a template and the
 * editor, without an extension for it, calls it plain text. `undefined` for what is not read.
 *
 * @param name the path or URI
 */
export function languageOfDocument(id: string, name: string): DocumentLanguage | undefined {
  const named = id === 'plaintext' ? languageOfName(name) : undefined;
  return BY_ID.get(id) ?? byOtherId(id) ?? (named === 'hcl' || named === 'template' ? named : undefined);
}

/**
 * By the ids of editors that send their own names of languages. Vim and Neovim put what is more special behind a dot, as in
 * `yaml.cloudformation` (Vim, ":help 'filetype'"), and Emacs the way of parsing behind a hyphen, as in `yaml-ts-mode`; its
 * mode for JSON is that of JavaScript.
 */
function byOtherId(id: string): DocumentLanguage | undefined {
  const [general = '', special] = id.split('.', 2);
  return general === 'typescript' && special === 'tsx'
    ? BY_ID.get('typescriptreact')
    : BY_ID.get(general.replace(/^js-json$/, 'json').replace(/-ts$/, ''));
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
