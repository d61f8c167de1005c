import { type Command, Option } from 'commander';
import type { LanguageService, OpenPart } from '../core/index';
import { own } from '../core/index';
import type { NameValue } from '../gateway/request';
import type { CliIo } from './io';
import { collectPair, type Finish, formatOption, seconds, usageError } from './options';
import type { StageRequest } from './stage';

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

type StageOptions = Readonly<Partial<Record<OpenPart, string>>> & {
  readonly profile?: string;
  readonly controlEndpoint?: string;
  readonly timeout: number;
  readonly format: 'text' | 'json';
};

type InvalidateOptions = StageOptions & {
  readonly query: readonly NameValue[];
  readonly header: readonly NameValue[];
  readonly unsigned?: true;
  readonly endpoint?: string;
  readonly domain?: string;
  readonly whoami?: true;
  readonly readStage?: true;
  readonly verify?: true;
  readonly verifyMarker?: string;
  readonly apiKeyEnv?: string;
  readonly dryRun?: true;
  readonly curl?: true;
};

function addInvalidate(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = stageOptions(
    program
      .command('invalidate')
      .description('Invalidate one cache entry of a REST API, and report the result.')
      .argument('<arn-or-url>', 'an execute-api ARN or an invoke URL; options fill in what it leaves open')
      .option('--method <verb>', 'the method; to be given for anything but GET and HEAD')
      .option('--path <path>', 'the resource path with its values filled in, as in pets/7')
      .addOption(
        new Option('--query <name=value>', 'a query parameter of the cache key; may be repeated')
          .argParser(collectPair('='))
          .default([], 'none'),
      )
      .addOption(
        new Option('--header <name:value>', 'a header of the cache key; may be repeated')
          .argParser(collectPair(':'))
          .default([], 'none'),
      )
      .option('--unsigned', 'send without a signature')
      .option('--api-key-env <name>', 'the environment variable that holds the API key, sent as x-api-key')
      .option(
        '--endpoint <url>',
        'where the API is reached, with {apiId} and {region} filled in; plain http on loopback only',
      )
      .option('--domain <name/basepath>', 'your custom domain, and the base path that is mapped to the stage')
      .option('--whoami', 'ask AWS first who signs, and send nothing across accounts')
      .option('--read-stage', "read the stage's settings first, so that the verdict knows them")
      .option('--verify', 'read the entry as a plain caller before and after, and compare')
      .option(
        '--verify-marker <place>',
        'compare by header:NAME or json:/POINTER instead of the whole answer; means --verify',
      )
      .option('--dry-run', 'print the request unsigned; send nothing and read no credentials')
      .option('--curl', 'print the request as a curl command without a secret; send nothing'),
  ).addHelpText(
    'after',
    `
Examples:
  iam-policy invalidate arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/7
  iam-policy invalidate 'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/*/GET/pets/*' --stage prod --path pets/7
  iam-policy invalidate https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/7 --verify

Credentials come from the AWS SDK's own chain. The caller needs execute-api:InvalidateCache. AWS_ENDPOINT_URL changes
where credentials come from, never where the request goes. --verify-marker takes header:x-version or json:/meta/version.
Exit codes: 0 accepted, 1 ignored or refused, 2 usage or not sent. server/docs/gateway-json.md tells of the JSON.`,
  );
  command.action(async (text: string, options: InvalidateOptions) => {
    if (options.unsigned && options.profile !== undefined) {
      usageError(command, '--profile chooses who signs, and --unsigned says that nobody does');
    }
    const apiKey = options.apiKeyEnv === undefined ? undefined : own(io.env, options.apiKeyEnv);
    if (options.apiKeyEnv !== undefined && (apiKey === undefined || apiKey === '')) {
      // Without the name: somebody may have put the key in its place.
      usageError(command, 'the environment variable that --api-key-env names is not set');
    }
    const { mayChangeState } = await import('../gateway/method.js');
    const { readMarker } = await import('../gateway/marker.js');
    const marker = options.verifyMarker === undefined ? undefined : readMarker(options.verifyMarker);
    if (options.verifyMarker !== undefined && marker === undefined) {
      usageError(command, 'write --verify-marker as header:NAME or json:/POINTER, as in json:/meta/version');
    }
    const { printCurl, printRequest, sendInvalidation } = await import('./invalidate.js');
    const { readDomain, readSource, targetOf } = await import('./target.js');
    const source = readSource(text, {
      draftOf: (arn) => openService().invalidationDraftOf(arn),
      domain: options.domain === undefined ? undefined : readDomain(options.domain),
      region: options.region,
    });
    if ('problem' in source) {
      usageError(command, source.problem);
    }
    const request = {
      source,
      parts: partsOf(options),
      query: options.query,
      headers: options.header,
      endpoint: options.endpoint,
      profile: options.profile,
      signing: options.unsigned ? 'unsigned' : 'sigv4',
      timeoutMs: options.timeout * 1000,
      format: options.format,
      apiKey,
      checks: {
        identify: options.whoami ? 'ask' : undefined,
        stage: options.readStage ? 'read' : undefined,
        proof: options.verify || marker ? 'read-before-and-after' : undefined,
        marker,
        controlEndpoint: options.controlEndpoint,
      },
    } as const;
    const outcome = targetOf(request);
    if ('problem' in outcome) {
      usageError(command, outcome.problem);
    }
    const { target } = outcome;
    if (request.checks.proof !== undefined && mayChangeState(target.method)) {
      usageError(
        command,
        `--verify reads the entry three times, and ${target.method} may change something each time`,
      );
    }
    finish(
      options.curl
        ? printCurl(io, request, target)
        : options.dryRun
          ? printRequest(io, request, target)
          : await sendInvalidation(io, request, target),
    );
  });
}

function addStageCache(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = stageOptions(
    program
      .command('stage-cache')
      .description("Show a stage's cache settings, each explained, and those that look wrong.")
      .argument('<arn-or-url>', 'an execute-api ARN or an invoke URL; of a method its own settings are shown')
      .option(
        '--metrics',
        'also what CloudWatch counted in the last hour: hits and misses of the whole stage',
      ),
  ).addHelpText(
    'after',
    `
The caller needs apigateway:GET on the stage, and for --metrics on the API and cloudwatch:GetMetricData as well.
Exit codes: 0 read, 1 refused, 2 usage or not sent.`,
  );
  command.action(async (text: string, options: StageOptions & { readonly metrics?: true }) => {
    const { printStageCache } = await import('./stage.js');
    const request = await stageRequest(command, openService, text, options);
    finish(await printStageCache(io, request, options.metrics ? 'read' : undefined));
  });
}

function addFlush(program: Command, io: CliIo, openService: () => LanguageService, finish: Finish): void {
  const command = stageOptions(
    program
      .command('flush')
      .description('Empty the cache of a whole stage: every entry of every method.')
      .argument('<arn-or-url>', 'an execute-api ARN or an invoke URL of the stage'),
  )
    .option('--yes', 'ask for no confirmation')
    .addHelpText(
      'after',
      `
The caller needs apigateway:DELETE on the stage's cache/data.
Exit codes: 0 accepted, 1 refused, 2 usage, not confirmed or not sent.`,
    );
  command.action(async (text: string, options: StageOptions & { readonly yes?: true }) => {
    const { flushStageCache } = await import('./stage.js');
    const request = await stageRequest(command, openService, text, options);
    finish(await flushStageCache(io, request, options.yes ? 'given' : 'asked for'));
  });
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
      .description('Tell whether an API has the stage and the route that a target names. Nothing is invoked.')
      .argument('<arn-or-url>', 'an execute-api ARN or an invoke URL')
      .option('--method <verb>', 'the method')
      .option('--path <path>', 'the resource path with its values filled in, as in pets/7')
      .option(
        '--routes <file...>',
        'ask these definitions of APIs (OpenAPI, CloudFormation, SAM, serverless.yml) instead of AWS',
      ),
  ).addHelpText(
    'after',
    `
A REST API answers 403 to a stage or a path that it does not have. Without --routes the caller needs apigateway:GET on
the API's stages and on their exports.
Exit codes: 0 it has them or nobody knows, 1 it has not, or refused, 2 usage or not sent.`,
  );
  command.action(async (text: string, options: StageOptions & { readonly routes?: readonly string[] }) => {
    const { printTargetCheck } = await import('./checkTarget.js');
    const { readSource, targetOf } = await import('./target.js');
    const { readRoutes } = await import('./routes.js');
    const source = readSource(text, {
      draftOf: (arn) => openService().invalidationDraftOf(arn),
      domain: undefined,
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

/** The options of everything that is about a stage. */
function stageOptions(command: Command): Command {
  return command
    .option('--stage <name>', 'the stage')
    .option('--region <name>', 'the Region')
    .option('--api-id <id>', 'the id of the REST API')
    .option('--profile <name>', 'the profile to take credentials from')
    .option(
      '--control-endpoint <url>',
      'an emulator on this machine that answers in place of the AWS control plane',
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long to wait for each answer').argParser(seconds).default(30),
    )
    .addOption(formatOption());
}

async function stageRequest(
  command: Command,
  openService: () => LanguageService,
  text: string,
  options: StageOptions,
): Promise<StageRequest> {
  const { readSource, stageOf } = await import('./target.js');
  const source = readSource(text, {
    draftOf: (arn) => openService().invalidationDraftOf(belowStage(arn)),
    domain: undefined,
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

function partsOf(options: StageOptions): Readonly<Partial<Record<OpenPart, string | undefined>>> {
  const { stage, method, region, apiId, path } = options;
  // As a URL has it or as an ARN has it: both mean the same path.
  return { stage, method, region, apiId, path: path?.replace(/^\//, '') };
}
