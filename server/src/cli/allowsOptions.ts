import { InvalidArgumentError } from 'commander';
import {
  contextKeyProblem,
  isPolicyType,
  policyTypes,
  type RequestContext,
  readContext,
} from '../core/index';
import type { NameValue } from '../gateway/target';
import { readSource } from './files';
import type { CliIo } from './io';
import { splitLines } from './lines';
import type { PolicyFile } from './policyDocuments';

/** What the options of `allows` tell of the request's condition keys. */
export interface ContextOptions {
  readonly context: readonly NameValue[];
  readonly contextFile?: string;
  readonly assumeAbsent: readonly string[];
}

/** Takes a text as it is, unless something is wrong with it. */
export function checked(problemOf: (text: string) => string | undefined): (text: string) => string {
  return (text) => {
    const problem = problemOf(text);
    if (problem !== undefined) {
      throw new InvalidArgumentError(problem);
    }
    return text;
  };
}

/** Adds a value of `--context` to the previous ones. Throws what Commander reports as wrong usage. */
export function collectContext(value: string, previous: readonly NameValue[]): readonly NameValue[] {
  const at = value.indexOf('=');
  if (at <= 0) {
    throw new InvalidArgumentError('Write it as KEY=VALUE, as in aws:SourceIp=203.0.113.7.');
  }
  return [...previous, [checked(contextKeyProblem)(value.slice(0, at)), value.slice(at + 1)]];
}

/** Adds a value of `--assume-absent` to the previous ones. Throws what Commander reports as wrong usage. */
export function collectAbsent(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, checked(contextKeyProblem)(value)];
}

/**
 * Adds a value of `--also`, TYPE=FILE or scp:LEVEL=FILE, to the previous ones. Throws what Commander reports as wrong
 * usage.
 */
export function collectPolicyFile(value: string, previous: readonly PolicyFile[]): readonly PolicyFile[] {
  const at = value.indexOf('=');
  const [policyType = '', ...levels] = value.slice(0, Math.max(at, 0)).split(':');
  const level = levels.length === 0 ? undefined : levels.join(':');
  if (!isPolicyType(policyType) || at === value.length - 1 || level === '') {
    throw new InvalidArgumentError(
      `Write it as TYPE=FILE, with one of ${policyTypes.join(', ')}, or as scp:LEVEL=FILE.`,
    );
  }
  if (level !== undefined && policyType !== 'scp') {
    throw new InvalidArgumentError('Only a service control policy has a level, as in scp:root=FILE.');
  }
  return [...previous, { name: value.slice(at + 1), policyType, level }];
}

/** Of an SCP without a level among others that have one nobody can tell which of them it adds to. */
export function levelProblem(files: readonly PolicyFile[]): string | undefined {
  const policies = files.filter(({ policyType }) => policyType === 'scp');
  const open = policies.find(({ level }) => level === undefined);
  return open === undefined || policies.every(({ level }) => level === undefined)
    ? undefined
    : `${open.name} has no level, and other service control policies have one: write it as scp:LEVEL=FILE`;
}

/** The context of all options together. Names of keys are read in any case. */
export async function contextOf(
  io: CliIo,
  { context, contextFile, assumeAbsent }: ContextOptions,
): Promise<RequestContext | { readonly problem: string }> {
  const absent = new Map(assumeAbsent.map((key) => [key.toLowerCase(), key]));
  const told = new Map<string, { readonly key: string; readonly values: string[] }>();
  for (const [key, value] of context) {
    const folded = key.toLowerCase();
    if (absent.has(folded)) {
      return { problem: `--context gives ${key} a value, and --assume-absent says that it is not there` };
    }
    const entry = told.get(folded) ?? { key, values: [] };
    entry.values.push(value);
    told.set(folded, entry);
  }
  const ofFile = contextFile === undefined ? NO_CONTEXT : await readContextFile(io, contextFile);
  if ('problem' in ofFile) {
    return ofFile;
  }
  return new Map([
    ...[...ofFile].filter(([key]) => !told.has(key.toLowerCase()) && !absent.has(key.toLowerCase())),
    ...[...told.values()].map(({ key, values }) => [key, values] as const),
    ...[...absent.values()].map((key) => [key, []] as const),
  ]);
}

const NO_CONTEXT: RequestContext = new Map();

async function readContextFile(
  io: CliIo,
  name: string,
): Promise<RequestContext | { readonly problem: string }> {
  // Nothing but a regular file: a context is small, and a pipe need not end.
  const outcome = await readSource(io, name, 'found');
  if ('problem' in outcome) {
    return { problem: `cannot read ${name}: ${outcome.problem}` };
  }
  const { text } = outcome.file;
  const read = readContext(text);
  if ('context' in read) {
    return read.context;
  }
  const { line, column } = splitLines(text).positionAt(read.offset);
  return { problem: `${name}:${line}:${column}: ${read.problem}` };
}
