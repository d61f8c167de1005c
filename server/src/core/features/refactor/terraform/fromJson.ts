import type { PolicyDocument } from '../../../document';
import { hasComment, isCopyable, type JsonValue, plainValue } from '../../../lint/layout';
import { documentText } from '../../../lint/writers/hclDocument';
import { type HclPlace, valueText } from '../../../lint/writers/hclText';
import { Unwritable } from '../../../lint/writers/writer';
import { isJsonLanguage } from '../../../syntax/languages';
import { documentSource } from '../../../syntax/stringSpans';

/** A policy of a file of its own, as text of Terraform for another file. */
export interface TerraformText {
  readonly title: string;
  readonly text: string;
}

/**
 * What a file that is one policy in JSON is in Terraform; nothing where that would lose something, such as a comment. The
 * file stays as it is: Terraform has its policies in files of its own.
 */
export function terraformTexts({ language, policies }: PolicyDocument): readonly TerraformText[] {
  const [policy] = policies;
  if (!isJsonLanguage(language) || policy === undefined || policies.length > 1) {
    return [];
  }
  const { node, faults } = policy;
  if (node.parent !== undefined || faults.length > 0 || !isCopyable(node) || hasComment(node)) {
    return [];
  }
  const value = plainValue(node);
  return [
    ...textOf('Open this policy as a Terraform data source', () => documentText(value, 'policy', PLACE)),
    ...textOf('Open this policy as jsonencode of Terraform', () => localText(value)),
  ];
}

function textOf(title: string, write: () => string): readonly TerraformText[] {
  try {
    return [{ title, text: `${write()}\n` }];
  } catch (error) {
    if (error instanceof Unwritable) {
      return [];
    }
    throw error;
  }
}

function localText(value: JsonValue): string {
  return `locals {\n  policy = jsonencode(${valueText(value, { ...PLACE, indentation: '  ' })})\n}`;
}

const PLACE: HclPlace = {
  source: documentSource('', 'hcl'),
  lineBreak: '\n',
  indentation: '',
  step: '  ',
  isOneLine: false,
  isDocument: false,
};
