import { Command, CommanderError, Option } from 'commander';
import type { LanguageService } from '../core/index';
import { withoutSecrets } from '../gateway/redact';
import { addAllows } from './allowsCommand';
import { addCompare } from './compareCommand';
import { addExplain } from './explainCommand';
import { addGatewayCommands } from './gatewayCommands';
import { addGrants } from './grantsCommands';
import { type CliIo, complain, type ExitCode } from './io';
import { addLint } from './lintCommand';
import type { Finish } from './options';
import { referenceLine } from './referenceLine';
import { addRules } from './rulesCommand';
import { openBareService, openService, type ServiceFactory } from './services';
import type { ThreadedIo } from './threads';

/**
 * Runs the command line.
 *
 * @param argv What stands after the program's name.
 * @returns The exit code. Never rejects: an unexpected error is printed and is a 2.
 */
export async function run(
  argv: readonly string[],
  io: ThreadedIo,
  createService?: ServiceFactory,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(argv, io, createService, (code) => {
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

function createProgram(
  argv: readonly string[],
  io: ThreadedIo,
  createService: ServiceFactory | undefined,
  finish: Finish,
): Command {
  const program = new Command('iam-policy')
    .description(
      'Check AWS IAM policies offline, show what they allow, explain ARNs, and invalidate API Gateway cache entries.',
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
      outputError: (text, write) => write(withoutSecrets(text.replace(/^error: /, 'iam-policy: '))),
    })
    .hook('preAction', (_program, command) => {
      if (command.name() !== LANGUAGE_SERVER && !isInFolder(io)) {
        command.error('error: the working folder does not exist any more', { exitCode: 2 });
      }
    })
    .addHelpText(
      'after',
      `
Exit codes: 0 clean or accepted, 1 findings or a negative answer, 2 usage, or something could not be
read or sent. "iam-policy COMMAND --help" has more about a command.`,
    );
  const services: Services = {
    openService: () => openService(io, createService),
    openBareService: () => openBareService(createService),
  };
  for (const [, add] of asked(argv)) {
    add(program, io, services, finish);
  }
  return program;
}

const HELP_WIDTH = 100;

const LANGUAGE_SERVER = 'language-server';

/** Names of files are resolved from the working folder, which somebody may have deleted; absolute ones are shown from there. */
function isInFolder(io: CliIo): boolean {
  try {
    io.resolvePath('.');
    return true;
  } catch {
    return false;
  }
}

interface Services {
  readonly openService: () => LanguageService;
  readonly openBareService: () => LanguageService;
}

type CommandRow = readonly [
  names: readonly string[],
  add: (program: Command, io: ThreadedIo, services: Services, finish: Finish) => void,
];

/** The commands in the order of the help. In the bundle the code of each is loaded when it is added (esbuild.mjs). */
const COMMANDS: readonly CommandRow[] = [
  [['lint'], (program, io, { openService }, finish) => addLint(program, io, openService, finish)],
  [['rules'], (program, io, { openBareService }, finish) => addRules(program, io, openBareService, finish)],
  [['explain'], (program, io, { openService }, finish) => addExplain(program, io, openService, finish)],
  [['allows'], (program, io, { openService }, finish) => addAllows(program, io, openService, finish)],
  [['compare'], (program, io, { openService }, finish) => addCompare(program, io, openService, finish)],
  [
    ['never', 'public', 'who'],
    (program, io, { openService }, finish) => addGrants(program, io, openService, finish),
  ],
  [
    ['invalidate', 'stage-cache', 'flush', 'check-target'],
    (program, io, { openBareService }, finish) => addGatewayCommands(program, io, openBareService, finish),
  ],
  [[LANGUAGE_SERVER], (program, io) => addLanguageServer(program, io)],
];

/** The requested command; all commands if there is no such command, for the help and for what was meant. */
function asked(argv: readonly string[]): readonly CommandRow[] {
  if (argv.length === 1 && (argv[0] === '-V' || argv[0] === '--version')) {
    return [];
  }
  // The program itself has no option with a value, so that the first word is the command.
  const name = argv.find((word) => !word.startsWith('-')) ?? '';
  const row = COMMANDS.find(([names]) => names.includes(name));
  return row === undefined ? COMMANDS : [row];
}

function addLanguageServer(program: Command, io: CliIo): void {
  program
    .command(LANGUAGE_SERVER)
    .description('Start the language server for editors (Language Server Protocol).')
    .requiredOption('--stdio', 'communicate over standard input and output')
    .addOption(new Option('--clientProcessId <pid>', 'the editor, as some pass it').hideHelp())
    .addHelpText(
      'after',
      `
In an editor's configuration the command is "iam-policy language-server --stdio".
server/docs/editors.md has settings for several editors, and the languages that are read.`,
    )
    .action(() => io.serveLanguage());
}
