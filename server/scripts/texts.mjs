/**
 * The texts that a translator needs: those of the manifest, which VS Code reads from package.nls.json, and those of the
 * client, which `vscode.l10n.t` looks up in l10n/bundle.l10n.json. What the language server says stays English.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The members of a contribution that people read. */
const TEXTS = new Set(['title', 'shortTitle', 'category', 'description', 'markdownDescription', 'name']);
const LISTS = new Set(['enumDescriptions', 'markdownEnumDescriptions', 'enumItemLabels']);

/** What stands between names only because the format asks for it. */
const SILENT = new Set(['contributes', 'properties', 'capabilities']);

/**
 * The manifest with a reference in place of each text, and the texts by their keys. A text that was just written into
 * the manifest gets a key from its place; what is a reference already keeps it.
 *
 * @param known the texts so far; those that nothing refers to any more are left out of the result
 */
export function extractTexts(manifest, known) {
  const texts = {};
  const refer = (text, key) => {
    const reference = /^%(.+)%$/.exec(text)?.[1];
    const name = reference ?? key;
    const value = reference === undefined ? text : known[reference];
    if (value === undefined) {
      throw new Error(`package.json refers to the text ${name}, which package.nls.json does not have.`);
    }
    texts[name] = value;
    return `%${name}%`;
  };
  const walk = (value, path) => {
    if (Array.isArray(value)) {
      return value.map((item, index) => walk(item, [...path, nameOf(item) ?? String(index)]));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const here = [...path, name];
        if (TEXTS.has(name) && typeof member === 'string') {
          return [name, refer(member, keyOf(here, member))];
        }
        return [
          name,
          LISTS.has(name) && Array.isArray(member)
            ? member.map((text, index) => refer(text, keyOf([...here, String(index)], text)))
            : walk(member, here),
        ];
      }),
    );
  };
  const { description, capabilities, contributes } = manifest;
  const localised = {
    ...manifest,
    description: refer(description, 'description'),
    capabilities: walk(capabilities, ['capabilities']),
    contributes: walk(contributes, ['contributes']),
  };
  return { localised, texts };
}

/** Commands, steps and token types are known by their own names rather than by where they happen to stand. */
function nameOf(item) {
  return item?.command ?? item?.id;
}

/** All commands of a category share its text. */
function keyOf(path, text) {
  return path.at(-1) === 'category'
    ? `category.${text.replaceAll(/\W/g, '')}`
    : path.filter((name) => !SILENT.has(name)).join('.');
}

/** The English texts of the client by themselves: those that `l10n.t` is called with, and the names of the templates. */
export function clientTexts(root) {
  const sources = readdirSync(join(root, 'client/src'), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'client/src', file), 'utf8'));
  const called = sources.flatMap((source) =>
    [...source.matchAll(/\bl10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map(
      ([, single, double]) => (single ?? double).replaceAll(/\\(.)/g, '$1'),
    ),
  );
  const templates = JSON.parse(readFileSync(join(root, 'server/templates/policies.json'), 'utf8'));
  const offered = Object.entries(templates).flatMap(([name, { description }]) => [name, description]);
  return Object.fromEntries([...new Set([...called, ...offered])].sort().map((text) => [text, text]));
}
