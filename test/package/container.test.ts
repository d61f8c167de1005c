import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { skip } from '../support/skip';

const IMAGE = 'iam-policy-test';

describe('the container of the command line', () => {
  it('is built and checks a policy', function () {
    this.timeout(limit(300_000));
    const builder = ['podman', 'docker'].find(
      (each) => spawnSync(each, ['info'], { timeout: 20_000 }).status === 0,
    );
    if (builder === undefined) {
      skip(this, 'neither podman nor docker can build here');
    }
    const run = (...argv: readonly string[]) =>
      spawnSync(builder, argv, { cwd: repositoryRoot, encoding: 'utf8' });
    const base = run('pull', 'docker.io/library/node:24-bookworm-slim');
    if (base.status !== 0) {
      skip(this, `the base image cannot be had: ${base.stderr.trim().split('\n').at(-1)}`);
    }
    const built = run('build', '-t', IMAGE, '-f', 'Containerfile', '.');
    assert.equal(built.status, 0, built.stderr);
    const volume = `${repositoryRoot}/test/workspace:/work:ro`;
    const { status, stdout, stderr } = run('run', '--rm', '-v', volume, IMAGE, 'lint', 'broken.json');
    assert.equal(status, 1, stderr);
    assert.match(stdout, /broken\.json/);
    run('rmi', IMAGE);
  });
});
