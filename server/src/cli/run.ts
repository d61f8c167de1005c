import { Command, CommanderError, Option } from 'commander';
import { createIamData, createLanguageService, type IamData, type LanguageService } from '../core/index';
import { addAllows } from './allowsCommand';
import { addCompare } from './compareCommand';
import { explanationToJson, hasProblem, renderExplanation } from './explain';
import { createStyle } from './format/style';
import { addGatewayCommands } from './gatewayCommands';
import { addGrants } from './grantsCommands';
import { type CliIo, complain, type ExitCode } from './io';
import { addLint } from './lintCommand';
import { type Finish, formatOption } from './options';
import { addRules } from './rulesCommand';

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
    .option('-V, --version', 'print the version, and the date and age of the service reference')
    .on('option:version', () => {
      io.stdout.write(`${io.version}\n${referenceLine(io)}\n`);
      throw new CommanderError(0, 'commander.version', io.version);
    })
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
  // An ARN is judged by its grammar; the service reference has no part in that.
  const openBareService = () => createService({ iamData: undefined });
  addLint(program, io, openService, finish);
  addRules(program, io, openBareService, finish);
  addExplain(program, io, openBareService, finish);
  addAllows(program, io, openService, finish);
  addCompare(program, io, openService, finish);
  addGrants(program, io, openService, finish);
  addGatewayCommands(program, io, openBareService, finish);
  addLanguageServer(program, io);
  return program;
}

const HELP_WIDTH = 100;

/** From which day the service reference is, and how old that makes it. Reads the index alone, which is small. */
function referenceLine(io: CliIo): string {
  let date: string | undefined;
  try {
    const assets = io.iamDataAssets();
    date = assets === undefined ? undefined : createIamData(assets).date;
  } catch {
    // What cannot be read is none; commands that need it say why.
  }
  if (date === undefined) {
    return 'no service reference';
  }
  const days = Math.max(0, Math.floor((io.today().getTime() - Date.parse(`${date}T00:00:00Z`)) / DAY_MS));
  return `service reference of ${date}, ${days === 1 ? '1 day' : `${days} days`} old`;
}

const DAY_MS = 24 * 60 * 60 * 1000;

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
