import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot } from '../repository';
import { startProcess, stopProcess, temporaryFolder } from './processes';

/** The settings that send requests to another host than AWS's. */
const endpointSetting = 'iamPolicy.invalidation.endpoint';
const controlEndpointSetting = 'iamPolicy.invalidation.controlEndpoint';

/** A loopback API Gateway for the API of the sample workspace, and what makes an editor use it. */
export interface SampleGateway {
  readonly url: string;
  /**
   * Names credentials that exist nowhere but in the gateway: profiles `default`, `invalidator`, `manager`, `reader`, and
   * with a workspace `author`. The browser login of the profile `logged-out` is over.
   */
  readonly env: Readonly<Record<string, string>>;
  /** The secret keys of these credentials. */
  readonly secrets: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** The line that gatewayMain prints when it listens. */
interface Announcement {
  readonly url: string;
  /** With `{apiId}` where the API's id belongs. */
  readonly endpoint: string;
  readonly region: string;
  readonly callers: Readonly<
    Record<string, { readonly accessKeyId: string; readonly secretAccessKey: string }>
  >;
}

/**
 * Starts the gateway in a process of its own, which ends with this one. Rejects with what the process wrote when
 * it ends before it listens.
 *
 * @param workspace a copy of the sample workspace: the profile `author` has the policy of its `petstore-invoke.json`
 */
export async function startSampleGateway(workspace?: string): Promise<SampleGateway> {
  const program = join(repositoryRoot, 'out/test/support/gatewayMain.js');
  const policy = workspace === undefined ? [] : ['0', join(workspace, 'petstore-invoke.json')];
  const child = startProcess(process.execPath, [program, ...policy], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  const announcement = await new Promise<Announcement>((resolve, reject) => {
    if (child.stdout) createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The loopback gateway ended with ${code}: ${complaint}`)));
  });
  const folder = temporaryFolder('aws');
  const credentials = join(folder, 'credentials');
  const config = join(folder, 'config');
  const { invalidator } = announcement.callers;
  const profiles = Object.entries({ ...(invalidator && { default: invalidator }), ...announcement.callers });
  writeFileSync(
    credentials,
    profiles
      .map(
        ([name, keys]) =>
          `[${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`,
      )
      .join('\n'),
  );
  writeFileSync(config, configLines(announcement.region).join('\n'));
  return {
    url: announcement.url,
    env: { AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: config },
    secrets: Object.values(announcement.callers).map(({ secretAccessKey }) => secretAccessKey),
    settings: { [endpointSetting]: announcement.endpoint, [controlEndpointSetting]: announcement.url },
    stop: () => stopProcess(child),
  };
}

function configLines(region: string): readonly string[] {
  return [
    '[default]',
    `region = ${region}`,
    '[profile logged-out]',
    'sso_session = nobody',
    'sso_account_id = 123456789012',
    'sso_role_name = Reader',
    '[sso-session nobody]',
    'sso_start_url = https://nobody.example/start',
    `sso_region = ${region}`,
    '',
  ];
}
