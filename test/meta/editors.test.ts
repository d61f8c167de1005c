import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

const read = (name: string): string => readFileSync(join(repositoryRoot, name), 'utf8');

describe('the settings of other editors', () => {
  const page = read('server/docs/editors.md');
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));

  it('start the language server by the command that there is', () => {
    const starting = blocks.filter(({ text }) => text.includes('iam-policy') && text.includes('stdio'));
    assert.deepEqual(
      starting.map(({ language }) => language),
      ['lua', 'elisp', 'toml', 'json', 'json'],
    );
    for (const { text } of starting) {
      assert.match(
        text.replaceAll(/[^\w-]+/g, ' '),
        /iam-policy (?:args |arguments )?language-server --stdio/,
      );
    }
    assert.match(read('server/scripts/package.mjs'), /'iam-policy-language-server': \{/);
  });

  it('start it for every language that the page names, and in a folder, without which nothing beside a file is read', () => {
    const [, named = ''] =
      /It reads documents with these language IDs: ([^;]*), and with those of Vim/.exec(page) ?? [];
    const languages = [...named.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    assert.ok(languages.length > 5);
    const lua = blocks.find(({ language }) => language === 'lua')?.text ?? '';
    assert.deepEqual(
      languages.filter((name) => !lua.includes(`'${name}'`)),
      [],
    );
    assert.match(lua, /root_dir = /);
  });

  it('in JSON are JSON', () => {
    for (const { text } of blocks.filter(({ language }) => language === 'json')) {
      assert.doesNotThrow(() => JSON.parse(text), text);
    }
  });

  it('name rules that there are', () => {
    const named = blocks.flatMap(({ text }) => [
      ...text.matchAll(/['"]([a-z]+(?:-[a-z]+)+)['"]\]? ?[=:] ?['"]off/g),
    ]);
    assert.equal(named.length, 4);
    for (const [, id = ''] of named) {
      assert.doesNotThrow(() => read(`server/docs/rules/${id}.md`), id);
    }
  });

  it('have every initialization option, in the page and in its schema', () => {
    const source = read('server/src/protocol/messages.ts');
    const [, body = ''] = /export interface InitializationOptions \{\n([\s\S]*?)^\}/m.exec(source) ?? [];
    const options = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name = '']) => name);
    assert.ok(options.length > 3);
    const schema = JSON.parse(read('server/docs/initialization-options.schema.json'));
    assert.deepEqual(Object.keys(schema.properties), options);
    const rows = [...page.slice(page.indexOf('## initializationOptions')).matchAll(/^\| `(\w+)` \|/gm)];
    assert.deepEqual(
      rows.map(([, name]) => name),
      options,
    );
  });
});
