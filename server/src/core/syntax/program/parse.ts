import type { Steps } from '../../steps';
import type { SyntaxTree } from '../nodes';
import { javascript, typescript } from './javascript';
import { parseProgram } from './program';
import { python } from './python';
import type { ProgramLanguage } from './reader';

/** The languages of programs that are read. */
const languages = { typescript, javascript, python } satisfies Readonly<Record<string, ProgramLanguage>>;

export type ProgramLanguageName = keyof typeof languages;

/** As `parseProgram`, by the name of the language: what parses programs is loaded when one is parsed (esbuild.mjs). */
export function parseProgramIn(language: ProgramLanguageName, text: string): Steps<SyntaxTree> {
  return parseProgram(text, languages[language]);
}
