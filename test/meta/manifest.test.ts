import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, READ_AS } from '../../client/src/languages';
import { documentLanguages, languageIds, languageOfDocument } from '../../server/src/core/index';
import { repositoryRoot } from '../support/repository';

interface Setting {
  readonly order?: number;
  readonly scope?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
}

interface Step {
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly description: string };
  };
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly snippets?: unknown;
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

function read(name: string): string {
  return readFileSync(join(repositoryRoot, name), 'utf8');
}

const { capabilities, activationEvents, contributes }: Manifest = JSON.parse(read('package.json'));
const texts: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const bundle: Readonly<Record<string, string>> = JSON.parse(read('l10n/bundle.l10n.json'));
const settings = Object.entries(contributes.configuration.properties);
const commands = contributes.commands.map(({ command }) => command);
const sources = readdirSync(join(repositoryRoot, 'client/src'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: read(join('client/src', file)) }));

function textOf(reference: string | undefined): string {
  return texts[reference?.replace(/^%(.*)%$/, '$1') ?? ''] ?? '';
}

describe('settings', () => {
  for (const [name, setting] of settings) {
    it(`${name} says what it does, where it may be set, and has a place of its own`, () => {
      assert.match(name, /^iamPolicy\./);
      assert.match(textOf(setting.markdownDescription ?? setting.description), /^[A-Z*`].{20,}\.$/s);
      assert.match(setting.scope ?? '', /^(resource|window|machine|machine-overridable)$/);
      assert.equal(typeof setting.order, 'number');
      assert.notEqual(setting.default, undefined);
      assert.equal(
        settings.filter(([, other]) => other.order === setting.order).length,
        1,
        'order is shared',
      );
      const { enumDescriptions } = setting;
      if (enumDescriptions !== undefined) {
        assert.equal(enumDescriptions.length, setting.enum?.length);
      }
    });
  }

  it('that are not taken from a workspace without trust exist', () => {
    const names = new Set(settings.map(([name]) => name));
    assert.deepEqual(
      capabilities.untrustedWorkspaces.restrictedConfigurations.filter((name) => !names.has(name)),
      [],
    );
    assert.ok(textOf(capabilities.untrustedWorkspaces.description).length > 0);
    assert.ok(textOf(capabilities.virtualWorkspaces.description).length > 0);
  });
});

describe('commands', () => {
  it('stand in the palette under one of two names', () => {
    for (const { command, category } of contributes.commands) {
      const expected = command.startsWith('apiGateway.') ? 'API Gateway' : 'IAM Policy';
      assert.equal(textOf(category), expected, command);
    }
  });

  it('of menus and of the walkthrough exist', () => {
    const linked = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ description, completionEvents }) => [
        ...[...textOf(description).matchAll(/\(command:([^)]+)\)/g)].map(([, name = '']) => name),
        ...completionEvents.map((event) => event.replace(/^onCommand:/, '')),
      ]),
    );
    const used = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ command }) => command),
      ...linked,
    ];
    assert.deepEqual(
      used.filter((command) => !commands.includes(command)),
      [],
    );
  });

  it('are hidden where it is known that there is no policy', () => {
    for (const { command, when } of contributes.menus.commandPalette ?? []) {
      assert.match(when ?? '', /!iamPolicy\.noPolicy/, command);
    }
  });

  it('wait for a JSON document, or for one that is known to hold a policy', () => {
    const json = 'editorLangId == json || editorLangId == jsonc';
    const writable = ' && resourceExtname =~ /^\\.(ya?ml|template|tf|tofu|hcl)$/';
    const places: Readonly<Record<string, string>> = {
      // There is no writer for programs.
      'iamPolicy.insertInvalidateCacheStatement': `${json} || iamPolicy.hasPolicy${writable}`,
      'iamPolicy.sort': `${json} || iamPolicy.hasPolicy${writable}`,
      // Only JSON can be written on one line or on several.
      'iamPolicy.minify': json,
      'iamPolicy.prettify': json,
    };
    for (const { command, when } of contributes.menus.commandPalette ?? []) {
      const place = places[command] ?? `${json} || iamPolicy.hasPolicy`;
      assert.ok(when?.endsWith(`&& (${place})`), `${command}: ${when}`);
    }
  });
});

describe('what the manifest names', () => {
  // VS Code offers contributed snippets everywhere in a language, inside strings too.
  it('leaves snippets to the language server, which knows where a statement may stand', () => {
    assert.equal(contributes.snippets, undefined);
  });

  it('is there: the pages of the walkthrough', () => {
    const files = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(repositoryRoot, file))),
      [],
    );
  });

  it('starts the extension with each language that is read, in the client and in the server', () => {
    const started = activationEvents.map((event) => event.slice('onLanguage:'.length));
    assert.deepEqual([...LANGUAGES].sort(), [...languageIds].sort());
    for (const [id, language] of Object.entries(READ_AS)) {
      assert.equal(language, languageOfDocument(id, 'x'), id);
    }
    assert.deepEqual(
      LANGUAGES.filter((language) => !started.includes(language)),
      [],
    );
  });

  it('has a switch for each language that is read', () => {
    const [, setting] = settings.find(([name]) => name === 'iamPolicy.languages') ?? [];
    assert.deepEqual(Object.keys(setting?.properties ?? {}).sort(), [...documentLanguages].sort());
    // The boxes of VS Code's settings show the value as a whole and not what each language has without one.
    assert.deepEqual(setting?.default, Object.fromEntries(documentLanguages.map((name) => [name, true])));
  });

  it('starts the extension with a document and never by itself', () => {
    assert.deepEqual(
      activationEvents.filter((event) => !event.startsWith('onLanguage:')),
      [],
    );
  });
});

// That both files hold exactly what is used is held by the freshness of the generated files.
describe('texts to translate', () => {
  it('are looked up as they stand, so that they can be collected', () => {
    for (const { file, text } of sources) {
      for (const [call] of text.matchAll(/\bl10n\.t\(\s*[^'"\s][^\n]*/g)) {
        assert.fail(`${file}: ${call}`);
      }
    }
  });

  it('number their gaps from {0} on', () => {
    for (const text of [...Object.keys(bundle), ...Object.values(texts)]) {
      const gaps = [...text.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number));
      assert.deepEqual(
        [...new Set(gaps)].sort(),
        [...new Set(gaps)].map((_, index) => index),
        text,
      );
    }
  });

  it('get as many values as they have gaps', () => {
    for (const { file, text } of sources) {
      for (const [call, single, double, rest = ''] of text.matchAll(
        /\bl10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")(,(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)?\)/g,
      )) {
        const gaps = new Set([...(single ?? double ?? '').matchAll(/\{\d+\}/g)].map(([gap]) => gap)).size;
        assert.equal(gaps > 0, rest.replaceAll(/[\s,]/g, '') !== '', `${file}: ${call}`);
      }
    }
  });

  it('are all there is: no message, title or prompt of the client is plain text', () => {
    const plain =
      /(?:show(?:Information|Warning|Error)Message\(|(?:title|prompt|placeHolder|placeholder|detail|description|label): )\s*['"`](?=[\w,.-]*[a-z]{2}[,.]? [a-z]{2})/g;
    assert.deepEqual(
      sources.flatMap(({ file, text }) =>
        [...text.matchAll(plain)].map(({ index, 0: found }) =>
          `${file}: ${text.slice(index, index + found.length + 50)}`.split('\n').slice(0, 2).join(' '),
        ),
      ),
      [],
    );
  });
});
