import { readFileSync } from 'node:fs';
import {
  type ApiConfig,
  type CallerConfig,
  type PolicyStatement,
  startLoopbackGateway,
} from './loopbackGateway';
import { invalidator, manager, petstore, reader } from './petstore';

/**
 * Starts the loopback gateway with the sample API, prints one line of JSON that says how to reach it, and stays
 * until SIGTERM or SIGINT. The first argument is the port to listen on; the second a file with the policy that the
 * caller `author` has, as it is at each request: what is saved there takes effect at once.
 */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 0);
  const file = process.argv[3];
  const callers = { invalidator, manager, reader, ...(file === undefined ? {} : { author: author(file) }) };
  const gateway = await startLoopbackGateway({
    apis: [withMoreRoutes(petstore)],
    callers: Object.values(callers),
    port,
  });
  process.stdout.write(
    `${JSON.stringify({
      url: gateway.url,
      endpoint: gateway.endpoint,
      apiId: petstore.id,
      region: petstore.region,
      accountId: petstore.accountId,
      stages: petstore.stages.map(({ name }) => name),
      callers: Object.fromEntries(Object.entries(callers).map(([name, caller]) => [name, keys(caller)])),
    })}\n`,
  );
  const stop = () => {
    void gateway.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** With a route whose answer never comes, to cancel while it is waited for, and one that an authorizer guards. */
function withMoreRoutes(api: ApiConfig): ApiConfig {
  const integration = { kind: 'raw', handle: () => undefined } as const;
  return {
    ...api,
    routes: [
      ...api.routes,
      { method: 'GET', path: '/slow', auth: 'AWS_IAM', integration },
      {
        method: 'GET',
        path: '/orders',
        auth: 'BEARER',
        cache: { keyParameters: ['method.request.querystring.page'] },
      },
    ],
  };
}

/** Holds the policy that stands in a file, and no other. */
function author(file: string): CallerConfig {
  return {
    accessKeyId: 'AKIAAUTHORSX7EXAMPLE',
    secretAccessKey: 'K7MDENGXUtnFEMI/bPxRfiCYwJalr/EXAMPLEKEY',
    arn: 'arn:aws:iam::123456789012:user/Noor',
    get statements() {
      return readStatements(file);
    },
  };
}

/** A policy that is no JSON, or is not there, grants nothing. */
function readStatements(file: string): readonly PolicyStatement[] {
  try {
    const { Statement }: { readonly Statement: PolicyStatement | readonly PolicyStatement[] } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    return [Statement].flat();
  } catch {
    return [];
  }
}

function keys({ accessKeyId, secretAccessKey, arn }: CallerConfig) {
  return { accessKeyId, secretAccessKey, arn };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
