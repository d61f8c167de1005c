import { type CallerConfig, startLoopbackGateway } from './loopbackGateway';
import { invalidator, manager, petstore, reader } from './petstore';

/**
 * Starts the loopback gateway with the sample API, prints one line of JSON that says how to reach it, and stays
 * until SIGTERM or SIGINT. An argument is the port to listen on.
 */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? 0);
  const callers = [invalidator, manager, reader];
  const gateway = await startLoopbackGateway({ apis: [petstore], callers, port });
  process.stdout.write(
    `${JSON.stringify({
      url: gateway.url,
      endpoint: gateway.endpoint,
      apiId: petstore.id,
      region: petstore.region,
      accountId: petstore.accountId,
      stages: petstore.stages.map(({ name }) => name),
      callers: { invalidator: keys(invalidator), manager: keys(manager), reader: keys(reader) },
    })}\n`,
  );
  const stop = () => {
    void gateway.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function keys({ accessKeyId, secretAccessKey, arn }: CallerConfig) {
  return { accessKeyId, secretAccessKey, arn };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
