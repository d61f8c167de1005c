import { parseJson } from './json';
import type { SyntaxTree } from './nodes';
import { parseYaml } from './yaml/yaml';

/** The languages a document can be read in; an editor's language ids and the names of files map onto them. */
export type DocumentLanguage = 'json' | 'jsonc' | 'yaml';

/** What reads one language. A language is added by a folder with its parser and nodes, and a row below. */
export interface FrontEnd {
  /** Never throws. */
  parse(text: string): SyntaxTree;
  /** A look at the letters, which spares most files the parse: most hold no policy. */
  mayHoldPolicy(text: string): boolean;
}

export const frontEnds: Readonly<Record<DocumentLanguage, FrontEnd>> = {
  json: { parse: (text) => parseJson(text, 'json'), mayHoldPolicy: mayHoldJsonPolicy },
  jsonc: { parse: (text) => parseJson(text, 'jsonc'), mayHoldPolicy: mayHoldJsonPolicy },
  yaml: {
    parse: parseYaml,
    mayHoldPolicy: (text) => /statement|resourcePolicy|Version["']?:\s*["']?20(08|12)-10-17/i.test(text),
  },
};

/** Escaped quotes are a policy in a string. */
function mayHoldJsonPolicy(text: string): boolean {
  return /statements?\\*"|"resourcePolicy"|"Version"\s*:\s*"20(08|12)-10-17"/i.test(text);
}
