import { type Command, Option } from 'commander';
import type { OpenPart } from '../core/index';
import { seconds } from './options';

/** The options of every command about a stage. */
export type StageOptions = Readonly<Partial<Record<OpenPart, string>>> & {
  readonly profile?: string;
  readonly controlEndpoint?: string;
  readonly domain?: string;
  readonly timeout: number;
};

/** The options of everything that is about a stage. */
export function stageOptions(command: Command): Command {
  return command
    .option('--stage <name>', 'the stage')
    .option('--region <name>', 'the Region')
    .option('--api-id <id>', 'the ID of the REST API')
    .option('--domain <name/basepath>', 'custom domain name, and the base path that is mapped to the stage')
    .option('--profile <name>', 'AWS profile for the credentials')
    .option('--control-endpoint <url>', 'URL of an emulator on this machine to use in place of the AWS APIs')
    .addOption(
      new Option('--timeout <seconds>', 'how long to wait for each response').argParser(seconds).default(30),
    );
}

/** What the options say about parts that an ARN or a URL leaves open. */
export function partsOf(options: StageOptions): Readonly<Partial<Record<OpenPart, string | undefined>>> {
  const { stage, method, region, apiId, path } = options;
  // As a URL has it or as an ARN has it: both mean the same path.
  return { stage, method, region, apiId, path: path?.replace(/^\//, '') };
}
