import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LanguageService, own, type RouteMatch, type RouteValues, readRouteMatch } from '../core/index';
import { keysInDefinitions } from '../gateway/cacheKeys';
import { readMarker } from '../gateway/marker';
import { mayChangeState } from '../gateway/method';
import type { InvalidationTarget, NameValue } from '../gateway/target';
import { printable } from './format/printable';
import { printCurl, printRequests, sendInvalidation } from './invalidate';
import { sendInvalidations } from './invalidateMany';
import { type CliIo, complain } from './io';
import { collectPair, type Finish, usageError } from './options';
import { readRoutes } from './routes';
import { partsOf, type StageOptions, stageOptions } from './stageOptions';
import { readDomain, readSource } from './target';
import { readTargets } from './targets';

type Options = StageOptions & {
  readonly file?: string;
  readonly routes: readonly string[];
  readonly match: readonly RouteMatch[];
  readonly values: RouteValues;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly query: readonly NameValue[];
  readonly header: readonly NameValue[];
  readonly unsigned?: true;
  readonly endpoint?: string;
  readonly whoami?: true;
  readonly readStage?: true;
  readonly readKeys?: true;
  readonly verify?: true;
  readonly verifyMarker?: string;
  readonly apiKeyEnv?: string;
  readonly bearerEnv?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly host?: string;
  readonly dryRun?: true;
  readonly curl?: true;
  readonly format: 'text' | 'json' | 'jsonl';
};

/** Adds `invalidate`. What signs is loaded when it runs. */
export function addInvalidate(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  const command = addOptions(
    program
      .command('invalidate')
      .description('Invalidate cache entries of a REST API, and report the results.')
      .argument('[arns-or-urls...]', 'execute-api ARNs or invoke URLs; options fill in missing parts'),
  ).addHelpText('after', HELP);
  command.action(async (texts: readonly string[], options: Options) => {
    finish(await runInvalidate(command, io, openService, texts, options));
  });
}

const HELP = `
Examples:
  iam-policy invalidate arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/7
  iam-policy invalidate 'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/*/GET/pets/*' --stage prod --path pets/7
  iam-policy invalidate https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/7 --verify
  iam-policy invalidate --routes openapi.yaml --match 'GET pets/*' --values petId=1,2,3 \\
    --region us-east-1 --api-id a1b2c3d4e5 --stage prod
  git diff --name-only | ./urls-of-changes | iam-policy invalidate --file - --format jsonl

A file has one ARN or URL per line; blank lines and lines that begin with # are ignored. --match
takes a method and a path as in the definition, where * matches anything; with --routes, an ARN with
wildcards selects routes as well.
Cache keys from a definition (--routes) or from AWS (--read-keys, with apigateway:GET) tell which
entry is meant; parameters that are not cache keys and keys that were not sent are listed. --values
also fills in query parameters and headers that are cache keys of a route.
Nothing is sent unless every target is complete. Several targets are sent concurrently; if API
Gateway throttles, all wait as long as it says and continue more slowly.

For a method with a Cognito or Lambda authorizer use --bearer-env; the request is then not signed,
and its entries are renewed only if the stage does not require authorization for that. --cert and
--key are for custom domains with mutual TLS.
For a private API: --endpoint https://vpce-ID.execute-api.REGION.vpce.amazonaws.com --host NAME.

Credentials come from the default chain of the AWS SDK; an MFA code is asked for in the terminal.
The caller needs execute-api:InvalidateCache. AWS_ENDPOINT_URL changes where credentials come from,
never where the request goes. --verify-marker takes header:x-version or json:/meta/version.
Exit codes: 0 every entry accepted, 1 at least one ignored or refused, 2 usage, or at least one not
sent or without a response.
server/docs/gateway-json.md describes the JSON output; jsonl prints a line for each entry as soon as
it is done.`;

function addOptions(command: Command): Command {
  return stageOptions(
    command
      .option('--file <name>', 'a file with more targets, one per line; "-" is standard input')
      .addOption(
        new Option('--routes <file>', 'an API definition whose routes are targets; may be repeated')
          .argParser((name: string, names: readonly string[]) => [...names, name])
          .default([], 'none'),
      )
      .addOption(
        new Option('--match <method path>', "routes to invalidate, such as 'GET pets/*'; may be repeated")
          .argParser(collectMatch)
          .default([], 'every GET'),
      )
      .addOption(
        new Option('--values <name=a,b>', 'values of a route parameter; may be repeated')
          .argParser(collectValues)
          .default(new Map(), 'none'),
      )
      .addOption(
        new Option('--concurrency <number>', 'number of concurrent requests, 1 to 10')
          .argParser(number({ least: 1, most: 10, whole: true }))
          .default(undefined, '4'),
      )
      .addOption(
        new Option('--rate <number>', 'highest number of requests per second').argParser(
          number({ least: 0.01, most: 1000, whole: false }),
        ),
      )
      .option('--method <verb>', 'the method; required for anything but GET and HEAD')
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
        '--bearer-env <name>',
        'the environment variable that holds a token for a Cognito or Lambda authorizer, sent in place of a signature',
      )
      .option('--cert <file>', 'the client certificate for mutual TLS, as PEM; with --key')
      .option('--key <file>', 'the key of the client certificate, as PEM')
      .option(
        '--host <name>',
        'with a VPC endpoint (--endpoint): the host name of the API, or NAME/BASEPATH of a private custom domain',
      )
      .option(
        '--endpoint <url>',
        'URL of the API, where {apiId} and {region} are filled in; plain http on loopback only',
      )
      .option('--whoami', 'first ask AWS who the caller is, and send nothing across accounts')
      .option('--read-stage', "first read the stage's settings, and take them into account in the result")
      .option(
        '--read-keys',
        "first read the method's integration, and use its cache keys to tell which entry is meant",
      )
      .option('--verify', 'read the entry with plain requests before and after, and compare')
      .option(
        '--verify-marker <place>',
        'compare by header:NAME or json:/POINTER instead of the whole response; implies --verify',
      )
      .option('--dry-run', 'print the request unsigned; send nothing and read no credentials')
      .option('--curl', 'print the request as a curl command without secrets; send nothing'),
  ).addOption(
    new Option('--format <format>', 'output format').choices(['text', 'json', 'jsonl']).default('text'),
  );
}

async function runInvalidate(
  command: Command,
  io: CliIo,
  openService: () => LanguageService,
  texts: readonly string[],
  options: Options,
): Promise<Parameters<Finish>[0]> {
  if (options.unsigned && options.profile !== undefined) {
    usageError(command, '--profile chooses who signs, and --unsigned says that nobody does');
  }
  if (options.match.length > 0 && options.routes.length === 0) {
    usageError(command, '--match chooses among the routes of a definition; add --routes FILE');
  }
  const bearer = secretOf(command, io, '--bearer-env', options.bearerEnv);
  if (bearer !== undefined && options.profile !== undefined && !options.readStage && !options.readKeys) {
    usageError(command, '--profile chooses who signs, and with --bearer-env nobody does');
  }
  if ((options.cert === undefined) !== (options.key === undefined)) {
    usageError(command, 'a client certificate takes both --cert and --key');
  }
  const apiKey = secretOf(command, io, '--api-key-env', options.apiKeyEnv);
  const marker = options.verifyMarker === undefined ? undefined : readMarker(options.verifyMarker);
  if (options.verifyMarker !== undefined && marker === undefined) {
    usageError(command, 'write --verify-marker as header:NAME or json:/POINTER, as in json:/meta/version');
  }
  const known = options.routes.length === 0 ? undefined : await readRoutes(io, options.routes);
  if (known !== undefined && 'problem' in known) {
    usageError(command, known.problem);
  }
  const { format } = options;
  const parts = partsOf(options);
  const outcome = await readTargets(
    io,
    {
      texts,
      file: options.file,
      knowledge: known?.knowledge,
      match: options.match,
      values: options.values,
    },
    {
      read: (text) =>
        readSource(text, {
          draftOf: (arn) => openService().invalidationDraftOf(arn),
          domain: options.domain === undefined ? undefined : readDomain(options.domain),
          region: options.region,
        }),
      parts,
      query: options.query,
      headers: options.header,
      endpoint: options.endpoint,
      host: options.host,
    },
  );
  if ('problems' in outcome) {
    const [last = '', ...before] = [...outcome.problems].reverse();
    for (const problem of before.reverse()) {
      complain(io, printable(problem));
    }
    usageError(command, last);
  }
  const { targets, number } = outcome;
  const request = {
    profile: options.profile,
    signing: options.unsigned || bearer !== undefined ? 'unsigned' : 'sigv4',
    timeoutMs: options.timeout * 1000,
    format,
    apiKey,
    bearer,
    clientCertificate:
      options.cert === undefined || options.key === undefined
        ? undefined
        : { certFile: io.resolvePath(options.cert), keyFile: io.resolvePath(options.key) },
    keysOf: (target: InvalidationTarget) =>
      options.readKeys ? 'read' : keysInDefinitions(target, known?.knowledge.apis ?? []),
    checks: {
      identify: options.whoami ? 'ask' : undefined,
      stage: options.readStage ? 'read' : undefined,
      proof: options.verify || marker ? 'read-before-and-after' : undefined,
      marker,
      controlEndpoint: options.controlEndpoint,
    },
  } as const;
  const changing = targets.find(({ method }) => mayChangeState(method));
  if (request.checks.proof !== undefined && changing !== undefined) {
    usageError(
      command,
      `--verify reads the entry three times, and ${changing.method} may change something each time`,
    );
  }
  if (options.curl) {
    return printCurl(io, request, targets);
  }
  if (options.dryRun) {
    return printRequests(io, request, targets, number);
  }
  const [only] = targets;
  if (number === 'one' && only !== undefined) {
    return sendInvalidation(io, request, only);
  }
  const { concurrency, rate } = options;
  return sendInvalidations(io, { ...request, concurrency, perSecond: rate }, targets);
}

/** The value of the environment variable that an option names. */
function secretOf(command: Command, io: CliIo, option: string, name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : own(io.env, name);
  if (name !== undefined && (value === undefined || value === '')) {
    // Without the name: somebody may have put the secret in its place.
    usageError(command, `the environment variable that ${option} names is not set`);
  }
  return value;
}

function collectMatch(text: string, previous: readonly RouteMatch[]): readonly RouteMatch[] {
  const match = readRouteMatch(text);
  if (match === undefined) {
    throw new InvalidArgumentError("Write it as METHOD PATH, as in 'GET pets/*'.");
  }
  return [...previous, match];
}

/** `NAME=A,B`; a comma that belongs to a value has a backslash before it. Values of one name add up. */
function collectValues(text: string, previous: RouteValues): RouteValues {
  const [, name = '', list = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const values = [...list.matchAll(/(?:\\.|[^,\\]|\\$)+/gs)].map(([value]) =>
    value.replace(/\\([,\\])/g, '$1'),
  );
  if (name === '' || values.length === 0) {
    throw new InvalidArgumentError('Write it as NAME=VALUE,VALUE.');
  }
  return new Map([...previous, [name, [...new Set([...(previous.get(name) ?? []), ...values])]]]);
}

function number({
  least,
  most,
  whole,
}: {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`Give a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`);
    }
    return value;
  };
}
