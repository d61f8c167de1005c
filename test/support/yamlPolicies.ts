import { stringify } from 'yaml';
import { plainValue } from '../../server/src/core/lint/layout';
import { parseJson } from '../../server/src/core/syntax/json';
import type { SyntaxNode } from '../../server/src/core/syntax/nodes';
import { parseYaml } from '../../server/src/core/syntax/yaml/yaml';

/** The ways a policy is written in YAML here. */
export const YAML_FORMS = {
  block: (value: unknown) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }),
  flow: (value: unknown) =>
    stringify(value, { lineWidth: 0, collectionStyle: 'flow', aliasDuplicateObjects: false }),
  quoted: (value: unknown) =>
    stringify(value, {
      lineWidth: 0,
      aliasDuplicateObjects: false,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      indentSeq: false,
    }),
} as const;

export type YamlForm = keyof typeof YAML_FORMS;

/**
 * What a JSON text holds, if YAML can say the same: `undefined` where it is half-typed, names a member twice, or has a
 * number, which in YAML is the text that it is.
 */
export function valueOfJson(text: string): unknown {
  const { root, faults } = parseJson(text, 'jsonc');
  return root !== undefined && faults.length === 0 && isSayable(root) ? plainValue(root) : undefined;
}

function isSayable(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'object':
      return (
        new Set(node.members.map(({ name }) => name)).size === node.members.length &&
        node.members.every(({ name, value }) => name !== '' && value !== undefined && isSayable(value))
      );
    case 'array':
      return node.items.every(isSayable);
    case 'string':
      return !/[\r\n]|[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]/.test(node.value);
    default:
      return node.kind === 'boolean';
  }
}

/** What a YAML text holds. */
export function valueOfYaml(text: string): unknown {
  const { root } = parseYaml(text);
  return root === undefined ? undefined : plainValue(root);
}
