import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkUrl, sourcesOf } from '../../server/src/core/lint/ruleSources';
import { allRules } from '../../server/src/core/rules/registry';
import { repositoryRoot, sharedFacts } from '../support/repository';
import { pagesFolder, readIfThere, ruleFiles } from '../support/rules';
import { skip } from '../support/skip';

/** One check, as the catalogue of Access Analyzer's checks has it. */
interface Check {
  readonly id: string;
  readonly severity: 'error' | 'security_warning' | 'warning' | 'suggestion';
  readonly status: 'current' | 'retired';
  readonly doc_anchor: string;
}

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

  it('point to the section on their check in the reference of Access Analyzer', function () {
    const catalogue = sharedFacts('access-analyzer-checks.json');
    if (catalogue === undefined) {
      skip(this, 'the catalogue of checks is not beside the repository');
    }
    const checks = JSON.parse(readFileSync(catalogue, 'utf8')) as readonly Check[];
    assert.ok(checks.length > 100);
    for (const { id, severity, doc_anchor } of checks) {
      const category = severity === 'security_warning' ? 'security' : severity;
      assert.equal(
        checkUrl(category, id),
        `https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#${doc_anchor}`,
      );
    }
    const byCode = new Map(checks.map((check) => [check.id, check]));
    for (const { meta } of allRules.filter(({ meta }) => meta.accessAnalyzer !== undefined)) {
      const check = byCode.get(meta.accessAnalyzer ?? '');
      assert.equal(meta.category, check?.severity.replace('_warning', ''), meta.id);
      assert.equal(meta.withdrawn ?? false, check?.status === 'retired', meta.id);
    }
    for (const { meta } of allRules) {
      for (const [message, code] of Object.entries<string>(meta.codes ?? {})) {
        assert.ok(message in meta.messages, `${meta.id} has no message ${message}`);
        assert.equal(meta.category, byCode.get(code)?.severity.replace('_warning', ''), meta.id);
        assert.equal(byCode.get(code)?.status, 'current', meta.id);
      }
    }
  });

  for (const { meta } of allRules) {
    it(`${meta.id} has a page that links to what it goes by, and says what to do`, () => {
      const page = readIfThere(join(pagesFolder, `${meta.id}.md`)) ?? '';
      assert.notEqual(sourcesOf(meta).length, 0, 'A rule has a check of Access Analyzer or sources.');
      for (const { title, url } of sourcesOf(meta)) {
        assert.match(url, /^https:\/\/[^\s()]+$/);
        assert.ok(page.includes(`[${title}](${url})`), url);
      }
      assert.match(page, /\n## What to do\n\n\S/);
    });

    it(`${meta.id} describes itself as agreed`, () => {
      assert.match(meta.id, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
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
