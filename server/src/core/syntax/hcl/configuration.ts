import { type MemberNode, memberAround, type ObjectNode, type StringNode, topMemberAround } from '../nodes';
import { DOCUMENT_TYPE } from './documentNames';

/*
 * What tells a configuration of Terraform in JSON from other JSON (Terraform language, "JSON Configuration Syntax"). It is
 * asked of all JSON, and what is made of such a configuration is in `jsonSyntax.ts`.
 */

/** Whether a member of a configuration in JSON has data sources of policies. */
export function holdsDocuments({ name, parent, value }: MemberNode): boolean {
  return (
    name === DOCUMENT_TYPE && value?.kind === 'object' && parent.source.syntax === 'json' && isData(parent)
  );
}

function isData(node: ObjectNode): boolean {
  const block = memberAround(node);
  return block?.name === 'data' && block.parent.parent === undefined;
}

/** What may stand at the top of a configuration. Terraform language, "Syntax"; `//` is a comment in its JSON. */
const TOP: ReadonlySet<string> = new Set([
  'terraform',
  'provider',
  'resource',
  'data',
  'variable',
  'locals',
  'output',
  'module',
  'moved',
  'import',
  'removed',
  'check',
  'ephemeral',
  '//',
]);
const CONFIGURED: ReadonlySet<string> = new Set(['resource', 'data', 'locals', 'module']);

/** Whether a string stands in a configuration, where it is a template. */
export function isInConfiguration(node: StringNode): boolean {
  const block = node.source.syntax === 'json' ? topMemberAround(node) : undefined;
  if (block === undefined || !CONFIGURED.has(block.name)) {
    return false;
  }
  return isConfiguration(block.parent);
}

/** Whether the object of a document in JSON is a configuration. */
export function isConfiguration({ members }: ObjectNode): boolean {
  return members.length <= TOP.size && members.every(({ name }) => TOP.has(name));
}

/** Whether a string of JSON is one expression that makes JSON, as `"${jsonencode({…})}"` is. */
export function isExpression({ source, value }: StringNode): boolean {
  return (
    source.syntax === 'json' &&
    value.startsWith('${') &&
    value.trimEnd().endsWith('}') &&
    /\bjsonencode\(/.test(value)
  );
}
