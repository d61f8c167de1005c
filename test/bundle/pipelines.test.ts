import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commandLineFile } from '../support/commandLine';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { manager, petstore } from '../support/petstore';
import { repositoryRoot } from '../support/repository';

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: {
    readonly deploy: {
      readonly env: Readonly<Record<string, string>>;
      readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly name?: string }[];
    };
  };
}

interface Pipeline {
  readonly 'renew-cache': {
    readonly variables: Readonly<Record<string, string>>;
    readonly before_script: readonly string[];
    readonly script: readonly string[];
  };
}

const CLI = commandLineFile();
const PAGE = readFileSync(join(repositoryRoot, 'server/docs/pipelines.md'), 'utf8');

function block(language: string, index = 0): string {
  return [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))][index]?.[1] ?? '';
}

const chief: CallerConfig = { ...manager, statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const DEFINITION = `openapi: 3.0.1
paths:
  /pets/{petId}: { get: {} }
`;

describe('the pipelines of the documentation', function () {
  this.timeout(limit(120_000));
  let gateway: LoopbackGateway;
  let folder: string;
  let release = 1;
  before(async () => {
    gateway = await startLoopbackGateway({
      apis: [
        {
          ...petstore,
          routes: [
            ...petstore.routes,
            {
              method: 'GET',
              path: '/version',
              auth: 'AWS_IAM',
              cache: { keyParameters: [] },
              // Every fetch is of another release, as after a deployment.
              integration: {
                kind: 'reply',
                reply: () => ({ status: 200, headers: {}, body: String(release++) }),
              },
            },
          ],
        },
      ],
      callers: [chief],
    });
    folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
    writeFileSync(join(folder, 'openapi.yaml'), DEFINITION);
    writeFileSync(join(folder, 'entries.txt'), block('text'));
    // The command as it is on the path of a runner, with the gateway of this test in the place of AWS.
    writeFileSync(
      join(folder, 'iam-policy'),
      `#!/bin/sh
case "$*" in
  *--authorizers*) exec "${process.execPath}" "${CLI}" "$@" --control-endpoint "${gateway.url}" ;;
  *) exec "${process.execPath}" "${CLI}" "$@" --control-endpoint "${gateway.url}" --endpoint "${gateway.endpoint}" ;;
esac
`,
    );
    chmodSync(join(folder, 'iam-policy'), 0o755);
  });
  after(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs a script as both systems do: it ends with the first command that fails. */
  async function run(
    script: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        HOME: folder,
        AWS_ACCESS_KEY_ID: chief.accessKeyId,
        AWS_SECRET_ACCESS_KEY: chief.secretAccessKey,
        AWS_EC2_METADATA_DISABLED: 'true',
        ...variables,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  const verdicts = (): readonly string[] =>
    readFileSync(join(folder, 'verdicts.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).verdict.kind);

  it('run in GitHub Actions, each step on its own', async () => {
    const { permissions, jobs } = parse(block('yaml')) as Workflow;
    assert.equal(permissions['id-token'], 'write', 'the credentials come from OpenID Connect');
    const { env, steps } = jobs.deploy;
    const scripts = steps.flatMap(({ run: script }) => script ?? []);
    assert.equal(scripts.length, 3);
    for (const script of scripts) {
      const { code, output } = await run(script, env);
      assert.equal(code, 0, `${script}\n${output}`);
    }
    assert.deepEqual(verdicts(), ['accepted', 'accepted', 'accepted']);
  });

  it('run in GitLab', async () => {
    const { 'renew-cache': job } = parse(block('yaml', 1)) as Pipeline;
    const { AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE, ...variables } = job.variables;
    assert.ok(AWS_ROLE_ARN?.startsWith('arn:aws:iam::'));
    const token = join(folder, 'token');
    const script = [...job.before_script, ...job.script].join('\n');
    const { code, output } = await run(script.replaceAll('$AWS_WEB_IDENTITY_TOKEN_FILE', token), {
      ...variables,
      AWS_TOKEN: 'a-web-identity-token',
    });
    assert.equal(code, 0, output);
    assert.equal(readFileSync(token, 'utf8'), 'a-web-identity-token');
    assert.ok(AWS_WEB_IDENTITY_TOKEN_FILE);
    assert.deepEqual(verdicts(), ['accepted', 'accepted']);
    assert.ok(gateway.requests.some(({ path }) => path.endsWith('/cache/authorizers')));
  });

  it('fail where the answer is no', async () => {
    const { jobs } = parse(block('yaml')) as Workflow;
    const [flush = ''] = jobs.deploy.steps.flatMap(({ run: script }) => script ?? []);
    const stranger = { AWS_ACCESS_KEY_ID: 'AKIASTRANGERX7EXAMPL', ...jobs.deploy.env };
    assert.equal((await run(flush, stranger)).code, 1);
  });
});
