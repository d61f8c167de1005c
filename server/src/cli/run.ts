import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import {
  createIamData,
  createLanguageService,
  type IamData,
  type LanguageService,
  type PolicyType,
  policyTypes,
  type RuleSetting,
  type Severity,
} from '../core/index';
import { addAllows } from './allowsCommand';
import { addCompare } from './compareCommand';
import { explanationToJson, hasProblem, renderExplanation } from './explain';
import { STANDARD_INPUT } from './files';
import { createStyle } from './format/style';
import { addGatewayCommands } from './gatewayCommands';
import { addGrants } from './grantsCommands';
import { type CliIo, complain, type ExitCode } from './io';
import { lintFiles } from './lint';
import { type Finish, formatOption, usageError } from './options';
import { ROUTE_FILES, readRoutes } from './routes';
import { parseRuleSetting } from './rules';
import { createTiming } from './timing';

/** Makes the language service; tests of the command line give it rules of their own. */
export type ServiceFactory = (dependencies: { readonly iamData: IamData | undefined }) => LanguageService;

/**
 * Runs the command line.
 *
 * @param argv What stands after the program's name.
 * @returns The exit code. Never rejects: an unexpected error is printed and is a 2.
 */
export async function run(
  argv: readonly string[],
  io: CliIo,
  createService: ServiceFactory = createLanguageService,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(io, createService, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    complain(io, `internal error: ${error instanceof Error ? error.stack : String(error)}`);
    return 2;
  }
}

function createProgram(io: CliIo, createService: ServiceFactory, finish: Finish): Command {
  const program = new Command('iam-policy')
    .description(
      'Checks AWS IAM policies offline, tells what they allow, explains ARNs, and invalidates entries of API Gateway caches.',
    )
    .version(io.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => write(text.replace(/^error: /, 'iam-policy: ')),
    })
    .addHelpText(
      'after',
      `
Exit codes: 0 clean or accepted, 1 findings or an answer that is no, 2 usage or something that could not be read
or sent. "iam-policy COMMAND --help" tells more about a command.`,
    );
  const openService = () => createService({ iamData: openIamData(io) });
  addLint(program, io, openService, finish);
  // An ARN is judged by its grammar; the service reference has no part in that.
  const openBareService = () => createService({ iamData: undefined });
  addExplain(program, io, openBareService, finish);
  addAllows(program, io, openService, finish);
  addCompare(program, io, openService, finish);
  addGrants(program, io, openService, finish);
  addGatewayCommands(program, io, openBareService, finish);
  addLanguageServer(program, io);
  return program;
}

const HELP_WIDTH = 100;

interface LintOptions {
  readonly format: 'text' | 'json';
  readonly policyType?: PolicyType;
  readonly resourceType?: string;
  readonly rule: readonly RuleSetting[];
  /** A file, or `false` for `--no-config`; the nearest otherwise. */
  readonly config: string | boolean;
  readonly routes: readonly string[];
  readonly failOn: Severity;
  readonly stdinFilename?: string;
  readonly fix?: true;
  readonly timing?: true;
}

function addLint(program: Command, io: CliIo, openService: () => LanguageService, finish: Finish): void {
  const command = program
    .command('lint')
    .description('Check the policies in files and folders; "-" is standard input.')
    .argument('<files...>', 'files that hold policies, in JSON, YAML or HCL, and folders with such files')
    .addOption(formatOption())
    .addOption(
      new Option('--policy-type <type>', 'what the policies are, instead of what their content says').choices(
        policyTypes,
      ),
    )
    .addOption(
      new Option(
        '--resource-type <type>',
        'what a resource policy is attached to, as in AWS::S3::Bucket',
      ).argParser(resourceType),
    )
    .addOption(
      new Option(
        '--rule <rule=severity>',
        'a rule or a glob over rules, and off, error, warning, info or default; may be repeated, the last that fits wins',
      )
        .argParser(collectRule)
        .default([], 'every rule at its own severity'),
    )
    .addOption(
      new Option(
        '--routes <file>',
        'an API definition that paths in execute-api ARNs are held to; may be repeated',
      )
        .argParser((name: string, names: readonly string[]) => [...names, name])
        .default([], 'none'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that makes the exit code 1')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .option('--config <file>', 'the configuration for all files, instead of the nearest .iam-policy.json')
    .option('--no-config', 'look for no configuration')
    .option('--stdin-filename <name>', 'the name of the file whose text is standard input')
    .option('--fix', 'apply the fixes that cannot change what a policy grants, and report what remains')
    .option('--timing', 'report on standard error what each rule cost, the most expensive first')
    .addHelpText(
      'after',
      `
Examples:
  iam-policy lint policy.json template.yaml
  iam-policy lint .
  iam-policy lint --format json --fail-on warning policies/*.json
  iam-policy lint --rule 'action-*=warning' --rule action-unknown=off policy.json
  iam-policy lint --routes openapi.yaml --fail-on info policies/*.json
  aws iam get-role-policy --role-name R --policy-name P --query PolicyDocument | iam-policy lint -

--routes takes ${ROUTE_FILES};
a concrete path that none of their routes serves is then a finding (execute-api-route-unknown).
Of a folder those files are checked that may hold policies, without what .gitignore files leave out; links are not followed.
A file that is named itself and holds no policy is a finding (policy-not-found). Lines and columns are 1-based.
--rule and --policy-type win over a configuration. A .iam-policy.json among the files is checked itself.
--timing sums over all files; names in brackets are no rules. The first file pays for what is loaded and remembered,
and of several rules that share something the one that asks first.`,
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
        fixing: options.fix ? 'safe' : 'none',
        timing: options.timing ? createTiming(() => io.now()) : undefined,
      }),
    );
  });
}

/** A trust policy is the resource policy of a role. */
const HAS_RESOURCE: ReadonlySet<PolicyType> = new Set(['resource', 'trust']);

function addExplain(program: Command, io: CliIo, openService: () => LanguageService, finish: Finish): void {
  program
    .command('explain')
    .description(
      'Take an ARN apart: what each segment means, what is allowed there, and what is wrong with it.',
    )
    .argument('<arn>', 'an ARN as in a policy, wildcards included')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Example:
  iam-policy explain 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/*'

Exit codes: 0 well-formed, 1 malformed, 2 usage.`,
    )
    .action((arn: string, options: { readonly format: 'text' | 'json' }) => {
      const explanation = openService().explainArn(arn);
      io.stdout.write(
        options.format === 'json'
          ? explanationToJson(explanation)
          : renderExplanation(explanation, createStyle(io.stdout, io.env)),
      );
      finish(hasProblem(explanation) ? 1 : 0);
    });
}

function addLanguageServer(program: Command, io: CliIo): void {
  program
    .command('language-server')
    .description('Serve editors over the Language Server Protocol.')
    .requiredOption('--stdio', 'talk over standard input and output')
    .addOption(new Option('--clientProcessId <pid>', 'the editor, as some pass it').hideHelp())
    .addHelpText(
      'after',
      `
For an editor's configuration: the command is "iam-policy language-server --stdio", the languages json, jsonc, yaml, hcl and terraform.`,
    )
    .action(() => io.serveLanguage());
}

/** The service reference, or one line on why there is none: without it much can still be told. */
function openIamData(io: CliIo): IamData | undefined {
  let reason = 'it has not been compiled';
  try {
    const assets = io.iamDataAssets();
    if (assets !== undefined) {
      return createIamData(assets);
    }
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  complain(io, `no service reference (${reason}); checks that need it are skipped`);
  return undefined;
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
