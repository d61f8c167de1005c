import { atOnce, type Steps } from '../steps';
import type { DocumentLanguage } from './documentLanguage';
import { parseHcl, parseHclSteps } from './hcl/hcl';
import { parseJson, parseJsonSource } from './json';
import { mayHoldMarkdownPolicy, parseMarkdown } from './markdown';
import type { SyntaxTree } from './nodes';
import { mayHoldProgramPolicy } from './program/mayHold';
import { type ProgramLanguageName, parseProgramIn } from './program/parse';
import { documentSource } from './stringSpans';
import { parseTemplate } from './templateFile';
import { decodedSource, isUrlEncoded } from './urlEncoded';
import { parseYaml, parseYamlSteps } from './yaml/yaml';

export type { DocumentLanguage } from './documentLanguage';

/** What reads one language. A language is added by a folder with its parser and nodes, and a row below. */
export interface FrontEnd {
  /** Never throws. */
  parse(text: string): SyntaxTree;
  /** The same in parts, where a text takes long for its length. */
  parseSteps?(text: string): Steps<SyntaxTree>;
  /** A look at the letters, which spares most files the parse: most hold no policy. */
  mayHoldPolicy(text: string): boolean;
}

export const frontEnds: Readonly<Record<DocumentLanguage, FrontEnd>> = {
  json: { parse: parseJsonDocument, mayHoldPolicy: mayHoldJsonPolicy },
  jsonc: { parse: (text) => parseJson(text, 'jsonc'), mayHoldPolicy: mayHoldJsonPolicy },
  yaml: {
    parse: parseYaml,
    parseSteps: parseYamlSteps,
    mayHoldPolicy: (text) =>
      /statement|resourcePolicy|Version\\*["']?:\s*\\*["']?20(08|12)-10-17/i.test(text),
  },
  hcl: {
    parse: parseHcl,
    parseSteps: parseHclSteps,
    mayHoldPolicy: (text) =>
      /statement|aws_iam_policy_document|\bEffect"?\s*[=:]|Version\\*["']?\s*[=:]\s*\\*"20(08|12)-10-17/i.test(
        text,
      ),
  },
  typescript: programFrontEnd('typescript'),
  javascript: programFrontEnd('javascript'),
  python: programFrontEnd('python'),
  template: {
    parse: parseTemplate,
    mayHoldPolicy: (text) => mayHoldJsonPolicy(text) || /statement/i.test(text),
  },
  markdown: {
    parse: (text) => parseMarkdown(text, (block, language) => frontEnds[language].parse(block)),
    mayHoldPolicy: mayHoldMarkdownPolicy,
  },
};

/** Whether a text may hold a policy: a look at its letters. */
export function mayHavePolicy(language: DocumentLanguage, text: string): boolean {
  return frontEnds[language].mayHoldPolicy(text);
}

/** Only a program that contains the words of a policy is parsed. */
function programFrontEnd(language: ProgramLanguageName): FrontEnd {
  function* parseSteps(text: string): Steps<SyntaxTree> {
    return mayHoldProgramPolicy(text)
      ? yield* parseProgramIn(language, text)
      : { root: undefined, source: documentSource(text, 'program'), faults: [] };
  }
  return {
    parse: (text) => atOnce(parseSteps(text)),
    parseSteps,
    mayHoldPolicy: mayHoldProgramPolicy,
  };
}

function parseJsonDocument(text: string): SyntaxTree {
  return isUrlEncoded(text)
    ? parseJsonSource(decodedSource(documentSource(text, 'json')), 'json')
    : parseJson(text, 'json');
}

/**
 * Escaped quotes are a policy in a string; a string may also be encoded for a URL, and in one that is an expression of
 * Terraform names have no quotes.
 */
function mayHoldJsonPolicy(text: string): boolean {
  return /statements?(?:\\*"|%22)|"resourcePolicy"|"Version\\*"\s*:\s*\\*"20(08|12)-10-17|\bjsonencode\(/i.test(
    text,
  );
}
