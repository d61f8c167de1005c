import {
  CONFIG_FILE,
  counted,
  isModuleFile,
  type LanguageService,
  SEVERITY_RANK,
  type Severity,
  type Suppression,
} from '../core/index';
import { type Baseline, withoutKnown } from './baseline';
import { type Check, type CheckedFile, type CheckSettings, configOf, createCheck, readInputs } from './check';
import { type ConfigSource, createConfigs, unusedSuppressions } from './config';
import { CHANGED, pathFromHere, pathsFromRepository, readSource, STANDARD_INPUT, writeSource } from './files';
import { printable } from './format/printable';
import { type LintFormat, renderReports } from './format/render';
import type { FileReport } from './format/report';
import { renderStatistics } from './format/statistics';
import { createProgress, type Input, inputsOf, type Progress } from './inputs';
import { type CliIo, complain, type ExitCode } from './io';
import { splitLines } from './lines';
import { type Concurrency, sharesOf, threadCount } from './shares';
import { type CheckTask, checkInThreads, type ThreadedIo } from './threads';
import type { Timing } from './timing';

export interface LintRequest extends CheckSettings {
  /** Files and folders as given; `-` is standard input. */
  readonly files: readonly string[];
  /** What the text on standard input is called; absent where nobody said. */
  readonly stdinName?: string | undefined;
  readonly format: LintFormat;
  /** The least severity that makes the exit code 1. */
  readonly failOn: Severity;
  /** More warnings than these make the exit code 1 as well. */
  readonly maxWarnings?: number | undefined;
  /** A revision of git: only files that changed since are linted. */
  readonly changedSince?: string | undefined;
  /** What is known and left out. */
  readonly baseline?: Baseline | undefined;
  readonly statistics?: 'none' | 'told';
  readonly concurrency: Concurrency;
  /** Where the time taken is to be entered; printed at the end. */
  readonly timing: Timing | undefined;
}

/** Lints the files and prints the findings. A file that cannot be read does not keep the others from being linted. */
export async function lintFiles(
  io: ThreadedIo,
  service: LanguageService,
  request: LintRequest,
): Promise<ExitCode> {
  const problems: string[] = [];
  const configs = createConfigs(io, service, request.config, request.rules);
  const given = new Map<string, Uint8Array>();
  if (typeof request.config === 'object') {
    const config = await configOf(configs, request.config.path);
    if ('problem' in config) {
      complain(io, config.problem);
      return 2;
    }
    if (config.source !== undefined) {
      given.set(request.config.path, config.source.file.bytes);
    }
  }
  const all = await inputsOf(io, request, problems);
  const inputs = await changedInputs(io, request, all);
  if ('problem' in inputs) {
    complain(
      io,
      `cannot tell what changed since ${printable(request.changedSince ?? '')}: ${printable(inputs.problem)}`,
    );
    return 2;
  }
  // Of what type a changed policy is may be said by a file that has not changed.
  const moduleFiles = all.map(({ path }) => path).filter(isModuleFile);
  const check = createCheck(io, service, request, configs, moduleFiles, request.timing);
  const progress = createProgress(io, inputs);
  const early = await checkEarly(io, request, { inputs, moduleFiles, given }, check, progress);
  const reading = readInputs(
    io,
    inputs.filter((_, number) => !early.has(number)),
  );
  const consulted = createConsulted(io);
  const checked: { readonly input: Input; readonly file: CheckedFile }[] = [];
  for (const [number, input] of inputs.entries()) {
    const { name } = input;
    let file = early.get(number);
    if (file === undefined) {
      progress.at(name);
      const { value: read } = await reading.next();
      if (read === undefined) {
        continue;
      }
      if (isConfigFile(name) && 'file' in read.outcome) {
        consulted.add(configs.read(read.outcome.file), []);
        continue;
      }
      file = await check(input, read.outcome);
    }
    checked.push({ input, file });
    problems.push(...file.problems);
    if (file.configProblem !== undefined && !problems.includes(file.configProblem)) {
      problems.push(file.configProblem);
    }
    const config = file.used === undefined ? undefined : await configOf(configs, name);
    if (config !== undefined && 'source' in config && config.source !== undefined) {
      consulted.add(config.source, file.used ?? []);
    }
  }
  progress.done();
  const reports: FileReport[] = [];
  for (const { input, file } of checked) {
    const { report, problems: further } =
      file.fixed === undefined ? { ...file, problems: [] } : await written(io, input, file, check);
    problems.push(...further);
    if (report !== undefined && (input.as === 'named' || report.holdsPolicy || report.findings.length > 0)) {
      reports.push({ ...report, lines: splitLines(report.text) });
    }
  }
  reports.push(...(await configReports(io, service, consulted.all(), request)));
  for (const problem of problems) {
    complain(io, problem);
  }
  const { baseline } = request;
  const told =
    baseline === undefined ? reports : withoutKnown(reports, baseline, (file) => pathFromHere(io, file));
  const excess = excessOf(told, request);
  io.stdout.write(
    renderReports(
      request.format,
      { reports: told, problems, excess, version: io.version, pathOf: pathsFromRepository(io) },
      io,
      request,
      service,
    ),
    ...(request.format === 'github' ? (['commands'] as const) : []),
  );
  if (request.statistics === 'told') {
    io.stderr.write(renderStatistics(told));
  }
  if (request.timing !== undefined) {
    io.stderr.write(request.timing.render());
  }
  if (problems.length > 0) {
    return 2;
  }
  if (excess !== undefined) {
    complain(io, excess);
    return 1;
  }
  return severitiesOf(told).some((severity) => SEVERITY_RANK[severity] >= SEVERITY_RANK[request.failOn])
    ? 1
    : 0;
}

/**
 * Checks files in several threads, where that pays; what is not among the results is left to this one. Times are taken on
 * one thread: threads take each other's.
 */
async function checkEarly(
  io: ThreadedIo,
  request: LintRequest,
  { inputs, moduleFiles, given }: Pick<CheckTask, 'inputs' | 'moduleFiles' | 'given'>,
  check: Check,
  progress: Progress,
): Promise<ReadonlyMap<number, CheckedFile>> {
  const { policyType, resourceType, rules, config, knowledge, fixing, concurrency } = request;
  const candidates = [...inputs.entries()].filter(
    ([, { name, path }]) => path !== STANDARD_INPUT && !isConfigFile(name),
  );
  if (concurrency === 'off' || concurrency === 1 || candidates.length < 2 || request.timing !== undefined) {
    return new Map();
  }
  const threads = io.threads?.();
  if (threads === undefined || (concurrency === 'auto' && threads.processors < 2)) {
    return new Map();
  }
  const files = candidates.map(([number, { path }]) => ({ number, path, bytes: threads.sizeOf(path) }));
  const count = threadCount(concurrency, threads.processors, files);
  if (count < 2) {
    return new Map();
  }
  const task = {
    settings: { policyType, resourceType, rules, config, knowledge, fixing },
    inputs,
    moduleFiles,
    shares: sharesOf(files, count),
    given,
    edits: request.format === 'sarif' ? ('wanted' as const) : ('unwanted' as const),
  };
  return checkInThreads(io, threads, count, task, check, ({ name }) => progress.at(name));
}

/**
 * Writes a file with its fixes. One that has changed meanwhile is checked again: it may be another name of a file that
 * was just written.
 */
async function written(
  io: CliIo,
  input: Input,
  file: CheckedFile,
  check: Check,
): Promise<Pick<CheckedFile, 'report' | 'problems'>> {
  let [problem, last] = [await write(io, file), file];
  if (problem === CHANGED) {
    const read = await readSource(io, input.path, input.as, input.name);
    if ('file' in read) {
      last = await check(input, read);
      problem = await write(io, last);
    }
  }
  if (problem === undefined || last.fixed === undefined) {
    return { report: last.report, problems: [] };
  }
  const { report } = await check(input, { file: last.fixed }, 'none');
  return { report, problems: [`cannot write ${printable(input.name)}: ${problem}`] };
}

/** @returns what went wrong, if anything did */
async function write(io: CliIo, { fixed, report }: CheckedFile): Promise<string | undefined> {
  return fixed === undefined || report === undefined ? undefined : writeSource(io, fixed, report.text);
}

/** That there are more warnings than are allowed, if there are. */
function excessOf(
  reports: readonly FileReport[],
  { maxWarnings = Number.POSITIVE_INFINITY }: LintRequest,
): string | undefined {
  const warnings = severitiesOf(reports).filter((severity) => severity === 'warning').length;
  return warnings > maxWarnings
    ? `${counted(warnings, 'warning')}, and --max-warnings allows ${maxWarnings}`
    : undefined;
}

function severitiesOf(reports: readonly FileReport[]): readonly Severity[] {
  return reports.flatMap(({ findings }) => findings.map(({ severity }) => severity));
}

/**
 * Those that changed, where that was asked for; standard input is always new. What was named and is nowhere stays, so
 * that it is told as what cannot be read.
 */
async function changedInputs(
  io: CliIo,
  { changedSince }: LintRequest,
  inputs: readonly Input[],
): Promise<readonly Input[] | { readonly problem: string }> {
  if (changedSince === undefined) {
    return inputs;
  }
  const changes = await io.changedSince(changedSince);
  if ('problem' in changes) {
    return changes;
  }
  const left: Input[] = [];
  for (const input of inputs) {
    const change = input.path === STANDARD_INPUT ? 'changed' : await changes.of(io.resolvePath(input.path));
    if (change === 'changed' || (change === 'missing' && input.as === 'named')) {
      left.push(input);
    }
  }
  return left;
}

/** A configuration, and which of its suppressions this run has seen at work. */
interface Consulted {
  readonly source: ConfigSource;
  readonly used: Set<Suppression>;
}

/** The configurations that a run went by, in the order in which it came to them. */
function createConsulted(io: CliIo) {
  const consulted = new Map<string, Consulted>();
  return {
    add: (source: ConfigSource, used: readonly number[]): void => {
      const path = io.resolvePath(source.file.name);
      const entry = consulted.get(path) ?? { source, used: new Set<Suppression>() };
      consulted.set(path, entry);
      for (const number of used) {
        const suppression = entry.source.config.suppressions[number];
        if (suppression !== undefined) {
          entry.used.add(suppression);
        }
      }
    },
    all: (): readonly Consulted[] => [...consulted.values()],
  };
}

function isConfigFile(name: string): boolean {
  return name.split(/[\\/]/).at(-1) === CONFIG_FILE;
}

/** What is wrong with the configurations themselves; one that was named is reported on in any case. */
async function configReports(
  io: CliIo,
  service: LanguageService,
  consulted: readonly Consulted[],
  request: LintRequest,
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  for (const { source, used } of consulted) {
    const { file, config } = source;
    // Under another type than the file's own other findings appear: what they leave unused says nothing.
    const isOverruled = request.policyType !== undefined || request.resourceType !== undefined;
    const unused = isOverruled
      ? []
      : await unusedSuppressions(io, service, request.config, request.rules, source, used);
    const findings = [...config.findings, ...unused];
    if (findings.length > 0 || request.files.includes(file.name)) {
      reports.push({ file: file.name, lines: splitLines(file.text), findings, suppressed: [], fixed: 0 });
    }
  }
  return reports;
}
