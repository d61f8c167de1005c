import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from '../../server/src/core/rules/registry';
import { repositoryRoot } from '../support/repository';
import { pagesFolder, ruleFiles } from '../support/rules';

describe('rules', () => {
  const ids = allRules.map((rule) => rule.meta.id);
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
    version: string;
  };

  it('are in the registry, each under the name of its file', () => {
    assert.deepEqual(
      ids,
      ruleFiles().map((file) => file.id),
    );
    assert.equal(new Set(ids).size, ids.length);
  });

  it('have a page each, and no page is left over', () => {
    const pages = readdirSync(pagesFolder).filter((file) => file !== 'README.md');
    assert.deepEqual(pages.sort(), ids.map((id) => `${id}.md`).sort());
  });

  it('leave nothing stale that is generated from them', () => {
    const script = join(repositoryRoot, 'server', 'scripts', 'generate.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });

  for (const { meta } of allRules) {
    it(`${meta.id} describes itself as agreed`, () => {
      assert.match(meta.id, /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
      assert.match(meta.since, /^\d+\.\d+\.\d+$/);
      assert.ok(
        meta.since.localeCompare(version, 'en', { numeric: true }) <= 0,
        `since ${meta.since} is yet to come`,
      );
      assert.match(meta.summary, /^\S.*[^.]$/);
      for (const message of Object.values<string>(meta.messages)) {
        assert.match(message, /^\S.*\.$/, 'A message is one sentence with a full stop.');
      }
      assert.match(meta.accessAnalyzer ?? 'A', /^[A-Z0-9_]+$/);
    });
  }
});
