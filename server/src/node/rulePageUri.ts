import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configRules } from '../core/index';
import { installationFolder } from './installation';

/** The file URI of a rule's page, which ships with the package; rules of the configuration share one. */
export function rulePageUri(rule: string, folder = installationFolder()): string {
  const docs = join(folder, 'server', 'docs');
  const isOfConfig = configRules.some(({ id }) => id === rule);
  return pathToFileURL(isOfConfig ? join(docs, 'configuration.md') : join(docs, 'rules', `${rule}.md`)).href;
}
