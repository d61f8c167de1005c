import type { LanguageService, PolicyDocument, PolicyTraits, PolicyType } from '../core/index';
import { placeOf, readSource } from './files';
import { printable } from './format/printable';
import type { CliIo } from './io';
import { type Lines, splitLines } from './lines';
import { createModules } from './modules';

/** A file with policies that a question is put to. */
export interface PolicyFile {
  readonly name: string;
  /** What its policies are, instead of what their content says. */
  readonly policyType: PolicyType | undefined;
  /** Of a service control policy the level of the organization that it is attached at. */
  readonly level: string | undefined;
}

/** A file as it was read, for places in it. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly lines: Lines;
}

export interface LoadedPolicies {
  readonly documents: readonly PolicyDocument[];
  readonly sources: ReadonlyMap<PolicyTraits, Source>;
  readonly levels: ReadonlyMap<PolicyTraits, string>;
  /** Why no answer about these files counts, each in one line; empty where it does. */
  readonly problems: readonly string[];
}

/**
 * Reads the policies of files. A policy that is missing, or that AWS would not take, would make an answer that means
 * nothing, and is a problem.
 *
 * @param as `found` where no person named the files, but another file did
 * @param typeFor where nobody says what the policies of a file are: what they count as instead of what its content says
 */
export async function loadPolicies(
  io: CliIo,
  service: LanguageService,
  files: readonly PolicyFile[],
  as: 'named' | 'found' = 'named',
  typeFor: (document: PolicyDocument, name: string) => PolicyType | undefined = () => undefined,
): Promise<LoadedPolicies> {
  const documents: PolicyDocument[] = [];
  const sources = new Map<PolicyTraits, Source>();
  const levels = new Map<PolicyTraits, string>();
  const problems: string[] = [];
  const modules = createModules(
    io,
    files.map(({ name }) => name),
  );
  for (const { name, policyType, level } of files) {
    const outcome = await readSource(io, name, as);
    if ('problem' in outcome) {
      problems.push(`cannot read ${printable(name)}: ${outcome.problem}`);
      continue;
    }
    const { text, language } = outcome.file;
    const module = await modules.contextOf(outcome.file);
    const open = (type: PolicyType | undefined) =>
      service.open({ text, language, override: { policyType: type, path: placeOf(io, name), module } });
    const asWritten = open(policyType);
    // Not read a second time: a pipe gives its text once.
    const other = policyType === undefined ? typeFor(asWritten, name) : undefined;
    const document = other === undefined ? asWritten : open(other);
    const source = { name, text, lines: splitLines(text) };
    const problem = problemOf(service, document, source);
    if (problem !== undefined) {
      problems.push(problem);
    }
    for (const policy of document.policies) {
      sources.set(policy, source);
      if (level !== undefined) {
        levels.set(policy, level);
      }
    }
    documents.push(document);
  }
  return { documents, sources, levels, problems };
}

/** Only the first thing that is wrong: the others may follow from it, and `lint` tells all. */
function problemOf(
  service: LanguageService,
  document: PolicyDocument,
  { name, lines }: Source,
): string | undefined {
  if (document.policies.length === 0) {
    return `${printable(name)} holds no policy`;
  }
  const [refusal] = service.refusals(document);
  if (refusal === undefined) {
    return undefined;
  }
  const { line, column } = lines.positionAt(refusal.span.start);
  return `${printable(name)}:${line}:${column}: AWS would refuse this ${refusal.policyType} policy: ${printable(refusal.message)} (${refusal.rule})`;
}
