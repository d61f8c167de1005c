import {
  type Configured,
  type Finding,
  isJsonLanguage,
  isProgramLanguage,
  type LanguageService,
  type LintOutcome,
  type ModuleContext,
  overrideOf,
  type PolicyType,
  type RuleSetting,
  type Suppression,
  suppress,
  type WorkspaceKnowledge,
} from '../core/index';
import { type ConfigChoice, type ConfigSource, type Configs, UnreadableConfig } from './config';
import { placeOf, type ReadOutcome, readSource, type SourceFile } from './files';
import { applySafeFixes } from './fix';
import { printable } from './format/printable';
import type { FileReport } from './format/report';
import type { Input } from './inputs';
import type { CliIo } from './io';
import { createModules } from './modules';
import { notFoundFinding } from './rules';
import type { Timing } from './timing';

/** How files are checked: plain data, which another thread can be given. */
export interface CheckSettings {
  readonly policyType: PolicyType | undefined;
  /** As CloudFormation names it: `AWS::S3::Bucket`. */
  readonly resourceType: string | undefined;
  readonly rules: readonly RuleSetting[];
  readonly config: ConfigChoice;
  /** The APIs whose routes the policies are held to; absent where nobody named any. */
  readonly knowledge: WorkspaceKnowledge | undefined;
  readonly fixing: 'none' | 'safe';
}

/** What checking needs of the world. */
export type CheckIo = Pick<CliIo, 'readFile' | 'readStdin' | 'resolvePath' | 'namesIn'>;

/** What came of one input. */
export interface CheckedFile {
  /** What could not be read or checked, one sentence each. */
  readonly problems: readonly string[];
  /** Why its configuration could not be read; reported once in a run. */
  readonly configProblem?: string | undefined;
  /** Absent where the file was not checked. */
  readonly report?: CheckedReport | undefined;
  /** The suppressions of its configuration that were at work, by their numbers; absent where it has no configuration. */
  readonly used?: readonly number[] | undefined;
  /** The file as it was read, where fixes changed its text; nothing is written yet. */
  readonly fixed?: SourceFile | undefined;
}

/** What came of a file, before anybody asks for lines. */
export interface CheckedReport extends Omit<FileReport, 'lines'> {
  /** The text of the file with the fixes; empty if there is no report about it. */
  readonly text: string;
  readonly holdsPolicy: boolean;
}

/** Checks an input that was read, as the settings say or with another way to fix. Never rejects. */
export type Check = (
  input: Input,
  outcome: ReadOutcome,
  fixing?: CheckSettings['fixing'],
) => Promise<CheckedFile>;

/**
 * @param moduleFiles the paths of the files of Terraform that the run is about, those too that other threads check or nobody
 * @param timing where the time taken is entered
 */
export function createCheck(
  io: CheckIo,
  service: LanguageService,
  settings: CheckSettings,
  configs: Pick<Configs, 'of' | 'configured'>,
  moduleFiles: readonly string[],
  timing?: Timing,
): Check {
  const modules = createModules(io, moduleFiles);
  const checkText = async (
    { as }: Input,
    file: SourceFile,
    fixing: CheckSettings['fixing'],
  ): Promise<CheckedFile> => {
    const config = await configOf(configs, file.name);
    const source = 'problem' in config ? undefined : config.source;
    const configured = source === undefined ? undefined : configs.configured(source, file.name);
    const linted: LintedFile = { file, as, module: await modules.contextOf(file) };
    const lint = (text: string) => lintText(io, service, settings, linted, text, configured, timing);
    const { text, applied } =
      fixing === 'safe'
        ? applySafeFixes(file.text, (each) => lint(each).outcome)
        : { text: file.text, applied: 0 };
    const { outcome, holdsPolicy } = lint(text);
    const { failures, suppressed = [], used } = outcome;
    const findings = isJsonLanguage(file.language)
      ? outcome.findings
      : outcome.findings.map(withWritableFixes);
    const isChanged = text !== file.text;
    // Of most files nothing is told, and their texts are let go.
    const isSilent = findings.length === 0 && suppressed.length === 0 && !isChanged;
    return {
      // The rule's findings are lost, so that silence would pass for a clean file.
      problems: failures.map(
        ({ rule, error }) => `rule ${rule} failed on ${printable(file.name)}: ${printable(String(error))}`,
      ),
      configProblem: 'problem' in config ? config.problem : undefined,
      report: {
        file: file.name,
        text: isSilent ? '' : text,
        findings,
        suppressed,
        fixed: applied,
        holdsPolicy,
      },
      used: source === undefined ? undefined : numbersOf(source, used),
      fixed: isChanged ? file : undefined,
    };
  };
  return async (input, outcome, fixing = settings.fixing) => {
    if ('problem' in outcome) {
      const isTold = input.as === 'named' || outcome.isNone !== true || seemsToHoldPolicy(service, outcome);
      return { problems: isTold ? [`cannot read ${printable(input.name)}: ${outcome.problem}`] : [] };
    }
    try {
      return await checkText(input, outcome.file, fixing);
    } catch (error) {
      return { problems: [cannotCheck(input, `internal error: ${printable(String(error))}`)] };
    }
  };
}

/** Without the safe fixes that cannot be written where the finding stands, as in most of a program: none is to be promised. */
function withWritableFixes(finding: Finding): Finding {
  const fixes = finding.fixes.filter((fix) => fix.kind !== 'safe' || safeEdits(fix).length > 0);
  return fixes.length === finding.fixes.length ? finding : { ...finding, fixes };
}

/** A fix that fails mends nothing. */
function safeEdits({ edits }: Finding['fixes'][number]): ReturnType<typeof edits> {
  try {
    return edits();
  } catch {
    return [];
  }
}

/** Of a folder's many files in other encodings only those are worth a word that would otherwise be taken for clean policies. */
function seemsToHoldPolicy(
  service: LanguageService,
  { guess }: Pick<Extract<ReadOutcome, { readonly problem: string }>, 'guess'>,
): boolean {
  return guess !== undefined && service.open(guess).located.length > 0;
}

/** The report about a file that was not checked. */
export function cannotCheck({ name }: Pick<Input, 'name'>, problem: string): string {
  return `cannot check ${printable(name)}: ${problem}`;
}

/** So many files are read while one is checked: the disk works while the processor does. */
const READ_AHEAD = 8;

/** Reads inputs, in order, some ahead. */
export async function* readInputs(io: CheckIo, inputs: readonly Input[]) {
  const reading: ReturnType<typeof readSource>[] = [];
  for (const [index, input] of inputs.entries()) {
    for (const { name, path, as } of inputs.slice(index + reading.length, index + READ_AHEAD)) {
      reading.push(readSource(io, path, as, name));
    }
    const outcome = await reading.shift();
    if (outcome !== undefined) {
      yield { input, outcome };
    }
  }
}

/** The configuration of a file, by its name on the command line, or in one sentence why it cannot be read. */
export async function configOf(
  configs: Pick<Configs, 'of'>,
  name: string,
): Promise<{ readonly source: ConfigSource | undefined } | { readonly problem: string }> {
  try {
    return { source: await configs.of(name) };
  } catch (error) {
    if (!(error instanceof UnreadableConfig)) {
      throw error;
    }
    return { problem: printable(error.message) };
  }
}

function numbersOf({ config }: ConfigSource, used: ReadonlySet<Suppression> | undefined): readonly number[] {
  return used === undefined || used.size === 0
    ? []
    : config.suppressions.flatMap((suppression, index) => (used.has(suppression) ? [index] : []));
}

/** A file, and whether it was named or found in a folder. */
interface LintedFile {
  readonly file: SourceFile;
  readonly as: Input['as'];
  /** What the Terraform modules around say about it. */
  readonly module: ModuleContext | undefined;
}

/** @param text that of the file, or what fixes made of it */
function lintText(
  io: Pick<CliIo, 'resolvePath'>,
  service: LanguageService,
  settings: CheckSettings,
  { file, as, module }: LintedFile,
  text: string,
  configured: Configured | undefined,
  timing: Timing | undefined,
): { readonly outcome: LintOutcome; readonly holdsPolicy: boolean } {
  const { rules, knowledge } = settings;
  const asked = settings.policyType !== undefined || settings.resourceType !== undefined;
  const { policyType, resourceType } = asked || configured === undefined ? settings : overrideOf(configured);
  const document = service.open({
    text,
    language: file.language,
    override: { policyType, resourceType, path: placeOf(io, file.name), module },
  });
  const lint = (now?: () => number) => service.lint(document, { rules, configured, knowledge, now });
  timing?.takeStages(document);
  if (document.located.length > 0 || document.caches !== undefined) {
    return { outcome: timing === undefined ? lint() : timing.takeRules(lint), holdsPolicy: true };
  }
  // Most files of a folder are about something else, and so are most programs, pages and templates.
  if (as === 'found' || isProgramLanguage(file.language) || file.language === 'template') {
    return { outcome: { findings: [], failures: [] }, holdsPolicy: false };
  }
  const finding = notFoundFinding(
    [...(configured?.config.rules ?? []), ...rules],
    policyType ?? (resourceType === undefined ? undefined : 'resource'),
    document,
  );
  const findings = finding === undefined ? [] : [finding];
  const left = configured === undefined ? { findings } : suppress(findings, document, configured);
  return { outcome: { ...left, failures: [] }, holdsPolicy: false };
}
