import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limit } from '../../support/patience';
import { repositoryRoot } from '../../support/repository';
import { skip } from '../../support/skip';

/** For each language of the settings on the page for editors a program that reads FILE and fails at the first fault. */
const READERS: Readonly<Record<string, readonly [program: string, ...args: readonly string[]]>> = {
  lua: [
    'nvim',
    '--headless',
    '--clean',
    '-c',
    'lua if not loadfile(vim.env.FILE) then vim.cmd("cquit") end',
    '-c',
    'qall!',
  ],
  elisp: [
    'emacs',
    ...['--batch', '-q', '--eval'],
    // All of it as one list, behind which nothing stands.
    `(with-temp-buffer
       (insert "(progn ") (insert-file-contents (getenv "FILE")) (goto-char (point-max)) (insert "\\n)")
       (goto-char (point-min)) (read (current-buffer))
       (unless (eobp) (error "more than one list")))`,
  ],
  toml: ['python3', '-c', 'import os, tomllib; assert tomllib.load(open(os.environ["FILE"], "rb"))'],
};

describe('the settings on the page for editors', function () {
  this.timeout(limit(30_000));
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-settings-'));
  const file = join(folder, 'settings');
  after(() => rmSync(folder, { recursive: true, force: true }));
  const page = readFileSync(join(repositoryRoot, 'server/docs/editors.md'), 'utf8');

  for (const [language, [program, ...args]] of Object.entries(READERS)) {
    it(`in ${language} can be read by ${program}`, function () {
      const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
      assert.ok(blocks.length > 0);
      const read = (text: string) => {
        writeFileSync(file, text);
        return spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, FILE: file } });
      };
      for (const [, text = ''] of blocks) {
        const { status, stdout, stderr, error } = read(text);
        if (error !== undefined) {
          skip(this, `${program} is not installed`);
        }
        assert.equal(status, 0, `${text}\n${stdout}${stderr}`);
      }
      assert.notEqual(read('(]').status, 0, 'what is no settings passes');
    });
  }
});
