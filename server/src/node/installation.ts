import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configRules, type IamDataAssets } from '../core/index';

/** Where the package lies on disk: the nearest folder above this file that has a package.json. */
export function installationFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}

/** The version that package.json states. */
export function installedVersion(folder = installationFolder()): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
  return String(manifest.version ?? '');
}

/** The compiled service reference; `undefined` where it has not been compiled. Throws if it cannot be read. */
export function readIamDataAssets(folder = installationFolder()): IamDataAssets | undefined {
  const data = join(folder, 'server', 'data');
  const index = join(data, 'index.json');
  if (!existsSync(index)) {
    return undefined;
  }
  return {
    index: readFileSync(index, 'utf8'),
    facts: () => readFileSync(join(data, 'facts.jsonl'), 'utf8'),
    prose: () => readFileSync(join(data, 'prose.jsonl'), 'utf8'),
  };
}

/** The file URI of a rule's page, which ships with the package; rules of the configuration share one. */
export function rulePageUri(rule: string, folder = installationFolder()): string {
  const docs = join(folder, 'server', 'docs');
  const isOfConfig = configRules.some(({ id }) => id === rule);
  return pathToFileURL(isOfConfig ? join(docs, 'configuration.md') : join(docs, 'rules', `${rule}.md`)).href;
}

/** The text of a rule's own page; `undefined` where there is none. */
export function readRulePage(rule: string, folder = installationFolder()): string | undefined {
  const page = join(folder, 'server', 'docs', 'rules', `${rule}.md`);
  // Ids are words and hyphens: nothing else names a file here.
  return /^[a-z][a-z0-9-]*$/.test(rule) && existsSync(page) ? readFileSync(page, 'utf8') : undefined;
}
