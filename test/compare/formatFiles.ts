import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createLanguageService,
  type DocumentLanguage,
  languageOfFile,
  type PolicyDocument,
} from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { CORPUS_FORMS, repositoryRoot, sharedCorpus } from '../support/repository';
import type { Marked } from './lintAs';

/** A file of a public repository that holds policies in some form. */
export interface FormatFile {
  /** Its form, which is its folder, and the file. */
  readonly name: string;
  readonly text: string;
  readonly language: DocumentLanguage;
  readonly document: PolicyDocument;
  readonly findings: readonly Marked[];
}

/**
 * Lints the files of the corpus of formats; `undefined` where it does not lie beside the repository.
 *
 * @param step of each form the files whose index is a multiple of it
 */
export function lintFormatFiles(step = 1): readonly FormatFile[] | undefined {
  const root = sharedCorpus('formats');
  if (root === undefined) {
    return undefined;
  }
  const service = createLanguageService({ iamData: loadIamData() });
  return CORPUS_FORMS.flatMap((form) =>
    filesOf(join(root, form), step).map((file) => {
      const text = new TextDecoder().decode(readFileSync(join(root, form, file)));
      const language = languageOfFile(file, text);
      const document = service.open({ text, language, override: {} });
      const { findings, failures } = service.lint(document);
      for (const { rule, error } of failures) {
        throw new Error(`${rule} broke on ${file}`, { cause: error });
      }
      return {
        name: `${form}/${file}`,
        text,
        language,
        document,
        findings: findings.map((finding) => ({
          ...finding,
          marked: text.slice(finding.span.start, finding.span.end),
        })),
      };
    }),
  );
}

function filesOf(folder: string, step: number): readonly string[] {
  return readdirSync(folder)
    .sort()
    .filter((_, index) => index % step === 0);
}

/**
 * How many literal statements a text holds, by a pattern over its letters and no parser: keys that are called Effect and
 * say Allow or Deny, in quotes escaped to any depth or encoded for a URL, and in no comment of YAML.
 */
export function literalEffects(text: string, language: DocumentLanguage): number {
  if (language === 'hcl') {
    const lines = text.replaceAll(/^[ \t]*(?:#|\/\/).*$|[ \t]#[^"\n]*$|^[ \t]*\/\*[\s\S]*?\*\//gm, '');
    return [...lines.matchAll(HCL_EFFECT)].length + blocksOfDocuments(lines);
  }
  const lines = language === 'yaml' ? text.replaceAll(/(^|\s)#(?=[^'"{}[\]]*$|[ \t])[^\n]*/gm, '$1') : text;
  return [...lines.matchAll(EFFECT)].length;
}

const EFFECT =
  /(?<![\w-])(?:\\*["']|%22)?Effect(?:\\*["']|%22)?\s*(?::|%3A)\s*(?:%20|\+)*(?:\\*["']|%22)?(?:Allow|Deny)(?![\w-])/g;

const HCL_EFFECT = /(?<![\w-])(?:\\*")?Effect(?:\\*")?\s*[:=]\s*\\*"(?:Allow|Deny)(?![\w-])/g;

/**
 * How many blocks of statements stand in data sources of policies, which end with a brace at the beginning of a line. One
 * without an effect allows; one whose effect is no text in quotes says neither.
 */
function blocksOfDocuments(text: string): number {
  return [...text.matchAll(/^data\s+"aws_iam_policy_document"[\s\S]*?^\}/gm)].reduce((sum, [data]) => {
    const blocks = data.match(/^\s*(?:dynamic\s+)?"?statement"?\s*\{/gm)?.length ?? 0;
    const open = data.match(/^\s*effect\s*=(?!\s*"(?:Allow|Deny)")/gm)?.length ?? 0;
    return sum + blocks - open;
  }, 0);
}

/** How many statements that say Allow or Deny the model has. */
export function modelledEffects({ policies }: PolicyDocument): number {
  return policies
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect !== undefined && /^(?:Allow|Deny)$/.test(effect.value)).length;
}

/** A file of which the model does not have exactly the statements that a pattern over its letters counts, and why. */
export interface Missed {
  readonly name: string;
  readonly written: number;
  readonly modelled: number;
  readonly why: string;
}

/** The files whose counts differ, with the reasons that are recorded in `formatsMissed.tsv`; empty where none is. */
export function missedIn(files: readonly FormatFile[]): readonly Missed[] {
  const [, ...lines] = readFileSync(
    join(repositoryRoot, 'test', 'compare', 'formatsMissed.tsv'),
    'utf8',
  ).split('\n');
  const recorded = new Map(
    lines.map((line) => {
      const [name = '', written, modelled, why = ''] = line.split('\t');
      return [`${name} ${written} ${modelled}`, why] as const;
    }),
  );
  return files
    .map(({ name, text, language, document }) => ({
      name,
      written: literalEffects(text, language),
      modelled: modelledEffects(document),
    }))
    .filter(({ written, modelled }) => written !== modelled)
    .map((count) => ({
      ...count,
      why: recorded.get(`${count.name} ${count.written} ${count.modelled}`) ?? '',
    }));
}
