import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { processorTime } from '../support/patience';

const root = join(__dirname, '../../..');
const snapshots = join(root, 'test/grammar/snapshots');

/**
 * A snapshot is its own input: the lines that begin with `>` are JSON, and under each stand its tokens. `UPDATE=1`
 * writes the tokens anew. Left out are tokens that only the host grammar has named, so whatever is listed is listed
 * because of us or is an escape; and of the scopes what every line would repeat: the host's, the scope of the whole
 * ARN or action, and the `.iam-policy` at the end.
 */
describe('the grammar for what stands in the strings of a policy', () => {
  let grammar: IGrammar;

  before(async () => {
    grammar = await loadGrammar();
  });

  for (const file of readdirSync(snapshots)) {
    it(file.replace(/\.txt$/, '').replaceAll('-', ' '), () => {
      const path = join(snapshots, file);
      const expected = readFileSync(path, 'utf8');
      const actual = render(grammar, expected);
      if (process.env.UPDATE === '1') {
        writeFileSync(path, actual);
      } else {
        assert.equal(actual, expected);
      }
    });
  }

  it('takes the same time per character however long the string', () => {
    const hostile = ['${', '${a}', '*', '{a', '/', '\\/', ':', '?a=', '\\u0041', 'GET/', "${a,'"];
    for (const piece of hostile) {
      for (const start of ['', 'arn:aws:execute-api:', 'arn:aws:execute-api:r:1:', 'a:']) {
        const line = `["${start}${piece.repeat(20_000 / piece.length)}"]`;
        const spent = processorTime(() => void grammar.tokenizeLine(line, INITIAL));
        // A hundred times what any of them takes; exponential or cubic time goes far beyond.
        assert.ok(spent < 2000, `${start}${piece}… took ${spent} ms`);
      }
    }
  });

  it('names only scopes that end in its own name, or that a host uses for escapes', () => {
    const text = readFileSync(join(root, 'syntaxes/iam-policy.injection.tmLanguage.json'), 'utf8');
    const names = [...text.matchAll(/"name": "([^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(names.length > 20);
    assert.deepEqual(
      names.filter((name) => !name.endsWith('.iam-policy') && !/escape\.json$/.test(name)),
      [],
    );
  });

  it('is contributed to JSON with and without comments', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly contributes: { readonly grammars: readonly unknown[] };
    };
    assert.deepEqual(manifest.contributes.grammars, [
      {
        scopeName: 'iam-policy.injection',
        path: './syntaxes/iam-policy.injection.tmLanguage.json',
        injectTo: ['source.json', 'source.json.comments'],
      },
    ]);
  });
});

/** The injection over a JSON grammar of a few lines that gives strings, keys and escapes the scopes VS Code's gives. */
async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm);
  const files = new Map([
    ['source.json', 'test/grammar/host.tmLanguage.json'],
    ['iam-policy.injection', 'syntaxes/iam-policy.injection.tmLanguage.json'],
  ]);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files.get(scope);
      return file === undefined ? null : parseRawGrammar(readFileSync(join(root, file), 'utf8'), file);
    },
    getInjections: (scope) => (scope === 'source.json' ? ['iam-policy.injection'] : undefined),
  });
  const grammar = await registry.loadGrammar('source.json');
  assert.ok(grammar !== null);
  return grammar;
}

function render(grammar: IGrammar, snapshot: string): string {
  const out: string[] = [];
  let state = INITIAL;
  for (const line of snapshot.split('\n')) {
    if (line.startsWith('#') || line === '') {
      out.push(line);
    }
    if (!line.startsWith('>')) {
      continue;
    }
    out.push(line);
    const { tokens, ruleStack } = grammar.tokenizeLine(line.slice(1), state);
    state = ruleStack;
    for (const token of tokens) {
      const scopes = token.scopes.filter((scope) => /iam-policy$|escape/.test(scope));
      if (scopes.length > 0) {
        const carets = '^'.repeat(token.endIndex - token.startIndex);
        const names = scopes.map((scope) => scope.replace(/\.iam-policy$/, ''));
        const shown = names.filter((name) => !name.startsWith('meta.'));
        out.push(` ${' '.repeat(token.startIndex)}${carets} ${shown.join(' ') || names.join(' ')}`);
      }
    }
  }
  return out.join('\n');
}
