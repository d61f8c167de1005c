import { openDocument } from './document';
import { MAX_FILE_LENGTH } from './knowledge/read';
import { NO_USES, type TerraformUses, usesIn } from './locate/terraformUses';
import { languageOfName } from './syntax/languages';

/**
 * What a file of a Terraform module says of the other files in its folder and of the files that it reads. Never throws.
 *
 * @param name tells HCL and JSON apart
 */
export function readUses(name: string, text: string): TerraformUses {
  if (text === '' || text.length > MAX_FILE_LENGTH) {
    return NO_USES;
  }
  const { root } = openDocument({ text, language: languageOfName(name) ?? 'hcl' }).tree;
  return root?.kind === 'object' ? usesIn(root) : NO_USES;
}
