import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileRules } from '../core/index';
import { installationFolder } from './installation';

/** The file URI of a rule's page, which ships with the package; rules about files share one. */
export function rulePageUri(rule: string, folder = installationFolder()): string {
  const docs = join(folder, 'server', 'docs');
  const isOfFiles = fileRules.some(({ id }) => id === rule);
  return pathToFileURL(isOfFiles ? join(docs, 'configuration.md') : join(docs, 'rules', `${rule}.md`)).href;
}
