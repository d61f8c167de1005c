import {
  CONFIG_FILE,
  type Configured,
  isProgramLanguage,
  type LanguageService,
  type LintOutcome,
  type ModuleContext,
  overrideOf,
  type PolicyType,
  type RuleSetting,
  SEVERITY_RANK,
  type Severity,
  type Suppression,
  suppress,
  type WorkspaceKnowledge,
} from '../core/index';
import { type Baseline, withoutKnown } from './baseline';
import {
  type ConfigChoice,
  type ConfigSource,
  type Configs,
  createConfigs,
  UnreadableConfig,
} from './config';
import { pathFromHere, placeOf, readSource, type SourceFile, STANDARD_INPUT, writeSource } from './files';
import { applySafeFixes } from './fix';
import { printable } from './format/printable';
import { type LintFormat, renderReports } from './format/render';
import type { FileReport } from './format/report';
import { renderStatistics } from './format/statistics';
import { createProgress, type Input, inputsOf } from './inputs';
import { type CliIo, complain, type ExitCode } from './io';
import { NO_LINES, splitLines } from './lines';
import { createModules } from './modules';
import { notFoundFinding } from './rules';
import type { Timing } from './timing';

export interface LintRequest {
  /** Files and folders as given; `-` is standard input. */
  readonly files: readonly string[];
  /** What the text on standard input is called; absent where nobody said. */
  readonly stdinName?: string | undefined;
  readonly format: LintFormat;
  readonly policyType: PolicyType | undefined;
  /** As CloudFormation names it: `AWS::S3::Bucket`. */
  readonly resourceType: string | undefined;
  readonly rules: readonly RuleSetting[];
  readonly config: ConfigChoice;
  /** The APIs whose routes the policies are held to; absent where nobody named any. */
  readonly knowledge: WorkspaceKnowledge | undefined;
  /** The least severity that makes the exit code 1. */
  readonly failOn: Severity;
  /** More warnings than these make the exit code 1 as well. */
  readonly maxWarnings?: number | undefined;
  /** A revision of git: only files that changed since are linted. */
  readonly changedSince?: string | undefined;
  /** What is known and left out. */
  readonly baseline?: Baseline | undefined;
  readonly statistics?: 'none' | 'told';
  readonly fixing: 'none' | 'safe';
  /** Where the time taken is to be entered; printed at the end. */
  readonly timing: Timing | undefined;
}

/** So many files are read while one is checked: the disk works while the processor does. */
const READ_AHEAD = 8;

/**
 * Reads the inputs, in order, some ahead. Not where files are fixed: one may be named twice, and be read again as it is
 * then.
 */
async function* readInputs(io: CliIo, inputs: readonly Input[], fixing: LintRequest['fixing']) {
  const ahead = fixing === 'none' ? READ_AHEAD : 1;
  const reading: ReturnType<typeof readSource>[] = [];
  for (const [index, input] of inputs.entries()) {
    for (const { name, path, as } of inputs.slice(index + reading.length, index + ahead)) {
      reading.push(readSource(io, path, as, name));
    }
    const outcome = await reading.shift();
    if (outcome !== undefined) {
      yield { input, outcome };
    }
  }
}

/** Lints the files and prints the findings. A file that cannot be read does not keep the others from being linted. */
export async function lintFiles(
  io: CliIo,
  service: LanguageService,
  request: LintRequest,
): Promise<ExitCode> {
  const reports: FileReport[] = [];
  const configs = createConfigs(io, service, request.config, request.rules);
  const consulted = new Map<string, Consulted>();
  const consult = (source: ConfigSource): Set<Suppression> => {
    const path = io.resolvePath(source.file.name);
    const entry = consulted.get(path) ?? { source, used: new Set() };
    consulted.set(path, entry);
    return entry.used;
  };
  const problems: string[] = [];
  if (typeof request.config === 'object') {
    await configOf(configs, request.config.path, problems);
    const [problem] = problems;
    if (problem !== undefined) {
      complain(io, problem);
      return 2;
    }
  }
  const inputs = await changedInputs(io, request, await inputsOf(io, request, problems));
  if ('problem' in inputs) {
    complain(
      io,
      `cannot tell what changed since ${printable(request.changedSince ?? '')}: ${printable(inputs.problem)}`,
    );
    return 2;
  }
  const modules = createModules(
    io,
    inputs.map(({ path }) => path),
  );
  const progress = createProgress(io, inputs);
  for await (const { input, outcome } of readInputs(io, inputs, request.fixing)) {
    const { name, as } = input;
    progress.at(name);
    if ('problem' in outcome) {
      if (as === 'named' || outcome.isNone !== true) {
        problems.push(`cannot read ${printable(name)}: ${outcome.problem}`);
      }
      continue;
    }
    if (isConfigFile(name)) {
      consult(configs.read(outcome.file));
      continue;
    }
    const source = await configOf(configs, name, problems);
    const configured = source === undefined ? undefined : configs.configured(source, name);
    const {
      report,
      used,
      problems: further,
    } = await lintFile(
      io,
      service,
      request,
      { ...outcome.file, as, module: await modules.contextOf(outcome.file) },
      configured,
    );
    problems.push(...further);
    if (as === 'named' || report.holdsPolicy || report.findings.length > 0) {
      reports.push(report);
    }
    if (source !== undefined) {
      const known = consult(source);
      for (const suppression of used) {
        known.add(suppression);
      }
    }
  }
  progress.done();
  reports.push(...(await configReports(configs, [...consulted.values()], request)));
  for (const problem of problems) {
    complain(io, problem);
  }
  const pathOf = (file: string): string => pathFromHere(io, file);
  const { baseline } = request;
  const told = baseline === undefined ? reports : withoutKnown(reports, baseline, pathOf);
  io.stdout.write(
    renderReports(
      request.format,
      { reports: told, problems, version: io.version, pathOf },
      io,
      request,
      service,
    ),
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
  return exitCodeOf(io, told, request);
}

function exitCodeOf(
  io: CliIo,
  reports: readonly FileReport[],
  { failOn, maxWarnings = Number.POSITIVE_INFINITY }: LintRequest,
): ExitCode {
  let warnings = 0;
  let fails = false;
  for (const { severity } of reports.flatMap(({ findings }) => findings)) {
    warnings += severity === 'warning' ? 1 : 0;
    fails ||= SEVERITY_RANK[severity] >= SEVERITY_RANK[failOn];
  }
  if (warnings > maxWarnings) {
    complain(
      io,
      `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, and --max-warnings allows ${maxWarnings}`,
    );
    return 1;
  }
  return fails ? 1 : 0;
}

/**
 * Those that changed, where that was asked for; standard input is always new. What was named and is nowhere stays, so that it
 * is told as what cannot be read.
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

/** A file, and whether somebody named it or a folder had it. */
type LintedFile = SourceFile & {
  readonly as: Input['as'];
  /** What the Terraform modules around say of it. */
  readonly module: ModuleContext | undefined;
};

/** A configuration, and which of its suppressions this run has seen at work. */
interface Consulted {
  readonly source: ConfigSource;
  readonly used: Set<Suppression>;
}

function isConfigFile(name: string): boolean {
  return name.split(/[\\/]/).at(-1) === CONFIG_FILE;
}

/** The configuration of a file. One that cannot be read is a problem of the run, told once. */
async function configOf(
  configs: Configs,
  name: string,
  problems: string[],
): Promise<ConfigSource | undefined> {
  try {
    return await configs.of(name);
  } catch (error) {
    if (!(error instanceof UnreadableConfig)) {
      throw error;
    }
    const problem = printable(error.message);
    if (!problems.includes(problem)) {
      problems.push(problem);
    }
    return undefined;
  }
}

/** What is wrong with the configurations themselves; one that was named is reported on in any case. */
async function configReports(
  configs: Configs,
  consulted: readonly Consulted[],
  request: LintRequest,
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  for (const { source, used } of consulted) {
    const { file, config } = source;
    // Under another type than the file's own other findings appear: what they leave unused says nothing.
    const isOverruled = request.policyType !== undefined || request.resourceType !== undefined;
    const unused = isOverruled ? [] : await configs.unused(source, used);
    const findings = [...config.findings, ...unused];
    if (findings.length > 0 || request.files.includes(file.name)) {
      reports.push({ file: file.name, lines: splitLines(file.text), findings, suppressed: [], fixed: 0 });
    }
  }
  return reports;
}

interface FileOutcome {
  readonly report: FileReport;
  readonly used: ReadonlySet<Suppression>;
  readonly problems: readonly string[];
}

async function lintFile(
  io: CliIo,
  service: LanguageService,
  request: LintRequest,
  file: LintedFile,
  configured: Configured | undefined,
): Promise<FileOutcome> {
  const problems: string[] = [];
  const lint = (text: string) => lintText(io, service, request, { ...file, text }, configured);
  let { text } = file;
  let fixed = 0;
  if (request.fixing === 'safe') {
    const outcome = applySafeFixes(file.text, lint);
    const problem = outcome.text === file.text ? undefined : await writeSource(io, file, outcome.text);
    if (problem === undefined) {
      ({ text } = outcome);
      fixed = outcome.applied;
    } else {
      problems.push(`cannot write ${printable(file.name)}: ${problem}`);
    }
  }
  const { findings, failures, holdsPolicy, suppressed = [], used = new Set() } = lint(text);
  for (const { rule, error } of failures) {
    // The rule's findings are lost, so that silence would pass for a clean file.
    problems.push(`rule ${rule} failed on ${printable(file.name)}: ${printable(String(error))}`);
  }
  // Of most files nothing is told, and their texts are let go.
  const isSilent = findings.length === 0 && suppressed.length === 0;
  const lines = isSilent ? NO_LINES : splitLines(text);
  const report = { file: file.name, lines, findings, suppressed, fixed, holdsPolicy };
  return { report, used, problems };
}

function lintText(
  io: CliIo,
  service: LanguageService,
  request: LintRequest,
  file: LintedFile,
  configured: Configured | undefined,
): LintOutcome & { readonly holdsPolicy: boolean } {
  const { rules, knowledge } = request;
  const asked = request.policyType !== undefined || request.resourceType !== undefined;
  const { policyType, resourceType } = asked || configured === undefined ? request : overrideOf(configured);
  const document = service.open({
    text: file.text,
    language: file.language,
    override: { policyType, resourceType, path: placeOf(io, file.name), module: file.module },
  });
  const lint = (now?: () => number) => service.lint(document, { rules, configured, knowledge, now });
  request.timing?.takeStages(document);
  if (document.located.length > 0 || document.caches !== undefined) {
    const outcome = request.timing === undefined ? lint() : request.timing.takeRules(lint);
    return { ...outcome, holdsPolicy: true };
  }
  // Most files of a folder are about something else, and so are most programs, pages and templates.
  if (file.as === 'found' || isProgramLanguage(file.language) || file.language === 'template') {
    return { findings: [], failures: [], holdsPolicy: false };
  }
  const finding = notFoundFinding(
    [...(configured?.config.rules ?? []), ...rules],
    policyType ?? (resourceType === undefined ? undefined : 'resource'),
    document,
  );
  const findings = finding === undefined ? [] : [finding];
  return configured === undefined
    ? { findings, failures: [], holdsPolicy: false }
    : { failures: [], holdsPolicy: false, ...suppress(findings, document, configured) };
}
