import { type Command, Option } from 'commander';
import type { LanguageService } from '../core/index';
import type { InvalidationTarget } from '../gateway/target';
import { printTargetCheck } from './checkTarget';
import { addInvalidate } from './invalidateCommand';
import type { CliIo } from './io';
import { type Finish, formatOption, seconds, usageError } from './options';
import { readRoutes } from './routes';
import type { StageRequest } from './stage';
import { flushStageCache, printStageCache } from './stage';
import { partsOf, type StageOptions, stageOptions } from './stageOptions';
import { readDomain, readSource, stageOf, targetOf } from './target';
import { watchStageCache } from './watchStage';

/** Adds the commands that talk to API Gateway. What signs is loaded when one runs, so that linting does not pay. */
export function addGatewayCommands(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  addInvalidate(program, io, openService, finish);
  addStageCache(program, io, openService, finish);
  addFlush(program, io, openService, finish);
  addCheckTarget(program, io, openService, finish);
}

type Options = StageOptions & { readonly format: 'text' | 'json' };

function addStageCache(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = stageOptions(
    program
      .command('stage-cache')
      .description('Show and explain the cache settings of a stage, and which look wrong.')
      .argument(
        '<arn-or-url>',
        'an execute-api ARN or an invoke URL; for a method its own settings are shown',
      )
      .option(
        '--metrics',
        'also show the cache hits and misses of the last hour from CloudWatch, for the stage and for each method with detailed metrics',
      )
      .option('--watch', 'show hits and misses of the last hour until Ctrl+C')
      .addOption(
        new Option('--interval <seconds>', 'refresh interval of --watch')
          .argParser(seconds)
          .default(WATCH_SECONDS),
      ),
  )
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
The caller needs apigateway:GET on the stage; for --metrics and --watch apigateway:GET on the API
and cloudwatch:GetMetricData as well, and for the counts of each method cloudwatch:ListMetrics.
CloudWatch counts per minute, with a delay of some minutes. Without a terminal, --watch prints a
line each time.
Exit codes: 0 read, 1 refused, 2 usage or not sent.`,
    );
  command.action(async (text: string, options: WatchOptions) => {
    const request = await stageRequest(command, openService, text, options);
    if (options.watch) {
      finish(await watchStageCache(io, request, options.interval * 1000));
      return;
    }
    finish(await printStageCache(io, request, options.metrics ? 'read' : undefined));
  });
}

type WatchOptions = Options & {
  readonly metrics?: true;
  readonly watch?: true;
  readonly interval: number;
};

/** CloudWatch counts by the minute. */
const WATCH_SECONDS = 60;

function addFlush(program: Command, io: CliIo, openService: () => LanguageService, finish: Finish): void {
  const command = stageOptions(
    program
      .command('flush')
      .description('Flush the cache of a whole stage: every entry of every method.')
      .argument('<arn-or-url>', 'an execute-api ARN or an invoke URL of the stage'),
  )
    .addOption(formatOption())
    .option('--yes', 'do not ask for confirmation')
    .option('--authorizers', 'flush the cached results of authorizers instead of the cache entries')
    .option(
      '--wait',
      'wait until the stage is flushed; with an ARN or a URL of one GET, also until its response has changed',
    )
    .option('--endpoint <url>', 'URL to read the entry of --wait from, as for invalidate')
    .addOption(new Option('--wait-limit <seconds>', 'longest time to wait').argParser(seconds).default(120))
    .addHelpText(
      'after',
      `
Examples:
  iam-policy flush https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/version --yes --wait
  iam-policy flush https://api.example.com/v1 --domain api.example.com/v1 --region us-east-1 \\
    --api-id a1b2c3d4e5 --stage prod --yes

The caller needs apigateway:DELETE on the stage's cache/data, or cache/authorizers; for --wait also
apigateway:GET on the stage. --wait reads the entry with plain signed requests: choose one whose
response changes with a deployment. server/docs/pipelines.md has examples for GitHub Actions and
GitLab.
Exit codes: 0 accepted, and with --wait done, 1 refused, or not done within the limit, 2 usage, not
confirmed or not sent.`,
    );
  command.action(async (text: string, options: FlushOptions) => {
    if (options.authorizers && options.wait) {
      usageError(command, 'what the authorizers answered cannot be read, so --wait has nothing to wait for');
    }
    const request = await stageRequest(command, openService, text, options);
    finish(
      await flushStageCache(io, {
        ...request,
        consent: options.yes ? 'given' : 'asked for',
        what: options.authorizers ? 'authorizers' : 'entries',
        waitMs: options.wait ? options.waitLimit * 1000 : undefined,
        entry: options.wait ? await entryOf(openService, text, options) : undefined,
      }),
    );
  });
}

type FlushOptions = Options & {
  readonly yes?: true;
  readonly authorizers?: true;
  readonly wait?: true;
  readonly waitLimit: number;
  readonly endpoint?: string;
};

/** The entry that an ARN or a URL names; nothing where it leaves the method or the path open. */
async function entryOf(
  openService: () => LanguageService,
  text: string,
  options: FlushOptions,
): Promise<InvalidationTarget | undefined> {
  const source = readSource(text, {
    draftOf: (arn) => openService().invalidationDraftOf(arn),
    domain: options.domain === undefined ? undefined : readDomain(options.domain),
    region: options.region,
  });
  if ('problem' in source || source.draft.open.includes('path') || source.draft.path === '') {
    return undefined;
  }
  const outcome = targetOf({
    source,
    parts: partsOf(options),
    query: [],
    headers: [],
    endpoint: options.endpoint,
  });
  return 'problem' in outcome ? undefined : outcome.target;
}

function addCheckTarget(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = stageOptions(
    program
      .command('check-target')
      .description('Tell whether an API has the stage and the route of a target. Nothing is invoked.')
      .argument('<arn-or-url>', 'an execute-api ARN or an invoke URL')
      .option('--method <verb>', 'the method')
      .option('--path <path>', 'the resource path with its values filled in, as in pets/7')
      .option(
        '--routes <file...>',
        'use these API definitions (OpenAPI, CloudFormation, SAM, serverless.yml) instead of asking AWS',
      ),
  )
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A REST API responds with 403 for a stage or path that it does not have. Without --routes the caller
needs apigateway:GET on the API's stages and on their exports.
Exit codes: 0 it has them, or this is not known, 1 it does not, or refused, 2 usage or not sent.`,
    );
  command.action(async (text: string, options: Options & { readonly routes?: readonly string[] }) => {
    const source = readSource(text, {
      draftOf: (arn) => openService().invalidationDraftOf(arn),
      domain: options.domain === undefined ? undefined : readDomain(options.domain),
      region: options.region,
    });
    if ('problem' in source) {
      usageError(command, source.problem);
    }
    // Nothing is sent to the API, so any method will do.
    const method = options.method ?? source.draft.method;
    const parts = { ...partsOf(options), method };
    const outcome = targetOf({ source, parts, query: [], headers: [], endpoint: undefined });
    if ('problem' in outcome) {
      usageError(command, outcome.problem);
    }
    const told = options.routes === undefined ? undefined : await readRoutes(io, options.routes);
    if (told !== undefined && 'problem' in told) {
      usageError(command, told.problem);
    }
    const { profile, controlEndpoint, format } = options;
    finish(
      await printTargetCheck(io, {
        target: outcome.target,
        knowledge: told?.knowledge,
        profile,
        controlEndpoint,
        format,
        timeoutMs: options.timeout * 1000,
      }),
    );
  });
}

async function stageRequest(
  command: Command,
  openService: () => LanguageService,
  text: string,
  options: Options,
): Promise<StageRequest> {
  const source = readSource(text, {
    draftOf: (arn) => openService().invalidationDraftOf(belowStage(arn)),
    domain: options.domain === undefined ? undefined : readDomain(options.domain),
    region: options.region,
  });
  if ('problem' in source) {
    usageError(command, source.problem);
  }
  const outcome = stageOf({ source, parts: partsOf(options) });
  if ('problem' in outcome) {
    usageError(command, outcome.problem);
  }
  const { profile, controlEndpoint, format } = options;
  return { ...outcome, profile, controlEndpoint, format, timeoutMs: options.timeout * 1000 };
}

/** An ARN that ends with the stage matches no request, and yet says which stage is meant. */
function belowStage(arn: string): string {
  return arn.trim().replace(/^(arn:[^:]*:execute-api:[^:]*:[^:]*:[^/:]+\/[^/]+)\/?$/, '$1/*');
}
