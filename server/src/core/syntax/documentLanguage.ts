/** The languages a document can be read in; an editor's language ids and the names of files map onto them. */
export type DocumentLanguage =
  | 'json'
  | 'jsonc'
  | 'yaml'
  | 'hcl'
  | 'typescript'
  | 'javascript'
  | 'python'
  | 'template'
  | 'markdown';
