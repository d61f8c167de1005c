import type {
  PolicyChange as Change,
  Comparison,
  EvaluationRequest,
  LanguageService,
  PolicyDocument,
  PolicyTraits,
  PolicyType,
  Statement,
} from '../core/index';
import { counted, partPhrase, policyTypeNames, withoutExample, witnessPhrase } from '../core/index';
import { describeFileError, placeOf, readSource } from './files';
import { printable } from './format/printable';
import { rangeOf } from './format/report';
import { createStyle, type Style } from './format/style';
import { type CliIo, complain, type ExitCode } from './io';
import { type Lines, splitLines } from './lines';

/** A file as it is, or as it was in a revision. */
export interface Version {
  /** As given; `-` is standard input. */
  readonly name: string;
  /** Where the file is read, or where it lies. */
  readonly path: string;
  readonly revision: string | undefined;
}

export interface CompareRequest {
  readonly before: Version;
  readonly after: Version;
  readonly policyType: PolicyType | undefined;
  readonly format: 'text' | 'json';
}

/** Tells what the policies of one version grant that those of the other do not: 0 if nothing, 1 if something. */
export async function compareFiles(
  io: CliIo,
  service: LanguageService,
  { before, after, policyType, format }: CompareRequest,
): Promise<ExitCode> {
  const sources = new Map<PolicyTraits, Source>();
  const was = await openVersion(io, service, before, policyType, sources);
  const is = await openVersion(io, service, after, policyType, sources);
  if (was === undefined || is === undefined) {
    return 2;
  }
  const comparison = service.compare([was], [is]);
  const report = { before: before.name, after: after.name, comparison, sources };
  io.stdout.write(
    format === 'json' ? renderJson(report) : renderText(report, createStyle(io.stdout, io.env)),
  );
  return comparison.granted.length === 0 ? 0 : 1;
}

/** Where a statement stands, for the reports. */
export interface Source {
  readonly name: string;
  readonly lines: Lines;
}

/** `undefined` if the answer would mean nothing, which has been reported. A file without text has no policy yet. */
async function openVersion(
  io: CliIo,
  service: LanguageService,
  { name, path, revision }: Version,
  policyType: PolicyType | undefined,
  sources: Map<PolicyTraits, Source>,
): Promise<PolicyDocument | undefined> {
  const shown = printable(name);
  let read = io;
  if (revision !== undefined) {
    const outcome = await io.gitFile(revision, path);
    if ('problem' in outcome) {
      complain(io, `cannot read ${shown}: ${printable(outcome.problem)}`);
      return undefined;
    }
    read = { ...io, readFile: async () => outcome.bytes };
  }
  const outcome = await readSource(read, path, 'named', path).catch((error: unknown) => ({
    problem: describeFileError(error),
  }));
  if ('problem' in outcome) {
    complain(io, `cannot read ${shown}: ${outcome.problem}`);
    return undefined;
  }
  const { text, language } = outcome.file;
  const document = service.open({ text, language, override: { policyType, path: placeOf(io, path) } });
  const lines = splitLines(text);
  if (document.policies.length === 0 && text.trim() !== '') {
    complain(io, `${shown} holds no policy`);
    return undefined;
  }
  const [refusal] = service.refusals(document);
  if (refusal !== undefined) {
    const { line, column } = lines.positionAt(refusal.span.start);
    complain(
      io,
      `${shown}:${line}:${column}: AWS would refuse this ${refusal.policyType} policy: ${printable(refusal.message)} (${refusal.rule})`,
    );
    return undefined;
  }
  for (const policy of document.policies) {
    sources.set(policy, { name, lines });
  }
  return document;
}

export interface Report {
  readonly before: string;
  readonly after: string;
  readonly comparison: Comparison;
  readonly sources: ReadonlyMap<PolicyTraits, Source>;
}

/** The report for a person: what is newly granted first, and of that what anybody can do. */
export function renderText({ comparison, sources }: Report, style: Style): string {
  const { granted, removed } = comparison;
  const section = (
    title: string,
    changes: readonly Change[],
    direction: 'granted' | 'removed' = 'granted',
  ): readonly string[] =>
    changes.length === 0
      ? []
      : [
          '',
          style('bold', title),
          ...changes.flatMap((change) => renderChange(change, sources, style, direction)),
        ];
  const certain = granted.filter(({ isCertain }) => isCertain);
  const open = granted.filter(({ isCertain }) => !isCertain);
  const summary =
    granted.length === 0
      ? style('green', 'nothing is newly granted')
      : style('red', `newly granted in ${counted(granted.length, 'way')}`);
  return `${[
    removed.length === 0 ? summary : `${summary}, and something is taken away`,
    ...section('Newly granted', certain),
    ...section('Perhaps newly granted', open),
    ...section('Taken away', removed, 'removed'),
  ].join('\n')}\n`;
}

/** One change as lines. */
export function renderChange(
  change: Change,
  sources: ReadonlyMap<PolicyTraits, Source>,
  style: Style,
  direction: 'granted' | 'removed' = 'granted',
): readonly string[] {
  const { statement, kind, escalation, denial, witness } = change;
  const partText = partPhrase(change, direction);
  const mark =
    kind === 'public'
      ? style('red', 'public: ')
      : kind === 'escalation'
        ? style('red', `privilege escalation (${escalation ?? ''}): `)
        : '';
  const list = (name: string, values: readonly string[], more = ''): readonly string[] =>
    values.length === 0 ? [] : [`    ${name} ${shortList(values)}${more}`];
  return [
    `  ${mark}${placeText(statement, sources, style)}`,
    ...list('actions:   ', change.summary, change.addsFuture ? ', and actions that AWS may add' : ''),
    ...list('resources: ', change.resources, partText),
    ...list('by:        ', change.principals),
    ...change.conditions.map((condition) => `    if:         ${printable(condition)}`),
    ...(denial === undefined ? [] : [`    no longer denied by ${placeText(denial, sources, style)}`]),
    ...(witness === undefined
      ? [`    no example: ${withoutExample(change)}`]
      : [`    for example ${style('grey', printable(witnessPhrase(witness)))}`]),
  ];
}

function shortList(values: readonly string[]): string {
  const shown = values.slice(0, MOST_SHOWN).map(printable);
  return values.length > MOST_SHOWN
    ? `${shown.join(', ')} and ${values.length - MOST_SHOWN} more`
    : shown.join(', ');
}

const MOST_SHOWN = 8;

/** Where a statement stands and what it is called. */
function placeText(
  { policy, node, effect, sid, index }: Statement,
  sources: ReadonlyMap<PolicyTraits, Source>,
  style: Style,
): string {
  const source = sources.get(policy);
  const name = sid === undefined ? `statement ${index + 1}` : `"${printable(sid.value)}"`;
  const what = `${effect?.value ?? ''} ${name} (${policyTypeNames[policy.kind.type]})`;
  if (source === undefined) {
    return 'what no policy limits';
  }
  const { line, column } = source.lines.positionAt(node.span.start);
  return `${style('bold', `${printable(source.name)}:${line}:${column}`)} ${what}`;
}

/** The report for programs; its members are described in server/docs/compare.md. */
export function renderJson({ before, after, comparison, sources }: Report): string {
  const of = (change: Change) => changeJson(change, sources);
  return `${JSON.stringify(
    {
      old: before,
      new: after,
      granted: comparison.granted.map(of),
      removed: comparison.removed.map(of),
    },
    undefined,
    2,
  )}\n`;
}

/** One change for programs. */
export function changeJson(change: Change, sources: ReadonlyMap<PolicyTraits, Source>) {
  return {
    certain: change.isCertain,
    undecided: change.isCertain ? null : change.isCutShort ? 'too-large' : 'unknown',
    kind: change.kind,
    escalation: change.escalation ?? null,
    actions: change.actions,
    futureActions: change.addsFuture,
    resources: change.resources,
    part: change.isPart,
    principals: change.principals,
    conditions: change.conditions,
    witness: change.witness === undefined ? null : witnessJson(change.witness),
    statement: statementJson(change.statement, sources),
    noLongerDeniedBy: change.denial === undefined ? null : statementJson(change.denial, sources),
  };
}

/** A request for programs. */
function witnessJson({ action, resource, principal, context }: EvaluationRequest) {
  return {
    action,
    resource,
    principal: principal ?? null,
    context: Object.fromEntries(
      [...(context ?? [])].map(([key, values]) => [key, values.length === 0 ? null : values]),
    ),
  };
}

/** Where a statement stands, for programs. */
function statementJson(statement: Statement, sources: ReadonlyMap<PolicyTraits, Source>) {
  const { policy, node, sid, effect } = statement;
  const source = sources.get(policy);
  return {
    ...(source === undefined ? NO_PLACE : { file: source.name, ...rangeOf(source.lines, node) }),
    sid: sid?.value ?? null,
    effect: effect?.value ?? null,
    policyType: policy.kind.type,
  };
}

/** Of what no policy says, as where nothing limits. */
const NO_PLACE = { file: null, line: null, column: null, endLine: null, endColumn: null } as const;
