import type { DocumentLanguage } from './documentLanguage';
import { leavesDoubt } from './faults';
import { parseJsonTemplate } from './json';
import type { SourceText, Span, SyntaxNode, SyntaxTree } from './nodes';
import { Roots } from './roots';
import { documentSource } from './stringSpans';
import { parseYamlSource } from './yaml/yaml';

/** Reads a block of code that is at its place in a document; everything around it is blank. */
export type ReadBlock = (text: string, language: DocumentLanguage) => SyntaxTree;

/**
 * Reads the fenced blocks of code of a Markdown document: CommonMark 0.31, chapter 4.5. The tree is the list of what they
 * hold. An example is rarely all of a file: a block that is no whole JSON has no policy, no faults are reported, and
 * nothing is written into it.
 */
export function parseMarkdown(text: string, readBlock: ReadBlock): SyntaxTree {
  const items = fencesIn(text).flatMap((fence) => {
    const language = languageOfFence(text, fence);
    const root = language === undefined ? undefined : rootOf(text, fence, language, readBlock);
    return root === undefined ? [] : [root];
  });
  const source = markdownSource(text);
  return { root: new Roots(source, { start: 0, end: text.length }, () => items), source, faults: [] };
}

/** Whether a fenced block may hold a policy; looks at the letters alone. */
export function mayHoldMarkdownPolicy(text: string): boolean {
  return /```|~~~/.test(text) && /statement|Effect/i.test(text);
}

function markdownSource(text: string): SourceText {
  return { ...documentSource(text, 'markdown'), isReadOnly: true };
}

function rootOf(
  text: string,
  { start, end, isQuoted }: Fence,
  language: DocumentLanguage,
  readBlock: ReadBlock,
): SyntaxNode | undefined {
  const written = text.slice(start, end);
  const code = isQuoted ? written.replaceAll(/^[ \t>]+/gm, (marks) => ' '.repeat(marks.length)) : written;
  switch (language) {
    case 'json':
    case 'jsonc': {
      const tree = parseJsonTemplate(blockSource(code, start, 'json'), 'jsonc');
      return tree.faults.some(leavesDoubt) ? undefined : tree.root;
    }
    case 'yaml':
      return parseYamlSource(blockSource(code, start, 'yaml')).root;
    default:
      return readBlock(' '.repeat(start) + code, language).root;
  }
}

function blockSource(text: string, start: number, syntax: SourceText['syntax']): SourceText {
  return {
    syntax,
    text,
    offsetAt: (index) => start + index,
    encode: (inserted) => inserted,
    isReadOnly: true,
  };
}

interface Fence extends Span {
  /** The first word behind the opening fence, in lower case. */
  readonly word: string;
  /** Whether it is in a block quote, so that its lines begin with marks. */
  readonly isQuoted: boolean;
}

/** More are in no document that anybody reads. */
const MAX_FENCES = 500;

function fencesIn(text: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: (Omit<Fence, 'end'> & { readonly mark: string }) | undefined;
  for (const line of text.matchAll(/^([ \t>]*)(`{3,}|~{3,})[ \t]*([^\r\n`]*)$/gm)) {
    const [whole, quote = '', mark = '', info = ''] = line;
    if (open === undefined) {
      const word = /^\{?\.?([\w+-]*)/.exec(info)?.[1]?.toLowerCase() ?? '';
      open = { mark, word, start: line.index + whole.length, isQuoted: quote.includes('>') };
    } else if (mark.startsWith(open.mark) && info.trim() === '') {
      const { word, start, isQuoted } = open;
      fences.push({ word, start, end: line.index, isQuoted });
      open = undefined;
      if (fences.length === MAX_FENCES) {
        break;
      }
    }
  }
  return fences;
}

/** What the word behind a fence says the block is written in; one without a word may be JSON. */
function languageOfFence(text: string, { word, start, end, isQuoted }: Fence): DocumentLanguage | undefined {
  if (word === '') {
    const code = text.slice(start, end);
    return (isQuoted ? /^[\s>]*\{/ : /^\s*\{/).test(code) && code.includes('"Statement"')
      ? 'json'
      : undefined;
  }
  return FENCES.get(word);
}

const FENCES: ReadonlyMap<string, DocumentLanguage> = new Map<string, DocumentLanguage>([
  ['json', 'json'],
  ['json5', 'jsonc'],
  ['jsonc', 'jsonc'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['ts', 'typescript'],
  ['typescript', 'typescript'],
  ['tsx', 'javascript'],
  ['js', 'javascript'],
  ['javascript', 'javascript'],
  ['jsx', 'javascript'],
  ['py', 'python'],
  ['python', 'python'],
  ['hcl', 'hcl'],
  ['tf', 'hcl'],
  ['terraform', 'hcl'],
  ['hcl2', 'hcl'],
  ['hcl-terraform', 'hcl'],
  ['terraform-hcl', 'hcl'],
  ['tofu', 'hcl'],
  ['opentofu', 'hcl'],
]);
