import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LanguageService, PolicyType, RuleSetting, Severity } from '../core/index';
import { type Baseline, readBaseline } from './baseline';
import { pathFromHere, readSource, STANDARD_INPUT } from './files';
import { type LintFormat, lintFormats } from './format/render';
import type { CliIo } from './io';
import { lintFiles } from './lint';
import { type Finish, typeOption, usageError } from './options';
import { ROUTE_FILES, readRoutes } from './routes';
import { parseRuleSetting } from './rules';
import type { Concurrency } from './shares';
import type { ThreadedIo } from './threads';
import { createTiming } from './timing';

interface LintOptions {
  readonly format: LintFormat;
  readonly policyType?: PolicyType;
  readonly resourceType?: string;
  readonly rule: readonly RuleSetting[];
  /** A file, or `false` for `--no-config`; the nearest otherwise. */
  readonly config: string | boolean;
  readonly routes: readonly string[];
  readonly failOn: Severity;
  readonly maxWarnings?: number;
  readonly changedSince?: string;
  readonly baseline?: string;
  readonly stdinFilename?: string;
  readonly fix?: true;
  readonly concurrency: Concurrency;
  readonly statistics?: true;
  readonly timing?: true;
}

/** Adds `lint`. */
export function addLint(
  program: Command,
  io: ThreadedIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = program
    .command('lint')
    .description('Check the policies in files and folders; "-" is standard input.')
    .argument('<files...>', 'files with policies, in any language that is read, and folders with such files')
    .addOption(new Option('--format <format>', 'output format').choices(lintFormats).default('text'))
    .addOption(typeOption())
    .addOption(
      new Option(
        '--resource-type <type>',
        'type of resource that a resource policy is attached to, such as AWS::S3::Bucket',
      ).argParser(resourceType),
    )
    .addOption(
      new Option(
        '--rule <rule=severity>',
        'a rule ID or a glob over rule IDs, and off, error, warning, info or default; may be repeated, the last match wins',
      )
        .argParser(collectRule)
        .default([], 'every rule at its default severity'),
    )
    .addOption(
      new Option(
        '--routes <file>',
        'an API definition to check paths in execute-api ARNs against; may be repeated',
      )
        .argParser((name: string, names: readonly string[]) => [...names, name])
        .default([], 'none'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit code 1')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .addOption(
      new Option(
        '--max-warnings <number>',
        'highest number of warnings that does not make the exit code 1',
      ).argParser(wholeNumber),
    )
    .option(
      '--changed-since <revision>',
      'only files that have changed since the branch left a Git revision, and untracked files',
    )
    .option('--baseline <file>', 'leave out findings that an earlier "lint --format json" wrote to this file')
    .option('--config <file>', 'configuration file for all files, instead of the nearest .iam-policy.json')
    .option('--no-config', 'do not use a configuration file')
    .option('--stdin-filename <name>', 'file name for the text from standard input')
    .option('--fix', 'apply fixes that cannot change what a policy grants, and report the remaining findings')
    .addOption(
      new Option('--concurrency <threads>', 'number of threads, "auto", or "off" for one')
        .argParser(concurrency)
        .default('auto'),
    )
    .option('--statistics', 'print the number of findings of each rule to standard error')
    .option('--timing', 'print the time that each rule took to standard error, slowest first')
    .addHelpText(
      'after',
      `
Examples:
  iam-policy lint policy.json template.yaml
  iam-policy lint .
  iam-policy lint --format json --fail-on warning policies/*.json
  iam-policy lint --rule 'action-*=warning' --rule action-unknown=off policy.json
  iam-policy lint --routes openapi.yaml --fail-on info policies/*.json
  iam-policy lint --format sarif . > iam-policy.sarif
  iam-policy lint --changed-since origin/main --max-warnings 0 .
  iam-policy lint --format json . > known.json && iam-policy lint --baseline known.json .
  aws iam get-role-policy --role-name R --policy-name P --query PolicyDocument | iam-policy lint -

--routes takes ${ROUTE_FILES};
a path without wildcards that none of their routes serves is then a finding
(execute-api-route-unknown).
In a folder, files that can contain policies are checked, except those that .gitignore files
exclude, and files of more than 8 MiB; links are not followed. Files are read as UTF-8; one in
another encoding is an error if it is named or seems to hold a policy.
A named file without a policy is a finding (policy-not-found). Lines and columns are 1-based.
--rule and --policy-type take precedence over a configuration file. An .iam-policy.json among the
files is checked as well.
--concurrency changes how long it takes, not what is found. "auto" uses one thread for every three
megabytes that are to be checked, at most one for each processor and eight in total. A thread needs
about 70 MB of memory.
--timing adds up all files, with a single thread; names in brackets are not rules. The first file
includes the time for what is loaded once, as does the first of several rules that share something.

Formats for pipelines: sarif (SARIF 2.1.0, with fixes and suppressed findings), github (GitHub
Actions annotations), gitlab (Code Quality), junit. server/docs/pipelines.md has examples, also for
pre-commit.
Exit codes: 0 no such findings, 1 a finding at or above --fail-on, or more warnings than
--max-warnings, 2 usage, or something could not be read, checked or written; findings are printed
all the same.`,
    );
  command.action(async (files: readonly string[], options: LintOptions) => {
    const { policyType } = options;
    if (options.resourceType !== undefined && policyType !== undefined && !HAS_RESOURCE.has(policyType)) {
      usageError(command, `--resource-type narrows a resource policy, and --policy-type is ${policyType}`);
    }
    if (options.fix && files.includes(STANDARD_INPUT)) {
      usageError(command, '--fix rewrites files; it cannot rewrite standard input');
    }
    if (options.stdinFilename !== undefined && !files.includes(STANDARD_INPUT)) {
      usageError(command, '--stdin-filename names standard input, and "-" is not among the files');
    }
    const readers = [
      ...(files.includes(STANDARD_INPUT) ? ['a policy'] : []),
      ...(options.baseline === STANDARD_INPUT ? ['the baseline'] : []),
      ...(options.config === STANDARD_INPUT ? ['the configuration'] : []),
      ...(options.routes.includes(STANDARD_INPUT) ? ['a definition'] : []),
    ];
    if (readers.length > 1) {
      usageError(command, `standard input cannot be both ${readers.slice(0, 2).join(' and ')}`);
    }
    if (options.stdinFilename === '') {
      usageError(command, '--stdin-filename takes the name of a file');
    }
    const service = openService();
    for (const { rule } of options.rule) {
      const problem = service.unknownRule(rule);
      if (problem !== undefined) {
        usageError(command, problem);
      }
    }
    const known = options.routes.length === 0 ? undefined : await readRoutes(io, options.routes);
    if (known !== undefined && 'problem' in known) {
      usageError(command, known.problem);
    }
    const baseline = options.baseline === undefined ? undefined : await openBaseline(io, options.baseline);
    if (baseline !== undefined && 'problem' in baseline) {
      usageError(command, `cannot use the baseline ${options.baseline}: ${baseline.problem}`);
    }
    finish(
      await lintFiles(io, service, {
        files,
        stdinName: options.stdinFilename,
        format: options.format,
        policyType,
        resourceType: options.resourceType,
        rules: options.rule,
        config:
          options.config === false
            ? 'none'
            : typeof options.config === 'string'
              ? { path: options.config }
              : 'nearest',
        knowledge: known?.knowledge,
        failOn: options.failOn,
        maxWarnings: options.maxWarnings,
        changedSince: options.changedSince,
        baseline,
        statistics: options.statistics ? 'told' : 'none',
        fixing: options.fix ? 'safe' : 'none',
        concurrency: options.concurrency,
        timing: options.timing ? createTiming(() => io.now()) : undefined,
      }),
    );
  });
}

/** A trust policy is the resource policy of a role. */
const HAS_RESOURCE: ReadonlySet<PolicyType> = new Set(['resource', 'trust']);

async function openBaseline(io: CliIo, name: string): Promise<Baseline | { readonly problem: string }> {
  const outcome = await readSource(io, name);
  const folder = name.replace(/[^\\/]*$/, '');
  const isAbsolute = (file: string): boolean => /^(?:[A-Za-z]:)?[\\/]/.test(file);
  return 'problem' in outcome
    ? outcome
    : readBaseline(
        outcome.file.text,
        [
          (file: string) => pathFromHere(io, file),
          // It is written into the folder of the run more often than elsewhere.
          (file: string) =>
            pathFromHere(io, file === STANDARD_INPUT || isAbsolute(file) ? file : `${folder}${file}`),
        ].flatMap((pathOf) => [pathOf, (file) => pathOf(file.replaceAll('\\', '/'))]),
      );
}

function concurrency(value: string): Concurrency {
  if (value === 'auto' || value === 'off') {
    return value;
  }
  if (!/^[1-9]\d{0,2}$/.test(value)) {
    throw new InvalidArgumentError('Give a number from 1 to 999, auto or off.');
  }
  return Number(value);
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) {
    throw new InvalidArgumentError('Give a whole number, 0 or more.');
  }
  return Number(value);
}

function resourceType(value: string): string {
  if (!/^[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2,}$/.test(value)) {
    throw new InvalidArgumentError('Write it as CloudFormation does, as in AWS::S3::Bucket.');
  }
  return value;
}

function collectRule(value: string, previous: readonly RuleSetting[]): readonly RuleSetting[] {
  const outcome = parseRuleSetting(value);
  if ('problem' in outcome) {
    throw new InvalidArgumentError(outcome.problem);
  }
  return [...previous, outcome.setting];
}
